"""What several conventions answer: counted for `status`, listed for `deadlines` and `overdue`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.cli.absences import absences, left_out
from qp_cli.messages import msg
from qp_cli.render.holdings import EVERYTHING, list_held, write_held
from qp_cli.render.naming import titles_of
from qp_cli.render.portfolio import (
    LINES,
    draw_overview,
    overview_record,
    tallies_csv,
    tallies_markdown,
)
from qp_cli.tracking.choosing import Chooser
from qp_cli.tracking.overview import overview
from qp_cli.tracking.portfolio import Counter, Group, Grouping, Held, by_date, grouped, home_of
from qp_cli.tracking.soonest import Soonest, itself

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qp_cli.cli.conventions import Conventions
    from qp_cli.cli.failing import FailOn
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.render.records import Record
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.selection import Choice
    from qp_cli.tracking.situation import Situation
    from qp_cli.tracking.states import State


def survey(
    conventions: Conventions,
    failing: FailOn,
    grouping: Grouping | None,
    form: str,
    screen: Screen,
    language: Language,
) -> str:
    """The status of several conventions in a format; `failing` sees every obligation of theirs."""
    counter = Counter() if grouping not in {None, Grouping.CONVENTION} else None
    records: list[Record] = []

    def each() -> Iterator[Situation]:
        for opened in conventions:
            situation = opened.situation
            failing.look_at(situation, situation.obligations)
            if form == "json":
                from qp_cli.render.records import convention_record

                records.append(convention_record(situation))
            if counter and grouping:
                home = home_of(situation)
                for one in situation.obligations:
                    counter.count(Held(home, one), grouping, conventions.register)
            yield situation

    found = overview(each(), conventions.register, conventions.day, LINES)
    by = counter.tallies() if counter else None
    tallies: list[Tally] = by if by is not None else list(found.conventions)
    match form:
        case "json":
            from qp_cli.render.formats import to_json

            return to_json(overview_record(found, records, by or (), partial(left_out, conventions)))
        case "csv":
            return tallies_csv(tallies, partial(left_out, conventions))
        case "md":
            return tallies_markdown(grouping or Grouping.CONVENTION, tallies, language)
        case _:
            return draw_overview(found, screen, language, grouping, by, absences(conventions))


class Holding(NamedTuple):
    """What is chosen in several conventions, soonest first.

    Attributes:
        kept: the obligations in the state that is asked for; all of them where none is.
        others: how many more there are, where only the first were to be kept.
        titles: by convention, what is awaited is called.
    """

    kept: Sequence[Held]
    others: int = 0
    titles: Mapping[str, Titles] = {}


def hold(
    conventions: Conventions,
    choice: Choice,
    failing: FailOn | None = None,
    *,
    keep: State | None = None,
    most: int | None = None,
) -> Holding:
    """What is chosen in every convention, each let go once it was looked at; the first `most` alone, where so said.

    `failing` sees everything that is chosen.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    chooser = Chooser(choice, conventions.register)
    kept: list[Held] = []
    first: Soonest[Held] = Soonest(most or 0)
    titles: dict[str, Titles] = {}
    for opened in conventions:
        home = home_of(opened.situation)
        chosen = chooser.choose(opened.situation)
        if names := {name for one in chosen for name in one.deadline.waiting_for}:
            titles[home.id] = titles_of(opened.situation.convention, names)
        if failing:
            failing.look_at(opened.situation, chosen)
        for one in chosen:
            if keep not in {None, one.state}:
                continue
            if most:
                first.offer(Held(home, one), itself)
            else:
                kept.append(Held(home, one))
    chooser.confirm()
    if most:
        return Holding(first.kept, first.others, titles)
    return Holding(by_date(kept), titles=titles)


def write(
    conventions: Conventions,
    held: Holding,
    grouping: Grouping | None,
    form: str,
    screen: Screen,
    language: Language,
) -> str:
    """A list of obligations in a format, or a list for each group."""
    lists = grouped(held.kept, grouping, conventions.register) if grouping else {EVERYTHING: held.kept}
    if form != "table":
        named = partial(left_out, conventions)
        return write_held(lists, conventions.day, form, language, titles=held.titles, lacks=named)
    empty, lacks = msg("No obligation matches."), absences(conventions)
    return list_held(
        lists,
        conventions.day,
        screen,
        language,
        empty=empty,
        titles=held.titles,
        others=held.others,
        absences=lacks,
    )


def write_overdue(
    conventions: Conventions,
    held: Holding,
    grouping: Grouping | None,
    form: str,
    screen: Screen,
    language: Language,
) -> str:
    """The overdue ones in a format, by party where nothing else is asked; those by a date of the term come last."""
    if form != "table":
        return write(conventions, held, grouping, form, screen, language)
    written = [one for one in held.kept if not one.obligation.derived]
    derived = [one for one in held.kept if one.obligation.derived]
    lists: dict[Group, Sequence[Held]] = {}
    lists |= grouped(written, grouping or Grouping.PARTY, conventions.register)
    if derived:
        apart = msg("Date derived from the term, not written in the text (counted apart)")
        lists[Group("*", language.text(apart))] = derived
    empty = msg("Nothing is overdue by a date of the text.")
    lacks = absences(conventions)
    return list_held(lists, conventions.day, screen, language, empty=empty, titles=held.titles, absences=lacks)
