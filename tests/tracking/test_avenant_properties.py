"""What holds of avenants on any convention and any journal, generated at random."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.convention import Party
from qp_cli.model.dues import Due
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.situation import assess
from tests.tracking.test_properties import (
    DAYS,
    EVENTS,
    PERIODS,
    SINGLE,
    conventions,
    everything,
    journals,
    sets_the_term,
    voiding,
)

SEVERAL = settings(max_examples=150, deadline=None)
PARTIES = ("p0", "p1", "p2", "organ")
NEWCOMER = "p3"
"""A party that nothing else names."""
ENDLESS = st.one_of(
    st.builds(
        lambda every, start: {"every": every, "from": start},
        st.sampled_from(("P3M", "P1Y")),
        st.sampled_from(EVENTS) | DAYS,
    ),
    st.builds(
        lambda every, first: {"every": every, "first": first},
        st.sampled_from(("P3M", "P1Y")),
        st.sampled_from(EVENTS) | DAYS,
    ),
    st.builds(lambda start: {"rrule": "FREQ=MONTHLY;INTERVAL=4", "from": start}, st.sampled_from(EVENTS) | DAYS),
)
SERIES = st.one_of(
    ENDLESS,
    st.builds(lambda series, until: {**series, "until": until}, ENDLESS, st.sampled_from(("terme", "awaited")) | DAYS),
)
RHYTHMS = SERIES | st.builds(lambda within, series: {"within": within, "from": series}, PERIODS, SERIES)


@st.composite
def living(draw):
    """A convention whose first engagement is of any kind, its series of any form, with a newcomer among the parties."""
    agreed = draw(conventions())
    made = []
    for each in agreed.engagements:
        update = {"debtors": tuple(draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True)))}
        if each.kind == "recurring":
            update["due"] = read(Due, draw(RHYTHMS))
        made.append(replaced(each, **update))
    newcomer = read(Party, {"id": NEWCOMER, "name": "P3"})
    return replaced(agreed, parties=(*agreed.parties, newcomer), engagements=tuple(made))


def engagement(agreed, name="e0"):
    return next(one for one in agreed.engagements if one.id == name)


@st.composite
def changes(draw, agreed, *, partial=False):
    """A change of the first engagement, or of the term."""
    e0 = engagement(agreed)
    due = RHYTHMS if e0.kind == "recurring" else SINGLE
    owed = [
        {"change": "end", "target": "e0"},
        {"change": "extend", "target": "e0", "by": draw(PERIODS.filter(lambda text: text.startswith("P")))},
        {"change": "due", "target": "e0", "due": draw(due)},
        {"change": "debtors", "target": "e0", "debtors": draw(st.sampled_from((["p2"], ["p1", "role"], [NEWCOMER])))},
        {"change": "debtors", "target": "e0", "debtor": e0.debtors[0], "debtors": [NEWCOMER]},
    ]
    made = draw(st.sampled_from(owed))
    if partial and e0.sites and draw(st.booleans()):
        made = {**made, "sites": [draw(st.sampled_from(e0.sites))]}
    term = [
        {"change": "extend", "target": "terme", "by": "P1M"},
        {"change": "due", "target": "terme", "due": draw(SINGLE.filter(sets_the_term))},
    ]
    return draw(st.sampled_from([made, made, *term])) if agreed.term else made


@st.composite
def avenants(draw, agreed, name="av", **more):
    fact = {"id": name, "kind": "amended", "title": "Avenant", "on": draw(DAYS)}
    fact["changes"] = [draw(changes(agreed, **more)) for _ in range(draw(st.integers(1, 2)))]
    return read(Journal, {"format": "qp/1", "facts": [fact]}).facts[0]


@st.composite
def lives(draw, most=2):
    """A convention, a journal with avenants of every sort, and one more avenant."""
    agreed = draw(living())
    facts = [fact for fact in draw(journals()) if fact.kind != "amended"]
    facts += [draw(avenants(agreed, f"av{number}", partial=True)) for number in range(draw(st.integers(0, most)))]
    return agreed, tuple(facts), draw(avenants(agreed, partial=True))


def shown(agreed, facts, as_of):
    """What is owed or was, what an avenant put others in place of apart, by id."""
    return {one.id: one for one in assess(agreed, (), facts, as_of).obligations if not one.replaced_by}


def settled_on(one, facts):
    """The day an obligation was performed or waived."""
    recorded = {fact.id: fact for fact in facts}
    known = [recorded[name] for name in one.facts if recorded[name].kind == "waived"]
    return one.standing.fulfilled_on or (
        min(fact.on for fact in known) if known and one.state == "discharged" else None
    )


@settings(max_examples=400, deadline=None)
@given(lives(), DAYS)
def test_an_avenant_changes_nothing_that_fell_due_was_performed_or_waived_before_its_effect(life, as_of):
    agreed, facts, avenant = life
    effect = avenant.on
    # What is recorded later and names nobody is first of those who owe then.
    kept = tuple(fact for fact in facts if fact.on < effect or getattr(fact, "by", "-") or fact.kind == "occurred")
    targets = {change.target for change in avenant.changes if change.change in {"extend", "due"}}
    before, after = shown(agreed, kept, as_of), shown(agreed, (*kept, avenant), as_of)
    eve = shown(agreed, kept, effect - timedelta(days=1))
    for name, one in before.items():
        settled = settled_on(one, kept)
        settled = settled is not None and settled < effect
        was_due = name in eve and eve[name].due is not None and eve[name].due < effect
        single = one.engagement.kind in {"one-off", "continuing", "option"}
        moves = one.deadline.basis == "term" or (single and "e0" in targets)
        fell_due = was_due and one.due is not None and one.due < effect and not (moves and not settled)
        if (fell_due or settled) and not (one.deadline.basis == "term" and targets & {"terme"}):
            assert name in after
            assert (after[name].state, after[name].due, after[name].standing) == (one.state, one.due, one.standing)


@SEVERAL
@given(lives(), st.data(), DAYS, DAYS)
def test_voiding_an_avenant_or_any_other_fact_is_never_having_recorded_it(life, data, on, as_of):
    agreed, facts, avenant = life
    recorded = (*facts, avenant)
    gone = data.draw(st.sampled_from(recorded))
    without = tuple(fact for fact in recorded if fact is not gone)
    expected, found = (
        assess(agreed, (), without, as_of),
        assess(agreed, (), (*recorded, *voiding("v", gone.id, on)), as_of),
    )
    assert found.obligations == expected.obligations
    assert (found.term, found.ended_by, found.previous_term) == (
        expected.term,
        expected.ended_by,
        expected.previous_term,
    )


@SEVERAL
@given(lives(), DAYS)
def test_every_engagement_has_a_row_and_no_two_rows_have_one_id(life, as_of):
    agreed, facts, avenant = life
    situation = assess(agreed, (), (*facts, avenant), as_of)
    ids = [one.id for one in situation.obligations]
    assert len(set(ids)) == len(ids)
    left = {one.engagement.id for one in situation.obligations if not one.replaced_by}
    assert left == {one.id for one in situation.convention.engagements}


@SEVERAL
@given(lives(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_in_the_file_changes_nothing(life, as_of, random):
    agreed, facts, avenant = life
    recorded = [*facts, avenant]
    expected = everything(assess(agreed, (), recorded, as_of))
    random.shuffle(recorded)
    assert everything(assess(agreed, (), recorded, as_of)) == expected


@settings(max_examples=300, deadline=None)
@given(living(), journals(), DAYS, DAYS, st.data())
def test_a_transfer_of_one_to_another_never_changes_how_many_obligations_there_are(agreed, facts, effect, as_of, data):
    facts = tuple(fact for fact in facts if fact.kind != "amended")
    e0 = engagement(agreed)
    leaving = data.draw(st.sampled_from(e0.debtors))
    change = {"change": "debtors", "target": "e0", "debtor": leaving, "debtors": [NEWCOMER]}
    if e0.sites and data.draw(st.booleans()):
        change["sites"] = [e0.sites[0]]
    fact = {"id": "av", "kind": "amended", "title": "A", "on": effect, "changes": [change]}
    (avenant,) = read(Journal, {"format": "qp/1", "facts": [fact]}).facts
    before, after = shown(agreed, facts, as_of), shown(agreed, (*facts, avenant), as_of)

    def places(found):
        return sorted((one.sites, one.id.partition("@")[2]) for one in found.values() if one.engagement.id == "e0")

    assert places(after) == places(before)


@settings(max_examples=300, deadline=None)
@given(lives(), DAYS)
def test_the_day_of_a_reference_to_a_one_off_is_the_last_fulfilment_day_of_its_obligations(life, as_of):
    agreed, facts, avenant = life
    assume(engagement(agreed).kind == "one-off")
    recorded = (*facts, avenant)
    owed = [one for one in shown(agreed, recorded, as_of).values() if one.engagement.id == "e0"]
    days = [one.standing.fulfilled_on for one in owed if one.state != "discharged"]
    expected = max(days) if days and all(days) else None
    assert Assessment(agreed, recorded, as_of).references.find("e0").day == expected
