"""One run of qp: its environment, language, day and repository."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.app.readings import read_day_from
from qp_cli.cli.clock import today
from qp_cli.cli.output import is_terminal, say, say_all
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from qp_cli.app.known_at import KnownState
    from qp_cli.errors import RepositoryError
    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.store.cache import Cache


@dataclass(eq=False, repr=False)
class Session:
    """What every command shares: the caller of its use cases; options given before it stand where it gives none."""

    language: Language
    environ: Mapping[str, str]
    data: Sequence[str] = ()
    as_of: str | None = None
    known_at: str | None = None
    conventions: Sequence[str] = ()
    form: str | None = None
    output: str | None = None
    no_cache: bool = False
    whole_help: bool = False
    known: Collection[KnownState] = ()
    unsaid: Collection[Message] = ()
    _remarks: set[str] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)
    _is_again: bool = False
    _last_words: Message | None = None

    def remark(self, message: Message) -> None:
        """Says something beside the answer, once however often it is met."""
        text = f"qp: {self.language.text(message)}"
        if text not in self._remarks:
            self._remarks.add(text)
            say(text)

    def say(self, message: Message) -> None:
        """Says a line beside the answer; not what its command knows to be untrue of it."""
        if message not in self.unsaid:
            self._say_all(self.language.text(message) + "\n")

    def goes_on_after(self, message: Message) -> None:
        """Says how the same is begun again; what was said beside the answer is not said once more."""
        self.remark(message)
        self._is_again = True

    def _say_all(self, text: str) -> None:
        if not (self._is_again and text in self._said):
            say_all(text)
        self._said.add(text)

    def complain(self, error: RepositoryError) -> int:
        """Says what stands in the way of one repository; the exit code it asks for."""
        say(f"qp: {self.language.text(error.message)}")
        return error.exit_code

    def show(self, findings: Iterable[Finding]) -> None:
        """Says what is wrong with files that the answer leaves out."""
        from qp_cli.render.findings.text import write_findings

        self._say_all(write_findings(findings, self.language))

    def progress(self, total: int) -> AbstractContextManager[Callable[[], None]]:
        """How far a long reading has come, or a search where the total is 0."""
        from qp_cli.cli.progress import Progress

        return Progress(self.language, self.environ, total)

    def cache(self, *read: Path) -> Cache:
        """What earlier runs kept of the conventions in some folders; nothing where the reader wants none."""
        from qp_cli.store.cache import Cache, cache_folder

        return Cache(None if self.no_cache else cache_folder(self.environ, read))

    def day(self, option: str | None) -> date:
        """`--as-of`, else QP_AS_OF, else today in Paris."""
        text = option or self.as_of or self.environ.get("QP_AS_OF")
        return read_day_from(text, today()) if text else today()

    def folders(
        self, option: Sequence[str], *, fallback: bool, absent: dict[str, RepositoryError] | None = None
    ) -> list[Path]:
        """The conventions' folders: those named, else QP_DATA's, else found upwards, else the one that comes with qp.

        Where `absent` is given, a name that is out of reach goes there, with the reason, as long as another is not.

        Raises:
            RepositoryError: none is found and falling back is not allowed, or one that is named is out of reach.
        """
        from qp_cli.cli.folders import fallen_back, nearby, none_named, refusals, settle, tried
        from qp_cli.store.places import embedded, upwards
        from qp_cli.store.portfolio import portfolio_above

        if names := self._names(option):
            refused: dict[str, RepositoryError] = {}
            with self.progress(0) as step:
                found = [folder for name in names for folder in tried(name, refused, step)]
            settle(found, refused, absent)
            return list({folder.resolve(): folder for folder in reversed(found)}.values())[::-1]
        if here := upwards(Path.cwd()):
            self._say_whose([here])
            return [here]
        several = portfolio_above(Path.cwd())
        if several.folders:
            settle(several.folders, refusals(several), absent)
            self._say_whose(several.folders)
            return several.folders
        below = nearby()
        if not fallback:
            raise none_named(below)
        said = fallen_back(below)
        self.say(said)
        self._last_words = said if below else None
        return [embedded()]

    def part(self) -> None:
        """Says once more, below the answer, what its reader must not miss: on a terminal, the answer pushed it away."""
        if self._last_words and is_terminal(sys.stdout):
            say(self.language.text(self._last_words))

    def folder(self, option: Sequence[str], *, fallback: bool) -> Path:
        """The folder of the one convention a command writes to.

        Raises:
            RepositoryError: there is none.
            UsageError: there are several, or it is somebody else's and was not named.
        """
        found = self.folders(option, fallback=fallback)
        if len(found) > 1:
            raise UsageError(msg("There are {count} conventions here: name one with --data", count=len(found)))
        self.refuse_anothers(found, option)
        return found[0]

    def refuse_anothers(self, folders: Sequence[Path], option: Sequence[str]) -> None:
        """Refuses to write to a convention of somebody else's that was found and not named.

        Raises:
            UsageError: one of the folders holds such a convention.
        """
        if self._names(option):
            return
        for folder in self._anothers(folders):
            problem = msg("{folder} belongs to somebody else: to write there, name it with --data.", folder=str(folder))
            raise UsageError(problem)

    def _say_whose(self, folders: Sequence[Path]) -> None:
        for folder in self._anothers(folders):
            self.remark(msg("{folder} was found here or above, and belongs to somebody else.", folder=str(folder)))

    def _anothers(self, folders: Sequence[Path]) -> list[Path]:
        from qp_cli.store.places import belongs_to_another

        return [folder for folder in folders if belongs_to_another(folder, self.environ)]

    def is_named(self, option: Sequence[str]) -> bool:
        """Whether a folder is named, with the command, before it, or in the environment."""
        return bool(self._names(option))

    def _names(self, option: Sequence[str]) -> tuple[str, ...]:
        """The folders named: with the command, before it, or in the environment."""
        return tuple(option) or tuple(self.data) or tuple(filter(None, [self.environ.get("QP_DATA")]))
