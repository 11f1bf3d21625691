"""The convention as signed: its parties, groups, roles, events, term and engagements."""

from typing import Annotated, Literal

from pydantic import Field

from qp_cli.law.zones import Zone
from qp_cli.model.base import Day, Declared, Id, Many, Prose, Text
from qp_cli.model.dues import Due, RegimeName, Within
from qp_cli.model.traits import Labelled
from qp_cli.model.words import FORMAT, TERM, Kind, Nature, Scope

CODE_PATTERN = r"^QP[3-5][0-9][0-9]$"


class Named(Labelled, Declared):
    """Something with an id, that people also call by other names."""

    id: Id
    name: Text
    short: Text | None = None
    aliases: Many[Text] = ()
    clause: Text | None = None
    note: Prose | None = None


class Party(Named):
    """A legal person, or the organ of one."""

    organ_of: Id | None = None
    signatory: bool = False
    represented_by: Text | None = None
    part: Text | None = None


class Group(Named):
    """Several parties under one name; each owes for itself."""

    members: Annotated[Many[Id], Field(min_length=1)]


class Role(Named):
    """A capacity, and who holds it."""

    held_by: Many[Id] = ()


class Event(Declared):
    """Something that happens, on a known day or on one still awaited; `repeats` when it can happen often."""

    id: Id
    title: Text
    date_: Day | None = Field(default=None, alias="date")
    repeats: bool = False
    clause: Text | None = None
    note: Prose | None = None


class Term(Declared):
    """The end of the convention, and the clause that sets it."""

    due: Due
    title: Text | None = None
    clause: Text | None = None
    note: Prose | None = None


class Claim(Declared):
    """What a document says of a date, or of something as `done`, kept as that document's word."""

    about: Id
    where: Text
    says: Text
    first_year: Annotated[int, Field(ge=1905, le=2100)] | None = None
    last_year: Annotated[int, Field(ge=1905, le=2100)] | None = None
    done: bool = False
    note: Prose | None = None


class Engagement(Declared):
    """What the text binds its debtors to; `reporting` when performing it means reporting to somebody."""

    id: Id
    title: Text
    clause: Text | None = None
    debtors: Annotated[Many[Id], Field(min_length=1)]
    creditors: Many[Id] = ()
    support: Many[Id] = ()
    performer: Id | None = None
    solidary: bool = False
    reporting: bool = False
    kind: Annotated[Kind, Field(strict=False)]
    nature: Annotated[Nature, Field(strict=False)] | None = None
    scope: Annotated[Scope, Field(strict=False)] = Scope.CONVENTION
    trigger: Id | None = None
    due: Due | None = None
    target: Within | None = None
    sites: Many[Id] = ()
    note: Prose | None = None


class Source(Declared):
    """The document the convention was read from."""

    title: Text
    reference: Text | None = None
    date_: Day | None = Field(default=None, alias="date")


class Ignore(Declared):
    """A finding that somebody has read and decided to silence, at one declared thing, and why."""

    code: Annotated[str, Field(pattern=CODE_PATTERN)]
    at: Id
    reason: Text


class Convention(Declared):
    """One convention, as agreed and signed."""

    format: Literal["qp/1"]
    id: Id
    title: Text
    territory: Text | None = None
    source: Source | None = None
    regime: RegimeName = "quantieme"
    zone: Annotated[Zone, Field(strict=False)] = Zone.METROPOLE
    due_soon_days: Annotated[int, Field(ge=0, le=3660)] = 30
    approval: Id | None = None
    signature: Id | None = None
    term: Term | None = None
    parties: Annotated[Many[Party], Field(min_length=1)]
    groups: Many[Group] = ()
    roles: Many[Role] = ()
    events: Many[Event] = ()
    engagements: Many[Engagement] = ()
    claims: Many[Claim] = ()
    ignore: Many[Ignore] = ()


__all__ = ["FORMAT", "TERM", "Kind", "Nature", "Scope"]
