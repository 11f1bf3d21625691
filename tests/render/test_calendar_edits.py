"""A day that an edit moves moves in the calendars that imported it: an importer of our own keeps the later event."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.model.dues import On
from qp_cli.store.commits import edits_of
from qp_cli.tracking.calendar_days import calendar_days, revised, sequence
from qp_cli.tracking.ledger import NO_EDITS, Edits, open_ledger
from tests.conftest import small_convention, written
from tests.tracking.building import convention
from tests.tracking.test_properties import DAYS, conventions, journals

ENVIRON = {"PATH": os.environ.get("PATH", os.defpath)}
TEXT = {
    **small_convention(),
    "events": [{"id": "depart", "title": "Départ", "date": "2026-01-31"}],
    "engagements": [
        {
            "id": "plan",
            "title": "Plan",
            "clause": "art. 1",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P6M", "from": "depart"},
        }
    ],
}
FACT = "format: qp/1\nfacts:\n  - {id: f-1, kind: notified, engagement: plan, on: 2026-08-10, cure: P1M}\n"


DAY = date(2026, 11, 23)


def everything(ledger):
    """What the calendar is made of, where nothing is left out."""
    return ledger.situation.obligations


class Importer:
    """A calendar that takes an event of a UID it has where its SEQUENCE is higher or, with the same, it is younger."""

    def __init__(self):
        self.events = {}

    def take(self, text):
        """What it holds once a calendar was imported."""
        for event in Calendar.from_ical(text).walk("VEVENT"):
            name, rank = str(event["uid"]), (int(event["sequence"]), event["dtstamp"].dt)
            if name not in self.events or rank > self.events[name][0]:
                self.events[name] = (rank, event.start.isoformat())
        return {shown for _, shown in self.events.values()}


def git(folder, *arguments, at="2026-11-20T10:00:00+00:00"):
    """One command of git, at an instant of its own."""
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    environ = {**ENVIRON, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at, "HOME": "/"}
    command = ["git", *names, *arguments]
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)


@pytest.fixture
def exported(repository, qp):
    """A repository of one engagement, a way to edit its period, and its calendar."""
    folder = repository(TEXT)

    def edit(period):
        """The calendar once the period was edited."""
        one = {**TEXT["engagements"][0], "due": {"within": period, "from": "depart"}}
        (folder / "data" / "convention.yaml").write_text(written({**TEXT, "engagements": [one]}), "utf-8")
        return export()

    def export(**how):
        answer = qp("export", "ics", "--data", str(how.pop("folder", folder)), **how)
        assert answer.code == 0
        return answer.out

    edit.folder, edit.export = folder, export
    return edit


def test_an_edit_that_brings_a_day_later_is_taken_on_the_same_day_without_git(exported):
    mine = Importer()
    assert mine.take(exported("P6M")) == {"2026-07-31"}
    assert mine.take(exported("P7M")) == {"2026-08-31"}
    first, second = (Calendar.from_ical(exported(each)).walk("VEVENT")[0] for each in ("P6M", "P7M"))
    assert second["sequence"] > first["sequence"]
    for name in ("dtstamp", "last-modified"):
        assert second[name].dt > first[name].dt


def test_an_edit_that_was_committed_is_taken_whichever_way_the_day_moved(exported):
    mine, folder = Importer(), exported.folder
    exported("P6M")
    git(folder, "init", "-q")
    for period, shown in (("P6M", "2026-07-31"), ("P3M", "2026-04-30"), ("P9M", "2026-10-31"), ("P2M", "2026-03-31")):
        exported(period)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "--allow-empty", "-m", period)  # all of them in one second
        assert mine.take(exported.export()) == {shown}
        assert exported.export() == exported.export()


def test_facts_and_edits_are_taken_as_they_come_and_none_lowers_the_sequence(exported):
    folder, seen = exported.folder, []
    git(folder, "init", "-q")
    for number, (period, journal) in enumerate([("P6M", ""), ("P6M", FACT), ("P5M", FACT), ("P6M", FACT)]):
        exported(period)
        (folder / "data" / "journal.yaml").write_text(journal or "format: qp/1\nfacts: []\n", "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", str(number))
        seen.append(int(Calendar.from_ical(exported.export()).walk("VEVENT")[0]["sequence"]))
    assert seen == sorted(set(seen))


def test_no_event_was_revised_in_time_to_come(exported):
    folder, before = exported.folder, datetime.now(UTC).replace(microsecond=0)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "now", at=before.isoformat())
    today = before.astimezone(ZoneInfo("Europe/Paris")).date().isoformat()
    for event in Calendar.from_ical(exported.export(environ={"QP_AS_OF": today})).walk("VEVENT"):
        for name in ("dtstamp", "last-modified"):
            assert event[name].dt <= before


def test_a_shallow_clone_tells_the_edits_of_two_days_apart(exported, tmp_path):
    mine, folder = Importer(), exported.folder
    git(folder, "init", "-q")
    for number, (period, shown) in enumerate([("P6M", "2026-07-31"), ("P3M", "2026-04-30")]):
        at = f"2026-11-2{number}T10:00:00+00:00"
        exported(period)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", period, at=at)
        clone = tmp_path / f"clone{number}"
        git(tmp_path, "clone", "-q", "--depth", "1", folder.as_uri(), str(clone))
        assert mine.take(exported.export(folder=clone)) == {shown}


def test_a_commit_of_something_else_changes_no_byte(exported):
    folder = exported.folder
    exported("P6M")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    before = exported.export()
    (folder / "README.md").write_text("x", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "two", at="2027-01-01T00:00:00+00:00")
    assert exported.export() == before


def test_a_branch_that_is_merged_takes_no_edit_away(exported):
    folder, counts = exported.folder, []
    git(folder, "init", "-q", "-b", "main")
    for words, period in (((), "P6M"), (("-b", "other"), "P7M"), (("main",), "P8M"), ((), "P7M")):
        git(folder, *(("checkout", "-q", *words) if words else ("status",)))
        exported(period)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", f"{len(counts)}")
        counts.append(edits_of(folder / "data", ENVIRON).commits)
    git(folder, "merge", "-q", "--no-edit", "other")  # which says the same: git's usual history shows one side alone
    assert counts == [1, 2, 2, 3]
    assert edits_of(folder / "data", ENVIRON) == Edits(4, datetime(2026, 11, 20, 10, tzinfo=UTC))


@pytest.mark.parametrize("make", [lambda _: None, lambda folder: (folder / ".git").write_text("gitdir: nowhere\n")])
def test_where_git_cannot_tell_there_are_no_edits(tmp_path, make):
    make(tmp_path)
    assert edits_of(tmp_path, ENVIRON) == NO_EDITS
    assert edits_of(tmp_path, {"PATH": ""}) == NO_EDITS


EDITS = st.builds(
    Edits,
    st.integers(0, 500),
    st.none() | st.integers(1_400_000_000, 2_800_000_000).map(lambda each: datetime.fromtimestamp(each, UTC)),
)
SEVERAL = settings(max_examples=40, deadline=None)


@SEVERAL
@given(conventions(), journals(), DAYS, DAYS, EDITS, st.integers(0, 8))
def test_neither_days_nor_facts_nor_commits_lower_a_sequence_and_every_move_raises_it(
    agreed, journal, one_day, other, edits, kept
):
    first, second = sorted((one_day, other))
    more = Edits(edits.commits + 1, edits.last)
    states = (
        (journal[:kept], first, edits),
        (journal, first, edits),
        (journal, second, edits),
        (journal, second, more),
    )
    past = {}
    for facts, as_of, known in states:
        ledger = open_ledger(Declarations(agreed, (), facts), as_of)
        for entry in calendar_days(ledger, everything):
            number = sequence(entry, known)
            assert 0 <= number < 2**31
            before, shown = past.get(entry.key, (-1, None))
            assert number >= before or facts == journal[:kept]
            assert number > before or shown == (entry.day, entry.stands)
            past[entry.key] = (number, (entry.day, entry.stands))


@SEVERAL
@given(st.dates(date(1905, 1, 1), date(2100, 12, 31)), st.dates(date(1905, 1, 1), date(2100, 12, 31)), EDITS)
def test_a_later_day_is_a_higher_number_and_a_later_instant_and_a_commit_outweighs_it(one, other, edits):
    entry = entry_on(one)
    moved = entry._replace(day=other)
    for rank in (sequence(moved, edits) - sequence(entry, edits), (other - one).days):
        assert (rank > 0) == (other > one)
    stamps = [revised(each, DAY, edits) for each in (entry, moved)]
    assert (stamps[0] < stamps[1]) == (one < other)
    assert sequence(moved, Edits(edits.commits + 1, edits.last)) > sequence(entry, edits)
    begun = datetime(2026, 11, 22, 22, tzinfo=UTC)  # the first instant of that day in Paris, at the earliest
    assert begun - timedelta(days=1) < revised(entry, DAY, NO_EDITS) <= begun
    assert revised(entry, DAY, edits) <= max(begun, edits.last or begun)
    assert revised(entry, DAY + timedelta(days=1), NO_EDITS) > revised(moved, DAY, NO_EDITS)


def entry_on(when):
    """The one day of a convention whose one engagement is due on a day."""
    body = "parties: [{id: ville, name: Ville}]\nengagements:\n"
    body += "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2026-01-01}}\n"
    agreed = convention(body)
    agreed = replaced(agreed, engagements=(replaced(agreed.engagements[0], due=On(on=when)),))
    (entry,) = calendar_days(open_ledger(Declarations(agreed, (), ()), DAY), everything)
    return entry


def test_the_most_facts_that_a_journal_may_hold_stay_within_what_programs_read():
    entry = entry_on(date(2100, 12, 31))
    assert sequence(entry._replace(revision=10**6), Edits(10**6, datetime(9999, 1, 1, tzinfo=UTC))) < 2**31
