"""What a refused value was probably meant to be: a number, true or false, a day, a list, a declared id, a due date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from qp_cli.choices import chosen, chosen_key, day_in_words, rhythm
from qp_cli.messages import msg
from qp_cli.names import id_words, is_id, key, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from qp_cli.messages import Message

_TRUE = frozenset({"true", "yes", "oui", "vrai", "on", "1"})
_FALSE = frozenset({"false", "no", "non", "faux", "off", "0"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
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
    else:
        return ""
    return f"{year}-{month:0>2}-{day:0>2}"


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
