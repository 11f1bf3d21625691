"""The command-line parser: its commands, each made when asked for; its words in ours, in the reader's language."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from qp_cli.cli.help_pages import GROUPS, OneCommand, first_page, is_whole
from qp_cli.errors import UsageError, unknown
from qp_cli.messages import Message, listing, msg
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qp_cli.render.language import Language

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
    "remind",
    "calc",
    "check",
    "rules",
    "schema",
    "init",
)
"""Each one a function in a module of its own name; in the order of the help page."""


def marked(text: str) -> str:
    """The same text; the call marks it for the catalogue."""
    return text


TYPER_TEXTS = (
    marked("Usage: "),
    marked("[OPTIONS]"),
    marked("COMMAND [ARGS]..."),
    marked("Arguments"),
    marked("Options"),
    marked("Commands"),
    marked("required"),
    marked("default: {default}"),
    marked("Show this message and exit."),
    marked("Install completion for the current shell."),
    marked("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer says in our help pages in its own words."""


CONTEXT = {"help_option_names": ["--help", "-h"]}
"""What every command's context is made with."""


def speak(language: Language) -> None:
    """Makes Typer say its own words in the language."""
    from qp_cli.render.language import CATALOGUES, DOMAIN

    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)


def translate(command: Any, language: Language) -> None:
    """Puts the help page of a command into the language."""
    command.help = command.short_help = language.plain(command.help or "")
    command.options_metavar = language.plain(command.options_metavar)
    command.context_class = _context_class(command.context_class, language)
    for parameter in parameters(command):
        parameter.metavar = language.plain(parameter.metavar or "") or None
        parameter.help = language.plain(getattr(parameter, "help", None) or "")
    if hasattr(command, "commands"):
        command.subcommand_metavar = language.plain(command.subcommand_metavar)


def parameters(command: Any) -> tuple[Any, ...]:
    """The parameters of a command, its help option among them."""
    context = command.context_class(command, **CONTEXT)
    return (*command.params, command.get_help_option(context))


def _context_class(base: type[Any], language: Language) -> type[Any]:
    """The parser's context, whose help pages begin with “Usage” in the language."""

    class Formatter(base.formatter_class):  # type: ignore[misc, name-defined] # known at run time only
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or language.plain("Usage: "))

    return type("Context", (base,), {"formatter_class": Formatter})


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

    def get_help(self, ctx: Any) -> str:
        """The first page, of one screen; the whole one where it was asked for."""
        if is_whole(ctx):
            return super().get_help(ctx)
        told = {name for _, commands in GROUPS for name in commands}
        return first_page(ctx, [name for name in COMMANDS if name not in told])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command an argument names.

        Raises:
            UsageError: there is none of that name.
        """
        if args[0] == "help" and ctx.resilient_parsing:  # a shell completes the command that is asked about
            return None, None, args
        if args[0] == "help" and (len(args) == 1 or args[1].startswith("-")):
            typer.echo(ctx.get_help())
            ctx.exit()
        if args[0] == "help" and self.get_command(ctx, args[1]) is None:
            raise _no_command(args[1:])
        if args[0] == "help":
            args = [args[1], "--help"]
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise _no_command(args)
        return super().resolve_command(ctx, args)


def _no_command(words: Sequence[str]) -> UsageError:
    """The error for words that begin with no command: with what they mean, or are a slip of; else all commands."""
    from qp_cli.app.recording import FACT_KINDS
    from qp_cli.cli.words_meant import commands_meant

    problem = msg("No command is called “{name}”.", name=shown(words[0]))
    if meant := commands_meant(words, COMMANDS, FACT_KINDS):
        return UsageError(msg("{problem} Try: {names}", problem=problem, names=_to_type(meant)))
    return unknown(problem, "", COMMANDS)


def _to_type(commands: Sequence[str]) -> Message:
    """Commands as they are typed, one after the other; the kind of a fact in the reader's words."""
    from qp_cli.tracking.fact_names import KIND_NAMES

    names = {**KIND_NAMES, "notified": msg("formal-notice")}
    typed: list[Message] = []
    for each in commands:
        kind = names.get(each.removeprefix("record "))
        typed.append(msg("qp record {kind}", kind=kind) if kind else msg("qp {command}", command=each))
    return listing(typed)


def make_command(name: str) -> Any:
    """The parser's command for a function of ours: the others are not even imported."""
    from importlib import import_module

    single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)
    module = f"qp_cli.cli.commands.{name}"
    function = getattr(import_module(module), name)
    single.command(name, cls=OneCommand, help=function.__doc__ or _help_in_source(module, name))(function)
    return get_command(single)


def _help_in_source(module: str, name: str) -> str:
    """The docstring of a function, where Python keeps none (`-OO`); empty where there is no source either."""
    import ast
    from importlib.util import find_spec
    from inspect import cleandoc

    spec = find_spec(module)
    get_source = getattr(spec.loader, "get_source", None) if spec else None
    source = get_source(module) if get_source else None
    if sys.version_info >= (3, 13):  # from 3.14 on docstrings go here too, unless it is told not to let them go
        tree = ast.parse(source or "", optimize=0)
    else:
        tree = ast.parse(source or "")
    found = (each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name)
    return cleandoc(next((ast.get_docstring(each) or "" for each in found), ""))


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


def reworded(error: Exception, words: Sequence[str] = ()) -> UsageError:
    """What the parser refused of the words of a command line, as an error of our own."""
    if found := _listed_instead(error, words):
        return found
    return UsageError(_WORDS.get(type(error).__name__, _other)(error))


