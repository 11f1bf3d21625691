"""Several conventions read one after the other; a broken one is reported and does not hide the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.cli.naming import Wanted
from qp_cli.cli.output import say_all
from qp_cli.cli.progress import Progress
from qp_cli.cli.session import open_folder, shown_path
from qp_cli.cli.sharing import look_at_parties
from qp_cli.errors import BrokenRepositoryError, LeftOutError, QpError, UsageError, unknown
from qp_cli.messages import msg
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.cli.session import Opened, Session
    from qp_cli.errors import RepositoryError
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import Namesakes
    from qp_cli.tracking.portfolio import SharedParties

MOST = 20
"""How many ids a message gives."""


class Absence(StrEnum):
    """Why something is left out of an answer about several conventions, as machine formats say it."""

    UNREAD = "unread"
    BROKEN = "errors"
    REPEATED = "repeated-id"
    PARTIES = "parties-apart"


@dataclass(eq=False, repr=False)
class Conventions:
    """The conventions a command is about.

    Attributes:
        names: the ids, territories or titles asked for; every convention where there are none.
        left_out: the folders of those left out, in order, each with the reason.
        absent: how many of these could not even be found where they were said to be.
        apart: the files whose shared parties are left apart.
    """

    session: Session
    folders: Sequence[Path]
    day: date
    names: Sequence[str] = ()
    known_at: str | None = None
    left_out: dict[Path, Absence] = field(default_factory=dict)
    absent: int = 0
    apart: list[Path] = field(default_factory=list)
    _kept: list[Opened] | None = None
    _all_met: bool = False
    _found: bool = False
    _refused: dict[Path, QpError] = field(default_factory=dict)
    _in_vain: list[Path] = field(default_factory=list)

    @property
    def code(self) -> int:
        """The exit code that what is left out asks for; none, where all that was asked for by name was met."""
        return int(bool(self.absent or self.apart or (self.left_out and not self._all_met)))

    @property
    def lacking(self) -> Mapping[Path, Absence]:
        """What is left out of the answer: nothing, where all that was asked for by name was met."""
        return {} if self._all_met and not self.absent else self.left_out

    @property
    def are_several(self) -> bool:
        """Whether the answer is about more than one; with names it is not known before they are read."""
        return len(self.folders) + len(self.left_out) > 1

    def only(self) -> Opened | None:
        """The one convention meant; None where there are several.

        Raises:
            QpError: it is broken or cannot be read; with names, none of the readable ones is called so.
        """
        if not self.names:
            return None if self.are_several else self._alone(self.folders[0])
        self._kept = list(self._read())
        if len(self._kept) != 1 or self._in_vain:
            return None
        look_at_parties(self.session, self._kept[0].folder)
        return self._kept[0]

    def _alone(self, folder: Path) -> Opened:
        """The only convention there is.

        Raises:
            QpError: it is broken or cannot be read.
        """
        opened = open_folder(self.session, folder, self.day, self.known_at)
        look_at_parties(self.session, folder)
        return opened

    def __iter__(self) -> Iterator[Opened]:
        """Each convention in turn, those that cannot be read being said on stderr.

        Raises:
            QpError: none can be read, or none is called as asked.
        """
        return self._read() if self._kept is None else iter(self._kept)

    def _read(self) -> Iterator[Opened]:
        ids: dict[str, Path] = {}
        wanted, alike = Wanted(self.names), self._alike()
        with Progress(self.session, len(self.folders)) as progress:
            for folder in self.folders:
                opened = self._open(folder)
                progress.step()
                if opened is None:
                    self._miss(folder, wanted, ids)
                elif self._is_first(opened, wanted, ids) and wanted.takes(_names(opened)):
                    self._found = True
                    yield _labelled(opened, alike)
        self._confirm(wanted, some=len(self._refused) < len(self.folders))

    def _is_first(self, opened: Opened, wanted: Wanted, ids: dict[str, Path]) -> bool:
        """Whether no convention before had its id; a second one is left out.

        Raises:
            UsageError: it is asked for by name: which of the two is meant, nobody can tell.
        """
        name, folder = opened.convention.id, opened.folder
        other = ids.setdefault(name, folder)
        if other == folder:
            return True
        if self.names and wanted.takes(_names(opened)):
            raise _ambiguous(name, other, folder)
        problem = msg("it has the id “{id}” of {folder}", id=name, folder=other)
        self.leave_out(folder, problem, Absence.REPEATED)
        return False

    def _miss(self, folder: Path, wanted: Wanted, ids: dict[str, Path]) -> None:
        """Notes that one which could not be read is asked for by a name that its file seems to say.

        Raises:
            UsageError: another one has that id too.
        """
        if not self.names:
            return
        from qp_cli.store.portfolio import names_in

        names = names_in(folder)
        if not names or not wanted.takes(names):
            return
        other = ids.setdefault(names[0], folder)
        if other != folder:
            raise _ambiguous(names[0], other, folder)
        self._in_vain.append(folder)

    def _confirm(self, wanted: Wanted, *, some: bool) -> None:
        """Looks at what was found once all of them have gone by.

        Raises:
            QpError: none could be read, or not the one asked for, or nobody is called as asked.
        """
        if self._in_vain and not self._found:
            error = self._refused[self._in_vain[0]]
            raise BrokenRepositoryError(error.message, ()) if isinstance(error, BrokenRepositoryError) else error
        if not some:
            raise BrokenRepositoryError(msg("No convention could be read."), ())
        wanted.confirm(unread=bool(self.left_out))
        self._all_met = bool(self.names) and not self._in_vain

    def _alike(self) -> Namesakes | None:
        """The conventions that their territory alone does not tell apart."""
        if not self.are_several:
            return None
        from qp_cli.store.portfolio import namesakes

        return namesakes(self.folders)

    @cached_property
    def register(self) -> SharedParties:
        """The parties that the conventions share; without any where `parties.yaml` has errors, which are said."""
        from qp_cli.cli.sharing import read_shared
        from qp_cli.store.portfolio import parties_near
        from qp_cli.tracking.portfolio import SharedParties

        shared: list[SharedParty] = []
        for path in dict.fromkeys(filter(None, map(parties_near, self.folders))):
            found = read_shared(self.session, path)
            if found is None:
                self.apart.append(path)
            shared += found or ()
        return SharedParties(shared)

    def _open(self, folder: Path) -> Opened | None:
        try:
            return open_folder(self.session, folder, self.day, self.known_at)
        except BrokenRepositoryError as error:
            from qp_cli.render.notices import write_findings

            say_all(write_findings(error.findings, self.session.language))
            self._refuse(folder, error)
        except QpError as error:
            self._refuse(folder, error)
        return None

    def _refuse(self, folder: Path, error: QpError) -> None:
        self._refused[folder] = error
        broken = isinstance(error, BrokenRepositoryError)
        self.leave_out(folder, error.message, Absence.BROKEN if broken else Absence.UNREAD)

    def leave_out(self, folder: Path, problem: Message, why: Absence = Absence.UNREAD) -> None:
        """Says that a convention is left out, and why."""
        self.left_out[folder] = why
        self.session.remark(
            msg("{folder} is left out: {problem}", folder=shown_path(folder).as_posix(), problem=problem)
        )


def _names(opened: Opened) -> list[str]:
    """What a convention goes by, its id first."""
    convention = opened.convention
    return [each for each in (convention.id, convention.territory, convention.title) if each]


def _ambiguous(name: str, one: Path, other: Path) -> UsageError:
    folders = [shown_path(each).as_posix() for each in (one, other)]
    return UsageError(
        msg(
            "Two conventions have the id “{id}”, {one} and {other}: name one with --data.",
            id=shown(name),
            one=folders[0],
            other=folders[1],
        )
    )


def _labelled(opened: Opened, alike: Namesakes | None) -> Opened:
    """A convention with a label that tells it from others of its territory."""
    convention = opened.convention
    if alike and opened.folder in alike.by_title:
        return opened.called(f"{convention.territory} – {convention.title}")
    if alike and opened.folder in alike.by_id:
        return opened.called(f"{convention.territory} – {convention.id}")
    return opened


def open_conventions(
    session: Session,
    data: Sequence[str],
    as_of: str | None,
    *,
    names: Sequence[str] = (),
    fallback: bool = True,
    known_at: str | None = None,
) -> Conventions:
    """The conventions of a reading command, each read when its turn comes.

    Raises:
        RepositoryError: there is none.
    """
    day = session.day(as_of)
    known_at = known_at or session.known_at
    absent: dict[str, RepositoryError] = {}
    folders = session.folders(data, fallback=fallback and not known_at, absent=absent)
    conventions = Conventions(session, folders, day, tuple(names) or tuple(session.conventions), known_at)
    for name, error in absent.items():
        conventions.leave_out(Path(name), error.why if isinstance(error, LeftOutError) else error.message)
    conventions.absent = len(absent)
    return conventions


def open_one(
    session: Session,
    data: Sequence[str],
    as_of: str | None,
    *,
    names: Sequence[str] = (),
    known_at: str | None = None,
) -> Opened:
    """The one convention of a command that is about one.

    Raises:
        RepositoryError: there is none.
        UsageError: there are several; their ids are given.
    """
    conventions = open_conventions(session, data, as_of, names=names, known_at=known_at)
    found = conventions.only()
    if found is None:
        ids = sorted(opened.convention.id for opened in conventions)
        several = msg("There are {count} conventions here: name one with --convention.", count=len(ids))
        raise unknown(several, "", ids[:MOST])
    return found
