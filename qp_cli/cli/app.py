"""The command tree: registration only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.options import FOR_READING, Call, taking
from qp_cli.cli.output import emit
from qp_cli.cli.parser import CONTEXT, Commands, marked
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

app = typer.Typer(
    name="qp",
    cls=Commands,
    help=marked("What a convention asks of whom, by when, and what is overdue."),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)


def _version(asked: bool) -> None:
    if asked:
        emit(f"qp {__version__}\n")
        raise typer.Exit


_Version = Annotated[
    bool,
    typer.Option("--version", callback=_version, is_eager=True, help=marked("Show the version and exit.")),
]


READING = (None, "status", "deadlines", "overdue", "timeline", "show", "parties", "sites", "log", "report", "export")
"""The commands that can be asked what the repository said then; none is `status`."""


def _refuse_unheeded(ctx: typer.Context, given: Mapping[str, str | None]) -> None:
    """Refuses options given before a command that would answer as if they were not.

    Raises:
        UsageError: there is one.
    """
    name = ctx.invoked_subcommand
    command = getattr(ctx.command, "commands", {}).get(name)  # it was made when the line was parsed
    taken = {flag for each in command.params for flag in each.opts} if command else {*given}
    for option, value in given.items():
        if value and option not in taken:
            raise UsageError(msg("qp {command} does not take {option}.", command=str(name), option=option))


@app.callback(invoke_without_command=True)
@taking(*FOR_READING, "form")
def root(*, call: Call, version: _Version = False) -> None:
    """Options given here stand for every command; without a command, `status`."""
    ctx, session = call.ctx, call.session
    session.data, session.as_of, session.known_at = call.data or (), call.as_of, call.known_at
    session.conventions, session.form, session.output = call.convention or (), call.form, call.output
    if call.known_at and ctx.invoked_subcommand not in READING:
        raise UsageError(
            msg("Before the command, --known-at goes with: {names}", names=", ".join(filter(None, READING)))
        )
    if call.as_of:
        read_day(call.as_of)
    _refuse_unheeded(ctx, {"--format": call.form, "--output": call.output})
    if ctx.invoked_subcommand is None:
        from qp_cli.cli.commands.status import status

        status(ctx)
