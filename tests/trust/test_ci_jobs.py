"""The jobs that CIs are offered, really run in a checkout made to act on them: nothing of it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash and sh on POSIX")
pytestmark = [POSIX, pytest.mark.slow]
MODULES = (
    *("venv", "pip", "json", "ensurepip", "sitecustomize", "usercustomize", "site", "os", "re", "sys", "logging"),
    *("argparse", "subprocess", "shutil", "tempfile", "encodings", "runpy", "types", "zipfile", "zipimport"),
    *("qp_cli", "typer", "yaml", "rich", "pydantic", "multiprocessing", "hatchling", "setuptools", "setup"),
)
STUB = """\
import os, sys
def main():
    with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
        print(*sys.argv[1:], file=calls)
    where = sys.argv[sys.argv.index("--output") + 1] if "--output" in sys.argv else None
    answer = '{"conventions": [{"parties": [{"id": "ville"}]}]}'
    if where:
        with open(where, "w", encoding="utf-8") as stream:
            stream.write(answer)
    else:
        print(answer)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A package called qp that pip installs without a network: it notes how it is called."""
    path = tmp_path_factory.mktemp("wheel") / "qp_stub-1-py3-none-any.whl"
    about = "qp_stub-1.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("qp_stub.py", STUB)
        made.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: qp-stub\nVersion: 1\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{about}/entry_points.txt", "[console_scripts]\nqp = qp_stub:main\n")
        made.writestr(f"{about}/RECORD", "")
    return path


@pytest.fixture
def checkout(tmp_path):
    """What somebody committed: modules named like Python's own, an environment, settings of pip, programs."""
    mark = tmp_path / "MARK"
    trap = f"import pathlib\npathlib.Path({str(mark)!r}).touch()\n"
    folder = tmp_path / "checkout"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copytree(ROOT / "data", folder / "data")
    for place in (".", "src", ".qp-venv/lib/" + version + "/site-packages", "qp/lib/" + version + "/site-packages"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        for name in MODULES:
            (folder / place / f"{name}.py").write_text(trap, "utf-8")
        (folder / place / "mal.pth").write_text(f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n", "utf-8")
    for name in ("pip.conf", ".qp-venv/pip.conf", "qp/pip.conf", ".pip/pip.conf", ".config/pip/pip.conf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"[global]\nlog = {mark}\nindex-url = https://mal.example/\n", "utf-8")
    for name in (".qp-venv/pyvenv.cfg", "pyvenv.cfg"):
        (folder / name).write_text("include-system-site-packages = true\n", "utf-8")
    (folder / "setup.cfg").write_text("[install]\nprefix = .\n", "utf-8")
    for name in ("python", "python3", "pip", "qp.sh", "mktemp", ".qp-venv/bin/python", ".qp-venv/bin/activate"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {mark}\n", "utf-8")
        path.chmod(0o755)
    return folder


@pytest.fixture
def runner(tmp_path, checkout, wheel, clean_environ):
    """Runs scripts one after the other in the checkout, as a runner does; what qp was asked, and what was made."""
    temporary = tmp_path / "runner"
    temporary.mkdir()
    (tmp_path / "home").mkdir()
    calls, paths, outputs = (tmp_path / name for name in ("calls", "paths", "outputs"))
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}

    def run(*scripts, program=("bash", "--noprofile", "--norc", "-e", "-o", "pipefail"), **variables):
        environ = clean_environ(
            QP_INSTALL=str(wheel),
            PYTHON=sys.executable,
            GITHUB_ACTION_PATH=str(wheel),
            RUNNER_TEMP=str(temporary),
            TMPDIR=str(temporary),
            HOME=str(tmp_path / "home"),
            GITHUB_PATH=str(paths),
            GITHUB_OUTPUT=str(outputs),
            GITHUB_STEP_SUMMARY=str(tmp_path / "summary"),
            CI_PROJECT_DIR=str(checkout),
            CALLS=str(calls),
            PIP_NO_INDEX="1",
        )
        environ |= variables
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        for name in ("python", "python3"):
            if not (folder / name).exists():
                (folder / name).symlink_to(Path(sys.executable).resolve())
        for script in scripts:
            more = paths.read_text("utf-8").split() if paths.exists() else []
            without_qp = [each for each in os.environ["PATH"].split(os.pathsep) if not os.path.exists(f"{each}/qp")]  # noqa: PTH110 - never raises
            environ["PATH"] = os.pathsep.join([*more, str(folder), *without_qp])
            if outputs.exists():
                environ["QP"] = dict(line.split("=", 1) for line in outputs.read_text("utf-8").splitlines())["qp"]
            done = subprocess.run(
                [*program, "-c", script], cwd=checkout, env=environ, capture_output=True, encoding="utf-8", check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert not (tmp_path / "MARK").exists()
        assert {path: path.read_bytes() for path in before} == before
        return calls.read_text("utf-8").splitlines()

    return run


def test_the_gitlab_jobs_run_nothing_of_the_checkout(runner):
    template = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text("utf-8"))
    variables = {name: str(value) for name, value in template["variables"].items() if name != "QP_INSTALL"}
    script = list(template[".qp"]["before_script"])
    for name in ("qp-check", "qp-status", "qp-due", "pages"):
        script += template[name]["script"]
    asked = runner("\n".join(script), program=("sh", "-e"), **variables)
    assert "export ics --party ville --output public/parties/ville.ics" in asked


def test_the_action_runs_nothing_of_the_checkout(runner):
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    inputs = {
        f"INPUT_{name}": "" for name in ("DATA", "FORMAT", "OUTPUT", "STRICT", "AGAINST", "LANG", "FAIL_ON", "NEWLY")
    }
    assert runner(*(step["run"] for step in steps if "run" in step), **inputs) == ["check", "status --fail-on="]


def test_the_github_pages_run_nothing_of_the_checkout(runner):
    job = yaml.safe_load((ROOT / "templates" / "github-pages.yml").read_text("utf-8"))["jobs"]["build"]
    asked = runner(*(step["run"] for step in job["steps"] if "run" in step), QP_WITHIN="30d")
    assert asked[0] == "check"
    assert asked[-1].startswith("export ics --party ville --output ")


def workflow_scripts(language):
    """The scripts of the workflow that `qp init` writes in a language."""
    text = (ROOT / "qp_cli" / "init" / "templates" / language / "github.yml").read_text("utf-8")
    job = yaml.safe_load(text.replace("{{source}}", "''"))["jobs"]["qp"]
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_workflow_that_init_writes_runs_nothing_of_the_checkout(runner):
    assert workflow_scripts("fr") == workflow_scripts("en"), "those of one language are tried for both"
    asked = runner(*workflow_scripts("fr"), AGAINST="0" * 40)
    assert asked == [f"check --against {'0' * 40}", "status --fail-on overdue --newly 7d"]
