"""The rules as people read them: a line in a list, a page for one of them."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.render.notices import SEVERITIES
from qp_cli.render.pages import put_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.checks.rule import Rule
    from qp_cli.messages import Message
    from qp_cli.render.language import Language

FAMILIES: dict[str, Message] = {
    "QP0": msg("The file"),
    "QP1": msg("What may be written"),
    "QP2": msg("References"),
    "QP3": msg("The law"),
    "QP4": msg("The journal"),
    "QP5": msg("Good keeping"),
}
_MARGIN = 17
_NARROWEST = 40


class RulePage(NamedTuple):
    """What is said of a rule.

    Attributes:
        code: its code.
        name: its short name.
        severity: how much its findings weigh.
        page: what it does and why, in the reader's language; its first line says it shortly.
        silenceable: whether a finding can be silenced where it stands.
        blocking: whether nothing can be computed while it finds something.
    """

    code: str
    name: str
    severity: Severity
    page: str
    silenceable: bool
    blocking: bool

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


def _page(rule: Rule, language: Language) -> RulePage:
    blocking = rule.blocking and rule.severity is Severity.ERROR
    return RulePage(rule.code, rule.name, rule.severity, put_into(rule.page, language), rule.silenceable, blocking)


def rule_url(_code: str) -> str | None:
    """Where a rule's page is published; nowhere yet."""
    return None


def write_page(rule: RulePage, language: Language) -> str:
    """A rule's whole page under its code."""
    severity = language.text(SEVERITIES[rule.severity])
    if rule.silenceable:
        note = language.text(msg("can be silenced with a reason: # qp: ignore[{code}] reason", code=rule.code))
        severity = language.joined((severity, note))
    return f"{rule.code} {rule.name} ({severity})\n\n{rule.page.rstrip()}\n"


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
                "silenceable": rule.silenceable,
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
