"""What YAML allows and qp does not: each with its code, line and column."""

from __future__ import annotations

import pytest

from qp_cli.findings import Severity


def test_a_duplicate_key_is_an_error_at_both_places(read):
    document = read("a: 1\nb:\n  c: 1\n  'c': 2\na: 3\n")
    first, second = document.findings
    assert (first.code, first.span.line, first.span.column) == ("QP003", 4, 3)
    assert (second.code, second.span.line, second.span.column) == ("QP003", 5, 1)
    assert [(related.span.line, related.span.column) for related in first.related] == [(3, 3)]
    assert [(related.span.line, related.span.column) for related in second.related] == [(1, 1)]
    assert str(second.related[0].message) == "first written here"
    assert document.root == {"a": 1, "b": {"c": 1}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: &x b\n", [("QP004", 1, 4)], id="anchor"),
        pytest.param("a: &x\n  b: c\n", [("QP004", 1, 4)], id="anchor on a mapping"),
        pytest.param("&k a: b\n", [("QP004", 1, 1)], id="anchor on a key"),
        pytest.param("a: &x b\nc: *x\n", [("QP004", 1, 4), ("QP004", 2, 4)], id="alias"),
        pytest.param("a: *unknown\n", [("QP004", 1, 4)], id="alias of nothing"),
        pytest.param("a: *gras*\n", [("QP004", 1, 4)], id="a star that makes no alias"),
        pytest.param("a: & b\n", [("QP004", 1, 4)], id="an ampersand that makes no anchor"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", [("QP004", 1, 4), ("QP004", 3, 3), ("QP004", 3, 7)], id="merge"),
        pytest.param("a: !!str 1\n", [("QP004", 1, 4)], id="tag"),
        pytest.param("a: !own [1]\n", [("QP004", 1, 4)], id="tag of one's own"),
        pytest.param("a: !e!x 1\n", [("QP004", 1, 4)], id="tag with an unknown handle"),
        pytest.param("a: !important\n", [("QP004", 1, 4)], id="an exclamation mark"),
        pytest.param("a: [![x]]\n", [("QP004", 1, 5)], id="a tag that cannot be read"),
        pytest.param("%YAML 1.1\n---\na: b\n", [("QP004", 1, 1)], id="directive"),
        pytest.param("a: b\n---\nc: d\n", [("QP004", 2, 1)], id="second document"),
        pytest.param("---\na: b\n---\n", [("QP004", 3, 1)], id="second document, empty"),
        pytest.param("a: b\n...\nc: d\n", [("QP004", 2, 1)], id="text after the end mark"),
        pytest.param("? a\n: b\n", [("QP004", 1, 1)], id="explicit key"),
        pytest.param("x:\n  a: 1\n  ? b\n  : 2\n", [("QP004", 3, 3)], id="explicit key, not the first"),
        pytest.param("a: {? b : c}\n", [("QP004", 1, 5)], id="explicit key in brackets"),
        pytest.param("a: [?]\n", [("QP004", 1, 5)], id="a question mark alone in brackets"),
        pytest.param("a: ? b\n", [("QP004", 1, 4)], id="explicit key in a value"),
        pytest.param("{[a]: b}\n", [("QP004", 1, 2)], id="list as a key"),
        pytest.param("{a: 1}: b\n", [("QP004", 1, 1)], id="mapping as a key"),
        pytest.param("a: [1, : 2]\n", [("QP002", 1, 8)], id="no key"),
    ],
)
def test_features_of_yaml_are_refused_where_they_stand(found, text, expected):
    assert found(text) == expected


def test_a_text_with_refused_features_has_no_root(read):
    assert read("a: &x b\nc: *x\n").root is None


def test_nine_levels_of_aliases_cost_nothing(read):
    levels = ["a0: &a0 [x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    document = read("\n".join(levels))
    assert {finding.code for finding in document.findings} == {"QP004"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<<<<<<< HEAD\na: 1\n", 1),
        ("a: 1\n=======\na: 2\n", 2),
        ("a: 1\n>>>>>>> branch\n", 2),
        ("a: 1\n||||||| base\n", 2),
        ("note: |\n  text\n<<<<<<< HEAD\n  other\n", 3),
        ("a: 1\r\n=======\r\nb: 2\r\n", 2),
    ],
)
def test_a_mark_of_a_merge_conflict_is_refused_wherever_it_stands(found, text, line):
    assert found(text) == [("QP007", line, 1)]


