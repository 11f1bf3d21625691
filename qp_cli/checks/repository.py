"""What a rule looks at: a repository as it was read, with the place of everything in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer
from qp_cli.model.facts import Add, Amended, Denounced, ProofAdded, Redate, Terminated, Voided
from qp_cli.model.kinds import TERM
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.tracking.references import named_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.references import Unmatched
    from qp_cli.checks.suppressions import Suppression
    from qp_cli.findings import Finding, Span
    from qp_cli.model.convention import Convention, Engagement, Event, Party
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Change, FactAbout, Occurred, Triggered
    from qp_cli.model.parties import SharedParty
    from qp_cli.model.sites import Site
    from qp_cli.store.proofs import ProofFile
    from qp_cli.store.recorded_before import Before
    from qp_cli.store.repository import Repository


def references(due: Due, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Every name a due date counts from, or back from, with its place."""
    return ((name, pointer.to(*way)) for way, name in named_in(due))


class Subject:
    """A repository and its places; a rule sees it once the files it needs were read.

    Attributes:
        sites: those declared, none where their file could not be read.
        facts: those recorded, none where the journal could not be read.
        parties: those that conventions share.
        proofs: what the folder holds of each file that a fact gives as its proof.
        faulty: the silences that silence nothing because of how they are written.
        idle: the silences that had nothing to silence.
        before: what it was at the commit that it is compared with, where it is.
    """

    def __init__(
        self,
        repository: Repository,
        *,
        parties: tuple[SharedParty, ...] = (),
        proofs: Mapping[str, ProofFile] | None = None,
        faulty: tuple[Suppression, ...] = (),
        idle: tuple[Suppression, ...] = (),
        before: Before | None = None,
    ) -> None:
        self.documents = repository.documents
        self.sites = repository.sites or ()
        self.facts = repository.facts or ()
        self.parties = parties
        self.proofs = proofs or {}
        self.faulty = faulty
        self.idle = idle
        self.before = before
        self._convention = repository.convention
        self._noted = repository.findings
        parts = {CONVENTION: repository.convention, SITES: repository.sites, JOURNAL: repository.facts}
        self._read = frozenset(name for name, part in parts.items() if part is not None)

    @property
    def convention(self) -> Convention:
        """The convention, for the rules that need it read."""
        if self._convention is None:
            raise LookupError(CONVENTION)
        return self._convention

    def has(self, *files: str) -> bool:
        """Whether each of these files was read, or is not there and need not be."""
        return self._read.issuperset(files)

    def noted(self, code: str) -> Iterator[Finding]:
        """What reading the files already found under a code."""
        return (finding for finding in self._noted if finding.code == code)

    def span(self, pointer: Pointer, *, key: bool = False) -> Span:
        """The place in the file; `key` for the key rather than its value."""
        return self.documents[pointer.file].span(pointer.loc, key=key)

    @cached_property
    def computed_dates(self) -> ComputedDates:
        """What follows from the convention and all that was recorded, whatever the day."""
        from qp_cli.checks.dates import ComputedDates

        return ComputedDates(self.convention, self.facts)

    @cached_property
    def acts(self) -> tuple[tuple[int, FactAbout | Triggered | Occurred], ...]:
        """The facts that can say by whom and where, with their numbers: no avenants, cancellations, proofs."""
        found: list[tuple[int, FactAbout | Triggered | Occurred]] = []
        for number, fact in enumerate(self.facts):
            if not isinstance(fact, Amended | Denounced | Terminated | Voided | ProofAdded):
                found.append((number, fact))
        return tuple(found)

    @cached_property
    def avenants(self) -> tuple[tuple[Amended, Pointer], ...]:
        """Every avenant of the journal."""
        return tuple(
            (fact, Pointer(JOURNAL, ("facts", number)))
            for number, fact in enumerate(self.facts)
            if isinstance(fact, Amended)
        )

    @cached_property
    def changes(self) -> tuple[tuple[Change, Pointer], ...]:
        """Every change that an avenant makes."""
        return tuple(
            (change, pointer.to("changes", number))
            for fact, pointer in self.avenants
            for number, change in enumerate(fact.changes)
        )

    @cached_property
    def parties_named(self) -> tuple[tuple[Party, Pointer], ...]:
        """Every party, those that avenants add among them."""
        signed = [(party, Pointer(CONVENTION, ("parties", n))) for n, party in enumerate(self.convention.parties)]
        return (*signed, *((each.party, at.to("party")) for each, at in self.additions if each.party))

    @cached_property
    def events(self) -> tuple[tuple[Event, Pointer], ...]:
        """Every event, those that avenants add among them."""
        signed = [(event, Pointer(CONVENTION, ("events", n))) for n, event in enumerate(self.convention.events)]
        return (*signed, *((each.event, at.to("event")) for each, at in self.additions if each.event))

    @cached_property
    def places(self) -> tuple[tuple[Site, Pointer], ...]:
        """Every site, those that avenants add among them."""
        signed = [(site, Pointer(SITES, ("sites", number))) for number, site in enumerate(self.sites)]
        return (*signed, *((each.site, at.to("site")) for each, at in self.additions if each.site))

    @cached_property
    def additions(self) -> tuple[tuple[Add, Pointer], ...]:
        """What avenants add."""
        return tuple((change, pointer) for change, pointer in self.changes if isinstance(change, Add))

    @cached_property
    def engagements(self) -> tuple[tuple[Engagement, Pointer], ...]:
        """Every engagement, those that avenants add among them."""
        signed = [
            (engagement, Pointer(CONVENTION, ("engagements", number)))
            for number, engagement in enumerate(self.convention.engagements)
        ]
        added = [
            (change.engagement, pointer.to("engagement"))
            for change, pointer in self.changes
            if isinstance(change, Add) and change.engagement
        ]
        return (*signed, *added)

    @cached_property
    def dues(self) -> tuple[tuple[str, Due, Pointer], ...]:
        """Every due date: the term's, the events', the engagements' (targets too), the avenants'."""
        return tuple(self._dues())

    def _dues(self) -> Iterator[tuple[str, Due, Pointer]]:
        if self.convention.term and self.convention.term.due:
            yield TERM, self.convention.term.due, Pointer(CONVENTION, ("term", "due"))
        for number, event in enumerate(self.convention.events):
            if event.when:
                yield event.id, event.when, Pointer(CONVENTION, ("events", number, "when"))
        for engagement, pointer in self.engagements:
            if engagement.due:
                yield engagement.id, engagement.due, pointer.to("due")
            if engagement.target:
                yield engagement.id, engagement.target, pointer.to("target")
        for change, pointer in self.changes:
            if isinstance(change, Redate):
                yield change.target, change.due, pointer.to("due")

    @cached_property
    def referred(self) -> tuple[tuple[str, str, Pointer], ...]:
        """Every name that a due date counts from, or back from: what it dates, the name, its place."""
        return tuple(
            (dated, name, place) for dated, due, pointer in self.dues for name, place in references(due, pointer)
        )

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Every name that nothing goes by."""
        from qp_cli.checks.references import unmatched_names

        return tuple(unmatched_names(self))

    @cached_property
    def declared(self) -> tuple[tuple[str, str, Pointer], ...]:
        """Every id with its namespace; events, engagements and the term share one, so do parties, groups and roles."""
        return tuple(self._declared())

    def _declared(self) -> Iterator[tuple[str, str, Pointer]]:
        convention = self.convention
        for party, pointer in self.parties_named:
            yield "party", party.id, pointer
        for part in ("groups", "roles"):
            for number, entry in enumerate(getattr(convention, part)):
                yield "party", entry.id, Pointer(CONVENTION, (part, number))
        if convention.term:
            yield "event", TERM, Pointer(CONVENTION, ("term",))
        for event, pointer in self.events:
            yield "event", event.id, pointer
        for engagement, pointer in self.engagements:
            yield "event", engagement.id, pointer
        for site, pointer in self.places:
            yield "site", site.id, pointer
        for number, fact in enumerate(self.facts):
            yield "fact", fact.id, Pointer(JOURNAL, ("facts", number))
