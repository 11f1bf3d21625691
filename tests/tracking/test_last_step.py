"""The last dated step of a working is the date shown, everywhere it is shown, under every regime."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import product

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from qp_cli.app.check_result import Checked
from qp_cli.model.declarations import Declarations
from qp_cli.model.dues import REGIME_NAMES
from qp_cli.render.calendar_ics import uid, write_calendar
from qp_cli.render.detail import engagement_record, term_record, write_engagement, write_term
from qp_cli.render.language import Language
from qp_cli.render.page.document import draw_page
from qp_cli.render.workbook.book import write_workbook
from qp_cli.tracking.ledger import open_ledger
from tests.render.dom import parse
from tests.tracking.building import convention, day, facts
from tests.tracking.journals import about, asked, avenant

ENGLISH = Language("en")
FORWARDS = tuple(name for name in REGIME_NAMES if name != "a-rebours")
"""The regimes of a convention: the one that only counts back is refused there."""
BODY = """\
regime: {regime}
term: {{due: {{within: P12M, from: depart}}}}
events:
  - {{id: depart, title: Départ, date: 2022-01-08}}
  - {{id: demande, title: Demande, repeats: true}}
parties:
  - {{id: ville, name: Ville}}
engagements:
  - {{id: plan, title: P, debtors: [ville], kind: one-off, due: {{within: P5M, from: depart}}}}
  - {{id: jours, title: J, debtors: [ville], kind: one-off, due: {{within: 40 jours ouvrés, from: depart}}}}
  - {{id: bilan, title: B, debtors: [ville], kind: one-off}}
  - {{id: avant, title: A, debtors: [ville], kind: one-off, due: {{at_the_latest: P2M, before: 2022-08-15}}}}
  - {{id: moins, title: M, debtors: [ville], kind: one-off, due: {{at_least: P2M, before: 2022-08-15}}}}
  - {{id: choix, title: C, debtors: [ville], kind: one-off,
     due: {{latest_of: [{{within: P5M, from: depart}}, {{on: 2022-05-30}}]}}}}
  - {{id: veille, title: V, debtors: [ville], kind: continuing}}
  - {{id: appui, title: U, debtors: [ville], kind: continuing, due: {{within: P5M, from: depart}}}}
  - {{id: point, title: T, debtors: [ville], kind: recurring, due: {{every: P2M, from: depart, until: terme}}}}
  - {{id: fixe, title: F, debtors: [ville], kind: recurring, due: {{every: P3M, first: 2022-03-05, until: terme}}}}
  - {{id: rapport, title: R, debtors: [ville], kind: recurring,
     due: {{within: P1M, from: {{every: P2M, first: 2022-02-28, until: terme}}}}}}
  - {{id: regle, title: G, debtors: [ville], kind: recurring, due: {{rrule: "FREQ=MONTHLY", from: depart}}}}
  - {{id: avis, title: S, debtors: [ville], kind: on-request, trigger: demande, due: {{within: P2M}}}}
