"""Every command and format has the same bytes with one process or several, cached or not, under any hash seed."""

from __future__ import annotations

import os
import re

import pytest

from qp_cli.cli.parser import COMMANDS

FULL = bool(os.environ.get("QP_FULL"))
WITHOUT_CONVENTIONS = {"calc", "init", "record", "rules", "schema"}
"""The commands that read no convention, or write what they read."""


@pytest.mark.skipif(not FULL, reason="half a minute and more: QP_FULL=1, or benchmarks/same_bytes.py")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_every_answer_has_the_same_bytes_in_every_way(script, tmp_path):
    module = script("same_bytes")
    script("generate").generate(tmp_path / "portfolio", 12, 30)
    assert module.differences(tmp_path / "portfolio", module.EVERY_WAY, tmp_path) == {}


def test_a_difference_is_found(script, tmp_path, monkeypatch):
    module = script("same_bytes")
    told = iter(['{"status": "a", "report": "b"}', '{"status": "a", "report": "c"}'])
    done = type("Done", (), {"stdout": property(lambda _: next(told))})()
    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: done)
    ways = module.FEW_WAYS[:2]
    assert module.differences(tmp_path, ways, tmp_path) == {"report": [ways[1]]}


def test_every_command_that_reads_conventions_is_asked(script):
    module = script("same_bytes")
    asked = {re.split(r"[ \[]", text)[0] for text in (*module.OF_SEVERAL, *module.OF_ONE)}
    assert asked == set(COMMANDS) - WITHOUT_CONVENTIONS
