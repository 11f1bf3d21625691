"""`qp schema` in a repository: its ids wherever something is named, kept in step where the repository asks for it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, ValidationError, validators

from qp_cli.store.yaml.reader import read_document
from tests.conftest import written

ROOT = Path(__file__).resolve().parents[2]
CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'été n° 1",
    "signature": "signature",
    "term": {"clause": "art. 9", "due": {"on": "2028-01-31"}},
    "parties": [{"id": "evry", "name": "Ville d'Évry"}, {"id": "region", "name": "Région « Île »"}],
    "groups": [{"id": "elus", "name": "Élus", "members": ["evry", "region"]}],
    "roles": [{"id": "pilote", "name": "Pilote", "held_by": ["region"]}],
    "events": [{"id": "signature", "title": "Signature", "date": "2026-01-31"}],
    "engagements": [
        {
            "id": "bilan",
            "title": "Remettre le bilan à l'État",
            "clause": "art. 1",
            "debtors": ["evry"],
            "kind": "one-off",
            "due": {"within": "P6M", "from": "signature"},
        }
    ],
}
SITES = [{"id": "centre", "name": "Centre-ville", "commune": "Évry"}]
FACTS = [
    {"id": "f-1", "kind": "notified", "engagement": "bilan", "on": "2026-08-03"},
    {
        "id": "f-2",
        "kind": "amended",
        "title": "Avenant n° 1",
        "on": "2026-08-01",
        "changes": [{"change": "add", "party": {"id": "etat", "name": "État"}}],
    },
]
PEOPLE, DATED = ["evry", "region", "elus", "pilote"], ["signature", "bilan", "terme"]


@pytest.fixture
def folder(repository, monkeypatch):
    """A repository where the test stands."""
    made = repository(CONVENTION, sites=SITES, journal=FACTS, name="Île-de-France n° 1")
    monkeypatch.chdir(made)
    return made


@pytest.fixture
def kept(folder, qp):
    """The same, which asks for its schemas to be kept in step; reads one of them."""
    assert qp("schema", "--update").code == 0
    return lambda name: json.loads((folder / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def examples(schema, model, key):
    """What is proposed under a key of a definition, or of the file itself."""
    found = (schema["definitions"][model] if model else schema)["properties"][key]
    return found["examples"] if "examples" in found else found["items"]["examples"]


@pytest.mark.parametrize(
    ("name", "model", "key", "ids"),
    [
        ("convention", None, "signature", ["signature"]),
        ("convention", "Engagement", "debtors", PEOPLE),
        ("convention", "Engagement", "trigger", ["signature"]),
        ("convention", "Engagement", "sites", ["centre"]),
        ("convention", "Within", "from", DATED),
        ("convention", "Group", "members", ["evry", "region"]),
        ("convention", "EarliestOf", "earliest_of", DATED),
        ("journal", "Fulfilled", "engagement", ["bilan"]),
        ("journal", "Fulfilled", "by", ["evry", "region", "etat", "elus", "pilote"]),
        ("journal", "Suspended", "engagement", ["bilan", "all"]),
        ("journal", "Occurred", "event", ["signature"]),
        ("journal", "Extend", "target", ["bilan", "terme"]),
        ("journal", "Voided", "fact", ["f-1", "f-2"]),
        ("journal", "Add", "role", ["pilote"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_ids_of_the_repository_are_proposed_where_they_can_stand(qp, name, model, key, ids):
    assert examples(qp("schema", name).json, model, key) == ids


@pytest.mark.usefixtures("folder")
def test_but_for_its_ids_it_is_the_schema_of_any_repository(qp):
    def bare(value):
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key not in {"examples", "$comment"}}
        return [bare(each) for each in value] if isinstance(value, list) else value

    for name, schema in qp("schema").json.items():
        Draft7Validator.check_schema(schema)
        assert bare(schema) == bare(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")))


def test_it_is_the_plain_one_outside_any_and_where_it_is_asked_for(qp, folder, tmp_path, monkeypatch):
    plain = (ROOT / "schemas" / "journal.schema.json").read_text("utf-8")
    assert qp("schema", "journal", "--plain").out == plain
    monkeypatch.chdir(tmp_path)  # where conventions are below, and none is here
    assert qp("schema", "journal").out == plain
    assert "f-2" in qp("schema", "journal", "--data", str(folder)).out
    assert qp("schema", "journal", "--data", str(folder), "--data", str(ROOT)).out == plain


def is_known(_, ids, value, __):
    """What is proposed is all that can stand there, but for a day."""
    if isinstance(value, str) and not re.match(r"\d{4}-", value) and value not in ids:
        yield ValidationError(f"{value} is not proposed")


STRICT = validators.extend(Draft7Validator, {"examples": is_known})


def as_editors_see(value):
    """A tree as an editor's YAML reads it: days are texts."""
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize("data", ["data", "tests/conventions/neighbour"])
@pytest.mark.parametrize("name", ["convention", "sites", "journal"])
def test_every_name_that_real_files_hold_is_among_those_proposed(qp, data, name):
    schema = qp("schema", name, "--data", str(ROOT / data)).json
    root = read_document((ROOT / data / f"{name}.yaml").read_bytes(), name).root
    assert [each.message for each in STRICT(schema).iter_errors(as_editors_see(root))] == []


