"""From the options to what is asked, and from an answer to the exit code that `--fail-on` asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

import typer

from qp_cli.app.readings import read_choice, read_length, split_choices
from qp_cli.cli.options import FORMATS, GROUPINGS, STATES_TAKEN
from qp_cli.cli.output import say
from qp_cli.errors import UsageError
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.app.answers import Asked
    from qp_cli.app.opening import Opened
    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.cli.options import Call
    from qp_cli.law.periods import Period
    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.filters import Answering, Choice
    from qp_cli.tracking.portfolio import Grouping, Listed, Soonest
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import State

_Kept = TypeVar("_Kept")

_OVERDUE_NAMES = frozenset(("overdue", "overdue-by-term", "derived-from-term", "other"))
"""The names under which something is overdue: `--newly` bears on that alone."""
MOST_NAMED = 20
"""How many obligations are named."""


class _Named(NamedTuple):
    """An obligation that is named: whose, which, when, and its state in words."""

    convention: str
    id: str
    due: date | None
    words: Message


def _named(held: Listed) -> _Named:
    from qp_cli.render.wording import state_words

    one = held.obligation
    return _Named(held.convention.id, one.id, one.due, state_words(one))


class _Seen(NamedTuple):
    """What is found in one convention; how many of that are not overdue."""

    convention: str
    found: Soonest[_Named]
    not_overdue: int


class _LookForStates:
    """What finds the obligations in some states in one convention; `newly`: what is overdue, for so long at most."""

    def __init__(self, states: frozenset[str], newly: Period | None) -> None:
        self._states = states
        self._newly = newly

    def __call__(self, situation: Situation, obligations: Iterable[Obligation]) -> _Seen:
        from qp_cli.tracking.portfolio import Listed, Soonest, convention_ref
        from qp_cli.tracking.states import State
        from qp_cli.tracking.summary import counted_as

        found: Soonest[_Named] = Soonest(MOST_NAMED)
        others = 0
        home = convention_ref(situation)
        for one in obligations:
            if not self._states.isdisjoint(counted_as(one)) and self._is_new(one, situation.as_of):
                found.offer(Listed(home, one), _named)
                others += one.state is not State.OVERDUE
        return _Seen(home.id, found, others)

    def _is_new(self, one: Obligation, day: date) -> bool:
        """Whether `--newly` asks for it: what is overdue, where its last day is not further back."""
        from qp_cli.law.dates import add_period
        from qp_cli.tracking.states import State

        if self._newly is None or one.state is not State.OVERDUE or one.due is None:
            return True
        return one.due >= add_period(day, self._newly, backwards=True)


class FailingStates:
    """What `--fail-on` looks for, one convention after another; nothing where it is not given."""

    def __init__(self, states: Sequence[str], newly: Period | None = None) -> None:
        self.look = _LookForStates(frozenset(states), newly) if states else None
        self._names = tuple(states)
        self._found: Soonest[_Named] | None = None
        self._not_overdue = 0
        self._conventions: set[str] = set()

    @property
    def failed(self) -> bool:
        """Whether an obligation is in one of the states."""
        return self._found is not None and bool(self._found.count)

    @property
    def asked(self) -> bool:
        """Whether `--fail-on` is given."""
        return self.look is not None

    def hear(self, seen: _Seen | None) -> None:
        """Hears what was found in one convention more."""
        if seen is None:
            return
        name, found, not_overdue = seen
        self._conventions.add(name)
        self._not_overdue += not_overdue
        if self._found is None:
            self._found = found
        else:
            self._found.join(found)

    def lines(self, language: Language) -> Iterator[str]:
        """What made it fail: ids and dates, the convention's where there are several; how many more."""
        found = self._found
        if not found or not found.count:
            return
        head = msgs(
            "--fail-on: {count} obligation in a state that it names",
            "--fail-on: {count} obligations in a state that it names",
            count=found.count,
        )
        yield f"qp: {language.text(head)}"
        for held in found.kept:
            yield f"  {self._line(held, language)}"
        if found.others:
            more = msgs(
                "… and {count} more: {most} at the most are named here",
                "… and {count} more: {most} at the most are named here",
                count=found.others,
                most=MOST_NAMED,
            )
            yield f"  {language.text(more)}"

    def not_listed(self, again: str) -> Message | None:
        """Of a list of what is overdue alone, how many made it fail that are not in it, and what shows them.

        `again` are the options that the next command needs too.
        """
        names = [each for each in self._names if not each.startswith("overdue")]
        if not self._not_overdue or not names:
            return None
        return msgs(
            "{count} of these is not overdue, and not in this list; it is shown by: {command}",
            "{count} of these are not overdue, and not in this list; they are shown by: {command}",
            count=self._not_overdue,
            command=f"qp deadlines --all --state {','.join(names)}{again}",
        )

    def _line(self, one: _Named, language: Language) -> str:
        day = language.dated(one.due) if one.due else "–"
        name = f"{one.convention} {one.id}" if len(self._conventions) > 1 else one.id
        return f"{day}  {language.text(msg('{label}: {text}', label=name, text=one.words))}"


def form_of(call: Call) -> str:
    """The format asked for, before or after the command; a table when none is.

    Raises:
        UsageError: it is none; the command that makes it is given, where one does.
    """
    text = call.form or call.session.form or "table"
    try:
        return read_choice(text, FORMATS, "--format")
    except UsageError as error:
        from qp_cli.cli.words_meant import commands_instead

        if instead := ", ".join(commands_instead(text, "")):
            raise UsageError(msg("{problem}; try: {names}", problem=error.message, names=instead)) from None
        raise


