"""The sheets of conventions: which ones, with their term; the counts of their parties; their sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.date_working import write_readings
from qp_cli.render.headings import approval_remarks, dated_later
from qp_cli.render.people_and_places import zoom_names
from qp_cli.render.status import term_words
from qp_cli.render.wording import BASES, COLUMNS, counted_word
from qp_cli.render.workbook.cells import AtMost
from qp_cli.render.workbook.obligations import working
from qp_cli.render.workbook.sheet import Layout, SheetColumn
from qp_cli.tracking.amounts import amount_sums
from qp_cli.tracking.portfolio import convention_ref, party_tallies
from qp_cli.tracking.summary import StateColumn as Counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.situation import Situation

CONVENTIONS = Layout(
    msg("Conventions"),
    (
        SheetColumn(msg("Convention"), 20),
        SheetColumn(msg("Title"), 40),
        SheetColumn(msg("Day looked at"), 13, right=True),
        SheetColumn(msg("Start"), 13, right=True),
        SheetColumn(msg("Term"), 13, right=True),
        SheetColumn(msg("Clause"), 20),
        SheetColumn(msg("What the date rests on"), 20),
        SheetColumn(msg("Other reading"), 40),
        SheetColumn(msg("Remarks"), 40),
        SheetColumn(msg("Approved on"), 13, right=True),
        SheetColumn(msg("Term before it was moved"), 13, right=True),
        SheetColumn(msg("Working"), 60),
        SheetColumn(msg("Obligations"), 13, right=True),
        SheetColumn(msg("Of which in this workbook"), 13, right=True),
        SheetColumn(msg("Convention's id"), 20),
    ),
    frozen=1,
    printed=9,
)


def convention_row(ledger: Ledger, chosen: int, language: Language) -> list[CellValue]:
    """One convention at its day; `chosen` of its obligations are in the workbook."""
    situation = ledger.situation
    home, term = convention_ref(situation), situation.term
    declared = situation.convention.term
    readings = term.readings if term else ()
    return [
        home.label,
        situation.convention.title,
        situation.as_of,
        situation.start.day,
        _end(term),
        declared.clause if declared else None,
        language.text(BASES[term.basis]) if term and term.due else None,
        " ".join(write_readings(readings, language, indent="")),
        " ".join(_remarks(situation, ledger, language)),
        situation.approved_on,
        situation.previous_term,
        working(term.steps if term else (), language),
        len(situation.obligations),
        chosen,
        home.id,
    ]


def _end(term: Deadline | None) -> CellValue:
    """The term; marked where something awaited can still bring it forward."""
    if term is None or term.due is None:
        return None
    return AtMost(term.due) if term.waiting_for else term.due


def _remarks(situation: Situation, ledger: Ledger, language: Language) -> list[str]:
    """What a reader of its dates has to know."""
    remarks = (*approval_remarks(situation), *dated_later(situation, ledger.facts))
    return [*term_words(situation, language), *map(language.text, remarks)]


PARTIES_LAYOUT = Layout(
    msg("Parties"),
    (
        SheetColumn(msg("Convention"), 28),
        SheetColumn(msg("Party"), 28),
        *(SheetColumn(COLUMNS[each], 13, right=True) for each in Counted),
        SheetColumn(msg("Total"), 13, right=True),
        SheetColumn(msg("Of which by a date derived from the term, passed or not"), 20, right=True),
        SheetColumn(msg("Party's id"), 24),
        SheetColumn(msg("Convention's id"), 24),
    ),
    frozen=2,
    printed=10,
)


class Counts:
    """The counts of the conventions as they go by, and their sums."""

    def __init__(self) -> None:
        self._sums = dict.fromkeys(Counted, 0)
        self._derived = 0

    def rows(self, situation: Situation) -> Iterator[list[CellValue]]:
        """A row per legal person that owes something."""
        home = convention_ref(situation)
        for row in party_tallies(situation):
            for each in Counted:
                self._sums[each] += row.counts[each]
            self._derived += row.derived
            yield [home.label, row.group.label, *_numbers(row), row.group.key, home.id]

    def join(self, other: Counts) -> None:
        """The counts of conventions that were looked at elsewhere."""
        for each in Counted:
            self._sums[each] += other._sums[each]
        self._derived += other._derived

    def total(self, language: Language) -> list[CellValue]:
        """The last row: the sum of each column."""
        numbers = [*self._sums.values(), sum(self._sums.values()), self._derived]
        return [language.text(msg("Total")), None, *numbers, None, None]


def _numbers(row: Tally) -> list[int]:
    return [*(row.counts[each] for each in Counted), row.total, row.derived]


AMOUNTS_LAYOUT = Layout(
    msg("Amounts"),
    (
        SheetColumn(msg("Convention"), 28),
        SheetColumn(msg("Party"), 28),
        SheetColumn(msg("State"), 24),
        SheetColumn(msg("Amount"), 18, right=True),
        SheetColumn(msg("Currency"), 10),
        SheetColumn(msg("Obligations"), 13, right=True),
        SheetColumn(msg("State code"), 18),
        SheetColumn(msg("Party's id"), 24),
        SheetColumn(msg("Convention's id"), 24),
    ),
    frozen=2,
    printed=6,
)


def amount_rows(situation: Situation, language: Language) -> Iterator[list[CellValue]]:
    """A row per legal person, state and currency; none where no engagement has an amount."""
    home = convention_ref(situation)
    for found in amount_sums(situation):
        who, state = situation.directory.label(found.party), language.text(counted_word(found.state))
        first: list[CellValue] = [home.label, who, state, found.total, found.currency, found.obligations]
        yield [*first, found.state, found.party, home.id]


SITES_LAYOUT = Layout(
    msg("Sites"),
    (
        SheetColumn(msg("Convention"), 20),
        SheetColumn(msg("Name"), 30),
        SheetColumn(msg("Commune"), 16),
        SheetColumn(msg("Districts"), 28),
        SheetColumn(msg("Focus"), 28),
        SheetColumn(msg("Projects"), 34),
        SheetColumn(msg("Zooms"), 34),
        SheetColumn(msg("Source"), 24),
        SheetColumn(msg("Note"), 40),
        SheetColumn(msg("Id"), 20),
        SheetColumn(msg("Convention's id"), 20),
        SheetColumn(msg("Contact"), 34),
    ),
    frozen=2,
    printed=8,
)


def site_rows(situation: Situation, language: Language) -> Iterator[list[CellValue]]:
    """A row per site; several of one sort are parted by semicolons."""
    home = convention_ref(situation)
    for site in situation.sites:
        lists = (site.districts, site.focus, site.projects, zoom_names(site))
        yield [
            home.label,
            site.name,
            site.commune,
            *(language.joined(each) for each in lists),
            site.source,
            site.note,
            site.id,
            home.id,
            site.contact.words if site.contact else None,
        ]
