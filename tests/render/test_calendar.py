"""The calendar read back by a calendar library: the right days, the same UIDs, and nothing left behind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.render.calendar_ics import write_calendar
from qp_cli.render.language import Language
from qp_cli.tracking.calendar_days import calendar_days
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.ledger import open_ledger
from tests.journal.test_a_year import ground, lived  # noqa: F401 - fixtures
from tests.tracking.building import SHIPPED, convention, day, facts, folder
from tests.tracking.test_properties import DAYS, conventions, journals, voiding

ENGLISH, FRENCH = Language("en"), Language("fr")
NINE_O_CLOCK = (timedelta(days=-30, hours=9), timedelta(days=-7, hours=9), timedelta(hours=9))
"""Thirty days before, seven days before and the day itself, each at nine."""
BODY = """\
term: {due: {within: P24M, from: depart}, clause: art. 9}
events:
  - {id: depart, title: Départ, date: 2022-01-31}
  - {id: accord, title: Accord}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
  - {id: plan, title: Plan, clause: art. 1, debtors: [ville], kind: one-off, due: {within: P3M, from: depart}}
  - {id: suite, title: Suite, clause: art. 2, debtors: [ville], kind: one-off, due: {within: P1M, from: accord}}
  - {id: bilan, title: Bilan, clause: art. 3, debtors: [region], kind: one-off}
  - {id: appui, title: Appui, clause: art. 4, debtors: [region], kind: continuing}
  - {id: avis, title: Avis, clause: art. 5, debtors: [ville], kind: on-request, target: {within: P2M}}
"""
HAPPENED = "  - {id: f-acc, kind: occurred, event: accord, on: 2022-02-10}\n"
ASKED = "  - {id: f-dem, kind: triggered, engagement: avis, on: 2022-02-15}\n"
NOTICE = "  - {id: f-n, kind: notified, engagement: plan, on: 2022-05-10, cure: P1M}\n"


def everything(ledger):
    return ledger.situation.obligations


def opened(as_of, journal="", body=BODY):
    return open_ledger(Declarations(convention(body), (), facts(journal)), day(as_of))


def read(*ledgers, chosen=everything, language=ENGLISH, **more):
    return Calendar.from_ical(write_calendar(ledgers, chosen, language, **more)).walk("VEVENT")


def told(*arguments, **more):
    """Each event's day and status, by who owes what."""
    found = read(opened(*arguments, **more))
    events = {str(each["summary"]).partition(" (")[0]: (each.start.isoformat(), str(each["status"])) for each in found}
    assert len(events) == len(found)
    return events


def of(word, *arguments):
    """The one event whose summary has a word."""
    (found,) = [each for each in read(opened(*arguments)) if word in each["summary"]]
    return found


def test_each_day_of_its_own_is_an_event_of_one_whole_day_and_what_only_runs_to_the_term_is_the_terms_event():
    assert told("2022-02-20", HAPPENED + ASKED) == {
        "Ville: Plan": ("2022-04-30", "CONFIRMED"),
        "Ville: Suite": ("2022-03-10", "CONFIRMED"),
        "Ville: Avis": ("2022-04-15", "CONFIRMED"),
        "Région: Bilan": ("2024-01-31", "CONFIRMED"),
        "Term of the convention: Convention d'essai": ("2024-01-31", "CONFIRMED"),
    }
    for each in read(opened("2022-02-20", HAPPENED + ASKED)):
        assert (type(each.start), each.end - each.start) == (date, timedelta(days=1))
        assert each["transp"] == "TRANSPARENT"


def test_what_has_no_date_makes_no_event():
    assert set(told("2022-02-20")) == {"Ville: Plan", "Région: Bilan", "Term of the convention: Convention d'essai"}


@pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_the_shipped_convention_has_the_days_its_text_gives(language):
    repository = folder(SHIPPED)
    ledger = open_ledger(Declarations(repository.convention, repository.sites, repository.facts), day("2021-05-01"))
    found = read(ledger, language=language)
    # labelled on 18 March 2021: six months, and twenty-four months; two more are owed by the term
    assert sorted(each.start.isoformat() for each in found) == ["2021-09-18", *["2023-03-18"] * 3]
    assert [len(each.walk("VALARM")) for each in found] == [3, 3, 3, 3]


