"""Who owes: groups, roles, organs, solidarity, and whom `--party` keeps."""

from __future__ import annotations

import pytest

from qp_cli.errors import UsageError
from qp_cli.tracking.filters import find_engagement, find_party
from qp_cli.tracking.portfolio import party_tallies
from tests.tracking.building import at, by_id, owed, states

BODY = """\
term: {due: {on: 2024-12-31}}
parties:
  - {id: ville, name: Ville de Bourg-Neuf, aliases: [la Mairie]}
  - {id: region, name: Région}
  - {id: regie, name: Régie, organ_of: ville}
  - {id: atelier, name: Atelier, organ_of: regie}
  - {id: agence, name: Agence de l'eau, short: AE}
groups:
  - {id: tous, name: Tous, members: [ville, region, agence]}
roles:
  - {id: pilote, name: Pilote, held_by: [region]}
  - {id: appui, name: Appui, held_by: [agence, atelier]}
  - {id: vacant, name: Vacant}
engagements:
"""


def people(*engagements, as_of="2022-01-01", journal=""):
    lines = "".join(f"  - {{{_titled(each)}, kind: one-off}}\n" for each in engagements)
    return at(as_of, BODY + lines, journal)


def _titled(engagement):
    return engagement if "title: " in engagement else f"{engagement}, title: T"


def counts(situation):
    return {row.group.key: row.total for row in party_tallies(situation)}


def test_a_group_owes_one_obligation_per_member():
    assert list(states(people("id: a, debtors: [tous]"))) == ["a/ville", "a/region", "a/agence"]


def test_a_role_owes_one_obligation_per_holder():
    assert list(states(people("id: a, debtors: [appui]"))) == ["a/agence", "a/atelier"]


def test_a_party_named_twice_owes_once():
    found = by_id(people("id: a, debtors: [tous, pilote, region]"))
    assert list(found) == ["a/ville", "a/region", "a/agence"]
    assert found["a/region"].debtor.capacities == ("tous", "pilote")


def test_a_role_that_nobody_holds_owes_under_its_own_name():
    situation = people("id: a, debtors: [vacant]")
    assert list(states(situation)) == ["a/vacant"]
    assert owed(situation, "vacant") == ["a/vacant"]
    assert counts(situation) == {"vacant": 1}


def test_solidary_there_is_one_obligation_for_all():
    assert list(states(people("id: a, debtors: [tous], solidary: true"))) == ["a/ville+region+agence"]


def test_solidary_alone_is_an_ordinary_debtor():
    assert list(states(people("id: a, debtors: [pilote], solidary: true"))) == ["a/region"]


def test_a_solidary_obligation_counts_once_for_each_person_and_an_organ_with_its_own():
    situation = people("id: a, debtors: [ville, regie, region], solidary: true", "id: b, debtors: [atelier]")
    assert counts(situation) == {"ville": 2, "region": 1}


def test_an_organ_is_never_a_row_however_deep():
    situation = people("id: a, debtors: [regie]", "id: b, debtors: [atelier]", "id: c, debtors: [appui]")
    assert counts(situation) == {"ville": 3, "agence": 1}


def test_rows_come_in_the_order_of_the_convention():
    assert list(counts(people("id: a, debtors: [agence]", "id: b, debtors: [region, ville]"))) == [
        "ville",
        "region",
        "agence",
    ]


def test_who_owes_nothing_has_no_row():
    assert counts(people("id: a, debtors: [region]")) == {"region": 1}


# --- Selection ----------------------------------------------------------------------------------------------


def test_a_party_is_shown_its_own_and_its_organs():
    situation = people("id: a, debtors: [ville]", "id: b, debtors: [atelier]", "id: c, debtors: [region]")
    assert owed(situation, "ville") == ["a/ville", "b/atelier"]
    assert owed(situation, "regie") == ["b/atelier"]
    assert owed(situation, "atelier") == ["b/atelier"]


def test_an_organ_is_shown_what_it_performs_for_another():
    situation = people("id: a, debtors: [region], performer: atelier", "id: b, debtors: [region]")
    assert owed(situation, "atelier") == ["a/region"]
    assert owed(situation, "ville") == ["a/region"]


def test_what_a_role_performs_is_shown_to_the_role_and_its_holders():
    situation = people("id: a, debtors: [ville], performer: pilote", "id: b, debtors: [ville]")
    assert owed(situation, "pilote") == ["a/ville"]
    assert owed(situation, "region") == ["a/ville"]


def test_a_role_is_shown_what_is_owed_in_that_capacity_alone():
    situation = people("id: a, debtors: [region]", "id: b, debtors: [pilote]", "id: c, debtors: [tous]")
    assert owed(situation, "pilote") == ["b/region"]
    assert owed(situation, "region") == ["a/region", "b/region", "c/region"]


def test_a_group_is_shown_whatever_its_members_owe():
    situation = people("id: a, debtors: [region]", "id: b, debtors: [appui]", "id: c, debtors: [tous]")
    assert owed(situation, "tous") == ["a/region", "b/agence", "b/atelier", "c/ville", "c/region", "c/agence"]


