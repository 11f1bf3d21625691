"""What is reminded of on which day, and whom it reaches."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.law.workdays import is_working_day
from qp_cli.law.zones import Zone
from qp_cli.tracking.addressees import AddressBook
from qp_cli.tracking.compared_dates import prudent_day
from qp_cli.tracking.reminders import reminders
from tests.tracking.building import at, day

ONE = timedelta(days=1)


def owed(due, *, more="", kind="one-off"):
    """A convention in which the City owes one thing, by a due date written as in a file."""
    return f"""
        {more}
        events: [{{id: depart, title: Départ, date: 2021-03-18}}]
        parties: [{{id: ville, name: Ville, signatory: true}}]
        engagements:
        - {{id: plan, title: Plan, debtors: [ville], kind: {kind}, due: {due}}}
    """


def days_of(body, first, last, journal=""):
    """The days from one to another on which something is reminded of, each with the keys and kinds."""
    found, now = {}, day(first)
    while now <= day(last):
        if told := reminders(at(now.isoformat(), body, journal)):
            found[now.isoformat()] = [(each.key, each.kind.value) for each in told]
        now += ONE
    return found


@pytest.mark.parametrize(
    ("due", "zone", "expected"),
    [
        ("{within: P6M, from: depart}", "metropole", "2021-09-17"),  # a Saturday: the Friday
        ("{within: P6M, from: depart, regime: procedure-civile}", "metropole", "2021-09-17"),  # carried over to Monday
        ("{on: 2021-09-18}", "metropole", "2021-09-17"),
        ("{on: 2021-09-17}", "metropole", "2021-09-17"),
        ("{on: 2021-04-05}", "metropole", "2021-04-02"),  # Easter Monday
        ("{on: 2021-04-05}", "alsace-moselle", "2021-04-01"),  # and Good Friday
        ("{at_the_latest: P1M, before: 2021-10-18}", "metropole", "2021-09-17"),
        ("{within: P6M, from: depart, regime: silence-administration}", "metropole", "2021-09-18"),
        ("{within: P6M, from: depart, regime: prescription}", "metropole", "2021-09-18"),
    ],
)
def test_the_prudent_day_is_the_last_working_day_by_the_deadline_where_one_is_compared(due, zone, expected):
    (one,) = at("2021-03-20", owed(due, more=f"zone: {zone}")).obligations
    assert prudent_day(one.deadline, Zone(zone)) == day(expected)


@pytest.mark.parametrize("term", ["{within: P6M, from: depart}", "{on: 2021-09-18}"])
def test_a_term_has_its_prudent_day_as_what_is_owed_by_it_has(term):
    body = owed("PLACE", more=f"term: {{due: {term}}}").replace(", due: PLACE", "")
    situation = at("2021-08-18", body)
    (one,) = situation.obligations
    assert (one.due, one.derived) == (day("2021-09-18"), True)
    assert prudent_day(one.deadline, situation.convention.zone) == day("2021-09-17")
    assert situation.term.due == day("2021-09-18")
    assert prudent_day(situation.term, situation.convention.zone) == day("2021-09-17")
    assert [(each.key, each.prudent.day) for each in reminders(situation)] == [("plan/ville", 17), ("terme", 17)]


def test_rungs_count_from_the_prudent_day_and_closed_days_are_made_good_before():
    ahead = [("plan/ville", "ahead")]
    late = [("plan/ville", "overdue")]
    # due on Saturday 18 September: the Friday counts; 30 days before it is a Wednesday, one day before a Thursday
    assert days_of(owed("{within: P6M, from: depart}"), "2021-08-01", "2021-10-05") == {
        "2021-08-18": ahead,
        "2021-09-03": ahead,
        "2021-09-10": ahead,
        "2021-09-16": ahead,
        "2021-09-20": late,
        "2021-09-27": late,
        "2021-10-04": late,
    }
    # due on Monday 20 September: 30 days before is Saturday, one day before Sunday, both made good on the Friday
    assert days_of(owed("{on: 2021-09-20}"), "2021-08-01", "2021-10-05") == {
        "2021-08-20": ahead,
        "2021-09-06": ahead,
        "2021-09-13": ahead,
        "2021-09-17": ahead,
        "2021-09-21": late,
        "2021-09-28": late,
        "2021-10-05": late,
    }


def test_the_ladder_is_the_conventions():
    assert [*days_of(owed("{on: 2021-09-21}", more="remind: [20, 2]"), "2021-08-01", "2021-09-21")] == [
        "2021-09-01",
        "2021-09-17",  # two days before is a Sunday
    ]
    assert days_of(owed("{on: 2021-09-21}", more="remind: []"), "2021-08-01", "2021-09-21") == {}
    assert [*days_of(owed("{on: 2021-09-21}", more="remind: []"), "2021-09-21", "2021-09-30")] == [
        "2021-09-22",
        "2021-09-29",
    ]


@settings(max_examples=25, deadline=None)
@given(
    due=st.dates(date(2021, 3, 1), date(2022, 6, 30)),
    ladder=st.sets(st.integers(1, 45), min_size=1, max_size=5),
    zone=st.sampled_from(["metropole", "alsace-moselle", "guadeloupe"]),
)
def test_each_rung_comes_exactly_once_and_what_is_overdue_once_a_week(due, ladder, zone):
    situation = at("2021-01-04", owed(f"{{on: {due}}}", more=f"zone: {zone}\n        remind: {sorted(ladder)}"))
    (one,) = situation.obligations
    prudent = prudent_day(one.deadline, situation.convention.zone)
    standing = one.standing
    told = Counter()
    for number in range((prudent - due).days - max(ladder) - 10, 31):
        now = due + timedelta(days=number)
        late = (now - due).days
        state = type(one.state)("overdue" if late > 0 else "upcoming")
        seen = one._replace(standing=standing._replace(state=state, days_late=late if late > 0 else None))
        found = reminders(situation._replace(as_of=now, obligations=(seen,)))
        assert len(found) <= 1
        for each in found:
            assert is_working_day(now, situation.convention.zone)
            told[now, each.kind.value] += 1
    zone = situation.convention.zone
    assert sorted(when for when, kind in told if kind == "ahead") == sorted(
        {closed_days_made_good(prudent - timedelta(days=each), -ONE, zone) for each in ladder}
    )
    weeks = (due + timedelta(days=1 + 7 * number) for number in range(5))
    expected = [closed_days_made_good(each, ONE, zone) for each in weeks]
    assert sorted(when for when, kind in told if kind == "overdue") == [
        each for each in expected if each <= due + timedelta(days=30)
    ]


def closed_days_made_good(when, step, zone):
    while not is_working_day(when, zone):
        when += step
    return when


def test_an_option_is_a_choice_and_what_runs_or_waits_or_is_done_is_nothing():
    assert days_of(owed("{on: 2021-09-21}", kind="option"), "2021-09-01", "2021-10-30") == {
        "2021-09-07": [("plan/ville", "choice")],
        "2021-09-14": [("plan/ville", "choice")],
        "2021-09-20": [("plan/ville", "choice")],
    }
    assert days_of(owed("{on: 2021-09-21}", kind="continuing"), "2021-08-01", "2021-10-30") == {}
    assert days_of(owed("{within: P1M, from: ailleurs}").replace("events: [", "events: [{id: ailleurs, title: A}, "),
                   "2021-08-01", "2021-10-30") == {}  # fmt: skip
    done = "- {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-13}"
    assert [*days_of(owed("{on: 2021-09-21}"), "2021-09-01", "2021-10-30", done)] == ["2021-09-07"]
    paused = "- {id: f-1, kind: suspended, engagement: plan, on: 2021-09-13}"
    assert [*days_of(owed("{on: 2021-09-21}"), "2021-09-01", "2021-10-30", paused)] == ["2021-09-07"]


def test_the_end_of_a_cure_period_has_its_own_rungs():
    notice = "- {id: f-1, kind: notified, engagement: plan, on: 2021-09-22, cure: P1M}"
    found = days_of(owed("{on: 2021-09-18}"), "2021-09-22", "2021-10-23", notice)
    cures = [when for when, told in found.items() if ("plan/ville#cure", "cure") in told]
    assert cures == ["2021-09-22", "2021-10-08", "2021-10-15", "2021-10-21"]
    assert [when for when, told in found.items() if ("plan/ville", "overdue") in told] == [
        "2021-09-27",
        "2021-10-04",
        "2021-10-11",
        "2021-10-18",
    ]


TERM = "term: {due: {on: 2022-03-18}%s}"


def test_the_term_is_reminded_of_and_a_renewal_by_the_choice_to_denounce_it():
    plain = days_of(owed("{on: 2023-09-21}", more=TERM % ""), "2022-02-01", "2022-03-30")
    assert [*plain] == ["2022-02-16", "2022-03-04", "2022-03-11", "2022-03-17"]
    assert {each for told in plain.values() for each in told} == {("terme", "term")}
    renewed = days_of(
        owed("{on: 2023-09-21}", more=TERM % ", renewal: {every: P1Y, notice: P1M}"), "2022-01-01", "2022-03-30"
    )
    assert {each for told in renewed.values() for each in told} == {("denonciation/ville@2022-03-18", "choice")}
    assert [*renewed] == ["2022-01-19", "2022-02-04", "2022-02-11", "2022-02-17"]


def test_a_length_leaves_the_ladder_aside():
    def within(as_of, until):
        return [each.kind.value for each in reminders(at(as_of, owed("{on: 2021-09-18}")), day(until))]

    assert within("2021-09-01", "2021-09-16") == []
    assert within("2021-09-01", "2021-09-17") == ["ahead"]  # the prudent day
    assert within("2021-09-18", "2021-09-18") == ["ahead"]
    assert within("2021-09-19", "2021-09-19") == ["overdue"]  # a Sunday


PEOPLE = """
    term: {due: {on: 2022-03-18}}
    parties:
    - {id: ville, name: Ville, signatory: true, contact: {email: ville@example.org}}
    - {id: service, name: Service, organ_of: ville}
    - {id: etat, name: État, signatory: true}
    - {id: prefecture, name: Préfecture, organ_of: etat, contact: {name: Sans adresse}}
    - {id: ddets, name: DDETS, organ_of: prefecture, contact: {email: ddets@example.org}}
    - {id: ars, name: ARS, organ_of: etat}
    - {id: asso, name: Association, contact: {telephone: "01 02 03 04 05", name: A}}
    groups: [{id: tous, name: Tous, members: [ville, asso]}]
    roles: [{id: pilote, name: Pilote}]
    engagements:
