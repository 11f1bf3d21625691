"""Several conventions read one after the other; a broken one is reported and does not hide the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.cli.naming import Wanted
from qp_cli.cli.output import say_all
from qp_cli.cli.progress import Progress
from qp_cli.cli.session import open_folder, shown_path
from qp_cli.errors import BrokenRepositoryError, QpError, unknown
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.cli.session import Opened, Session
    from qp_cli.errors import RepositoryError
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.namesakes import Namesakes
    from qp_cli.tracking.register import Register

MOST = 20
"""How many ids a message gives."""


@dataclass(eq=False, repr=False)
class Conventions:
    """The conventions a command is about.

    Attributes:
        names: the ids, territories or titles asked for; every convention where there are none.
        left_out: the folders of those left out, in order.
        absent: how many of these could not even be found where they were said to be.
        apart: the files whose shared parties are left apart.
    """

    session: Session
    folders: Sequence[Path]
    day: date
    names: Sequence[str] = ()
    known_at: str | None = None
    left_out: list[Path] = field(default_factory=list)
    absent: int = 0
    apart: list[Path] = field(default_factory=list)
    _kept: list[Opened] | None = None
    _all_met: bool = False

    @property
    def code(self) -> int:
        """The exit code that what is left out asks for; none, where all that was asked for by name was met."""
        return int(bool(self.absent or self.apart or (self.left_out and not self._all_met)))

    @property
    def are_several(self) -> bool:
        """Whether the answer is about more than one; with names it is not known before they are read."""
        return len(self.folders) + len(self.left_out) > 1

    def only(self) -> Opened | None:
        """The one convention meant; None where there are several.

        Raises:
            QpError: it is broken or cannot be read; with names, none of the readable ones is called so.
        """
        if not self.are_several and not self.names:
            return open_folder(self.session, self.folders[0], self.day, self.known_at)
        if not self.names:
            return None
        self._kept = list(self._read())
        return self._kept[0] if len(self._kept) == 1 else None

    def __iter__(self) -> Iterator[Opened]:
        """Each convention in turn, those that cannot be read being said on stderr.

        Raises:
            QpError: none can be read, or none is called as asked.
        """
        return self._read() if self._kept is None else iter(self._kept)

    def _read(self) -> Iterator[Opened]:
        known: dict[str, Path] = {}
        wanted, alike = Wanted(self.names), self._alike()
        with Progress(self.session, len(self.folders)) as progress:
            for folder in self.folders:
                opened = self._open(folder)
                progress.step()
                if opened is None:
                    continue
                convention = opened.convention
                if other := known.get(convention.id):
                    self.leave_out(folder, msg("it has the id “{id}” of {folder}", id=convention.id, folder=other))
                    continue
                known[convention.id] = folder
                if wanted.takes([each for each in (convention.id, convention.territory, convention.title) if each]):
                    yield _labelled(opened, alike)
        if not known:
            raise BrokenRepositoryError(msg("No convention could be read."), ())
        wanted.confirm(unread=bool(self.left_out))
        self._all_met = bool(self.names)

    def _alike(self) -> Namesakes | None:
        """The conventions that their territory alone does not tell apart."""
        if not self.are_several:
            return None
        from qp_cli.store.namesakes import namesakes

        return namesakes(self.folders)

    @cached_property
    def register(self) -> Register:
        """The parties that the conventions share; without any where `parties.yaml` has errors, which are said."""
        from qp_cli.checks.neighbours import party_findings, usable_parties
        from qp_cli.store.portfolio import parties_near, read_parties
        from qp_cli.tracking.register import Register

        near = dict.fromkeys(filter(None, map(parties_near, self.folders)))
        shared: list[SharedParty] = []
        for path in near:
            read = read_parties(path, shown_path(path))
            shared += usable_parties(read)
            if read.parties is None or (read.parties and not usable_parties(read)):
                from qp_cli.render.notices import write_findings

                say_all(write_findings(party_findings(read), self.session.language))
                self.apart.append(path)
                self.session.remark(
                    msg("{file} has errors: its parties are left apart.", file=shown_path(path).as_posix())
                )
        return Register(shared)

    def _open(self, folder: Path) -> Opened | None:
        try:
            return open_folder(self.session, folder, self.day, self.known_at)
        except BrokenRepositoryError as error:
            from qp_cli.render.notices import write_findings

            say_all(write_findings(error.findings, self.session.language))
            self.leave_out(folder, error.message)
        except QpError as error:
            self.leave_out(folder, error.message)
        return None

    def leave_out(self, folder: Path, problem: Message) -> None:
        """Says that a convention is left out, and why."""
        self.left_out.append(folder)
        self.session.remark(
            msg("{folder} is left out: {problem}", folder=shown_path(folder).as_posix(), problem=problem)
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
        conventions.leave_out(Path(name), error.message)
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
