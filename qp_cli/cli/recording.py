"""From what was typed to a fact: names found, days and periods read, proofs fingerprinted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.cli.readings import read_choice, read_day
from qp_cli.cli.targets import engagement_id, find_event, find_fact, people, subject
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.cli.session import Opened
    from qp_cli.tracking.situation import Situation

KINDS = (
    "fulfilled",
    "triggered",
    "occurred",
    "waived",
    "suspended",
    "resumed",
    "notified",
    "breached",
    "amended",
    "voided",
)
_ABOUT = frozenset({"by", "site", "occurrence"})
_OPTIONS: dict[str, frozenset[str]] = {
    "triggered": frozenset({"by", "to", "site"}),
    "occurred": frozenset({"by", "to", "site"}),
    "notified": _ABOUT | {"cure"},
    "amended": frozenset({"title", "signed", "effect", "extend", "due_on", "end"}),
    "voided": frozenset(),
}
"""The options that only some kinds take; those not listed take those of a fact about an engagement."""
_SOME = frozenset().union(_ABOUT, *_OPTIONS.values())


class Typed(NamedTuple):
    """The command line of `qp record`, as it was typed; None or nothing where it says nothing."""

    kind: str | None = None
    target: str | None = None
    on: str | None = None
    by: str | None = None
    to: Sequence[str] = ()
    site: Sequence[str] = ()
    occurrence: str | None = None
    signed: str | None = None
    effect: str | None = None
    title: str | None = None
    extend: str | None = None
    due_on: str | None = None
    end: bool = False
    cure: str | None = None
    proof: str | None = None
    note: str | None = None


def takes(kind: str, option: str) -> bool:
    """Whether a kind of fact has anything to do with an option."""
    return option not in _SOME or option in _OPTIONS.get(kind, _ABOUT)


def read_kind(text: str) -> str:
    """One of the ten kinds.

    Raises:
        UsageError: it is none of them.
    """
    return read_choice(text, KINDS, "KIND")


def read_fact(typed: Typed, opened: Opened) -> dict[str, object]:
    """What the fact says, in the order in which it is written: its kind, what it is about, its days.

    Raises:
        UsageError: something is missing, unknown, or does not go with the kind.
    """
    if typed.kind is None:
        raise UsageError(msg("KIND is missing: {names}", names=", ".join(KINDS)))
    kind = read_kind(typed.kind)
    for option in sorted(_SOME):
        if getattr(typed, option) and not takes(kind, option):
            name = "--" + option.replace("_", "-")
            raise UsageError(msg("{option} does not go with {kind}.", option=name, kind=kind))
    if typed.target is None:
        raise UsageError(msg("{name} is missing.", name="TARGET"))
    now = opened.situation
    day = typed.on or typed.signed
    fact: dict[str, object] = {"kind": kind}
    match kind:
        case "occurred":
            fact |= {"event": find_event(now, typed.target)} | people(typed, now)
        case "voided":
            fact["fact"] = find_fact(opened, typed.target)
        case "amended":
            fact |= _avenant(typed, now)
        case "triggered":
            fact |= {"engagement": engagement_id(now, typed.target)} | people(typed, now)
        case _:
            fact |= subject(typed, now)
    fact["on"] = read_day(day) if day else now.as_of
    if typed.cure:
        fact["cure"] = read_delay(typed.cure)
    return fact


def read_delay(text: str) -> str:
    """A period or working days, as they are written in a file.

    Raises:
        InvalidPeriodError: it is neither.
    """
    from qp_cli.law.periods import parse_delay

    return str(parse_delay(text.strip()))


def _avenant(typed: Typed, now: Situation) -> dict[str, object]:
    """An avenant with one change; what is more is written by hand."""
    from qp_cli.law.periods import parse_period
    from qp_cli.model.words import TERM
    from qp_cli.tracking.filters import find_engagement

    found = find_engagement(now, typed.target or "")
    target = found.id if found else TERM
    if not typed.title:
        raise UsageError(msg("{name} is missing.", name="--title"))
    changes: list[dict[str, object]] = []
    if typed.extend:
        changes.append({"change": "extend", "target": target, "by": str(parse_period(typed.extend.strip()))})
    if typed.due_on:
        changes.append({"change": "due", "target": target, "due": {"on": read_day(typed.due_on)}})
    if typed.end:
        changes.append({"change": "end", "target": target})
    if len(changes) != 1:
        raise UsageError(msg("An avenant is recorded with one of {options}.", options="--extend, --due-on, --end"))
    days: dict[str, date] = {}
    for name in ("signed", "effect"):
        if text := getattr(typed, name):
            days[name] = read_day(text)
    return {"title": typed.title, **days, "changes": changes}
