"""`qp export`: what people take away, in the format of the program they open it with."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from qp_cli.cli.answers import grouping_of
from qp_cli.cli.commands.deadlines import Within
from qp_cli.cli.completion import complete_words
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
    STATES,
    AsOf,
    ConventionsOption,
    Data,
    GroupBy,
    KnownAt,
    Lang,
    NoCache,
    Output,
    Parties,
    SitesOption,
    StatesOption,
)
from qp_cli.cli.output import emit, for_log, is_terminal
from qp_cli.cli.readings import read_choice, read_length, split_choices
from qp_cli.cli.session import Session
from qp_cli.cli.wording import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

EXPORTS = ("ics", "xlsx", "csv", "md", "json")

Format = Annotated[
    str | None,
    typer.Argument(
        metavar="ics|xlsx|csv|md|json",
        help=marked("A calendar, a workbook, a sheet, a page of Markdown, or records for programs."),
        autocompletion=complete_words(EXPORTS),
    ),
]
ExcelFr = Annotated[
    bool,
    typer.Option(
        "--excel-fr",
        help=marked("With csv: the sheet that a French spreadsheet opens, in words, days as 18/09/2021."),
    ),
]


def export(
    ctx: typer.Context,
    form: Format = None,
    party: Parties = None,
    site: SitesOption = None,
    state: StatesOption = None,
    within: Within = None,
    excel_fr: ExcelFr = False,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """Obligations as a calendar, a workbook, a sheet, a page of Markdown or JSON, to take away."""
    session: Session = ctx.obj
    if form is None:
        raise UsageError(msg("Name a format: qp export {names}", names="|".join(EXPORTS)))
    answer_in, grouping = read_choice(form, EXPORTS, "qp export"), grouping_of(group_by)
    wanted = split_choices(state or (), STATES, "--state")
    length = read_length(within) if within else None
    destination = output or session.output
    if excel_fr and answer_in != "csv":
        raise UsageError(msg("--excel-fr goes with csv: qp export csv --excel-fr"))
    if grouping and (excel_fr or answer_in in {"ics", "xlsx"}):
        raise UsageError(
            msg("--group-by goes with md, csv and json: a calendar or a sheet is filtered where it is read")
        )
    if answer_in == "xlsx" and not destination and is_terminal(sys.stdout):
        raise UsageError(msg("A workbook is no text: name its file, qp export xlsx --output obligations.xlsx"))
    conventions = open_conventions(session, data or (), as_of, names=convention or (), known_at=known_at)
    from qp_cli.cli.exporting import write_export, write_groups
    from qp_cli.law.dates import add_period
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.states import State

    until = add_period(conventions.day, length) if length else None
    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)), until)
    if grouping:
        answer = write_groups(conventions, choice, grouping, answer_in, session.language)
    else:
        answer = write_export(conventions, choice, "excel-fr" if excel_fr else answer_in, session.language)
    if not destination and answer_in != "xlsx":
        answer = for_log(answer, session.environ)
    emit(answer, destination)
    if conventions.code:
        raise typer.Exit(conventions.code)