@pytest.mark.parametrize("text", ["a: =======\n", "a: |\n  =======\n", "a: <<<<<<<x\n", "'========': 1\n"])
def test_other_rows_of_signs_are_text(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("titre: avenant #2\n", [("QP009", 1, 16)]),
        ("titre: avenant  #2 # note\n", [("QP009", 1, 17)]),
        ("a:\n  - lot #1\n  - lot #2\n", [("QP009", 2, 9), ("QP009", 3, 9)]),
        ("titre: #2\n", [("QP009", 1, 8)]),
        ("a: [x #y\n  , z]\n", [("QP009", 1, 7)]),
        ("titre: avenant # 2\n", []),
        ("titre: 'avenant #2'\n", []),
        ('titre: "avenant #2" #note\n', []),
        ("titre: |\n  avenant #2\n", []),
        ("titre: | #note\n  avenant\n", []),
        ("titre: avenant#2\n", []),
        ("titre: #note\n  a: 1\n", []),
        ("#note\ntitre: x\n", []),
    ],
)
def test_a_value_cut_short_by_a_comment_is_doubtful(read, found, text, expected):
    assert found(text) == expected
    assert all(finding.severity is Severity.WARNING for finding in read(text).findings)
    assert read(text).root is not None


@pytest.mark.parametrize(
    "value",
    [".nan", ".NaN", ".inf", "-.INF", "+.inf", "1" * 16, "-" + "9" * 5000, "2026-02-30", "2026-13-01", "0000-01-01"],
)
def test_a_value_that_looks_like_what_qp_cannot_read_is_an_error(read, found, value):
    assert found(f"a:\n  b: {value}\n") == [("QP010", 2, 6)]
    assert found(f"a:\n  b: '{value}'\n") == []
    assert len(str(read(f"a: {value}\n").findings[0].message)) < 120


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n", "null\n"])
def test_an_empty_file_is_an_error_at_its_start(found, text):
    assert found(text) == [("QP011", 1, 1)]


@pytest.mark.parametrize(("text", "column"), [("- a\n- b\n", 1), ("just a text\n", 1), ("  12\n", 3), ("[a, b]\n", 1)])
def test_a_root_that_is_no_mapping_is_an_error(found, text, column):
    assert found(text) == [("QP011", 1, column)]


def test_all_findings_of_a_file_come_at_once_in_its_order(found):
    text = "a: 1\nb: &x 2\na: .nan\nc: d #e\nd: 2026-02-30\n"
    assert found(text) == [
        ("QP004", 2, 4),
        ("QP003", 3, 1),
        ("QP010", 3, 4),
        ("QP009", 4, 6),
        ("QP010", 5, 4),
    ]


def test_findings_about_characters_do_not_hide_the_others(found):
    assert found("a: x\u200by\na: 1\n") == [("QP006", 1, 5), ("QP003", 2, 1)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("k{}: .nan\n", "QP010"),
        ("k{}: &a x\n", "QP004"),
        ("? k{}\n", "QP004"),
        ("%{}\n", "QP004"),
        ("k{}: \x1b\n", "QP006"),
        ('k{}: "\\x1b"\n', "QP006"),
        ("=======\n", "QP007"),
        ("k{}\u00a0: x\n", "QP008"),
        ("k{}:\tx\n", "QP008"),
        ("k{}: a #b\n", "QP009"),
    ],
)
def test_twenty_findings_of_a_code_are_listed_then_counted(read, line, code):
    findings = read("".join(line.format(n) for n in range(25))).findings
    assert [finding.code for finding in findings] == [code] * 21
    assert findings[-1].span.line == 21
    assert findings[-1].message.number == 5
    assert str(findings[-1].message).startswith("5 more places")


def test_duplicates_are_counted_too(read):
    findings = read("a: 1\n" * 30).findings
    assert len(findings) == 21
    assert findings[-1].message.number == 9


def test_a_question_mark_in_a_comment_makes_no_key(found):
    assert found("a: { # pourquoi ?\n  b: c}\n") == []
    assert found("a: {? # pourquoi\n  b: c}\n") == [("QP004", 1, 5)]
