"""Several conventions on one screen: a row each, what they share, what is overdue and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.formats import named_absences, to_csv, to_markdown
from qp_cli.render.grid import debtor, due, name, where
from qp_cli.render.parts import styled, table
from qp_cli.render.records import SCHEMA, Record
from qp_cli.render.visible import visible
from qp_cli.render.wording import COLUMNS
from qp_cli.tracking.portfolio import Grouping
from qp_cli.tracking.summary import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.formats import Lacks
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Line, Part
    from qp_cli.render.records import Record
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.overview import Overview
    from qp_cli.tracking.portfolio import Group, Held, Tally
    from qp_cli.tracking.soonest import Soonest

MOST = 40
"""Rows of a table on the screen; machine formats hold every one."""
LINES = 5
"""The soonest obligations of a list, at the most."""
_ZERO = "·"
HEADINGS: dict[Grouping, Message] = {
    Grouping.CONVENTION: msg("Convention"),
    Grouping.PARTY: msg("Party"),
    Grouping.CLAUSE: msg("Clause"),
    Grouping.SITE: msg("Site"),
}


def draw_overview(
    overview: Overview,
    screen: Screen,
    language: Language,
    grouping: Grouping | None = None,
    by: Sequence[Tally] | None = None,
    absences: Iterable[Message] = (),
) -> str:
    """The conventions, within 80 columns; `by` are the groups to count by instead, under their own heading.

    `absences` say what the counts lack.
    """
    count = msgs("{count} convention", "{count} conventions", count=len(overview.conventions))
    parts: list[Part] = [styled(language.text(count), "bold")]
    parts.append(language.text(msg("On {day}", day=language.full_day(overview.as_of))))
    parts += [*missing(absences, language), ""]
    return screen.draw(*parts, *_tables(overview, language, grouping, by), *_lists(overview, language))


def missing(absences: Iterable[Message], language: Language) -> list[Part]:
    """What an answer lacks, as nobody should miss."""
    return [styled(language.text(each), "yellow") for each in absences]


def _tables(
    overview: Overview, language: Language, grouping: Grouping | None, by: Sequence[Tally] | None
) -> list[Part]:
    if grouping and by is not None:
        return _tallies(HEADINGS[grouping], by, language)
    parts = _tallies(HEADINGS[Grouping.CONVENTION], overview.conventions, language, overview.total)
    if overview.shared:
        parts += ["", *_tallies(msg("Across conventions"), overview.shared, language)]
    return parts


def _tallies(heading: Message, tallies: Sequence[Tally], language: Language, total: Tally | None = None) -> list[Part]:
    """A row per group; the sum of all of them last."""
    columns = list(Column)
    drawn = table(
        [language.text(heading), *(language.text(COLUMNS[each]) for each in columns)],
        numbers=range(1, len(columns) + 1),
    )
    for tally in tallies[:MOST]:
        drawn.add_row(_called(tally.group, language), *(_count(tally, each) for each in columns))
    if total:
        drawn.add_row(styled(language.text(msg("Total")), "bold"), *(_count(total, each) for each in columns))
    parts: list[Part] = [drawn]
    if len(tallies) > MOST:
        more = msgs(
            "… and {count} more row: use --format csv",
            "… and {count} more rows: use --format csv",
            count=len(tallies) - MOST,
        )
        parts.append(language.text(more))
    return parts


def label(group: Group, language: Language) -> str:
    """What a group is called; one of a single convention says which."""
    text = group_name(group, language)
    if not group.home:
        return text
    return language.text(msg("{name} ({convention})", name=text, convention=group.home))


def group_name(group: Group, language: Language) -> str:
    """What a group is called in its convention, or across them."""
    return visible(group.label) or language.text(msg("not said"))


def _called(group: Group, language: Language) -> Line:
    """The same for a column, the convention on a line of its own."""
    said = styled(group_name(group, language))
    return said.append(f"\n{visible(group.home)}", "dim") if group.home else said


def _count(tally: Tally, each: Column) -> Line:
    number = tally.counts[each]
    alarming = each is Column.OVERDUE and number
    return styled(str(number) if number else _ZERO, "bold red" if alarming else "" if number else "dim")


def _lists(overview: Overview, language: Language) -> list[Part]:
    late = msg("Deadline passed, no fulfilment recorded")
    apart = msg("Date derived from the term, not written in the text (counted apart)")
    parts: list[Part] = [""]
    if overview.overdue.count:
        parts += [styled(language.text(late), "bold red"), *_lines(overview.overdue, language)]
    else:
        parts.append(styled(language.text(msg("Nothing is overdue by a date of the text.")), "green"))
    if overview.derived.count:
        parts += [styled(language.text(apart), "bold"), *_lines(overview.derived, language)]
    if overview.upcoming.count:
        parts += [styled(language.text(msg("Next")), "bold"), *_lines(overview.upcoming, language)]
    else:
        parts.append(styled(language.text(msg("Next: no other dated deadline ahead.")), "dim"))
    return parts


def _lines(found: Soonest[Held], language: Language) -> list[Part]:
    """The soonest, each with its convention, and how many more there are."""
    drawn = table(["", ""], whole=[0])
    for home, one in found.kept:
        said = styled("").append_line(styled(name(one), "bold")).append(f"  {debtor(one, home.directory)}\n")
        said.append_line(styled(where(home.label, one.engagement.clause, language), "dim"))
        drawn.add_row(styled(f"  {due(one, language)}"), said)
    parts: list[Part] = [drawn]
    if found.others:
        more = msgs("  … and {count} more: qp deadlines", "  … and {count} more: qp deadlines", count=found.others)
        parts.append(language.text(more))
    return parts


def overview_record(
    overview: Overview, conventions: Sequence[Record], by: Sequence[Tally] = (), lacks: Lacks = list
) -> Record:
    """What `status` answers about several conventions: theirs, then the counts across them."""
    return {
        "schema": SCHEMA,
        "as_of": overview.as_of.isoformat(),
        "conventions": list(conventions),
        "shared_parties": [tally_record(each) for each in overview.shared],
        "groups": [tally_record(each) for each in by],
        "total": {column.value: overview.total.counts[column] for column in Column},
        **named_absences(lacks),
    }


def tally_record(tally: Tally) -> Record:
    """One group with its counts."""
    return {
        "id": tally.group.key,
        "name": tally.group.label,
        "convention": tally.group.home or None,
        **{column.value: tally.counts[column] for column in Column},
        "derived_from_term": tally.derived,
        "next_due": tally.next_due.isoformat() if tally.next_due else None,
    }


def tallies_csv(tallies: Sequence[Tally], lacks: Lacks = list) -> str:
    """One line per group, then one for each convention that the counts lack."""
    columns = ("id", "name", "convention", *(each.value for each in Column), "derived_from_term", "next_due")
    return to_csv(map(tally_record, tallies), columns, lacks)


def tallies_markdown(grouping: Grouping, tallies: Sequence[Tally], language: Language) -> str:
    """One row per group, headings in the reader's language."""
    headings = [language.text(HEADINGS[grouping]), *(language.text(COLUMNS[each]) for each in Column)]
    rows = [[label(tally.group, language), *(str(tally.counts[each]) for each in Column)] for tally in tallies]
    return to_markdown(headings, rows)
