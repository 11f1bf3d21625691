"""A name typed in part: a word that tells one thing alone is told from one that tells several, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.errors import Called, PartlyNamedError, Sort, UsageError, id_and_title, unknown_of
from qp_cli.messages import msg
from qp_cli.names import telling_words
from qp_cli.tracking.filters import (
    Choice,
    Chooser,
    find_engagement,
    find_event,
    find_party,
    find_shown,
)
from qp_cli.tracking.portfolio import SharedParties
from tests.tracking.building import at

BODY = """\
parties: [{id: ville, name: Ville de Lyon}, {id: anct, name: Agence nationale de la cohésion des territoires}]
events:
  - {id: depart, title: Début des travaux, date: 2021-01-01}
  - {id: labellisation, title: Labellisation du programme, date: 2021-03-01}
engagements:
  - {id: etat-referent, title: "Désigner un référent dans ses services", debtors: [ville], kind: continuing}
  - {id: etat-moyens, title: "Mobiliser les moyens", debtors: [ville], kind: continuing}
  - {id: feuille, title: "Écrire les moyens de la feuille de route", debtors: [anct], kind: continuing}
"""
NOW = at("2022-01-01", BODY)


@pytest.mark.parametrize(
    ("find", "typed", "name"),
    [
        *((find_engagement, typed, "etat-referent") for typed in ("référent", "REFERENTS", "un référent", "services")),
        *((find_engagement, typed, "feuille") for typed in ("route", "moyens de la route", "Feuilles")),
        (find_engagement, "référent/ville", "etat-referent/ville"),
        (find_engagement, "mobiliser des moyens", "etat-moyens"),
        (find_event, "travaux", "Début des travaux"),
        (find_party, "cohésion", "agence nationale de la cohesion des territoires"),
        (find_party, "lyon", "ville de lyon"),
        (find_shown, "travaux", "Début des travaux"),
        (find_shown, "programme", "Labellisation du programme"),
        (find_shown, "référent", "etat-referent"),
    ],
)
def test_a_word_of_one_name_alone_tells_what_is_meant(find, typed, name):
    with pytest.raises(PartlyNamedError) as caught:
        find(NOW, typed)
    assert caught.value.typed == typed
    found, told = find(NOW, caught.value.name), caught.value.meant
    assert getattr(found, "id", found) == told.id
    assert id_and_title(told) in str(caught.value)
    if find is not find_party:
        assert find(NOW, name) == found


@pytest.mark.parametrize("typed", ["moyens", "les moyens", "état"])
def test_of_a_word_of_several_names_each_is_listed_with_its_title(typed):
    with pytest.raises(UsageError) as caught:
        find_engagement(NOW, typed)
    assert not isinstance(caught.value, PartlyNamedError)
    assert "etat-moyens (Mobiliser les moyens)" in str(caught.value)
    assert str(caught.value).count("(") == 2


@pytest.mark.parametrize(
    "typed", ["de", "la", "un", "et", "ser", "référen", "refernt", "feuille de rout", "route verte", "2021", "x", "…"]
)
def test_what_is_no_word_of_a_name_tells_nothing(typed):
    with pytest.raises(UsageError) as caught:
        find_engagement(NOW, typed)
    assert not isinstance(caught.value, PartlyNamedError)


def test_what_is_called_so_is_found_whatever_has_the_word_too():
    body = BODY.replace("id: feuille,", "id: moyens,")
    assert find_engagement(at("2022-01-01", body), "moyens").id == "moyens"
    assert find_shown(NOW, "Labellisation du programme").id == "labellisation"
    assert find_shown(NOW, "labellisation").id == "labellisation"


def test_two_of_one_title_are_listed():
    body = BODY.replace("Mobiliser les moyens", "Deux fois").replace(
        "Écrire les moyens de la feuille de route", "Deux fois"
    )
    with pytest.raises(UsageError, match=r"etat-moyens \(Deux fois\); feuille \(Deux fois\)"):
        find_engagement(at("2022-01-01", body), "Deux fois")


OTHER = BODY.replace("Ville de Lyon", "Ville de Brest").replace("id: feuille", "id: autre")


def choosing(typed, *bodies):
    chooser = Chooser(Choice((typed,)), SharedParties())
    chosen = [chooser.choose(at("2022-01-01", body)) for body in bodies]
    chooser.confirm()
    return [sorted(one.engagement.id for one in each) for each in chosen]


def test_in_several_conventions_a_party_is_taken_by_a_name_that_no_other_has():
    with pytest.raises(PartlyNamedError) as caught:
        choosing("brest", BODY, OTHER)
    assert choosing(caught.value.name, BODY, OTHER) == [[], ["etat-moyens", "etat-referent"]]
    with pytest.raises(PartlyNamedError) as caught:
        choosing("cohésion", BODY, OTHER)
    assert choosing(caught.value.name, BODY, OTHER) == [["feuille"], ["autre"]]


def test_of_one_id_with_two_names_both_are_listed():
    one, other = BODY.replace("id: ville,", "id: mairie-centre,"), OTHER.replace("id: ville,", "id: mairie-centre,")
    one, other = (each.replace("[ville]", "[mairie-centre]") for each in (one, other))
    with pytest.raises(UsageError) as caught:
        choosing("ville", one, other)
    assert not isinstance(caught.value, PartlyNamedError)
    assert "Ville de Lyon" in str(caught.value)
    assert "Ville de Brest" in str(caught.value)


WORDS = st.sampled_from(["référent", "moyens", "moyen", "route", "de", "la", "lot", "2", "13", "œuvre", "L'État"])
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5)


@given(NAMES, st.lists(WORDS, min_size=1, max_size=2).map(" ".join))
def test_one_is_taken_if_and_only_if_no_other_has_the_words(names, typed):
    things = [(name, Called(f"n{place}", name)) for place, name in enumerate(names)]
    words = telling_words(typed)
    alone = [each for name, each in things if words and words == telling_words(name)]
    having = alone or [each for name, each in things if words and words <= telling_words(name)]
    error = unknown_of(msg("No."), Sort.PARTY, typed, things)
    assert isinstance(error, PartlyNamedError) == (len(having) == 1)
    if len(having) == 1:
        assert (error.meant, error.name) == (having[0], having[0].title)
    assert all(each.id in str(error) for each in having)