def test_what_is_ahead_rings_at_nine_thirty_and_seven_days_before_and_the_day_itself():
    alarms = of("Plan", "2022-04-30").walk("VALARM")
    assert [(str(each["action"]), each["trigger"].dt) for each in alarms] == [
        ("DISPLAY", length - timedelta(days=1)) for length in NINE_O_CLOCK
    ]
    midnight = datetime(2022, 4, 30, tzinfo=UTC)
    days = [(midnight + each["trigger"].dt).strftime("%d/%m %Hh") for each in alarms]
    assert days == ["30/03 09h", "22/04 09h", "29/04 09h"]  # 30 April is a Saturday: the Friday counts


def test_a_term_on_a_saturday_rings_on_the_friday_as_what_is_owed_by_it_does():
    events = read(opened("2022-02-20", body=BODY.replace("2022-01-31", "2022-01-27")))
    rings = {str(each["summary"]).partition(":")[0]: each for each in events if each.start == day("2024-01-27")}
    assert {name: each.walk("VALARM")[-1]["trigger"].dt for name, each in rings.items()} == {
        "Term of the convention": timedelta(days=-1, hours=9),
        "Région": timedelta(days=-1, hours=9),
    }


DONE = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-04-02}\n"


@pytest.mark.parametrize(
    ("as_of", "journal"),
    [
        ("2022-05-01", ""),
        ("2022-04-10", DONE),
        ("2022-04-10", "  - {id: f-1, kind: waived, engagement: plan, on: 2022-04-02}\n"),
        ("2022-04-10", "  - {id: f-1, kind: suspended, engagement: plan, on: 2022-04-02}\n"),
    ],
    ids=["overdue", "fulfilled", "waived", "suspended"],
)
def test_what_is_done_past_discharged_or_suspended_does_not_ring(as_of, journal):
    assert of("Plan", as_of, journal).walk("VALARM") == []


def test_words_are_neutral_and_give_the_clause_the_parties_and_the_working():
    late = of("Plan", "2022-05-02")
    assert late["summary"] == "Ville: Plan"
    for words in ("no fulfilment recorded", "Clause: art. 1", "Owed by: Ville", "3 months", "CPC art. 641", "strict"):
        assert words in late["description"]
    assert of("Plan", "2022-05-02", DONE)["summary"] == "Ville: Plan (fulfilled on 2 April 2022)"
    assert of("Bilan", "2022-05-02")["summary"] == "Région: Bilan (date derived from the term)"
    assert "target of the repository, not of the text" in of("Avis", "2022-05-02", ASKED)["summary"]


@pytest.mark.parametrize(
    ("language", "count", "end"),
    [
        (ENGLISH, 20, "Partie 18, Partie 19"),
        (ENGLISH, 25, "Partie 18, Partie 19, and 5 more"),
        (FRENCH, 21, "Partie 18, Partie 19 et 1 autre"),
        (FRENCH, 25, "Partie 18, Partie 19 et 5 autres"),
    ],
)
def test_of_many_who_owe_the_first_twenty_are_named_and_the_others_counted(language, count, end):
    names = [f"p{number}" for number in range(count)]
    body = "parties:\n" + "".join(f"  - {{id: {name}, name: Partie {name[1:]}}}\n" for name in names)
    owed = f"debtors: [{', '.join(names)}], kind: one-off, due: {{on: 2022-06-30}}"
    body += f"engagements: [{{id: plan, title: Plan, {owed}}}]"
    found = read(opened("2022-02-20", body=body), language=language)
    assert len(found) == count
    for each in found:
        owed = next(line for line in str(each["description"]).splitlines() if line.startswith(("Owed by", "Dû par")))
        assert owed.endswith(end)


