"""Conventions that hold many of one kind of thing: what one convention's cost grows with, one function a kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FIRST = date(2021, 3, 18)
AS_OF = "2026-06-30"
_DAYS = 1800
"""Days that things are spread over, all before the day looked at."""


_FEW = 30


class Draft:
    """A convention as it is put together, each entry a line of text."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.term = "{clause: art. 9, due: {within: P30Y, from: signature}}"
        self.parts: dict[str, list[str]] = {
            "events": ["{id: signature, title: Signature, clause: art. 1, date: 2021-03-18}"],
            "parties": ["{id: ville, name: Ville, signatory: true}", "{id: etat, name: État, signatory: true}"],
            "groups": [],
            "roles": [],
            "engagements": ["{id: plan, title: Remettre le plan, " + _owed() + "}"],
            "claims": [],
            "ignore": [],
        }
        self.facts: list[str] = []
        self.sites: list[str] = []

    def texts(self) -> dict[str, str]:
        """The files by their names."""
        lines = ["# Convention fictive", "format: qp/1", "id: fictive", "title: Convention fictive", *self.head]
        lines.append(f"term: {self.term}")
        for part, entries in self.parts.items():
            if entries:
                lines += [f"{part}:", *(f"- {each}" for each in entries)]
        found = {"convention.yaml": _text(lines)}
        if self.facts:
            found["journal.yaml"] = _text(["format: qp/1", "facts:", *(f"- {each}" for each in self.facts)])
        if self.sites:
            found["sites.yaml"] = _text(["format: qp/1", "sites:", *(f"- {each}" for each in self.sites)])
        return found

    def owe(self, number: object, what: str = "", due: str = "{within: P6M, from: signature}") -> None:
        """One more engagement."""
        self.parts["engagements"].append(f"{{id: e-{number}, title: Remettre la pièce, {what or _owed(due)}}}")

    def plan(self, what: str) -> None:
        """The engagement `plan` in other words."""
        self.parts["engagements"][0] = f"{{id: plan, title: Remettre le plan, {what}}}"

    def tell(self, kind: str, what: str, number: int, day: date | None = None) -> None:
        """One more fact."""
        on = day or spread(number)
        self.facts.append(f"{{id: f-{len(self.facts)}, kind: {kind}, {what}, on: {on}}}")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _owed(due: str = "{within: P6M, from: signature}", debtors: str = "ville", kind: str = "one-off") -> str:
    return f"clause: art. 2, debtors: [{debtors}], kind: {kind}" + (f", due: {due}" if due else "")


def spread(number: int) -> date:
    """A day of its own for each of the first of them, then again from the first."""
    return FIRST + timedelta(days=1 + number % _DAYS)


def ids(prefix: str, count: int) -> str:
    """As many ids, as a list is written."""
    return ", ".join(f"{prefix}-{number}" for number in range(count))


DAILY = "{every: P1D, from: signature, until: 2043-12-31}"


def engagements(draft: Draft, count: int) -> None:
    """Engagements."""
    for number in range(count):
        draft.owe(number)


def keys(draft: Draft, count: int) -> None:
    """Free keys of one engagement."""
    free = ", ".join(f"x-{number}: {number}" for number in range(count))
    draft.plan(f"{_owed()}, {free}")


def unknown_keys(draft: Draft, count: int) -> None:
    """Unknown keys of one engagement, each on a line."""
    free = "".join(f"\n  inconnue{number}: {number}" for number in range(count))
    draft.parts["engagements"] = [
        "id: plan\n  title: Plan\n  clause: art. 2\n  debtors: [ville]\n  kind: continuing" + free
    ]


def unknown_keys_apart(draft: Draft, count: int) -> None:
    """An unknown key in each of many engagements."""
    for number in range(count):
        draft.owe(number, f"{_owed()}, tittle: x")


def wrong_values(draft: Draft, count: int) -> None:
    """A date that is none in each of many facts."""
    for number in range(count):
        draft.facts.append(f"{{id: f-{number}, kind: fulfilled, engagement: plan, on: 2021-02-30}}")


