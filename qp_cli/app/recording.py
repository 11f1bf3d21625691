"""From what was typed to a fact: names found, days and periods read, who writes it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.readings import read_day_from, read_delay, read_period
from qp_cli.choices import chosen
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.model.kinds import ALL
from qp_cli.names import key, on_one_line, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from qp_cli.app.opening import Opened
    from qp_cli.app.typed_command import Typed
    from qp_cli.tracking.situation import Situation

FACT_KINDS = (
    "fulfilled",
    "triggered",
    "occurred",
    "waived",
    "suspended",
    "resumed",
    "notified",
    "breached",
    "amended",
    "denounced",
    "terminated",
    "voided",
    "proof",
)
_PAUSING = ("suspended", "resumed")
_ABOUT = frozenset({"by", "site", "occurrence"})
_OPTIONS: dict[str, frozenset[str]] = {
    "fulfilled": _ABOUT | {"part", "partly"},
    "suspended": _ABOUT | {"term"},
    "resumed": _ABOUT | {"term"},
    "triggered": frozenset({"by", "to", "site"}),
    "occurred": frozenset({"by", "to", "site"}),
    "notified": _ABOUT | {"cure"},
    "amended": _ABOUT | {"title", "signed", "effect", "extend", "due_on", "end", "to"},
    "denounced": frozenset({"by"}),
    "terminated": frozenset({"by", "notice", "effect"}),
    "voided": frozenset(),
    "proof": frozenset(),
}
"""The options that only some kinds take; those not listed take those of a fact about an engagement."""
ENDINGS = frozenset({"denounced", "terminated"})
"""The kinds that are about the whole convention, and take no target."""
_SOME = frozenset().union(_ABOUT, *_OPTIONS.values())


def takes(kind: str, option: str) -> bool:
    """Whether a kind of fact has anything to do with an option."""
    return option not in _SOME or option in _OPTIONS.get(kind, _ABOUT)


def read_kind(text: str | None, opened: Opened | None = None) -> str:
    """One of the thirteen kinds.

    Raises:
        UsageError: there is no word, or it is none of them; the nearest are given, or all. A word that an engagement or
            an event is called by is told apart, where a repository is `opened`.
    """
    kind = chosen(text, FACT_KINDS) if text else None
    if kind is None:
        from qp_cli.app.record_usage import no_kind

        raise no_kind(text, opened)
    return kind


def read_fact(typed: Typed, opened: Opened, data: str | None = None) -> dict[str, object]:
    """What the fact says, in the order in which it is written: its kind, what it is about, its days.

    Args:
        typed: what was typed.
        opened: the repository.
        data: the folder that was named, for the command that is given as an example.

    Raises:
        UsageError: something is missing, unknown, or does not go with the kind.
    """
    from qp_cli.app.record_usage import found_target, require

    kind = read_kind(typed.kind, opened)
    _refuse_others(typed, kind)
    require(typed, kind, opened, data)
    now = opened.situation
    day, target = typed.on or typed.signed, typed.target or ""
    fact: dict[str, object] = {"kind": kind}
    match kind:
        case "occurred":
            from qp_cli.tracking.filters import find_event

            fact |= {"event": found_target(find_event, target, opened)} | _people(typed, now)
        case "voided" | "proof":
            fact["fact"] = find_fact(opened, target, kind)
        case "amended":
            fact |= _avenant(typed, opened)
        case "denounced" | "terminated":
            fact |= _ending(kind, typed, now)
        case "triggered":
            fact |= {"engagement": found_target(_engagement_id, target, opened)} | _people(typed, now)
        case _:
            fact |= _subject(typed, opened)
    fact["on"] = read_day_from(day, now.as_of) if day else now.as_of
    return fact | _details(typed, kind)


def _refuse_others(typed: Typed, kind: str) -> None:
    """Looks for what does not go with a kind.

    Raises:
        UsageError: something does not.
    """
    from qp_cli.app.record_usage import not_a_target
    from qp_cli.tracking.fact_names import KIND_NAMES

    for option in sorted(_SOME):
        if getattr(typed, option) and not takes(kind, option):
            name = "--" + option.replace("_", "-")
            raise UsageError(msg("{option} does not go with {kind}.", option=name, kind=KIND_NAMES[kind]))
    if typed.more and kind not in _PAUSING:
        raise not_a_target(kind, typed.more[0])


def _details(typed: Typed, kind: str) -> dict[str, object]:
    """What some kinds say beside their day: the term, periods, a share, the day on which a termination takes effect."""
    found: dict[str, object] = {"term": True} if typed.term else {}
    if typed.cure:
        found["cure"] = read_delay(typed.cure)
    if typed.notice:
        found["notice"] = read_delay(typed.notice)
    if kind == "terminated" and typed.effect:
        found["effect"] = read_day(typed.effect)
    if typed.part:
        found["part"] = typed.part.strip()
    return {**found, "partly": True} if typed.partly else found


def _ending(kind: str, typed: Typed, now: Situation) -> dict[str, object]:
    """Who denounces or terminates: a denunciation has an author. What is ended is always the term."""
    from qp_cli.model.kinds import DENUNCIATION, TERM
    from qp_cli.tracking.fact_names import KIND_NAMES
    from qp_cli.tracking.filters import find_party

    if typed.target and key(typed.target) not in {key(TERM), key(DENUNCIATION)}:
        word = KIND_NAMES[kind]
        raise UsageError(msg("{kind} is about the whole convention: leave {name} out.", kind=word, name=msg("TARGET")))
    return {"by": find_party(now, typed.by)} if typed.by else {}


def _avenant(typed: Typed, opened: Opened) -> dict[str, object]:
    """An avenant with one change, of all that its target is or of a part; what is more is written by hand."""
    from qp_cli.app.record_usage import found_target, one_change_of

    now, target = opened.situation, found_target(_amended_id, typed.target or "", opened)
    changes = _changes(typed, now)
    if len(changes) != 1:
        raise one_change_of(opened, target)
    ((way, what),) = changes
    change = {"change": way, "target": target, **_part(typed, now, target), **what}
    days: dict[str, date] = {}
    for name in ("signed", "effect"):
        if text := getattr(typed, name):
            days[name] = read_day_from(text, now.as_of)
    return {"title": on_one_line(typed.title or ""), **days, "changes": [change]}


def _changes(typed: Typed, now: Situation) -> list[tuple[str, dict[str, object]]]:
    """The changes that options say, each by its name with what it comes to."""
    from qp_cli.tracking.filters import find_party

    found: list[tuple[str, dict[str, object]]] = []
    if typed.extend:
        found.append(("extend", {"by": read_period(typed.extend)}))
    if typed.due_on:
        found.append(("due", {"due": {"on": read_day(typed.due_on)}}))
    if typed.end:
        found.append(("end", {}))
    if typed.to:
        found.append(("debtors", {"debtors": list(dict.fromkeys(find_party(now, name) for name in typed.to))}))
    return found


def _part(typed: Typed, now: Situation, target: str) -> dict[str, object]:
    """The part of its target that an avenant changes: one debtor, some sites, one occurrence; none for all of it."""
    from qp_cli.tracking.filters import find_party, find_site

    found: dict[str, object] = {}
    if "/" in (typed.target or "") or "@" in (typed.target or ""):
        called = _one_called(now, typed.target or "", target)
        found = {"debtor" if name == "by" else name: value for name, value in called.items()}
    if typed.by:
        found["debtor"] = find_party(now, typed.by)
    if typed.site:
        found["sites"] = list(dict.fromkeys(find_site(now, name) for name in typed.site))
    return found | _named_one(typed, now, target)


def _amended_id(now: Situation, name: str) -> str:
    """The id of an engagement, or the name of the term."""
    from qp_cli.model.kinds import TERM
    from qp_cli.tracking.filters import find_engagement

    found = find_engagement(now, name)
    return found.id if found else TERM


def find_fact(opened: Opened, name: str, kind: str) -> str:
    """The id of a fact of the journal, which one of a kind is to be about.

    Raises:
        UsageError: there is none; those about what is called so, or the nearest, are given.
    """
    from qp_cli.app.fact_targets import no_fact
    from qp_cli.app.typed_command import Typed

    for fact in opened.facts:
        if key(fact.id) == key(name):
            return fact.id
    raise no_fact(opened, Typed(kind, name))


def with_named_event(typed: Typed, opened: Opened) -> Typed:
    """What was typed; where the word of its kind is an event of the convention, as `signature`, that as its target."""
    kind = chosen(typed.kind or "", FACT_KINDS)
    if kind != "occurred" or typed.target is not None or key(typed.kind or "") == kind:
        return typed
    events = opened.situation.convention.events
    asked = key(typed.kind or "")
    named = next((each.id for each in events if asked in {key(each.id), key(each.title)}), None)
    return typed._replace(target=named) if named else typed


def confirm_target(typed: Typed, opened: Opened, data: str | None) -> None:
    """Looks whether the id of a fact is typed for what it is about, or the other way round.

    Args:
        typed: what was typed.
        opened: the repository.
        data: the folder that was named.

    Raises:
        UsageError: it is; what was meant is said, with the command.
    """
    from qp_cli.app.fact_targets import OF_FACTS, fact_called, no_fact, taken_for_target

    kind = chosen(typed.kind or "", FACT_KINDS)
    if kind is None or typed.target is None:
        return
    fact = fact_called(opened, typed.target)
    named = fact if fact and key(fact.id) == key(typed.target) else None
    if kind in OF_FACTS and named is None and not any(key(one.id) == key(typed.target) for one in opened.facts):
        raise no_fact(opened, typed, data)
    if named and kind not in OF_FACTS:
        is_of_one = takes(kind, "occurrence")
        raise taken_for_target(named, typed, opened, data, is_event=kind == "occurred", is_of_one=is_of_one)


def _engagement_id(now: Situation, name: str) -> str:
    """The id of an engagement, which the term is not.

    Raises:
        UsageError: there is none, or it is the term.
    """
    from qp_cli.tracking.filters import engagement_part, find_engagement

    written, _ = engagement_part(name)
    if any(each.id == written for each in now.convention.engagements):
        return written
    found = find_engagement(now, name)
    if found is None:
        raise UsageError(msg("The term is computed: an avenant (amended) changes it, or a suspension (all --term)."))
    return found.id


def _people(typed: Typed, now: Situation) -> dict[str, object]:
    """Who, to whom and where."""
    from qp_cli.tracking.filters import find_party, find_site

    found: dict[str, object] = {"by": find_party(now, typed.by)} if typed.by else {}
    if typed.to:
        found["to"] = list(dict.fromkeys(find_party(now, name) for name in typed.to))
    if typed.site:
        found["sites"] = list(dict.fromkeys(find_site(now, name) for name in typed.site))
    return found


def _subject(typed: Typed, opened: Opened) -> dict[str, object]:
    """An engagement, for one debtor, site or occurrence; the id of an obligation says all of these at once."""
    from qp_cli.app.record_usage import found_target
    from qp_cli.tracking.filters import means_every_engagement

    now, target = opened.situation, typed.target or ""
    names = (target, *typed.more)
    if read_kind(typed.kind) in _PAUSING and any(means_every_engagement(now, name) for name in names):
        if typed.more:
            raise UsageError(msg("{name} is every engagement: name it alone.", name=ALL))
        return {"engagement": ALL, **_people(typed, now), **_occurrence(typed)}
    if typed.more:
        return {"engagement": _several(opened, names), **_people(typed, now), **_occurrence(typed)}
    engagement = found_target(_engagement_id, target, opened)
    found: dict[str, object] = {"engagement": engagement}
    if "/" in target or "@" in target:
        found |= _one_called(now, target, engagement)
    return found | _people(typed, now) | _named_one(typed, now, engagement)


def _one_called(now: Situation, target: str, engagement: str) -> dict[str, object]:
    """What the id of an obligation says, as files or as lists have it: its debtor where it is named, sites, occurrence.

    Raises:
        UsageError: no obligation is called so; the nearest are given.
    """
    from qp_cli.app.named_obligations import naming, obligations_called

    one = obligations_called(now, target, engagement)[0]
    is_named = key(target.partition("@")[0]).startswith(key(f"{engagement}/{one.debtor.key}"))
    found: dict[str, object] = {"by": one.debtor.parties[0]} if is_named else {}
    if "/" in target and one.sites:
        found["sites"] = list(one.sites)
    return found | naming(one, (each for each in now.obligations if each.engagement is one.engagement))


def _occurrence(typed: Typed) -> dict[str, object]:
    return {"occurrence": read_day(typed.occurrence)} if typed.occurrence else {}


def _named_one(typed: Typed, now: Situation, engagement: str) -> dict[str, object]:
    """The one occurrence that is named of those of an engagement, among what the debtor and the sites named owe."""
    from qp_cli.app.named_obligations import occurrence_named
    from qp_cli.tracking.filters import concerns, find_party

    if not typed.occurrence:
        return {}
    own = [one for one in now.obligations if one.engagement.id == engagement]
    by = find_party(now, typed.by) if typed.by else None
    return occurrence_named([one for one in own if by is None or concerns(now, one, by)] or own, typed.occurrence)


def _several(opened: Opened, names: Sequence[str]) -> str | list[str]:
    """The ids of several engagements, each once; one alone where they are the same.

    Raises:
        UsageError: one of them is unknown, the term, or an obligation.
    """
    from qp_cli.app.record_usage import found_target

    for name in names:
        if "/" in name or "@" in name:
            raise UsageError(msg("“{name}” is one obligation: of several, name the engagements.", name=shown(name)))
    ids = list(dict.fromkeys(found_target(_engagement_id, name, opened) for name in names))
    return ids if len(ids) > 1 else ids[0]


def refuse_days_to_come(today: date, *days: date | None) -> None:
    """Looks whether days of a fact have come.

    Raises:
        UsageError: one has not.
    """
    for day in days:
        if day and day > today:
            raise UsageError(msg("{day} is still to come: today is {today}.", day=day, today=today))


def author(given: str | None, folder: Path, environ: Mapping[str, str]) -> str | None:
    """Who records: the name given, on one line, else the one git knows, else nobody."""
    if given:
        return on_one_line(given)
    from qp_cli.errors import RepositoryError
    from qp_cli.store.git import Git

    try:
        name = Git(folder, environ).run("config", "user.name").decode().strip()
    except (RepositoryError, UnicodeDecodeError):
        return None
    return name if 0 < len(name) <= 500 and name.isprintable() else None  # noqa: PLR2004 - what a text may hold
