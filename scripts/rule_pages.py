"""Writes a page a rule under docs/rules/, and their index, from the rules themselves.

python scripts/rule_pages.py          # writes them
python scripts/rule_pages.py --check  # says which are not in step, and exits with 1
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.checks.registry import RULES

if TYPE_CHECKING:
    from qp_cli.checks.rule import Rule

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
FAMILIES = {
    "QP0": ("The file", "How it is encoded and laid out. What the parser sees is what a reader sees."),
    "QP1": ("What may be written", "Keys and values that the schema knows."),
    "QP2": ("References", "Names that exist, dates that can be known. Nothing is computed while one is in error."),
    "QP3": (
        "The law",
        "What a careful reader notices in the text. Never an error; each can be silenced, with a reason.",
    ),
    "QP4": ("The journal", "Facts against the convention, and against one another."),
    "QP5": ("Good keeping", "What keeps a repository readable for years."),
}
HEADINGS = "| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n"
INTRODUCTION = """\
# The rules of `qp check`

Each finding bears the code of its rule; `qp check --explain QP304` prints the rule's page. No rule looks at today's
date: files that pass today pass for ever.

Whoever has read a finding of QP3xx to QP5xx and decided can silence it, and says why: in a comment on the line of the
finding, or alone on the line above it,

```yaml
due: {within: P6M, from: depart}   # qp: ignore[QP303] le report a été écarté en comité du 12 mai
```

or in the convention, for the thing of that id:

```yaml
ignore:
  - {code: QP303, at: plan, reason: le report a été écarté en comité du 12 mai}
```

These pages are written by `python scripts/rule_pages.py` from the rules' own descriptions.
"""


def index() -> str:
    """The table of all rules, by family."""
    parts = [INTRODUCTION]
    for family, (title, text) in FAMILIES.items():
        parts.append(f"\n## {family}xx – {title}\n\n{text}\n\n{HEADINGS}")
        parts += [
            f"| [{rule.code}]({rule.code}.md) | `{rule.name}` | {rule.severity.value} | {rule.summary} |\n"
            for rule in RULES
            if rule.code.startswith(family)
        ]
    return "".join(parts)


def page(rule: Rule) -> str:
    """A rule's page, under its code and name."""
    silence = f"; can be silenced with `# qp: ignore[{rule.code}] reason`" if rule.silenceable else ""
    return f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity.value}{silence}.\n\n{rule.page.rstrip()}\n"


def pages() -> dict[str, str]:
    """Every file of the folder, by name."""
    return {"README.md": index(), **{f"{rule.code}.md": page(rule) for rule in RULES}}


def out_of_step(folder: Path = FOLDER) -> list[str]:
    """The files that are missing, differ, or belong to no rule."""
    wanted = pages()
    kept = {path.name: path.read_text("utf-8") for path in folder.glob("*")} if folder.is_dir() else {}
    return sorted(name for name in wanted.keys() | kept.keys() if wanted.get(name) != kept.get(name))


def write(folder: Path = FOLDER) -> None:
    """Writes every page, and removes those that belong to no rule."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in out_of_step(folder):
        if name in pages():
            (folder / name).write_bytes(pages()[name].encode())
        else:
            (folder / name).unlink()


def main() -> int:
    """Writes the pages, or only compares them."""
    if "--check" in sys.argv[1:]:
        for name in (names := out_of_step()):
            print(f"docs/rules/{name} is not in step: run python scripts/rule_pages.py")
        return 1 if names else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
