"""Bad usage as one clear line: what the command-line parser refuses, in our words."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

from qp_cli.cli.wording import parameters
from qp_cli.errors import UsageError, unknown
from qp_cli.messages import Message, msg
from qp_cli.names import shown


class Commands(TyperGroup):
    """The commands, with the nearest names for one that does not exist."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command an argument names.

        Raises:
            UsageError: there is none of that name.
        """
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            problem = msg("No command is called “{name}”.", name=shown(args[0]))
            raise unknown(problem, args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


class AsTyped:
    """What a parameter was given, as it was typed: qp reads days, periods and choices itself.

    Typer would build a Pydantic adapter for each parameter, which alone costs more than a calculation.
    """

    def coerce(self, value: object, param: Any, ctx: object) -> object:  # noqa: ARG002 - Typer's own signature
        """The value untouched, several as a list.

        Raises:
            UsageError: an option was given an empty value, as a script does whose variable is not set.
        """
        values = list(value) if isinstance(value, tuple | list) else value
        if param.param_type_name == "option" and (values == "" or (isinstance(values, list) and "" in values)):
            raise UsageError(msg("The option {name} needs a value.", name=param.opts[0]))
        return values


def take_as_typed(command: Any) -> None:
    """Makes a command and its subcommands take every parameter as typed."""
    for parameter in parameters(command):
        parameter.get_runtime_param = AsTyped
        parameter.display_type = lambda _context: ""
    for subcommand in getattr(command, "commands", {}).values():
        take_as_typed(subcommand)


def reworded(error: Exception) -> UsageError:
    """What the parser refused, as an error of our own."""
    return UsageError(_WORDS.get(type(error).__name__, _other)(error))


def _no_such_option(error: Any) -> Message:
    near = list(getattr(error, "possibilities", None) or [])
    name = shown(str(error.option_name))
    problem = msg("No option is called “{name}”.", name=name)
    return msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(near[:3])) if near else problem


def _missing(error: Any) -> Message:
    parameter = error.param
    name = getattr(parameter, "metavar", None) or getattr(parameter, "name", None) or "?"
    return msg("{name} is missing.", name=str(name).upper())


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