def bad_ids(draft: Draft, count: int) -> None:
    """Names that are no ids, in each of many engagements."""
    for number in range(count):
        draft.owe(number, _owed(debtors=f"La Ville {number}"))


def unknown_references(draft: Draft, count: int) -> None:
    """Engagements counted from what nothing declares."""
    for number in range(count):
        draft.owe(number, due=f"{{within: P6M, from: inconnu-{number}}}")


def unknown_debtors(draft: Draft, count: int) -> None:
    """Debtors that nothing declares."""
    for number in range(count):
        draft.owe(number, _owed(debtors=f"inconnu-{number}"))


def unknown_debtors_of_one(draft: Draft, count: int) -> None:
    """Debtors of one engagement that nothing declares, on one line."""
    draft.plan(_owed(debtors=ids("inconnu", count)))


def unknown_engagements(draft: Draft, count: int) -> None:
    """Facts about what nothing declares."""
    for number in range(count):
        draft.tell("fulfilled", f"engagement: inconnu-{number}", number)


def unknown_events(draft: Draft, count: int) -> None:
    """Facts about events that nothing declares, beside as many that are."""
    for number in range(count):
        draft.parts["events"].append(f"{{id: evenement-{number}, title: Un fait, clause: art. 1}}")
        draft.tell("occurred", f"event: evenment-{number}", number)


def unknown_sites(draft: Draft, count: int) -> None:
    """Sites that nothing declares."""
    for number in range(count):
        draft.owe(number, f"{_owed()}, sites: [nulle-part-{number}]")


def repeated_ids(draft: Draft, count: int) -> None:
    """Facts that have one id."""
    for number in range(count):
        draft.facts.append(f"{{id: f-1, kind: fulfilled, engagement: plan, on: {spread(number)}}}")


def repeated_engagement_ids(draft: Draft, count: int) -> None:
    """Engagements that have one id."""
    for _ in range(count):
        draft.owe(1)


def parties(draft: Draft, count: int) -> None:
    """Parties that each owe something of their own."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
        draft.owe(number, _owed(debtors=f"p-{number}"))


def debtors(draft: Draft, count: int) -> None:
    """Debtors of one engagement, one performance by each."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
        draft.tell("fulfilled", f"engagement: plan, by: p-{number}", number)
    draft.plan(_owed(debtors=ids("p", count)))


def solidary(draft: Draft, count: int) -> None:
    """Solidary debtors of one engagement."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
    draft.plan(_owed(debtors=ids("p", count)) + ", solidary: true")
    draft.tell("fulfilled", "engagement: plan, by: p-0", 9)


def contacts(draft: Draft, count: int) -> None:
    """Parties with a contact and aliases."""
    for number in range(count):
        more = f"aliases: [la partie {number}], contact: {{name: A. Martin, email: a.martin@example.org}}"
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true, {more}}}")


def aliases(draft: Draft, count: int) -> None:
    """Aliases of one party."""
    names = ", ".join(f"la ville {number}" for number in range(count))
    draft.parts["parties"].append(f"{{id: commune, name: Commune, organ_of: ville, aliases: [{names}]}}")


def organs(draft: Draft, count: int) -> None:
    """Organs in a chain, each of the one before."""
    for number in range(count):
        above = f"o-{number - 1}" if number else "ville"
        draft.parts["parties"].append(f"{{id: o-{number}, name: Organe {number}, organ_of: {above}}}")
    draft.plan(_owed(debtors=f"o-{count - 1}"))


def organs_owing(draft: Draft, count: int) -> None:
    """Organs in a chain that each owe something."""
    organs(draft, count)
    for number in range(count):
        draft.owe(number, _owed(debtors=f"o-{number}"))
        draft.tell("fulfilled", f"engagement: e-{number}, by: ville", number)


def groups(draft: Draft, count: int) -> None:
    """Groups that each owe something."""
    for number in range(count):
        draft.parts["groups"].append(f"{{id: g-{number}, name: Groupe {number}, members: [ville, etat]}}")
        draft.owe(number, _owed(debtors=f"g-{number}"))


def members(draft: Draft, count: int) -> None:
    """Members of one group, a performance by each."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
        draft.tell("fulfilled", f"engagement: plan, by: p-{number}", number)
    draft.parts["groups"].append(f"{{id: tous, name: Tous, members: [{ids('p', count)}]}}")
    draft.plan(_owed(debtors="tous"))


