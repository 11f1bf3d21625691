"""The JSON Schemas that editors use: what the models accept, the one wrong key named, every key described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from qp_cli.law.regimes import REGIMES
from qp_cli.messages import msg
from qp_cli.model.base import TEXT_PATTERN, Declared
from qp_cli.model.convention import Convention
from qp_cli.model.descriptions import ALL_WORDS
from qp_cli.model.descriptions.values import FREE, VALUES
from qp_cli.model.dues import FORMS
from qp_cli.model.editor_patterns import ASKED, TEXT_SHAPES
from qp_cli.model.facts import ADDITIONS, Journal
from qp_cli.model.parties import Parties
from qp_cli.model.proposed_ids import named_under
from qp_cli.model.reading import core_schema
from qp_cli.model.sites import Sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic_core.core_schema import (
        DateSchema,
        EnumSchema,
        NullableSchema,
        PlainValidatorFunctionSchema,
        TaggedUnionSchema,
        WithDefaultSchema,
    )

    from qp_cli.messages import Message
    from qp_cli.model.proposed_ids import ProposedIds

    Say = Callable[[Message], str]


Schema = dict[str, Any]
DEFINITIONS = "#/definitions/"
UNION, NULL, OR_DUE = "x-union", "x-null", "x-or-due"
"""Marks for `_Finishing`, which takes them away: a union that has a name, a value that may be left empty, one that may
be a due date too."""


def first_schema(model: type[Declared]) -> Schema:
    """What a model accepts, without a word of description."""
    made = _Generator(ref_template=DEFINITIONS + "{model}").generate(core_schema(model))
    if every := made["$defs"].get("Every"):
        every |= {"if": _said("first"), "then": {"not": _said("from")}, "else": _said("from")}
    if added := made["$defs"].get("Add"):
        asked = {"member": "group", "holder": "role", "engagements": "site", "group": "member", "role": "holder"}
        pairs = [{"if": _said(key), "then": _said(other)} for key, other in asked.items()]
        added |= {"if": {}, "then": {"allOf": [{"oneOf": [_said(key) for key in ADDITIONS]}, *pairs]}}
    return made


def _said(key: str) -> Schema:
    """Where a key is there, and something after it."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator; the signatures are its own."""

    def sort(self, value: Schema, parent_key: str | None = None) -> Schema:  # noqa: ARG002
        """The order in which things are declared."""
        return value

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """No: a key's name says as much."""
        return False

    def date_schema(self, schema: DateSchema) -> Schema:  # noqa: ARG002
        """A day as editors see it."""
        return dict(TEXT_SHAPES["day"])

    def enum_schema(self, schema: EnumSchema) -> Schema:
        """The words of a choice."""
        return {"type": "string", "enum": [each.value for each in schema["members"]]}

    def function_plain_schema(self, schema: PlainValidatorFunctionSchema) -> Schema:
        """What an editor can check of what a function of ours reads."""
        return dict(TEXT_SHAPES[schema["metadata"]["shape"]])

    def default_schema(self, schema: WithDefaultSchema) -> Schema:
        """A default only where it says something."""
        made = super().default_schema(schema)
        if made.get("default") in (None, []):
            made.pop("default", None)
        return made

    def nullable_schema(self, schema: NullableSchema) -> Schema:
        """The value, marked."""
        return {**self.generate_inner(schema["schema"]), NULL: True}

    def tagged_union_schema(self, schema: TaggedUnionSchema) -> Schema:
        """Each union by what tells its members apart."""
        choices = {str(tag): self.generate_inner(each) for tag, each in schema["choices"].items()}
        if set(choices) == set(FORMS):
            return {UNION: "Due", **_by_key(choices)}
        if "name" in choices:
            return _named_or(choices)
        if "several" in choices:
            return {**choices["one"], **choices["several"], "type": ["string", "array"]}
        key = str(schema["discriminator"])
        return {UNION: {"kind": "Fact", "change": "Change"}[key], **_by_value(key, choices)}


def _by_key(choices: dict[str, Schema]) -> Schema:
    """An object whose form is told by the key that opens it; before it has one, all are offered."""
    return {
        "type": "object",
        "if": {"type": "object", "anyOf": [{"required": [key]} for key in choices]},
        "then": {"allOf": [_when({"required": [key]}, choice) for key, choice in choices.items()]},
        "else": {"anyOf": [{"required": [key]} for key in choices]},
    }


