"""What a new fact would be found wrong with: the rules of `qp check`, asked before it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.performances import standing_before
from qp_cli.checks.registry import RULES
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import Remark
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.facts import Amended, Fulfilled, Voided
from qp_cli.model.kinds import Kind
from qp_cli.store.places import JOURNAL

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
_LAST = "~"
"""An id that comes after all others: a fact is weighed as the last of its day, whichever id it is given."""


class Weighed(NamedTuple):
    """What the rules say of a fact, beside what they said without it.

    Attributes:
        refusal: why it makes no sense to record it, where it makes none.
        said: what is unusual about it, each with its weight.
        served: what a performance that names no occurrence serves; None for any other fact.
    """

    refusal: Message | None
    said: tuple[tuple[Severity, Message], ...] = ()
    served: tuple[PendingObligation, ...] | None = None


class _Seen(NamedTuple):
    """A remark with the code and the weight of its rule."""

    code: str
    remark: Remark
    severity: Severity

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return self.code, self.remark.pointer, str(self.remark.message)


def weigh(repository: Repository) -> Weighed:
    """What the rules QP2xx and QP4xx find of the last fact of a journal: at its own place, or new elsewhere by it.

    Errors refuse it, and so does what makes it idle, or makes idle what was recorded before; an avenant or a
    cancellation may do the latter, as that is what they are for.
    """
    if unread := next((each for each in repository.findings if each.severity is Severity.ERROR), None):
        return Weighed(_refused(unread.message))
    *others, new = repository.facts or ()
    number, fact = len(others), replaced(new, id=_LAST)
    facts = (*others, fact)
    after = Subject(repository._replace(facts=facts))
    before = Subject(repository._replace(facts=tuple(others)))
    known = {each.key for each in _seen(before)}
    found = [each for each in _seen(after) if each.key not in known]
    found.sort(key=lambda each: _number(each) != number)
    for each in found:
        if _refuses(each, fact, is_own=_number(each) == number):
            hint = each.remark.advice if _number(each) == number else None
            return Weighed(_refused(_located(each, number, facts), hint))
    said = tuple((each.severity, _located(each, number, facts)) for each in found)
    return Weighed(None, said, _served(after, fact))


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


def _refuses(seen: _Seen, fact: Fact, *, is_own: bool) -> bool:
    if seen.severity is Severity.ERROR:
        return seen.code not in SAID
    return seen.remark.is_idle and (is_own or not isinstance(fact, _CHANGING))


def _located(seen: _Seen, number: int, facts: tuple[Fact, ...]) -> Message:
    """What is wrong, and with which other fact where it is not the new one."""
    place = _number(seen)
    if place is None or place == number:
        return seen.remark.message
    if seen.remark.is_idle:
        return msg("beside it “{fact}”, recorded before, changes nothing", fact=facts[place].id)
    return msg("{problem} [{fact}]", problem=seen.remark.message, fact=facts[place].id)


def _refused(problem: Message, hint: Message | None = None) -> Message:
    if hint is None:
        return msg("This cannot be recorded: {problem}", problem=problem)
    return msg("This cannot be recorded: {problem} ({hint})", problem=problem, hint=hint)


def _served(subject: Subject, fact: Fact) -> tuple[PendingObligation, ...] | None:
    """The obligations that a performance serves, of an engagement that comes back or is owed on request."""
    if not isinstance(fact, Fulfilled) or fact.occurrence:
        return None
    engagement = subject.computed_dates.engagements[fact.engagement]
    if engagement.kind not in {Kind.RECURRING, Kind.ON_REQUEST}:
        return None
    concerned = subject.computed_dates.concerned(engagement.id, fact)
    return tuple(one for one in concerned if standing_before(one, fact))
