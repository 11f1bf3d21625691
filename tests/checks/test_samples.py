"""A good and a bad sample of every code: what `qp check` says of the bad one, word for word, in both languages.

The samples lie under `samples/QPxxx/`. A change of an answer shows up here as a difference to be read. Once read and
wanted: `pytest tests/checks/test_samples.py --update-golden`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qp_cli.app.examining import Vicinity
from qp_cli.checks.registry import RULES, examine
from qp_cli.findings import Severity
from qp_cli.store.portfolio import parties_near
from qp_cli.store.repository import read_repository

SAMPLES = Path(__file__).with_name("samples")
UNREACHABLE = {"QP014", "QP100", "QP213", "QP215", *(rule.code for rule in RULES if rule.code > "QP600")}
"""QP100 stands for what Pydantic may say one day; the others are about what is beside, see test_neighbours.py, or about
what was: see tests/cli/test_against.py."""
CODES = [rule.code for rule in RULES if rule.code not in UNREACHABLE]
LONG = 100_001
"""The characters that `{long}` stands for, in the sample of a value that is too long."""


@pytest.fixture
def sample(tmp_path):
    """A sample's folder, with what is too long to be kept written out."""

    def find(code, kind):
        folder = SAMPLES / code / kind
        text = folder / "convention.yaml"
        if code != "QP012" or kind == "good":
            return folder
        shutil.copytree(folder, tmp_path / kind)
        (tmp_path / kind / text.name).write_text(text.read_text("utf-8").replace("{long}", "x" * LONG), "utf-8")
        return tmp_path / kind

    return find


def found(folder):
    """The findings of a sample, beside the parties it shares."""
    return examine(read_repository(folder), Vicinity().parties(parties_near(folder)))


def test_every_code_has_its_samples_and_no_other_folder_is_kept():
    assert {path.name for path in SAMPLES.iterdir()} == set(CODES)
    names = {"good", "bad", "bad.en.txt", "bad.fr.txt"}
    assert {path.parent.name for path in SAMPLES.glob("*/*") if path.name not in names} == set()


@pytest.mark.parametrize("code", CODES)
def test_the_good_sample_has_nothing_wrong(sample, code):
    assert [(each.code, str(each.message)) for each in found(sample(code, "good"))] == []


@pytest.mark.parametrize("code", CODES)
def test_the_bad_sample_has_what_the_rule_finds_and_nothing_else(sample, code):
    assert {each.code for each in found(sample(code, "bad"))} == {code}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_what_is_said_of_the_bad_sample_is_what_was_read_and_kept(qp, sample, monkeypatch, request, code, language):
    folder = sample(code, "bad")
    monkeypatch.chdir(folder)
    answer = qp("check", "--data", ".", "--lang", language)
    errors = [each for each in found(folder) if each.severity is Severity.ERROR]
    assert (answer.code, answer.err) == (1 if errors else 0, "")
    kept = SAMPLES / code / f"bad.{language}.txt"
    if request.config.getoption("--update-golden"):
        kept.write_bytes(answer.out.encode())
    assert kept.exists(), "write it with --update-golden"
    assert answer.out == kept.read_bytes().decode()
