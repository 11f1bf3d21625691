"""`qp record` of one occurrence among others: by its key, its request, its day, or the day on which it falls due."""

from __future__ import annotations

import pytest
import yaml

CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "term": {"due": {"on": "2028-10-01"}},
    "events": [
        {"id": "debut", "title": "Début", "date": "2024-10-01"},
        {"id": "demande", "title": "Demande", "repeats": True},
    ],
    "parties": [{"id": "ville", "name": "La Ville"}, {"id": "etat", "name": "L'État"}],
    "engagements": [
        {
            "id": "points",
            "title": "Points",
            "debtors": ["ville"],
            "kind": "recurring",
            "due": {"within": "P1M", "from": {"every": "P6M", "from": "debut", "until": "terme"}},
        },
        {"id": "conseil", "title": "Conseil", "debtors": ["etat"], "kind": "on-request", "due": {"within": "P1M"}},
        {
            "id": "avis",
            "title": "Avis",
            "debtors": ["ville", "etat"],
            "kind": "on-request",
            "trigger": "demande",
            "due": {"within": "P1M"},
        },
        {"id": "lieux", "title": "Lieux", "debtors": ["ville"], "kind": "one-off", "sites": ["nord", "sud"]},
    ],
}
SITES = [{"id": "nord", "name": "Nord", "commune": "Aix"}, {"id": "sud", "name": "Sud", "commune": "Aix"}]
ASKED = """\
format: qp/1
facts:
  - {id: f-1, kind: triggered, engagement: conseil, on: 2026-05-04}
  - {id: f-2, kind: triggered, engagement: conseil, on: 2026-05-04, note: la seconde}
  - {id: f-3, kind: triggered, engagement: conseil, on: 2026-06-15}
  - {id: f-4, kind: occurred, event: demande, on: 2026-05-04}
  - {id: f-5, kind: occurred, event: demande, on: 2026-05-04}
"""


@pytest.fixture
def folder(repository):
    folder = repository(CONVENTION, sites=SITES)
    (folder / "data" / "journal.yaml").write_text(ASKED, "utf-8")
    return folder


@pytest.fixture
def record(qp, folder):
    return lambda *arguments: qp("record", *arguments, "--data", str(folder))


@pytest.fixture
def last(folder):
    def read():
        fact = yaml.safe_load((folder / "data" / "journal.yaml").read_text("utf-8"))["facts"][-1]
        return {key: str(fact[key]) for key in ("by", "occurrence", "request") if key in fact}

    return read