def amended(change, on="2022-03-01", name="f-av"):
    return f"  - {{id: {name}, kind: amended, title: Avenant, on: {on}, changes: [{change}]}}\n"


EXTENDED = amended("{change: extend, target: plan, by: P1M}")


def test_a_day_that_moved_keeps_its_uid_and_raises_its_sequence():
    before, after = of("Plan", "2022-02-28", EXTENDED), of("Plan", "2022-03-01", EXTENDED)
    assert (before.start.isoformat(), after.start.isoformat()) == ("2022-04-30", "2022-05-31")
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert "was Saturday 30 April 2022 before the avenant" in after["description"]


def test_a_suspension_that_ended_moves_the_day_and_a_cancelled_avenant_moves_it_back_each_with_a_higher_sequence():
    paused = "".join(
        f"  - {{id: f-{kind}, kind: {kind}, engagement: plan, on: {on}}}\n"
        for kind, on in (("suspended", "2022-03-01"), ("resumed", "2022-03-11"))
    )
    moved = of("Plan", "2022-03-12", paused)
    assert (moved.start.isoformat(), moved["sequence"] > of("Plan", "2022-02-28", paused)["sequence"]) == (
        "2022-05-10",
        True,
    )
    undone = EXTENDED + "  - {id: f-v, kind: voided, fact: f-av, on: 2022-03-05}\n"
    away, back = of("Plan", "2022-03-04", EXTENDED), of("Plan", "2022-03-06", undone)
    assert (back.start.isoformat(), back["status"]) == ("2022-04-30", "CONFIRMED")
    assert back["sequence"] > away["sequence"]


@pytest.mark.parametrize(
    ("name", "first", "second", "last", "remark"),
    [
        ("Plan", "", "  - {id: f-w, kind: waived, engagement: plan, on: 2022-03-01}\n", "2022-04-30", "discharged"),
        ("Plan", "", amended("{change: end, target: plan}"), "2022-04-30", "discharged"),
        (
            "Ville: Plan",
            "",
            amended("{change: debtors, target: plan, debtors: [region]}"),
            "2022-04-30",
            "replaced by an avenant",
        ),
        ("Suite", HAPPENED, "  - {id: f-v, kind: voided, fact: f-acc, on: 2022-03-01}\n", "2022-03-10", "no date"),
        ("Avis", ASKED, "  - {id: f-v, kind: voided, fact: f-dem, on: 2022-03-01}\n", "2022-04-15", "no date"),
        ("Plan", "", amended("{change: due, target: plan, due: {within: P1M, from: accord}}"), "2022-04-30", "no date"),
        (
            "Ville: Plan",
            amended("{change: due, target: plan, due: {on: 2022-07-01}}", on="2022-02-15"),
            amended("{change: debtors, target: plan, debtors: [region]}", name="f-av2"),
            "2022-07-01",
            "replaced by an avenant",
        ),
    ],
    ids=[
        "waived",
        "ended",
        "other debtor",
        "origin cancelled",
        "request cancelled",
        "dated by an event",
        "moved first",
    ],
)
def test_what_falls_away_is_listed_as_cancelled_with_its_uid_and_a_higher_sequence(name, first, second, last, remark):
    recorded = first if "voided" in second else first + second  # what is cancelled never held: it had been believed
    before, after = of(name, "2022-02-28", recorded), of(name, "2022-03-02", first + second)
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert (after.start.isoformat(), after.walk("VALARM")) == (last, [])
    assert remark in after["summary"]


def test_a_fact_cancelled_as_of_its_own_day_still_leaves_a_cancelled_event():
    journal = HAPPENED + "  - {id: f-v, kind: voided, fact: f-acc, on: 2022-02-10}\n"
    assert told("2022-02-20", journal)["Ville: Suite"] == ("2022-03-10", "CANCELLED")


def test_a_day_counted_from_a_performance_that_is_cancelled_falls_away_with_it():
    body = BODY.replace("from: accord}", "from: plan}")
    journal = DONE + "  - {id: f-v, kind: voided, fact: f-1, on: 2022-04-20}\n"
    assert told("2022-04-10", DONE, body=body)["Ville: Suite"] == ("2022-05-02", "CONFIRMED")
    assert told("2022-04-21", journal, body=body)["Ville: Suite"] == ("2022-05-02", "CANCELLED")


