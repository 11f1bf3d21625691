"""Who stands where: a row of counts per legal person, the same as in `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.page.values import Count, Person
from qp_cli.render.visible import visible
from qp_cli.tracking.portfolio import party_tallies

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation
    from qp_cli.tracking.summary import Column


def show_people(situation: Situation, language: Language, wanted: Container[str] | None = None) -> tuple[Person, ...]:
    """One row per legal person that owes something, or per wanted one."""
    return tuple(
        Person(
            visible(row.group.key),
            visible(row.group.label),
            show_counts(row.counts, language),
        )
        for row in party_tallies(situation)
        if wanted is None or row.group.key in wanted
    )


def show_counts(counts: Mapping[Column, int], language: Language) -> tuple[Count, ...]:
    """How many there are in each column, in figures; a dot for none."""
    return tuple(
        Count(column.value, number, language.number(number) if number else "·") for column, number in counts.items()
    )
