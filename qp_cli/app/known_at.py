"""What a repository said then: `--known-at`, and the revisions that `qp diff` compares."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.choices import days_ago, names_weekday
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg, msgs
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from qp_cli.app.caller import Caller
    from qp_cli.messages import Message
    from qp_cli.store.revisions import Revision

PARIS = "Europe/Paris"
_DAY = re.compile(r"\s*(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\s*", re.ASCII)

UNCOMMITTED_LEFT_OUT = msg("Changes that are not committed are left out.")
"""What is said of an answer read from the last commit alone, where the files have changed since."""
_MOST_STATES = 20
"""How many states of repositories an answer names."""


class KnownState(NamedTuple):
    """The state of a repository that an answer was read from: its commit, in short, and the day of that in Paris."""

    commit: str
    day: date

    @property
    def words(self) -> Message:
        """Which state it is, when it is not the files as they are."""
        return msg("As the repository stood in commit {commit}, of {day}.", commit=self.commit, day=self.day)


def known_state(revision: Revision) -> KnownState:
    """The state of a repository in a revision."""
    return KnownState(revision.short, committed_on(revision))


def known_words(states: Collection[KnownState]) -> list[Message]:
    """Which states an answer was read from, a line each: the first of them, and how many more there are."""
    said = [each.words for each in [*states][:_MOST_STATES]]
    rest = len(states) - len(said)
    return [*said, msgs("… and {count} more", "… and {count} more", count=rest)] if rest else said


def is_day(text: str) -> bool:
    """Whether a text reads as a day; a branch or a tag of such a name is written `heads/…` or `tags/…`."""
    return _DAY.fullmatch(text) is not None


def refuse_no_revision(text: str) -> None:
    """Refuses a word for a day that git could know under no name: it is said once, and before anything is read.

    Raises:
        UsageError: it is one, such as `hier` or `lundi`, or a day that there is not.
    """
    if is_day(text):
        read_day(text)
    elif days_ago(text) is not None or names_weekday(text):
        problem = msg(
            "“{text}” is no day and no revision: write a day, {day}, or a commit, {commit}",
            text=shown(text),
            day="2021-10-01",
            commit="HEAD~3",
        )
        raise UsageError(problem)


def look_back(caller: Caller, folder: Path, text: str) -> Revision:
    """The revision of a day (as it ended in Paris) or of that name; the caller hears which one it is.

    Raises:
        UsageError: there is no such day.
        RepositoryError: the folder has no such revision, or git cannot tell.
    """
    from qp_cli.store import revisions

    if is_day(text):
        found = revisions.revision_on(folder, _end(read_day(text)), caller.environ)
    else:
        found = revisions.read_revision(folder, text, caller.environ)
    caller.say(known_state(found).words)
    if found.is_elsewhere:
        caller.say(msg("The convention was in {folder} then.", folder=found.folder or "."))
    if found.after:
        out_of_order = msg(
            "That commit follows one of {day}: dates that are not in order leave open what was known on a day.",
            day=in_paris(found.after),
        )
        caller.say(out_of_order)
    if found.is_head and _has_changed(folder, found):
        caller.say(UNCOMMITTED_LEFT_OUT)
    return found


def committed_on(revision: Revision) -> date:
    """The day it was in Paris when a revision was committed."""
    return in_paris(revision.committed)


def in_paris(instant: datetime) -> date:
    """The day it is in Paris at an instant."""
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo(PARIS)).date()


def _end(day: date) -> datetime:
    """The last second of a day in Paris."""
    from zoneinfo import ZoneInfo

    return datetime.combine(day, time(23, 59, 59), ZoneInfo(PARIS))


def _has_changed(folder: Path, revision: Revision) -> bool:
    """Whether the files now hold something else, the ends of their lines apart, which git may change."""
    from qp_cli.store.files import read_plain
    from qp_cli.store.places import CONVENTION, JOURNAL, SITES

    def now(name: str) -> bytes | None:
        try:
            return read_plain(folder / name).replace(b"\r\n", b"\n")
        except OSError:
            return None

    def then(name: str) -> bytes | None:
        data = revision.files.get(name)
        return None if data is None else data.replace(b"\r\n", b"\n")

    return any(now(name) != then(name) for name in (CONVENTION, SITES, JOURNAL))
