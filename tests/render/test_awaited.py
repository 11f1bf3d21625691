"""What a date waits for is said by its title on every screen; the formats for machines keep its id."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from tests.conftest import ROOT

TITLE = "soumission d'une proposition par l'intercommunalité"
SCREENS = {
    "deadlines": ["deadlines", "--format", "md"],
    "show": ["show", "instruction-projets"],
    "timeline": ["timeline"],
    "timeline-md": ["timeline", "--format", "md"],
    "report": ["report"],
    "export-md": ["export", "md"],
}


def flat(text):
    return " ".join(unescape(text).replace("\\", "").split())


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("name", SCREENS)
def test_a_request_that_is_awaited_is_called_by_its_title(qp, name):
    arguments = SCREENS[name]
    answer = qp("--lang", "fr", *arguments)
    assert answer.code == 0, answer.err
    said = flat(answer.out)
    assert f"attend : {TITLE}" in said
    assert not re.search(r"attend\W+proposition-soumise", said)


@pytest.mark.usefixtures("outside")
def test_the_workbook_says_it_too(qp, tmp_path):
    path = tmp_path / "classeur.xlsx"
    assert qp("--lang", "fr", "export", "xlsx", "--output", str(path)).code == 0
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert TITLE in values
    assert "proposition-soumise" not in values


def test_of_several_conventions_each_calls_it_as_its_own_text_does(qp, tmp_path):
    text = (ROOT / "data" / "convention.yaml").read_text("utf-8")
    other = text.replace("id: quartiers-productifs-amp", "id: autre").replace("Soumission d'une", "Dépôt de la")
    for name, written in (("amp", text), ("autre", other)):
        folder = tmp_path / name / "data"
        folder.mkdir(parents=True)
        (folder / "convention.yaml").write_text(written, "utf-8")
    for form in ("table", "md"):
        said = flat(qp("--data", str(tmp_path), "--lang", "fr", "deadlines", "--format", form).out)
        assert f"attend : {TITLE}" in said
        assert "attend : dépôt de la proposition par l'intercommunalité" in said


@pytest.mark.usefixtures("outside")
def test_a_machine_gets_the_id(qp):
    found = qp("deadlines", "--format", "json").json["obligations"]
    assert {one["waiting_for"] for one in found} == {None, "proposition-soumise", "action-approuvee"}


def test_a_term_says_what_it_waits_for_by_its_title(qp, repository, small):
    events = [{"id": "signature", "title": "Signature de la Convention"}]
    term = {"clause": "art. 9", "due": {"within": "P24M", "from": "signature"}}
    folder = str(repository(small(events=events, term=term)))
    words = "pas encore de date, attend\u00a0: signature de la Convention"
    assert f"Terme (art. 9)\u00a0: {words}\n" in qp("--data", folder, "--lang", "fr", "status").out
    assert f"{words[0].upper()}{words[1:]}\n" in qp("--data", folder, "--lang", "fr", "show", "terme").out
