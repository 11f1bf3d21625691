"""What `qp schema COMMAND` promises of the JSON of each command: every key, and none that it does not tell of."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft7Validator, FormatChecker

from qp_cli.cli.commands.schema import ANSWERS
from qp_cli.render.answer_schemas import answer_schema
from qp_cli.render.answer_shapes import ANSWER_SHAPES
from tests.conftest import ROOT, small_convention

CONVENTIONS = ROOT / "tests" / "conventions"
FOLDERS = {
    "shipped": ROOT,
    **{each.name: each for each in sorted(CONVENTIONS.iterdir()) if (each / "convention.yaml").is_file()},
}
DAYS = ("2020-01-01", "2021-09-15", "2023-01-15", "2026-06-01")
ASKED = {"calc": ("2021-03-18", "P6M"), "diff": DAYS[1:3]}


def closed(schema):
    """The same, where a key that is not told of is refused."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(each) for key, each in schema.items()}
    return {**found, "additionalProperties": False} if "required" in found and "properties" in found else found


@pytest.fixture(scope="module")
def validators():
    return {
        name: Draft7Validator(closed(answer_schema(name, [str])), format_checker=FormatChecker()) for name in ANSWERS
    }


@pytest.fixture
def held(qp, validators):
    """Asks a command for its JSON, and holds it to its schema; the JSON."""

    def hold(command, *arguments, codes=(0,)):
        answer = qp(command, *arguments, "--format", "json")
        assert answer.code in codes, answer.err
        record = json.loads(answer.out)
        assert [f"{each.json_path}: {each.message}" for each in validators[command].iter_errors(record)] == []
        return record

    return hold


def test_the_commands_that_have_one_are_those_that_are_named():
    assert tuple(ANSWER_SHAPES) == ANSWERS


@pytest.mark.parametrize("command", ANSWERS)
def test_each_is_a_schema_that_is_committed_in_both_languages(command, qp):
    text = qp("schema", command).out
    assert text == (ROOT / "schemas" / f"{command}.schema.json").read_text("utf-8")
    Draft7Validator.check_schema(json.loads(text))
    alone = qp("schema", command, "--lang", "fr").out
    assert "\\n" not in alone
    assert "Le jour" in alone or "Le fichier" in alone


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_what_each_command_answers_of_every_convention_is_what_its_schema_tells(folder, held):
    data = ("--data", str(folder))
    for day in DAYS:
        at = (*data, "--as-of", day)
        found = held("deadlines", *at)["obligations"]
        assert found
        for command in ("status", "overdue", "timeline", "log", "remind"):
            held(command, *at)
    held("check", *data, codes=(0, 1))
    held("diff", *ASKED["diff"], *data)
    for name in sorted({each["engagement"] for each in found}):
        held("show", name, *at)


def test_nor_do_a_term_an_event_and_a_calculation_say_more(held, repository):
    for folder in FOLDERS.values():
        held("show", "terme", "--data", str(folder))
    declared = small_convention(events=[{"id": "signature", "title": "Signature"}])
    held("show", "signature", "--data", str(repository(declared)))
    held("calc", "2021-03-18", "P6M")
    held("calc", "2021-03-18", "10 jours ouvrés", "--backwards", "--zone", "alsace-moselle")


def test_reminders_tell_of_files_of_the_term_and_of_who_has_no_address(held, repository, tmp_path):
    contact = {"contact": {"name": "A. Martin", "email": "a.martin@example.org"}}
    declared = small_convention(term={"due": {"on": "2030-01-01"}})
    declared["parties"][0] |= {**contact, "signatory": True}
    declared["parties"].append({"id": "sans-adresse", "name": "Sans adresse"})
    declared["engagements"][0]["debtors"] = [each["id"] for each in declared["parties"]]
    data = ("--data", str(repository(declared)), "--within", "P20Y")
    (message,) = held("remind", *data, "--output", str(tmp_path / "mail"))["messages"]
    assert message["file"]
    assert message["reminders"][-1]["obligation"] is None
    assert held("remind", *data)["without_address"]


def test_several_conventions_and_what_could_not_be_read_are_told_of_too(held, tmp_path):
    broken = tmp_path / "broken" / "data"
    broken.mkdir(parents=True)
    (broken / "convention.yaml").write_text("format: qp/1\nid: [\n", "utf-8")
    several = ("--data", str(FOLDERS["apl"]), "--data", str(FOLDERS["fusion"]), "--data", str(broken))
    for command in ("status", "deadlines", "overdue", "timeline", "remind"):
        assert held(command, *several, codes=(0, 1)).get("left_out")
    for by in ("party", "convention", "clause", "site"):
        held("status", "--group-by", by, *several, codes=(0, 1))
    held("check", *(each for each in several if each != "--data"), codes=(0, 1))


def test_amounts_late_by_the_term_alone_are_told_of_too(held, repository):
    declared = small_convention(term={"due": {"on": "2025-01-01"}})
    declared["engagements"][0] |= {"amount": {"value": 7}}
    del declared["engagements"][0]["due"]
    (found,) = held("status", "--data", str(repository(declared)), "--as-of", "2026-01-01")["conventions"]
    assert [each["state"] for each in found["amounts"]] == ["overdue-by-term"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_late_by_the_term_and_what_tells_obligations_apart_is_told(language, qp):
    told = qp("schema", "deadlines", "--plain", "--lang", language).json["definitions"]["Obligation"]["properties"]
    for key in ("state", "basis"):
        assert "overdue-by-term" in told[key]["description"]
    assert "`convention`" in told["id"]["description"]
    assert "`id`" in told["convention"]["description"]


def test_a_key_that_is_not_told_of_would_be_seen(validators):
    record = {"schema": "qp/1", "as_of": "2021-09-15", "obligations": [], "more": 1}
    assert [each.message for each in validators["overdue"].iter_errors(record)] != []
