"""Proofs by `qp record`: copied from elsewhere, given later, shown, cancelled; several engagements in one fact."""

from __future__ import annotations

import hashlib
import re

import pytest

DONE = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-30"}
CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "parties": [{"id": "ville", "name": "La Ville"}],
    "events": [{"id": "debut", "title": "Début", "date": "2025-10-01"}],
    "engagements": [
        {
            "id": "bilan",
            "title": "Remettre le bilan",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"on": "2026-10-01"},
        },
        {
            "id": "plan",
            "title": "Plan",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P2Y", "from": "debut"},
        },
        {
            "id": "avis",
            "title": "Avis",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P3Y", "from": "debut"},
        },
    ],
}


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, journal=[DONE])


@pytest.fixture
def run(qp, folder):
    """Runs a command on a repository with one fact."""
    return lambda *arguments, **more: qp(*arguments, "--data", str(folder), **more)


@pytest.fixture
def journal(folder):
    return lambda: (folder / "data" / "journal.yaml").read_text("utf-8")


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "bureau" / "Accusé : réception.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF")
    return path


def recorded(answer):
    assert answer.code == 0, answer.err
    return re.match(r"(f-[a-z0-9]{10}) recorded in ", answer.out)[1]


def test_a_proof_from_elsewhere_is_copied_where_that_is_asked_for(run, folder, journal, letter):
    refusal = run("record", "fulfilled", "plan", "--proof", str(letter))
    assert (refusal.code, refusal.out) == (2, "")
    assert "or add --copy-proof, which does it." in refusal.err
    assert not (folder / "data" / "preuves").exists()
    recorded(run("record", "fulfilled", "plan", "--proof", str(letter), "--copy-proof"))
    copy = folder / "data" / "preuves" / "Accusé - réception.pdf"
    assert copy.read_bytes() == letter.read_bytes()
    assert str(letter.parent) not in journal()
    assert hashlib.sha256(b"%PDF").hexdigest() in journal()
    assert run("check").code == 0
    again = run("record", "fulfilled", "plan", "--proof", str(copy), "--copy-proof", "--part", "1/2")
    assert "“plan” " in again.err  # what is there already is taken as it is; the rules speak of the fact alone
    assert len(list(copy.parent.iterdir())) == 1


def test_a_dry_run_or_a_refusal_copies_nothing(run, folder, letter):
    answer = run("record", "fulfilled", "plan", "--proof", str(letter), "--copy-proof", "--dry-run")
    assert answer.code == 0
    assert '    file: "preuves/Accusé - réception.pdf"\n' in answer.out
    assert f"would be copied from {letter}." in answer.err
    answer = run("record", "fulfilled", "bilan", "--proof", str(letter), "--copy-proof")
    assert answer.code == 2
    assert not (folder / "data" / "preuves").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["record", "proof", "f-1"], "--proof is missing: a file or a web address."),
        (["record", "fulfilled", "plan", "--copy-proof"], "--proof is missing: a file or a web address."),
        (["record", "proof", "f-9", "--proof", "https://exemple.fr/x"], "No fact is called “f-9”."),
        (
            ["record", "proof", "f-1", "--proof", "https://exemple.fr/x", "--by", "ville"],
            "--by does not go with proof.",
        ),
        (
            ["record", "proof", "f-1", "--proof", "https://exemple.fr/x", "--on", "2026-09-29"],
            "before the day of what it",
        ),
        (["record", "fulfilled", "plan", "avis"], "performance is of one target: this is not expected: avis"),
        (["record", "occurred", "demande", "20/04/2022"], "event: its day is said by --on 20/04/2022."),
        (
            ["--lang", "fr", "record", "fulfilled", "plan", "avis"],
            "exécution porte sur une seule chose\N{NO-BREAK SPACE}: avis n'est pas attendu",
        ),
        (["record", "suspended", "plan", "all"], "all is every engagement: name it alone."),
        (["record", "suspended", "plan", "tous"], "all is every engagement: name it alone."),
        (["record", "suspended", "all", "plan"], "all is every engagement: name it alone."),
        (["record", "suspended", "plan", "avis/ville"], "“avis/ville” is one obligation"),
        (["record", "suspended", "plan", "avi"], "No engagement is called “avi”."),
    ],
)
def test_what_makes_no_sense_is_refused(run, journal, arguments, words):
    before = journal()
    answer = run(*arguments)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert words in answer.err
    assert journal() == before


@pytest.mark.parametrize("word", ["all", "Tout", "tous", "toutes", "tous les engagements", "every engagement"])
def test_every_engagement_is_named_by_the_words_of_the_screens(run, journal, word):
    recorded(run("record", "suspendu", word, "--on", "2026-10-01"))
    recorded(run("record", "reprise", word, "--on", "2026-10-02"))
    assert journal().count("engagement: all\n") == 2


def test_an_engagement_that_is_called_so_is_itself(qp, repository):
    own = [CONVENTION["engagements"][0] | {"id": "tout"}, CONVENTION["engagements"][1]]
    folder = repository(CONVENTION | {"engagements": own}, journal=[], name="autre")
    assert qp("record", "suspendu", "tout", "--data", str(folder)).code == 0
    assert "engagement: tout\n" in (folder / "data" / "journal.yaml").read_text("utf-8")


