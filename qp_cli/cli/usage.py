"""Bad usage as one clear line: what the command-line parser refuses, in our words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer import Typer
from typer.core import TyperGroup
from typer.main import get_command

from qp_cli.cli.wording import CONTEXT, parameters
from qp_cli.errors import UsageError, unknown
from qp_cli.messages import Message, msg
from qp_cli.names import shown

COMMANDS = (
    "status",
    "deadlines",
    "overdue",
    "timeline",
    "show",
    "parties",
    "sites",
    "record",
    "log",
    "diff",
    "report",
    "export",
    "calc",
    "check",
    "rules",
    "schema",
    "init",
)
"""Each one a function in a module of its own name; in the order of the help page."""


class Commands(TyperGroup):
    """The commands, each made when it is asked for, with the nearest names for one that does not exist."""

    adapt: Callable[[Any], None]
    """What puts a command just made into the reader's language and makes it take values as typed."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - the parser's own signature
        """Their names, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ARG002 - the parser's own signature
        """The command of that name; None where there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            self.commands[cmd_name] = make_command(cmd_name)
            self.adapt(self.commands[cmd_name])
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command an argument names.

        Raises:
            UsageError: there is none of that name.
        """
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            problem = msg("No command is called “{name}”.", name=shown(args[0]))
            raise unknown(problem, args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def make_command(name: str) -> Any:
    """The parser's command for a function of ours: the others are not even imported."""
    from importlib import import_module

    single = Typer(add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)
    single.command(name)(getattr(import_module(f"qp_cli.cli.commands.{name}"), name))
    return get_command(single)


class AsTyped:
    """What a parameter was given, as it was typed: qp reads days, periods and choices itself.

    Typer would build a Pydantic adapter for each parameter, which alone costs more than a calculation.
    """

    def coerce(self, value: object, param: Any, ctx: object) -> object:  # noqa: ARG002 - Typer's own signature
        """The value untouched, several as a list.

        Raises:
            UsageError: it was given an empty value, as a script does whose variable is not set.
        """
        values = list(value) if isinstance(value, tuple | list) else value
        if values == "" or (isinstance(values, list) and "" in values):
            if param.param_type_name == "option":
                raise UsageError(msg("The option {name} needs a value.", name=param.opts[0]))
            raise UsageError(msg("{name} is empty.", name=_called(param)))
        return values


def take_as_typed(command: Any) -> None:
    """Makes a command take every parameter as typed."""
    for parameter in parameters(command):
        parameter.get_runtime_param = AsTyped
        parameter.display_type = lambda _context: ""


def reworded(error: Exception) -> UsageError:
    """What the parser refused, as an error of our own."""
    return UsageError(_WORDS.get(type(error).__name__, _other)(error))


def _no_such_option(error: Any) -> Message:
    near = list(getattr(error, "possibilities", None) or [])
    name = shown(str(error.option_name))
    problem = msg("No option is called “{name}”.", name=name)
    return msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(near[:3])) if near else problem


def _missing(error: Any) -> Message:
    return msg("{name} is missing.", name=_called(error.param))


def _called(parameter: Any) -> str:
    """How a parameter stands in the help page."""
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", None) or "?").upper()


def _bad_option(error: Any) -> Message:
    return msg("The option {name} needs a value.", name=shown(str(error.option_name)))


def _other(error: Any) -> Message:
    """Most often an argument too many, which the parser names in brackets at the end of its sentence."""
    said = str(getattr(error, "message", error))
    _, bracket, extra = said.partition("(s) (")
    if bracket:
        return msg("This is not expected: {text}", text=shown(extra.removesuffix(")")))
    return msg("The command line cannot be read: {reason}", reason=said)


_WORDS = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _bad_option,
}
