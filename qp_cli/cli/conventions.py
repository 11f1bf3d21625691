"""The conventions that the options of a command mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.app import conventions
from qp_cli.app.convention_names import MOST_IDS, by_their_folders
from qp_cli.app.opening import open_folder
from qp_cli.cli.session import Session
from qp_cli.errors import Called, LeftOutError, id_and_title, unknown
from qp_cli.messages import msg, msgs
from qp_cli.names import collated_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.app.opening import Opened
    from qp_cli.cli.options import Call
    from qp_cli.errors import RepositoryError, UsageError
    from qp_cli.messages import Message


class SessionConventions(conventions.Conventions):
    """The conventions a command is about, and its session."""

    caller: Session

    @property
    def session(self) -> Session:
        """The run that asks for them."""
        return self.caller


def open_conventions(call: Call, known_at: str | None = None, *, fallback: bool = True) -> SessionConventions:
    """The conventions of a reading command, each read when its turn comes; as they stood where `known_at` is given.

    Without `fallback`, the one that comes with qp does not stand in for them.

    Raises:
        RepositoryError: there is none.
    """
    session = call.session
    day = session.day(call.as_of)
    if text := known_at or call.known_at or session.known_at:
        from qp_cli.app.known_at import refuse_no_revision

        refuse_no_revision(text)
    is_compared, known_at = known_at is not None, known_at or call.known_at or session.known_at
    absent: dict[str, RepositoryError] = {}
    folders = session.folders(call.data or (), fallback=fallback and not call.fail and not known_at, absent=absent)
    names = by_their_folders(call.convention or session.conventions, folders)
    found = SessionConventions(session, folders, day, names, known_at)
    if not is_compared:
        session.known = found.known
    for name, error in absent.items():
        found.leave_out(Path(name), error.why if isinstance(error, LeftOutError) else error.message)
    found.absent = len(absent)
    return found


def open_one(call: Call, known_at: str | None = None, has: Callable[[Opened], bool] | None = None) -> Opened:
    """The one convention of a command that is about one; as it stood where `known_at` is given.

    Where there are several and none is named, the one alone that `has` what is asked for, which is said.

    Raises:
        RepositoryError: there is none.
        UsageError: there are several; their ids are given.
    """
    several = open_conventions(call, known_at)
    found = several.only()
    if found is not None:
        return found
    met = [(_called(one), one if has and has(one) else None) for one in several]
    having = [(called, one) for called, one in met if one]
    if len(having) == 1 and not several.names:
        [(called, opened)] = having
        call.session.remark(
            msg("Of {count} conventions, {name} alone has it.", count=len(met), name=id_and_title(called))
        )
        return opened
    if having:
        problem = msg("{count} conventions have it: name one with --convention.", count=len(having))
        raise _name_one(problem, [called for called, _ in having])
    problem = msgs(
        "Only {count} convention here can be read: name it with --convention.",
        "There are {count} conventions here: name one with --convention.",
        count=len(met),
    )
    raise _name_one(problem, [called for called, _ in met])


def _called(opened: Opened) -> Called:
    convention = opened.convention
    return Called(convention.id, convention.territory or convention.title)


def _name_one(problem: Message, several: Iterable[Called]) -> UsageError:
    """The error of a command about one convention where there are these."""
    called = sorted(several, key=lambda each: collated_id(each.id))
    return unknown(problem, "", map(id_and_title, called[:MOST_IDS]))


def open_to_write(call: Call) -> Opened:
    """The one convention that a command writes to, as its files say today.

    Raises:
        RepositoryError: there is none.
        UsageError: there are several, or it is somebody else's and was not named.
        BrokenRepositoryError: the files have errors.
    """
    session = call.session
    day = session.day(None)
    return open_folder(session, session.folder(call.data or (), fallback=False), day, session.known_at)
