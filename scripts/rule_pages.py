"""Keeps what docs/rules/ and docs/regles/ take from the rules in step: heads of pages, tables of the indexes.

python scripts/rule_pages.py          # writes them; a rule without a page gets its headings, to be filled in
python scripts/rule_pages.py --check  # says which are not in step, and exits with 1

Everything else in these documents is written by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.registry import RULES
from qp_cli.render.findings.rule_pages import FOLDERS, blocks
from qp_cli.render.findings.text import SEVERITIES
from qp_cli.render.language import Language

if TYPE_CHECKING:
    from qp_cli.checks.rule import CheckRule
    from qp_cli.render.language import Code

DOCS = Path(__file__).resolve().parents[1] / "docs"


class Words(NamedTuple):
    """What the documents of a language say by themselves.

    Attributes:
        severity: what a finding weighs.
        silence: how it is silenced.
        other: the code of the other language, and the link to its page.
        headings: the sections of every page, in their order; a source may follow.
    """

    severity: str
    silence: str
    other: tuple[Code, str]
    headings: tuple[str, ...]


WORDS: dict[Code, Words] = {
    "en": Words(
        "Severity: {severity}",
        "; can be silenced with `# qp: ignore[{code}] reason`",
        ("fr", "En français"),
        ("What it does", "Why it matters", "Example", "Write instead"),
    ),
    "fr": Words(
        "Gravité\u00a0: {severity}",
        "\u00a0; le constat peut être écarté avec `# qp: ignore[{code}] la raison`",
        ("en", "In English"),
        ("Ce que fait la règle", "Pourquoi", "Exemple", "À écrire"),
    ),
}


def head(rule: CheckRule, code: Code) -> str:
    """The title of a page, what the rule weighs, and the way to the other language."""
    words = WORDS[code]
    weight = words.severity.format(severity=severity(rule, code))
    if rule.suppressible:
        weight += words.silence.format(code=rule.code)
    other, link = words.other
    return f"# {rule.code} {rule.name}\n\n{weight}. [{link}](../{FOLDERS[other]}/{rule.code}.md)\n\n"


def severity(rule: CheckRule, code: Code) -> str:
    """What a finding of the rule weighs, in the words of the language."""
    return rule.severity.value if code == "en" else Language(code).text(SEVERITIES[rule.severity])


def page(rule: CheckRule, code: Code, kept: str) -> str:
    """A page as it is kept, under the head that the rule gives it; headings alone where there is none."""
    body = kept.split("\n\n", 2)[2:] or ["".join(f"## {heading}\n\n" for heading in WORDS[code].headings)]
    return head(rule, code) + body[0].rstrip() + "\n"


def index(code: Code, kept: str, pages: dict[str, str]) -> str:
    """An index as it is kept, with the tables that the rules and their pages give it."""
    lines: list[str] = []
    family = ""
    for line in kept.splitlines():
        if line.startswith("## QP"):
            family = line.removeprefix("## ")[:3]
        if not line.startswith("| [QP"):
            lines.append(line)
        if line.startswith("| ---"):
            lines += [row(rule, code, pages) for rule in RULES if rule.code.startswith(family)]
    return "".join(f"{line}\n" for line in lines)


def row(rule: CheckRule, code: Code, pages: dict[str, str]) -> str:
    """A rule's line in the index; what it finds is the first paragraph of its page."""
    _, _, summary, *_ = blocks(pages[f"{rule.code}.md"])
    return f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {severity(rule, code)} | {summary} |"


def documents(folder: Path, code: Code) -> dict[str, str]:
    """Every document of a language as it should be, by name."""
    kept = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    pages = {f"{rule.code}.md": page(rule, code, kept.get(f"{rule.code}.md", "")) for rule in RULES}
    return {"README.md": index(code, kept.get("README.md", ""), pages), **pages}


def out_of_step(docs: Path = DOCS) -> list[str]:
    """The documents that are missing, differ from what the rules say, or belong to no rule."""
    found = []
    for code, name in FOLDERS.items():
        wanted = documents(docs / name, code)
        kept = {path.name: path.read_text("utf-8") for path in (docs / name).glob("*")}
        found += [f"{name}/{each}" for each in wanted.keys() | kept.keys() if wanted.get(each) != kept.get(each)]
    return sorted(found)


def write(docs: Path = DOCS) -> None:
    """Writes the documents that are missing or differ; one that belongs to no rule is for its author to move."""
    for code, name in FOLDERS.items():
        for each, text in documents(docs / name, code).items():
            (docs / name / each).write_bytes(text.encode())


def main() -> int:
    """Writes the documents, or only compares them."""
    if "--check" not in sys.argv[1:]:
        write()
    for name in (names := out_of_step()):
        print(f"docs/{name} is not in step with the rules")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
