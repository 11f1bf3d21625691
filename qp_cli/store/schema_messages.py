"""What each disagreement with the schema means, in the reader's words, and what to do about it."""

from __future__ import annotations

import re
import types
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from qp_cli import names
from qp_cli.messages import Message, msg
from qp_cli.model.dues import FORMS
from qp_cli.names import ID_PATTERN, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic_core import ErrorDetails

    from qp_cli.model.base import Declared


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the model that stands at `loc`, in the order they are declared; empty when none does."""
    keys: dict[str, None] = {}
    for found in _at(model, tuple(loc)):
        if isinstance(found, type) and issubclass(found, BaseModel):
            keys.update((field.alias or name, None) for name, field in found.model_fields.items())
    return list(keys)


def written(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """An error's path as the file has it: the keys and numbers of `loc`, without the tags of unions."""
    return tuple(_written(model, tuple(loc)))


def _written(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[str | int]:
    if not loc:
        return
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _written(get_args(annotation)[0], loc)
    elif origin in {Union, types.UnionType}:
        members = get_args(annotation)
        tagged = next((member for member in members if loc[0] in _tags(member)), None)
        yield from _written(tagged or members[0], loc[1:] if tagged else loc)
    else:
        yield loc[0]
        yield from _written(_inside(annotation, loc[0]), loc[1:])


def _at(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[Any]:
    """What an annotation allows at the end of a path; a union's tag, in the path, chooses its member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _at(get_args(annotation)[0], loc)
    elif origin in {Union, types.UnionType}:
        yield from _member(get_args(annotation), loc)
    elif not loc:
        yield annotation
    else:
        yield from _at(_inside(annotation, loc[0]), loc[1:])


def _inside(annotation: Any, item: str | int) -> Any:
    """What an annotation allows under a key, or at a number of a list; None when nothing is there."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        annotation.model_rebuild()  # where it was put off, its fields are still names
        for name, field in annotation.model_fields.items():
            if item in {field.alias, name}:
                return field.annotation
    return None


def _member(members: tuple[Any, ...], loc: tuple[str | int, ...]) -> Iterator[Any]:
    for member in members:
        if loc and loc[0] in _tags(member):
            yield from _at(member, loc[1:])
            return
    for member in members:
        yield from _at(member, loc)


def _tags(member: Any) -> set[str]:
    """The names a member of a union goes by in an error's path."""
    if get_origin(member) is Annotated:
        return {mark.tag for mark in get_args(member)[1:] if isinstance(mark, Tag)}
    if isinstance(member, type) and issubclass(member, BaseModel):
        literals = (member.model_fields[name].annotation for name in ("kind", "change") if name in member.model_fields)
        return {str(value) for each in literals if get_origin(each) is Literal for value in get_args(each)}
    return set()


class Explanation(NamedTuple):
    """A code, a sentence, and what to do."""

    code: str
    message: Message
    hint: Message | None = None


def explain(detail: ErrorDetails, model: type[Declared]) -> Explanation:
    """The explanation of one Pydantic error, always with a sentence of our own."""
    kind = detail["type"]
    if kind in _SIMPLE:
        return _SIMPLE[kind](detail)
    if kind == "extra_forbidden":
        return _unknown_key(detail, model)
    return Explanation("QP100", msg("This value is not accepted here: {value}", value=shown(detail["input"])))


def shown(value: object) -> str:
    """A value as it can be echoed: short, on one line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "…" if isinstance(value, dict | list | tuple) else names.shown(str(value))


def _unknown_key(detail: ErrorDetails, model: type[Declared]) -> Explanation:
    key = str(detail["loc"][-1])
    known = known_keys(model, detail["loc"][:-1])
    near = nearest(key, known)
    message = msg("Unknown key “{key}”", key=shown(key))
    if near:
        return Explanation("QP101", message, msg("Did you mean: {names}?", names=", ".join(near)))
    hint = msg("Known here: {names}. A key that begins with x- is free.", names=", ".join(known))
    return Explanation("QP101", message, hint)


def _missing(detail: ErrorDetails) -> Explanation:
    return Explanation("QP102", msg("The key “{key}” is missing", key=detail["loc"][-1]))


def _no_text(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    if value is None:
        return Explanation("QP103", msg("A text is expected, and there is nothing"))
    if isinstance(value, dict | list):
        return Explanation("QP103", msg("A text is expected, not a list or a group of keys"))
    hint = msg('Put it in quotes: "{value}"', value=shown(value))
    return Explanation("QP103", msg("A text is expected, not {value}", value=shown(value)), hint)


_DAY_FIRST = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_LOOSE_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")


def _no_date(detail: ErrorDetails) -> Explanation:
    value = detail["input"]
    message = msg("A date is expected, written YYYY-MM-DD, not {value}", value=shown(value))
    hint = None
    if found := _DAY_FIRST.match(str(value)):
        day, month, year = found.groups()
        hint = msg("Write {date}", date=f"{year}-{month:0>2}-{day:0>2}")
    elif found := _LOOSE_DAY.match(str(value)):
        year, month, day = found.groups()
        hint = msg("Write {date}, without quotes", date=f"{year}-{month:0>2}-{day:0>2}")
    if hint and not _exists(str(hint.parts["date"])):
        hint = None
    return Explanation("QP106", message, hint)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _no_choice(detail: ErrorDetails) -> Explanation:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    choices = re.findall(r"'([^']*)'", expected)
    value = shown(detail["input"])
    if choices == ["qp/1"]:
        message = msg("This version of qp reads the format qp/1, not {value}", value=value)
        return Explanation("QP109", message)
    message = msg("“{value}” is not one of: {choices}", value=value, choices=", ".join(choices))
    near = nearest(value, choices)
    return Explanation("QP104", message, msg("Did you mean: {names}?", names=", ".join(near)) if near else None)


def _bad_form(detail: ErrorDetails) -> Explanation:
    value = shown(detail["input"])
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    if pattern == ID_PATTERN:
        message = msg("“{value}” is no id", value=value)
        hint = msg("Lower-case letters without accents, figures and single hyphens: etat-referent")
        return Explanation("QP105", message, hint)
    if pattern == r"\S":
        return Explanation("QP105", msg("A text is expected, and there is nothing"))
    if pattern.startswith("^https"):
        return Explanation("QP105", msg("A web address is expected, beginning with https://"))
    if "0-9a-f" in pattern:
        return Explanation("QP105", msg("A SHA-256 is expected: 64 figures and letters from a to f"))
    return Explanation("QP105", msg("“{value}” does not have the expected form", value=value))


def _empty(_: ErrorDetails) -> Explanation:
    return Explanation("QP105", msg("A text is expected, and there is nothing"))


def _too_long(detail: ErrorDetails) -> Explanation:
    most = detail.get("ctx", {}).get("max_length", "")
    return Explanation("QP105", msg("This is too long: {most} at the most", most=most))


def _too_few(detail: ErrorDetails) -> Explanation:
    least = detail.get("ctx", {}).get("min_length", 1)
    return Explanation("QP105", msg("This list needs at least {least}", least=least))


def _no_list(_: ErrorDetails) -> Explanation:
    hint = msg("Write it as a list: [one, two], or one “- ” line each")
    return Explanation("QP103", msg("A list is expected"), hint)


def _no_keys(_: ErrorDetails) -> Explanation:
    return Explanation("QP103", msg("A group of keys is expected here"))


def _no_number(detail: ErrorDetails) -> Explanation:
    return Explanation("QP103", msg("A whole number is expected, not {value}", value=shown(detail["input"])))


def _no_flag(detail: ErrorDetails) -> Explanation:
    return Explanation("QP103", msg("true or false is expected, not {value}", value=shown(detail["input"])))


def _out_of_bounds(detail: ErrorDetails) -> Explanation:
    context, value = detail.get("ctx", {}), detail["input"]
    if isinstance(value, date):
        return Explanation("QP110", msg("qp computes from 1905 to 2100, not in {text}", text=value.isoformat()))
    if "ge" in context:
        return Explanation("QP110", msg("{least} or more is expected", least=context["ge"]))
    return Explanation("QP110", msg("{most} or less is expected", most=context.get("le", "")))


def _own(detail: ErrorDetails) -> Explanation:
    message = detail.get("ctx", {}).get("message")
    return Explanation("QP107", message if isinstance(message, Message) else msg("This value cannot be read"))


def told_apart_by(detail: ErrorDetails) -> str:
    """The key by which a union tells its forms apart."""
    return str(detail.get("ctx", {}).get("discriminator", "")).strip("'")


def _no_form(detail: ErrorDetails) -> Explanation:
    """A union that cannot tell which of its forms is meant."""
    field = told_apart_by(detail)
    if field in {"kind", "change"}:
        return _no_variant(detail, field)
    value = detail["input"]
    message = msg("This does not say a due date")
    keys = ", ".join(FORMS)
    near = [each for key in value for each in nearest(str(key), FORMS)] if isinstance(value, dict) else []
    if near:
        return Explanation("QP108", message, msg("Did you mean: {names}?", names=", ".join(dict.fromkeys(near))))
    return Explanation("QP108", message, msg("Begin with one of these keys: {names}", names=keys))


def _no_variant(detail: ErrorDetails, field: str) -> Explanation:
    context = detail.get("ctx", {})
    choices = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
    if "tag" not in context:
        if not isinstance(detail["input"], dict):
            return _no_keys(detail)
        return Explanation("QP102", msg("The key “{key}” is missing", key=field))
    tag = shown(context["tag"])
    near = nearest(tag, choices)
    message = msg("“{value}” is not one of: {choices}", value=tag, choices=", ".join(choices))
    return Explanation("QP104", message, msg("Did you mean: {names}?", names=", ".join(near)) if near else None)


_SIMPLE: dict[str, Callable[[ErrorDetails], Explanation]] = {
    "missing": _missing,
    "string_type": _no_text,
    "date_type": _no_date,
    "enum": _no_choice,
    "literal_error": _no_choice,
    "string_pattern_mismatch": _bad_form,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "too_short": _too_few,
    "tuple_type": _no_list,
    "dict_type": _no_keys,
    "model_type": _no_keys,
    "model_attributes_type": _no_keys,
    "int_type": _no_number,
    "bool_type": _no_flag,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "qp": _own,
    "union_tag_not_found": _no_form,
    "union_tag_invalid": _no_form,
}
