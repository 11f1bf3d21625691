"""What one convention costs grows straight: by the calls that are made, which no machine's mood changes."""

from __future__ import annotations

import contextlib
import cProfile
import re
from datetime import date

import pytest

import qp_cli
from qp_cli.tracking.calendar_days import calendar_days
from qp_cli.tracking.diff import explain
from tests.benchmarks.conftest import FOLDER

KINDS = re.findall(r"^    (\w+),$", (FOLDER / "kinds.py").read_text("utf-8").partition("_WRITERS")[2], re.MULTILINE)
SMALL = 15
MOST = 2.5
"""A little more than twice: what a few of a kind cost is not yet what one more costs."""

SLACK = 1000
"""Calls that come now and then."""


COMPARED = (
    "avenants_adding", "avenants_apart", "avenants_ending", "computed_events", "debtors", "denunciations",
    "engagement_chain", "event_chain", "events", "facts", "holders", "members", "notices", "parties", "sites",
    "solidary", "suspended_list", "voided_chain",
)  # fmt: skip
"""Kinds whose differences and calendars are held too."""


def written(folder, texts):
    """A folder with what a convention's files say."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def counted(run):
    """How many calls a function makes."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        run()
    except qp_cli.BrokenRepositoryError:
        pass
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def read(folder):
    """Checks a convention, and computes it."""
    qp_cli.check(folder)
    qp_cli.load(folder, as_of=date(2026, 6, 30))


def compared(folder):
    """Tells what moved in a convention since its first days, and gives its calendar."""
    ledger = qp_cli.load(folder, as_of=date(2026, 6, 30))
    explain(ledger.at(date(2021, 3, 20)), ledger)
    calendar_days(ledger, lambda each: each.situation.obligations)


def growth(folder, texts, run):
    """What as many more of a kind cost, and as many again."""
    with contextlib.suppress(qp_cli.BrokenRepositoryError):
        run(written(folder / "first", texts(4 * SMALL)))  # what is kept of days and modules is kept by then
    few, more, most = (
        counted(lambda count=count: run(written(folder / str(count), texts(count))))
        for count in (SMALL, 2 * SMALL, 4 * SMALL)
    )
    return more - few, most - more


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_doubling_a_kind_doubles_the_calls_at_most(script, tmp_path, kind, monkeypatch):
    monkeypatch.setenv("QP_NO_CACHE", "1")
    once, again = growth(tmp_path, script("kinds").KINDS[kind].texts, read)
    assert again <= MOST * once + SLACK


@pytest.mark.parametrize("kind", COMPARED)
def test_doubling_a_kind_doubles_the_calls_of_differences_and_calendars_at_most(script, tmp_path, kind, monkeypatch):
    monkeypatch.setenv("QP_NO_CACHE", "1")
    once, again = growth(tmp_path, script("kinds").KINDS[kind].texts, compared)
    assert again <= MOST * once + SLACK


def test_every_kind_is_held(script):
    assert [*script("kinds").KINDS] == KINDS


def test_a_growth_is_told_by_its_last_doubling(script):
    growth = script("doubling").Growth("facts", "check", {500: 0.05, 1000: 0.2, 2000: 0.5})
    assert growth.ratios == {2000: 2.5}
    assert script("doubling").row(growth, (500, 1000, 2000))[-1] == "2.50 missed"


def test_too_little_to_tell_is_left_open(script):
    growth = script("doubling").Growth("facts", "check", {500: 0.01, 1000: 0.02})
    assert growth.worst is None
