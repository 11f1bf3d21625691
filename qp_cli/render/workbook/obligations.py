"""The sheet of obligations: what is owed, by whom, until when, where it stands, and how its date was reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.words import Scope
from qp_cli.render.grid import awaited, cure_due, debtor
from qp_cli.render.naming import titles_of
from qp_cli.render.notes import note_lines
from qp_cli.render.wording import BASES, COLUMNS, KINDS, NATURES, state_words
from qp_cli.render.workbook.cells import AtMost
from qp_cli.render.workbook.sheet import Column, Layout, Tone
from qp_cli.render.working import write_readings, write_steps
from qp_cli.tracking.portfolio import home_of
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import Column as Counted
from qp_cli.tracking.summary import column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.law.dates import Step
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.render.workbook.cells import Value
    from qp_cli.render.workbook.sheet import Look
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.situation import Obligation, Situation

COUNTED = Column(msg("Counted in"), 14)
STATE_CODE = Column(msg("State code"), 14)
LAYOUT = Layout(
    msg("Obligations"),
    (
        Column(msg("Convention"), 17),
        Column(msg("Engagement"), 22),
        Column(msg("Subject"), 42),
        Column(msg("Clause"), 18),
        Column(msg("Debtor"), 20),
        Column(msg("Sites"), 16),
        Column(msg("State"), 15),
        Column(msg("Deadline"), 13, right=True),
        Column(msg("Weekday"), 11),
        Column(msg("Days late"), 8, right=True),
        Column(msg("What the date rests on"), 20),
        Column(msg("Waiting for"), 20),
        Column(msg("In the capacity of"), 24),
        Column(msg("Owed to"), 20),
        Column(msg("Performed by"), 20),
        Column(msg("Kind"), 12),
        Column(msg("Nature"), 24),
        Column(msg("Made"), 24),
        COUNTED,
        Column(msg("Fulfilled on"), 13, right=True),
        Column(msg("Date before the avenant"), 13, right=True),
        Column(msg("Moved by"), 14),
        Column(msg("Replaced by"), 14),
        Column(msg("Formal notice"), 13, right=True),
        Column(msg("Cure by"), 13, right=True),
        Column(msg("Counted from"), 13, right=True),
        Column(msg("Rule of computation"), 24),
        Column(msg("Other reading"), 40),
        Column(msg("Working"), 60),
        Column(msg("Facts"), 16),
        Column(msg("Id"), 40),
        Column(msg("Convention's id"), 20),
        STATE_CODE,
        Column(msg("Remarks"), 40),
    ),
    frozen=2,
    printed=12,
)
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
    ]


def obligation_rows(
    situation: Situation, obligations: Sequence[Obligation], language: Language
) -> Iterator[list[Value]]:
    """A row per obligation, its values in the order of the columns."""
    home, directory, titles = home_of(situation), situation.directory, titles_of(situation.convention)
    places = {site.id: site.label for site in situation.sites}
    rules: dict[int, tuple[Value, ...]] = {}
    """By deadline, which the obligations of several debtors or sites share."""

    def labels(names: Iterable[str]) -> str:
        return ", ".join(directory.label(name) for name in names)

    for one in obligations:
        engagement, deadline = one.engagement, one.deadline
        if id(deadline) not in rules:
            rules[id(deadline)] = _rule(deadline, language)
        yield [
            home.label,
            engagement.id,
            engagement.title,
            engagement.clause,
            debtor(one, directory),
            ", ".join(places.get(site, site) for site in one.sites),
            _state(one, language),
            *_date(one, titles, language),
            labels(one.debtor.capacities),
            labels(engagement.creditors),
            labels([engagement.performer] if engagement.performer else []),
            *_kind(one, language),
            language.text(COLUMNS[column(one)]),
            *_course(one),
            *rules[id(deadline)],
            " ".join(one.facts),
            one.id,
            home.id,
            one.state.value,
            language.joined(note_lines(situation, one, language)),
        ]


def _state(one: Obligation, language: Language) -> str:
    """The state alone: what goes with it has columns of its own."""
    return language.text(state_words(one))


def _date(one: Obligation, titles: Titles, language: Language) -> tuple[Value, ...]:
    """The date, its weekday, days late, what it rests on, what it waits for."""
    due, deadline, late = one.due, one.deadline, one.standing.days_late
    waiting = awaited(deadline, titles, language) if deadline.waiting_for else None
    if due is None:
        return (None, None, late, None, waiting)
    day = AtMost(due) if waiting else due
    return (day, language.weekday(due), late, language.text(BASES[deadline.basis]), waiting)


def _kind(one: Obligation, language: Language) -> tuple[Value, ...]:
    engagement = one.engagement
    national = engagement.scope is Scope.NATIONAL
    return (
        language.text(KINDS[engagement.kind]),
        language.text(NATURES[engagement.nature]) if engagement.nature else None,
        language.text(msg("at national level; the convention reports it")) if national else None,
    )


def _course(one: Obligation) -> tuple[Value, ...]:
    """What happened to it: performance, avenants, formal notice."""
    notice = one.standing.notice
    return (
        one.standing.fulfilled_on,
        one.previous_due,
        " ".join(one.moved_by),
        " ".join(one.replaced_by),
        notice.on if notice else None,
        cure_due(one),
    )


def _rule(deadline: Deadline, language: Language) -> tuple[Value, ...]:
    """What the date is counted from, by which rule, its other readings, its working."""
    regime = deadline.regime
    return (
        deadline.origin,
        language.text(msg("{label}: {text}", label=regime.label, text=regime.title)) if regime else None,
        " ".join(write_readings(deadline.readings, language, indent="")),
        working(deadline.steps, language),
    )


def working(steps: Sequence[Step], language: Language) -> str:
    """Each step with its source, one after the other: a row stays as high as what is read first."""
    return " ".join(write_steps(steps, language, indent="")).replace("   [", " [")
