"""The two parsers, libyaml and PyYAML's own, give the same values, places and findings; neither ever fails."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.store.yaml.reader import HAS_LIBYAML, read_document
from qp_cli.store.yaml.tree import YamlList, YamlMap

SAMPLE = """\
# yaml-language-server: $schema=convention.schema.json
titre: Convention « fictive » de quartier
signature: 2021-03-18
parties:
  anru: {nom: "Agence nationale", rôle: État}
  etat:
    nom: L’État
    sigles: [DGCS, 'l''ANCT', "ac\\u00e9", Qui ?]
engagements:
  - id: partenaires
    titre: "Rendre compte de l’avancement"   # remarque
    debtors: [anru, etat]
    texte: >-
      L’État s’engage à présenter un bilan,
      dans un délai de six mois.

    due: {within: P6M, from: labellisation}
    ouvert: true
    nombre: 12
    note: |
      premier point :
        - liste
      fin

  - id: suivi
    due: {earliest_of: [{within: P18M, from: signature}, {on: 2022-12-31}]}
    vide:
    long: un texte sur
      plusieurs lignes
    sites:
    - site-1
    - site-2
fin: ~
"""

# What breaks YAML, or makes it mean something else.
PIECES = [
    *"'\"[]{}:,?#&*!|>@`%\\-~",
    *[": ", "- ", "? ", " #", "\n", "\n  ", "  ", "&a ", "*a", "!t ", "!x[", "!x,", "![", "&a,", "!!str ", "!<x>"],
    *["> ", ">-\n", "|2\n", "|0", "|+\n", "|#", "\\x", "\\uD800", "\\n", "\\q", "\u00a0", "\u202f", "\u202e", "\ufeff"],
    *["\r\n", "\r", "\t", "---\n", "...\n", "%A\n", "=======\n", "<<: ", "''", '""', "2026-02-30", ".nan", "é"],
    *["a", "1", "key: v\n", "a:\n", "\n\n\n", "\n# c\n", "[[", "{a: ", "{a: }", "{a}", "[a: ]", "{? ", "x:, ", "a ?b"],
]


def places_of(value):
    """A value with the place of each part of it."""
    if isinstance(value, YamlMap):
        return value.places, {key: places_of(item) for key, item in value.items()}
    if isinstance(value, YamlList):
        return value.places, [places_of(item) for item in value]
    return type(value), value


def assert_parsers_agree(data):
    fast, pure = (read_document(data, "f.yaml", pure=pure) for pure in (False, True))
    assert fast.findings == pure.findings
    assert places_of(fast.root) == places_of(pure.root)
    assert fast.root_place == pure.root_place
    assert (fast.root is not None) or fast.findings


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        SAMPLE.replace("\n", "\r\n"),
        "a: [Qui?, b ?c, -?d, e?]\n",
        "a: {x:, y}\n",
        "a: [x:[y]]\n",
        "a: {b: }\n",
        "a: {b: # c\n  }\n",
        "a: [b: , c]\n",
        "a: [?]\n",
        "a: {? }\n",
        "a: |#c\n  x\n",
        "a: |-2 # c\n    x\n\n",
        "a: |2-\n    x\n",
        "a: |12\n  x\n",
        "a: >+\n\n  x\n\n   y\n  z\n\n\nb: c\n",
        "a: [!x, y]\n",
        "a: [!x[y]]\n",
        "a: ! b\n",
        "a: !\n",
        "a: !h! b\n",
        'a: "\\uD800 \\q"\n',
        'a: "\\q \\uD800"\n',
        'a: "\\UFFFFFFFF"\n',
        'a: "\\uD800\n',
        'a: "x\\\n  y\\\r\n  z"\n',
        "a: 'x\n\n  y  \n  z'\n",
        "a: x\n   y\n\n   z # c\n",
        "key\n[ a",
        "a: b\n[c",
        "- a\n-\n- - b\n  -\n",
        "a:\n- b\n-\n",
        "?\n",
        "a: 'b': c\n",
        "'a\nb': c\n",
        "x" * 1030 + ": y\n",
        "[" + "a, " * 600 + "]: y\n",
        "a: @\nb\n",
        "b\n@",
        "\ufeff# c\na: b\n",
    ],
)
def test_the_parsers_agree_on_texts_known_to_part_them(text):
    assert_parsers_agree(text.encode())


def test_the_sample_is_fine():
    assert read_document(SAMPLE.encode(), "f.yaml").findings == ()


def test_libyaml_is_there_to_be_compared():
    assert HAS_LIBYAML


def test_files_are_read_where_libyaml_is_absent():
    program = """
        import sys
        sys.modules["yaml._yaml"] = None
        from qp_cli.store.yaml.reader import HAS_LIBYAML, read_document
        print(HAS_LIBYAML, read_document(b"a: [Qui?]", "f.yaml").root)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    assert subprocess.check_output(command, text=True, timeout=60) == "False {'a': ['Qui?']}\n"


@st.composite
def mutated_samples(draw):
    """The sample, or some of its lines, with a few pieces put in, taken out or moved."""
    lines = SAMPLE.splitlines(keepends=True)
    first = draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[first : first + draw(st.integers(1, len(lines)))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        taken = draw(st.integers(0, 6))
        text = text[:at] + draw(st.sampled_from(["", *PIECES])) + text[at + taken :]
    return text


@settings(max_examples=600, deadline=None)
@given(mutated_samples())
def test_the_parsers_agree_on_mutations_of_a_sample(text):
    assert_parsers_agree(text.encode())


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_parsers_agree_on_rows_of_pieces(text):
    assert_parsers_agree(text.encode())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_a_reader_fail(data):
    assert_parsers_agree(data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100))
def test_no_text_makes_a_reader_fail(text):
    assert_parsers_agree(text.encode(errors="surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(mutated_samples(), st.data())
def test_findings_stand_inside_the_file_and_their_messages_can_be_printed(text, data):
    document = read_document(text.encode(), "f.yaml", pure=data.draw(st.booleans()))
    for finding in document.findings:
        assert 1 <= finding.span.line <= len(document.lines) + 1
        assert (finding.span.line, finding.span.column) <= (finding.span.end_line, finding.span.end_column)
        message = str(finding.message)
        assert all(character.isprintable() or character in "\u00a0\u202f" for character in message)
