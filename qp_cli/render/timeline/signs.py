"""The signs of the marks and bars of a timeline on a terminal, and what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.wording import BY_TERM, FACTS, STATES, STYLES
from qp_cli.tracking.states import State
from qp_cli.tracking.timeline import BarKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.timeline import Mark

MARK_WORDS: dict[MarkKind, Message] = {
    MarkKind.DUE: msg("deadline"),
    MarkKind.PREVIOUS_DUE: msg("deadline before it was moved"),
    MarkKind.CURE_DUE: msg("end of the cure period"),
    MarkKind.TERM: msg("term of the convention"),
    MarkKind.PREVIOUS_TERM: msg("term before it was moved"),
    MarkKind.EVENT: msg("event dated by the convention"),
    **{MarkKind(kind): text for kind, text in FACTS.items() if kind not in {"voided", "proof"}},
}
BAR_WORDS: dict[BarKind, Message] = {
    BarKind.PERIOD: msg("from the origin of a period to its deadline"),
    BarKind.IN_EFFECT: msg("running"),
    BarKind.SUSPENDED: msg("suspended"),
    BarKind.TERM: msg("from the origin of the convention's term to its end"),
}


class Sign(NamedTuple):
    """What stands for something in a column, on a screen that shows Unicode and on one that does not."""

    rich: str
    plain: str
    style: str = ""

    def shown(self, *, unicode: bool) -> str:
        """The one that the screen can show."""
        return self.rich if unicode else self.plain


DUE_SIGNS: dict[State, Sign] = {
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
    State.EXERCISED: Sign("■", "$"),
    State.LAPSED: Sign("□", "u"),
}
"""What stands for a deadline, by its state: each its own sign, whatever the colour."""
DERIVED_SIGN = Sign("¡", "i", "yellow")
"""What stands for an overdue deadline whose date is derived from the term."""
MARK_SIGNS: dict[MarkKind, Sign] = {
    MarkKind.PREVIOUS_DUE: Sign("d", "d", "dim"),
    MarkKind.CURE_DUE: Sign("m", "m", "yellow"),
    MarkKind.TERM: Sign("T", "T", "bold"),
    MarkKind.PREVIOUS_TERM: Sign("t", "t", "dim"),
    MarkKind.EVENT: Sign("E", "E"),
    MarkKind.FULFILLED: Sign("✓", "v", "green"),
    MarkKind.TRIGGERED: Sign(">", ">"),
    MarkKind.OCCURRED: Sign("e", "e"),
    MarkKind.AMENDED: Sign("A", "A", "bold"),
    MarkKind.WAIVED: Sign("w", "w", "dim"),
    MarkKind.SUSPENDED: Sign("{", "{"),
    MarkKind.RESUMED: Sign("}", "}"),
    MarkKind.NOTIFIED: Sign("M", "M", "yellow"),
    MarkKind.BREACHED: Sign("X", "X", "bold red"),
    MarkKind.DENOUNCED: Sign("D", "D", "bold"),
    MarkKind.TERMINATED: Sign("R", "R", "bold"),
}
BAR_SIGNS: dict[BarKind, Sign] = {
    BarKind.PERIOD: Sign("─", "-"),
    BarKind.IN_EFFECT: Sign("━", "=", "cyan"),
    BarKind.SUSPENDED: Sign("╌", "~", "yellow"),
    BarKind.TERM: Sign("═", "_", "dim"),
}
TODAY = Sign("│", "|", "bold")
GRID = Sign("·", ".", "dim")
MANY = "*"
"""What stands for more marks in one column than a figure can say."""
_MOST = 9
_ENTRY = 36
"""The longest entry of the legend that is kept on one line."""


def sign(mark: Mark) -> Sign:
    """What stands for a mark that is alone in its column."""
    if mark.state is None:
        return MARK_SIGNS[mark.kind]
    if mark.dated_by_term:
        return DERIVED_SIGN
    return DUE_SIGNS[mark.state]._replace(style=STYLES.get(mark.state, ""))


def combined(marks: Sequence[Mark]) -> Sign:
    """What stands for the marks of one column: an overdue deadline first, else how many there are."""
    count = sum(mark.number for mark in marks)
    if count == 1:
        return sign(marks[0])
    late = [mark for mark in marks if mark.state is State.OVERDUE]
    if late:
        return sign(min(late, key=lambda mark: mark.dated_by_term))
    number = str(count) if count <= _MOST else MANY
    return Sign(number, number, "bold")


def legend_words(mark: Mark, language: Language) -> str:
    """What the sign of a mark means."""
    label = language.text(MARK_WORDS[mark.kind])
    if mark.state is None:
        return label
    if mark.dated_by_term:
        return language.text(msg("{label}: {text}", label=label, text=BY_TERM))
    text = msg("open") if mark.state is State.OPEN else STATES[mark.state]  # it has a day
    return language.text(msg("{label}: {text}", label=label, text=text))


def signs_used(
    cells: Iterable[Sequence[Mark]], spans: Iterable[BarKind], many: Message, language: Language, *, unicode: bool
) -> str:
    """What each sign that is used in these columns means, on as few lines as it takes.

    Args:
        cells: the marks of each column.
        spans: the bars drawn.
        many: what a number in a column means.
        language: the reader's.
        unicode: whether the screen shows the signs that are no ASCII.
    """
    found = list(cells)
    kinds = {(mark.kind, mark.state, mark.dated_by_term): mark for each in found for mark in each}
    used = {sign(mark).shown(unicode=unicode): legend_words(mark, language) for mark in kinds.values()}
    for span in dict.fromkeys(spans):
        used[BAR_SIGNS[span].shown(unicode=unicode)] = language.text(BAR_WORDS[span])
    used[TODAY.shown(unicode=unicode)] = language.text(msg("the day looked at"))
    if any(sum(mark.number for mark in each) > 1 for each in found):
        used[f"2-9 {MANY}"] = language.text(many)
    return "  ".join(_joined(f"{shown} {words}") for shown, words in used.items())


def _joined(entry: str) -> str:
    """An entry of the legend on one line, unless it is long: its sign then stays with its first word at least."""
    return entry.replace(" ", "\u00a0", -1 if len(entry) <= _ENTRY else 1)
