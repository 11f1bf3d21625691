"""What a convention has in common with those checked beside it: no id twice, and shared parties that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.findings import Finding, Related, Severity
from qp_cli.messages import msg
from qp_cli.names import key, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Loc
    from qp_cli.findings import Span
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import PartiesFile


def repeated_conventions(subject: Subject) -> Iterator[Finding]:
    """Two conventions with one id."""
    return subject.noted("QP213")


def same_id(name: str, span: Span, other: Span) -> Finding:
    """What there is to say of a convention whose id another one has."""
    related = (Related(other, msg("the other one")),)
    message = msg("Another convention has the id “{id}”", id=name)
    return Finding("QP213", Severity.ERROR, message, span, msg("Give each convention an id of its own"), related)


def other_names(subject: Subject) -> Iterator[Remark]:
    """A shared party under a name that `parties.yaml` does not know."""
    shared = {name: party for party in subject.parties for name in (party.id, *party.ids)}
    for party, pointer in subject.parties_named:
        found = shared.get(party.id)
        if found is None or party.organ_of:
            continue
        known = {key(each) for each in (found.name, found.short, *found.aliases) if each}
        if not known & {key(each) for each in (party.name, party.short, *party.aliases) if each}:
            message = msg("“{name}” has the id of a shared party called “{other}”", name=party.name, other=found.name)
            hint = msg("If it is another one, change its id; else add this name to its aliases in parties.yaml")
            yield Remark(pointer.to("name"), message, hint)


def undeclared_parties(subject: Subject) -> Iterator[Finding]:
    """An id in `parties.yaml` that no convention beside it declares."""
    return subject.noted("QP215")


def undeclared(shared: PartiesFile, declared: Collection[str]) -> Iterator[Finding]:
    """The ids of shared parties that are none of those which the conventions declare."""
    for number, party in enumerate(shared.parties or ()):
        places: list[tuple[str, Loc]] = [
            (name, ("parties", number, "ids", place)) for place, name in enumerate(party.ids) if name != party.id
        ]
        for name, loc in places or [(party.id, ("parties", number, "id"))]:
            if name not in declared:
                message = msg("No convention beside this file declares “{id}”", id=name)
                near = ", ".join(nearest(name, sorted(declared)))
                hint = msg("Nearest: {names}", names=near) if near else msg("Write an id that one of them declares")
                yield Finding("QP215", Severity.WARNING, message, shared.document.span(loc), hint)


def usable_parties(shared: PartiesFile) -> tuple[SharedParty, ...]:
    """The shared parties of a file; none while it has errors, so that nobody is taken for another."""
    if any(finding.severity is Severity.ERROR for finding in party_findings(shared)):
        return ()
    return shared.parties or ()


def party_findings(shared: PartiesFile) -> list[Finding]:
    """What is wrong with a file of shared parties: as it was read, and the ids that two of them have."""
    found = list(shared.findings)
    first: dict[str, Span] = {}
    for number, party in enumerate(shared.parties or ()):
        places: dict[str, Loc] = {party.id: ("parties", number, "id")}
        for place, name in enumerate(party.ids):
            places.setdefault(name, ("parties", number, "ids", place))
        for name, loc in places.items():
            span = shared.document.span(loc)
            if (earlier := first.setdefault(name, span)) is not span:
                message, hint = msg("The id “{id}” is already taken", id=name), msg("Give one of them another id")
                related = (Related(earlier, msg("first declared here")),)
                found.append(Finding("QP201", Severity.ERROR, message, span, hint, related))
    return found
