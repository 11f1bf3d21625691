"""Good keeping: what serves nothing is pointed out, and what only seems to serve nothing is not."""

from __future__ import annotations

import pytest


def codes(found):
    return [code for code, _, _ in found]


def test_an_engagement_a_term_and_what_an_avenant_adds_cite_their_clause(seen, convention):
    assert codes(seen(convention(("id: suivi, title: Suivi, clause: art. 4", "id: ‸suivi, title: Suivi")))) == ["QP501"]
    assert codes(seen(convention(("term: {clause: art. 9, due: ", "term: {due: ‸")))) == ["QP501"]
    added = """\
      - id: f-avenant
        kind: amended
        title: Avenant
        on: 2022-03-01
        changes: [{change: add, engagement: {id: ‸charte, title: Charte, debtors: [ville], kind: one-off}}]
    """
    assert codes(seen(journal=added)) == ["QP501"]


NEW = "  - {{id: {}tiers, name: Tiers{}}}\ngroups:"


def test_a_party_that_takes_no_part_in_anything_is_pointed_out_even_if_it_signs(seen, convention):
    for more in ("", ", signatory: true"):
        assert codes(seen(convention(("groups:", NEW.format("‸", more))))) == ["QP502"]


@pytest.mark.parametrize(
    "change",
    [
        ("debtors: [toutes]", "debtors: [toutes, tiers]"),
        ("debtors: [toutes]", "debtors: [toutes], creditors: [tiers]"),
        ("debtors: [toutes]", "debtors: [toutes], support: [tiers]"),
        ("debtors: [toutes]", "debtors: [toutes], performer: tiers"),
        ("members: [ville, region]", "members: [ville, region, tiers]"),
    ],
)
def test_a_party_that_owes_is_owed_helps_performs_or_belongs_is_not(seen, convention, change):
    assert seen(convention(("groups:", NEW.format("", ", signatory: true")), change)) == []


def test_a_party_that_asks_or_whose_organ_owes_is_not(seen, convention):
    asks = "  - {id: f-1, kind: occurred, event: demande, by: tiers, on: 2022-02-01}\n"
    assert seen(convention(("groups:", NEW.format("", ""))), asks) == []
    organ = NEW.format("", ", signatory: true").replace(
        "groups:", "  - {id: bureau, name: Bureau, organ_of: tiers}\ngroups:"
    )
    assert seen(convention(("groups:", organ), ("debtors: [toutes]", "debtors: [toutes, bureau]"))) == []


def test_a_group_and_a_role_that_nothing_names_are(seen, convention):
    roles = "roles:\n  - {id: ‸pilote, name: Pilote, held_by: [ville]}\nengagements:"
    text = convention(
        ("engagements:", roles), ("groups:", "groups:\n  - {id: ‸autres, name: Autres, members: [ville]}")
    )
    assert codes(seen(text)) == ["QP502", "QP502"]


def test_an_event_without_a_clause_must_serve(seen, convention):
    event = "  - {id: %savis, title: Avis, date: 2022-01-02}\n  - {id: demande"
    assert codes(seen(convention(("  - {id: demande", event % "‸")))) == ["QP503"]
    serving = [
        ("approval: accord", "approval: accord\nsignature: avis"),
        ("{within: P2M, from: depart}", "{within: P2M12D, from: avis}"),
        ("kind: on-request, trigger: demande", "kind: on-request, trigger: avis"),
    ]
    for change in serving:
        assert "QP503" not in codes(seen(convention(("  - {id: demande", event % ""), change)))
    claim = 'claims: [{about: avis, where: visas, says: "2022"}]\n'
    assert seen(convention(("  - {id: demande", event % ""), add=claim)) == []


@pytest.mark.parametrize(
    "change",
    [
        ("name: Région,", "name: Région, aliases: [le conseil, ‸VILLE],"),
        ("name: Région,", "name: Région, short: ‸Ville,"),
        ("name: Toutes les parties", "name: ‸region"),
        ("name: Toutes les parties", "name: Toutes, aliases: [‸région]"),
    ],
)
def test_a_name_means_one_party(seen, convention, change):
    assert codes(seen(convention(change))) == ["QP504"]


def test_a_party_may_repeat_its_own_name_and_a_site_may_bear_a_partys(seen, convention):
    assert seen(convention(("name: Région,", "name: Région, short: Région, aliases: [region, La Région],"))) == []
    sites = "format: qp/1\nsites:\n  - {id: ville, name: Ville, commune: Bourg}\n"
    assert seen(sites=sites) == []
    twice = sites + "  - {id: centre, name: Centre, aliases: [‸VILLE], commune: Bourg}\n"
    assert codes(seen(sites=twice)) == ["QP504"]
