"""The list of rules: codes, names, and what a reading command does without."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qp_cli.checks.blocking import REFERENCES, blocking_findings
from qp_cli.checks.registry import RULES, examine, find_rule
from qp_cli.errors import UsageError
from qp_cli.findings import Severity
from qp_cli.store.repository import read_repository

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ("QP0", "QP1", "QP2", "QP3", "QP4", "QP5", "QP6")
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_codes_and_names_are_unique_and_in_order():
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {code[:3] for code in codes} == set(FAMILIES)


def test_every_code_that_reading_gives_is_a_rule():
    written = set()
    for path in (ROOT / "qp_cli" / "store").rglob("*.py"):
        written |= set(re.findall(r'"(QP\d{3})"', path.read_text("utf-8")))
    assert written == {rule.code for rule in RULES if rule.code < "QP200"}


@every_rule
def test_a_rule_is_named_in_kebab_case_and_its_function_says_in_one_line_what_it_finds(rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|[a-z]+", rule.name)
    assert re.fullmatch(r"[^\n]+\.", rule.see.__doc__)


@every_rule
def test_errors_of_the_first_families_block_and_only_the_others_can_be_silenced(rule):
    assert rule.blocking is (rule.code < "QP300")
    assert rule.suppressible is ("QP300" < rule.code < "QP600" and rule.code not in {"QP505", "QP506"})


def test_the_law_gives_no_errors():
    assert {rule.severity for rule in RULES if rule.code.startswith("QP3")} <= {Severity.WARNING, Severity.INFO}


@pytest.mark.parametrize("code", ["QP304", "qp304", " Qp304 "])
def test_a_rule_is_found_by_its_code_in_capitals_or_not(code):
    assert find_rule(code).name == "several-readings"


def test_an_unknown_code_gets_the_nearest():
    with pytest.raises(UsageError, match="QP999"):
        find_rule("QP999")
    with pytest.raises(UsageError, match="QP304"):
        find_rule("QP3O4")


def test_what_blocks_is_a_part_of_everything():
    for folder in ("data", "tests/conventions/neighbour", "tests/checks/samples/QP202/bad"):
        repository = read_repository(ROOT / folder)
        everything = examine(repository)
        assert blocking_findings(repository) == [each for each in everything if each.code < "QP300"]


def test_what_blocks_brings_no_rule_of_the_other_families_along():
    script = "import sys, qp_cli.checks.blocking; print(*[name for name in sys.modules if 'qp_cli.checks' in name])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    mine = {rule.see.__module__ for rule in RULES if rule not in REFERENCES} - {
        rule.see.__module__ for rule in REFERENCES
    }
    assert mine
    assert not mine & set(done.stdout.split())
