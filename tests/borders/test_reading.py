"""Reading stays inside the repository: ordinary files of it, so many bytes, and never a wait."""

from __future__ import annotations

import os
import socket

import pytest

from tests.borders.conftest import DAY, FACT, SECRET, links

READING = [
    "status",
    "deadlines",
    "show bilan",
    "log",
    "parties",
    "sites",
    "timeline",
    "report",
    "export json",
    "check",
    "check --format json",
    "check --format github",
    "check --fix",
    "record waived bilan --dry-run",
]
DATA = ["convention.yaml", "sites.yaml", "journal.yaml"]
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


def replaced(folder, name, target):
    path = folder / "data" / name
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def said(answer, words, code=3):
    assert SECRET not in answer.out + answer.err
    assert answer.code == code
    assert words in answer.err
    assert "error of its own" not in answer.err


@links()
@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("name", DATA)
def test_a_link_that_leads_out_of_the_repository_is_not_followed(qp_process, hostile, command, name):
    replaced(hostile, name, "../../secrets/journal.yaml")
    said(qp_process(*command.split(), cwd=hostile, environ=DAY), f"{name} cannot be read: it is reached by a link")


@links()
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("../.git/config", "leads out of the repository"),
        ("../.env.yaml", "leads out of the repository"),
        ("../secrets.txt", "no YAML file"),
        ("../../secrets/id_rsa", "leads out of the repository"),
        ("/proc/self/environ", "leads out of the repository"),
        ("nowhere.yaml", "leads nowhere"),
        ("../../secrets/nowhere.yaml", "leads nowhere"),
        ("journal.yaml", "round in a circle"),
        ("/dev/zero", "leads out of the repository"),
        ("../data", "folder"),
    ],
)
@pytest.mark.parametrize("command", ["status", "check", "check --fix"])
def test_nor_one_to_what_is_hidden_or_no_yaml_or_nowhere(qp_process, hostile, command, target, words):
    for name in (".env.yaml", "secrets.txt"):
        (hostile / name).write_text(f"token: {SECRET}\n")
    replaced(hostile, "journal.yaml", target)
    said(qp_process(*command.split(), cwd=hostile, environ=DAY), "journal.yaml cannot be read: ")
    if words != "folder":
        assert words in qp_process(*command.split(), cwd=hostile, environ=DAY).err


@links()
@pytest.mark.parametrize("place", [[], ["--data", "."], ["--data", "data"]])
@pytest.mark.parametrize("command", ["status", "check"])
def test_nor_a_folder_behind_such_a_link(qp_process, hostile, tmp_path, command, place):
    (hostile / "data").rename(tmp_path / "secrets" / "data")
    (hostile / "data").symlink_to("../secrets/data")
    answer = qp_process(command, *place, cwd=hostile, environ=DAY)
    said(answer, "convention.yaml cannot be read: it is reached by a link that leads out of the repository")


@links()
def test_a_link_inside_the_repository_is_followed(qp_process, hostile):
    (hostile / "commun").mkdir()
    (hostile / "data" / "journal.yaml").rename(hostile / "commun" / "faits.yaml")
    replaced(hostile, "journal.yaml", "../commun/faits.yaml")
    answer = qp_process("log", cwd=hostile, environ=DAY)
    assert (answer.code, answer.err) == (0, "")
    assert "f-1" in answer.out
    (hostile / "data").rename(hostile / "saisie")
    (hostile / "data").symlink_to("saisie")
    assert qp_process("log", cwd=hostile, environ=DAY).out == answer.out


@links()
def test_a_repository_named_through_a_link_of_ones_own_is_read(qp_process, hostile, tmp_path):
    (tmp_path / "raccourci").symlink_to(hostile)
    for name in ("raccourci", "raccourci/data", "depot/../raccourci", "raccourci/../depot/data"):
        answer = qp_process("log", "--data", name, cwd=tmp_path, environ=DAY)
        assert (answer.code, answer.err) == (0, "")


