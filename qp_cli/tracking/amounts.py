"""Amounts summed: of each legal person, by the state of what it owes and by currency; exact. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.summary import state_counted

if TYPE_CHECKING:
    from qp_cli.tracking.situation import Situation


class AmountSum(NamedTuple):
    """What the obligations of one legal person in one state are about, in one currency.

    Attributes:
        party: the id of the legal person.
        state: the state they are counted in.
        total: the sum, in units of the currency.
        obligations: how many have an amount.
    """

    party: str
    state: str
    currency: str
    total: Decimal
    obligations: int


def amount_sums(situation: Situation) -> list[AmountSum]:
    """The sums of a convention, by party as it lists them, then by state and currency; none where there is no amount.

    An obligation replaced by an avenant is left out: another stands in its place. What several owe together counts
    under each of them.
    """
    found: dict[tuple[str, str, str], tuple[Decimal, int]] = {}
    for one in situation.obligations:
        amount = one.engagement.amount
        if amount is None or one.replaced_by:
            continue
        for person in dict.fromkeys(map(situation.directory.legal_person, one.debtor.parties)):
            key = person, state_counted(one), amount.currency
            total, count = found.get(key, (Decimal(0), 0))
            found[key] = total + amount.number, count + 1
    rank = {party: place for place, party in enumerate(situation.directory.parties)}
    sums = [AmountSum(*key, total, count) for key, (total, count) in found.items()]
    return sorted(sums, key=lambda each: (rank.get(each.party, len(rank)), each.state, each.currency))
