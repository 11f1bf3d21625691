"""What the page opens on: right whatever is overdue, ahead, suspended, over or ended; one sheet says the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings

from qp_cli.app.check_result import Checked
from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Journal
from qp_cli.render.language import Language
from qp_cli.render.page.document import draw_page
from qp_cli.render.page.sheet import draw_summary
from qp_cli.render.page.words import DERIVED_ON_PAGE
from qp_cli.render.status import term_words
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.portfolio import SharedParties
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import apart, is_apart, is_upcoming, overdue_ones
from tests.render.dom import parse
from tests.render.pages import portfolio_page
from tests.tracking.building import convention, read
from tests.tracking.test_properties import DAYS, conventions, journals

ENGLISH, FRENCH = Language("en"), Language("fr")
NOTHING = Checked((), ("convention.yaml",), {})
PARTIES = "parties: [{id: ville, name: La Ville}, {id: etat, name: État}]"
SIGNED = "events: [{id: signature, title: Signature, date: 2021-03-18}]"
TERM = "term: {clause: art. 4, due: {within: P24M, from: signature}}"
OPEN_ENDED = "term: {clause: art. 4, open_ended: true, notice: P3M}"
MARCH = date(2027, 3, 18)


def owed(name, due, title="Bilan", **more):
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  - {{id: {name}, title: {title}, debtors: [ville], kind: one-off, due: {{on: {due}}}{said}}}"


def ledger(engagements=(), facts=(), day="2022-06-01", top=(SIGNED,), name="essai"):
    listed = ["engagements:", *engagements] if engagements else []
    declared = convention("\n".join([PARTIES, *top, *listed]) + "\n")
    journal = "\n".join(f"  - {{id: f-{number}, {fact}}}" for number, fact in enumerate(facts, start=1))
    read_facts = read(f"format: qp/1\nfacts:\n{journal}\n", Journal).facts if facts else ()
    return open_ledger(Declarations(replaced(declared, id=name), (), read_facts), date.fromisoformat(day))


def opening(page):
    """The answer, and what is said below it."""
    found = parse(page).one(id="answer")
    return [each.text for each in found.all("p") if "aside" not in (each.attrs.get("class") or "")]


def both(opened, language=ENGLISH):
    """What the page and the sheet open on, which is the same."""
    page = draw_page(opened, NOTHING, language)
    as_of = opened.situation.as_of
    sheet = draw_summary([opened], SharedParties(), as_of, language, several=False)
    assert opening(page) == opening(sheet)
    return opening(page)


def fulfilled(name, day="2021-05-01"):
    return f"kind: fulfilled, engagement: {name}, by: ville, on: {day}"


LATE, AHEAD = owed("plan", "2021-09-18", "Plan"), owed("bilan", MARCH)
CASES = {
    "one late, one ahead": ([LATE, AHEAD], (), "1 deadline passed; next deadline: 18 March 2027, Bilan."),
    "two late, none ahead": ([LATE, owed("avis", "2021-10-01")], (), "2 deadlines passed, none ahead."),
    "nothing late": ([AHEAD], (), "No deadline passed; next deadline: 18 March 2027, Bilan."),
    "today": ([owed("bilan", "2022-06-01")], (), "No deadline passed; next deadline: today, Bilan."),
    "others the same day": (
        [AHEAD, owed("avis", MARCH, "Avis"), owed("plan", MARCH, "Plan")],
        (),
        "No deadline passed; next deadline: 18 March 2027, Avis, and 2 others that day.",
    ),
    "several debtors are one engagement": (
        [AHEAD.replace("[ville]", "[ville, etat]")],
        (),
        "No deadline passed; next deadline: 18 March 2027, Bilan.",
    ),
    "may come sooner": (
        [AHEAD.replace(f"{{on: {MARCH}}}", f"{{earliest_of: [{{on: {MARCH}}}, {{within: P1M, from: depart}}]}}")],
        (),
        "No deadline passed; next deadline: 18 March 2027 at the latest, Bilan.",
    ),
    "all over": (
        [LATE, owed("avis", "2021-10-01")],
        (fulfilled("plan"), fulfilled("avis", "2021-11-01")),
        "Nothing is awaited any more: 1 fulfilled, 1 fulfilled after the date.",
    ),
    "a breach is over": (
        [LATE],
        ("kind: breached, engagement: plan, on: 2022-01-01",),
        "Nothing is awaited any more: 1 breach recorded.",
    ),
    "all suspended": (
        [LATE, AHEAD],
        ("kind: suspended, engagement: all, on: 2021-08-01",),
        "No deadline runs: 2 suspended.",
    ),
    "what is left is suspended": (
        [LATE, AHEAD],
        (fulfilled("plan"), "kind: suspended, engagement: bilan, on: 2021-08-01"),
        "No deadline runs: 1 suspended.",
    ),
    "nothing owed": ([], (), "There is no obligation to follow."),
}


@pytest.mark.parametrize(("engagements", "facts", "said"), CASES.values(), ids=CASES)
def test_the_answer_in_words(engagements, facts, said):
    events = "events: [{id: signature, title: Signature, date: 2021-03-18}, {id: depart, title: Départ}]"
    assert both(ledger(engagements, facts, top=(events,)))[0] == said


def test_in_french_as_one_says_it():
    assert (
        both(ledger([LATE, AHEAD]), FRENCH)[0] == "1 échéance dépassée ; prochaine échéance : le 18 mars 2027, Bilan."
    )
    assert both(ledger([LATE]), FRENCH)[0] == "1 échéance dépassée, aucune à venir."
    assert both(ledger([AHEAD]), FRENCH)[0] == "Aucune échéance dépassée ; prochaine échéance : le 18 mars 2027, Bilan."


def test_a_date_derived_from_the_term_is_counted_apart_behind_and_ahead():
    plan = "  - {id: plan, title: Plan, debtors: [ville], kind: one-off}"
    ahead = both(ledger([plan], top=(SIGNED, TERM), day="2023-01-01"))
    assert ahead[0] == "No deadline passed; next deadline, by the term: 18 March 2023, Plan."
    assert ahead[1:] == ["Term (art. 4): 18 March 2023. The term still runs: 76 days left."]
    behind = both(ledger([plan], top=(SIGNED, TERM), day="2024-01-01"))
    assert behind[0] == "No deadline passed, none ahead."
    assert behind[1] == "1 date derived from the term is passed too, counted apart: the text does not write it."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2022-03-01", "The convention is terminated: it ends on 15 March 2022."),
        ("2022-03-15", "The convention was terminated: it ended on 15 March 2022."),
    ],
)
def test_of_a_convention_that_was_terminated_it_says_when_it_ended(day, said):
    facts = ("kind: terminated, by: etat, on: 2022-02-01, effect: 2022-03-15",)
    assert said in both(ledger([AHEAD], facts, day=day, top=(SIGNED, TERM)))


def test_of_several_it_says_in_how_many_and_whose_is_next():
    def portfolio(*ledgers):
        day = date(2022, 6, 1)
        return opening(portfolio_page(ledgers, SharedParties(), day, ENGLISH))[0]

    first, second = ledger([LATE], name="un"), ledger([AHEAD], name="deux")
    assert portfolio(first, second) == (
        "1 deadline passed, in 1 of 2 conventions; next deadline: 18 March 2027, Bilan (Convention d'essai)."
    )
    assert portfolio(second) == "No deadline passed; next deadline: 18 March 2027, Bilan (Convention d'essai)."
    assert portfolio(ledger([], name="trois")) == "There is no obligation to follow."


@settings(max_examples=40, deadline=None)
@given(conventions(), journals(), DAYS)
def test_it_says_late_when_something_is_and_counts_each_obligation_once(agreed, told, as_of):
    opened = open_ledger(Declarations(agreed, (), told), as_of)
    owed_then = opened.situation.obligations
    found = parse(draw_page(opened, NOTHING, ENGLISH)).one(id="answer")
    late = [one for one in owed_then if one.state is State.OVERDUE and not is_apart(one)]
    assert (found.all("p")[0].attrs["class"] == "answer late") == bool(late)
    assert sum(int(each.attrs["data-count"]) for each in found.all("li")) == len(owed_then)
    assert found.all("li")[0].attrs["data-count"] == str(len(late))
    ahead = sorted(one.due for one in owed_then if is_upcoming(one))
    if ahead and ahead[0] > as_of:
        assert ENGLISH.day(ahead[0]) in found.all("p")[0].text


def listed(page, name):
    """The obligations of a table of the sheet by what marks their state, and how many more it says there are."""
    found = parse(page)
    (section,) = found.all("section", id=name) or [None]
    if section is None:
        return {}, 0
    rows = {
        row.attrs["data-obligation"]: row.one(class_="mark").text for row in section.all("tr", data_obligation=None)
    }
    more = [each.text for each in section.all("p", class_="aside")]
    return rows, int(re.search(r"\d+", more[0])[0]) if more else 0


@settings(max_examples=40, deadline=None)
@given(conventions(), journals(), DAYS)
def test_the_sheet_names_all_that_it_counts_late_or_says_how_many_more_there_are(agreed, told, as_of):
    opened = open_ledger(Declarations(agreed, (), told), as_of)
    late = {one.id for one in overdue_ones(opened.situation.obligations)}
    by_term = {one.id: one.state is State.OVERDUE for one in apart(opened.situation.obligations)}
    sheet = draw_summary([opened], SharedParties(), as_of, ENGLISH, several=False)
    for name, ids in (("overdue", late), ("derived", set(by_term))):
        rows, more = listed(sheet, name)
        assert set(rows) <= ids
        assert len(rows) + more == len(ids)
        assert bool(rows) == bool(ids)
    for name, mark in listed(sheet, "derived")[0].items():
        assert (mark == DERIVED_ON_PAGE) == by_term[name]


def test_what_the_sheet_has_no_room_for_is_counted_with_the_command_that_lists_it():
    plans = [f"  - {{id: plan-{number}, title: Plan, debtors: [ville], kind: one-off}}" for number in range(40)]
    opened = ledger([LATE, *plans], top=(SIGNED, TERM), day="2024-01-01")
    sheet = draw_summary([opened], SharedParties(), date(2024, 1, 1), ENGLISH, several=False)
    rows, more = listed(sheet, "derived")
    assert len(rows) + more == 40
    assert len(rows) > 5
    (said,) = [each.text for each in parse(sheet).one(id="derived").all("p", class_="aside")]
    assert said == f"… and {more} more, of 40: qp deadlines --state derived-from-term --format csv --data FOLDER"


def test_the_sheet_dates_the_term_by_its_clause_and_other_reading_as_the_status_does():
    term = TERM.replace("from: signature", "from: signature, regime: quantieme, readings: [duree]")
    opened = ledger([LATE], top=(SIGNED, term), day="2026-11-23")
    sheet = parse(draw_summary([opened], SharedParties(), opened.situation.as_of, ENGLISH, several=False))
    besides = bare(sheet.text)
    words = term_words(opened.situation, ENGLISH)
    for said in ("Term (art. 4): 18 March 2023.", words[0], next(each for each in words if "Other reading" in each)):
        assert bare(said) in besides


def test_a_row_of_the_sheet_says_that_its_date_is_earlier_than_the_approval():
    approved = "{id: conseil, title: Conseil, date: 2022-03-10}"
    top = (SIGNED.replace("]", f", {approved}]"), "approval: conseil")
    opened = ledger([LATE, AHEAD], top=top, day="2022-06-01")
    sheet = parse(draw_summary([opened], SharedParties(), date(2022, 6, 1), ENGLISH, several=False))
    assert "earlier than the approval (10 Mar 2022)" in bare(sheet.one(id="overdue").text)
    assert "earlier than the approval" not in bare(sheet.one(id="upcoming").text)


def bare(text):
    """A text whose blanks are all one space."""
    return " ".join(text.split())


def test_the_sheet_of_an_organ_that_owes_nothing_says_whose_it_is():
    service = "parties: [{id: ville, name: La Ville}, {id: service, name: Service, organ_of: ville}]"
    declared = convention(f"{service}\n{SIGNED}\nengagements:\n{LATE}\n")
    opened = open_ledger(Declarations(declared, (), ()), date(2022, 6, 1))
    drawn = [
        draw_page(opened, NOTHING, ENGLISH, party="service"),
        draw_summary([opened], SharedParties(), date(2022, 6, 1), ENGLISH, several=False, party="service"),
    ]
    page, sheet = ([each.text for each in parse(text).all("p", class_="warning")] for text in drawn)
    assert page == sheet
    assert any("La Ville" in each for each in sheet)


def test_what_was_performed_is_counted_as_its_column_counts_it_and_says_what_was_late():
    done = [owed(f"bilan-{number}", f"2021-0{number}-01") for number in (4, 6, 7)]
    opened = ledger([*done, AHEAD], [fulfilled(f"bilan-{number}") for number in (4, 6, 7)])
    listed = parse(draw_page(opened, NOTHING, ENGLISH)).one(id="answer").all("li")
    (told,) = (each for each in listed if "fulfilled" in each.text)
    assert " ".join(told.text.split()) == "3 ✓ fulfilled, 1 of them after the date"
    assert told.attrs["data-count"] == "3"
    alone = ledger([done[0], AHEAD], [fulfilled("bilan-4")])
    assert "fulfilled after the date" in draw_page(alone, NOTHING, ENGLISH)
