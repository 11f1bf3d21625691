"""The scene of a made-up convention: its territory, days, parties, places and events."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from portfolio import words
from portfolio.days import FIRST, HORIZON, add_months, after, draw
from portfolio.writing import flow

if TYPE_CHECKING:
    from portfolio.writing import Entry

OPERATORS = ("anct", "anru", "banque-des-territoires", "bpifrance")
ZONES = ("metropole",) * 16 + ("alsace-moselle", "guadeloupe", "martinique", "reunion")
REGIMES = ("quantieme",) * 3 + ("ccag",) * 4 + ("procedure-civile",) * 3
MOST_SITES = 12


class Event(NamedTuple):
    """What starts periods running.

    Attributes:
        day: when it happened, as written or as the journal says; None while it is awaited.
        recorded: whether the journal says it, not the convention.
        times: the days of what happens several times.
    """

    id: str
    title: str
    day: date | None = None
    recorded: bool = False
    times: tuple[date, ...] | None = None


class Avenant(NamedTuple):
    """An amendment to be, and what it changes, filled in as engagements are made up."""

    number: int
    signed: date
    effect: date
    changes: list[Entry]


@dataclass
class Scene:
    """One convention while it is being made up.

    Attributes:
        start: its first day, from which most periods run.
        term: its end as signed.
        debtors: each name that can owe, with the parties it stands for.
        done: engagements of all their debtors, with the day of the last fulfilment.
        journal: facts as they were written down, each with its day of recording.
    """

    dice: random.Random
    number: int
    label: str
    start: date
    months: int
    zone: str
    regime: str
    everybody_signs: bool
    sites: tuple[str, ...]
    events: dict[str, Event] = field(default_factory=dict)
    debtors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    avenants: list[Avenant] = field(default_factory=list)
    done: dict[str, date] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    journal: list[tuple[date, Entry]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What the convention and its folder are called."""
        return f"fictif-{self.number:04}"

    @property
    def metropole(self) -> str:
        """The id of its own métropole."""
        return f"metropole-{self.number:04}"

    @property
    def prefet(self) -> str:
        """The id of its own préfet."""
        return f"prefet-{self.number:04}"

    @property
    def term(self) -> date:
        """Its end as signed."""
        return add_months(self.start, self.months)


def set_scene(seed: int, number: int) -> Scene:
    """The scene of the convention of that number; the same for the same seed, whatever the others."""
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 nothing secret: a drawing that can be made again
    sites = tuple(f"site-{place + 1:02}" for place in range(dice.randint(0, MOST_SITES)))
    scene = Scene(
        dice,
        number,
        dice.choice(words.STARTS) + dice.choice(words.ENDS),
        draw(dice, FIRST, date(2025, 3, 31)),
        dice.choice((24, 36, 36, 48, 60)),
        dice.choice(ZONES),
        dice.choice(REGIMES),
        dice.random() < 0.8,  # noqa: PLR2004 the share is said here only
        sites,
    )
    scene.debtors = _debtors(scene)
    scene.events = {event.id: event for event in _events(scene)}
    scene.avenants = list(_avenants(scene))
    return scene


def _debtors(scene: Scene) -> dict[str, tuple[str, ...]]:
    alone = (scene.metropole, "etat", *OPERATORS)
    return {
        **{party: (party,) for party in alone},
        "parties": (scene.metropole, "etat"),
        "partenaires": OPERATORS,
        "chef-de-file": (OPERATORS[scene.number % len(OPERATORS)],),
    }


def _events(scene: Scene) -> list[Event]:
    """Known days, a signature that the journal dates, what is awaited, and what happens several times."""
    dice, start = scene.dice, scene.start
    signature = after(start, dice.randint(0, 30))
    found = [
        Event("labellisation", "Labellisation du territoire", start),
        Event("deliberation", "Délibération du conseil métropolitain", after(start, -dice.randint(20, 90))),
        Event("signature", "Signature de la Convention", signature, recorded=True),
        Event("notification", "Notification de la subvention", draw(dice, after(start, 40), after(start, 300))),
    ]
    awaited = ("achevement", "Achèvement des travaux"), ("avis", "Avis de l'instance locale"), ("bilan", "Bilan final")
    for name, title in awaited:
        day = draw(dice, after(start, 90), scene.term)
        happened = day <= HORIZON and dice.randrange(2)
        found.append(Event(name, title, day if happened else None, recorded=True))
    repeated = (
        ("projet-soumis", "Un porteur soumet une proposition"),
        ("action-approuvee", "Une instance approuve une action"),
    )
    for name, title in repeated:
        days = {draw(dice, after(start, 60), scene.term) for _ in range(dice.randint(0, 6))}
        found.append(Event(name, title, times=tuple(sorted(day for day in days if day <= HORIZON))))
    return found


