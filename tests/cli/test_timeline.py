"""`qp timeline`: what was due, what happened and what comes, on a time axis, in any width and in every format."""

from __future__ import annotations

import re
import shlex
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from rich.cells import cell_len

from qp_cli.model.declarations import Declarations
from qp_cli.render.language import Language
from qp_cli.render.screen import Screen
from qp_cli.render.timeline.axis import Scale
from qp_cli.render.timeline.signs import BAR_SIGNS, DERIVED_SIGN, DUE_SIGNS, GRID, MANY, MARK_SIGNS, TODAY
from qp_cli.render.timeline.terminal import draw_timeline
from qp_cli.store.repository import read_repository
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.states import State
from qp_cli.tracking.timeline import Axis, BarKind, MarkKind, timeline_of
from tests.conftest import ROOT
from tests.tracking.test_properties import DAYS, conventions, journals

pytestmark = pytest.mark.usefixtures("outside")
LANGUAGES = {code: Language(code) for code in ("en", "fr")}


def engagement(name, **more):
    return {"id": name, "title": f"Engagement {name}", "debtors": ["ville"], "kind": "one-off", **more}


@pytest.fixture
def drawn(repository, small, qp):
    """The lines of a timeline, on a terminal of 80 columns, of engagements, events and facts."""

    def run(engagements, facts=(), *arguments, events=(), environ=None, name="depot", **how):
        folder = repository(small(engagements=engagements, events=list(events)), journal=list(facts), name=name)
        surroundings = {"NO_COLOR": "1", **(environ or {})}
        answer = qp("timeline", "--data", str(folder), *arguments, terminal=True, environ=surroundings, **how)
        assert (answer.code, answer.err) == (0, "")
        return answer.lines

    return run


TITLES = {
    "feuille-de-route": "Formaliser la Feuille de…",
    "etat-animation": "Animer le réseau des…",
    "etat-referent": "Désigner un référent dans les…",
}
"""What rows of the shipped convention are called on a narrow screen."""


def called_row(name):
    """What the row of an engagement begins with: its title."""
    return TITLES.get(name, name if name.startswith("Convention") else f"Engagement {name}")


def row(lines, name):
    """The chart of a row, between its label and its date."""
    label = called_row(name)
    (found,) = [line for line in lines if line.startswith(label)]
    return re.sub(r" +(≤ )?(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*$| +–$", "", found.removeprefix(label))


# The chart


