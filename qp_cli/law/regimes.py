"""Regimes: the named rules by which a period is computed, each with its legal source."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import unknown
from qp_cli.messages import msg
from qp_cli.names import fold, shown

if TYPE_CHECKING:
    from qp_cli.messages import Message

_NO_CARRY_BACKWARDS = "Cass. 2e civ., 14 févr. 1990, n° 88-19.900 ; Cass. 2e civ., 4 févr. 1998, n° 96-13.391"
_CLEAR_BACKWARDS = "Cass. com., 14 mars 2018, n° 16-26.996"
_CONTRACT = "Cass. soc., 15 mars 2006, n° 04-44.544"


class Regime(NamedTuple):
    """One rule of computation.

    Attributes:
        name: the id a convention gives it.
        label: the name it has in law, in French.
        title: the rule in a few words.
        scope: where it applies.
        source: the text or case law behind it as a whole.
        day_source: why the origin is counted or not.
        month_source: why months run by day number, and what becomes of a day the target month lacks.
        end_source: why the end is carried over, or is not.
        backwards_source: why a period counted backwards is never carried over.
        first_day_counted: the origin is the first day, and the end is the eve of the same day number.
        extra_day: the last day is not counted either, so the end is one day later.
        carry_over: an end on a Saturday, Sunday or public holiday moves to the next working day.
        minimum_working_days: how many working days a period of two days or more holds at least.
        backwards_only: it counts before its origin, whether asked to or not.
        clear_backwards: counted backwards, whole days are kept clear, so the end is one day earlier.
    """

    name: str
    label: str
    title: Message
    scope: Message
    source: str
    day_source: str
    month_source: str
    end_source: str
    backwards_source: str = _NO_CARRY_BACKWARDS
    first_day_counted: bool = False
    extra_day: bool = False
    carry_over: bool = False
    minimum_working_days: int = 0
    backwards_only: bool = False
    clear_backwards: bool = False

    def __hash__(self) -> int:
        return hash(self.name)


REGIMES: tuple[Regime, ...] = (
    Regime(
        name="quantieme",
        label="quantième",
        title=msg("Same day number, no carry-over"),
        scope=msg("The text is silent: usage applies, the Code of Civil Procedure being for proceedings"),
        source=f"Usage ; les art. 641 et 642 du CPC visent la procédure ({_CONTRACT})",
        day_source="Usage (comparer CPC art. 641 al. 1, pour la procédure)",
        month_source="Usage (comparer CPC art. 641 al. 2 et 3, pour la procédure)",
        end_source=f"Le texte ne prévoit aucun report ; CPC art. 642 vise la procédure ({_CONTRACT})",
    ),
    Regime(
        name="duree",
        label="durée",
        title=msg("Length that fills days: first day counted, ends on the eve"),
        scope=msg("The length of a contract or of a commitment"),
        source=_CONTRACT,
        day_source=f"{_CONTRACT} ; Cass. soc., 31 mars 2016, n° 14-29.184",
        month_source=_CONTRACT,
        end_source=f"CPC art. 642 inapplicable à une durée ({_CONTRACT})",
        first_day_counted=True,
    ),
    Regime(
        name="procedure-civile",
        label="procédure civile",
        title=msg("Same day number, then carry-over"),
        scope=msg("Proceedings, or a text that refers to the Code of Civil Procedure"),
        source="CPC art. 640 à 642",
        day_source="CPC art. 640 et art. 641 al. 1",
        month_source="CPC art. 641 al. 2 et 3",
        end_source="CPC art. 642 al. 2",
        carry_over=True,
    ),
    Regime(
        name="ccag",
        label="CCAG",
        title=msg("Same day number, then carry-over"),
        scope=msg("A contract that refers to a CCAG, and no other"),
        source="CCAG-FCS et CCAG-PI art. 3.2",
        day_source="CCAG-FCS et CCAG-PI art. 3.2",
        month_source="CCAG-FCS et CCAG-PI art. 3.2",
        end_source="CCAG-FCS et CCAG-PI art. 3.2",
        carry_over=True,
    ),
    Regime(
        name="ue-1182-71",
        label="règlement (CEE, Euratom) n° 1182/71",
        title=msg("Same day number, then carry-over; at least two working days"),
        scope=msg("Acts of the European Union"),
        source="Règl. (CEE, Euratom) n° 1182/71 art. 3",
        day_source="Règl. (CEE, Euratom) n° 1182/71 art. 3 § 1",
        month_source="Règl. (CEE, Euratom) n° 1182/71 art. 3 § 2",
        end_source="Règl. (CEE, Euratom) n° 1182/71 art. 3 § 4",
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
        day_source="CJA art. R. 421-1 ; CE, sect., 4 juin 1954, Décines-Charpieu",
        month_source="CJA art. R. 421-1 et sa jurisprudence",
        end_source="CE, 5 juin 2009, n° 312682",
        extra_day=True,
        carry_over=True,
        clear_backwards=True,
    ),
    Regime(
        name="silence-administration",
        label="silence de l'administration",
        title=msg("Same day number, no carry-over"),
        scope=msg("A decision that arises from the administration's silence"),
        source="CRPA art. L. 231-1 ; service-public.fr, fiche F32388",
        day_source="CRPA art. L. 231-1 et L. 231-4",
        month_source="CRPA art. L. 231-1 ; service-public.fr, fiche F32388",
        end_source="CRPA art. L. 231-1 ; service-public.fr, fiche F32388",
    ),
    Regime(
        name="prescription",
        label="prescription",
        title=msg("Same day number, no carry-over"),
        scope=msg("Extinctive prescription"),
        source="C. civ. art. 2228 et 2229",
        day_source="C. civ. art. 2228",
        month_source="C. civ. art. 2228 et 2229",
        end_source="C. civ. art. 2229",
    ),
    Regime(
        name="a-rebours",
        label="à rebours",
        title=msg("Backwards, clear days, no carry-over"),
        scope=msg("A step to be taken at least so long before a day"),
        source=_CLEAR_BACKWARDS,
        day_source=_CLEAR_BACKWARDS,
        month_source=_CLEAR_BACKWARDS,
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
    folded = fold(name)
    for regime in REGIMES:
        if regime.name == folded:
            return regime
    raise unknown(msg("There is no regime “{name}”.", name=shown(name)), name, [regime.name for regime in REGIMES])
