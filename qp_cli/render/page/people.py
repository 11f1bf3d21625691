"""Who stands where: a row of counts per legal person, the same as in `status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.page.values import Count, Person
from qp_cli.render.visible import visible
from qp_cli.tracking.summary import rows

if TYPE_CHECKING:
    from collections.abc import Container

    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation


def show_people(situation: Situation, language: Language, wanted: Container[str] | None = None) -> tuple[Person, ...]:
    """One row per legal person that owes something, or per wanted one."""
    directory = situation.directory
    return tuple(
        Person(
            visible(row.party),
            visible(directory.label(row.party)),
            tuple(
                Count(column.value, number, language.number(number) if number else "·")
                for column, number in row.counts.items()
            ),
        )
        for row in rows(situation)
        if wanted is None or row.party in wanted
    )
