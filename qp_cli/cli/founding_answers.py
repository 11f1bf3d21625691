"""Answers about a convention that no file holds yet: names among those given, days, lengths, engagements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.app.readings import read_choice, read_day
from qp_cli.app.recording import read_delay
from qp_cli.errors import UsageError, unknown
from qp_cli.init.convention import PARTY_ID, TEMPLATES, Owed, make_id
from qp_cli.messages import msg
from qp_cli.names import key, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_FIELDS = 5
_SOURCE = re.compile(r"[A-Za-z0-9./][A-Za-z0-9._~:/@=<>!#&?,+%\[\]-]*")
_EXAMPLE = "git+https://…/qp.git@v1.0.0"


def read_template(text: str) -> str:
    """One of the templates."""
    return read_choice(text, TEMPLATES, "--template")


def read_zone(text: str) -> str:
    """A zone of public holidays."""
    from qp_cli.law.zones import Zone

    return read_choice(text, [zone.value for zone in Zone], "--zone")


def read_term(text: str) -> date | str:
    """A last day where a day is written, else a length."""
    return read_day(text) if re.match(r"\s*\d{1,4}[/-]\d", text, re.ASCII) else read_delay(text)


def read_partner(text: str) -> str:
    """The id of a partner, by id or name.

    Raises:
        UsageError: none has that name.
    """
    from qp_cli.init.convention import partners

    known = partners()
    for name, title in known:
        if key(text) in {key(name), key(title)}:
            return name
    problem = msg("No party, group or role is called “{name}”.", name=shown(text))
    raise unknown(problem, text, [name for name, _ in known])


def read_source(text: str | None) -> str | None:
    """What pip installs: one word that neither a shell, nor pip, nor a CI can take for something else.

    Raises:
        UsageError: it is none.
    """
    if text is not None and not _SOURCE.fullmatch(text):
        problem = msg(
            "--qp-source: “{text}” is not one word for pip, as in {example}", text=shown(text), example=_EXAMPLE
        )
        raise UsageError(problem)
    return text


def read_debtors(text: str, parties: Sequence[str]) -> tuple[str, ...]:
    """Parties by name or id, several separated by commas.

    Raises:
        UsageError: one of them is none of the parties.
    """
    found: list[str] = []
    for word in [text] if key(text) in map(key, parties) else text.split(","):
        names = [each for each in parties if key(word) in {key(each), key(make_id(each, PARTY_ID))}]
        if not names:
            raise unknown(msg("No party, group or role is called “{name}”.", name=shown(word.strip())), word, parties)
        found += names[:1]
    return tuple(dict.fromkeys(found))


def read_due(text: str, kind: str) -> date | str | None:
    """When an engagement of a kind is due; None for an empty text.

    Raises:
        UsageError: it is neither a day nor a length, or the kind has no such date.
    """
    from qp_cli.law.periods import parse_period

    text = text.strip()
    match kind:
        case "recurring":
            return str(parse_period(text))
        case _ if not text:
            return None
        case "one-off":
            return read_term(text)
        case "on-request":
            return read_delay(text)
        case _:
            raise UsageError(msg("{option} does not go with {kind}.", option=shown(text), kind=kind))


def read_owed(given: str | Owed, parties: Sequence[str]) -> Owed:
    """An engagement as the interview made it, or as one option writes it."""
    if isinstance(given, Owed):
        return given
    fields = [each.strip() for each in given.split(";")]
    if len(fields) != _FIELDS or not all((*fields[:3], fields[4])):
        form = msg("TITLE; PARTY; KIND; DUE; CLAUSE")
        raise UsageError(msg("--engagement: write “{form}”, not “{text}”", form=form, text=shown(given)))
    from qp_cli.model.words import Kind

    title, debtors, kind, due, clause = fields
    kind = read_choice(kind, [each.value for each in Kind], msg("--engagement, KIND"))
    return Owed(title, clause, read_debtors(debtors, parties), kind, read_due(due, kind))