def test_what_was_dated_until_a_fact_recorded_late_says_otherwise_is_cancelled_too():
    late = "kind: voided, fact: f-acc, on: 2022-02-01, recorded: 2022-02-18"
    assert told("2022-02-20", HAPPENED + f"  - {{id: f-v, {late}}}\n")["Ville: Suite"] == ("2022-03-10", "CANCELLED")


def test_what_another_avenant_brings_back_stands_again():
    again = amended("{change: debtors, target: plan, debtors: [region]}")
    again += amended("{change: debtors, target: plan, debtors: [ville]}", on="2022-03-10", name="f-av2")
    found = told("2022-03-11", again)
    assert (found["Ville: Plan"], found["Région: Plan"]) == (("2022-04-30", "CONFIRMED"), ("2022-04-30", "CANCELLED"))


def test_a_term_that_loses_its_date_is_cancelled_and_one_that_an_avenant_moves_is_moved():
    body = BODY.replace("from: depart}, clause: art. 9", "from: accord}, clause: art. 9")
    voided = HAPPENED + "  - {id: f-v, kind: voided, fact: f-acc, on: 2022-03-01}\n"
    name = "Term of the convention: Convention d'essai"
    assert told("2022-02-20", HAPPENED, body=body)[name] == ("2024-02-10", "CONFIRMED")
    assert told("2022-02-20", voided, body=body)[name] == ("2024-02-10", "CANCELLED")
    assert told("2022-03-02", voided, body=body)[name] == ("2024-02-10", "CANCELLED")
    assert told("2022-03-02", amended("{change: extend, target: terme, by: P12M}"))[name] == ("2025-01-31", "CONFIRMED")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("", "CONFIRMED"),
        ("  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-06-01}\n", "CANCELLED"),
        ("  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-06-15}\n", "CONFIRMED"),
        ("  - {id: f-1, kind: voided, fact: f-n, on: 2022-06-01}\n", "CANCELLED"),
        ("  - {id: f-1, kind: waived, engagement: plan, on: 2022-06-01}\n", "CANCELLED"),
    ],
    ids=["running", "performed within it", "performed after it", "notice cancelled", "waived"],
)
def test_the_end_of_a_cure_period_has_its_own_event(more, status):
    (found,) = [each for each in read(opened("2022-06-20", NOTICE + more)) if "mise en demeure" in each["summary"]]
    assert (found.start.isoformat(), found["status"]) == ("2022-06-10", status)
    known = NOTICE + ("" if "voided" in more else more)
    before = [each for each in read(opened("2022-05-11", known)) if "mise en demeure" in each["summary"]]
    assert [each["uid"] for each in before] == [found["uid"]]
    assert len(before[0].walk("VALARM")) == 3


def test_a_partys_calendar_has_the_same_events_as_everyones():
    ledger = opened("2022-03-02", HAPPENED + "  - {id: f-v, kind: voided, fact: f-acc, on: 2022-03-01}\n")

    def of_ville(each):
        return choose(each.situation, Choice(parties=("ville",)))

    everyones = {str(each["uid"]): each.to_ical() for each in read(ledger)}
    own = {str(each["uid"]): each.to_ical() for each in read(ledger, chosen=of_ville)}
    assert own.items() < everyones.items()
    assert sorted(str(each["summary"]).partition(" (")[0] for each in read(ledger, chosen=of_ville)) == [
        "Term of the convention: Convention d'essai",
        "Ville: Plan",
        "Ville: Suite",
    ]


def test_several_conventions_share_a_calendar_and_no_uid():
    first = opened("2022-03-02")
    other = replaced(first.signed, id="autre", territory="Autre-Ville")
    found = read(first, open_ledger(Declarations(other, (), ()), day("2022-03-02")), several=True)
    assert len({str(each["uid"]) for each in found}) == len(found) == 6
    assert [str(each["summary"]).endswith("– Autre-Ville") for each in found] == [False] * 3 + [True] * 3


