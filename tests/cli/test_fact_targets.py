"""The id of a fact typed for what it is about, and the other way round: what was meant is said, with the command."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.test_record_occurrences import CONVENTION, SITES

JOURNAL = """\
format: qp/1
facts:
  - {id: f-1, kind: triggered, engagement: conseil, on: 2026-05-04, note: Projet A}
  - {id: f-2, kind: triggered, engagement: conseil, on: 2026-05-04, note: Projet B}
  - {id: f-3, kind: occurred, event: demande, on: 2026-05-04}
  - {id: f-4, kind: fulfilled, engagement: lieux, sites: [nord], on: 2026-06-01}
  - {id: f-5, kind: voided, fact: f-4, on: 2026-06-02}
  - {id: f-6, kind: fulfilled, engagement: lieux, sites: [nord], on: 2026-06-03}
  - {id: f-7, kind: amended, title: Avenant n° 1, on: 2026-06-04, changes: [{change: end, target: points}]}
"""


@pytest.fixture
def refused(qp, repository, monkeypatch):
    """The line that refuses a command line, where nobody answers."""
    folder = repository(CONVENTION, sites=SITES)
    (folder / "data" / "journal.yaml").write_text(JOURNAL, "utf-8")
    monkeypatch.chdir(folder)

    def run(*arguments):
        answer = qp(*arguments, environ={"QP_LANG": "en"})
        assert (answer.code, answer.out) == (2, ""), answer.out
        (line,) = answer.err.splitlines()
        return line

    return run


def works(qp, line):
    """The command that a line ends with is one that is taken."""
    words = shlex.split(line[line.index("qp record") :])
    answer = qp(*words[1:], "--dry-run")
    assert answer.code == 0, answer.err
    return answer


@pytest.mark.parametrize(("request_id", "engagement"), [("f-1", "conseil"), ("f-2", "conseil"), ("f-3", "avis")])
@pytest.mark.parametrize("kind", ["fulfilled", "waived", "notified"])
def test_the_id_of_a_request_leads_to_what_answers_it_and_never_to_its_cancellation(
    qp, refused, request_id, engagement, kind
):
    line = refused("record", kind, request_id, "--on", "2026-06-04", "--by", "etat")
    assert "is a fact: " in line
    assert "of 4 May 2026" in line
    assert "voided" not in line
    assert line.endswith(f"qp record {kind} {engagement} --on 2026-06-04 --by etat --occurrence {request_id}")
    answer = works(qp, line)
    if request_id != "f-3":
        assert f"request: {request_id}" in answer.out


def test_the_id_of_another_fact_leads_to_what_it_is_about(refused):
    line = refused("record", "waived", "f-6", "--on", "2026-06-04")
    assert "performance of 3 June 2026, about lieux" in line
    assert line.endswith("qp record waived lieux --on 2026-06-04")
    assert "qp record" not in refused("record", "event", "f-6")  # no event is meant


def test_the_id_of_a_fact_alone_is_told_with_what_is_recorded_of_a_fact(refused):
    line = refused("record", "f-6")
    assert "performance of 3 June 2026, about lieux" in line
    assert "qp record proof f-6 --proof " in line
    assert line.endswith("qp record cancellation f-6")


@pytest.mark.parametrize("kind", ["proof", "voided"])
def test_what_is_no_fact_is_answered_the_facts_about_it_with_kind_and_day(qp, refused, kind):
    line = refused("record", kind, "lieux")
    assert "performance of 3 June 2026 (f-6)" in line
    assert "f-4" not in line  # it is cancelled
    works(qp, line)
    line = refused("record", kind, "conseil")
    assert "request of 4 May 2026 (f-1), request of 4 May 2026 (f-2)" in line
    works(qp, line)


def test_what_no_fact_is_about_is_said(refused):
    assert refused("record", "voided", "terme").endswith("No fact is called “terme”. None is about it.")
    assert "Known: f-1" in refused("record", "voided", "rien-du-tout")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("f-2", "a fact: request of 4 May 2026, about conseil. qp log --engagement conseil"),
        ("f-5", "a fact: cancellation of 2 June 2026, about lieux. qp log --engagement lieux"),
        ("avenant n° 1", "a fact: avenant of 4 June 2026, about points. qp log --engagement points"),
        ("ville", "a party: qp deadlines --party ville"),
        ("nord", "a site: qp deadlines --site nord"),
        ("avenant", "a kind of fact: qp log --kind amended"),
    ],
)
def test_what_is_not_shown_is_told_with_the_command_for_it(qp, refused, name, said):
    line = refused("show", name)
    assert line.endswith(said)
    assert qp(*shlex.split(line[line.index("qp", 3) :])[1:]).code == 0


def test_an_engagement_whose_name_has_the_words_comes_before_what_else_is_called_so(refused):
    assert "Known" in refused("show", "inconnu")


def test_a_name_that_the_log_is_given_without_its_option_is_told(refused):
    assert refused("log", "conseil").endswith("--convention, --party, --engagement, --site")
    assert refused("log", "f-2").endswith("qp show f-2")
