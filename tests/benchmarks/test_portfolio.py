"""The made-up portfolio: the same for the same seed, sound for `qp check`, and plainly fictional."""

from __future__ import annotations

import json
import re

import pytest

SIZES = [(1, 10), (3, 40), (2, 200)]
KINDS_OF_FACT = {
    "amended", "breached", "fulfilled", "notified", "occurred", "resumed", "suspended", "triggered", "voided", "waived",
}  # fmt: skip
KINDS = {"continuing", "on-request", "one-off", "recurring"}
FORMS = {"on", "within", "at_the_latest", "at_least", "earliest_of", "latest_of", "every", "rrule"}


@pytest.fixture
def generate(script, tmp_path):
    """Writes a portfolio in a folder of its own and returns the folder."""

    def write(conventions, engagements, seed=1, name="portfolio"):
        script("generate").generate(tmp_path / name, conventions, engagements, seed)
        return tmp_path / name

    return write


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_the_same_seed_gives_the_same_bytes(generate):
    assert contents(generate(3, 30, name="first")) == contents(generate(3, 30, name="second"))


def test_another_seed_gives_another_portfolio(generate):
    assert contents(generate(1, 30, seed=1, name="first")) != contents(generate(1, 30, seed=2, name="second"))


def test_a_larger_portfolio_begins_with_the_smaller_one(generate):
    small, large = contents(generate(2, 20, name="small")), contents(generate(4, 20, name="large"))
    assert small.items() < large.items()


@pytest.mark.parametrize(("conventions", "engagements"), SIZES)
def test_qp_check_finds_no_error_in_it(generate, qp, conventions, engagements):
    folders = [str(folder) for folder in sorted(generate(conventions, engagements, seed=5).iterdir())]
    answer = qp("check", "--format", "json", *folders)
    found = json.loads(answer.out)
    assert [finding for finding in found["findings"] if finding["severity"] == "error"] == []
    assert found["summary"]["files"] == 3 * conventions
    assert answer.code == 0


def test_it_holds_every_kind_of_engagement_of_due_date_and_of_fact(generate):
    folder = generate(40, 100)
    conventions = "".join(path.read_text("utf-8") for path in folder.rglob("convention.yaml"))
    journals = "".join(path.read_text("utf-8") for path in folder.rglob("journal.yaml"))
    assert set(re.findall(r"^    kind: (\S+)$", conventions, re.MULTILINE)) == KINDS
    assert set(re.findall(r"\{(\w+): ", "\n".join(re.findall(r"due: .*", conventions)))) == FORMS
    assert "jours ouvrés" in conventions
    assert set(re.findall(r"^    kind: (\S+)$", journals, re.MULTILINE)) == KINDS_OF_FACT
    assert set(re.findall(r"change: (\w+)", journals)) == {"add", "debtors", "due", "end", "extend"}


def test_every_file_says_that_it_is_fictional(generate):
    folder = generate(2, 10)
    for text in contents(folder).values():
        assert text.decode().startswith("# Convention fictive")
    for path in folder.rglob("convention.yaml"):
        assert re.search(r"^territory: Territoire fictif \d{4} – ", path.read_text("utf-8"), re.MULTILINE)


def test_national_operators_have_one_id_in_every_convention(generate):
    for path in generate(3, 10).rglob("convention.yaml"):
        ids = set(re.findall(r"^  - id: (\S+)$", path.read_text("utf-8"), re.MULTILINE))
        assert {"anct", "anru", "banque-des-territoires", "bpifrance", "etat"} <= ids


def test_an_engagement_is_as_long_as_real_ones(generate):
    parts = [path.read_text("utf-8").split("\nengagements:\n")[1] for path in generate(5, 100).rglob("convention.yaml")]
    assert 250 <= sum(len(part.encode()) for part in parts) / 500 <= 350


def test_nothing_is_written_over(script, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    with pytest.raises(SystemExit):
        script("generate").options(["--output", str(tmp_path)])
    assert "nothing is overwritten" in capsys.readouterr().err
