"""What one convention costs grows straight: by the calls that are made, which no machine's mood changes."""

from __future__ import annotations

import cProfile
import re
from datetime import date

import pytest

import qp_cli
from tests.benchmarks.conftest import FOLDER

KINDS = re.findall(r"^    (\w+),$", (FOLDER / "kinds.py").read_text("utf-8").partition("_WRITERS")[2], re.MULTILINE)
STEEP = frozenset({"event_chain", "joining", "joining_at_once", "joining_sites"})
"""Kinds whose cost still grows with the square."""
SMALL = 15
MOST = 2.5
"""A little more than twice: what a few of a kind cost is not yet what one more costs."""

SLACK = 1000
"""Calls that come now and then."""


def calls(folder, texts):
    """How many calls checking and computing make over what a convention's files say."""
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    profile = cProfile.Profile()
    profile.enable()
    qp_cli.check(folder)
    try:
        qp_cli.load(folder, as_of=date(2026, 6, 30))
    except qp_cli.BrokenRepositoryError:
        pass
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("kind", sorted({*KINDS} - STEEP))
def test_doubling_a_kind_doubles_the_calls_at_most(script, tmp_path, kind, monkeypatch):
    monkeypatch.setenv("QP_NO_CACHE", "1")
    texts = script("kinds").KINDS[kind].texts
    calls(tmp_path / "first", texts(4 * SMALL))  # what is kept of days and modules is kept by then
    few, more, most = (calls(tmp_path / str(count), texts(count)) for count in (SMALL, 2 * SMALL, 4 * SMALL))
    assert most - more <= MOST * (more - few) + SLACK


def test_every_kind_is_held(script):
    assert [*script("kinds").KINDS] == KINDS


def test_a_growth_is_told_by_its_last_doubling(script):
    growth = script("doubling").Growth("facts", "check", {500: 0.05, 1000: 0.2, 2000: 0.5})
    assert growth.ratios == {2000: 2.5}
    assert script("doubling").row(growth, (500, 1000, 2000))[-1] == "2.50 missed"


def test_too_little_to_tell_is_left_open(script):
    growth = script("doubling").Growth("facts", "check", {500: 0.01, 1000: 0.02})
    assert growth.worst is None
