"""Data that the reader would refuse cannot act on a terminal, a spreadsheet or a page even if it came through."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from qp_cli.app.answers import ask_about, chosen_of, counts_of
from qp_cli.law.dates import Step
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.render.counts import convention_record, write_status
from qp_cli.render.date_working import write_steps
from qp_cli.render.detail import engagement_record, term_record, write_engagement, write_term
from qp_cli.render.formats import to_json
from qp_cli.render.language import Language
from qp_cli.render.lists import draw_deadlines, draw_overdue, write_list
from qp_cli.render.people_and_places import list_parties, list_sites
from qp_cli.render.screen import Screen
from qp_cli.render.status import draw_status
from qp_cli.store.repository import read_repository
from qp_cli.tracking.situation import assess

DATA = Path(__file__).resolve().parents[2] / "data"
EVIL = {
    "colour": "\x1b[31mrouge\x1b[0m",
    "link": "\x1b]8;;http://example.org\x1b\\ici\x1b]8;;\x07",
    "c1": "\x9b31mrouge\x9d0;titre\x9c",
    "bidi": "abc\u202edef\u2066ghi\u2069\u200f",
    "lines": "un\r\ndeux\ntrois\rquatre\u2028cinq\u2029six\x85sept",
    "controls": "a\x00b\x08c\x7fd\te\x0bf\x0c g\u200bh\ufeffi\xadj\u2060k",
    "rich": "[red]rouge[/red] [link=http://example.org]ici[/link] [bold",
    "markdown": "a|b `c` [x](y) <b>gras</b> # titre",
    "formula": '=cmd|"/c calc"!A1',
}
COLOURS = re.compile("\x1b\\[[0-9;]*m")
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
ENGLISH, FRENCH = Language("en"), Language("fr")


@pytest.fixture(params=EVIL, scope="module")
def hostile(request):
    """The shipped convention with a hostile text in every place that holds free text, and its facts."""
    text = EVIL[request.param]
    read = read_repository(DATA)

    def marred(entry, *names):
        return replaced(entry, **{name: f"{text} {getattr(entry, name) or ''}" for name in names})

    convention = read.convention
    convention = replaced(
        marred(convention, "title", "territory"),
        parties=tuple(marred(each, "name", "short", "part", "clause") for each in convention.parties),
        groups=tuple(marred(each, "name", "short", "clause") for each in convention.groups),
        roles=tuple(marred(each, "name", "short", "clause") for each in convention.roles),
        events=tuple(marred(each, "title", "clause") for each in convention.events),
        engagements=tuple(marred(each, "title", "clause", "note") for each in convention.engagements),
        term=marred(convention.term, "title", "clause", "note"),
    )
    sites = tuple(
        replaced(
            marred(each, "name", "commune", "source", "note"),
            focus=(text, *each.focus),
            projects=(text, *each.projects),
            districts=(text, *each.districts),
            zooms=tuple(replaced(marred(zoom, "name", "note"), focus=(text,)) for zoom in each.zooms),
        )
        for each in read.sites
    )
    return text, assess(convention, sites, read.facts, date(2026, 11, 23))


def screens(situation, screen, language):
    found = situation.obligations
    yield draw_status(counts_of(ask_about(situation)), screen, language)
    yield draw_deadlines(chosen_of(situation, found), None, screen, language)
    late = [one for one in found if one.state == "overdue"]
    yield draw_overdue(chosen_of(situation, late), None, screen, language)
    yield list_parties(situation, "table", screen, language)
    yield list_sites(situation, "table", screen, language)
    yield write_term(situation, language)
    for engagement in situation.convention.engagements:
        yield write_engagement(situation, engagement, (), language)


@pytest.mark.parametrize("screen", [Screen(), Screen(width=80, unicode=False)], ids=["pipe", "console"])
def test_no_screen_without_colour_holds_an_active_character(hostile, screen):
    for drawn in screens(hostile[1], screen, ENGLISH):
        assert not ACTIVE.findall(drawn.replace("\n", ""))


def test_a_screen_with_colour_holds_its_own_colours_and_nothing_else(hostile):
    for drawn in screens(hostile[1], Screen(width=80, colour=True), FRENCH):
        assert not ACTIVE.findall(COLOURS.sub("", drawn).replace("\n", ""))
        assert "\x1b[31mrouge" not in drawn


@pytest.fixture(scope="module")
def harmless():
    read = read_repository(DATA)
    return assess(read.convention, read.sites, read.facts, date(2026, 11, 23))


def test_a_line_end_in_the_data_is_no_line_end_on_the_screen(hostile, harmless):
    drawn = [
        [
            page.count("\n")
            for page in (draw_status(counts_of(ask_about(each)), Screen(), ENGLISH), write_term(each, ENGLISH))
        ]
        for each in (hostile[1], harmless)
    ]
    assert drawn[0] == drawn[1]


def test_json_holds_every_text_whole_and_no_active_character(hostile):
    text, situation = hostile
    records = [
        convention_record(situation),
        term_record(situation, ENGLISH),
        *(engagement_record(situation, each, ENGLISH) for each in situation.convention.engagements),
    ]
    drawn = [to_json(record) for record in records]
    drawn.append(write_list(chosen_of(situation, situation.obligations), None, "json", ENGLISH))
    drawn += [list_parties(situation, "json", Screen(), ENGLISH), list_sites(situation, "json", Screen(), ENGLISH)]
    for page in drawn:
        assert not ACTIVE.findall(page.replace("\n", ""))
        assert _holds(json.loads(page), text)


def _holds(value, text):
    if isinstance(value, dict):
        return any(_holds(each, text) for each in value.values())
    if isinstance(value, list):
        return any(_holds(each, text) for each in value)
    return isinstance(value, str) and text in value


def test_csv_has_one_record_per_obligation_no_active_character_and_no_formula(hostile):
    _, situation = hostile
    pages = [
        write_list(chosen_of(situation, situation.obligations), None, "csv", ENGLISH),
        write_status(counts_of(ask_about(situation)), "csv", ENGLISH),
        list_parties(situation, "csv", Screen(), ENGLISH),
        list_sites(situation, "csv", Screen(), ENGLISH),
    ]
    for page, count in zip(pages, (29, 7, 14, 4), strict=True):
        assert not ACTIVE.findall(re.sub("[\r\n\t]", "", page))
        rows = list(csv.reader(io.StringIO(page, newline="")))
        assert len(rows) == count
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_markdown_has_one_line_per_row_and_no_active_character(hostile):
    _, situation = hostile
    pages = [
        write_list(chosen_of(situation, situation.obligations), None, "md", ENGLISH),
        write_status(counts_of(ask_about(situation)), "md", ENGLISH),
        list_parties(situation, "md", Screen(), ENGLISH),
        list_sites(situation, "md", Screen(), ENGLISH),
    ]
    for page, count in zip(pages, (30, 8, 15, 5), strict=True):
        assert not ACTIVE.findall(page.replace("\n", ""))
        assert page.count("\n") == count
        assert not re.search(r"(?<!\\)[<`]", page)
        assert not re.search(r"(?<!\\)\]\(", page)


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL)
def test_a_source_that_is_a_clause_of_the_data_cannot_act_either(text):
    steps = [Step("reference", msg("{name}: {title}", name=text, title=text), text, date(2021, 3, 18))]
    drawn = write_steps(steps, ENGLISH)
    assert len(drawn) == 2
    assert not any(ACTIVE.search(line) for line in drawn)
    assert not any("\n" in line for line in drawn)


def test_markup_of_rich_is_text(harmless):
    text = EVIL["rich"]
    marked = replaced(harmless.convention.engagements[0], title=text, clause=text)
    convention = replaced(harmless.convention, engagements=(marked,))
    situation = assess(convention, (), (), date(2026, 11, 23))
    found = chosen_of(situation, situation.obligations)
    assert text in draw_deadlines(found, None, Screen(), ENGLISH)
    assert text in write_engagement(situation, marked, (), ENGLISH)
    assert text in draw_status(counts_of(ask_about(situation)), Screen(), ENGLISH)
