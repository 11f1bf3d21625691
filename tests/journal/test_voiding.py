"""Recording then voiding gives the former states, through the file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.model.convention import Convention
from qp_cli.model.facts import Journal
from qp_cli.model.sites import Sites
from qp_cli.store.journal_text import draft_fact
from qp_cli.store.schema import validate
from qp_cli.store.yaml.reader import read_document
from qp_cli.tracking.diff import changes
from qp_cli.tracking.situation import assess
from tests.tracking.building import SHIPPED

CONVENTION, SITES = (
    validate(read_document((SHIPPED / name).read_bytes(), name), model)[0]
    for name, model in (("convention.yaml", Convention), ("sites.yaml", Sites))
)
START, LAST = date(2021, 3, 18), date(2024, 6, 30)
DAYS = st.dates(START, LAST)
NAMES = [engagement.id for engagement in CONVENTION.engagements]
PARTIES = [party.id for party in CONVENTION.parties]
PERIODS = st.sampled_from(["P1M", "P12M", "P10D", "P1Y2M"])


def dated(kind, **more):
    return st.fixed_dictionaries({"kind": st.just(kind), **more, "on": DAYS, "recorded": DAYS})


ABOUT = {"engagement": st.sampled_from(NAMES), "by": st.sampled_from(PARTIES)}
KINDS = st.sampled_from(["fulfilled", "waived", "suspended", "resumed", "notified", "breached"])
EXTENSION = st.fixed_dictionaries({"change": st.just("extend"), "target": st.just("terme"), "by": PERIODS})
END = st.fixed_dictionaries({"change": st.just("end"), "target": st.sampled_from(NAMES)})
FACTS = st.one_of(
    KINDS.flatmap(lambda kind: dated(kind, **ABOUT)),
    dated("triggered", engagement=st.sampled_from(["instruction-projets", "mobilisation-moyens"])),
    dated("occurred", event=st.sampled_from(["signature", "proposition-soumise", "action-approuvee"])),
    dated("amended", title=st.just("Avenant"), signed=DAYS, changes=st.lists(EXTENSION | END, min_size=1, max_size=2)),
)


def add(journal, data, fact):
    return draft_fact(journal, data, fact)


def facts(data):
    return validate(read_document(data, "journal.yaml"), Journal)[0].facts


@settings(max_examples=120, deadline=None)
@given(before=st.lists(FACTS, max_size=4), fact=FACTS, as_of=DAYS, crlf=st.booleans())
def test_recording_then_voiding_gives_the_former_states(before, fact, as_of, crlf):
    journal = SHIPPED / "journal.yaml"
    data = b"format: qp/1\r\nfacts: []\r\n" if crlf else b"format: qp/1\nfacts: []\n"
    for each in before:
        data = add(journal, data, each).data
    former = assess(CONVENTION, SITES.sites, facts(data), as_of)
    recorded = add(journal, data, fact)
    voided = add(journal, recorded.data, {"kind": "voided", "fact": recorded.id, "on": LAST, "recorded": LAST})
    again = assess(CONVENTION, SITES.sites, voided.facts, as_of)
    assert changes(former, again) == []
    assert [one._replace(facts=()) for one in again.obligations] == [
        one._replace(facts=()) for one in former.obligations
    ]
    assert (again.term, again.ended_by) == (former.term, former.ended_by)


@pytest.mark.parametrize("later", range(3))
def test_what_is_voided_never_held_whenever_it_is_voided(later):
    journal, day = SHIPPED / "journal.yaml", date(2021, 9, 1)
    fact = {"kind": "fulfilled", "engagement": "feuille-de-route", "by": "metropole", "on": day}
    recorded = add(journal, b"format: qp/1\n", fact)
    on = day + timedelta(days=later)
    voided = add(journal, recorded.data, {"kind": "voided", "fact": recorded.id, "on": on}).facts
    for at in (on - timedelta(days=1), on, on + timedelta(days=1)):
        assert assess(CONVENTION, (), voided, at).obligations == assess(CONVENTION, (), (), at).obligations
