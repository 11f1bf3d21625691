"""`qp check --fix`: blanks and ends of lines only, and only where nothing that is said changes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qp_cli.checks.fixes import FixedFile, fix, says_the_same
from qp_cli.messages import msg
from qp_cli.store.yaml.reader import read_document


def fixed(text):
    """The text put right, and the English words for what was changed."""
    done = fix(text.encode(), "a.yaml")
    return done.data.decode(), [str(each) for each in done.changes]


@pytest.mark.parametrize(
    ("text", "expected", "change"),
    [
        ("\ufeffa: 1\n", "a: 1\n", "byte order mark removed"),
        ("a: 1  \nb: 2 \n", "a: 1\nb: 2\n", "blanks removed at the end of 2 lines"),
        ("a: 1 # note  \n", "a: 1 # note\n", "blanks removed at the end of 1 line"),
        ("a: 1\n   \nb: 2\n", "a: 1\n\nb: 2\n", "blanks removed at the end of 1 line"),
        ("a: 1  \r\n", "a: 1\r\n", "blanks removed at the end of 1 line"),
        ("a: 1", "a: 1\n", "end of the last line added"),
        ("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\n", "end of the last line added"),
        ("a: 1\r\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n", "1 end of line made like the others"),
        ("a: 1\r\nb: 2\r\nc: 3\n", "a: 1\r\nb: 2\r\nc: 3\r\n", "1 end of line made like the others"),
        ("a: |\n  x\nb: 2", "a: |\n  x\nb: 2\n", "end of the last line added"),
        ("a: |\n  x", "a: |\n  x\n", "end of the last line added"),
    ],
)
def test_what_nobody_sees_is_put_right(text, expected, change):
    assert fixed(text) == (expected, [change])


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: 1\r\nb: 2\r\n",
        "a: |\n  x  \n  y\n",
        "a: |\n  x\n   \n  y\n",
        'a: "x \\\n  y"\n',
        "a: >\n  x \n  y\n",
        "a: 1\n\n\n",
        "# only\na: 1\n",
    ],
)
def test_what_is_right_or_may_matter_stays(text):
    assert fixed(text) == (text, [])


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2  \n", "a: [  \n", "- x  \n", "", "a:\t1  \n", "a: \x1b  \n", "a: 1\rb: 2  \n"]
)
def test_a_file_with_errors_is_not_touched(text):
    assert fix(text.encode(), "a.yaml") is None


def test_a_file_that_is_no_text_is_not_touched():
    assert fix(b"a: \xe9  \n", "a.yaml") is None


LINES = st.sampled_from(
    [
        *("a: 1", "b: |", "  x", "  y  ", "c: >-", '  "q', 'd: "u', '  v"', "e: 'u", "f: u", "  - x", "g:", "", "   "),
        *("# n", "h: [x,", "  y]", "i: x #y", "  # z", "j: |+", "k: |2-", "l: 2021-10-01", "m: true"),
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", " \n", "  \r\n", "   \n"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.booleans(), st.lists(st.tuples(LINES, ENDS), max_size=8), st.sampled_from(["", "z: 1", "z: 1 ", "# n "]))
def test_whatever_the_file_it_says_the_same_afterwards_and_is_right(mark, lines, last):
    text = "\ufeff" * mark + "".join(line + end for line, end in lines) + last
    done = fix(text.encode(), "a.yaml")
    if done is None:
        return
    before, after = read_document(text.encode(), "a.yaml"), read_document(done.data, "a.yaml")
    assert says_the_same(before, after)
    assert done.data.split() == text.removeprefix("\ufeff").encode().split()
    assert bool(done.changes) == (done.data != text.encode())
    again = fix(done.data, "a.yaml")
    assert again.data == done.data
    assert again.changes == ()


# --- the command


@pytest.fixture
def untidy(repository):
    """A repository whose convention and journal are sound, and not tidy."""
    folder = repository()
    convention = folder / "data" / "convention.yaml"
    convention.write_bytes(b"\xef\xbb\xbf" + convention.read_bytes().replace(b"\n", b"  \n", 2).rstrip(b"\n"))
    (folder / "data" / "journal.yaml").write_bytes(b"format: qp/1\r\nfacts: []\n")
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


def test_nothing_is_changed_unless_asked(qp, untidy):
    before = contents(untidy)
    for arguments in ([], ["--strict"], ["--format", "json"]):
        qp("check", str(untidy), *arguments)
    assert contents(untidy) == before


def test_files_are_put_right_and_each_change_is_said(qp, untidy):
    before = qp("check", str(untidy))
    answer = qp("check", str(untidy), "--fix")
    path = (untidy / "data" / "convention.yaml").as_posix()
    assert [line for line in answer.err.splitlines() if line.startswith(path)] == [
        f"{path}: byte order mark removed",
        f"{path}: blanks removed at the end of 2 lines",
        f"{path}: end of the last line added",
    ]
    assert answer.err.splitlines()[-1].endswith("journal.yaml: 1 end of line made like the others")
    assert answer.code == before.code
    assert answer.out.splitlines()[-1] == before.out.splitlines()[-1]
    after = contents(untidy)
    assert not after["convention.yaml"].startswith(b"\xef\xbb\xbf")
    assert b" \n" not in after["convention.yaml"]
    assert list(after) == ["convention.yaml", "journal.yaml"]
    assert qp("check", str(untidy), "--fix").err == ""
    assert contents(untidy) == after


def test_a_file_with_errors_is_left_as_it_is_and_said(qp, repository):
    folder = repository("format: qp/1  \nformat: qp/1\n")
    before = contents(folder)
    answer = qp("check", str(folder), "--fix")
    assert answer.code == 1
    assert "QP003" in answer.out
    assert answer.err.endswith("convention.yaml: not touched: it has errors\n")
    assert contents(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_not_replaced(qp, untidy, tmp_path):
    path, real = untidy / "data" / "convention.yaml", tmp_path / "ailleurs.yaml"
    path.rename(real)
    path.symlink_to(real)
    before = real.read_bytes()
    answer = qp("check", str(untidy), "--fix")
    assert "not touched: it is a link to another file" in answer.err
    assert path.is_symlink()
    assert real.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_the_mode_of_the_file_stays(qp, untidy):
    path = untidy / "data" / "convention.yaml"
    path.chmod(0o640)
    qp("check", str(untidy), "--fix")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_that_cannot_be_written_to_is_one_line_and_the_file_whole(qp, untidy, monkeypatch):
    def refuse(path, _):
        raise PermissionError(errno.EACCES, "", str(path))

    before = contents(untidy)
    monkeypatch.setattr(Path, "replace", refuse)
    answer = qp("check", str(untidy), "--fix")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith("convention.yaml cannot be written: permission denied\n")
    assert answer.err.count("\n") == 1
    assert contents(untidy) == before


def test_a_file_that_changes_meanwhile_is_not_overwritten(qp, untidy, monkeypatch):
    path = untidy / "data" / "convention.yaml"

    def meanwhile(data, _):
        path.write_bytes(data + b"\nnote: ajout\n")
        return FixedFile(data.strip(), (msg("byte order mark removed"),))

    monkeypatch.setattr("qp_cli.checks.fixes.fix", meanwhile)
    answer = qp("check", str(untidy), "--fix")
    assert "convention.yaml: not touched: it has just been changed" in answer.err
    assert b"note: ajout" in path.read_bytes()


def test_shipped_data_have_nothing_to_put_right(shipped):
    for path in (shipped / "data").glob("*.yaml"):
        assert fix(path.read_bytes(), path.name).changes == ()
