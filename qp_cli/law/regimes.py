"""Regimes: the named rules by which a period is computed, each with its legal source."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import unknown
from qp_cli.law.periods import Period
from qp_cli.messages import msg
from qp_cli.names import fold_case, shown

if TYPE_CHECKING:
    from qp_cli.law.periods import Delay
    from qp_cli.messages import Message

_NO_CARRY_BACKWARDS = "Cass. 2e civ., 14 févr. 1990, n° 88-19.900 ; Cass. 2e civ., 4 févr. 1998, n° 96-13.391"
_CLEAR_BACKWARDS = "Cass. com., 14 mars 2018, n° 16-26.996 ; Cass. 2e civ., 20 oct. 2005, n° 04-10.138"
_CONTRACT = "Cass. soc., 15 mars 2006, n° 04-44.544"
_UNSETTLED = (
    "Admis hors procédure : Cass. 3e civ., 5 déc. 2007, n° 06-19.567 ; refusé pour un congé : Cass. 3e civ., "
    "28 oct. 2003, et service-public.fr, fiche F32360"
)
_BY_DAY_NUMBER = msg("{period}: the months are counted once, by day number")
_CARRY_OVER = msg("Carried over to the next day that is neither Saturday, Sunday nor public holiday")
_NO_CARRY_OVER = msg("Nothing is carried over: it stays on {day}")


class Regime(NamedTuple):
    """One rule of computation.

    Attributes:
        name: the id a convention gives it.
        label: the name it has in law, in French.
        title: the rule in a few words.
        scope: where it applies.
        source: the text or case law behind it as a whole.
        counting: what says how days are counted, then months and years, then both together.
        months_text: what is said of months and years.
        end_source: why the end is carried over, or is not.
        end_text: what is said of an end on a day that is not worked.
        backwards_source: why a period counted backwards is never carried over.
        clear_source: why whole days are kept clear backwards.
        first_day_counted: the origin is the first day, and the end is the eve of the same day number.
        extra_day: the last day is not counted either, so the end is one day later.
        carry_over: an end on a Saturday, Sunday or public holiday moves to the next working day.
        minimum_working_days: how many working days a period of two days or more holds at least.
        backwards_only: it counts before its origin, and nothing else.
        clear_backwards: counted backwards, whole days are kept clear, so the end is one day earlier.
        from_midnight: an event at 0 h has its own day counted: the eve is another reading.
        is_length: it measures how long something lives, which no day that is not worked changes.
        is_carry_over_unsettled: whether such an end moves is not settled, decisions being on both sides.
        compared: whether the working days on either side of an end that is not worked are to be looked at.
        beside: what else a reader has to look at, with its source.
    """

    name: str
    label: str
    title: Message
    scope: Message
    source: str
    counting: tuple[str, str, str]
    end_source: str
    months_text: Message = _BY_DAY_NUMBER
    end_text: Message = _NO_CARRY_OVER
    backwards_source: str = _NO_CARRY_BACKWARDS
    clear_source: str = _CLEAR_BACKWARDS
    first_day_counted: bool = False
    extra_day: bool = False
    carry_over: bool = False
    minimum_working_days: int = 0
    backwards_only: bool = False
    clear_backwards: bool = False
    from_midnight: bool = False
    is_length: bool = False
    is_carry_over_unsettled: bool = False
    compared: bool = True
    beside: tuple[Message, str] | None = None

    def __hash__(self) -> int:
        return hash(self.name)

    def source_for(self, delay: Delay) -> str:
        """What says how this delay is counted: by days, by months and years, or by both."""
        days, months, both = self.counting
        if not isinstance(delay, Period) or not delay.total_months:
            return days
        return both if delay.total_days else months

    def for_length(self) -> Regime:
        """The same for a durée, which is how long something lives: never carried over, never franc."""
        return self._replace(
            end_source=f"CPC art. 642 inapplicable à une durée ({_CONTRACT})",
            end_text=_NO_CARRY_OVER,
            extra_day=False,
            carry_over=False,
            minimum_working_days=0,
            clear_backwards=False,
            from_midnight=False,
            is_length=True,
            is_carry_over_unsettled=False,
            compared=False,
            beside=None,
        )


REGIMES: tuple[Regime, ...] = (
    Regime(
        name="quantieme",
        label="quantième",
        title=msg("Same day number, no carry-over"),
        scope=msg("The text is silent: usage applies, the Code of Civil Procedure being for proceedings"),
        source=f"Usage ; l'art. 641 al. 2 du CPC vise la procédure ({_CONTRACT})",
        counting=(
            "Usage (comparer CPC art. 641 al. 1, pour la procédure)",
            "Usage (comparer CPC art. 641 al. 2, pour la procédure)",
            "Usage (comparer CPC art. 641 al. 3, pour la procédure)",
        ),
        end_source=_UNSETTLED,
        end_text=msg(
            "The text names no carry-over, and whether there is one is unsettled: the earliest reading is kept, {day}"
        ),
        is_carry_over_unsettled=True,
    ),
    Regime(
        name="duree",
        label="durée",
        title=msg("Length that fills days: first day counted, ends on the eve"),
        scope=msg("The length of a contract or of a commitment"),
        source=_CONTRACT,
        counting=(f"{_CONTRACT} ; Cass. soc., 31 mars 2016, n° 14-29.184",) * 3,
        end_source=f"CPC art. 642 inapplicable à une durée ({_CONTRACT})",
        first_day_counted=True,
    ),
    Regime(
        name="procedure-civile",
        label="procédure civile",
        title=msg("Same day number, then carry-over; backwards, clear days"),
        scope=msg("Proceedings, or a text that refers to the Code of Civil Procedure"),
        source="CPC art. 640 à 642",
        counting=(
            "CPC art. 640 et art. 641 al. 1",
            "CPC art. 640 et art. 641 al. 2",
            "CPC art. 640 et art. 641 al. 3",
        ),
        end_source="CPC art. 642 al. 2",
        end_text=_CARRY_OVER,
        carry_over=True,
        clear_backwards=True,
        beside=(
            msg("Overseas or abroad, a period to appear or to appeal can be longer: to be checked"),
            "CPC art. 643 et 644",
        ),
    ),
    Regime(
        name="ccag",
        label="CCAG",
        title=msg("Same day number, then carry-over; backwards, clear days"),
        scope=msg("A contract that refers to a CCAG, and no other"),
        source="CCAG-FCS et CCAG-PI 2021 art. 3.2",
        counting=(
            "CCAG-FCS et CCAG-PI 2021 art. 3.2.1 et 3.2.2",
            "CCAG-FCS et CCAG-PI 2021 art. 3.2.1 et 3.2.3",
            "CCAG-FCS et CCAG-PI 2021 art. 3.2.1 à 3.2.3",
        ),
        end_source="CCAG-FCS et CCAG-PI 2021 art. 3.2.4",
        end_text=_CARRY_OVER,
        carry_over=True,
        clear_backwards=True,
    ),
    Regime(
        name="ue-1182-71",
        label="règlement (CEE, Euratom) n° 1182/71",
        title=msg("Same day number, then carry-over; at least two working days"),
        scope=msg("Acts of the European Union"),
        source="Règl. (CEE, Euratom) n° 1182/71 art. 3",
        counting=(
            "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 1 et § 2, b)",
            "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 1 et § 2, c)",
            "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 1 et § 2",
        ),
        end_source="Règl. (CEE, Euratom) n° 1182/71 art. 3 § 4",
        end_text=_CARRY_OVER,
        backwards_source="Règl. (CEE, Euratom) n° 1182/71 art. 3 § 4",
        carry_over=True,
        minimum_working_days=2,
    ),
    Regime(
        name="delai-franc",
        label="délai franc",
        title=msg("Clear period: one day more, then carry-over"),
        scope=msg("Actions before the administrative courts, and texts that ask for clear days"),
        source="CJA art. R. 421-1 et sa jurisprudence (CE, 5 juin 2009, n° 312682)",
        counting=(
            "CJA art. R. 421-1 ; CE, sect., 4 juin 1954, Décines-Charpieu",
            "CJA art. R. 421-1 et sa jurisprudence",
            "CJA art. R. 421-1 et sa jurisprudence",
        ),
        end_source="CE, 5 juin 2009, n° 312682",
        end_text=_CARRY_OVER,
        extra_day=True,
        carry_over=True,
        clear_backwards=True,
        beside=(
            msg("Overseas or abroad, the period to bring an action can be longer: to be checked"),
            "CJA art. R. 421-7",
        ),
    ),
    Regime(
        name="silence-administration",
        label="silence de l'administration",
        title=msg("Same day number, no carry-over"),
        scope=msg("A decision that arises from the administration's silence"),
        source="CRPA art. L. 231-1 ; service-public.fr, fiche F32388",
        counting=("CRPA art. L. 114-3 et L. 231-1",) * 3,
        end_source="CRPA art. L. 231-1 ; service-public.fr, fiche F32388",
        compared=False,
    ),
    Regime(
        name="prescription",
        label="prescription",
        title=msg("By whole days, no carry-over"),
        scope=msg("Extinctive prescription"),
        source="C. civ. art. 2228 et 2229",
        counting=("C. civ. art. 2228 et 2229",) * 3,
        end_source="C. civ. art. 2229 ; Cass. 2e civ., 7 avr. 2016, n° 15-12.960",
        months_text=msg("{period}: counted by whole days, acquired once the last one is over"),
        from_midnight=True,
        compared=False,
    ),
    Regime(
        name="a-rebours",
        label="à rebours",
        title=msg("Backwards, clear days, no carry-over"),
        scope=msg("A step to be taken at least so long before a day"),
        source=_CLEAR_BACKWARDS,
        counting=(_CLEAR_BACKWARDS,) * 3,
        end_source=_NO_CARRY_BACKWARDS,
        backwards_only=True,
        clear_backwards=True,
    ),
)


@lru_cache(maxsize=64)
def find_regime(name: str) -> Regime:
    """The regime of that name, without regard to case or accents.

    Raises:
        UsageError: no regime has that name; the nearest ones are given.
    """
    folded = fold_case(name)
    for regime in REGIMES:
        if regime.name == folded:
            return regime
    raise unknown(msg("There is no regime “{name}”.", name=shown(name)), name, [regime.name for regime in REGIMES])
