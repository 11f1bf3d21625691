"""Findings as a JUnit report: a suite a file, a case a finding."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from qp_cli.render.findings.text import SEVERITIES
from qp_cli.render.visible import quiet, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Finding
    from qp_cli.render.language import Language

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(checked: Checked, language: Language) -> str:
    """The report, in ASCII: what makes the check fail is a failure, the rest a case that passes and says why."""
    cases: dict[str, list[tuple[Finding, str]]] = {path: [] for path in checked.files}

    def key(finding: Finding) -> str:
        return f"{finding.span.path}\0{finding.code}: {language.text(finding.message)}"

    for finding, name, earlier in checked.numbered(key):
        title = name.partition("\0")[2] + (f" ({earlier + 1})" if earlier else "")
        cases.setdefault(finding.span.path, []).append((finding, title))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    failures = sum(map(checked.fails_by, checked.findings))
    tests = sum(max(len(found), 1) for found in cases.values())
    lines.append(f'<testsuites name="qp check" tests="{tests}" failures="{failures}" errors="0">')
    for path, found in cases.items():
        lines += _suite(checked, path, found, language)
    lines.append("</testsuites>")
    drawn = quiet("".join(f"{line}\n" for line in lines), colon="&#58;", number="&#35;")
    return drawn.encode("ascii", "xmlcharrefreplace").decode()


def _suite(checked: Checked, path: str, found: list[tuple[Finding, str]], language: Language) -> Iterator[str]:
    """A file's cases; one that passes when there is nothing to say."""
    name = _xml(path)
    failures = sum(checked.fails_by(finding) for finding, _ in found)
    yield f'  <testsuite name="{name}" tests="{max(len(found), 1)}" failures="{failures}" errors="0" skipped="0">'
    if not found:
        yield f'    <testcase classname="{name}" name="qp check"/>'
    for finding, title in found:
        message, text = _xml(language.text(finding.message)), _text(finding, language)
        yield f'    <testcase classname="{name}" name="{_xml(title)}">'
        if checked.fails_by(finding):
            yield f'      <failure type="{finding.code}" message="{message}">{text}</failure>'
        else:
            yield f"      <system-out>{text}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _text(finding: Finding, language: Language) -> str:
    """The finding as the text format writes it."""
    span = finding.span
    severity = language.text(SEVERITIES[finding.severity])
    message = language.text(finding.message)
    lines = [f"{span.path}:{span.line}:{span.column}: {finding.code} {severity}: {message}"]
    if finding.hint:
        lines.append(f"→ {language.text(finding.hint)}")
    for each in finding.related:
        where = each.span
        lines.append(f"{where.path}:{where.line}:{where.column}: {language.text(each.message)}")
    return "\n".join(map(_xml, lines))


def _xml(text: str) -> str:
    """A text as XML: nothing that ends it or that XML cannot hold."""
    return escape(_ILLEGAL.sub("\ufffd", visible(text)))
