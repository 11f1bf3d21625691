"""Several conventions: nothing is lost or counted twice, whatever it is put together by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.parties import SharedParty
from qp_cli.tracking.filters import Choice, Chooser, choose
from qp_cli.tracking.portfolio import (
    Counter,
    Grouping,
    Listed,
    SharedParties,
    by_date,
    convention_ref,
    grouped,
    itself,
    party_tallies,
)
from qp_cli.tracking.situation import assess
from qp_cli.tracking.summary import StateColumn, apart, overdue_ones, upcoming
from qp_cli.tracking.survey import Survey
from tests.tracking.test_properties import DAYS, PLACES, SEVERAL, conventions, journals

SHARED = SharedParties([SharedParty(id="p0", name="Zéro"), SharedParty(id="un", name="Un", ids=("p1",))])


@st.composite
def situations(draw):
    """A few conventions at one day, each with an id of its own."""
    as_of = draw(DAYS)
    made = draw(st.lists(st.tuples(conventions(), journals()), min_size=1, max_size=3))
    return as_of, [
        assess(replaced(agreed, id=f"c{place}"), PLACES, recorded, as_of)
        for place, (agreed, recorded) in enumerate(made)
    ]


def overview(found, as_of):
    """What is surveyed of some conventions, one after the other or each by itself, as other processes do."""
    together, joined = Survey(SHARED, 3), Survey(SHARED, 3)
    for situation in found:
        together.add(situation, itself)
        alone = Survey(SHARED, 3)
        alone.add(situation, itself)
        joined.join(alone)
    one, other = together.overview(as_of), joined.overview(as_of)
    assert (one.conventions, one.shared, one.total) == (other.conventions, other.shared, other.total)
    for kept, others in ((one.overdue, other.overdue), (one.derived, other.derived), (one.upcoming, other.upcoming)):
        assert (kept.count, [each.obligation for each in kept.kept]) == (
            others.count,
            [each.obligation for each in others.kept],
        )
    return one


def held(found):
    return [Listed(convention_ref(situation), one) for situation in found for one in situation.obligations]


@SEVERAL
@given(situations())
def test_the_total_is_every_obligation_once_and_a_convention_has_its_own(made):
    as_of, found = made
    seen = overview(found, as_of)
    assert seen.total.total == sum(len(each.obligations) for each in found)
    assert [(tally.group.key, tally.total) for tally in seen.conventions] == [
        (each.convention.id, len(each.obligations)) for each in found
    ]
    for column in StateColumn:
        assert seen.total.counts[column] == sum(tally.counts[column] for tally in seen.conventions)


@SEVERAL
@given(situations())
def test_the_lists_are_the_soonest_of_each_sort_and_count_the_others(made):
    as_of, found = made
    seen = overview(found, as_of)
    for listed, choose_from in ((seen.overdue, overdue_ones), (seen.derived, apart), (seen.upcoming, upcoming)):
        everything = by_date(
            Listed(convention_ref(each), one) for each in found for one in choose_from(each.obligations)
        )
        names = [(one.convention.id, one.obligation.id) for one in everything]
        assert [(one.convention.id, one.obligation.id) for one in listed.kept] == names[:3]
        assert listed.count == len(names)


@SEVERAL
@given(situations())
def test_a_shared_party_has_what_each_convention_counts_for_it(made):
    as_of, found = made
    seen = {tally.group.key: tally.counts for tally in overview(found, as_of).shared}
    for local, shared in (("p0", "p0"), ("p1", "un")):
        own = [row.counts for each in found for row in party_tallies(each) if row.group.key == local]
        expected = {column: sum(counts[column] for counts in own) for column in StateColumn}
        assert seen.get(shared, dict.fromkeys(StateColumn, 0)) == expected


@SEVERAL
@given(situations(), st.sampled_from(Grouping))
def test_no_obligation_is_lost_by_putting_them_together(made, grouping):
    _, found = made
    everything = held(found)
    groups = grouped(everything, grouping, SHARED)
    assert {(one.convention.id, one.obligation.id) for each in groups.values() for one in each} == {
        (one.convention.id, one.obligation.id) for one in everything
    }
    counter = Counter()
    for one in everything:
        counter.count(one, grouping, SHARED)
    tallies = counter.tallies()
    assert {tally.group: tally.total for tally in tallies} == {group: len(each) for group, each in groups.items()}
    if grouping in {Grouping.CONVENTION, Grouping.CLAUSE}:
        assert sum(tally.total for tally in tallies) == len(everything)


@SEVERAL
@given(situations())
def test_they_come_soonest_first_and_those_without_a_date_last(made):
    _, found = made
    dues = [one.obligation.due for one in by_date(held(found))]
    dated = [due for due in dues if due]
    assert dues == sorted(dated) + [None] * (len(dues) - len(dated))


@SEVERAL
@given(situations(), st.sampled_from(("p0", "Zéro", "un", "p1", "organ", "role")))
def test_a_choice_in_several_is_the_choice_in_each(made, name):
    _, found = made
    chooser = Chooser(Choice((name,)), SHARED)
    local = {"un": "p1", "Zéro": "p0"}.get(name, name)
    for each in found:
        assert chooser.choose(each) == choose(each, Choice((local,)))
    chooser.confirm()
