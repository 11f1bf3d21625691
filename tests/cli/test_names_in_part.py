"""A name typed in part: what reads takes it and says so, what writes proposes it, or asks at a terminal."""

from __future__ import annotations

import os

import pytest

from qp_cli.names import nearest
from tests.cli.test_record import CONVENTION
from tests.tracking.building import SHIPPED

READ = [
    (("show", "référent"), ("show", "etat-referent"), "“référent”: etat-referent ("),
    (("show", "instruction", "--format", "json"), ("show", "instruction-projets", "--format", "json"), "“instruction”"),
    (("log", "--engagement", "référent"), ("log", "--engagement", "etat-referent"), "“référent”: etat-referent ("),
    (("log", "--site", "nord"), ("log", "--site", "marseille-nord"), "“nord”: marseille-nord"),
    *(
        (
            (*command, "--party", "caisse"),
            (*command, "--party", "banque-des-territoires"),
            "“caisse”: banque-des-territoires (Banque des Territoires",
        )
        for command in (
            ("deadlines",),
            ("deadlines", "--format", "csv"),
            ("overdue",),
            ("log",),
            ("timeline",),
            ("report",),
            ("export", "ics"),
            ("export", "md"),
        )
    ),
    *(
        (
            (*command, "--convention", "productifs"),
            (*command, "--convention", "quartiers-productifs-amp"),
            "“productifs”",
        )
        for command in ((), ("status",), ("parties",), ("deadlines", "--format", "json"))
    ),
]


@pytest.mark.parametrize(
    ("typed", "whole", "said"), READ, ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_what_reads_takes_the_one_that_is_meant_and_says_which(qp, typed, whole, said):
    answer, other = (qp(*each, "--data", str(SHIPPED), "--as-of", "2021-10-01") for each in (typed, whole))
    assert (answer.code, answer.out) == (other.code, other.out)
    assert answer.out
    [line] = [each for each in answer.err.splitlines() if each not in other.err.splitlines()]
    assert line.startswith(f"qp: {said}")


def test_several_names_of_one_command_are_each_taken(qp):
    answer = qp("deadlines", "--party", "ministère", "--party", "caisse", "--site", "nord", "--data", str(SHIPPED))
    whole = ("--party", "ministere-ville", "--party", "banque-des-territoires", "--site", "marseille-nord")
    expected = qp("deadlines", *whole, "--data", str(SHIPPED)).out
    assert answer.out.partition("qp deadlines")[0] == expected.partition("qp deadlines")[0]
    assert [line.partition(":")[2].strip() for line in answer.err.splitlines() if "“" in line] == [
        "“ministère”: ministere-ville (Ministère de la Ville)",
        "“caisse”: banque-des-territoires (Banque des Territoires (Caisse des Dépôts))",
        "“nord”: marseille-nord",
    ]


def test_what_is_said_beside_the_answer_is_said_once(qp, outside):
    assert outside
    one, other = qp("show", "référent"), qp("show", "etat-referent")
    assert other.err
    assert sorted(one.err.splitlines()[1:] + one.err.splitlines()[:1]) == sorted(
        [*other.err.splitlines(), *(line for line in one.err.splitlines() if "référent" in line)]
    )


def test_of_several_each_is_listed_with_its_title_on_one_line(qp):
    answer = qp("show", "moyens", "--data", str(SHIPPED), "--lang", "fr")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "metropole-moyens (Mobiliser les moyens" in answer.err
    assert "mobilisation-moyens (Mobiliser moyens humains" in answer.err


SITES = [{"id": name, "name": name.title(), "commune": "Aix"} for name in ("nord", "sud", "grande-halle")]


@pytest.fixture
def folder(repository):
    declared = {
        **CONVENTION,
        "parties": [*CONVENTION["parties"], {"id": "drac", "name": "Direction des affaires culturelles"}],
    }
    declared["engagements"] = [
        *CONVENTION["engagements"],
        {"id": "fonds-commun", "title": "Abonder le fonds", "debtors": ["drac"], "kind": "one-off"},
    ]
    return repository(declared, sites=SITES)


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("fulfilled", "fonds"), "fonds-commun (Abonder le fonds)"),
        (("suspended", "bilan", "fonds"), "fonds-commun (Abonder le fonds)"),
        (("amended", "fonds", "--title", "A", "--extend", "P1M"), "fonds-commun (Abonder le fonds)"),
        (("fulfilled", "fonds-commun", "--by", "culturelles"), "drac (Direction des affaires culturelles)"),
        (("fulfilled", "fonds-commun", "--site", "halle"), "grande-halle"),
    ],
)
def test_what_writes_proposes_it_and_writes_nothing(qp, folder, arguments, meant):
    journal = folder / "data" / "journal.yaml"
    before = journal.read_bytes() if journal.exists() else None
    answer = qp("record", *arguments, "--data", str(folder))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith(f"Did you mean {meant}?\n")
    assert (journal.read_bytes() if journal.exists() else None) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal of this kind")
@pytest.mark.parametrize("agreed", [True, False])
def test_at_a_terminal_it_is_asked_for(folder, clean_environ, agreed):
    from tests.cli.conversation import Conversation

    words = ["record", "fulfilled", "fonds", "--by", "culturelles", "--on", "2026-01-05"]
    talk = Conversation(words, folder, clean_environ(QP_LANG="en", QP_AS_OF="2026-11-23", TERM="dumb", PATH=""))
    talk.answer("Did you mean fonds-commun (Abonder le fonds)? [yes] ", "" if agreed else "no")
    if agreed:
        talk.answer("Did you mean drac (Direction des affaires culturelles)? [yes] ", "oui")
    code, _ = talk.end()
    written = (
        (folder / "data" / "journal.yaml").read_text("utf-8") if (folder / "data" / "journal.yaml").exists() else ""
    )
    assert code == (0 if agreed else 2)
    assert ("engagement: fonds-commun\n" in written and "by: drac\n" in written) == agreed


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("fictif-3", ["fictif-0013", "fictif-0003", "fictif-0030"], "fictif-0003"),
        ("montrivere", ["ct-1", "Territoire fictif 0003 – Montrivière"], "Territoire fictif 0003 – Montrivière"),
        ("Lion", ["Préfet du Rhône", "Métropole de Lyon"], "Métropole de Lyon"),
        ("rien", ["Métropole de Lyon"], None),
    ],
)
def test_names_are_near_by_their_words_and_by_their_numbers(typed, known, found):
    assert next(iter(nearest(typed, known)), None) == found
