"""The words of a timeline, the same on the terminal, in the picture and in tables: of its rows and of its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.model.facts import Amended, Fulfilled, Occurred
from qp_cli.render.columns import debtor, due, state
from qp_cli.render.naming import titles_of
from qp_cli.render.timeline.signs import MARK_WORDS
from qp_cli.render.visible import visible
from qp_cli.render.wording import STYLES, tallied
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import soonest
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement, Event
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.timeline import Mark, Row, Timeline

_PENDING = (State.DUE_SOON, State.UPCOMING, State.IN_EFFECT, State.OPEN, State.SUSPENDED, State.CONDITIONAL)


class Beside(NamedTuple):
    """What is written beside a row: its name, then its debtors where it has others beside it; its date, its state."""

    name: str
    below: str
    due: str
    state: str
    style: str


def beside(row: Row, directory: Directory, titles: Titles, language: Language) -> Beside:
    """The words of a row, for the deadline that matters most on the day looked at."""
    one = headline(row)
    below = "" if row.alone else owners(row, directory)
    alike = len({(each.due, each.state) for each in row.obligations}) == 1
    words = state(one, titles, language) if alike else ", ".join(map(language.text, tallied(row.obligations)))
    return Beside(row.engagement.id, below, due(one, language), words, STYLES.get(one.state, ""))


def owners(row: Row, directory: Directory) -> str:
    """Whose a row is, and where."""
    return ", ".join((who(row.obligations, directory), *map(visible, row.sites)))


def headline(row: Row) -> Obligation:
    """The obligation of a row that matters most: the first overdue, else the next that is pending, else the last."""
    dated = soonest(one for one in row.obligations if one.due)
    for states in ((State.OVERDUE,), _PENDING):
        if found := [one for one in dated if one.state in states]:
            return found[0]
    return dated[-1] if dated else row.obligations[0]


def who(obligations: Iterable[Obligation], directory: Directory) -> str:
    """Who owes them, each once."""
    return ", ".join(dict.fromkeys(debtor(one, directory) for one in obligations))


class Undated(NamedTuple):
    """What has no deadline: an engagement in one state, with all who owe it."""

    engagement: Engagement
    who: str
    state: str

    def said(self, language: Language) -> str:
        """Who owes it, and its state."""
        return language.text(msg("{label}: {text}", label=self.who, text=self.state))


def undated_words(timeline: Timeline, language: Language) -> list[Undated]:
    """What has no deadline: each engagement once per state."""
    groups: dict[tuple[str, str], list[Obligation]] = {}
    titles = titles_of(timeline.situation.convention)
    for row in timeline.rows:
        for one in row.undated:
            groups.setdefault((one.engagement.id, state(one, titles, language)), []).append(one)
    directory = timeline.situation.directory
    return [Undated(found[0].engagement, who(found, directory), words) for (_, words), found in groups.items()]


def mark_words(mark: Mark, timeline: Timeline, language: Language) -> str:
    """What a mark says: a deadline and its state, a fact, an event or an avenant by its title."""
    label = MARK_WORDS[mark.kind]
    if isinstance(mark.fact, Fulfilled) and mark.fact.is_partial:
        said = msg("in part: {share}", share=mark.fact.part) if mark.fact.part else msg("in part")
        return language.text(msg("{label}: {text}", label=label, text=said))
    if mark.state is not None:
        titles = titles_of(timeline.situation.convention)
        return language.text(msg("{label}: {text}", label=label, text=state(mark.obligations[0], titles, language)))
    if mark.fact and isinstance(mark.fact, Amended):
        return language.text(msg("avenant “{title}”", title=mark.fact.title))
    if mark.event:
        return visible(mark.event.title)
    if event := event_of(mark, timeline):
        return language.text(msg("{label}: {text}", label=label, text=event.title))
    since = timeline.situation.term_stopped_on
    if mark.kind is MarkKind.TERM and since:
        label = msg("{label}, suspended since {first}", label=label, first=since)
    return language.text(label)


def event_of(mark: Mark, timeline: Timeline) -> Event | None:
    """The event that a mark is the day of."""
    if mark.event or mark.fact is None or not isinstance(mark.fact, Occurred):
        return mark.event
    name = mark.fact.event
    return next((event for event in timeline.situation.convention.events if event.id == name), None)


def clause(mark: Mark, timeline: Timeline) -> str:
    """The clause that sets what a mark stands for; empty where it is not said."""
    if event := event_of(mark, timeline):
        return event.clause or ""
    if mark.kind in {MarkKind.TERM, MarkKind.PREVIOUS_TERM}:
        term = timeline.situation.convention.term
        return (term.clause or "") if term else ""
    return (mark.obligations[0].engagement.clause or "") if mark.obligations else ""


def left_out_words(cancelled: int, later: int, as_of: date, language: Language, again: str = "") -> list[str]:
    """How many facts have no mark, and why; nothing where every one has. `again` ends the command that shows them."""
    said: list[Message] = []
    if cancelled:
        text = msgs(
            "{count} cancelled fact is not drawn. To see it: {command}",
            "{count} cancelled facts are not drawn. To see them: {command}",
            count=cancelled,
            command=f"qp log{again}",
        )
        said.append(text)
    if later:
        text = msgs(
            "{count} fact is dated later than {day}.",
            "{count} facts are dated later than {day}.",
            count=later,
            day=as_of,
        )
        said.append(text)
    return [language.text(each) for each in said]


def more(count: int) -> Message:
    """How many more there are than a picture says."""
    return msgs("… and {count} more", "… and {count} more", count=count)
