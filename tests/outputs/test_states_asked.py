"""What is asked for by its state is what is shown in it: `--state` and `--fail-on` take each word that a row has."""

from __future__ import annotations

from datetime import date

import pytest

from qp_cli import load
from qp_cli.app.readings import read_choice
from qp_cli.cli.answers import FailingStates
from qp_cli.cli.options import STATES_TAKEN
from qp_cli.render.language import Language
from qp_cli.render.wording import state_word, state_words
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import StateColumn, apart, column
from tests.conftest import ROOT
from tests.outputs.conventions_at_random import SITES, Maker

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # facts at random may count for nothing
LANGUAGES = (Language("fr"), Language("en"))
OVERDUE_BY_TERM, DERIVED = "overdue-by-term", "derived-from-term"


def asked(situation, *states):
    """The ids of what `--state` chooses."""
    return [one.id for one in choose(situation, Choice(states=frozenset(states)))]


def failing(situation, *states):
    """How many obligations make `--fail-on` fail."""
    return FailingStates(states).look(situation, situation.obligations).found.count


@pytest.fixture(params=[None, *range(12)])
def situation(request, repository):
    """That of the shipped convention after its term, then those of conventions at random."""
    if request.param is None:
        return load(ROOT, as_of=date(2026, 11, 27)).situation
    maker = Maker(request.param)
    convention = maker.convention()
    folder = repository(convention, sites=SITES, journal=maker.journal(convention))
    return load(folder, as_of=maker.as_of).situation


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_each_row_is_among_those_of_the_word_that_is_shown_beside_it(situation, language):
    for one in situation.obligations:
        for words in (state_words(one), state_word(one)):
            name = read_choice(language.text(words), STATES_TAKEN, "--state")
            assert one.id in asked(situation, name)
        assert failing(situation, read_choice(language.text(state_words(one)), STATES_TAKEN, "--fail-on"))


def test_what_is_overdue_by_the_term_is_what_the_screen_shows_so(situation):
    shown = [one.id for one in situation.obligations if str(state_words(one)) == "overdue by the term"]
    assert asked(situation, OVERDUE_BY_TERM) == shown
    assert failing(situation, OVERDUE_BY_TERM) == len(shown)
    assert set(asked(situation, OVERDUE_BY_TERM)) <= set(asked(situation, DERIVED))


def test_what_the_term_dates_is_what_is_counted_apart(situation):
    counted = [one.id for one in apart(situation.obligations)]
    assert sorted(asked(situation, DERIVED)) == sorted(counted)
    assert failing(situation, DERIVED) == len(counted)


def test_a_state_holds_what_records_have_in_it_and_fail_on_what_is_counted_in_it(situation):
    for state in State:
        assert asked(situation, state) == [one.id for one in situation.obligations if one.state is state]
    late = asked(situation, "overdue")
    assert failing(situation, "overdue") + failing(situation, OVERDUE_BY_TERM) == len(late)


def test_a_column_of_several_states_holds_what_is_counted_in_it(situation):
    for name in (StateColumn.OTHER, StateColumn.OPTIONS):
        assert asked(situation, name) == [one.id for one in situation.obligations if column(one) is name]
        assert failing(situation, name) == len(asked(situation, name))


def test_what_is_due_soon_by_the_term_alone_is_part_of_what_is_due_soon():
    situation = load(ROOT, as_of=date(2023, 3, 10)).situation
    near = asked(situation, "due-soon-by-term")
    assert near
    for name in ("due-soon", DERIVED, "other"):
        assert set(near) <= set(asked(situation, name))
    assert failing(situation, "due-soon-by-term") == len(near)
    assert {str(state_words(one)) for one in situation.obligations if one.id in near} == {"due soon by the term"}


@pytest.mark.parametrize("words", ["overdue-by-term", "terme dépassé", "Termes dépassés", "overdue by the term"])
@pytest.mark.parametrize("command", [("deadlines",), ("timeline",), ("export", "csv"), ("export", "md")])
def test_every_command_that_takes_a_state_takes_it(qp, command, words):
    found = qp(*command, "--data", str(ROOT), "--as-of", "2026-11-27", "--state", words, "--lang", "fr")
    assert found.code == 0, found.err
    assert "etat-referent" in found.out
    assert "feuille-de-route" not in found.out


@pytest.mark.parametrize("word", ["remplacé par avenant", "remplacée par avenant", "replaced by an avenant"])
def test_what_an_avenant_replaced_is_asked_for_by_its_own_word(situation, word):
    name = read_choice(word, STATES_TAKEN, "--state")
    replaced = [one.id for one in situation.obligations if one.replaced_by]
    assert asked(situation, name) == replaced
    assert failing(situation, name) == len(replaced)
    assert set(replaced) <= set(asked(situation, State.DISCHARGED, State.FULFILLED, State.FULFILLED_LATE))
