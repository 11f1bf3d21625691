"""Rows of many conventions as text, held packed until they are written: in order across them all, or for each group."""

from __future__ import annotations

from functools import partial
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.filters import Chooser
from qp_cli.tracking.portfolio import Listed, convention_ref, groups, sort_key
from qp_cli.tracking.summary import in_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qp_cli.app.answers import Asked, Watch
    from qp_cli.tracking.filters import Answering, Choice, Met
    from qp_cli.tracking.portfolio import Grouping, SharedParties, TallyGroup
    from qp_cli.tracking.situation import Situation
    from qp_cli.tracking.states import State

_BLOCK = 32
"""Rows that are packed together: of each convention, so many stand unpacked while all are put in order."""
_END = "\0"
"""What no text has in it, for each is shown to people or read by programs that take no such character."""
_ALONE, _AMONG = "", "+"
_PLACE = itemgetter(0)


def pack(texts: Iterable[str]) -> bytes:
    """Some texts in a fraction of their room."""
    from zlib import compress

    return compress(_END.join(texts).encode("utf-8", "surrogatepass"), 1)


def unpack(packed: bytes) -> list[str]:
    """The same texts; of none, one that is empty."""
    from zlib import decompress

    return decompress(packed).decode("utf-8", "surrogatepass").split(_END)


class Run(NamedTuple):
    """The rows of one group in one convention, in order.

    Attributes:
        first: the place of the first one, and which of its groups this is.
        blocks: its rows, packed: of each its place, whether it is in other groups too, its text.
    """

    first: tuple[str, int]
    blocks: tuple[bytes, ...]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Each row: its place, `+` where it is in other groups too, its text."""
        for block in self.blocks:
            fields = iter(unpack(block))
            yield from zip(fields, fields, fields, strict=True)


Runs = dict["TallyGroup | None", Run]
"""The rows of one convention, in each group; in none, where nothing is put together."""


class Rows:
    """The rows of one convention after another.

    Attributes:
        answering: the organs asked for whose legal person is answered for.
    """

    def __init__(self) -> None:
        self.answering: tuple[Answering, ...] = ()
        self._runs: dict[TallyGroup | None, list[Run]] = {}

    def add(self, runs: Mapping[TallyGroup | None, Run]) -> None:
        """Those of one convention more."""
        for group, run in runs.items():
            self._runs.setdefault(group, []).append(run)

    def texts(self) -> Iterator[str]:
        """The text of each row, once: in order, those of the first group first."""
        seen: set[str] = set()
        for _, runs in self._in_order():
            for place, among, text in merge(*(run.rows() for run in runs), key=_PLACE):
                if among:
                    if place in seen:
                        continue
                    seen.add(place)
                yield text

    def by_group(self) -> Iterator[tuple[TallyGroup | None, Iterator[str]]]:
        """Each group, by the place of its first row, with the texts of its rows in order."""
        for group, runs in self._in_order():
            yield group, (text for _, _, text in merge(*(run.rows() for run in runs), key=_PLACE))

    def _in_order(self) -> list[tuple[TallyGroup | None, list[Run]]]:
        return sorted(self._runs.items(), key=lambda each: min(run.first for run in each[1]))


def rows_in_order(
    listed: Iterable[Listed], write: Callable[[Listed], str], grouping: Grouping | None, shared: SharedParties
) -> Rows:
    """Rows that are at hand, in the order that they have."""
    placed = ((f"{number:09}", one) for number, one in enumerate(listed))
    made = Rows()
    made.add(_runs(placed, write, partial(_groups_of, grouping=grouping, shared=shared)))
    return made


def _groups_of(one: Listed, grouping: Grouping | None, shared: SharedParties) -> Sequence[TallyGroup | None]:
    return list(groups(one, grouping, shared)) if grouping else (None,)


def _runs(
    placed: Iterable[tuple[str, Listed]],
    write: Callable[[Listed], str],
    groups_of: Callable[[Listed], Sequence[TallyGroup | None]],
) -> Runs:
    """The rows of one convention in each of their groups."""
    found: dict[TallyGroup | None, list[tuple[str, str, str]]] = {}
    first: dict[TallyGroup | None, tuple[str, int]] = {}
    for place, one in placed:
        own = groups_of(one)
        text = write(one).replace(_END, "\\u0000")
        for rank, group in enumerate(own):
            found.setdefault(group, []).append((place, _AMONG if own[1:] else _ALONE, text))
            first.setdefault(group, (place, rank))
    return {group: Run(first[group], tuple(_packed(rows))) for group, rows in found.items()}


def _packed(rows: Iterable[tuple[str, str, str]]) -> Iterator[bytes]:
    left = iter(rows)
    while block := list(islice(left, _BLOCK)):
        yield pack(field for row in block for field in row)


class _OfRows(NamedTuple):
    """What rows keep of one convention: what was met and seen, and their texts."""

    met: Met
    seen: object
    runs: Runs


class _TakeRows:
    """What puts the obligations chosen in one convention into text."""

    def __init__(
        self,
        choice: Choice,
        shared: SharedParties,
        state: State | None,
        grouping: Grouping | None,
        write: Callable[[Listed], str],
        watch: Watch,
    ) -> None:
        self._choice = choice
        self._shared = shared
        self._state = state
        self._grouping = grouping
        self._write = write
        self._look = watch.look

    def __call__(self, situation: Situation) -> _OfRows:
        chooser = Chooser(self._choice, self._shared)
        chosen = chooser.choose(situation)
        seen = self._look and self._look(situation, chosen)
        convention = convention_ref(situation, chosen)
        listed = (Listed(convention, one) for one in in_state(chosen, self._state))
        placed = sorted(((sort_key(one), one) for one in listed), key=lambda each: each[0])
        groups_of = partial(_groups_of, grouping=self._grouping, shared=self._shared)
        return _OfRows(chooser.met, seen, _runs(placed, self._write, groups_of))


def gather_rows(
    asked: Asked,
    choice: Choice,
    write: Callable[[Listed], str],
    watch: Watch,
    *,
    keep: State | None = None,
    grouping: Grouping | None = None,
) -> Rows:
    """What is chosen in every convention as text, each convention let go once it was looked at.

    Args:
        asked: the conventions.
        choice: what is chosen.
        write: what puts an obligation into text, in whatever process.
        watch: who looks at everything that is chosen.
        keep: the state of what is listed; every one where none is named.
        grouping: what the rows are put together by.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    chooser, rows = Chooser(choice, asked.shared), Rows()
    take = _TakeRows(choice, asked.shared, keep, grouping, write, watch)
    for found in asked.gather(take):
        chooser.join(found.met)
        watch.hear(found.seen)
        rows.add(found.runs)
    chooser.confirm()
    rows.answering = chooser.answering
    return rows
