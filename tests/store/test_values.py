"""What a file's plain scalars, quoted texts and keys become."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("y", "y"),
        ("n", "n"),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("0", 0),
        ("-5", -5),
        ("12", 12),
        ("999999999999999", 999_999_999_999_999),
        ("+5", "+5"),
        ("01001", "01001"),
        ("010", "010"),
        ("12:30", "12:30"),
        ("1.10", "1.10"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o7", "0o7"),
        ("1e3", "1e3"),
        ("٣", "٣"),
        ("=", "="),
        ("2026-01-31", date(2026, 1, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-1-5", "2026-1-5"),
        ("31/01/2026", "31/01/2026"),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ("20260131", 20260131),
        ("P6M", "P6M"),
        ("1769817600", 1769817600),
        ('"true"', "true"),
        ("'12'", "12"),
        ('"2026-01-31"', "2026-01-31"),
        ("'~'", "~"),
        ("''", ""),
        ("'l''avenant'", "l'avenant"),
        ('"a\\nb"', "a\nb"),
        ('"\\u00e9"', "é"),
        ("|\n  12\n", "12\n"),
        (">-\n  true\n  false\n", "true false"),
        ("«\u00a0Prix\u00a0» 10\u202f€\u00a0!", "«\u00a0Prix\u00a0» 10\u202f€\u00a0!"),
        ('"Objet\u00a0: bilan"', "Objet\u00a0: bilan"),
        ("\U0001f600", "\U0001f600"),
    ],
)
def test_only_a_few_plain_scalars_are_more_than_text(read, written, value):
    document = read(f"a: {written}\n")
    assert document.root == {"a": value}
    assert type(document.root["a"]) is type(value)
    assert document.findings == ()


@pytest.mark.parametrize("key", ["no", "on", "1", "1.0", "true", "null", "2026-01-31", "~", "0x1F", "12:30"])
def test_a_key_is_the_text_as_written(read, key):
    assert read(f"{key}: x\n").root == {key: "x"}


def test_keys_that_yaml_takes_for_one_boolean_stay_apart(read):
    assert read("on: 1\nyes: 2\ntrue: 3\n1: 4\n").root == {"on": 1, "yes": 2, "true": 3, "1": 4}


def test_flow_and_block_collections_make_the_same_values(read):
    block = read("a:\n  - b: 1\n    c:\n      - x\n      - y\n  - ~\n")
    flow = read("a: [{b: 1, c: [x, y]}, ~]\n")
    assert block.root == flow.root == {"a": [{"b": 1, "c": ["x", "y"]}, None]}


def test_a_question_mark_is_text_inside_brackets(read):
    assert read("a: [Qui?, Quoi ?, a?b]\n").root == {"a": ["Qui?", "Quoi ?", "a?b"]}


def test_a_missing_last_line_end_changes_nothing(read):
    assert read("a: |\n  x").root == read("a: |\n  x\n").root == {"a": "x\n"}


def test_windows_line_ends_change_no_value(read):
    text = "a: |\n  x\n  y\nb:\n  - c\n"
    windows = read(text.replace("\n", "\r\n"))
    assert windows.root == read(text).root
    assert windows.findings == ()


def test_one_document_mark_at_the_top_and_one_at_the_end_are_accepted(read):
    document = read("# about\n\n---\na: 1\n...\n\n# the end\n")
    assert document.root == {"a": 1}
    assert document.findings == ()


def test_a_byte_order_mark_at_the_start_is_accepted_and_takes_no_column(read):
    document = read("\ufeffa: 1\n")
    assert document.root == {"a": 1}
    assert document.span(["a"], key=True).column == 1
