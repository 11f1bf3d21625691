"""What is absent is not what is out of reach, nor what has nearly its name: both are said, and nothing passes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.borders.conftest import DAY, FACT, links
from tests.conftest import clean_environment, written

READING = ["status", "deadlines", "overdue", "show bilan", "log", "parties", "sites", "timeline", "report"]
READING += ["export json", "diff 2026-09-01 2026-10-01", "status --fail-on overdue"]
several_commands = pytest.mark.parametrize(
    "command", ["status", "deadlines", "overdue", "timeline", "report", "export csv"]
)


@links()
@pytest.mark.parametrize("command", [*READING, "check", "record waived bilan"])
@pytest.mark.parametrize("name", ["journal.yaml", "sites.yaml"])
def test_a_link_that_leads_nowhere_is_no_absent_file(qp_process, repository, command, name):
    folder = repository()
    (folder / "data" / name).symlink_to("nulle-part.yaml")
    answer = qp_process(*command.split(), cwd=folder, environ=DAY)
    assert (answer.code, answer.out) == (3, "")
    assert f"{name} cannot be read: it is a link that leads nowhere" in answer.err


@links()
@pytest.mark.parametrize("command", [*READING, "check", "record waived bilan"])
def test_nor_is_it_for_a_convention_where_another_would_be_shown_instead(qp_process, repository, tmp_path, command):
    above = repository(name=".")
    folder = tmp_path / "projet"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "convention.yaml").symlink_to("nulle-part.yaml")
    answer = qp_process(*command.split(), cwd=folder, environ=DAY)
    assert above
    assert (answer.code, answer.out) == (3, "")
    assert "convention.yaml cannot be read: it is a link that leads nowhere" in answer.err


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("name", ["journal.yml", "Journal.yaml"])
def test_a_journal_of_nearly_that_name_stops_every_answer(qp_process, repository, command, name):
    folder = repository(journal=[FACT])
    (folder / "data" / "journal.yaml").rename(folder / "data" / name)
    answer = qp_process(*command.split(), cwd=folder, environ=DAY)
    assert (answer.code, answer.out) == (3, "")
    assert f"data/{name}:1:1: QP013 error: “{name}” is not read" in answer.err


@pytest.mark.parametrize(
    "name",
    ["JOURNAL.YAML", "journal.YML", "journal.yaml.txt", "Sites.yml", "sites.yml", "Convention.yml", "journal .yaml"],
)
def test_check_and_record_tell_each_of_these_names(qp_process, repository, name):
    folder = repository()
    (folder / "data" / name).write_text("format: qp/1\nfacts: []\n")
    answer = qp_process("check", cwd=folder, environ=DAY)
    severity, code = ("warning", 0) if name == "Convention.yml" else ("error", 1)
    assert answer.code == code
    assert f"data/{name}:1:1: QP013 {severity}: " in answer.out
    recorded = qp_process("record", "waived", "bilan", cwd=folder, environ=DAY)
    assert (recorded.code, (folder / "data" / "journal.yaml").exists()) == ((0, True) if code == 0 else (3, False))


@pytest.mark.parametrize(
    "name", ["journal.json", "journal-2025.yaml", "journal.yaml.bak", "journal", "notes.yml", "parties.yml.orig"]
)
def test_other_names_are_nobodys_business(qp_process, repository, name):
    folder = repository()
    (folder / "data" / name).write_text("x")
    answer = qp_process("check", cwd=folder, environ=DAY)
    assert (answer.code, "QP013" in answer.out) == (0, False)


@pytest.mark.parametrize("name", ["journal.yaml", "sites.yaml"])
@pytest.mark.parametrize("where", ["above", "below"])
def test_a_file_that_is_not_where_the_convention_is_is_told(qp_process, repository, name, where):
    folder = repository()
    right = folder / "data" / name
    (folder / name).write_text("sites: []\n")
    assert qp_process("check", cwd=folder).code == 0
    other = folder / name
    other.write_text("format: qp/1\nfacts: []\n")
    if where == "below":
        (folder / "data" / "convention.yaml").rename(folder / "convention.yaml")
        other.rename(right)
        right, other = other, right
    shown = other.relative_to(folder).as_posix()
    for command in ("status", "record waived bilan"):
        answer = qp_process(*command.split(), cwd=folder, environ=DAY)
        assert (answer.code, f"{shown}:1:1: QP013 error" in answer.err) == (3, True)
    right.write_text(f"format: qp/1\n{name.partition('.')[0].replace('journal', 'facts')}: []\n")
    answer = qp_process("check", cwd=folder)
    assert f"{shown}:1:1: QP013 warning" in answer.out


def test_beside_the_file_itself_it_is_a_warning(qp_process, repository):
    folder = repository(journal=[FACT])
    (folder / "data" / "journal.yml").write_text("format: qp/1\nfacts: []\n")
    answer = qp_process("check", cwd=folder)
    assert (answer.code, "data/journal.yml:1:1: QP013 warning" in answer.out) == (0, True)
    assert qp_process("check", "--strict", cwd=folder).code == 1
    assert qp_process("status", cwd=folder, environ=DAY).code == 0


def test_what_was_kept_of_a_folder_does_not_hide_a_name_that_came_since(qp_process, repository):
    folder = repository()
    for command in ("check", "status"):
        assert qp_process(command, cwd=folder, environ=DAY).code == 0
    (folder / "data" / "journal.yml").write_text("format: qp/1\nfacts: []\n")
    assert [qp_process(command, cwd=folder, environ=DAY).code for command in ("check", "status")] == [1, 3]


@pytest.mark.parametrize("name", ["convention.yml", "Convention.yaml", "CONVENTION.YAML", "convention.yaml.txt"])
@pytest.mark.parametrize("command", ["status", "check", "record waived bilan", "status --data .", "check data"])
def test_a_convention_of_nearly_that_name_is_no_reason_to_show_another(qp_process, repository, command, name):
    folder = repository()
    (folder / "data" / "convention.yaml").rename(folder / "data" / name)
    answer = qp_process(*command.split(), cwd=folder, environ=DAY)
    assert (answer.code, answer.out) == (3, "")
    assert f"but {name}: rename it" in answer.err


@pytest.mark.parametrize("name", ["convention.yml", "Convention.yaml"])
@several_commands
def test_in_a_folder_of_several_it_is_left_out_and_said(qp_process, conventions, command, name):
    top = conventions("nord", "sud", "est")
    (top / "sud" / "data" / "convention.yaml").rename(top / "sud" / "data" / name)
    answer = qp_process(*command.split(), "--data", str(top), cwd=top.parent, environ=DAY)
    assert answer.code == 1
    assert f"territoires/sud/data/{name} is left out: the file that is read is called convention.yaml" in answer.err
    checked = qp_process("check", "territoires", cwd=top.parent)
    assert (checked.code, f"sud/data/{name} is left out" in checked.err) == (1, True)


@pytest.mark.parametrize("name", ["parties.yml", "Parties.yaml"])
def test_shared_parties_under_nearly_that_name_are_told(qp_process, conventions, name):
    top = conventions("nord", "sud")
    (top / name).write_text(written({"format": "qp/1", "parties": [{"id": "ville", "name": "La Ville"}]}))
    answer = qp_process("status", "--data", ".", cwd=top, environ=DAY)
    assert answer.code == 1
    assert f"{name}:1:1: QP013 error" in answer.err
    assert f"{name} has errors: its parties are left apart" in answer.err
    checked = qp_process("check", ".", cwd=top)
    assert (checked.code, f"{name}:1:1: QP013 error" in checked.out) == (1, True)


def qp_as(prefix, *arguments, cwd):
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "qp_cli", *arguments],
        cwd=cwd,
        env=clean_environment(**DAY, QP_NO_CACHE="1"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=30,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


OPEN, CLOSED = 0o755, 0


@pytest.fixture
def closed(conventions, as_nobody):
    """A folder of three conventions, the second of which may not be looked into, where an ordinary user gets at it."""
    made = conventions("nord", "sud", "est")
    with tempfile.TemporaryDirectory(prefix="qp-") as place:
        Path(place).chmod(OPEN)
        top = Path(place, "territoires")
        shutil.copytree(made, top)
        probe = subprocess.run([*as_nobody, sys.executable, "-c", "import qp_cli.cli.main"], cwd=top, check=False)
        if probe.returncode:
            pytest.skip("an ordinary user cannot read qp's own files here")
        (top / "sud").chmod(CLOSED)
        yield as_nobody, top
        (top / "sud").chmod(OPEN)


@pytest.mark.parametrize(
    "command", ["status", "deadlines", "overdue", "timeline", "report", "export ics", "export json", "check"]
)
def test_a_folder_that_cannot_be_looked_into_is_left_out_said_and_fails(closed, command):
    prefix, top = closed
    code, out, err = qp_as(prefix, *command.split(), "--data", str(top), cwd=top)
    assert (code, bool(out)) == (1, True), err
    assert "sud is left out: it cannot be read: permission denied" in err


@pytest.mark.parametrize("command", ["status", "deadlines", "overdue"])
def test_a_job_does_not_pass_because_of_it(closed, command):
    prefix, top = closed
    assert qp_as(prefix, command, "--fail-on", "breached", "--data", str(top), cwd=top)[0] == 1


def test_nothing_is_recorded_beside_it(closed):
    prefix, top = closed
    shutil.rmtree(top / "est")
    code, out, err = qp_as(prefix, "record", "waived", "bilan", "--data", str(top), cwd=top)
    assert (code, out) == (3, "")
    assert "sud is left out" in err


def test_a_convention_that_cannot_be_looked_into_is_not_another_one(closed):
    prefix, top = closed
    (top / "sud").chmod(OPEN)
    (top / "sud" / "data").chmod(CLOSED)
    for command in ("status", "check"):
        code, out, err = qp_as(prefix, command, cwd=top / "sud")
        assert (code, out) == (3, "")
        assert "permission denied" in err
        assert "Aix-Marseille" not in err
    (top / "sud" / "data").chmod(OPEN)


@links()
@several_commands
def test_a_data_folder_that_is_a_link_is_read_or_said(qp_process, conventions, tmp_path, command):
    top = conventions("nord", "sud", "est", "ouest")
    (top / "sud" / "data").rename(top / "sud" / "saisie")
    (top / "sud" / "data").symlink_to("saisie")
    (top / "est" / "data").rename(tmp_path / "ailleurs")
    (top / "est" / "data").symlink_to("../../ailleurs")
    shutil.rmtree(top / "ouest" / "data")
    (top / "ouest" / "data").symlink_to("nulle-part")
    answer = qp_process(*command.split(), "--data", str(top), cwd=top.parent, environ=DAY)
    assert answer.code == 1
    assert "sud" not in answer.err
    assert "est/data is left out: territoires/est/data/convention.yaml cannot be read: it is reached by a" in answer.err
    assert "ouest/data is left out: it cannot be read: no such file or folder" in answer.err