@links()
def test_shared_parties_are_read_through_the_same_door(qp_process, hostile, tmp_path):
    (tmp_path / "secrets" / "parties.yaml").write_text(f"token: {SECRET}\n")
    (hostile / "parties.yaml").symlink_to("../secrets/parties.yaml")
    other = tmp_path / "depot" / "autre" / "data"
    other.mkdir(parents=True)
    text = (hostile / "data" / "convention.yaml").read_text("utf-8")
    (other / "convention.yaml").write_text(text.replace("id: essai", "id: autre"), "utf-8")
    words = "parties.yaml:1:1: QP014 error: This file cannot be read: it is reached by a link that leads out"
    said(qp_process("status", "--data", "data", "--data", "autre", cwd=hostile, environ=DAY), words, code=1)
    said(qp_process("status", cwd=hostile, environ=DAY), words, code=0)
    for folders in (["data", "autre"], []):
        answer = qp_process("check", *folders, cwd=hostile)
        assert (answer.code, words in answer.out, SECRET in answer.out + answer.err) == (1, True, False)


@needs_pipes
@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("name", DATA)
def test_a_pipe_is_never_waited_for(qp_process, hostile, command, name):
    (hostile / "data" / name).unlink(missing_ok=True)
    os.mkfifo(hostile / "data" / name)
    said(qp_process(*command.split(), cwd=hostile, environ=DAY), f"{name} cannot be read: it is no ordinary file")


@needs_pipes
@pytest.mark.parametrize("command", ["status", "check", "check data/journal.yaml", "check data/tube"])
def test_nor_is_a_pipe_named_on_the_command_line(qp_process, hostile, command):
    os.mkfifo(hostile / "data" / "tube")
    (hostile / "data" / "journal.yaml").unlink()
    os.mkfifo(hostile / "data" / "journal.yaml")
    assert qp_process(*command.split(), cwd=hostile, environ=DAY).code == 3
    assert qp_process("status", "--data", "data/tube", cwd=hostile, environ=DAY).code == 3


@needs_pipes
def test_nor_is_one_for_the_parties_or_the_lock(qp_process, hostile):
    os.mkfifo(hostile / "parties.yaml")
    answer = qp_process("check", cwd=hostile)
    assert (answer.code, "QP014 error: This file cannot be read: it is no ordinary file" in answer.out) == (1, True)
    (hostile / "parties.yaml").unlink()
    os.mkfifo(hostile / "data" / ".journal.yaml.lock")
    said(qp_process("record", "voided", "f-1", cwd=hostile, environ=DAY), "no ordinary file", code=2)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_nor_a_socket(qp_process, repository, monkeypatch):
    folder = repository()
    monkeypatch.chdir(folder / "data")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("journal.yaml")
        said(qp_process("status", cwd=folder, environ=DAY), "journal.yaml cannot be read: it is no ordinary file")


@pytest.mark.skipif(os.name == "nt", reason="files with holes are made otherwise on Windows")
@pytest.mark.parametrize("name", DATA)
def test_no_more_of_a_file_is_read_than_it_may_have(qp_process, hostile, name):
    (hostile / "data" / name).touch()
    os.truncate(hostile / "data" / name, 1 << 42)
    answer = qp_process("check", cwd=hostile)
    assert answer.code == 1
    assert f"{name}:1:1: QP012" in answer.out
    assert qp_process("status", cwd=hostile, environ=DAY).code == 3


# --- proofs


def proof(folder, name):
    return ["record", "voided", "f-1", "--proof", name, "--dry-run", "--data", str(folder)]


@links()
@pytest.mark.parametrize("target", ["../.git/config", "../../secrets/id_rsa", "/dev/zero", "/proc/self/environ"])
def test_a_proof_behind_a_link_that_leads_out_is_refused(qp_process, hostile, target):
    (hostile / "data" / "plan.pdf").symlink_to(target)
    said(qp_process(*proof(hostile, "data/plan.pdf"), cwd=hostile, environ=DAY), "is outside", code=2)


