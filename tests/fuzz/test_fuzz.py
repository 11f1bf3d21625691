"""Thousands of mutations of the shipped files go the whole way without a crash; and the fuzzer would see one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.fuzz.loading import ROOT, fuzz

COUNT = 10_000 if os.environ.get("QP_FULL") else 2_000
"""More are asked for by `QP_FULL=1`, and by `python scripts/fuzz.py`."""
SMALL = """\
format: qp/1
id: essai
title: Essai
parties: [{id: ville, name: Ville}]
events: [{id: depart, title: Départ, date: 2022-01-10}]
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P1M, from: depart}}
  - {id: suite, title: Suite, debtors: [ville], kind: one-off, due: {within: P1M, from: plan}}
"""
FILES = {
    "convention.yaml": SMALL.encode(),
    "journal.yaml": b"format: qp/1\nfacts: []\n",
    "sites.yaml": b"format: qp/1\nsites: []\n",
}


@pytest.fixture
def folder(tmp_path):
    fuzz.write(tmp_path, FILES)
    return tmp_path


@pytest.mark.slow
def test_thousands_of_mutations_of_the_shipped_files_show_no_problem():
    script = ROOT / "scripts" / "fuzz.py"
    done = subprocess.run(
        [sys.executable, str(script), "--count", str(COUNT), "--seed", "20220310"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    assert f"{COUNT} samples" in done.stdout
    assert "problem 0" in done.stdout


def test_a_sample_is_made_from_its_number_alone():
    seeds = [fuzz.read_seeds(each) for each in fuzz.SEEDS]
    again = [fuzz.read_seeds(each) for each in fuzz.SEEDS]
    assert [fuzz.at(3, number, seeds) for number in range(40)] == [fuzz.at(3, number, again) for number in range(40)]
    assert fuzz.at(3, 1, seeds) != fuzz.at(4, 1, seeds)


@pytest.mark.parametrize("seed", fuzz.SEEDS, ids=lambda path: path.name)
def test_the_files_written_again_say_what_the_shipped_ones_say(seed, tmp_path):
    seeds = fuzz.read_seeds(seed)
    for number in range(20):
        rng = fuzz.generator(1, number)
        fuzz.write(tmp_path, {name: fuzz.dump(rng, tree) for name, tree in seeds.trees.items()})
        assert fuzz.read_repository(tmp_path)[3:] == fuzz.read_repository(seed)[3:]


def test_samples_reach_every_part_of_the_way(tmp_path):
    seeds = [fuzz.read_seeds(each) for each in fuzz.SEEDS]
    outcomes = []
    for number in range(1, 400, 2):  # odd: no command, for speed
        fuzz.write(tmp_path, fuzz.at(1, number, seeds))
        outcomes.append(fuzz.pass_through(tmp_path, number=number)[0])
    shares = {name: outcomes.count(name) / len(outcomes) for name in set(outcomes)}
    assert all(shares[name] > 0.1 for name in ("unreadable", "not the schema", "against a rule", "assessed")), shares
    assert shares["unreadable"] < 0.5


def test_everything_is_tried_on_a_folder_replayed(folder, monkeypatch):
    tried = []
    monkeypatch.setattr(fuzz, "_run", lambda command, _: tried.append(command[0]))
    assert fuzz.pass_through(folder, everything=True) == ("assessed", None)
    assert {"check", "status", "deadlines", "overdue", "show", "parties", "sites"} <= set(tried)


def broken(monkeypatch):
    """Rules that fail on a file with the word `suite`."""

    def examine(repository):
        if "suite" in repository.documents["convention.yaml"].text:
            raise KeyError("suite")
        return []

    monkeypatch.setattr(fuzz, "examine", examine)


def test_an_exception_is_a_problem_and_its_sample_is_made_small(folder, monkeypatch):
    broken(monkeypatch)
    outcome, problem = fuzz.pass_through(folder)
    assert outcome == "problem"
    assert problem.short.startswith("KeyError at ")
    assert "Traceback" in problem.full
    assert fuzz.smallest(FILES, problem, 0) == {
        "convention.yaml": b"suite",
        "journal.yaml": b"",
        "sites.yaml": b"",
    }


def test_time_without_end_is_a_problem(folder, monkeypatch):
    clock = iter((0.0, 2.5))
    monkeypatch.setattr(fuzz.time, "process_time", lambda: next(clock))
    assert fuzz.pass_through(folder)[1].short == "slow: assessed"


def test_a_finding_outside_its_file_is_a_problem(folder, monkeypatch):
    from qp_cli.findings import Finding, Severity, Span
    from qp_cli.messages import msg

    finding = Finding("QP999", Severity.INFO, msg("x"), Span("data/convention.yaml", 99, 1, 99, 2))
    monkeypatch.setattr(fuzz, "examine", lambda _: [finding])
    assert "QP999 is outside its file" in fuzz.pass_through(folder)[1].short


def test_a_process_that_dies_or_stands_still_is_reported_and_the_others_go_on(tmp_path, monkeypatch):
    script = tmp_path / "fuzz.py"
    text = (
        (ROOT / "scripts" / "fuzz.py")
        .read_text("utf-8")
        .replace("ROOT = Path(__file__).resolve().parents[1]", f"ROOT = Path({str(ROOT)!r})")
    )
    marker = "            start = time.process_time()\n"
    assert marker in text
    lines = ("if number == 5: os._exit(9)", "if number == 8: time.sleep(99)")
    bad = "".join(" " * 12 + line + "\n" for line in lines)
    script.write_text(text.replace(marker, bad + marker), "utf-8")
    monkeypatch.setattr(fuzz, "__file__", str(script))
    monkeypatch.setattr(fuzz, "HANG", 5)
    found = []
    monkeypatch.setattr(fuzz, "report", lambda _seed, problems, _keep: found.extend(problems))
    assert fuzz.fuzz(1, 20, 2) == 2
    assert [(number, problem.short) for number, problem in found] == [(5, "crash: exit 9"), (8, "hang")]


def test_the_summary_counts_every_sample(capsys):
    assert fuzz.fuzz(1, 30, 2) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("fuzz: seed 1, 30 samples in ")
    counted = [int(part.rpartition(" ")[2]) for part in first.partition("processes): ")[2].split(", ")]
    assert sum(counted) == 30
    assert second.startswith("fuzz: slowest ")
