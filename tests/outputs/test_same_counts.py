"""Every answer counts alike: status, page, workbook, calendar, sheets and records, of conventions made at random."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from qp_cli.app.recording import FACT_KINDS
from qp_cli.render.calendar_ics import uid
from qp_cli.tracking.states import State
from tests.outputs.conventions_at_random import LABELS, SITES, Maker

KINDS = ("one-off", "continuing", "recurring", "on-request", "option")
COLUMNS = ("overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other", "options")
PERSON = {"p0": "p0", "p1": "p1", "p2": "p2", "organ": "p0", "suborgan": "p0"}
STATES = {
    "overdue": "overdue",
    "due-soon": "due_soon",
    "in-effect": "in_effect",
    "fulfilled": "fulfilled",
    "fulfilled-late": "fulfilled",
    "conditional": "conditional",
}


class Page(HTMLParser):
    """The counts and the obligations that a page shows."""

    def __init__(self, text):
        super().__init__()
        self.counts, self.owed, self._party = {}, [], ""
        self.feed(text)

    def handle_starttag(self, _, attributes):
        """The attributes that carry them."""
        found = dict(attributes)
        if "data-party" in found:
            self._party = found["data-party"]
        elif "data-column" in found:
            self.counts.setdefault(self._party, dict.fromkeys(COLUMNS, 0))[found["data-column"]] = int(
                found["data-count"]
            )
        elif "data-obligation" in found:
            self.owed.append((found["data-obligation"], found["data-state"]))


def rows(text):
    """A CSV as records."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=","))


def expected(owed):
    """The counts of each legal person, worked out from the records of the obligations alone."""
    counts = {}
    for one in owed:
        name = "options" if one["kind"] == "option" else STATES.get(one["state"], "other")
        if one["basis"] == "term" and name in {"overdue", "due_soon"}:
            name = "other"
        for person in {PERSON[party] for party in one["debtors"]}:
            counts.setdefault(person, dict.fromkeys(COLUMNS, 0))[name] += 1
    return counts


def drawn(text):
    """The counts in the table of the screen."""
    counts = {}
    for person, label in LABELS.items():
        for line in re.findall(rf"^{label} +((?:[\d·]+ *){{6,7}})$", text, re.MULTILINE):
            numbers = [int(each) if each.isdigit() else 0 for each in line.split()]
            counts[person] = dict(zip(COLUMNS, [*numbers, 0][: len(COLUMNS)], strict=True))  # no option, no column
    return counts


@pytest.fixture(params=range(30))
def asked(request, repository, qp):
    """A convention made at random, its day, and how to ask about it."""
    maker = Maker(request.param)
    convention = maker.convention()
    folder = repository(convention, sites=SITES, journal=maker.journal(convention))

    def ask(*arguments):
        answer = qp(*arguments, "--data", str(folder), "--as-of", maker.as_of.isoformat())
        assert answer.code == 0, answer.err
        return answer

    return ask


def test_counts_and_obligations_are_the_same_everywhere(asked, tmp_path):
    owed = asked("deadlines", "--format", "json").json["obligations"]
    counts = expected(owed)
    ids = sorted(one["id"] for one in owed)
    assert len(set(ids)) == len(ids)

    status = asked("status", "--format", "json").json["conventions"][0]
    assert {each["id"]: {name: each[name] for name in COLUMNS} for each in status["parties"]} == counts
    assert sum(status["states"].values()) == len(owed)
    assert drawn(asked("status").out) == counts
    sheet = rows(asked("status", "--format", "csv").out)
    assert {each["id"]: {name: int(each[name]) for name in COLUMNS} for each in sheet} == counts

    page = Page(asked("report").out)
    assert page.counts == counts
    assert sorted(page.owed) == sorted((one["id"], one["state"]) for one in owed)

    assert asked("export", "json").json["obligations"] == owed
    assert [each["id"] for each in rows(asked("export", "csv").out)] == [one["id"] for one in owed]
    assert [each["id"] for each in rows(asked("deadlines", "--format", "csv").out)] == [one["id"] for one in owed]
    late = [one["id"] for one in owed if one["state"] == "overdue"]
    assert sorted(one["id"] for one in asked("overdue", "--format", "json").json["obligations"]) == sorted(late)
    assert sorted(one["id"] for one in status["overdue"]) == sorted(set(late) - derived(owed))

    in_workbook(asked, tmp_path, owed, counts)
    in_calendar(asked, owed, status["term"]["end"])


def derived(owed):
    """The ids of what is dated by the term alone."""
    return {one["id"] for one in owed if one["basis"] == "term"}


def in_workbook(asked, tmp_path, owed, counts):
    """The sheets of the workbook, and the sheet for French spreadsheets."""
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path), "--lang", "en")
    book = load_workbook(path)
    heading, *lines = book["Parties"].iter_rows(values_only=True)
    found = {line[heading.index("Party's id")]: line[2:9] for line in lines}
    assert found.pop(None) == tuple(sum(each[name] for each in counts.values()) for name in COLUMNS)
    assert found == {person: tuple(each.values()) for person, each in counts.items()}
    heading, *lines = book["Obligations"].iter_rows(values_only=True)
    keys = [heading.index(name) for name in ("Id", "State code")]
    assert [tuple(line[key] for key in keys) for line in lines] == [(one["id"], one["state"]) for one in owed]
    french = csv.DictReader(io.StringIO(asked("export", "csv", "--excel-fr", "--lang", "fr").out[1:]), delimiter=";")
    assert [line["Identifiant"] for line in french] == [one["id"] for one in owed]


def in_calendar(asked, owed, term):
    """The events that stand: a day each for what has one, a cure period, the term."""
    calendar = Calendar.from_ical(asked("export", "ics").out)
    found = {
        str(each["uid"]): each["dtstart"].dt.isoformat() for each in calendar.events if each["status"] == "CONFIRMED"
    }
    dated = [one for one in owed if one["due"] and not (one["kind"] == "continuing" and one["basis"] == "term")]
    wanted = {uid("hasard", one["id"]): one["due"] for one in dated if one["state"] != "discharged"}
    wanted |= {uid("hasard", f"{one['id']}#cure"): one["cure_due"] for one in owed if one["cure_due"]}
    wanted |= {uid("hasard", "terme"): term} if term else {}
    assert found == wanted
    uids = [str(each["uid"]) for each in calendar.events]
    assert len(set(uids)) == len(uids)


def test_the_conventions_at_random_hold_every_kind_and_every_state(repository, qp):
    kinds, facts, states = set(), set(), set()
    for seed in range(90):
        maker = Maker(seed)
        convention = maker.convention()
        journal = maker.journal(convention)
        folder = repository(convention, sites=SITES, journal=journal, name=f"depot{seed}")
        answer = qp("deadlines", "--data", str(folder), "--as-of", maker.as_of.isoformat(), "--format", "json")
        states |= {one["state"] for one in answer.json["obligations"]}
        kinds |= {each["kind"] for each in convention["engagements"]}
        facts |= {each["kind"] for each in journal}
    assert kinds == set(KINDS)
    assert facts == set(FACT_KINDS)
    assert states == {each.value for each in State}
