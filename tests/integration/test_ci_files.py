"""The files that run `qp check` elsewhere: valid, and deaf to what their inputs hold."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import small_convention, written

ROOT = Path(__file__).resolve().parents[2]
ACTION = ROOT / "action.yml"
TEMPLATE = ROOT / "templates" / "gitlab-ci.yml"
PAGES = ROOT / "templates" / "github-pages.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITTEN = sorted((ROOT / "qp_cli" / "init" / "templates").glob("*/github.yml"))
GUIDE_FILE = ROOT / "docs" / "en" / "guides" / "continuous-integration.md"
USED = re.compile(r"uses: ([\w/-]+@[0-9a-f]{40})")
HOSTILE = (
    "$(touch pwned)",
    "`touch pwned`",
    "x; touch pwned",
    "x\ntouch pwned",
    "' ; touch pwned ; '",
    '" ; touch pwned ; "',
    "&& touch pwned",
    "a b  c",
    "*",
    "--help",
    "${{ github.token }}",
    "x]] || touch pwned [[ x",
)
BASH, SH = shutil.which("bash"), shutil.which("sh")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash and sh on POSIX")
FAKE = """#!{python}
import json, os, sys
with open(os.environ["CALLS"], "a", encoding="utf-8") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
"""


def validate(*arguments):
    """What check-jsonschema says of files; the test is skipped where it is not installed."""
    pytest.importorskip("check_jsonschema", reason="check-jsonschema comes with the dev extra")
    command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_valid():
    validate("--builtin-schema", "vendor.github-actions", ACTION)


def test_the_workflows_are_valid():
    validate("--builtin-schema", "vendor.github-workflows", *WORKFLOWS, PAGES)
    validate("--builtin-schema", "custom.github-workflows-require-timeout", *WORKFLOWS, PAGES)


def test_the_gitlab_files_are_valid():
    validate("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", TEMPLATE, ROOT / ".gitlab-ci.yml")


def test_the_hook_is_valid():
    pytest.importorskip("pre_commit", reason="pre-commit comes with the dev extra")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True)


def test_the_validation_sees_a_mistake(tmp_path):
    (tmp_path / "action.yml").write_text("name: x\nruns: {using: composite, steps: [{run: x}]}\n", "utf-8")
    with pytest.raises(AssertionError, match="description"):
        validate("--builtin-schema", "vendor.github-actions", tmp_path / "action.yml")


def steps():
    """The action's steps that run a script, by name."""
    return {step["name"]: step for step in yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"] if "run" in step}


def test_no_input_is_ever_a_part_of_a_script():
    for step in steps().values():
        assert "${{" not in step["run"]


def test_every_input_is_used_and_every_one_used_is_declared():
    text = ACTION.read_text("utf-8")
    declared = set(yaml.safe_load(text)["inputs"])
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == declared
    assert "data" in declared


def test_the_workflow_uses_the_action_on_its_own_data():
    (path,) = [path for path in WORKFLOWS if path.name == "data.yml"]
    used = [step for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values() for step in job["steps"]]
    assert [step["uses"] for step in used if step["uses"].startswith(".")] == ["./"]


@pytest.fixture
def step(tmp_path):
    """Runs a script of the action as GitHub does, its inputs given, with a qp that only notes how it is called."""
    fake, calls = tmp_path / "qp", tmp_path / "calls"
    fake.write_text(FAKE.format(python=sys.executable), "utf-8")
    fake.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()

    def run(name, **inputs):
        found = steps()[name]
        environ = dict.fromkeys(found["env"], "") | {f"INPUT_{key.upper()}": value for key, value in inputs.items()}
        assert set(environ) == set(found["env"]), "an input that the step does not take"
        environ |= {"QP": str(fake), "CALLS": str(calls), "PATH": os.environ["PATH"]}
        script = tmp_path / "script.sh"
        script.write_text(found["run"], "utf-8")
        command = [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        subprocess.run(command, env=environ, cwd=work, check=True)
        assert list(work.iterdir()) == []
        return json.loads(calls.read_text("utf-8"))

    return run


@POSIX
def test_without_inputs_qp_decides(step):
    assert step("qp check") == ["check"]


@POSIX
def test_inputs_become_options(step):
    given = {"data": "mes données", "format": "sarif", "output": "qp.sarif", "lang": "fr", "strict": "true"}
    options = ["--data=mes données", "--format=sarif", "--output=qp.sarif", "--lang=fr", "--strict"]
    assert step("qp check", **given) == ["check", *options]


@POSIX
def test_the_commit_to_compare_with_becomes_one_too(step):
    assert step("qp check", against="0123abcd") == ["check", "--against=0123abcd"]


@POSIX
@pytest.mark.parametrize("value", HOSTILE)
def test_an_input_of_the_check_is_one_word_whatever_it_holds_and_strict_is_true_or_nothing(step, value):
    names = ("data", "format", "output", "against", "lang")
    asked = step("qp check", strict=value, **dict.fromkeys(names, value))
    assert asked[0] == "check"
    assert sorted(asked[1:]) == sorted(f"--{name}={value}" for name in names)


@POSIX
@pytest.mark.parametrize("value", HOSTILE)
def test_an_input_of_the_status_is_one_word_whatever_it_holds(step, value):
    options = [f"--fail-on={value}", f"--data={value}", f"--lang={value}"]
    assert step("qp status", fail_on=value, data=value, lang=value) == ["status", *options]


def test_the_status_runs_only_when_asked_for():
    assert steps()["qp status"]["if"] == "inputs.fail-on != ''"


@pytest.fixture
def job(tmp_path, clean_environ):
    """Runs the script of a job of the GitLab template as a runner does: line by line in sh, stopping at a failure."""

    def run(name, **variables):
        template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
        defaults = {key: str(value) for key, value in template["variables"].items()}
        folder = str(Path(sys.executable).parent)
        environ = clean_environ(**(defaults | variables), CI_PROJECT_DIR=str(tmp_path))
        environ["PATH"] = os.pathsep.join((folder, environ["PATH"]))
        script = "set -e\n" + "\n".join(template[name]["script"])
        return subprocess.run(
            [SH, "-c", script], cwd=tmp_path, env=environ, capture_output=True, encoding="utf-8", check=False
        )

    return run


@POSIX
def test_the_gitlab_job_passes_and_leaves_its_reports(job, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    done = job("qp-check")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads((tmp_path / "qp-code-quality.json").read_text("utf-8")), list)
    assert "<testsuite" in (tmp_path / "qp-junit.xml").read_text("utf-8")


@POSIX
def test_the_gitlab_job_fails_on_a_mistake_and_still_leaves_its_reports(job, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    convention = tmp_path / "data" / "convention.yaml"
    convention.write_text(convention.read_text("utf-8").replace("debtors: [metropole]", "debtors: [metropol]"), "utf-8")
    done = job("qp-check")
    assert done.returncode == 1
    assert "QP202" in done.stdout
    found = json.loads((tmp_path / "qp-code-quality.json").read_text("utf-8"))
    assert found[0]["location"]["path"] == "data/convention.yaml"
    assert "<failure" in (tmp_path / "qp-junit.xml").read_text("utf-8")


@POSIX
def test_the_gitlab_job_fails_where_there_is_no_repository(job):
    assert job("qp-check").returncode == 3


@POSIX
def test_the_gitlab_job_compares_with_where_the_change_begins(job, tmp_path):
    git = shutil.which("git") or pytest.skip("git is not installed")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    journal = tmp_path / "data" / "journal.yaml"
    fact = "- {id: f-1, kind: notified, engagement: feuille-de-route, on: 2022-10-30}"
    journal.write_text(f"format: qp/1\nfacts:\n{fact}\n", "utf-8")
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "x")):
        subprocess.run([git, "-C", tmp_path, *arguments], check=True)
    asked = [git, "-C", tmp_path, "rev-parse", "HEAD"]
    base = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    default = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    other = {"CI_COMMIT_BRANCH": "essai", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": base}
    request = {"CI_DEFAULT_BRANCH": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_BEFORE_SHA": "0" * 40}
    assert job("qp-check", **request).returncode == 0
    journal.write_text("format: qp/1\nfacts: []\n", "utf-8")
    for variables in (request, {**default, "CI_COMMIT_BEFORE_SHA": base}):
        done = job("qp-check", **variables)
        assert (done.returncode, "QP602" in done.stdout) == (1, True), done.stderr
        assert "QP602" in (tmp_path / "qp-code-quality.json").read_text("utf-8")
        assert "QP602" in (tmp_path / "qp-junit.xml").read_text("utf-8")
    assert job("qp-check", **other).returncode == 0, "a branch that its merge request compares"
    assert job("qp-check", **default, CI_COMMIT_BEFORE_SHA="0" * 40).returncode == 0
    assert job("qp-check", **default, CI_COMMIT_BEFORE_SHA="1" * 40).returncode == 2, "history was rewritten"


@POSIX
def test_the_scheduled_gitlab_job_fails_on_what_is_overdue(job, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert job("qp-status", QP_AS_OF="2021-09-20").returncode == 1
    assert job("qp-status", QP_AS_OF="2026-11-23").returncode == 0, "that one has been said"
    assert job("qp-status", QP_AS_OF="2026-11-23", QP_NEWLY="").returncode == 1
    assert job("qp-status", QP_AS_OF="2021-03-18").returncode == 0


def of_github(environ, check):
    """The step of the workflow that `init` writes, as GitHub fills it in for a push."""
    job = yaml.safe_load(WRITTEN[0].read_text("utf-8").replace("{{source}}", "qp"))["jobs"]["qp"]
    (step,) = [each for each in job["steps"] if each.get("name") == "qp check"]
    return [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], environ | {"AGAINST": check}


def of_gitlab(environ, check):
    """The same of the GitLab template: its lines one after the other, for a push to the default branch."""
    template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    given = {name: str(value) for name, value in template["variables"].items()}
    given |= {"CI_COMMIT_BRANCH": "master", "CI_DEFAULT_BRANCH": "master", "CI_COMMIT_BEFORE_SHA": check}
    lines = [*template[".qp"]["before_script"], *template["qp-check"]["script"]]
    return [SH, "-e", "-c", "\n".join(lines)], given | environ


@POSIX
@pytest.mark.parametrize("host", [of_github, of_gitlab], ids=["github", "gitlab"])
def test_the_first_pipeline_of_a_new_repository_is_green_and_a_tampered_journal_red(qp, tmp_path, clean_environ, host):
    git = shutil.which("git") or pytest.skip("git is not installed")
    top = tmp_path / "depot"
    asked = ("--template", "blank", "--title", "Essai", "--party", "Ville")
    assert qp("init", str(top), *asked, "--engagement", "Bilan; Ville; one-off; ; art. 1").code == 0
    folder = tmp_path / "image"
    folder.mkdir()
    (folder / "qp").write_text(f'#!/bin/sh\nexec {sys.executable} -I -m qp_cli "$@"\n', "utf-8")
    (folder / "qp").chmod(0o755)
    who = {f"GIT_{who}_{what}": "essai" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environ = clean_environ(**who, GIT_CONFIG_GLOBAL=os.devnull, LC_ALL="C.UTF-8")
    environ["PATH"] = os.pathsep.join((str(folder), environ["PATH"]))

    def call(*arguments):
        done = subprocess.run([git, *arguments], cwd=top, env=environ, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit():
        call("add", "-A")
        call("commit", "-q", "-m", "x")
        return call("rev-parse", "HEAD")

    def pipeline(before):
        line, given = host(environ, before)
        return subprocess.run(line, cwd=top, env=given, capture_output=True, encoding="utf-8", check=False)

    call("init", "-q", "-b", "master")
    first = commit()
    done = pipeline("0" * 40)
    assert done.returncode == 0, done.stdout + done.stderr
    assert qp("record", "fulfilled", "bilan", "--on", "2026-07-01", "--data", str(top)).code == 0
    second = commit()
    assert pipeline(first).returncode == 0
    journal = top / "data" / "journal.yaml"
    journal.write_text(journal.read_text("utf-8").replace("2026-07-01", "2026-06-01"), "utf-8")
    commit()
    done = pipeline(second)
    assert (done.returncode, "QP601" in done.stdout) == (1, True), done.stdout + done.stderr


def test_every_line_of_the_gitlab_scripts_is_a_text():
    template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    lines = [line for job in template.values() for line in job.get("script", [])]
    assert len(lines) > 10
    assert {type(line) for line in [*lines, *template[".qp"]["before_script"]]} == {str}


@pytest.fixture
def image(tmp_path):
    """An image whose Python only notes how it is called; with qp among its programs, or without."""
    folder, calls = tmp_path / "image", tmp_path / "calls"
    folder.mkdir()

    def made(*programs):
        for name in ("python", *programs):
            (folder / name).write_text('#!/bin/sh\necho "$@" >>"$CALLS"\n', "utf-8")
            (folder / name).chmod(0o755)
        for name in ("mktemp", "dirname", "sh"):
            (folder / name).symlink_to(shutil.which(name))
        return {"PATH": str(folder), "CALLS": str(calls), "RUNNER_TEMP": str(tmp_path)}, calls

    return made


@POSIX
def test_a_first_gitlab_job_installs_qp_by_its_name_unless_the_image_has_it(image):
    template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    environ, calls = image("qp")
    script = "\n".join(template[".qp"]["before_script"])
    given = environ | {"QP_INSTALL": template["variables"]["QP_INSTALL"]}
    subprocess.run([SH, "-e", "-c", script], env=given, check=True)
    assert calls.read_text("utf-8") == "--version\n"
    (Path(environ["PATH"]) / "qp").unlink()
    done = subprocess.run([SH, "-e", "-c", script], env=given, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "bin/python" in done.stderr) == (127, True), "the environment is only noted"
    assert re.search(r"^-I -m venv /.+$", calls.read_text("utf-8"), re.MULTILINE)
    assert given["QP_INSTALL"] == "qp-cli"


def installing(path):
    """The step of a workflow that installs qp."""
    jobs = yaml.safe_load(path.read_text("utf-8").replace("{{source}}", "qp"))["jobs"]
    (found,) = [each for job in jobs.values() for each in job["steps"] if each.get("name") == "Install qp"]
    return found["run"]


@POSIX
@pytest.mark.parametrize("path", [PAGES, *WRITTEN], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nor_does_a_github_job_where_the_runner_has_it(image, path):
    environ, calls = image("qp")
    subprocess.run([BASH, "-e", "-c", installing(path)], env=environ, check=True)
    assert not calls.exists()


@pytest.mark.parametrize("path", [PAGES, *WRITTEN, *WORKFLOWS, ACTION, GUIDE_FILE], ids=lambda path: path.name)
def test_an_action_of_somebody_else_is_pinned_by_the_hash_of_a_commit_the_same_everywhere(path):
    used = re.findall(r"uses: ([^.\s]\S*)(.*)", path.read_text("utf-8"))
    loose = [
        name for name, comment in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40}", name) or " # v" not in comment
    ]
    assert [name for name in loose if not name.startswith("OWNER/qp@")] == []
    pinned = {
        tuple(name.split("@")) for each in (*WORKFLOWS, PAGES, *WRITTEN) for name in USED.findall(each.read_text())
    }
    assert len({name for name, _ in pinned}) == len(pinned)
    assert {tuple(name.split("@")) for name, _ in used if name not in loose} <= pinned


def scripts():
    """Every script that is offered or run, by its place; a GitLab job's lines as one."""
    for path in (ACTION, PAGES, *WORKFLOWS, *WRITTEN):
        whole = yaml.safe_load(path.read_text("utf-8").replace("{{source}}", "qp"))
        parts = [whole["runs"]] if "runs" in whole else whole["jobs"].values()
        for step in (step for part in parts for step in part["steps"] if "run" in step):
            yield "bash", step["run"]
    for job in yaml.safe_load(TEMPLATE.read_text("utf-8")).values():
        for name in ("before_script", "script"):
            if name in job:
                yield "sh", "\n".join(job[name])


def test_shellcheck_finds_nothing_in_the_scripts_of_any_job(tmp_path):
    program = Path(sys.executable).with_name("shellcheck")
    if not program.exists():
        pytest.skip("shellcheck comes with the dev extra")
    for number, (shell, text) in enumerate(scripts()):
        (tmp_path / f"{number}.{shell}").write_text(f"#!/usr/bin/env {shell}\n{text}\n", "utf-8")
    assert len(list(tmp_path.iterdir())) > 10
    # Of the lines of a GitLab job, the options of qp are several words on purpose (SC2086).
    line = [program, "--exclude=SC2086", *tmp_path.iterdir()]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing_in_the_workflows_the_action_and_what_init_writes(tmp_path, qp):
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("zizmor comes with the dev extra")
    asked = ("--template", "blank", "--title", "Essai", "--party", "Ville")
    assert qp("init", str(tmp_path / "new"), *asked).code == 0
    shutil.copy(PAGES, tmp_path / "new" / ".github" / "workflows")
    looked_at = [ACTION, ROOT / ".github", tmp_path / "new"]
    line = [program, "--offline", "--no-progress", "--min-severity", "medium", *looked_at]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "No findings" in done.stdout + done.stderr


@POSIX
def test_the_scheduled_gitlab_job_lists_what_comes_due_and_fails_on_nothing(job, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    done = job("qp-due", QP_AS_OF="2021-09-01", QP_LANG="en")
    assert done.returncode == 0, done.stderr
    assert "feuille" in (tmp_path / "qp-due.md").read_text("utf-8")
    assert "feuille-de-route" in done.stdout


NAME = "Ville\n../pirate,--help\npirate $(touch pwned) <img src=x>"


def hostile_names(folder):
    """A convention of two parties in a folder, one with a name made to be taken for an id."""
    parties = [{"id": "etat", "name": "L'État"}, {"id": "metropole", "name": NAME}]
    convention(folder, parties, id="feuille-de-route", title="Feuille de route", debtors=["etat", "metropole"])


def convention(folder, parties, **engagement):
    """Writes a small convention of parties into a folder."""
    declared = small_convention(id=f"essai-{len(parties)}", parties=parties)
    declared["engagements"][0] |= {"due": {"on": "2021-09-18"}, **engagement}
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "convention.yaml").write_text(written(declared), "utf-8")


PARTIES = ("etat", "metropole")
SITE = sorted(["index.html", "calendar.ics", *(f"parties/{name}.{end}" for name in PARTIES for end in ("html", "ics"))])


def published(folder):
    """The files of a site, by their addresses; each says what its name promises."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in found:
        begins = "<!doctype html>" if path.suffix == ".html" else "begin:vcalendar"
        assert path.read_text("utf-8").lower().startswith(begins)
    return [path.relative_to(folder).as_posix() for path in found]


@POSIX
@pytest.mark.slow
def test_the_gitlab_job_publishes_a_page_and_a_calendar_and_those_of_each_party(job, tmp_path):
    hostile_names(tmp_path)
    done = job("pages", QP_AS_OF="2026-11-23")
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "public") == SITE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "public", "qp-status.json"]


@POSIX
@pytest.mark.slow
def test_several_conventions_are_published_together(job, tmp_path):
    hostile_names(tmp_path / "conventions" / "amp")
    convention(tmp_path / "conventions" / "var", [{"id": "departement", "name": "Le Var"}], debtors=["departement"])
    done = job("pages", QP_AS_OF="2026-11-23", QP_DATA="conventions")
    assert done.returncode == 0, done.stderr
    found = published(tmp_path / "public")
    assert set(SITE) < set(found)
    assert "parties/departement.html" in found


@POSIX
def test_the_gitlab_job_publishes_nothing_of_files_with_an_error_or_of_no_files(job, tmp_path):
    assert job("pages").returncode == 3
    hostile_names(tmp_path)
    path = tmp_path / "data" / "convention.yaml"
    path.write_text(path.read_text("utf-8").replace("- metropole\n", "- metropol\n"), "utf-8")
    assert job("pages").returncode == 1
    assert not (tmp_path / "public").exists()


def test_the_gitlab_pages_are_asked_for_and_wait_for_nothing():
    template = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    assert template["variables"]["QP_PAGES"] == ""
    (rule,) = template["pages"]["rules"]
    assert rule["if"].startswith("$QP_PAGES && ")
    assert template["pages"]["needs"] == []
    assert template["pages"]["artifacts"]["paths"] == ["public"]


def pages_steps():
    """The steps of the GitHub pages workflow that run a script, by name, after the installation."""
    jobs = yaml.safe_load(PAGES.read_text("utf-8"))["jobs"]
    assert not [step for step in jobs["publish"]["steps"] if "run" in step]
    return {step["name"]: step["run"] for step in jobs["build"]["steps"] if "run" in step}


def test_the_github_pages_have_the_least_permissions_and_no_expression_in_a_script():
    workflow = yaml.safe_load(PAGES.read_text("utf-8"))
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not [script for script in pages_steps().values() if "${{" in script]


@pytest.fixture
def pages(tmp_path, clean_environ):
    """Runs the scripts of the GitHub pages workflow, but for the installation, as GitHub does."""
    temporary, work = tmp_path / "runner", tmp_path / "work"
    temporary.mkdir()
    work.mkdir()

    def run(**variables):
        defaults = yaml.safe_load(PAGES.read_text("utf-8"))["env"]
        summary = tmp_path / "summary.md"
        runner = {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
        environ = clean_environ(**(defaults | runner | variables))
        environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), environ["PATH"]))
        for name, script in pages_steps().items():
            if name != "Install qp":
                command = [BASH, "--noprofile", "--norc", "-e", "-c", script]
                done = subprocess.run(
                    command, cwd=work, env=environ, capture_output=True, encoding="utf-8", check=False
                )
                if done.returncode:
                    return done.returncode, name
        return 0, summary.read_text("utf-8")

    return run


@POSIX
@pytest.mark.slow
def test_the_github_workflow_publishes_the_same_and_says_what_comes_due(pages, tmp_path):
    hostile_names(tmp_path / "work")
    code, summary = pages(QP_AS_OF="2021-09-01", QP_LANG="en")
    assert code == 0, summary
    assert published(tmp_path / "runner" / "public") == SITE
    assert "Feuille" in summary
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["data"]


@POSIX
def test_the_github_workflow_publishes_nothing_of_no_files(pages, tmp_path):
    assert pages() == (3, "Check")
    assert not (tmp_path / "runner" / "public").exists()


GUIDE = (ROOT / "docs" / "en" / "guides" / "continuous-integration.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(?!# data/)(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def named_in(section):
    """The names that open the rows of a section's table."""
    text = GUIDE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split(":")[0])
def test_an_example_of_the_guide_is_valid(example, tmp_path):
    path = tmp_path / "example.yml"
    path.write_text(example, "utf-8")
    if "jobs:" in example:
        validate("--builtin-schema", "vendor.github-workflows", path)
    elif "include:" in example:
        validate("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", path)
    else:
        pytest.importorskip("pre_commit", reason="pre-commit comes with the dev extra")
        subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], check=True)


def test_the_guide_names_every_input_and_every_variable():
    assert len(EXAMPLES) == 5
    assert named_in("GitHub") == set(yaml.safe_load(ACTION.read_text("utf-8"))["inputs"])
    assert named_in("GitLab") == set(yaml.safe_load(TEMPLATE.read_text("utf-8"))["variables"])
    assert set(yaml.safe_load(PAGES.read_text("utf-8"))["env"]) <= named_in("GitLab")
