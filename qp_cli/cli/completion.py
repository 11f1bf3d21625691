"""Completion: words, and the ids of the repository at hand, without Pydantic or Rich.

What is offered is put on the reader's command line as it is, and some shells evaluate the text beside it: nothing
but ids is offered, and the text says nothing that a shell would obey.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_QUIET = frozenset(" ,.;:?()/%+_-–—’«»…°€")
"""What a help text holds besides letters and figures: nothing that a shell could obey, between quotes or without."""


def harmless(text: str) -> str:
    """A text that no shell takes for more than words: an apostrophe of print, blanks for what could be obeyed."""
    from unicodedata import normalize

    plain = normalize("NFC", text).replace("'", "’")
    return " ".join("".join(mark if mark.isalnum() or mark in _QUIET else " " for mark in plain).split())


_ONE_LINE = "10000"


def quiet_help(command: Any) -> None:
    """Makes the help texts of a command and of its parameters harmless to the shell that shows them.

    They stand on one line each, which Typer would fold at the width of the terminal: fish offers every line.
    """
    from qp_cli.cli.parser import parameters

    os.environ["COLUMNS"] = _ONE_LINE
    command.help = command.short_help = harmless(command.help or "")
    for parameter in parameters(command):
        parameter.help = harmless(getattr(parameter, "help", None) or "")


def complete_words(words: Sequence[str]) -> Callable[[str], list[str]]:
    """A completer over fixed words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def complete_parties(incomplete: str) -> list[tuple[str, str]]:
    """Parties, groups and roles."""
    return _ids(incomplete, ("parties", "groups", "roles"))


def complete_sites(incomplete: str) -> list[tuple[str, str]]:
    """Sites."""
    return _ids(incomplete, ("sites",))


def complete_engagements(incomplete: str) -> list[tuple[str, str]]:
    """Engagements, and the term."""
    found = _ids(incomplete, ("engagements",))
    return [*found, ("terme", "")] if "terme".startswith(incomplete) else found


def complete_shown(incomplete: str) -> list[tuple[str, str]]:
    """What can be shown: engagements, the term, and events."""
    return [*complete_engagements(incomplete), *_ids(incomplete, ("events",))]


def complete_regimes(incomplete: str) -> list[str]:
    """Regimes of computation."""
    from qp_cli.law.regimes import REGIMES

    return [regime.name for regime in REGIMES if regime.name.startswith(incomplete)]


def complete_zones(incomplete: str) -> list[str]:
    """Zones of public holidays."""
    from qp_cli.law.zones import Zone

    return [zone.value for zone in Zone if zone.value.startswith(incomplete)]


def _ids(incomplete: str, parts: Sequence[str]) -> list[tuple[str, str]]:
    from qp_cli.errors import QpError
    from qp_cli.names import is_id
    from qp_cli.store.cache import Cache, cache_folder
    from qp_cli.store.identifiers import read_identifiers
    from qp_cli.store.places import embedded, named_folder, upwards

    name = os.environ.get("QP_DATA")
    try:
        folder = named_folder(Path(name)) if name else upwards(Path.cwd()) or embedded()
    except QpError:
        return []
    return [
        (found, harmless(help_))
        for found, help_ in read_identifiers(folder, parts, Cache(cache_folder(os.environ, [folder])))
        if is_id(found) and found.startswith(incomplete)
    ]
