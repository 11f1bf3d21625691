"""What the page shows, in ready words: the templates only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Date(NamedTuple):
    """A day in words, and in ISO form for machines."""

    text: str
    iso: str


class Pair(NamedTuple):
    """A label and what it holds."""

    label: str
    text: str


class Sign(NamedTuple):
    """A state: its stable value, its word, and the sign that stands beside it."""

    value: str
    word: str
    mark: str


class Gauge(NamedTuple):
    """How far a term has run: from 0 to 1000 thousandths, between two days."""

    thousandths: int
    start: Date
    end: Date
    words: str


class Step(NamedTuple):
    """One line of a working: what the rule did, the day reached where it changes, the source."""

    text: str
    day: str
    source: str


class Working(NamedTuple):
    """How a date was reached, and the dates to keep beside it."""

    title: str
    steps: tuple[Step, ...] = ()
    dates: tuple[Pair, ...] = ()
    readings: tuple[Pair, ...] = ()


class Term(NamedTuple):
    """The term: what is said of it, its gauge where it has both ends, its clause, its notes, its working."""

    gauge: Gauge | None
    clause: str
    said: tuple[str, ...]
    notes: tuple[str, ...]
    working: Working | None


class Count(NamedTuple):
    """So many obligations in one column of the counts."""

    column: str
    number: int
    text: str


class Person(NamedTuple):
    """One legal person, or another group, and its counts; `home` is the convention of what only one has."""

    id: str
    name: str
    counts: tuple[Count, ...]
    home: str = ""


class FactLink(NamedTuple):
    """A fact in one line, and the place of the journal where it stands in full; empty where the page has it not."""

    id: str
    text: str
    note: str
    anchor: str


class Notice(NamedTuple):
    """A formal notice: when it was given, what it leaves time for, and the working of its cure period."""

    given: str
    cure: str
    steps: tuple[Step, ...]


class Row(NamedTuple):
    """One obligation.

    Attributes:
        due: its date; None where it has none.
        bound: what stands before a date that can still come sooner.
        remarks: what the date rests on, and what it was before an avenant.
        standing: what the state is completed by.
        late: days after the date, in figures; empty unless late.
        home: its convention and the id of that, where the page shows several.
    """

    id: str
    name: str
    title: str
    clause: str
    debtor: str
    state: Sign
    due: Date | None
    bound: str
    remarks: tuple[str, ...]
    standing: tuple[str, ...]
    late: str
    derived: bool
    working: Working
    notice: Notice | None
    facets: tuple[Pair, ...]
    notes: tuple[str, ...]
    facts: tuple[FactLink, ...]
    home: Pair | None = None


class Listing(NamedTuple):
    """A table of obligations under a heading, and what is said where there is none.

    Attributes:
        total: how many there are, in figures, where its rows are not all of them.
        more: what is said of the others.
    """

    id: str
    title: str
    short: str
    rows: tuple[Row, ...]
    empty: str
    total: str = ""
    more: str = ""


class Cell(NamedTuple):
    """How many obligations of one engagement are in a state, at one place."""

    state: Sign
    number: int
    words: str


class MatrixRow(NamedTuple):
    """One engagement across the places."""

    name: str
    title: str
    cells: tuple[tuple[Cell, ...], ...]


class Matrix(NamedTuple):
    """Engagements by places, the first of which is all the sites."""

    places: tuple[Pair, ...]
    rows: tuple[MatrixRow, ...]
    signs: tuple[Sign, ...]
    said: str


class Place(NamedTuple):
    """One site: where it is, and what is planned there."""

    id: str
    name: str
    commune: str
    about: str


class Link(NamedTuple):
    """A text, and the address it leads to; none unless it is one of the web."""

    text: str
    address: str = ""


class Fact(NamedTuple):
    """One fact of the journal."""

    anchor: str
    id: str
    day: Date
    kind: str
    about: str
    details: tuple[str, ...]
    proof: Link | None
    cancelled: bool


class Journal(NamedTuple):
    """The facts, how many they are, how many are dated later."""

    said: tuple[str, ...]
    facts: tuple[Fact, ...]


class Remark(NamedTuple):
    """One finding of the check: its file, and the line and the column in it."""

    code: str
    severity: Sign
    path: str
    spot: str
    message: str
    hint: str
    related: tuple[str, ...]


class Checked(NamedTuple):
    """The findings, and how many they are."""

    said: str
    remarks: tuple[Remark, ...]


class Page(NamedTuple):
    """All that one page shows.

    Attributes:
        language: the code of its language.
        words: the fixed words of the page, by name.
        timeline: the drawing of dates and facts, as SVG; empty where there is nothing to draw.
    """

    language: str
    title: str
    heading: str
    territory: str
    party: str
    day: Date
    on: str
    warnings: tuple[str, ...]
    term: Term
    people: tuple[Person, ...]
    people_said: tuple[str, ...]
    timeline: str
    listings: tuple[Listing, ...]
    matrix: Matrix | None
    places: tuple[Place, ...]
    journal: Journal
    checked: Checked
    made_by: str
    words: Mapping[str, str]
