"""Which repository is read, and what happens when it cannot be."""

from __future__ import annotations

import os
import shlex

import pytest

from tests.conftest import ROOT, written

NOTICE = "No repository of qp here: showing Aix-Marseille-Provence. Yours: --data DIR\n"
READING = ["status", "deadlines", "overdue", "parties", "sites"]


def title(answer):
    return answer.lines[0]


def test_without_a_repository_the_embedded_convention_is_shown_and_one_line_says_so(qp, outside):
    assert outside
    answer = qp("status")
    assert answer.code == 0
    assert answer.err == NOTICE
    assert title(answer) == "Convention d'engagement Quartiers productifs, Aix-Marseille-Provence"


def below(folder, small, *names):
    """Writes a convention into each of these folders below one."""
    for number, name in enumerate(names):
        data = folder / name / "data"
        data.mkdir(parents=True)
        (data / "convention.yaml").write_text(written(small(id=f"c{number}")), "utf-8")


SHOWN = "No repository here: showing the Aix-Marseille-Provence convention, NOT the"


def test_conventions_below_that_are_not_shown_are_named_with_the_command_that_shows_them(qp, outside, small):
    below(outside, small, "ville-10", "ville-2", "dossiers/a", "dossiers/b")
    answer = qp("status")
    assert answer.err == f"{SHOWN} 4 below (dossiers/a, dossiers/b, ville-2, …): qp status --data .\n"
    assert answer.out == qp("status", "--data", str(ROOT)).out.replace(f" --data {ROOT}", "")
    assert qp("status", "--data", ".").lines[0] == "4 conventions"


def test_one_alone_is_the_one_to_name(qp, outside, small):
    below(outside, small, "la ville")
    answer = qp("deadlines", "--format", "json")
    assert answer.err == f"{SHOWN} one below (la ville): qp status --data 'la ville'\n"
    assert answer.code == 0


@pytest.mark.parametrize("words", [("check",), ("record", "fulfilled", "bilan"), ("status", "--fail-on", "overdue")])
def test_what_never_falls_back_says_what_lies_below_too(qp, outside, small, words):
    below(outside, small, "une", "deux")
    answer = qp(*words)
    assert answer.code == 3
    said = "qp: No convention.yaml here or above, and none named with --data; 2 are below (deux, une): --data .\n"
    assert answer.err == said


def test_what_is_hidden_deep_or_a_link_is_no_convention_below_and_a_large_folder_is_not_searched(
    qp, outside, small, tmp_path
):
    below(outside, small, ".cache/une", "a/b/c/trop-bas")
    below(tmp_path, small, "ailleurs")
    (outside / "lien").symlink_to(tmp_path / "ailleurs")
    assert qp("status").err == NOTICE
    for number in range(11_000):
        (outside / f"photo-{number}").touch()
    (outside / "fermé").mkdir(0o000)
    assert qp("status").err == NOTICE


@pytest.mark.skipif(os.name == "nt", reason="no folder is called so on Windows")
@pytest.mark.parametrize(
    "name", ["a\nb", "\x1b[31mrouge", "$(touch là)", "'; touch là; '", "-data", "::error::x", "é\u202e"]
)
def test_whatever_a_folder_below_is_called_the_line_is_one_line_and_its_command_a_command(qp, outside, small, name):
    below(outside, small, name)
    (said,) = qp("status").err.splitlines()
    assert said.isprintable()
    words = shlex.split(said.rpartition("): ")[2])
    assert words[:3] == ["qp", "status", "--data"]
    assert words[3] in {name, "."}
    assert title(qp(*words[1:])) == "Convention d'essai"


def test_on_a_terminal_it_is_said_again_below_the_answer(qp, outside, small, monkeypatch):
    below(outside, small, "une", "deux")
    monkeypatch.setattr("qp_cli.cli.session.is_terminal", lambda _: True)
    assert qp("status").err.count(SHOWN) == 2
    assert qp("status", "--data", ".").err == ""


@pytest.mark.parametrize("command", READING)
def test_in_a_repository_nothing_is_said_beside_the_answer(qp, shipped, command):
    assert shipped
    answer = qp(command)
    assert (answer.code, answer.err) == (0, "")


def test_the_repository_is_found_upwards_from_a_subfolder(qp, repository, monkeypatch):
    below = repository() / "courriers" / "2026"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert title(qp("status")) == "Convention d'essai"
    monkeypatch.chdir(below.parents[1] / "data")
    assert title(qp("status")) == "Convention d'essai"


def test_a_folder_that_holds_the_file_itself_is_a_repository(qp, tmp_path, repository, monkeypatch):
    (repository() / "data").rename(tmp_path / "plat")
    monkeypatch.chdir(tmp_path / "plat")
    assert title(qp("status")) == "Convention d'essai"


def test_data_names_the_folder_or_its_parent(qp, outside, repository):
    assert outside
    folder = repository()
    for named in (folder, folder / "data"):
        answer = qp("status", "--data", str(named))
        assert (answer.code, answer.err, title(answer)) == (0, "", "Convention d'essai")


def test_qp_data_names_it_too(qp, outside, repository):
    assert outside
    answer = qp("status", environ={"QP_DATA": str(repository())})
    assert (answer.err, title(answer)) == ("", "Convention d'essai")


def test_an_option_after_the_command_wins_over_one_before_it_which_wins_over_the_environment(qp, repository, small):
    one, two, three = (
        str(repository(small(title=f"Convention {name}"), name=name)) for name in ("une", "deux", "trois")
    )
    everywhere = {"QP_DATA": three}
    assert title(qp("--data", one, "status", "--data", two, environ=everywhere)) == "Convention deux"
    assert title(qp("--data", one, "status", environ=everywhere)) == "Convention une"
    assert title(qp("status", environ=everywhere)) == "Convention trois"


