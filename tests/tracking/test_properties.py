"""What holds of any convention and any journal, generated at random."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.convention import Convention
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.model.sites import Sites
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.portfolio import party_tallies
from qp_cli.tracking.situation import assess
from qp_cli.tracking.summary import StateColumn, apart, column, overdue_ones, upcoming
from tests.tracking.building import dues, states

SEVERAL = settings(max_examples=120, deadline=None)
DAYS = st.dates(date(2021, 1, 1), date(2024, 12, 31))
PARTIES = ("p0", "p1", "p2", "organ", "suborgan")
PERSON = {"p0": "p0", "p1": "p1", "p2": "p2", "organ": "p0", "suborgan": "p0", "vacant": "vacant"}
"""The legal person of each, worked out by hand."""
NAMES = (*PARTIES, "group", "role", "vacant")
SITES = st.lists(st.sampled_from(("nord", "sud")), max_size=2, unique=True)
PLACES = read(
    Sites, {"format": "qp/1", "sites": [{"id": name, "name": name, "commune": "Bourg"} for name in ("nord", "sud")]}
).sites
PERIODS = st.sampled_from(("P1M", "P6M", "P1Y", "P45D", "10 jours ouvrés"))
EVENTS = ("dated", "awaited", "other")
REGIMES = ("quantieme", "duree", "procedure-civile", "delai-franc")
COLUMNS = {
    "overdue": "overdue",
    "due-soon": "due_soon",
    "in-effect": "in_effect",
    "fulfilled": "fulfilled",
    "fulfilled-late": "fulfilled",
    "conditional": "conditional",
}
"""The column of each state; every other state is in `other`, as is what is late or near by the term alone."""

REFERENCES = st.sampled_from((*EVENTS, "terme")) | DAYS
SINGLE = st.one_of(
    st.builds(lambda on: {"on": on}, DAYS),
    st.builds(
        lambda within, start, regime: {"within": within, "from": start, "regime": regime},
        PERIODS,
        st.sampled_from(EVENTS) | DAYS,
        st.sampled_from(REGIMES),
    ),
    st.builds(lambda delay, before: {"at_the_latest": delay, "before": before}, PERIODS, REFERENCES),
    st.builds(lambda delay, before: {"at_least": delay, "before": before}, PERIODS, REFERENCES),
)
CHOSEN = st.builds(
    lambda key, choices: {key: choices},
    st.sampled_from(("earliest_of", "latest_of")),
    st.lists(SINGLE, min_size=2, max_size=3),
)
EVERY = st.builds(
    lambda every, start, until: {"every": every, "from": start, "until": until},
    st.sampled_from(("P3M", "P1Y")),
    st.sampled_from(EVENTS) | DAYS,
    st.sampled_from(("terme", "awaited")) | DAYS,
)
RECURRING = EVERY | st.builds(lambda within, every: {"within": within, "from": every}, PERIODS, EVERY)


@st.composite
def engagements(draw, name, earlier=()):
    kind = draw(st.sampled_from(("one-off", "continuing", "recurring", "on-request", "option")))
    made = {
        "id": name,
        "title": "T",
        "kind": kind,
        "debtors": draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
        "solidary": draw(st.booleans()),
        "sites": draw(SITES),
        "scope": draw(st.sampled_from(("convention", "national"))),
    }
    if kind == "recurring":
        made["due"] = draw(RECURRING)
    elif kind == "on-request":
        made["trigger"] = "asked"
        wording = draw(st.sampled_from(("due", "target", "none")))
        if wording != "none":
            made[wording] = {"within": draw(PERIODS)}
    elif draw(st.booleans()):
        made["due"] = draw(SINGLE | CHOSEN)
        for key in {"from", "before"} & made["due"].keys():
            if earlier and draw(st.booleans()):
                made["due"] = {**made["due"], key: draw(st.sampled_from(earlier))}
    return made


@st.composite
def conventions(draw):
    number = draw(st.integers(1, 4))
    term = draw(
        st.none()
        | st.builds(
            lambda within, start: {"due": {"within": within, "from": start}},
            st.sampled_from(("P1Y", "P24M")),
            st.sampled_from(EVENTS),
        )
    )
    return read(
        Convention,
        {
            "format": "qp/1",
            "id": "c",
            "title": "T",
            **({"term": term} if term else {}),
            "parties": [
                {"id": "p0", "name": "P0"},
                {"id": "p1", "name": "P1"},
                {"id": "p2", "name": "P2"},
                {"id": "organ", "name": "O", "organ_of": "p0"},
                {"id": "suborgan", "name": "S", "organ_of": "organ"},
            ],
            "groups": [{"id": "group", "name": "G", "members": ["p0", "p1", "organ"]}],
            "roles": [{"id": "role", "name": "R", "held_by": ["p2", "suborgan"]}, {"id": "vacant", "name": "V"}],
            "events": [
                {"id": "dated", "title": "D", "date": draw(DAYS)},
                {"id": "awaited", "title": "A"},
                {"id": "other", "title": "O"},
                {"id": "asked", "title": "Q", "repeats": True},
            ],
            "engagements": [
                draw(engagements(f"e{place}", [f"e{other}" for other in range(place)])) for place in range(number)
            ],
        },
    )


def sets_the_term(due):
    """Whether a due date can be the term's own: it does not count from the term."""
    return "terme" not in due.values()