def test_a_proof_given_later_is_shown_and_can_be_cancelled(run, journal, letter):
    proof = ["--proof", str(letter), "--copy-proof", "--on", "12/10/2026"]
    name = recorded(run("record", "preuve", "F-1", *proof))
    assert f"- id: {name}\n  kind: proof\n  fact: f-1\n  on: 2026-10-12\n" in journal()
    file = "preuves/Accusé - réception.pdf"
    assert (
        f"    proof: {file} (the file that was given), given on 12 October 2026 [{name}]\n" in run("show", "bilan").out
    )
    (shown,) = run("show", "bilan", "--format", "json").json["proofs"]
    assert (shown["fact"], shown["given_by"], shown["file"], shown["state"]) == ("f-1", name, file, "as-given")
    assert run("show", "bilan", "--as-of", "2026-10-11", "--format", "json").json["proofs"] == []
    assert "shows [f-1]: performance recorded, 30 September 2026" in run("log").out
    (told,) = (one for one in run("log", "--format", "json").json["facts"] if one["id"] == name)
    assert (told["completes"], told["cancels"], told["target"]) == ("f-1", None, "f-1")
    assert [one["id"] for one in run("log", "--engagement", "bilan", "--format", "json").json["facts"]] == ["f-1", name]
    refusal = run("record", "proof", "f-1", *proof)
    assert (refusal.code, "is already a proof of “f-1”" in refusal.err) == (2, True)
    recorded(run("record", "voided", name))
    assert run("show", "bilan", "--format", "json").json["proofs"] == []
    recorded(run("record", "proof", "f-1", *proof))
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        (lambda path: path.write_bytes(b"other"), "changed", "no longer the file that was given"),
        (lambda path: path.unlink(), "missing", "not in the folder"),
    ],
)
def test_show_says_what_became_of_a_proof(run, folder, letter, change, state, words):
    recorded(run("record", "fulfilled", "plan", "--proof", str(letter), "--copy-proof"))
    change(folder / "data" / "preuves" / "Accusé - réception.pdf")
    assert f"({words})" in run("show", "plan").out
    (shown,) = run("show", "plan", "--format", "json").json["proofs"]
    assert shown["state"] == state


def test_whoever_cancels_a_fact_hears_of_the_proof_that_shows_nothing_any_more(run):
    name = recorded(run("record", "proof", "f-1", "--proof", "https://exemple.fr/recu"))
    answer = run("record", "voided", "f-1")
    recorded(answer)
    assert name in answer.err
    assert "QP431" in run("check").out


def test_the_answer_says_how_to_take_a_fact_back_exactly_as_it_would_be_typed(qp, run, folder, monkeypatch):
    answer = run("record", "fulfilled", "plan")
    name = recorded(answer)
    command = f"qp record voided {name} --data {folder}"
    assert answer.out.splitlines()[-1] == f"To cancel it: {command}"
    assert "To cancel it" not in run(*command.split()[1:4]).out
    monkeypatch.chdir(folder)
    here = qp("record", "fulfilled", "plan")
    assert here.out.splitlines()[-1] == f"To cancel it: qp record voided {recorded(here)}"


def test_several_engagements_are_suspended_and_resumed_by_one_fact(run, journal):
    answer = run("record", "suspended", "PLAN", "avis", "plan", "--on", "2026-11-01")
    recorded(answer)
    assert "  engagement: [plan, avis]\n" in journal()
    assert {line.partition(":")[0] for line in answer.out.splitlines()[1:] if "/ville:" in line} == {
        "plan/ville",
        "avis/ville",
    }
    recorded(run("record", "resumed", "plan", "avis", "--on", "yesterday"))
    assert journal().count("  engagement: [plan, avis]\n") == 2
    assert "  on: 2026-11-22\n" in journal()
    recorded(run("record", "suspended", "plan", "plan", "--on", "aujourd'hui"))
    assert "  engagement: plan\n" in journal()


def test_the_file_that_showed_a_cancelled_fact_stays_and_that_is_said(run, folder, letter):
    name = recorded(run("record", "fulfilled", "plan", "--proof", str(letter), "--copy-proof"))
    other = recorded(run("record", "fulfilled", "avis", "--proof", str(folder / "data/preuves/Accusé - réception.pdf")))
    copy = folder / "data" / "preuves" / "Accusé - réception.pdf"
    undone = run("record", "voided", name)
    assert f"Accusé - réception.pdf stays where it is: {other} names it too.\n" in undone.out
    tried, undone = run("record", "voided", other, "--dry-run"), run("record", "voided", other)
    for answer in (tried, undone):
        assert "Accusé - réception.pdf stays where it is; no other fact names it.\n" in answer.out
    assert copy.read_bytes() == b"%PDF"


def test_what_was_given_later_is_told_too_and_what_is_not_there_is_not(run, folder, letter):
    name = recorded(run("record", "fulfilled", "plan", "--proof", "https://exemple.fr/pv"))
    recorded(run("record", "proof", name, "--proof", str(letter), "--copy-proof"))
    assert "stays where it is; no other fact names it." in run("record", "voided", name, "--dry-run").out
    (folder / "data" / "preuves" / "Accusé - réception.pdf").unlink()
    assert "stays where it is" not in run("record", "voided", name).out
