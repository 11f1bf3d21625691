"""The JSON Schemas that editors use: in step with the models, described, and of one mind with what qp reads."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, FormatChecker
from pydantic_core import ValidationError

from qp_cli.checks.additions import unsaid_or_several
from qp_cli.checks.blocking import blocking_findings
from qp_cli.checks.due_dates import without_start
from qp_cli.checks.rule import Pointer
from qp_cli.cli.commands.schema import NAMES
from qp_cli.findings import Severity
from qp_cli.model.descriptions import ALL_WORDS
from qp_cli.model.dues import Due
from qp_cli.model.facts import Add, Change, Fact, Journal
from qp_cli.model.fields import Maybe, OneOf, Several, Simple, fields_of
from qp_cli.model.json_schema import SCHEMA_FILES, declared_models, key_words
from qp_cli.model.proposed_ids import NAMED_BY_KEY, named_under
from qp_cli.model.reading import read
from qp_cli.names import ID_PATTERN
from qp_cli.store.repository import read_repository
from qp_cli.store.schema import _read_keys
from qp_cli.store.yaml.reader import read_document
from qp_cli.store.yaml.tree import YamlMap

ROOT = Path(__file__).resolve().parents[2]
REPOSITORIES = ("data", "tests/conventions/neighbour")
UNIONS = {"Due": Due, "Fact": Fact, "Change": Change}
MODELS = list(declared_models())
PARENTS = {"Named", "Recorded", "About"}
"""Models that only lend their keys to others."""
every_file = pytest.mark.parametrize("name", NAMES)
every_own_file = pytest.mark.parametrize("name", ["convention", "sites", "journal"])
"""Those of one convention: the parties are shared by several."""


def committed(name):
    return json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def is_of_ids(form):
    """Whether a field holds an id, or several, or may."""
    match form:
        case Simple(_, bounds):
            return bounds.pattern == ID_PATTERN
        case Maybe(inner) | Several(inner, _):
            return is_of_ids(inner)
        case OneOf(choices, _):
            return any(is_of_ids(each) for each in choices.values())
    return False


SCHEMAS = {name: committed(name) for name in NAMES}
DEFINITIONS = {key: value for schema in SCHEMAS.values() for key, value in schema["definitions"].items()}


def fields(model):
    return [each.key for each in fields_of(model)]


def nodes(value):
    """Each group of keys of a schema, however deep."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


# --- In step with the models


