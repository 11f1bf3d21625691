"""Several mistakes in one file are told at once, each once; one mistake is never told as two."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.store.yaml.reader import read_document

DATA = Path(__file__).resolve().parents[2] / "data"
SOUND = {name: (DATA / name).read_text("utf-8") for name in ("convention.yaml", "journal.yaml", "sites.yaml")}
ITEMS = 8
SIGNS = ":-'\"[]{}, @%&*!|>?#\n"


def item(number: int) -> list[str]:
    return [
        f"  - id: e-{number}",
        f"    title: Engagement {number}",
        "    debtors: [etat, metropole]",
        "    due:",
        "      within: P6M",
        "      from: signature",
        f'    clause: "art. {number}"',
    ]


ROWS = (
    ["format: qp/1", "engagements:"] + [line for number in range(ITEMS) for line in item(number)] + ["term:", "  a: 1"]
)
# What is done to which row of an item, and how far below it the mistake is told.
MISTAKES = [
    pytest.param(1, lambda row: row.replace(": ", ": Bon : "), 0, id="second colon"),
    pytest.param(1, lambda row: row.replace(": ", ":"), 0, id="glued colon"),
    pytest.param(1, lambda row: row.replace(":", ""), 0, id="no colon"),
    pytest.param(1, lambda row: row.replace(": ", ": @"), 0, id="at sign"),
    pytest.param(2, lambda row: row.replace("]", ""), 0, id="open bracket"),
    pytest.param(2, lambda row: f"{row}]", 0, id="closing bracket alone"),
    pytest.param(3, lambda row: row.replace(":", ""), 0, id="no colon of a holder"),
    pytest.param(5, lambda row: row.replace("      ", "     "), 0, id="out of line"),
    pytest.param(6, lambda row: row[:-1], 0, id="open quote"),
    pytest.param(6, lambda row: row + " bis", 0, id="after a quote"),
]


@pytest.mark.parametrize(("row", "change", "below"), MISTAKES)
def test_as_many_mistakes_are_told_as_there_are_items_with_one(found, row, change, below):
    rows = list(ROWS)
    places = [2 + number * len(item(0)) + row for number in range(ITEMS)]
    for place in places:
        rows[place] = change(rows[place])
    expected = [("QP002", place + 1 + below) for place in places]
    for end in ("\n", "\r\n"):
        assert [(code, line) for code, line, _ in found(end.join([*rows, ""]))] == expected


def test_two_mistakes_in_one_item_are_told_where_its_keys_are_laid_out(found):
    assert found("e:\n  - id: a: b\n    t: c: d\n    u: 1\n  - id: @x\n") == [
        ("QP002", 2, 10),
        ("QP002", 3, 9),
        ("QP002", 5, 9),
    ]


def test_keys_at_the_margin_are_told_apart(found):
    text = "a: @1\nb: x: y\nc: 'x\nd: %e\nf: [1,\ng: }\nh: 1\nh: 2\n"
    told = found(text)
    assert [line for _, line, _ in told] == [1, 2, 3, 4, 6, 8]  # what brackets take in is read no further
    assert {code for code, _, _ in told} == {"QP002", "QP003"}


def test_the_first_item_that_lacks_its_dash_is_told_there_and_nothing_below_it(found):
    for margin in ("  ", "    "):
        items = "\n".join(f"  - id: {number}\n    name: N" for number in range(3))
        text = f"parties:\n{margin}id: a\n{margin}name: A\n{items}\n  - id: @x\nz: 1\n"
        assert found(text) == [("QP002", 2, len(margin) + 1), ("QP002", 10, 9)]


def test_what_is_refused_of_characters_hides_no_mistake_elsewhere(found):
    assert found("a:\n  - id: x\n\t  b: c\n  - id: y\n    t: q: r\nd: @x\n") == [
        ("QP008", 3, 1),
        ("QP002", 5, 9),
        ("QP002", 6, 4),
    ]
    assert found("a:\n  - id: x\n    b\u200b: c: d\n  - id: y\n    t: q: r\n") == [("QP006", 3, 6), ("QP002", 5, 9)]


def test_many_mistakes_are_counted(read):
    findings = read("e:\n" + "  - id: @x\n" * 50).findings
    assert len(findings) == 21
    assert "30 more places" in str(findings[-1].message)


@st.composite
def one_mistake(draw):
    """A sound file with one line spoiled: its name, its text, the line."""
    name = draw(st.sampled_from(sorted(SOUND)))
    lines = SOUND[name].split("\n")
    full = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    number = draw(st.sampled_from(full))
    line = lines[number]
    at = draw(st.integers(0, len(line)))
    lines[number] = draw(
        st.sampled_from(
            [
                line[:at] + draw(st.sampled_from(SIGNS)) + line[at:],
                line[:at] + line[at + 1 :],
                " " * draw(st.integers(1, 4)) + line,
                line.removeprefix(" " * draw(st.integers(1, 4))),
                line.replace("- ", "  ", 1),
                line.replace(":", "", 1),
                line.replace(": ", ":", 1),
                line.replace(": ", ": bon : ", 1),
            ]
        )
    )
    return name, "\n".join(lines), number


@given(one_mistake())
def test_one_mistake_is_told_once(spoiled):
    name, text, _ = spoiled
    told = [each for each in read_document(text.encode(), name).findings if each.code == "QP002"]
    assert len(told) <= 1, [(each.span.line, str(each.message)) for each in told]
