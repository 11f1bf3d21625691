"""Keys that stand where none is known: cut off a text by a comma, written for another one, or one group too high."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.messages import msg
from qp_cli.model.dues import FORMS
from qp_cli.model.kinds import TERM
from qp_cli.names import shown
from qp_cli.store.meant import glued_key, in_brackets, in_quotes, meant_key
from qp_cli.store.yaml.tree import YamlMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message

_NAMING = ("target", "engagement", "event", "fact")
"""The keys by which facts and changes name what they are about."""
_UNDER = {
    "renewal": ("term", "renewal: {every: …}"),
    "open_ended": ("term", "open_ended: true"),
    "notice": ("term", "notice: P3M"),
    "due": ("term", "due: {…}"),
    "at_most": ("renewal", "at_most: 2"),
    "email": ("contact", "email: …"),
    "telephone": ("contact", 'telephone: "…"'),
    "currency": ("amount", "value: …, currency: EUR"),
    "share": ("amount", "value: …, share: …"),
}
"""Keys that belong in a group, and how they stand there."""
_OF_DUE = (*FORMS, "from", "before")
"""The keys of a due date, which stand under `due`, and are often written in the column of that key."""
_LOOKED_AT = 5
"""How many unknown keys of a group are looked at for a key that it lacks."""
_ORIGINS = ("origin", "origine", "start", "counted_from", "starts")
"""The words by which people say what dates are counted from."""
_OF_ALL = ("terminated", "denounced")


class MisplacedKey(NamedTuple):
    """What a key that is not known here was written for, and what to do."""

    message: Message
    hint: Message


def parent_of(root: object, path: Sequence[str | int]) -> YamlMap | None:
    """The group of keys in which the last key of a path stands; None where there is none."""
    node: Any = root
    for step in path[:-1]:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node if isinstance(node, YamlMap) else None


def cut_off(parent: YamlMap, key: str) -> tuple[str, str, int] | None:
    """The key and the whole text whose end a comma between brackets made a key of, and which part of it this is.

    None where the key has a value, or does not follow a text on its line.
    """
    run = parent.runs.get(key)
    if run is None or not run.rank or not isinstance(text := parent[run.keys[0]], str | int):
        return None
    return run.keys[0], ", ".join((str(text), *run.keys[1:])), run.rank


def _part_of_a_text(parent: YamlMap, key: str) -> int:
    """Which part of a text that commas cut a key is, as `cut_off` counts them; 0 where it is none."""
    run = parent.runs.get(key)
    return run.rank if run and isinstance(parent[run.keys[0]], str | int) else 0


def misplaced_key(path: Sequence[str | int], root: object, known: Sequence[str]) -> MisplacedKey | None:
    """What the unknown key at the end of a path was written for; None where nothing is recognised.

    Args:
        path: the way to the key, as the file has it.
        root: what the file says.
        known: the keys that may stand there.
    """
    key, parent = str(path[-1]), parent_of(root, path)
    if parent is None:
        return None
    if parent[key] is None and (glued := glued_key(key, known)) != ("", ""):
        name, value = glued
        message = msg("A space is missing after the colon of “{key}”.", key=name)
        return MisplacedKey(message, msg("Write {value}", value=f"{name}: {shown(value)}"))
    if cut := cut_off(parent, key):
        return _quoted(key, *cut[:2])
    if key in _ORIGINS:
        return _origin(parent, key, known)
    if parent.get("kind") in _OF_ALL and key in _NAMING:
        return _whole_convention(parent, key)
    if (name := missing_name(parent, known)) and key == other_naming(parent, known):
        message = msg("Unknown key “{key}”", key=shown(key))
        return MisplacedKey(message, msg("Write {value}", value=f"{name}: {in_brackets(parent[key])}"))
    under, written = ("due", _due_beside(parent)) if key in _OF_DUE else _UNDER.get(key, ("", ""))
    if under in known:
        message = msg("“{key}” stands under {group}, and not beside it", key=key, group=under)
        return MisplacedKey(message, msg("Write {value}", value=f"{under}: {{{written}}}"))
    return None


def _origin(parent: YamlMap, key: str, known: Sequence[str]) -> MisplacedKey:
    """What a date is counted from, under a word for it: `from:` has it, in the due date that counts from it."""
    value = _shown(parent[key])
    hint = msg("A date says itself what it is counted from: {due}", due=f"due: {{within: …, from: {value}}}")
    if "from" in known:
        hint = msg("Write {value}", value=f"from: {value}")
    return MisplacedKey(msg("Unknown key “{key}”", key=shown(key)), hint)


def _quoted(key: str, before: str, text: str) -> MisplacedKey:
    message = msg("“{key}” is the end of a text: a comma between brackets cut it off", key=shown(key))
    if re.fullmatch(r"[\d ]+, \d{1,2}", text):
        number = text.replace(" ", "").replace(",", ".")
        return MisplacedKey(message, msg("Write {value}", value=f"{before}: {shown(number)}"))
    return MisplacedKey(
        message, msg("Put the whole text in quotes: {text}", text=f"{before}: {in_quotes(shown(text))}")
    )


def _whole_convention(parent: YamlMap, key: str) -> MisplacedKey:
    message = msg("This fact is about the whole convention, and names nothing by “{key}”", key=key)
    hint = msg("Leave {key} out", key=key)
    if parent["kind"] == "terminated" and isinstance(name := parent[key], str) and name != TERM:
        hint = msg(
            "Leave {key} out; to end one engagement: kind: amended, with {change}",
            key=key,
            change=f"changes: [{{change: end, target: {in_brackets(name)}}}]",
        )
    return MisplacedKey(message, hint)


def missing_name(parent: YamlMap, known: Sequence[str]) -> str:
    """The key that names what a fact or a change is about, where it is not there; empty where it is."""
    wanted = [key for key in _NAMING if key in known]
    return wanted[0] if len(wanted) == 1 and wanted[0] not in parent else ""


def other_naming(parent: YamlMap, known: Sequence[str]) -> str:
    """The key that stands in the place of that one; empty where none does."""
    others = [key for key in _NAMING if key in parent and key not in known and isinstance(parent[key], str)]
    return others[0] if len(others) == 1 else ""


def _is_written_otherwise(parent: YamlMap, missing: str, known: tuple[str, ...]) -> bool:
    """Whether one of the first keys that are not known there was written for a key that is missing."""
    unknown = (key for key in parent if key not in known and not key.startswith("x-"))
    return any(meant_key(key, known) == missing for key in islice(unknown, _LOOKED_AT))


def follows_from_key(path: Sequence[str | int], kind: str, root: object, known: Iterable[str]) -> bool:
    """Whether a missing key, or one more part of a text that commas cut, is told with another finding.

    Args:
        path: the way to the key, as the file has it.
        kind: of Pydantic's error.
        root: what the file says.
        known: the keys that may stand there.
    """
    parent = parent_of(root, path)
    if parent is None:
        return False
    if kind == "missing":
        known = tuple(known)
        is_named_otherwise = path[-1] == missing_name(parent, known) and bool(other_naming(parent, known))
        return is_named_otherwise or _is_written_otherwise(parent, str(path[-1]), known)
    if kind != "extra_forbidden":
        return False
    if path[-1] in _OF_DUE and "due" in known:
        return next(name for name in parent if name in _OF_DUE) != path[-1]
    return _part_of_a_text(parent, str(path[-1])) > 1


def _due_beside(parent: YamlMap) -> str:
    """The due date that the keys of a group would say, were they one group further in."""
    return ", ".join(f"{name}: {_shown(parent[name])}" for name in parent if name in _OF_DUE)


def _shown(value: object) -> str:
    """A value as it can stand between brackets, short."""
    return "…" if isinstance(value, dict | list) or value is None else in_brackets(value)
