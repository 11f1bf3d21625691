"""Findings as text: one line a finding that editors understand, the line in the file, carets under the place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.app.check_result import Checked
from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.messages import msg
from qp_cli.render.findings.text import LONGEST_EXCERPT, excerpt, write_checked, write_findings
from qp_cli.render.language import Language
from qp_cli.render.screen import Screen

ENGLISH = Language("en")


def at(column, end_column=None, *, line=1, end_line=1):
    return Span("a.yaml", line, column, end_line, end_column or column + 1)


def shown(line, span, room=LONGEST_EXCERPT, **more):
    drawn = excerpt(line, span, room, **more)
    return drawn.text, drawn.carets


def test_carets_stand_under_the_place():
    assert shown("  due: soon", at(8, 12)) == ("  due: soon", "       ^^^^")


@pytest.mark.parametrize(
    ("line", "span", "expected"),
    [
        ("a: b", at(1, end_line=1), ("a: b", "^")),
        ("a: b", at(2, 2), ("a: b", " ^")),
        ("a: b", at(5, 5), ("a: b", "    ^")),
        ("a: b", at(40, 44), ("a: b", "    ^")),
        ("a: b", at(4, 2, end_line=3), ("a: b", "   ^")),
        ("a: bcd", at(4, 1, end_line=9), ("a: bcd", "   ^^^")),
        ("\ta: b", at(2, 3), ("    a: b", "    ^")),
        ("x\tb", at(3, 4), ("x   b", "    ^")),
        ("\tb", at(1, 2), ("    b", "^^^^")),
        ("日本: x", at(5, 6), ("日本: x", "      ^")),
        ("日本: x", at(1, 3), ("日本: x", "^^^^")),
        ("e\u0301te\u0301: x", at(8, 9), ("e\u0301te\u0301: x", "     ^")),
        ("e\u0301: x", at(2, 3), ("e\u0301: x", " ^")),
        ("a\x1b[0m: b", at(8, 9), ("a\\u001b[0m: b", " " * 12 + "^")),
        ("a\x00b", at(2, 3), ("a\\u0000b", " ^^^^^^")),
        ("a\u202eb", at(3, 4), ("a\\u202eb", " " * 7 + "^")),
        ("🇫🇷 x", at(4, 5), ("🇫🇷 x", "   ^")),
    ],
)
def test_carets_are_as_wide_as_what_stands_above_them(line, span, expected):
    assert shown(line, span) == expected


@pytest.mark.parametrize("column", [1, 2, 100, 500, 99_999, 100_000])
def test_a_long_line_is_shortened_around_the_place(column):
    line = "".join(chr(ord("a") + number % 26) for number in range(100_000))
    text, carets = shown(line, at(column), 60)
    assert len(text) <= 60
    assert len(carets) <= 60
    assert text[carets.index("^")] == line[column - 1]
    assert text.startswith("…") == (column > 60)
    assert text.endswith("…") == (column < 99_960)


def test_a_console_without_the_sign_gets_three_dots_and_carets_in_the_right_place():
    text, carets = shown("x" * 300 + "y" + "x" * 300, at(301), 60, dots="...")
    assert text.startswith("...")
    assert text.endswith("...")
    assert len(text) <= 60
    assert text[carets.index("^")] == "y"


@given(st.text(max_size=400), st.integers(1, 400), st.integers(0, 400), st.integers(1, 200))
def test_any_line_and_place_give_one_line_that_fits(line, column, length, room):
    text, carets = shown(line.replace("\n", ""), at(column, column + length), room)
    assert "\n" not in text
    assert "\x1b" not in text
    assert re.fullmatch(" *\\^+", carets)
    assert len(carets) <= LONGEST_EXCERPT + 1


def finding(severity=Severity.WARNING, **more):
    return Finding("QP304", severity, msg("Two readings"), Span("data/convention.yaml", 2, 8, 2, 12), **more)


def checked(*findings):
    sources = {"data/convention.yaml": {1: "a: b", 2: "  due: soon", 3: ""}}
    return Checked(findings, ("data/convention.yaml", "data/sites.yaml"), sources)


def test_a_finding_has_its_place_its_line_its_hint_and_other_places():
    related = (Related(Span("data/sites.yaml", 3, 1, 3, 2), msg("first declared here")),)
    text = write_checked(checked(finding(hint=msg("Say which"), related=related)), ENGLISH, Screen())
    assert text.splitlines()[:5] == [
        "data/convention.yaml:2:8: QP304 warning: Two readings",
        "    2 |   due: soon",
        "      |        ^^^^",
        "    → Say which",
        "    data/sites.yaml:3:1: first declared here",
    ]
    assert text.endswith("\n\n2 files checked: 0 errors, 1 warning, 0 things to know\n")


def test_findings_are_apart_and_counted():
    found = checked(finding(Severity.ERROR), finding(), finding(), finding(Severity.INFO))
    text = write_checked(found, ENGLISH, Screen())
    assert text.count("\n\n") == 4
    assert text.splitlines()[-1] == "2 files checked: 1 error, 2 warnings, 1 thing to know"


def test_no_finding_is_one_line():
    assert write_checked(checked(), ENGLISH, Screen()) == "2 files checked: nothing to report\n"


@pytest.mark.parametrize("line", [3, 4, 1_000])
def test_a_place_whose_line_is_empty_or_missing_shows_no_line(line):
    one = finding()._replace(span=Span("data/convention.yaml", line, 1, line, 1))
    assert len(write_checked(checked(one), ENGLISH, Screen()).splitlines()) == 3


def test_without_sources_the_lines_are_as_reading_commands_print_them():
    assert write_findings([finding(hint=msg("Say which"))], ENGLISH) == (
        "data/convention.yaml:2:8: QP304 warning: Two readings\n    → Say which\n"
    )


def test_colour_only_where_the_screen_has_it_and_never_alone():
    found = checked(finding(Severity.ERROR))
    plain, painted = (write_checked(found, ENGLISH, Screen(80, colour=colour)) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1;31merror\x1b[0m" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain


def test_a_long_hint_is_folded_on_a_terminal_and_whole_in_a_pipe():
    found = checked(finding(hint=msg("word " * 40)))
    assert max(map(len, write_checked(found, ENGLISH, Screen(80)).splitlines())) <= 80
    assert "    → " + ("word " * 40).strip() in write_checked(found, ENGLISH, Screen())
