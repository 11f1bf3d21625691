"""A single value where a group or a list of it was written, or where a key that has to be there was left out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qp_cli.choices import chosen
from qp_cli.model.fields import Among
from qp_cli.store.meant import exists_in_calendar, in_brackets, meant_group, meant_period, written_day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pydantic_core import ErrorDetails

    from qp_cli.model.fields import Form

_OF_PERIODS = frozenset({"within", "every", "at_least", "at_the_latest", "notice", "cure", "extend"})
"""The keys that take a period, whatever they stand in."""
_EXAMPLES = {"debtors": "[…]", "parties": "[{id: …, name: …}]"}
"""How the values of keys that have to be there are written."""
_NO_FORM = "union_tag_not_found"
_OF_DAYS = frozenset({"from", "before", "on", "until", "first"})
"""The keys that take one day, or one name that has a day."""
_OF_GROUPS = frozenset({"dict_type", "model_type", "model_attributes_type", _NO_FORM})
QUOTED = re.compile(r"'([^']*)'")
"""The choices of a place, as Pydantic lists them."""


def value_to_add(key: str, form: Form | None) -> str:
    """What to write for a key that is missing: its only value where it has but one, else an example."""
    if isinstance(form, Among) and len(form.texts) == 1:
        return f"{key}: {form.texts[0]}"
    return f"{key}: {_EXAMPLES.get(key, '…')}"


def meant_value(detail: ErrorDetails, path: Sequence[str | int]) -> str:
    """What to write where one value is expected and a list or a group holds it, or the reverse; empty for others.

    That is the only value in it, or its only period where a period is expected.

    Args:
        detail: Pydantic's error.
        path: the way to the place, as the file has it.
    """
    error, value = detail["type"], detail["input"]
    if isinstance(value, dict | list) and path and (text := _single(error, str(path[-1]), value, detail)):
        return f"{path[-1]}: {text}" if isinstance(path[-1], str) else text
    return meant_group(path, value) if error in _OF_GROUPS else ""


def _single(error: str, key: str, value: dict[str, object] | list[object], detail: ErrorDetails) -> str:
    """The value that stands in a list or a group, where one is expected alone."""
    if error == _NO_FORM:
        alone = value[0] if key in _OF_DAYS and isinstance(value, list) and len(value) == 1 else None
        return in_brackets(alone) if isinstance(alone, str | date) else ""
    inside = _inside(value)
    if key in _OF_PERIODS:
        periods = [found for each in inside if isinstance(each, str) and (found := meant_period(each))]
        return periods[0] if error == "string_type" and len(periods) == 1 else ""
    choices = QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))
    return _as_expected(error, inside[0], choices) if len(inside) == 1 else ""


def _inside(value: object) -> list[object]:
    """The values in groups and lists, however deep."""
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return [found for each in items for found in _inside(each)]
    return [value]


def _as_expected(error: str, value: object, choices: Collection[str]) -> str:
    """A value as a file has it, where it is of the kind that is expected; empty where it is not."""
    match error, value:
        case "enum" | "literal_error", str():
            return chosen(value, choices) or ""
        case "string_type", str() if value.strip():
            return in_brackets(value)
        case "date_type", str() | date():
            day = written_day(str(value))
            return day if day and exists_in_calendar(day) else ""
        case "bool_type", bool():
            return str(value).lower()
        case "int_type", int() if not isinstance(value, bool):
            return str(value)
        case _:
            return ""
