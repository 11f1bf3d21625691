"""Choosing obligations in several conventions by names that not all of them know. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.names import key
from qp_cli.tracking.selection import choose, no_party, no_site, party_names, site_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qp_cli.errors import UsageError
    from qp_cli.tracking.register import Register
    from qp_cli.tracking.selection import Choice
    from qp_cli.tracking.situation import Obligation, Situation


class Chooser:
    """One choice, made in one convention after another; a name needs to be known in one of them at least."""

    def __init__(self, choice: Choice, register: Register) -> None:
        self._choice = choice
        self._parties = _Asked(choice.parties, lambda name: (*register.names(name), name), no_party)
        self._sites = _Asked(choice.sites, lambda name: (name,), no_site)

    def choose(self, situation: Situation) -> list[Obligation]:
        """What is chosen in one convention; nothing where it knows none of the parties, or none of the sites."""
        parties = self.parties(situation)
        sites = self._sites.among(site_names(situation)) if self._choice.sites else ()
        if (self._choice.parties and not parties) or (self._choice.sites and not sites):
            return []
        return choose(situation, self._choice._replace(parties=parties, sites=sites))

    def parties(self, situation: Situation) -> tuple[str, ...]:
        """The ids that the parties asked for have in one convention; none where it knows none of them."""
        return self._parties.among(party_names(situation)) if self._choice.parties else ()

    def confirm(self) -> None:
        """Nothing, once every convention was looked at.

        Raises:
            UsageError: a name that none of them knows; the nearest that any of them knows are given.
        """
        self._parties.confirm()
        self._sites.confirm()


class _Asked:
    """Names of one sort that were asked for, and those that the conventions know."""

    def __init__(
        self,
        names: Iterable[str],
        spellings: Callable[[str], tuple[str, ...]],
        refuse: Callable[[str, Mapping[str, str]], UsageError],
    ) -> None:
        self._spellings = {name: spellings(name) for name in names}
        self._refuse = refuse
        self._met: set[str] = set()
        self._known: dict[str, str] = {}

    def among(self, names: Mapping[str, str]) -> tuple[str, ...]:
        """The ids that they have in a convention that knows some names, folded, each with its id."""
        found: dict[str, None] = {}
        for name, spellings in self._spellings.items():
            ids = [names[key(each)] for each in spellings if key(each) in names]
            found |= dict.fromkeys(ids)
            if ids:
                self._met.add(name)
        if len(self._met) < len(self._spellings):
            self._known |= names
        return tuple(found)

    def confirm(self) -> None:
        """Nothing, unless one of them was met in no convention."""
        for name in self._spellings:
            if name not in self._met:
                raise self._refuse(name, self._known)
