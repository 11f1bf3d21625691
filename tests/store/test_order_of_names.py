"""Names that people read stand where they look for them: by letters, accents and case aside, on every machine."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.names import collated
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
