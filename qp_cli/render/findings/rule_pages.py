"""The rules as people read them: a line in a list, a page for one of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.findings.text import SEVERITIES
from qp_cli.version import ADDRESS, __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from qp_cli.checks.rule import CheckRule
    from qp_cli.findings import Severity
    from qp_cli.messages import Message
    from qp_cli.render.language import Code, Language

FAMILIES: dict[str, Message] = {
    "QP0": msg("The file"),
    "QP1": msg("What may be written"),
    "QP2": msg("References"),
    "QP3": msg("The law"),
    "QP4": msg("The journal"),
    "QP5": msg("Good keeping"),
    "QP6": msg("What was recorded"),
}
FOLDERS: dict[Code, str] = {"en": "rules", "fr": "regles"}
"""Where the documents of each language lie, below `docs/`; the wheel carries them."""
_HEAD = 2  # blocks of a document above the page itself: its title, and the line that says what it weighs
_EXAMPLE = re.compile(r"^(```.*?^```)$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+ .*)$", re.MULTILINE)
_FOLD = re.compile(r" *\n(?! *(?:[-*+]|\d+[.)]) ) *")
"""Where a paragraph goes on, or an item of a list; not where an item begins."""
_LEAD = re.compile("[ -]*")
_COMMENT = re.compile(r"(?:^|(?<= ))(# .*)$")
_MARGIN = 17
_NARROWEST = 40


class RulePage(NamedTuple):
    """What is said of a rule.

    Attributes:
        code: its code.
        name: its short name.
        severity: how much its findings weigh.
        silenceable: whether a finding can be silenced where it stands.
        blocking: whether nothing can be computed while it finds something.
        language: the reader's.
    """

    code: str
    name: str
    severity: Severity
    suppressible: bool
    blocking: bool
    language: Code

    @property
    def page(self) -> str:
        """What it does and why, in the reader's language, read when it is asked for."""
        return _read(self.code, self.language)

    @property
    def summary(self) -> str:
        """The first sentence of the page, on one line."""
        return " ".join(self.page.partition("\n\n")[0].split())


def rule_pages(language: Language) -> tuple[RulePage, ...]:
    """What is said of each rule, in the order of the codes."""
    from qp_cli.checks.registry import RULES

    return tuple(_page(rule, language) for rule in RULES)


def find_page(code: str, language: Language) -> RulePage:
    """What is said of one rule.

    Raises:
        UsageError: no rule has that code.
    """
    from qp_cli.checks.registry import find_rule

    return _page(find_rule(code), language)


def _page(rule: CheckRule, language: Language) -> RulePage:
    return RulePage(rule.code, rule.name, rule.severity, rule.suppressible, rule.stops, language.code)


@cache
def _read(code: str, language: Code) -> str:
    """The page in a rule's document, without what stands above it."""
    text = _documents().joinpath(FOLDERS[language], f"{code}.md").read_text("utf-8")
    return "\n\n".join(list(blocks(text))[_HEAD:])


def _documents() -> Traversable:
    """The folder of the documents: inside the package, else beside it in a source tree."""
    from importlib.resources import files

    inside = files("qp_cli").joinpath("docs")
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "docs"


def blocks(text: str) -> Iterator[str]:
    """The headings, paragraphs, lists and examples of a document: a paragraph on one line, an example as it is."""
    for rank, part in enumerate(_EXAMPLE.split(text)):
        if rank % 2:
            yield part
        else:
            apart = _HEADING.sub(r"\n\1\n", part)
            yield from (_FOLD.sub(" ", block) for block in re.split(r"\n\s*\n", apart.strip()) if block)


def rule_url(code: str) -> str | None:
    """Where a rule's page is published, as this version has it; None as long as the project has no address."""
    return f"{ADDRESS}/blob/v{__version__}/docs/rules/{code}.md" if ADDRESS else None


def write_page(rule: RulePage, language: Language) -> str:
    """A rule's whole page under its code."""
    severity = language.text(SEVERITIES[rule.severity])
    if rule.suppressible:
        note = language.text(msg("can be silenced with a reason: # qp: ignore[{code}] reason", code=rule.code))
        severity = language.joined((severity, note))
    return f"{rule.code} {rule.name} ({severity})\n\n{rule.page.rstrip()}\n"


def fold_page(page: str, width: int) -> str:
    """A page within a width; an example still says the same, and a comment that silences is left on its line."""
    from qp_cli.render.layout import fold

    lines: list[str] = []
    in_example = False
    for line in page.splitlines():
        in_example ^= line.startswith("```")
        lines += _fold_example(line, width) if in_example else fold(f"{line}\n", width).splitlines()
    return "".join(f"{line}\n" for line in lines)


def _fold_example(line: str, width: int) -> list[str]:
    """A line of YAML as lines that say the same: its comment above it, what goes on further in than its key."""
    from textwrap import wrap

    if len(line) <= width or "# qp:" in line:
        return [line]
    indent, rest = _LEAD.match(line)[0], line  # type: ignore[index]  # it matches anything
    lines: list[str] = []
    if found := _COMMENT.search(line):
        margin = " " * (len(line) - len(line.lstrip(" ")))
        words = found[1].removeprefix("# ")
        lines = wrap(words, width, initial_indent=f"{margin}# ", subsequent_indent=f"{margin}# ")
        rest = line[: found.start()].rstrip()
    further = " " * (len(indent) + 2)
    joined = rest.replace(": ", ":\0")  # a key stays with its value
    folded = wrap(joined, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)
    return lines + [each.replace("\0", " ") for each in folded]


def write_rules(rules: Sequence[RulePage], language: Language, width: int) -> str:
    """Every rule on a line: code, severity, what it looks for; by family."""
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            title = FAMILIES.get(family)
            lines += [*([""] if lines else []), f"{family} {language.text(title)}" if title else family]
        head = f"{rule.code}  {language.text(SEVERITIES[rule.severity])}"
        text = f"  {head:<{_MARGIN + 4}}  {rule.summary}"
        lines.append(fill(text, max(width, _NARROWEST), subsequent_indent=" " * (_MARGIN + 8), break_long_words=False))
    return "".join(f"{line}\n" for line in lines)


def rules_record(rules: Sequence[RulePage]) -> dict[str, object]:
    """Every rule, for JSON."""
    return {
        "schema": "qp/1",
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity.value,
                "silenceable": rule.suppressible,
                "blocking": rule.blocking,
                "summary": rule.summary,
                "page": rule.page,
                "rule_url": rule_url(rule.code),
            }
            for rule in rules
        ],
    }


def rules_rows(rules: Sequence[RulePage], language: Language) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a Markdown table."""
    headings = [language.text(each) for each in (msg("Code"), msg("Severity"), msg("What it looks for"))]
    return headings, [[rule.code, language.text(SEVERITIES[rule.severity]), rule.summary] for rule in rules]