def test_an_id_that_is_gone_is_no_longer_proposed(qp, folder):
    path = folder / "data" / "convention.yaml"
    path.write_text(path.read_text("utf-8").replace("region", "ile"), "utf-8")
    assert examples(qp("schema", "convention").json, "Engagement", "debtors") == ["evry", "ile", "elus", "pilote"]


def test_a_name_that_leads_nowhere_stops_nothing_for_it_is_what_one_is_looking_for(qp, folder):
    path = folder / "data" / "convention.yaml"
    path.write_text(path.read_text("utf-8").replace("from: signature", "from: signatur"), "utf-8")
    assert qp("status").code == 3
    assert examples(qp("schema", "convention").json, "Within", "from") == DATED


def test_files_that_cannot_be_read_are_said(qp, folder):
    (folder / "data" / "sites.yaml").write_text("sites: [", "utf-8")
    answer = qp("schema", "convention")
    assert (answer.code, answer.out) == (3, "")
    assert "QP0" in answer.err


# --- Kept in step


def test_a_fact_recorded_is_proposed_at_once_in_what_is_kept(qp, kept):
    qp("record", "notified", "bilan", "--on", "2026-11-01")
    answer = qp("log", "--format", "json")
    ids = [each["id"] for each in answer.json["facts"]]
    assert len(ids) == 3
    assert set(examples(kept("journal"), "Voided", "fact")) == set(ids)
    assert qp("check").err == ""


@pytest.mark.parametrize("how", ["none", "plain", "another's"])
def test_a_repository_that_does_not_ask_for_them_is_left_as_it_is(qp, folder, how):
    schema = folder / "schemas" / "journal.schema.json"
    if how != "none":
        schema.parent.mkdir()
        schema.write_text("{}" if how == "another's" else qp("schema", "journal", "--plain").out, "utf-8")
    before = schema.read_bytes() if schema.exists() else None
    assert qp("record", "notified", "bilan", "--on", "2026-11-01").code == 0
    assert (schema.read_bytes() if schema.exists() else None) == before
    assert qp("check").err == ""


def test_a_dry_run_writes_none(qp, kept):
    before = kept("journal")
    assert qp("record", "notified", "bilan", "--on", "2026-11-01", "--dry-run").code == 0
    assert kept("journal") == before


