"""What a repository's git holds besides its settings, and how its folders are called: what is read is what was said."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zlib

import pytest

from tests.trust.scene import FACT, GIT, SECOND, Scene

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made of links, pipes and names that POSIX allows")
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "QP_AS_OF": "2026-11-23", "QP_LANG": "en"}
SAID = [("fulfilled", "2026-10-01")]
"""What the clone said at its last commit."""
KNOWN = ("deadlines", "--known-at", "HEAD", "--format", "json")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """One scene, made once, of which each test takes a copy."""
    made = Scene(tmp_path_factory.mktemp("original")).make()
    made.other()
    return made


@pytest.fixture
def scene(original, tmp_path):
    """A scene of a test's own, with another repository beside it."""
    shutil.copytree(original.folder, tmp_path / "scene", symlinks=True)
    return Scene(tmp_path / "scene")


@pytest.fixture
def asked(qp_process, scene):
    """What qp answers in a process of its own, with no setting of git but the repository's."""

    def ask(*arguments, cwd=None, **environ):
        home = {"HOME": str(scene.folder), "QP_NO_CACHE": "1"}
        answer = qp_process(*arguments, cwd=cwd or scene.top, environ={**QUIET, **home, **environ})
        assert not scene.mark.exists()
        return answer

    return ask


def states(answer):
    assert answer.code == 0, answer.err
    return [(each["state"], each["due"]) for each in json.loads(answer.out)["obligations"]]


def codes(answer):
    """What is found, of a check that fails."""
    assert answer.code == 1, answer.err
    return [each["code"] for each in json.loads(answer.out)["findings"]]


def other(scene):
    return Scene(scene.folder / "other")


def refused(answer, code=3):
    """The one line of a refusal."""
    assert (answer.code, answer.out) == (code, ""), answer.err
    (line,) = answer.err.splitlines()
    return line


# --- files that pass for a repository


SHAPES = {
    "whole": ("HEAD", "objects", "refs"),
    "of-another": ("HEAD", "objects", "refs"),
    "with-shared-parts": ("HEAD",),
    "with-a-link": ("objects", "refs"),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["data", "above", "top"])
def test_files_that_pass_for_a_repository_show_no_other_commit(asked, scene, shape, place):
    source = other(scene) if shape == "of-another" else None
    if place == "above":
        (scene.top / "a" / "b").mkdir(parents=True)
        scene.data.rename(scene.top / "a" / "b" / "data")
        scene.commit()
        scene.data = scene.top / "a"
    if place == "top":
        scene.data = scene.top
    scene.pose("[user]\n\tname = Mallory\n", source, files=SHAPES[shape])
    if shape == "with-shared-parts":
        (scene.data / "commondir").write_text(f"{other(scene).top}/.git\n", "utf-8")
    if shape == "with-a-link":
        (scene.data / "HEAD").symlink_to("refs/heads/main")
    where = scene.top / "a" / "b" if place == "above" else scene.top
    answer = asked(*KNOWN, cwd=where)
    if place == "top":  # git meets .git first
        assert states(answer) == SAID
    else:
        assert "pass for a git repository of their own" in refused(answer)
    recorded = asked("record", "voided", FACT["id"], "--on", "2026-10-10", "--dry-run", cwd=where)
    assert recorded.code == 0, recorded.err
    assert "Mallory" not in recorded.out + recorded.err


def test_they_are_not_asked_by_an_older_git_either(asked, scene):
    scene.pose("[user]\n\tname = Mallory\n", other(scene))
    folder = scene.folder / "bin"
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\ntouch {scene.mark}\n", "utf-8")
    (folder / "git").chmod(0o755)
    refused(asked(*KNOWN, PATH=str(folder)))
    assert asked("record", "voided", FACT["id"], "--on", "2026-10-10", "--dry-run", PATH=str(folder)).code == 0


# --- what git keeps beside the commits


def replaced(scene):
    """Another commit in the place of the last."""
    name = other(scene).git("rev-parse", "HEAD")
    scene.git("fetch", "--quiet", str(other(scene).top), "main")
    scene.git("replace", scene.git("rev-parse", "HEAD"), name)


def replaced_file(scene):
    """Another text in the place of the journal."""
    (scene.folder / "forged").write_text("format: qp/1\nfacts: []\n", "utf-8")
    name = scene.git("hash-object", "-w", str(scene.folder / "forged"))
    scene.git("replace", scene.git("rev-parse", "HEAD:data/journal.yaml"), name)


def replaced_elsewhere(scene):
    """The same, where a setting says that replacements are kept."""
    replaced_file(scene)
    scene.git("config", "core.useReplaceRefs", "true")


