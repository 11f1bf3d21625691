"""Characters that are refused, and spaces that are not where YAML needs them."""

from __future__ import annotations

import pytest

INVISIBLE = "\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2064\u3164\ufeff\uffa0\ufff9\U000e0041"
DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE_BREAKS = "\u0085\u2028\u2029"
CONTROLS = "\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x9b\x9f"
NOT_CHARACTERS = "\ue000\uf0b7\ufdd0\ufffe\uffff\U0001fffe\U0010ffff"
REFUSED = INVISIBLE + DIRECTION + LINE_BREAKS + CONTROLS + NOT_CHARACTERS


@pytest.mark.parametrize("character", REFUSED, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_cannot_be_seen_is_refused_and_named(read, character):
    document = read(f"a: 1\nb: x{character}y\n")
    (finding,) = document.findings
    assert (finding.code, finding.span.line, finding.span.column, finding.span.end_column) == ("QP006", 2, 5, 6)
    assert f"U+{ord(character):04X}" in str(finding.message)
    assert character not in str(finding.message)
    assert document.root is None


@pytest.mark.parametrize("place", ["# {}\na: b\n", "a: |\n  {}\n", "a: '{}'\n", "{}a: b\n", "a{}: b\n"])
def test_a_refused_character_is_refused_everywhere(found, place):
    line, column = place[: place.index("{")].count("\n") + 1, place.index("{") - place.rfind("\n", 0, place.index("{"))
    assert found(place.format("\x1b")) == [("QP006", line, column)]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x1b", "ESCAPE"),
        ("\x85", "NEXT LINE"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\x01", "CONTROL CHARACTER"),
        ("\ue000", "PRIVATE USE CHARACTER"),
        ("\uffff", "NOT A CHARACTER"),
    ],
)
def test_the_name_of_a_refused_character_is_given(read, character, name):
    assert name in str(read(f"a: {character}\n").findings[0].message)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("\\x1b", "U+001B"),
        ("\\e", "U+001B"),
        ("\\0", "U+0000"),
        ("\\t", "U+0009"),
        ("\\r", "U+000D"),
        ("\\N", "U+0085"),
        ("\\L", "U+2028"),
        ("\\u202e", "U+202E"),
        ("\\U0000200b", "U+200B"),
        ("\\uD800", "U+D800"),
        ("\\ud83d\\ude00", "U+D83D"),
    ],
)
def test_an_escape_brings_in_no_refused_character(read, written, named):
    document = read(f'a: "é {written} \\" x"\n')
    (finding,) = document.findings
    assert (finding.code, finding.span.line, finding.span.column) == ("QP006", 1, 7)
    assert named in str(finding.message)
    assert document.root is None


def test_an_escape_is_found_on_its_own_line_of_a_long_text(found):
    assert found('a: "x\n  \\\\ \\x1b\n  y \\u202e"\n') == [("QP006", 2, 6), ("QP006", 3, 5)]


@pytest.mark.parametrize("text", ["a: \\x1b\n", "a: '\\u202e'\n", "a: |\n  \\x1b\n"])
def test_a_backslash_is_text_outside_double_quotes(found, text):
    assert found(text) == []


def test_a_line_end_of_old_systems_is_refused(found):
    assert found("a: b\rc: d\n") == [("QP006", 1, 5)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("titre\u00a0: x\n", 1, 6, id="before the colon of a key"),
        pytest.param("a: {titre\u00a0: x}\n", 1, 10, id="before a colon in brackets"),
        pytest.param("a: titre\u00a0: x\n", 1, 9, id="before a second colon"),
        pytest.param("a: 1\ntitre:\u00a0x\nb: 2\n", 2, 7, id="after a colon"),
        pytest.param("a:\n  titre:\u00a0x\n", 2, 9, id="after a colon, as a value"),
        pytest.param("titre:\u00a0x\n", 1, 7, id="after a colon, as the only line"),
        pytest.param("titre: \u00a0x\n", 1, 8, id="before a value"),
        pytest.param("titre: x\u00a0\n", 1, 9, id="after a value"),
        pytest.param("\u00a0a: x\n", 1, 1, id="indentation"),
        pytest.param("a:\n  b: 1\n\u00a0\u00a0c: 1\n", 3, 1, id="indentation of a key"),
        pytest.param("a: b\n \u00a0c: d\n", 2, 2, id="indentation after a space"),
        pytest.param("a:\n  -\u00a0x\n", 2, 4, id="after the dash of the only item"),
        pytest.param("a:\n  - x\n  -\u00a0y\n", 3, 4, id="after a dash"),
        pytest.param("a:\n  - x\n\u00a0 - y\n", 3, 1, id="before a dash"),
        pytest.param("titre\u202f: x\n", 1, 6, id="narrow no-break space"),
        pytest.param("titre\u3000: x\n", 1, 6, id="ideographic space"),
    ],
)
def test_a_space_that_yaml_takes_for_a_letter_is_refused_where_it_matters(read, found, text, line, column):
    assert found(text)[0] == ("QP008", line, column)
    assert len(set(found(text))) == len(found(text))
    assert {code for code, *_ in found(text)} == {"QP008"}
    assert read(text).root is None


def test_a_refused_space_is_named(read):
    assert "no-break space (U+00A0)" in str(read("titre\u00a0: x\n").findings[0].message)
    assert "U+2003 (EM SPACE)" in str(read("titre\u2003: x\n").findings[0].message)


@pytest.mark.parametrize(
    "text",
    [
        "a: Est-ce fini\u00a0?\n",
        "a: «\u00a0oui\u00a0»\n",
        "a: 'Objet\u00a0: bilan'\n",
        "a: |\n  Objet\u00a0: bilan\n  \u00a0retrait\n",
        "# Objet\u00a0: bilan\na: 10\u202f000\n",
        "a: [«\u00a0oui\u00a0», non]\n",
    ],
)
def test_french_spaces_are_allowed_inside_texts_and_comments(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\tx\n", 1, 3),
        ("a:\n\tb: 1\n", 2, 1),
        ("a:\n  -\tx\n", 2, 4),
        ("a: x\t# note\n", 1, 5),
        ("a: 'x\ty'\n", 1, 6),
        ("a: |\n  x\ty\n", 2, 4),
        ("#\tnote\na: 1\n", 1, 2),
    ],
)
def test_a_tab_is_refused_wherever_it_stands(read, found, text, line, column):
    assert found(text) == [("QP008", line, column)]
    assert "tab" in str(read(text).findings[0].message)
