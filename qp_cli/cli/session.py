"""One run of qp: its environment, language, day and repository."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.cli.clock import today
from qp_cli.cli.output import say
from qp_cli.cli.readings import read_day
from qp_cli.errors import BrokenRepositoryError, RepositoryError, UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention
    from qp_cli.model.journal import Fact
    from qp_cli.model.sites import Site
    from qp_cli.render.language import Language
    from qp_cli.store.cache import Cache
    from qp_cli.store.kept import Declarations
    from qp_cli.store.revisions import Revision
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Situation


@dataclass(eq=False, repr=False)
class Session:
    """What every command shares; options given before the command stand where it gives none."""

    language: Language
    environ: Mapping[str, str]
    data: Sequence[str] = ()
    as_of: str | None = None
    known_at: str | None = None
    conventions: Sequence[str] = ()
    form: str | None = None
    output: str | None = None
    notes: list[str] = field(default_factory=list)
    no_cache: bool = False
    _remarks: set[str] = field(default_factory=set)

    def remark(self, message: Message) -> None:
        """Says something beside the answer, once however often it is met."""
        text = f"qp: {self.language.text(message)}"
        if text not in self._remarks:
            self._remarks.add(text)
            say(text)

    def cache(self, *read: Path) -> Cache:
        """What earlier runs kept of the conventions in some folders; nothing where the reader wants none."""
        from qp_cli.store.cache import Cache, cache_folder

        return Cache(None if self.no_cache else cache_folder(self.environ, read))

    def day(self, option: str | None) -> date:
        """`--as-of`, else QP_AS_OF, else today in Paris."""
        text = option or self.as_of or self.environ.get("QP_AS_OF")
        return read_day(text) if text else today()

    def folders(
        self, option: Sequence[str], *, fallback: bool, absent: dict[str, RepositoryError] | None = None
    ) -> list[Path]:
        """The conventions' folders: those named, else QP_DATA's, else found upwards, else the one that comes with qp.

        Where `absent` is given, a name that is out of reach goes there, with the reason, as long as another is not.

        Raises:
            RepositoryError: none is found and falling back is not allowed, or one that is named is out of reach.
        """
        from qp_cli.cli.reaching import refusals, settle, tried
        from qp_cli.store.places import embedded, upwards
        from qp_cli.store.portfolio import portfolio_above

        if names := self._names(option):
            refused: dict[str, RepositoryError] = {}
            found = [folder for name in names for folder in tried(name, refused)]
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
        if not fallback:
            raise RepositoryError(msg("No convention.yaml here or above, and none named with --data"))
        say(self.language.text(msg("No repository here: showing the Aix-Marseille-Provence convention.")))
        return [embedded()]

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
        from qp_cli.store.places import is_anothers

        return [folder for folder in folders if is_anothers(folder, self.environ)]

    def _names(self, option: Sequence[str]) -> tuple[str, ...]:
        """The folders named: with the command, before it, or in the environment."""
        return tuple(option) or tuple(self.data) or tuple(filter(None, [self.environ.get("QP_DATA")]))


class Opened(NamedTuple):
    """A repository at a day: its dossier, its folder, and the revision it was read from when not what that holds."""

    dossier: Dossier
    folder: Path
    revision: Revision | None = None

    @property
    def situation(self) -> Situation:
        """The convention at the day looked at."""
        return self.dossier.situation

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The whole journal."""
        return self.dossier.facts

    @property
    def convention(self) -> Convention:
        """The convention as signed."""
        return self.dossier.signed

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites."""
        return self.dossier.situation.sites

    def called(self, label: str) -> Opened:
        """The same, as lists of several conventions call it."""
        situation = self.dossier.situation._replace(called=label)
        return self._replace(dossier=self.dossier._replace(situation=situation))

    def at(self, day: date) -> Opened:
        """The same at another day."""
        return self._replace(dossier=self.dossier.at(day))


def open_repository(
    session: Session,
    data: Sequence[str],
    as_of: str | None,
    *,
    fallback: bool = True,
    known_at: str | None = None,
) -> Opened:
    """The situation a reading command shows, from what the files say, or said at `known_at`.

    Raises:
        BrokenRepositoryError: the files have errors: they are carried along, nothing is half-computed.
    """
    day = session.day(as_of)
    known_at = known_at or session.known_at
    folder = session.folder(data, fallback=fallback and not known_at)
    return open_folder(session, folder, day, known_at)


def open_folder(session: Session, folder: Path, day: date, known_at: str | None = None) -> Opened:
    """The situation of the convention in a folder, from what its files say, or said at `known_at`.

    Raises:
        BrokenRepositoryError: the files have errors: they are carried along, nothing is half-computed.
    """
    from qp_cli.store.cache import key
    from qp_cli.store.files import read_files
    from qp_cli.store.kept import ENTRY, to_plain
    from qp_cli.tracking.dossier import open_dossier

    revision = None
    if known_at:
        from qp_cli.cli.past import look_back

        revision = look_back(session, folder, known_at)
    shown = revision.path if revision else shown_path(folder)
    files = revision.files if revision else read_files(folder, shown)
    cache, entry = session.cache(folder), key(files, ENTRY)
    if kept := _kept(cache.load(entry), day):
        dossier, unheeded = kept
    else:
        declared = _declarations(folder, shown, files)
        dossier, unheeded = open_dossier(*declared[:3], day), declared.unheeded
        cache.keep(entry, to_plain(declared))
    if unheeded > 0:
        session.remark(_unheeded(shown, unheeded))
    return Opened(dossier, folder, revision)


def _kept(found: object, day: date) -> tuple[Dossier, int] | None:
    """The dossier of what an earlier run kept, and how many facts count for nothing; None for what makes no sense."""
    from qp_cli.store.kept import from_plain
    from qp_cli.tracking.dossier import open_dossier

    declared = None if found is None else from_plain(found)
    try:
        return (open_dossier(*declared[:3], day), declared.unheeded) if declared else None
    except Exception:  # noqa: BLE001 - whatever it is, the files themselves will tell
        return None


def _unheeded(shown: Path, count: int) -> Message:
    from qp_cli.store.places import JOURNAL

    return msgs(
        "{file}: {count} fact counts for nothing, or for less than it says: qp check tells which.",
        "{file}: {count} facts count for nothing, or for less than they say: qp check tells which.",
        count=count,
        file=(shown / JOURNAL).as_posix(),
    )


def _declarations(folder: Path, shown: Path, files: Mapping[str, bytes]) -> Declarations:
    """What the files declare.

    Raises:
        BrokenRepositoryError: they have errors.
    """
    from qp_cli.checks.blocking import blocking_findings
    from qp_cli.checks.repository import Subject
    from qp_cli.store.kept import Declarations
    from qp_cli.store.repository import read_repository

    repository = read_repository(folder, shown, files)
    subject = Subject(repository)
    findings = blocking_findings(repository, subject)
    errors = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    if errors or repository.convention is None or repository.sites is None or repository.facts is None:
        problem = msgs(
            "{count} error in the repository: nothing was computed.",
            "{count} errors in the repository: nothing was computed.",
            count=len(errors),
        )
        raise BrokenRepositoryError(problem, tuple(findings))
    unheeded = 0
    if repository.facts:
        from qp_cli.checks.facts_without_effect import unheeded_facts

        unheeded = unheeded_facts(subject)
    return Declarations(repository.convention, repository.sites, repository.facts, unheeded)


def shown_path(folder: Path) -> Path:
    """The folder as findings write it: relative to where the reader stands when it is below, links as they are."""
    from qp_cli.store.places import as_named

    with suppress(OSError):
        here = Path.cwd()
        for full in (as_named(folder), folder.resolve()):
            if full.is_relative_to(here):
                return full.relative_to(here)
    return folder
