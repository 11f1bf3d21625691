"""Where values and keys stand, and how a document answers for them."""

from __future__ import annotations

import pytest

TEXT = """\
# accents before: é à ç
titre: "Été"   # a comment
parties:
  - nom: État
    sigles: [DGCS, {long: Direction}]

  -
fin:
note: |
  deux
  lignes


suite: un texte sur
  deux lignes
"""


def place(span):
    return (span.line, span.column, span.end_line, span.end_column)


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (["titre"], (2, 8, 2, 13)),
        (["parties"], (4, 3, 7, 4)),
        (["parties", 0], (4, 5, 5, 38)),
        (["parties", 0, "nom"], (4, 10, 4, 14)),
        (["parties", 0, "sigles"], (5, 13, 5, 38)),
        (["parties", 0, "sigles", 0], (5, 14, 5, 18)),
        (["parties", 0, "sigles", 1], (5, 20, 5, 37)),
        (["parties", 0, "sigles", 1, "long"], (5, 27, 5, 36)),
        (["parties", 1], (7, 4, 7, 4)),
        (["fin"], (8, 5, 8, 5)),
        (["note"], (9, 7, 11, 9)),
        (["suite"], (14, 8, 15, 14)),
        ([], (2, 1, 15, 14)),
    ],
)
def test_a_value_has_its_exact_place(read, loc, expected):
    assert place(read(TEXT).span(loc)) == expected


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (["titre"], (2, 1, 2, 6)),
        (["parties", 0, "sigles"], (5, 5, 5, 11)),
        (["parties", 0, "sigles", 1, "long"], (5, 21, 5, 25)),
    ],
)
def test_a_key_has_its_exact_place(read, loc, expected):
    assert place(read(TEXT).span(loc, key=True)) == expected


def test_the_key_of_a_list_item_is_the_item(read):
    document = read(TEXT)
    assert document.span(["parties", 0], key=True) == document.span(["parties", 0])


def test_a_pair_alone_in_a_list_ends_with_its_value(read):
    assert place(read("a: [b: c , d]\n").span(["a", 0])) == (1, 5, 1, 9)


def test_what_is_not_in_the_tree_is_left_out_of_a_path(read):
    document = read(TEXT)
    tagged = ["parties", 0, "Union[Etat]", "nom", "str"]
    assert document.span(tagged) == document.span(["parties", 0, "nom"])
    assert document.value(tagged) == "État"


def test_a_path_to_a_missing_value_gives_the_nearest_ancestor(read):
    document = read(TEXT)
    assert document.span(["parties", 0, "absent"]) == document.span(["parties", 0])
    assert document.span(["parties", 9]) == document.span(["parties"])
    assert document.span(["absent"]) == document.span([])


def test_a_document_without_a_root_answers_with_its_start(read):
    document = read("a: [\n")
    assert document.root is None
    assert place(document.span(["a", 0])) == (1, 1, 1, 1)
    assert document.value(["a"]) is None


def test_lines_are_counted_as_places_count_them(read):
    document = read("a: 1\r\nb: 2\r\n")
    assert document.lines == ["a: 1", "b: 2", ""]
    assert document.span(["b"]).line == 2
    assert document.path == document.span([]).path == "f.yaml"
