"""Texts that are not YAML: what is said of them, where, and what to do."""

from __future__ import annotations

import pytest

QUOTES = "quotes"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        pytest.param("objet : x: y\n", 1, 10, "second colon", "double quotes", id="two colons"),
        pytest.param("t:\n  a: x: y\n", 2, 7, "second colon", "double quotes", id="two colons, nested"),
        pytest.param('a: b "c: d"\n', 1, 8, "second colon", "double quotes", id="quotes in the middle"),
        pytest.param("a: 'l'avenant'\n", 1, 7, "apostrophe closes", "double quotes", id="apostrophe"),
        pytest.param('a: "x" y\n', 1, 8, "follow the closing quote: y", "quotes", id="text after a quote"),
        pytest.param("a: [1] voir\n", 1, 8, "follow the closing bracket: voir", "quotes", id="text after a bracket"),
        pytest.param('a: "x\nb: c\n', 1, 4, "quote is not closed", "closing quote", id="open double quote"),
        pytest.param("a: 'x\nb: c\n", 1, 4, "quote is not closed", "apostrophe", id="open single quote"),
        pytest.param("a: [b, c\nd: e\n", 1, 4, "bracket is not closed", "closing bracket", id="open bracket"),
        pytest.param("a: [b,\n", 1, 4, "bracket is not closed", "closing bracket", id="open bracket and comma"),
        pytest.param("a: {b: [c\n", 1, 8, "bracket is not closed", "closing bracket", id="the innermost bracket"),
        pytest.param("a: ['b' 'c']\n", 1, 9, "comma or a closing bracket", QUOTES, id="missing comma"),
        pytest.param("a: @x\n", 1, 4, "sign @", QUOTES, id="at sign"),
        pytest.param("a: `x`\n", 1, 4, "sign `", QUOTES, id="backquote"),
        pytest.param("a: %x\n", 1, 4, "sign %", QUOTES, id="percent"),
        pytest.param("a: ]\n", 1, 4, "sign ]", QUOTES, id="closing bracket"),
        pytest.param("a:\n   b: 1\n  c: 2\n", 3, 3, "not aligned", "indentation", id="indentation"),
        pytest.param("a: b\n c: d\n", 2, 3, "continuation", "Align", id="indented too far"),
        pytest.param("a\nb: c\n", 1, 1, "key and a colon are expected here: a", "key: value", id="no colon above"),
        pytest.param("a: b\nc\nd: e\n", 2, 1, "key and a colon are expected here: c", "key: value", id="no colon"),
        pytest.param("b: c\ntitre:avenant\nd: e\n", 2, 6, "colon of “titre”", "titre: avenant", id="glued colon"),
        pytest.param("a:\n- b\n-c\n", 3, 1, "space is missing after the dash", "- c", id="glued dash"),
        pytest.param("a: - b\n", 1, 4, "list cannot start", "next line", id="list on the line of its key"),
        pytest.param("a: |x\n  y\n", 1, 4, "line must end", QUOTES, id="text after a bar"),
        pytest.param("a: > 10\n", 1, 4, "line must end", QUOTES, id="greater than"),
        pytest.param("a: |0\n  y\n", 1, 4, "line must end", QUOTES, id="bad header"),
        pytest.param("a: {x:, y}\n", 1, 6, "followed by a space", "space after the colon", id="colon and comma"),
        pytest.param('a: "\\q"\n', 1, 5, "escape \\q", "two backslashes", id="unknown escape"),
        pytest.param('a: "C:\\nom\\xz"\n', 1, 11, "escape \\x", "two backslashes", id="unfinished escape"),
        pytest.param('a: "\\UFFFFFFFF"\n', 1, 5, "escape \\UFFFFFFFF", "two backslashes", id="no such character"),
    ],
)
def test_a_syntax_error_is_said_in_plain_words_where_it_is(read, text, line, column, message, hint):
    document = read(text)
    assert [(each.code, each.span.line, each.span.column) for each in document.findings] == [("QP002", line, column)]
    assert message in str(document.findings[0].message)
    assert hint in str(document.findings[0].hint)
    assert document.root is None


def test_findings_before_a_syntax_error_are_kept(found):
    assert found("a: 1\na: 2\nb: .nan\nc: @x\n") == [("QP003", 2, 1), ("QP010", 3, 4), ("QP002", 4, 4)]


def test_a_syntax_error_that_a_refused_character_may_cause_is_not_added(found):
    assert found("a:\n  b: 1\n\u200b  c: 2\n") == [("QP006", 3, 1)]


def test_data_is_echoed_short_and_escaped(read):
    message = str(read(f"a: 1\n{'x' * 500}\nb: 1\n").findings[0].message)
    assert message.endswith("…")
    assert len(message) < 100
