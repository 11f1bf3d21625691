"""Conventions checked side by side: an id that two of them have, the parties they share, one of them chosen."""

from __future__ import annotations

import pytest

CONVENTION = """\
format: qp/1
id: {id}
title: Convention {id}
parties:
  - {{id: ville, name: Ville, signatory: true}}
  - {{id: anh, name: {name}, signatory: true}}
engagements:
  - {{id: plan, title: Plan, clause: art. 1, debtors: [ville, anh], kind: one-off, due: {{on: 2022-06-01}}}}
"""
PARTIES = "format: qp/1\nparties:\n  - {id: agence, name: Agence de la halle, aliases: [ADH], ids: [anh]}\n"


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Two conventions in folders of their own, and the parties they share above them."""

    def make(first="nord", second="sud", *, names=("Agence de la halle", "ADH"), parties=PARTIES):
        for folder, each, name in zip(("a", "b"), (first, second), names, strict=True):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "convention.yaml").write_text(CONVENTION.format(id=each, name=name), "utf-8")
        if parties:
            (tmp_path / "parties.yaml").write_text(parties, "utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def found(answer):
    return [(each["code"], each["path"], each["line"]) for each in answer.json["findings"]]


def test_two_conventions_with_ids_and_shared_parties_of_their_own_have_nothing_wrong(qp, beside):
    beside()
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [])
    assert answer.json["summary"]["files"] == 3


def test_an_id_that_another_convention_has_is_an_error_at_the_second_one(qp, beside):
    beside("nord", "nord")
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (1, [("QP213", "b/convention.yaml", 2)])
    assert "nord" in answer.json["findings"][0]["message"]
    text = qp("check", ".", "--lang", "en").out
    assert "a/convention.yaml:2:5: the other one" in text


@pytest.mark.parametrize("alone", ["a", "b"])
def test_each_of_them_checked_alone_is_right(qp, beside, alone):
    beside("nord", "nord")
    assert qp("check", alone, "--format", "json").json["findings"] == []


def test_the_id_of_a_shared_party_under_another_name_is_a_warning(qp, beside):
    beside(names=("Agence de la halle", "Agence du quai"))
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [("QP214", "b/convention.yaml", 6)])
    assert found(qp("check", "b", "--format", "json")) == [("QP214", "b/convention.yaml", 6)]


def test_what_is_wrong_with_the_file_of_shared_parties_is_found_once(qp, beside):
    beside(parties="format: qp/1\nparties:\n  - {id: Agence, name: A}\n  - {id: x, nom: Y}\n")
    answer = qp("check", ".", "--format", "json")
    assert answer.code == 1
    assert [(code, path, line) for code, path, line in found(answer) if path == "parties.yaml"] == [
        ("QP105", "parties.yaml", 3),
        ("QP101", "parties.yaml", 4),
    ]


def test_an_id_that_two_shared_parties_have_is_an_error(qp, beside):
    beside(parties=PARTIES + "  - {id: autre, name: Autre agence, ids: [anh]}\n")
    answer = qp("check", ".", "--format", "json")
    assert answer.code == 1
    assert found(answer) == [("QP201", "parties.yaml", 4)]


def test_the_nearest_file_of_shared_parties_is_the_one_that_counts(qp, beside):
    folder = beside(names=("Agence du quai", "ADH"))
    (folder / "a" / "parties.yaml").write_text(
        "format: qp/1\nparties:\n  - {id: quai, name: Agence du quai, ids: [anh]}\n", "utf-8"
    )
    assert found(qp("check", ".", "--format", "json")) == []


MISTYPED = PARTIES.replace("id: agence", "id: depots").replace("[anh]", "[anx, ahn, anh, anh-2]")
LONE = "format: qp/1\nparties:\n  - {id: villle, name: Ville}\n"


def test_an_id_of_a_shared_party_that_no_convention_declares_is_a_warning(qp, beside):
    beside(parties=MISTYPED.replace(", anh-2", ""))
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [("QP215", "parties.yaml", 3)] * 2)
    assert [each["column"] for each in answer.json["findings"]] == [66, 71]
    for lang, said in (
        ("en", "parties.yaml:3:66: QP215 warning: No convention beside this file declares “anx”\n"),
        ("fr", "parties.yaml:3:66: QP215 avertissement: Aucune convention à côté de ce fichier ne déclare « anx »\n"),
    ):
        assert said in qp("check", ".", "--lang", lang).out.replace("\xa0", " ")
    assert "anh" in answer.json["findings"][0]["hint"]


def test_the_own_id_of_a_shared_party_counts_where_it_lists_no_others(qp, beside):
    beside(parties=LONE)
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [("QP215", "parties.yaml", 3)])
    assert "ville" in answer.json["findings"][0]["hint"]


@pytest.mark.parametrize("paths", [["a"], ["a/convention.yaml"], ["b"]])
def test_nothing_is_said_of_ids_while_other_conventions_were_not_looked_at(qp, beside, paths):
    folder = beside(parties=MISTYPED)
    (folder / "c").mkdir()
    text = CONVENTION.format(id="est", name="ADH").replace("anh", "anh-2")
    (folder / "c" / "convention.yaml").write_text(text, "utf-8")
    assert found(qp("check", *paths, "--format", "json")) == []
    assert found(qp("check", "a", "b", "--format", "json")) == []
    assert found(qp("check", "parties.yaml", "--format", "json")) == [("QP215", "parties.yaml", 3)] * 2


def test_nothing_is_said_of_ids_while_a_convention_cannot_be_read(qp, beside):
    folder = beside(parties=MISTYPED)
    (folder / "b" / "convention.yaml").write_text("format: qp/1\nid: sud\n", "utf-8")
    assert "QP215" not in {code for code, _, _ in found(qp("check", ".", "--format", "json"))}


def test_a_convention_nearer_to_another_file_neither_counts_nor_is_waited_for(qp, beside):
    folder = beside(parties=MISTYPED.replace(", anh-2", ""))
    (folder / "c").mkdir()
    (folder / "c" / "convention.yaml").write_text(
        CONVENTION.format(id="est", name="ADH").replace("anh", "anx"), "utf-8"
    )
    (folder / "c" / "parties.yaml").write_text("format: qp/1\nparties: []\n", "utf-8")
    assert found(qp("check", ".", "--format", "json")) == [("QP215", "parties.yaml", 3)] * 2
    assert found(qp("check", "a", "b", "--format", "json")) == [("QP215", "parties.yaml", 3)] * 2


def test_it_is_found_again_when_nothing_was_read_again(qp, beside, tmp_path):
    beside(parties=MISTYPED)
    environ = {"QP_CACHE_DIR": str(tmp_path / "kept")}
    first, again = (qp("check", ".", "--format", "json", environ=environ) for _ in range(2))
    assert found(first) == [("QP215", "parties.yaml", 3)] * 3
    assert again.out == first.out


# --- one of them


@pytest.fixture
def three(beside):
    """One convention with an error, one with a warning, one with nothing."""
    folder = beside(names=("Agence du quai", "ADH"))
    (folder / "c").mkdir()
    text = CONVENTION.format(id="est", name="ADH").replace(
        "title: Convention est", "title: Convention de l'Est\nterritory: Grand Est"
    )
    (folder / "c" / "convention.yaml").write_text(
        text.replace("{on: 2022-06-01}", "{within: P1M, from: rien}"), "utf-8"
    )
    (folder / "d").mkdir()
    (folder / "d" / "convention.yaml").write_text("format: qp/1\nid: casse\ntitre: Cassée\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("names", "expected", "code"),
    [
        (["nord"], [("QP214", "a/convention.yaml")], 0),
        (["SUD"], [], 0),
        (["Convention sud"], [], 0),
        (["grand est"], [("QP202", "c/convention.yaml")], 1),
        (["nord", "est"], [("QP202", "c/convention.yaml"), ("QP214", "a/convention.yaml")], 1),
    ],
    ids=str,
)
@pytest.mark.usefixtures("three")
def test_one_convention_is_chosen_by_its_names_and_the_others_neither_show_nor_count(qp, names, expected, code):
    asked = [part for name in names for part in ("--convention", name)]
    answer = qp("check", *asked, ".", "--format", "json")
    assert (answer.code, answer.err) == (code, "")
    assert sorted({(each["code"], each["path"]) for each in answer.json["findings"]}) == expected
    assert answer.json["summary"]["files"] == len(names) + 1
    assert qp(*asked, "check", ".", "--format", "json").out == answer.out
    assert qp("check", *asked, ".", "--strict").code == (1 if expected else 0)


@pytest.mark.usefixtures("three")
def test_a_convention_that_cannot_be_read_is_chosen_by_the_id_it_writes(qp):
    answer = qp("check", "--convention", "casse", ".", "--format", "json")
    assert answer.code == 1
    assert {each["path"] for each in answer.json["findings"]} == {"d/convention.yaml"}


@pytest.mark.usefixtures("three")
def test_a_convention_that_nobody_knows_gets_the_nearest(qp):
    answer = qp("check", "--convention", "norr", ".")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "qp: No convention is called “norr”. Nearest: nord (Convention nord).\n"


def test_a_folder_that_cannot_be_opened_is_said_and_does_not_count_for_the_one_chosen(qp, three):
    (three / "d" / "convention.yaml").unlink()
    (three / "d" / "convention.yaml").symlink_to(three / "nowhere")
    answer = qp("check", "--convention", "sud", ".")
    assert (answer.code, answer.err.count("\n")) == (0, 1)
    assert qp("check", ".").code == 3


def test_only_the_one_chosen_is_put_right(qp, three):
    for folder in "ab":
        path = three / folder / "convention.yaml"
        path.write_text(
            path.read_text("utf-8").replace("id: ", "id:  ", 1).replace("\nparties:", "   \nparties:"), "utf-8"
        )
    other = (three / "b" / "convention.yaml").read_bytes()
    answer = qp("check", "--fix", "--convention", "nord", ".")
    assert "a/convention.yaml" in answer.err
    assert "b/convention.yaml" not in answer.err
    assert (three / "b" / "convention.yaml").read_bytes() == other


@pytest.mark.usefixtures("three")
def test_others_are_chosen_in_several_processes_too(qp):
    asked = ["check", "--convention", "est", ".", "--format", "json"]
    alone, together = (qp(*asked, environ={"QP_JOBS": jobs, "QP_NO_CACHE": "1"}) for jobs in "13")
    assert alone == together
