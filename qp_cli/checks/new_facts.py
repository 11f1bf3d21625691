"""What a new fact would be found wrong with: the rules of `qp check`, asked before it is written down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.performances import TOGETHER, standing_before
from qp_cli.checks.registry import RULES
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import Remark
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.facts import Amended, Fulfilled, Voided
from qp_cli.model.kinds import Kind
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.fact_names import KIND_NAMES
from qp_cli.tracking.journal import subjects
from qp_cli.tracking.performance import begins_to_serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.rule import CheckRule
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.store.repository import Repository
    from qp_cli.tracking.obligations import PendingObligation

_FAMILIES = ("QP2", "QP4")
SAID = frozenset({"QP405"})
"""Errors that are said and not refused: an avenant signed too late was signed all the same."""
_CHANGING = (Amended, Voided)
"""What makes other facts idle by what it is for."""
_MOST_TRIED = 16
"""New facts that are left out one by one, to tell which of them a remark elsewhere comes from."""
_LAST = "~"
"""An id that comes after all others: a fact is weighed as the last of its day, whichever id it is given."""


class Weighed(NamedTuple):
    """What the rules say of a fact, beside what they said without it.

    Attributes:
        refusal: why it makes no sense to record it, where it makes none.
        said: what is unusual about it, each with its weight.
        served: what a performance that names no occurrence serves; None for any other fact.
        left_aside: what those who handed the engagement over still owe, where it names nobody and serves others.
    """

    refusal: Message | None
    said: tuple[tuple[Severity, Message], ...] = ()
    served: tuple[PendingObligation, ...] | None = None
    left_aside: tuple[PendingObligation, ...] = ()


class _Seen(NamedTuple):
    """A remark with the code and the weight of its rule."""

    code: str
    remark: Remark
    severity: Severity

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return self.code, self.remark.pointer, str(self.remark.message)


def weigh(repository: Repository, where: str = "") -> Weighed:
    """What the rules QP2xx and QP4xx find of the last fact of a journal: at its own place, or new elsewhere by it.

    Errors refuse it, and so does what makes it idle, unless it took place all the same, as a formal notice did. What
    makes idle another fact, recorded before, is said: a delivery that is found out late was one all the same, and the
    formal notice that came after it stays on record. Of one kind and by the same party, the two are taken for one fact
    told twice with two days, and it is refused.

    Args:
        repository: with the fact, the last of its journal.
        where: the option that names its folder, for the command that would cancel another fact.
    """
    return weigh_together(repository, 1, where)[0]


def weigh_together(repository: Repository, count: int, where: str = "") -> tuple[Weighed, ...]:
    """The same of each of the last `count` facts, with the others there: one may rest on another, whatever their order.

    In what is said, the id of one of them is what `temporary_id` gives.
    """
    if unread := next((each for each in repository.findings if each.severity is Severity.ERROR), None):
        return (Weighed(_refused(unread.message)),) * count
    every = repository.facts or ()
    first = len(every) - count
    new = tuple(replaced(fact, id=temporary_id(number, count)) for number, fact in enumerate(every[first:]))
    facts = (*every[:first], *new)
    after = Subject(repository._replace(facts=facts))
    known = {each.key for each in _seen(Subject(repository._replace(facts=facts[:first])))}
    found = [each for each in _seen(after) if each.key not in known]
    causes = _Causes(repository, facts, first)
    by_fact: list[list[_Seen]] = [[] for _ in new]
    for each in found:
        for number in causes.of(each):
            by_fact[number].append(each)
    return tuple(_outcome(own, first + number, facts, after, where) for number, own in enumerate(by_fact))


def temporary_id(number: int, count: int) -> str:
    """The id by which the new facts are weighed, of which there are `count`, the first being 0."""
    return _LAST if count == 1 else f"{_LAST}{number:06}"


class _Causes:
    """Which of the new facts a remark is about: the one it points at, else those without which it is not made."""

    def __init__(self, repository: Repository, facts: tuple[Fact, ...], first: int) -> None:
        self._repository, self._facts, self._first = repository, facts, first
        self._without: dict[int, set[tuple[object, ...]]] = {}

    def of(self, seen: _Seen) -> list[int]:
        """Their numbers among the new ones; all those that may be, where no single one is."""
        place, count = _number(seen), len(self._facts) - self._first
        if place is not None and place >= self._first:
            return [place - self._first]
        about = _about(self._facts[place]) if place is not None else frozenset()
        near = [n for n in range(count) if about & _about(self._facts[self._first + n])]
        likely = near or list(range(count))
        if not likely[1:] or len(likely) > _MOST_TRIED:
            return likely
        return [number for number in likely if seen.key not in self._seen_without(number)] or likely

    def _seen_without(self, number: int) -> set[tuple[object, ...]]:
        if number not in self._without:
            at = self._first + number
            others = (*self._facts[:at], *self._facts[at + 1 :])
            self._without[number] = {each.key for each in _seen(Subject(self._repository._replace(facts=others)))}
        return self._without[number]


def _about(fact: Fact) -> frozenset[str]:
    """What a fact names as what it is about, engagements among it."""
    return frozenset(subjects(fact))


def _outcome(found: list[_Seen], number: int, facts: tuple[Fact, ...], after: Subject, where: str) -> Weighed:
    """What those remarks make of the fact of that number."""
    fact = facts[number]
    found.sort(key=lambda each: _number(each) != number)
    for each in found:
        place = _number(each)
        if _refuses(each, fact, None if place is None else facts[place]):
            hint = _of_options(each.remark.advice) if place == number else None
            return Weighed(_refused(_located(each, number, facts, where, refuses=True), hint))
    said = tuple((each.severity, _located(each, number, facts, where)) for each in found)
    served = _served(after, fact)
    return Weighed(None, said, served, _left_aside(after, fact, served or ()))


def _of_options(hint: Message | None) -> Message | None:
    """What to do, in the words of the options of `qp record` where it names keys."""
    if hint == TOGETHER:
        return msg("Check {options} together", options="--by, --site, --occurrence")
    if hint and hint.parts.get("key") == "by":
        return hint._replace(parts={**hint.parts, "key": "--by"})
    return hint


def _seen(subject: Subject) -> Iterator[_Seen]:
    for rule in RULES:
        if rule.code.startswith(_FAMILIES) and subject.has(*rule.needs):
            yield from _by(rule, subject)


def _by(rule: CheckRule, subject: Subject) -> Iterator[_Seen]:
    for each in rule.see(subject):
        if isinstance(each, Remark):
            yield _Seen(rule.code, each, each.severity or rule.severity)


def _number(seen: _Seen) -> int | None:
    """The number of the fact that a remark points at."""
    file, loc = seen.remark.pointer
    return int(loc[1]) if file == JOURNAL and len(loc) > 1 else None


def _refuses(seen: _Seen, fact: Fact, about: Fact | None) -> bool:
    """Whether a remark about a fact, the new one or another, refuses the new one."""
    if seen.severity is Severity.ERROR:
        return seen.code not in SAID
    if about is None or about is fact:
        return seen.remark.is_idle and not seen.remark.is_kept
    return seen.remark.is_idle and _may_be_one(fact, about)


def _may_be_one(new: Fact, before: Fact) -> bool:
    """Whether two facts, of which the new one leaves nothing to the other, may be one that is told twice."""
    if isinstance(new, _CHANGING) or new.kind != before.kind:
        return False
    parties = {getattr(new, "by", None), getattr(before, "by", None)}
    return len(parties - {None}) <= 1


def _located(seen: _Seen, number: int, facts: tuple[Fact, ...], where: str, *, refuses: bool = False) -> Message:
    """What is wrong, and with which other fact where it is not the new one."""
    place = _number(seen)
    if place is None or place == number:
        return seen.remark.message
    if seen.remark.is_idle:
        return _left_idle(facts[number], facts[place], where, refuses=refuses)
    return msg("{problem} [{fact}]", problem=seen.remark.message, fact=facts[place].id)


def _left_idle(new: Fact, before: Fact, where: str, *, refuses: bool) -> Message:
    """That a fact recorded before has no effect with a new one, and what can be done."""
    known = msg("already recorded: {kind} of {day} ({id})", kind=KIND_NAMES[before.kind], day=before.on, id=before.id)
    cancel = f"qp record voided {before.id}{where}"
    if not refuses:
        return msg(
            "{known}, which has no effect any more with this fact of {day}. It stays in the journal; if it was a "
            "mistake: {command}",
            known=known,
            day=new.on,
            command=cancel,
        )
    parts = {"known": known, "day": new.on, "command": cancel}
    if getattr(before, "is_of_one", False):
        return msg(
            "{known}, to which this one, of {day}, would leave nothing. If it is the same, there is nothing to record; "
            "if it is for another occurrence, say which with --occurrence; if a day is wrong, cancel it first: "
            "{command}",
            **parts,
        )
    return msg(
        "{known}, to which this one, of {day}, would leave nothing. If it is the same, there is nothing to record; if "
        "its day is wrong, cancel it first: {command}",
        **parts,
    )


def _refused(problem: Message, hint: Message | None = None) -> Message:
    if hint is None:
        return msg("This cannot be recorded: {problem}", problem=problem)
    return msg("This cannot be recorded: {problem} ({hint})", problem=problem, hint=hint)


def _served(subject: Subject, fact: Fact) -> tuple[PendingObligation, ...] | None:
    """The obligations that a performance serves, of an engagement that comes back or is owed on request."""
    if not isinstance(fact, Fulfilled) or fact.is_of_one:
        return None
    engagement = subject.computed_dates.engagements[fact.engagement]
    if engagement.kind not in {Kind.RECURRING, Kind.ON_REQUEST}:
        return None
    concerned = subject.computed_dates.concerned(engagement.id, fact)
    return tuple(one for one in concerned if standing_before(one, fact))


def _left_aside(subject: Subject, fact: Fact, served: tuple[PendingObligation, ...]) -> tuple[PendingObligation, ...]:
    """What a performance that names nobody could serve of those who handed the engagement over; none if it does.

    The oldest one of each, where others are served in its place.
    """
    if not isinstance(fact, Fulfilled) or fact.by or not served or any(one.is_former for one in served):
        return ()
    found: dict[object, PendingObligation] = {}
    for one in sorted(subject.computed_dates.pending(fact.engagement), key=lambda each: each.occurrence or date.min):
        is_over = one.settled_by or one.ended_by or one.replaced_by
        is_there = not fact.sites or one.site is None or one.site in fact.sites
        if one.is_former and is_there and not is_over and begins_to_serve(one, is_performance=True) <= fact.on:
            found.setdefault(one.lane, one)
    return tuple(found.values())
