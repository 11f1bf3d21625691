"""The day that is looked at: an option, the environment, else today in Paris whatever the machine's zone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

ZONES = ["UTC", "Europe/Paris", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tokyo", "Indian/Reunion"]

pytestmark = pytest.mark.usefixtures("outside")


def day_shown(answer):
    return answer.lines[1]


def as_of(answer):
    return answer.json["as_of"]


@pytest.mark.parametrize("text", ["2021-10-01", "01/10/2021", "1/10/2021", " 2021-10-01 "])
def test_a_day_is_written_in_either_form(qp, text):
    assert day_shown(qp("status", "--as-of", text)) == "On Friday 1 October 2021. Signature undated in the file."
    assert (
        day_shown(qp("status", environ={"QP_AS_OF": text}))
        == "On Friday 1 October 2021. Signature undated in the file."
    )


def test_an_option_after_the_command_wins_over_one_before_it_which_wins_over_the_environment(qp):
    everywhere = {"QP_AS_OF": "2023-01-01"}
    after = qp("--as-of", "2022-01-01", "status", "--as-of", "2021-10-01", "--format", "json", environ=everywhere)
    assert as_of(after) == "2021-10-01"
    assert as_of(qp("--as-of", "2022-01-01", "status", "--format", "json", environ=everywhere)) == "2022-01-01"
    assert as_of(qp("status", "--format", "json", environ=everywhere)) == "2023-01-01"


@pytest.mark.parametrize(
    "text", ["2021-02-29", "31/02/2021", "10/01", "2021-10", "demain", "1904-12-31", "2101-01-01", "２０２１-10-01"]
)
def test_a_day_that_is_none_is_exit_2_and_one_line(qp, text):
    for answer in (qp("status", "--as-of", text), qp("status", environ={"QP_AS_OF": text})):
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.splitlines()[-1].startswith("qp: ")
        assert text in answer.err


def test_a_day_named_from_today_is_read_as_that_of_a_fact_is(qp, instant):
    instant(datetime(2026, 7, 10, 12, tzinfo=UTC), "UTC")
    for text, day in {"hier": "2026-07-09", "avant-hier": "2026-07-08", "today": "2026-07-10"}.items():
        assert as_of(qp("status", "--as-of", text, "--format", "json")) == day


@pytest.mark.parametrize("day", ["1905-01-01", "2100-12-31"])
def test_the_first_and_last_days_that_are_computed_are_taken(qp, day):
    assert as_of(qp("status", "--as-of", day, "--format", "json")) == day


@pytest.fixture
def instant(monkeypatch):
    """Sets the instant that the clock tells, and the machine's zone."""

    def set_it(moment, zone):
        monkeypatch.setattr("qp_cli.cli.clock.now", lambda: moment)
        monkeypatch.setenv("TZ", zone)
        if hasattr(time, "tzset"):
            time.tzset()

    yield set_it
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), "2026-12-31"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2027-01-01"),
        (datetime(2026, 7, 14, 21, 59, tzinfo=UTC), "2026-07-14"),
        (datetime(2026, 7, 14, 22, 1, tzinfo=UTC), "2026-07-15"),
    ],
)
def test_today_is_the_day_in_paris_whatever_the_zone_of_the_machine(qp, instant, moment, expected, zone):
    instant(moment, zone)
    assert as_of(qp("status", "--format", "json", environ={"QP_AS_OF": ""})) == expected


def test_today_is_what_the_rules_of_time_in_paris_say_at_every_hour(monkeypatch):
    from zoneinfo import ZoneInfo

    from qp_cli.cli import clock

    for year in (2022, 2026, 2037):
        for hours in range(366 * 24):
            moment = datetime(year, 1, 1, 0, 59, 59, tzinfo=UTC) + timedelta(hours=hours)
            monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
            assert clock.today() == moment.astimezone(ZoneInfo("Europe/Paris")).date()


def test_a_deadline_holds_until_the_end_of_its_day_in_paris(qp, instant):
    instant(datetime(2021, 9, 18, 21, 59, tzinfo=UTC), "UTC")
    assert qp("overdue", "--format", "json", environ={"QP_AS_OF": ""}).json["obligations"] == []
    instant(datetime(2021, 9, 18, 22, 1, tzinfo=UTC), "UTC")
    (one,) = qp("overdue", "--format", "json", environ={"QP_AS_OF": ""}).json["obligations"]
    assert one["days_late"] == 1


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_at_half_past_eleven_on_new_years_eve_in_utc_it_is_the_new_year_for_qp(clean_environ, outside, zone):
    done = subprocess.run(
        [shutil.which("faketime"), "2026-12-31 23:30:00 UTC", sys.executable, "-m", "qp_cli", "status"],
        cwd=outside,
        env=clean_environ(TZ=zone),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert "On Friday 1 January 2027" in done.stdout
