"""Who says a date: the text, or an avenant that gives or lengthens it; and the steps that tell it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.dates import Step
from qp_cli.messages import msg, msgs
from qp_cli.model.base import make, values_of
from qp_cli.model.convention import Engagement, Term
from qp_cli.model.dues import AtLeast, AtTheLatest, Every, On, Rule, Within

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.computation import Computation
    from qp_cli.law.periods import Delay, Period
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Amended

_MOST = 5
"""How many of the avenants that lengthened a period are named."""
_LEADING = frozenset({"no-end", "reference", "recurrence", "avenant", "day"})
"""The rules of the steps that come before a period is counted."""


class Saying(NamedTuple):
    """An avenant, and the clause that says a thing in it, else what it calls itself."""

    fact: str
    source: str


class Dating(NamedTuple):
    """What avenants say of a date.

    Attributes:
        last: the last of them.
        anew: the one that gave the date; None where the text did.
        by: how much longer the last one makes the period; None where it gives the date.
        signed: the period before any of them made it longer.
        lengthening: those that did, the last of them last; of many, the last ones.
    """

    last: Saying
    anew: Saying | None = None
    by: Period | None = None
    signed: Delay | None = None
    lengthening: tuple[str, ...] = ()


def given_anew(avenant: Amended, clause: str | None = None) -> Dating:
    """What is said of a date that an avenant gives."""
    said = Saying(avenant.id, clause or avenant.title)
    return Dating(said, said)


def lengthened_by(avenant: Amended, by: Period, due: Due | None, before: Dating | None) -> Dating:
    """What is said of a date whose period an avenant lengthens; `due` and `before` are what it was until then."""
    former = before.lengthening if before else ()
    signed = before.signed if before and former else due.within if isinstance(due, Within) else None
    named = (*former, avenant.id)[-_MOST - 1 :]
    return Dating(Saying(avenant.id, avenant.title), before.anew if before else None, by, signed, named)


class DatedEngagement(Engagement):
    """An engagement of whose date an avenant says something."""

    dated: Dating | None = None


class DatedTerm(Term):
    """A term of whose date an avenant says something."""

    dated: Dating | None = None


def dating_of(thing: Engagement | Term) -> Dating | None:
    """What an avenant says of the date of an engagement, or of the term; None where the text alone dates it."""
    return thing.dated if isinstance(thing, DatedEngagement | DatedTerm) else None


def names_days(due: Due | None) -> bool:
    """Whether a due date may name a day itself: not a period from one day, which most are, and where nothing does."""
    if due is None:
        return False
    origin = due.from_ if isinstance(due, Within) else due.before if isinstance(due, AtTheLatest | AtLeast) else due
    return origin is due or isinstance(origin, Every | Rule)


def dated_engagement(engagement: Engagement, due: Due | None, dating: Dating) -> Engagement:
    """The same engagement with another due date, or the one it has, and what an avenant says of it."""
    return make(DatedEngagement, {**values_of(engagement), "due": due, "dated": dating})


def dated_term(term: Term, dating: Dating) -> Term:
    """The same term, with what an avenant says of its date."""
    return make(DatedTerm, {**values_of(term), "dated": dating})


def named_day_step(day: date, clause: str, dating: Dating | None, *, is_first: bool = False) -> Step:
    """The step of a day that is named, by whoever names it; `is_first` of a series."""
    if dating and dating.anew:
        said = msg("An avenant names the day [{fact}]", fact=dating.anew.fact)
        if is_first:
            said = msg("An avenant names the first date [{fact}]", fact=dating.anew.fact)
        return Step("day", said, dating.anew.source, day)
    return Step("day", msg("The text names the first date") if is_first else msg("The text names the day"), clause, day)


def before_the_count(steps: tuple[Step, ...], computation: Computation | None) -> int:
    """The place in a working at which its own period begins to be counted, after the working of what that runs from."""
    if computation and (own := len(computation.steps)) and steps[-own:] == computation.steps:
        return len(steps) - own
    return next((number for number, step in enumerate(steps) if step.rule not in _LEADING), len(steps))


def with_avenants(
    steps: tuple[Step, ...], due: Due, dating: Dating, computation: Computation | None
) -> tuple[Step, ...]:
    """A working with what avenants say of its date: the one that gives it first, those that lengthen it next.

    A day that one names says so itself.
    """
    if dating.anew and not (isinstance(due, On) and not isinstance(due.on, str)):
        said = msg("An avenant sets this date [{fact}]", fact=dating.anew.fact)
        steps = (Step("avenant", said, dating.anew.source, None), *steps)
    if not dating.by:
        return steps
    place = before_the_count(steps, computation)
    return (*steps[:place], _lengthened_step(dating), *steps[place:])


def _lengthened_step(dating: Dating) -> Step:
    found = dating.lengthening
    named = [*dict.fromkeys(found[-_MOST:])]
    facts = ", ".join(["…", *named] if len(found) > _MOST else named)
    if dating.signed is None:
        said = msgs(
            "Lengthened by an avenant [{facts}]", "Lengthened by avenants [{facts}]", count=len(named), facts=facts
        )
    elif len(found) == 1:
        said = msg(
            "{signed}, lengthened by {by} by an avenant [{fact}]", signed=dating.signed, by=dating.by, fact=facts
        )
    else:
        said = msgs(
            "{signed}, lengthened by an avenant [{facts}]",
            "{signed}, lengthened by avenants [{facts}]",
            count=len(named),
            signed=dating.signed,
            facts=facts,
        )
    return Step("extension", said, dating.last.source, None)
