"""Nothing that a repository or an argument says is taken for a command by the runner that reads a log."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import small_convention

COMMANDS = (
    "##[error]pris",
    "##vso[task.setvariable variable=a]pris",
    "##teamcity[buildStatus text='pris']",
    "x ##[group]pris",
    "###[section]pris",
)
RUNNERS = {"github": {"GITHUB_ACTIONS": "true"}, "azure": {"TF_BUILD": "True"}, "teamcity": {"TEAMCITY_VERSION": "9"}}


def obeyed(text):
    """What a runner would obey."""
    return [line for line in text.split("\n") if re.match(r"\s*::[^:]+::", line) or re.search(r"##[\w.]*\[", line)]


@pytest.mark.parametrize("payload", [*COMMANDS, "::error::pris", "::set-output name=a::pris"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "{}"),
        ("{}",),
        ("deadlines", "--party", "{}"),
        ("deadlines", "--{}", "x"),
        ("--as-of", "{}"),
        ("status", "--known-at", "{}"),
        ("status", "--data", "{}"),
        ("check", "{}"),
        ("check", "--explain", "{}"),
        ("status", "--lang", "{}"),
        ("calc", "{}", "P6M"),
    ],
    ids=" ".join,
)
def test_an_argument_said_again_is_no_command(qp, repository, monkeypatch, arguments, payload):
    monkeypatch.chdir(repository())
    answer = qp(*(word.format(payload) for word in arguments))
    assert answer.code in {2, 3}
    assert obeyed(answer.out + answer.err) == []


@pytest.mark.parametrize("payload", COMMANDS)
def test_a_finding_on_stderr_is_no_command(qp, repository, payload):
    convention = small_convention(title=payload, **{payload: payload})
    convention["parties"][0]["id"] = payload
    folder = repository(convention)
    answer = qp("status", "--data", str(folder))
    assert (answer.code, answer.out) == (3, "")
    assert "pris" in answer.err
    assert obeyed(answer.err) == []


@pytest.mark.parametrize("form", ["ics", "csv", "json", "md"])
@pytest.mark.parametrize("runner", RUNNERS.values(), ids=RUNNERS)
def test_what_is_exported_into_a_log_is_no_command(qp_process, repository, form, runner):
    convention = small_convention()
    title = "\n".join(["x", "::error file=a::pris", "  ::add-mask::a", *COMMANDS])
    convention["engagements"][0] |= {"title": title, "clause": f"::error::pris {title}", "note": title}
    answer = qp_process("export", form, cwd=repository(convention), environ={**runner, "QP_LANG": "en"})
    assert answer.code == 0
    assert "pris" in answer.out
    assert obeyed(answer.out) == []


@pytest.mark.parametrize("form", ["ics", "csv", "json"])
def test_what_is_exported_into_a_file_is_whole(qp_process, repository, clean_environ, tmp_path, form):
    convention = small_convention()
    convention["engagements"][0]["title"] = "a ##[error]b"
    folder = repository(convention)
    given = {"QP_AS_OF": "2026-11-23", "QP_LANG": "en"}
    plain = qp_process("export", form, cwd=folder, environ=given)
    assert "##[error]" in plain.out
    with (tmp_path / "file").open("wb") as stream:
        environ = clean_environ(**given, GITHUB_ACTIONS="true")
        subprocess.run(
            [sys.executable, "-m", "qp_cli", "export", form], cwd=folder, env=environ, stdout=stream, check=True
        )
    stamps = re.compile(r"DTSTAMP:\w+")
    written = (tmp_path / "file").read_bytes().decode()
    assert stamps.sub("", written) == stamps.sub("", plain.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", ""),
        ("diff", "2026-01-01", ""),
        ("check", ""),
        ("check", "data", ""),
        ("show", ""),
        ("export", ""),
        ("calc", "", "P6M"),
        ("record", "", "bilan"),
        ("init", ""),
    ],
    ids=repr,
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_argument_is_refused_in_one_line(qp, repository, monkeypatch, arguments, language):
    monkeypatch.chdir(repository())
    answer = qp(*arguments, "--lang", language)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert line.endswith({"en": "is empty.", "fr": "est vide."}[language])
