"""The sheet of obligations: who owes what, until when, where it stands, why; in a workbook, or alone as a CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.model.kinds import Scope
from qp_cli.render.columns import awaited, cure_due, debtor
from qp_cli.render.date_working import write_readings, write_steps
from qp_cli.render.formats import excel_line, to_excel_csv
from qp_cli.render.notes import note_lines
from qp_cli.render.wording import BASES, COLUMNS, KINDS, NATURES, state_words
from qp_cli.render.workbook.cells import AtMost
from qp_cli.render.workbook.sheet import Layout, SheetColumn, Tone
from qp_cli.tracking.compared_dates import compared_dates
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import StateColumn as Counted
from qp_cli.tracking.summary import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from qp_cli.law.dates import Step
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue
    from qp_cli.render.workbook.sheet import Look
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef
    from qp_cli.tracking.situation import Obligation, Situation


class _Row(NamedTuple):
    """An obligation to be put into cells; `rule` is that of its deadline, which others share."""

    convention: ConventionRef
    one: Obligation
    language: Language
    rule: tuple[CellValue, ...]

    def labels(self, names: Iterable[str]) -> str:
        """Parties, groups and roles by short name."""
        return ", ".join(self.convention.directory.label(name) for name in names)


def _sites(row: _Row) -> str:
    return ", ".join(row.convention.sites.get(site, site) for site in row.one.sites)


def _due(row: _Row) -> CellValue:
    due = row.one.due
    return AtMost(due) if due and row.one.deadline.waiting_for else due


def _waiting(row: _Row) -> CellValue:
    deadline = row.one.deadline
    return awaited(deadline, row.convention.title, row.language) if deadline.waiting_for else None


def _nature(row: _Row) -> CellValue:
    nature = row.one.engagement.nature
    return row.language.text(NATURES[nature]) if nature else None


def _scope(row: _Row) -> CellValue:
    if row.one.engagement.scope is not Scope.NATIONAL:
        return None
    return row.language.text(msg("at national level; the convention reports it"))


def _notice(row: _Row) -> CellValue:
    notice = row.one.standing.notice
    return notice.on if notice else None


def _amount(row: _Row) -> CellValue:
    amount = row.one.engagement.amount
    return amount.number if amount else None


def _contact(row: _Row) -> CellValue:
    """Whom to ask: the engagement's contact, else those of the parties that owe it."""
    if row.one.engagement.contact:
        return row.one.engagement.contact.words
    parties = row.convention.directory.parties
    found = (parties[name].contact for name in row.one.debtor.parties if name in parties)
    return row.language.joined([each.words for each in found if each]) or None


COUNTED = SheetColumn(msg("Counted in"), 14)
STATE_CODE = SheetColumn(msg("State code"), 14)
_COLUMNS: tuple[tuple[SheetColumn, Callable[[_Row], CellValue]], ...] = (
    (SheetColumn(msg("Convention"), 17), lambda row: row.convention.label),
    (SheetColumn(msg("Engagement"), 22), lambda row: row.one.engagement.id),
    (SheetColumn(msg("Subject"), 42), lambda row: row.one.engagement.title),
    (SheetColumn(msg("Clause"), 18), lambda row: row.one.engagement.clause),
    (SheetColumn(msg("Debtor"), 20), lambda row: debtor(row.one, row.convention.directory)),
    (SheetColumn(msg("Sites"), 16), _sites),
    (SheetColumn(msg("State"), 15), lambda row: row.language.text(state_words(row.one))),
    (SheetColumn(msg("Deadline"), 13, right=True), _due),
    (SheetColumn(msg("Weekday"), 11), lambda row: row.language.weekday(row.one.due) if row.one.due else None),
    (SheetColumn(msg("Days late"), 8, right=True), lambda row: row.one.standing.days_late),
    (
        SheetColumn(msg("What the date rests on"), 20),
        lambda row: row.language.text(BASES[row.one.deadline.basis]) if row.one.due else None,
    ),
    (SheetColumn(msg("Waiting for"), 20), _waiting),
    (SheetColumn(msg("In the capacity of"), 24), lambda row: row.labels(row.one.debtor.capacities)),
    (SheetColumn(msg("Owed to"), 20), lambda row: row.labels(row.one.engagement.creditors)),
    (SheetColumn(msg("Performed by"), 20), lambda row: row.labels(filter(None, [row.one.engagement.performer]))),
    (SheetColumn(msg("Kind"), 12), lambda row: row.language.text(KINDS[row.one.engagement.kind])),
    (SheetColumn(msg("Nature"), 24), _nature),
    (SheetColumn(msg("Made"), 24), _scope),
    (COUNTED, lambda row: row.language.text(COLUMNS[column(row.one)])),
    (SheetColumn(msg("Fulfilled on"), 13, right=True), lambda row: row.one.standing.fulfilled_on),
    (SheetColumn(msg("Date before it was moved"), 13, right=True), lambda row: row.one.previous_due),
    (SheetColumn(msg("Moved by"), 14), lambda row: " ".join(row.one.moved_by)),
    (SheetColumn(msg("Replaced by"), 14), lambda row: " ".join(row.one.replaced_by)),
    (SheetColumn(msg("Formal notice"), 13, right=True), _notice),
    (SheetColumn(msg("Cure by"), 13, right=True), lambda row: cure_due(row.one)),
    (SheetColumn(msg("Counted from"), 13, right=True), lambda row: row.one.deadline.origin),
    (SheetColumn(msg("Rule of computation"), 24), lambda row: row.rule[0]),
    (SheetColumn(msg("Other reading"), 40), lambda row: row.rule[1]),
    (SheetColumn(msg("Working"), 60), lambda row: row.rule[2]),
    (SheetColumn(msg("Facts"), 16), lambda row: " ".join(row.one.facts)),
    (SheetColumn(msg("Id"), 40), lambda row: row.one.id),
    (SheetColumn(msg("Convention's id"), 20), lambda row: row.convention.id),
    (STATE_CODE, lambda row: row.one.state.value),
    (
        SheetColumn(msg("Remarks"), 40),
        lambda row: row.language.joined(note_lines(row.convention, row.one, row.language)),
    ),
    (SheetColumn(msg("Amount"), 15, right=True), _amount),
    (SheetColumn(msg("Currency"), 10), lambda row: amount.currency if (amount := row.one.engagement.amount) else None),
    (SheetColumn(msg("Share"), 10), lambda row: amount.share if (amount := row.one.engagement.amount) else None),
    (SheetColumn(msg("Contact"), 34), _contact),
    (SheetColumn(msg("Prudent date"), 13, right=True), lambda row: row.rule[3]),
)
"""Each column with what stands in it; the first ones go on paper."""
OBLIGATIONS_LAYOUT = Layout(msg("Obligations"), tuple(heading for heading, _ in _COLUMNS), frozen=2, printed=12)
_RED: Look = {"bg_color": "#F9DCDC"}
_AMBER: Look = {"bg_color": "#FFF0CC"}
_GREEN: Look = {"bg_color": "#DDF0DF"}
_GREY: Look = {"font_color": "#666666"}