_CHOOSING = {"--party": "party", "--site": "site", "--state": ""}
"""What chooses rows of a list, and by what the counts of `qp status` come apart instead."""


def _listed_instead(error: Any, words: Sequence[str]) -> UsageError | None:
    """The refusal of what chooses rows where `qp status` was given it: the commands that answer, as they are typed."""
    option = getattr(error, "option_name", None)
    command = getattr(getattr(error, "ctx", None), "info_name", None)
    if command != "status" or option not in _CHOOSING or "status" not in words:
        return None
    from qp_cli.app.typed_command import as_line

    place = [*words].index("status")
    lines = [as_line(["qp", *words[:place], "deadlines", *words[place + 1 :]])]
    if by := _CHOOSING[option]:
        at = next(at for at, each in enumerate(words) if each.partition("=")[0] == option)
        rest = [*words[:at], *words[at + (1 if "=" in words[at] else 2) :]]
        lines.insert(0, as_line(["qp", *rest, "--group-by", by]))
    problem = msg("qp {command} does not take {option}.", command=command, option=option)
    return UsageError(msg("{problem} Try: {names}", problem=problem, names=", ".join(lines)))


def _no_such_option(error: Any) -> Message:
    """The refusal of an option: with what the word means there, else with who takes it, else where all are told."""
    from qp_cli.cli.words_meant import commands_instead, options_meant

    name, context = str(error.option_name), getattr(error, "ctx", None)
    command = str(getattr(context, "info_name", None))
    own = _flags(parameters(context.command)) if context else {}
    meant = [_with_value(each, own) for each in options_meant(name, own)]
    problem = msg("No option is called “{name}”.", name=shown(name))
    if command in COMMANDS and _commands_taking(name):
        problem = msg("qp {command} does not take {option}.", command=command, option=name)
    if found := meant or commands_instead(name, command):
        return msg("{problem} Try: {names}", problem=problem, names=", ".join(found))
    return _of_other_commands(problem, name, command)


def _commands_taking(option: str) -> list[str]:
    """The commands that take an option of this name; none where no command has it."""
    return [each for each in COMMANDS if any(option in one.opts for one in make_command(each).params)]


def _of_other_commands(problem: Message, name: str, command: str) -> Message:
    """The refusal of an option that means nothing to a command: which ones take it, or take what it means."""
    from qp_cli.cli.words_meant import options_meant

    every = dict.fromkeys(flag for each in COMMANDS for flag in _flags(make_command(each).params))
    option = next(iter(options_meant(name, every)), name).partition(" ")[0]
    names = ", ".join(_commands_taking(option))
    if names and command not in COMMANDS:
        return msg("“{name}” stands after the command: {names}.", name=shown(option), names=names)
    if names and option == name:
        return msg("{problem} It goes with: {names}.", problem=problem, names=names)
    if names:
        return msg("{problem} {option} goes with: {names}.", problem=problem, option=option, names=names)
    page = f"qp help {command} --all" if command in COMMANDS else "qp help --all"
    return msg("{problem} Those there are: {command}", problem=problem, command=page)


def _flags(given: Iterable[Any]) -> dict[str, Any]:
    """The options among some parameters, by each of their names."""
    return {flag: each for each in given for flag in each.opts if flag.startswith("-")}


def _with_value(option: str, own: Mapping[str, Any]) -> str:
    """An option as it is typed, with what its value is called in the help page, unless it has one or takes none."""
    found = own.get(option)
    value = None if found is None or getattr(found, "is_flag", False) else found.metavar
    return f"{option} {value}" if value else option


def _missing(error: Any) -> Message:
    return msg("{name} is missing.", name=_called(error.param))


def _called(parameter: Any) -> str:
    """How a parameter stands in the help page."""
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", None) or "?").upper()


def _bad_option(error: Any) -> Message:
    return msg("The option {name} needs a value.", name=shown(str(error.option_name)))


_NAMING = ("--convention", "--party", "--engagement", "--site")
"""The options whose value is the name of something, which may be typed without them."""
_FACT_ID = re.compile(r"f-[a-z0-9]+")


def _is_unit(text: str) -> bool:
    """Whether a word is the unit of a length of time, typed apart from its number."""
    from qp_cli.app.readings import read_delay
    from qp_cli.errors import InvalidPeriodError

    try:
        return text.isalpha() and bool(read_delay(f"1 {text}"))
    except InvalidPeriodError:
        return False


def _takes(context: Any, option: str) -> bool:
    """Whether the command of a context takes an option."""
    return context is not None and any(option in each.opts for each in context.command.params)


def _other(error: Any) -> Message:
    """Most often an argument too many, which the parser names in brackets at the end of its sentence."""
    said = str(getattr(error, "message", error))
    _, bracket, extra = said.partition("(s) (")
    if bracket:
        extra = extra.removesuffix(")")
        problem = msg("This is not expected: {text}", text=shown(extra))
        if _FACT_ID.fullmatch(extra):
            return msg("{problem}. What that fact is about: {command}", problem=problem, command=f"qp show {extra}")
        if _is_unit(extra):
            return msg("{problem}. Words that go together stand in quotes: {command}", problem=problem,
                       command=f'qp calc 2021-03-18 "6 {extra}"')  # fmt: skip
        named = [each for each in _NAMING if _takes(getattr(error, "ctx", None), each)]
        if named:
            return msg("{problem}. A name stands after an option: {options}", problem=problem, options=", ".join(named))
        return problem
    return msg("The command line cannot be read: {reason}", reason=said)


_WORDS = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _bad_option,
}