def grafted(scene):
    """A history that begins elsewhere."""
    first = scene.git("rev-parse", "HEAD~1")
    (scene.top / ".git" / "info").mkdir(exist_ok=True)
    (scene.top / ".git" / "info" / "grafts").write_text(f"{scene.git('rev-parse', 'HEAD')}\n{first}\n", "utf-8")


def alternated(scene):
    """Objects of another repository."""
    (scene.top / ".git" / "objects" / "info").mkdir(exist_ok=True)
    objects = other(scene).top / ".git" / "objects"
    (scene.top / ".git" / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")


def named_like_a_revision(scene):
    """Branches and tags whose names are words of git."""
    first = scene.git("rev-parse", "HEAD~1")
    for name in ("heads/HEAD", "tags/HEAD", "tags/main", "heads/--all", "tags/-x", "HEAD", "heads/@"):
        path = scene.top / ".git" / "refs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{first}\n", "utf-8")


def packed(scene):
    """Everything in one pack, with its shortcuts."""
    scene.git("gc", "--quiet")
    scene.git("commit-graph", "write", "--reachable")


def graph_of_another(scene):
    """A shortcut that gives the last commit the tree of the first."""
    scene.git("commit-graph", "write", "--reachable")
    path = scene.top / ".git" / "objects" / "info" / "commit-graph"
    path.chmod(0o644)
    trees = [bytes.fromhex(scene.git("rev-parse", f"{name}^{{tree}}")) for name in ("HEAD", "HEAD~1")]
    data = path.read_bytes()
    assert data.count(trees[0]) == 1
    body = data.replace(*trees)[:-20]
    path.write_bytes(body + hashlib.sha1(body, usedforsecurity=False).digest())


def index_of_another(scene):
    """A list of files to be committed that says something else."""
    shutil.copy(other(scene).top / ".git" / "index", scene.top / ".git" / "index")


def attributes(scene):
    """Attributes that would change what is read, in a folder's files and in git's own."""
    for path in (
        scene.top / ".gitattributes",
        scene.data / ".gitattributes",
        scene.top / ".git" / "info" / "attributes",
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text("* text eol=crlf working-tree-encoding=UTF-16 ident filter=x diff=x export-ignore\n", "utf-8")


def hooked(scene):
    """Hooks where git looks for them."""
    (scene.top / ".git" / "hooks").mkdir(exist_ok=True)
    names = (
        "pre-commit",
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
    )
    for name in names:
        path = scene.top / ".git" / "hooks" / name
        path.write_text(f"#!/bin/sh\ntouch {scene.mark}\n", "utf-8")
        path.chmod(0o755)


def submodules(scene):
    """Other repositories inside, with commands for their updates."""
    (scene.top / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = x\n\turl = "ext::sh -c {scene.touch}"\n\tupdate = !{scene.touch}\n', "utf-8"
    )
    scene.configure(
        f'[submodule "x"]\n\turl = "ext::sh -c touch"\n\tupdate = !{scene.touch}\n[submodule]\n\trecurse = true\n'
    )


def linked(scene):
    """`.git` as a file that says where it is."""
    (scene.top / ".git").rename(scene.folder / "kept")
    (scene.top / ".git").write_text(f"gitdir: {scene.folder}/kept\n", "utf-8")


def dangling_links(scene):
    """Names that lead to what is not there."""
    (scene.top / ".git" / "refs" / "heads" / "x").symlink_to("nowhere")
    (scene.top / ".git" / "objects" / "info" / "commit-graphs").mkdir(parents=True)


@pytest.mark.parametrize(
    "change",
    [
        replaced,
        replaced_file,
        replaced_elsewhere,
        grafted,
        alternated,
        named_like_a_revision,
        packed,
        graph_of_another,
        index_of_another,
        attributes,
        hooked,
        submodules,
        linked,
        dangling_links,
    ],
    ids=lambda change: change.__name__,
)
def test_the_past_is_what_was_committed_whatever_git_keeps_beside(asked, scene, change):
    change(scene)
    assert states(asked(*KNOWN)) == SAID
    assert states(asked("deadlines", "--known-at", "2026-10-04", "--format", "json"))[0][0] == "overdue"
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    assert codes(asked("check", "--against", "HEAD", "--format", "json")) == ["QP602"]


# --- variables


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "{other}/.git"),
        ("GIT_WORK_TREE", "{other}"),
        ("GIT_COMMON_DIR", "{other}/.git"),
        ("GIT_OBJECT_DIRECTORY", "{other}/.git/objects"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "{other}/.git/objects"),
        ("GIT_INDEX_FILE", "{other}/.git/index"),
        ("GIT_NAMESPACE", "mal"),
        ("GIT_PREFIX", "../../"),
        ("GIT_CEILING_DIRECTORIES", "{top}"),
        ("GIT_GRAFT_FILE", "{other}/grafts"),
        ("GIT_SHALLOW_FILE", "{other}/shallow"),
        ("GIT_REPLACE_REF_BASE", "refs/heads/"),
        ("GIT_CONFIG", "{other}/.git/config"),
        ("GIT_CONFIG_PARAMETERS", "'alias.rev-parse=!{touch}'"),
        ("GIT_SSH_COMMAND", "{touch}"),
        ("GIT_SSH", "{touch}"),
        ("GIT_PROXY_COMMAND", "{touch}"),
        ("GIT_ASKPASS", "{touch}"),
        ("GIT_PAGER", "{touch}"),
        ("PAGER", "{touch}"),
        ("GIT_EDITOR", "{touch}"),
        ("GIT_EXTERNAL_DIFF", "{touch}"),
        ("GIT_TRACE", "{mark}"),
        ("GIT_TRACE2_EVENT", "{mark}"),
        ("GIT_TRACE_SETUP", "{mark}"),
        ("GIT_ALLOW_PROTOCOL", "ext:file"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_DEFAULT_HASH", "sha256"),
        ("GIT_ATTR_SOURCE", "HEAD"),
        ("GIT_TEMPLATE_DIR", "{other}"),
    ],
)
def test_no_variable_of_git_says_which_past_is_read(asked, scene, name, value):
    places = {"other": other(scene).top, "top": scene.top, "touch": scene.touch, "mark": scene.mark}
    assert states(asked(*KNOWN, **{name: value.format(**places)})) == SAID
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    answer = asked("check", "--against", "HEAD", "--format", "json", **{name: value.format(**places)})
    assert codes(answer) == ["QP602"]


