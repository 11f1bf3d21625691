"""The journal: dated facts, thirteen kinds, only ever appended."""

from datetime import date
from typing import Annotated, Literal

from qp_cli.model.amounts import SHARE_PATTERN
from qp_cli.model.base import ADDRESS_PATTERN, Bounds, Day, Declared, DelayText, Id, PeriodText, Prose, Tags, Text
from qp_cli.model.convention import Engagement, Event, Party
from qp_cli.model.dues import Due
from qp_cli.model.kinds import ALL
from qp_cli.model.sites import Site

FINGERPRINT_PATTERN = r"^[0-9a-f]{64}$"


class Proof(Declared):
    """What shows that a fact is so: a page, or a file of the repository with its fingerprint."""

    url: Annotated[str, Bounds(most=2000, pattern=ADDRESS_PATTERN)] | None = None
    file: Text | None = None
    sha256: Annotated[str, Bounds(pattern=FINGERPRINT_PATTERN)] | None = None


class Recorded(Declared):
    """What every fact carries: when it took effect, when and by whom it was written down."""

    id: Id
    on: Day
    recorded: Day | None = None
    recorded_by: Text | None = None
    note: Prose | None = None
    proof: Proof | None = None


class About(Recorded):
    """A fact about an engagement: for one debtor, site or occurrence where it says so, else for all."""

    engagement: Id
    by: Id | None = None
    sites: tuple[Id, ...] = ()
    occurrence: Day | None = None
    request: Id | None = None

    @property
    def is_of_one(self) -> bool:
        """Whether it names one occurrence, or the answer to one request."""
        return bool(self.occurrence or self.request)


class Fulfilled(About):
    """The engagement was performed; in `part`, or `partly` where nobody says how much."""

    kind: Literal["fulfilled"]
    part: Annotated[str, Bounds(pattern=SHARE_PATTERN)] | None = None
    partly: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether it was performed in part only."""
        return self.partly or self.part is not None


class Waived(About):
    """The creditor gave the engagement up."""

    kind: Literal["waived"]


def _one_or_several(value: object) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


EngagementNames = Annotated[Id | Annotated[tuple[Id, ...], Bounds(1)], Tags(_one_or_several, "one", "several")]


class Pausing(Recorded):
    """A suspension or a resumption: of an engagement, of several, or of all that run; of the term where it says so."""

    engagement: EngagementNames
    by: Id | None = None
    sites: tuple[Id, ...] = ()
    occurrence: Day | None = None
    request: Id | None = None
    term: bool = False

    @property
    def is_of_one(self) -> bool:
        """Whether it names one occurrence, or the answer to one request."""
        return bool(self.occurrence or self.request)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of the engagements that it names, or `all`."""
        return (self.engagement,) if isinstance(self.engagement, str) else self.engagement

    @property
    def is_of_all(self) -> bool:
        """Whether it is about all that run."""
        return self.engagement == ALL


class Suspended(Pausing):
    """The engagement stops running."""

    kind: Literal["suspended"]


class Resumed(Pausing):
    """A suspended engagement runs again."""

    kind: Literal["resumed"]


class Notified(About):
    """A mise en demeure, with the period it gives to put things right."""

    kind: Literal["notified"]
    cure: DelayText | None = None


class Breached(About):
    """A decision or an agreement says that the engagement was broken."""

    kind: Literal["breached"]


class Triggered(Recorded):
    """A request that starts an on-request engagement, for all its debtors or those named."""

    kind: Literal["triggered"]
    engagement: Id
    by: Id | None = None
    to: tuple[Id, ...] = ()
    sites: tuple[Id, ...] = ()


class Occurred(Recorded):
    """An awaited event has its date; a repeated one happened once more."""

    kind: Literal["occurred"]
    event: Id
    by: Id | None = None
    to: tuple[Id, ...] = ()
    sites: tuple[Id, ...] = ()


class Reaching(Declared):
    """What a change reaches: what falls due from its effect on, or `since` an earlier day; less where it says so."""

    target: Id
    since: Day | None = None
    occurrence: Day | None = None
    request: Id | None = None
    debtor: Id | None = None
    sites: tuple[Id, ...] = ()

    @property
    def is_of_one(self) -> bool:
        """Whether it is for one occurrence, or for the answer to one request."""
        return bool(self.occurrence or self.request)


class Extend(Reaching):
    """A longer period: lengthened, and counted again from its origin."""

    change: Literal["extend"]
    by: PeriodText


class Redate(Reaching):
    """Another due date for the term or an engagement."""

    change: Literal["due"]
    due: Due


class Reassign(Reaching):
    """Other debtors for an engagement."""

    change: Literal["debtors"]
    debtors: Annotated[tuple[Id, ...], Bounds(1)]


class Add(Declared):
    """One more engagement, party, member of a group, holder of a role, event or site: one of them."""

    change: Literal["add"]
    engagement: Engagement | None = None
    since: Day | None = None
    party: Party | None = None
    member: Id | None = None
    group: Id | None = None
    holder: Id | None = None
    role: Id | None = None
    event: Event | None = None
    site: Site | None = None
    engagements: tuple[Id, ...] = ()

    @property
    def is_widening(self) -> bool:
        """Whether what is owed already is owed by one more, or at one more site."""
        return bool(self.member or self.holder or self.engagements)


ADDITIONS = ("engagement", "party", "member", "holder", "event", "site")
"""The keys that say what an avenant adds: exactly one of them."""


class End(Reaching):
    """An engagement that is no longer owed."""

    change: Literal["end"]


Change = Annotated[Extend | Redate | Reassign | Add | End, Tags("change")]


class Amended(Recorded):
    """An avenant: it applies once signed and in effect."""

    kind: Literal["amended"]
    title: Text
    signed: Day | None = None
    effect: Day | None = None
    changes: Annotated[tuple[Change, ...], Bounds(1)]

    @property
    def applies_from(self) -> date:
        """The first day on which it is both signed and in effect."""
        return max(self.signed or self.on, self.effect or self.on)


class Denounced(Recorded):
    """A party refuses that the convention be renewed; `on` is the day it was received."""

    kind: Literal["denounced"]
    by: Id


class Terminated(Recorded):
    """The convention is brought to an early end; `on` is the day it was notified."""

    kind: Literal["terminated"]
    by: Id | None = None
    notice: DelayText | None = None
    effect: Day | None = None


class Voided(Recorded):
    """An earlier fact is cancelled; nothing is edited or deleted."""

    kind: Literal["voided"]
    fact: Id


class ProofAdded(Recorded):
    """What shows an earlier fact, given after it was recorded; `on` is the day it was given."""

    kind: Literal["proof"]
    fact: Id
    proof: Proof


FactAbout = Fulfilled | Waived | Suspended | Resumed | Notified | Breached
"""The kinds that are about engagements as they stand."""


def engagements_of(fact: FactAbout) -> tuple[str, ...]:
    """The ids of the engagements that a fact is about, or `all`."""
    return fact.named if isinstance(fact, Pausing) else (fact.engagement,)


Fact = Annotated[
    FactAbout | Triggered | Occurred | Amended | Denounced | Terminated | Voided | ProofAdded, Tags("kind")
]


class Journal(Declared):
    """The file of facts."""

    format: Literal["qp/1"]
    facts: tuple[Fact, ...] = ()
