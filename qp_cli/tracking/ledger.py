"""A ledger: what one convention's repository declares, and its situation at a day. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.typed_days import given_day
from qp_cli.model.facts import Voided
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.situation import assess

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from qp_cli.model.convention import Convention
    from qp_cli.model.declarations import Declarations
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.situation import Obligation, Situation


class Edits(NamedTuple):
    """The commits that changed a convention's text: how many are known, and when the last one was made."""

    commits: int = 0
    last: datetime | None = None


NO_EDITS = Edits()
"""Of what is in no git repository, was never committed, or was not asked about."""


class Ledger(NamedTuple):
    """What every answer about one convention is made from.

    Attributes:
        situation: the convention as amended, its sites, its term and its obligations, at the day looked at.
        signed: the convention as signed.
        facts: the whole journal, in the order of the file; those after the day looked at too.
        edits: those of the convention's text that git knows of, where somebody asked it.
    """

    situation: Situation
    signed: Convention
    facts: tuple[Fact, ...]
    edits: Edits = NO_EDITS

    @property
    def counting(self) -> dict[str, Fact]:
        """The facts that have taken effect by the day looked at, by id; what cancels one does so at every day."""
        as_of = self.situation.as_of
        return {fact.id: fact for fact in self.facts if isinstance(fact, Voided) or effective_on(fact) <= as_of}

    def obligations(
        self,
        *,
        party: str | Iterable[str] = (),
        site: str | Iterable[str] = (),
        state: str | Iterable[str] = (),
        until: date | str | None = None,
    ) -> list[Obligation]:
        """The obligations at the day looked at, soonest first, those without a date last; as `qp deadlines` has them.

        Args:
            party: only what these parties, organs, groups or roles owe, by id, alias or name; several are alternatives.
            site: only these sites, by id, alias or name, and what concerns every site.
            state: only these states, each a `State` or a word that `--state` takes: `overdue-by-term`, `dépassées`.
            until: only what is overdue and what falls due by then, that day included; nothing that is over; a
                `date`, or a text that the command line takes for one.

        Raises:
            UsageError: a party or a site that nobody knows, the nearest being given; a word that is no state or no day.
        """
        from qp_cli.tracking.filters import choice_of_names, choose
        from qp_cli.tracking.summary import soonest

        return soonest(choose(self.situation, choice_of_names(party, site, state, until)))

    def at(self, day: date | str) -> Ledger:
        """The same at another day: a `date`, or a text that the command line takes for one.

        Raises:
            UsageError: it is no day, or one outside the years that qp computes.
        """
        as_of = given_day(day, "day")
        return self._replace(situation=assess(self.signed, self.situation.sites, self.facts, as_of))


def open_ledger(declared: Declarations, as_of: date) -> Ledger:
    """The ledger of a convention at the end of `as_of`.

    Args:
        declared: what a repository without errors declares; `checks.blocking` gives it of one that was read.
        as_of: the day to look at, its whole length included.

    Raises:
        OutOfRangeError: a deadline outside the years qp computes, or a recurrence without end.
    """
    convention, sites, facts, _ = declared
    return Ledger(assess(convention, sites, facts, as_of), convention, tuple(facts))