def test_the_shipped_convention_shows_its_overdue_deadline_and_how_long_its_parties_were_bound(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    assert re.fullmatch(r"[ ·]*─+!.*│", row(lines, "feuille-de-route"))
    assert re.fullmatch(r"·?━+\).*│", row(lines, "etat-animation").strip())
    said = "  Sat 18 Sep 2021  Formaliser la Feuille de route et l'annexer à la Convention"
    assert lines[lines.index(said) + 1] == "    Métropole AMP, overdue, 1,892 days  feuille-de-route"


def test_a_deadline_derived_from_the_term_never_looks_like_one_of_the_text(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    assert "¡" in row(lines, "etat-referent")
    assert "!" not in row(lines, "etat-referent")
    apart = lines.index("Date derived from the term, not written in the text (counted apart)")
    assert lines[apart + 1].startswith("  Sat 18 Mar 2023*")


def test_the_line_of_the_day_is_in_the_same_column_on_every_row(qp):
    lines = qp("timeline", "--as-of", "2022-05-20", terminal=True, environ={"NO_COLOR": "1"}).lines
    places = {line.index("│") for line in lines[3:18] if "│" in line}
    assert len(places) == 1


def test_years_are_labelled_over_their_ticks(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    (years,) = [line for line in lines if re.match(r" +(2021 +)?2022 ", line)]
    ticks = lines[lines.index(years) + 1]
    for found in re.finditer(r"\d{4}", years):
        assert ticks[found.start()] == "┼"


def test_several_marks_of_a_column_are_counted_there_and_told_below(drawn):
    facts = [{"id": "f-1", "kind": "notified", "engagement": "bilan", "on": "2021-09-20"}]
    facts.append({"id": "f-2", "kind": "fulfilled", "engagement": "bilan", "on": "2021-09-22"})
    owed = [engagement("bilan", due={"on": "2021-09-18"}), engagement("later", due={"on": "2026-12-01"})]
    lines = drawn(owed, facts)
    assert re.search(r"\b3 ", row(lines, "bilan"))
    (told,) = [n for n, line in enumerate(lines) if line == "Several in one column"]
    assert " ".join(line.strip() for line in lines[told + 1 : lines.index("", told)]) == (
        "Engagement bilan  18\u00a0Sep\u00a02021 deadline: fulfilled after the date, 4 days; 20\u00a0Sep\u00a02021 "
        "formal notice (mise en demeure) recorded; 22\u00a0Sep\u00a02021 performance recorded"
    )
    assert any("2-9\u00a0*" in line for line in lines)


def test_an_overdue_deadline_is_never_behind_a_number(drawn):
    facts = [{"id": "f-1", "kind": "notified", "engagement": "bilan", "on": "2021-09-20"}]
    owed = [engagement("bilan", due={"on": "2021-09-18"}), engagement("later", due={"on": "2026-12-01"})]
    lines = drawn(owed, facts)
    assert "!" in row(lines, "bilan")
    assert "Several in one column" in lines


def test_a_recurrence_until_2060_fits_and_is_told_by_numbers(drawn):
    due = {"every": "P1M", "from": "2021-01-15", "until": "2060-12-31"}
    lines = drawn([engagement("mois", kind="recurring", due=due)])
    assert MANY in row(lines, "mois")
    assert all(len(line) <= 80 for line in lines if "--data" not in line)
    said = " ".join(line.strip() for line in lines).replace(" \\ ", " ")
    assert "deadline: overdue (70), 15 February 2021 → 15 November 2026" in said
    assert "deadline: upcoming (408), 15 January 2027 → 15 December 2060" in said
    assert "… and 50 more rows: qp timeline --format csv --data " in said


def test_lanes_without_a_date_are_said_in_words_after_the_chart(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    place = lines.index("No deadline")
    said = " ".join(line.strip() for line in lines[place + 1 : place + 5])
    assert said.startswith(
        "Instruire dans les meilleurs délais les propositions de l'intercommunalité Ministère de la Ville, ANCT, ANRU, "
        "Banque des Territoires, Bpifrance: conditional: awaits soumission d'une proposition par l'intercommunalité "
    )
    assert not [line for line in lines[:place] if line.startswith("Instruire")]


def test_nothing_dated_gives_an_axis_of_the_year_and_the_words(drawn):
    lines = drawn([engagement("avis", kind="on-request")])
    assert any("Jan 2026" in line for line in lines)
    assert "  Engagement avis  La Ville: conditional: awaits a request  avis" in lines


def test_a_convention_that_binds_nobody_to_anything_has_its_title_its_day_and_an_empty_row(drawn):
    lines = drawn([])
    assert lines[:2] == ["Convention d'essai", "On Monday 23 November 2026"]
    assert re.fullmatch(r"[ ·]*│[ ·]*", row(lines, "Convention ·"))
    assert "No obligation matches." not in lines
    assert drawn([], (), "--party", "ville", name="autre") == ["No obligation matches."]


def test_an_event_before_the_axis_is_said_to_be_off_it(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    assert lines[lines.index("Outside the axis") + 1].startswith("  17\u00a0Jul\u00a02020 Le Conseil")
    dates = lines[lines.index("Dates of the convention") : lines.index("Outside the axis")]
    assert not any("2020" in line for line in dates)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_command_to_type_is_whole_however_long_its_folder_is(width, language):
    found = read_repository(ROOT / "data")
    ledger = open_ledger(Declarations(found.convention, found.sites, found.facts), date(2026, 11, 23))
    folder = f" --data '/home/marie dupont/{'documents communs/' * 8}' --as-of 2026-11-23"
    timeline = timeline_of(ledger, ledger.situation.obligations)._replace(cancelled=1)
    rows = tuple(row._replace(marks=row.marks or timeline.marks[:1]) for row in timeline.rows * 20)
    said = draw_timeline(timeline._replace(rows=rows), Screen(width), language, again=folder, chosen=" --party etat")
    asked = shlex.split(folder)
    for words in (
        ["qp", "deadlines", "--all"],
        ["qp", "log"],
        ["qp", "timeline", "--format", "csv", "--party", "etat"],
    ):
        start = next(found.start() for found in re.finditer("qp " + words[1], said))
        typed = said[start:].replace("\\\n", "").splitlines()[0]
        assert shlex.split(typed) == [*words, *asked]


def test_a_cancelled_fact_is_not_drawn_and_that_is_said(drawn):
    facts = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-22"}]
    facts.append({"id": "f-2", "kind": "voided", "fact": "f-1", "on": "2026-09-23"})
    lines = drawn([engagement("bilan", due={"on": "2026-10-01"})], facts)
    assert "✓" not in "".join(lines)
    (said,) = (" ".join(lines[number:]) for number, line in enumerate(lines) if "is not drawn" in line)
    assert "1 cancelled fact is not drawn. To see it: qp log --data " in said.replace(" \\  ", "")
    assert " Ids: qp deadlines --all --data " in said.replace(" \\  ", "")


def test_only_the_signs_that_are_used_are_explained(drawn):
    lines = drawn([engagement("bilan", due={"on": "2026-10-01"})])
    foot = next(number for number, line in enumerate(lines) if line.startswith("Ids: qp deadlines --all"))
    signs = lines[lines.index("Signs") + 1 : foot - 1]
    assert signs == ["  !\u00a0deadline:\u00a0overdue  │\u00a0the\u00a0day\u00a0looked\u00a0at"]


def test_no_more_than_two_hundred_lanes_are_drawn_and_the_others_counted(drawn):
    owed = [engagement(f"e{number:03}", due={"on": "2026-12-01"}) for number in range(203)]
    lines = drawn(owed)
    assert sum(bool(re.match(r"Engagement e\d{3} ", line)) for line in lines) == 200
    said = " ".join(lines).replace(" \\  ", "")
    assert "… and 3 more rows: qp timeline --format csv --data " in said


# Widths, colours, consoles


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 110, 150, 240])
def test_no_line_is_wider_than_the_screen(qp, monkeypatch, width, code):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = qp("timeline", "--lang", code, terminal=True, environ={"NO_COLOR": "1"}).lines
    assert max(map(cell_len, lines)) <= width


def test_a_wide_screen_says_the_states_beside(qp, monkeypatch):
    monkeypatch.setenv("COLUMNS", "130")
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).lines
    (line,) = [line for line in lines if line.startswith("Formaliser la Feuille de route et l'annexer")]
    assert line.endswith("Sat 18 Sep 2021  overdue, 1,892 days")


def test_a_pipe_gets_one_hundred_columns_and_nothing_is_cut(qp):
    answer = qp("timeline")
    assert 90 < max(map(cell_len, answer.lines)) <= 100
    assert "\x1b" not in answer.out


def test_colour_adds_nothing_to_what_is_written(qp):
    plain = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}).out
    coloured = qp("timeline", terminal=True, environ={"FORCE_COLOR": "1"}).out
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def test_a_console_without_unicode_gets_signs_of_its_own(qp):
    lines = qp("timeline", terminal=True, environ={"NO_COLOR": "1"}, encoding="cp850").lines
    assert re.fullmatch(r"[ .]*-+!.*\|", row([line.replace("...", "…") for line in lines], "feuille-de-route"))
    assert "?" not in "".join(lines[3:20])