def fail_on(call: Call) -> FailingStates:
    """What makes the command exit with 1.

    Raises:
        UsageError: a state or a length is none, or a length stands without states that it bears on.
    """
    if call.newly and not call.fail:
        raise UsageError(msg("--newly says which of the states that --fail-on names count: give both."))
    newly = read_length(call.newly, "--newly") if call.newly else None
    states = split_choices(call.fail or (), STATES_TAKEN, "--fail-on", _state_word)
    if newly and _OVERDUE_NAMES.isdisjoint(states):
        raise UsageError(
            msg(
                "--newly counts what has become overdue, which --fail-on {states} does not name: add overdue, or leave "
                "--newly out.",
                states=",".join(states),
            )
        )
    return FailingStates(states, newly)


def _state_word(name: str) -> Message:
    """The word of a state on the screens."""
    from qp_cli.render.wording import counted_word

    return counted_word(name)


GROUPING_WORDS = {"convention": msg("convention"), "party": msg("party"), "clause": msg("clause"), "site": msg("site")}
"""The words for what lists are put together by."""


def grouping_of(call: Call) -> Grouping | None:
    """What `--group-by` asks for; None where it is not given."""
    if call.group_by is None:
        return None
    from qp_cli.tracking.portfolio import Grouping

    return Grouping(read_choice(call.group_by, GROUPINGS, "--group-by", GROUPING_WORDS.__getitem__))


def choice_of(call: Call) -> Callable[[date], Choice]:
    """What is chosen of the obligations, once the day looked at is known.

    Raises:
        UsageError: a state or a length is none.
    """
    states = split_choices(call.state or (), STATES_TAKEN, "--state", _state_word)
    length = read_length(call.within, "--within") if call.within else None

    def choose(day: date) -> Choice:
        from qp_cli.law.dates import add_period
        from qp_cli.tracking.filters import Choice

        until = add_period(day, length) if length else None
        return Choice(tuple(call.party or ()), tuple(call.site or ()), frozenset(states), until)

    return choose


def ask(conventions: SessionConventions, grouping: Grouping | None = None) -> Asked:
    """What a command is about: one convention is a list of one, answered as several are where they are put together.

    Raises:
        QpError: the only convention is broken or cannot be read.
    """
    from qp_cli.app.answers import Asked, ask_about
    from qp_cli.app.conventions import absences, left_out

    only = None if grouping else conventions.only()
    if only:
        return ask_about(only.situation)

    def gather(take: Callable[[Situation], _Kept]) -> Iterator[_Kept]:
        return conventions.gather(_OfSituation(take))

    return Asked(
        gather,
        conventions.day,
        shared=conventions.register,
        absences=partial(absences, conventions),
        left_out=partial(left_out, conventions),
    )


class _OfSituation(Generic[_Kept]):
    """What takes from a convention what is taken from its situation."""

    def __init__(self, take: Callable[[Situation], _Kept]) -> None:
        self._take = take

    def __call__(self, opened: Opened) -> _Kept:
        return self._take(opened.situation)


def list_answer(
    asked: Asked,
    choice: Choice,
    form: str,
    language: Language,
    failing: FailingStates | None = None,
    *,
    keep: State | None = None,
    grouping: Grouping | None = None,
    level: int = 3,
) -> Iterator[str]:
    """The obligations chosen in JSON, CSV or Markdown, piece by piece, once every convention has gone by.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    from qp_cli.app.answers import NOBODY
    from qp_cli.app.rows import gather_rows
    from qp_cli.render.lists import ListRow, list_pieces

    write = ListRow(form, language, several=not asked.alone)
    rows = gather_rows(asked, choice, write, failing or NOBODY, keep=keep, grouping=grouping)
    say_answering(language, rows.answering)
    return list_pieces(rows, asked, grouping, form, language, level=level)


def say_answering(language: Language, answering: Sequence[Answering]) -> None:
    """Says beside the answer whose legal person it is for, where an organ was asked for that owes nothing."""
    if not answering:
        return
    from qp_cli.render.naming import answering_words

    for each in answering_words(answering, language):
        say(f"qp: {language.text(each)}")


def finish(
    text: str | Iterable[str], call: Call, failing: FailingStates, code: int = 0, *, overdue_alone: bool = False
) -> None:
    """Gives the answer, then says what `--fail-on` met and exits with 1, or as the conventions left out ask.

    With `--fail-on`, why it exits so is said too, where something is left out. `overdue_alone`: the answer lists that.

    Raises:
        typer.Exit: with code 1, as `--fail-on` asks, or with `code`.
    """
    if failing.asked and form_of(call) == "json":
        from qp_cli.render.known_state import BY_ABSENCE, BY_STATE, with_reasons

        text = with_reasons(text, [*([BY_STATE] if failing.failed else ()), *([BY_ABSENCE] if code else ())])
    call.give(text)
    for line in failing.lines(call.language):
        say(line)
    aside = failing.not_listed(f"{call.chosen}{call.named}{call.again}") if overdue_alone else None
    for each in filter(None, (aside, _why(failing, code))):
        say(f"qp: {call.language.text(each)}")
    if failing.failed:
        raise typer.Exit(FAILED)
    if code:
        raise typer.Exit(code)


def _why(failing: FailingStates, code: int) -> Message | None:
    """Why it exits with 1, where `--fail-on` is given and something is left out: two reasons have one code."""
    if not failing.asked or not code:
        return None
    if failing.failed:
        return msg("exit code 1: for what --fail-on names, and for what is left out of the answer")
    return msg(
        "exit code 1: for what is left out of the answer alone; in what could be read, nothing is in a state that "
        "--fail-on names"
    )


FAILED: Literal[1] = 1
