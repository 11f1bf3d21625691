"""A year in the life of the convention, recorded day by day through the command line, and read at five days.

The outputs are kept under `year/`; after a wanted change: `pytest tests/journal/test_a_year.py --update-golden`.
Nothing of it happened: the shipped convention serves as the ground of a story.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("year")
DAYS = ("2022-04-30", "2022-09-30", "2022-11-15", "2023-02-15", "2023-04-01")
ASKED = ("--occurrence", "2022-06-01")
STORY = (
    ("2022-04-01", ["occurred", "signature", "--note", "Signée à Marseille"]),
    ("2022-05-10", ["fulfilled", "coordonnateur-designation", "--by", "metropole"]),
    (
        "2022-06-01",
        ["triggered", "instruction-projets", "--to", "anct", "--to", "anru", "--note", "Dossier du tiers-lieu"],
    ),
    ("2022-06-20", ["fulfilled", "instruction-projets", "--by", "anct", *ASKED]),
    ("2022-09-20", ["notified", "feuille-de-route", "--cure", "P1M"]),
    (
        "2022-10-05",
        ["fulfilled", "instruction-projets", "--by", "anru", *ASKED, "--note", "Après l'objectif de deux mois"],
    ),
    ("2022-10-10", ["suspended", "etat-cofinancement"]),
    ("2022-10-30", ["fulfilled", "feuille-de-route"]),
    ("2022-12-01", ["resumed", "etat-cofinancement"]),
    (
        "2023-01-15",
        ["amended", "terme", "--extend", "P12M", "--effect", "2023-02-01", "--title", "Avenant n° 1"],
    ),
    ("2023-02-20", ["triggered", "mobilisation-moyens"]),
    ("2023-03-01", ["fulfilled", "mobilisation-moyens", "--by", "anct"]),
    ("2023-03-05", ["fulfilled", "mobilisation-moyens", "--by", "anru"]),
    ("2023-03-12", ["fulfilled", "mobilisation-moyens", "--by", "Caisse des Dépôts"]),
    ("2023-03-20", ["fulfilled", "mobilisation-moyens", "--by", "bpifrance"]),
    ("2023-03-28", ["fulfilled", "mobilisation-moyens", "--by", "ministere-ville"]),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """The shipped convention with a target for the answers to proposals."""
    folder = tmp_path_factory.mktemp("annee")
    shutil.copytree(ROOT / "data", folder / "data")
    agreed = folder / "data" / "convention.yaml"
    text = agreed.read_text(encoding="utf-8")
    asked = "    trigger: proposition-soumise\n"
    assert text.count(asked) == 1
    agreed.write_text(text.replace(asked, f"{asked}    target: {{within: P2M}}\n"), encoding="utf-8")
    return folder


@pytest.fixture
def lived(ground, qp, monkeypatch):
    """The ground once the story is recorded, each fact on its own day; told once for all the tests."""
    monkeypatch.chdir(ground)
    if not (ground / "told").exists():
        for day, words in STORY:
            monkeypatch.setattr("qp_cli.cli.clock.now", lambda day=day: datetime.fromisoformat(f"{day}T10:00:00+00:00"))
            answer = qp("record", *words, "--who", "Agent", environ={"QP_AS_OF": ""})
            assert answer.code == 0, answer.err
        (ground / "told").touch()
    monkeypatch.setattr("qp_cli.cli.clock.now", lambda: datetime(2023, 4, 2, 10, tzinfo=UTC))
    return ground


def numbered(text, journal):
    """The answer with each random id replaced by its rank in the journal."""
    for rank, name in enumerate(re.findall(r"id: (f-[a-z0-9]{10})\b", journal), start=1):
        text = text.replace(name, f"f-{rank:02}")
    return text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("rank", range(5), ids=DAYS)
def test_status_diff_and_log_at_five_days(lived, qp, request, rank, language):
    day, before = DAYS[rank], DAYS[rank - 1] if rank else "2022-03-15"
    answers = [
        qp(*command, "--lang", language, terminal=True, environ={"NO_COLOR": "1", "QP_AS_OF": ""})
        for command in (["status", "--as-of", day], ["diff", before, day], ["log", "--as-of", day])
    ]
    assert [answer.code for answer in answers] == [0, 0, 0]
    journal = (lived / "data" / "journal.yaml").read_text(encoding="utf-8")
    told = numbered(("\n" + "=" * 80 + "\n").join(answer.out for answer in answers), journal)
    kept = KEPT / f"{day}.{language}.txt"
    if request.config.getoption("--update-golden"):
        kept.write_bytes(told.encode())
    assert kept.exists(), "write it with --update-golden"
    assert told == kept.read_bytes().decode()


def test_the_repository_still_passes_its_check(lived, qp):
    answer = qp("check", "--data", str(lived), environ={"QP_AS_OF": ""})
    assert answer.code == 0, answer.out


@pytest.mark.usefixtures("lived")
def test_what_the_year_came_to(qp):
    found = {one["id"]: one for one in qp("deadlines", "--format", "json", "--as-of", "2023-04-01").json["obligations"]}
    roadmap = found["feuille-de-route/metropole"]
    # due on 18 September 2021, done on 30 October 2022: 407 days after
    assert (roadmap["state"], roadmap["days_late"], roadmap["fulfilled_on"]) == ("fulfilled-late", 407, "2022-10-30")
    referent = found["etat-referent/etat"]
    assert (referent["due"], referent["previous_due"], referent["basis"]) == ("2024-03-18", "2023-03-18", "term")
    answers = {name: found[name]["state"] for name in found if name.startswith("mobilisation-moyens/")}
    assert set(answers.values()) == {"fulfilled"}
    assert len(answers) == 5
    assert found["instruction-projets/anru@2022-06-01"]["basis"] == "target"
    assert found["etat-cofinancement/etat"]["state"] == "in-effect"


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("language", "before"),
    [("en", "; was 18 Mar 2023 before the avenant"), ("fr", "avant l'avenant\u00a0: 18/03/2023")],
)
def test_deadlines_give_the_date_that_an_avenant_moved_and_the_one_before(qp, language, before):
    answer = qp("deadlines", "--lang", language, "--as-of", "2023-04-01", environ={"QP_AS_OF": ""})
    (line,) = [each for each in answer.lines if "etat-referent" in each]
    assert "18/03/2024*†" in line or "18 Mar 2024*†" in line
    assert before in line
