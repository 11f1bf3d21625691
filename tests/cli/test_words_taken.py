"""A word shown is a word taken: states, kinds and facts by their words on the screens, days and periods in words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from qp_cli.app.readings import names_day, read_choice, read_delay, read_length, read_period
from qp_cli.app.recording import FACT_KINDS, read_kind
from qp_cli.choices import SPOKEN, chosen
from qp_cli.cli.answers import GROUPING_WORDS
from qp_cli.cli.init_answers import TEMPLATE_WORDS
from qp_cli.cli.options import GROUPINGS, STATES_TAKEN
from qp_cli.cli.parser import COMMANDS
from qp_cli.cli.words_meant import COMMAND_WORDS
from qp_cli.errors import InvalidPeriodError, UsageError
from qp_cli.init.convention import TEMPLATES
from qp_cli.law.typed_days import read_day
from qp_cli.law.zones import Zone
from qp_cli.messages import MONTHS, Message
from qp_cli.model.kinds import Kind, Nature
from qp_cli.render.language import Language
from qp_cli.render.mail.words import LETTER_GROUPS
from qp_cli.render.page.obligations import _TABLES, _WAITING
from qp_cli.render.wording import (
    _COUNTED,
    BASES,
    BY_TERM,
    COLUMNS,
    FACTS,
    KINDS,
    NATURES,
    STATES,
    counted_apart,
    counted_word,
    numbers_in_words,
)
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.fact_names import KIND_NAMES
from qp_cli.tracking.reminders import ReminderKind
from qp_cli.tracking.summary import ASKED_BY, COUNTED_UNDER, StateColumn, StateNumbers
from tests.tracking.building import HEAD

LANGUAGES = (Language("fr"), Language("en"))


def spoken(words):
    return [(each.text(said), name) for name, said in words.items() for each in LANGUAGES]


@pytest.mark.parametrize(("word", "state"), spoken(STATES))
def test_a_state_goes_by_its_words_on_the_screens(word, state):
    assert chosen(word, STATES_TAKEN) == state
    assert chosen(word.upper(), STATES_TAKEN) == state


@pytest.mark.parametrize("state", _COUNTED)
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_state_goes_by_the_words_of_its_count(state, language):
    for count in (1, 2):
        one, several = _COUNTED[state]
        words = (
            language.text(Message(one, {"count": count}, several, count)).partition("\u00a0")[2]
            or language.text(Message(one, {"count": count}, several, count)).partition(" ")[2]
        )
        assert chosen(words, STATES_TAKEN) == state


def test_the_options_take_all_that_obligations_are_counted_under_or_asked_for_by():
    assert STATES_TAKEN == ASKED_BY
    assert set(COUNTED_UNDER) <= set(ASKED_BY)


@pytest.mark.parametrize(("word", "kind"), spoken(FACTS))
def test_a_kind_of_fact_goes_by_its_words(word, kind):
    assert read_kind(word) == kind


@pytest.mark.parametrize(("word", "kind"), [*spoken(KINDS), *spoken(NATURES)])
def test_a_kind_of_engagement_and_a_nature_go_by_their_words(word, kind):
    assert chosen(word, [*Kind, *Nature]) == kind


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_what_is_overdue_by_the_term_goes_by_its_words(language):
    assert chosen(language.text(BY_TERM), STATES_TAKEN) == "overdue-by-term"
    for words in ("termes dépassés", "TERME DEPASSE", "overdue by term", "Overdue-by-term"):
        assert chosen(words, STATES_TAKEN) == "overdue-by-term"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_what_the_term_dates_goes_by_the_words_of_its_count(language):
    shown = [BASES[Basis.TERM], *(table.short for table in _TABLES if table.id == "derived")]
    counts = (language.text(counted_apart(count)).replace("\u00a0", " ").partition(" ")[2] for count in (1, 2))
    for words in (*map(language.text, shown), *counts):
        assert chosen(words, STATES_TAKEN) == "derived-from-term"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_column_goes_by_its_heading(language):
    assert set(COLUMNS) == set(StateColumn)
    for column, heading in COLUMNS.items():
        assert chosen(language.text(heading), STATES_TAKEN) == column.replace("_", "-")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
@pytest.mark.parametrize("name", ASKED_BY)
def test_whatever_obligations_are_asked_for_by_goes_by_its_word(name, language):
    assert chosen(language.text(counted_word(name)), STATES_TAKEN) == name


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_heading_of_the_page_or_of_a_message_that_names_a_state_is_taken(language):
    for heading, state in ((LETTER_GROUPS[ReminderKind.AHEAD], "upcoming"), (_WAITING.short, "conditional")):
        assert chosen(language.text(heading), STATES_TAKEN) == state
    for count in (1, 2):
        numbers = StateNumbers()
        numbers.open_options = count
        (said,) = map(language.text, numbers_in_words(numbers))
        assert chosen(said.replace("\u00a0", " ").partition(" ")[2], STATES_TAKEN) == "open"


@pytest.mark.parametrize(
    ("word", "choices", "choice"),
    [
        ("dépassées", STATES_TAKEN, "overdue"),
        ("Dépassée", STATES_TAKEN, "overdue"),
        ("exécutées", STATES_TAKEN, "fulfilled"),
        ("exécuté", FACT_KINDS, "fulfilled"),
        ("mise en demeure", FACT_KINDS, "notified"),
        ("vierge", TEMPLATES, "blank"),
        ("OVERDUE", STATES_TAKEN, "overdue"),
        ("due soon", STATES_TAKEN, "due-soon"),
    ],
)
def test_case_accents_plurals_and_genders_make_no_difference(word, choices, choice):
    assert read_choice(word, choices, "--x") == choice


@pytest.mark.parametrize("choices", [STATES_TAKEN, FACT_KINDS, tuple(Kind), tuple(Nature), TEMPLATES])
def test_no_word_stands_for_two_of_the_same_choices(choices):
    for choice in choices:
        assert chosen(choice, choices) == choice
        for word in SPOKEN.get(choice, ()):
            assert chosen(word, choices) == choice


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
@pytest.mark.parametrize(
    ("choices", "word"),
    [
        (STATES_TAKEN, counted_word),
        (FACT_KINDS, KIND_NAMES.__getitem__),
        (GROUPINGS, GROUPING_WORDS.__getitem__),
        (TEMPLATES, TEMPLATE_WORDS.__getitem__),
        (tuple(Kind), KINDS.__getitem__),
        ([each.value for each in Zone], lambda name: Message(Zone(name).label)),
    ],
    ids=["states", "facts", "groupings", "templates", "kinds", "zones"],
)
def test_a_refusal_gives_the_words_of_the_screens_and_each_of_them_is_taken(choices, word, language):
    with pytest.raises(UsageError) as refused:
        read_choice("jadis", choices, "--x", word)
    said = language.text(refused.value.message)
    for choice in choices:
        shown = language.text(word(choice))
        assert shown in said
        assert read_choice(shown, choices, "--x") == choice


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["log", "--kind", "jadis"], "exécution (fulfilled), demande (triggered)"),
        (["deadlines", "--group-by", "jadis"], "convention, partie, clause, site"),
        (["init", "neuf", "--template", "jadis"], "quartiers-productifs, vierge"),
    ],
)
def test_no_refusal_in_french_lists_english_words_alone(qp, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    answer = qp("--lang", "fr", *arguments)
    assert answer.code == 2
    assert said in answer.err


def test_a_word_that_stands_for_nothing_is_refused_with_the_choices():
    with pytest.raises(UsageError, match="overdue, overdue-by-term, due-soon"):
        read_choice("jadis", STATES_TAKEN, "--state")


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_day_is_read_as_it_is_written_out(month, language):
    for number in (1, 18):
        day = date(2021, month, number)
        assert read_day(language.day(day)) == day
        assert read_day(f"{number} {language.text(MONTHS[month - 1])} 2021") == day


@pytest.mark.parametrize("text", ["31 février 2021", "18 mars", "18 marche 2021", "32 mars 2021", "18 mars 21"])
def test_what_is_no_day_in_words_is_refused(text):
    with pytest.raises(UsageError):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3 mois", "P3M"),
        ("1 an", "P1Y"),
        ("2 Années", "P2Y"),
        ("15 jours", "P15D"),
        ("3 months", "P3M"),
        ("P6M", "P6M"),
    ],
)
def test_a_period_is_read_in_words(text, period):
    assert read_delay(text) == read_period(text) == str(read_length(text, "--within")) == period


def test_working_days_are_a_delay_and_no_period():
    assert read_delay("10 jours ouvrés") == "10 jours ouvrés"
    with pytest.raises(InvalidPeriodError):
        read_period("10 jours ouvrés")


def test_a_word_of_the_screens_in_a_file_is_told_what_to_write(repository, qp):
    engagement = "  - {id: plan, title: Plan, clause: art. 1, debtors: [a], kind: ponctuel, due: {on: 2030-01-01}}\n"
    parties = "parties:\n  - {id: a, name: A}\nengagements:\n" + engagement
    found = qp("check", "--data", str(repository(HEAD + parties)), "--lang", "fr")
    assert "Vouliez-vous dire : one-off" in found.out.replace("\u00a0", " ")


def test_help_is_a_command_and_a_french_word_leads_to_one(qp):
    assert qp("help").out == qp("--help").out
    assert qp("help", "calc").out == qp("calc", "--help").out
    for word, command in (
        ("échéances", "deadlines"),
        ("retard", "overdue"),
        ("vérifier", "check"),
        ("late", "overdue"),
    ):
        refused = qp(word, "--lang", "fr")
        assert refused.code == 2
        assert refused.err.rstrip().endswith(f"qp {command}")


def test_every_command_is_found_by_a_french_word():
    assert set(COMMANDS) <= set(COMMAND_WORDS)
    assert not {word for each in COMMAND_WORDS.values() for word in each} & set(COMMANDS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["day", "full_day", "short_day", "dated"])
@pytest.mark.parametrize("day", [date(2021, 3, 18), date(2021, 10, 1), date(2020, 2, 29), date(2024, 8, 7)])
def test_each_form_in_which_a_screen_writes_a_day_is_taken(day, form, language):
    shown = getattr(Language(language), form)(day)
    for text in (shown, shown.upper(), f"{shown}*", f" {shown} ", f"le {shown}"):
        assert read_day(text) == day
        assert names_day(text)


@pytest.mark.parametrize("text", ["18.03.2021", "18-03-2021", "le jeudi 18 mars 2021", "jeu. 18/3/2021"])
def test_a_day_as_people_write_it_is_taken(text):
    assert read_day(text) == date(2021, 3, 18)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("18/03/21", "“18/03/21” is no date: write the year in full, 18/03/2021"),
        ("1.3.21", "write the year in full, 01/03/2021"),
        ("18-03-21", "is no date: write 2021-10-01"),
        ("vendredi 18 mars 2021", "2021-03-18 is a Thursday."),
        ("18/03.2021", "is no date"),
        ("lundi", "is no date"),
        ("mar 2021", "is no date"),
    ],
)
def test_a_day_that_can_be_meant_in_two_ways_is_no_day(text, said):
    with pytest.raises(UsageError, match=re.escape(said)):
        read_day(text)


PARTICIPLES = {
    "fulfilled": "exécuté",
    "occurred": "survenu",
    "triggered": "demandé",
    "waived": "renoncé",
    "suspended": "suspendu",
    "resumed": "repris",
    "notified": "notifié",
    "breached": "constaté",
    "amended": "modifié",
    "denounced": "dénoncé",
    "terminated": "résilié",
    "voided": "annulé",
    "proof": "prouvé",
}


def test_each_kind_of_fact_goes_by_its_participle():
    assert set(PARTICIPLES) == set(FACTS)
    assert {kind: read_kind(word) for kind, word in PARTICIPLES.items()} == {kind: kind for kind in PARTICIPLES}
    assert {read_kind(word) for word in ("rectification", "corriger", "corrigé")} == {"voided"}
