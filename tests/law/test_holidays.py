"""Public holidays: the dates the law gives, and what three independent packages say of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from dateutil.easter import easter

from qp_cli.errors import OutOfRangeError, UsageError
from qp_cli.law.holidays import HOLIDAYS, holiday_on, public_holidays
from qp_cli.law.zones import Zone, find_zone

FIXTURE = json.loads((Path(__file__).parent / "holidays_fixture.json").read_text(encoding="utf-8"))
YEARS = range(1905, 2101)


def names(year, zone=Zone.METROPOLE):
    return {day.isoformat()[5:]: str(holiday.name) for day, holiday in public_holidays(year, zone).items()}


def test_a_year_in_metropole_has_eleven_holidays():
    assert names(2021) == {
        "01-01": "New Year's Day",
        "04-05": "Easter Monday",
        "05-01": "Labour Day",
        "05-08": "Victory Day 1945",
        "05-13": "Ascension Day",
        "05-24": "Whit Monday",
        "07-14": "Bastille Day",
        "08-15": "Assumption Day",
        "11-01": "All Saints' Day",
        "11-11": "Armistice Day 1918",
        "12-25": "Christmas Day",
    }


@pytest.mark.parametrize(
    "monday",
    ["1913-03-24", "1943-04-26", "2000-04-24", "2008-03-24", "2024-04-01", "2026-04-06", "2038-04-26"],
)
def test_easter_monday_follows_the_easter_of_the_year(monday):
    holiday = holiday_on(date.fromisoformat(monday), Zone.METROPOLE)
    assert holiday is not None
    assert str(holiday.name) == "Easter Monday"


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ((5, 1), set(range(1947, 2101))),
        ((5, 8), {*range(1953, 1959), 1965, *range(1982, 2101)}),
        ((11, 11), set(range(1922, 2101))),
    ],
)
def test_a_day_is_a_holiday_only_in_the_years_of_its_law(day, years):
    fixed = {holiday.name.text for holiday in HOLIDAYS if holiday.fixed == day}
    found = {year for year in YEARS if names(year).get(f"{day[0]:02}-{day[1]:02}") in fixed}
    assert found == years


def test_8_may_1959_was_moved_before_it_came_and_8_may_1965_was_a_holiday_for_that_year_alone():
    assert not holiday_on(date(1959, 5, 8), Zone.METROPOLE)
    anniversary = holiday_on(date(1965, 5, 8), Zone.METROPOLE)
    assert anniversary is not None
    assert (str(anniversary.name), anniversary.source) == ("Victory Day 1945", "Décret du 1er avril 1965")


@pytest.mark.parametrize("day", ["2005-05-16", "2006-06-05", "2007-05-28"])
def test_whit_monday_stayed_a_holiday_as_day_of_solidarity(day):
    assert holiday_on(date.fromisoformat(day), Zone.METROPOLE)


@pytest.mark.parametrize(
    ("zone", "day", "first"),
    [
        (Zone.MAYOTTE, (4, 27), 1984),
        (Zone.MARTINIQUE, (5, 22), 1984),
        (Zone.GUADELOUPE, (5, 27), 1984),
        (Zone.GUYANE, (6, 10), 1984),
        (Zone.REUNION, (12, 20), 1983),
        (Zone.SAINT_BARTHELEMY, (10, 9), 2012),
    ],
)
def test_the_abolition_of_slavery_is_a_holiday_of_its_own_zone_since_its_decree(zone, day, first):
    assert holiday_on(date(first, *day), zone)
    assert not any(
        str(holiday.name) == "Abolition of slavery" and (found.month, found.day) == day
        for found, holiday in public_holidays(first - 1, zone).items()
    )
    assert not any(
        str(holiday.name) == "Abolition of slavery" for holiday in public_holidays(2021, Zone.METROPOLE).values()
    )


def test_alsace_moselle_adds_good_friday_and_saint_stephen():
    added = set(public_holidays(2021, Zone.ALSACE_MOSELLE)) - set(public_holidays(2021, Zone.METROPOLE))
    assert added == {date(2021, 4, 2), date(2021, 12, 26)}


def test_good_friday_says_that_the_commune_decides():
    good_friday = holiday_on(date(2021, 4, 2), Zone.ALSACE_MOSELLE)
    assert good_friday is not None
    assert "commune" in str(good_friday.note)


def test_saint_pierre_et_miquelon_has_the_general_list():
    for year in YEARS:
        assert names(year, Zone.SAINT_PIERRE_ET_MIQUELON) == names(year)


def test_of_two_holidays_on_one_day_one_stands():
    assert names(2008)["05-01"] == "Labour Day"  # Ascension too
    assert len(public_holidays(2008, Zone.METROPOLE)) == 10


def test_the_days_come_in_order_and_none_can_be_added():
    days = list(public_holidays(2021, Zone.ALSACE_MOSELLE))
    assert all(earlier < later for earlier, later in pairwise(days))
    with pytest.raises(TypeError):
        public_holidays(2021, Zone.METROPOLE)[date(2021, 1, 2)] = None


@pytest.mark.parametrize("holiday", HOLIDAYS, ids=lambda holiday: f"{holiday.name}-{holiday.since}")
def test_each_line_of_the_table_cites_its_text(holiday):
    assert holiday.source
    assert holiday.since <= holiday.until


@pytest.mark.parametrize("year", [1, 1904, 2101, 9999])
def test_other_years_are_refused(year):
    with pytest.raises(OutOfRangeError, match="1905 to 2100"):
        public_holidays(year, Zone.METROPOLE)


@pytest.mark.parametrize("name", ["reunion", "RÉUNION", " Réunion "])
def test_a_zone_is_found_without_regard_to_case_and_accents(name):
    assert find_zone(name) is Zone.REUNION


def test_an_unknown_zone_gets_the_nearest_names():
    with pytest.raises(UsageError, match="alsace-moselle"):
        find_zone("alsace")


# --- What independent packages say -------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A holiday on which a package and the table part, in some zones and years, and why the table stands."""

    package: str
    zones: tuple[str, ...]
    holiday: tuple[int, int] | int  # month and day, or days after Easter
    years: range
    theirs: bool  # the package has it, the table has not
    reason: str

    def dates(self):
        """The days concerned, one a year."""
        for year in self.years:
            if isinstance(self.holiday, int):
                yield easter(year) + timedelta(days=self.holiday)
            else:
                yield date(year, *self.holiday)


