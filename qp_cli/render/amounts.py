"""Amounts in words and for programs, exact: 30 000,00 EUR, 30 % of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.wording import counted_word
from qp_cli.tracking.amounts import amount_sums

if TYPE_CHECKING:
    from decimal import Decimal

    from qp_cli.model.amounts import Amount
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.tracking.amounts import AmountSum
    from qp_cli.tracking.situation import Situation


def money(number: Decimal, currency: str, language: Language) -> str:
    """A number with its currency: thousands apart, two decimals where it is not whole."""
    whole, cents = divmod(int(number * 100), 100)
    point = "," if language.code == "fr" else "."
    decimals = f"{point}{cents:02}" if cents else ""
    return f"{language.number(whole)}{decimals}\u00a0{currency}"


def amount_words(amount: Amount, language: Language) -> str:
    """An amount, with the share that it is of the whole where that is said."""
    said = money(amount.number, amount.currency, language)
    if amount.share is None:
        return said
    return language.text(msg("{amount} ({share} of the whole)", amount=said, share=amount.share))


def amount_records(situation: Situation) -> list[Record]:
    """The sums for programs: each total as a text with two decimals, so that nothing rounds it."""
    return [{**each._asdict(), "total": f"{each.total:.2f}"} for each in amount_sums(situation)]


def sum_words(found: AmountSum, situation: Situation, language: Language) -> str:
    """One sum in words: whose, in which state, how much."""
    who, how_much = situation.directory.label(found.party), money(found.total, found.currency, language)
    state = counted_word(found.state)
    return language.text(msg("Amounts, {party}, {state}: {amount}", party=who, state=state, amount=how_much))
