"""The year of `test_a_year.py` on a time axis, as people read it at two days; kept under `year/`.

After a wanted change: `pytest tests/journal/test_timeline_of_the_year.py --update-golden`.
"""

from __future__ import annotations

import pytest

from tests.journal.test_a_year import KEPT, ground, lived, numbered

__all__ = ["ground", "lived"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("day", ["2022-11-15", "2023-04-01"])
def test_the_timeline_of_the_year(lived, qp, request, day, language):
    environ = {"NO_COLOR": "1", "QP_AS_OF": ""}
    answer = qp("timeline", "--as-of", day, "--lang", language, terminal=True, environ=environ)
    assert (answer.code, answer.err) == (0, "")
    journal = (lived / "data" / "journal.yaml").read_text(encoding="utf-8")
    told = numbered(answer.out, journal)
    kept = KEPT / f"timeline-{day}.{language}.txt"
    if request.config.getoption("--update-golden"):
        kept.write_bytes(told.encode())
    assert kept.exists(), "write it with --update-golden"
    assert told == kept.read_bytes().decode()
