"""What people answer to the questions of `qp record`, and how it is read: numbers, titles, words, days, shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.choices import chosen
from qp_cli.cli.prompts import something
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.model.amounts import SHARE_PATTERN
from qp_cli.model.kinds import TERM, Kind
from qp_cli.names import key, shown
from qp_cli.tracking.filters import find_engagement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qp_cli.messages import Message
    from qp_cli.tracking.situation import Obligation, Situation

_LONGEST_NUMBER = 3
"""Figures of what is meant as a number of a list; more of them are part of a title, a year."""
PARTLY = "partly"
"""The share of which nobody says how much it is."""
_IN_PART: Mapping[str, tuple[str, ...]] = {PARTLY: ("in part", "en partie", "partiel", "partial")}


class Offered(NamedTuple):
    """One answer that a question takes: the name that a file has for it, and what people call it.

    Attributes:
        name: shown after the title, for the next time.
        is_said: whether the title says as much.
    """

    name: str
    title: str
    is_said: bool = False


def picked(text: str, offered: Sequence[Offered], read: Callable[[str], str]) -> str:
    """The name of what an answer means: a number, a name or a title of what is offered, what else is read, a part.

    Raises:
        UsageError: it is none of these, or a part of several.
    """
    if something(text).isdecimal() and 0 < int(text) <= len(offered):
        return offered[int(text) - 1].name
    wanted = key(text)
    for one in offered:
        if wanted and wanted in {key(one.name), key(one.title)}:
            return one.name
    if text.isdecimal() and len(text) <= _LONGEST_NUMBER:
        raise UsageError(msg("The list has no number {text}: answer 1 to {count}.", text=text, count=len(offered)))
    try:
        return read(text)
    except UsageError:
        numbers = _holding(wanted, offered) if wanted else []
        if len(numbers) == 1:
            return offered[numbers[0] - 1].name
        if numbers:
            places = ", ".join(map(str, numbers))
            raise UsageError(
                msg("“{text}” is in several: answer {numbers}.", text=shown(text), numbers=places)
            ) from None
        raise


def _holding(wanted: str, offered: Sequence[Offered]) -> list[int]:
    """The numbers of those whose name begins with a text, where one does; else of those that hold it."""
    first = [number for number, one in enumerate(offered, 1) if key(one.name).startswith(wanted)]
    if len(first) == 1:
        return first
    return [number for number, one in enumerate(offered, 1) if wanted in f"{key(one.title)}\n{key(one.name)}"]


def read_listed(text: str, names: Sequence[str]) -> str:
    """One of some names, by a word that stands for it.

    Raises:
        UsageError: none does; the list is above, in the reader's words.
    """
    name = chosen(something(text), names)
    if name is None:
        raise UsageError(msg("“{text}” is not in the list: answer a number, or the word beside it.", text=shown(text)))
    return name


def any_day(text: str) -> str:
    """A day, to come or not, as a file writes it.

    Raises:
        UsageError: it is none.
    """
    return read_day(text).isoformat()


def read_share(text: str) -> str:
    """A share as a file writes it, or `partly`.

    Raises:
        UsageError: it is neither.
    """
    if chosen(text, _IN_PART, _IN_PART):
        return PARTLY
    if not re.fullmatch(SHARE_PATTERN, text):
        raise UsageError(msg("“{text}” is no share: write 1/3 or 30 %", text=shown(text)))
    return text


def has_parts(owed: Sequence[Obligation]) -> bool:
    """Whether a share of it can be performed: of what is done once, or each time."""
    return bool(owed) and owed[0].engagement.kind not in {Kind.CONTINUING, Kind.OPTION}


def occurrence_words(one: Obligation) -> Message:
    """One of a series: its day, the request after the first of that day, and where it stands."""
    from qp_cli.app.named_obligations import occurrence_key
    from qp_cli.render.wording import state_words

    day, state = one.deadline.occurrence, state_words(one)
    if request := occurrence_key(one).partition("~")[2]:
        return msg("{day}, request {id}, {state}", day=day, id=request, state=state)
    return msg("{day}, {state}", day=day, state=state)


def concerned_engagements(now: Situation, kind: str) -> list[Offered]:
    """The engagements that a kind of fact can be about, and the term for an avenant."""
    standing = [each for each in now.convention.engagements if each.id not in now.ended_by]
    if kind == "triggered":
        standing = [each for each in standing if each.kind is Kind.ON_REQUEST]
    term = now.convention.term if kind == "amended" else None
    first = [Offered(TERM, term.title or "")] if term else []
    return [*first, *(Offered(each.id, each.title) for each in standing)]


def read_target(now: Situation, text: str) -> str:
    """The id of an engagement, or of one of its obligations, or the term's name.

    Raises:
        UsageError: nothing is called so.
    """
    found = find_engagement(now, text)
    if "/" in text:
        return text
    return found.id if found else TERM
