"""The words and signs of the marks of a chronology, the same in the terminal, in the picture and in records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import state
from qp_cli.render.naming import titles_of
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS, STATES, STYLES
from qp_cli.tracking.lanes import Sort, Span
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.convention import Event
    from qp_cli.render.language import Language
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Mark

SORTS: dict[Sort, Message] = {
    Sort.DUE: msg("deadline"),
    Sort.PREVIOUS_DUE: msg("deadline before an avenant moved it"),
    Sort.CURE_DUE: msg("end of the cure period"),
    Sort.TERM: msg("term of the convention"),
    Sort.PREVIOUS_TERM: msg("term before an avenant moved it"),
    Sort.EVENT: msg("event dated by the convention"),
    **{Sort(kind): text for kind, text in FACTS.items() if kind != "voided"},
}
SPANS: dict[Span, Message] = {
    Span.PERIOD: msg("from the origin of a period to its deadline"),
    Span.IN_EFFECT: msg("running"),
    Span.SUSPENDED: msg("suspended"),
    Span.TERM: msg("from the origin of the convention's term to its end"),
}


class Signed(Protocol):
    """What has a sign: a mark, or several alike of one convention on one day."""

    @property
    def day(self) -> date:
        """Its day."""

    @property
    def sort(self) -> Sort:
        """What it is."""

    @property
    def state(self) -> State | None:
        """The state of the obligation whose deadline it is; None for every other sort."""

    @property
    def apart(self) -> bool:
        """Whether it is a deadline that passed, but by a date derived from the term."""

    @property
    def number(self) -> int:
        """How many marks it stands for."""


class Sign(NamedTuple):
    """What stands for something in a column, on a screen that shows Unicode and on one that does not."""

    rich: str
    plain: str
    style: str = ""

    def shown(self, *, unicode: bool) -> str:
        """The one that the screen can show."""
        return self.rich if unicode else self.plain


DUES: dict[State, Sign] = {
    State.OVERDUE: Sign("!", "!"),
    State.DUE_SOON: Sign("◆", "#"),
    State.UPCOMING: Sign("◇", "o"),
    State.OPEN: Sign("?", "?"),
    State.IN_EFFECT: Sign("]", "]"),
    State.CONDITIONAL: Sign("¿", ";"),
    State.SUSPENDED: Sign("‖", "S"),
    State.FULFILLED: Sign("○", "%"),
    State.FULFILLED_LATE: Sign("●", "@"),
    State.DISCHARGED: Sign("×", "x"),
    State.BREACHED: Sign("&", "&"),
    State.EXPIRED: Sign(")", ")"),
}
"""What stands for a deadline, by its state: each its own sign, whatever the colour."""
DERIVED = Sign("¡", "i", "yellow")
"""What stands for an overdue deadline whose date is derived from the term."""
SIGNS: dict[Sort, Sign] = {
    Sort.PREVIOUS_DUE: Sign("†", "+", "dim"),
    Sort.CURE_DUE: Sign("m", "m", "yellow"),
    Sort.TERM: Sign("T", "T", "bold"),
    Sort.PREVIOUS_TERM: Sign("t", "t", "dim"),
    Sort.EVENT: Sign("E", "E"),
    Sort.FULFILLED: Sign("✓", "v", "green"),
    Sort.TRIGGERED: Sign(">", ">"),
    Sort.OCCURRED: Sign("e", "e"),
    Sort.AMENDED: Sign("A", "A", "bold"),
    Sort.WAIVED: Sign("w", "w", "dim"),
    Sort.SUSPENDED: Sign("{", "{"),
    Sort.RESUMED: Sign("}", "}"),
    Sort.NOTIFIED: Sign("M", "M", "yellow"),
    Sort.BREACHED: Sign("X", "X", "bold red"),
}
STRETCHES: dict[Span, Sign] = {
    Span.PERIOD: Sign("─", "-"),
    Span.IN_EFFECT: Sign("━", "=", "cyan"),
    Span.SUSPENDED: Sign("╌", "~", "yellow"),
    Span.TERM: Sign("═", "_", "dim"),
}
TODAY = Sign("│", "|", "bold")
GRID = Sign("·", ".", "dim")
MANY = "*"
"""What stands for more marks in one column than a figure can say."""
_MOST = 9
_ENTRY = 36
"""The longest entry of the legend that is kept on one line."""


def sign(mark: Signed) -> Sign:
    """What stands for a mark that is alone in its column."""
    if mark.state is None:
        return SIGNS[mark.sort]
    if mark.apart:
        return DERIVED
    return DUES[mark.state]._replace(style=STYLES.get(mark.state, ""))


def combined(marks: Sequence[Signed]) -> Sign:
    """What stands for the marks of one column: an overdue deadline first, else how many there are."""
    count = sum(mark.number for mark in marks)
    if count == 1:
        return sign(marks[0])
    late = [mark for mark in marks if mark.state is State.OVERDUE]
    if late:
        return sign(min(late, key=lambda mark: mark.apart))
    number = str(count) if count <= _MOST else MANY
    return Sign(number, number, "bold")


def legend_words(mark: Signed, language: Language) -> str:
    """What the sign of a mark means."""
    label = language.text(SORTS[mark.sort])
    if mark.state is None:
        return label
    if mark.apart:
        return language.text(msg("deadline derived from the term: {state}", state=STATES[mark.state]))
    return language.text(msg("{label}: {text}", label=label, text=STATES[mark.state]))


def signs_used(
    cells: Iterable[Sequence[Signed]], spans: Iterable[Span], many: Message, language: Language, *, unicode: bool
) -> str:
    """What each sign that is used in these columns means, on as few lines as it takes.

    Args:
        cells: the marks of each column.
        spans: the stretches drawn.
        many: what a number in a column means.
        language: the reader's.
        unicode: whether the screen shows the signs that are no ASCII.
    """
    found = list(cells)
    kinds = {(mark.sort, mark.state, mark.apart): mark for each in found for mark in each}
    used = {sign(mark).shown(unicode=unicode): legend_words(mark, language) for mark in kinds.values()}
    for span in dict.fromkeys(spans):
        used[STRETCHES[span].shown(unicode=unicode)] = language.text(SPANS[span])
    used[TODAY.shown(unicode=unicode)] = language.text(msg("the day looked at"))
    if any(sum(mark.number for mark in each) > 1 for each in found):
        used[f"2-9 {MANY}"] = language.text(many)
    return "  ".join(_joined(f"{shown} {words}") for shown, words in used.items())


def _joined(entry: str) -> str:
    """An entry of the legend on one line, unless it is long: its sign then stays with its first word at least."""
    return entry.replace(" ", "\u00a0", -1 if len(entry) <= _ENTRY else 1)


def mark_words(mark: Mark, chronology: Chronology, language: Language) -> str:
    """What a mark says: a deadline and its state, a fact, an event or an avenant by its title."""
    label = SORTS[mark.sort]
    if mark.state is not None:
        titles = titles_of(chronology.situation.convention)
        return language.text(msg("{label}: {text}", label=label, text=state(mark.obligations[0], titles, language)))
    if mark.fact and mark.fact.kind == "amended":
        return language.text(msg("avenant “{title}”", title=mark.fact.title))
    if mark.event:
        return visible(mark.event.title)
    if event := event_of(mark, chronology):
        return language.text(msg("{label}: {text}", label=label, text=event.title))
    return language.text(label)


def event_of(mark: Mark, chronology: Chronology) -> Event | None:
    """The event that a mark is the day of."""
    if mark.event or mark.fact is None or mark.fact.kind != "occurred":
        return mark.event
    name = mark.fact.event
    return next((event for event in chronology.situation.convention.events if event.id == name), None)


def clause(mark: Mark, chronology: Chronology) -> str:
    """The clause that sets what a mark stands for; empty where it is not said."""
    if event := event_of(mark, chronology):
        return event.clause or ""
    if mark.sort in {Sort.TERM, Sort.PREVIOUS_TERM}:
        term = chronology.situation.convention.term
        return (term.clause or "") if term else ""
    return (mark.obligations[0].engagement.clause or "") if mark.obligations else ""


def left_out(cancelled: int, later: int, as_of: date, language: Language) -> list[str]:
    """How many facts have no mark, and why; nothing where every one has."""
    said: list[Message] = []
    if cancelled:
        text = msgs(
            "{count} cancelled fact is not drawn: qp log shows it.",
            "{count} cancelled facts are not drawn: qp log shows them.",
            count=cancelled,
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