# --- what a commit holds


def written_by_hand(scene, tree=None, date="1790000000 +0000", more=""):
    """A commit made without git's own checks, and taken for the branch's."""
    tree = tree or scene.git("rev-parse", "HEAD^{tree}")
    who = f"x <x> {date}"
    path = scene.folder / "commit"
    path.write_text(f"tree {tree}\nauthor {who}\ncommitter {who}\n{more}\nx\n", "utf-8")
    name = scene.git("hash-object", "-w", "-t", "commit", "--literally", str(path))
    scene.git("update-ref", "refs/heads/main", name)
    return name


@pytest.mark.parametrize(
    "date",
    [
        "0 +0000",
        "99999999999999 +0000",
        "18446744073709551614 +0000",
        "-1 +0000",
        "1790000000 +9999",
        "x",
        "",
        "1e9 +0000",
    ],
)
def test_any_date_of_a_commit_is_taken_and_never_breaks(asked, scene, date):
    written_by_hand(scene, date=date)
    assert states(asked(*KNOWN)) == SAID
    assert asked("deadlines", "--known-at", "2026-10-04", "--format", "json").code in {0, 3}


def test_a_message_of_a_commit_is_not_shown(asked, scene):
    written_by_hand(scene, more="encoding \x1b[31m\ngpgsig x\n")
    answer = asked(*KNOWN)
    assert states(answer) == SAID
    assert "\x1b" not in answer.err


@pytest.mark.parametrize("mode", ["120000", "160000", "40000"])
@pytest.mark.parametrize("name", ["convention.yaml", "journal.yaml"])
def test_what_is_no_file_in_a_commit_is_refused(asked, scene, mode, name):
    kept = scene.git("rev-parse", f"HEAD{'' if mode == '160000' else ':data' if mode == '40000' else ':data/' + name}")
    parts = scene.git("ls-tree", "HEAD:data").splitlines()
    sort = {"120000": "blob", "160000": "commit", "40000": "tree"}[mode]
    parts = [line for line in parts if not line.endswith(name)] + [f"{mode} {sort} {kept}\t{name}"]
    folder = make_tree(scene, parts)
    written_by_hand(scene, make_tree(scene, [f"40000 tree {folder}\tdata"]))
    assert "no plain file" in refused(asked(*KNOWN))


