"""Choices as people type them: the words of the screens, in French and English, that stand for each name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from qp_cli.messages import MONTHS
from qp_cli.names import fold_case, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHORT = 3
_DOUBLED = re.compile(r"(.)\1$")
_Choice = TypeVar("_Choice", bound=str)

SPOKEN: Mapping[str, tuple[str, ...]] = {
    # States, beside their words on the screens.
    "overdue": ("échéance dépassée", "dépassée", "en retard", "retard", "échue", "à échéance dépassée"),
    "overdue-by-term": ("terme dépassé", "dépassée par le terme", "overdue by the term", "overdue by term"),
    "derived-from-term": (
        "échéance déduite du terme",
        "à échéance déduite du terme",
        "déduite du terme",
        "derived from the term",
        "date derived from the term",
        "by a date derived from the term",
    ),
    "due-soon": ("échéance proche", "proche", "bientôt", "à échéance proche"),
    "due-soon-by-term": ("terme proche", "échéance proche par le terme", "due soon by the term", "due soon by term"),
    "upcoming": ("à venir", "to come"),
    "open": (
        "ouverte",
        "ouvert, sans délai chiffré",
        "sans délai chiffré",
        "open, no number in the text",
        "peut être exercée",
        "may be exercised",
        "faculté ouverte",
        "option open",
        "options open",
    ),
    "in-effect": ("en cours", "running"),
    "conditional": ("conditionnelle", "en attente", "waiting"),
    "suspended": ("suspendue", "suspendre", "suspension", "suspension enregistrée", "suspension recorded"),
    "fulfilled": (
        "performance",
        "livraison",
        "livré",
        "remise",
        "remis",
        "delivery",
        "delivered",
        "exécutée",
        "exécution",
        "exécution enregistrée",
        "fait",
        "performed",
        "performance recorded",
    ),
    "fulfilled-late": ("exécutée après l'échéance", "exécutée en retard", "fulfilled after the date"),
    "discharged": ("éteinte",),
    "replaced-by-avenant": ("remplacé par avenant", "remplacé par un avenant", "remplacé", "replaced by an avenant"),
    "breached": ("breach", "constaté", "manqué", "manquement constaté", "manquement", "breach recorded"),
    "expired": ("expirée",),
    "exercised": ("exercée", "faculté exercée", "option exercised"),
    "lapsed": (
        "non exercée",
        "caduque",
        "non exercée, délai passé",
        "faculté non exercée",
        "not exercised, its day has passed",
        "option not exercised",
        "options not exercised",
    ),
    # Columns of the counts that hold several states.
    "other": ("autre", "others", "autres obligations", "other obligations"),
    "options": ("optional", "option", "faculté", "facultative"),
    # Kinds of fact.
    "triggered": ("request", "demande", "demande enregistrée", "request recorded"),
    "occurred": (
        "event",
        "signature",
        "signé",
        "signed",
        "événement",
        "événement enregistré",
        "survenu",
        "event recorded",
    ),
    "amended": (
        *("avenant", "avenant enregistré", "avenant recorded", "transfert", "transfer"),
        *("modifié", "modifier", "modification", "amendé", "amender"),
    ),
    "waived": ("waiver", "renonciation", "renonciation enregistrée", "waiver recorded", "renoncé", "renoncer"),
    "resumed": ("resumption", "reprise", "reprise enregistrée", "resumption recorded", "repris", "reprendre"),
    "notified": (
        "mise en demeure",
        "mise en demeure enregistrée",
        "formal notice",
        "formal notice (mise en demeure) recorded",
        "mis en demeure",
        "notifié",
        "notification",
    ),
    "terminated": (
        *("résiliation", "résiliation enregistrée", "termination", "termination recorded"),
        *("résilié", "résilier"),
    ),
    "denounced": (
        *("denunciation", "dénonciation", "dénonciation enregistrée", "denunciation recorded"),
        *("dénoncé", "dénoncer"),
    ),
    "voided": (
        *("cancellation", "annulation", "annulation enregistrée", "annulé", "cancellation recorded", "annuler"),
        *("rectification", "rectifié", "rectifier", "correction", "corrigé", "corriger"),
    ),
    "proof": (
        "preuve",
        "preuve ajoutée",
        "pièce",
        "pièce justificative",
        "justificatif",
        "proof added",
        "prouvé",
        "justifié",
    ),
    # Kinds of engagement, and natures.
    "one-off": ("ponctuel", "once", "unique", "une fois", "une seule fois"),
    "continuing": ("continu", "en continu", "permanent"),
    "recurring": ("périodique", "récurrent", "periodic", "régulier", "répété"),
    "on-request": ("sur demande", "à la demande", "on demand"),
    "option": ("faculté", "option (faculté)"),
    "moyens": ("obligation de moyens", "best efforts", "best efforts (obligation de moyens)"),
    "resultat": ("obligation de résultat", "result", "result (obligation de résultat)"),
    "national": ("nationale",),
    # What an avenant changes.
    "extend": ("prolonger", "prolongation", "prolongé", "proroger", "prorogation", "allonger", "prolong", "extension"),
    "due": ("nouvelle échéance", "échéance", "redater", "reporter", "report", "modifier la date", "date", "redate"),
    "debtors": ("débiteur", "transférer", "transfert", "réattribuer", "nouveau débiteur", "reassign", "transfer"),
    "add": ("ajouter", "ajout", "ajouté", "nouveau", "addition"),
    "end": ("mettre fin", "fin", "supprimer", "suppression", "supprimé", "terminer", "retirer", "remove", "delete"),
    # What a suspension of everything is about.
    "all": ("tout", "tous", "tous les engagements", "toute la convention", "every engagement"),
    # What lists are put together by, the forms of an answer, and what a repository starts from.
    "party": ("partie",),
    "clause": ("article",),
    "site": ("quartier",),
    "table": ("tableau",),
    "text": ("texte",),
    "blank": ("vierge", "vide"),
    # Zones of public holidays.
    "metropole": ("France métropolitaine", "France"),
    "reunion": ("La Réunion",),
    "xlsx": ("excel", "classeur"),
    "ics": ("calendrier", "agenda", "outlook", "calendar"),
    "fr": ("français", "french"),
    "en": ("anglais", "english"),
}
"""The words that stand for the name of a choice, besides itself; a plural or a feminine more or less is the same."""


KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("titre", "intitulé", "libellé", "name", "nom"),
    "name": ("nom", "dénomination", "title", "titre", "intitulé"),
    "id": ("identifiant",),
    "kind": ("type", "genre", "nature"),
    "debtors": ("débiteur", "qui doit"),
    "creditors": ("créancier", "bénéficiaire"),
    "due": ("échéance", "délai", "date limite", "deadline"),
    "clause": ("article",),
    "date": ("jour", "on"),
    "on": ("date", "le", "jour"),
    "from": ("depuis", "à partir de", "à compter de", "départ"),
    "within": ("délai", "dans", "dans les", "sous"),
    "every": ("chaque", "tous les", "fréquence", "périodicité"),
    "before": ("avant",),
    "until": ("jusqu'à", "jusqu'au"),
    "first": ("première",),
    "parties": ("partenaire",),
    "events": ("événement",),
    "sites": ("quartier", "lieu"),
    "facts": ("fait",),
    "groups": ("groupe",),
    "members": ("membre",),
    "roles": ("rôle",),
    "term": ("terme", "durée", "fin"),
    "territory": ("territoire",),
    "signatory": ("signataire",),
    "notice": ("préavis",),
    "renewal": ("reconduction", "renouvellement"),
    "amount": ("montant",),
    "note": ("remarque", "commentaire"),
    "proof": ("preuve", "pièce", "justificatif"),
    "by": ("par",),
    "engagement": ("obligation",),
    "commune": ("ville",),
}
"""The words that people write for the keys of files; those of one key alone are tried where it may stand."""
RHYTHMS: Mapping[str, tuple[str, ...]] = {
    "P1D": ("quotidien", "journalier", "daily", "tous les jours", "chaque jour"),
    "P1W": ("hebdomadaire", "weekly", "toutes les semaines", "chaque semaine"),
    "P1M": ("mensuel", "monthly", "tous les mois", "chaque mois"),
    "P2M": ("bimestriel", "tous les deux mois"),
    "P3M": ("trimestriel", "quarterly", "tous les trois mois", "chaque trimestre"),
    "P4M": ("quadrimestriel",),
    "P6M": ("semestriel", "half-yearly", "tous les six mois", "chaque semestre"),
    "P1Y": ("annuel", "annual", "yearly", "tous les ans", "chaque année"),
    "P2Y": ("biennal", "tous les deux ans"),
    "P3Y": ("triennal", "tous les trois ans"),
}
"""The words that say how often, for the period that they are."""


def chosen_key(text: str, known: Iterable[str]) -> str:
    """The key, of those known, that a word such as `titre` or `débiteurs` stands for; empty where there is none."""
    stem = _stem(text)
    return next((name for name in known if any(_stem(word) == stem for word in KEYS.get(name, ()))), "")


def rhythm(text: str) -> str:
    """The period of a word such as `annuel` or `monthly`; empty where it says none."""
    stem = _stem(text)
    return next((period for period, words in RHYTHMS.items() if stem in map(_stem, words)), "")


def chosen(text: str, choices: Iterable[_Choice], spoken: Mapping[str, tuple[str, ...]] = SPOKEN) -> _Choice | None:
    """The choice that a text names, itself or by a word that stands for it; None where it names none.

    Case, accents, separators, plurals and genders make no difference.
    """
    typed = key(text)
    stem = _stem(text)
    known = list(choices)
    for choice in known:
        if typed == key(choice):
            return choice
    return next((each for each in known if any(_stem(word) == stem for word in spoken.get(each, ()))), None)


def all_chosen(text: str, choices: Iterable[_Choice], spoken: Mapping[str, tuple[str, ...]] = SPOKEN) -> list[_Choice]:
    """Every choice that a text names as `chosen` takes it: the one of that name alone, else all for which it stands."""
    known = list(choices)
    named = [each for each in known if key(each) == key(text)]
    stem = _stem(text)
    return named or [each for each in known if any(_stem(word) == stem for word in spoken.get(each, ()))]


def _stem(text: str) -> str:
    """A text without the marks of the plural and of the feminine, which words of three letters do not lose."""
    return " ".join(
        word if len(word) <= _SHORT else _DOUBLED.sub(r"\1", word.rstrip("s").rstrip("e")) for word in key(text).split()
    )


_DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([^\W\d]{3,9})\.? (\d{4})")
_FRENCH_MONTHS = (
    ("janvier", "janv"),
    ("fevrier", "fevr"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH_NUMBERS = {
    word: number
    for number, (english, french) in enumerate(zip(MONTHS, _FRENCH_MONTHS, strict=True), 1)
    for word in (fold_case(str(english)), fold_case(str(english))[:3], *french)
}


_NAMED_DAYS = {
    **dict.fromkeys(("today", "aujourd hui", "ce jour"), 0),
    **dict.fromkeys(("yesterday", "hier"), 1),
    **dict.fromkeys(("avant hier", "the day before yesterday"), 2),
}


def days_ago(text: str) -> int | None:
    """How many days ago a word such as `yesterday` or `aujourd'hui` says; None where it says none."""
    return _NAMED_DAYS.get(key(text))


_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("lundi", "lun", "monday", "mon"),
            ("mardi", "mar", "tuesday", "tue"),
            ("mercredi", "mer", "wednesday", "wed"),
            ("jeudi", "jeu", "thursday", "thu"),
            ("vendredi", "ven", "friday", "fri"),
            ("samedi", "sam", "saturday", "sat"),
            ("dimanche", "dim", "sunday", "sun"),
        )
    )
    for word in words
}
_WEEKDAY_FIRST = re.compile(r"\s*(?:le |on )?\s*(?:([^\W\d]{3,9})[.,]? +)?(?=\d)", re.IGNORECASE)


def names_weekday(text: str) -> bool:
    """Whether a text is the name of a day of the week, and nothing else."""
    return key(text) in _WEEKDAYS


def without_weekday(text: str) -> tuple[str, int | None]:
    """A day without what screens write before it, an article or its weekday, and the number of that; Monday is 0."""
    found = _WEEKDAY_FIRST.match(text)
    if found is None or (found[1] and fold_case(found[1]) not in _WEEKDAYS):
        return text, None
    return text[found.end() :], _WEEKDAYS[fold_case(found[1])] if found[1] else None


def day_in_words(text: str) -> tuple[int, int, int] | None:
    """The year, month and day of a text such as `1er octobre 2021` or `1 October 2021`; None where it is none."""
    found = _DAY_IN_WORDS.fullmatch(fold_case(text))
    if found is None or found[2] not in _MONTH_NUMBERS:
        return None
    return int(found[3]), _MONTH_NUMBERS[found[2]], int(found[1])
