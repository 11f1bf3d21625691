"""What the files for CIs say: no Python that they start takes a file of the checkout for a part of itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = sorted((ROOT / "qp_cli" / "init" / "templates").glob("*/g*.yml"))
FILES = [
    ROOT / "action.yml",
    ROOT / ".gitlab-ci.yml",
    ROOT / ".ci" / "run",
    *sorted((ROOT / "templates").glob("*.yml")),
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    *WRITTEN,
]
OFFERED = [path for path in FILES if path.name not in {"run", "ci.yml", "release.yml"}]
"""Those that run beside a convention: `.ci/run` and our own workflows run our tests, which are of the checkout."""
PYTHON = re.compile(r"""(?:(?<![\w.-])python[\d.]*|\$PYTHON|\$1)["']?[ \t]+(?P<options>-\S.*)""")
HARMLESS = re.compile(r"-m pytest\b|--version$|-m venv'")
"""Our own tests, which are the checkout's; a version; a pattern looked for in the README."""
PIP = re.compile(r"""(?<![\w.-])pip[\d.]*["']?[ \t]+(?:install|download|wheel)\b""")
WHERE = re.compile(r"\s(-[cri]|--constraint|--requirement|--(extra-)?index-url|--find-links)\b")
WHERE_ALWAYS = re.compile(r"\s*(export )?PIP_(CONSTRAINT|REQUIREMENT|(EXTRA_)?INDEX_URL|FIND_LINKS)\s*[:=]")
"""What tells pip where to look and for what, in a call and in the environment."""
INSIDE = re.compile(r"CI_PROJECT_DIR|GITHUB_WORKSPACE|PWD")

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
every_offered = pytest.mark.parametrize("path", OFFERED, ids=lambda path: path.relative_to(ROOT).as_posix())


def lines(path):
    """The lines that run something, comments apart."""
    return [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]


def scripts(value):
    """Every script of a workflow, a job or an action."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"run", "script", "before_script", "after_script", "entry"}:
                yield "\n".join(each) if isinstance(each, list) else each
            else:
                yield from scripts(each)
    elif isinstance(value, list):
        for each in value:
            yield from scripts(each)


def test_there_is_something_to_look_at():
    assert {path.parent.name for path in WRITTEN} == {"en", "fr"}
    assert sum(bool(PYTHON.search(line)) for path in FILES for line in lines(path)) > 15


@every_file
def test_every_python_is_isolated(path):
    found = [match["options"] for line in lines(path) for match in PYTHON.finditer(line)]
    loose = [options for options in found if not options.startswith("-I") and not HARMLESS.search(options)]
    assert loose == []


@every_file
def test_pip_is_run_by_an_isolated_python(path):
    for line in lines(path):
        if PIP.search(line) and not line.lstrip().startswith("echo"):
            assert re.search(r"-I -m pip\b", line), line


@every_offered
def test_where_pip_looks_and_in_which_versions_is_said_by_the_pipeline_alone(path):
    for line in lines(path):
        assert not (PIP.search(line) and WHERE.search(line)), line
        assert not WHERE_ALWAYS.match(line), line


@every_offered
def test_no_environment_of_python_is_made_in_the_checkout(path):
    for line in lines(path):
        if "-m venv" in line:
            target = line.partition("-m venv")[2].removeprefix(" --clear").strip()
            assert target.startswith(('"$RUNNER_TEMP/', '"$qp_venv"')), line
            assert not INSIDE.search(line), line
    text = "\n".join(lines(path))
    assert "activate" not in text
    assert "qp_venv=" not in text or "qp_venv=$(mktemp -d)" in text


@every_offered
def test_what_a_job_is_given_is_no_part_of_a_script(path):
    for script in scripts(yaml.safe_load(path.read_text("utf-8").replace("{{source}}", "qp"))):
        assert "${{" not in script, script
        assert not re.search(r"\beval\b|\bsh -c\b|\bsource\b", script), script


@every_offered
def test_nothing_is_kept_of_one_job_for_the_next(path):
    text = path.read_text("utf-8")
    installs = bool(re.search(r"-m pip install", text))
    assert not installs or 'QP_NO_CACHE: "1"' in text
    assert not re.search(r"^\s*(?:- uses: actions/cache|cache: (?!pip$))", text, re.MULTILINE), "pip's own, no folder"
