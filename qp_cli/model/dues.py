"""What a due date can say: a day, a period from or before something, the first or last of several, a recurrence."""

from datetime import date
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import ConfigDict, Discriminator, Field, Tag
from pydantic.config import JsonDict

from qp_cli.law.recurrence import validate_rule
from qp_cli.model.base import Day, Declared, DelayText, Id, Many, PeriodText, Read
from qp_cli.model.words import TERM

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
Reference = Annotated[
    Annotated[Id, Tag("name")] | Annotated[Day, Tag("day")],
    Discriminator(lambda value: "day" if isinstance(value, date) else "name"),
]
"""An event, an engagement (its fulfilment), the term, or a day."""


def _said(key: str) -> JsonDict:
    """Where a key is there, and something after it."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


class Every(Declared):
    """Occurrences one period apart: the first one period after `from`, or on `first` itself; each counted from it."""

    model_config = ConfigDict(
        json_schema_extra={"if": _said("first"), "then": {"not": _said("from")}, "else": _said("from")},
    )
    form: ClassVar[Literal["every"]] = "every"
    every: PeriodText
    from_: Reference | None = Field(default=None, alias="from")
    first: Reference | None = None
    until: Reference = TERM
    regime: RegimeName | None = None


class Rule(Declared):
    """Occurrences by an RFC 5545 rule, from its origin on."""

    form: ClassVar[Literal["rrule"]] = "rrule"
    rrule: RuleText
    from_: Reference = Field(alias="from")
    until: Reference = TERM


def _origin_kind(value: object) -> str:
    if isinstance(value, dict):
        return "rrule" if "rrule" in value else "every"
    if isinstance(value, Every | Rule):
        return "rrule" if isinstance(value, Rule) else "every"
    return "day" if isinstance(value, date) else "name"


Origin = Annotated[
    Annotated[Id, Tag("name")]
    | Annotated[Day, Tag("day")]
    | Annotated[Every, Tag("every")]
    | Annotated[Rule, Tag("rrule")],
    Discriminator(_origin_kind),
]


class On(Declared):
    """A day the text names."""

    form: ClassVar[Literal["on"]] = "on"
    on: Day


class Within(Declared):
    """A period from an origin; without `from`, from what triggers the engagement."""

    form: ClassVar[Literal["within"]] = "within"
    within: DelayText
    from_: Origin | None = Field(default=None, alias="from")
    regime: RegimeName | None = None
    readings: Many[RegimeName] = ()


class AtTheLatest(Declared):
    """A period backwards: "au plus tard", the same day number."""

    form: ClassVar[Literal["at_the_latest"]] = "at_the_latest"
    at_the_latest: DelayText
    before: Reference
    regime: RegimeName | None = None


class AtLeast(Declared):
    """A clear period backwards: "au moins", one day earlier."""

    form: ClassVar[Literal["at_least"]] = "at_least"
    at_least: DelayText
    before: Reference


class EarliestOf(Declared):
    """The first of several dates."""

    form: ClassVar[Literal["earliest_of"]] = "earliest_of"
    earliest_of: Annotated[Many["Due"], Field(min_length=2, max_length=20)]


class LatestOf(Declared):
    """The last of several dates."""

    form: ClassVar[Literal["latest_of"]] = "latest_of"
    latest_of: Annotated[Many["Due"], Field(min_length=2, max_length=20)]


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
    if isinstance(value, dict):
        return next((key for key in FORMS if key in value), None)
    return next((key for key, model in FORMS.items() if isinstance(value, model)), None)


Due = Annotated[
    Annotated[On, Tag("on")]
    | Annotated[Within, Tag("within")]
    | Annotated[AtTheLatest, Tag("at_the_latest")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[EarliestOf, Tag("earliest_of")]
    | Annotated[LatestOf, Tag("latest_of")]
    | Annotated[Every, Tag("every")]
    | Annotated[Rule, Tag("rrule")],
    Discriminator(_form),
]
