"""Lists of obligations: soonest first, or the overdue ones by party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.grid import cells, headings, legend
from qp_cli.render.naming import titles_of
from qp_cli.render.parts import styled, table
from qp_cli.tracking.summary import soonest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.situation import Obligation, Situation

MOST = 200
"""Rows of a table on screen; machine formats hold every one."""


def list_deadlines(situation: Situation, obligations: Sequence[Obligation], screen: Screen, language: Language) -> str:
    """Each obligation with its deadline, soonest first, then those without one."""
    if not obligations:
        return language.text(msg("No obligation matches.")) + "\n"
    ordered = soonest(obligations)
    parts: list[Part] = [heading(situation, language), ""]
    parts.append(grid(situation, ordered[:MOST], screen, language))
    if len(ordered) > MOST:
        more = msgs(
            "… and {count} more row: use --format csv",
            "… and {count} more rows: use --format csv",
            count=len(ordered) - MOST,
        )
        parts.append(language.text(more))
    parts += _foot(ordered[:MOST], language)
    return screen.draw(*parts)


def list_overdue(situation: Situation, obligations: Sequence[Obligation], screen: Screen, language: Language) -> str:
    """The overdue ones under each legal person, days late; those whose date is derived from the term apart."""
    written = [one for one in obligations if not one.derived]
    derived = [one for one in obligations if one.derived]
    parts: list[Part] = [heading(situation, language)]
    if not written:
        parts += ["", language.text(msg("Nothing is overdue by a date of the text."))]
    for person, owed in _by_person(situation, written).items():
        title = msg("{party}: deadline passed, no fulfilment recorded", party=situation.directory.label(person))
        parts += ["", _bold(title, language), grid(situation, soonest(owed), screen, language)]
    if derived:
        title = msg("Date derived from the term, not written in the text (counted apart)")
        parts += ["", _bold(title, language), grid(situation, soonest(derived), screen, language)]
    parts += _foot(written, language)
    return screen.draw(*parts)


def _by_person(situation: Situation, obligations: Sequence[Obligation]) -> dict[str, list[Obligation]]:
    groups: dict[str, list[Obligation]] = {}
    for one in obligations:
        for person in dict.fromkeys(situation.directory.legal_person(party) for party in one.debtor.parties):
            groups.setdefault(person, []).append(one)
    return groups


def grid(situation: Situation, obligations: Sequence[Obligation], screen: Screen, language: Language) -> Part:
    """The obligations as a table."""
    drawn = table(headings(language, wide=screen.is_wide), whole=[0])
    titles = titles_of(situation.convention)
    for one in obligations:
        row = cells(one, situation, titles, language, wide=screen.is_wide)
        drawn.add_row(*(tuple(styled(each.text, each.style) for each in cell) for cell in row))
    return drawn


def heading(situation: Situation, language: Language, *remarks: Message) -> Part:
    """Which convention, at which day, with what is remarked of it; before it was approved, it says so."""
    text = styled(_title(situation), "bold")
    on = msg("On {day}", day=language.full_day(situation.as_of))
    text.append(f"\n{'. '.join(map(language.text, (on, *remarks)))}")
    if not situation.approved:
        text.append(f"\n{language.text(unapproved(situation))}", "yellow")
    return text


def unapproved(situation: Situation) -> Message:
    """The warning for a day before the approval."""
    if situation.approved_on is None:
        return msg("The Convention has no date of approval yet: dates from its text.")
    return msg(
        "The Convention was not yet approved ({day}): dates from its text.",
        day=situation.approved_on,
    )


def unsigned(situation: Situation) -> tuple[Message, ...]:
    """What is remarked of a signature that has no date in the file; nothing where none is declared."""
    if situation.signature is None or situation.signature.day:
        return ()
    return (msg("Signature undated in the file."),)


def _title(situation: Situation) -> str:
    convention = situation.convention
    return f"{convention.title}, {convention.territory}" if convention.territory else convention.title


def _bold(message: Message, language: Language) -> Part:

    return styled(language.text(message), "bold")


def _foot(obligations: Sequence[Obligation], language: Language) -> list[Part]:
    lines = legend(obligations, language)
    return ["", *lines] if lines else []
