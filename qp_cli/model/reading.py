"""From what a file holds to declared things: the only place that asks Pydantic, its validator alone."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic_core import PydanticCustomError, SchemaValidator
from pydantic_core import core_schema as core

from qp_cli.errors import QpError
from qp_cli.model.base import Declared, make
from qp_cli.model.fields import (
    Among,
    ChoiceForm,
    Maybe,
    OneOf,
    Parsed,
    Several,
    Simple,
    ThingForm,
    field_form,
    fields_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import CoreSchema

    from qp_cli.model.base import Bounds, Read
    from qp_cli.model.fields import Form

_Model = TypeVar("_Model", bound=Declared)


def read(kind: type[_Model], value: object) -> _Model:
    """The thing that a value declares: mappings and lists, texts, numbers and days, nothing bent to fit.

    Raises:
        pydantic_core.ValidationError: it does not; each error has the path to where.
    """
    found: _Model = validator(kind).validate_python(value)
    return found


@cache
def validator(annotation: Any) -> SchemaValidator:  # noqa: ANN401 - annotations are of any kind
    """What reads the values that a declared class, or another annotation of a field, allows."""
    return SchemaValidator(core_schema(annotation))


def core_schema(annotation: Any) -> CoreSchema:  # noqa: ANN401 - the same
    """What an annotation allows, as Pydantic has it: each declared class under its name."""
    kinds: list[type[Declared]] = []
    schema = _schema(field_form(annotation), kinds)
    return core.definitions_schema(schema, [_thing(kind, kinds) for kind in kinds])


def _thing(kind: type[Declared], kinds: list[type[Declared]]) -> CoreSchema:
    """A declared class; those that its fields hold are put on the list."""
    fields = {}
    for each in fields_of(kind):
        schema = _schema(each.form, kinds)
        if not each.is_required:
            schema = core.with_default_schema(schema, default=each.default)
        fields[each.name] = core.model_field(schema, validation_alias=each.key)
    declared = core.model_fields_schema(fields, model_name=kind.__name__, extra_behavior="forbid")
    return core.no_info_after_validator_function(partial(_made, kind), declared, ref=kind.__name__)


def _made(kind: type[_Model], found: tuple[Mapping[str, object], object, object]) -> _Model:
    return make(kind, found[0])


def _schema(form: Form, kinds: list[type[Declared]]) -> CoreSchema:
    match form:
        case Simple(kind, bounds):
            return _simple(kind, bounds)
        case Parsed(by):
            return core.no_info_plain_validator_function(partial(_parsed, by), metadata={"shape": by.shape})
        case Among(texts):
            return core.literal_schema(list(texts))
        case ChoiceForm(choices):
            return core.enum_schema(choices, list(choices), sub_type="str", strict=False)
        case Maybe(inner):
            return core.nullable_schema(_schema(inner, kinds))
        case Several(inner, bounds):
            items = [_schema(inner, kinds)]
            least, most = bounds.least, bounds.most
            return core.tuple_schema(items, variadic_item_index=0, min_length=least, max_length=most, strict=False)
        case OneOf(choices, told):
            return core.tagged_union_schema({tag: _schema(each, kinds) for tag, each in choices.items()}, told.by)
        case ThingForm(kind):
            if kind not in kinds:
                kinds.append(kind)
            return core.definition_reference_schema(kind.__name__)


def _simple(kind: type, bounds: Bounds) -> CoreSchema:
    """A text, a number, true or false, or a day, never one in the place of another."""
    least, most = bounds.least, bounds.most
    if kind is str:
        return core.str_schema(min_length=least, max_length=most, pattern=bounds.pattern, strict=True)
    if kind is bool:
        return core.bool_schema(strict=True)
    if kind is int:
        return core.int_schema(ge=least, le=most, strict=True)
    return core.date_schema(ge=least, le=most, strict=True)


def _parsed(by: Read, value: object) -> object:
    """The value read; a refusal keeps its message for the finding."""
    if by.kinds and isinstance(value, by.kinds):
        return value
    if by.shape == "amount" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Input should be a valid string")
    try:
        return by.parse(value)
    except QpError as error:
        raise PydanticCustomError("qp", "{message}", {"message": error.message}) from error
