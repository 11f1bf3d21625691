"""`--known-at`: the same answer from what the repository said then, by its git history."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from tests.conftest import small_convention, written

GIT = shutil.which("git") or "git"
WITH_GIT = {"PATH": os.environ["PATH"]}
DONE = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-20", "recorded": "2026-10-05"}
READING = [["status"], ["deadlines"], ["overdue"], ["show", "bilan"], ["parties"], ["sites"], ["log"]]


class Clone:
    """A git repository made by a test, on a branch of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch", "main")

    def git(self, *arguments, at="2026-01-01T12:00:00+0100"):
        """What git answered, at an instant it takes for now."""
        done = subprocess.run(
            [GIT, "-C", str(self.folder), "-c", "user.name=Essai", "-c", "user.email=e@example.org", *arguments],
            env={
                "PATH": os.environ["PATH"],
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_COMMITTER_DATE": at,
                "GIT_AUTHOR_DATE": "2020-01-01T12:00:00+0000",
            },
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout.strip()

    def write(self, name, declared):
        """Writes one file of the repository."""
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "data" / name).write_text(written({"format": "qp/1", **declared}), "utf-8")

    def commit(self, at, message="x"):
        """Commits everything at an instant; the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, at=at)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def clone(tmp_path):
    """The convention, its fulfilment written down on 5 October 2026 at 23:30, another date on the 9th."""
    folder = tmp_path / "dépôt essai"
    folder.mkdir()
    made = Clone(folder)
    made.write("convention.yaml", small_convention())
    made.commit("2026-09-01T12:00:00+0200")
    made.write("journal.yaml", {"facts": [DONE]})
    made.commit("2026-10-05T23:30:00+0200")
    moved = small_convention()
    moved["engagements"][0]["due"]["on"] = "2026-09-10"
    made.write("convention.yaml", moved)
    made.commit("2026-10-09T09:00:00+0200")
    made.git("tag", "v2", "HEAD~1")
    return made


@pytest.fixture
def ask(qp, clone):
    """Runs qp on the repository."""

    def run(*arguments, environ=None, **more):
        return qp("--data", str(clone.folder), *arguments, environ={**WITH_GIT, **(environ or {})}, **more)

    return run


def state(answer):
    (one,) = answer.json["obligations"]
    return one["state"], one["due"]


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        ("2026-09-01", ("overdue", "2026-10-01")),
        ("2026-10-04", ("overdue", "2026-10-01")),
        ("2026-10-05", ("fulfilled", "2026-10-01")),
        ("05/10/2026", ("fulfilled", "2026-10-01")),
        ("2026-10-08", ("fulfilled", "2026-10-01")),
        ("2026-10-09", ("fulfilled-late", "2026-09-10")),
        ("2099-12-31", ("fulfilled-late", "2026-09-10")),
        ("HEAD", ("fulfilled-late", "2026-09-10")),
        ("HEAD~1", ("fulfilled", "2026-10-01")),
        ("v2", ("fulfilled", "2026-10-01")),
        ("main~2", ("overdue", "2026-10-01")),
        ("HEAD^{/x}", ("fulfilled-late", "2026-09-10")),
    ],
)
def test_a_day_or_a_revision_gives_what_was_said_then(ask, known_at, expected):
    answer = ask("deadlines", "--known-at", known_at, "--format", "json")
    assert (answer.code, state(answer)) == (0, expected)


def test_what_was_known_and_the_day_looked_at_are_two_things(ask):
    known = ["--known-at", "2026-10-05", "--format", "json"]
    assert state(ask("deadlines", "--as-of", "2026-09-19", *known)) == ("due-soon", "2026-10-01")
    assert state(ask("deadlines", "--as-of", "2026-09-20", *known)) == ("fulfilled", "2026-10-01")
    earlier = ["--known-at", "2026-10-04", "--format", "json"]
    assert state(ask("deadlines", "--as-of", "2026-09-20", *earlier)) == ("due-soon", "2026-10-01")


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_reading_command_takes_it(ask, arguments, language):
    now = ask(*arguments, "--lang", language)
    then = ask(*arguments, "--known-at", "HEAD", "--lang", language)
    assert (then.code, then.out.replace(" --known-at HEAD\n", "\n")) == (0, f"{now.out}\n{then.err}")
    assert now.err == ""
    assert len(then.err.splitlines()) == 1


def test_which_commit_it_is_and_what_is_left_out_is_said_beside_the_answer(ask, clone):
    name = clone.git("rev-parse", "HEAD~1")[:10]
    answer = ask("deadlines", "--known-at", "2026-10-06")
    assert answer.err == f"As the repository stood in commit {name}, of 5 October 2026.\n"
    clone.write("journal.yaml", {"facts": []})
    assert "not committed" not in ask("deadlines", "--known-at", "2026-10-06").err
    assert ask("deadlines", "--known-at", "HEAD").err.splitlines()[1:] == [
        "Changes that are not committed are left out."
    ]


def test_lines_that_git_ends_otherwise_are_no_change(ask, clone):
    path = clone.folder / "data" / "convention.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(ask("status", "--known-at", "HEAD").err.splitlines()) == 1


def test_the_work_tree_and_the_index_are_left_as_they_are(ask, clone):
    def everything():
        paths = sorted(path for path in clone.folder.rglob("*") if path.is_file())
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}

    clone.write("journal.yaml", {"facts": []})
    before = everything()
    for known_at in ("2026-10-05", "HEAD~2", "nowhere"):
        ask("status", "--known-at", known_at)
    assert everything() == before


def test_a_merged_branch_counts_from_the_day_it_was_merged(ask, clone):
    clone.git("checkout", "--quiet", "-b", "side")
    clone.write("journal.yaml", {"facts": []})
    clone.commit("2026-10-10T12:00:00+0200")
    clone.git("checkout", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-ff", "side", at="2026-10-20T12:00:00+0200")
    assert state(ask("deadlines", "--known-at", "2026-10-19", "--format", "json"))[0] == "fulfilled-late"
    assert state(ask("deadlines", "--known-at", "2026-10-20", "--format", "json"))[0] == "overdue"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-12-31T23:59:59+0100", "2026-12-31"),
        ("2027-01-01T00:00:00+0100", "2027-01-01"),
        ("2026-12-31T22:59:59+0000", "2026-12-31"),
        ("2026-12-31T18:30:00-0500", "2027-01-01"),
        ("2027-07-14T21:59:59+0000", "2027-07-14"),
        ("2027-07-14T22:00:00+0000", "2027-07-15"),
    ],
)
def test_a_day_ends_at_midnight_in_paris(ask, clone, instant, day):
    clone.write("journal.yaml", {"facts": []})
    clone.commit(instant)
    eve = f"{day[:-2]}{int(day[-2:]) - 1:02}" if day != "2027-01-01" else "2026-12-31"
    assert state(ask("deadlines", "--known-at", day, "--format", "json"))[0] == "overdue"
    assert state(ask("deadlines", "--known-at", eve, "--format", "json"))[0] == "fulfilled-late"


def test_a_tag_that_reads_as_a_day_is_written_with_its_folder(ask, clone):
    clone.git("tag", "2026-10-09", "HEAD~2")
    assert state(ask("deadlines", "--known-at", "2026-10-09", "--format", "json"))[0] == "fulfilled-late"
    assert state(ask("deadlines", "--known-at", "tags/2026-10-09", "--format", "json"))[0] == "overdue"


def refused(answer, code):
    """The one line of a refusal, after the note about the commit if one was found."""
    assert (answer.code, answer.out) == (code, "")
    (line,) = answer.err.splitlines()
    assert line.startswith("qp: ")
    return line


@pytest.mark.parametrize(
    "name",
    [
        "nowhere",
        "--all",
        "-1",
        "--output=pwned",
        "HEAD..HEAD~1",
        "^HEAD",
        "HEAD:data",
        "HEAD\nHEAD",
        "a\0b",
        "\ud800",
        "HEAD; touch pwned",
        "$(touch pwned)",
        "../data",
        "0" * 40,
        "x" * 5000,
    ],
)
def test_what_names_no_commit_is_one_line(ask, clone, name):
    assert "revision" in refused(ask("deadlines", f"--known-at={name}"), 2)
    assert not list(clone.folder.parent.rglob("pwned"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (":/nulle part", "No revision has “nulle part” in its message"),
        ("@{u}", "the branch follows no other"),
        ("HEAD@{upstream}", "the branch follows no other"),
        ("HEAD..HEAD~1", "a range"),
        ("HEAD:data", "a file or folder"),
    ],
)
@pytest.mark.parametrize("arguments", [["deadlines", "--known-at"], ["check", "--against"], ["diff"]])
def test_what_is_no_commit_is_said_as_git_means_it(ask, arguments, name, said):
    assert said in refused(ask(*arguments, name), 2)


def test_the_words_of_a_message_and_the_branch_that_is_followed_name_a_commit(ask, clone):
    clone.git("commit", "--quiet", "--allow-empty", "--message", "Après le bilan")
    clone.git("branch", "amont", "HEAD~2")
    clone.git("config", "branch.main.remote", ".")
    clone.git("config", "branch.main.merge", "refs/heads/amont")
    for name, same_as in ((":/Après le", "HEAD"), ("@{u}", "HEAD~2")):
        found, expected = (ask("deadlines", "--known-at", each) for each in (name, same_as))
        assert (found.code, found.err) == (0, expected.err)
        assert re.sub("--known-at .*", "", found.out) == re.sub("--known-at .*", "", expected.out)
    assert ask("check", "--against", ":/Après le").code == ask("check", "--against", "HEAD").code


def move(clone, folder):
    (clone.folder / folder).parent.mkdir(parents=True, exist_ok=True)
    clone.git("mv", "data", folder)
    clone.commit("2026-10-20T12:00:00+0200")


@pytest.mark.parametrize(("folder", "language"), [("conventions/data", "fr"), ("conventions/essai", "en")])
def test_a_convention_that_has_moved_is_followed_by_its_id(qp, ask, clone, folder, language):
    before = ask("deadlines", "--known-at", "v2", "--format", "json")
    move(clone, folder)
    place = str(clone.folder / folder)
    arguments = ["--data", place, "--lang", language, "deadlines", "--format", "json"]
    for known_at in ("v2", "2026-10-06"):
        answer = qp(*arguments, "--known-at", known_at, environ=WITH_GIT)
        assert (answer.code, answer.out) == (0, before.out)
        said = "La convention était alors dans data." if language == "fr" else "The convention was in data then."
        assert answer.err.splitlines()[1] == said
    assert qp("--data", place, "diff", "v2", environ=WITH_GIT).code == 0


def test_of_two_folders_with_its_id_none_is_taken(qp, clone):
    shutil.copytree(clone.folder / "data", clone.folder / "copie")
    clone.commit("2026-10-19T12:00:00+0200")
    move(clone, "conventions/data")
    shutil.rmtree(clone.folder / "copie")
    answer = qp("--data", str(clone.folder / "conventions"), "deadlines", "--known-at", "HEAD~1", environ=WITH_GIT)
    assert refused(answer, 3).endswith("and several folders have its id: copie, data")


def test_a_day_that_does_not_exist_is_not_taken_for_a_revision(ask):
    assert "There is no such day" in refused(ask("deadlines", "--known-at", "2026-02-30"), 2)


@pytest.mark.parametrize("day", ["2026-08-31", "1950-01-01"])
def test_a_day_before_the_first_commit_says_since_when(ask, day):
    line = refused(ask("deadlines", "--known-at", day), 3)
    assert line.endswith("the first commit is of 1 September 2026")


def test_a_shallow_clone_says_how_far_it_goes_back(qp, clone, tmp_path):
    shallow = tmp_path / "shallow"
    clone.git("clone", "--quiet", "--depth", "2", f"file://{clone.folder}", str(shallow))

    def ask(known_at):
        return qp("--data", str(shallow), "deadlines", "--format", "json", "--known-at", known_at, environ=WITH_GIT)

    assert state(ask("2026-10-05"))[0] == "fulfilled"
    line = refused(ask("2026-10-04"), 3)
    assert "shallow clone goes back to 5 October 2026 only" in line
    assert "git fetch --unshallow" in line
    assert "shallow" in refused(ask("HEAD~2"), 2)


def test_a_revision_without_the_convention_is_one_line(ask, clone):
    clone.git("rm", "--quiet", "-r", "data")
    gone = clone.commit("2026-10-20T12:00:00+0200")
    clone.git("checkout", "--quiet", "HEAD~1", "--", "data")
    line = refused(ask("deadlines", "--known-at", gone), 3)
    assert "There is no data/convention.yaml in revision" in line


def test_a_link_in_a_revision_is_not_followed(ask, clone):
    path = clone.folder / "data" / "journal.yaml"
    path.unlink()
    path.symlink_to("/etc/passwd")
    clone.commit("2026-10-20T12:00:00+0200")
    path.unlink()
    assert "journal.yaml is no plain file" in refused(ask("deadlines", "--known-at", "HEAD"), 3)


def test_findings_of_a_revision_are_written_as_git_writes_its_files(ask, clone):
    clone.write("journal.yaml", {"facts": [{**DONE, "engagement": "bilna"}]})
    clone.commit("2026-10-20T12:00:00+0200")
    clone.write("journal.yaml", {"facts": [DONE]})
    answer = ask("deadlines", "--known-at", "HEAD")
    assert (answer.code, answer.out) == (3, "")
    assert "HEAD:data/journal.yaml:" in answer.err
    name = clone.git("rev-parse", "HEAD")[:10]
    assert f"{name}:data/journal.yaml:" in ask("deadlines", "--known-at", "2026-10-20").err


def test_a_repository_whose_files_are_at_the_top(qp, clone):
    for path in (clone.folder / "data").iterdir():
        path.rename(clone.folder / path.name)
    clone.commit("2026-10-20T12:00:00+0200")
    answer = qp("--data", str(clone.folder), "deadlines", "--known-at", "HEAD", "--format", "json", environ=WITH_GIT)
    assert state(answer)[0] == "fulfilled-late"


def test_nothing_was_ever_committed(qp, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    made = Clone(folder)
    made.write("convention.yaml", small_convention())
    for known_at, code in (("2026-10-01", 3), ("HEAD", 2)):
        refused(qp("--data", str(folder), "status", "--known-at", known_at, environ=WITH_GIT), code)


def test_no_git_repository(qp, repository):
    answer = qp("--data", str(repository()), "status", "--known-at", "HEAD", environ=WITH_GIT)
    assert "no git repository" in refused(answer, 3)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_git(ask, tmp_path, language):
    line = refused(ask("status", "--known-at", "HEAD", "--lang", language, environ={"PATH": str(tmp_path)}), 3)
    assert "git" in line


def test_a_program_called_git_where_the_reader_stands_is_not_run(ask, clone, monkeypatch):
    trap = clone.folder / "git"
    trap.write_text("#!/bin/sh\ntouch pwned\n")
    trap.chmod(0o755)
    monkeypatch.chdir(clone.folder)
    assert "not installed" in refused(ask("status", "--known-at", "HEAD", environ={"PATH": f".{os.pathsep}"}), 3)
    assert not (clone.folder / "pwned").exists()


@pytest.mark.usefixtures("outside")
def test_the_convention_that_comes_with_qp_has_no_history(qp):
    refused(qp("status", "--known-at", "HEAD", environ=WITH_GIT), 3)


def test_variables_that_point_git_elsewhere_are_not_heard(ask, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    Clone(other).commit("2026-10-30T12:00:00+0200")
    elsewhere = {"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other), "GIT_INDEX_FILE": str(other / "index")}
    answer = ask("deadlines", "--known-at", "2026-10-05", "--format", "json", environ=elsewhere)
    assert state(answer)[0] == "fulfilled"


def test_a_git_that_fails_is_one_line(ask, clone):
    shutil.rmtree(clone.folder / ".git" / "objects")
    (clone.folder / ".git" / "objects").mkdir()
    for known_at in ("HEAD", "2026-10-05"):
        assert ask("deadlines", "--known-at", known_at).code in {2, 3}


def test_the_language_of_the_notes(ask):
    answer = ask("deadlines", "--known-at", "v2", "--lang", "fr")
    assert "5 octobre 2026" in answer.err


def test_before_the_command_or_alone_it_is_the_same_as_after(ask):
    asked = ["deadlines", "--format", "json"]
    assert state(ask("--known-at", "2026-10-04", *asked)) == ("overdue", "2026-10-01")
    assert ask("--known-at", "HEAD~1").out == ask("status", "--known-at", "HEAD~1").out


def test_before_a_command_that_does_not_read_it_is_refused(ask):
    answer = ask("--known-at", "HEAD", "record", "fulfilled", "bilan")
    assert (answer.code, answer.out) == (2, "")
    assert "--known-at" in answer.err


@pytest.mark.parametrize(
    ("at", "known_at", "said"),
    [
        ("2026-09-20T12:00:00+0200", "2026-09-30", True),
        ("2026-09-20T12:00:00+0200", "2026-12-31", True),
        ("2026-09-20T12:00:00+0200", "2026-09-19", False),
        ("2026-10-09T09:00:00+0200", "2026-12-31", False),
        ("2026-10-20T09:00:00+0200", "2026-12-31", False),
        ("2026-09-20T12:00:00+0200", "HEAD", False),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_commit_dated_before_the_one_it_follows_is_said(ask, clone, at, known_at, said, language):
    clone.write("journal.yaml", {"facts": []})
    clone.commit(at)
    answer = ask("deadlines", "--known-at", known_at, "--lang", language)
    assert answer.code == 0
    words = {"en": "follows one of 9 October 2026", "fr": "en suit un du 9 octobre 2026"}
    assert (words[language] in answer.err) == said


def test_a_commit_dated_backwards_earlier_on_the_branch_is_said_too(ask, clone):
    clone.commit("2026-09-20T12:00:00+0200")
    clone.commit("2026-10-01T12:00:00+0200")
    assert "follows one of 9 October 2026" in ask("deadlines", "--known-at", "2026-10-04").err
    clone.commit("2026-11-01T12:00:00+0200")
    assert "follows one of" not in ask("deadlines", "--known-at", "2026-11-02").err


STOOD = "État du dépôt au commit {}, du 5 octobre 2026."
TOLD = [*READING, ["timeline"]]
PER_FORMAT = [[*each, "--format", form] for each in TOLD for form in ("table", "md")]
TO_TAKE_AWAY = [["export", "md"], ["export", "md", "--group-by", "party"], ["export", "ics"], ["report"]]


@pytest.mark.parametrize("arguments", [*PER_FORMAT, *TO_TAKE_AWAY], ids=" ".join)
def test_what_people_read_says_of_which_state_it_is_once(ask, clone, arguments):
    said = STOOD.format(clone.git("rev-parse", "--short=10", "v2"))
    answer = ask(*arguments, "--known-at", "v2", "--lang", "fr")
    told = re.sub(r"\s+", " ", answer.out.replace("\r", "").replace("\n ", "").replace("\\,", ","))
    assert (answer.code, told.count(said)) == (0, 2 if arguments[1:] == ["ics"] else 1), answer.out
    assert said not in ask(*arguments, "--lang", "fr").out


@pytest.mark.parametrize("arguments", [*TOLD, ["export", "json"]], ids=" ".join)
def test_programs_are_told_of_which_state_it_is(ask, clone, arguments):
    more = () if arguments[0] == "export" else ("--format", "json")
    answer = ask(*arguments, *more, "--known-at", "v2").json
    assert answer.pop("known_at") == [{"commit": clone.git("rev-parse", "--short=10", "v2"), "day": "2026-10-05"}]
    assert "known_at" not in ask(*arguments, *more).json
    assert next(iter(answer)) == "schema"


@pytest.mark.parametrize(
    "arguments", [["deadlines", "--format", "csv"], ["export", "csv"], ["export", "csv", "--excel-fr"]]
)
def test_csv_holds_nothing_but_the_data(ask, arguments):
    head = ask(*arguments, "--known-at", "HEAD").out
    assert head == ask(*arguments).out


def test_the_first_sheet_of_a_workbook_says_of_which_state_it_is(ask, clone, tmp_path):
    path = tmp_path / "suivi.xlsx"
    assert ask("export", "xlsx", "--known-at", "v2", "--lang", "fr", "--output", str(path)).code == 0
    held = [cell for (cell, *_) in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    assert STOOD.format(clone.git("rev-parse", "--short=10", "v2")) in held


def test_what_is_said_of_the_revisions_of_several_conventions_is_said_once(qp, clone):
    for name in ("autre", "tiers", "quart"):
        (clone.folder / "toutes" / name).mkdir(parents=True)
        text = (clone.folder / "data" / "convention.yaml").read_text("utf-8")
        (clone.folder / "toutes" / name / "convention.yaml").write_text(
            text.replace("id: essai", f"id: {name}"), "utf-8"
        )
    clone.commit("2026-10-20T10:00:00+0200")
    answer = qp("status", "--data", str(clone.folder / "toutes"), "--known-at", "HEAD", environ=WITH_GIT)
    assert "3 conventions" in answer.out
    assert answer.code == 0
    assert [line[:17] for line in answer.err.splitlines()] == ["As the repository"]
