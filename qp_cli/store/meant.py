"""What a refused value was probably meant to be: a number, a day, a list, a group of keys, an id, a due date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from qp_cli.choices import chosen, chosen_key, day_in_words, rhythm
from qp_cli.errors import InvalidPeriodError
from qp_cli.law.periods import parse_delay, suggest
from qp_cli.messages import msg
from qp_cli.model.amounts import AMOUNT_PATTERN
from qp_cli.model.contacts import EMAIL_PATTERN, TELEPHONE_PATTERN
from qp_cli.model.dues import FORMS
from qp_cli.names import id_words, is_id, key, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from qp_cli.messages import Message


_TRUE = frozenset({"true", "yes", "oui", "vrai", "on", "1"})
_FALSE = frozenset({"false", "no", "non", "faux", "off", "0"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_GLUED = re.compile(r"([a-z_]+):(\S.*)")
_QUOTES = "“”«»„‘’'\" \xa0\u202f"
_OF_DAYS = re.compile(r"(\d{1,15}) ?(?:j|jours?|d|days?)")
_NAMED = ("parties", "groups", "roles", "events", "engagements", "sites")


def meant_flag(value: object) -> str:
    """`true` or `false`; empty where neither is meant."""
    word = str(value).strip().casefold()
    return "true" if word in _TRUE else "false" if word in _FALSE else ""


def without_quotes(text: str) -> str:
    """The text without the quotes, curly ones too, and the blanks around it."""
    return text.strip(_QUOTES)


def written_day(text: str) -> str:
    """The day that a text writes, as a file has it, there or not in the calendar; empty where it is none."""
    text = without_quotes(text).replace("–", "-")
    if words := day_in_words(text):
        year, month, day = map(str, words)
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _SHORT_YEAR.fullmatch(text):
        day, month, year = found[1], found[2], f"20{found[3]}"
    else:
        return ""
    return f"{year}-{month:0>2}-{day:0>2}"


def has_short_year(text: str) -> bool:
    """Whether a text writes a day whose year has two figures, taken for one of this century."""
    return _SHORT_YEAR.fullmatch(without_quotes(text).replace("–", "-")) is not None


def month_first(day: str) -> str:
    """The day that is meant where month and day are the other way round; empty where that is none either."""
    year, month, number = day.split("-")
    other = f"{year}-{number}-{month}"
    return other if exists_in_calendar(other) else ""


def exists_in_calendar(text: str) -> bool:
    """Whether a day of that form exists."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def meant_list(value: object) -> str:
    """The list that a text of ids writes without its brackets, or with other signs; empty where it is none."""
    items = re.split(r"[,;]\s*|\s+-\s*", value.strip("[](){}- ")) if isinstance(value, str) else []
    return f"[{', '.join(items)}]" if items and all(map(is_id, items)) else ""


def meant_number(value: object) -> str:
    """The number of a text such as `30 jours`; empty where it has none."""
    found = _OF_DAYS.fullmatch(str(value).strip())
    return found[1] if found else ""


def glued_key(key: str, known: Collection[str]) -> tuple[str, str]:
    """The key and the value that stand without a blank between them, `from:signature`; empty where none do."""
    found = _GLUED.fullmatch(key)
    return (found[1], found[2]) if found and found[1] in known else ("", "")


@lru_cache(maxsize=4096)
def meant_key(key: str, known: tuple[str, ...]) -> str:
    """The key, of those known, that another one was written for; empty where none is recognised."""
    return glued_key(key, known)[0] or chosen_key(key, known) or next(iter(nearest(key, known)), "")


def meant_text(value: object) -> str:
    """The text that brackets without a colon were part of, in quotes; empty where it is none."""
    if isinstance(value, dict) and value and not any(each is not None for each in value.values()):
        return f'"{{{", ".join(map(str, value))}}}"'
    return ""


def meant_ids(text: str, root: object) -> list[str]:
    """The ids of a file that a text may mean: that of the thing called so, else the nearest ones."""
    ids: dict[str, str] = {}
    for entry in _entries(root):
        for name in _names(entry):
            ids.setdefault(key(name), str(entry["id"]))
    if found := ids.get(key(text)):
        return [found]
    return nearest(text, [each for each in dict.fromkeys(ids.values()) if is_id(each)])


