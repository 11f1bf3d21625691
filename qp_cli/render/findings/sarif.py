"""Findings as a SARIF 2.1.0 log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.render.findings.gitlab import fingerprinted
from qp_cli.render.findings.rule_pages import rule_url
from qp_cli.render.visible import quiet
from qp_cli.version import ADDRESS, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Finding, Related, Span
    from qp_cli.render.findings.rule_pages import RulePage
    from qp_cli.render.language import Language

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"\](?=\()|\[(?=[^\[\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def write_sarif(checked: Checked, rules: Sequence[RulePage], language: Language) -> str:
    """The log, in ASCII: whatever console it goes through, what arrives is JSON in UTF-8."""
    import json

    described = [_rule(rule) for rule in rules]
    known = {rule.code: number for number, rule in enumerate(rules)}
    for code in dict.fromkeys(finding.code for finding in checked.findings):
        if code not in known:
            known[code] = len(described)
            described.append({"id": code})
    results = [_result(finding, known, language, fingerprint) for finding, fingerprint in fingerprinted(checked)]
    driver = {"name": "qp", "semanticVersion": __version__, "rules": described}
    if ADDRESS:
        driver["informationUri"] = ADDRESS
    run = {
        "tool": {"driver": driver},
        "language": language.code,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not checked.left_out}],
        "results": results,
    }
    return quiet(json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)) + "\n"


def _rule(rule: RulePage) -> dict[str, object]:
    described: dict[str, object] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": literal(rule.summary)},
        "fullDescription": {"text": literal(rule.summary)},
        "help": {"text": literal(rule.page), "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if url := rule_url(rule.code):
        described["helpUri"] = url
    return described


def _result(finding: Finding, known: dict[str, int], language: Language, fingerprint: str) -> dict[str, object]:
    text = language.text(finding.message)
    if finding.hint:
        text += f"\n→ {language.text(finding.hint)}"
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": known[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": literal(text)},
        "locations": [{"physicalLocation": _location(finding.span)}],
        "partialFingerprints": {"qp/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_related(number, each, language) for number, each in enumerate(finding.related)]
    return result


def _related(number: int, related: Related, language: Language) -> dict[str, object]:
    return {
        "id": number,
        "physicalLocation": _location(related.span),
        "message": {"text": literal(language.text(related.message))},
    }


def _location(span: Span) -> dict[str, object]:
    """A place: columns in characters, the end excluded, as in a span."""
    return {
        "artifactLocation": {"uri": uri(span.path)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def uri(path: str) -> str:
    """A path as a URI: relative to the root of the source tree, or of the file scheme when it is outside."""
    from urllib.parse import quote

    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(path.encode(errors="surrogatepass"), safe="/")


def literal(text: str) -> str:
    """A text that SARIF's viewers make no link of, and in which they look for no argument."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(lambda found: "\\" + found[0], text))
