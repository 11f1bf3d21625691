"""What the page of several conventions shows, in ready words: the templates only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.render.page.values import Count, Date, Gauge, Listing, Person


class Member(NamedTuple):
    """One convention: its name, its term, its counts and what comes next.

    Attributes:
        about: its title where it is named by its territory, and its id.
        gauge: how far its term has run; None where the term lacks one of its ends.
        clause: the clause that sets the term.
        said: what is said of the term, and of the approval.
    """

    id: str
    name: str
    about: tuple[str, ...]
    gauge: Gauge | None
    clause: str
    said: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    next: Date | None = None


class Groups(NamedTuple):
    """What obligations are counted by: the word for it, and a row for each."""

    heading: str
    rows: tuple[Person, ...]


class Portfolio(NamedTuple):
    """All that the page of several conventions shows.

    Attributes:
        warnings: what is left out, and which state of the repositories it is when not the files as they are.
        said: what the counts leave aside.
        total: the counts of all the conventions together, and the nearest day ahead in `next`.
        people: the parties that several conventions share.
        groups: what the obligations are counted by, where that is asked for.
        words: the fixed words of the page, by name.
    """

    language: str
    title: str
    heading: str
    party: str
    day: Date
    on: str
    warnings: tuple[str, ...]
    members: tuple[Member, ...]
    said: tuple[str, ...]
    total: tuple[Count, ...]
    next: Date | None
    people: tuple[Person, ...]
    groups: Groups | None
    listings: tuple[Listing, ...]
    made_by: str
    words: Mapping[str, str]