HOLIDAYS_ZONES = tuple(FIXTURE["holidays"]["zones"])
JOURS_ZONES = tuple(FIXTURE["jours-feries-france"]["zones"])
PLAIN_ZONES = tuple(FIXTURE["workalendar"]["zones"])
SOLIDARITY = range(2005, 2008)
BEFORE_LABOUR_DAY = "the law of 30 April 1947 made 1 May a yearly holiday; before, it was granted year by year"
NO_HISTORY = "the package gives today's list for every year"
CUSTOM = "a custom of the West Indies, in no text that lists holidays"
BEFORE_DECREE = "the decree of 23 November 1983 set the day, and the package gives it for every year"
MOVED = "the decree of 11 April 1959 moved the celebration to a Sunday before 8 May 1959 came"
ANNIVERSARY = "the decree of 1 April 1965 made 8 May a holiday for that year alone"
COMMUNE = "Saint-Barthélemy was a commune of Guadeloupe until 2007, under the decree of 23 November 1983"

DIFFERENCES = (
    Difference(
        "holidays", HOLIDAYS_ZONES, 50, SOLIDARITY, theirs=False,
        reason="the law of 30 June 2004 had the day worked for solidarity and left it on the list",
    ),
    Difference("holidays", HOLIDAYS_ZONES, (5, 1), range(1919, 1947), theirs=True, reason=BEFORE_LABOUR_DAY),
    Difference("holidays", HOLIDAYS_ZONES, (5, 8), range(1959, 1960), theirs=True, reason=MOVED),
    Difference("holidays", HOLIDAYS_ZONES, (5, 8), range(1965, 1966), theirs=False, reason=ANNIVERSARY),
    Difference("holidays", ("guadeloupe",), -2, YEARS, theirs=True, reason=CUSTOM),
    Difference("holidays", ("guadeloupe",), -24, YEARS, theirs=True, reason=CUSTOM),
    Difference(
        "holidays", ("guadeloupe", "martinique"), (7, 21), range(1984, 2101), theirs=True, reason=CUSTOM
    ),
    Difference("holidays", ("saint-barthelemy",), (5, 27), range(1984, 2008), theirs=False, reason=COMMUNE),
    Difference(
        "jours-feries-france", JOURS_ZONES, (5, 1), range(1920, 1947), theirs=True, reason=BEFORE_LABOUR_DAY
    ),
    Difference("jours-feries-france", JOURS_ZONES, (5, 8), range(1959, 1960), theirs=True, reason=MOVED),
    Difference("jours-feries-france", JOURS_ZONES, (5, 8), range(1965, 1966), theirs=False, reason=ANNIVERSARY),
    Difference(
        "jours-feries-france", JOURS_ZONES, (11, 11), range(1918, 1922), theirs=True,
        reason="the law of 24 October 1922 made it a holiday",
    ),
    Difference(
        "jours-feries-france", ("mayotte",), (4, 27), range(1905, 1984), theirs=True, reason=BEFORE_DECREE
    ),
    Difference(
        "jours-feries-france", ("martinique",), (5, 22), range(1905, 1984), theirs=True, reason=BEFORE_DECREE
    ),
    Difference(
        "jours-feries-france", ("guadeloupe",), (5, 27), range(1905, 1984), theirs=True, reason=BEFORE_DECREE
    ),
    Difference(
        "jours-feries-france", ("guyane",), (6, 10), range(1905, 1984), theirs=True, reason=BEFORE_DECREE
    ),
    Difference(
        "jours-feries-france", ("reunion",), (12, 20), range(1981, 1983), theirs=True,
        reason="the decree of 23 November 1983 set the day; its first is 20 December 1983",
    ),
    Difference(
        "jours-feries-france", ("saint-barthelemy",), (10, 9), range(1905, 2012), theirs=True,
        reason="the decree of 23 April 2012 set the day, and the package gives it for every year",
    ),
    Difference(
        "jours-feries-france", ("saint-barthelemy",), (5, 27), range(1984, 2008), theirs=False, reason=COMMUNE
    ),
    Difference("workalendar", PLAIN_ZONES, (5, 1), range(1905, 1947), theirs=True, reason=NO_HISTORY),
    Difference("workalendar", PLAIN_ZONES, (5, 8), range(1905, 1953), theirs=True, reason=NO_HISTORY),
    Difference("workalendar", PLAIN_ZONES, (5, 8), range(1959, 1965), theirs=True, reason=NO_HISTORY),
    Difference("workalendar", PLAIN_ZONES, (5, 8), range(1966, 1982), theirs=True, reason=NO_HISTORY),
    Difference("workalendar", PLAIN_ZONES, (11, 11), range(1905, 1922), theirs=True, reason=NO_HISTORY),
)  # fmt: skip