def test_the_same_data_and_day_give_the_same_bytes_and_stamps_of_before_the_day_looked_at():
    made = [write_calendar([opened("2022-03-02", EXTENDED)], everything, FRENCH) for _ in range(2)]
    assert made[0] == made[1]
    events = Calendar.from_ical(made[0]).walk("VEVENT")
    begun = datetime(2022, 3, 1, 22, tzinfo=UTC)
    assert all(begun - timedelta(days=1) < each.stamp <= begun for each in events)
    assert all(each["dtstamp"].dt == each["last-modified"].dt for each in events)


def test_the_calendar_says_what_it_is_and_is_no_invitation():
    calendar = Calendar.from_ical(write_calendar([opened("2022-03-02")], everything, ENGLISH, people=["ville"]))
    assert calendar["name"] == calendar["x-wr-calname"]
    assert calendar["x-wr-calname"] == "Deadlines: Ville\\, Convention d'essai"
    assert (calendar["version"], calendar["x-published-ttl"]) == ("2.0", "P1D")
    names = {name for part in calendar.walk() for name in part}
    assert not names & {"METHOD", "ORGANIZER", "ATTENDEE", "ATTACH", "URL", "CLASS"}


EVIL = (
    "fin\r\nATTENDEE:mailto:x@example.org\r\nX:",
    "fin\nEND:VEVENT\nBEGIN:VEVENT\nUID:autre",
    "fin\\nEND:VEVENT\\, \\; \\\\",
    "a;b,c:d\"e^n'f",
    "\x1b[31m\x00\x07\x9b\u202e\u2028\u2029\x85",
    "<script>alert(1)</script><a href=http://example.org>ici</a><!--",
    "é漢字🧾" * 40,
)
ALLOWED = {"DESCRIPTION", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "STATUS", "TRANSP", "CATEGORIES"}
ALLOWED |= {"LAST-MODIFIED"}


@pytest.mark.parametrize("text", EVIL)
def test_nothing_in_the_data_starts_a_property_or_acts_on_the_reader(text):
    ledger = opened("2022-02-20", HAPPENED)
    signed = replaced(
        ledger.signed,
        title=text,
        territory=text,
        parties=tuple(replaced(each, name=text, short=text) for each in ledger.signed.parties),
        engagements=tuple(replaced(each, title=text, clause=text, note=text) for each in ledger.signed.engagements),
    )
    made = write_calendar([open_ledger(Declarations(signed, (), ledger.facts), day("2022-02-20"))], everything, ENGLISH)
    lines = made.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line or "\r" in line for line in lines)
    found = Calendar.from_ical(made).walk("VEVENT")
    assert len(found) == 4
    for each in found:
        assert set(each) == ALLOWED
        assert not [mark for mark in str(each["description"]) if mark != "\n" and not mark.isprintable()]
        assert "<script" not in each["description"]
        assert "<a " not in each["summary"]
    if text.isprintable() and "<" not in text:
        assert sum(text in each["summary"] for each in found) == 4


def keyed(ledger):
    return {entry.key: entry for entry in calendar_days(ledger, everything)}


@st.composite
def undone(draw):
    """A journal in which some facts are cancelled later."""
    made = list(draw(journals()))
    for number, fact in enumerate(list(made)):
        if draw(st.integers(0, 3)) == 0:
            later = effective_on(fact) + timedelta(days=draw(st.integers(0, 200)))
            made += voiding(f"v{number}", fact.id, later)
    return tuple(made)


SEVERAL = settings(max_examples=100, deadline=None)


