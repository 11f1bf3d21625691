"""`qp export`: what people take away, in the format of the program they open it with."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.conventions import absences, left_out
from qp_cli.app.readings import read_choice
from qp_cli.cli.answers import choice_of, grouping_of, say_answering
from qp_cli.cli.completion import complete_words
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_CHOOSING, FOR_READING, Call, taking
from qp_cli.cli.output import for_log, is_terminal
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.app.opening import Opened
    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.cli.session import Session
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef, Grouping
    from qp_cli.tracking.situation import Obligation

    _Chosen = Callable[[Ledger], list[Obligation]]

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
    if grouping:
        answer = _groups(conventions, choice, grouping, answer_in)
    else:
        answer = _export(conventions, choice, "excel-fr" if excel_fr else answer_in)
    if not call.destination and answer_in != "xlsx":
        answer = for_log(answer, call.session.environ)
    call.give(answer, conventions.code)


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


def _export(conventions: SessionConventions, choice: Choice, form: str) -> bytes:
    """The file to take away, in `ics`, `xlsx`, `csv`, `excel-fr`, `md` or `json`: of one convention, or of several.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    from qp_cli.tracking.filters import Chooser
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.summary import soonest

    only, language = conventions.only(), conventions.session.language
    register = SharedParties() if only else conventions.register
    chooser = Chooser(choice, register)
    told = choice._replace(parties=tuple(register.label(name) or name for name in choice.parties))

    def chosen(ledger: Ledger) -> list[Obligation]:
        return soonest(chooser.choose(ledger.situation))

    opened = (only,) if only else conventions
    ledgers = (each.ledger for each in opened)
    lacks = partial(absences, conventions)
    match form:
        case "ics":
            from qp_cli.render.calendar_ics import write_calendar
            from qp_cli.tracking.calendar_days import keeps_term

            kept, several = partial(keeps_term, choice=choice), only is None
            edited = map(partial(_with_edits, conventions.session), opened)
            written = write_calendar(
                edited, chosen, language, with_term=kept, people=told.parties, several=several, lacks=lacks
            )
        case "xlsx":
            from qp_cli.render.workbook.book import write_workbook

            written = write_workbook(ledgers, chosen, language, lacks)
        case "excel-fr":
            from qp_cli.render.workbook.obligations import excel_csv

            written = excel_csv(ledgers, chosen, language, lacks)
        case "md":
            from qp_cli.render.markdown import markdown_page

            written = markdown_page(ledgers, chosen, language, told, lacks).encode()
        case _:
            written = _records(ledgers, chosen, form, conventions).encode()
    chooser.confirm()
    say_answering(language, chooser.answering)
    return written


def _with_edits(session: Session, opened: Opened) -> Ledger:
    """A convention's ledger with the edits of its text that git knows of, up to the revision it was read from."""
    from qp_cli.store.edits import edits_of

    revision = opened.revision.commit if opened.revision else "HEAD"
    return opened.ledger._replace(edits=edits_of(opened.folder, session.environ, revision))


def _records(ledgers: Iterable[Ledger], chosen: _Chosen, form: str, conventions: SessionConventions) -> str:
    """As `qp deadlines` answers in CSV or JSON: soonest first across the conventions."""
    from qp_cli.render.columns import RECORD
    from qp_cli.render.formats import write_csv, write_json
    from qp_cli.tracking.portfolio import Listed, convention_ref
    from qp_cli.tracking.summary import soonest

    found: list[Obligation] = []
    homes: dict[int, ConventionRef] = {}
    for ledger in ledgers:
        home, own = convention_ref(ledger.situation), chosen(ledger)
        found += own
        homes |= dict.fromkeys(map(id, own), home)
    rows = (Listed(homes[id(one)], one) for one in soonest(found))
    lacks = partial(left_out, conventions)
    if form == "csv":
        return write_csv(RECORD, rows, lacks)
    return write_json({"as_of": conventions.day.isoformat()}, "obligations", RECORD, rows, lacks)


def _groups(conventions: SessionConventions, choice: Choice, grouping: Grouping, form: str) -> bytes:
    """The obligations of one convention or of several, put together, in `csv`, `md` or `json`.

    Raises:
        QpError: nothing can be read, or a name is unknown in every convention.
    """
    from qp_cli.app.answers import list_chosen
    from qp_cli.cli.answers import ask
    from qp_cli.render.formats import escape_markdown
    from qp_cli.render.lists import write_list

    found, language = list_chosen(ask(conventions, grouping), choice), conventions.session.language
    text = write_list(found, grouping, form, language, level=2)
    if form != "md":
        return text.encode()
    on = msg("Obligations on {day}", day=language.full_day(conventions.day))
    lacks = [escape_markdown(language.text(each)) for each in absences(conventions)]
    empty = [] if found.listed else [escape_markdown(language.text(msg("No obligation matches.")))]
    return "\n\n".join([f"# {escape_markdown(language.text(on))}", *lacks, *empty, text]).encode()
