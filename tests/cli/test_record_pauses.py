"""`qp record` of a second suspension or resumption of everything, the term with it: what changes nothing is refused."""

from __future__ import annotations

import pytest


@pytest.fixture
def record(qp, repository, small):
    declared = small()
    declared["events"] = [{"id": "debut", "title": "Début", "date": "2025-10-01"}]
    declared["term"] = {"due": {"within": "P2Y", "from": "debut"}}
    folder = repository(declared)
    return lambda *arguments: qp("record", *arguments, "--data", str(folder))


STOPPED = ("suspended", "all", "--term", "--on", "2026-09-01")
RESUMED = ("resumed", "all", "--term", "--on", "2026-10-01")


@pytest.mark.parametrize(
    ("before", "again", "words"),
    [
        ((STOPPED, RESUMED), RESUMED, "Nothing was suspended as a whole on 1 October 2026: there is nothing to resume"),
        ((STOPPED, RESUMED), ("resumed", "all", "--term", "--on", "2026-10-15"), "there is nothing to resume"),
        ((), RESUMED, "there is nothing to resume"),
        ((STOPPED,), ("suspended", "all", "--term", "--on", "2026-09-02"), "suspended already on 2 September 2026"),
        ((STOPPED,), ("suspended", "all", "--on", "2026-09-02"), "The whole was suspended already"),
    ],
)
def test_what_stops_or_runs_already_is_refused(record, before, again, words):
    for arguments in before:
        assert record(*arguments).code == 0
    answer = record(*again)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_a_suspension_of_the_term_beside_one_of_everything_is_recorded(record):
    assert record("suspended", "all", "--on", "2026-09-01").code == 0
    answer = record("suspended", "all", "--term", "--on", "2026-09-15")
    assert answer.code == 0, answer.err
    answer = record("resumed", "all", "--on", "2026-10-15")
    assert "terme: 1 October 2027 → 31 October 2027" in answer.out
