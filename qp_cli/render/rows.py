"""The rows of a list on a screen: titles first, ids last; what awaits the same thing is one row an engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import CLAUSE, DEBTORS, DUE, PLACE, STATE, TITLE, capacity, debtor, name, state_lines
from qp_cli.render.folding import natural_width
from qp_cli.render.formats import Column, write_table
from qp_cli.render.layout import styled
from qp_cli.render.visible import visible
from qp_cli.tracking.states import State, notes_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qp_cli.render.formats import Stack
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Cell, Line, Table
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.portfolio import Listed
    from qp_cli.tracking.situation import Obligation

_ROOM = 70
"""Columns under which everything but the date stands in one column."""
_FEW = 3
"""So many debtors are named; more are counted."""


class ScreenRow(NamedTuple):
    """A row of a screen: an obligation, or several of one engagement that are conditional on the same thing."""

    alike: tuple[Listed, ...]

    @property
    def first(self) -> Listed:
        """The one that stands for all."""
        return self.alike[0]


def together(listed: Iterable[Listed]) -> list[ScreenRow]:
    """A row each, in their order; but one for those of an engagement that have no date and await the same thing."""
    rows: list[list[Listed]] = []
    awaiting: dict[object, list[Listed]] = {}
    for each in listed:
        convention, one = each
        if one.state is not State.CONDITIONAL or one.due or one.previous_due:
            rows.append([each])
            continue
        key = (convention.id, one.engagement.id, tuple(one.deadline.waiting_for), notes_on(convention, one))
        if key not in awaiting:
            awaiting[key] = []
            rows.append(awaiting[key])
        awaiting[key].append(each)
    return [ScreenRow(tuple(row)) for row in rows]


def title_line(row: Listed) -> Line:
    """What an engagement is called, and where it is owed at some sites."""
    convention, one = row
    said = styled("").append_line(styled(one.engagement.title, "bold"))
    places = ", ".join(visible(convention.sites.get(site, site)) for site in one.sites)
    return said.append(f" ({places})") if places else said


def draw_screen_rows(rows: Sequence[ScreenRow], screen: Screen, language: Language, *, several: bool) -> Table:
    """The rows as a table: each on one line where that fits, else titles over states beside debtors and ids."""
    place = PLACE if several else CLAUSE
    flat = write_table([(column,) for column in _flat(place)], rows, language, whole=[0])
    if natural_width(flat) <= screen.width:
        return flat
    return write_table(_stacks(place, narrow=screen.width < _ROOM), rows, language, whole=[0])


def _flat(place: Column[Listed]) -> tuple[Column[ScreenRow], ...]:
    whose = _of(DEBTORS, lambda row, language: " ".join(_whose(row, language, capacity)))
    return (_of(DUE), _TITLE, _STATE, whose, _of(place), _NAME._replace(heading=msg("Id")))


def _stacks(place: Column[Listed], *, narrow: bool) -> Sequence[Stack[ScreenRow]]:
    """The same one under the other, under headings of one line."""
    state, where = _STATE._replace(heading=None), _of(place)._replace(heading=None)
    if narrow:
        whose = _of(DEBTORS, lambda row, language: _whose_and_where(row, place, language))
        return ((_of(DUE),), (_TITLE, state, whose._replace(heading=None), _NAME))
    whose = _of(DEBTORS, lambda row, language: tuple(map(styled, _whose(row, language, debtor))))
    heads = msg("Engagement, state"), msg("Debtor, clause")
    return ((_of(DUE),), (_TITLE._replace(heading=heads[0]), state), (whose._replace(heading=heads[1]), where, _NAME))


def _of(column: Column[Listed], words: Callable[[ScreenRow, Language], Cell] | None = None) -> Column[ScreenRow]:
    """A column of an obligation, as what a row of the screen says in it: of the first, where no words are given."""
    return Column(
        column.name,
        lambda row: column.value(row.first),
        column.heading,
        words or (lambda row, language: column.cell(row.first, language)),
    )


def _title(row: ScreenRow, _: Language) -> Cell:
    return title_line(row.first) if len(row.alike) == 1 else styled(row.first.obligation.engagement.title, "bold")


def _whose_and_where(row: ScreenRow, place: Column[Listed], language: Language) -> str:
    said = (" ".join(_whose(row, language, debtor)), str(place.cell(row.first, language)))
    return ", ".join(filter(None, said))


def _whose(row: ScreenRow, language: Language, say: Callable[[Obligation, Directory], str]) -> list[str]:
    """Who owes it; of several, in what capacity or who they are, and how many they are."""
    home, one = row.first
    if len(row.alike) == 1:
        return [say(one, home.directory)]
    names = list(dict.fromkeys(debtor(each, home.directory) for _, each in row.alike))
    capacities = {each.debtor.capacities for _, each in row.alike}
    who = ", ".join(names) if len(names) <= _FEW else ""
    if len(names) > 1 and len(capacities) == 1 and one.debtor.capacities:
        who = ", ".join(visible(home.directory.label(name)) for name in one.debtor.capacities)
    return [text for text in (who, _times(row, len(names), language)) if text]


def _times(row: ScreenRow, debtors: int, language: Language) -> str:
    """How many obligations a row stands for, and of what."""
    sites = len({each.sites for _, each in row.alike})
    by_debtor = msgs("× {count} debtor", "× {count} debtors", count=debtors)
    by_site = msgs("× {count} site", "× {count} sites", count=sites)
    parts = [text for count, text in ((debtors, by_debtor), (sites, by_site)) if count > 1]
    if not parts:
        parts = [msgs("× {count} obligation", "× {count} obligations", count=len(row.alike))]
    return " ".join(map(language.text, parts))


def _called(row: ScreenRow, _: Language) -> Cell:
    one = row.first.obligation
    return styled(name(one) if len(row.alike) == 1 else one.engagement.id, "dim")


_TITLE: Column[ScreenRow] = _of(TITLE, _title)._replace(heading=msg("Engagement"))
_STATE: Column[ScreenRow] = _of(STATE, lambda row, language: state_lines(row.first, language))
_NAME: Column[ScreenRow] = Column("id", lambda row: row.first.obligation.id, None, _called)
