"""`import qp_cli`: what a program gets, and that it is what the commands say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import types
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import qp_cli as api
from qp_cli import check, compute, load, load_all
from qp_cli.errors import QpError, RepositoryError, UsageError
from qp_cli.store.repository import read_repository
from tests.trust.scene import Scene

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "tests" / "checks" / "samples"
CONVENTIONS = [ROOT / "data", ROOT / "tests" / "conventions" / "neighbour"]
CONVENTIONS += sorted(
    SAMPLES / code / "good" for code in ("QP202", "QP212", "QP305", "QP403", "QP407", "QP413", "QP417")
)
DAYS = [date(2021, 3, 18), date(2021, 10, 1), date(2022, 6, 1), date(2026, 11, 23)]
DAY = date(2021, 10, 1)
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def unknown_origin(small):
    """A convention with a date counted from a name that nothing bears."""
    convention = small()
    convention["engagements"][0]["due"] = {"within": "P6M", "from": "labelisation"}
    return convention


def named(path):
    return path.relative_to(ROOT).as_posix()


def as_recorded(one):
    """An obligation, in the keys that `qp deadlines --format json` has."""
    standing = one.standing
    return {
        "id": one.id,
        "convention": one.convention,
        "engagement": one.engagement.id,
        "title": one.engagement.title,
        "debtors": list(one.debtor.parties),
        "sites": list(one.sites),
        "kind": one.engagement.kind.value,
        "state": one.state.value,
        "waiting_for": ", ".join(one.deadline.waiting_for) or None,
        "due": one.due.isoformat() if one.due else None,
        "days_late": standing.days_late,
        "fulfilled_on": standing.fulfilled_on.isoformat() if standing.fulfilled_on else None,
        "facts": list(one.facts),
    }


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("folder", CONVENTIONS, ids=named)
def test_a_program_gets_the_obligations_that_qp_deadlines_lists(qp, folder, day):
    answer = qp("deadlines", "--data", str(folder), "--as-of", str(day), "--format", "json", "--lang", "en")
    said = json.loads(answer.out)["obligations"]
    got = [as_recorded(one) for one in load(folder, as_of=day).obligations()]
    assert got
    assert got == [{key: one[key] for key in got[0]} for one in said]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_several_conventions_give_what_qp_deadlines_lists_of_them(qp, repository, small):
    (first := repository(name="one")), repository(small() | {"id": "autre"}, name="two")
    answer = qp("deadlines", "--data", str(first.parent), "--as-of", "2026-11-23", "--format", "json")
    said = [(one["convention"], one["id"], one["state"]) for one in json.loads(answer.out)["obligations"]]
    ledgers = load_all(first.parent, first, as_of=date(2026, 11, 23))
    got = [(one.convention, one.id, one.state.value) for ledger in ledgers for one in ledger.obligations()]
    assert sorted(got) == sorted(said)
    assert len(got) == 2


@pytest.mark.parametrize("folder", [*CONVENTIONS, *sorted(SAMPLES.glob("QP[2-4]0[1-7]/bad"))], ids=named)
def test_a_program_gets_the_findings_that_qp_check_lists(qp, folder, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = json.loads(qp("check", named(folder), "--format", "json", "--lang", "en").out)["findings"]
    got = [(one.code, one.severity.value, one.span.path, one.span.line, one.span.column) for one in check(folder)]
    assert got == [tuple(one[key] for key in ("code", "severity", "path", "line", "column")) for one in said]


@pytest.mark.usefixtures("shipped")
def test_codes_are_chosen_as_at_the_command_line():
    assert {one.code for one in check("data")} > {one.code for one in check("data", select=["QP304"])} == {"QP304"}
    assert "QP304" not in {one.code for one in check("data", ignore=["QP3"])}
    with pytest.raises(UsageError, match="No rule has the code"):
        check("data", select=["QP999"])


@pytest.mark.usefixtures("shipped")
def test_choices_are_those_of_the_command_line(qp):
    answer = qp("deadlines", "--party", "État", "--within", "P24M", "--as-of", "2021-10-01", "--format", "json")
    said = [one["id"] for one in json.loads(answer.out)["obligations"]]
    ledger = load("data", as_of=DAY)
    assert [one.id for one in ledger.obligations(party="État", until=date(2023, 10, 1))] == said != []
    states = {one.state for one in ledger.obligations()}
    assert len(states) > 2
    for state in states:
        assert {one.state for one in ledger.obligations(state=[state])} == {state}
    with pytest.raises(UsageError, match="No party, group or role"):
        ledger.obligations(party="personne")


def test_a_broken_repository_cannot_be_loaded(repository, small):
    folder = repository(unknown_origin(small))
    with pytest.raises(api.BrokenRepositoryError, match="1 error in the repository") as refused:
        load(folder, as_of=DAY)
    (finding,) = (one for one in refused.value.findings if one.severity is api.Severity.ERROR)
    assert finding.code == "QP202"
    assert "labelisation" in str(finding.message)
    assert any("QP202" in note for note in refused.value.__notes__)


def test_nor_can_it_be_computed_from_what_was_read_of_it(repository, small):
    read = read_repository(repository(unknown_origin(small)) / "data")
    assert read.findings == ()
    with pytest.raises(api.BrokenRepositoryError) as refused:
        compute(read.convention, read.sites, read.facts, DAY)
    assert [(one.code, one.span.path) for one in refused.value.findings] == [("QP202", "convention.yaml")]


def test_of_several_all_that_is_broken_is_told(repository, small):
    top = repository(unknown_origin(small), name="one").parent
    repository("id: [", name="two")
    with pytest.raises(api.BrokenRepositoryError) as refused:
        load_all(top, as_of=DAY)
    assert {Path(one.span.path).parts[-3] for one in refused.value.findings} == {"one", "two"}


def test_two_conventions_of_one_id_are_not_taken_for_two(repository):
    top = repository(name="one").parent
    repository(name="two")
    with pytest.raises(api.BrokenRepositoryError) as refused:
        load_all(top, as_of=DAY)
    assert [one.code for one in refused.value.findings] == ["QP213"]


@pytest.mark.parametrize("folder", CONVENTIONS, ids=named)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_values_give_what_their_files_give(folder):
    for day in DAYS:
        read = load(folder, as_of=day)
        again = compute(read.signed, read.situation.sites, read.facts, day)
        assert again.obligations() == read.obligations()
        assert load(folder, as_of=DAY).at(day).obligations() == read.obligations()


def test_facts_that_count_for_nothing_are_warned_of(repository, small):
    fact = {"id": "f", "kind": "fulfilled", "engagement": "bilan", "by": "etat", "on": "2026-09-01"}
    fact |= {"recorded": "2026-09-01"}
    parties = [*small()["parties"], {"id": "etat", "name": "L'État"}]
    folder = repository(small() | {"parties": parties}, journal=[fact])
    with pytest.warns(UserWarning, match=r"journal\.yaml: 1 fact counts for nothing") as heard:
        load(folder, as_of=DAY)
    assert Path(heard[0].filename) == Path(__file__)


def test_what_was_known_then_is_asked_of_git(tmp_path):
    scene = Scene(tmp_path).make()
    for then, facts in ((None, 1), ("HEAD", 1), ("HEAD~1", 0), (date(2026, 9, 15), 0), (date(2026, 10, 5), 1)):
        ledger = load(scene.top, as_of=date(2026, 11, 23), known_at=then)
        assert len(ledger.facts) == facts
        (again,) = load_all(scene.top, as_of=date(2026, 11, 23), known_at=then)
        assert again.obligations() == ledger.obligations()
    with pytest.raises(UsageError, match="No revision is called"):
        load(scene.top, as_of=date(2026, 11, 23), known_at="nowhere")


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(RepositoryError, match=r"There is no convention\.yaml"):
        load(tmp_path, as_of=DAY)
    with pytest.raises(RepositoryError, match="no such file or folder"):
        load_all(tmp_path / "nowhere", as_of=DAY)
    with pytest.raises(RepositoryError):
        check(tmp_path)
    with pytest.raises(QpError, match="1905"):
        load(ROOT / "data", as_of=date(1800, 1, 1))


def test_it_is_the_class_that_the_rest_uses():
    from qp_cli.tracking.situation import Obligation

    assert api.Obligation is Obligation
    assert all(isinstance(one, api.Obligation) for one in load(ROOT / "data", as_of=DAY).obligations())
    assert set(api.__all__) <= set(dir(api))
    with pytest.raises(AttributeError, match="nothing"):
        _ = api.nothing


def test_importing_it_loads_nothing_until_a_name_is_asked_for():
    script = (
        "import sys, qp_cli\n"
        "print(sorted(each for each in sys.modules if each.startswith(('qp_cli', 'pydantic', 'yaml'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['qp_cli', 'qp_cli.version']"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_example_of_the_guide_runs_and_prints_what_it_says(language, monkeypatch, capsys, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    frames = types.ModuleType("pandas")
    frames.DataFrame = list
    monkeypatch.setitem(sys.modules, "pandas", frames)
    blocks = BLOCK.findall((ROOT / "docs" / language / "python.md").read_text("utf-8"))
    assert len(blocks) > 5
    scope = {}
    for code, printed in blocks:
        exec(code, scope)  # noqa: S102 - they are ours
        assert capsys.readouterr().out == printed
    assert {"id", "due", "state", "situation", "late", "clause"} == scope["frame"][0].keys()
    assert len(scope["rows"]) == len(scope["frame"]) > 20


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    "day", ["2021-10-01", "01/10/2021", "1er octobre 2021", "1 October 2021", datetime(2021, 10, 1, 9, tzinfo=UTC)]
)
def test_a_day_is_taken_as_the_command_line_takes_it(day):
    assert load("data", as_of=day).obligations() == load("data", as_of=DAY).obligations()
    assert [one.situation.as_of for one in load_all("data", as_of=day)] == [DAY]


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("day", ["demain", 20211001, None, "2021-02-30"])
def test_what_is_no_day_is_refused_in_one_line(day):
    for ask in (load, load_all):
        with pytest.raises(UsageError) as refused:
            ask("data", as_of=day)
        assert "\n" not in str(refused.value)


@pytest.mark.usefixtures("shipped")
def test_states_are_taken_by_their_words_and_refused_with_all_of_them():
    ledger = load("data", as_of=date(2026, 11, 23))
    for word, name in (("dépassées", "overdue"), ("terme dépassé", "overdue-by-term"), ("Autres", "other")):
        assert ledger.obligations(state=word) == ledger.obligations(state=name) != []
    assert ledger.obligations(state=["dépassé", api.State.EXPIRED]) == ledger.obligations(state=["expired", "overdue"])
    with pytest.raises(UsageError, match="No state is called “jadis”"):
        ledger.obligations(state="jadis")


def test_a_party_is_asked_for_across_conventions(qp, repository, small):
    (first := repository(name="one")), repository(small() | {"id": "autre"}, name="two")
    ledgers = load_all(first.parent, as_of="2026-11-23")
    said = qp("deadlines", "--data", str(first.parent), "--as-of", "2026-11-23", "--format", "json").json["obligations"]
    found = api.obligations_of(ledgers, party=said[0]["debtor_names"][0])
    assert [(one.convention, one.id) for one in found] == [(one["convention"], one["id"]) for one in said]
    assert api.obligations_of(ledgers, state="éteintes") == []
    with pytest.raises(UsageError, match="No party, group or role is called “personne”"):
        api.obligations_of(ledgers, party="personne")


def test_a_folder_of_several_conventions_says_what_takes_them(repository, small, monkeypatch):
    (first := repository(name="one")), repository(small() | {"id": "autre"}, name="two")
    monkeypatch.chdir(first.parent)
    with pytest.raises(RepositoryError, match=r"\. is above 2 conventions: call load_all, or name the folder of one"):
        load(".", as_of=DAY)
    with pytest.raises(RepositoryError, match="There is no convention"):
        load(first.parent / "one" / "rien", as_of=DAY)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("day", ["31/12/2026", "2026-12-31", "31 décembre 2026", datetime(2026, 12, 31, 8, tzinfo=UTC)])
def test_every_day_is_taken_as_as_of_is(day):
    ledger = load("data", as_of="2026-11-23")
    plain = date(2026, 12, 31)
    assert ledger.obligations(until=day) == ledger.obligations(until=plain) != []
    assert api.obligations_of([ledger], until=day) == ledger.obligations(until=plain)
    assert ledger.at(day).situation.as_of == plain


WRONG_VALUES = {
    "no day": lambda ledger: ledger.at(None),
    "no length of time": lambda ledger: ledger.obligations(until=30),
    "no state": lambda ledger: ledger.obligations(state=3),
    "no party": lambda ledger: ledger.obligations(party=3),
    "no party among several": lambda ledger: ledger.obligations(party=["etat", None]),
    "bytes": lambda ledger: ledger.obligations(site=b"nord"),
    "a ledger alone": api.obligations_of,
    "no ledgers": lambda _: api.obligations_of(None),
    "no folder": lambda _: load(None, as_of=DAY),
    "no name of a folder": lambda _: load_all("da\0ta", as_of=DAY),
    "no folder to check": lambda _: check(3),
    "no code": lambda _: check("data", select=3),
    "no revision": lambda _: load("data", as_of=DAY, known_at=3),
    "no language": lambda _: api.in_words(api.State.OVERDUE, lang="de"),
    "nothing that has words": lambda _: api.in_words("overdue"),
}


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("call", WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_every_wrong_value_is_refused_in_one_line(call):
    with pytest.raises(UsageError) as refused:
        call(load("data", as_of=DAY))
    assert len(str(refused.value).splitlines()) == 1


def test_what_has_words_says_them_in_both_languages(broken_error):
    for state in api.State:
        assert api.in_words(state, lang="fr") != api.in_words(state, lang="en")
    assert api.in_words(date(2026, 11, 1)) == "1er novembre 2026"
    assert api.in_words(api.Severity.WARNING) == "avertissement"
    assert api.in_words(broken_error).startswith("1 erreur dans le dépôt")
    assert "labelisation" in api.in_words(broken_error.findings[0])


@pytest.fixture
def broken_error(repository, small):
    with pytest.raises(api.BrokenRepositoryError) as refused:
        load(repository(unknown_origin(small)), as_of=DAY)
    return refused.value
