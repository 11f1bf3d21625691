"""Names that nothing goes by: what could be meant, what there is, and what the rest no longer advises meanwhile."""

from __future__ import annotations

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.repository import read_repository
from tests.checks.conftest import CONVENTION, SITES


@pytest.fixture
def said(tmp_path):
    """What is said of a convention: code, id of what is concerned, what to do, and the lines shown beside."""

    def read(convention, journal="", sites=SITES):
        files = {"convention.yaml": convention, "journal.yaml": journal, "sites.yaml": sites}
        for name, text in files.items():
            if text:
                (tmp_path / name).write_text(text, encoding="utf-8")
        found = examine(read_repository(tmp_path))
        return [(each.code, str(each.hint or ""), [str(other.message) for other in each.related]) for each in found]

    return read


def named(code, said):
    return [each[1:] for each in said if each[0] == code]


def test_what_is_there_is_listed_where_no_name_is_near(said, convention):
    ((hint, _),) = named("QP202", said(convention(("debtors: [ville], kind: one-off", "debtors: [x], kind: one-off"))))
    assert hint == "Declared: maire, region, toutes, ville"


def test_a_long_list_is_cut(said, convention):
    more = "".join(f"  - {{id: p{number:02}, name: P{number:02}}}\n" for number in range(20))
    text = convention(
        ("groups:", f"{more}groups:"), ("debtors: [ville], kind: one-off", "debtors: [xyz], kind: one-off")
    )
    hint = named("QP202", said(text))[0][0]
    assert hint.endswith("p10, …")
    assert hint.count(",") == 12


@pytest.mark.parametrize("written", ["vil", "ville-de-bourg", "vile"])
def test_a_name_that_begins_like_one_or_is_spelt_like_it_is_taken_for_it(said, convention, written):
    text = convention(("debtors: [ville], kind: one-off", f"debtors: [{written}], kind: one-off"))
    assert "Did you mean: ville?" in named("QP202", said(text))[0][0]


def test_where_sites_are_written_is_said_while_there_is_none(said, convention):
    text = convention(("debtors: [ville], kind: one-off", "debtors: [ville], sites: [halle], kind: one-off"))
    assert named("QP202", said(text, sites="")) == [("None is declared: write it in sites.yaml", [])]


@pytest.mark.parametrize("written", ["departement", "prefecture"])
def test_a_party_that_nothing_names_is_not_to_be_left_out_while_a_name_goes_to_nothing(said, convention, written):
    party = ("  - {id: maire", "  - {id: departement-13, name: Département}\n  - {id: maire")
    assert "leave it out" in named("QP502", said(convention(party)))[0][0]
    found = said(convention(party, ("debtors: [ville], kind: one-off", f"debtors: [{written}], kind: one-off")))
    ((hint, shown),) = named("QP502", found)
    assert f"“{written}” is the id of nothing" in hint
    assert shown == [f"“{written}” is named here"]


def test_a_name_that_is_like_another_party_does_not_concern_it(said, convention):
    party = ("  - {id: maire", "  - {id: departement, name: Département}\n  - {id: maire")
    found = said(convention(party, ("debtors: [ville], kind: one-off", "debtors: [vile], kind: one-off")))
    assert "leave it out" in named("QP502", found)[0][0]


@pytest.mark.parametrize("part", ["groups", "roles"])
def test_a_group_or_a_role_neither(said, convention, part):
    entry = {"groups": "{id: mairies, name: M, members: [ville]}", "roles": "{id: mairies, name: M, held_by: [ville]}"}
    add = f"roles:\n  - {entry[part]}\n" if part == "roles" else ""
    swap = [("groups:\n", f"groups:\n  - {entry[part]}\n")] if part == "groups" else []
    text = convention(*swap, ("debtors: [toutes]", "debtors: [mairie]"), add=add)
    assert any("“mairie” is the id of nothing" in hint for hint, _ in named("QP502", said(text)))