@pytest.mark.parametrize(
    ("arguments", "said", "served"),
    [
        (["conseil@2026-05-04~f-2"], {"request": "f-2"}, "conseil/etat@2026-05-04~f-2"),
        (["conseil/etat@2026-05-04~f-2"], {"by": "etat", "request": "f-2"}, "conseil/etat@2026-05-04~f-2"),
        (["conseil/etat@2026-05-04"], {"by": "etat", "request": "f-1"}, "conseil/etat@2026-05-04"),
        (["conseil", "--occurrence", "2026-05-04~f-2"], {"request": "f-2"}, "conseil/etat@2026-05-04~f-2"),
        (["conseil", "--occurrence", "conseil@2026-05-04~f-2"], {"request": "f-2"}, "conseil/etat@2026-05-04~f-2"),
        (["conseil", "--occurrence", "F-2"], {"request": "f-2"}, "conseil/etat@2026-05-04~f-2"),
        (["conseil", "--occurrence", "f-3"], {"occurrence": "2026-06-15"}, "conseil/etat@2026-06-15"),
        (["conseil", "--occurrence", "15/07/2026"], {"occurrence": "2026-06-15"}, "conseil/etat@2026-06-15"),
        (["conseil@2026-07-15"], {"occurrence": "2026-06-15"}, "conseil/etat@2026-06-15"),
        (["conseil"], {"request": "f-1"}, "conseil/etat@2026-05-04"),
        (["points@2026-04-01"], {"occurrence": "2026-04-01"}, "points/ville@2026-04-01"),
        (["points", "--occurrence", "1er mai 2026"], {"occurrence": "2026-04-01"}, "points/ville@2026-04-01"),
        (["Points", "--occurrence", "2026-04-01"], {"occurrence": "2026-04-01"}, "points/ville@2026-04-01"),
        (["avis@2026-05-04~f-5"], {"request": "f-5"}, "avis/ville@2026-05-04~f-5"),
        (["avis", "--by", "etat", "--occurrence", "f-5"], {"by": "etat", "request": "f-5"}, "avis/etat@2026-05-04~f-5"),
        (["lieux/nord"], {}, "lieux/ville/nord"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_words_that_screens_show_name_one(record, last, arguments, said, served):
    answer = record("fulfilled", *arguments)
    assert answer.code == 0, answer.err
    assert last() == said
    assert f"\n{served}: " in answer.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["conseil", "--occurrence", "2026-06-04"], "on 4 June 2026: name one of 2026-05-04, 2026-05-04~f-2"),
        (["conseil", "--occurrence", "04/05/2026"], "requests of 4 May 2026 are still open: name one of f-1, f-2"),
        (["conseil@2026-05-04~f-9"], "No occurrence is called “2026-05-04~f-9”. Nearest: 2026-05-04~f-2"),
        (["conseil@2020-01-01"], "No obligation is called “conseil@2020-01-01”"),
        (["conseil", "--occurrence", "2020-01-01"], "“conseil” has no occurrence on 1 January 2020"),
        (["conseil", "--occurrence", "demain soir"], "is no date"),
        (["bilan@2026-05-04"], "No engagement is called “bilan@2026-05-04”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_words_that_name_none_or_several_are_refused(record, arguments, words):
    answer = record("fulfilled", *arguments)
    assert answer.code == 2
    assert words in answer.err


def test_two_requests_of_one_day_are_answered_in_any_order(qp, record, folder):
    assert record("fulfilled", "conseil@2026-05-04~f-2", "--on", "2026-05-10").code == 0
    answer = record("fulfilled", "conseil", "--on", "2026-05-11")
    assert "conseil/etat@2026-05-04: overdue → fulfilled" in answer.out
    assert record("fulfilled", "conseil@2026-05-04~f-2", "--on", "2026-05-12").code == 2
    assert "  answer to the request f-2" in qp("log", "--data", str(folder)).out
    facts = {fact["id"]: fact for fact in qp("log", "--data", str(folder), "--format", "json").json["facts"]}
    assert {fact["request"] for fact in facts.values()} == {None, "f-1", "f-2"}
    assert qp("check", "--data", str(folder), "--select", "QP2,QP4").code == 0


@pytest.mark.parametrize(
    ("kind", "state"), [("waived", "discharged"), ("suspended", "suspended"), ("breached", "breach recorded")]
)
def test_every_fact_about_one_of_them_bears_on_that_one_alone(record, kind, state):
    answer = record(kind, "conseil@2026-05-04~f-2", "--on", "2026-05-10")
    assert answer.code == 0, answer.err
    assert f"conseil/etat@2026-05-04~f-2: overdue → {state}" in answer.out
    assert "conseil/etat@2026-05-04:" not in answer.out


def test_a_formal_notice_about_one_of_them_leaves_the_other(record):
    answer = record("notified", "conseil@2026-05-04~f-2", "--on", "2026-07-10", "--cure", "P1M")
    assert "conseil/etat@2026-05-04~f-2: still overdue, 172 days; formal notice given, until 10 August" in answer.out
    assert "conseil/etat@2026-05-04:" not in answer.out


def test_an_avenant_gives_one_of_them_more_time(record):
    answer = record(
        "amended", "conseil", "--occurrence", "f-2", "--extend", "P1M", "--title", "n° 1", "--on", "2026-06-01"
    )
    assert answer.code == 0, answer.err
    assert "conseil/etat@2026-05-04~f-2: still overdue, 142 days; date 4 June 2026 → 4 July 2026" in answer.out
    assert "conseil/etat@2026-05-04:" not in answer.out


def test_a_request_that_is_answered_by_name_is_not_cancelled_before_its_answer(record):
    record("fulfilled", "conseil@2026-05-04~f-2", "--on", "2026-05-10")
    answer = record("voided", "f-2")
    assert answer.code == 2
    assert "“f-2” is no request of “conseil”" in answer.err


@pytest.mark.parametrize(
    "name", ["points@2026-04-01", "conseil@2026-05-04~f-2", "points/ville@2026-04-01", "lieux/nord"]
)
def test_show_takes_the_ids_of_lists(qp, folder, name):
    answer = qp("show", name, "--data", str(folder))
    assert answer.code == 0, answer.err
    assert name.partition("@")[0].partition("/")[0].capitalize() in answer.out


def test_of_one_day_what_names_its_request_is_put_first(qp, folder):
    for name, more in (("f-6", ""), ("f-7", ", request: f-1")):
        with (folder / "data" / "journal.yaml").open("a", encoding="utf-8") as file:
            file.write(f"  - {{id: {name}, kind: fulfilled, engagement: conseil, on: 2026-05-20{more}}}\n")
    assert qp("check", "--data", str(folder), "--select", "QP2,QP4").code == 0
    rows = {one["id"]: one for one in qp("deadlines", "--data", str(folder), "--format", "json").json["obligations"]}
    assert rows["conseil/etat@2026-05-04"]["facts"] == ["f-1", "f-7"]
    assert rows["conseil/etat@2026-05-04~f-2"]["facts"] == ["f-2", "f-6"]


def test_the_day_of_several_requests_means_the_one_that_is_still_open(record, last):
    assert record("fulfilled", "conseil", "--occurrence", "f-1", "--on", "2026-05-10").code == 0
    assert record("fulfilled", "conseil", "--occurrence", "2026-05-04", "--on", "2026-05-11").code == 0
    assert last() == {"request": "f-2"}