def _by_value(key: str, choices: dict[str, Schema]) -> Schema:
    """An object whose form is told by the value of a key; before it has one, what all share is offered."""
    known = {"type": "string", "enum": list(choices)}
    return {
        "type": "object",
        "properties": {key: known},
        "required": [key],
        "if": {"type": "object", "required": [key], "properties": {key: {"enum": list(choices)}}},
        "then": {
            "allOf": [_when({"properties": {key: {"const": value}}}, choice) for value, choice in choices.items()],
        },
        "else": {},
    }


def _named_or(choices: dict[str, Schema]) -> Schema:
    """An id or a day, alone or among other forms."""
    if set(FORMS) <= set(choices):
        return {**TEXT_SHAPES["reference"], "type": ["string", "object"], OR_DUE: True}
    return _origin(choices) if "every" in choices else dict(TEXT_SHAPES["reference"])


def _origin(choices: dict[str, Schema]) -> Schema:
    """An id, a day, or a recurrence: by a rule when it has one, else at intervals."""
    return {
        **TEXT_SHAPES["reference"],
        "type": ["string", "object"],
        "allOf": [
            _when({"required": ["rrule"]}, choices["rrule"]),
            _when({"not": {"required": ["rrule"]}}, choices["every"]),
        ],
    }


def _when(condition: Schema, then: Schema) -> Schema:
    return {"if": {"type": "object", **condition}, "then": then}


SCHEMA_FILES: dict[str, type[Declared]] = {
    "convention": Convention,
    "sites": Sites,
    "journal": Journal,
    "parties": Parties,
}
"""The model of each file."""
DIALECT = "http://json-schema.org/draft-07/schema#"
"""The draft that every editor reads, older ones too."""
TELLING = ("kind", "change")
"""The keys whose value tells which fact or which change it is."""
CONDITIONS = ("if", "then", "else")
"""What a model says of its keys together."""
_REGIMES = {each.name: msg("{rule}. {use}.", rule=each.title, use=each.scope) for each in REGIMES}


def json_schema(name: str, says: Sequence[Say], ids: ProposedIds | None = None, origin: str = "") -> Schema:
    """The JSON Schema of one of the `FILES`, described in one language or several, one after the other.

    Args:
        name: of the file, without its ending.
        says: gives a message in each language.
        ids: what a repository declares, to be proposed wherever a key names something; None for no repository's.
        origin: the command that makes it, for whoever finds it; the one without a repository where nothing is said.
    """
    made = first_schema(SCHEMA_FILES[name])
    comment = f"Generated by: {origin or f'qp schema {name} --output schemas/{name}.schema.json'}"
    return {"$schema": DIALECT, "$comment": comment, **_Finishing(made.pop("$defs"), says, ids or {}).file(name, made)}


def declared_models() -> Iterator[type[Declared]]:
    """Every model that the files are made of."""
    waiting = [Declared]
    for model in waiting:
        waiting += [each for each in model.__subclasses__() if each.__module__.startswith("qp_cli.model.")]
    yield from waiting[1:]


def key_words(model: type[Declared], key: str) -> Message | None:
    """The sentence for a key of a model, its parents' included; None where there is none."""
    tables = (ALL_WORDS[each.__name__].keys for each in model.__mro__ if each.__name__ in ALL_WORDS)
    return next((keys[key] for keys in tables if key in keys), None)


