"""The changes an avenant makes, in words and as records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, assert_never

from qp_cli.messages import msg, msgs
from qp_cli.model.base import Declared, stated
from qp_cli.model.dues import AtLeast, AtTheLatest, EarliestOf, Every, LatestOf, On, Rule, Within, chosen_from
from qp_cli.model.facts import Add, End, Extend, Reassign, Redate
from qp_cli.model.kinds import Kind
from qp_cli.render.naming import called
from qp_cli.render.wording import BASES
from qp_cli.tracking.deadlines import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Change
    from qp_cli.render.language import Language
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation


def write_change(change: Change, directory: Directory, language: Language) -> str:
    """What one change does, and what alone it reaches, in a line."""
    said = _change(change, directory, language)
    if limits := list(_limits(change, directory, language)):
        said = msg("{change} ({limits})", change=said, limits=language.joined(map(language.text, limits)))
    return language.text(said)


def _limits(change: Change, directory: Directory, language: Language) -> Iterator[Message]:
    """Where a change reaches less than all that falls due from its effect on, or more."""
    if change.since:
        yield msg("for what falls due from {day} on", day=change.since)
    if isinstance(change, Add):
        return
    if change.occurrence:
        yield msg("only the occurrence of {day}", day=change.occurrence)
    if change.request:
        yield msg("only the answer to the request “{id}”", id=change.request)
    if change.debtor:
        name = called(change.debtor, directory, language)
        taken = msg("debtor replaced: {name}", name=name)
        yield taken if isinstance(change, Reassign) else msg("only for {name}", name=name)
    if change.sites:
        yield msgs("only at the site {names}", "only at the sites {names}", count=len(change.sites),
                   names=", ".join(change.sites))  # fmt: skip


def _change(change: Change, directory: Directory, language: Language) -> Message:
    match change:
        case Extend():
            return msg("{target}: period longer by {period}", target=change.target, period=change.by)
        case Redate():
            return msg("{target}: due {date}", target=change.target, date=due_said(change.due, language))
        case Reassign():
            names = ", ".join(called(name, directory, language) for name in change.debtors)
            return msg("{target}: owed by {names}", target=change.target, names=names)
        case Add():
            return _addition(change, directory, language)
        case End():
            return msg("{target}: no longer owed", target=change.target)
        case _:
            assert_never(change)


def _addition(change: Add, directory: Directory, language: Language) -> Message:
    """What an avenant adds."""
    if change.party:
        return msg("{target}: new party, {title}", target=change.party.id, title=change.party.name)
    if change.event:
        return msg("{target}: new event, {title}", target=change.event.id, title=change.event.title)
    if change.site:
        names = language.joined(change.engagements)
        said = msg("{target}: new site, {title}", target=change.site.id, title=change.site.name)
        return msg("{site}, where these are owed: {names}", site=said, names=names) if names else said
    if change.engagement:
        return msg("{target}: new engagement, {title}", target=change.engagement.id, title=change.engagement.title)
    who, through = change.member or change.holder or "", change.group or change.role or ""
    party, called_so = called(who, directory, language), called(through, directory, language)
    if change.member:
        return msg("{group}: new member, {party}", group=called_so, party=party)
    return msg("{role}: now held by {party} too", role=called_so, party=party)


def due_said(due: Due, language: Language) -> Message:
    """A due date as the text would say it, without computing it."""
    match due:
        case On():
            day = due.on
            return msg("on {day}", day=day) if isinstance(day, date) else msg("on the day of {name}", name=day)
        case Within():
            return _within(due, language)
        case AtTheLatest():
            period, before = due.at_the_latest, due.before
            if isinstance(before, str | date):
                return msg("at the latest {period} before {origin}", period=period, origin=before)
            return msg("at the latest {period} before each: {series}", period=period, series=due_said(before, language))
        case AtLeast():
            period, before = due.at_least, due.before
            if isinstance(before, str | date):
                return msg("at least {period} before {origin}", period=period, origin=before)
            return msg("at least {period} before each: {series}", period=period, series=due_said(before, language))
        case _:
            return _several(due, language)


def _within(due: Within, language: Language) -> Message:
    """A period from the request, from a day or a name, or from each of a series."""
    if due.from_ is None:
        return msg("within {period} of the request", period=due.within)
    if isinstance(due.from_, str | date):
        return msg("within {period} of {origin}", period=due.within, origin=due.from_)
    return msg("within {period} of each: {series}", period=due.within, series=due_said(due.from_, language))


def _several(due: EarliestOf | LatestOf | Every | Rule, language: Language) -> Message:
    """A due date that chooses among dates, or comes back."""
    match due:
        case EarliestOf():
            return msg("on the first of: {dates}", dates=_dues(chosen_from(due), language))
        case LatestOf():
            return msg("on the last of: {dates}", dates=_dues(chosen_from(due), language))
        case Every() if due.first is not None:
            period, first, until = due.every, due.first, due.until
            return msg("every {period}, the first on {first}, until {until}", period=period, first=first, until=until)
        case Every():
            period, origin, until = due.every, due.from_, due.until
            return msg("every {period} from {origin} until {until}", period=period, origin=origin, until=until)
        case Rule():
            rule, origin, until = due.rrule, due.from_, due.until
            return msg("by the rule {rule} from {origin} until {until}", rule=rule, origin=origin, until=until)
        case _:
            assert_never(due)


def _dues(choices: tuple[Due, ...], language: Language) -> str:
    return language.joined(language.text(due_said(choice, language)) for choice in choices)


def _target(change: Change) -> str | None:
    """What is changed, or added; of a member or a holder, what it comes to."""
    if not isinstance(change, Add):
        return change.target
    added = change.engagement or change.party or change.event or change.site
    return added.id if added else change.group or change.role


def change_record(change: Change) -> dict[str, object]:
    """One change with the keys of the contract: those that do not apply are null."""
    by, due, debtors = getattr(change, "by", None), getattr(change, "due", None), getattr(change, "debtors", None)
    occurrence, sites = getattr(change, "occurrence", None), getattr(change, "sites", ())
    added = change.engagement if isinstance(change, Add) else None
    found = {key: getattr(change, key, None) for key in ("party", "event", "site")}
    return {
        "change": change.change,
        "target": _target(change),
        "by": str(by) if by else None,
        "due": _plain(due) if due else None,
        "debtors": list(debtors) if debtors else None,
        "engagement": _plain(added) if added else None,
        "since": change.since.isoformat() if change.since else None,
        "occurrence": occurrence.isoformat() if occurrence else None,
        "debtor": getattr(change, "debtor", None),
        "sites": list(sites) if sites else None,
        "request": getattr(change, "request", None),
        **{key: _plain(each) if each else None for key, each in found.items()},
        **{key: getattr(change, key, None) for key in ("member", "group", "holder", "role")},
        "engagements": list(getattr(change, "engagements", ())) or None,
    }


def _plain(value: object) -> object:
    """A declared thing as its YAML has it, without what was left unsaid."""
    if isinstance(value, Declared):
        return {key: _plain(each) for key, each in stated(value).items()}
    if isinstance(value, date):
        return value.isoformat()
    if type(value) is tuple:  # a period is a tuple with a name
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int) else str(value)


def unasked(engagement: Engagement, obligations: Sequence[Obligation], language: Language) -> Iterator[str]:
    """How long what is owed on request leaves from a request on, while there is none to count it from."""
    if engagement.kind is not Kind.ON_REQUEST or any(one.due for one in obligations):
        return
    if engagement.due:
        yield language.text(due_said(engagement.due, language))
    elif engagement.target:
        yield f"{language.text(due_said(engagement.target, language))} ({language.text(BASES[Basis.TARGET])})"
