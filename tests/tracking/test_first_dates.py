"""Where a series names its first date, that date starts the convention as the origin of one does."""

from __future__ import annotations

import pytest

from tests.tracking.building import at, states

CONVENTION = """\
events: [{{id: depart, title: Départ}}, {{id: debut, title: Début}}]
parties: [{{id: ville, name: Ville}}]
term: {{due: {{within: P24M, from: depart}}}}
engagements:
  - {{id: revue, title: Revue, debtors: [ville], kind: recurring, due: {{every: P1Y, {start}: {event}}}}}
  - {{id: suivi, title: Suivi, debtors: [ville], kind: continuing}}
"""


@pytest.mark.parametrize("start", ["from", "first"])
def test_a_convention_waits_for_the_event_that_its_series_start_from(start):
    waiting = at("2022-06-01", CONVENTION.format(start=start, event="depart"))
    assert states(waiting)["suivi/ville"] == "conditional"
    begun = at("2022-06-01", CONVENTION.format(start=start, event="debut"))
    assert states(begun)["suivi/ville"] == "in-effect"
