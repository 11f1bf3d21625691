"""Obligations of several conventions: one list, soonest first, or a list for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.formats import to_csv, to_json_list, to_markdown
from qp_cli.render.grid import cells, headings, legend, texts
from qp_cli.render.listing import MOST
from qp_cli.render.parts import styled, table
from qp_cli.render.portfolio import label, missing
from qp_cli.render.records import COLUMNS, SCHEMA, obligation_record
from qp_cli.tracking.portfolio import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.formats import Lacks
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Held
    from qp_cli.tracking.register import Home
    from qp_cli.tracking.situation import Obligation

    Lists = Mapping[Group, Sequence[Held]]

EVERYTHING = Group("", "")
"""The one group of a list that is not grouped."""


def list_held(
    lists: Lists,
    as_of: date,
    screen: Screen,
    language: Language,
    *,
    empty: Message,
    titles: Mapping[str, Titles],
    others: int = 0,
    absences: Iterable[Message] = (),
) -> str:
    """Each group's obligations, each with its convention; `empty` says that there are none at all.

    `titles` say by convention what is awaited; `others` are the obligations left out of the lists; `absences` say
    what else they lack.
    """
    on = language.text(msg("On {day}", day=language.full_day(as_of)))
    parts: list[Part] = [on, *missing(absences, language)]
    shown: list[Held] = []
    for group, held in lists.items():
        if len(shown) >= MOST:
            break
        heading = [] if group == EVERYTHING else [styled(label(group, language), "bold")]
        rows = held[: MOST - len(shown)]
        parts += ["", *heading, _grid(rows, titles, screen, language)]
        shown += rows
    rest = sum(len(held) for held in lists.values()) + others - len(shown)
    if rest:
        more = msgs("… and {count} more row: use --format csv", "… and {count} more rows: use --format csv", count=rest)
        parts.append(language.text(more))
    if not shown:
        parts += ["", language.text(empty)]
    foot = legend([one.obligation for one in shown], language)
    return screen.draw(*parts, *(["", *foot] if foot else []))


def _grid(held: Sequence[Held], titles: Mapping[str, Titles], screen: Screen, language: Language) -> Part:
    drawn = table(headings(language, wide=screen.is_wide), whole=[0])
    for home, one in held:
        told = titles.get(home.id, str)
        row = cells(one, home, told, language, wide=screen.is_wide, convention=home.label)
        drawn.add_row(*(tuple(styled(each.text, each.style) for each in cell) for cell in row))
    return drawn


def write_held(
    lists: Lists,
    as_of: date,
    form: str,
    language: Language,
    *,
    titles: Mapping[str, Titles],
    level: int = 3,
    lacks: Lacks = list,
) -> str:
    """Every obligation as JSON, CSV or Markdown; in one that is in several groups, each once in JSON and CSV.

    `level` is that of the groups' headings in Markdown; JSON and CSV name what they lack.
    """
    if form == "md":
        return "\n".join(_markdown(group, held, titles, language, "#" * level) for group, held in lists.items())
    once = {(one.home.id, one.obligation.id): one for held in lists.values() for one in held}
    records = (obligation_record(*one) for one in once.values())
    if form == "csv":
        return to_csv(records, COLUMNS, lacks)
    return to_json_list({"schema": SCHEMA, "as_of": as_of.isoformat()}, "obligations", records, lacks)


def _markdown(group: Group, held: Sequence[Held], titles: Mapping[str, Titles], language: Language, marks: str) -> str:
    def row(home: Home, one: Obligation) -> list[str]:
        told = titles.get(home.id, str)
        return texts(one, home, told, language, convention=home.label)

    rows = [row(*one) for one in held]
    drawn = to_markdown(headings(language, wide=True), rows)
    if group == EVERYTHING:
        return drawn
    from qp_cli.render.formats import escape_markdown

    return f"{marks} {escape_markdown(label(group, language))}\n\n{drawn}"