class _Finishing:
    """From what Pydantic says to what an editor is given: described, without a mark."""

    def __init__(self, made: Schema, says: Sequence[Say], ids: ProposedIds) -> None:
        self._made = made
        self._says = says
        self._ids = ids
        self._models = {model.__name__: model for model in declared_models()}
        self._unions: Schema = {}

    def file(self, name: str, made: Schema) -> Schema:
        """The schema of a whole file."""
        root = self._declared(SCHEMA_FILES[name].__name__, made)
        models = {each: self._declared(each, body) for each, body in self._made.items()}
        definitions = sorted({**models, **self._unions}.items())
        return {**root, "definitions": dict(definitions)}

    def _say(self, message: Message, between: str = "\n") -> str:
        """A message in each language; a text that two of them share is said once."""
        return between.join(dict.fromkeys(say(message) for say in self._says))

    def _headed(self, name: str) -> Schema:
        words = ALL_WORDS[name]
        return {"title": self._say(words.title, " / "), "description": self._say(words.text)}

    def _declared(self, name: str, made: Schema) -> Schema:
        """A group of keys."""
        keys = {key: self._key(self._models[name], key, value) for key, value in made["properties"].items()}
        return {
            **self._headed(name),
            "type": "object",
            "properties": keys,
            "patternProperties": {"^x-": {"description": self._say(FREE)}},
            "additionalProperties": False,
            "required": made.get("required", []),
            **{key: made[key] for key in CONDITIONS if key in made},
        }

    def _key(self, model: type[Declared], key: str, made: Schema) -> Schema:
        """What stands under a key; draft-07 reads nothing beside a reference."""
        value = self._proposing(self._value(made), named_under(model, key))
        words = ALL_WORDS[model.__name__].text if key in TELLING and "const" in value else key_words(model, key)
        described = {"description": self._say(words)} if words else {}
        return {**described, "allOf": [value]} if "$ref" in value else {**described, **value}

    def _proposing(self, value: Schema, sorts: Sequence[str]) -> Schema:
        """A value with the ids that can stand there, itself or in a list."""
        ids = [name for sort in sorts for name in self._ids.get(sort, ())]
        if not ids:
            return value
        listed = {**value, "items": {**value["items"], "examples": ids}} if "items" in value else value
        return {**listed, "examples": ids} if "string" in value["type"] else listed

    def _value(self, made: Schema) -> Schema:
        value = dict(made)
        null = value.pop(NULL, False)
        if name := value.pop(UNION, None):
            if name not in self._unions:
                self._unions[name] = {}  # it may hold itself
                self._unions[name] = self._union(name, value)
            value = {"$ref": DEFINITIONS + name}
        if value.pop(OR_DUE, False):
            value["allOf"] = [_when({}, {"$ref": DEFINITIONS + "Due"})]
        if "items" in value:
            value["items"] = self._value(value["items"])
        explained = self._explained(value)
        return _or_empty(explained) if null else explained

    def _explained(self, value: Schema) -> Schema:
        """A value with what its words mean, and with what is asked for where it has a form."""
        if words := [_REGIMES.get(each) or VALUES.get(each) for each in value.get("enum", ())]:
            known = [self._say(each) for each in words if each]
            return {**value, "enumDescriptions": known} if len(known) == len(words) else value
        if value.get("pattern") == TEXT_PATTERN:
            value = {key: each for key, each in value.items() if key != "minLength"}
        asked = ASKED.get(value.get("pattern", ""))
        return {**value, "patternErrorMessage": self._say(asked, " / ")} if asked else value

    def _union(self, name: str, made: Schema) -> Schema:
        """A union under its name; before a member is told, what it opens with or what all share is offered."""
        members = [each["then"]["$ref"].removeprefix(DEFINITIONS) for each in made["then"]["allOf"]]
        if "properties" in made:
            return {**self._headed(name), **made, **self._told_by_value(members, made["properties"])}
        return {**self._headed(name), **made, "else": self._told_by_key(members, made["else"]["anyOf"])}

    def _told_by_key(self, members: list[str], choices: list[Schema]) -> Schema:
        opening = {
            key: self._of(member, key)
            for member, each in zip(members, choices, strict=True)
            for key in each["required"]
        }
        asked = msg("Begin with one of these keys: {names}", names=", ".join(opening))
        said = {"errorMessage": self._say(asked, " / ")}
        return {"properties": opening, "anyOf": [{**each, **said} for each in choices]}

    def _told_by_value(self, members: list[str], telling: Schema) -> Schema:
        ((key, listed),) = telling.items()
        meanings = [self._say(ALL_WORDS[each].text) for each in members]
        words = key_words(self._models[members[0]], key)
        told = {"description": self._say(words) if words else "", **listed, "enumDescriptions": meanings}
        tables = [self._made[each]["properties"] for each in members]
        shared = {
            each: self._of(members[0], each)
            for each in tables[0]
            if each != key and all(each in table for table in tables)
        }
        return {"properties": {key: told}, "else": {"properties": shared}}

    def _of(self, member: str, key: str) -> Schema:
        """What a member says of one of its keys."""
        return self._key(self._models[member], key, self._made[member]["properties"][key])


def _or_empty(value: Schema) -> Schema:
    """A value, or nothing after its key."""
    if "$ref" in value:
        return {"type": ["object", "null"], "if": {"type": "object"}, "then": value}
    types = value["type"] if isinstance(value["type"], list) else [value["type"]]
    empty = {**value, "type": [*types, "null"]}
    if "enum" in value:
        empty["enum"] = [*value["enum"], None]
    return empty
