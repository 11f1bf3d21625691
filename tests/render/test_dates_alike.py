"""Every date shows the same prudent day and the same working, whoever asks: show, remind, alarms, page, sheet, JSON."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from qp_cli.app.check_result import Checked
from qp_cli.law.workdays import previous_working_day
from qp_cli.model.declarations import Declarations
from qp_cli.model.kinds import Kind
from qp_cli.render.calendar_ics import ALARMS, uid, write_calendar
from qp_cli.render.date_working import short_working
from qp_cli.render.detail import engagement_record, term_record, write_engagement, write_term
from qp_cli.render.language import Language
from qp_cli.render.mail.words import words_of_reminder
from qp_cli.render.page.document import draw_page
from qp_cli.render.workbook.book import write_workbook
from qp_cli.tracking.calendar_days import calendar_days
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.reminders import reminders
from tests.render.dom import parse
from tests.tracking.building import SHIPPED, convention, day, facts, folder
from tests.tracking.journals import about, asked, avenant

ENGLISH, FRENCH = Language("en"), Language("fr")
PRUDENT = "prudent: the working day before"
FOLDERS = sorted(each.parent for each in (Path(__file__).parents[1] / "conventions").glob("*/convention.yaml"))
DAYS = ("2021-09-10", "2022-04-15", "2023-06-17", "2029-01-01")
FAR = "2099-12-31"
WAYS = """\
term: {due: {within: P36M, from: depart}, clause: art. 9}
events:
  - {id: depart, title: Départ, date: 2022-01-08, clause: art. 1}
  - {id: demande, title: Demande, repeats: true}
  - {id: fin, title: Fin, when: {within: P4M, from: depart, regime: procedure-civile}, clause: art. 2}
parties:
  - {id: ville, name: Ville}
engagements:
  - {id: fixe, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {on: 2022-06-05}}
  - {id: delai, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {within: P5M, from: depart}}
  - {id: report, title: X, clause: art. 3, debtors: [ville], kind: one-off,
     due: {within: P4M, from: depart, regime: procedure-civile}}
  - {id: terme-seul, title: X, clause: art. 3, debtors: [ville], kind: one-off}
  - {id: rebours, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {at_least: P2M, before: terme}}
  - {id: avenu, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {within: P5M, from: depart}}
  - {id: prolonge, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {within: P5M, from: depart}}
  - {id: repris, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {within: P5M, from: depart}}
  - {id: serie, title: X, clause: art. 3, debtors: [ville], kind: recurring,
     due: {every: P3M, first: 2022-03-05, until: terme}}
  - {id: annuel, title: X, clause: art. 3, debtors: [ville], kind: recurring,
     due: {within: P2M, from: {every: P1Y, first: 2022-12-31, until: terme}}}
  - {id: regle, title: X, clause: art. 3, debtors: [ville], kind: recurring,
     due: {rrule: "FREQ=MONTHLY;BYMONTHDAY=15", from: depart}}
  - {id: survenu, title: X, clause: art. 3, debtors: [ville], kind: one-off, due: {on: fin}}
  - {id: choisi, title: X, clause: art. 3, debtors: [ville], kind: one-off,
     due: {latest_of: [{within: P5M, from: depart}, 2022-06-05]}}
  - {id: vise, title: X, clause: art. 3, debtors: [ville], kind: on-request, trigger: demande, target: {within: P4M}}
  - {id: continu, title: X, clause: art. 3, debtors: [ville], kind: continuing, due: {within: P5M, from: depart}}
  - {id: faculte, title: X, clause: art. 3, debtors: [ville], kind: option, due: {on: 2022-06-05}}
