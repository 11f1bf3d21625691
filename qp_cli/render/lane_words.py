"""The words beside a lane of a chronology: its deadline and its state, whose it is, and what has no deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.columns import debtor, due, state
from qp_cli.render.naming import titles_of
from qp_cli.render.visible import visible
from qp_cli.render.wording import STYLES, tallied
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import soonest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.model.convention import Engagement
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Lane
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation

_PENDING = (State.DUE_SOON, State.UPCOMING, State.IN_EFFECT, State.OPEN, State.SUSPENDED, State.CONDITIONAL)


class Beside(NamedTuple):
    """What is written beside a lane: its name, then its debtors where it has others beside it; its date, its state."""

    name: str
    below: str
    due: str
    state: str
    style: str


def beside(lane: Lane, directory: Directory, titles: Titles, language: Language) -> Beside:
    """The words of a lane, for the deadline that matters most on the day looked at."""
    one = headline(lane)
    below = "" if lane.alone else owners(lane, directory)
    alike = len({(each.due, each.state) for each in lane.obligations}) == 1
    words = state(one, titles, language) if alike else ", ".join(map(language.text, tallied(lane.obligations)))
    return Beside(lane.engagement.id, below, due(one, language), words, STYLES.get(one.state, ""))


def owners(lane: Lane, directory: Directory) -> str:
    """Whose a lane is, and where."""
    return ", ".join((who(lane.obligations, directory), *map(visible, lane.sites)))


def headline(lane: Lane) -> Obligation:
    """The obligation of a lane that matters most: the first overdue, else the next that is pending, else the last."""
    dated = soonest(one for one in lane.obligations if one.due)
    for states in ((State.OVERDUE,), _PENDING):
        if found := [one for one in dated if one.state in states]:
            return found[0]
    return dated[-1] if dated else lane.obligations[0]


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


def undated_words(chronology: Chronology, language: Language) -> list[Undated]:
    """What has no deadline: each engagement once per state."""
    groups: dict[tuple[str, str], list[Obligation]] = {}
    titles = titles_of(chronology.situation.convention)
    for lane in chronology.lanes:
        for one in lane.undated:
            groups.setdefault((one.engagement.id, state(one, titles, language)), []).append(one)
    directory = chronology.situation.directory
    return [Undated(found[0].engagement, who(found, directory), words) for (_, words), found in groups.items()]