def test_a_solidary_obligation_is_shown_to_each_of_its_debtors():
    situation = people("id: a, debtors: [ville, region], solidary: true")
    assert owed(situation, "ville") == owed(situation, "region") == ["a/ville+region"]
    assert owed(situation, "agence") == []


@pytest.mark.parametrize(
    "typed",
    [
        *("AGENCE", "agence de l'eau", "Agence de l’Eau", "agence-de-l-eau", "ae", " Ae ", "Àgence"),
        *("l'agence de l’eau", "L`Agence‑de‐l‘eau", "la agence"),
    ],
)
def test_names_are_alike_without_case_accents_or_separators(typed):
    assert find_party(people("id: a, debtors: [agence]"), typed) == "agence"


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        ("Mairie", "ville"),
        ("LA MAIRIE", "ville"),
        ("la région", "region"),
        ("le pilote", "pilote"),
        ("les Tous", "tous"),
    ],
)
def test_an_article_before_a_name_is_left_aside_whoever_wrote_it(typed, party):
    assert find_party(people("id: a, debtors: [agence]"), typed) == party


def test_whoever_is_called_with_the_article_is_found_by_it():
    body = "parties: [{id: a, name: Fabrique}, {id: b, name: La Fabrique}]\nengagements: []\n"
    situation = at("2022-01-01", body)
    assert [find_party(situation, name) for name in ("fabrique", "la fabrique", "l'a")] == ["a", "b", "a"]


def test_ligatures_are_the_letters_that_they_are_made_of():
    body = "parties: [{id: a, name: Maison du Cœur}]\nengagements: []\n"
    for typed in ("maison du coeur", "MAISON DU CŒUR", "la Maison‑du‑COEUR"):
        assert find_party(at("2022-01-01", body), typed) == "a"


@pytest.mark.parametrize("typed", ["Rendre le bilan", "rendre-le bilan", "le bilan", "BILAN", "bilan/ville"])
def test_an_engagement_is_found_by_its_title_where_one_alone_has_it(typed):
    situation = people(
        "id: bilan, debtors: [ville], title: Rendre le bilan",
        "id: a, debtors: [ville], title: Deux fois",
        "id: b, debtors: [ville], title: Deux fois",
    )
    assert find_engagement(situation, typed).id == "bilan"
    with pytest.raises(UsageError):
        find_engagement(situation, "Deux fois")


def test_an_unknown_name_gets_the_nearest_and_exit_two():
    with pytest.raises(UsageError) as caught:
        find_party(people("id: a, debtors: [ville]"), "regon")
    assert "“regon”" in str(caught.value)
    assert "region" in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_name_near_to_none_gets_them_all():
    with pytest.raises(UsageError) as caught:
        find_party(people("id: a, debtors: [ville]"), "zzzzzz")
    assert all(name in str(caught.value) for name in ("ville", "region", "atelier", "tous", "pilote"))


def test_an_engagement_is_found_by_its_id_or_that_of_one_of_its_obligations():
    situation = people("id: plan-guide, debtors: [ville]")
    assert find_engagement(situation, "Plan-Guide").id == "plan-guide"
    assert find_engagement(situation, "plan-guide/ville").id == "plan-guide"
    assert find_engagement(situation, "terme") is None
    with pytest.raises(UsageError, match="plan-guide"):
        find_engagement(situation, "plan-gide")


# --- Whose act it is ----------------------------------------------------------------------------------------


def done(by):
    return f"  - {{id: f1, kind: fulfilled, engagement: a, by: {by}, on: 2021-12-01}}\n"


@pytest.mark.parametrize("by", ["ville", "regie", "atelier"])
def test_an_organs_act_is_its_legal_persons(by):
    assert states(people("id: a, debtors: [ville, region]", journal=done(by))) == {
        "a/ville": "fulfilled",
        "a/region": "upcoming",
    }


def test_where_the_organ_is_a_debtor_of_its_own_its_act_is_its_own():
    assert states(people("id: a, debtors: [ville, regie]", journal=done("regie"))) == {
        "a/ville": "upcoming",
        "a/regie": "fulfilled",
    }


def test_a_role_acts_through_its_holders():
    assert states(people("id: a, debtors: [tous]", journal=done("pilote")))["a/region"] == "fulfilled"


def test_the_act_of_somebody_else_discharges_nobody():
    assert states(people("id: a, debtors: [ville]", journal=done("agence"))) == {"a/ville": "upcoming"}


# --- Sites --------------------------------------------------------------------------------------------------


def test_an_engagement_with_sites_is_owed_at_each():
    situation = people("id: a, debtors: [ville, region], sites: [nord, sud]")
    assert list(states(situation)) == ["a/ville/nord", "a/ville/sud", "a/region/nord", "a/region/sud"]


def test_a_fact_about_a_site_is_mere_evidence_where_the_engagement_names_none():
    journal = "  - {id: f1, kind: fulfilled, engagement: a, sites: [nord], on: 2021-12-01}\n"
    found = by_id(people("id: a, debtors: [ville]", journal=journal))["a/ville"]
    assert (found.state, found.facts) == ("upcoming", ("f1",))
