"""What a due date can say: a day, a period from or before something, the first or last of several, a recurrence."""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal, get_args

from qp_cli.law.recurrence import validate_rule
from qp_cli.model.base import Bounds, Day, Declared, DelayText, Id, PeriodText, Read, Tags
from qp_cli.model.kinds import TERM

RegimeName = Literal[
    "quantieme",
    "duree",
    "procedure-civile",
    "ccag",
    "ue-1182-71",
    "delai-franc",
    "silence-administration",
    "prescription",
    "a-rebours",
]
REGIME_NAMES: tuple[str, ...] = get_args(RegimeName)


def _rule(text: str) -> str:
    validate_rule(text)
    return text


RuleText = Annotated[str, Read(_rule, shape="rule")]


_QUOTED_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
"""A day in quotes, or not quite written as one, is refused as a day, and is no name."""


def name_or_day(value: object) -> str | None:
    """The tag of a reference: a name unless it is a day; None for what is neither."""
    if isinstance(value, list | dict):
        return None
    is_day = isinstance(value, date | int) or (isinstance(value, str) and _QUOTED_DAY.fullmatch(value))
    return "day" if is_day else "name"


Reference = Annotated[Id | Day, Tags(name_or_day, "name", "day")]
"""An event, an engagement (its fulfilment), the term, or a day."""


class Every(Declared):
    """Occurrences one period apart: the first one period after `from`, or on `first` itself; each counted from it."""

    form: ClassVar[str] = "every"
    every: PeriodText
    from_: Reference | None = None
    first: Reference | None = None
    until: Reference = TERM
    regime: RegimeName | None = None


class Rule(Declared):
    """Occurrences by an RFC 5545 rule, from its origin on."""

    form: ClassVar[str] = "rrule"
    rrule: RuleText
    from_: Reference
    until: Reference = TERM


def origin_kind(value: object) -> str | None:
    """The tag of what is counted from: a reference's, or the key of a recurrence; None for what is neither."""
    if isinstance(value, dict):
        return next((key for key in ("rrule", "every") if key in value), None)
    return name_or_day(value)


Origin = Annotated[Id | Day | Every | Rule, Tags(origin_kind, "name", "day", "every", "rrule")]
"""The same, or each day of a recurrence."""


class On(Declared):
    """A day the text names, or that of an event, of an engagement's fulfilment, of the term."""

    form: ClassVar[str] = "on"
    on: Reference


class Within(Declared):
    """A period from an origin; without `from`, from what triggers the engagement."""

    form: ClassVar[str] = "within"
    within: DelayText
    from_: Origin | None = None
    regime: RegimeName | None = None
    readings: tuple[RegimeName, ...] = ()


class AtTheLatest(Declared):
    """A period backwards: "au plus tard", the same day number."""

    form: ClassVar[str] = "at_the_latest"
    at_the_latest: DelayText
    before: Origin
    regime: RegimeName | None = None


class AtLeast(Declared):
    """A clear period backwards: "au moins", one day earlier."""

    form: ClassVar[str] = "at_least"
    at_least: DelayText
    before: Origin


class EarliestOf(Declared):
    """The first of several dates."""

    form: ClassVar[str] = "earliest_of"
    earliest_of: Annotated[tuple["Alternative", ...], Bounds(2, 20)]


class LatestOf(Declared):
    """The last of several dates."""

    form: ClassVar[str] = "latest_of"
    latest_of: Annotated[tuple["Alternative", ...], Bounds(2, 20)]


FORMS: dict[str, type[Declared]] = {
    "on": On,
    "within": Within,
    "at_the_latest": AtTheLatest,
    "at_least": AtLeast,
    "earliest_of": EarliestOf,
    "latest_of": LatestOf,
    "every": Every,
    "rrule": Rule,
}
"""Each form of due date by the key that opens it."""


def _form(value: object) -> str | None:
    return next((key for key in FORMS if key in value), None) if isinstance(value, dict) else None


Due = Annotated[
    On | Within | AtTheLatest | AtLeast | EarliestOf | LatestOf | Every | Rule,
    Tags(_form, *FORMS),
]


def _choice(value: object) -> str | None:
    return _form(value) if isinstance(value, dict) else name_or_day(value)


Alternative = Annotated[
    Id | Day | On | Within | AtTheLatest | AtLeast | EarliestOf | LatestOf | Every | Rule,
    Tags(_choice, "name", "day", *FORMS),
]
"""One of several dates: in a form of due date, or a bare name or day, which is due on it."""


def chosen_from(due: EarliestOf | LatestOf) -> tuple[Due, ...]:
    """The dates that a due date chooses from, each in a form of its own."""
    choices = due.earliest_of if isinstance(due, EarliestOf) else due.latest_of
    return tuple(On(on=each) if isinstance(each, str | date) else each for each in choices)
