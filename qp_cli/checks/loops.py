"""Loops: dates that wait for each other, organs of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.checks.subject import Subject


def circular_dates(subject: Subject) -> Iterator[Remark]:
    """Dates each counted from the next, so that none of them can ever be known."""
    edges: dict[str, dict[str, Pointer]] = {}
    for name, target, place in subject.referred:
        edges.setdefault(name, {}).setdefault(target, place)
    for loop in loops({name: tuple(targets) for name, targets in edges.items()}):
        path = " → ".join((*loop, loop[0]))
        place = edges[loop[0]][loop[1 % len(loop)]]
        hint = msg("Count one of them from an event, or from a day")
        yield Remark(place, msg("These dates wait for each other: {path}", path=path), hint)


def circular_organs(subject: Subject) -> Iterator[Remark]:
    """Parties that are each the organ of the next, so that no legal person is left."""
    parties = subject.convention.parties
    places = {party.id: number for number, party in enumerate(parties)}
    edges = {party.id: (party.organ_of,) for party in parties if party.organ_of}
    for loop in loops(edges):
        path = " → ".join((*loop, loop[0]))
        place = Pointer(CONVENTION, ("parties", places[loop[0]], "organ_of"))
        yield Remark(place, msg("These parties are organs of each other: {path}", path=path))


def loops(edges: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each loop once, from its first name in the order given."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack = [(start, iter(edges.get(start, ())))]
        while stack:
            name, targets = stack[-1]
            if len(trail) < len(stack):
                trail.append(name)
            target = next(targets, None)
            if target is None:
                done.add(name)
                stack.pop()
                trail.pop()
            elif target in trail:
                loop = tuple(trail[trail.index(target) :])
                found.setdefault(frozenset(loop), loop)
            elif target not in done:
                stack.append((target, iter(edges.get(target, ()))))
    return list(found.values())
