"""Several writers at once, writers killed at any instant: no acknowledged fact is lost, none is there twice.

`QP_FULL=1` runs the whole of it: 4 times 250 facts, 300 kills.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import date

import pytest

from qp_cli.model.facts import Journal
from qp_cli.store.journal_append import append_fact
from qp_cli.store.schema import validate
from qp_cli.store.yaml.reader import read_document

FULL = bool(os.environ.get("QP_FULL"))
WRITERS = 4
EACH = 250 if FULL else 25
KILLS = 300 if FULL else 30
ROUNDS_PER_JOURNAL = 30
WRITER = """
import sys
from datetime import date
from pathlib import Path
from qp_cli.store.journal_append import append_fact
import filelock
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    fact = {"kind": "fulfilled", "engagement": "bilan", "on": date(2026, 9, 1), "note": f"{sys.argv[2]}: {number}\\n é"}
    print(append_fact(Path(sys.argv[1]), fact, patience=600).id, flush=True)
"""


def start(journal, name, times):
    """A writer that waits for a line before it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(journal), name, str(times)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def facts(journal):
    document = read_document(journal.read_bytes(), "journal.yaml")
    assert not document.findings
    value, findings = validate(document, Journal)
    assert not findings
    return value.facts


def test_four_writers_at_once(tmp_path):
    journal = tmp_path / "journal.yaml"
    head = b"# un commentaire\nformat: qp/1\nfacts: [] # vide\n# fin\n"
    journal.write_bytes(head)
    writers = [start(journal, str(number), EACH) for number in range(WRITERS)]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    acknowledged = [name for writer in writers for name in writer.communicate(timeout=900)[0].split()]
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    found = facts(journal)
    assert sorted(fact.id for fact in found) == sorted(acknowledged)
    assert len(set(acknowledged)) == WRITERS * EACH
    assert {fact.note for fact in found} == {f"{w}: {n}\n é" for w in range(WRITERS) for n in range(EACH)}
    assert journal.read_bytes().startswith(head.replace(b" []", b""))
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock") == ["journal.yaml"]


@pytest.mark.parametrize("series", range(KILLS // ROUNDS_PER_JOURNAL))
def test_a_writer_killed_at_a_random_instant(tmp_path, series):
    instants = random.Random(series)  # noqa: S311 - when to kill, no secret
    journal = tmp_path / "journal.yaml"
    journal.write_bytes(b"# un commentaire\nformat: qp/1\nfacts: []\n# fin\n")
    acknowledged: list[str] = []
    for _ in range(ROUNDS_PER_JOURNAL):
        writer = start(journal, "w", 10_000)
        writer.stdin.write("go\n")
        writer.stdin.flush()
        time.sleep(instants.uniform(0, 0.08))
        writer.kill()
        acknowledged += [name for name in writer.communicate()[0].split("\n")[:-1] if name]
        found = [fact.id for fact in facts(journal)]
        assert set(acknowledged) <= set(found)
        assert len(set(found)) == len(found)
        assert journal.read_bytes().startswith(b"# un commentaire\nformat: qp/1\nfacts:")
    assert len(acknowledged) > ROUNDS_PER_JOURNAL / 10
    name = append_fact(journal, {"kind": "waived", "engagement": "bilan", "on": date(2026, 9, 2)}).id
    assert facts(journal)[-1].id == name


def test_two_who_record_the_same_performance(repository, clean_environ):
    """Each looked at the journal before the other wrote: the second is told once the lock is its own."""
    folder = repository(journal=[])
    command = [sys.executable, "-m", "qp_cli", "record", "fulfilled", "bilan", "--on", "2026-09-01"]
    environ = clean_environ(QP_AS_OF="2026-11-23", QP_LANG="en")
    writers = [
        subprocess.Popen(
            command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    answers = [writer.communicate(timeout=120) for writer in writers]
    assert sorted(writer.returncode for writer in writers) == [0, 2, 2, 2, 2, 2]
    assert sum(b"already discharged" in err for _, err in answers) == 5
    assert len(facts(folder / "data" / "journal.yaml")) == 1