@st.composite
def journals(draw, most=8):
    made = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(
            st.sampled_from(
                (
                    "fulfilled",
                    "waived",
                    "suspended",
                    "resumed",
                    "notified",
                    "breached",
                    "triggered",
                    "occurred",
                    "amended",
                )
            )
        )
        fact = {"id": f"f{number}", "kind": kind, "on": draw(DAYS)}
        if kind == "occurred":
            fact["event"] = draw(st.sampled_from(("awaited", "other", "asked")))
        elif kind == "amended":
            fact["title"] = "Avenant"
            if draw(st.booleans()):
                fact |= {"signed": draw(DAYS), "effect": draw(DAYS)}
            target = draw(st.sampled_from(("e0", "terme")))
            fact["changes"] = [
                draw(
                    st.sampled_from(
                        (
                            {"change": "extend", "target": target, "by": "P1M"},
                            {"change": "end", "target": "e0"},
                            {"change": "debtors", "target": "e0", "debtors": ["p1", "role"]},
                            {"change": "due", "target": target, "due": draw(SINGLE.filter(sets_the_term))},
                            {"change": "add", "engagement": draw(engagements(f"a{number}", ["e0"]))},
                        )
                    )
                )
            ]
        else:
            fact["engagement"] = draw(st.sampled_from(("e0", "e1", "e2", "e3")))
            fact["sites"] = draw(SITES)
            if draw(st.booleans()):
                fact["by"] = draw(st.sampled_from(NAMES))
        if kind == "fulfilled":
            fact |= draw(st.sampled_from(({}, {}, {"part": "1/2"}, {"part": "60 %"}, {"partly": True})))
        if kind in {"occurred", "triggered"} and draw(st.booleans()):
            fact["to"] = [draw(st.sampled_from(NAMES))]
        made.append(fact)
    return read(Journal, {"format": "qp/1", "facts": made}).facts


def voiding(name, fact, on):
    raw = {"id": name, "kind": "voided", "fact": fact, "on": on}
    return read(Journal, {"format": "qp/1", "facts": [raw]}).facts


def everything(situation):
    return [
        (one.id, one.state, one.due, one.deadline.waiting_for, one.standing, one.facts) for one in situation.obligations
    ]


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_every_obligation_is_in_one_column_and_each_row_holds_all_that_its_person_owes(agreed, facts, as_of):
    situation = assess(agreed, (), facts, as_of)
    expected = {}
    for one in situation.obligations:
        derived = one.deadline.basis == "term" and one.state in {"overdue", "due-soon"}
        name = "other" if derived else COLUMNS.get(one.state.value, "other")
        name = "options" if one.engagement.kind == "option" else name
        assert column(one) == name
        for person in {PERSON[party] for party in one.debtor.parties}:
            expected.setdefault(person, dict.fromkeys(StateColumn, 0))[StateColumn(name)] += 1
    found = party_tallies(situation)
    assert {row.group.key: row.counts for row in found} == expected
    assert {row.group.key: row.total for row in found} == {
        who: sum(counts.values()) for who, counts in expected.items()
    }
    assert not {"organ", "suborgan", "group", "role"} & {row.group.key for row in found}


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_ids_are_unique_and_say_engagement_debtor_and_site(agreed, facts, as_of):
    situation = assess(agreed, (), facts, as_of)
    assert len({one.id for one in situation.obligations}) == len(situation.obligations)
    for one in situation.obligations:
        expected = "/".join((one.engagement.id, "+".join(one.debtor.parties), *one.sites))
        assert one.id.partition("@")[0] == expected