"""
ENGAGEMENTS = re.findall(r"\{id: (\w+), title: \w, debtors", BODY.replace("{{", "{"))
LENGTHENED = ("plan", "appui", "rapport", "avis", "terme")
ASKED = asked("2022-02-12")
EXTENDED = avenant("2022-03-10", *(f"change: extend, target: {name}, by: P1M" for name in LENGTHENED)) + avenant(
    "2022-03-10", "change: due, target: point, due: {every: P1M, from: depart, until: terme}", name="b"
)
SUSPENDED = "".join(
    about(kind, name, on, id=f"{kind}-{name}")
    for name in ENGAGEMENTS
    for kind, on in (("suspended", "2022-03-03"), ("resumed", "2022-03-16"))
)
LIVES = {"none": "", "extended": EXTENDED, "suspended": SUSPENDED, "both": SUSPENDED + EXTENDED}
CASES = list(product(FORWARDS, LIVES))
AS_OF = "2022-05-01"


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def opened(request):
    """What a convention shows under a regime, with what its journal did to it."""
    regime, life = request.param
    recorded = facts(ASKED + LIVES[life])
    return open_ledger(Declarations(convention(BODY.format(regime=regime)), (), recorded), day(AS_OF)), recorded


COUNTED = {
    # name: as signed, a month longer, 13 days paused (3 to 15 March), both
    "plan/ville": ("2022-06-08", "2022-07-08", "2022-06-21", "2022-07-21"),
    "appui/ville": ("2022-06-08", "2022-07-08", "2022-06-21", "2022-07-21"),
    # 28 February and one month; then two. Begun before the pause, it runs on after it.
    "rapport/ville@2022-02-28": ("2022-03-28", "2022-04-28", "2022-04-10", "2022-05-11"),
    # Every two months from 8 January: 8 March falls in the pause. Every month, from 10 March on: 8 April does not.
    "point/ville@2022-03-08": ("2022-03-08", "2022-03-08", "2022-03-21", "2022-03-21"),
    "avis/ville@2022-02-12": ("2022-04-12", "2022-05-12", "2022-04-25", "2022-05-25"),
    "avant/ville": ("2022-06-15",) * 4,
    "moins/ville": ("2022-06-14",) * 4,
    "fixe/ville@2022-03-05": ("2022-03-05",) * 4,
}


@pytest.mark.parametrize("name", COUNTED)
def test_the_dates_counted_by_hand(name):
    body = convention(BODY.format(regime="quantieme"))
    found = []
    for life in LIVES.values():
        owed = open_ledger(Declarations(body, (), facts(ASKED + life)), day(AS_OF)).situation.obligations
        found += [one.due.isoformat() for one in owed if one.id == name]
    assert tuple(found) == COUNTED[name]


def dated(steps):
    return [step.result for step in steps if step.result]


def shown_workings(text):
    """The date that heads each working of a text, with the last one that an arrow gives in it."""
    for part in text.split("Working of ")[1:]:
        lines = part.split("\n\n")[0].splitlines()
        arrows = [line.rpartition("→ ")[2].strip() for line in lines if "→" in line]
        yield lines[0].strip(), arrows[-1]


def test_the_last_dated_step_is_the_date_of_every_obligation_and_of_the_term(opened):
    ledger, _ = opened
    situation = ledger.situation
    assert {one.engagement.id for one in situation.obligations} == set(ENGAGEMENTS)
    for one in situation.obligations:
        assert one.due, one.id
        assert dated(one.deadline.steps)[-1] == one.due, one.id
        if one.deadline.computation:
            assert one.deadline.computation.deadline == one.due or one.engagement.id == "choix", one.id
    assert dated(situation.term.steps)[-1] == situation.term.due


def test_show_gives_the_date_that_its_last_step_gives(opened):
    ledger, recorded = opened
    situation = ledger.situation
    for engagement in situation.convention.engagements:
        record = engagement_record(situation, engagement, ENGLISH)
        dues = {one.id: one.due.isoformat() for one in situation.obligations}
        for one in record["obligations"]:
            assert [step["result"] for step in one["steps"] if step["result"]][-1] == one["due"] == dues[one["id"]]
        text = write_engagement(situation, engagement, recorded, ENGLISH)
        workings = list(shown_workings(text))
        days = {ENGLISH.full_day(one.due) for one in situation.obligations if one.engagement.id == engagement.id}
        assert {head for head, _ in workings} == days
        assert all(head == last for head, last in workings)


def test_show_of_the_term_gives_the_date_that_its_last_step_gives(opened):
    ledger, _ = opened
    term = ledger.situation.term
    record = term_record(ledger.situation, ENGLISH)
    assert [step["result"] for step in record["steps"] if step["result"]][-1] == record["due"] == term.due.isoformat()
    day_shown = ENGLISH.full_day(term.due)
    assert list(shown_workings(write_term(ledger.situation, ENGLISH))) == [(day_shown, day_shown)]


def test_the_page_gives_the_date_that_its_last_step_gives(opened):
    ledger, _ = opened
    page = parse(draw_page(ledger, Checked((), ("convention.yaml",), {}), ENGLISH))
    rows = {row.attrs["data-obligation"]: row for row in page.all("tr", data_obligation=None)}
    assert set(rows) == {one.id for one in ledger.situation.obligations}
    for one in ledger.situation.obligations:
        row = rows[one.id]
        assert one.due.isoformat() in {time.attrs["datetime"] for time in row.all("time")}
        steps = row.all("ol", class_="steps")[0]
        reached = [span.text for span in steps.all("span", class_="reached")]
        assert reached[-1] == f"→ {ENGLISH.full_day(one.due)}", one.id
    reached = [span.text for span in page.one(id="term").all("span", class_="reached")]
    assert reached[-1] == f"→ {ENGLISH.full_day(ledger.situation.term.due)}"


def test_the_calendar_and_the_workbook_have_the_same_dates(opened):
    ledger, _ = opened
    situation = ledger.situation
    everything = lambda each: each.situation.obligations  # noqa: E731 - what the commands pass
    events = {
        str(each["uid"]): each.start
        for each in Calendar.from_ical(write_calendar([ledger], everything, ENGLISH)).walk("VEVENT")
    }
    dues = {one.id: one.due for one in situation.obligations}
    for name, due in dues.items():
        if name != "veille/ville":  # what runs to the term has no day of its own there
            assert events[uid("essai", name)] == due, name
    assert events[uid("essai", "terme")] == situation.term.due
    book = load_workbook(BytesIO(write_workbook([ledger], everything, ENGLISH)))
    heading, *lines = book["Obligations"].iter_rows(values_only=True)
    found = {line[heading.index("Id")]: line[heading.index("Deadline")].date() for line in lines}
    assert found == dues
    workings = {line[heading.index("Id")]: line[heading.index("Working")] for line in lines}
    for one in situation.obligations:
        assert workings[one.id].rpartition("→ ")[2].startswith(ENGLISH.full_day(one.due)), one.id
