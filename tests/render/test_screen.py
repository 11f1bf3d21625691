"""The screen: drawn to its width, coloured only where it has colour."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.app.answers import ask_about, chosen_of, counts_of
from qp_cli.render.language import Language
from qp_cli.render.lists import draw_deadlines, draw_overdue
from qp_cli.render.people_and_places import list_parties, list_sites
from qp_cli.render.screen import Screen
from qp_cli.render.status import draw_status
from qp_cli.render.timeline.terminal import draw_timeline
from qp_cli.store.repository import read_repository
from qp_cli.tracking.ledger import Ledger
from qp_cli.tracking.situation import assess
from qp_cli.tracking.timeline import timeline_of
from tests.tracking.building import convention

DATA = Path(__file__).resolve().parents[2] / "data"
LANGUAGES = [Language("en"), Language("fr")]


@pytest.fixture(scope="module")
def situation():
    read = read_repository(DATA)
    return assess(read.convention, read.sites, read.facts, date(2026, 11, 23))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_status_is_within_80_columns_and_24_lines(situation, language):
    lines = draw_status(counts_of(ask_about(situation)), Screen(width=80), language).splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize("width", [60, 80, 100, 109, 110, 111, 140, 200])
def test_no_list_is_wider_than_its_screen(situation, language, width):
    screen = Screen(width=width)
    late = [one for one in situation.obligations if one.state == "overdue"]
    for drawn in (
        draw_deadlines(chosen_of(situation, situation.obligations), None, screen, language),
        draw_overdue(chosen_of(situation, late), None, screen, language),
        list_parties(situation, "table", screen, language),
    ):
        assert max(map(len, drawn.splitlines())) <= width


@pytest.mark.parametrize("width", [60, 80, 110, 200])
def test_every_engagement_is_named_whatever_the_width(situation, width):
    found = chosen_of(situation, situation.obligations)
    drawn = "".join(draw_deadlines(found, None, Screen(width=width), LANGUAGES[0]).split())
    for one in situation.obligations:
        assert one.engagement.id[:10] in drawn


def test_without_box_drawing_the_gauge_is_ascii(situation):
    assert "#" * 30 in draw_status(counts_of(ask_about(situation)), Screen(unicode=False), LANGUAGES[0])
    assert "━" * 30 in draw_status(counts_of(ask_about(situation)), Screen(), LANGUAGES[0])


def test_colour_adds_nothing_but_colour(situation):
    for draw in (
        lambda *rest: draw_status(counts_of(ask_about(rest[0])), *rest[1:]),
        lambda *rest: list_sites(rest[0], "table", *rest[1:]),
    ):
        plain = draw(situation, Screen(width=80), LANGUAGES[0])
        assert "\x1b" not in plain
        assert "\x1b[" in draw(situation, Screen(width=80, colour=True), LANGUAGES[0])


NAMES = ("Métropole", "Banque des Territoires", "Agence nationale pour la rénovation urbaine")
WORD = st.text("abcdefghijklmnopqrstuvwxyzéèàç", min_size=1, max_size=20)
TITLES = st.lists(WORD, min_size=1, max_size=20, unique=True).map(" ".join)
ENGAGEMENTS = st.lists(st.tuples(TITLES, st.sampled_from(["dated", "awaiting", "endless"])), min_size=1, max_size=5)
DUES = {"dated": "kind: one-off, due: {on: 2026-10-01}", "awaiting": "kind: one-off, due: {within: P1M, from: vote}"}
BODY = """\
events: [{id: vote, title: Vote du budget de la convention par le conseil}]
parties:
"""


def made(engagements):
    """A situation with these titles, some of which wait for an event, owed by three parties."""
    lines = [f"  - {{id: partie-{number}, name: {name}}}" for number, name in enumerate(NAMES)]
    lines.append("engagements:")
    for number, (title, kind) in enumerate(engagements):
        how = DUES.get(kind, "kind: continuing")
        owed = f"debtors: [partie-0, partie-1, partie-2], clause: 'art. 2, dernier alinéa (ii)', {how}"
        lines.append(f"  - {{id: engagement-au-long-nom-{number}, title: 'T{title}', {owed}}}")
    return assess(convention(BODY + "\n".join(lines) + "\n"), (), (), date(2026, 11, 23))


@settings(max_examples=40, deadline=None)
@given(ENGAGEMENTS, st.sampled_from([60, 80, 120]), st.sampled_from(LANGUAGES), st.booleans())
def test_no_screen_is_wider_than_it_is_asked_to_be_and_no_word_of_a_title_is_cut(engagements, width, language, colour):
    situation = made(engagements)
    screen = Screen(width=width, colour=colour)
    late = [one for one in situation.obligations if one.state == "overdue"]
    ledger = Ledger(situation, situation.convention, ())
    deadlines, *others = (
        re.sub(r"\x1b\[[0-9;]*m", "", drawn)
        for drawn in (
            draw_deadlines(chosen_of(situation, situation.obligations), None, screen, language),
            draw_overdue(chosen_of(situation, late), None, screen, language),
            draw_status(counts_of(ask_about(situation)), screen, language),
            draw_timeline(timeline_of(ledger, situation.obligations), screen, language),
        )
    )
    assert max(map(len, "".join((deadlines, *others)).splitlines())) <= width
    for title, _ in engagements:
        assert set(f"T{title}".split()) <= set(deadlines.split())
