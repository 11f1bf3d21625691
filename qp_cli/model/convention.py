"""The convention as signed: its parties, groups, roles, events, term and engagements."""

from typing import Annotated, Literal

from qp_cli.law.zones import Zone
from qp_cli.model.accessibility import Accessibility
from qp_cli.model.amounts import Amount
from qp_cli.model.base import Bounds, Day, Declared, DelayText, Id, PeriodText, Prose, Text
from qp_cli.model.contacts import Contact
from qp_cli.model.dues import Due, RegimeName, Within
from qp_cli.model.kinds import FORMAT, TERM, Kind, Nature, Scope

CODE_PATTERN = r"^QP[3-5][0-9][0-9]$"


class Named(Declared):
    """Something with an id, that people also call by other names."""

    id: Id
    name: Text
    short: Text | None = None
    aliases: tuple[Text, ...] = ()
    clause: Text | None = None
    note: Prose | None = None

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


class Party(Named):
    """A legal person, or the organ of one."""

    organ_of: Id | None = None
    signatory: bool = False
    represented_by: Text | None = None
    part: Text | None = None
    contact: Contact | None = None


class Group(Named):
    """Several parties under one name; each owes for itself."""

    members: Annotated[tuple[Id, ...], Bounds(1)]


class Role(Named):
    """A capacity, and who holds it."""

    held_by: tuple[Id, ...] = ()


class Event(Declared):
    """Something that happens, on a known day, on one still awaited or, by `when`, on one that follows from others.

    It `repeats` when it can happen often.
    """

    id: Id
    title: Text
    date_: Day | None = None
    when: Due | None = None
    repeats: bool = False
    clause: Text | None = None
    note: Prose | None = None


class Renewal(Declared):
    """The term moves by itself at each expiry, unless a denunciation comes in time."""

    every: PeriodText
    notice: DelayText | None = None
    at_most: Annotated[int, Bounds(1, 99)] | None = None
    regime: RegimeName | None = None
    clause: Text | None = None
    note: Prose | None = None


class Term(Declared):
    """The end of the convention, and the clause that sets it; or that it has none, and with what notice it ends."""

    due: Due | None = None
    open_ended: bool = False
    notice: DelayText | None = None
    renewal: Renewal | None = None
    title: Text | None = None
    clause: Text | None = None
    note: Prose | None = None


class Claim(Declared):
    """What a document says of a date, or of something as `done`, kept as that document's word."""

    about: Id
    where: Text
    says: Text
    first_year: Annotated[int, Bounds(1905, 2100)] | None = None
    last_year: Annotated[int, Bounds(1905, 2100)] | None = None
    done: bool = False
    note: Prose | None = None


class Engagement(Declared):
    """What the text binds its debtors to; `reporting` when performing it means reporting to somebody."""

    id: Id
    title: Text
    clause: Text | None = None
    debtors: Annotated[tuple[Id, ...], Bounds(1)]
    creditors: tuple[Id, ...] = ()
    support: tuple[Id, ...] = ()
    performer: Id | None = None
    solidary: bool = False
    reporting: bool = False
    kind: Kind
    nature: Nature | None = None
    scope: Scope = Scope.CONVENTION
    trigger: Id | None = None
    due: Due | None = None
    target: Within | None = None
    sites: tuple[Id, ...] = ()
    note: Prose | None = None
    amount: Amount | None = None
    contact: Contact | None = None


class Source(Declared):
    """The document the convention was read from."""

    title: Text
    reference: Text | None = None
    date_: Day | None = None


class Ignore(Declared):
    """A finding that somebody has read and decided to silence, at one declared thing, and why."""

    code: Annotated[str, Bounds(pattern=CODE_PATTERN)]
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
    zone: Zone = Zone.METROPOLE
    due_soon_days: Annotated[int, Bounds(0, 3660)] = 30
    remind: tuple[Annotated[int, Bounds(1, 3650)], ...] = (30, 14, 7, 1)
    approval: Id | None = None
    signature: Id | None = None
    accessibility: Accessibility | None = None
    term: Term | None = None
    parties: Annotated[tuple[Party, ...], Bounds(1)]
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    claims: tuple[Claim, ...] = ()
    ignore: tuple[Ignore, ...] = ()


__all__ = ["FORMAT", "TERM", "Kind", "Nature", "Scope"]
