"""The timeline on a terminal: the chart, then in words what a chart cannot say, and its signs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import debtor, due, legend, name, state, where
from qp_cli.render.folding import shorten, whole_command
from qp_cli.render.headings import heading, missing
from qp_cli.render.layout import indented, listed, styled
from qp_cli.render.lists import MOST_ROWS
from qp_cli.render.naming import titles_of
from qp_cli.render.screen import UNBOUNDED
from qp_cli.render.timeline.chart import ROOM, Chart, ChartRow, label_width
from qp_cli.render.timeline.signs import legend_words, sign, signs_used
from qp_cli.render.timeline.words import Beside, beside, left_out_words, mark_words, owners, undated_words
from qp_cli.render.visible import visible
from qp_cli.render.wording import COLUMNS, counted
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import StateColumn
from qp_cli.tracking.timelines import Timelines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part
    from qp_cli.render.screen import Screen
    from qp_cli.render.timeline.axis import Scale
    from qp_cli.render.timeline.words import Undated
    from qp_cli.tracking.portfolio import Listed, Soonest
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.timeline import Mark, Row, Timeline
    from qp_cli.tracking.timelines import GroupRow, OffAxis

    Section = tuple[Message, Sequence[str | Message]]
    """A heading and its lines; how many more there are comes as a message that ends in a command."""

PIPE = 100
"""Columns of a chart where nobody knows the width."""
_Told = TypeVar("_Told")
FEW = 3
"""Marks of one sign told one by one; more are told as a number of them."""
LINES_OF_A_LIST = 20
"""Lines of each list below the chart; machine formats hold every one."""
_LATE = msg("Deadline passed, no fulfilment recorded")
_LATE_BY_TERM = msg("Date derived from the term, not written in the text (counted apart)")


def draw_timeline(
    timeline: Timeline | Timelines,
    screen: Screen,
    language: Language,
    *,
    narrowed: bool = False,
    absences: Iterable[Message] = (),
    again: str = "",
    chosen: str = "",
) -> str:
    """The chart of one convention or of several, with its dates in words.

    It is as wide as the screen, or 100 columns in a pipe. One that was `narrowed` to nothing says so; a convention
    that has no obligation at all has an empty chart. `absences` say what several lack. `again` ends what to type
    next, and `chosen` says before it what the answer was narrowed by.
    """
    several = isinstance(timeline, Timelines)
    if not timeline.rows and (narrowed or several):
        return language.text(msg("No obligation matches.")) + "\n"
    if screen.width >= UNBOUNDED:
        screen = screen._replace(width=PIPE)
    if isinstance(timeline, Timelines):
        return _Several(timeline, screen, language, absences).draw(again, chosen)
    return _One(timeline, screen, language).draw(again, chosen)


class _Drawing:
    """A timeline being drawn: what one convention has in common with several."""

    heads = ("", "")
    """What stands over the words beside the chart."""
    many: Message
    """What a number in a column means."""

    def __init__(self, timeline: Timeline | Timelines, screen: Screen, language: Language) -> None:
        self._screen = screen
        self._language = language
        self._source = timeline
        self._rest = ""

    def draw(self, again: str, chosen: str) -> str:
        """The chart, then each list that has lines, then what the marks beside dates mean and what is not drawn.

        `again` ends the commands that show the rest, which say with `chosen` what the answer was narrowed by.
        """
        source, language, width = self._source, self._language, self._screen.width
        self._rest = f"qp timeline --format csv{chosen}{again}"
        lines = list(self.lines())
        chart = Chart(source.axis, source.as_of, lines, self._screen, language, self.heads)
        parts: list[Part] = [*self.head(), "", chart.draw(), *self.hidden()]
        for title, said in self.sections(chart.scale):
            if said:
                parts += ["", styled(language.text(title), "bold"), *self._in_lines(said)]
        parts += ["", styled(language.text(msg("Signs")), "bold"), indented(self._signs(lines, chart.scale))]
        foot: list[Part] = [*map(styled, legend(self.told(), language))]
        left_out = left_out_words(source.cancelled, source.later, source.as_of, language, again)
        foot += (part for said in left_out for part in whole_command(said, width))
        if lines and isinstance(self, _One):
            foot += whole_command(language.text(msg("Ids: {command}", command=f"qp deadlines --all{again}")), width)
        if foot:
            parts += ["", *foot]
        return self._screen.draw(*parts)

    def _in_lines(self, said: Iterable[str | Message]) -> Iterator[Part]:
        """The lines of a list; a command to type whole, however long."""
        for each in said:
            if isinstance(each, str):
                yield listed(each)
            else:
                yield from whole_command(self._language.text(each), self._screen.width, margin=2)

    def head(self) -> list[Part]:
        """What stands over the chart."""
        raise NotImplementedError

    def lines(self) -> Iterator[ChartRow]:
        """The rows of the chart."""
        raise NotImplementedError

    def hidden(self) -> list[Part]:
        """How many more rows there are than the chart shows."""
        raise NotImplementedError

    def sections(self, scale: Scale) -> list[Section]:
        """The lists below the chart."""
        raise NotImplementedError

    def told(self) -> Iterable[Obligation]:
        """The obligations that have a date in words."""
        raise NotImplementedError

    def _signs(self, lines: Iterable[ChartRow], scale: Scale) -> str:
        """What each sign that is used means, on as few lines as it takes."""
        cells: list[list[Mark]] = []
        kinds = []
        for line in lines:
            cells += scale.cells(line.marks).values()
            kinds += [bar.kind for bar in line.bars]
        return signs_used(cells, kinds, self.many, self._language, unicode=self._screen.unicode)

    def _listed(self, told: Sequence[_Told], say: Callable[[_Told], str]) -> list[str | Message]:
        """What is told, a line each, or the first of it and how many more there are: no more is put into words."""
        lines: list[str | Message] = [say(one) for one in told[:LINES_OF_A_LIST]]
        if len(told) > LINES_OF_A_LIST:
            lines.append(self._more_rows(len(told) - LINES_OF_A_LIST))
        return lines

    def _more_rows(self, count: int) -> Message:
        """How many more there are than a list shows, and the command that shows them."""
        return msgs(
            "… and {count} more row: {command}", "… and {count} more rows: {command}", count=count, command=self._rest
        )

    def _hidden_rows(self, count: int) -> list[Part]:
        """The same below the chart; nothing where it shows every row."""
        return whole_command(self._language.text(self._more_rows(count)), self._screen.width) if count > 0 else []


class _One(_Drawing):
    """One convention: a row for it and one for each of its engagements."""

    many = msg("so many in one column, told above")

    def __init__(self, timeline: Timeline, screen: Screen, language: Language) -> None:
        super().__init__(timeline, screen, language)
        self._timeline = timeline
        drawn = [row for row in timeline.rows if row.is_drawn]
        self._rows, self._hidden = drawn[:MOST_ROWS], len(drawn) - MOST_ROWS
        self._directory = timeline.situation.directory
        self._titles = titles_of(timeline.situation.convention)
        self._common = language.text(msg("Convention"))
        self._labels = _labels([row.engagement for row in self._rows], label_width(screen))

    def head(self) -> list[Part]:
        """Its title and the day looked at."""
        return [heading(self._timeline.situation, self._language)]

    def lines(self) -> Iterator[ChartRow]:
        """The line of the convention, and one for each row."""
        yield ChartRow(Beside(self._common, "", "", "", ""), self._timeline.marks, name_style="")
        for row in self._rows:
            words = beside(row, self._directory, self._titles, self._language)
            yield ChartRow(words._replace(name=self._labels[row.engagement.id]), row.marks, row.bars)

    def hidden(self) -> list[Part]:
        """How many more rows there are."""
        return self._hidden_rows(self._hidden)

    def sections(self, scale: Scale) -> list[Section]:
        """What is overdue, what shares a column, the dates of the convention, those off the axis, and no deadline."""
        return [
            (_LATE, self._overdue(by_term=False)),
            (_LATE_BY_TERM, self._overdue(by_term=True)),
            (msg("Several in one column"), self._together(scale)),
            (msg("Dates of the convention"), self._listed(self._timeline.marks, self._signed)),
            (msg("Outside the axis"), self._listed(self._timeline.outside, self._said)),
            (msg("No deadline"), self._undated()),
        ]

    def told(self) -> Iterable[Obligation]:
        """Those on the rows shown."""
        return [one for row in self._rows for one in row.obligations]

    def _overdue(self, *, by_term: bool) -> list[str | Message]:
        """The overdue ones, by a date of the text or by one derived from the term, soonest first."""
        found = [
            (mark, row)
            for row in self._timeline.rows
            for mark in row.marks
            if mark.state is State.OVERDUE and mark.dated_by_term is by_term
        ]
        found.sort(key=lambda each: each[0].day)
        return self._listed(found, self._late)

    def _late(self, told: tuple[Mark, Row]) -> str:
        mark, row = told
        one = mark.obligations[0]
        occurrence = one.deadline.occurrence
        called = f"{row.engagement.id}@{occurrence.isoformat()}" if occurrence else row.engagement.id
        whose = owners(row, self._directory)
        words = f"{whose}, {state(one, self._titles, self._language)}"
        return f"{due(one, self._language)}  {visible(row.engagement.title)}  {words}  {called}"

    def _undated(self) -> list[str | Message]:
        """What has no deadline: each engagement in one line per state."""
        found = undated_words(self._timeline, self._language)
        return self._listed(found, self._no_date)

    def _no_date(self, told: Undated) -> str:
        return f"{visible(told.engagement.title)}  {told.said(self._language)}  {told.engagement.id}"

    def _together(self, scale: Scale) -> list[str | Message]:
        """The marks that share a column with others, one line for each row that has some."""
        told = []
        rows = ((self._called(row), row.marks) for row in self._rows)
        for label, marks in ((self._common, self._timeline.marks), *rows):
            shared = [mark for found in scale.cells(marks).values() if len(found) > 1 for mark in found]
            if shared:
                told.append((label, shared))
        return self._listed(told, lambda line: f"{line[0]}  {self._gathered(line[1])}")

    def _called(self, row: Row) -> str:
        """A row's title, and whose it is where the engagement has other rows."""
        title = visible(row.engagement.title)
        return title if row.alone else f"{title}, {owners(row, self._directory)}"

    def _gathered(self, marks: Iterable[Mark]) -> str:
        """Marks in words: one by one, or, where there are many of one sign, how many and from when to when."""
        alike: dict[str, list[Mark]] = {}
        for mark in marks:
            alike.setdefault(legend_words(mark, self._language), []).append(mark)
        said = []
        for words, found in alike.items():
            if len(found) <= FEW:
                said += [self._said(mark) for mark in found]
            else:
                first, last = found[0].day, found[-1].day
                text = msg("{what} ({count}), {first} → {last}", count=len(found), what=words, first=first, last=last)
                said.append(self._language.text(text))
        return self._language.joined(said)

    def _signed(self, mark: Mark) -> str:
        return f"{sign(mark).shown(unicode=self._screen.unicode)}  {self._said(mark)}"

    def _said(self, mark: Mark) -> str:
        day = self._language.short_day(mark.day).strip().replace(" ", "\u00a0")
        return f"{day} {mark_words(mark, self._timeline, self._language)}"


