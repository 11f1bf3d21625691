"""The thirteen kinds of fact: what each says, and what none of them takes."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.model.dues import Within
from qp_cli.model.facts import (
    Add,
    Amended,
    Breached,
    Denounced,
    End,
    Extend,
    Fact,
    Fulfilled,
    Notified,
    Occurred,
    ProofAdded,
    Reassign,
    Redate,
    Resumed,
    Suspended,
    Terminated,
    Triggered,
    Voided,
    Waived,
)
from tests.tracking.building import facts

ABOUT = {
    "fulfilled": Fulfilled,
    "waived": Waived,
    "suspended": Suspended,
    "resumed": Resumed,
    "notified": Notified,
    "breached": Breached,
}
ALL = {**ABOUT, "triggered": Triggered, "occurred": Occurred, "amended": Amended, "voided": Voided}
ALL |= {"denounced": Denounced, "terminated": Terminated, "proof": ProofAdded}


def only(body):
    (fact,) = facts(body)
    return fact


def test_there_are_thirteen_kinds():
    union = get_args(Fact)[0]
    assert set(get_args(union)) == set(ALL.values())
    assert len(ALL) == 13


@pytest.mark.parametrize(("kind", "model"), ABOUT.items())
def test_a_fact_about_an_engagement_says_which_whose_where_and_which_occurrence(kind, model):
    fact = only(
        f"""\
          - id: f-1
            kind: {kind}
            engagement: comptes
            by: association
            sites: [halle]
            occurrence: 2021-12-31
            on: 2022-06-15
            recorded: 2022-06-20
            recorded_by: M. Dupont
            note: Reçus par courrier.
            proof: {{url: "https://exemple.fr/comptes.pdf"}}
        """
    )
    assert type(fact) is model
    assert (fact.engagement, fact.by, fact.sites) == ("comptes", "association", ("halle",))
    assert (fact.on, fact.occurrence) == (date(2022, 6, 15), date(2021, 12, 31))
    assert (fact.recorded, fact.recorded_by) == (date(2022, 6, 20), "M. Dupont")
    assert (fact.note, fact.proof.url) == ("Reçus par courrier.", "https://exemple.fr/comptes.pdf")


@pytest.mark.parametrize(("kind", "model"), ABOUT.items())
def test_the_rest_can_be_left_out(kind, model):
    fact = only(f"  - {{id: f-1, kind: {kind}, engagement: comptes, on: 2022-06-15}}\n")
    assert type(fact) is model
    assert (fact.by, fact.sites, fact.occurrence, fact.recorded, fact.proof) == (None, (), None, None, None)


def test_a_formal_notice_gives_a_period_to_put_things_right():
    line = "  - {id: f-1, kind: notified, engagement: comptes, on: 2022-07-01, cure: %s}\n"
    assert only(line % "P1M").cure == Period(months=1)
    assert only(line % "8 jours ouvrés").cure == WorkingDays(8, DayCount.OUVRES)


def test_a_request_says_who_makes_it_and_to_whom():
    fact = only("  - {id: f-1, kind: triggered, engagement: avis, by: ville, to: [etat, anru], on: 2022-06-15}\n")
    assert type(fact) is Triggered
    assert (fact.engagement, fact.by, fact.to) == ("avis", "ville", ("etat", "anru"))


def test_an_event_that_occurred_gets_its_day():
    fact = only("  - {id: f-1, kind: occurred, event: signature, on: 2022-06-15, sites: [halle]}\n")
    assert type(fact) is Occurred
    assert (fact.event, fact.on, fact.sites) == ("signature", date(2022, 6, 15), ("halle",))


def test_a_cancellation_names_the_fact_it_cancels():
    fact = only("  - {id: f-2, kind: voided, fact: f-1, on: 2022-06-15}\n")
    assert type(fact) is Voided
    assert fact.fact == "f-1"


def test_an_avenant_has_its_two_days_and_five_kinds_of_change():
    fact = only(
        """\
          - id: f-1
            kind: amended
            title: Avenant n° 1
            on: 2022-12-10
            signed: 2022-12-10
            effect: 2023-01-15
            changes:
              - {change: extend, target: terme, by: P12M}
              - {change: due, target: plan, due: {within: P6M, from: signature}}
              - {change: debtors, target: plan, debtors: [ville, region]}
              - {change: end, target: logo}
              - change: add
                engagement: {id: carte, title: Carte, debtors: [ville], kind: one-off}
        """
    )
    assert (fact.signed, fact.effect, fact.applies_from) == (date(2022, 12, 10), date(2023, 1, 15), date(2023, 1, 15))
    assert [type(change) for change in fact.changes] == [Extend, Redate, Reassign, End, Add]
    assert fact.changes[0].by == Period(months=12)
    assert isinstance(fact.changes[1].due, Within)
    assert fact.changes[2].debtors == ("ville", "region")
    assert fact.changes[4].engagement.id == "carte"


def test_an_empty_journal_is_a_journal():
    assert facts("") == ()


def test_a_fact_cannot_be_changed_once_read():
    fact = only("  - {id: f-2, kind: voided, fact: f-1, on: 2022-06-15}\n")
    with pytest.raises(AttributeError, match="fact"):
        fact.fact = "f-3"
