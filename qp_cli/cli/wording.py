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


def speak(command: Any, language: Language) -> None:
    """Puts a command, its parameters and its subcommands into the language, Typer's own words among them."""
    from qp_cli.render.language import CATALOGUES, DOMAIN

    os.environ["LANGUAGE"] = language.code
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    _translate(command, language)


def _translate(command: Any, language: Language) -> None:
    command.help = language.plain(command.help or "")
    command.short_help = language.plain(command.short_help or "") or None
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = language.plain(parameter.help)
    for subcommand in getattr(command, "commands", {}).values():
        _translate(subcommand, language)