class _Several(_Drawing):
    """Several conventions: a row for each of them, or for each of the groups that their obligations are put into."""

    many = msg("so many in one column")

    def __init__(
        self, timelines: Timelines, screen: Screen, language: Language, absences: Iterable[Message] = ()
    ) -> None:
        super().__init__(timelines, screen, language)
        self._timelines = timelines
        self._absences = absences
        self.heads = (language.text(COLUMNS[StateColumn.OVERDUE]), language.text(msg("Next deadline")))

    def head(self) -> list[Part]:
        """How many they are, the day looked at, and what is lacking."""
        language, timelines = self._language, self._timelines
        count = msgs("{count} convention", "{count} conventions", count=timelines.conventions)
        on = msg("On {day}", day=language.full_day(timelines.as_of))
        return [styled(language.text(count), "bold"), language.text(on), *missing(self._absences, language)]

    def lines(self) -> Iterator[ChartRow]:
        """A convention's name, its marks and its term; how many are overdue, and on a wide screen what comes next."""
        language, headed = self._language, self._screen.width >= ROOM
        for row in self._timelines.rows[:MOST_ROWS]:
            late = language.number(row.overdue) if headed else language.text(counted(State.OVERDUE, row.overdue))
            ahead = " ".join(language.dated(row.next_due).split()) if row.next_due else "–"
            yield ChartRow(Beside(self._called(row), "", late if row.overdue else "–", ahead, ""), row.marks, row.bars)

    def hidden(self) -> list[Part]:
        """How many more rows there are."""
        return self._hidden_rows(len(self._timelines.rows) - MOST_ROWS)

    def sections(self, scale: Scale) -> list[Section]:  # noqa: ARG002 - what shares a column is only counted
        """What is overdue, the events that are not on the axis, and how many have no deadline."""
        undated = [row for row in self._timelines.rows if row.undated]
        return [
            (_LATE, self._late(self._timelines.late)),
            (_LATE_BY_TERM, self._late(self._timelines.late_by_term)),
            (msg("Outside the axis"), self._listed(self._timelines.outside, self._off_axis)),
            (msg("No deadline"), self._listed(undated, self._undated)),
        ]

    def told(self) -> Iterable[Obligation]:
        """The overdue ones that are listed."""
        return [held.obligation for held in (*self._timelines.late.kept, *self._timelines.late_by_term.kept)]

    def _called(self, row: GroupRow) -> str:
        """A convention's name, or a group's, with the convention it is in."""
        text = visible(row.label) or self._language.text(msg("not said"))
        return f"{text} – {visible(row.home)}" if row.home else text

    def _late(self, found: Soonest[Listed]) -> list[str | Message]:
        """The soonest, a line each with its convention, and how many more there are."""
        language = self._language
        lines: list[str | Message] = []
        for home, one in found.kept:
            place = where(home.label, one.engagement.clause, language)
            whose = debtor(one, home.directory)
            words = f"{whose}, {state(one, str, language)}  {place}"
            lines.append(f"{due(one, language)}  {visible(one.engagement.title)}  {words}  {name(one)}")
        if found.others:
            lines.append(self._more_rows(found.others))
        return lines

    def _off_axis(self, each: OffAxis) -> str:
        return f"{self._language.short_day(each.day).strip()}  {visible(each.title)}  {visible(each.convention)}"

    def _undated(self, row: GroupRow) -> str:
        numbers = ", ".join(self._language.text(counted(*each)) for each in row.undated.items())
        return self._language.text(msg("{label}: {text}", label=self._called(row), text=numbers))


def _labels(engagements: Sequence[Engagement], width: int) -> dict[str, str]:
    """What a row of each is called, in so many columns: its title on a line.

    It is whole where others begin alike, with its id where others are called the same.
    """
    named = Counter(visible(each.title) for each in engagements)
    titles = {each.id: visible(each.title) for each in engagements}
    titles = {each: title if named[title] == 1 else f"{title} ({each})" for each, title in titles.items()}
    short = {each: shorten(title, width) for each, title in titles.items()}
    shared = Counter(short.values())
    return {each: title if shared[title] == 1 else titles[each] for each, title in short.items()}