def test_those_of_before_are_said_by_a_check_that_fails_for_nothing(qp, folder, kept):
    path = folder / "data" / "convention.yaml"
    path.write_text(path.read_text("utf-8").replace("id: bilan", "id: rapport"), "utf-8")
    journal = folder / "data" / "journal.yaml"
    journal.write_text(journal.read_text("utf-8").replace("engagement: bilan", "engagement: rapport"), "utf-8")
    for _ in range(2):  # from the files, then from what was kept of them
        answer = qp("check", "--format", "json", environ={"QP_LANG": "fr"})
        assert (answer.code, answer.json["summary"]["errors"]) == (0, 0)
        assert answer.err.count("qp schema --update") == 1
        assert "schemas/convention.schema.json, schemas/journal.schema.json" in answer.err
    assert "convention.schema.json" in qp("schema", "--update").err
    assert qp("check").err == ""
    assert "rapport" in examples(kept("convention"), "Within", "from")


def test_one_is_written_by_its_name_and_says_so_once(qp, folder):
    assert "journal.schema.json written" in qp("schema", "journal", "--update").err
    assert [each.name for each in (folder / "schemas").iterdir()] == ["journal.schema.json"]
    assert "already" in qp("schema", "journal", "--update").err


def test_one_that_is_marked_by_a_merge_is_written_anew(qp, folder, kept):
    path = folder / "schemas" / "journal.schema.json"
    text = path.read_text("utf-8")
    comment = text.splitlines()[1]
    marked = text.replace(comment, f'<<<<<<< HEAD\n{comment}\n=======\n{comment[:-4]}00)",\n>>>>>>> autre')
    path.write_text(marked, "utf-8")
    assert qp("schema", "--update").code == 0
    assert path.read_text("utf-8") == text
    assert kept("journal")


def test_a_convention_at_the_top_has_them_beside_it(qp, tmp_path, monkeypatch):
    (tmp_path / "convention.yaml").write_text(written(CONVENTION), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert qp("schema", "--update").code == 0
    assert (tmp_path / "schemas" / "convention.schema.json").is_file()


def test_nothing_that_qp_did_not_write_is_written_over(qp, folder, tmp_path):
    schema = folder / "schemas" / "sites.schema.json"
    schema.parent.mkdir()
    schema.write_text("{}", "utf-8")
    answer = qp("schema", "--update")
    assert (answer.code, answer.out) == (2, "")
    assert "sites.schema.json" in answer.err
    assert [each.name for each in schema.parent.iterdir()] == [schema.name]
    assert schema.read_text("utf-8") == "{}"
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_of_the_repository_is_followed_to_write_a_schema(qp, folder, kept, tmp_path, what):
    elsewhere = tmp_path / "ailleurs"
    shutil.move(folder / "schemas", elsewhere)
    if what == "folder":
        (folder / "schemas").symlink_to(elsewhere)
    else:
        (folder / "schemas").mkdir()
        for each in elsewhere.iterdir():
            (folder / "schemas" / each.name).symlink_to(each)
    before = {each.name: each.read_bytes() for each in elsewhere.iterdir()}
    assert qp("record", "notified", "bilan", "--on", "2026-11-01").code == 0
    assert qp("schema", "--update").code == 2
    assert {each.name: each.read_bytes() for each in elsewhere.iterdir()} == before
    assert kept("journal")


def test_a_fact_is_recorded_though_its_schema_cannot_be(qp, folder, kept, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qp_cli.store.atomic_writing.write_answer", full)
    answer = qp("record", "notified", "bilan", "--on", "2026-11-01")
    assert (answer.code, "recorded in" in answer.out) == (0, True)
    assert "qp: warning:" in answer.err
    assert len(qp("log", "--format", "json").json["facts"]) == 3
    assert len(examples(kept("journal"), "Voided", "fact")) == 2
    assert folder.is_dir()


@pytest.mark.parametrize("more", [["--plain"], ["--output", "x.json"]])
@pytest.mark.usefixtures("folder")
def test_what_asks_for_another_place_or_for_no_ids_is_no_update(qp, more):
    answer = qp("schema", "--update", *more)
    assert (answer.code, answer.out) == (2, "")
    assert qp("schema", "parties", "--update").code == 2
