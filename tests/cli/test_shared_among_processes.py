"""Reading commands over several conventions: the same bytes in one process and in several; what is lost is said."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from qp_cli.app import gathering
from qp_cli.app.rows import pack, unpack
from qp_cli.app.workers import Lost, each_done
from qp_cli.errors import BrokenRepositoryError, LeftOutError
from qp_cli.messages import msg

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
PARTIES = "format: qp/1\nparties:\n  - {id: ville, name: La ville, aliases: [mairie]}\n"
FORMS = ("table", "json", "csv", "md")
COMMANDS = [
    *(f"{name} --format {form}" for name in ("status", "overdue", "deadlines", "timeline") for form in FORMS),
    *(f"{name} --format {form} --group-by party" for name in ("status", "overdue", "deadlines") for form in FORMS),
    "timeline --group-by party",
    "deadlines --party mairie --format csv",
    "overdue --fail-on overdue --newly 900d",
    "status --convention c02 --convention c03 --format json",
    "export csv",
    "export csv --excel-fr",
    "export ics --party mairie",
    "export json --group-by site",
    "export md",
    "export md --group-by party",
    "export xlsx",
    "report",
    "report --party mairie --group-by clause",
]
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture
def portfolio(tmp_path, monkeypatch):
    """Six conventions that share a party: one is broken, one has the id of another."""
    for number in range(6):
        folder = tmp_path / f"c{number:02}"
        shutil.copytree(NEIGHBOUR, folder)
        path = folder / "convention.yaml"
        text = path.read_text("utf-8")
        old = next(line for line in text.splitlines() if line.startswith("id: "))
        path.write_text(text.replace(old, f"id: c{1 if number == 4 else number:02}", 1), "utf-8")
    (tmp_path / "c05" / "convention.yaml").write_text("format: [\n", "utf-8")
    (tmp_path / "parties.yaml").write_text(PARTIES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_the_answer_is_the_same_in_one_process_and_in_several_cached_or_not(qp, portfolio, command):
    asked = [*command.split(), "--data", str(portfolio), "--as-of", "2023-01-15"]
    kept = {"QP_CACHE_DIR": str(portfolio.parent / "cache"), "QP_NO_CACHE": ""}
    environs = ({"QP_JOBS": "1", "QP_NO_CACHE": "1"}, {"QP_JOBS": "3", **kept}, {"QP_JOBS": "2", **kept})
    file = portfolio.parent / "answer"

    def answered(environ):
        to = ("--output", str(file)) if command == "export xlsx" else ()
        answer = qp(*asked, *to, environ=environ)
        return answer.code, answer.out, answer.err, file.read_bytes() if to else b""

    alone, together, again = map(answered, environs)
    assert together == alone
    assert again == alone


class Killed(gathering.Taker):
    """What ends the process that reads one of the conventions."""

    def __call__(self, turn):
        """Nothing, of the one where it ends."""
        if turn.folder.name == "c02":
            os._exit(9)
        return super().__call__(turn)


class Failing(gathering.Taker):
    """What meets an error of its own in one of them."""

    def __call__(self, turn):
        """Nothing, of the one where it fails."""
        if turn.folder.name == "c02":
            raise self.error
        return super().__call__(turn)


@posix
@pytest.mark.parametrize("command", ["status", "deadlines --format json", "timeline --format csv", "report"])
def test_a_process_that_is_ended_leaves_out_the_convention_it_was_reading(qp, portfolio, monkeypatch, command):
    monkeypatch.setattr("qp_cli.app.conventions.Taker", Killed)
    answer = qp(*command.split(), "--data", str(portfolio), environ={"QP_JOBS": "2"})
    assert answer.code == 1
    assert "qp: c02 is left out: the process that was reading it was ended; QP_JOBS=1" in answer.err
    assert "c03" in answer.out


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "There is not enough memory"), (KeyError("x"), "KeyError: 'x'")]
)
@pytest.mark.parametrize("jobs", ["1", "2"] if hasattr(os, "fork") else ["1"])
def test_an_error_nobody_expected_leaves_out_one_convention(qp, portfolio, monkeypatch, jobs, error, said):
    monkeypatch.setattr("qp_cli.app.conventions.Taker", type("Failing", (Failing,), {"error": error}))
    answer = qp("deadlines", "--data", str(portfolio), "--format", "json", environ={"QP_JOBS": jobs})
    assert answer.code == 1
    assert said in answer.err
    assert [each["path"] for each in answer.json["left_out"]] == ["c02", "c04", "c05"]


def twice(number):
    if number == 3:
        os._exit(1)
    return 2 * number


@posix
def test_what_else_a_lost_process_was_given_is_done_by_others():
    found = list(each_done(twice, range(40), 2, {}))
    assert [each if isinstance(each, int) else None for each in found] == [
        None if number == 3 else 2 * number for number in range(40)
    ]
    assert isinstance(found[3], Lost)


@posix
def test_items_are_asked_for_when_their_turn_comes_and_not_far_ahead():
    asked = []
    done = each_done(str, (asked.append(number) or number for number in range(1000)), 2, {})
    assert [next(done) for _ in range(3)] == ["0", "1", "2"]
    done.close()
    assert len(asked) < 100


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes under /proc")
def test_few_small_conventions_start_no_process(qp, portfolio, monkeypatch):
    monkeypatch.setattr("qp_cli.app.workers._assembled", lambda *_: pytest.fail("a process was started"))
    assert qp("status", "--data", str(portfolio)).out


@pytest.mark.parametrize("texts", [["a"], ["", "é\ud800", "b\n"]])
def test_packed_texts_come_back(texts):
    assert unpack(pack(texts)) == texts


def test_errors_keep_what_they_carry_from_one_process_to_another():
    import pickle

    broken = BrokenRepositoryError(msg("a {b}", b=1), ())
    left_out = LeftOutError("x", msg("y"))
    for error in (broken, left_out):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (type(again), vars(again), str(again)) == (type(error), vars(error), str(error))
