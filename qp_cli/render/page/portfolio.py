"""Several conventions on one page as a view: each in a row, who owes across them, what is late and what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli import __version__
from qp_cli.messages import msg, msgs
from qp_cli.render.headings import HEADINGS, group_name, unapproved, unsigned
from qp_cli.render.page.people import show_counts
from qp_cli.render.page.portfolio_rows import Lists
from qp_cli.render.page.portfolio_values import Groups, Member, Portfolio
from qp_cli.render.page.term import show_gauge
from qp_cli.render.page.values import Person
from qp_cli.render.page.words import full_date, plain_date, portfolio_words, short_date
from qp_cli.render.status import term_words
from qp_cli.render.visible import visible
from qp_cli.tracking.filters import Choice, Chooser
from qp_cli.tracking.portfolio import Census, Counter, Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.portfolio import ConventionRef, Grouping, SharedParties, Tally
    from qp_cli.tracking.situation import Situation


def show_portfolio(
    dossiers: Iterable[Dossier],
    register: SharedParties,
    as_of: date,
    language: Language,
    *,
    party: str | None,
    grouping: Grouping | None,
    notes: Callable[[], Sequence[Message]],
) -> Portfolio:
    """All that the page shows; of one party, only what concerns it. Each dossier is looked at once and let go.

    Raises:
        UsageError: a party that none of them knows.
    """
    view = _View(register, language, party, grouping)
    for dossier in dossiers:
        view.add(dossier)
    view.chooser.confirm()
    total, shared = view.census.total, view.people()
    count = language.text(msgs("{count} convention", "{count} conventions", count=len(view.members)))
    label = view.label()
    about = msg("{title}: what concerns {party}", title=count, party=label)
    return Portfolio(
        language=language.code,
        title=language.text(about) if party else count,
        heading=count,
        party=language.text(msg("Only what concerns {party}", party=label)) if party else "",
        day=full_date(as_of, language),
        on=language.text(msg("On {day}", day=language.full_day(as_of))),
        warnings=tuple(map(language.text, notes())),
        members=tuple(_counted(*each, language) for each in zip(view.members, view.census.conventions, strict=True)),
        said=_aside(view.aside, label, language),
        total=show_counts(total.counts, language),
        next=short_date(total.next_due, language) if total.next_due else None,
        people=tuple(
            Person(visible(each.group.key), visible(each.group.label), show_counts(each.counts, language))
            for each in shared
        ),
        groups=view.groups(),
        listings=view.lists.listings(),
        made_by=language.text(msg("Made by qp {version}.", version=__version__)),
        words=portfolio_words(language),
    )


class _View:
    """What is gathered while conventions go by."""

    def __init__(
        self, register: SharedParties, language: Language, party: str | None, grouping: Grouping | None
    ) -> None:
        self.census = Census(register)
        self.chooser = Chooser(Choice(parties=(party,) if party else ()), register)
        self.lists = Lists(language, party or "")
        self.members: list[Member] = []
        self.aside = 0
        self._counter = Counter()
        self._grouping = grouping
        self._register = register
        self._language = language
        self._wanted: set[str] | None = set() if party else None
        self._party = party or ""
        self._called = ""

    def add(self, dossier: Dossier) -> None:
        """One convention more; set aside where a party is asked for that nothing in it concerns."""
        chosen = tuple(self.chooser.choose(dossier.situation))
        if self._wanted is not None and not chosen:
            self.aside += 1
            return
        dossier = dossier._replace(situation=dossier.situation._replace(obligations=chosen))
        home = self.census.add(dossier.situation)
        self._want(home, dossier.situation)
        self.lists.add(home, dossier)
        if self._grouping:
            for one in chosen:
                self._counter.count(Listed(home, one), self._grouping, self._register)
        self.members.append(_member(home, dossier.situation, self._language))

    def _want(self, home: ConventionRef, situation: Situation) -> None:
        """Keeps the legal persons that the party asked for stands for in this convention."""
        if self._wanted is None:
            return
        for name in self.chooser.parties(situation):
            members = situation.directory.members(name)
            self._called = self._called or situation.directory.label(name)
            self._wanted |= {self._register.person(home, member).key for member in members}

    def label(self) -> str:
        """What the party asked for is called: across conventions, else in the first that has it."""
        return visible(self._register.label(self._party) or self._called or self._party)

    def groups(self) -> Groups | None:
        """The counts by what was asked for."""
        if self._grouping is None:
            return None
        language = self._language
        rows = (
            Person(
                visible(each.group.key),
                group_name(each.group, language),
                show_counts(each.counts, language),
                visible(each.group.convention),
            )
            for each in self._counter.tallies()
        )
        return Groups(language.text(HEADINGS[self._grouping]), tuple(rows))

    def people(self) -> list[Tally]:
        """The counts of the shared parties: of all of them, or of those that the party asked for stands for."""
        return [each for each in self.census.shared if self._wanted is None or each.group.key in self._wanted]


def _member(home: ConventionRef, situation: Situation, language: Language) -> Member:
    """A convention's name and its term; its counts come when all are counted."""
    declared, title = situation.convention.term, situation.convention.title
    said = term_words(situation, language)
    if not situation.approved:
        said.append(language.text(unapproved(situation)))
    said += map(language.text, unsigned(situation))
    return Member(
        visible(home.id),
        visible(home.label),
        tuple(map(visible, (*((title,) if title != home.label else ()), home.id))),
        show_gauge(situation, language, plain_date),
        visible(declared.clause or "") if declared else "",
        tuple(said),
    )


def _counted(member: Member, tally: Tally, language: Language) -> Member:
    coming = short_date(tally.next_due, language) if tally.next_due else None
    return member._replace(counts=show_counts(tally.counts, language), next=coming)


def _aside(count: int, label: str, language: Language) -> tuple[str, ...]:
    if not count:
        return ()
    text = msgs(
        "In {count} other convention, nothing concerns {party}.",
        "In {count} other conventions, nothing concerns {party}.",
        count=count,
        party=label,
    )
    return (language.text(text),)
