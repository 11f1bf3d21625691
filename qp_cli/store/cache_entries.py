"""Declarations and findings to an entry of the cache and back: messages stay values, put into words later."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.law.periods import Period, WorkingDays
from qp_cli.messages import Message
from qp_cli.model.as_json import UnfitError, delay, read_json_day, reader, refuse, writer
from qp_cli.model.declarations import Declarations
from qp_cli.model.fields import field_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.model.fields import Form


ENTRY = "declarations"
"""What tells these entries from others with the same contents."""


@cache
def _forms() -> Mapping[str, Form]:
    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Journal
    from qp_cli.model.sites import Sites

    held = (Convention, Sites.annotations["sites"], Journal.annotations["facts"], int)
    return dict(zip(Declarations._fields, map(field_form, held), strict=True))


def to_plain(declared: Declarations) -> object:
    """What JSON can hold of it."""
    return {name: writer(form)(getattr(declared, name)) for name, form in _forms().items()}


def from_plain(found: object) -> Declarations | None:
    """What `to_plain` gave; None for anything that it cannot have given."""
    forms = _forms()
    if not isinstance(found, dict) or found.keys() != forms.keys():
        return None
    try:
        return Declarations(*(reader(form)(found[name]) for name, form in forms.items()))
    except (UnfitError, ValueError, RecursionError, OverflowError):
        return None


class KeptFindings(NamedTuple):
    """What a check found.

    Attributes:
        findings: all of them.
        proofs: the files of proof it looked at, each with its fingerprint or its trouble.
        name: the id of the convention; empty where it could not be read.
        place: where that id stands.
        names: what it goes by, its id first; as they are written, where it could not be read.
        parties: the ids of its parties; None where it could not be read.
    """

    findings: tuple[Finding, ...]
    proofs: Mapping[str, tuple[str, str]]
    name: str = ""
    place: Span | None = None
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] | None = None


def findings_to_plain(kept: KeptFindings) -> object:
    """What JSON can hold of it.

    Raises:
        UnfitError: a message has a part of a kind that is not kept.
    """
    return {
        "findings": [_plain_finding(each) for each in kept.findings],
        "proofs": {name: list(found) for name, found in kept.proofs.items()},
        "id": [kept.name, kept.place and list(kept.place)],
        "names": list(kept.names),
        "parties": None if kept.parties is None else list(kept.parties),
    }


def findings_from_plain(found: object) -> KeptFindings | None:
    """What `to_plain` gave; None for anything that it cannot have given."""
    try:
        match found:
            case {
                "findings": list(findings),
                "proofs": dict(proofs),
                "id": [str(name), place],
                "names": list(names),
                "parties": parties,
                **others,
            } if not others:
                return KeptFindings(
                    tuple(map(_finding, findings)),
                    {each: _pair(pair) for each, pair in proofs.items()},
                    name,
                    None if place is None else _span(place),
                    tuple(map(_text, names)),
                    None if parties is None else tuple(map(_text, _listed(parties))),
                )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, MemoryError):
        return None
    return None


def _plain_finding(finding: Finding) -> object:
    code, severity, message, span, hint, related = finding
    others = [[list(each.span), _plain_message(each.message)] for each in related]
    return [code, severity.value, _plain_message(message), list(span), hint and _plain_message(hint), others]


def _plain_message(message: Message) -> object:
    text, parts, plural, number = message
    return [text, {name: _plain_part(each) for name, each in parts.items()}, plural, number]


def _plain_part(part: object) -> object:
    """A part of a message: a mapping of its kind where it is neither text, number nor nothing."""
    match part:
        case None | bool() | int():
            return part
        case str():
            return str(part)
        case Message():
            return {"word": part.text} if part == _word(part.text) else {"message": _plain_message(part)}
        case date():
            return {"day": part.isoformat()}
        case Period() | WorkingDays():
            return {"delay": list(part)}
        case _:
            raise UnfitError(type(part).__name__)


def _finding(raw: object) -> Finding:
    match raw:
        case [str(code), str(severity), message, span, hint, list(related)]:
            return Finding(
                code,
                Severity(severity),
                _told(message),
                _span(span),
                None if hint is None else _told(hint),
                tuple(map(_related, related)),
            )
    return refuse(raw)


def _related(raw: object) -> Related:
    match raw:
        case [span, message]:
            return Related(_span(span), _told(message))
    return refuse(raw)


def _span(raw: object) -> Span:
    path, *places = _listed(raw)
    if path.__class__ is str and all(each.__class__ is int and each > 0 for each in places):
        return Span(path, *places)
    return refuse(raw)


def _told(raw: object) -> Message:
    """A message that can be put into words; what cannot raises."""
    made = _message(raw)
    _ = str(made)
    return made


def _message(raw: object) -> Message:
    text, parts, plural, number = _listed(raw)
    if text.__class__ is str and parts.__class__ is dict and plural.__class__ is str and number.__class__ is int:
        return Message(text, {name: _part(each) for name, each in parts.items()}, plural, number)
    return refuse(raw)


def _listed(raw: object) -> list[Any]:
    """A list, whose items are still to be looked at."""
    return raw if isinstance(raw, list) else refuse(raw)


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else refuse(raw)


@lru_cache(maxsize=1024)
def _word(text: str) -> Message:
    """A message of one text and nothing else, as the names of days and months are: one for all the places it has."""
    return Message(text)


def _part(raw: object) -> object:
    if raw is None or isinstance(raw, str | int):
        return raw
    if not isinstance(raw, dict) or len(raw) != 1:
        refuse(raw)
    ((kind, value),) = raw.items()
    return _PARTS[kind](value)


_PARTS: dict[str, Callable[[Any], object]] = {
    "word": lambda text: _word(text) if isinstance(text, str) else refuse(text),
    "message": _message,
    "day": read_json_day,
    "delay": delay,
}


def _pair(raw: object) -> tuple[str, str]:
    match raw:
        case [str(sha256), str(trouble)]:
            return sha256, trouble
    return refuse(raw)
