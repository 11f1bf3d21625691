"""Conventions of one territory, found without reading them."""

from __future__ import annotations

from qp_cli.store.portfolio import Namesakes, namesakes


def found(tmp_path, *texts):
    folders = []
    for number, text in enumerate(texts):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "convention.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        folders.append(folder)
    by_title, by_id = namesakes(folders)
    return sorted(int(each.name) for each in by_title), sorted(int(each.name) for each in by_id)


def test_those_of_one_territory_are_told_apart_by_title_else_by_id(tmp_path):
    texts = (
        "territory: Nord\ntitle: Contrat\n",
        "title: 'Contrat'\r\nterritory: \"Nord\"\r\n",
        "territory: Nord\ntitle: Pacte\n",
        "territory: Sud\ntitle: Contrat\n",
        "title: Contrat\n",
        "title: Contrat\n",
    )
    assert found(tmp_path, *texts) == ([2], [0, 1])


def test_the_same_convention_in_two_folders_is_not_its_own_namesake(tmp_path):
    text = "id: contrat\nterritory: Nord\ntitle: Contrat\n"
    assert found(tmp_path, text, text, "id: autre\nterritory: Sud\n") == ([], [])


def test_what_is_no_key_of_the_file_is_no_territory(tmp_path):
    assert found(tmp_path, "territory: Nord\n", "a:\n  territory: Nord\n# territory: Nord\n", b"territory: \xff\n") == (
        [],
        [],
    )


def test_a_file_that_cannot_be_read_is_nobodys_namesake(tmp_path):
    assert namesakes([tmp_path / "absent", tmp_path]) == Namesakes()
