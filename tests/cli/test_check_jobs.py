"""Many conventions checked in several processes: the same answer, and an end to all of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qp_cli.app import workers
from qp_cli.app.examining import Examiner, Folder, Vicinity
from qp_cli.app.workers import choose_jobs, each_done
from qp_cli.store.cache import Cache

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
PARTIES = "format: qp/1\nparties:\n  - {id: commune, name: Une autre commune}\n  - {id: commune, name: Encore une}\n"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes under /proc")


@pytest.fixture
def portfolio(tmp_path, monkeypatch):
    """Twelve conventions: two have one id, one is no YAML, one is no file; with shared parties that are wrong."""
    for number in range(12):
        folder = tmp_path / f"c{number:02}"
        shutil.copytree(NEIGHBOUR, folder)
        text = (folder / "convention.yaml").read_text("utf-8")
        name = 3 if number == 9 else number
        (folder / "convention.yaml").write_text(text.replace("\nid: ", f"\nid: c{name}-", 1), "utf-8")
    (tmp_path / "c05" / "convention.yaml").write_text("format: [\n", "utf-8")
    (tmp_path / "c07" / "convention.yaml").unlink()
    (tmp_path / "c07" / "convention.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "parties.yaml").write_text(PARTIES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def folders(portfolio):
    return [Folder(path, Path(path.name)) for path in sorted(portfolio.glob("c*"))]


def paths(portfolio):
    return [folder.path for folder in folders(portfolio)]


@pytest.mark.parametrize("form", ["json", "text", "github", "gitlab", "sarif", "junit"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_answer_is_the_same_in_one_process_and_in_three(qp, portfolio, form, lang):
    alone, together = (
        qp("check", str(portfolio), "--format", form, "--lang", lang, environ={"QP_JOBS": jobs, "QP_NO_CACHE": "1"})
        for jobs in "13"
    )
    assert (together.code, together.out, together.err) == (alone.code, alone.out, alone.err)


def test_what_comes_from_the_conventions_beside_is_found_in_several_processes(qp, portfolio):
    answer = qp("check", str(portfolio), "--format", "json", environ={"QP_JOBS": "3", "QP_NO_CACHE": "1"})
    found = {(each["code"], each["path"]) for each in answer.json["findings"]}
    assert ("QP213", "c09/convention.yaml") in found
    assert ("QP201", "parties.yaml") in found
    assert ("QP002", "c05/convention.yaml") in found
    assert answer.code == 3
    assert "c07/convention.yaml cannot be read" in answer.err


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_give_what_one_gives_however_they_are_started(portfolio, method):
    if method == "fork" and not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    examine = Examiner(Vicinity(), Cache(None))
    expected = list(map(examine, folders(portfolio)))
    assert list(each_done(examine, folders(portfolio), 2, {}, method)) == expected


def test_more_processes_than_conventions_are_not_started(portfolio):
    assert choose_jobs(paths(portfolio)[:2], {"QP_JOBS": "8"}) == 2


def test_little_to_read_takes_one_process(portfolio):
    assert choose_jobs(paths(portfolio), {}) == 1


def test_much_to_read_takes_as_many_as_there_are_processors_up_to_eight(portfolio, monkeypatch):
    for folder in folders(portfolio):
        if folder.shown.name != "c07":
            with (folder.path / "convention.yaml").open("a", encoding="utf-8") as file:
                file.write("# un commentaire\n" * 20_000)
    for processors, expected in ((1, 1), (3, 3), (64, 8)):
        monkeypatch.setattr(workers, "_processors", lambda number=processors: number)
        assert choose_jobs(paths(portfolio), {}) == expected


@pytest.mark.parametrize("text", ["0", "-1", "x", "65", "1.5", "٣"])
def test_a_number_of_processes_that_is_none_is_refused(qp, portfolio, text):
    answer = qp("check", str(portfolio), environ={"QP_JOBS": text})
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qp: QP_JOBS:")


@pytest.fixture
def waiting(tmp_path, clean_environ):
    """A check in two processes that have seconds of reading before them, and the ids of the processes."""
    started = []
    long = "format: qp/1\nid: longue\ntitle: Longue\nparties: [{id: ville, name: Ville}]\nengagements:\n" + "".join(
        f"  - {{id: e{n}, title: Un engagement parmi d'autres, clause: art. {n}, debtors: [ville], kind: continuing}}\n"
        for n in range(70_000)
    )

    def start():
        for name in ("a", "b", "c"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "convention.yaml").write_text(long, "utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "qp_cli", "check", str(tmp_path)],
            env=clean_environ(QP_JOBS="2", QP_NO_CACHE="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process, eventually(lambda: children(process.pid) if len(children(process.pid)) == 2 else None)

    yield start
    for process in started:
        process.kill()
        process.communicate()


def children(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def eventually(look):
    end = time.monotonic() + 20
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


def gone(pid):
    """Whether a process has ended: it is not there, or nobody has asked yet how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@on_linux
@pytest.mark.parametrize("whole_group", [True, False])
def test_an_interruption_ends_every_process_without_a_word(waiting, whole_group):
    process, working = waiting()
    time.sleep(0.3)
    if whole_group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "")
    assert eventually(lambda: all(map(gone, working)))


@on_linux
def test_a_process_that_is_killed_leaves_one_convention_out_and_says_so(waiting):
    process, working = waiting()
    time.sleep(0.5)
    os.kill(working[0], signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "files checked" in out
    assert re.fullmatch(
        r"qp: \S*/[abc] is left out: the process that was reading it was ended; QP_JOBS=1 reads without others, "
        r"in less memory\n",
        err,
    )
    assert eventually(lambda: all(map(gone, working)))


@on_linux
def test_processes_do_not_outlive_the_one_that_started_them(waiting):
    process, working = waiting()
    process.kill()
    assert eventually(lambda: all(map(gone, working)))
