"""Lists of obligations of one convention or of several, in every format: soonest first, overdue by party, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.rows import rows_in_order
from qp_cli.messages import msg, msgs
from qp_cli.render.columns import CELLS, RECORD, columns_in_words, legend
from qp_cli.render.formats import Answer, escape_markdown
from qp_cli.render.headings import heading, label, missing, named_apart
from qp_cli.render.layout import styled
from qp_cli.render.naming import answering_words, only_typed
from qp_cli.render.rows import draw_screen_rows, together
from qp_cli.render.wording import counted
from qp_cli.tracking.portfolio import Grouping, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.app.answers import Asked, Chosen
    from qp_cli.app.rows import Rows
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Listed, TallyGroup


MOST_ROWS = 200
"""Rows of a table on screen; machine formats hold every one."""


class _Section(NamedTuple):
    """A table of obligations under its title; without any rows, a sentence.

    Attributes:
        explained: whether the foot says what the marks of its dates mean, where its title does not.
    """

    title: Part | None
    rows: Sequence[Listed] | None = None
    explained: bool = True


def draw_deadlines(found: Chosen, grouping: Grouping | None, screen: Screen, language: Language) -> str:
    """Each obligation with its deadline, soonest first, then those without one; or so for each group."""
    nothing = language.text(msg("Nothing more is awaited.") if found.over else msg("No obligation matches."))
    if found.only and not found.listed and not found.over:
        return "\n".join((*map(language.text, answering_words(found.answering, language)), nothing)) + "\n"
    sections = [_Section(None, found.listed)] if found.listed else []
    beside: Sequence[Message] = ()
    if grouping:
        groups = grouped(found.listed, grouping, found.asked.shared)
        sections = [_Section(styled(label(group, language), "bold"), rows) for group, rows in groups.items()]
        beside = named_apart(groups) if grouping is Grouping.PARTY and not found.only else ()
    if not found.listed:
        sections.append(_Section(nothing))
    return _draw(found, sections, MOST_ROWS, screen, language, beside)


def draw_overdue(found: Chosen, grouping: Grouping | None, screen: Screen, language: Language) -> str:
    """The overdue ones by party, days late, or by what is asked; those whose date is derived from the term apart."""
    written = [one for one in found.listed if not one.obligation.derived]
    derived = [one for one in found.listed if one.obligation.derived]
    groups = grouped(written, grouping or Grouping.PARTY, found.asked.shared)
    sections = [_Section(_bold(_late(group, found, language), language), rows) for group, rows in groups.items()]
    if not written and (found.only or not derived):
        sections.append(_Section(language.text(msg("Nothing is overdue by a date of the text."))))
    if derived:
        title = msg("Date derived from the term, not written in the text (counted apart)")
        sections.append(_Section(_bold(title, language), derived, explained=not found.only))
    beside = () if found.only or (grouping or Grouping.PARTY) is not Grouping.PARTY else named_apart(groups)
    return _draw(found, sections, None if found.only else MOST_ROWS, screen, language, beside)


def _late(group: TallyGroup, found: Chosen, language: Language) -> Message | str:
    """What is said of a group of overdue ones: among several conventions, which it is."""
    if not found.only:
        return label(group, language)
    return msg("{party}: deadline passed, no fulfilment recorded", party=group.label)


def _bold(text: Message | str, language: Language) -> Part:
    return styled(text if isinstance(text, str) else language.text(text), "bold")


def _draw(
    found: Chosen,
    sections: Sequence[_Section],
    most: int | None,
    screen: Screen,
    language: Language,
    beside: Sequence[Message] = (),
) -> str:
    """The convention, or the day and what is lacking; each section; how many more rows there are than `most`.

    What is said `beside` stands at the foot.
    """
    parts, shown = _head(found, language), 0
    explained: list[Listed] = []
    for title, rows, says in sections:
        if rows is not None and most is not None:
            if shown >= most:
                break
            rows = rows[: most - shown]  # noqa: PLW2901
        parts += ["", *((title,) if title else ())]
        if rows is not None:
            parts.append(draw_screen_rows(together(rows), screen, language, several=not found.only))
            shown += len(rows)
            explained += rows if says else ()
    if rest := sum(len(section.rows or ()) for section in sections) + found.others - shown:
        more = msgs("… and {count} more row: use --format csv", "… and {count} more rows: use --format csv", count=rest)
        parts.append(language.text(more))
    foot = [
        *map(language.text, beside),
        *_left_out(found, language),
        *legend([one.obligation for one in explained], language),
    ]
    return screen.draw(*parts, *(["", *foot] if foot else []))


def _left_out(found: Chosen, language: Language) -> list[str]:
    """How many obligations the table leaves out because nothing is awaited of them, and in what states they are."""
    if not found.over:
        return []
    states = ", ".join(language.text(counted(state, number)) for state, number in found.over.items())
    text = msgs(
        "{count} obligation of which nothing more is awaited is left out ({states}): --all shows it",
        "{count} obligations of which nothing more is awaited are left out ({states}): --all shows them",
        count=sum(found.over.values()),
        states=states,
    )
    return [language.text(text)]


def _head(found: Chosen, language: Language) -> list[Part]:
    answering = [styled(language.text(each)) for each in answering_words(found.answering, language)]
    if found.only:
        until = [only_typed(found.choice, language)] if found.choice.until else []
        return [heading(found.only, language), *until, *answering]
    count = msgs("{count} convention", "{count} conventions", count=found.conventions)
    on = language.text(msg("On {day}", day=language.full_day(found.asked.day)))
    asked = filter(None, (only_typed(found.choice, language),))
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