@pytest.mark.parametrize("unicode", [True, False])
def test_every_sign_is_told_from_every_other_without_colour(unicode):
    signs = [*DUE_SIGNS.values(), DERIVED_SIGN, *MARK_SIGNS.values(), *BAR_SIGNS.values(), TODAY, GRID]
    shown = [each.shown(unicode=unicode) for each in signs]
    assert len(set(shown)) == len(shown)
    assert all(len(each) == cell_len(each) == 1 for each in shown)
    assert not {*"123456789", MANY} & set(shown)
    assert unicode or all(map(str.isascii, shown))


def test_every_state_sort_and_span_has_its_sign():
    assert set(DUE_SIGNS) == set(State)
    assert set(MARK_SIGNS) | {MarkKind.DUE} == set(MarkKind)
    assert set(BAR_SIGNS) == set(BarKind)


@settings(max_examples=60, deadline=None)
@given(conventions(), journals(), DAYS)
def test_whatever_the_data_no_line_is_wider_than_80_columns_and_every_lane_has_its_row(agreed, told, as_of):
    ledger = open_ledger(Declarations(agreed, (), told), as_of)
    timeline = timeline_of(ledger, ledger.situation.obligations)
    for language in LANGUAGES.values():
        lines = draw_timeline(timeline, Screen(80), language).splitlines()
        assert max(map(cell_len, lines)) <= 80
        head = lines[2 : lines.index("", 4)] if timeline.rows else []
        drawn = [row.engagement.id for row in timeline.rows if row.is_drawn]
        shown = [found[1] for line in head if (found := re.match(r"T(?: \(([ae]\d+)\))?(?= |$)", line))]
        assert shown == (drawn if len(set(drawn)) > 1 else [None] * len(drawn))