"""


def reached(*debtors, more="", people=PEOPLE):
    """The addresses that a reminder of what some owe reaches, and those without one."""
    names = ", ".join(debtors)
    body = people + f"    - {{id: plan, title: P, debtors: [{names}], kind: one-off, due: {{on: 2021-09-21}}{more}}}\n"
    situation = at("2021-09-14", body)
    book = AddressBook(situation.directory)
    found = [book.reached(each) for each in reminders(situation)]
    assert found
    addresses = {}
    for each in found:
        for contact, parties in each.contacts.items():
            addresses[contact.email] = (*addresses.get(contact.email, ()), *parties)
    return addresses, {party for each in found for party in each.without}


@pytest.mark.parametrize(
    ("debtors", "addresses", "without"),
    [
        (["ville"], {"ville@example.org": ("ville",)}, set()),
        (["service"], {"ville@example.org": ("service",)}, set()),
        (["etat"], {"ddets@example.org": ("etat",)}, set()),
        (["prefecture"], {"ddets@example.org": ("prefecture",)}, set()),
        (["ars"], {"ddets@example.org": ("ars",)}, set()),
        (["tous"], {"ville@example.org": ("ville",)}, {"asso"}),
        (["pilote"], {}, {"pilote"}),
        (["ville", "etat"], {"ville@example.org": ("ville",), "ddets@example.org": ("etat",)}, set()),
    ],
)
def test_whom_a_reminder_reaches(debtors, addresses, without):
    assert reached(*debtors) == (addresses, without)


def test_an_organ_with_an_address_is_told_besides_its_legal_person():
    people = PEOPLE.replace(
        "name: État, signatory: true", "name: État, signatory: true, contact: {email: e@example.org}"
    )
    people = people.replace("name: Sans adresse", "email: p@example.org")
    told = {"e@example.org": ("etat",), "p@example.org": ("etat",), "ddets@example.org": ("etat",)}
    assert reached("etat", people=people) == (told, set())
    own = {"p@example.org": ("prefecture",), "ddets@example.org": ("prefecture",)}
    assert reached("prefecture", people=people) == (own, set())
    assert reached("ars", people=people) == ({"e@example.org": ("ars",)}, set())


def test_whoever_follows_the_engagement_is_reached_besides():
    found = reached("ville", "asso", more=", contact: {email: suivi@example.org}")
    assert found == ({"ville@example.org": ("ville",), "suivi@example.org": ("asso", "ville")}, set())
    several = reached("ville", "etat", more=", solidary: true, contact: {email: suivi@example.org}")
    assert several[0]["suivi@example.org"] == ("ville", "etat")


def test_the_term_is_told_to_those_who_sign():
    situation = at("2022-03-11", PEOPLE + "    - {id: plan, title: P, debtors: [asso], kind: one-off}\n")
    (term,) = [each for each in reminders(situation) if each.kind == "term"]
    found = AddressBook(situation.directory).reached(term)
    assert {contact.email for contact in found.contacts} == {"ville@example.org", "ddets@example.org"}