def make_tree(scene, lines):
    """A tree of these entries."""
    text = "".join(f"{line}\n" for line in lines)
    done = subprocess.run(
        [GIT, "mktree", "--missing"], cwd=scene.top, input=text.encode(), capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@pytest.mark.parametrize("target", ["../../secrets", "/etc/passwd", "journal.yaml", ".git/config", "../.git/config"])
def test_a_link_of_a_commit_is_followed_inside_it_alone(asked, scene, target):
    (scene.folder / "secrets").write_text("format: qp/1\nfacts: []\n", "utf-8")
    journal = scene.data / "journal.yaml"
    text = journal.read_text("utf-8")
    journal.unlink()
    journal.symlink_to(target)
    scene.commit()
    journal.unlink()
    journal.write_text(text, "utf-8")
    (found,) = json.loads(asked("check", "--against", "HEAD", "--format", "json").out)["findings"]
    assert (found["code"], found["severity"]) == ("QP606", "info")


def test_a_file_too_large_to_be_one_of_ours_is_not_read(asked, scene):
    (scene.data / "journal.yaml").write_bytes(b"#" * 9_000_000)
    scene.commit()
    assert "larger than 8 MB" in refused(asked(*KNOWN))
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    (found,) = json.loads(asked("check", "--against", "HEAD", "--format", "json").out)["findings"]
    assert found["code"] == "QP606"


@pytest.mark.parametrize("content", [b"", b"x", zlib.compress(b"blob 5\0abc"), zlib.compress(b"commit 3\0abc")])
def test_a_damaged_object_is_one_line(asked, scene, content):
    path = scene.top / ".git" / scene.journal_object
    path.chmod(0o644)
    path.write_bytes(content)
    said = refused(asked(*KNOWN))
    assert said.startswith(("qp: git cannot read ", "qp: git keeps journal.yaml damaged"))
    assert "hint" not in said
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    refused(asked("check", "--against", "HEAD"))


def test_a_repository_named_by_sha_256_is_read(asked, scene):
    shutil.rmtree(scene.top / ".git")
    scene.git("init", "--quiet", "--initial-branch", "main", "--object-format=sha256")
    scene.commit()
    assert states(asked(*KNOWN)) == SAID
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    assert codes(asked("check", "--against", "HEAD", "--format", "json")) == ["QP602"]


def test_another_content_under_the_name_of_the_journal_is_not_read(asked, scene):
    path = scene.top / ".git" / scene.journal_object
    path.chmod(0o644)
    forged = b"format: qp/1\nfacts: []\n"
    path.write_bytes(zlib.compress(b"blob %d\0%s" % (len(forged), forged)))
    assert scene.git("cat-file", "blob", "HEAD:data/journal.yaml").encode() == forged.strip()
    assert "git keeps journal.yaml damaged" in refused(asked(*KNOWN))
    scene.write("journal.yaml", {"format": "qp/1", "facts": []})
    assert "git keeps data/journal.yaml damaged" in refused(asked("check", "--against", "HEAD"))


# --- what waits


@pytest.mark.parametrize("place", ["config", "HEAD", "objects/info/alternates", "packed-refs", "shallow", "commondir"])
def test_a_pipe_in_the_place_of_a_file_of_gits_ends_in_time(qp, scene, monkeypatch, place):
    monkeypatch.setattr("qp_cli.store.git.SECONDS", 0.5)
    path = scene.top / ".git" / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    answer = qp("status", "--known-at", "HEAD", "--data", str(scene.top), environ={"PATH": os.environ["PATH"]})
    assert answer.code in {0, 3}, answer.err
    assert answer.code == 0 or "seconds" in answer.err or "git cannot read" in answer.err


def test_git_has_ten_seconds_at_most():
    from qp_cli.store import git

    assert git.SECONDS == 10


# --- names of folders


NAMES = [
    "with space",
    " before",
    "after ",
    "-dash",
    "--all",
    "--upload-pack=touch MARK",
    "l'avenant",
    'double"quote',
    "new\nline",
    "end\n",
    "tab\t",
    "$(touch MARK)",
    "`touch MARK`",
    "; touch MARK;",
    "&& touch MARK",
    "a|b",
    "star*",
    "what?",
    "[a-z]",
    "{a,b}",
    "back\\slash",
    ":(glob)x",
    ":!x",
    ":",
    "HEAD",
    "@{1}",
    "a:b",
    "~root",
    "#x",
    "%0A",
    "...",
    "été",
    "e\u0301te\u0301",
    "😀",
    "\u00a0",
    "\u202egnp",
    b"\xff\xfe".decode("utf-8", "surrogateescape"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("place", ["inside", "above"])
def test_a_folder_may_be_called_anything(asked, scene, name, place):
    if place == "inside":
        (scene.top / name).mkdir()
        scene.data.rename(scene.top / name / "data")
        scene.commit(SECOND)
        answer = asked(*KNOWN, cwd=scene.top / name)
    else:
        scene.top.rename(scene.folder / name)
        answer = asked(*KNOWN, f"--data={name}", cwd=scene.folder)
    assert states(answer) == SAID
    journal = (scene.top / name / "data" if place == "inside" else scene.folder / name / "data") / "journal.yaml"
    journal.unlink()
    where = {"cwd": scene.top / name} if place == "inside" else {"cwd": scene.folder}
    named = () if place == "inside" else (f"--data={name}",)
    answer = asked("check", "--against", "HEAD", "--format", "github", *named, **where)  # the text and its annotations
    assert (answer.code, answer.out.count("QP603")) == (1, 2), answer.err
    assert "\u202e" not in answer.out
    assert not list(scene.folder.rglob("MARK"))