@every_file
@pytest.mark.parametrize("locale", ["fr_FR.UTF-8", "C.UTF-8"])
def test_what_is_committed_is_what_the_command_prints(qp, name, locale):
    text = (ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")
    assert qp("schema", name, "--plain", environ={"LANG": locale}).out == text, "run: python scripts/schemas.py"


@every_file
def test_each_is_a_schema_of_the_draft_it_names(name):
    assert SCHEMAS[name]["$schema"] == Draft7Validator.META_SCHEMA["$id"]
    Draft7Validator.check_schema(SCHEMAS[name])


@every_file
def test_every_definition_serves_and_every_reference_is_defined(name):
    named = {node["$ref"].removeprefix("#/definitions/") for node in nodes(SCHEMAS[name]) if "$ref" in node}
    assert named == set(SCHEMAS[name]["definitions"])


@every_file
def test_nothing_stands_beside_a_reference_where_draft_07_would_not_read_it(name):
    assert [node for node in nodes(SCHEMAS[name]) if isinstance(node.get("$ref"), str) and len(node) > 1] == []


NAMING = [
    (model, each.key) for model in MODELS for each in fields_of(model) if is_of_ids(each.form) and each.key != "id"
]


def test_every_key_that_holds_an_id_says_what_it_names_and_no_other_does():
    assert len(NAMING) > 60
    elsewhere = {("SharedParty", "ids")}  # those that other conventions give
    silent = {(model.__name__, key) for model, key in NAMING if not named_under(model, key)}
    assert silent == elsewhere
    said = {(name, key) for name, table in NAMED_BY_KEY.items() for key in table}
    heirs = {(each.__name__, key) for model, key in NAMING for each in model.__mro__}
    assert said - heirs == set()


def test_the_command_names_the_files_of_the_models():
    assert tuple(SCHEMA_FILES) == NAMES


@pytest.mark.usefixtures("outside")
def test_without_a_name_all_come_under_theirs(qp):
    assert qp("schema").json == SCHEMAS


def test_a_language_asked_for_comes_alone(qp):
    french, english = (qp("schema", "journal", "--lang", code).json["definitions"]["Due"] for code in ("fr", "en"))
    both = DEFINITIONS["Due"]
    assert english["title"] == "Due date"
    assert list(dict.fromkeys([french["title"], english["title"]])) == both["title"].split(" / ")
    assert list(dict.fromkeys([french["description"], english["description"]])) == both["description"].split("\n")
    assert qp("--lang", "en", "schema", "journal").json["definitions"]["Due"] == english


def test_a_file_is_written(qp, outside):
    assert qp("schema", "sites", "--output", "s.json").out == ""
    assert json.loads((outside / "s.json").read_text("utf-8")) == SCHEMAS["sites"]


def test_another_name_is_a_usage_error(qp):
    answer = qp("schema", "party")
    assert (answer.code, answer.out) == (2, "")
    assert "convention, sites, journal" in answer.err


# --- Described


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_model_is_described(model):
    assert model.__name__ in ALL_WORDS
    assert [key for key in fields(model) if key_words(model, key) is None] == []


def test_no_description_is_left_over():
    models = {model.__name__: model for model in MODELS}
    assert set(ALL_WORDS) == set(models) | set(UNIONS)
    heirs = {name: [each for each in MODELS if issubclass(each, model)] for name, model in models.items()}
    stale = [
        (name, key)
        for name, words in ALL_WORDS.items()
        for key in words.keys
        if not any(key in fields(each) for each in heirs.get(name, []))
    ]
    assert stale == []


@every_file
def test_every_definition_key_and_form_says_what_it_is(name):
    schema = SCHEMAS[name]
    for node in (schema, *schema["definitions"].values()):
        assert node["title"]
        assert node["description"]
        assert [key for key, value in node.get("properties", {}).items() if not value.get("description")] == []
    forms = [node for node in nodes(schema) if isinstance(node.get("pattern"), str)]
    assert [node["pattern"] for node in forms if not node.get("patternErrorMessage")] == []


@every_file
def test_each_value_of_a_closed_list_is_explained_but_the_zones(name):
    lists = [node for node in nodes(SCHEMAS[name]) if isinstance(node.get("enum"), list) and "description" in node]
    silent = [node["enum"] for node in lists if "enumDescriptions" not in node]
    assert all("alsace-moselle" in values for values in silent)
    told = [node for node in lists if "enumDescriptions" in node]
    assert all(len(node["enumDescriptions"]) == len([each for each in node["enum"] if each]) for node in told)


def test_defaults_are_shown_where_they_say_something():
    keys = SCHEMAS["convention"]["properties"]
    assert {key: value["default"] for key, value in keys.items() if "default" in value} == {
        "regime": "quantieme",
        "zone": "metropole",
        "due_soon_days": 30,
        "remind": [30, 14, 7, 1],
    }
    assert DEFINITIONS["Every"]["properties"]["until"]["default"] == "terme"


def test_a_key_left_empty_is_allowed_where_qp_allows_it_and_nowhere_else():
    keys = DEFINITIONS["Engagement"]["properties"]
    assert keys["note"]["type"] == ["string", "null"]
    assert keys["nature"]["enum"] == ["moyens", "resultat", None]
    assert keys["due"]["type"] == ["object", "null"]
    assert (keys["title"]["type"], keys["scope"]["type"], keys["sites"]["type"]) == ("string", "string", "array")


# --- What an editor flags in the files themselves


def plain(value):
    """A tree as an editor's YAML reads it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def flagged(schema, value):
    """The path of each error, down to the key where it is one."""
    return {tuple(path) for error in validator(schema).iter_errors(value) for path in paths(error)}


def validator(schema):
    return Draft7Validator(schema, format_checker=FormatChecker())


def paths(error):
    here = list(error.absolute_path)
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        return [[*here, key] for key in error.instance if key not in known and not key.startswith("x-")]
    return [here]


@pytest.mark.parametrize("folder", REPOSITORIES)
@every_own_file
def test_the_shipped_files_are_clean(folder, name):
    document = read_document((ROOT / folder / f"{name}.yaml").read_bytes(), name)
    assert document.root is not None
    assert flagged(SCHEMAS[name], plain(document.root)) == set()


@pytest.mark.parametrize("folder", REPOSITORIES)
@every_own_file
def test_each_file_tells_editors_its_schema(folder, name):
    path = ROOT / folder / f"{name}.yaml"
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert (path.parent / found[1]).resolve() == ROOT / "schemas" / f"{name}.schema.json"


NEIGHBOUR, SHIPPED = "tests/conventions/neighbour/", "data/"
SEEDED = {  # file, what stands there, what is written instead, where it is flagged
    "a misspelt key": (
        SHIPPED + "convention.yaml",
        "    support: [etat, partenaires]",
        "    suport: [etat, partenaires]",
        ("engagements", 0, "suport"),
    ),
    "a misspelt key at the top": (SHIPPED + "convention.yaml", "\nzone: m", "\nzones: m", ("zones",)),
    "an unknown value": (
        SHIPPED + "convention.yaml",
        "    kind: one-off\n    nature: resultat\n    due:",
        "    kind: oneoff\n    nature: resultat\n    due:",
        ("engagements", 0, "kind"),
    ),
    "a period in words": (
        SHIPPED + "convention.yaml",
        "due: {within: P6M, from: labellisation}",
        "due: {within: 6 mois, from: labellisation}",
        ("engagements", 0, "due", "within"),
    ),
    "an id with capitals": (
        SHIPPED + "convention.yaml",
        "  - id: labellisation",
        "  - id: Labellisation",
        ("events", 2, "id"),
    ),
    "a missing key": (
        SHIPPED + "convention.yaml",
        "    title: Signature de la Convention\n",
        "",
        ("events", 4),
    ),
    "a French date": (
        SHIPPED + "convention.yaml",
        "  date: 2022-03-10\n\n",
        "  date: 10/03/2022\n\n",
        ("source", "date"),
    ),
    "a reading that does not exist": (
        SHIPPED + "convention.yaml",
        "readings: [duree]",
        "readings: [durée]",
        ("term", "due", "readings", 0),
    ),
    "a text where a list is": (
        SHIPPED + "sites.yaml",
        "    focus: [numérique]",
        "    focus: numérique",
        ("sites", 0, "focus"),
    ),
    "a due date without a form": (
        NEIGHBOUR + "convention.yaml",
        "due: {within: P4M, from: signature}",
        "due: {from: signature}",
        ("engagements", 2, "due"),
    ),
    "half a recurrence": (
        NEIGHBOUR + "convention.yaml",
        "from: {every: P1Y, first: 2021-12-31, until: terme}",
        "from: {every: P1Y, until: terme}",
        ("engagements", 13, "due", "from"),
    ),
    "an unknown kind of fact": (NEIGHBOUR + "journal.yaml", "kind: waived", "kind: waved", ("facts", 7, "kind")),
    "a key of another kind of fact": (
        NEIGHBOUR + "journal.yaml",
        "kind: waived, engagement: logo",
        "kind: waived, engagement: logo, event: signature",
        ("facts", 7, "event"),
    ),
    "a change without its period": (NEIGHBOUR + "journal.yaml", ", by: P12M}", "}", ("facts", 0, "changes", 0)),
}


@pytest.mark.parametrize(("path", "there", "instead", "expected"), SEEDED.values(), ids=SEEDED)
def test_a_seeded_error_is_flagged_where_qp_flags_it(path, there, instead, expected):
    name = Path(path).stem
    text = (ROOT / path).read_text("utf-8")
    assert there in text
    seeded = text.replace(there, instead, 1)
    document = read_document(seeded.encode(), path)
    assert flagged(SCHEMAS[name], plain(document.root)) == {expected}
    files = {each.name: each.read_bytes() for each in (ROOT / path).parent.glob("*.yaml")}
    repository = read_repository((ROOT / path).parent, Path(), {**files, f"{name}.yaml": seeded.encode()})
    errors = [each for each in blocking_findings(repository) if each.severity is Severity.ERROR]
    assert [(each.span.path, each.span.line) for each in errors] == [(f"{name}.yaml", document.span(expected).line)]


def test_two_forms_of_due_date_at_once_flag_each_other():
    text = (ROOT / NEIGHBOUR / "convention.yaml").read_text("utf-8")
    seeded = text.replace("due: {on: 2021-12-31}", "due: {on: 2021-12-31, within: P6M}")
    assert flagged(SCHEMAS["convention"], plain(read_document(seeded.encode(), "f").root)) == {
        ("engagements", 8, "due", "on"),
        ("engagements", 8, "due", "within"),
    }


# --- Of one mind with qp

SAMPLES = """
Accessibility:
  - {level: partiellement-conforme, declaration: "https://example.org/accessibilite"}
Source:
  - {title: Dossier, reference: R-1, date: 2022-03-10}
Term:
  - {title: Terme, clause: art. 4, note: Lu, due: {within: P24M, from: depart}, renewal: {every: P3Y}}
  - {title: Terme, clause: art. 4, note: Lu, open_ended: true, notice: P3M}
Renewal:
  - {every: P3Y, notice: P6M, at_most: 2, regime: a-rebours, clause: art. 8, note: Lu}
Party:
  - {id: ville, name: Ville, short: V, aliases: [la Ville], clause: art. 1, note: Lu, organ_of: etat, signatory: true,
     represented_by: le maire, part: bénéficiaire}
Group:
  - {id: tous, name: Tous, short: T, aliases: [eux], clause: art. 1, note: Lu, members: [ville, etat]}
Role:
  - {id: chef, name: Chef, short: C, aliases: [lui], clause: art. 1, note: Lu, held_by: [ville]}
Event:
  - {id: depart, title: Départ, date: 2021-03-18, repeats: false, clause: art. 1, note: Lu}
  - {id: entree, title: Entrée, when: {latest_of: [depart, 2022-01-01, {within: P1D, from: depart}]}}
Claim:
  - {about: terme, where: titre, says: Fin, first_year: 2022, last_year: 2024, done: false, note: Lu}
Ignore:
  - {code: QP304, at: terme, reason: Lu et décidé}
Engagement:
  - {id: plan, title: Plan, clause: art. 1, debtors: [ville], creditors: [etat], support: [tous], performer: chef,
     solidary: false, reporting: false, kind: one-off, nature: moyens, scope: national, trigger: depart,
     due: {on: 2021-12-31}, target: {within: P15D}, sites: [halle], note: Lu,
     amount: {value: 30000, currency: EUR, share: 30 %}, contact: {name: M. D.}}
Contact:
  - {name: M. D., email: nom@exemple.fr, telephone: +33 4 91 00 00 00, language: fr}
Amount:
  - {value: 1234.50, currency: CHF, share: 1/3}
Due:
  - {on: 2021-12-31}
  - {within: P6M, from: depart, regime: ccag, readings: [duree]}
  - {within: 10 jours ouvrés, from: {every: P1Y, first: 2021-12-31, until: terme}}
  - {within: P1M, from: {rrule: FREQ=YEARLY;BYMONTH=1;BYDAY=2TU, from: depart, until: 2025-01-01}}
  - {at_the_latest: P2M, before: terme, regime: a-rebours}
  - {at_least: P2M, before: 2022-01-01}
  - {on: depart}
  - {at_least: P15D, before: {every: P3M, from: depart}}
  - {at_the_latest: P15D, before: {rrule: FREQ=MONTHLY;BYMONTHDAY=-1, from: depart}}
  - {earliest_of: [depart, 2022-01-01]}
  - {earliest_of: [{within: P9M, from: depart}, {on: 2022-06-30}]}
  - {latest_of: [{on: 2022-06-30}, {at_least: 5 jours ouvrables, before: terme}]}
  - {every: P3M, from: depart, until: terme, regime: duree}
  - {every: P1Y, first: 2021-12-31, until: terme}
  - {rrule: FREQ=MONTHLY;BYMONTHDAY=-1, from: 2021-12-31, until: terme}
Site:
  - {id: halle, name: Halle, short: H, aliases: [la Halle], commune: Valmont, districts: [centre], focus: [artisanat],
     projects: [tiers-lieu], zooms: [{name: Nord, focus: [locaux], note: Lu}], source: note, note: Lu}
Fact:
  - {id: f-1, kind: fulfilled, on: 2022-01-01, recorded: 2022-01-02, recorded_by: M. D., note: Lu, engagement: plan,
     proof: {url: "https://exemple.fr/a.pdf", file: a.pdf, sha256: HASH}, by: ville, sites: [halle],
     occurrence: 2021-12-31, part: 1/3, partly: false}
  - {id: f-1, kind: waived, on: 2022-01-01, engagement: plan}
  - {id: f-1, kind: suspended, on: 2022-01-01, engagement: plan}
  - {id: f-1, kind: resumed, on: 2022-01-01, engagement: plan}
  - {id: f-1, kind: suspended, on: 2022-01-01, engagement: all, term: true, by: ville, sites: [halle]}
  - {id: f-1, kind: resumed, on: 2022-01-01, engagement: [plan, bilan], occurrence: 2022-01-01}
  - {id: f-1, kind: breached, on: 2022-01-01, engagement: plan}
  - {id: f-1, kind: notified, on: 2022-01-01, engagement: plan, cure: 8 jours ouvrés}
  - {id: f-1, kind: triggered, on: 2022-01-01, engagement: plan, by: ville, to: [etat], sites: [halle]}
  - {id: f-1, kind: occurred, on: 2022-01-01, event: depart, by: ville, to: [etat], sites: [halle]}
  - {id: f-1, kind: amended, on: 2022-01-01, title: Avenant, signed: 2022-01-01, effect: 2022-02-01,
     changes: [{change: end, target: plan}]}
  - {id: f-2, kind: denounced, on: 2022-01-01, by: ville}
  - {id: f-2, kind: terminated, on: 2022-01-01, by: ville, notice: P3M, effect: 2022-04-01}
  - {id: f-2, kind: voided, on: 2022-01-01, fact: f-1}
Change:
  - {change: extend, target: terme, by: P12M}
  - {change: extend, target: plan, by: P3M, since: 2022-01-01, occurrence: 2022-06-30, debtor: ville, sites: [halle]}
  - {change: due, target: plan, due: {on: 2023-01-01}}
  - {change: debtors, target: plan, debtors: [ville]}
  - {change: add, engagement: {id: plan, title: Plan, debtors: [ville], kind: one-off}, since: 2026-01-01}
  - {change: add, party: {id: agence, name: Agence}}
  - {change: add, member: agence, group: villes}
  - {change: add, holder: agence, role: pilote}
  - {change: add, event: {id: livraison, title: Livraison}}
  - {change: add, site: {id: nord, name: Nord, commune: X}, engagements: [plan]}
  - {change: end, target: plan, request: f-1}
  - {change: end, target: plan}
Convention:
  - {format: qp/1, id: essai, title: Essai, territory: Ici, source: {title: Dossier}, regime: ccag, zone: reunion,
     due_soon_days: 30, remind: [30, 7], approval: depart, signature: depart, term: {due: {on: 2023-01-01}},
     accessibility: {level: non-conforme},
     parties: [{id: ville, name: Ville}], groups: [], roles: [], events: [], engagements: [], claims: [], ignore: []}
Sites:
  - {format: qp/1, sites: [{id: halle, name: Halle, commune: Valmont}]}
Parties:
  - {format: qp/1, parties: [{id: anh, name: Agence}]}
SharedParty:
  - {id: anh, name: Agence, short: A, aliases: [elle], ids: [agence], note: Lu}
Journal:
  - {format: qp/1, facts: [{id: f-2, kind: voided, on: 2022-01-01, fact: f-1}]}
"""
"""By definition; together they hold every key of every model."""
VALUES = [
    *(
        None,
        True,
        0,
        -1,
        31,
        2022,
        4000,
        "",
        "  ",
        "texte",
        "1/3",
        "0/3",
        "5/12345",
        "30 %",
        "0 %",
        "12.5%",
        "100 %",
        "101 %",
        "Été 2022",
        "deux mots",
        "un-id",
        "x" * 81,
        "x" * 501,
    ),
    *(
        "one-off",
        "moyens",
        "national",
        "metropole",
        "duree",
        "convention",
        "qp/1",
        "qp/2",
        "fulfilled",
        "extend",
        "due",
    ),
    *("P6M", "P1Y2M10D", "P0D", "p6m", "P", "P6H", "PT6H", "6 mois", "P12345D", "P1M1Y"),
    *(
        "10 jours ouvrés",
        "10 JOURS OUVRES",
        "1 jour ouvrable",
        "0 jours ouvrés",
        "5 jours",
        "5\u00a0jours ouvre\u0301s",
    ),
    *("FREQ=DAILY", "BYMONTH=1;FREQ=YEARLY", "FREQ=HOURLY", "BYMONTH=1", "FREQ=YEARLY;BYDAY=2XX", "FREQ=DAILY;COUNT=0"),
    *("FREQ=DAILY;COUNT=2;UNTIL=20261231", "FREQ=DAILY;FREQ=DAILY", "FREQ=WEEKLY;BYMONTHDAY=1"),
    *("31/01/2026", "2026-1-31", date(2026, 1, 31), "2026-01-31", "2026-02-31"),
    *("https://exemple.fr", "ftp://exemple.fr", "a" * 64, "QP304", "QP101", "un-id\n"),
    *([], ["un-id"], ["Deux mots"], [1], [None], {}, {"on": date(2026, 1, 31)}, {"within": "P6M"}, {"x-libre": 1}),
    *(
        [{"on": date(2026, 1, 31)}],
        {"title": "Titre"},
        {"every": "P1Y", "from": "un-id"},
        {"on": date(2026, 1, 31), "within": "P1M"},
    ),
]
KEYS = (
    "inconnu",
    "x-libre",
    "X-libre",
    "x",
    "on",
    "within",
    "every",
    "rrule",
    "before",
    "kind",
    "engagement",
    "by",
    "note",
)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
EXPLAINED = {
    "JSON has no dates: whether a day is in quotes cannot be seen": lambda value: (
        isinstance(value, date) or bool(ISO.fullmatch(str(value)))
    ),
    "bounds, repetitions and contradictions of a recurrence rule are beyond a pattern": lambda value: (
        str(value).startswith("FREQ=DAILY;") or value == "FREQ=WEEKLY;BYMONTHDAY=1"
    ),
    "a pattern's end comes before a last end of line in Python, not in the ECMA 262 of editors": lambda value: (
        value == "un-id\n"
    ),
}
"""Why qp and the schema may differ on a value."""


def tree(value):
    """A value as qp's reader gives it."""
    if isinstance(value, dict):
        made = YamlMap()
        made.update((key, tree(each)) for key, each in value.items())
        return made
    return [tree(each) for each in value] if isinstance(value, list) else value


def places(value, path=()):
    """The path of every value inside."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from places(each, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def mutants(sample):
    """The sample with one thing changed, and the value that is new in it."""
    for path in places(sample):
        *above, last = path
        for value in VALUES:
            yield (
                path,
                value,
                changed(sample, above, lambda node, last=last, value=value: node.__setitem__(last, value)),
            )
        yield path, None, changed(sample, above, lambda node, last=last: node.pop(last))
        if isinstance(last, str):
            yield (
                path,
                None,
                changed(sample, above, lambda node, last=last: node.__setitem__(last + "s", node.pop(last))),
            )
    for path in [(), *places(sample)]:
        if isinstance(at(sample, path), dict):
            for key in KEYS:
                yield (*path, key), "P6M", changed(sample, path, lambda node, key=key: node.__setitem__(key, "P6M"))


def changed(sample, path, change):
    made = copy.deepcopy(sample)
    change(at(made, path))
    return made


def additions(found):
    """The additions in a journal, in a fact, or a change that is one."""
    facts = found.facts if isinstance(found, Journal) else (found,)
    changes = [change for fact in facts for change in getattr(fact, "changes", (fact,))]
    return [change for change in changes if isinstance(change, Add)]


def reader(definition):
    """Whether qp's models accept a value of this definition, and of a due date what QP206 says of its series."""
    model = next((each for each in MODELS if each.__name__ == definition), None) or UNIONS[definition]

    def accepts(value):
        try:
            found = read(model, _read_keys(tree(value)))
        except ValidationError:
            return False
        if definition == "Due":
            return not list(without_start(found, Pointer("convention.yaml", ())))
        return not any(list(unsaid_or_several(each, Pointer("journal.yaml", ()))) for each in additions(found))

    return accepts


def editor(definition):
    """Whether the JSON Schema does."""
    for name, schema in SCHEMAS.items():
        if SCHEMA_FILES[name].__name__ == definition:
            return validator(schema).is_valid
    return validator({"$ref": f"#/definitions/{definition}", "definitions": DEFINITIONS}).is_valid


def without_places(value):
    """A tree as ordinary dictionaries and lists."""
    if isinstance(value, dict):
        return {key: without_places(each) for key, each in value.items()}
    return [without_places(each) for each in value] if isinstance(value, list) else value


def samples():
    document = read_document(SAMPLES.replace("HASH", "0" * 64).encode(), "f")
    assert document.findings == ()
    return without_places(document.root)


@pytest.mark.parametrize(("definition", "written"), samples().items())
def test_what_qp_refuses_the_schema_refuses_and_the_reverse(definition, written):
    qp_accepts, editor_accepts = reader(definition), editor(definition)
    differing, refused = [], 0
    for sample in written:
        assert qp_accepts(sample)
        assert editor_accepts(plain(sample))
        for path, value, mutant in mutants(sample):
            accepted = qp_accepts(mutant)
            refused += not accepted
            if accepted != editor_accepts(plain(mutant)) and not any(known(value) for known in EXPLAINED.values()):
                differing.append((path, value, "qp accepts it" if accepted else "qp refuses it"))
    assert differing == []
    assert refused > 50


def test_each_explanation_is_needed():
    cases = [("Due", {"on": "2026-01-31"}), ("Due", {"rrule": "FREQ=DAILY;COUNT=0", "from": "a"})]
    cases.append(("Change", {"change": "end", "target": "un-id\n"}))
    for definition, value in cases:
        assert editor(definition)(value)
        assert not reader(definition)(value)
    assert len(cases) == len(EXPLAINED)


def test_the_samples_hold_every_key_of_every_model():
    def keys(value):
        if isinstance(value, dict):
            yield from value
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from keys(each)

    held = {key for written in samples().values() for key in keys(written)}
    assert {key for model in MODELS for key in fields(model)} - held == set()
