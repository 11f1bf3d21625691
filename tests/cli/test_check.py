"""`qp check`: what it looks at, in which format, with which exit code."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from qp_cli.cli.options import CHECK_FORMATS

REFERENCES = ("--select", "QP2")
"""The family that the repositories made here break; what other rules think of them is not the point."""


@pytest.fixture
def broken(repository, small):
    """A repository with one error: a debtor that nobody declared."""
    convention = small()
    convention["engagements"][0]["debtors"] = ["vile"]
    return repository(convention, name="casse")


@pytest.fixture
def doubtful(repository, small):
    """A repository with warnings and no error: a role that nobody holds."""
    return repository(small(roles=[{"id": "pilote", "name": "Pilote", "held_by": []}]), name="doute")


def codes(answer):
    return [each["code"] for each in answer.json["findings"]]


def found(qp, *arguments, **more):
    return codes(qp("check", "--format", "json", *REFERENCES, *map(str, arguments), **more))


# --- exit codes


def test_shipped_data_pass(qp, shipped):
    assert shipped
    answer = qp("check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[-1].startswith("3 files checked")


def test_an_error_fails_and_names_its_place(qp, outside, broken):
    assert outside
    answer = qp("check", str(broken), *REFERENCES)
    assert (answer.code, answer.err) == (1, "")
    place = re.match(r"(.+):(\d+):(\d+): QP202 error: .*“vile”", answer.out)
    line = Path(place[1]).read_text("utf-8").splitlines()[int(place[2]) - 1]
    assert line[int(place[3]) - 1 :].startswith("vile")
    carets = answer.lines[2]
    assert answer.lines[1][carets.index("^") : carets.rindex("^") + 1] == "vile"


def test_a_warning_fails_only_a_strict_check(qp, doubtful):
    assert "QP204" in found(qp, doubtful)
    assert qp("check", str(doubtful)).code == 0
    assert qp("check", str(doubtful), "--strict").code == 1
    assert qp("check", str(doubtful), "--strict").out == qp("check", str(doubtful)).out


def test_nothing_found_is_one_line_and_0(qp, repository):
    folder = repository()
    answer = qp("check", str(folder), *REFERENCES)
    assert (answer.code, answer.out) == (0, "1 file checked: nothing to report\n")


def test_broken_yaml_is_reported_on_stdout_and_exits_with_1(qp, repository):
    folder = repository("format: qp/1\nid: [essai\n")
    answer = qp("check", str(folder))
    assert (answer.code, answer.err) == (1, "")
    assert ":2:5: QP002 error: " in answer.out


def test_the_day_changes_nothing(qp, shipped):
    assert shipped
    answers = {
        qp("--as-of", day, "check", environ={"QP_AS_OF": day}).out for day in ("1990-01-01", "2021-09-19", "2099-12-31")
    }
    assert len(answers) == 1


# --- what is looked at


def test_never_another_convention(qp, outside):
    assert outside
    answer = qp("check")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "qp: No convention.yaml here or above, and none named with --data; a new one: qp init DIR\n"


def test_a_path_that_is_no_repository_exits_with_3(qp, shipped, tmp_path):
    assert shipped
    (tmp_path / "vide").mkdir()
    (tmp_path / "texte.md").write_text("x")
    for path in ("vide", "texte.md", "absent"):
        answer = qp("check", str(tmp_path / path))
        assert (answer.code, answer.out) == (3, "")
        assert answer.err.count("\n") == 1


@pytest.mark.parametrize("inside", ["", "data", "data/convention.yaml", "data/autre.txt"])
def test_a_path_is_a_folder_or_a_file_inside(qp, outside, broken, inside):
    assert outside
    (broken / "data" / "autre.txt").write_text("x")
    assert found(qp, broken / inside) == found(qp, broken) == ["QP202"]


def test_a_repository_is_found_upwards_named_with_data_or_in_the_environment(qp, broken, monkeypatch, tmp_path):
    assert found(qp, "--data", broken) == ["QP202"]
    assert qp("--data", str(broken), "check").code == 1
    assert found(qp, environ={"QP_DATA": str(broken)}) == ["QP202"]
    monkeypatch.chdir(broken / "data")
    answer = qp("check", "--format", "json", *REFERENCES)
    assert [each["path"] for each in answer.json["findings"]] == ["convention.yaml"]
    monkeypatch.chdir(tmp_path)
    (each,) = qp("check", "casse", "--format", "json", *REFERENCES).json["findings"]
    assert each["path"] == "casse/data/convention.yaml"


def test_several_repositories_are_all_reported_and_the_worst_code_wins(qp, broken, doubtful, tmp_path):
    answer = qp("check", str(doubtful), str(broken), "--format", "json")
    assert answer.code == 1
    assert {"QP202", "QP204"} <= set(codes(answer))
    assert answer.json["summary"]["files"] == 2
    answer = qp("check", str(broken), str(tmp_path / "absent"), str(doubtful), "--format", "json")
    assert answer.code == 3
    assert {"QP202", "QP204"} <= set(codes(answer))
    assert answer.err.count("\n") == 1


def test_a_repository_named_twice_is_checked_once(qp, broken):
    data = broken / "data"
    assert found(qp, broken, data, data / "convention.yaml", "--data", broken) == ["QP202"]


def test_a_file_that_cannot_be_read_is_one_line_and_3(qp, broken, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, "", str(path))

    monkeypatch.setattr("qp_cli.store.files.open_plain", refuse)
    for arguments in ([], ["--fix"]):
        answer = qp("check", str(broken), *arguments)
        assert (answer.code, answer.out) == (3, "")
        assert re.fullmatch("qp: .*convention.yaml cannot be read: permission denied\n", answer.err)


# --- formats


@pytest.mark.parametrize("form", CHECK_FORMATS)
@pytest.mark.parametrize("place", ["before", "after"])
def test_every_format_has_the_same_exit_code(qp, broken, form, place):
    options = ["--format", form]
    arguments = [*options, "check", str(broken)] if place == "before" else ["check", str(broken), *options]
    answer = qp(*arguments)
    assert (answer.code, answer.err) == (1, "")
    assert "QP202" in answer.out


def test_an_unknown_format_is_refused(qp, shipped):
    assert shipped
    answer = qp("check", "--format", "xml")
    assert (answer.code, answer.out) == (2, "")
    assert "text, json, github, gitlab, sarif, junit" in answer.err


@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_a_file_gets_the_answer_and_the_log_says_so(qp, broken, tmp_path, form):
    page = tmp_path / "resultat"
    answer = qp("check", str(broken), "--format", form, "--output", str(page), *REFERENCES)
    assert (answer.code, answer.out) == (1, "")
    written, summary = answer.err.splitlines()
    assert re.fullmatch(re.escape(f"Written: {page} (") + r"\d+ kB\)", written)
    assert summary == "1 file checked: 1 error, 0 warnings, 0 things to know"
    assert page.read_text("utf-8") == qp("check", str(broken), "--format", form, *REFERENCES).out


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit"])
def test_what_a_machine_reads_is_in_ascii_whatever_the_console(qp, broken, form):
    answer = qp("check", str(broken), "--format", form, "--lang", "fr", encoding="cp850")
    assert answer.out.isascii()
    if form == "junit":
        assert ET.fromstring(answer.out).get("failures") == "1"  # noqa: S314 - our own output
    else:
        assert json.loads(answer.out)


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_ci_gets_paths_from_the_root_of_its_source_tree(qp, broken, monkeypatch, variable):
    monkeypatch.chdir(broken / "data")
    environ = {variable: str(broken)}
    (each,) = json.loads(qp("check", "--format", "gitlab", *REFERENCES, environ=environ).out)
    assert each["location"]["path"] == "data/convention.yaml"
    assert "file=data/convention.yaml," in qp("check", "--format", "github", environ=environ).out
    assert qp("check", "--format", "github", environ=environ).out.startswith("convention.yaml:")


def test_colour_only_on_a_terminal(qp, broken):
    arguments = ("check", str(broken))
    assert "\x1b" not in qp(*arguments).out
    assert "\x1b[1;31merror" in qp(*arguments, terminal=True).out
    assert "\x1b" not in qp(*arguments, terminal=True, environ={"NO_COLOR": "1"}).out
    assert "\x1b[1;31merror" in qp(*arguments, environ={"FORCE_COLOR": "1"}).out


# --- under GitHub Actions


def annotations(text):
    return [line for line in text.splitlines() if line.lstrip().startswith("::")]


def test_under_github_actions_text_and_annotations_come_by_themselves(qp_process, broken):
    answer = qp_process("check", *REFERENCES, cwd=broken, environ={"GITHUB_ACTIONS": "true"})
    text = qp_process("check", *REFERENCES, cwd=broken).out
    assert answer.code == 1
    assert answer.out.startswith(text)
    assert answer.out == qp_process("check", "--format", "github", *REFERENCES, cwd=broken).out
    (line,) = annotations(answer.out)
    place = text.partition(": QP202")[0].split(":")
    assert line.startswith(f"::error file={place[0]},line={place[1]},col={place[2]},endLine={place[1]},title=QP202::")


def test_under_github_actions_another_format_is_what_was_asked_for(qp_process, broken, tmp_path):
    environ = {"GITHUB_ACTIONS": "true"}
    assert qp_process("check", "--format", "json", cwd=broken, environ=environ).json
    assert annotations(qp_process("check", "--format", "text", cwd=broken, environ=environ).out) == []
    page = tmp_path / "resultat.txt"
    qp_process("check", "--output", str(page), cwd=broken, environ=environ)
    assert annotations(page.read_text("utf-8")) == []
    assert annotations(qp_process("check", cwd=broken, environ={"GITHUB_ACTIONS": "false"}).out) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_under_github_actions_data_and_names_cannot_command(qp_process, repository):
    lines = (
        *("format: qp/1", "::set-output name=x::y: 1", "##[error]pris", "   ::error::pris", "titel: ::warning::pris"),
        *('title: "a %0A::error::b ##[set-output name=x]y"', "id: \x1b[31m\u202e"),
    )
    folder = repository("\n".join(lines), name="::error::pris ##[x]\n::warning::pris")
    for environ, arguments in (({"GITHUB_ACTIONS": "true"}, ()), ({}, ("--format", "github"))):
        answer = qp_process("check", str(folder), *arguments, cwd=folder.parent, environ=environ)
        assert answer.code == 1
        for line in annotations(answer.out):
            assert re.match(r"::error file=[^,:\r\n]+,line=\d+,col=\d+,endLine=\d+,title=QP\d{3}::", line)
        assert len(annotations(answer.out)) == len(re.findall(r"^\S.*:\d+:\d+: QP\d{3} ", answer.out, re.MULTILINE))
        assert not re.search(r"##\w*\[|\x1b|\u202e", answer.out)


def test_what_the_format_does_not_know_leads_to_the_page_that_says_it(qp, repository, small, monkeypatch):
    from qp_cli.render.findings import text

    folder = repository({**small(), "durée": 3})
    pages = (("en", "docs/en/format.md"), ("fr", "docs/fr/format.md"))
    assert all(f" {page}. " in said_above_the_count(qp, folder, language) for language, page in pages)
    monkeypatch.setattr(text, "ADDRESS", "https://forge.example/owner/qp")
    shown = said_above_the_count(qp, folder, "en").replace("\n", " ")
    assert f" https://forge.example/owner/qp/blob/v{text.__version__}/docs/en/format.md. " in shown
    assert "docs/format" not in qp("check", "--data", str(repository(small(), name="autre"))).out


def said_above_the_count(qp, folder, language):
    return qp("--lang", language, "check", "--data", str(folder)).out.split("\n\n")[-1].replace("\u00a0", " ")
