"""Choosing obligations in several conventions by names that not all of them know. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.tracking.selection import choose, find_party, find_site

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qp_cli.tracking.register import Register
    from qp_cli.tracking.selection import Choice
    from qp_cli.tracking.situation import Obligation, Situation


class Chooser:
    """One choice, made in one convention after another; a name needs to be known in one of them at least."""

    def __init__(self, choice: Choice, register: Register) -> None:
        self._choice = choice
        self._register = register
        self._refused: dict[str, UsageError] = {}
        self._known: set[str] = set()

    def choose(self, situation: Situation) -> list[Obligation]:
        """What is chosen in one convention; nothing where it knows none of the parties, or none of the sites."""
        parties = self._local(situation, self._choice.parties, find_party, self._aliases)
        sites = self._local(situation, self._choice.sites, find_site, lambda name: (name,))
        if (self._choice.parties and not parties) or (self._choice.sites and not sites):
            return []
        return choose(situation, self._choice._replace(parties=tuple(parties), sites=tuple(sites)))

    def confirm(self) -> None:
        """Nothing, once every convention was looked at.

        Raises:
            UsageError: a name that none of them knows.
        """
        for name, error in self._refused.items():
            if name not in self._known:
                raise error

    def _aliases(self, name: str) -> tuple[str, ...]:
        return (*self._register.names(name), name)

    def _local(
        self,
        situation: Situation,
        names: Sequence[str],
        find: Callable[[Situation, str], str],
        spellings: Callable[[str], tuple[str, ...]],
    ) -> list[str]:
        """The ids that some names have in this convention."""
        found: list[str] = []
        for name in names:
            for spelling in spellings(name):
                try:
                    found.append(find(situation, spelling))
                except UsageError as error:
                    self._refused.setdefault(name, error)
                else:
                    self._known.add(name)
        return list(dict.fromkeys(found))
