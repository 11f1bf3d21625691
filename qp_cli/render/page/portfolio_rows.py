"""Obligations of several conventions on one page: the soonest of each table, and how many more there are."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msgs
from qp_cli.render.naming import titles_of
from qp_cli.render.page.rows import AHEAD, DERIVED_FROM_TERM, LATE, Desk, Facets, show_row
from qp_cli.render.page.values import Pair
from qp_cli.render.visible import visible
from qp_cli.tracking.portfolio import Listed, Soonest
from qp_cli.tracking.summary import apart, overdue, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.render.language import Language
    from qp_cli.render.page.rows import Heading
    from qp_cli.render.page.values import Listing, Row
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.portfolio import ConventionRef
    from qp_cli.tracking.situation import Obligation

MOST = 200
"""Rows of a table; the commands named below it list every one."""


class _Table(NamedTuple):
    """A table of the page: what it is called, what is in it, and the command that lists all of that."""

    heading: Heading
    choose: Callable[[Iterable[Obligation]], list[Obligation]]
    command: str


_TABLES = (
    _Table(LATE, overdue, "qp overdue --format csv"),
    _Table(DERIVED_FROM_TERM, apart, "qp deadlines --format csv"),
    _Table(AHEAD, upcoming, "qp deadlines --state due-soon,upcoming --format csv"),
)


class Lists:
    """The tables being filled; a row is put into words only while it is among the soonest."""

    def __init__(self, language: Language, party: str) -> None:
        self._language = language
        self._party = f" --party {quote(party)}" if party else ""
        self._found: list[Soonest[Row]] = [Soonest(MOST) for _ in _TABLES]

    def add(self, home: ConventionRef, dossier: Dossier) -> None:
        """The obligations of one convention more."""
        facts, titles = {fact.id: fact for fact in dossier.facts}, titles_of(dossier.situation.convention)
        desk = Desk(dossier.situation, facts, {}, self._language, titles)
        about, where = Facets(desk), Pair(visible(home.label), visible(home.id))

        def make(held: Listed) -> Row:
            one = held.obligation
            return show_row(one, desk, about.of(one))._replace(home=where)

        for table, found in zip(_TABLES, self._found, strict=True):
            for one in table.choose(dossier.situation.obligations):
                found.offer(Listed(home, one), make)

    def listings(self) -> tuple[Listing, ...]:
        """The tables, each with how many more there are."""
        return tuple(self._listing(*each) for each in zip(_TABLES, self._found, strict=True))

    def _listing(self, table: _Table, found: Soonest[Row]) -> Listing:
        listing = table.heading.listing(found.kept, self._language)
        if not found.others:
            return listing
        more = msgs(
            "… and {count} more, of {total}: {command}",
            "… and {count} more, of {total}: {command}",
            count=found.others,
            total=found.count,
            command=f"{table.command}{self._party}",
        )
        return listing._replace(total=self._language.number(found.count), more=self._language.text(more))
