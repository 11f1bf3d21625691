"""What is kept of a convention once it was examined, so that a portfolio of any size fits in memory."""

from __future__ import annotations

import gc
import json
from pathlib import Path

from qp_cli.app.examining import Folder, examine_folder
from qp_cli.store.cache import Cache

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"


def test_the_lines_kept_are_those_that_findings_and_the_id_begin_on():
    examined = examine_folder(Folder(NEIGHBOUR, Path("ici")), (), Cache(None))
    written = (NEIGHBOUR / "convention.yaml").read_text("utf-8").split("\n")
    numbers = {each.span.line for each in examined.findings if each.span.path == "ici/convention.yaml"}
    assert numbers
    assert examined.place
    assert examined.lines["ici/convention.yaml"] == {
        number: written[number - 1] for number in sorted({*numbers, examined.place.line})
    }


def test_an_examined_convention_leaves_nothing_for_the_collector():
    folder = Folder(NEIGHBOUR, NEIGHBOUR)
    examine_folder(folder, (), Cache(None))
    gc.collect()
    gc.disable()
    try:
        examine_folder(folder, (), Cache(None))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_check_of_many_conventions_shows_the_lines_that_a_check_of_one_shows(qp, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for file in NEIGHBOUR.iterdir():
            if file.is_file():
                (tmp_path / name / file.name).write_bytes(file.read_bytes())
    alone = json.loads(qp("check", str(tmp_path / "a"), "--format", "gitlab").out)
    both = json.loads(qp("check", str(tmp_path), "--format", "gitlab").out)
    prints = [each["description"] for each in both if "/a/" in each["location"]["path"]]
    assert prints == [each["description"] for each in alone]
