"""Several conventions read one after the other; a broken one is told of, and does not hide the others."""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.app.opening import look_at_parties, open_folder, read_shared, shown_path
from qp_cli.errors import BrokenRepositoryError, QpError, UsageError, unknown
from qp_cli.messages import msg, msgs
from qp_cli.names import key, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qp_cli.app.caller import Caller
    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import Namesakes
    from qp_cli.tracking.portfolio import SharedParties

MOST_IDS = 20
"""How many ids a message gives."""


class Absence(StrEnum):
    """Why something is left out of an answer about several conventions, as machine formats say it."""

    UNREAD = "unread"
    BROKEN = "errors"
    REPEATED = "repeated-id"
    PARTIES = "parties-apart"


class Wanted:
    """The conventions asked for by id, territory or title; every one where no name is given."""

    def __init__(self, names: Iterable[str]) -> None:
        self._asked = {key(name): name for name in names}
        self._known: dict[str, None] = {}
        self._met: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._asked)

    def takes(self, names: Sequence[str]) -> bool:
        """Whether a convention of these names, its id first, is one of them."""
        found = {key(name) for name in names} & self._asked.keys()
        self._known |= dict.fromkeys(names[:1])
        self._met |= found
        return bool(found) or not self._asked

    def confirm(self, *, unread: bool = False) -> None:
        """Refuses a name that none of the conventions met has; `unread` says that some could not be read.

        Raises:
            UsageError: nobody is called so; the nearest ids are given.
        """
        for name, text in self._asked.items():
            if name in self._met:
                continue
            if unread:
                problem = msg("No convention that could be read is called “{name}”.", name=shown(text))
            else:
                problem = msg("No convention is called “{name}”.", name=shown(text))
            raise unknown(problem, text, self._known)


class Conventions:
    """The conventions an answer is about.

    Attributes:
        caller: whoever asks.
        folders: where they are.
        day: the day to look at.
        names: the ids, territories or titles asked for; every convention where there are none.
        known_at: a day, or a revision, at which what the repositories said is asked for.
        left_out: the folders of those left out, in order, each with the reason.
        absent: how many of these could not even be found where they were said to be.
        apart: the files whose shared parties are left apart.
    """

    def __init__(
        self,
        caller: Caller,
        folders: Sequence[Path],
        day: date,
        names: Sequence[str] = (),
        known_at: str | None = None,
    ) -> None:
        self.caller = caller
        self.folders = folders
        self.day = day
        self.names = names
        self.known_at = known_at
        self.left_out: dict[Path, Absence] = {}
        self.absent = 0
        self.apart: list[Path] = []
        self._kept: list[Opened] | None = None
        self._all_met = False
        self._found = False
        self._refused: dict[Path, QpError] = {}
        self._in_vain: list[Path] = []

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
        look_at_parties(self.caller, self._kept[0].folder)
        return self._kept[0]

    def _alone(self, folder: Path) -> Opened:
        """The only convention there is.

        Raises:
            QpError: it is broken or cannot be read.
        """
        opened = open_folder(self.caller, folder, self.day, self.known_at)
        look_at_parties(self.caller, folder)
        return opened

    def __iter__(self) -> Iterator[Opened]:
        """Each convention in turn; the caller hears of those that cannot be read.

        Raises:
            QpError: none can be read, or none is called as asked.
        """
        return self._read() if self._kept is None else iter(self._kept)

    def _read(self) -> Iterator[Opened]:
        ids: dict[str, Path] = {}
        wanted, alike = Wanted(self.names), self._alike()
        with self.caller.progress(len(self.folders)) as step:
            for folder in self.folders:
                opened = self._open(folder)
                step()
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
        from qp_cli.store.portfolio import parties_near
        from qp_cli.tracking.portfolio import SharedParties

        shared: list[SharedParty] = []
        for path in dict.fromkeys(filter(None, map(parties_near, self.folders))):
            found = read_shared(self.caller, path)
            if found is None:
                self.apart.append(path)
            shared += found or ()
        return SharedParties(shared)

    def _open(self, folder: Path) -> Opened | None:
        try:
            return open_folder(self.caller, folder, self.day, self.known_at)
        except BrokenRepositoryError as error:
            self.caller.show(error.findings)
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
        self.caller.remark(
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


def absences(conventions: Conventions) -> list[Message]:
    """How many conventions are left out, and which; that parties are not put together as they could be.

    It is known once every convention has gone by.
    """
    found: list[Message] = []
    lacking = conventions.lacking
    if count := len(lacking):
        names = [_name(folder, conventions.folders) for folder in lacking]
        if count > MOST_IDS:
            names = [*names[:MOST_IDS], "…"]
        text = msgs(
            "{count} convention could not be read or counted, and is left out: {names}",
            "{count} conventions could not be read or counted, and are left out: {names}",
            count=count,
            names=", ".join(names),
        )
        found.append(text)
    return found + [msg("{file} has errors: its parties are left apart.", file=path.name) for path in conventions.apart]


def left_out(conventions: Conventions) -> list[dict[str, object]]:
    """The same for machine formats: where each is, and why, in a word; known once every convention has gone by.

    The words are `unread` for what cannot be opened or looked into, `errors` for files with errors, `repeated-id`, and
    `parties-apart` for a file of parties that puts nobody together.
    """
    found: list[tuple[str, str]] = [
        (_name(folder, conventions.folders), why.value) for folder, why in conventions.lacking.items()
    ]
    found += [(path.name, Absence.PARTIES.value) for path in conventions.apart]
    return [{"path": path, "reason": why} for path, why in found]


def _name(folder: Path, folders: Sequence[Path]) -> str:
    """A folder as it is below the one that holds them all: nothing of the machine it is on."""
    named = _repository(folder)
    try:
        return named.relative_to(os.path.commonpath(map(_repository, folders))).as_posix()
    except ValueError:
        return named.name


def _repository(folder: Path) -> Path:
    """The folder that people know: the one above `data`, where that holds the files."""
    full = folder.resolve()
    return full.parent if full.name == "data" else full