def test_the_environment_wins_over_the_folder_where_one_stands(qp, shipped, repository):
    assert shipped
    assert title(qp("status", environ={"QP_DATA": str(repository())})) == "Convention d'essai"


def test_an_empty_variable_is_no_variable(qp, shipped):
    assert shipped
    assert qp("status", environ={"QP_DATA": "", "QP_AS_OF": "2026-11-23", "QP_LANG": ""}).code == 0


def test_a_folder_without_a_convention_is_exit_3(qp, outside):
    answer = qp("status", "--data", str(outside))
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == f"qp: There is no convention.yaml in {outside}, nor below\n"


@pytest.mark.parametrize("name", ["nulle-part", "x" * 5000, "a/" * 2000, "nul\0"])
def test_a_folder_that_is_not_there_is_exit_3_in_one_line(qp, outside, name):
    assert outside
    answer = qp("status", "--data", name)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.count("\n") == 1
    assert "error of its own" not in answer.err


def test_a_repository_named_twice_is_one(qp, repository):
    folder = str(repository())
    for arguments in (["status", "--data", folder, "--data", folder], ["--data", folder, "--data", folder, "status"]):
        assert qp(*arguments) == qp("status", "--data", folder)


BROKEN = {
    "syntax": "format: qp/1\nid: essai\ntitle: [ouvert\n",
    "duplicate": (
        "format: qp/1\nid: essai\nid: essai\ntitle: Deux fois\nparties: [{id: ville, name: Ville}]\n"
        "engagements: [{id: bilan, title: Bilan, debtors: [ville], kind: one-off}]\n"
    ),
    "schema": "format: qp/1\nid: essai\ntitle: Une date\nparties: [{id: ville, name: Ville, size: 3}]\n",
    "empty": "",
    "escape": 'format: qp/1\nid: essai\ntitle: "a\\u001b[31mb"\nparties: [{id: ville, name: Ville}]\n',
    "latin": None,
    "reference": (
        "format: qp/1\nid: essai\ntitle: T\nparties: [{id: ville, name: Ville}]\n"
        "engagements:\n  - {id: bilan, title: Bilan, debtors: [personne], kind: one-off}\n"
    ),
}


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_repository_gives_its_findings_on_stderr_and_nothing_on_stdout(qp, repository, kind, form):
    folder = repository(BROKEN[kind] or "x")
    if kind == "latin":
        (folder / "data" / "convention.yaml").write_bytes("format: qp/1\ntitle: L'été\n".encode("latin-1"))
    answer = qp("deadlines", "--data", str(folder), "--format", form)
    assert (answer.code, answer.out) == (3, "")
    first, *_, last = answer.err.splitlines()
    path = (folder / "data" / "convention.yaml").as_posix()
    assert first.startswith(f"{path}:")
    assert first.split(":")[-1] or first.endswith(":")
    assert " error: " in first
    assert last.startswith("qp: ")
    assert last.endswith("nothing was computed.")
    assert "\x1b" not in answer.err


@pytest.mark.parametrize("command", [*READING, "show bilan"])
def test_no_reading_command_computes_from_a_broken_repository(qp, repository, command):
    answer = qp(*command.split(), "--data", str(repository(BROKEN["schema"])))
    assert (answer.code, answer.out) == (3, "")


def test_findings_are_written_relative_to_where_the_reader_stands(qp, repository, monkeypatch):
    monkeypatch.chdir(repository(BROKEN["duplicate"]))
    assert qp("status").err.startswith("data/convention.yaml:3:1: QP003 error: ")


def test_a_broken_repository_leaves_the_file_of_an_earlier_answer_alone(qp, repository, tmp_path):
    page = tmp_path / "echeances.csv"
    page.write_text("avant")
    answer = qp("deadlines", "--data", str(repository(BROKEN["schema"])), "--output", str(page))
    assert answer.code == 3
    assert page.read_text() == "avant"


@pytest.mark.parametrize("name", ["sites.yaml", "journal.yaml"])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_3(qp, repository, name):
    folder = repository()
    (folder / "data" / name).mkdir()
    answer = qp("status", "--data", str(folder))
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("qp: ")
    assert f"{name} cannot be read: " in answer.err
    assert answer.err.count("\n") == 1


def test_a_file_without_permission_is_one_line_and_exit_3(qp, repository, monkeypatch):
    folder = str(repository())

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("qp_cli.store.files.open_plain", refuse)
    answer = qp("status", "--data", folder)
    assert (answer.code, answer.out) == (3, "")
    assert "convention.yaml cannot be read: permission denied\n" in answer.err


def test_broken_sites_or_a_broken_journal_stop_a_reading_command_too(qp, repository):
    for name in ("sites", "journal"):
        folder = repository(name=name)
        (folder / "data" / f"{name}.yaml").write_text("format: qp/9\n", "utf-8")
        answer = qp("status", "--data", str(folder))
        assert (answer.code, answer.out) == (3, "")
        assert f"{name}.yaml:1:" in answer.err


def test_a_warning_alone_does_not_stop_a_reading_command(qp, repository):
    text = (
        "format: qp/1\nid: essai\ntitle: avenant #2\nparties: [{id: ville, name: Ville}]\n"
        "engagements:\n  - {id: bilan, title: Bilan, debtors: [ville], kind: one-off, due: {on: 2026-10-01}}\n"
    )
    answer = qp("status", "--data", str(repository(text)))
    assert answer.code == 0
    assert title(answer) == "avenant"
