"""`qp parties` and `qp sites`: who and where."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("outside")


def test_parties_lists_every_party_organ_group_and_role(qp):
    found = {one["id"]: one for one in qp("parties", "--format", "json").json["parties"]}
    assert len(found) == 13
    assert found["metropole"]["signatory"] is True
    assert found["etat"]["signatory"] is True
    assert found["anru"]["signatory"] is False
    assert found["prefet"]["organ_of"] == "etat"
    assert found["coordonnateur"]["organ_of"] == "metropole"
    assert found["chef-de-file"]["kind"] == "role"
    assert found["chef-de-file"]["members"] == ["anru"]
    assert found["partenaires"]["members"] == ["anct", "anru", "banque-des-territoires", "bpifrance"]
    assert "chef-de-file" in found["anru"]["capacities"]


def test_the_table_of_parties_says_in_words_what_each_is(qp):
    out = qp("parties").out
    for words in ("organ of État", "role held by ANRU", "group: Métropole AMP, État"):
        assert words in out


def test_a_signatory_is_shown_with_who_signs_for_it(qp):
    lines = [line.strip() for line in qp("parties").lines]
    assert "signatory (sa Présidente ou son représentant), intercommunalité bénéficiaire" in lines
    state = "signatory (la ministre chargée de la Ville ou, le cas échéant, le préfet des Bouches-du-Rhône)"
    assert f"{state}, Parties signataires" in lines
    found = {one["id"]: one for one in qp("parties", "--format", "json").json["parties"]}
    assert found["metropole"]["represented_by"] == "sa Présidente ou son représentant"
    assert found["anru"]["represented_by"] is None


def test_sites_lists_the_three_sites_with_their_zooms(qp):
    found = {one["id"]: one for one in qp("sites", "--format", "json").json["sites"]}
    assert list(found) == ["aix-encagnane", "aubagne-charrel", "marseille-nord"]
    assert [zoom["name"] for zoom in found["marseille-nord"]["zooms"]] == [
        "Frais Vallon – La Rose",
        "Malpassé – Saint-Jérôme",
        "Cabucelle",
    ]
    assert "Cabucelle (économie bleue" in qp("sites").out


def test_what_was_noted_of_a_site_or_a_zoom_is_read_beside_it(qp):
    lines = [line.strip() for line in qp("sites").lines]
    assert "zoom: Frais Vallon – La Rose (bureaux, locaux d'activités) – En lien avec Château-Gombert." in lines
    assert "note: Le dossier écrit « le Charel »." in lines


def test_the_sites_say_that_the_convention_is_not_their_source(qp):
    assert qp("sites").out.count("source: note de synthèse et rapport au Bureau") == 3


def test_a_repository_without_sites_says_so(qp, repository):
    answer = qp("sites", "--data", str(repository()))
    assert (answer.code, answer.out) == (0, "No site is declared.\n")


@pytest.mark.parametrize("command", ["parties", "sites"])
def test_both_fit_80_columns(qp, command):
    answer = qp(command, terminal=True, environ={"NO_COLOR": "1"})
    assert max(map(len, answer.lines)) <= 80


@pytest.mark.parametrize("command", ["parties", "sites"])
def test_both_speak_every_format(qp, command):
    assert qp(command, "--format", "json").json["schema"] == "qp/1"
    rows = qp(command, "--format", "csv").rows
    assert rows[0][:2] == ["id", "name"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert qp(command, "--format", "md").out.startswith("| ")