@SEVERAL
@given(conventions(), undone(), DAYS)
def test_the_calendar_reads_back_as_the_days_of_the_obligations(agreed, journal, as_of):
    ledger = open_ledger(Declarations(agreed, (), journal), as_of)
    found = read(ledger)
    assert len({str(each["uid"]) for each in found}) == len(found)
    expected = sorted(
        one.due
        for one in ledger.situation.obligations
        if one.due
        and one.state != "discharged"
        and (one.engagement.kind != "continuing" or one.deadline.basis != "term")
    )
    standing = [each for each in found if each["status"] == "CONFIRMED" and "mise en demeure" not in each["summary"]]
    terms = [each.start for each in standing if each["summary"].startswith("Term of")]
    assert terms == ([ledger.situation.term.due] if ledger.situation.term and ledger.situation.term.due else [])
    assert sorted(each.start for each in standing if not each["summary"].startswith("Term of")) == expected
    for each in found:
        assert len(each.walk("VALARM")) in {0, 3}
        assert not each.walk("VALARM") or (each.start >= as_of and each["status"] == "CONFIRMED")


@SEVERAL
@given(conventions(), undone(), DAYS, DAYS)
def test_as_days_pass_no_event_is_lost_no_sequence_falls_and_every_move_raises_it(agreed, journal, one_day, other):
    first, second = (open_ledger(Declarations(agreed, (), journal), each) for each in sorted((one_day, other)))
    before, after = keyed(first), keyed(second)
    assert before.keys() <= after.keys()
    for key, entry in before.items():
        assert after[key].revision >= entry.revision
        if (entry.day, entry.stands) != (after[key].day, after[key].stands):
            assert after[key].revision > entry.revision


@SEVERAL
@given(conventions(), undone(), DAYS, st.integers(0, 8))
def test_as_facts_are_recorded_no_sequence_falls(agreed, journal, as_of, kept):
    before = keyed(open_ledger(Declarations(agreed, (), journal[:kept]), as_of))
    after = keyed(open_ledger(Declarations(agreed, (), journal), as_of))
    for key in before.keys() & after.keys():
        assert after[key].revision >= before[key].revision


YEAR = {
    "2022-04-30": (["2021-09-18", "2023-03-18", "2023-03-18", "2023-03-18"], 0),
    "2022-09-30": (["2021-09-18", "2022-08-01", "2022-08-01", "2022-10-20", *["2023-03-18"] * 3], 0),
    "2022-11-15": (["2021-09-18", "2022-08-01", "2022-08-01", "2022-10-20", *["2023-03-18"] * 3], 0),
    "2023-02-15": (["2021-09-18", "2022-08-01", "2022-08-01", "2022-10-20", "2023-03-18", *["2024-03-18"] * 2], 0),
    "2023-04-01": (["2021-09-18", "2022-08-01", "2022-08-01", "2022-10-20", "2023-03-18", *["2024-03-18"] * 2], 0),
}
"""The days of the story: the road map, two answers under a target, a cure period, two days by the term and the term.

What was performed before the avenant keeps the day it had by the term then.
"""


@pytest.mark.parametrize("as_of", YEAR)
def test_a_year_of_the_convention_day_by_day(lived, as_of):  # noqa: F811 - a fixture
    repository = folder(lived / "data")
    found = read(open_ledger(Declarations(repository.convention, repository.sites, repository.facts), day(as_of)))
    expected, gone = YEAR[as_of]
    assert sorted(each.start.isoformat() for each in found) == expected
    assert sum(each["status"] == "CANCELLED" for each in found) == gone


def test_an_option_rings_while_it_is_open_and_says_then_what_became_of_it():
    body = BODY + "  - {id: retrait, title: Retrait, debtors: [ville], kind: option, due: {on: 2022-06-30}}\n"
    done = "  - {id: f1, kind: fulfilled, engagement: retrait, on: 2022-06-01}\n"

    def retreat(as_of, journal=""):
        (found,) = [each for each in read(opened(as_of, journal, body=body)) if "Retrait" in each["summary"]]
        return str(found["summary"]), len(found.walk("VALARM"))

    assert retreat("2022-06-30") == ("Ville: Retrait", 3)
    assert retreat("2022-07-01") == ("Ville: Retrait (not exercised, its day has passed)", 0)
    assert retreat("2022-06-30", done) == ("Ville: Retrait (exercised on 1 June 2022)", 0)
