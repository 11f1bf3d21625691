"""Dates of a convention that lives, as the commands show them: rows that were wrong once, with their right value."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

DATA = Path(__file__).parents[2] / "data"
REGIMES = ("quantieme", "procedure-civile", "ccag", "ue-1182-71", "delai-franc")
REGIMES += ("silence-administration", "prescription")
HEAD = """\
format: qp/1
id: essai
title: Convention d'essai
regime: {regime}
term: {{clause: art. 9, due: {{on: 2024-12-31}}}}
events: [{{id: depart, title: Départ, date: 2021-03-18}}]
parties: [{{id: ville, name: Ville, signatory: true}}, {{id: etat, name: État, signatory: true}}]
engagements:
  - {{id: plan, title: Établir le plan, clause: art. 1, debtors: [ville], kind: one-off, due: {due}}}
"""
PAUSED = """\
format: qp/1
facts:
  - {{id: f-arret, kind: suspended, engagement: plan, on: {first}}}
  - {{id: f-reprise, kind: resumed, engagement: plan, on: {resumed}}}
"""


@pytest.fixture
def shipped(tmp_path):
    """The shipped data under another regime, the term left to it."""

    def under(regime):
        folder = copytree(DATA, tmp_path / regime)
        path = folder / "convention.yaml"
        text = path.read_text("utf-8")
        assert "\nregime: quantieme\n" in text
        text = text.replace("\nregime: quantieme\n", f"\nregime: {regime}\n", 1)
        text = text.replace("from: labellisation, regime: quantieme, readings: [duree]}", "from: labellisation}", 1)
        path.write_text(text, "utf-8")
        return str(folder)

    return under


@pytest.fixture
def lived(tmp_path):
    """A convention of one engagement, suspended once."""

    def written(due, first, resumed, regime="quantieme"):
        (tmp_path / "convention.yaml").write_text(HEAD.format(regime=regime, due=due), "utf-8")
        (tmp_path / "journal.yaml").write_text(PAUSED.format(first=first, resumed=resumed), "utf-8")
        return str(tmp_path)

    return written


@pytest.mark.parametrize("regime", REGIMES)
def test_the_term_is_the_same_day_under_every_regime_on_every_screen(qp, shipped, regime):
    folder = shipped(regime)
    status = qp("--data", folder, "status", "--as-of", "2023-03-19", "--format", "json").json["conventions"][0]
    assert status["term"]["end"] == "2023-03-18"
    assert "Term passed 1 day ago" in qp("--data", folder, "status", "--as-of", "2023-03-19").out
    shown = qp("--data", folder, "show", "terme", "--format", "json").json
    assert shown["due"] == "2023-03-18"
    assert [step["result"] for step in shown["steps"] if step["result"]][-1] == "2023-03-18"
    assert "Working of Saturday 18 March 2023" in qp("--data", folder, "show", "terme").out
    derived = qp("--data", folder, "deadlines", "--format", "json").json["obligations"]
    assert {one["due"] for one in derived if one["basis"] == "term"} == {"2023-03-18"}
    calendar = qp("--data", folder, "export", "ics", "--as-of", "2022-01-01").out
    assert "DTSTART;VALUE=DATE:20230318" in calendar
    assert "20230320" not in calendar


def test_the_term_under_duree_ends_on_the_eve(qp, shipped):
    assert qp("--data", shipped("duree"), "show", "terme", "--format", "json").json["due"] == "2023-03-17"


@pytest.mark.parametrize(
    ("regime", "due", "first", "resumed", "expected"),
    [
        ("ccag", "{within: P6M, from: depart}", "2021-05-03", "2021-06-30", "2021-11-15"),  # Mon: 18 Sept and 58 days
        ("ccag", "{within: P6M, from: depart}", "2021-05-03", "2021-05-08", "2021-09-23"),  # Thu: 18 Sept and 5 days
        ("quantieme", "{within: 10 jours ouvrés, from: depart}", "2021-03-22", "2021-03-26", "2021-04-08"),
        ("quantieme", "{at_the_latest: P2M, before: 2021-08-15}", "2021-05-03", "2021-06-01", "2021-06-15"),
    ],
)
def test_a_suspended_deadline_is_counted_again(qp, lived, regime, due, first, resumed, expected):
    folder = lived(due, first, resumed, regime)
    record = qp("--data", folder, "show", "plan", "--as-of", "2021-07-01", "--format", "json").json
    (one,) = record["obligations"]
    assert one["due"] == expected
    assert [step["result"] for step in one["steps"] if step["result"]][-1] == expected
    assert any(step["rule"] == "suspension" for step in one["steps"])


def test_the_dates_to_compare_are_rebuilt_after_a_suspension_and_so_is_the_finding(qp, lived):
    # 18 September and 5 days: Thursday 23, nothing to compare; and 1 day: Sunday 19, with Friday 17 and Monday 20.
    folder = lived("{within: P6M, from: depart}", "2021-05-03", "2021-05-04")
    (one,) = qp("--data", folder, "show", "plan", "--as-of", "2021-07-01", "--format", "json").json["obligations"]
    assert (one["strict"], one["prudent"], one["carried_over"]) == ("2021-09-19", "2021-09-17", "2021-09-20")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("2024-07-31", "P8D", "--regime", "procedure-civile", "--backwards"), "2024-07-22"),
        (("2008-06-19", "P5Y", "--regime", "prescription"), "2013-06-19"),
        (("2019-01-01", "P1M10D", "--regime", "duree", "--backwards"), "2018-11-23"),
        (("2021-03-22", "P2D", "--regime", "ue-1182-71", "--backwards"), "2021-03-18"),
        (("2021-02-28", "P2M", "--regime", "delai-franc"), "2021-04-29"),
        (("1959-05-07", "1 jour ouvré"), "1959-05-08"),
        (("1965-05-07", "1 jour ouvrable"), "1965-05-10"),
    ],
)
def test_calc(qp, arguments, expected):
    record = qp("calc", *arguments, "--format", "json").json
    assert record["deadline"] == expected
    assert [step["result"] for step in record["steps"] if step["result"]][-1] == expected


def test_calc_says_the_other_readings_in_steps_without_a_day_of_their_own(qp):
    for arguments, other in (
        (("2024-07-31", "P8D", "--regime", "procedure-civile", "--backwards"), "2024-07-23"),
        (("2008-06-19", "P5Y", "--regime", "prescription"), "2013-06-18"),
        (("2021-02-28", "P2M", "--regime", "delai-franc"), "2021-05-03"),
    ):
        record = qp("calc", *arguments, "--format", "json").json
        assert record["other_reading"] == other
        (step,) = (each for each in record["steps"] if each["rule"] == "other-reading")
        assert step["result"] is None


def test_calc_of_a_prescription_has_neither_a_prudent_nor_a_carried_over_date(qp):
    record = qp("calc", "2008-06-19", "P5Y", "--regime", "prescription", "--format", "json").json
    assert (record["prudent"], record["carried_over"]) == (None, None)
    assert "day number" not in qp("calc", "2008-06-19", "P5Y", "--regime", "prescription").out


def test_a_regime_that_only_counts_backwards_is_an_error_on_what_runs_forwards(qp, lived):
    folder = lived("{within: P6M, from: depart, regime: a-rebours}", "2021-05-03", "2021-05-08")
    assert qp("--data", folder, "check").code == 1
    assert qp("--data", folder, "status").code == 3
    (Path(folder) / "convention.yaml").write_text(HEAD.format(regime="a-rebours", due="{on: 2022-01-01}"), "utf-8")
    assert qp("--data", folder, "check").code == 1


@pytest.mark.parametrize("regime", ["quantieme", "ccag", "delai-franc"])
@pytest.mark.parametrize(("signed", "code"), [("2023-03-17", 0), ("2023-03-20", 1)])
def test_an_avenant_signed_on_the_monday_after_a_term_is_late_under_every_regime(qp, shipped, regime, signed, code):
    folder = shipped(regime)
    path = Path(folder) / "journal.yaml"
    change = "{change: extend, target: terme, by: P12M}"
    fact = f"  - {{id: f-av, kind: amended, title: Avenant n° 1, on: {signed}, changes: [{change}]}}"
    path.write_text(f"format: qp/1\nfacts:\n{fact}\n", "utf-8")
    answer = qp("--data", folder, "check", "--select", "QP405")
    assert answer.code == code, answer.out
    assert ("Concluded on 20 March 2023, after “terme” (art. 4) had ended, on 18 March 2023" in answer.out) is bool(
        code
    )