def declares_ids(root: object) -> bool:
    """Whether a file declares anything under an id."""
    return next(_entries(root), None) is not None


def example_id(root: object) -> str:
    """An id that a file declares, to show what one looks like; one of the programme's where it declares none."""
    return next((str(each["id"]) for each in _entries(root) if is_id(str(each["id"]))), "etat-referent")


def declared_events(root: object) -> list[str]:
    """The ids of the events that a file declares, in its order."""
    events = root.get("events") if isinstance(root, dict) else None
    ids = [each.get("id") for each in events if isinstance(each, dict)] if isinstance(events, list) else []
    return [each for each in ids if isinstance(each, str) and is_id(each)]


def id_form(text: str) -> str:
    """An id that reads like a text; empty where no letter can be kept."""
    found = "-".join(id_words(text))
    return found if is_id(found) else ""


def _entries(root: object) -> Iterator[dict[str, object]]:
    for part in _NAMED:
        listed = root.get(part) if isinstance(root, dict) else None
        for entry in listed if isinstance(listed, list) else ():
            if isinstance(entry, dict) and is_id(str(entry.get("id"))):
                yield entry


def _names(entry: dict[str, object]) -> Iterator[str]:
    aliases = entry.get("aliases")
    for name in (entry["id"], entry.get("name"), entry.get("title"), *(aliases if isinstance(aliases, list) else ())):
        if isinstance(name, str):
            yield name


def meant_due(value: object, forms: Sequence[str]) -> Message | None:
    """What is missing beside the key of a due date that has no form; None for others."""
    if not isinstance(value, dict) or any(key in forms for key in value):
        return None
    if "from" in value:
        return msg("Beside from: stands the period, under within:, or every: for what comes back")
    if "before" in value:
        return msg("Beside before: stands the period, under at_least: or at_the_latest:")
    return None


def meant_kind(value: str, kinds: Sequence[str]) -> Message | None:
    """What to write for a word that is no kind of engagement: its kind and how often, or what each kind means.

    None where it stands for a kind or is spelt like one.
    """
    if period := rhythm(value):
        return msg("Write {value}", value=f"kind: recurring, due: {{every: {period}, from: …}}")
    if chosen(value, kinds) or nearest(value, kinds):
        return None
    return msg(
        "one-off: once; continuing: until the term; recurring: at intervals; on-request: at each request; "
        "option: what a party may do"
    )


def meant_start(value: object, shown_value: Callable[[object], str]) -> tuple[Message, Message]:
    """What is wrong, and what to do, where dates cannot be counted from what stands there.

    That is several things, another due date, or a recurrence where there is one already.

    Args:
        value: what stands there.
        shown_value: writes a part of it for a message.
    """
    if isinstance(value, list):
        message = msg("A date is counted from one thing, and this names several")
        if len(value) == 1:
            message = msg("One event, engagement or day is expected, not a list")
        names = ", ".join(shown_value(each) for each in value)
        hint = msg(
            "Declare an event with when: {{latest_of: [{names}]}}, or earliest_of, and name it here", names=names
        )
        return message, hint
    keys = list(value) if isinstance(value, dict) else []
    if {"every", "rrule"} & set(keys):
        message = msg("A recurrence cannot stand here: one day is expected, or a name that has one")
        hint = msg("Name a day, an event or “terme”; “within: P6M, from: {{every: P1Y, …}}” counts from each date")
        return message, hint
    if form := next((key for key in keys if key in FORMS), None):
        message = msg("A date cannot be counted from another due date in place: this one has no name")
        hint = msg("Declare an event with when: {{{form}: …}}, and name it here", form=form)
        return message, hint
    near = [each for key in keys for each in nearest(str(key), ("every", "rrule"))]
    message = msg("This does not say what the date is counted from")
    hint = msg("Write a name, a day, or a recurrence that begins with every or rrule")
    if near:
        hint = msg("Did you mean: {names}?", names=", ".join(dict.fromkeys(near)))
    return message, hint


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
