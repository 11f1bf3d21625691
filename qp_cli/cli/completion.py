"""Completion: words, and the ids of the repository at hand, without Pydantic or Rich.

What is offered is put on the reader's command line as it is, and some shells evaluate the text beside it: nothing
but ids is offered, and the text says nothing that a shell would obey.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


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
    from typer._completion_classes import ZshComplete

    from qp_cli.cli.parser import parameters

    _let_zsh_match(ZshComplete)
    os.environ["COLUMNS"] = _ONE_LINE
    command.help = command.short_help = harmless(command.help or "")
    for parameter in parameters(command):
        parameter.help = harmless(getattr(parameter, "help", None) or "")


_ANY_CASE = "_arguments -M 'm:{A-Z}={a-z}' "


def _let_zsh_match(shell: Any) -> None:
    """Makes zsh, which chooses again among what it is offered, leave accents and case aside as well.

    Its own matching knows no accents: what a word with some stands for is put in its place, ids alone.
    """
    from qp_cli.names import is_id

    offer = shell.complete

    def complete(self: Any) -> str:
        args, typed = self.get_completion_args()
        if typed.isascii():
            offered: str = offer(self)
            return offered.replace("_arguments ", _ANY_CASE, 1) if offered.startswith("_arguments ") else offered
        found = [item.value for item in self.get_completions(args, typed)]
        ids = [each for each in found if is_id(each) or _is_harmless(each)]
        return f"compadd -U -- {' '.join(ids)}" if ids else "_files"

    if offer.__module__ != __name__:
        shell.complete = complete


class OfferedWord(str):
    """A word chosen without regard to accents and case, which Typer asks again whether it starts as it was typed."""

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """True: that was looked at already."""
        return True


def starting(words: Iterable[str], typed: str) -> list[str]:
    """The words that start as it was typed, accents and case left aside."""
    from qp_cli.names import fold_case

    start = fold_case(typed)
    return [OfferedWord(word) for word in words if fold_case(word).startswith(start)]


def complete_words(words: Sequence[str]) -> Callable[[str], list[str]]:
    """A completer over fixed words."""

    def complete(incomplete: str) -> list[str]:
        return starting(words, incomplete) or _spoken(words, incomplete)

    return complete


def _spoken(words: Sequence[str], typed: str) -> list[str]:
    """The words of the screens that stand for some choices and start as it was typed, without those of several."""
    from qp_cli.choices import SPOKEN

    said = (each for word in words for each in SPOKEN.get(word, ()) if _is_harmless(each))
    return starting(dict.fromkeys(said), typed)


def _is_harmless(word: str) -> bool:
    """Whether a word is of letters and hyphens alone, with accents or without: to a shell it is nothing else."""
    return word.replace("-", "").isalpha()


def complete_parties(incomplete: str) -> list[tuple[str, str]]:
    """Parties, groups and roles."""
    return _ids(incomplete, ("parties", "groups", "roles"))


def complete_sites(incomplete: str) -> list[tuple[str, str]]:
    """Sites."""
    return _ids(incomplete, ("sites",))


def complete_engagements(incomplete: str) -> list[tuple[str, str]]:
    """Engagements, and the term."""
    from qp_cli.model.kinds import TERM

    return [*_ids(incomplete, ("engagements",)), *((word, "") for word in starting((TERM,), incomplete))]


def complete_targets(ctx: Context, incomplete: str) -> list[tuple[str, str]]:
    """What a fact of the kind typed before can be about: engagements, where nothing else is known of it."""
    from qp_cli.app.recording import FACT_KINDS
    from qp_cli.choices import chosen
    from qp_cli.model.kinds import ALL, TERM

    engagements, every = ("engagements",), (ALL, "tout")
    targets: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "suspended": (engagements, every),
        "resumed": (engagements, every),
        "occurred": (("events",), ()),
        "amended": (engagements, (TERM,)),
        "denounced": ((), ()),
        "terminated": ((), ()),
        "voided": (("facts",), ()),
        "proof": (("facts",), ()),
    }
    parts, words = targets.get(chosen(str(ctx.params.get("kind")), FACT_KINDS) or "", (engagements, ()))
    return [*_ids(incomplete, parts), *((word, "") for word in starting(words, incomplete))]


def complete_shown(incomplete: str) -> list[tuple[str, str]]:
    """What can be shown: engagements, the term, and events."""
    return [*complete_engagements(incomplete), *_ids(incomplete, ("events",))]


def complete_regimes(incomplete: str) -> list[str]:
    """Regimes of computation."""
    from qp_cli.law.regimes import REGIMES

    return starting([regime.name for regime in REGIMES], incomplete)


def complete_zones(incomplete: str) -> list[str]:
    """Zones of public holidays."""
    from qp_cli.law.zones import Zone

    return starting([zone.value for zone in Zone], incomplete)


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
    declared = read_identifiers(folder, parts, Cache(cache_folder(os.environ, [folder])))
    helps = {found: harmless(help_) for found, help_ in reversed(declared) if is_id(found)}
    names = [found for found, _ in declared if found in helps]
    return [(found, helps[found]) for found in starting(dict.fromkeys(names), incomplete)]
