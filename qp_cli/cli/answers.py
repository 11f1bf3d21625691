"""From the options to what is asked, and from an answer to the exit code `--fail-on` asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import typer

from qp_cli.app.readings import read_choice, split_choices
from qp_cli.cli.failing import FailingStates
from qp_cli.cli.options import FAIL_ON, FORMATS, GROUPINGS
from qp_cli.cli.output import emit, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.app.answers import Asked
    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.cli.session import Session
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import Grouping


def form_of(session: Session, option: str | None) -> str:
    """The format asked for, before or after the command; a table when none is."""
    return read_choice(option or session.form or "table", FORMATS, "--format")


def fail_on(option: Sequence[str] | None) -> FailingStates:
    """What makes the command exit with 1."""
    return FailingStates(split_choices(option or (), FAIL_ON, "--fail-on"))


def grouping_of(option: str | None) -> Grouping | None:
    """What `--group-by` asks for; None where it is not given."""
    if option is None:
        return None
    from qp_cli.tracking.portfolio import Grouping

    return Grouping(read_choice(option, GROUPINGS, "--group-by"))


def ask(conventions: SessionConventions, grouping: Grouping | None = None) -> Asked:
    """What a command is about: one convention is a list of one, answered as several are where they are put together.

    Raises:
        QpError: the only convention is broken or cannot be read.
    """
    from qp_cli.app.answers import Asked
    from qp_cli.app.conventions import absences, left_out

    only = None if grouping else conventions.only()
    if only:
        return Asked((only.situation,), conventions.day, alone=True)
    return Asked(
        (opened.situation for opened in conventions),
        conventions.day,
        shared=conventions.register,
        absences=partial(absences, conventions),
        left_out=partial(left_out, conventions),
    )


def finish(text: str, destination: str | None, failing: FailingStates, language: Language, code: int = 0) -> None:
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
