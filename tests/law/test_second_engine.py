"""qp's engine and the second one give the same day, whatever rules meet.

`QP_FULL=1 python -m pytest tests/law/test_second_engine.py` asks both 100,000 questions; the suite asks them 2,000.
"""

from __future__ import annotations

import os
from datetime import date

import pytest

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.computation import compute_deadline
from qp_cli.law.counting import Pause
from qp_cli.law.periods import parse_delay
from qp_cli.law.regimes import find_regime
from qp_cli.law.zones import Zone
from tests.law.compositions import Composition, compositions

FULL = bool(os.environ.get("QP_FULL"))
BATCHES = 100 if FULL else 20
EACH = 1000 if FULL else 100


def qps(asked):
    """The answer of qp itself; nothing where it refuses the question, or says that no day fits exactly."""
    delay = asked.length if asked.extension is None else asked.length.plus(asked.extension)
    try:
        found = compute_deadline(
            asked.origin,
            delay,
            find_regime(asked.regime),
            asked.zone,
            backwards=asked.backwards,
            pauses=tuple(Pause(first=first, resumed=resumed) for first, resumed in asked.pauses),
            is_length=asked.is_length,
        )
    except InvalidPeriodError:
        return None
    return found.deadline if found.is_exact else None


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_engines_give_the_same_day(batch):
    differences = []
    for asked in compositions(f"batch {batch}", EACH):
        found, expected = qps(asked), asked.simulated()
        if found != expected:
            differences.append(f"{asked}: qp {found}, the second engine {expected}\n  {asked!r}")
    assert not differences, "\n".join([f"{len(differences)} of {EACH} differ", *differences[:10]])


@pytest.mark.parametrize(
    ("origin", "length", "regime", "expected"),
    [
        ("1959-05-07", "P1D", "procedure-civile", "1959-05-08"),  # no holiday any more since 11 April
        ("1965-05-07", "1 jour ouvrable", "quantieme", "1965-05-10"),  # a Saturday, a holiday that year alone
    ],
)
def test_8_may_before_1982(origin, length, regime, expected):
    asked = Composition(
        date.fromisoformat(origin),
        parse_delay(length),
        regime,
        Zone.METROPOLE,
        backwards=False,
        pauses=(),
        extension=None,
        is_length=False,
    )
    assert qps(asked) == asked.simulated() == date.fromisoformat(expected)
