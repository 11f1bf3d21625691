"""Settings of a repository that start a program: none is started by reading its past, or by asking who records."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from tests.trust.scene import FACT, Scene

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the traps are lines of a POSIX shell")
WHEN = {"QP_AS_OF": "2026-11-23", "QP_LANG": "en"}
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PROMISED = """\
[extensions]
\tpartialClone = origin
[remote "origin"]
\tpromisor = true
\tfetch = +refs/heads/*:refs/remotes/origin/*
"""
LACKING = {
    "upload-pack": PROMISED + '\turl = {top}\n\tuploadpack = "{touch};git-upload-pack"\n',
    "upload-pack-file": PROMISED + '\turl = file://{top}\n\tuploadpack = "{touch};git-upload-pack"\n',
    "ssh-command": PROMISED + '\turl = ssh://mal.example/x\n[core]\n\tsshCommand = "{touch} #"\n',
    "ssh-short": PROMISED + '\turl = git@mal.example:x\n[core]\n\tsshCommand = "{touch} #"\n',
    "ext": PROMISED + '\turl = "ext::sh -c {touch_words}"\n[protocol "ext"]\n\tallow = always\n',
    "git-proxy": PROMISED + "\turl = git://mal.example/x\n[core]\n\tgitProxy = {script}\n",
    "instead-of": PROMISED
    + '\turl = https://mal.example/x\n[url "ext::sh -c {touch_words} "]\n\tinsteadOf = https://mal.example/\n'
    + '[protocol "ext"]\n\tallow = always\n',
    "only-extension": '[extensions]\n\tpartialClone = bad\n[remote "bad"]\n\turl = {top}\n'
    '\tuploadpack = "{touch};git-upload-pack"\n',
    "only-promisor": '[remote "bad"]\n\tpromisor = true\n\turl = {top}\n\tuploadpack = "{touch};git-upload-pack"\n',
    "protocol-allowed": PROMISED
    + '\turl = {top}\n\tuploadpack = "{touch};git-upload-pack"\n[protocol]\n\tallow = always\n'
    + '[protocol "file"]\n\tallow = always\n[protocol "none"]\n\tallow = always\n',
}
"""A clone that lacks an object and says where to fetch it from, each by a program of its own."""

WHOLE = {
    "fsmonitor": ('[core]\n\tfsmonitor = "{touch};false"\n', ("status",)),
    "fsmonitor-2": ('[core]\n\tfsmonitor = "{touch};false"\n\tfsmonitorHookVersion = 2\n', ("status",)),
    "pager": ('[core]\n\tpager = "{touch};cat"\n', ()),
    "pager-of-one": ('[pager]\n\trev-list = "{touch};cat"\n\tcat-file = "{touch};cat"\n\tconfig = "{touch};cat"\n', ()),
    "alias": ('[alias]\n\trev-parse = "!{touch}"\n\tcat-file = "!{touch}"\n\tls-tree = "!{touch}"\n', ()),
    "alias-used": ('[alias]\n\tessai = "!{touch}"\n', ("essai",)),
    "hooks": ("[core]\n\thooksPath = {hooks}\n", ("commit", "--allow-empty", "-m", "x")),
    "external-diff": ('[diff]\n\texternal = "{touch};true"\n', ("diff", "HEAD~1", "HEAD")),
    "text-of-a-diff": ('[diff "essai"]\n\ttextconv = "{touch};cat"\n', ("diff", "HEAD~1", "HEAD")),
    "driver-of-a-diff": ('[diff "essai"]\n\tcommand = "{touch};true"\n', ("diff", "HEAD~1", "HEAD")),
    "filter": (
        '[filter "essai"]\n\tsmudge = "{touch};cat"\n\tclean = "{touch};cat"\n',
        ("cat-file", "--filters", "HEAD:data/journal.yaml"),
    ),
    "filter-process": (
        '[filter "essai"]\n\tprocess = "{touch}"\n',
        ("cat-file", "--filters", "HEAD:data/journal.yaml"),
    ),
    "signatures": ("[gpg]\n\tprogram = {script}\n[log]\n\tshowSignature = true\n", ()),
    "alternate-refs": ('[core]\n\talternateRefsCommand = "{touch} #"\n', ()),
    "editor": (
        '[core]\n\teditor = "{touch};true"\n[sequence]\n\teditor = "{touch};true"\n',
        ("commit", "--allow-empty", "--amend"),
    ),
    "ask-pass": ("[core]\n\taskPass = {script}\n", ()),
    "credentials": ('[credential]\n\thelper = "!{touch}"\n', ()),
    "trace": ("[trace2]\n\teventTarget = {mark}\n\tnormalTarget = {mark}\n\tperfTarget = {mark}\n", ()),
    "packs": ("[uploadpack]\n\tpackObjectsHook = {script}\n", ()),
    "merge-driver": ('[merge "essai"]\n\tdriver = "{touch}"\n', ()),
    "split-index": ("[core]\n\tsplitIndex = true\n\tuntrackedCache = true\n[index]\n\tthreads = 8\n", ()),
    "other-tree": ("[core]\n\tworktree = /\n", ()),
    "case": ("[core]\n\tignoreCase = true\n\tprecomposeUnicode = true\n\tquotePath = false\n", ()),
}
"""Settings of a clone that lacks nothing, and a plain git's command that obeys them, where one is known to."""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """One scene, made once, of which each test takes a copy."""
    return Scene(tmp_path_factory.mktemp("original")).make()


@pytest.fixture
def scene(original, tmp_path):
    """A scene of a test's own."""
    shutil.copytree(original.folder, tmp_path / "scene", symlinks=True)
    made = Scene(tmp_path / "scene")
    (made.folder / "hooks").mkdir()
    for name in ("script", "hooks/pre-commit", "hooks/post-index-change", "hooks/reference-transaction"):
        path = made.folder / name
        path.write_text(f"#!/bin/sh\n{made.touch}\n", "utf-8")
        path.chmod(0o755)
    (made.top / ".git" / "info").mkdir(exist_ok=True)
    (made.top / ".git" / "info" / "attributes").write_text("* diff=essai filter=essai merge=essai\n", "utf-8")
    return made


def filled(text, scene):
    """A setting with the places of a scene in it."""
    return text.format(
        top=scene.top,
        mark=scene.mark,
        touch=scene.touch,
        touch_words=scene.touch.replace(" ", "% "),
        script=scene.folder / "script",
        hooks=scene.folder / "hooks",
    )


def in_the_clone(scene, text):
    """In the settings of the clone."""
    scene.configure(text)


def in_a_file_included(scene, text):
    """In a file of the repository that the clone's settings include."""
    (scene.top / "settings").write_text(text, "utf-8")
    scene.configure("[include]\n\tpath = ../settings\n")


def in_a_file_included_if(scene, text):
    """In a file that they include on one branch."""
    (scene.top / "settings").write_text(text, "utf-8")
    scene.configure('[includeIf "onbranch:main"]\n\tpath = ../settings\n[includeIf "gitdir:/"]\n\tpath = ../settings\n')


def of_one_tree(scene, text):
    """In the settings of one work tree."""
    scene.configure("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tworktreeConfig = true\n")
    scene.configure(text, "config.worktree")


PLACES = (in_the_clone, in_a_file_included, in_a_file_included_if, of_one_tree)


def asked(qp_process, scene, *arguments):
    """What qp answers in a process of its own, with no setting of git but the repository's."""
    environ = {**WHEN, **QUIET, "HOME": str(scene.folder), "QP_NO_CACHE": "1"}
    return qp_process(*arguments, cwd=scene.top, environ=environ)


def states(answer):
    return [(each["state"], each["due"]) for each in json.loads(answer.out)["obligations"]]


@pytest.mark.parametrize("text", LACKING.values(), ids=LACKING)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_what_a_clone_lacks_is_fetched_by_no_program(qp_process, scene, place, text):
    lacking = scene.top / ".git" / scene.journal_object
    lacking.unlink()
    place(scene, filled(text, scene))
    answer = asked(qp_process, scene, "deadlines", "--known-at", "HEAD", "--format", "json")
    assert not scene.mark.exists()
    assert (answer.code, answer.out) == (3, "")
    assert "This partial clone lacks what was asked for" in answer.err


@pytest.mark.parametrize("name", ["upload-pack", "ssh-command", "ext", "git-proxy", "instead-of", "only-promisor"])
def test_a_plain_git_runs_those_programs(scene, name):
    name_of_it = scene.git("rev-parse", "HEAD:data/journal.yaml")
    (scene.top / ".git" / scene.journal_object).unlink()
    scene.configure(filled(LACKING[name], scene))
    scene.git("cat-file", "blob", name_of_it, check=False)
    assert scene.mark.exists()


@pytest.mark.parametrize("text", [text for text, _ in WHOLE.values()], ids=WHOLE)
@pytest.mark.parametrize("place", [in_the_clone, of_one_tree], ids=lambda place: place.__name__)
def test_no_setting_of_a_clone_starts_a_program_or_changes_what_it_said(qp_process, scene, place, text):
    place(scene, filled(text, scene))
    answer = asked(qp_process, scene, "deadlines", "--known-at", "HEAD", "--format", "json")
    assert not scene.mark.exists()
    if "worktree = /" not in text:
        assert (answer.code, states(answer)) == (0, [("fulfilled", "2026-10-01")]), answer.err


@pytest.mark.parametrize("text", [text for text, _ in WHOLE.values()], ids=WHOLE)
@pytest.mark.parametrize("against", ["HEAD", "HEAD~1..."])
def test_nor_does_one_where_a_check_compares_with_a_commit(qp_process, scene, against, text):
    scene.commit()
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    in_the_clone(scene, filled(text, scene))
    answer = asked(qp_process, scene, "check", "--against", against, "--format", "json")
    assert not scene.mark.exists()
    assert [each["code"] for each in json.loads(answer.out)["findings"]] == ["QP602"], answer.err


@pytest.mark.parametrize("text", [text for text, _ in (*WHOLE.values(), *((each, ()) for each in LACKING.values()))])
def test_nor_does_one_where_a_calendar_counts_the_edits(qp, scene, text):
    in_the_clone(scene, filled(text, scene))
    environ = {**QUIET, "HOME": str(scene.folder), "PATH": os.environ["PATH"]}
    answer = qp("export", "ics", "--data", str(scene.top), environ=environ)
    assert not scene.mark.exists()
    assert (answer.code, "SEQUENCE:" in answer.out) == (0, True), answer.err


@pytest.mark.parametrize("text", LACKING.values(), ids=LACKING)
def test_nor_does_it_fetch_what_the_clone_lacks_then(qp_process, scene, text):
    (scene.top / ".git" / scene.journal_object).unlink()
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    in_the_clone(scene, filled(text, scene))
    answer = asked(qp_process, scene, "check", "--against", "HEAD")
    assert not scene.mark.exists()
    assert (answer.code, answer.out) == (3, "")
    assert "This partial clone lacks what was asked for" in answer.err


@pytest.mark.parametrize("name", [name for name, (_, command) in WHOLE.items() if command])
def test_a_plain_git_obeys_those_settings(scene, name):
    text, command = WHOLE[name]
    scene.configure(filled(text, scene))
    (scene.data / "journal.yaml").touch()
    scene.git(*command, check=False)
    assert scene.mark.exists()


@pytest.mark.parametrize("text", [*LACKING.values(), *(text for text, _ in WHOLE.values())], ids=[*LACKING, *WHOLE])
def test_files_that_pass_for_a_repository_are_not_asked(qp_process, scene, text):
    lacking = scene.journal_object
    scene.pose(filled(text, scene))
    (scene.data / lacking).unlink()
    scene.commit()
    answer = asked(qp_process, scene, "deadlines", "--known-at", "HEAD", "--format", "json")
    assert not scene.mark.exists()
    assert (answer.code, answer.out) == (3, "")
    assert "pass for a git repository of their own" in answer.err


def test_the_name_of_who_records_is_not_taken_from_files_that_pass_for_a_repository(qp_process, scene):
    scene.pose("[user]\n\tname = Mallory\n")
    answer = asked(qp_process, scene, "record", "voided", FACT["id"], "--on", "2026-10-10", "--dry-run")
    assert answer.code == 0, answer.err
    assert "Mallory" not in answer.out + answer.err
