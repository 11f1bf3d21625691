"""`qp status`: one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from qp_cli.cli.answers import fail_on, finish, form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import AsOf, ConventionsOption, Data, FailOn, Form, GroupBy, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session

if TYPE_CHECKING:
    from qp_cli.render.language import Language
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.situation import Situation


def status(
    ctx: typer.Context,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    fail: FailOn = None,
    no_cache: NoCache = False,
) -> None:
    """The convention on one screen: its term, who stands where, what is overdue, what comes next."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    destination = output or session.output
    shown = screen(session.environ, destination)
    if grouping is None and (opened := conventions.only()):
        text = _answer(opened.situation, answer_in, shown, session.language)
        failing.look_at(opened.situation, opened.situation.obligations)
    else:
        from qp_cli.cli.surveying import survey

        text = survey(conventions, failing, grouping, answer_in, shown, session.language)
    finish(text, destination, failing, session.language, conventions.code)


def _answer(situation: Situation, form: str, shown: Screen, language: Language) -> str:
    """The status of one convention in a format."""
    match form:
        case "json":
            from qp_cli.render.formats import to_json
            from qp_cli.render.records import status_record

            return to_json(status_record(situation))
        case "csv":
            from qp_cli.render.counts import status_csv

            return status_csv(situation)
        case "md":
            from qp_cli.render.counts import status_markdown

            return status_markdown(situation, language)
        case _:
            from qp_cli.render.status import draw_status

            return draw_status(situation, shown, language)
