"""Drawing in a pipe: to the byte what Rich draws there, without loading Rich."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qp_cli.render.layout import indented, styled, table
from qp_cli.render.plain_writer import _SINGLE, draw_plain
from qp_cli.render.rich_writer import draw_rich
from qp_cli.render.screen import UNBOUNDED, Screen

WORDS = st.text("ab é\u00a0–’…·≤°†━\u202f1", max_size=12) | st.sampled_from(
    ["", " ", "  avance", "fin  ", "[bold]", ":smile:"]
)
SAID = WORDS.filter(str.strip)
LINES = st.builds(styled, WORDS, st.sampled_from(("", "bold", "dim")))
LONGER = st.builds(lambda line, more: line.append(f"\n{more}", "not bold"), LINES, WORDS)
CELLS = WORDS | LINES | st.tuples(st.builds(styled, SAID), LINES)

FIGURES = st.sampled_from(("", "·", "1", "22", "1\u00a0892", "Échéances"))


@st.composite
def tables(draw):
    count = draw(st.integers(1, 4))
    places = st.sets(st.integers(0, count - 1))
    numbers = draw(places)
    kinds = [FIGURES if place in numbers else CELLS for place in range(count)]
    words = [FIGURES if place in numbers else WORDS | st.just("Deux\nlignes") for place in range(count)]
    headers = draw(st.just([""] * count) | st.tuples(*words))
    made = table(headers, numbers=numbers, whole=draw(places))
    if not numbers and draw(st.booleans()):
        made = made._replace(widths=tuple(draw(st.integers(14, 20)) for _ in headers))
    for _ in range(draw(st.integers(0, 4))):
        made.add_row(*map(draw, kinds))
    return made


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS | LINES | LONGER | st.builds(indented, SAID) | tables(), min_size=1, max_size=4))
@pytest.mark.parametrize("width", [UNBOUNDED, 200])
def test_what_is_drawn_without_rich_is_what_rich_draws(width, parts):
    drawn = draw_plain(parts, width)
    assert drawn is not None
    assert drawn == draw_rich(parts, width, colour=False)


@pytest.mark.parametrize("text", ["東京", "e\u0301", "👍", "a\tb", "لا"])
def test_what_has_characters_of_other_widths_is_left_to_rich(text):
    made = table(["", ""])
    made.add_row(text, "fin")
    assert draw_plain([made], UNBOUNDED) is None
    assert text.expandtabs()[:1] in Screen().draw(made)


def test_what_does_not_fit_is_left_to_rich_which_folds_it():
    made = table(["", ""])
    made.add_row("mot " * 10, "fin")
    assert draw_plain([made], 30) is None
    assert max(map(len, Screen(width=30).draw(made).splitlines())) <= 30


def test_every_character_drawn_without_rich_takes_one_column():
    taken = [chr(code) for code in range(0x3000) if chr(code) != "\n" and _SINGLE.fullmatch(chr(code))]
    assert len(taken) > 900
    assert [each for each in taken if cell_len(each) != 1] == []
