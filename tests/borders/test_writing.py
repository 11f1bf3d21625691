"""An answer is written where it was asked for, and never over what people entered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qp_cli.cli.parser import COMMANDS as USAGE
from tests.borders.conftest import DAY, FACT, SECRET, entries, links

COMMANDS = [
    "status",
    "deadlines",
    "overdue",
    "show bilan",
    "log",
    "diff 2026-09-01 2026-10-01",
    "parties",
    "sites",
    "timeline",
    "report",
    "export ics",
    "export xlsx",
    "export csv",
    "export md",
    "export json",
    "check",
    "calc 2021-03-18 P6M",
    "schema",
    "rules",
]
ENTERED = ["data/convention.yaml", "data/sites.yaml", "data/journal.yaml", "parties.yaml"]
each_command = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture
def entered(hostile):
    """A repository with each of the four files, and a proof."""
    (hostile / "data" / "sites.yaml").write_text("format: qp/1\nsites: [{id: halle, name: Halle, commune: Bourg}]\n")
    (hostile / "parties.yaml").write_text("format: qp/1\nparties: [{id: ville, name: La Ville}]\n")
    return hostile


def contents(folder):
    return {name: (folder / name).read_bytes() for name in entries(folder) if (folder / name).is_file()}


def refused(answer, *words):
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.splitlines()[-1].startswith("qp: ")
    for word in words:
        assert word in answer.err


def test_a_name_that_no_system_takes_is_one_line(qp):
    answer = qp("calc", "2021-03-18", "P6M", "--output", "a\0b")
    refused(answer, "cannot be written: no system takes such a name")
    assert answer.err.count("\n") == 1


def test_every_command_with_output_is_tried_here(qp):
    with_output = {name for name in USAGE if "--output" in qp(name, "--help").out}
    folders = {"remind"}  # it names a folder, and no file in it: tests/cli/test_remind.py
    assert with_output == {words.split()[0] for words in COMMANDS} | folders


@each_command
def test_no_command_writes_over_a_file_that_it_reads(qp_process, entered, command):
    before = contents(entered)
    names = ENTERED if command == "export json" else ["data/journal.yaml"]
    for name in names:
        refused(qp_process(*command.split(), "--output", name, cwd=entered, environ=DAY), name, "a file that qp reads")
    assert contents(entered) == before


@pytest.mark.parametrize(
    "name",
    [
        "data/JOURNAL.YAML",
        "data/Journal.yaml",
        "data/journal.yml",
        "data/journal.yaml.",
        "data/journal.yaml ",
        "data/journal.yaml::$DATA",
        "data/jour\u200bnal.yaml",
        "data/../data/journal.yaml",
        "./data//journal.yaml",
        "ailleurs/journal.yaml",
        "nouveau.yaml/../data/journal.yaml",
    ],
)
def test_nor_under_another_spelling_of_its_name(qp_process, entered, name):
    (entered / "ailleurs").mkdir()
    (entered / "nouveau.yaml").mkdir()
    before = contents(entered)
    refused(qp_process("export", "json", "--output", name, cwd=entered, environ=DAY))
    assert contents(entered) == before


@links()
@each_command
def test_nor_through_a_link_to_it(qp_process, entered, command):
    (entered / "page.html").symlink_to("data/journal.yaml")
    (entered / "public").symlink_to("data")
    (entered / "data" / "page.html").symlink_to("journal.yaml")
    before = contents(entered)
    names = ["page.html", "public/journal.yaml", "public/page.html", str(entered / "page.html")]
    for name in names if command == "export json" else names[:1]:
        refused(qp_process(*command.split(), "--output", name, cwd=entered, environ=DAY))
    assert contents(entered) == before
    assert (entered / "page.html").is_symlink()


@links()
@each_command
def test_nor_by_a_hard_link_to_it(qp_process, entered, command):
    os.link(entered / "data" / "journal.yaml", entered / "page.html")
    before = contents(entered)
    refused(qp_process(*command.split(), "--output", "page.html", cwd=entered, environ=DAY), "hard link")
    assert contents(entered) == before
    assert (entered / "page.html").samefile(entered / "data" / "journal.yaml")


@pytest.mark.parametrize("name", ["preuves/plan.pdf", "preuves/l'arrêté n°2.pdf", "bilan.html"])
@pytest.mark.parametrize("command", ["status", "report", "export json", "calc 2021-03-18 P6M"])
def test_nor_over_the_proof_of_a_fact(qp_process, repository, command, name):
    folder = repository(journal=[{**FACT, "proof": {"file": name}}])
    proof = folder / "data" / name
    proof.parent.mkdir(exist_ok=True)
    proof.write_text("la preuve")
    refused(qp_process(*command.split(), "--output", f"data/{name}", cwd=folder, environ=DAY), "proof of a fact")
    assert proof.read_text() == "la preuve"
    other = qp_process(*command.split(), "--output", "data/page.html", cwd=folder, environ=DAY)
    again = qp_process(*command.split(), "--output", "data/page.html", cwd=folder, environ=DAY)
    assert (other.code, again.code) == (0, 0)


def test_nor_over_a_proof_of_a_journal_that_cannot_be_read(qp_process, repository):
    folder = repository()
    (folder / "data" / "journal.yaml").write_text("format: qp/1\nfacts: [{proof: {file: plan.pdf}\n")
    (folder / "data" / "plan.pdf").write_text("la preuve")
    refused(qp_process("calc", "2021-03-18", "P6M", "--output", "data/plan.pdf", cwd=folder))
    assert (folder / "data" / "plan.pdf").read_text() == "la preuve"


ELSEWHERE = [".git/hooks/pre-commit", "../secrets/id_rsa", "../secrets/neuf", ".github/ci.yml"]


@links()
@pytest.mark.parametrize(
    ("command", "target"),
    [(command, ELSEWHERE[0]) for command in COMMANDS] + [("report", target) for target in ELSEWHERE[1:]],
)
def test_a_committed_link_that_leads_elsewhere_is_not_written_through(qp_process, hostile, command, target):
    (hostile / ".git" / "hooks").mkdir(exist_ok=True)
    (hostile / "page.html").symlink_to(target)
    refused(qp_process(*command.split(), "--output", "page.html", cwd=hostile, environ=DAY), "leads elsewhere")
    assert not (hostile / ".git" / "hooks" / "pre-commit").exists()
    assert entries(hostile.parent / "secrets") == ["id_rsa", "journal.yaml"]
    assert (hostile.parent / "secrets" / "id_rsa").read_text() == f"{SECRET}\n"
    assert (hostile / "page.html").is_symlink()


@links()
@pytest.mark.parametrize("target", [".git/hooks", "../secrets", "/"])
@pytest.mark.parametrize("command", ["status", "check"])
def test_nor_through_a_committed_link_to_a_folder(qp_process, hostile, command, target):
    (hostile / ".git" / "hooks").mkdir(exist_ok=True)
    (hostile / "public").symlink_to(target)
    for name in ("public/qp-marker", str(hostile / "public" / "qp-marker")):
        refused(qp_process(*command.split(), "--output", name, cwd=hostile, environ=DAY), "leads elsewhere")
    assert not (hostile / "public" / "qp-marker").exists()


@links()
def test_a_chain_of_links_is_followed_to_its_end(qp_process, hostile):
    (hostile / "a.html").symlink_to("b.html")
    (hostile / "b.html").symlink_to("../secrets/id_rsa")
    refused(qp_process("status", "--output", "a.html", cwd=hostile, environ=DAY), "leads elsewhere")
    assert (hostile.parent / "secrets" / "id_rsa").read_text() == f"{SECRET}\n"


@links()
def test_a_link_of_ones_own_outside_of_any_repository_is_followed(qp_process, hostile, tmp_path):
    (tmp_path / "disque" / "pages").mkdir(parents=True)
    (tmp_path / "pages").symlink_to("disque/pages")
    answer = qp_process("status", "--output", str(tmp_path / "pages" / "page.txt"), cwd=hostile, environ=DAY)
    assert answer.code == 0
    assert (tmp_path / "disque" / "pages" / "page.txt").exists()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no such device")
def test_a_link_of_the_systems_own_is_followed(qp_process, hostile):
    answer = qp_process("calc", "2021-03-18", "P6M", "--output", "/dev/stdout", cwd=hostile)
    assert (answer.code, answer.out) == (0, qp_process("calc", "2021-03-18", "P6M", cwd=hostile).out)


@links()
@pytest.mark.parametrize("fix", [False, True])
def test_record_and_fix_write_through_no_link(qp_process, hostile, fix):
    journal, secret = hostile / "data" / "journal.yaml", hostile.parent / "secrets" / "journal.yaml"
    secret.write_bytes(journal.read_bytes() + b"# \r\n")
    before = secret.read_bytes()
    journal.unlink()
    journal.symlink_to("../../secrets/journal.yaml")
    if fix:
        assert qp_process("check", "--fix", cwd=hostile).code == 3
    else:
        assert qp_process("record", "fulfilled", "bilan", cwd=hostile, environ=DAY).code == 3
    assert secret.read_bytes() == before
    assert journal.is_symlink()


@links()
@pytest.mark.parametrize("target", ["../../secrets/id_rsa", "../../secrets/neuf", "../.git/hooks/pre-commit"])
def test_record_takes_no_link_for_its_lock(qp_process, hostile, target):
    (hostile / "data" / ".journal.yaml.lock").symlink_to(target)
    (hostile / "data" / "journal.yaml").unlink()
    answer = qp_process("record", "waived", "bilan", cwd=hostile, environ=DAY)
    assert answer.code == 2
    assert ".journal.yaml.lock" in answer.err
    assert not (hostile / "data" / "journal.yaml").exists()
    assert entries(hostile.parent / "secrets") == ["id_rsa", "journal.yaml"]
    assert (hostile.parent / "secrets" / "id_rsa").read_text() == f"{SECRET}\n"


@links()
def test_record_writes_into_no_folder_behind_a_link_that_leads_out(qp_process, hostile, tmp_path):
    (hostile / "data").rename(tmp_path / "secrets" / "data")
    (hostile / "data").symlink_to("../secrets/data")
    for place in ([], ["--data", "."], ["--data", "data"]):
        answer = qp_process("record", "waived", "bilan", *place, cwd=hostile, environ=DAY)
        assert answer.code == 3
        assert "leads out of the repository" in answer.err
    assert entries(tmp_path / "secrets" / "data") == ["convention.yaml", "journal.yaml"]
