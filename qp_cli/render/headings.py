"""What stands above an answer: which convention or how many, the day, what it lacks; and what groups are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.names import key
from qp_cli.render.layout import styled
from qp_cli.render.visible import visible
from qp_cli.tracking.portfolio import Grouping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part
    from qp_cli.tracking.portfolio import TallyGroup
    from qp_cli.tracking.situation import Situation

HEADINGS: dict[Grouping, Message] = {
    Grouping.CONVENTION: msg("Convention"),
    Grouping.PARTY: msg("Party"),
    Grouping.CLAUSE: msg("Clause"),
    Grouping.SITE: msg("Site"),
}


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
    """What is remarked of a signature that has no date in the file, or comes later; nothing where none is declared."""
    day = situation.signed_on
    if situation.signature is None or (day and day <= situation.as_of):
        return ()
    return (msg("Signature on {day}.", day=day) if day else msg("Signature undated in the file."),)


def signed(situation: Situation) -> tuple[Message, ...]:
    """On which day the convention was signed, else what is remarked of that; nothing where none is declared."""
    day = situation.signed_on
    return (msg("Signed on {day}.", day=day),) if day and day <= situation.as_of else unsigned(situation)


def approval_remarks(situation: Situation) -> list[Message]:
    """That the convention is not yet approved, that its signature has no date."""
    return [*([] if situation.approved else [unapproved(situation)]), *unsigned(situation)]


def dated_later(situation: Situation, facts: Iterable[Fact]) -> tuple[Message, ...]:
    """How many facts are dated after the day looked at; nothing where none is."""
    later = sum(fact.on > situation.as_of for fact in facts)
    if not later:
        return ()
    return (
        msgs(
            "{count} fact is dated later than {day}.",
            "{count} facts are dated later than {day}.",
            count=later,
            day=situation.as_of,
        ),
    )


def _title(situation: Situation) -> str:
    convention = situation.convention
    return ", ".join(visible(each) for each in (convention.title, convention.territory) if each)


def missing(absences: Iterable[Message], language: Language) -> list[Part]:
    """What an answer lacks, as nobody should miss."""
    return [styled(language.text(each), "yellow") for each in absences]


def label(group: TallyGroup, language: Language) -> str:
    """What a group is called; one of a single convention says which."""
    text = group_name(group, language)
    if not group.convention:
        return text
    return language.text(msg("{name} ({convention})", name=text, convention=group.convention))


_MOST_NAMED = 3
"""How many names are given of those that several conventions have."""


def named_apart(groups: Iterable[TallyGroup]) -> tuple[Message, ...]:
    """That parties of one name are counted in each convention apart, and what puts them together; nothing else.

    Args:
        groups: the legal persons across conventions; each that is not shared says its convention.
    """
    found: dict[str, list[str]] = {}
    for group in groups:
        if group.convention:
            found.setdefault(key(group.label), []).append(visible(group.label))
    names = [labels[0] for labels in found.values() if len(labels) > 1]
    if not names:
        return ()
    listed = ", ".join([*names[:_MOST_NAMED], *(["…"] if names[_MOST_NAMED:] else [])])
    said = msg(
        "Counted in each convention apart: {names}. Where they are one and the same, a parties.yaml says so.",
        names=listed,
    )
    return (said,)


def group_name(group: TallyGroup, language: Language) -> str:
    """What a group is called in its convention, or across them."""
    return visible(group.label) or language.text(msg("not said"))