@SEVERAL
@given(conventions(), journals(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_in_the_file_changes_nothing_but_which_request_of_a_day_is_first(
    agreed, facts, as_of, random
):
    shuffled = list(facts)
    random.shuffle(shuffled)
    places = [place for place, fact in enumerate(shuffled) if fact.kind in {"triggered", "occurred"}]
    for place, fact in zip(places, [fact for fact in facts if fact.kind in {"triggered", "occurred"}], strict=True):
        shuffled[place] = fact
    assert everything(assess(agreed, (), shuffled, as_of)) == everything(assess(agreed, (), facts, as_of))


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_no_fact_of_a_later_day_changes_anything(agreed, facts, as_of):
    known = [fact for fact in facts if effective_on(fact) <= as_of]
    assert everything(assess(agreed, (), known, as_of)) == everything(assess(agreed, (), facts, as_of))


@SEVERAL
@given(conventions(), journals(), journals(most=1), DAYS)
def test_cancelling_a_fact_restores_what_was_and_cancelling_that_restores_the_fact(agreed, facts, more, as_of):
    (added,) = (replaced(more[0], id="added"),) if more else (None,)
    if added is None:
        return
    without = everything(assess(agreed, (), facts, as_of))
    with_it = everything(assess(agreed, (), (*facts, added), as_of))
    cancelled = (*facts, added, *voiding("v1", "added", as_of))
    assert everything(assess(agreed, (), cancelled, as_of)) == without
    restored = (*cancelled, *voiding("v2", "v1", as_of))
    assert everything(assess(agreed, (), restored, as_of)) == with_it


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_late_means_after_the_due_date_and_by_how_many_days(agreed, facts, as_of):
    for one in assess(agreed, (), facts, as_of).obligations:
        if one.state == "overdue":
            assert one.due < as_of
            assert one.standing.days_late == (as_of - one.due).days
            assert one.deadline.basis != "target"
        elif one.state == "fulfilled-late":
            assert one.standing.days_late == (one.standing.fulfilled_on - one.due).days > 0
        elif one.state == "suspended" and one.standing.days_late is not None:
            assert one.due + timedelta(days=one.standing.days_late) <= as_of
            assert one.standing.days_late > 0
        else:
            assert one.standing.days_late is None
        if one.state in {"due-soon", "upcoming"}:
            assert one.due is None or one.due >= as_of or one.engagement.kind == "continuing"
        if one.state == "due-soon":
            assert one.due - as_of <= timedelta(days=30)
        assert one.standing.fulfilled_on is None or one.standing.fulfilled_on <= as_of


@SEVERAL
@given(conventions(), DAYS)
def test_before_any_fact_what_is_counted_from_an_awaited_event_has_no_date(agreed, as_of):
    for one in assess(agreed, (), (), as_of).obligations:
        due = one.engagement.due
        if getattr(due, "from_", None) in {"awaited", "other"} or getattr(due, "before", None) in {"awaited", "other"}:
            assert (one.due, one.state) == (None, "conditional")
        if one.due is None and one.deadline.waiting_for:
            runs_on = one.engagement.kind == "continuing" and one.deadline.basis == "term"
            assert one.state in {"conditional", "expired", *({"in-effect"} if runs_on else ())}
        if hasattr(due, "latest_of") and one.deadline.waiting_for:
            assert one.due is None


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_a_party_is_shown_what_it_and_its_organs_owe_and_a_site_what_names_it_or_none(agreed, facts, as_of):
    situation = assess(agreed, PLACES, facts, as_of)
    for person in ("p0", "p1", "p2"):
        shown = {one.id for one in choose(situation, Choice(parties=(person,)))}
        assert shown == {
            one.id for one in situation.obligations if person in {PERSON[party] for party in one.debtor.parties}
        }
    for site in ("nord", "sud"):
        shown = {one.id for one in choose(situation, Choice(sites=(site,)))}
        assert shown == {one.id for one in situation.obligations if not one.sites or one.sites == (site,)}
    late, near = overdue_ones(situation.obligations), upcoming(situation.obligations)
    assert not {one.id for one in apart(situation.obligations)} & {one.id for one in (*late, *near)}
    assert [one.due for one in late] == sorted(one.due for one in late)


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_the_same_arguments_give_the_same_answer_and_leave_them_untouched(agreed, facts, as_of):
    before = repr(agreed)
    first = assess(agreed, (), facts, as_of)
    assert (states(first), dues(first)) == (
        states(assess(agreed, (), facts, as_of)),
        dues(assess(agreed, (), facts, as_of)),
    )
    assert repr(agreed) == before
