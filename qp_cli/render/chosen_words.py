"""What a choice of obligations was narrowed to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.render.visible import visible
from qp_cli.render.wording import STATES
from qp_cli.tracking.filters import find_party, find_site
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.render.language import Language
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.situation import Situation


def party_labels(situation: Situation, names: Sequence[str]) -> list[str]:
    """The short names of the parties asked for; as they were typed where this convention has no such party."""
    return [visible(_party(situation, name)) for name in names]


def only_words(situation: Situation, choice: Choice, language: Language) -> str:
    """The parties, sites and states that were asked for; empty where all of them are shown."""
    words = party_labels(situation, choice.parties)
    words += [visible(_site(situation, name)) for name in choice.sites]
    words += [language.text(STATES[state]) for state in State if state in choice.states]
    return language.text(msg("Only: {list}", list=language.joined(words))) if words else ""


def _party(situation: Situation, name: str) -> str:
    try:
        return situation.directory.label(find_party(situation, name))
    except UsageError:
        return name


def _site(situation: Situation, name: str) -> str:
    try:
        found = find_site(situation, name)
    except UsageError:
        return name
    return next((site.label for site in situation.sites if site.id == found), found)
