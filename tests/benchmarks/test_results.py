"""What the runner makes of its figures."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def judged(script):
    """The budgets against what was measured, by their names."""
    budgets, processes, rows = script("budgets"), script("processes"), script("rows")

    def judge(check, hledger):
        measured = {
            rows.CHECK + rows.COLD: processes.Usage(*check),
            rows.HLEDGER: processes.Usage(*hledger),
        }
        return {each.what: each for each in budgets.judge(measured)}

    return judge


@pytest.mark.parametrize(("seconds", "verdict"), [(2.9, "met"), (3.5, "met, short of the aim of 1.5"), (4.1, "missed")])
def test_a_budget_is_a_ratio_within_one_run(judged, seconds, verdict):
    found = judged((seconds, 9.0, 100), (2.0, 2.0, 300))
    assert found["qp check against hledger check, as many as engagements and facts, time"].verdict == verdict
    assert found["qp check against hledger check, as many as engagements and facts, peak memory"].verdict == "met"


def test_what_was_not_measured_is_neither_met_nor_missed(judged):
    found = judged((2.0, 2.0, 100), (2.0, 2.0, 300))
    assert found["qp check against bean-check, both again"].verdict == "not measured"


def test_an_obligation_is_held_against_a_task(script):
    budgets, usage, rows = script("budgets"), script("processes").Usage, script("rows")
    usages = {"qp status" + rows.WARM: usage(4.0, 4.0, 1), rows.TASKS: usage(1.0, 1.0, 1)}
    found = {each.what: each.ratio for each in budgets.judge(usages, {"obligations": 200, "entries": 100})}
    assert found["qp status per obligation against task per task"] == 2.0


def test_memory_is_judged_for_every_command_that_was_measured(script):
    budgets, usage, rows = script("budgets"), script("processes").Usage, script("rows")
    usages = {"qp status" + rows.WARM: usage(1, 1, 249_000_000), "qp report" + rows.WARM: usage(1, 1, 251_000_000)}
    found = {each.what: each.verdict for each in budgets.judge_memory(usages)}
    assert found == {"qp status, again: peak MB": "met", "qp report, again: peak MB": "missed"}


def test_an_earlier_commit_is_run_from_its_own_sources(script, tmp_path):
    earlier = script("earlier")
    repository = Path(__file__).resolve().parents[2]
    found = earlier.sources("HEAD", repository, tmp_path)
    where = "import qp_cli; print(qp_cli.__file__)"
    command = [where if word == earlier._CALL else word for word in found.command(())]
    told = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, check=True)
    assert Path(told.stdout.decode().strip()) == tmp_path / "qp_cli" / "__init__.py"
    with pytest.raises(earlier.UnknownCommitError):
        earlier.sources("no-such-commit", repository, tmp_path)


@pytest.mark.parametrize(("marginal", "verdict"), [(110, "met"), (120, "missed")])
def test_growth_compares_what_one_engagement_more_costs(script, marginal, verdict):
    budgets, usage = script("budgets"), script("processes").Usage
    seconds = {1_000: 0.5, 10_000: 0.5 + 9_000 * 100e-6, 100_000: 1.4 + 90_000 * marginal * 1e-6}
    points = [budgets.Point(size, usage(cpu, cpu, 1)) for size, cpu in seconds.items()]
    assert budgets.judge_growth(points).verdict == verdict


def test_the_page_names_no_folder_of_the_machine(script):
    without_paths = script("machine").without_paths
    said = "exit 2: no convention.yaml in /scratch/x/portfolio, nor in /home/somebody/data"
    assert without_paths(said, {"/scratch/x/portfolio": "DIR"}) == "exit 2: no convention.yaml in DIR, nor in …"


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not tell what a process took")
def test_a_command_that_fails_is_left_out_with_what_it_said(script):
    processes = script("processes")
    case = processes.Case("refusing", ["sh", "-c", "echo not today >&2; exit 3"])
    assert processes.measure([case], {}, 1) == {"refusing": "exit 3: not today"}
