"""The fixed words of the page, and the sign of each state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.model.kinds import Conformity
from qp_cli.render.findings.text import SEVERITIES
from qp_cli.render.page.values import Link, StateSign
from qp_cli.render.wording import BASES, COLUMNS, STATES
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.messages import Message
    from qp_cli.model.accessibility import Accessibility

PAGE_MARKS: dict[State, str] = {
    State.OVERDUE: "▲",
    State.DUE_SOON: "◆",
    State.UPCOMING: "○",
    State.OPEN: "…",
    State.IN_EFFECT: "●",
    State.CONDITIONAL: "◇",
    State.SUSPENDED: "‖",
    State.FULFILLED: "✓",
    State.FULFILLED_LATE: "✓",
    State.DISCHARGED: "–",
    State.BREACHED: "✕",
    State.EXPIRED: "□",
    State.EXERCISED: "■",
    State.LAPSED: "▫",
}
DERIVED_ON_PAGE = "△"
_SEVERITY_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.INFO: "●"}
_WORDS = {
    "skip": msg("Skip to the content"),
    "contents": msg("Contents"),
    "filter": msg("Filter the rows"),
    "filter_help": msg("Every word typed must be in the row; case and accents do not matter."),
    "open_all": msg("Open everything"),
    "close_all": msg("Close everything"),
    "answer": msg("In short"),
    "counts": msg("How many obligations are in each state"),
    "scrolls": msg("The timeline scrolls sideways; the names stay on the left."),
    "signatures": msg("Seen: name, day and signature"),
    "seen_by": msg("For"),
    "term": msg("Term of the convention"),
    "parties": msg("Where each party stands"),
    "parties_caption": msg("Obligations of each legal person, each counted in one column"),
    "party": msg("Party"),
    "timeline": msg("Timeline"),
    "deadline": msg("Deadline"),
    "state": msg("State"),
    "debtor": msg("Debtor"),
    "engagement": msg("Engagement"),
    "clause": msg("Clause"),
    "late": msg("Days after the date"),
    "subject": msg("Subject"),
    "no_date": msg("no date"),
    "working": msg("Working and facts"),
    "how": msg("Working"),
    "compare": msg("Dates to compare"),
    "reading": msg("Other reading"),
    "notice": msg("Formal notice"),
    "facts": msg("Facts"),
    "no_facts": msg("none recorded"),
    "source": msg("Source"),
    "matrix": msg("Sites and engagements"),
    "matrix_caption": msg("State of each engagement, for all the sites together and for those it names"),
    "signs": msg("Signs"),
    "nothing_here": msg("nothing of its own"),
    "sites": msg("Sites"),
    "sites_caption": msg("The sites, and what is planned there"),
    "site": msg("Site"),
    "commune": msg("Commune"),
    "journal": msg("Journal"),
    "journal_caption": msg("What happened, as the journal records it, newest last"),
    "day": msg("Day"),
    "fact": msg("Fact"),
    "about": msg("About"),
    "details": msg("Details"),
    "proof": msg("Proof"),
    "cancelled": msg("cancelled"),
    "findings": msg("Findings of the check"),
    "findings_caption": msg("What is wrong or doubtful in the files, at its place"),
    "severity": msg("Severity"),
    "code": msg("Code"),
    "place": msg("Place"),
    "finding": msg("Finding"),
    "hint": msg("What to do"),
    "neutral": msg("What counts is the text of the Convention; this page only reads it."),
    "neutral_facts": msg("It says what was recorded by that day, and nothing else."),
}


CONFORMITIES = {
    Conformity.NONE: msg("Accessibility: not compliant"),
    Conformity.PARTIAL: msg("Accessibility: partially compliant"),
    Conformity.FULL: msg("Accessibility: fully compliant"),
}
"""The three mentions of the law, of which a public body has to state one."""
_SEVERAL = {
    "conventions": msg("Conventions"),
    "conventions_caption": msg("Obligations of each convention, each counted in one column"),
    "convention": msg("Convention"),
    "coming": msg("Next deadline"),
    "total": msg("Total"),
    "parties": msg("Across conventions"),
    "shared_caption": msg("Obligations of each party that conventions share, each counted in one column"),
    "groups_caption": msg("Obligations of each, each counted in one column; of several together, under each of them"),
    "neutral": msg("What counts is the text of each convention; this page only reads it."),
}


def fixed_words(*, several: bool) -> dict[str, Message]:
    """Every fixed word of the page of one convention, or of several, by name; the headings of the counts by column."""
    columns = {f"column_{column.value}": word for column, word in COLUMNS.items()}
    found = msg("Rows shown: {shown} of {total}", shown="{shown}", total="{total}")
    return {**_WORDS, **columns, "found": found, **(_SEVERAL if several else {})}


def state_sign(state: State) -> StateSign:
    """A state in words, with its sign."""
    return StateSign(state.value, STATES[state], PAGE_MARKS[state])


BY_TERM_ON_PAGE = StateSign("derived", BASES[Basis.TERM], DERIVED_ON_PAGE)
"""What is awaited by a date derived from the term, which is never counted as the text's."""


def accessibility_links(stated: Iterable[Accessibility]) -> tuple[Link, ...]:
    """What conventions state of the accessibility of their pages, each statement once, leading to its declaration."""
    return tuple(Link(CONFORMITIES[each.level], each.declaration or "") for each in dict.fromkeys(stated))


def severity_sign(severity: Severity) -> StateSign:
    """How much a finding weighs, in words, with its sign."""
    return StateSign(severity.value, SEVERITIES[severity], _SEVERITY_MARKS[severity])


def others_aside(count: int) -> Message:
    """How many findings are about others than the party of the page, and what shows them."""
    return msgs(
        "{count} other finding is about others only: qp check shows it.",
        "{count} other findings are about others only: qp check shows them.",
        count=count,
    )


def paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of a note, each on one line."""
    return tuple(line.strip() for line in (text or "").split("\n") if line.strip())