PAIRS = [(package, zone) for package in FIXTURE for zone in FIXTURE[package]["zones"]]


def told(package, zone):
    """The days a package gives, over all the years."""
    days = set()
    for day, spans in FIXTURE[package]["zones"][zone].items():
        for span in spans.split():
            first, _, last = span.partition("-")
            days.update(date.fromisoformat(f"{year}-{day}") for year in range(int(first), int(last or first) + 1))
    return days


def ours(zone):
    return {day for year in YEARS for day in public_holidays(year, Zone(zone))}


def test_the_fixture_holds_each_zone_in_at_least_one_package():
    assert {zone for _, zone in PAIRS} == set(Zone)
    assert all(FIXTURE[package]["version"] for package in FIXTURE)


@pytest.mark.parametrize(("package", "zone"), PAIRS)
def test_the_table_agrees_with_a_package_but_for_the_differences_written_down(package, zone):
    package_days, table_days = told(package, zone), ours(zone)
    extra, missing = package_days - table_days, table_days - package_days
    assert len(package_days & table_days) > 8 * len(YEARS)
    for difference in DIFFERENCES:
        if difference.package == package and zone in difference.zones:
            (extra if difference.theirs else missing).difference_update(difference.dates())
    assert not extra, f"{package} has, the table has not: {sorted(extra)}"
    assert not missing, f"the table has, {package} has not: {sorted(missing)}"


STATED = [(difference, zone) for difference in DIFFERENCES for zone in difference.zones]


@pytest.mark.parametrize(
    ("difference", "zone"), STATED, ids=[f"{d.package}-{zone}-{d.holiday}-{d.years[0]}" for d, zone in STATED]
)
def test_a_difference_written_down_still_occurs_in_each_of_its_years(difference, zone):
    package_days, table_days = told(difference.package, zone), ours(zone)
    for day in difference.dates():
        if (day - easter(day.year)).days in (1, 39, 50):
            continue  # Easter Monday, Ascension Day or Whit Monday falls there that year: both have the day
        assert (day in package_days, day in table_days) == (difference.theirs, not difference.theirs)
    assert difference.reason


def test_the_differences_hold_for_the_years_a_convention_runs_in():
    """From 2008 on, only customs of the West Indies and Saint-Barthélemy before its decree remain."""
    recent = {(d.holiday, d.zones) for d in DIFFERENCES if d.years[-1] >= 2008 and d.package != "workalendar"}
    assert recent == {
        (-2, ("guadeloupe",)),
        (-24, ("guadeloupe",)),
        ((7, 21), ("guadeloupe", "martinique")),
        ((10, 9), ("saint-barthelemy",)),
    }
