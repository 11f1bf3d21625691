"""Avenants that only have an engagement owed by more are gone through by what comes: the same rows as the long way."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.convention import Convention, Party
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.tracking.situation import assess
from tests.tracking.test_avenant_properties import avenants, living
from tests.tracking.test_properties import DAYS, journals

LONG_WAY = "qp_cli.tracking.assessment.widen"
COMING = ("p1", "p2", "p3", "p4", "p5", "organ")
DEBTORS = (("group",), ("group",), ("role",), ("group", "role"), ("p4", "group"), ("vacant",), ("role", "vacant"))
WHERE = ((), (), ("nord",), ("nord", "sud"))


@st.composite
def additions(draw):
    """What one more owes, or what is owed at one more site, of the first engagement or of the first two."""
    match draw(st.sampled_from(("member", "member", "holder", "site"))):
        case "member":
            made = {"member": draw(st.sampled_from(COMING)), "group": "group"}
        case "holder":
            made = {"holder": draw(st.sampled_from(COMING)), "role": draw(st.sampled_from(("role", "vacant")))}
        case _:
            name = draw(st.sampled_from(("est", "ouest", "nord")))
            owed = draw(st.sampled_from((["e0"], ["e0", "e1"])))
            made = {"site": {"id": name, "name": "S", "commune": "C"}, "engagements": owed}
    if draw(st.integers(0, 4)) == 0:
        made["since"] = draw(DAYS)
    return {"change": "add", **made}


@st.composite
def widened(draw):
    """A convention that some join by several avenants, with others among these, and what was recorded."""
    agreed = draw(living())
    engagements = [
        replaced(
            each,
            debtors=draw(st.sampled_from(DEBTORS)),
            sites=draw(st.sampled_from(WHERE)),
            solidary=draw(st.integers(0, 5)) == 0,
        )
        for each in agreed.engagements
    ]
    more = tuple(read(Party, {"id": name, "name": name}) for name in ("p4", "p5"))
    agreed = replaced(agreed, engagements=tuple(engagements), parties=(*agreed.parties, *more))
    joining = [
        {
            "id": f"joins{number}", "kind": "amended", "title": "A", "on": draw(DAYS),
            "changes": draw(st.lists(additions(), min_size=1, max_size=3)),
        }
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    facts = (*draw(journals()), *read(Journal, {"format": "qp/1", "facts": joining}).facts)
    if draw(st.integers(0, 2)) == 0:
        facts = (*facts, draw(avenants(agreed, partial=True)))
    if draw(st.integers(0, 4)) == 0:
        end = {"id": "end", "kind": "terminated", "on": draw(DAYS), "notice": "P1M"}
        facts = (*facts, *read(Journal, {"format": "qp/1", "facts": [end]}).facts)
    return agreed, facts


@settings(max_examples=300, deadline=None)
@given(widened(), DAYS)
def test_who_comes_alone_is_gone_through_and_the_rows_are_those_of_the_long_way(life, as_of):
    agreed, facts = life
    with patch(LONG_WAY, return_value=False):
        expected = assess(agreed, (), facts, as_of).obligations
    assert assess(agreed, (), facts, as_of).obligations == expected


def test_it_is_the_short_way_that_members_come_by():
    plan = {"id": "plan", "title": "P", "clause": "art. 1", "kind": "one-off", "debtors": ["tous"]}
    parties = [{"id": f"p{number}", "name": "P"} for number in range(5)]
    signed = {"parties": parties, "groups": [{"id": "tous", "name": "T", "members": ["p0"]}], "engagements": [plan]}
    agreed = read(Convention, {"format": "qp/1", "id": "c", "title": "T", **signed})
    coming = [{"change": "add", "member": f"p{number}", "group": "tous"} for number in range(1, 5)]
    told = {"kind": "amended", "title": "A", "on": date(2022, 1, 1)}
    joining = [{"id": f"a{number}", **told, "changes": [each]} for number, each in enumerate(coming)]
    with patch("qp_cli.tracking.assessment.advance") as long_way:
        found = assess(agreed, (), read(Journal, {"format": "qp/1", "facts": joining}).facts, date(2022, 6, 1))
    assert [one.id for one in found.obligations] == [f"plan/p{number}" for number in range(5)]
    long_way.assert_not_called()
