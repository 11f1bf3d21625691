"""The documents under docs/rules/ and docs/regles/: a page a rule, the same sections, in step with the rules."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qp_cli.checks.registry import RULES
from qp_cli.render.findings.rule_pages import FOLDERS, blocks, find_page, rule_pages
from qp_cli.render.language import Language

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(path for name in FOLDERS.values() for path in (ROOT / "docs" / name).glob("*"))
LINK = re.compile(r"\]\(([^)]+)\)")
PAGE = """\
A short
sentence.
## What it does
Looks
  at it.

- one
  and more
- two
```yaml
a: b

# c
```
End.
"""


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "scripts" / "rule_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path):
    for name in FOLDERS.values():
        shutil.copytree(ROOT / "docs" / name, tmp_path / name)
    return tmp_path


def test_the_documents_are_in_step_with_the_rules(script):
    assert script.out_of_step() == [], "run python scripts/rule_pages.py"


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_page_has_the_sections_of_all_and_none_is_empty(script, code, language):
    page = find_page(code, Language(language))
    summary, *found = blocks(page.page)
    assert page.summary == " ".join(summary.split())
    assert re.fullmatch(r"[^#`\n][^\n]+\.", summary)
    headings = [each for each in found if each.startswith("#")]
    wanted = [f"## {heading}" for heading in script.WORDS[language].headings]
    assert headings in (wanted, [*wanted, "## Source"])
    assert not [each for each, after in zip(found, [*found[1:], "#"], strict=True) if each[0] == after[0] == "#"]
    assert page.page.count("```") % 2 == 0
    assert not code.startswith("QP3") or "## Source" in headings


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_both_languages_give_a_source_or_neither(code):
    assert len({"\n## Source\n" in find_page(code, Language(language)).page for language in FOLDERS}) == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_a_page(path):
    text = path.read_text("utf-8")
    near = [target for target in LINK.findall(text) if "://" not in target]
    assert [target for target in near if not (path.parent / target).is_file()] == []
    assert near, "each leads to the other language at least"


@pytest.mark.parametrize("language", FOLDERS)
def test_an_index_names_every_rule_with_what_it_finds(language):
    text = (ROOT / "docs" / FOLDERS[language] / "README.md").read_text("utf-8")
    for page in rule_pages(Language(language)):
        (row,) = re.findall(rf"^\| \[{page.code}\]\({page.code}\.md\) \| .*$", text, re.MULTILINE)
        assert row.split(" | ")[1] == f"`{page.name}`"
        assert " ".join(row.split()).endswith(f"| {page.summary} |")


def test_a_page_is_read_as_markdown_is():
    found = [
        "A short sentence.",
        "## What it does",
        "Looks at it.",
        "- one and more\n- two",
        "```yaml\na: b\n\n# c\n```",
        "End.",
    ]
    assert list(blocks(PAGE)) == found
    assert list(blocks("une\u00a0: deux\n\u00ab\u00a0trois\u00a0\u00bb\n")) == [
        "une\u00a0: deux \u00ab\u00a0trois\u00a0\u00bb"
    ]


@pytest.mark.parametrize("arguments", [["rules"], ["check", "--explain", "QP304"]], ids=" ".join)
def test_without_docstrings_the_rules_have_their_pages(outside, clean_environ, arguments):
    told = [
        subprocess.run(
            [sys.executable, "-m", "qp_cli", *arguments],
            cwd=outside,
            env=clean_environ(PYTHONOPTIMIZE=level),
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for level in ("", "2")
    ]
    assert told[0] == told[1]
    assert len(told[0].splitlines()) > 20


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


def test_a_head_that_is_changed_a_page_that_is_missing_and_one_left_over_are_seen(script, copy):
    assert script.out_of_step(copy) == []
    page = copy / "regles" / "QP001.md"
    page.write_text(page.read_text("utf-8").replace("erreur", "avertissement"), "utf-8")
    (copy / "rules" / "QP999.md").write_text("left over", "utf-8")
    (copy / "rules" / "QP002.md").unlink()
    assert {"regles/QP001.md", "rules/QP002.md", "rules/QP999.md"} <= {*script.out_of_step(copy)}
    script.write(copy)
    assert script.out_of_step(copy) == ["rules/QP999.md"], "what belongs to no rule is left to its author"
    headings = [f"## {heading}" for heading in script.WORDS["en"].headings]
    assert list(blocks((copy / "rules" / "QP002.md").read_text("utf-8")))[2:] == headings


def test_what_people_wrote_is_left_as_it_is_and_the_index_follows_it(script, copy):
    page = copy / "regles" / "QP002.md"
    page.write_text(page.read_text("utf-8").replace("Un texte qui n'est pas du YAML.", "Un texte\nillisible."), "utf-8")
    before = page.read_bytes()
    assert script.out_of_step(copy) == ["regles/README.md"]
    script.write(copy)
    assert page.read_bytes() == before
    assert "| Un texte illisible. |" in (copy / "regles" / "README.md").read_text("utf-8")
