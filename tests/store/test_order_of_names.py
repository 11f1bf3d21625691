"""Names that people read stand where they look for them: by letters, accents and case aside, on every machine."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.names import collated, collated_id
from qp_cli.store.portfolio import conventions_in
from qp_cli.tracking.timelines import OffAxis, _by_day
from tests.conftest import small_convention, written

TOWNS = [
    "Aix-Marseille-Provence",
    "Aÿ-Champagne",
    "Clermont",
    "Épinay",
    "Étampes",
    "Évry",
    "L'Haÿ-les-Roses",
    "L’Île-Saint-Denis",
    "Nîmes",
    "Œuilly",
    "Orléans",
    "Saint-Étienne",
    "Ussel",
    "Zuydcoote",
]


def backwards(names):
    return [*reversed(names)]


def test_towns_stand_as_in_a_french_list():
    assert sorted(backwards(TOWNS), key=collated) == TOWNS
    assert sorted(map(str.upper, TOWNS), key=collated) == [each.upper() for each in TOWNS]


@pytest.mark.parametrize("names", [["cote", "Cote", "coté", "côte", "Côté"], ["Saint Denis", "Saint-Denis"]])
def test_what_only_accents_case_or_hyphens_tell_apart_stands_together_and_in_one_order(names):
    ordered = sorted(names, key=collated)
    assert sorted(backwards(names), key=collated) == ordered
    assert max([*names, "dette", "Cor"], key=collated) == ("dette" if names[0] == "cote" else names[-1])
    assert len({collated(each)[0] for each in names}) == 1


NUMBERED = ["Ville", "Ville 1", "Ville 1 bis", "Ville-2", "Ville 10", "Ville-11", "Ville 0100", "Villeneuve"]


def test_numbers_stand_by_what_they_are():
    assert sorted(backwards(NUMBERED), key=collated) == NUMBERED
    assert len({collated(each) for each in ("a1", "a01", "a001")}) == 3


@given(st.lists(st.integers(0, 10**12), unique=True), st.sampled_from(["{}", "v-{}", "ville {} nord", "{}-{}"]))
def test_names_that_a_number_tells_apart_stand_in_the_order_of_their_numbers(numbers, form):
    assert sorted((form.format(n, n) for n in numbers), key=collated) == [form.format(n, n) for n in sorted(numbers)]
    ids = [f"v{number}" for number in numbers]
    assert sorted(ids, key=collated_id) == [f"v{number}" for number in sorted(numbers)]


@given(st.lists(st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"), unique=True))
def test_no_two_ids_stand_in_one_place(ids):
    assert len(set(map(collated_id, ids))) == len(ids)


def test_numbered_conventions_stand_so_in_every_form_and_however_many_processes_read_them(tmp_path, qp):
    numbers = [1, 2, 3, 10, 11, 20, 100]
    for number in numbers:
        folder = tmp_path / f"Ville{number}"
        folder.mkdir()
        declared = {**small_convention(), "id": f"v{number}", "territory": f"Ville{number}"}
        (folder / "convention.yaml").write_text(written(declared), "utf-8")
    for jobs in ("1", "2"):
        at = {"environ": {"QP_JOBS": jobs}}
        data = ("--data", str(tmp_path), "--as-of", "2026-11-27")
        for command, listed in (("status", "conventions"), ("deadlines", "obligations"), ("overdue", "obligations")):
            found = qp(command, *data, "--format", "json", **at).json[listed]
            assert [each.get("convention", each["id"]) for each in found] == [f"v{number}" for number in numbers]
        for words in (("status",), ("deadlines",), ("export", "csv"), ("export", "md"), ("timeline",), ("report",)):
            shown = qp(*words, *data, **at).out
            places = [re.search(rf"\bVille{number}\b|\bv{number}\b", shown).start() for number in numbers]
            assert places == sorted(places), words


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=6), unique=True), st.randoms(use_true_random=False))
def test_an_order_is_the_same_however_the_names_came(names, random):
    mixed = list(names)
    random.shuffle(mixed)
    assert sorted(mixed, key=collated) == sorted(names, key=collated)


@given(st.text("abcdefgijlmnoprstuvz", min_size=1, max_size=6), st.sampled_from("\u0300\u0301\u0302\u0308"))
def test_an_accent_never_sends_a_name_among_other_letters(name, accent):
    written_out = unicodedata.normalize("NFC", f"{name[0]}{accent}{name[1:]}")
    for each in (written_out, written_out.upper()):
        assert collated(each)[0] == collated(name)[0]


@pytest.fixture
def country(tmp_path):
    """A folder of conventions, each in a folder of its territory's name."""
    for place, town in enumerate(reversed(TOWNS)):
        folder = tmp_path / "pays" / town / "data"
        folder.mkdir(parents=True)
        text = written({**small_convention(), "id": f"c{place}", "territory": town})
        (folder / "convention.yaml").write_text(text, "utf-8")
    return tmp_path / "pays"


def test_the_territories_of_a_folder_stand_so_on_every_screen(country, qp):
    assert [each.parent.name for each in conventions_in(country).folders] == TOWNS
    asked = qp("status", "--data", str(country), "--format", "json").json["conventions"]
    assert [each["territory"] for each in asked] == TOWNS
    for command in (("status",), ("timeline",), ("report",), ("status", "--format", "md")):
        shown = qp(*command, "--data", str(country), environ={"LC_ALL": "C"}).out
        places = [shown.index(town.replace("'", "&#39;") if command[0] == "report" else town) for town in TOWNS]
        assert places == sorted(places), command


def test_the_events_of_one_day_stand_so_too():
    day = date(2022, 1, 1)
    events = [OffAxis(day, title, "x") for title in ("Zone", "Étude", "Avis")]
    assert [each.title for each in sorted(events, key=_by_day)] == ["Avis", "Étude", "Zone"]
