"""What a rule looks at: a repository whose files could be read, with the place of everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.base import TERM
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.findings import Span
    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.journal import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.tree import Document

Loc = tuple[str | int, ...]


class Pointer(NamedTuple):
    """Where something is written: a file of the repository, and the path to it inside."""

    file: str
    loc: Loc

    def to(self, *more: str | int) -> Pointer:
        """The place of a part of it."""
        return Pointer(self.file, (*self.loc, *more))


class Subject(NamedTuple):
    """A repository that every rule can rely on: all its files were read."""

    convention: Convention
    sites: tuple[Site, ...]
    facts: tuple[Fact, ...]
    documents: dict[str, Document]

    def span(self, pointer: Pointer, *, key: bool = False) -> Span:
        """The place in the file; `key` for the key rather than its value."""
        return self.documents[pointer.file].span(pointer.loc, key=key)

    def engagements(self) -> Iterator[tuple[Engagement, Pointer]]:
        """Every engagement, those that avenants add among them."""
        for number, engagement in enumerate(self.convention.engagements):
            yield engagement, Pointer(CONVENTION, ("engagements", number))
        for number, fact in enumerate(self.facts):
            if fact.kind == "amended":
                for place, change in enumerate(fact.changes):
                    if change.change == "add":
                        pointer = Pointer(JOURNAL, ("facts", number, "changes", place, "engagement"))
                        yield change.engagement, pointer

    def dues(self) -> Iterator[tuple[str, Due, Pointer]]:
        """Every due date: the term's, the engagements' (targets too), those of avenants; with what it dates."""
        if self.convention.term:
            yield TERM, self.convention.term.due, Pointer(CONVENTION, ("term", "due"))
        for engagement, pointer in self.engagements():
            if engagement.due:
                yield engagement.id, engagement.due, pointer.to("due")
            if engagement.target:
                yield engagement.id, engagement.target, pointer.to("target")
        for number, fact in enumerate(self.facts):
            if fact.kind == "amended":
                for place, change in enumerate(fact.changes):
                    if change.change == "due":
                        pointer = Pointer(JOURNAL, ("facts", number, "changes", place, "due"))
                        yield change.target, change.due, pointer

    def declared(self) -> Iterator[tuple[str, str, Pointer]]:
        """Every id with its namespace; events, engagements and the term share one, so do parties, groups and roles."""
        convention = self.convention
        for part in ("parties", "groups", "roles"):
            for number, entry in enumerate(getattr(convention, part)):
                yield "party", entry.id, Pointer(CONVENTION, (part, number))
        if convention.term:
            yield "event", TERM, Pointer(CONVENTION, ("term",))
        for number, event in enumerate(convention.events):
            yield "event", event.id, Pointer(CONVENTION, ("events", number))
        for engagement, pointer in self.engagements():
            yield "event", engagement.id, pointer
        for number, site in enumerate(self.sites):
            yield "site", site.id, Pointer(SITES, ("sites", number))
        for number, fact in enumerate(self.facts):
            yield "fact", fact.id, Pointer(JOURNAL, ("facts", number))
