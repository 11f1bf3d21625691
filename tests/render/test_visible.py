"""Characters that act on a terminal are written out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.render.visible import inert, visible


@given(st.text())
def test_no_control_character_is_left(text):
    assert not [char for char in visible(text) if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    assert visible(text).isprintable() or any(unicodedata.category(char) in {"Cf", "Co", "Cn", "Zs"} for char in text)


@given(st.text())
def test_lines_and_tabs_are_all_that_inert_leaves(text):
    assert {char for char in inert(text) if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}} <= set("\t\n\r")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31m", "\\u001b[31m"),
        ("\x9b", "\\u009b"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nb", "a b"),
        (" a \t\r\n b  c\n", "a b  c"),
        ("a\rb", "a\\u000db"),
        ("L'État – « œuvre »", "L'État – « œuvre »"),
        ("日本 🇫🇷", "日本 🇫🇷"),
        ("insécable\u00a0fine\u202f!", "insécable\u00a0fine\u202f!"),
    ],
)
def test_what_prints_stays_and_what_acts_is_written_out(text, expected):
    assert visible(text) == expected
