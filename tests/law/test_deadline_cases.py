"""Deadlines that were sourced or cross-checked elsewhere, all of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from qp_cli.law.computation import compute_deadline
from qp_cli.law.periods import DayCount, WorkingDays, parse_period
from qp_cli.law.regimes import find_regime
from qp_cli.law.zones import Zone

CASES = json.loads((Path(__file__).parent / "deadline_cases.json").read_text(encoding="utf-8"))

# The oracle's key: the regime's name here. Working days are units, counted where the text is silent.
REGIMES = {
    "contrat_silence": "quantieme",
    "quantieme_sans_report": "quantieme",
    "cpc_640_642": "procedure-civile",
    "ccag_3_2": "ccag",
    "ue_1182_71": "ue-1182-71",
    "cja_franc": "delai-franc",
    "crpa_silence": "silence-administration",
    "cc_2228_2229": "prescription",
    "duree_jour_inclus": "duree",
    "standstill_date_a_date": "duree",
    "rebours_franc": "a-rebours",
    "jours_ouvres": "quantieme",
    "jours_ouvrables": "quantieme",
}
UNITS = {"jours_ouvres": DayCount.OUVRES, "jours_ouvrables": DayCount.OUVRABLES}


def computation(case):
    delay = parse_period(case["delay"])
    if case["regime"] in UNITS:
        delay = WorkingDays(delay.days, UNITS[case["regime"]])
    return compute_deadline(
        date.fromisoformat(case["start"]),
        delay,
        find_regime(REGIMES[case["regime"]]),
        Zone(case["zone"].replace("_", "-")),
        backwards=case["direction"] == "backward",
    )


def test_the_table_is_whole():
    assert len(CASES) == 123
    assert {case["regime"] for case in CASES} == set(REGIMES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_deadline_is_the_one_the_source_gives(case):
    assert computation(case).deadline == date.fromisoformat(case["expected"]), case["source"]


RAW = [case for case in CASES if "raw" in case]


@pytest.mark.parametrize("case", RAW, ids=[case["id"] for case in RAW])
def test_the_nominal_end_is_the_source_s_end_before_carry_over(case):
    # For a délai franc, `raw` has the extra day, and so has `nominal`.
    assert computation(case).nominal == date.fromisoformat(case["raw"]), case["source"]
