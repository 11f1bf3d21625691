"""`qp record` and `qp check` ask one rulebook: what the rules find of a journal, they find of its last fact in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from qp_cli.checks.new_facts import weigh, weigh_together
from qp_cli.checks.registry import RULES, examine
from qp_cli.store.repository import read_repository

SAMPLES = Path(__file__).with_name("samples")
REFUSED = {"QP201", "QP202", "QP203", "QP206", "QP207", "QP208", "QP211", "QP212", "QP223", "QP226", "QP227"}
REFUSED |= {"QP402", "QP403", "QP406", "QP407", "QP414", "QP415"}
REFUSED |= {"QP422", "QP423", "QP426", "QP428", "QP429", "QP430", "QP431"}
SAID = {
    "QP209",
    "QP401",
    "QP404",
    "QP405",
    "QP408",
    "QP409",
    "QP413",
    "QP416",
    "QP417",
    "QP418",
    "QP419",
    "QP421",
    "QP425",
    "QP432",
}
"""QP408 is in `test_record`: what is already cancelled is refused; a cancellation may itself be cancelled."""
OF_FILES = {"QP204", "QP205", "QP210", "QP213", "QP214", "QP215", "QP216", "QP217", "QP218", "QP219", "QP222", "QP229"}
"""They are about the convention, or those beside it."""
PROOFS = {"QP410", "QP411", "QP412"}
"""They are about files that the folder holds: `qp record` reads the one it is given."""


def journals():
    return {path.parent.parent.name: path for path in sorted(SAMPLES.glob("QP[24]*/bad/journal.yaml"))}


def test_each_rule_about_facts_is_refused_or_said():
    codes = {rule.code for rule in RULES if rule.code.startswith(("QP2", "QP4"))}
    assert codes == REFUSED | SAID | OF_FILES | PROOFS
    assert not REFUSED & SAID


@pytest.mark.parametrize("code", sorted(set(journals()) - PROOFS - OF_FILES - {"QP201", "QP203"}))
def test_what_check_finds_of_a_journal_weighing_finds_of_its_last_fact(code):
    repository = read_repository(SAMPLES / code / "bad")
    found = {str(finding.message) for finding in examine(repository) if finding.code == code}
    weighed = weigh(repository)
    if code in REFUSED:
        assert weighed.refusal is not None
        assert any(message in str(weighed.refusal) for message in found)
    else:
        assert weighed.refusal is None
        assert found & {str(message) for _, message in weighed.said}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("QP[24]*/good/journal.yaml")), ids=lambda path: path.parts[-3])
def test_what_check_finds_nothing_wrong_with_is_recorded_without_a_word(path):
    weighed = weigh(read_repository(path.parent))
    assert (weighed.refusal, weighed.said) == (None, ())


def test_what_was_found_before_is_not_said_again(tmp_path):
    for each in (SAMPLES / "QP407" / "bad").glob("*.yaml"):
        text = each.read_text("utf-8")
        if each.name == "journal.yaml":
            text += "  - {id: f-2, kind: fulfilled, engagement: plan, on: 2022-02-16}\n"
        (tmp_path / each.name).write_text(text, "utf-8")
    repository = read_repository(tmp_path)
    assert [finding.code for finding in examine(repository)] == ["QP407"]
    assert weigh(repository)[:2] == (None, ())


def test_a_cancellation_may_leave_another_fact_without_effect_and_says_which(tmp_path):
    (tmp_path / "convention.yaml").write_bytes((SAMPLES / "QP407" / "bad" / "convention.yaml").read_bytes())
    (tmp_path / "journal.yaml").write_text(
        "format: qp/1\nfacts:\n"
        "  - {id: f-1, kind: suspended, engagement: plan, on: 2022-02-01}\n"
        "  - {id: f-2, kind: resumed, engagement: plan, on: 2022-02-10}\n"
        "  - {id: f-3, kind: voided, fact: f-1, on: 2022-02-11}\n",
        "utf-8",
    )
    weighed = weigh(read_repository(tmp_path))
    assert weighed.refusal is None
    (said,) = [str(message) for _, message in weighed.said]
    assert said.startswith("already recorded: resumption of 2022-02-10 (f-2), which has no effect any more")


def test_an_avenant_that_takes_the_object_of_a_later_one_is_refused_and_names_it(tmp_path):
    (tmp_path / "convention.yaml").write_bytes((SAMPLES / "QP414" / "bad" / "convention.yaml").read_bytes())
    (tmp_path / "journal.yaml").write_text(
        "format: qp/1\nfacts:\n"
        "  - {id: f-1, kind: amended, title: Deux, on: 2022-03-02,\n"
        "     changes: [{change: extend, target: plan, by: P2M}]}\n"
        "  - {id: f-2, kind: amended, title: Un, on: 2022-03-01, changes: [{change: end, target: plan}]}\n",
        "utf-8",
    )
    refusal = str(weigh(read_repository(tmp_path)).refusal)
    known = "already recorded: avenant of 2022-03-02 (f-1), to which this one, of 2022-03-01, would leave nothing"
    assert refusal.startswith(f"This cannot be recorded: {known}")
    assert refusal.endswith("cancel it first: qp record voided f-1")


TOGETHER = """\
format: qp/1
id: essai
title: Essai
parties: [{id: ville, name: Ville}, {id: etat, name: État}]
engagements:
  - {id: plan, title: Plan, kind: one-off, debtors: [ville], due: {on: 2026-01-01}}
  - {id: suite, title: Suite, kind: one-off, debtors: [ville], due: {within: P6M, from: plan}}
"""
ALREADY = "format: qp/1\nfacts:\n  - {id: f-0, kind: fulfilled, engagement: plan, on: 2026-02-01}\n"


def together(folder, *new, before=ALREADY):
    (folder / "convention.yaml").write_text(TOGETHER, "utf-8")
    items = "".join(f"  - {{id: f-{number}, kind: fulfilled, {each}}}\n" for number, each in enumerate(new, 1))
    (folder / "journal.yaml").write_text(before + items, "utf-8")
    return weigh_together(read_repository(folder), len(new))


def test_of_facts_weighed_together_one_may_rest_on_another_in_any_order(tmp_path):
    new = ["engagement: suite, on: 2026-03-01", "engagement: plan, on: 2026-02-01"]
    for facts in (new, new[::-1]):
        found = together(tmp_path, *facts, before="format: qp/1\nfacts:\n")
        assert [each.refusal for each in found] == [None, None]


def test_of_facts_weighed_together_each_is_told_what_is_wrong_with_it_alone(tmp_path):
    right, again = "engagement: suite, on: 2026-03-01", "engagement: plan, on: 2026-03-02"
    found = together(tmp_path, right, "engagement: plan, by: etat, on: 2026-03-01", again)
    assert found[0].refusal is None
    assert found[0] == together(tmp_path, right)[0]
    assert "“État” owes nothing" in str(found[1].refusal)
    assert found[2].refusal is not None


def test_what_new_facts_make_idle_is_told_of_the_one_that_does(tmp_path):
    earlier, beside = "engagement: plan, on: 2026-01-15", "engagement: suite, on: 2026-03-01"
    found = together(tmp_path, beside, earlier)
    assert found[0].refusal is None
    assert "f-0" in str(found[1].refusal)
