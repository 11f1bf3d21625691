"""What a program holds, in the words of the screens: a state, a step of a working, a finding, an error, a day."""

from __future__ import annotations

from datetime import date

from qp_cli.errors import QpError, UsageError
from qp_cli.findings import Finding, Severity
from qp_cli.law.dates import Step
from qp_cli.messages import Message, msg
from qp_cli.model.kinds import Kind
from qp_cli.names import shown
from qp_cli.render.findings.text import SEVERITIES
from qp_cli.render.language import Language
from qp_cli.render.wording import KINDS, STATES
from qp_cli.tracking.states import State


def in_words(thing: object, *, lang: str = "fr") -> str:
    """A thing that the answers are made of, on one line, as the screens and the lists say it.

    Args:
        thing: a state, a kind, a severity; a day; a message; a step, a finding or an error, of which the sentence is
            given.
        lang: `fr` or `en`.

    Raises:
        UsageError: it is none of them, or no such language.
    """
    match lang:
        case "fr" | "en":
            language = Language(lang)
        case _:
            raise UsageError(msg("lang is fr or en, not {value}", value=shown(repr(lang))))
    return language.part(_said(thing))


def _said(thing: object) -> Message | date:
    """What is said of a thing.

    Raises:
        UsageError: nothing.
    """
    match thing:
        case Message() | date():
            return thing
        case State():
            return STATES[thing]
        case Kind():
            return KINDS[thing]
        case Severity():
            return SEVERITIES[thing]
        case Step():
            return thing.text
        case Finding() | QpError():
            return thing.message
    problem = msg("in_words takes a state, a step, a finding, an error or a day, not {value}", value=shown(repr(thing)))
    raise UsageError(problem)
