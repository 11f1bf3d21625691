"""Lists of obligations of one convention or of several, in every format: soonest first, overdue by party, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.rows import rows_in_order
from qp_cli.messages import msg, msgs
from qp_cli.render.columns import CELLS, RECORD, bases, columns_in_words, explained, moves
from qp_cli.render.folding import whole_command
from qp_cli.render.formats import Answer, escape_markdown
from qp_cli.render.headings import heading, label, missing, named_apart
from qp_cli.render.layout import styled
from qp_cli.render.naming import answering_words, only_typed
from qp_cli.render.plain_writer import width_of
from qp_cli.render.rows import draw_screen_rows, together
from qp_cli.render.wording import counted
from qp_cli.tracking.portfolio import Grouping, grouped, is_coming
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.app.answers import Asked, Chosen
    from qp_cli.app.rows import Rows
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.deadlines import Basis
    from qp_cli.tracking.portfolio import Listed, TallyGroup
    from qp_cli.tracking.renewal import MoveKind


MOST_ROWS = 200
"""Rows of a table on screen; machine formats hold every one."""
_SEEN_AT_ONCE = 20
"""So many rows need no total: nobody scrolls to see them all."""


class _Section(NamedTuple):
    """A table of obligations under its title; without any rows, a sentence.

    Attributes:
        explained: whether the foot says what the marks of its dates mean, where its title does not.
    """

    title: Part | None
    rows: Sequence[Listed] | None = None
    explained: bool = True


def draw_deadlines(
    found: Chosen,
    grouping: Grouping | None,
    screen: Screen,
    language: Language,
    typed: str = "",
    onward: str = "",
) -> str:
    """Each obligation with its deadline, soonest first, then those without one; or so for each group.

    The options that were `typed` are those of the command that shows the rest; `onward` is the command that lists
    what is overdue, where a table too long for a screen leaves that out.
    """
    nothing = language.text(msg("Nothing more is awaited.") if found.over else msg("No obligation matches."))
    if found.only and not found.listed and not found.over:
        return "\n".join((*map(language.text, answering_words(found.answering, language)), nothing)) + "\n"
    sections = [_Section(None, found.listed)] if found.listed else []
    beside: Sequence[Message] = ()
    if grouping:
        groups = grouped(found.listed, grouping, found.asked.shared)
        sections = [_group(label(group, language), rows, found, language) for group, rows in groups.items()]
        beside = named_apart(groups) if grouping is Grouping.PARTY and not found.only else ()
    if not found.listed:
        sections.append(_Section(nothing))
    return _draw(found, sections, MOST_ROWS, screen, language, ("qp deadlines", typed), beside, onward)


def draw_overdue(found: Chosen, grouping: Grouping | None, screen: Screen, language: Language, typed: str = "") -> str:
    """The overdue ones by party, days late, or by what is asked; those whose date is derived from the term apart.

    The options that were `typed` are those of the command that shows the rest.
    """
    written = [one for one in found.listed if not one.obligation.derived]
    derived = [one for one in found.listed if one.obligation.derived]
    groups = grouped(written, grouping or Grouping.PARTY, found.asked.shared)
    sections = [_group(_late(group, found, language), rows, found, language) for group, rows in groups.items()]
    if not written and (found.only or not derived):
        sections.append(_Section(language.text(msg("Nothing is overdue by a date of the text."))))
    if derived:
        title = msg("Date derived from the term, not written in the text (counted apart)")
        sections.append(_group(language.text(title), derived, found, language, explained=not found.only))
    beside = () if found.only or (grouping or Grouping.PARTY) is not Grouping.PARTY else named_apart(groups)
    return _draw(found, sections, None if found.only else MOST_ROWS, screen, language, ("qp overdue", typed), beside)


def _late(group: TallyGroup, found: Chosen, language: Language) -> str:
    """What is said of a group of overdue ones: among several conventions, which it is."""
    if not found.only:
        return label(group, language)
    return language.text(msg("{party}: deadline passed, no fulfilment recorded", party=group.label))


def _group(
    title: str, rows: Sequence[Listed], found: Chosen, language: Language, *, explained: bool = True
) -> _Section:
    """A group under its title, which says in a long list how many they are, those too that are not shown."""
    counted_too = msg("{title} ({count})", title=title, count=language.number(len(rows)))
    return _Section(_bold(counted_too if len(found.listed) > _SEEN_AT_ONCE else title, language), rows, explained)


def _shortened(sections: Sequence[_Section], most: int) -> list[_Section]:
    """The sections with `most` rows together: what comes first of all, then the others, as they stand."""
    places = [(section, place) for section, each in enumerate(sections) for place in range(len(each.rows or ()))]
    if len(places) <= most:
        return list(sections)
    ahead = [each for each in places if is_coming((sections[each[0]].rows or ())[each[1]])]
    known = set(ahead)
    kept = set([*ahead, *(each for each in places if each not in known)][:most])
    return [
        section._replace(rows=[row for place, row in enumerate(section.rows or ()) if (number, place) in kept])
        for number, section in enumerate(sections)
        if section.rows is None or any((number, place) in kept for place in range(len(section.rows)))
    ]


def _bold(text: Message | str, language: Language) -> Part:
    return styled(text if isinstance(text, str) else language.text(text), "bold")


def _draw(
    found: Chosen,
    sections: Sequence[_Section],
    most: int | None,
    screen: Screen,
    language: Language,
    command: tuple[str, str],
    beside: Sequence[Message] = (),
    onward: str = "",
) -> str:
    """The convention, or the day and what is lacking; each section; how many more rows there are than `most`.

    What is said `beside` stands at the foot, after how many there are in all. The `command` shows the rest, with a
    further option between its parts.
    """
    parts = _head(found, language)
    drawn: list[_Section] = []
    shown = sections if most is None else _shortened(sections, most)
    for title, rows, says in shown:
        parts += ["", *((title,) if title else ())]
        if rows is not None:
            parts.append(draw_screen_rows(together(rows), screen, language, several=not found.only))
            drawn.append(_Section(title, rows, says))
    parts += _of_rest(sections, shown, found, command, onward, screen, language)
    total = len(found.listed) + found.others
    summed = msgs("{count} obligation in all", "{count} obligations in all", count=total)
    foot: list[Part] = [
        *([language.text(summed)] if total > _SEEN_AT_ONCE else []),
        *map(language.text, beside),
        *_left_out(found, f"{command[0]} --all{command[1]}", screen, language),
        *explained(_used(drawn), language),
    ]
    return screen.draw(*parts, *(["", *foot] if foot else []))


def _used(sections: Iterable[_Section]) -> set[Basis | MoveKind]:
    """What the dates of these rest on that no title says, and what moved them."""
    used: set[Basis | MoveKind] = set()
    for each in sections:
        listed = [row.obligation for row in each.rows or ()]
        used |= bases(listed) if each.explained else moves(listed)
    return used


def _of_rest(
    sections: Sequence[_Section],
    shown: Sequence[_Section],
    found: Chosen,
    command: tuple[str, str],
    onward: str,
    screen: Screen,
    language: Language,
) -> list[Part]:
    """How many rows there are besides those shown: those overdue, with the command that lists them, then the others."""
    rest = _count(sections) - _count(shown) + found.others
    late = _overdue(sections) - _overdue(shown) + found.others_overdue if onward and rest else 0
    parts: list[Part] = []
    if late:
        every = " --format csv" if not found.only and late + _overdue(shown) > MOST_ROWS else ""
        said = msgs(
            "… and {count} more that is overdue: {command}",
            "… and {count} more that are overdue: {command}",
            count=late,
            command=f"{onward}{every}",
        )
        parts += whole_command(language.text(said), screen.width)
    if left := rest - late:
        more = msgs(
            "… and {count} more row: {command}",
            "… and {count} more rows: {command}",
            count=left,
            command=f"{command[0]} --format csv{command[1]}",
        )
        parts += whole_command(language.text(more), screen.width)
    return parts


def _count(sections: Iterable[_Section]) -> int:
    return sum(len(each.rows or ()) for each in sections)


def _overdue(sections: Iterable[_Section]) -> int:
    return sum(row.obligation.state is State.OVERDUE for each in sections for row in each.rows or ())


def _left_out(found: Chosen, command: str, screen: Screen, language: Language) -> list[Part]:
    """How many obligations the table leaves out because nothing is awaited of them, and in what states they are."""
    if not found.over:
        return []
    states = ", ".join(language.text(counted(state, number)) for state, number in found.over.items())
    text = msgs(
        "{count} obligation of which nothing more is awaited is left out ({states}). To see it:",
        "{count} obligations of which nothing more is awaited are left out ({states}). To see them:",
        count=sum(found.over.values()),
        states=states,
    )
    said = language.text(text)
    whole = f"{said} {command}"
    return [whole] if width_of(whole) <= screen.width else [said, *whole_command(command, screen.width)]


def _head(found: Chosen, language: Language) -> list[Part]:
    answering = [styled(language.text(each)) for each in answering_words(found.answering, language)]
    if found.only:
        said = [only_typed(found.choice, language, *found.beside)] if found.choice.until or any(found.beside) else []
        return [heading(found.only, language), *said, *answering]
    count = msgs("{count} convention", "{count} conventions", count=found.conventions)
    on = language.text(msg("On {day}", day=language.full_day(found.asked.day)))
    asked = filter(None, (only_typed(found.choice, language, *found.beside),))
    return [_bold(count, language), on, *asked, *missing(found.asked.absences(), language), *answering]


def write_list(found: Chosen, grouping: Grouping | None, form: str, language: Language, *, level: int = 3) -> str:
    """Every obligation as JSON, CSV or Markdown; in one that is in several groups, each once in JSON and CSV.

    `level` is that of the groups' headings in Markdown; JSON and CSV name what they lack.
    """
    write = ListRow(form, language, several=not found.only)
    rows = rows_in_order(found.listed, write, grouping, found.asked.shared)
    return "".join(list_pieces(rows, found.asked, grouping, form, language, level=level))


def _answer(*, several: bool) -> Answer[Listed]:
    return Answer("obligations", (), RECORD, columns_in_words(several=several), flat=CELLS)


class ListRow:
    """What puts an obligation into a row of JSON, CSV or Markdown."""

    def __init__(self, form: str, language: Language, *, several: bool) -> None:
        self._form = form
        self._language = language
        self._several = several

    def __call__(self, listed: Listed) -> str:
        """Its row, as `list_pieces` has it."""
        return _answer(several=self._several).row(listed, self._form, self._language)


def list_pieces(
    rows: Rows, asked: Asked, grouping: Grouping | None, form: str, language: Language, *, level: int = 3
) -> Iterator[str]:
    """Every obligation as JSON, CSV or Markdown; in one that is in several groups, each once in JSON and CSV.

    `level` is that of the groups' headings in Markdown; JSON and CSV name what they lack.
    """
    head = {"as_of": asked.day.isoformat()}
    answer = _answer(several=not asked.alone)._replace(head=head, lacks=asked.left_out)
    if grouping is None or form != "md":
        yield from answer.pieces(rows.texts(), form, language)
        return
    marks = f"{'#' * level} "
    for group, texts in rows.by_group():
        if group:
            yield f"{marks}{escape_markdown(label(group, language))}\n\n"
            marks = f"\n{'#' * level} "
        yield from answer.pieces(texts, form, language)
