"""Paragraphs folded to the screen: no word is lost, none is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qp_cli.render.layout import fold

WORDS = st.text("abcdéÉ,.[]1", min_size=1, max_size=12)
LINES = st.lists(WORDS, max_size=30).map(" ".join)


@given(st.lists(LINES, max_size=6).map("\n".join), st.integers(30, 100))
def test_every_word_is_kept_in_its_order_and_no_line_is_longer(text, width):
    folded = fold(text, width)
    assert folded.split() == text.split()
    assert all(len(line) <= width for line in folded.splitlines())


def test_a_word_longer_than_the_screen_is_not_cut():
    assert "x" * 90 in fold("x" * 90 + " y", 40)


def test_lines_that_fit_are_left_alone():
    assert fold("  court\n\n  autre\n", 40) == "  court\n\n  autre\n"


def test_a_step_goes_on_under_its_own_words():
    assert fold("  1. aaaa bbbb cccc", 12) == "  1. aaaa\n     bbbb\n     cccc\n"
