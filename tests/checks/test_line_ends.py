"""Proofs that git changed or did not fetch: the line ends of texts, pointers of git-lfs; and what `init` does."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.proofs import pointed_at
from qp_cli.store.repository import read_repository
from tests.conftest import small_convention, written

GIT = shutil.which("git") or "git"
TEXTS = {
    "courrier.txt": b"Bonjour,\nvoici le bilan.\n",
    "dos.txt": b"Bonjour,\r\nvoici le bilan.\r\n",
    "tableau.csv": b"a;b\n1;2\n",
    "avis.eml": b"From: x@exemple.fr\r\nSubject: bilan\r\n\r\nVu.\r\n",
    "page.html": b"<!doctype html>\n<p>vu\n",
    "acte.xml": b"<?xml version='1.0'?>\n<acte/>\n",
    "releve.json": b'{"a":\r\n1}\n',
    "notes.md": b"# Vu\r\n",
    "annexe.yaml": b"a: 1\r\n",
    "scan.pdf": b"%PDF-1.7\n\x00\x01\r\n\n",
}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pointer(data, more=b""):
    oid = sha256(data)
    return b"version https://git-lfs.github.com/spec/v1\n%soid sha256:%s\nsize %d\n" % (more, oid.encode(), len(data))


def facts(proofs):
    """A journal with a fact for each file of proof, given as it is there."""
    return {
        "format": "qp/1",
        "facts": [
            {
                "id": f"f-{number}",
                "kind": "notified",
                "engagement": "bilan",
                "on": "2026-10-02",
                "proof": {"file": f"pieces/{name}", "sha256": sha256(data)},
            }
            for number, (name, data) in enumerate(proofs.items())
        ],
    }


def git(*arguments, cwd):
    """A plain git, with nothing of the machine's own settings."""
    who = {f"GIT_{role}_{part}": "essai" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environ = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **who}
    subprocess.run([GIT, *map(str, arguments)], cwd=cwd, env=environ, check=True, capture_output=True)


def fill(folder):
    """Puts every proof and the journal that names them into a convention's folder."""
    (folder / "pieces").mkdir(parents=True)
    for name, data in TEXTS.items():
        (folder / "pieces" / name).write_bytes(data)
    (folder / "journal.yaml").write_text(written(facts(TEXTS)), "utf-8")


def clone_of(source, target, *settings):
    """A clone, with its settings, of a folder whose every file is committed."""
    git("init", "--quiet", "--initial-branch", "main", cwd=source)
    git(*settings, "add", "--all", cwd=source)
    git("commit", "--quiet", "--message", "x", cwd=source)
    git(*settings, "clone", "--quiet", source, target, cwd=source)
    return target / "data"


def errors(folder):
    return [each for each in examine(read_repository(folder)) if each.severity == "error"]


@pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.autocrlf=input", "core.eol=crlf"])
def test_proofs_survive_a_clone_of_what_init_makes(qp, tmp_path, setting):
    arguments = (
        "--template",
        "blank",
        "--title",
        "Essai",
        "--party",
        "Ville",
        "--engagement",
        "Bilan; Ville; one-off; ; art. 1",
    )
    assert qp("init", str(tmp_path / "new"), *arguments).code == 0
    (tmp_path / "new" / "data" / "journal.yaml").unlink()
    fill(tmp_path / "new" / "data")
    folder = clone_of(tmp_path / "new", tmp_path / "clone", "-c", setting)
    assert [str(each.message) for each in errors(folder)] == []
    assert {path.name: path.read_bytes() for path in (folder / "pieces").iterdir()} == TEXTS
    for name in ("convention.yaml", "journal.yaml", "sites.yaml"):
        assert b"\r\n" not in (folder / name).read_bytes()