@settings(max_examples=100)
@given(DAYS, DAYS, DAYS, DAYS)
def test_a_later_day_is_never_in_an_earlier_column(one, two, three, four):
    start, before, after, end = sorted((one, two, three, four))
    scale = Scale(Axis(start, end), 43)
    assert 0 <= scale.column(start) <= scale.column(before) <= scale.column(after) <= scale.column(end) < 43


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-01-01", "2026-03-31"),
        ("2021-01-01", "2022-12-31"),
        ("2021-04-01", "2061-12-31"),
        ("1905-01-01", "2100-12-31"),
    ],
)
@pytest.mark.parametrize("width", [20, 43, 120])
@pytest.mark.parametrize("code", LANGUAGES)
def test_labels_of_the_axis_never_touch_whatever_its_length(start, end, width, code):
    scale = Scale(Axis(date.fromisoformat(start), date.fromisoformat(end)), width)
    labelled = [tick for tick in scale.ticks(LANGUAGES[code]) if tick.label]
    assert labelled
    places = [(scale.column(tick.day), len(tick.label)) for tick in labelled]
    assert all(place + size < after for (place, size), (after, _) in pairwise(places))


# Choosing


def test_a_party_chooses_its_lanes_and_an_unknown_one_is_refused(qp):
    rows = qp("timeline", "--party", "coordonnateur", "--format", "json").json["lanes"]
    assert [row["engagement"] for row in rows] == ["coordonnateur-suivi"]
    refused = qp("timeline", "--party", "cordonateur")
    assert (refused.code, refused.out) == (2, "")
    assert "coordonnateur" in refused.err


def test_states_choose_lanes_and_nothing_that_matches_is_said(qp):
    rows = qp("timeline", "--state", "overdue,conditional", "--format", "json").json["lanes"]
    assert {row["engagement"] for row in rows} == {
        "feuille-de-route",
        "coordonnateur-designation",
        "etat-referent",
        "instruction-projets",
        "mobilisation-moyens",
    }
    assert qp("timeline", "--state", "due-soon").out == "No obligation matches.\n"


def test_a_site_keeps_what_concerns_every_site(qp):
    assert qp("timeline", "--site", "aix-encagnane").out == qp("timeline").out


# Formats


def test_json_has_the_axis_the_term_and_lanes_with_iso_days(qp):
    found = qp("timeline", "--format", "json").json
    assert {name: found[name] for name in ("schema", "as_of", "convention", "axis", "term")} == {
        "schema": "qp/1",
        "as_of": "2026-11-23",
        "convention": "quartiers-productifs-amp",
        "axis": {"start": "2021-01-01", "end": "2026-12-31"},
        "term": {
            "start": "2021-03-18",
            "end": "2023-03-18",
            "basis": "text",
            "previous_end": None,
            "suspended_since": None,
        },
    }
    row = found["lanes"][0]
    assert (row["id"], row["debtors"], row["kind"]) == ("feuille-de-route", ["metropole"], "one-off")
    assert row["stretches"] == [{"kind": "period", "start": "2021-03-18", "end": "2021-09-18"}]
    assert row["marks"] == [
        {
            "day": "2021-09-18",
            "kind": "due",
            "state": "overdue",
            "title": "Formaliser la Feuille de route et l'annexer à la Convention",
            "clause": "art. 1",
            "obligations": ["feuille-de-route/metropole"],
            "basis": "text",
            "fact": None,
            "event": None,
        }
    ]