"""
LIVED = (
    avenant("2022-02-01", "change: due, target: avenu, due: {on: 2022-06-05}", title="Avenant n° 1")
    + avenant("2022-02-02", "change: extend, target: prolonge, by: P1M", title="Avenant n° 2")
    + about("suspended", "repris", "2022-03-01")
    + about("resumed", "repris", "2022-03-12")
    + asked("2022-02-05")
    + about("notified", "fixe", "2022-06-10", cure="P1M")
)


def of_ways(as_of):
    return open_ledger(Declarations(convention(WAYS), (), facts(LIVED)), day(as_of))


def of_folder(path, as_of):
    repository = folder(path)
    declared = Declarations(repository.convention, repository.sites, repository.facts)
    return open_ledger(declared, day(as_of))


CASES = [
    *(pytest.param(of_ways, each, id=f"ways-{each}") for each in ("2022-02-20", "2022-06-20", "2024-06-01")),
    *(
        pytest.param(lambda as_of, path=path: of_folder(path, as_of), each, id=f"{path.name}-{each}")
        for path in (*FOLDERS, SHIPPED)
        for each in DAYS
    ),
]


@pytest.fixture(scope="module", params=[case.values for case in CASES], ids=[case.id for case in CASES])
def ledger(request):
    make, as_of = request.param
    return make(as_of)


def prudent_days(ledger):
    """The prudent day of each obligation, as the JSON of `show` has it; its own day where nothing is compared."""
    found = {}
    for engagement in ledger.situation.convention.engagements:
        for one in engagement_record(ledger.situation, engagement, ENGLISH)["obligations"]:
            found[one["id"]] = one["prudent"] or one["due"]
    return found


def test_reminders_count_from_the_prudent_day_that_show_gives(ledger):
    shown = prudent_days(ledger)
    for each in reminders(ledger.situation, day(FAR)):
        if each.key in shown:
            assert each.prudent.isoformat() == shown[each.key], each.key


def test_alarms_ring_from_the_prudent_day_that_show_gives(ledger):
    shown = prudent_days(ledger)
    everything = lambda each: each.situation.obligations  # noqa: E731 - what the commands pass
    read = Calendar.from_ical(write_calendar([ledger], everything, ENGLISH))
    events = {str(each["uid"]): each for each in read.walk("VEVENT")}
    name = ledger.situation.convention.id
    for entry in calendar_days(ledger, everything):
        alarms = events[uid(name, entry.key)].walk("VALARM")
        if alarms and entry.key in shown:
            lead = ALARMS[0] - alarms[0]["trigger"].dt
            assert (entry.day - lead).isoformat() == shown[entry.key], entry.key


def test_show_writes_the_prudent_day_wherever_it_is_another(ledger):
    situation = ledger.situation
    for engagement in situation.convention.engagements:
        text = write_engagement(situation, engagement, ledger.facts, ENGLISH)
        workings = dict(working.split("\n", 1) for working in text.split("Working of ")[1:])
        for one in engagement_record(situation, engagement, ENGLISH)["obligations"]:
            if one["prudent"] and one["prudent"] != one["strict"]:
                working = workings[ENGLISH.full_day(day(one["due"]))]
                line = next(each for each in working.splitlines() if PRUDENT in each)
                assert line.split("  prudent")[0].strip() == ENGLISH.full_day(day(one["prudent"])), one["id"]


def test_the_page_and_the_workbook_have_the_same_prudent_day(ledger):
    situation, shown = ledger.situation, prudent_days(ledger)
    page = parse(draw_page(ledger, Checked((), ("convention.yaml",), {}), ENGLISH))
    rows = {row.attrs["data-obligation"]: row for row in page.all("tr", data_obligation=None)}
    book = load_workbook(BytesIO(write_workbook([ledger], lambda each: each.situation.obligations, ENGLISH)))
    heading, *lines = book["Obligations"].iter_rows(values_only=True)
    sheet = {line[heading.index("Id")]: line[heading.index("Prudent date")] for line in lines}
    for engagement in situation.convention.engagements:
        for one in engagement_record(situation, engagement, ENGLISH)["obligations"]:
            if one["due"] is None:
                continue
            if one["prudent"]:
                assert sheet[one["id"]].date().isoformat() == shown[one["id"]], one["id"]
            if one["prudent"] and one["prudent"] != one["strict"]:
                told = [item.text for item in rows[one["id"]].all("li") if PRUDENT in item.text]
                assert any(each.startswith(ENGLISH.full_day(day(one["prudent"]))) for each in told), one["id"]


def test_the_working_of_every_date_ends_with_it_in_full_and_in_short(ledger):
    for one in ledger.situation.obligations:
        if one.due:
            dated = [step.result for step in one.deadline.steps if step.result]
            assert dated[-1] == one.due, one.id
            arrows = [each.rpartition("→ ")[2] for each in short_working(one.deadline.steps, FRENCH) if "→" in each]
            assert arrows[-1] == FRENCH.full_day(one.due), one.id


def test_a_letter_says_the_whole_working_and_the_prudent_day(ledger):
    situation = ledger.situation
    named = convention_ref(situation)
    for each in reminders(situation, day(FAR)):
        for language in (ENGLISH, FRENCH):
            words = words_of_reminder(each, situation, named, language, several=False)
            assert words.working == tuple(short_working(each.deadline.steps, language))
            prudent = language.full_day(each.prudent)
            said = [line for line in words.details if prudent in line]
            assert bool(said) >= (each.prudent < each.day and situation.as_of <= each.day), each.key


def test_nothing_english_is_left_in_a_french_working(ledger):
    situation = ledger.situation
    texts = [write_engagement(situation, each, ledger.facts, FRENCH) for each in situation.convention.engagements]
    for text in (*texts, write_term(situation, FRENCH)):
        words = {word.strip(".,:;()[]").casefold() for word in text.split()}
        assert words.isdisjoint({"the", "day", "named", "by", "lengthened", "counted", "which", "working"}), text


def test_each_way_to_a_sunday_has_its_friday():
    found = prudent_days(of_ways("2022-06-20"))
    on_sunday = {name.partition("/")[0]: prudent for name, prudent in found.items() if prudent == "2022-06-03"}
    assert set(on_sunday) == {"fixe", "avenu", "faculte", "serie", "vise"}
    assert found["survenu/ville"] == found["report/ville"] == "2022-05-06"  # the 8th is a Sunday; carried to the 9th
    assert found["delai/ville"] == found["choisi/ville"] == "2022-06-08"
    assert found["continu/ville"] == "2022-06-08"


def test_a_day_that_an_avenant_names_is_said_to_be_the_avenants_with_its_title():
    situation = of_ways("2022-02-20").situation
    told = {
        one.engagement.id: [(step.rule, FRENCH.text(step.text), step.source) for step in one.deadline.steps]
        for one in situation.obligations
    }
    assert told["avenu"] == [("day", "Un avenant fixe le jour [a-2022-02-01]", "Avenant n° 1")]
    assert told["fixe"] == [("day", "Le texte fixe le jour", "art. 3")]
    assert told["prolonge"][1] == (
        "extension",
        "5 mois, plus 1 mois par avenant [a-2022-02-02]",
        "Avenant n° 2",
    )
    assert told["vise"][-1][0] == "target"


def test_an_avenant_is_cited_for_what_it_adds_what_it_dates_for_one_and_what_it_lengthens_again():
    body = WAYS.replace("debtors: [ville], kind: one-off}", "debtors: [ville], kind: one-off, sites: []}")
    journal = (
        avenant(
            "2022-02-01",
            "change: add, engagement: {id: neuf, title: N, clause: avenant art. 4, debtors: [ville], kind: one-off,"
            " due: {on: 2022-10-02}}",
            "change: due, target: serie, occurrence: 2022-06-05, due: {on: 2022-06-12}",
            "change: extend, target: delai, by: P1M",
            title="Avenant n° 1",
        )
        + avenant("2022-02-03", "change: extend, target: delai, by: P1M", "change: extend, target: terme, by: P2M", name="b", title="Avenant n° 2")  # noqa: E501
        + avenant("2022-02-04", "change: due, target: report, due: {within: P6M, from: depart}", name="c", title="Avenant n° 3")  # noqa: E501
    )  # fmt: skip
    situation = open_ledger(Declarations(convention(body), (), facts(journal)), day("2022-02-20")).situation
    told = {
        one.id: [(FRENCH.text(step.text), step.source) for step in one.deadline.steps] for one in situation.obligations
    }
    assert told["neuf/ville"] == [("Un avenant fixe le jour [a-2022-02-01]", "avenant art. 4")]
    assert told["serie/ville@2022-06-05"][0] == ("Un avenant fixe le jour [a-2022-02-01]", "Avenant n° 1")
    assert told["serie/ville@2022-03-05"][0] == ("Le texte désigne la première date", "art. 3")
    assert told["delai/ville"][1] == ("5 mois, avec prolongations par avenants [a-2022-02-01, b]", "Avenant n° 2")
    assert told["report/ville"][0] == ("Un avenant fixe cette échéance [c]", "Avenant n° 3")
    assert told["terme-seul/ville"][-1][1] == "art. 9 ; Avenant n° 2"
    term = [(FRENCH.text(step.text), step.source) for step in situation.term.steps]
    assert ("36 mois, plus 2 mois par avenant [b]", "Avenant n° 2") in term
    assert told["terme-seul/ville"][:-1] == term


def test_of_many_avenants_that_lengthen_a_period_the_last_are_named():
    journal = "".join(
        avenant(f"2022-02-{number:02}", "change: extend, target: delai, by: P1D", name=f"a{number}", title="T")
        for number in range(1, 9)
    )
    situation = open_ledger(Declarations(convention(WAYS), (), facts(journal)), day("2022-02-20")).situation
    (one,) = [each for each in situation.obligations if each.engagement.id == "delai"]
    assert [FRENCH.text(step.text) for step in one.deadline.steps if step.rule == "extension"] == [
        "5 mois, avec prolongations par avenants […, a4, a5, a6, a7, a8]"
    ]
    assert one.due == day("2022-06-16")


def test_the_cure_period_of_a_formal_notice_has_its_prudent_day_in_show():
    ledger = of_ways("2022-06-20")
    fixe = next(each for each in ledger.situation.convention.engagements if each.id == "fixe")
    text = write_engagement(ledger.situation, fixe, ledger.facts, ENGLISH)
    (cure,) = [each for each in reminders(ledger.situation, day(FAR)) if each.key.endswith("#cure")]
    assert (cure.day, cure.prudent) == (day("2022-07-10"), day("2022-07-08"))  # a Sunday, and the Friday before
    notice = text.partition("Formal notice")[2]
    assert f"{ENGLISH.full_day(cure.prudent)} {PRUDENT}" in " ".join(notice.split())


def test_the_term_is_a_length_in_json_too(ledger):
    term = ledger.situation.term
    if term and term.due:
        record = term_record(ledger.situation, ENGLISH)
        before = previous_working_day(term.due, ledger.situation.convention.zone).isoformat()
        assert (record["strict"], record["prudent"], record["carried_over"]) == (record["due"], before, None)


def test_what_runs_on_has_no_date_beside_its_own():
    situation = of_ways("2022-02-20").situation
    for engagement in situation.convention.engagements:
        if engagement.kind is Kind.CONTINUING:
            (one,) = engagement_record(situation, engagement, ENGLISH)["obligations"]
            assert (one["strict"], one["prudent"], one["carried_over"]) == (one["due"], None, None)


def test_the_same_facts_give_the_same_obligations_avenants_among_them():
    assert of_ways("2022-06-20").situation.obligations == of_ways("2022-06-20").situation.obligations
