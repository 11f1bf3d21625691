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


class _LookForStates:
    """What finds the obligations in some states in one convention; `newly`: what is overdue, for so long at most."""

    def __init__(self, states: frozenset[str], newly: Period | None) -> None:
        self._states = states
        self._newly = newly

    def __call__(self, situation: Situation, obligations: Iterable[Obligation]) -> tuple[str, Soonest[_Named]]:
        from qp_cli.tracking.portfolio import Listed, Soonest, convention_ref
        from qp_cli.tracking.summary import counted_as

        found: Soonest[_Named] = Soonest(MOST_NAMED)
        home = convention_ref(situation)
        for one in obligations:
            if not self._states.isdisjoint(counted_as(one)) and self._is_new(one, situation.as_of):
                found.offer(Listed(home, one), _named)
        return home.id, found

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
        self._found: Soonest[_Named] | None = None
        self._conventions: set[str] = set()

    @property
    def failed(self) -> bool:
        """Whether an obligation is in one of the states."""
        return self._found is not None and bool(self._found.count)

    def hear(self, seen: tuple[str, Soonest[_Named]] | None) -> None:
        """Hears what was found in one convention more."""
        if seen is None:
            return
        name, found = seen
        self._conventions.add(name)
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

    def _line(self, one: _Named, language: Language) -> str:
        day = language.dated(one.due) if one.due else "–"
        name = f"{one.convention} {one.id}" if len(self._conventions) > 1 else one.id
        return f"{day}  {language.text(msg('{label}: {text}', label=name, text=one.words))}"


def form_of(call: Call) -> str:
    """The format asked for, before or after the command; a table when none is."""
    return read_choice(call.form or call.session.form or "table", FORMATS, "--format")


def fail_on(call: Call) -> FailingStates:
    """What makes the command exit with 1.

    Raises:
        UsageError: a state or a length is none, or a length stands without states.
    """
    if call.newly and not call.fail:
        raise UsageError(msg("--newly says which of the states that --fail-on names count: give both."))
    newly = read_length(call.newly, "--newly") if call.newly else None
    return FailingStates(split_choices(call.fail or (), STATES_TAKEN, "--fail-on", _state_word), newly)


def _state_word(name: str) -> Message:
    """The word of a state on the screens."""
    from qp_cli.render.wording import counted_word

    return counted_word(name)


def grouping_of(call: Call) -> Grouping | None:
    """What `--group-by` asks for; None where it is not given."""
    if call.group_by is None:
        return None
    from qp_cli.tracking.portfolio import Grouping

    return Grouping(read_choice(call.group_by, GROUPINGS, "--group-by"))


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
    order: Callable[[Listed], str] | None = None,
    level: int = 3,
) -> Iterator[str]:
    """The obligations chosen in JSON, CSV or Markdown, piece by piece, once every convention has gone by.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    from qp_cli.app.answers import NOBODY
    from qp_cli.app.rows import gather_rows
    from qp_cli.render.list_rows import ListRow, list_pieces

    write = ListRow(form, language, several=not asked.alone)
    rows = gather_rows(asked, choice, write, failing or NOBODY, keep=keep, grouping=grouping, order=order)
    say_answering(language, rows.answering)
    return list_pieces(rows, asked, grouping, form, language, level=level)


def say_answering(language: Language, answering: Sequence[Answering]) -> None:
    """Says beside the answer whose legal person it is for, where an organ was asked for that owes nothing."""
    if not answering:
        return
    from qp_cli.render.naming import answering_words

    for each in answering_words(answering, language):
        say(f"qp: {language.text(each)}")


def finish(text: str | Iterable[str], call: Call, failing: FailingStates, code: int = 0) -> None:
    """Gives the answer, then says what `--fail-on` met and exits with 1, or as the conventions left out ask.

    Raises:
        typer.Exit: with code 1, as `--fail-on` asks, or with `code`.
    """
    call.give(text)
    for line in failing.lines(call.language):
        say(line)
    if failing.failed:
        raise typer.Exit(FAILED)
    if code:
        raise typer.Exit(code)


FAILED: Literal[1] = 1