def test_json_and_deadlines_say_the_same_of_each_obligation(qp):
    expected = {
        (one["id"], one["state"], one["due"], one["waiting_for"])
        for one in qp("deadlines", "--format", "json").json["obligations"]
    }
    rows = qp("timeline", "--format", "json").json["lanes"]
    found = {
        (name, mark["state"], mark["day"], None)
        for row in rows
        for mark in row["marks"]
        if mark["kind"] == "due"
        for name in mark["obligations"]
    }
    found |= {(one["id"], one["state"], None, one["waiting_for"]) for row in rows for one in row["undated"]}
    assert found == expected


def test_csv_has_a_line_per_mark_and_one_for_each_obligation_without_a_deadline(qp):
    heading, *rows = qp("timeline", "--format", "csv").rows
    assert heading[:6] == ["day", "lane", "engagement", "kind", "state", "title"]
    record = qp("timeline", "--format", "json").json
    marks = len(record["marks"]) + sum(len(row["marks"]) + len(row["undated"]) for row in record["lanes"])
    assert len(rows) == marks
    assert [row[4] for row in rows if not row[0]] == ["conditional"] * 10


def test_markdown_has_a_row_per_mark_in_the_readers_language(qp):
    lines = qp("timeline", "--format", "md", "--lang", "fr").lines
    assert lines[0].startswith("| Jour | Engagement | Débiteur |")
    assert any(line.startswith("| 18/09/2021 | feuille-de-route | Métropole AMP |") for line in lines)


def test_markdown_marks_a_date_that_is_not_the_texts_own_as_everywhere_and_says_what_each_mark_means(
    qp, repository, small
):
    owed = [engagement("bilan", due={"within": "P1M", "from": "depart"}), engagement("referent")]
    owed += [engagement("avis", kind="on-request", target={"within": "P1M"})]
    events = [{"id": "depart", "title": "Départ", "date": "2026-01-01"}]
    term = {"due": {"within": "P6M", "from": "depart"}}
    extended = [{"change": "extend", "target": "bilan", "by": "P1M"}]
    facts = [{"id": "f-1", "kind": "amended", "title": "Avenant", "on": "2026-01-15", "changes": extended}]
    facts.append({"id": "f-2", "kind": "triggered", "engagement": "avis", "on": "2026-11-02"})
    folder = repository(small(engagements=owed, events=events, term=term), journal=facts)
    lines = qp("timeline", "--data", str(folder), "--format", "md").lines
    days = {tuple(line.split(" | ")[:2]) for line in lines if line.startswith("| ")}
    assert {(r"| 1 Jul 2026\*", "referent"), ("| 2 Dec 2026°", "avis"), ("| 1 Mar 2026†", "bilan")} <= days
    assert ("| 1 Jul 2026", "") in days
    assert lines[-5:] == [
        r"\* derived from the term, not written in the text",
        "",
        "° target of the repository, not of the text",
        "",
        "† moved by an avenant",
    ]


def test_markdown_has_what_has_no_deadline_once_for_all_who_owe_it(qp):
    lines = qp("timeline", "--format", "md").lines
    rows = [line for line in lines if line.startswith("| – |")]
    who = "Ministère de la Ville, ANCT, ANRU, Banque des Territoires, Bpifrance"
    clause = "art. 2, dernier alinéa"
    asked = "soumission d'une proposition par l'intercommunalité"
    approved = "approbation d'une action par les instances d'un partenaire"
    assert rows == [
        f"| – | instruction-projets | {who} | conditional: awaits {asked} | {clause} (i) |",
        f"| – | mobilisation-moyens | {who} | conditional: awaits {approved} | {clause} (ii) |",
    ]
    assert len(set(lines)) == len(lines)


def test_the_answer_goes_whole_to_a_file(qp, tmp_path):
    answer = qp("timeline", "--output", str(tmp_path / "axe.txt"))
    assert (answer.code, answer.out) == (0, "")
    assert (tmp_path / "axe.txt").read_text("utf-8") == qp("timeline").out
