"""The page: conventions at a day as one self-contained HTML document, for a meeting or a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.amounts import sum_words
from qp_cli.render.headings import HEADINGS, approval_remarks, named_apart
from qp_cli.render.journal import journal_words, title
from qp_cli.render.naming import answering_words
from qp_cli.render.page.answer import AnswerMaker
from qp_cli.render.page.obligations import Listings
from qp_cli.render.page.sections import (
    anchors_of,
    show_journal,
    show_matrix,
    show_term,
    show_term_among_others,
)
from qp_cli.render.page.templating import page_pieces
from qp_cli.render.page.values import Member, OneConvention, Page, SeveralConventions, TimelineShown
from qp_cli.render.page.words import accessibility_links, fixed_words
from qp_cli.render.people_and_places import contact_words
from qp_cli.render.status import national_words, option_words, other_words
from qp_cli.render.timeline.svg import draw_side, draw_svg
from qp_cli.render.timeline.svg_foot import foot_of
from qp_cli.render.timeline.svg_rows import Frame
from qp_cli.render.visible import visible
from qp_cli.tracking.amounts import amount_sums
from qp_cli.tracking.filters import Choice, Chooser
from qp_cli.tracking.log import Filter, log_entries
from qp_cli.tracking.portfolio import (
    Census,
    Counter,
    Grouping,
    Listed,
    SharedParties,
    convention_ref,
    party_tallies,
)
from qp_cli.tracking.summary import StateColumn
from qp_cli.tracking.timeline import timeline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.app.check_result import Checked
    from qp_cli.messages import Message
    from qp_cli.model.accessibility import Accessibility
    from qp_cli.render.language import Language
    from qp_cli.render.page.values import PrintedSummary
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.log import Entry
    from qp_cli.tracking.portfolio import ConventionRef, SortPlace, Tally
    from qp_cli.tracking.situation import Situation


def draw_page(
    ledger: Ledger,
    checked: Checked,
    language: Language,
    *,
    party: str | None = None,
    notes: Sequence[Message] = (),
    contacts: bool = False,
) -> str:
    """A convention at a day as one HTML document: the same bytes for the same arguments.

    Args:
        ledger: the convention, its facts and its day.
        checked: what the check of its files found.
        language: the reader's.
        party: the id of the one party, organ, group or role that the page is about; of all when there is none.
        notes: what else is to be said of where the files come from.
        contacts: whether those who follow it are named, which a public page leaves out.

    Raises:
        UsageError: a party that nobody knows.
    """
    view = PageView(SharedParties(), ledger.situation.as_of, language, party, checked=checked, contacts=contacts)
    view.add(ledger)
    return "".join(page_pieces(view.page(lambda: notes), language))


class PagePart:
    """What makes of a convention its part of the page of several.

    Attributes:
        bounds: of each table, where rows are not wanted any more: as many are known already that come before.
    """

    def __init__(
        self, register: SharedParties, as_of: date, language: Language, party: str | None, grouping: Grouping | None
    ) -> None:
        self._made_from = register, as_of, language, party
        self._grouping = grouping
        self.bounds: tuple[SortPlace | None, ...] = ()

    def __call__(self, ledger: Ledger) -> PageView:
        """Its part, which the page joins to those before."""
        view = PageView(*self._made_from, grouping=self._grouping, bounds=self.bounds)
        view.add(ledger)
        return view


def portfolio_pieces(
    gather: Callable[[PagePart], Iterable[PageView]],
    register: SharedParties,
    as_of: date,
    language: Language,
    *,
    party: str | None = None,
    grouping: Grouping | None = None,
    notes: Callable[[], Sequence[Message]] = tuple,
) -> Iterator[str]:
    """Several conventions at a day as one HTML document, in pieces: the same bytes for the same arguments.

    Args:
        gather: takes its part from each convention, here or in other processes.
        register: the parties that they share.
        as_of: their day.
        language: the reader's.
        party: any name of the one party, organ, group or role that the page is about; of all when there is none.
        grouping: what the obligations are counted by too.
        notes: what else is to be said, asked for once every convention was read.

    Raises:
        UsageError: a party that none of them knows.
    """
    view = PageView(register, as_of, language, party, grouping=grouping)
    make = PagePart(register, as_of, language, party, grouping)
    for part in gather(make):
        view.join(part)
        make.bounds = view.bounds
    return page_pieces(view.page(notes), language)


class PageView:
    """What is gathered while conventions go by, each looked at once and let go: one whole, or several side by side.

    Of a party, only what concerns it. Several are counted; of one, of which its files were `checked`, all is shown.
    """

    def __init__(
        self,
        register: SharedParties,
        as_of: date,
        language: Language,
        party: str | None,
        *,
        grouping: Grouping | None = None,
        checked: Checked | None = None,
        contacts: bool = False,
        bounds: tuple[SortPlace | None, ...] = (),
    ) -> None:
        self._register, self._as_of = register, as_of
        self._language = language
        self._party = party or ""
        self._grouping = grouping
        self._checked = checked
        self._contacts = contacts
        self._chooser = Chooser(Choice(parties=(party,) if party else ()), register)
        self._begin(is_one=checked is not None, bounds=bounds)
        self._census, self._counter = Census(register), Counter()
        self._members: list[Member] = []
        self._stated: dict[Accessibility, None] = {}
        self._aside = 0
        self._wanted: set[str] = set()
        self._called = ""
        self._only: Situation | None = None
        self._body: OneConvention | None = None

    def _begin(self, *, is_one: bool, bounds: tuple[SortPlace | None, ...] = (), sheet: int = 0) -> None:
        """Has nothing yet of one convention, or of several; a sheet has so many rows of a table at the most."""
        self._is_one = is_one
        self._listings = Listings(self._language, self._party, several=not is_one, sheet=sheet, bounds=bounds)
        self._answer = AnswerMaker(self._language, self._as_of, several=not is_one)

    def page(self, notes: Callable[[], Sequence[Message]]) -> Page:
        """All that the page shows; `notes` is asked once the conventions have gone by.

        Raises:
            UsageError: a party that none of them knows.
        """
        self._chooser.confirm()
        label, only = self._label(), self._only
        count = msgs("{count} convention", "{count} conventions", count=len(self._members))
        called = title(only) if only else count
        return Page(
            language=self._language.code,
            title=self._title(called, label),
            heading=only.convention.title if only else count,
            party=msg("Only what concerns {party}", party=label) if self._party else None,
            day=self._as_of,
            warnings=(
                *(approval_remarks(only) if only else ()),
                *answering_words(self._chooser.answering, self._language),
                *notes(),
            ),
            answer=self._answer.answer(),
            people=tuple(self._people()),
            listings=self._listings.listings(),
            words=fixed_words(several=only is None),
            body=self._shown(label),
            accessibility=accessibility_links(self._stated),
        )

    def _label(self) -> str:
        """What the party asked for is called."""
        return visible(self._register.label(self._party) or self._called or self._party)

    def _title(self, called: Message | str, label: str) -> Message | str:
        """What the page is called, of a convention or of several called so."""
        return msg("{title}: what concerns {party}", title=called, party=label) if self._party else called

    def _people(self) -> Iterator[Tally]:
        """The counts of legal persons, or of those that the party asked for stands for; of several, of shared ones."""
        if self._only is None:
            yield from (each for each in self._census.shared if self._is_wanted(each.group.key))
            return
        home = convention_ref(self._only)
        for row in party_tallies(self._only):
            if self._is_wanted(self._register.person(home, row.group.key).key):
                yield row

    def _is_wanted(self, person: str) -> bool:
        return not self._party or person in self._wanted

    @property
    def bounds(self) -> tuple[SortPlace | None, ...]:
        """Of each table, where rows are not wanted any more."""
        return self._listings.bounds

    def __getstate__(self) -> dict[str, object]:
        """What it gathered goes to another process; the parties that conventions share are known there."""
        return {**vars(self), "_register": SharedParties()}

    def join(self, other: PageView) -> None:
        """Takes what was gathered elsewhere, after what was gathered here."""
        self._chooser.join(other._chooser.met)
        self._listings.join(other._listings)
        self._census.join(other._census)
        self._counter.join(other._counter)
        self._answer.join(other._answer)
        self._stated |= other._stated
        self._members += other._members
        self._aside += other._aside
        self._wanted |= other._wanted
        self._called = self._called or other._called

    def add(self, ledger: Ledger) -> None:
        """One convention more; among several, set aside where nothing in it concerns the party asked for."""
        chosen = tuple(self._chooser.choose(ledger.situation))
        if not self._is_one and self._party and not chosen:
            self._aside += 1
            return
        narrowed = ledger._replace(situation=ledger.situation._replace(obligations=chosen))
        home = self._census.add(narrowed.situation)
        self._answer.add(home, narrowed.situation)
        if stated := narrowed.situation.convention.accessibility:
            self._stated[stated] = None
        self._want(home, narrowed.situation)
        self._listings.add(home, narrowed, self._look(ledger, narrowed, home))

    def _look(self, ledger: Ledger, narrowed: Ledger, home: ConventionRef) -> dict[str, str]:
        """Shows the one convention, or counts one of several; where each fact of its journal stands on the page."""
        if self._checked is not None:
            return self._show(ledger, narrowed, self._checked)
        self._count(narrowed.situation, home)
        return {}

    def _want(self, home: ConventionRef, situation: Situation) -> None:
        """Keeps the legal persons that the party asked for stands for in this convention."""
        for name in self._chooser.parties(situation):
            members = situation.directory.members(name)
            self._called = self._called or situation.directory.label(name)
            self._wanted |= {self._register.person(home, member).key for member in members}

    def _count(self, situation: Situation, home: ConventionRef) -> None:
        """One convention among several."""
        if self._grouping:
            for one in situation.obligations:
                self._counter.count(Listed(home, one), self._grouping, self._register)
        convention = situation.convention.title
        called = (*((convention,) if convention != home.label else ()), home.id)
        self._members.append(Member(home.id, home.label, called, show_term_among_others(situation, self._language)))

    def _shown(self, label: str) -> OneConvention | SeveralConventions | PrintedSummary:
        """What stands on the page below the answer and the tables."""
        return self._body or self._several(label)

    def _several(self, label: str) -> SeveralConventions:
        aside = msgs(
            "In {count} other convention, nothing concerns {party}.",
            "In {count} other conventions, nothing concerns {party}.",
            count=self._aside,
            party=label,
        )
        groups = self._counter.tallies()
        apart = named_apart(each.group for each in groups) if self._grouping is Grouping.PARTY else ()
        members = [
            member._replace(tally=tally) for member, tally in zip(self._members, self._census.conventions, strict=True)
        ]
        late = [member for member in members if _is_late(member)]
        others = [member for member in members if not _is_late(member)]
        return SeveralConventions(
            members=tuple(sorted(late, key=_lateness)),
            others=tuple(sorted(others, key=_lateness)),
            folded=msgs(
                "{count} convention without a deadline passed",
                "{count} conventions without a deadline passed",
                count=len(others),
            ),
            said=(*((aside,) if self._aside else ()), *apart),
            total=self._census.total,
            grouped_by=HEADINGS[self._grouping] if self._grouping else None,
            groups=tuple(groups),
        )

    def _show(self, ledger: Ledger, narrowed: Ledger, checked: Checked) -> dict[str, str]:
        """All there is to say of the one convention; where the page shows each fact of its journal.

        Raises:
            UsageError: a party that nobody knows.
        """
        situation, language = narrowed.situation, self._language
        names = (self._party,) if self._party else ()
        entries = log_entries(ledger.situation, ledger.signed, ledger.facts, Filter(parties=names))
        said = [words(situation, language) for words in (other_words, option_words)]
        said += national_words(situation, language)
        said += contact_words(situation, language) if self._contacts else ()
        said += (sum_words(each, situation, language) for each in amount_sums(situation))
        drawn = bool(situation.obligations or ledger.facts)
        self._only = situation
        self._body = OneConvention(
            territory=situation.convention.territory or "",
            term=show_term(narrowed, language),
            people_said=tuple(filter(None, said)),
            timeline=self._drawn(ledger, situation) if drawn else None,
            matrix=show_matrix(situation, language),
            sites=tuple(situation.sites),
            sites_called=msgs("{count} site", "{count} sites", count=len(situation.sites)),
            journal_said=tuple(journal_words(situation, entries, ledger.facts, language)),
            journal=show_journal(situation, entries, language),
            checked=checked.without(self._of_others(ledger, situation, entries)) if self._party else checked,
        )
        return anchors_of(entries)

    def _of_others(self, ledger: Ledger, narrowed: Situation, entries: Iterable[Entry]) -> set[tuple[str, str]]:
        """The engagements, facts and parties that are about others than the party asked for alone."""
        whole = ledger.situation
        owed, told = {one.engagement.id for one in narrowed.obligations}, {entry.fact.id for entry in entries}
        names = self._chooser.parties(whole)
        meant = map(whole.directory.meant_by, names)
        ours = {each for found in meant for each in (*found.parties, *found.persons, *found.with_organs)}
        others = {("engagements", one.engagement.id) for one in whole.obligations if one.engagement.id not in owed}
        others |= {("facts", fact.id) for fact in ledger.facts if fact.on <= self._as_of and fact.id not in told}
        return others | {("parties", each) for each in whole.directory.parties.keys() - ours}

    def _drawn(self, ledger: Ledger, situation: Situation) -> TimelineShown:
        frame = Frame(timeline_of(ledger, situation.obligations), self._language)
        return TimelineShown(draw_svg(frame), draw_side(frame), foot_of(frame))


def _is_late(member: Member) -> bool:
    return bool(member.tally and member.tally.counts[StateColumn.OVERDUE])


def _lateness(member: Member) -> tuple[int, int, date]:
    """Most deadlines passed first, then most near ones, then the nearest day ahead."""
    if not member.tally:
        return 0, 0, date.max
    counts, coming = member.tally.counts, member.tally.next_due
    return -counts[StateColumn.OVERDUE], -counts[StateColumn.DUE_SOON], coming or date.max