def _avenants(scene: Scene) -> list[Avenant]:
    """At most two, signed before the term; the first extends it."""
    wanted = scene.dice.choice((0, 0, 1, 1, 2))
    days = sorted(draw(scene.dice, add_months(scene.start, 8), add_months(scene.term, -3)) for _ in range(wanted))
    found = [
        Avenant(number, day, after(day, scene.dice.choice((0, 0, 15, 30))), [])
        for number, day in enumerate(days, start=1)
        if day <= after(HORIZON, -45)
    ]
    if found:
        found[0].changes.append({"change": "extend", "target": "terme", "by": scene.dice.choice(("P6M", "P12M"))})
    return found


def party_entries(scene: Scene) -> list[Entry]:
    """The parties, the national ones under the same ids in every convention."""
    signs: Entry = {"signatory": "true"}
    partner = signs if scene.everybody_signs else {}
    return [
        {
            "id": scene.metropole,
            "name": f"Métropole fictive de {scene.label}",
            "short": f"Métropole {scene.label}",
            "aliases": flow(("métropole", "intercommunalité bénéficiaire")),
            **signs,
            "represented_by": "sa Présidente",
            "part": "intercommunalité bénéficiaire",
            "clause": "comparution",
        },
        {"id": "etat", "name": "État", "aliases": flow(("l'État",)), **signs, "clause": "comparution"},
        {"id": "ministere-ville", "name": "Ministère de la Ville", "organ_of": "etat", "clause": "contexte"},
        {
            "id": scene.prefet,
            "name": f"Préfet du département fictif de {scene.label}",
            "short": "Préfet",
            "aliases": flow(("préfecture",)),
            "organ_of": "etat",
            "clause": "art. 4",
        },
        {
            "id": f"coordonnateur-{scene.number:04}",
            "name": f"Coordonnateur de {scene.label}",
            "short": "Coordonnateur",
            "organ_of": scene.metropole,
        },
        {"id": "anct", "name": "Agence nationale de la cohésion des territoires", "short": "ANCT", **partner},
        {"id": "anru", "name": "Agence nationale pour la rénovation urbaine", "short": "ANRU", **partner},
        {
            "id": "banque-des-territoires",
            "name": "Banque des Territoires (Caisse des Dépôts)",
            "short": "Banque des Territoires",
            "aliases": flow(("BDT", "CDC")),
            **partner,
        },
        {"id": "bpifrance", "name": "Bpifrance", "aliases": flow(("BPI",)), **partner},
    ]


def group_entries(scene: Scene) -> list[Entry]:
    """The groups, each member owing for itself."""
    names = {"parties": "Parties signataires", "partenaires": "Partenaires"}
    return [{"id": id_, "name": name, "members": flow(scene.debtors[id_])} for id_, name in names.items()]


def role_entries(scene: Scene) -> list[Entry]:
    """The one role, and who holds it."""
    holders = flow(scene.debtors["chef-de-file"])
    return [{"id": "chef-de-file", "name": "Chef de file", "held_by": holders, "clause": "art. 3"}]


def event_entries(scene: Scene) -> list[Entry]:
    """The events; what the journal dates has no date here."""
    found = []
    for number, event in enumerate(scene.events.values(), start=1):
        entry = {"id": event.id, "title": event.title}
        if event.times is not None:
            entry["repeats"] = "true"
        elif event.day and not event.recorded:
            entry["date"] = event.day.isoformat()
        found.append(entry | {"clause": f"art. {number}"})
    return found


def site_entries(scene: Scene) -> list[Entry]:
    """The places."""
    dice = scene.dice
    found = []
    for number, site in enumerate(scene.sites, start=1):
        name = f"{dice.choice(words.STARTS)}{dice.choice(words.ENDS)} {number} (fictif)"
        entry = {"id": site, "name": name, "commune": f"Commune fictive de {scene.label}"}
        entry["focus"] = flow(sorted(set(dice.choices(words.FOCUS, k=2))))
        if dice.randrange(2):
            entry["projects"] = flow((dice.choice(("tiers-lieu", "hôtel d'entreprises", "halle des métiers")),))
        found.append(entry)
    return found
