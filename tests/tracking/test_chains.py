"""Dates counted from one another, in long chains and in circles: each is worked out once, however deep."""

from __future__ import annotations

import pytest

from tests.tracking.building import at, by_id, day

LONG = 1500
PEOPLE = """\
events: [{id: depart, title: Départ, date: 2020-01-01}]
parties: [{id: ville, name: Ville}]
engagements:
"""


def chain(length):
    return PEOPLE + "".join(
        f"  - {{id: e{n}, title: É{n}, debtors: [ville], kind: one-off, due: {{within: P1D, from: {before}}}}}\n"
        for n, before in ((n, f"e{n - 1}" if n else "depart") for n in range(length))
    )


def performed(length):
    return "".join(f"  - {{id: f{n}, kind: fulfilled, engagement: e{n}, on: 2020-01-02}}\n" for n in range(length))


@pytest.mark.parametrize("avenant", ["", "  - {id: a, kind: amended, title: A, on: 2020-01-05, changes: [%s]}\n"])
def test_a_long_chain_is_no_deep_one(avenant):
    change = f"{{change: extend, target: e{LONG - 1}, by: P1M}}"
    found = by_id(at("2020-02-01", chain(LONG), performed(LONG - 1) + (avenant % change if avenant else "")))
    assert found["e0/ville"].due == day("2020-01-02")
    last = found[f"e{LONG - 1}/ville"]
    assert last.due == day("2020-02-03" if avenant else "2020-01-03")  # a day, or a month and a day, from 2 January


def test_a_circle_waits_for_itself():
    body = chain(3).replace("from: depart", "from: e2")
    assert {one.due for one in by_id(at("2020-02-01", body)).values()} == {None}