def test_an_event_neither(said, convention):
    event = ("  - {id: accord", "  - {id: livraisons, title: Livraisons, date: 2022-02-01}\n  - {id: accord")
    assert "Leave it out" in named("QP503", said(convention(event)))[0][0]
    found = said(convention(event, ("{within: P2M, from: depart}", "{within: P2M, from: livraison}")))
    ((hint, shown),) = named("QP503", found)
    assert "“livraison” is the id of nothing" in hint
    assert shown == ["“livraison” is named here"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([("{id: region", "{id: ville")], id="party"),
        pytest.param(
            [("{id: suivi", "{id: plan"), ("due: {within: P2M, from: depart}", "due: {within: P2M, from: suivi}")]
        ),
    ],
)
def test_of_an_id_written_twice_the_names_that_go_to_nothing_are_told_with_it_alone(said, convention, changes):
    found = said(convention(*changes))
    assert named("QP202", found) == []
    ((hint, shown),) = named("QP201", found)
    (lost,) = {"region", "suivi"} & set(hint.replace(",", " ").split())
    assert f"“{lost}” is named here" in shown


def test_a_name_that_an_id_written_twice_does_not_explain_is_told(said, convention):
    found = said(convention(("{id: region", "{id: ville"), ("support: [toutes]", "support: [tout]")))
    assert [hint for hint, _ in named("QP202", found)] == ["Did you mean: toutes?"]
    assert len(named("QP201", found)) == 1


def test_more_names_than_ids_written_twice_are_told_each(said, convention):
    found = said(convention(("{id: region", "{id: ville"), ("support: [toutes]", "support: [xyz]")))
    assert named("QP201", found)[0][0] == "Give one of them another id"
    assert {hint for hint, _ in named("QP202", found)} == {"Declared: maire, toutes, ville", "Declared: maire, ville"}


def test_of_an_event_and_an_engagement_with_one_id_no_circle_is_told(said, convention):
    found = said(convention(("{id: plan", "{id: depart")))
    assert named("QP203", found) == []
    assert len(named("QP201", found)) == 1


def test_the_base_is_sound(said):
    assert {code for code, *_ in said(CONVENTION)} <= {"QP303", "QP304", "QP305", "QP308"}


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("engagement: pan", "; else: plan"),
        ("engagement: xyz", "; else: bilan, plan, reponse, revue, suivi"),
        ("engagement: plan, by: xyz", "; else: maire, region, toutes, ville"),
    ],
)
def test_what_one_fact_names_and_nothing_declares_may_have_been_declared_before(said, convention, written, near):
    fact = f"format: qp/1\nfacts:\n  - {{id: f-1, kind: fulfilled, {written}, on: 2021-12-01}}\n"
    ((hint, places),) = named("QP202", said(convention(), fact))
    again = "If it was declared before, declare it again under this id: a recorded fact keeps the id that it names"
    assert (hint, places) == (again + near, [])


def test_a_fact_that_is_named_and_is_not_there_is_not_to_be_declared(said, convention):
    facts = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-12-01}\n"
    facts += "".join(f"  - {{id: f-{number}, kind: voided, fact: f-0, on: 2021-12-02}}\n" for number in (2, 3))
    for count in (1, 2):
        lines = "".join(facts.splitlines(keepends=True)[: count + 1])
        ((hint, _),) = named("QP202", said(convention(), f"format: qp/1\nfacts:\n{lines}"))
        assert "declare it again" not in hint


def test_what_several_facts_name_and_nothing_declares_is_told_once_with_its_places(said, convention):
    facts = "".join(
        f"  - {{id: f-{number}, kind: fulfilled, engagement: plan-b, on: 2021-12-0{number}}}\n" for number in (1, 2, 3)
    )
    ((hint, places),) = named("QP202", said(convention(), f"format: qp/1\nfacts:\n{facts}"))
    assert hint.startswith("If it was declared before, declare it again under this id")
    assert "Did you mean" not in hint
    assert places == ["named here too"] * 2
