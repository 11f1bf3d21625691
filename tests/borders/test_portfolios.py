"""Several conventions: what an answer lacks is said by its exit code, beside it and in it."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from tests.borders.conftest import DAY
from tests.conftest import written

READING = ["status", "deadlines", "overdue", "timeline", "report", "export csv", "export ics", "show bilan", "log"]
READING += ["parties", "sites", "diff 2026-09-01 2026-10-01"]
BROKEN = "format: qp/1\nid: sud\nterritory: Le Sud\ntitle: [ouvert\n"
"""What no tree can be made of; people still know what it is called."""
WRONG = "format: qp/1\nid: sud\nterritory: Le Sud\ntitre: Sud\n"


def spoil(top, text, name="sud"):
    (top / name / "data" / "convention.yaml").write_text(text, "utf-8")


def run(qp_process, top, *arguments):
    return qp_process(*arguments, "--data", str(top), cwd=top.parent, environ=DAY)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(("text", "code"), [(BROKEN, "QP002"), (WRONG, "QP101")])
def test_a_broken_one_asked_for_by_its_id_is_3_with_its_findings(qp_process, conventions, command, text, code):
    top = conventions("nord", "sud", "est")
    spoil(top, text)
    answer = run(qp_process, top, *command.split(), "--convention", "sud")
    assert (answer.code, answer.out) == (3, "")
    assert "sud/data/convention.yaml:4:" in answer.err
    assert f"{code} error" in answer.err
    assert "Nearest" not in answer.err
    assert answer.err.splitlines()[-1].startswith("qp: ")


@pytest.mark.parametrize("name", ["sud", "SUD", "le sud"])
def test_it_may_be_asked_for_by_other_names_and_by_check(qp_process, conventions, name):
    top = conventions("nord", "sud")
    spoil(top, BROKEN)
    assert run(qp_process, top, "status", "--convention", name).code == 3
    checked = run(qp_process, top, "check", "--convention", name)
    assert (checked.code, "QP002" in checked.out) == (1, True)
    (top / "sud" / "data" / "journal.yaml").mkdir()
    for command, code in (("status", 3), ("check", 3)):
        answer = run(qp_process, top, command, "--convention", name)
        assert (answer.code, "journal.yaml cannot be read: it is a folder" in answer.err) == (code, True)


def test_beside_another_that_is_asked_for_it_is_left_out(qp_process, conventions):
    top = conventions("nord", "sud", "est")
    spoil(top, BROKEN)
    names = ["--convention", "sud", "--convention", "nord"]
    answer = run(qp_process, top, "status", *names, "--format", "json")
    assert answer.code == 1
    assert [each["id"] for each in answer.json["conventions"]] == ["nord"]
    assert answer.json["left_out"] == [{"path": "sud", "reason": "errors"}]
    alone = run(qp_process, top, "status", "--convention", "nord", "--format", "json")
    assert (alone.code, "left_out" in alone.json) == (0, False)


@pytest.mark.parametrize("command", READING)
def test_an_id_that_two_folders_share_is_ambiguous(qp_process, conventions, command):
    top = conventions("nord", "sud", "est")
    spoil(top, (top / "nord" / "data" / "convention.yaml").read_text("utf-8"))
    answer = run(qp_process, top, *command.split(), "--convention", "nord")
    assert (answer.code, answer.out) == (2, "")
    nord, sud = "territoires/nord/data", "territoires/sud/data"
    assert f"Two conventions have the id “nord”, {nord} and {sud}: name one with --data." in answer.err
    assert run(qp_process, top / "sud", *command.split(), "--convention", "nord").code == 0
    assert run(qp_process, top, *command.split(), "--convention", "est").code == 0


@pytest.mark.parametrize("first", ["est", "zone"])
def test_so_is_one_that_a_broken_one_seems_to_have(qp_process, conventions, first):
    top = conventions("nord", first)
    spoil(top, "format: qp/1\nid: nord\ntitle: [ouvert\n", first)
    answer = run(qp_process, top, "status", "--convention", "nord")
    assert (answer.code, answer.out) == (2, "")
    assert "Two conventions have the id “nord”" in answer.err


PARTIES = "format: qp/1\nparties:\n  - {id: ville, name: La Ville, ids: [ville]}\n  - {id: ville, name: Une autre}\n"


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("text", [PARTIES, "format: qp/1\nparties: [\n"])
def test_a_broken_file_of_parties_above_a_single_convention_is_said(qp_process, conventions, command, text):
    top = conventions("nord", "sud")
    (top / "parties.yaml").write_text(text)
    for _ in range(2):  # nothing of it is kept
        answer = run(qp_process, top / "nord", *command.split())
        assert answer.code == 0
        assert "parties.yaml has errors: its parties are left apart." in answer.err
        assert "parties.yaml:" in answer.err
    chosen = run(qp_process, top, *command.split(), "--convention", "nord")
    assert (chosen.code, "parties.yaml has errors" in chosen.err) == (0, True)
    checked = qp_process("check", "nord", cwd=top)
    assert (checked.code, "parties.yaml:" in checked.out) == (1, True)
    (top / "parties.yaml").write_text("format: qp/1\nparties: [{id: ville, name: La Ville}]\n")
    for _ in range(2):
        said = run(qp_process, top / "nord", *command.split()).err
        assert [line for line in said.splitlines() if not line.startswith("Calendar: ")] == []


# --- left_out


@pytest.fixture
def lacking(conventions):
    """Five conventions: one with errors, one that cannot be opened, one with the id of another, one misnamed."""
    top = conventions("nord", "sud", "est", "ouest", "zone")
    spoil(top, WRONG)
    (top / "est" / "data" / "journal.yaml").mkdir()
    spoil(top, (top / "nord" / "data" / "convention.yaml").read_text("utf-8"), "ouest")
    (top / "zone" / "data" / "convention.yaml").rename(top / "zone" / "data" / "convention.yml")
    return top


LEFT_OUT = {"est": "unread", "sud": "errors", "ouest": "repeated-id", "zone/data/convention.yml": "unread"}


@pytest.mark.parametrize(
    "command",
    ["status", "deadlines", "overdue", "timeline", "status --group-by party", "deadlines --group-by party"],
)
def test_json_names_what_is_left_out(qp_process, lacking, command):
    answer = run(qp_process, lacking, *command.split(), "--format", "json")
    assert answer.code == 1
    assert {each["path"]: each["reason"] for each in answer.json["left_out"]} == LEFT_OUT


@pytest.mark.parametrize("command", ["export json", "export json --group-by party"])
def test_so_do_the_records_that_are_taken_away(qp_process, lacking, command):
    answer = run(qp_process, lacking, *command.split())
    assert answer.code == 1
    assert {each["path"]: each["reason"] for each in answer.json["left_out"]} == LEFT_OUT


@pytest.mark.parametrize(
    "command",
    [
        "status --format csv",
        "status --group-by party --format csv",
        "deadlines --format csv",
        "overdue --format csv",
        "timeline --format csv",
        "export csv",
        "export csv --group-by site",
    ],
)
def test_csv_names_it_on_lines_of_its_own(qp_process, lacking, command):
    answer = run(qp_process, lacking, *command.split())
    assert answer.code == 1
    heading, *rows = answer.rows
    assert heading[-1] == "left_out"
    assert {len(row) for row in rows} == {len(heading)}
    column = heading.index("convention")
    named = {row[column]: row[-1] for row in rows if row[-1]}
    assert named == LEFT_OUT
    assert all(not any(row[:column] + row[column + 1 : -1]) for row in rows if row[-1])


def test_the_french_sheet_the_page_and_the_calendar_say_it_in_words(qp_process, lacking):
    sheet = run(qp_process, lacking, "export", "csv", "--excel-fr", "--lang", "fr")
    assert (sheet.code, sheet.lines[-1].startswith("4 conventions")) == (1, True)
    calendar = run(qp_process, lacking, "export", "ics")
    read = Calendar.from_ical(calendar.out)
    assert calendar.code == 1
    for name in ("description", "x-wr-caldesc"):
        assert all(each in str(read[name]) for each in LEFT_OUT)
    page = run(qp_process, lacking, "export", "md")
    assert all(each in page.out for each in ("sud", "est", "ouest", "zone"))


def test_nothing_of_the_machine_is_in_what_is_taken_away(qp_process, lacking):
    for command in ("export json", "export csv", "export ics", "report"):
        assert str(lacking.parent) not in run(qp_process, lacking, *command.split()).out


def test_where_nothing_is_left_out_nothing_is_said_of_it(qp_process, conventions):
    top = conventions("nord", "sud")
    for folder in (top, top / "nord"):
        for command in ("status", "deadlines", "overdue", "timeline"):
            answer = run(qp_process, folder, command, "--format", "json")
            assert (answer.code, "left_out" in answer.json) == (0, False)
            assert run(qp_process, folder, command, "--format", "csv").rows[0][-1] != "left_out"
    assert "description" not in Calendar.from_ical(run(qp_process, top, "export", "ics").out)


def test_parties_left_apart_are_named_too(qp_process, conventions):
    top = conventions("nord", "sud")
    (top / "parties.yaml").write_text(PARTIES)
    answer = run(qp_process, top, "status", "--format", "json")
    assert (answer.code, answer.json["left_out"]) == (1, [{"path": "parties.yaml", "reason": "parties-apart"}])


def test_check_names_what_it_could_not_check(qp_process, lacking):
    answer = qp_process("check", "territoires", "nulle-part", "--format", "json", cwd=lacking.parent)
    assert answer.code == 3
    left_out = {"nulle-part", "territoires/est/data", "territoires/zone/data/convention.yml"}
    assert {each["path"] for each in answer.json["left_out"]} == left_out
    sarif = qp_process("check", "territoires", "--format", "sarif", cwd=lacking.parent).json
    assert sarif["runs"][0]["invocations"] == [{"executionSuccessful": False}]


def test_shared_parties_of_a_folder_are_read_as_before(qp_process, conventions):
    top = conventions("nord", "sud")
    (top / "parties.yaml").write_text(written({"format": "qp/1", "parties": [{"id": "ville", "name": "La Ville"}]}))
    answer = run(qp_process, top, "status", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert [each["id"] for each in answer.json["shared_parties"]] == ["ville"]


# --- a convention that is gone from among others


@pytest.fixture
def orphaned(conventions):
    """Two conventions, of one of which the sites and the journal alone are left."""
    top = conventions("nord", "sud")
    folder = top / "sud" / "data"
    (folder / "convention.yaml").rename(folder / "convention.yaml.bak")
    (folder / "journal.yaml").write_text("# Le journal\nformat: qp/1\nfacts: []\n", "utf-8")
    return top


@pytest.mark.parametrize("command", ["status", "deadlines", "timeline", "export json"])
def test_one_whose_journal_alone_is_left_is_said_to_be_left_out(qp_process, orphaned, command):
    form = () if "export" in command else ("--format", "json")
    answer = run(qp_process, orphaned, *command.split(), *form)
    assert answer.code == 1
    assert answer.json["left_out"] == [{"path": "sud/data/journal.yaml", "reason": "unread"}]
    assert "sud/data/journal.yaml is left out: there is no convention.yaml beside it" in answer.err


@pytest.mark.parametrize("named", [["territoires"], []])
def test_and_it_is_a_finding(qp_process, orphaned, named):
    (orphaned / "parties.yaml").write_text("format: qp/1\nparties: []\n")
    answer = qp_process("check", *named, "--format", "json", cwd=orphaned if not named else orphaned.parent)
    found = [(each["code"], each["severity"], each["path"][-21:]) for each in answer.json["findings"]]
    assert (answer.code, found) == (1, [("QP013", "error", "sud/data/journal.yaml")])


def test_one_of_nearly_its_name_is_a_finding_too(qp_process, lacking):
    answer = qp_process("check", "territoires", "--select", "QP013", "--format", "json", cwd=lacking.parent)
    assert "QP013" in {each["code"] for each in answer.json["findings"] if "zone/data/convention.yml" in each["path"]}


def test_files_of_other_tools_and_those_above_data_are_no_convention_that_is_gone(qp_process, conventions):
    top = conventions("nord", "sud")
    (top / "nord" / "journal.yaml").write_text("format: qp/1\nfacts: []\n")  # which QP013 tells of by itself
    for name, text in {"schemas": "type: object\n", "blog": "posts: []\n"}.items():
        (top / name).mkdir()
        (top / name / "journal.yaml").write_text(text)
    (top / "notes").mkdir()
    (top / "notes" / "journal.md").write_text("format: qp/1\n")
    answer = run(qp_process, top, "status")
    assert "there is no convention.yaml beside it" not in answer.err


def test_of_others_than_those_asked_for_errors_are_one_line(qp_process, conventions):
    top = conventions("nord", "sud", "est")
    spoil(top, WRONG)
    answer = run(qp_process, top, "status", "--convention", "nord")
    assert (answer.code, answer.err) == (0, "qp: 1 other convention has errors: qp check tells them.\n")
