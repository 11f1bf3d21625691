"""What the page shows: the templates lay it out, and put days, messages and numbers into words as they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qp_cli.app.check_result import Checked
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.render.timeline.svg_foot import TimelineFoot
    from qp_cli.tracking.portfolio import Tally


class Pair(NamedTuple):
    """A label and what it holds."""

    label: str
    text: str


class StateSign(NamedTuple):
    """A state: its stable value, its word, and the sign that stands beside it."""

    value: str
    word: Message
    mark: str


class StateCount(NamedTuple):
    """How many obligations are in a state: the number as it is written, and the words after it."""

    state: StateSign
    number: int
    figure: str = ""
    words: str = ""


class PageAnswer(NamedTuple):
    """What the page opens on.

    Attributes:
        late: whether a deadline of the text is passed.
        said: what is overdue and what comes next, in a sentence.
        besides: what is said below it.
        counts: how many obligations are in each state, each counted once.
        legend: what those counts mean whose words do not say it; empty where nothing is to be said.
    """

    late: bool
    said: Message
    besides: tuple[Message | str, ...]
    counts: tuple[StateCount, ...]
    legend: str = ""


class Gauge(NamedTuple):
    """How far a term has run: from 0 to 1000 thousandths, between two days."""

    thousandths: int
    start: date
    end: date
    words: Message


class PageStep(NamedTuple):
    """One line of a working: what the rule did, the day reached where it changes, the source."""

    text: Message
    day: date | None
    source: str


class Working(NamedTuple):
    """How a date was reached, and the dates to keep beside it."""

    title: Message | None = None
    steps: tuple[PageStep, ...] = ()
    dates: tuple[tuple[Message, date], ...] = ()
    readings: tuple[tuple[Message, str], ...] = ()


class PageTerm(NamedTuple):
    """The term: what is said of it, its gauge where it has both ends, its clause, its notes, its working."""

    gauge: Gauge | None
    clause: str
    said: tuple[str, ...]
    notes: tuple[str, ...] = ()
    working: Working | None = None


class FactLink(NamedTuple):
    """A fact in one line, and the place of the journal where it stands in full; empty where the page has it not."""

    id: str
    text: str = ""
    note: str = ""
    anchor: str = ""


class NoticeShown(NamedTuple):
    """A formal notice: when it was given, what it leaves time for, and the working of its cure period."""

    given: Message
    cure: str
    working: Working


class PageRow(NamedTuple):
    """One obligation.

    Attributes:
        due: its date; None where it has none.
        bound: what stands before a date that can still come sooner.
        basis: what the date rests on, where the text does not write it.
        remarks: what it was before an avenant.
        standing: what the state is completed by.
        late: days after the date; None unless late.
        distance: how far its date is, behind or ahead, in words.
        home: its convention and the id of that, where the page shows several.
        noted: that its date is earlier than the approval, which a sheet says too.
    """

    id: str
    name: str
    title: str
    clause: str
    debtor: str
    state: StateSign
    due: date | None
    bound: str
    basis: Message | None
    remarks: tuple[Message, ...]
    standing: tuple[Message | str, ...]
    late: int | None
    distance: Message | None
    dated_by_term: bool
    working: Working
    notice: NoticeShown | None
    facets: tuple[Pair, ...]
    notes: tuple[str, ...]
    facts: tuple[FactLink, ...]
    home: Pair | None = None
    noted: str = ""


class Listing(NamedTuple):
    """A table of obligations under a heading, and what is said where there is none.

    Attributes:
        total: how many there are, where its rows are not all of them.
        more: what is said of the others.
        command: what lists all of them.
        folded: what its fold is called, where it is shown only on demand.
    """

    id: str
    title: Message
    short: Message
    rows: tuple[PageRow, ...]
    empty: Message | None
    total: int | None = None
    more: Message | None = None
    command: str = ""
    folded: str = ""


class MatrixCell(NamedTuple):
    """How many obligations of one engagement are in a state, at one place."""

    state: StateSign
    number: int
    words: Message


class MatrixRow(NamedTuple):
    """One engagement across the places."""

    name: str
    title: str
    cells: tuple[tuple[MatrixCell, ...], ...]


class Matrix(NamedTuple):
    """Engagements by places, the first of which is all the sites; and how many they are, in words."""

    places: tuple[Pair, ...]
    rows: tuple[MatrixRow, ...]
    signs: tuple[StateSign, ...]
    said: Message | None
    called: Message


class Link(NamedTuple):
    """A text, and the address it leads to; none unless it is one of the web."""

    text: str | Message
    address: str = ""


class JournalFact(NamedTuple):
    """One fact of the journal, what it is about and the rest in words, and its proof."""

    anchor: str
    fact: Fact
    about: str
    details: tuple[str, ...]
    proof: Link | None
    cancelled: bool


class Member(NamedTuple):
    """One convention among several: its name, what it is called besides, its term, and its counts."""

    id: str
    name: str
    about: tuple[str, ...]
    term: PageTerm
    tally: Tally | None = None


class TimelineShown(NamedTuple):
    """A timeline: its picture and the names of its lines beside it, as SVG, and what stands below."""

    picture: str
    names: str
    foot: TimelineFoot


class OneConvention(NamedTuple):
    """What the page of one convention has besides.

    Attributes:
        people_said: what is said of the counts.
        timeline: dates and facts drawn; None where there is nothing to draw.
        journal_said: how many facts there are, how many are dated later.
    """

    territory: str
    term: PageTerm
    people_said: tuple[str, ...]
    timeline: TimelineShown | None
    matrix: Matrix | None
    sites: tuple[Site, ...]
    sites_called: Message
    journal_said: tuple[str, ...]
    journal: tuple[JournalFact, ...]
    checked: Checked


class SeveralConventions(NamedTuple):
    """What the page of several conventions has besides.

    Attributes:
        members: those with a deadline passed, the one with most of them first.
        others: those with none, shown only on demand; the one whose next deadline is nearest first.
        folded: what their fold is called.
        said: what the counts leave aside.
        total: the counts of all the conventions together, and the nearest day ahead.
        grouped_by: what the obligations are counted by in `groups`, where that is asked for.
    """

    members: tuple[Member, ...]
    others: tuple[Member, ...]
    folded: Message
    said: tuple[Message, ...]
    total: Tally
    grouped_by: Message | None
    groups: tuple[Tally, ...]


class PrintedSummary(NamedTuple):
    """What the sheet of one page has besides: its territory, and who is to sign it."""

    territory: str
    signatories: tuple[str, ...]


class Page(NamedTuple):
    """All that one page shows.

    Attributes:
        language: the code of its language.
        party: the one it is the sheet of, in words.
        warnings: what is left out, and which state of the repositories it is when not the files as they are.
        answer: what it opens on.
        people: the counts of legal persons; of several conventions, of those that they share.
        words: the fixed words of the page, by name.
        accessibility: what is stated of its accessibility, with the address of the declaration.
    """

    language: str
    title: Message | str
    heading: Message | str
    party: Message | None
    day: date
    warnings: tuple[Message, ...]
    answer: PageAnswer
    people: tuple[Tally, ...]
    listings: tuple[Listing, ...]
    words: Mapping[str, Message]
    body: OneConvention | SeveralConventions | PrintedSummary
    accessibility: tuple[Link, ...] = ()

    @property
    def sheet(self) -> bool:
        """Whether it is a single sheet, which has neither tools nor a script."""
        return isinstance(self.body, PrintedSummary)
