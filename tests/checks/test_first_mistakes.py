"""What someone who writes YAML for the first time gets wrong: the line that is told, and what is said, word for word.

`pytest tests/checks/test_first_mistakes.py --update-golden` writes the texts again, to be read.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("messages")
CONVENTION = """\
format: qp/1
id: bourg-vivant
title: Convention Bourg vivant
signature: signature
term: {clause: art. 2, due: {within: P2Y, from: signature, regime: duree}}
events:
- {id: signature, title: Signature de la convention, date: 2026-09-01}
parties:
- {id: ville, name: Ville de Bourg, signatory: true}
- {id: association, name: Association des Halles, signatory: true}
engagements:
- id: avance
  title: Verser la subvention
  clause: art. 3
  debtors: [ville]
  creditors: [association]
  kind: one-off
  due: {within: P1M, from: signature}
- id: programme
  title: Remettre le programme d'actions
  clause: art. 4
  debtors: [association]
  creditors: [ville]
  kind: one-off
  due: {within: P3M, from: signature}
- id: comite
  title: Réunir le comité
  clause: art. 6
  debtors: [ville]
  kind: recurring
  due: {every: P3M, from: signature}
"""
JOURNAL = "format: qp/1\nfacts:\n- {id: f-1, kind: fulfilled, engagement: avance, on: 2026-09-20}\n"
TITLE = "  title: Verser la subvention\n"
MISTAKES: dict[str, tuple[str, str, str, int, int]] = {
    # What is written, what instead, the code, the line and the column.
    "no blank after the colon": ("  kind: one-off\n", "  kind:one-off\n", "QP002", 17, 7),
    "no blank before a bracket": ("debtors: [ville]", "debtors:[ville]", "QP002", 15, 10),
    "no blank before a brace": ("due: {within: P1M", "due:{within: P1M", "QP002", 18, 6),
    "no blank before a text": (TITLE, "  title:Verser la subvention\n", "QP002", 13, 8),
    "no blank in an item": ("- id: avance", "- id:avance", "QP002", 12, 5),
    "no blank on the first line": ("format: qp/1", "format:qp/1", "QP002", 1, 7),
    "no blank on the last line": ("due: {every", "due:{every", "QP002", 31, 6),
    "no blank after the dash": ("- id: avance", "-id: avance", "QP002", 12, 1),
    "no blank after a later dash": ("- id: programme", "-id: programme", "QP002", 19, 1),
    "no blank between dash and brace": ("- {id: ville", "-{id: ville", "QP002", 9, 1),
    "no colon": ("  kind: one-off\n", "  kind one-off\n", "QP002", 17, 3),
    "an equals sign": ("  kind: one-off\n", "  kind = one-off\n", "QP002", 17, 3),
    "no colon in an item": ("- id: avance", "- id avance", "QP002", 12, 3),
    "no colon on the first line": ("format: qp/1", "format qp/1", "QP002", 1, 1),
    "no colon before a list": ("events:\n", "events\n", "QP002", 6, 1),
    "no colon before groups": ("engagements:\n", "engagements\n", "QP002", 11, 1),
    "no dash": ("- {id: signature", "{id: signature", "QP002", 7, 1),
    "no dash before a block": ("- id: comite", "  id: comite", "QP003", 26, 3),
    "a list without its key": ("parties:\n- {id: ville", "territory: Bourg\n- {id: ville", "QP002", 9, 1),
    "two colons": (TITLE, "  title: Objet : feuille de route\n", "QP002", 13, 16),
    "apostrophe": (TITLE, "  title: 'l'État'\n", "QP002", 13, 13),
    "apostrophe and blank": (TITLE, "  title: 'Plan d' action'\n", "QP002", 13, 19),
    "no closing double quote": (TITLE, '  title: "Verser la subvention\n', "QP002", 13, 10),
    "no closing single quote": (TITLE, "  title: 'Verser la subvention\n", "QP002", 13, 10),
    "no closing bracket": ("debtors: [ville]\n", "debtors: [ville\n", "QP002", 15, 12),
    "no closing brace": ("P1M, from: signature}", "P1M, from: signature", "QP002", 18, 8),
    "no closing brace of two": ("regime: duree}}", "regime: duree}", "QP002", 5, 7),
    "a brace too many": ("regime: duree}}", "regime: duree}}}", "QP002", 5, 75),
    "no comma": ("within: P1M, from", "within: P1M from", "QP002", 18, 21),
    "a semicolon": ("within: P1M, from", "within: P1M; from", "QP002", 18, 22),
    "parentheses": ("{within: P1M, from: signature}", "(within: P1M, from: signature)", "QP002", 18, 15),
    **{
        f"a value that begins with {sign}": (TITLE, f"  title: {sign}Verser\n", code, 13, 10)
        for sign, code in [*((each, "QP002") for each in "%@`|>,]}"), *((each, "QP004") for each in "*&!")]
    },
    "one blank too many": (TITLE, f" {TITLE}", "QP002", 13, 9),
    "one blank too few": (TITLE, TITLE[1:], "QP002", 13, 2),
    "one blank too many after brackets": ("  kind: one-off\n", "   kind: one-off\n", "QP002", 17, 4),
    "one blank too few after brackets": ("  kind: one-off\n", " kind: one-off\n", "QP002", 17, 2),
    "no indentation": ("  clause: art. 3\n", "clause: art. 3\n", "QP002", 14, 1),
    "one blank before a dash": ("- id: programme", " - id: programme", "QP002", 19, 2),
    "one blank before a key": ("parties:\n", " parties:\n", "QP002", 8, 2),
    "a text on two lines": (TITLE, "  title: Verser\n  la subvention\n", "QP002", 14, 3),
    "tab as indentation": (TITLE, "\ttitle: Verser\n", "QP008", 13, 1),
    "tab after the colon": (TITLE, "  title:\tVerser\n", "QP008", 13, 9),
    "no-break spaces as indentation": (TITLE, "\xa0\xa0title: Verser\n", "QP008", 13, 1),
    "narrow no-break spaces as indentation": ("  kind: one-off\n", "\u202f\u202fkind: one-off\n", "QP008", 17, 1),
    "no-break space after the dash": ("- id: avance", "-\xa0id: avance", "QP008", 12, 2),
    "no-break space after the colon": ("  kind: one-off\n", "  kind:\xa0one-off\n", "QP008", 17, 8),
    "no-break space before the colon": ("  kind: one-off\n", "  kind\u202f: one-off\n", "QP008", 17, 7),
    "no-break space before a second colon": (TITLE, "  title: Objet\xa0: plan\n", "QP008", 13, 15),
    "a key twice": ("  clause: art. 3\n", "  clause: art. 3\n  clause: art. 5\n", "QP003", 15, 3),
    "a mark of conflict": ("  clause: art. 3\n", "<<<<<<< HEAD\n  clause: art. 3\n", "QP007", 14, 1),
    "a second document": ("parties:\n", "---\nparties:\n", "QP004", 8, 1),
}
"""Each of them ends reading: one thing is said."""

VALUES: dict[str, tuple[str, str, str, int, int]] = {
    "no blank between braces": ("within: P1M, from", "within:P1M, from", "QP108", 18, 8),
    "no blank after a comma": ("P1M, from: signature", "P1M, from:signature", "QP101", 18, 22),
    "no blank in an id": ("{id: signature,", "{id:signature,", "QP101", 7, 4),
    "a day as France writes it": ("date: 2026-09-01", "date: 18/03/2021", "QP106", 7, 60),
    "a day in words": ("date: 2026-09-01", "date: 1er septembre 2026", "QP106", 7, 60),
    "month first": ("date: 2026-09-01", "date: 03/18/2021", "QP106", 7, 60),
    "a day that is awaited": ("date: 2026-09-01", "date: à venir", "QP106", 7, 60),
    "a day in curly quotes": ("date: 2026-09-01", "date: “2026-09-01”", "QP106", 7, 60),
    "curly quotes": ("- id: avance", "- id: “avance”", "QP105", 12, 7),
    "curly quotes in a list": ("debtors: [ville]", "debtors: [“ville”]", "QP105", 15, 13),
    "guillemets": ("  kind: one-off\n", "  kind: « one-off »\n", "QP104", 17, 9),
    "the format in curly quotes": ("format: qp/1", "format: “qp/1”", "QP109", 1, 9),
    "how often": ("kind: recurring", "kind: annuel", "QP104", 30, 9),
    "how often, feminine": ("kind: recurring", "kind: trimestrielle", "QP104", 30, 9),
    "a kind in French": ("kind: one-off", "kind: ponctuel", "QP104", 17, 9),
    "a kind that is none": ("kind: one-off", "kind: important", "QP104", 17, 9),
    "yes in French": ("signatory: true", "signatory: oui", "QP103", 9, 48),
    "yes in English": ("signatory: true", "signatory: yes", "QP103", 9, 48),
    "a number of days": ("signature: signature", "due_soon_days: 30 jours", "QP103", 4, 16),
    "thousands and a comma": ("kind: one-off\n", "kind: one-off\n  amount: 30 000,50\n", "QP103", 18, 11),
    "a comma in braces": ("kind: one-off\n", "kind: one-off\n  amount: {value: 30000,50}\n", "QP101", 18, 25),
    "a comma on a line": ("kind: one-off\n", "kind: one-off\n  amount:\n    value: 30000,50\n", "QP105", 19, 12),
    "a list without brackets": ("debtors: [ville]", "debtors: ville", "QP103", 15, 12),
    "a list in parentheses": ("debtors: [ville]", "debtors: (ville)", "QP103", 15, 12),
    "a list with one bracket": ("debtors: [ville]", "debtors: ville]", "QP103", 15, 12),
    "a key in French": (TITLE, TITLE.replace("title", "titre"), "QP101", 13, 3),
    "another word for a key": ("  kind: one-off\n", "  type: one-off\n", "QP101", 17, 3),
    "a key spelt wrong": (TITLE, TITLE.replace("title", "titel"), "QP101", 13, 3),
    "a key left out": (TITLE, "", "QP102", 12, 3),
    "no format": ("format: qp/1\n", "", "QP102", 1, 1),
    "an origin of all": ("signature: signature\n", "origin: signature\n", "QP101", 4, 1),
    "an origin in a due date": ("P1M, from: sig", "P1M, origin: sig", "QP101", 18, 22),
    "a due date one group too high": (
        "due: {within: P2Y, from: signature, regime: duree}",
        "within: P2Y, from: signature",
        "QP101",
        5,
        24,
    ),
    "a group for a period": (
        "regime: duree}}",
        "regime: duree}, notice: {at_least: P2M, before: terme}}",
        "QP103",
        5,
        84,
    ),
    "a list of one kind": ("kind: one-off", "kind: [one-off]", "QP104", 17, 9),
    "a list of one day": ("date: 2026-09-01", "date: [2026-09-01]", "QP106", 7, 60),
    "a list of one event": ("P1M, from: signature", "P1M, from: [signature]", "QP108", 18, 28),
    "nothing after the colon": (TITLE, "  title:\n", "QP103", 13, 9),
    "a party spelt wrong": ("debtors: [association]", "debtors: [asociation]", "QP202", 22, 13),
    "a party that is not there": ("debtors: [association]", "debtors: [prefecture]", "QP202", 22, 13),
    "an id twice": ("- id: comite", "- id: avance", "QP201", 26, 7),
}
"""Each of them is one error, and what to do is said of it."""
FILES: dict[str, tuple[bytes, str]] = {
    "a mark of the order of bytes": (b"\xef\xbb\xbf" + CONVENTION.encode(), ""),
    "UTF-16": (CONVENTION.encode("utf-16"), "QP001"),
    "UTF-16 without its mark": (CONVENTION.encode("utf-16-le"), "QP001"),
    "Windows-1252": (CONVENTION.encode("cp1252"), "QP001"),
    "ends of lines of Windows": (CONVENTION.replace("\n", "\r\n").encode(), ""),
    "an empty file": (b"", "QP011"),
    "a letter": (b"Convention entre la Ville\net l'Association\n", "QP011"),
}


@pytest.fixture
def told(qp, tmp_path, monkeypatch):
    """The findings of `qp check` on these files, as it writes them but for the lines they show."""
    monkeypatch.chdir(tmp_path)

    def look(language, convention, journal=None):
        written = convention if isinstance(convention, bytes) else convention.encode()
        Path("convention.yaml").write_bytes(written)
        Path("journal.yaml").unlink(missing_ok=True)
        if journal:
            Path("journal.yaml").write_text(journal, encoding="utf-8")
        parts = [part for part in qp("--lang", language, "check").out.split("\n\n") if part[:1].isalpha()]
        lines = [line for part in parts for line in part.splitlines() if not line.lstrip(" 0123456789").startswith("|")]
        return [line for line in lines if ".yaml:" in line or line.startswith("    → ")]

    return look


def changed(old, new):
    assert old in CONVENTION
    return CONVENTION.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"), [*MISTAKES.values(), *VALUES.values()], ids=[*MISTAKES, *VALUES]
)
def test_a_first_mistake_is_told_once_on_its_line_with_what_to_do(told, old, new, code, line, column):
    said = told("en", changed(old, new))
    assert said[0].startswith(f"convention.yaml:{line}:{column}: {code} error: "), said
    assert [each for each in said if " error: " in each] == said[:1]
    assert said[1].startswith("    → "), said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_first_mistake_has_the_words_that_were_read_and_kept(told, request, language):
    texts = [
        f"# {name}\n" + "\n".join(told(language, changed(old, new)))
        for name, (old, new, *_) in (MISTAKES | VALUES).items()
    ]
    kept, found = GOLDEN / f"first-{language}.txt", "\n\n".join(texts) + "\n"
    if request.config.getoption("--update-golden"):
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES)
def test_what_another_program_saved_is_read_or_told_once_with_what_to_do(told, content, code):
    said = told("fr", content)
    assert [line.split()[1] for line in said if ".yaml:" in line] == ([code] if code else [])
    assert not code or said[1].startswith("    → ")


def test_a_file_under_another_ending_is_told(qp, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("convention.yaml").write_text(CONVENTION, encoding="utf-8")
    Path("journal.yml").write_text(JOURNAL, encoding="utf-8")
    answer = qp("check", "--lang", "en")
    assert "journal.yml" in answer.out
    assert "journal.yaml" in answer.out
    assert answer.code == 1


SINGLE = re.compile(r"(?<=[{ ,])(\w+): ([^\[{},\n]+)(?=[},\n])")
"""A key and the single value after it."""


@pytest.mark.parametrize("wrapped", ["[{}]", "{{value: {}}}", "[[{}]]"])
def test_a_single_value_that_was_wrapped_is_told_as_it_is_written(told, wrapped):
    tried = set()
    for found in SINGLE.finditer(CONVENTION):
        key, value = found.groups()
        if key == "id" or (key in {"from", "on"} and wrapped != "[{}]") or key in tried:
            continue
        tried.add(key)
        text = f"{CONVENTION[: found.start(2)]}{wrapped.format(value)}{CONVENTION[found.end(2) :]}"
        quotes = ('"', '"') if "'" in value else ("", "")
        assert f"    → Write {key}: {value.join(quotes)}" in told("en", text), (key, value)
    assert {"title", "date", "name", "signatory", "clause", "kind", "within", "every", "regime"} <= tried


def test_what_is_several_or_of_another_kind_is_proposed_as_no_single_value(told):
    for old, new in (
        ("  title: Verser la subvention", "  title: [Verser, Payer]"),
        ("  title: Verser la subvention", "  title: [12]"),
        ("kind: one-off", "kind: [important]"),
        ("within: P1M", "within: [P1M, P2M]"),
        ("within: P1M", "within: {months: 1}"),
        ("P1M, from: signature", "P1M, from: {within: P1M}"),
        ("signatory: true", "signatory: [ville]"),
    ):
        said = told("en", changed(old, new))
        assert not [each for each in said if "→ Write" in each], said


def test_a_fact_by_a_list_of_one_party_names_it(told):
    said = told("en", CONVENTION, JOURNAL.replace("on:", "by: [ville], on:"))
    assert said[1:] == ["    → Write by: ville"]


def test_a_list_without_its_key_in_the_journal_is_told_there(told):
    said = told("en", CONVENTION, JOURNAL.replace("facts:\n", ""))
    assert said[0].startswith("journal.yaml:2:1: QP002 error: A list begins here")


def test_a_fact_whose_day_stands_under_another_key_is_told_once(told):
    said = told("en", CONVENTION, JOURNAL.replace(" on:", " date:"))
    assert said == ["journal.yaml:3:50: QP101 error: Unknown key “date”", "    → Did you mean: on?"]
