"""Public holidays of each zone, 1905-2100: a hand-written table over the date of Easter."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dateutil.easter import easter

from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR, out_of_range
from qp_cli.law.zones import Zone, find_zone
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.messages import Message

__all__ = ["HOLIDAYS", "Holiday", "Zone", "find_zone", "holiday_on", "public_holidays"]


class Holiday(NamedTuple):
    """A public holiday: when it falls, where, in which years, and by which text.

    Attributes:
        name: what the day is called.
        source: the text that makes it a holiday.
        fixed: month and day, for a fixed date.
        after_easter: days after Easter Sunday, for a movable one.
        zones: where it is one; empty means everywhere.
        since: first year, included.
        until: last year, included.
        note: what a reader has to check for himself.
    """

    name: Message
    source: str
    fixed: tuple[int, int] | None = None
    after_easter: int = 0
    zones: frozenset[Zone] = frozenset()
    since: int = FIRST_YEAR
    until: int = LAST_YEAR
    note: Message | None = None

    def date_in(self, year: int) -> date:
        """The day it falls on in a year, whether it was a holiday then or not."""
        if self.fixed:
            return date(year, *self.fixed)
        return easter(year) + timedelta(days=self.after_easter)


_ALSACE_MOSELLE = frozenset({Zone.ALSACE_MOSELLE})
_ABOLITION = msg("Abolition of slavery")
_DECREE = "Loi n° 83-550 du 30 juin 1983 ; décret n° 83-1003 du 23 novembre 1983"
_VICTORY = msg("Victory Day 1945")

# Choices, where sources or practice disagree:
# - 8 May is counted 1953-1958, in 1965 and since 1982. The decree of 11 April 1959 moved the celebration to the
#   second Sunday of May before 8 May 1959 came, though most lists keep 1959 as the last year; 8 May 1965, a
#   Saturday, was a holiday for that year alone, by the decree of 1 April 1965, which they leave out.
# - 1 May is counted since 1947 (law of 30 April 1947); the days off of 1941-1946 are not.
# - Whit Monday never ceased to be a holiday: the law of 30 June 2004 made it, from 2005 to 2007, the day of
#   solidarity that is worked where nothing else was agreed, and left the list of holidays as it was.
# - Alsace-Moselle has the French list all along, though its law was German until 1918.
# - Overseas, only the law's days: Good Friday, Mi-Carême, Victor Schœlcher or All Souls in the West Indies
#   are custom, and so are the Muslim feasts of Mayotte (C. trav. art. L. 3422-3 lets them be agreed).
# - Saint-Barthélemy has 9 October since the decree of 23 April 2012; until 2007 it was a commune of
#   Guadeloupe and had its 27 May; between the two no text names it.
# - Saint-Pierre-et-Miquelon has the general list: art. L. 3422-2 does not name it.
HOLIDAYS: tuple[Holiday, ...] = (
    Holiday(
        msg("New Year's Day"),
        "C. trav. art. L. 3133-1 ; avis du Conseil d'État du 23 mars 1810",
        fixed=(1, 1),
    ),
    Holiday(
        msg("Labour Day"),
        "C. trav. art. L. 3133-1 ; loi n° 47-778 du 30 avril 1947",
        fixed=(5, 1),
        since=1947,
    ),
    Holiday(
        _VICTORY,
        "Loi n° 53-225 du 20 mars 1953 ; décret n° 59-533 du 11 avril 1959",
        fixed=(5, 8),
        since=1953,
        until=1958,
    ),
    Holiday(_VICTORY, "Décret du 1er avril 1965", fixed=(5, 8), since=1965, until=1965),
    Holiday(_VICTORY, "C. trav. art. L. 3133-1 ; loi n° 81-893 du 2 octobre 1981", fixed=(5, 8), since=1982),
    Holiday(msg("Bastille Day"), "C. trav. art. L. 3133-1 ; loi du 6 juillet 1880", fixed=(7, 14)),
    Holiday(msg("Assumption Day"), "C. trav. art. L. 3133-1 ; arrêté du 29 germinal an X", fixed=(8, 15)),
    Holiday(msg("All Saints' Day"), "C. trav. art. L. 3133-1 ; arrêté du 29 germinal an X", fixed=(11, 1)),
    Holiday(
        msg("Armistice Day 1918"),
        "C. trav. art. L. 3133-1 ; loi du 24 octobre 1922",
        fixed=(11, 11),
        since=1922,
    ),
    Holiday(msg("Christmas Day"), "C. trav. art. L. 3133-1 ; arrêté du 29 germinal an X", fixed=(12, 25)),
    Holiday(msg("Easter Monday"), "C. trav. art. L. 3133-1 ; loi du 8 mars 1886", after_easter=1),
    Holiday(msg("Ascension Day"), "C. trav. art. L. 3133-1 ; arrêté du 29 germinal an X", after_easter=39),
    Holiday(
        msg("Whit Monday"),
        "C. trav. art. L. 3133-1 ; loi du 8 mars 1886 (loi n° 2004-626 du 30 juin 2004 : "
        "journée de solidarité, le jour restant férié)",
        after_easter=50,
    ),
    Holiday(
        msg("Good Friday"),
        "C. trav. art. L. 3134-13 ; ordonnance du 16 août 1892",
        after_easter=-2,
        zones=_ALSACE_MOSELLE,
        note=msg(
            "In Alsace-Moselle, Good Friday is a holiday only in the communes that have a Protestant church "
            "or a church shared by both confessions: the commune decides, and the zone counts it"
        ),
    ),
    Holiday(
        msg("Saint Stephen's Day"),
        "C. trav. art. L. 3134-13 ; ordonnance du 16 août 1892",
        fixed=(12, 26),
        zones=_ALSACE_MOSELLE,
    ),
    # The decree came out after all of these days of 1983 but the last.
    Holiday(_ABOLITION, _DECREE, fixed=(4, 27), zones=frozenset({Zone.MAYOTTE}), since=1984),
    Holiday(_ABOLITION, _DECREE, fixed=(5, 22), zones=frozenset({Zone.MARTINIQUE}), since=1984),
    Holiday(_ABOLITION, _DECREE, fixed=(5, 27), zones=frozenset({Zone.GUADELOUPE}), since=1984),
    Holiday(_ABOLITION, _DECREE, fixed=(5, 27), zones=frozenset({Zone.SAINT_BARTHELEMY}), since=1984, until=2007),
    Holiday(
        _ABOLITION,
        "C. trav. art. L. 3422-2 ; décret n° 2012-553 du 23 avril 2012",
        fixed=(10, 9),
        zones=frozenset({Zone.SAINT_BARTHELEMY}),
        since=2012,
    ),
    Holiday(_ABOLITION, _DECREE, fixed=(6, 10), zones=frozenset({Zone.GUYANE}), since=1984),
    Holiday(_ABOLITION, _DECREE, fixed=(12, 20), zones=frozenset({Zone.REUNION}), since=1983),
)


@cache
def public_holidays(year: int, zone: Zone) -> Mapping[date, Holiday]:
    """The public holidays of a year in a zone, in order of date; of two on one day, the fixed one stands.

    Raises:
        OutOfRangeError: the year is before 1905 or after 2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range()
    found: dict[date, Holiday] = {}
    for holiday in HOLIDAYS:
        if holiday.since <= year <= holiday.until and (not holiday.zones or zone in holiday.zones):
            found.setdefault(holiday.date_in(year), holiday)
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: item[0])))


def holiday_on(day: date, zone: Zone) -> Holiday | None:
    """The public holiday of a day in a zone, if it is one.

    Raises:
        OutOfRangeError: the day is before 1905 or after 2100.
    """
    return public_holidays(day.year, zone).get(day)
