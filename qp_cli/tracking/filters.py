"""Finding things by the names people use, and choosing obligations in one convention or in several. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.choices import chosen
from qp_cli.errors import Called, Sort, UsageError, given_names, unknown, unknown_of
from qp_cli.law.typed_days import given_day
from qp_cli.messages import msg
from qp_cli.model.kinds import ALL, TERM
from qp_cli.names import key, meant_by_name, shown, with_articles_aside, without_article
from qp_cli.tracking.summary import ASKED_BY, counted_as, falls_due

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.model.convention import Engagement, Event
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.situation import Obligation, Situation


class Choice(NamedTuple):
    """What to keep: parties and sites by any of their names, states, and what is overdue or falls due by a day.

    A state is that of the records, where `overdue` holds what is late by a date of the term too; or what some are
    counted under: `overdue-by-term`, which is that part of it alone, and `derived-from-term`.
    """

    parties: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    until: date | None = None


def choice_of_names(
    party: str | Iterable[str] = (),
    site: str | Iterable[str] = (),
    state: str | Iterable[str] = (),
    until: date | str | None = None,
) -> Choice:
    """A choice as programs name it: one of each, or several; a state by its name, or by a word of the screens.

    Raises:
        UsageError: a word that is no state, the names being given; a value that is no name, or no day.
    """
    day = None if until is None else given_day(until, "until")
    states = frozenset(map(_state, given_names(state, "state")))
    return Choice(given_names(party, "party"), given_names(site, "site"), states, day)


def _state(word: str) -> str:
    found: str | None = chosen(word, ASKED_BY)
    if found is None:
        raise unknown(msg("No state is called “{name}”.", name=shown(word)), word, ASKED_BY)
    return found


class Answering(NamedTuple):
    """An organ asked for that owes nothing of its own, and the legal person that is answered for in its place.

    Attributes:
        organ: what it is called.
        person: what the legal person is called.
        aliases: what else it is called, an article and its name among it.
    """

    organ: str
    person: str
    aliases: tuple[str, ...]


def party_names(situation: Situation) -> dict[str, str]:
    """Every name of every party, group and role, folded, with its id."""
    directory = situation.directory
    names: dict[str, str] = {}
    for book in (directory.parties, directory.groups, directory.roles):
        for entry in book.values():
            for name in (entry.id, entry.name, entry.short, *entry.aliases):
                if name:
                    names.setdefault(key(name), entry.id)
    return with_articles_aside(names)


def site_names(situation: Situation) -> dict[str, str]:
    """Every name of every site, folded, with its id."""
    names = {
        key(each): site.id
        for site in situation.sites
        for each in (site.id, site.name, site.short, *site.aliases)
        if each
    }
    return with_articles_aside(names)


def called_parties(situation: Situation, names: Mapping[str, str]) -> dict[str, Called]:
    """What goes by each of some names of parties, groups and roles, given with their ids."""
    directory = situation.directory
    titles = {
        each.id: each.name for book in (directory.roles, directory.groups, directory.parties) for each in book.values()
    }
    return {name: Called(each, titles[each]) for name, each in names.items()}


def called_sites(situation: Situation, names: Mapping[str, str]) -> dict[str, Called]:
    """The site that goes by each of some names, given with their ids."""
    titles = {site.id: site.name for site in situation.sites}
    return {name: Called(each, titles[each]) for name, each in names.items()}


def no_party(name: str, names: Mapping[str, Called]) -> UsageError:
    """The error for a name that no party, group or role has, among these."""
    problem = msg("No party, group or role is called “{name}”.", name=shown(name))
    return unknown_of(problem, Sort.PARTY, name, names.items())


def no_site(name: str, names: Mapping[str, Called]) -> UsageError:
    """The error for a name that no site has, among these."""
    return unknown_of(msg("No site is called “{name}”.", name=shown(name)), Sort.SITE, name, names.items())


def find_party(situation: Situation, name: str) -> str:
    """The id of a party, group or role by id, alias or name.

    Raises:
        UsageError: nobody has that name; the nearest are given.
    """
    names = party_names(situation)
    found = meant_by_name(name, names)
    if found is None:
        raise no_party(name, called_parties(situation, names))
    return found


def find_site(situation: Situation, name: str) -> str:
    """The id of a site by id, alias or name.

    Raises:
        UsageError: no site has that name; the nearest are given.
    """
    names = site_names(situation)
    found = meant_by_name(name, names)
    if found is None:
        raise no_site(name, called_sites(situation, names))
    return found


def choose(situation: Situation, choice: Choice) -> list[Obligation]:
    """The obligations that match every part of a choice; several parties, or sites, are alternatives.

    What falls due by a day is nothing that is over, unless that very state is asked for.

    Raises:
        UsageError: a party or a site that nobody knows.
    """
    parties = [find_party(situation, name) for name in choice.parties]
    sites = [find_site(situation, name) for name in choice.sites]
    return _matching(situation, choice, parties, sites)


def _matching(
    situation: Situation, choice: Choice, parties: Collection[str], sites: Collection[str]
) -> list[Obligation]:
    """The obligations of a choice, whose parties and sites have these ids here."""
    return [
        one
        for one in situation.obligations
        if (not parties or any(concerns(situation, one, party) for party in parties))
        and (not sites or not one.sites or any(site in sites for site in one.sites))
        and is_asked_for(one, choice)
        and (choice.until is None or _falls_due(one, situation.as_of, choice.until, named=bool(choice.states)))
    ]


def is_asked_for(obligation: Obligation, choice: Choice) -> bool:
    """Whether it is in one of the states of a choice, or the choice names none."""
    return not choice.states or not choice.states.isdisjoint((obligation.state, *counted_as(obligation)))


def _falls_due(obligation: Obligation, as_of: date, until: date, *, named: bool) -> bool:
    """Whether it is overdue or falls due by a day; by its date alone where its state was asked for by name."""
    if named:
        return obligation.due is not None and obligation.due <= until
    return falls_due(obligation, as_of, until)


def concerns(situation: Situation, obligation: Obligation, name: str) -> bool:
    """Whether a party, organ, group or role owes or performs an obligation.

    On a role: what is owed in that capacity alone. On a group: what each member owes. On a party: its own and
    its organs'. On an organ: what it owes or performs.
    """
    directory = situation.directory
    performer = obligation.engagement.performer
    if name in directory.roles:
        return name in {*obligation.debtor.capacities, *obligation.debtor.parties, performer}
    owing = {*obligation.debtor.parties, *(directory.members(performer) if performer else ())}
    return not directory.meant_by(name).with_organs.isdisjoint(owing)


def find_engagement(situation: Situation, name: str) -> Engagement | None:
    """The engagement of that id (or of that obligation), or of that title if one alone has it; None for the term.

    Raises:
        UsageError: no engagement is called so; the nearest are given.
    """
    written, rest = engagement_part(name)
    asked = key(written)
    known = {key(engagement.id): engagement for engagement in situation.convention.engagements}
    if asked == key(TERM) and situation.term:
        return None
    if found := known.get(asked) or known.get(without_article(asked)):
        return found
    titled = [each for each in known.values() if _is_titled(each.title, name)]
    if len(titled) != 1:
        problem = msg("No engagement is called “{name}”.", name=shown(name))
        raise unknown_of(problem, Sort.ENGAGEMENT, written, _called_engagements(situation), rest)
    return titled[0]


def engagement_part(name: str) -> tuple[str, str]:
    """What names the engagement in the id of an obligation or in what lists show of it, and what follows."""
    written = name.partition("/")[0].partition("@")[0]
    return written, name[len(written) :]


def _called_engagements(situation: Situation) -> Iterator[tuple[str, Called]]:
    """The id and the title of each engagement, with it."""
    for each in situation.convention.engagements:
        for name in (each.id, each.title):
            yield name, Called(each.id, each.title)


def _called_events(situation: Situation) -> Iterator[tuple[str, Called]]:
    """The id and the title of each event, with it."""
    for each in situation.convention.events:
        for name in (each.id, each.title):
            yield name, Called(each.id, each.title)


def _is_titled(title: str, name: str) -> bool:
    """Whether a title is the name, an article before either left aside."""
    return without_article(key(title)) == without_article(key(name))


def means_every_engagement(situation: Situation, name: str) -> bool:
    """Whether a name is `all`, or a word that stands for it and is the id of no engagement."""
    ids = {key(engagement.id) for engagement in situation.convention.engagements}
    return key(name) == ALL or (chosen(name, (ALL,)) is not None and key(name) not in ids)


def find_event(situation: Situation, name: str) -> str:
    """The id of an event by id or title.

    Raises:
        UsageError: none has that name; the nearest are given.
    """
    names = {key(each): event.id for event in situation.convention.events for each in (event.title, event.id)}
    if found := meant_by_name(name, with_articles_aside(names)):
        return found
    problem = msg("No event is called “{name}”.", name=shown(name))
    raise unknown_of(problem, Sort.EVENT, name, _called_events(situation))


def named_event(situation: Situation, name: str) -> Event | None:
    """The event of that id; None where there is none."""
    asked = key(name)
    return next((event for event in situation.convention.events if key(event.id) == asked), None)


def find_shown(situation: Situation, name: str) -> Engagement | Event | None:
    """The event of that id, else the engagement of that id or title, else the event of that title; None for the term.

    Raises:
        UsageError: nothing is called so; what has its words in its name, or the nearest, is given.
    """
    if event := named_event(situation, name):
        return event
    try:
        return find_engagement(situation, name)
    except UsageError:
        titles = {key(each.title): each.id for each in situation.convention.events}
        if event := named_event(situation, meant_by_name(name, with_articles_aside(titles)) or ""):
            return event
    written, rest = engagement_part(name)
    problem = msg("No engagement and no event is called “{name}”.", name=shown(name))
    things = [*_called_engagements(situation), *_called_events(situation)]
    raise unknown_of(problem, Sort.SHOWN, written, things, rest)


class Met(NamedTuple):
    """The names of a choice that conventions know, and the names that they know where one of the choice is not."""

    parties: frozenset[str]
    among_parties: Mapping[str, Called]
    sites: frozenset[str]
    among_sites: Mapping[str, Called]
    answering: tuple[Answering, ...] = ()


class Chooser:
    """One choice, made in one convention after another; a name needs to be known in one of them at least."""

    def __init__(self, choice: Choice, shared: SharedParties) -> None:
        self._choice = choice
        self._parties = _Asked({name: (*shared.names(name), name) for name in choice.parties}, called_parties, no_party)
        self._sites = _Asked({name: (name,) for name in choice.sites}, called_sites, no_site)
        self._answering: dict[tuple[str, str], Answering] = {}

    @property
    def answering(self) -> tuple[Answering, ...]:
        """The organs met so far whose legal person is answered for, each once by what they are called."""
        return tuple(self._answering.values())

    def choose(self, situation: Situation) -> list[Obligation]:
        """What is chosen in one convention; nothing where it knows none of the parties, or none of the sites.

        An organ that owes and performs nothing of its own stands for its legal person, which `answering` tells.
        """
        parties = [self._meant(situation, name) for name in self.parties(situation)]
        sites = self._sites.among(site_names(situation), situation) if self._choice.sites else ()
        if (self._choice.parties and not parties) or (self._choice.sites and not sites):
            return []
        return _matching(situation, self._choice, parties, sites)

    def _meant(self, situation: Situation, name: str) -> str:
        directory = situation.directory
        person = directory.legal_person(name)
        if person == name or any(concerns(situation, one, name) for one in situation.obligations):
            return name
        answering = Answering(directory.label(name), directory.label(person), directory.parties[person].aliases)
        self._answering.setdefault(answering[:2], answering)
        return person

    def parties(self, situation: Situation) -> tuple[str, ...]:
        """The ids that the parties asked for have in one convention; none where it knows none of them."""
        return self._parties.among(party_names(situation), situation) if self._choice.parties else ()

    @property
    def met(self) -> Met:
        """Which of the names asked for were met so far, and among which; and who is answered for."""
        return Met(self._parties.met, self._parties.known, self._sites.met, self._sites.known, self.answering)

    def join(self, met: Met) -> None:
        """Takes what another one met, after what this one did."""
        self._parties.join(met.parties, met.among_parties)
        self._sites.join(met.sites, met.among_sites)
        for each in met.answering:
            self._answering.setdefault(each[:2], each)

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
        spellings: Mapping[str, tuple[str, ...]],
        called: Callable[[Situation, Mapping[str, str]], Mapping[str, Called]],
        refuse: Callable[[str, Mapping[str, Called]], UsageError],
    ) -> None:
        self._spellings = spellings
        self._called = called
        self._refuse = refuse
        self.met: frozenset[str] = frozenset()
        self.known: dict[str, Called] = {}

    def among(self, names: Mapping[str, str], situation: Situation) -> tuple[str, ...]:
        """The ids that they have in a convention that knows some names, folded, each with its id."""
        found: dict[str, None] = {}
        for name, spellings in self._spellings.items():
            ids = [each for each in (meant_by_name(spelling, names) for spelling in spellings) if each]
            found |= dict.fromkeys(ids)
            if ids:
                self.met |= {name}
        if len(self.met) < len(self._spellings):
            self.known |= self._called(situation, names)
        return tuple(found)

    def join(self, met: frozenset[str], known: Mapping[str, Called]) -> None:
        """Takes what was met elsewhere, after what was met here."""
        self.met |= met
        if len(self.met) < len(self._spellings):
            self.known |= known

    def confirm(self) -> None:
        """Nothing, unless one of them was met in no convention."""
        for name in self._spellings:
            if name not in self.met:
                raise self._refuse(name, self.known)
