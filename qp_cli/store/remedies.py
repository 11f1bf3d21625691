"""What to write instead, where the place of a mistake tells it: in a renewal, a due date, an avenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.choices import chosen
from qp_cli.messages import msg
from qp_cli.model.dues import FORMS
from qp_cli.names import shown
from qp_cli.store.meant import (
    declared_events,
    exists_in_calendar,
    has_short_year,
    in_brackets,
    meant_flag,
    meant_period,
    written_day,
)
from qp_cli.store.misplaced_keys import parent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from qp_cli.messages import Message


class Remedy(NamedTuple):
    """A code, what is wrong, and what to do."""

    code: str
    message: Message
    hint: Message


_TACIT = frozenset({"tacit", "tacite", "tacitement", "automatic", "automatique"})
_RENEWED = "renewal"
_DUES = ("due", "when")
_OF_DUE = (*FORMS, "from", "before")
_OF_DAYS = ("from", "before", "on", "until", "first")
_OF_CHANGES = {
    "extend": "target: …, by: …",
    "due": "target: …, due: {…}",
    "debtors": "target: …, debtors: […]",
    "add": "engagement: {…}",
    "end": "target: …",
}
"""What each change of an avenant needs, beside the key that says which it is."""
_CHANGES = "changes"
_OF_GROUPS = (
    "parties",
    "groups",
    "roles",
    "events",
    "engagements",
    "sites",
    "facts",
    "claims",
    "ignore",
    _CHANGES,
    "earliest_of",
    "latest_of",
)
"""The lists whose items are groups of keys."""
_DEEPEST = 3
"""How far below a key groups are written out in a message."""


def remedy_of_place(
    path: Sequence[str | int], detail: ErrorDetails, root: object, known_at: Callable[[int], Sequence[str]]
) -> Remedy | None:
    """What is wrong and what to write, where the place of a mistake tells it; None elsewhere.

    Args:
        path: the way to the value or key, as the file has it.
        detail: Pydantic's error.
        root: what the file says.
        known_at: the keys that may stand in the group that so many steps of Pydantic's path lead to.
    """
    if not path:
        return None
    kind, value, key = detail["type"], detail["input"], str(path[-1])
    if kind == "extra_forbidden":
        return _of_key(path, key, value, root, known_at(len(detail["loc"]) - 1), _above(detail["loc"], known_at))
    if kind == "string_pattern_mismatch" and key in _OF_DAYS and not any(map(str.isalnum, str(value))):
        return _some_origin(key, value, root)
    if kind == "date_type" and isinstance(value, str) and (remedy := _short_year(value)):
        return remedy
    if kind in {"union_tag_not_found", "model_attributes_type", "model_type", "tuple_type"}:
        return _of_group(path, key, value, root)
    return None


def _above(loc: Sequence[str | int], known_at: Callable[[int], Sequence[str]]) -> Sequence[str]:
    """The keys that may stand beside the due date which an error is in; none where it is in none."""
    found = [number for number, step in enumerate(loc[:-1]) if step in _DUES]
    return known_at(found[-1]) if found else ()


def _of_key(
    path: Sequence[str | int], key: str, value: object, root: object, known: Sequence[str], above: Sequence[str]
) -> Remedy | None:
    """What to do about a key that is not known where it stands."""
    parent = parent_of(root, path)
    if parent is None:
        return None
    group = path[-2] if len(path) > 1 else ""
    if group == _RENEWED:
        return _in_renewal(key, value, root)
    if group in _DUES and key in above and key not in _OF_DUE:
        message = msg("“{key}” stands beside {group}, and not under it", key=key, group=group)
        beside = {name: each for name, each in parent.items() if name not in above or name in known}
        return Remedy("QP101", message, _write(f"{group}: {_flow(beside)}, {key}: {_flow(value)}"))
    if _CHANGES in known and (loose := _loose_changes(parent, known)):
        message = msg("“{key}” stands under {group}, and not beside it", key=key, group=_CHANGES)
        return Remedy("QP101", message, _write(f"{_CHANGES}: [{_change(loose)}]"))
    if key in _OF_DUE and "due" in known and isinstance(parent.get("due"), dict):
        return _two_dues(parent, key)
    instead = _for_another(parent, key, value, known)
    return Remedy("QP101", msg("Unknown key “{key}”", key=key), _write(instead)) if instead else None


def _for_another(parent: Mapping[str, object], key: str, value: object, known: Sequence[str]) -> str:
    """What to write instead of a key that another one stands for; empty where there is none."""
    if key == "date" and "on" in known and has_short_year(str(value)) and (day := written_day(str(value))):
        return f"on: {day}"
    if parent.get("change") != "extend":
        return ""
    if period := _period(value):
        return f"by: {period}"
    return _flow({**parent, "change": "due"}) if key == "due" and isinstance(value, dict) else ""


def _in_renewal(key: str, value: object, root: object) -> Remedy | None:
    """A renewal has no due date of its own, and is tacit."""
    if key in _TACIT:
        message = msg("“{key}” need not be said: a renewal that is declared is tacit", key=shown(key))
        if meant_flag(value) == "false":
            return Remedy("QP101", message, msg("Leave renewal out: without it, nothing is renewed tacitly"))
        return Remedy("QP101", message, _write(f"renewal: {{every: {_length(root)}}}"))
    if key not in _OF_DUE or key == "every":
        return None
    message = msg("A renewal has no due date: it says how long each one lasts, and its notice")
    period = _period(value)
    return Remedy("QP101", message, _write(f"notice: {period}") if period else msg("Leave {key} out", key=key))


def _length(root: object) -> str:
    """The length of a term, which its renewals mostly have."""
    term = root.get("term") if isinstance(root, dict) else None
    due = term.get("due") if isinstance(term, dict) else None
    return (_period(due.get("within")) if isinstance(due, dict) else "") or "P1Y"


def _two_dues(parent: Mapping[str, object], key: str) -> Remedy:
    """A key of a due date beside one: they are one, or one too many."""
    due = parent["due"]
    beside = {name: each for name, each in parent.items() if name in _OF_DUE}
    forms = [str(name) for name in due if name in FORMS] if isinstance(due, dict) else []
    if forms and any(name in FORMS for name in beside):
        message = msg("A due date is said in one way: {first}, or {second}", first=forms[0], second=key)
        hint = msg("Keep due: as it is and leave {key} out, or write {value}", key=key, value=f"due: {_flow(beside)}")
        return Remedy("QP101", message, hint)
    message = msg("“{key}” stands under {group}, and not beside it", key=key, group="due")
    inside = due if isinstance(due, dict) else {}
    return Remedy("QP101", message, _write(f"due: {_flow({**beside, **inside})}"))


def _loose_changes(parent: Mapping[str, object], known: Sequence[str]) -> dict[str, object]:
    """The keys of a change that stand in an avenant itself, where one of them, or a word in `changes`, says which."""
    loose = {name: each for name, each in parent.items() if name not in known and not name.startswith("x-")}
    word = loose.pop("change", None) or _only_word(parent.get(_CHANGES))
    change = _named(word)
    if not change:
        return {}
    own = {"since", "occurrence", "request", "debtor", "sites", *_keys_of(_OF_CHANGES[change])}
    return {"change": change, **{name: each for name, each in loose.items() if name in {*own, "target", "by"}}}


def _only_word(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _named(word: object) -> str:
    """The change that a word names; empty where it names none."""
    return chosen(word, _OF_CHANGES) or "" if isinstance(word, str) else ""


def _keys_of(form: str) -> list[str]:
    return [each.split(":")[0] for each in form.split(", ")]


def _change(loose: Mapping[str, object]) -> str:
    """A change with what it has, and places for what it lacks."""
    change = str(loose["change"])
    lacking = [each for each in _OF_CHANGES[change].split(", ") if each.split(":")[0] not in loose]
    inside = ", ".join([f"{name}: {_flow(each)}" for name, each in loose.items()] + lacking)
    return f"{{{inside}}}"


def _of_group(path: Sequence[str | int], key: str, value: object, root: object) -> Remedy | None:
    """What to write where a value stands for a list or a group of keys."""
    if isinstance(value, dict) and value and key in _OF_GROUPS:
        return Remedy("QP103", msg("A list is expected"), _write(f"{key}: [{_flow(value)}]"))
    if _CHANGES in path[-2:] and not isinstance(value, dict) and (change := _named(_only_word(value))):
        fact = parent_of(root, path[: path.index(_CHANGES) + 1])
        loose = _loose_changes({**(fact or {}), "change": change}, _KNOWN_OF_AVENANTS)
        if key == _CHANGES:
            return Remedy("QP103", msg("A list is expected"), _write(f"{_CHANGES}: [{_change(loose)}]"))
        return Remedy("QP103", msg("A group of keys is expected here"), _write(_change(loose)))
    if key in _DUES and isinstance(value, dict) and exists_in_calendar(day := written_day(str(value.get("date")))):
        return Remedy("QP108", msg("This does not say a due date"), _write(f"{key}: {{on: {day}}}"))
    if key in {*_DUES, "term"} and isinstance(value, str) and (period := _period(value)):
        code, wrong = "QP108", msg("This does not say a due date")
        origin = next(iter(declared_events(root)), "…")
        due = f"{{within: {period}, from: {origin}}}"
        if key == "term":
            code, wrong, due = "QP103", msg("A group of keys is expected here"), f"{{due: {due}}}"
        return Remedy(code, wrong, _write(f"{key}: {due}"))
    return None


_KNOWN_OF_AVENANTS = (
    "id",
    "on",
    "recorded",
    "recorded_by",
    "note",
    "proof",
    "kind",
    "title",
    "signed",
    "effect",
    _CHANGES,
)


def _some_origin(key: str, value: object, root: object) -> Remedy | None:
    """Where only a sign such as `…` stands for what a date is counted from: something that is dated."""
    message = msg("“{value}” is no id", value=shown(str(value)))
    events = declared_events(root)
    return Remedy("QP105", message, _write(f"{key}: {events[0]}")) if events else None


def _short_year(value: str) -> Remedy | None:
    """A day whose year has two figures: which year is meant is to be said."""
    day = written_day(value)
    if not has_short_year(value) or not exists_in_calendar(day):
        return None
    message = msg("A year is written with its four figures, and not as in {value}", value=shown(value))
    return Remedy("QP106", message, _write(day))


def _period(value: object) -> str:
    return meant_period(value) if isinstance(value, str) else ""


def _write(value: str) -> Message:
    return msg("Write {value}", value=value)


def _flow(value: object, depth: int = 0) -> str:
    """A value as it can stand between brackets; what is too deep, or not there, as a place for it."""
    if value is None or (depth == _DEEPEST and isinstance(value, dict | list)):
        return "…"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(each, depth + 1)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(each, depth + 1) for each in value)}]"
    return in_brackets(value)


def follows_from_place(path: Sequence[str | int], kind: str, root: object, known: Callable[[], Sequence[str]]) -> bool:
    """Whether an error is told with another one by `remedy_of_place`.

    Args:
        path: the way to the place, as the file has it.
        kind: of Pydantic's error.
        root: what the file says.
        known: the keys that may stand there.
    """
    parent = parent_of(root, path)
    if parent is None:
        return False
    if kind == "union_tag_not_found" and path[-1] == "due":
        due = parent["due"]
        return isinstance(due, dict) and not any(key in FORMS for key in due) and any(key in FORMS for key in parent)
    if kind not in {"missing", "extra_forbidden"}:
        return False
    key = str(path[-1])
    if kind == "missing":
        renewed = key == "every" and path[-2:-1] == (_RENEWED,) and any(each in _TACIT for each in parent)
        extended = key == "by" and parent.get("change") == "extend" and "due" in parent
        changed = key == _CHANGES and bool(_loose_changes(parent, _KNOWN_OF_AVENANTS))
        return renewed or extended or changed
    if parent.get("kind") != "amended":
        return False
    loose = _loose_changes(parent, known())
    in_words = bool(_named(_only_word(parent.get(_CHANGES))))
    return key in {"change", *loose} and (in_words or key != next(each for each in parent if each in loose))
