"""Days, numbers and periods as each language writes them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from qp_cli.law.periods import parse_delay
from qp_cli.messages import msg, msgs
from qp_cli.render.language import Language

ENGLISH, FRENCH = Language("en"), Language("fr")


def test_a_full_day_in_both_languages():
    assert ENGLISH.full_day(date(2021, 9, 18)) == "Saturday 18 September 2021"
    assert FRENCH.full_day(date(2021, 9, 18)) == "samedi 18 septembre 2021"


def test_the_first_of_a_month_is_1er_in_french_alone():
    assert FRENCH.day(date(2026, 5, 1)) == "1er mai 2026"
    assert ENGLISH.day(date(2026, 5, 1)) == "1 May 2026"


def test_short_days_of_one_language_are_all_as_wide():
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 9, 10, 28)]
    for language in (ENGLISH, FRENCH):
        assert len({len(language.short_day(day)) for day in days}) == 1
        assert len({len(language.dated(day)) for day in days}) == 1


def test_thousands_are_apart():
    assert ENGLISH.number(1892) == "1,892"
    assert unicodedata.normalize("NFKC", FRENCH.number(1892)) == "1 892"
    assert "\n" not in FRENCH.number(1892)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("P6M", "6 months", "6 mois"),
        ("P1Y2M10D", "1 year, 2 months and 10 days", "1 an, 2 mois et 10 jours"),
        ("P1D", "1 day", "1 jour"),
        ("P2W", "2 weeks", "2 semaines"),
        ("10 jours ouvrés", "10 jours ouvrés", "10 jours ouvrés"),
    ],
)
def test_periods_in_words(text, english, french):
    delay = parse_delay(text)
    assert ENGLISH.period(delay) == english
    assert unicodedata.normalize("NFKC", FRENCH.period(delay)) == french


def test_counted_sentences_follow_the_plural_of_each_language():
    zero, one, two = (msgs("{count} day", "{count} days", count=count) for count in (0, 1, 2))
    assert [ENGLISH.text(each) for each in (zero, one, two)] == ["0 days", "1 day", "2 days"]
    french = [unicodedata.normalize("NFKC", FRENCH.text(each)) for each in (zero, one, two)]
    assert french == ["0 jour", "1 jour", "2 jours"]


def test_parts_that_hold_commas_are_joined_by_the_semicolon_of_each_language():
    assert ENGLISH.joined(["a, b", "c"]) == "a, b; c"
    assert FRENCH.joined(iter(["a, b", "c", "d"])) == "a, b\u00a0; c\u00a0; d"
    assert FRENCH.joined([]) == ""


def test_a_part_of_a_message_is_never_read_as_a_format():
    assert ENGLISH.text(msg("{name}: {title}", name="{title}", title="{0.__class__}")) == "{title}: {0.__class__}"