def tones(language: Language) -> list[Tone]:
    """Red, amber and green by what an obligation is counted in: a date derived from the term turns no row red."""
    return [
        Tone(COUNTED, language.text(COLUMNS[Counted.OVERDUE]), _RED),
        Tone(STATE_CODE, State.BREACHED.value, _RED),
        Tone(COUNTED, language.text(COLUMNS[Counted.DUE_SOON]), _AMBER),
        Tone(COUNTED, language.text(COLUMNS[Counted.FULFILLED]), _GREEN),
        Tone(STATE_CODE, State.DISCHARGED.value, _GREY),
        Tone(STATE_CODE, State.EXPIRED.value, _GREY),
        Tone(STATE_CODE, State.EXERCISED.value, _GREEN),
        Tone(STATE_CODE, State.LAPSED.value, _GREY),
    ]


def obligation_rows(
    situation: Situation, obligations: Sequence[Obligation], language: Language
) -> Iterator[list[CellValue]]:
    """A row per obligation, its values in the order of the columns."""
    convention = convention_ref(situation, obligations)
    rules: dict[int, tuple[CellValue, ...]] = {}
    """By deadline, which the obligations of several debtors or sites share."""
    for one in obligations:
        if id(one.deadline) not in rules:
            rules[id(one.deadline)] = _rule(one.deadline, situation.convention.zone, language)
        row = _Row(convention, one, language, rules[id(one.deadline)])
        yield [value(row) for _, value in _COLUMNS]


def _rule(deadline: Deadline, zone: Zone, language: Language) -> tuple[CellValue, ...]:
    """By which rule a date is computed, its other readings, its working, the prudent date beside it."""
    regime, compared = deadline.regime, compared_dates(deadline, zone)
    return (
        language.text(msg("{label}: {text}", label=regime.label, text=regime.title)) if regime else None,
        " ".join(write_readings(deadline.readings, language, indent="")),
        working(deadline.steps, language),
        compared.prudent if compared else None,
    )


def working(steps: Sequence[Step], language: Language) -> str:
    """Each step with its source, one after the other: a row stays as high as what is read first."""
    return " ".join(write_steps(steps, language, indent="")).replace("   [", " [")


def excel_csv(
    ledgers: Iterable[Ledger],
    chosen: Callable[[Ledger], Sequence[Obligation]],
    language: Language,
    lacks: Callable[[], Iterable[Message]] = list,
) -> bytes:
    """The columns of the workbook's sheet of obligations, in words, days as 18/09/2021, in UTF-8 with its mark.

    Each ledger is used once, as it comes, and not kept; the conventions follow each other, and last what is lacking.
    """
    lines = (line for each in ledgers for line in excel_lines(each.situation, chosen(each), language))
    return "".join(excel_pieces(lines, language, lacks)).encode()


def excel_lines(situation: Situation, obligations: Sequence[Obligation], language: Language) -> list[str]:
    """Its lines for the obligations of one convention."""
    return [excel_line(map(_cell, row)) for row in obligation_rows(situation, obligations, language)]


def excel_pieces(
    lines: Iterable[str], language: Language, lacks: Callable[[], Iterable[Message]] = list
) -> Iterator[str]:
    """The sheet in pieces: its mark and headings, its lines, and last what is lacking."""
    headings = [language.text(column.heading) for column in OBLIGATIONS_LAYOUT.columns]
    yield to_excel_csv(headings, ())
    yield from lines
    yield from map(excel_line, _told(lacks, language))


def _told(lacks: Callable[[], Iterable[Message]], language: Language) -> Iterator[list[str | int | Decimal | date]]:
    """A line for each thing that the sheet lacks, known once its rows have gone by."""
    for each in lacks():
        yield [language.text(each)]


def _cell(value: CellValue) -> str | int | Decimal | date:
    if isinstance(value, AtMost):
        return f"≤ {value.day:%d/%m/%Y}"
    return "" if value is None else value
