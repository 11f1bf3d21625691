"""Proofs: files of the journal's folder and nothing else, whatever a name says."""

from __future__ import annotations

import hashlib
import os

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.proofs import ProofFile, Trouble, read_proofs
from qp_cli.store.repository import read_repository

CONVENTION = """\
format: qp/1
id: essai
title: Essai
parties: [{id: ville, name: Ville}]
engagements:
  - {id: plan, title: Plan, clause: art. 2, debtors: [ville], kind: one-off}
"""
CONTENT = b"proof\n"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "outside.txt").write_bytes(CONTENT)
    inside = tmp_path / "depot"
    (inside / "preuves").mkdir(parents=True)
    (inside / "preuves" / "plan.txt").write_bytes(CONTENT)
    (inside / "convention.yaml").write_text(CONVENTION, "utf-8")
    return inside


@pytest.fixture
def given(folder):
    """The repository whose one fact has this proof."""

    def write(proof):
        fact = f"{{id: f-1, kind: fulfilled, engagement: plan, on: 2022-02-01, proof: {proof}}}"
        text = f"format: qp/1\nfacts:\n  - {fact}\n"
        (folder / "journal.yaml").write_text(text, "utf-8")
        return read_repository(folder)

    return write


def codes(repository):
    return [(each.code, str(each.message)) for each in examine(repository)]


def test_a_file_that_is_there_and_unchanged_is_a_proof(given):
    repository = given(f"{{file: preuves/plan.txt, sha256: {SHA}}}")
    assert codes(repository) == []
    assert read_proofs(repository) == {"preuves/plan.txt": ProofFile(SHA)}


def test_a_change_of_one_byte_is_seen_and_the_new_fingerprint_given(given, folder):
    repository = given(f"{{file: preuves/plan.txt, sha256: {SHA}}}")
    (folder / "preuves" / "plan.txt").write_bytes(CONTENT + b" ")
    (found,) = examine(repository)
    assert (found.code, found.span.line, found.span.column) == ("QP411", 3, 106)
    assert hashlib.sha256(CONTENT + b" ").hexdigest() in str(found.hint)


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("preuves/autre.txt", Trouble.MISSING),
        ("preuves/plan.txt/plan", Trouble.MISSING),
        ("preuves", Trouble.NO_FILE),
        (".", Trouble.OUTSIDE),
        ("../outside.txt", Trouble.OUTSIDE),
        ("preuves/../../outside.txt", Trouble.OUTSIDE),
        ("/etc/passwd", Trouble.OUTSIDE),
        ("C:/windows/win.ini", Trouble.OUTSIDE),
        ("C:plan.txt", Trouble.OUTSIDE),
        ("//serveur/partage/plan.txt", Trouble.OUTSIDE),
        ("preuves\\\\plan.txt", Trouble.OUTSIDE),
        ("x" * 400, Trouble.UNREADABLE),
    ],
)
def test_a_name_leads_to_a_file_of_the_folder_or_is_refused(given, name, trouble):
    repository = given(f'{{file: "{name}"}}')
    (found,) = read_proofs(repository).values()
    assert found == ProofFile(trouble=trouble)
    assert [code for code, _ in codes(repository)] == ["QP410"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_a_pipe_is_not_waited_for(given, folder):
    os.mkfifo(folder / "preuves" / "tube")
    assert read_proofs(given("{file: preuves/tube}")) == {"preuves/tube": ProofFile(trouble=Trouble.NO_FILE)}


@pytest.mark.parametrize("name", ["lien.txt", "lien/outside.txt"])
def test_a_symbolic_link_is_refused_wherever_it_leads(given, folder, name):
    try:
        (folder / "lien.txt").symlink_to(folder / "preuves" / "plan.txt")
        (folder / "lien").symlink_to(folder.parent, target_is_directory=True)
    except OSError:
        pytest.skip("symbolic links need a right here")
    repository = given(f"{{file: {name}}}")
    assert read_proofs(repository) == {name: ProofFile(trouble=Trouble.LINK)}
    assert [code for code, _ in codes(repository)] == ["QP410"]


@pytest.mark.parametrize(
    ("proof", "word"),
    [
        ("{file: preuves/plan.txt}", "no fingerprint"),
        (f"{{sha256: {SHA}}}", "no file"),
        ("{}", "shows nothing"),
        (f"{{url: https://exemple.fr/pv, sha256: {SHA}}}", "no file"),
    ],
)
def test_a_proof_that_proves_little_says_so(given, proof, word):
    ((code, message),) = codes(given(proof))
    assert (code, word in message) == ("QP412", True)


def test_an_address_is_a_proof_and_nothing_is_fetched(given):
    assert codes(given("{url: https://exemple.fr/pv}")) == []
