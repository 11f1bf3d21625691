"""The pages under docs/rules/ are those of the rules, and nothing else lies there."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from qp_cli.checks.registry import RULES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rule_pages():
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "scripts" / "rule_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_in_step_with_the_rules(rule_pages):
    assert rule_pages.out_of_step() == [], "run python scripts/rule_pages.py"


def test_the_index_names_every_rule_with_what_it_finds():
    text = (ROOT / "docs" / "rules" / "README.md").read_text("utf-8")
    for rule in RULES:
        assert f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.severity.value} | {rule.summary} |" in text


@pytest.mark.parametrize("code", ["QP301", "QP306", "QP308"])
def test_a_formal_notice_puts_a_debtor_in_default_with_or_without_a_date(qp, code):
    """C. civ. art. 1231 and 1344: the notice does not stand in for a date, and a duty without one can be invoked."""
    english = " ".join(qp("check", "--explain", code).out.split())
    french = " ".join(qp("--lang", "fr", "check", "--explain", code).out.split())
    assert "1344" in english
    assert "formal notice" in english
    assert "mise en demeure" in french
    for words in ("without a date, a debtor is late", "late only once", "nothing to point to", "held against a debtor"):
        assert words not in english
    for words in ("à défaut de date", "opposable", "soit opposée", "ne peut rien invoquer"):
        assert words not in french


@pytest.mark.parametrize("code", ["QP306", "QP308"])
def test_what_lacks_is_a_date_and_the_duty_stands(qp, code):
    assert "The duty stands" in " ".join(qp("check", "--explain", code).out.split())
    assert "L'obligation demeure" in " ".join(qp("--lang", "fr", "check", "--explain", code).out.split())


def test_a_page_that_is_missing_changed_or_left_over_is_seen_and_put_right(rule_pages, tmp_path):
    rule_pages.write(tmp_path)
    assert rule_pages.out_of_step(tmp_path) == []
    (tmp_path / "QP999.md").write_text("left over", "utf-8")
    (tmp_path / "QP001.md").write_text("changed", "utf-8")
    (tmp_path / "QP002.md").unlink()
    assert rule_pages.out_of_step(tmp_path) == ["QP001.md", "QP002.md", "QP999.md"]
    rule_pages.write(tmp_path)
    assert rule_pages.out_of_step(tmp_path) == []
