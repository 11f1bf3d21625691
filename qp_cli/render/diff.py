"""What changed between two days or two revisions, and what changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.model.facts import Amended
from qp_cli.model.kinds import TERM
from qp_cli.render.columns import days, debtor, name
from qp_cli.render.formats import SCHEMA, iso, to_csv, to_json, to_markdown
from qp_cli.render.journal import target_id, title
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS, state_words
from qp_cli.tracking.diff import CauseKind
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.tracking.diff import Cause, Difference, Explained
    from qp_cli.tracking.situation import Obligation

_COLUMNS = (
    "id",
    "convention",
    "engagement",
    "title",
    "clause",
    "debtors",
    "sites",
    "state_before",
    "state_after",
    "due_before",
    "due_after",
    "cure_before",
    "cure_after",
    "days_late",
    "causes",
)
_NONE = "–"


class DiffEnd(NamedTuple):
    """One end of a comparison: the day looked at, and the commit that was read, if not the files as they are."""

    day: date
    commit: str | None = None
    committed: date | None = None


def write_difference(found: Difference, start: DiffEnd, end: DiffEnd, language: Language) -> str:
    """The two ends, then what changed: state, dates, causes, under the obligations of which the same is to say."""
    lines = [title(found.after)]
    lines.append(language.text(msg("From: {end}", end=_end(start, language))))
    lines.append(language.text(msg("To: {end}", end=_end(end, language))))
    count = len(found.explained) + bool(found.term)
    if not count:
        lines += ["", language.text(msg("No state and no deadline changed."))]
    if found.term:
        lines += ["", language.text(msg("Term of the convention")), f"  {_days(*found.terms, language)}"]
        lines += [f"  {write_cause(cause, language)}" for cause in found.term]
    for texts, heads in _alike(found, language).items():
        lines += ["", *heads, *(f"  {text}" for text in texts)]
    if found.silent:
        lines += ["", language.text(msg("Facts that changed no state and no deadline"))]
        lines += [f"  {write_cause(cause, language)}" for cause in found.silent]
    if count:
        lines += ["", language.text(msgs("{count} change.", "{count} changes.", count=count))]
    return "\n".join(lines) + "\n"


def _alike(found: Difference, language: Language) -> dict[tuple[str, ...], list[str]]:
    """The obligations that changed, those with the same changes and causes together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found.explained:
        causes = (write_cause(cause, language) for cause in one.causes)
        groups.setdefault((*_aspects(one, language), *causes), []).append(_head(one, found))
    return groups


def _end(end: DiffEnd, language: Language) -> Message:
    day = language.full_day(end.day)
    if end.commit and end.committed:
        return msg("commit {commit} of {committed}, seen on {day}", commit=end.commit, committed=end.committed, day=day)
    return msg("the files as they are, on {day}", day=day)


def _either(one: Explained) -> Obligation:
    found = one.change.after or one.change.before
    if found is None:
        raise LookupError(one.change.id)
    return found


def _head(one: Explained, found: Difference) -> str:
    obligation = _either(one)
    directory = (found.after if one.change.after else found.before).directory
    return f"{visible(obligation.engagement.title)} ({name(obligation)})  {debtor(obligation, directory)}"


def _aspects(one: Explained, language: Language) -> list[str]:
    """What changed, a line each: the state, the date, the cure period."""
    before, after = one.change.before, one.change.after
    lines = []
    if before is None or after is None or state_words(before) != state_words(after):
        lines.append(f"{_state(before, language)} → {_state(after, language)}")
    dues, cures = one.change.dues, one.cures
    if dues[0] != dues[1]:
        lines.append(language.text(msg("deadline: {days}", days=_days(*dues, language))))
    if cures[0] != cures[1]:
        lines.append(language.text(msg("cure period until: {days}", days=_days(*cures, language))))
    return lines


def _state(one: Obligation | None, language: Language) -> str:
    """A state in words, with the days by which it is late; that there is no such obligation is said too."""
    if one is None:
        return language.text(msg("not there"))
    words = language.text(state_words(one))
    if one.standing.days_late is not None and one.state is not State.SUSPENDED:
        return f"{words}, {language.text(days(one.standing.days_late))}"
    return words


def _days(before: date | None, after: date | None, language: Language) -> str:
    first, last = (language.short_day(day).strip() if day else _NONE for day in (before, after))
    return f"{first} → {last}"


def write_cause(cause: Cause, language: Language) -> str:
    """One cause in a line."""
    return language.text(_cause(cause))


