"""Help texts: marked where they are written, put into the reader's language just before they are shown."""

from __future__ import annotations

import gettext
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qp_cli.render.language import Language


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
