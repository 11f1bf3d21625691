"""Several conventions read one after the other; a broken one is told of, and does not hide the others."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.app.convention_names import MOST_IDS, Wanted, ambiguous, below, repository_of, top_of_all
from qp_cli.app.gathering import Label, TakeChosen, Taken, Taker, Turn
from qp_cli.app.opening import look_at_parties, open_folder, read_shared, shown_path
from qp_cli.errors import BrokenRepositoryError, RepositoryError, UsageError
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qp_cli.app.caller import Caller
    from qp_cli.app.gathering import Gathered, Take
    from qp_cli.app.known_at import KnownState
    from qp_cli.app.opening import Opened
    from qp_cli.errors import QpError
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.tracking.filters import Answering, Choice
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.situation import Obligation


class Absence(StrEnum):
    """Why something is left out of an answer about several conventions, as machine formats say it."""

    UNREAD = "unread"
    BROKEN = "errors"
    REPEATED = "repeated-id"
    PARTIES = "parties-apart"


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
        known: the states of repositories that were read so far, where `known_at` is given.
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
        self.known: dict[KnownState, None] = {}
        self._named: list[Path] | None = None
        self._all_met = False
        self._found = False
        self._refused: dict[Path, QpError] = {}
        self._in_vain: list[Path] = []
        self._without_revision: list[Path] = []
        self._others_broken = 0

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
        self._named = [folder for folder, _ in self._read(_nothing, shared=True)]
        if len(self._named) != 1 or self._in_vain:
            return None
        look_at_parties(self.caller, self._named[0])
        for opened in self:
            return opened
        return None

    def _alone(self, folder: Path) -> Opened:
        """The only convention there is.

        Raises:
            QpError: it is broken or cannot be read.
        """
        opened = open_folder(self.caller, folder, self.day, self.known_at)
        self.known |= dict.fromkeys(filter(None, [opened.known]))
        look_at_parties(self.caller, folder)
        return opened

    def __iter__(self) -> Iterator[Opened]:
        """Each convention in turn, whole, in this process; the caller hears of those that cannot be read.

        Raises:
            QpError: none can be read, or none is called as asked.
        """
        return self._gathered(_itself, shared=False)

    def gather(self, take: Take[Gathered]) -> Iterator[Gathered]:
        """What is taken from each convention in turn; the caller hears of those that cannot be read.

        It may be taken in other processes, several at a time: what `take` holds then goes to them as it is when the
        turn of a convention comes.

        Raises:
            QpError: none can be read, or none is called as asked.
        """
        return self._gathered(take, shared=True)

    def _gathered(self, take: Take[Gathered], *, shared: bool) -> Iterator[Gathered]:
        if self._named is None:
            found = self._read(take, shared=shared)
        else:
            found = self._taken(self._named, take, shared=shared, again=True)
        for _, one in found:
            if one.names:
                yield one.kept  # type: ignore[misc] # it was read

    def gather_chosen(
        self,
        choice: Choice,
        make: Callable[[Opened, Sequence[Obligation]], Gathered],
        shared: SharedParties,
        answered: Callable[[Sequence[Answering]], None],
    ) -> Iterator[Gathered]:
        """What is made of each convention and the obligations chosen in it, as `gather` takes it.

        `answered` is told, at the end, of the organs asked for whose legal person is answered for.

        Raises:
            QpError: none can be read, or a name is unknown in every convention.
        """
        from qp_cli.tracking.filters import Chooser

        chooser = Chooser(choice, shared)
        for met, made in self.gather(TakeChosen(choice, shared, make)):
            chooser.join(met)
            yield made
        chooser.confirm()
        answered(chooser.answering)

    def _read(self, take: Take[Gathered], *, shared: bool) -> Iterator[tuple[Path, Taken[Gathered]]]:
        ids: dict[str, Path] = {}
        wanted = Wanted(self.names)
        for folder, one in self._taken(self.folders, take, self.names, shared=shared):
            if not one.names:
                self._miss(folder, wanted, ids)
            elif self._is_first(one.names, folder, wanted, ids) and wanted.takes(one.names):
                self._found = True
                yield folder, one
        self._confirm(wanted, some=len(self._refused) < len(self.folders))

    def _taken(
        self,
        folders: Sequence[Path],
        take: Take[Gathered],
        names: Sequence[str] = (),
        *,
        shared: bool,
        again: bool = False,
    ) -> Iterator[tuple[Path, Taken[Gathered]]]:
        """What comes of each folder, of those that cannot be read too, which are left out; what is said, said once."""
        from qp_cli.app.workers import Lost, choose_jobs, each_done

        labels = self._labels
        taker = Taker(self.caller.environ, self.caller.cache(*folders), self.day, self.known_at, names)
        turns = (Turn(folder, labels.get(folder), take) for folder in folders)
        jobs = choose_jobs(folders, self.caller.environ)
        done = each_done(taker, turns, jobs if shared else 1, self.caller.environ)
        said: dict[str, None] = {}
        with self.caller.progress(len(folders)) as step:
            for folder, found in zip(folders, done, strict=True):
                one: Taken[Gathered] = Taken(error=RepositoryError(found.why)) if isinstance(found, Lost) else found
                step()
                for is_remark, message in () if again else one.heard:
                    if is_remark:
                        self.caller.remark(message)
                    elif (text := str(message)) not in said:
                        said[text] = None
                        self.caller.say(message)
                self.known |= dict.fromkeys(filter(None, [one.known]))
                if one.error:
                    self._refuse(folder, one.error)
                yield folder, one

    def _is_first(self, names: Sequence[str], folder: Path, wanted: Wanted, ids: dict[str, Path]) -> bool:
        """Whether no convention before had its id; a second one is left out.

        Raises:
            UsageError: it is asked for by name: which of the two is meant, nobody can tell.
        """
        name = names[0]
        other = ids.setdefault(name, folder)
        if other == folder:
            return True
        if self.names and wanted.takes(names):
            raise ambiguous(name, other, folder)
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
            raise ambiguous(names[0], other, folder)
        self._in_vain.append(folder)

    def _confirm(self, wanted: Wanted, *, some: bool) -> None:
        """Looks at what was found once all of them have gone by.

        Raises:
            QpError: none could be read, or not the one asked for, or nobody is called as asked.
        """
        self._tell_without_revision()
        self._tell_others_broken()
        if self._in_vain and not self._found:
            error = self._refused[self._in_vain[0]]
            raise BrokenRepositoryError(error.message, ()) if isinstance(error, BrokenRepositoryError) else error
        if not some:
            raise BrokenRepositoryError(msg("No convention could be read."), ())
        wanted.confirm(unread=bool(self.left_out))
        self._all_met = bool(self.names) and not self._in_vain

    @cached_property
    def _labels(self) -> Mapping[Path, Label]:
        """What tells those conventions apart that their territory alone does not."""
        if not self.are_several:
            return {}
        from qp_cli.store.portfolio import namesakes

        alike = namesakes(self.folders)
        return dict.fromkeys(alike.by_title, Label.TITLE) | dict.fromkeys(alike.by_id, Label.ID)

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

    def _refuse(self, folder: Path, error: QpError) -> None:
        self._refused[folder] = error
        if self.known_at and isinstance(error, UsageError):
            self._without_revision.append(folder)
            return
        broken = isinstance(error, BrokenRepositoryError)
        if broken and self._is_of_others(folder):
            self.left_out[folder] = Absence.BROKEN
            self._others_broken += 1
            return
        if isinstance(error, BrokenRepositoryError):
            self.caller.show(error.findings)
        self.leave_out(folder, error.message, Absence.BROKEN if broken else Absence.UNREAD)

    def _is_of_others(self, folder: Path) -> bool:
        """Whether a convention that cannot be read says another name than those asked for."""
        from qp_cli.store.portfolio import names_in

        names = names_in(folder) if self.names else ()
        return bool(names) and not Wanted(self.names).takes(names)

    def _tell_others_broken(self) -> None:
        """Says in one line that conventions which were not asked for have errors."""
        if count := self._others_broken:
            self._others_broken = 0
            text = msgs(
                "{count} other convention has errors: qp check tells them.",
                "{count} other conventions have errors: qp check tells them.",
                count=count,
            )
            self.caller.remark(text)

    def _tell_without_revision(self) -> None:
        """Leaves out the conventions that do not know the revision asked for.

        Raises:
            UsageError: none does, which is said once.
        """
        errors = {str(each.message): each for each in self._refused.values()}
        if len(self._without_revision) == len(self.folders) and len(errors) == 1:
            problem = msg(
                "{problem} Taken are a day, {day}, and a commit, {commit}.",
                problem=next(iter(errors.values())).message,
                day="2021-10-01",
                commit="HEAD~3",
            )
            raise UsageError(problem)
        for folder in self._without_revision:
            self.leave_out(folder, self._refused[folder].message)

    def leave_out(self, folder: Path, problem: Message, why: Absence = Absence.UNREAD) -> None:
        """Says that a convention is left out, and why."""
        self.left_out[folder] = why
        self.caller.remark(
            msg("{folder} is left out: {problem}", folder=shown_path(folder).as_posix(), problem=problem)
        )


def _nothing(_: Opened) -> None:
    """What is taken of conventions that are only looked for."""


def _itself(opened: Opened) -> Opened:
    """What is taken of the only one: it is in this process."""
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
    """A folder as it is below the one that holds them all."""
    places = [repository_of(each) for each in folders]
    return below(repository_of(folder), top_of_all(places) if places[1:] else str(places[0].parent))