def test_a_hidden_proof_is_refused(qp_process, hostile):
    for name in ("convention.yaml", "journal.yaml"):
        (hostile / "data" / name).rename(hostile / name)
    for name in (".git/config", ".git/HEAD"):
        said(qp_process(*proof(hostile, name), cwd=hostile, environ=DAY), "hidden", code=2)


@needs_pipes
def test_a_pipe_as_a_proof_is_never_waited_for(qp_process, hostile):
    os.mkfifo(hostile / "data" / "plan.pdf")
    said(qp_process(*proof(hostile, "data/plan.pdf"), cwd=hostile, environ=DAY), "no ordinary file", code=2)
    journal = hostile / "data" / "journal.yaml"
    journal.write_text(journal.read_text().rstrip() + "\n  proof: {file: plan.pdf}\n")
    answer = qp_process("check", cwd=hostile)
    assert (answer.code, "QP410" in answer.out) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="files with holes are made otherwise on Windows")
def test_a_proof_that_nobody_could_wait_for_is_refused(qp_process, hostile):
    (hostile / "data" / "plan.pdf").touch()
    os.truncate(hostile / "data" / "plan.pdf", 1 << 42)
    said(qp_process(*proof(hostile, "data/plan.pdf"), cwd=hostile, environ=DAY), "larger than 1 GB", code=2)
    journal = hostile / "data" / "journal.yaml"
    journal.write_text(journal.read_text().rstrip() + "\n  proof: {file: plan.pdf}\n")
    for form in ("text", "json"):
        answer = qp_process("check", "--format", form, cwd=hostile)
        assert (answer.code, "larger than 1 GB" in answer.out) == (1, True)


@pytest.mark.parametrize(
    "address",
    [
        f"https://agent:{SECRET}@exemple.fr/plan.pdf",
        f"https://{SECRET}@exemple.fr/plan.pdf",
        f"HTTPS://agent:{SECRET}@exemple.fr",
        f"https://exemple.fr\\@{SECRET}@autre.fr/",
        f"https://exemple.fr/plan.pdf?access_token={SECRET}",
        f"https://exemple.fr/plan.pdf?v=1&PRIVATE_TOKEN={SECRET}",
        f"https://exemple.fr/plan.pdf#token={SECRET}",
        f"https://exemple.fr?password={SECRET}",
    ],
)
def test_credentials_in_the_address_of_a_proof_are_refused(qp_process, hostile, address):
    before = (hostile / "data" / "journal.yaml").read_bytes()
    arguments = ["record", "voided", "f-1", "--proof", address]
    said(qp_process(*arguments, cwd=hostile, environ=DAY), "holds a password or a key", code=2)
    assert (hostile / "data" / "journal.yaml").read_bytes() == before


@pytest.mark.parametrize("address", ["https://exemple.fr/@agent/plan.pdf", "https://exemple.fr/?page=2&q=a@b.fr"])
def test_other_addresses_are_taken(qp_process, hostile, address):
    assert qp_process(*proof(hostile, address), cwd=hostile, environ=DAY).code == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ["a\nb.pdf", "a\r.pdf", "a\x1b[31m.pdf", "a\u202eb.pdf", "a\u2028b.pdf", "::error::.pdf"]
)
def test_a_proof_whose_name_is_no_line_of_text_is_refused(qp_process, hostile, name):
    (hostile / "data" / name).write_text("x")
    before = (hostile / "data" / "journal.yaml").read_bytes()
    answer = qp_process("record", "voided", "f-1", "--proof", f"data/{name}", cwd=hostile, environ=DAY)
    said(answer, "--proof: rename ", code=2)
    assert answer.err.count("\n") == 1
    assert (hostile / "data" / "journal.yaml").read_bytes() == before


def test_the_journal_of_the_tests_is_read(qp_process, hostile):
    answer = qp_process("log", cwd=hostile, environ=DAY)
    assert (answer.code, answer.err, FACT["id"] in answer.out) == (0, "", True)