def _cause(cause: Cause) -> Message:
    fact = cause.fact
    if cause.kind is CauseKind.TIME:
        return msg("by the passing of time")
    if fact is None:
        return msg("by an edit of the convention: {names}", names=", ".join(cause.names))
    if cause.kind is CauseKind.EDIT:
        return msg("by an edit of the fact [{fact}]: {kind}, {day}", fact=fact.id, kind=FACTS[fact.kind], day=fact.on)
    kind = msg("avenant “{title}”", title=fact.title) if isinstance(fact, Amended) else FACTS[fact.kind]
    if cause.gone:
        return msg("without [{fact}]: {kind}, {day}", fact=fact.id, kind=kind, day=fact.on)
    return msg("by [{fact}]: {kind}, {day}", fact=fact.id, kind=kind, day=fact.on)


def difference_json(found: Difference, start: DiffEnd, end: DiffEnd) -> str:
    """What `diff` answers as JSON."""
    before, after = found.terms
    term = None
    if found.term:
        causes = [_cause_record(cause) for cause in found.term]
        term = {"due_before": iso(before), "due_after": iso(after), "causes": causes}
    return to_json(
        {
            "schema": SCHEMA,
            "from": _end_record(start),
            "to": _end_record(end),
            "term": term,
            "changes": [_record(one) for one in found.explained],
            "facts": [_cause_record(cause) for cause in found.facts],
        }
    )


def _end_record(end: DiffEnd) -> Record:
    return {"as_of": end.day.isoformat(), "commit": end.commit, "committed_on": iso(end.committed)}


def _record(one: Explained) -> Record:
    """One change with the keys of the contract; a state is null where there is no such obligation."""
    obligation = _either(one)
    (state, new_state), (due, new_due), (cure, new_cure) = one.change.states, one.change.dues, one.cures
    return {
        "id": one.change.id,
        "convention": obligation.convention,
        "engagement": obligation.engagement.id,
        "title": obligation.engagement.title,
        "clause": obligation.engagement.clause,
        "debtors": list(obligation.debtor.parties),
        "sites": list(obligation.sites),
        "state_before": state.value if state else None,
        "state_after": new_state.value if new_state else None,
        "due_before": iso(due),
        "due_after": iso(new_due),
        "cure_before": iso(cure),
        "cure_after": iso(new_cure),
        "days_late": one.change.after.standing.days_late if one.change.after else None,
        "causes": [_cause_record(cause) for cause in one.causes],
    }


def _cause_record(cause: Cause) -> Record:
    fact = cause.fact
    return {
        "kind": cause.kind.value,
        "fact": fact.id if fact else None,
        "fact_kind": fact.kind if fact else None,
        "on": iso(fact.on) if fact else None,
        "about": target_id(fact) if fact else None,
        "gone": cause.gone,
        "edited": list(cause.names),
    }


def difference_csv(found: Difference) -> str:
    """One line per change, the term's first; each cause as its kind, with the fact it is: `fact:f-7c1e20`."""
    return to_csv([*_term_rows(found), *(_row(one) for one in found.explained)], _COLUMNS)


def _row(one: Explained) -> Record:
    return {**_record(one), "causes": [_short(cause) for cause in one.causes]}


def _term_rows(found: Difference) -> list[Record]:
    if not found.term:
        return []
    before, after = found.terms
    empty: Record = dict.fromkeys(_COLUMNS)
    causes = [_short(cause) for cause in found.term]
    convention = found.after.convention.id
    dues = {"due_before": iso(before), "due_after": iso(after)}
    return [{**empty, "id": TERM, "convention": convention, **dues, "causes": causes}]


def _short(cause: Cause) -> str:
    names: Sequence[str] = (cause.fact.id,) if cause.fact else cause.names
    return ":".join((cause.kind.value, *names))


def difference_markdown(found: Difference, language: Language) -> str:
    """One row per change, headings in the reader's language."""
    headings = (msg("Engagement"), msg("Debtor"), msg("State"), msg("Deadline"), msg("Cause"))
    rows = []
    if found.term:
        term = language.text(msg("Term of the convention"))
        rows.append((term, "", "", _days(*found.terms, language), _causes(found.term, language)))
    for one in found.explained:
        obligation = _either(one)
        directory = (found.after if one.change.after else found.before).directory
        before, after = one.change.before, one.change.after
        states = dict.fromkeys((_state(before, language), _state(after, language)))
        dues = one.change.dues
        moved = _days(*dues, language) if dues[0] != dues[1] else _day(dues[1], language)
        who = debtor(obligation, directory)
        rows.append((visible(name(obligation)), who, " → ".join(states), moved, _causes(one.causes, language)))
    return to_markdown([language.text(each) for each in headings], rows)


def _day(day: date | None, language: Language) -> str:
    return language.short_day(day).strip() if day else _NONE


def _causes(causes: Sequence[Cause], language: Language) -> str:
    return language.joined(write_cause(cause, language) for cause in causes)
