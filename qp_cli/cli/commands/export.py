"""`qp export`: what people take away, in the format of the program they open it with."""

from __future__ import annotations

import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qp_cli.app.conventions import absences
from qp_cli.app.known_at import known_words
from qp_cli.app.readings import read_choice
from qp_cli.cli.answers import ask, choice_of, grouping_of, list_answer, say_answering
from qp_cli.cli.completion import complete_words
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_CHOOSING, FOR_READING, Call, taking
from qp_cli.cli.output import emit, for_log, is_terminal
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.render.calendar_ics import CalendarTally
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.portfolio import Grouping

_EXPORTS = ("ics", "xlsx", "csv", "md", "json")

_Format = Annotated[
    str | None,
    typer.Argument(
        metavar="ics|xlsx|csv|md|json",
        help=marked("A calendar, a workbook, a sheet, a page of Markdown, or records for programs."),
        autocompletion=complete_words(_EXPORTS),
    ),
]
_ExcelFr = Annotated[
    bool,
    typer.Option(
        "--excel-fr",
        help=marked("With csv: the sheet that a French spreadsheet opens, in words, days as 18/09/2021."),
    ),
]


@taking(*FOR_READING, *FOR_CHOOSING, "group_by")
def export(form: _Format = None, excel_fr: _ExcelFr = False, *, call: Call) -> None:
    """Obligations as a calendar, a workbook, a sheet, a page of Markdown or JSON, to take away."""
    if form is None:
        raise UsageError(msg("Name a format: qp export {names}", names="|".join(_EXPORTS)))
    answer_in, grouping = read_choice(form, _EXPORTS, "qp export"), grouping_of(call)
    choose = choice_of(call)
    _refuse_unfit(answer_in, call.destination, grouped=grouping is not None, excel_fr=excel_fr)
    conventions = open_conventions(call)
    choice = choose(conventions.day)
    tally: list[CalendarTally] = []
    if answer_in in {"csv", "json"} and not excel_fr:
        answer: bytes | Iterable[bytes] = _in_bytes(
            call.with_known_states(_records(conventions, choice, grouping, answer_in), answer_in)
        )
    elif grouping:
        answer = _in_bytes(_groups(conventions, choice, grouping))
    else:
        answer = _export(conventions, choice, "excel-fr" if excel_fr else answer_in, tally)
    if not call.destination and answer_in != "xlsx":
        answer = for_log(answer, call.session.environ)
    emit(answer, call.destination, answer_in, language=call.language)
    for each in tally:
        call.session.say(each.words(call.language))
    if conventions.code:
        raise typer.Exit(conventions.code)


def _in_bytes(pieces: Iterable[str]) -> Iterator[bytes]:
    """Pieces of text as they go out everywhere."""
    return (piece.encode() for piece in pieces)


def _refuse_unfit(form: str, destination: str | None, *, grouped: bool, excel_fr: bool) -> None:
    """Refuses what a format cannot be asked for.

    Raises:
        UsageError: so it is.
    """
    if excel_fr and form != "csv":
        raise UsageError(msg("--excel-fr goes with csv: qp export csv --excel-fr"))
    if grouped and (excel_fr or form in {"ics", "xlsx"}):
        raise UsageError(
            msg("--group-by goes with md, csv and json: a calendar or a sheet is filtered where it is read")
        )
    if form == "xlsx" and not destination and is_terminal(sys.stdout):
        raise UsageError(msg("A workbook is no text: name its file, qp export xlsx --output obligations.xlsx"))
    if form == "ics" and not destination and is_terminal(sys.stdout):
        raise UsageError(msg("A calendar is for a program: name its file, qp export ics --output obligations.ics"))


def _export(
    conventions: SessionConventions, choice: Choice, form: str, tally: list[CalendarTally]
) -> bytes | Iterable[bytes]:
    """The file to take away, in `ics`, `xlsx`, `excel-fr` or `md`: of one convention, or of several.

    What counts the events of a calendar, as it is written, is put into `tally`.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    from qp_cli.app.gathering import Hearer
    from qp_cli.render.exports import ExportAsked, ExportPart, put_parts_together
    from qp_cli.tracking.filters import Chooser
    from qp_cli.tracking.portfolio import SharedParties

    only, session = conventions.only(), conventions.session
    register = SharedParties() if only else conventions.register
    told = choice._replace(parties=tuple(register.label(name) or name for name in choice.parties))
    parts: Iterator[Any]
    answered = partial(say_answering, session.language)
    asked = ExportAsked(form, choice, told, register, session.language, only is None)
    make = ExportPart(asked, Hearer(session.environ, session.cache()))
    if only:
        chooser = Chooser(choice, register)
        parts = iter((make(only, chooser.choose(only.situation)),))
        chooser.confirm()
        answered(chooser.answering)
    else:
        parts = conventions.gather_chosen(choice, make, register, answered)
    if form == "ics":
        from qp_cli.render.calendar_ics import CalendarTally

        tally.append(CalendarTally())
        parts = tally[0].over(parts)
    return put_parts_together(parts, asked, partial(absences, conventions), lambda: known_words(conventions.known))


def _records(conventions: SessionConventions, choice: Choice, grouping: Grouping | None, form: str) -> Iterator[str]:
    """As `qp deadlines` answers in CSV or JSON: soonest first across the conventions.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    asked, language = ask(conventions, grouping), conventions.session.language
    return list_answer(asked, choice, form, language, grouping=grouping)


def _groups(conventions: SessionConventions, choice: Choice, grouping: Grouping) -> Iterator[str]:
    """The obligations of one convention or of several, put together, as a page of Markdown.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    from qp_cli.render.formats import escape_markdown

    language = conventions.session.language
    pieces = list_answer(ask(conventions, grouping), choice, "md", language, grouping=grouping, level=2)
    first = next(pieces, None)
    said = [
        msg("Obligations on {day}", day=language.full_day(conventions.day)),
        *known_words(conventions.known),
        *absences(conventions),
    ]
    said += [msg("No obligation matches.")] if first is None else []
    lines = [escape_markdown(language.text(each)) for each in said]
    return chain(("\n\n".join((f"# {lines[0]}", *lines[1:], "")),), (first or "",), pieces)
