"""From a chosen list of obligations to an answer, and to the exit code `--fail-on` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import typer

from qp_cli.cli.failing import FailOn
from qp_cli.cli.options import FAIL_ON, FORMATS, GROUPINGS
from qp_cli.cli.output import emit, say
from qp_cli.cli.readings import read_choice, split_choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.cli.session import Session
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import Grouping
    from qp_cli.tracking.situation import Obligation, Situation


def form_of(session: Session, option: str | None) -> str:
    """The format asked for, before or after the command; a table when none is."""
    return read_choice(option or session.form or "table", FORMATS, "--format")


def fail_on(option: Sequence[str] | None) -> FailOn:
    """What makes the command exit with 1."""
    return FailOn(split_choices(option or (), FAIL_ON, "--fail-on"))


def grouping_of(option: str | None) -> Grouping | None:
    """What `--group-by` asks for; None where it is not given."""
    if option is None:
        return None
    from qp_cli.tracking.portfolio import Grouping

    return Grouping(read_choice(option, GROUPINGS, "--group-by"))


def machine_answer(situation: Situation, obligations: Sequence[Obligation], form: str, language: Language) -> str:
    """Every obligation as JSON, CSV or Markdown."""
    from qp_cli.render.formats import to_csv, to_json, to_markdown
    from qp_cli.render.grid import headings, texts
    from qp_cli.render.naming import titles_of
    from qp_cli.render.records import COLUMNS, obligation_record, obligations_record

    if form == "json":
        return to_json(obligations_record(situation, obligations))
    if form == "csv":
        return to_csv((obligation_record(situation, one) for one in obligations), COLUMNS)
    titles = titles_of(situation.convention)
    rows = [texts(one, situation, titles, language) for one in obligations]
    return to_markdown(headings(language, wide=True), rows)


def finish(text: str, destination: str | None, failing: FailOn, language: Language, code: int = 0) -> None:
    """Gives the answer, then says what `--fail-on` met and exits with 1, or as the conventions left out ask.

    Raises:
        typer.Exit: with code 1, as `--fail-on` asks, or with `code`.
    """
    emit(text, destination)
    for line in failing.lines(language):
        say(line)
    if failing.failed:
        raise typer.Exit(FAILED)
    if code:
        raise typer.Exit(code)


FAILED: Literal[1] = 1
