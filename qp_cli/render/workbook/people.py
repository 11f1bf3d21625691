"""The sheet of counts: a row per legal person, as the status has it, and the sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.wording import COLUMNS
from qp_cli.render.workbook.sheet import Column, Layout
from qp_cli.tracking.portfolio import convention_ref, party_tallies
from qp_cli.tracking.summary import Column as Counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Value
    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.situation import Situation

LAYOUT = Layout(
    msg("Parties"),
    (
        Column(msg("Convention"), 28),
        Column(msg("Party"), 28),
        *(Column(COLUMNS[each], 13, right=True) for each in Counted),
        Column(msg("Total"), 13, right=True),
        Column(msg("Of which late or near by a date derived from the term"), 20, right=True),
        Column(msg("Party's id"), 24),
        Column(msg("Convention's id"), 24),
    ),
    frozen=2,
    printed=10,
)


class Counts:
    """The counts of the conventions as they go by, and their sums."""

    def __init__(self) -> None:
        self._sums = dict.fromkeys(Counted, 0)
        self._derived = 0

    def rows(self, situation: Situation) -> Iterator[list[Value]]:
        """A row per legal person that owes something."""
        home = convention_ref(situation)
        for row in party_tallies(situation):
            for each in Counted:
                self._sums[each] += row.counts[each]
            self._derived += row.derived
            yield [home.label, row.group.label, *_numbers(row), row.group.key, home.id]

    def total(self, language: Language) -> list[Value]:
        """The last row: the sum of each column."""
        numbers = [*self._sums.values(), sum(self._sums.values()), self._derived]
        return [language.text(msg("Total")), None, *numbers, None, None]


def _numbers(row: Tally) -> list[int]:
    return [*(row.counts[each] for each in Counted), row.total, row.derived]
