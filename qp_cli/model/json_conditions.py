"""From models to a first JSON Schema: conditions in place of alternatives, so that the one wrong key is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from qp_cli.model.dues import FORMS
from qp_cli.model.reading import core_schema
from qp_cli.model.shapes import TEXT_SHAPES

if TYPE_CHECKING:
    from pydantic_core.core_schema import (
        DateSchema,
        EnumSchema,
        NullableSchema,
        PlainValidatorFunctionSchema,
        TaggedUnionSchema,
        WithDefaultSchema,
    )

    from qp_cli.model.base import Declared

Schema = dict[str, Any]
DEFINITIONS = "#/definitions/"
UNION, NULL = "x-union", "x-null"
"""Marks for `json_schemas`, which takes them away: a union that has a name, a value that may be left empty."""


def first_schema(model: type[Declared]) -> Schema:
    """What a model accepts, without a word of description."""
    made = _Generator(ref_template=DEFINITIONS + "{model}").generate(core_schema(model))
    if every := made["$defs"].get("Every"):
        every |= {"if": _said("first"), "then": {"not": _said("from")}, "else": _said("from")}
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
            return _origin(choices) if "every" in choices else dict(TEXT_SHAPES["reference"])
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
