"""Avenants concluded after the date that they move, whatever came before; and the dates that findings cite."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings

from qp_cli.checks.avenants import late_extensions
from qp_cli.checks.dates import ComputedDates
from qp_cli.checks.law import ends_on_a_closed_day
from qp_cli.messages import Message
from qp_cli.tracking.situation import assess
from tests.tracking.building import at, convention, facts
from tests.tracking.journals import about, asked, avenant
from tests.tracking.test_avenant_properties import lives

# Two months from 10 January 2022: 10 March. Two years as a quantième: 10 January 2024.
BODY = """\
term: {due: {within: P24M, from: depart, regime: quantieme}, clause: art. 9}
parties: [{id: ville, name: Ville}, {id: etat, name: État}]
events:
  - {id: depart, title: Départ, date: 2022-01-10}
  - {id: demande, title: Demande, repeats: true}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P2M, from: depart}}
  - {id: bilan, title: Bilan, debtors: [ville], kind: one-off}
  - {id: revue, title: Revue, debtors: [ville], kind: recurring, due: {every: P3M, from: depart}}
  - {id: avis, title: Avis, debtors: [etat], kind: on-request, trigger: demande, due: {within: P1M}}
"""
EXTEND = "change: extend, target: plan, by: P1M"


def remarks(journal, body=BODY, rule=late_extensions):
    agreed, recorded = convention(body), facts(journal)
    subject = SimpleNamespace(convention=agreed, computed_dates=ComputedDates(agreed, recorded))
    return [(remark.severity and remark.severity.value, str(remark.message)) for remark in rule(subject)]


def paused(first, resumed, target="plan", **more):
    return about("suspended", target, first, **more) + (about("resumed", target, resumed, **more) if resumed else "")


PAUSED = paused("2022-02-01", "2022-03-01")
"""28 days more: 7 April."""


@pytest.mark.parametrize("target", ["plan", "all"])
@pytest.mark.parametrize(
    ("journal", "on", "end"),
    [
        (("2022-02-01", "2022-03-01"), "2022-04-07", None),
        (("2022-02-01", "2022-03-01"), "2022-04-08", "2022-04-07"),
        (("2022-02-01", None), "2022-06-01", None),  # it does not run
        (("2022-02-01", "2022-06-02"), "2022-06-01", None),
        (("2022-03-10", "2022-06-02"), "2022-06-01", None),
        (("2022-03-11", "2022-06-02"), "2022-06-01", "2022-03-10"),  # suspended when it had ended
        (("2022-06-02", "2022-07-02"), "2022-06-01", "2022-03-10"),
    ],
)
def test_a_suspension_before_does_not_hide_that_an_avenant_is_late(target, journal, on, end):
    found = remarks(paused(*journal, target=target) + avenant(on, EXTEND))
    assert [severity for severity, _ in found] == ["warning"] * bool(end)
    assert all(f"Concluded on {on}" in text and f"had ended, on {end}" in text for _, text in found)


def test_what_is_in_effect_after_a_suspended_date_is_doubted_too():
    found = remarks(PAUSED + avenant("2022-04-01", EXTEND, effect="2022-05-01"))
    assert found == [("warning", "In effect from 2022-05-01, after “plan” had ended, on 2022-04-07")]


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (avenant("2022-02-01", "change: extend, target: plan, by: P1M", name="first"), EXTEND),
        (avenant("2022-02-01", "change: debtors, target: plan, debtors: [etat]", name="first"), EXTEND),
        ("", "change: extend, target: plan, by: P1M, debtor: ville"),
        (PAUSED, "change: due, target: plan, due: {on: 2024-01-01}"),
        ("", "change: due, target: bilan, due: {on: 2024-12-31}"),
        ("", "change: due, target: revue, due: {on: 2024-12-31}, occurrence: 2022-04-10"),
        (asked("2022-02-01"), "change: extend, target: avis, by: P1M, request: f-demande-2022-02-01"),
    ],
)
def test_every_date_that_was_moved_once_it_had_passed_is_told(before, change):
    assert [severity for severity, _ in remarks(before + avenant("2024-02-01", change))] == ["warning"]
    assert remarks(before + avenant("2022-02-02", change)) == []


def test_occurrences_that_an_avenant_reaches_back_to_are_counted():
    late = avenant("2023-01-01", "change: due, target: revue, due: {every: P2Y, from: depart}, since: 2022-06-01")
    ((_, text),) = remarks(late)
    assert text == "Concluded on 2023-01-01, after 2 dates of “revue” that it changes, the first on 2022-07-10"
    later = late.replace("2022-06-01", "2022-10-01")
    assert remarks(later) == [
        ("warning", "Concluded on 2023-01-01, after a date of “revue” that it changes, 2022-10-10")
    ]


@pytest.mark.parametrize(("on", "severity"), [("2024-02-07", None), ("2024-02-08", "error")])
def test_the_term_that_a_suspension_moved_is_measured_where_it_then_is(on, severity):
    extend = avenant(on, "change: extend, target: terme, by: P1M")
    found = remarks(paused("2022-02-01", "2022-03-01", target="all", term="true") + extend)
    assert [weight for weight, _ in found] == [severity] * bool(severity)
    assert remarks(paused("2022-02-01", None, target="all", term="true") + extend) == []
    assert remarks(paused("2024-01-11", None, target="all", term="true") + extend) != []


# --- What findings cite ---------------------------------------------------------------------------------------

RHYTHM = "change: due, target: revue, due: {every: P1M, from: depart}"


def test_a_date_on_a_closed_day_is_one_that_is_shown():
    """Every month from 10 January 2022 only counts from the avenant on: 10 April 2022 was of the old rhythm."""
    journal = avenant("2022-09-20", RHYTHM)
    ((_, text),) = remarks(journal, rule=ends_on_a_closed_day, body=BODY.replace("P24M", "P14M"))
    shown_then = {one.due for one in at("2023-12-31", BODY.replace("P24M", "P14M"), journal).obligations}
    closed = [day for day in shown_then if day and day.weekday() > 4 and day.month != 6]
    assert "first on Sunday 2022-04-10" in text
    assert date(2022, 4, 10) in closed
    # 10 April and 10 July (old rhythm), 10 December (new one); 10 September was never a date of it.
    assert "3 times" in text


def test_a_date_on_a_closed_day_is_that_after_a_suspension():
    assert remarks(PAUSED, rule=ends_on_a_closed_day, body=BODY.replace("P3M", "P3M, regime: ccag")) == []
    moved = paused("2022-02-01", "2022-03-03")  # 30 days more: Saturday 9 April
    ((_, text),) = remarks(moved, rule=ends_on_a_closed_day, body=BODY.replace("P3M", "P3M, regime: ccag"))
    assert "Saturday 2022-04-09" in text


def days_in(message):
    """The days of a message, of those within it too."""
    for part in message.parts.values():
        if isinstance(part, Message):
            yield from days_in(part)
        elif isinstance(part, date):
            yield part


LAST = date(2031, 1, 1)


def dues_at(agreed, recorded, day):
    """The dates that are shown at a day, the term's among them."""
    situation = assess(agreed, (), recorded, day)
    return {each.due for each in (*situation.obligations, situation.term) if each}


@settings(max_examples=150, deadline=None)
@given(lives())
def test_every_date_that_a_finding_cites_is_one_that_is_shown(life):
    agreed, recorded, more = life
    recorded = (*recorded, more)
    subject = SimpleNamespace(convention=agreed, computed_dates=ComputedDates(agreed, recorded))
    dues = dues_at(agreed, recorded, LAST)
    for remark in ends_on_a_closed_day(subject):
        assert set(days_in(remark.message)) <= dues
    effects = [fact.applies_from for fact in recorded if fact.kind == "amended"]
    for remark in late_extensions(subject):
        end = remark.message.parts["end"]
        assert end in dues or any(end in dues_at(agreed, recorded, day - timedelta(days=1)) for day in effects)