def members_for_all(draft: Draft, count: int) -> None:
    """Members of one group, and facts about all of them."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
        draft.owe(number)
        draft.tell("fulfilled", f"engagement: e-{number}, by: tous", number)
    draft.parts["groups"].append(f"{{id: tous, name: Tous, members: [ville, {ids('p', count)}]}}")


def holders(draft: Draft, count: int) -> None:
    """Holders of one role, a performance by each."""
    for number in range(count):
        draft.parts["parties"].append(f"{{id: p-{number}, name: Partie {number}, signatory: true}}")
        draft.tell("fulfilled", f"engagement: plan, by: p-{number}", number)
    draft.parts["roles"].append(f"{{id: pilote, name: Pilote, held_by: [{ids('p', count)}]}}")
    draft.plan(_owed(debtors="pilote"))


def vacant_roles(draft: Draft, count: int) -> None:
    """Roles that nobody holds."""
    for number in range(count):
        draft.parts["roles"].append(f"{{id: r-{number}, name: Rôle {number}}}")
        draft.owe(number, _owed(debtors=f"r-{number}"))


def sites(draft: Draft, count: int) -> None:
    """Sites of one engagement, a performance at each."""
    for number in range(count):
        draft.sites.append(f"{{id: s-{number}, name: Site {number}, commune: Bourg}}")
        draft.tell("fulfilled", f"engagement: plan, sites: [s-{number}]", number)
    draft.plan(f"{_owed()}, sites: [{ids('s', count)}]")


def zooms(draft: Draft, count: int) -> None:
    """Zooms of one site."""
    parts = ", ".join(f"{{name: Zoom {number}, focus: [commerce]}}" for number in range(count))
    draft.sites.append(f"{{id: halle, name: La Halle, commune: Bourg, zooms: [{parts}]}}")


def events(draft: Draft, count: int) -> None:
    """Events that each occurred, and date something."""
    for number in range(count):
        draft.parts["events"].append(f"{{id: ev-{number}, title: Un fait, clause: art. 1}}")
        draft.owe(number, due=f"{{within: P6M, from: ev-{number}}}")
        draft.tell("occurred", f"event: ev-{number}", number)


def undated_events(draft: Draft, count: int) -> None:
    """Engagements counted from one event that has no date."""
    draft.parts["events"].append("{id: attendu, title: Un fait, clause: art. 1}")
    for number in range(count):
        draft.owe(number, due="{within: P6M, from: attendu}")


def computed_events(draft: Draft, count: int) -> None:
    """Events that follow from one event each."""
    for number in range(count):
        draft.parts["events"].append(
            f"{{id: ev-{number}, title: Un fait, clause: art. 1, when: {{within: P1M, from: signature}}}}"
        )
        draft.owe(number, due=f"{{within: P6M, from: ev-{number}}}")


def event_chain(draft: Draft, count: int) -> None:
    """Events in a chain, each following from the one before."""
    for number in range(count):
        before = f"ev-{number - 1}" if number else "signature"
        draft.parts["events"].append(
            f"{{id: ev-{number}, title: Un fait, clause: art. 1, when: {{within: P1D, from: {before}}}}}"
        )
    draft.plan(_owed(f"{{within: P6M, from: ev-{count - 1}}}"))


def engagement_chain(draft: Draft, count: int) -> None:
    """Engagements in a chain, each counted from the performance of the one before."""
    for number in range(count):
        before = f"e-{number - 1}" if number else "signature"
        draft.owe(number, due=f"{{within: P6M, from: {before}}}")
        draft.tell("fulfilled", f"engagement: e-{number}", number)


def engagement_star(draft: Draft, count: int) -> None:
    """Engagements that are all counted from the performance of one."""
    for number in range(count):
        draft.owe(number, due="{within: P6M, from: plan}")
    draft.tell("fulfilled", "engagement: plan", 9)


def series_of_series(draft: Draft, count: int) -> None:
    """Engagements of a long series each."""
    for number in range(count):
        draft.owe(number, _owed("{every: P1Y, from: signature, until: terme}", kind="recurring"))


def facts(draft: Draft, count: int) -> None:
    """Engagements with a performance each."""
    for number in range(count):
        draft.owe(number)
        draft.tell("fulfilled", f"engagement: e-{number}", number)


def facts_of_one(draft: Draft, count: int) -> None:
    """Performances of one engagement."""
    for number in range(count):
        draft.tell("fulfilled", "engagement: plan", number)


def evidence(draft: Draft, count: int) -> None:
    """Performances of a continuing engagement."""
    draft.plan(_owed("", kind="continuing"))
    for number in range(count):
        draft.tell("fulfilled", "engagement: plan", number)


def performed_in_part(draft: Draft, count: int) -> None:
    """Performances in part of one engagement."""
    for number in range(count):
        draft.tell("fulfilled", "engagement: plan, part: 1/9999", number)


def waivers(draft: Draft, count: int) -> None:
    """Engagements waived."""
    for number in range(count):
        draft.owe(number)
        draft.tell("waived", f"engagement: e-{number}", number)


def voided(draft: Draft, count: int) -> None:
    """Performances of one engagement, each cancelled."""
    for number in range(count):
        draft.tell("fulfilled", "engagement: plan", number)
        draft.tell("voided", f"fact: f-{2 * number}", number)


def voided_chain(draft: Draft, count: int) -> None:
    """Cancellations in a chain, each of the one before."""
    draft.tell("fulfilled", "engagement: plan", 9)
    for number in range(count):
        draft.tell("voided", f"fact: f-{number}", number)


def voided_again(draft: Draft, count: int) -> None:
    """Cancellations of one fact."""
    draft.tell("fulfilled", "engagement: plan", 9)
    for number in range(count):
        draft.tell("voided", "fact: f-0", number)


def suspensions(draft: Draft, count: int) -> None:
    """Suspensions of one engagement, each resumed."""
    draft.plan(_owed("{within: P30Y, from: signature}"))
    pause(draft, count, "engagement: plan")


def pause(draft: Draft, count: int, what: str) -> None:
    """As many suspensions, one day in two."""
    first = date(1990, 1, 1) if count > _DAYS // 2 else FIRST
    for number in range(count):
        draft.tell("suspended", what, number, first + timedelta(days=2 * number + 1))
        draft.tell("resumed", what, number, first + timedelta(days=2 * number + 2))


def suspensions_of_all(draft: Draft, count: int) -> None:
    """Suspensions of all that runs, of which there are ten."""
    for number in range(10):
        draft.owe(number, due="{within: P30Y, from: signature}")
    pause(draft, count, "engagement: all")


def suspensions_of_the_term(draft: Draft, count: int) -> None:
    """Suspensions of all with the term."""
    pause(draft, count, "engagement: all, term: true")


def suspended_series(draft: Draft, count: int) -> None:
    """Suspensions of a series of thirty days."""
    draft.plan(_owed(_daily(_FEW), kind="recurring"))
    pause(draft, count, "engagement: plan")


def series_suspended(draft: Draft, count: int) -> None:
    """Dates of a series suspended ten times."""
    draft.plan(_owed(_daily(count), kind="recurring"))
    pause(draft, 10, "engagement: plan")


def suspended_engagements(draft: Draft, count: int) -> None:
    """Engagements suspended and resumed by one pair of facts."""
    engagements(draft, count)
    draft.tell("suspended", "engagement: all", 3)
    draft.tell("resumed", "engagement: all", 30)


def suspended_list(draft: Draft, count: int) -> None:
    """Engagements suspended and resumed by the list of them."""
    engagements(draft, count)
    draft.tell("suspended", f"engagement: [{ids('e', count)}]", 3)
    draft.tell("resumed", f"engagement: [{ids('e', count)}]", 30)


def notices(draft: Draft, count: int) -> None:
    """Formal notices about one engagement."""
    for number in range(count):
        draft.tell("notified", "engagement: plan, cure: P1M", number)


def noticed_series(draft: Draft, count: int) -> None:
    """Formal notices about a series of thirty days."""
    draft.plan(_owed(_daily(_FEW), kind="recurring"))
    for number in range(count):
        draft.tell("notified", "engagement: plan, cure: P1M", number)


def breaches(draft: Draft, count: int) -> None:
    """Breaches of one engagement."""
    for number in range(count):
        draft.tell("breached", "engagement: plan", number)


def _daily(count: int) -> str:
    last = FIRST + timedelta(days=count)
    return f"{{every: P1D, from: signature, until: {last}}}"


def occurrences(draft: Draft, count: int) -> None:
    """Dates of one series."""
    draft.plan(_owed(_daily(count), kind="recurring"))


def performed_series(draft: Draft, count: int) -> None:
    """Dates of one series, performed each."""
    draft.plan(_owed(_daily(count), kind="recurring"))
    for number in range(count):
        draft.tell("fulfilled", "engagement: plan", number, min(FIRST + timedelta(number + 1), date(2026, 6, 1)))


def performed_by_name(draft: Draft, count: int) -> None:
    """Dates of one series, performed each by its name."""
    draft.plan(_owed(_daily(count), kind="recurring"))
    for number in range(count):
        day = FIRST + timedelta(number + 1)
        draft.tell("fulfilled", f"engagement: plan, occurrence: {day}", number, min(day, date(2026, 6, 1)))


def requests(draft: Draft, count: int) -> None:
    """Requests, each answered."""
    draft.plan(_owed("{within: P2M}", kind="on-request"))
    for number in range(count):
        day = date(2001, 1, 1) + timedelta(number)
        draft.tell("triggered", "engagement: plan, by: etat", number, day)
        draft.tell("fulfilled", f"engagement: plan, occurrence: {day}", number, day + timedelta(9))


def requests_unnamed(draft: Draft, count: int) -> None:
    """Requests, each answered without saying which."""
    draft.plan(_owed("{within: P2M}", kind="on-request"))
    for number in range(count):
        day = date(2001, 1, 1) + timedelta(number)
        draft.tell("triggered", "engagement: plan, by: etat", number, day)
        draft.tell("fulfilled", "engagement: plan", number, day + timedelta(9))


def requests_by_event(draft: Draft, count: int) -> None:
    """Occurrences of an event that is a request."""
    draft.parts["events"].append("{id: demande, title: Demande, clause: art. 1, repeats: true}")
    draft.plan(_owed("{within: P2M}", kind="on-request") + ", trigger: demande")
    for number in range(count):
        draft.tell("occurred", "event: demande", number, date(2001, 1, 1) + timedelta(number))


def options(draft: Draft, count: int) -> None:
    """Options, each exercised."""
    for number in range(count):
        draft.owe(number, _owed("{on: 2026-12-31}", kind="option"))
        draft.tell("fulfilled", f"engagement: e-{number}", number)


def amounts(draft: Draft, count: int) -> None:
    """Engagements with an amount."""
    for number in range(count):
        draft.owe(number, f"{_owed()}, amount: {{value: {number}.50, currency: EUR}}")


def amend(draft: Draft, number: int, changes: str) -> None:
    """One more avenant."""
    draft.tell("amended", f"title: Avenant n° {number}, changes: [{changes}]", number)


def avenants(draft: Draft, count: int) -> None:
    """Avenants that lengthen one engagement."""
    for number in range(count):
        amend(draft, number, "{change: extend, target: plan, by: P1D}")


def avenants_to_the_term(draft: Draft, count: int) -> None:
    """Avenants that lengthen the term."""
    for number in range(count):
        amend(draft, number, "{change: extend, target: terme, by: P1D}")


def avenants_redating(draft: Draft, count: int) -> None:
    """Avenants that date one engagement anew."""
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(number)
        amend(draft, number, f"{{change: due, target: plan, due: {{on: {day}}}}}")


def avenants_reassigning(draft: Draft, count: int) -> None:
    """Avenants that hand one engagement over."""
    for number in range(count):
        amend(draft, number, f"{{change: debtors, target: plan, debtors: [{('etat', 'ville')[number % 2]}]}}")


def avenants_adding(draft: Draft, count: int) -> None:
    """Avenants that each add an engagement."""
    for number in range(count):
        added = f"{{id: a-{number}, title: Remettre la pièce, {_owed()}}}"
        amend(draft, number, f"{{change: add, engagement: {added}}}")


def avenants_ending(draft: Draft, count: int) -> None:
    """Avenants that each end an engagement."""
    for number in range(count):
        draft.owe(number)
        amend(draft, number, f"{{change: end, target: e-{number}}}")


def avenants_apart(draft: Draft, count: int) -> None:
    """Avenants that each lengthen an engagement of its own."""
    for number in range(count):
        draft.owe(number)
        amend(draft, number, f"{{change: extend, target: e-{number}, by: P1D}}")


def changes(draft: Draft, count: int) -> None:
    """Changes of one avenant, each of an engagement of its own."""
    engagements(draft, count)
    amend(draft, 9, ", ".join(f"{{change: extend, target: e-{number}, by: P1D}}" for number in range(count)))


def changes_to_one(draft: Draft, count: int) -> None:
    """Changes of one avenant to one engagement."""
    amend(draft, 9, ", ".join(["{change: extend, target: plan, by: P1D}"] * count))


def avenants_to_occurrences(draft: Draft, count: int) -> None:
    """Avenants that each give one of thirty dates of a series another."""
    draft.plan(_owed(_daily(_FEW), kind="recurring"))
    for number in range(count):
        day = FIRST + timedelta(number % _FEW + 1)
        change = f"{{change: due, target: plan, due: {{on: {day + timedelta(90)}}}, occurrence: {day}}}"
        amend(draft, number, change)


def joining(draft: Draft, count: int) -> None:
    """Members that avenants bring to a group, one each."""
    draft.parts["groups"].append("{id: tous, name: Tous, members: [ville]}")
    draft.plan(_owed(debtors="tous"))
    for number in range(count):
        party = f"{{change: add, party: {{id: p-{number}, name: Partie {number}, signatory: true}}}}"
        amend(draft, number, f"{party}, {{change: add, member: p-{number}, group: tous}}")


def joining_at_once(draft: Draft, count: int) -> None:
    """Members that one avenant brings to a group."""
    draft.parts["groups"].append("{id: tous, name: Tous, members: [ville]}")
    draft.plan(_owed(debtors="tous"))
    coming = [
        f"{{change: add, party: {{id: p-{each}, name: Partie {each}, signatory: true}}}}" for each in range(count)
    ]
    coming += [f"{{change: add, member: p-{each}, group: tous}}" for each in range(count)]
    amend(draft, 9, ", ".join(coming))


def joining_sites(draft: Draft, count: int) -> None:
    """Sites that avenants add to an engagement, one each."""
    draft.sites.append("{id: halle, name: La Halle, commune: Bourg}")
    draft.plan(f"{_owed()}, sites: [halle]")
    for number in range(count):
        site = f"{{id: s-{number}, name: Site {number}, commune: Bourg}}"
        amend(draft, number, f"{{change: add, site: {site}, engagements: [plan]}}")


def joining_events(draft: Draft, count: int) -> None:
    """Events that avenants add, one each."""
    for number in range(count):
        amend(draft, number, f"{{change: add, event: {{id: ev-{number}, title: Un fait, clause: art. 1}}}}")


def renewals(draft: Draft, count: int) -> None:
    """Renewals that were made, of a day each."""
    draft.term = "{clause: art. 9, due: {on: 2000-01-01}, renewal: {every: P1D, notice: P1D, clause: art. 9}}"
    first = date.fromisoformat(AS_OF) - timedelta(count)
    draft.term = draft.term.replace("2000-01-01", first.isoformat())


def denunciations(draft: Draft, count: int) -> None:
    """Denunciations of a convention that is renewed each year."""
    draft.term = "{clause: art. 9, due: {on: 2022-12-31}, renewal: {every: P1Y, notice: P1M, clause: art. 9}}"
    for number in range(count):
        draft.tell("denounced", "by: ville", number)


def terminations(draft: Draft, count: int) -> None:
    """Terminations."""
    for number in range(count):
        draft.tell("terminated", "by: ville, notice: P3M", number)


def terminated(draft: Draft, count: int) -> None:
    """Engagements of a convention that was terminated."""
    for number in range(count):
        draft.owe(number, due=f"{{on: {date(2026, 1, 1) + timedelta(number % 1000)}}}")
    draft.tell("terminated", "by: ville, notice: P3M", 1500)


def claims(draft: Draft, count: int) -> None:
    """Claims of documents about one engagement."""
    for _ in range(count):
        draft.parts["claims"].append("{about: plan, where: site, says: en 2030, first_year: 2030}")


def ignored(draft: Draft, count: int) -> None:
    """Entries of `ignore`, and as many findings."""
    for number in range(count):
        draft.owe(number)
        draft.parts["ignore"].append(f"{{code: QP303, at: e-{number}, reason: voulu}}")


def comments(draft: Draft, count: int) -> None:
    """Suppressions in comments, and as many findings."""
    for number in range(count):
        draft.owe(number)
        draft.parts["engagements"][-1] += "  # qp: ignore[QP303] voulu"


def findings(draft: Draft, count: int) -> None:
    """Findings on one line."""
    draft.plan(f"{_owed()}, support: [{ids('x', count)}]")


def proofs(draft: Draft, count: int) -> None:
    """Facts whose proof is missing."""
    draft.plan(_owed("", kind="continuing"))
    for number in range(count):
        draft.tell("fulfilled", f"engagement: plan, proof: {{file: preuves/{number}.pdf}}", number)


class GrowingKind(NamedTuple):
    """A kind of thing that one convention can hold many of, and the function that writes as many."""

    name: str
    write: Callable[[Draft, int], None]

    def texts(self, count: int) -> dict[str, str]:
        """The files of a convention with so many of them."""
        draft = Draft()
        self.write(draft, count)
        return draft.texts()

    @property
    def what(self) -> str:
        """What it is, in words."""
        return (self.write.__doc__ or "").rstrip(".")


_WRITERS: Sequence[Callable[[Draft, int], None]] = (
    engagements,
    keys,
    unknown_keys,
    unknown_keys_apart,
    wrong_values,
    bad_ids,
    unknown_references,
    unknown_debtors,
    unknown_debtors_of_one,
    unknown_engagements,
    unknown_events,
    unknown_sites,
    repeated_ids,
    repeated_engagement_ids,
    parties,
    debtors,
    solidary,
    contacts,
    aliases,
    organs,
    organs_owing,
    groups,
    members,
    members_for_all,
    holders,
    vacant_roles,
    sites,
    zooms,
    events,
    undated_events,
    computed_events,
    event_chain,
    engagement_chain,
    engagement_star,
    series_of_series,
    facts,
    facts_of_one,
    evidence,
    performed_in_part,
    waivers,
    voided,
    voided_chain,
    voided_again,
    suspensions,
    suspensions_of_all,
    suspensions_of_the_term,
    suspended_series,
    series_suspended,
    suspended_engagements,
    suspended_list,
    notices,
    noticed_series,
    breaches,
    occurrences,
    performed_series,
    performed_by_name,
    requests,
    requests_unnamed,
    requests_by_event,
    options,
    amounts,
    avenants,
    avenants_to_the_term,
    avenants_redating,
    avenants_reassigning,
    avenants_adding,
    avenants_ending,
    avenants_apart,
    changes,
    changes_to_one,
    avenants_to_occurrences,
    joining,
    joining_at_once,
    joining_sites,
    joining_events,
    renewals,
    denunciations,
    terminations,
    terminated,
    claims,
    ignored,
    comments,
    findings,
    proofs,
)
KINDS = {write.__name__: GrowingKind(write.__name__, write) for write in _WRITERS}
