"""What is said of values and lines that are easily written wrong, word for word, in both languages.

`pytest tests/checks/test_messages.py --update-golden` writes it again, to be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("messages")
CONVENTION = """\
format: qp/1
id: essai
title: Essai
events:
  - {id: signature, title: Signature, date: 2021-03-18}
  - {id: reunion, title: Réunion, repeats: true}
signature: signature
term: {due: {within: P3Y, from: signature}}
parties:
  - {id: metropole, name: Métropole d'Essai}
  - {id: ville, name: Ville}
engagements:
  - id: bilan
    title: Bilan
    debtors: [ville]
    kind: recurring
    due: {every: P1Y, from: signature}
  - id: plan
    title: Plan
    debtors: [metropole]
    kind: one-off
    due: {within: P6M, from: signature}
"""
LAYOUT = [
    "a: un\n  # note\n  deux\n",
    "a:\n  un\n# note\n  deux\n",
    "a: un # note\n  deux\n",
    "a: 'un'\n  # note\n  deux\n",
    "a: [un]\n  deux\n",
    "a: [un\n  # note\n  deux]\n",
    "a: b\n: c\n",
    "a:\n  - : c\n",
    "a: {b: c, : d}\n",
    "a: [un,\n  deux\n  trois: x\n  ]\n",
    "a: {\n  un: 1\n  deux: 2\n }\n",
    "a: [\n  {x: 1}\n  {y: 2}\n ]\n",
    "a: {\n  un: 1,\n  deux: 2]\n",
    "a: [un,\n  deux\nb: c\n",
    "...\n",
    "# note\n...\n",
    'a: "\\t"\n',
    'a: "C:\\Notes"\n',
    'a: "x\\u202Ey"\n',
    "a: [?x]\n",
    "a: {?x: 1}\n",
    "a: {{ titre }}\n",
    "a: {{titre}} suite\n",
    "{{ a }}: b\n",
    "a: {% if x %}\n",
]
"""Whole files: what stands on their lines is wrong before any of it has a meaning."""
VALUES = [
    ("title: Essai", "title: Essai\ndue_soon_days: '30'"),
    ("title: Essai", "title: Essai\ndue_soon_days: 30 jours"),
    ("title: Essai", "title: Essai\ndue_soon_days: .nan"),
    ("title: Essai", "title: {Essai}"),
    ("repeats: true", "repeats: 'true'"),
    ("repeats: true", "repeats: oui"),
    ("date: 2021-03-18", "date: '2021-03-18'"),
    ("date: 2021-03-18", "date: 2026-02-31"),
    ("date: 2021-03-18", "date: '2026-02-31'"),
    ("date: 2021-03-18", "date: 31/04/2026"),
    ("date: 2021-03-18", "date: 2026-13-01"),
    ("date: 2021-03-18", "date: signature"),
    ("from: signature}\n  - id", "from: 2026-02-31}\n  - id"),
    ("from: signature}\n  - id", "from: '2021-03-18'}\n  - id"),
    ("from: signature}\n  - id", "from: 18/03/2021}\n  - id"),
    ("from: signature}\n  - id", "from: [signature, reunion]}\n  - id"),
    ("debtors: [metropole]", "debtors: [métropole]"),
    ("debtors: [metropole]", 'debtors: ["Métropole d\'Essai"]'),
    ("debtors: [metropole]", "debtors: metropole, ville"),
    ("id: ville", "id: métropole"),
    ("id: ville", "id: Région Sud"),
    ("every: P1Y", "every: 10 jours ouvrés"),
    ("every: P1Y", "every: 3 trimestres"),
    ("within: P6M", "within: six mois"),
    ("within: P3Y, from: signature", "within: P3Y, from: reunion"),
    ("within: P6M, from: signature", "within: P6M, from: reunion"),
    ("within: P6M, from: signature", "at_least: P15D, before: reunion"),
    ("every: P1Y, from: signature", "every: P1Y, from: reunion"),
    ("{within: P6M, from: signature}", "P6M"),
    ("{within: P6M, from: signature}", "18/09/2021"),
    ("{within: P6M, from: signature}", "{from: signature}"),
    ("{within: P6M, from: signature}", "{before: terme}"),
    ("{within: P6M, from: signature}", "{within: P6M, before: terme}"),
    ("{within: P6M, from: signature}", "{within: P6M, on: 2021-09-18}"),
    ("{within: P6M, from: signature}", "{latest_of: [signature]}"),
    ("{within: P6M, from: signature}", "{earliest_of: [{within: P6M, from: signature}]}"),
    ("date: 2021-03-18}", "date: 2021-03-18, clause: art. 6, al. 2}"),
    ("date: 2021-03-18}", "date: 2021-03-18, clause: art. 6, al. 2, phrase 1}"),
    ("title: Essai", "title: Essai\nalinea:"),
    ("title: Signature, date: 2021-03-18", "title: Signature, when: signature"),
    ("name: Ville}", "name: Ville, contact: mairie@ville.example}"),
    ("name: Ville}", "name: Ville, contact: 01 23 45 67 89}"),
    ("name: Ville}", "name: Ville, contact: Jeanne Dupont}"),
    ("{id: ville, name: Ville}", "ville"),
    ("title: Plan", "title: Plan\n    amount: 30000"),
    ("title: Plan", "title: Plan\n    amount: 30 000,50 €"),
    ("signature}}", "signature}, renewal: P3Y}"),
    ("signature}}", "signature}}\nrenewal: {every: P3Y}"),
    ("signature}}", "signature}}\nopen_ended: true"),
    ("{due: {within: P3Y, from: signature}}", "2024-03-18"),
    ("title: Essai", "title: Essai\nsource: Bulletin officiel"),
]
"""What stands in the convention, and what is written instead."""
CHANGES = [
    "{change: extend, target: plan, by: 10 jours ouvrés}",
    "{change: due, target: bilan, due: {on: 2023-05-01}}",
    "{change: due, target: bilan, occurrence: 2023-03-18, due: {every: P1Y, first: 2023-05-01}}",
    "{change: due, target: terme, due: {within: P6M, from: reunion}}",
    "{change: end, target: Plan}",
    "{change: extend, engagement: plan, by: P3M}",
    "{change: add, party: hameau}",
    "{change: add, event: livraison}",
]
"""What an avenant says."""
FACTS = [
    "{id: f-1, kind: terminated, on: 2022-01-05, engagement: terme}",
    "{id: f-1, kind: terminated, on: 2022-01-05, engagement: plan}",
    "{id: f-1, kind: denounced, on: 2022-01-05, by: ville, target: terme}",
    "{id: f-1, kind: fulfilled, on: 2022-01-05, target: plan}",
    "{id: f-1, kind: occurred, on: 2022-01-05, engagement: reunion}",
    "{id: f-1, kind: fulfilled, on: 2022-01-05, engagement: plan, proof: plan.pdf}",
]
"""What the journal says."""
JOURNAL = "format: qp/1\nfacts:\n  - {id: f-1, kind: amended, on: 2022-01-05, title: Avenant, changes: [%s]}\n"
LONE = "format: qp/1\nfacts:\n  - %s\n"


@pytest.fixture
def errors(qp, tmp_path, monkeypatch):
    """The errors that `qp check` finds in these files, as it writes them."""
    monkeypatch.chdir(tmp_path)

    def look(language, convention, journal=None):
        Path("convention.yaml").write_text(convention, encoding="utf-8")
        Path("journal.yaml").unlink(missing_ok=True)
        if journal:
            Path("journal.yaml").write_text(journal, encoding="utf-8")
        found = qp("--lang", language, "check").out.split("\n\n")
        said = [part for part in found if f" {'erreur' if language == 'fr' else 'error'}: " in part.splitlines()[0]]
        assert said, (convention, journal, found)
        return "\n".join(line for part in said for line in part.splitlines() if not is_shown(line))

    return look


def is_shown(line):
    """Whether a line only shows the file, which the golden has above."""
    return line.lstrip(" 0123456789").startswith("|")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_message_is_the_one_that_was_read_and_kept(errors, request, language):
    told = [f"{text.rstrip()}\n{errors(language, text)}\n" for text in LAYOUT]
    for instead_of, written in VALUES:
        assert instead_of in CONVENTION
        found = errors(language, CONVENTION.replace(instead_of, written, 1))
        told.append(f"{written.partition(chr(10) + '  - id')[0]}\n{found}\n")
    told += [f"{change}\n{errors(language, CONVENTION, JOURNAL % change)}\n" for change in CHANGES]
    told += [f"{fact}\n{errors(language, CONVENTION, LONE % fact)}\n" for fact in FACTS]
    kept = GOLDEN / f"{language}.txt"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text("\n".join(told), encoding="utf-8")
    assert "\n".join(told) == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", LAYOUT)
def test_of_a_text_that_cannot_be_read_one_thing_is_said(errors, text):
    assert errors("en", text).count(" error: ") == 1


@pytest.mark.parametrize("day", ["2026-02-31", "2026-04-31", "2026-13-01", "'2026-02-31'", "31/02/2026"])
@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("date: 2021-03-18", "date: {day}"),
        ("from: signature}\n  - id", "from: {day}}\n  - id"),
        ("{within: P6M, from: signature}", "{on: {day}}"),
        ("every: P1Y, from: signature", "every: P1Y, first: {day}"),
    ],
)
def test_of_a_day_out_of_the_calendar_one_thing_is_said(errors, place, written, day):
    text = CONVENTION.replace(place, written.replace("{day}", day), 1)
    assert day in text
    assert errors("en", text).count(" error: ") == 1, text


def test_a_day_out_of_the_calendar_where_a_text_stands_is_told_once(errors):
    assert errors("en", CONVENTION.replace("title: Essai", "title: 2026-02-31")).count(" error: ") == 1
