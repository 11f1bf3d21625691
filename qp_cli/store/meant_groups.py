"""The group of keys that a single value was written for: `renewal: P3Y` for `renewal: {every: P3Y}`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.periods import parse_delay, suggest
from qp_cli.model.amounts import AMOUNT_PATTERN
from qp_cli.model.contacts import EMAIL_PATTERN, TELEPHONE_PATTERN
from qp_cli.names import is_id, shown
from qp_cli.store.meant import exists_in_calendar, written_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PLAIN = re.compile(r"\w(?:[\w .'’-]*\w)?")
"""Texts that need no quotes between brackets."""
_REST = {
    "party": "name: …",
    "site": "name: …, commune: …",
    "event": "title: …",
    "engagement": "title: …, debtors: […], kind: …, due: {…}",
    "group": "name: …, members: […]",
    "role": "name: …",
}
"""What a declared thing needs beside its id."""
_ONE_OF = {
    "parties": "party",
    "groups": "group",
    "roles": "role",
    "events": "event",
    "engagements": "engagement",
    "sites": "site",
}


def meant_group(path: Sequence[str | int], value: object) -> str:
    """The group of keys that a value stands for at a place of a file, under its key; empty where none is known."""
    if isinstance(value, dict | list) or value is None or not path:
        return ""
    key = path[-1]
    if isinstance(key, int):
        thing = _ONE_OF.get(str(path[-2]), "") if len(path) > 1 else ""
        return f"- {found}" if (found := _declared(thing, value)) else ""
    group = _BY_KEY[key](value) if key in _BY_KEY else _declared(key, value)
    return f"{key}: {group}" if group else ""


def meant_period(text: str) -> str:
    """The period that a text writes, as a file has it; empty where it is none."""
    try:
        return str(parse_delay(text))
    except InvalidPeriodError:
        return suggest(text)


def in_brackets(value: object) -> str:
    """A text as it can stand between brackets: in quotes where it needs some."""
    text = shown(str(value))
    return text if _PLAIN.fullmatch(text) else in_quotes(text)


def in_quotes(text: str) -> str:
    """A text in double quotes, as YAML reads it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _declared(thing: str, value: object) -> str:
    rest = _REST.get(thing)
    return f"{{id: {value}, {rest}}}" if rest and isinstance(value, str) and is_id(value) else ""


def _due(value: object) -> str:
    """The due date that a day, a period or a name alone stands for."""
    if isinstance(value, date):
        return f"{{on: {value.isoformat()}}}"
    if not isinstance(value, str):
        return ""
    if exists_in_calendar(day := written_day(value)):
        return f"{{on: {day}}}"
    if period := meant_period(value):
        return f"{{within: {period}, from: …}}"
    return f"{{on: {value}}}" if is_id(value) else ""


def _term(value: object) -> str:
    return f"{{due: {due}}}" if (due := _due(value)) else ""


def _renewal(value: object) -> str:
    return f"{{every: {period}}}" if (period := meant_period(str(value))) else ""


def _target(value: object) -> str:
    return f"{{within: {period}}}" if (period := meant_period(str(value))) else ""


def _amount(value: object) -> str:
    figures = re.sub(r"\s|€|EUR", "", str(value)).replace(",", ".")
    return f"{{value: {figures}}}" if re.fullmatch(AMOUNT_PATTERN, figures) else ""


def _contact(value: object) -> str:
    text = str(value)
    if re.fullmatch(EMAIL_PATTERN, text):
        return f"{{email: {text}}}"
    if re.fullmatch(TELEPHONE_PATTERN, text):
        return f'{{telephone: "{text}"}}'
    return f"{{name: {in_brackets(text)}}}"


def _proof(value: object) -> str:
    text = str(value)
    return f"{{{'url' if text.startswith(('https://', 'http://')) else 'file'}: {in_brackets(text)}}}"


def _source(value: object) -> str:
    return f"{{title: {in_brackets(value)}}}"


_BY_KEY: dict[str, Callable[[object], str]] = {
    "due": _due,
    "when": _due,
    "term": _term,
    "renewal": _renewal,
    "target": _target,
    "amount": _amount,
    "contact": _contact,
    "proof": _proof,
    "source": _source,
}