def test_where_only_line_ends_differ_that_is_said_and_how_to_keep_them(tmp_path):
    folder = tmp_path / "new" / "data"
    fill(folder)
    (folder / "convention.yaml").write_text(written(small_convention()), "utf-8")
    clone = clone_of(tmp_path / "new", tmp_path / "clone", "-c", "core.autocrlf=true")
    found = errors(clone)
    changed = {name for name, data in TEXTS.items() if (clone / "pieces" / name).read_bytes() != data}
    assert {"courrier.txt", "tableau.csv", "page.html", "acte.xml"} <= changed
    assert {each.code for each in found} == {"QP411"}
    assert len(found) == len(changed)
    said = {str(each.message).partition("”")[0].rpartition("/")[2]: each for each in found}
    assert "but for its line ends" in str(said["courrier.txt"].message)
    assert "“*.txt -text” in .gitattributes" in str(said["courrier.txt"].hint)
    (tmp_path / "new" / ".gitattributes").write_text("*.txt -text\n", "utf-8")
    shutil.rmtree(tmp_path / "new" / ".git")
    again = errors(clone_of(tmp_path / "new", tmp_path / "again", "-c", "core.autocrlf=true"))
    assert len(again) == len(changed) - sum(name.endswith(".txt") for name in changed)


@pytest.fixture
def one(tmp_path):
    """A convention with one proof: given as the first, there as the second."""

    def make(given, held):
        (tmp_path / "pieces").mkdir(exist_ok=True)
        (tmp_path / "convention.yaml").write_text(written(small_convention()), "utf-8")
        (tmp_path / "journal.yaml").write_text(written(facts({"bilan.txt": given})), "utf-8")
        (tmp_path / "pieces" / "bilan.txt").write_bytes(held)
        (found,) = errors(tmp_path)
        assert found.code == "QP411"
        return str(found.message), str(found.hint)

    return make


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (b"a\nb\n", b"a\r\nb\r\n"),
        (b"a\r\nb\r\n", b"a\nb\n"),
        (b"a\nb", b"a\r\nb"),
        (b"\n", b"\r\n"),
        (b"x" * ((1 << 18) - 1) + b"\r\n" + b"y\r\n", b"x" * ((1 << 18) - 1) + b"\ny\n"),
        (b"x" * ((1 << 18) - 1) + b"\ny\n", b"x" * ((1 << 18) - 1) + b"\r\ny\r\n"),
    ],
)
def test_line_ends_are_told_from_any_other_change(one, given, held):
    assert "but for its line ends" in one(given, held)[0]


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (b"a\nb\n", b"a\r\nc\r\n"),
        (b"a\nb\n", b"a\nb"),
        (b"a\n", b"a\r"),
        (b"a b\n", b"a\tb\n"),
        (b"a\r\nb\n", b"a\nb\nc"),
    ],
)
def test_what_changes_more_than_line_ends_is_another_file(one, given, held):
    message, hint = one(given, held)
    assert "its SHA-256 differs" in message
    assert sha256(held) in hint


def test_a_pointer_of_git_lfs_is_a_file_that_was_not_fetched(one):
    given = b"%PDF-1.7\n" * 1000
    message, hint = one(given, pointer(given))
    assert "was not fetched" in message
    assert hint == "Fetch it: git lfs pull"
    message, hint = one(given, pointer(given, b"ext-0-foo sha256:%s\n" % (b"0" * 64)))
    assert hint == "Fetch it: git lfs pull"


def test_a_pointer_to_another_file_is_another_file(one):
    message, hint = one(b"%PDF-1.7\n", pointer(b"%PDF-1.4\n"))
    assert "is not to the file that was given" in message
    assert sha256(b"%PDF-1.4\n") in hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n",
        b"x" + pointer(b"a"),
        pointer(b"a") + b"x" * 1024,
    ],
)
def test_what_is_no_pointer_points_at_nothing(data):
    assert pointed_at(data) == ""


def test_a_pointer_points_at_the_file_it_stands_for():
    assert pointed_at(pointer(b"a")) == sha256(b"a")
