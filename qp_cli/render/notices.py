"""Findings and errors as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.checked import Checked
from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.render.excerpt import excerpt
from qp_cli.render.log_lines import quiet
from qp_cli.render.prose import fold
from qp_cli.render.screen import Screen
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.findings import Finding, Span
    from qp_cli.render.language import Language

SEVERITIES = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
    Severity.INFO: msg("information"),
}
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_QUIET = "2"


def write_findings(findings: Iterable[Finding], language: Language) -> str:
    """Each finding as `path:line:column: CODE severity: what is wrong`, its hint and other places below."""
    checked = Checked(tuple(findings), (), {})
    return _text(checked, language, Screen())


def write_checked(checked: Checked, language: Language, screen: Screen) -> str:
    """Each finding with the line it stands on, a blank line between them, and one line that counts them."""
    text = _text(checked, language, screen)
    return f"{text}\n{write_summary(checked, language)}\n" if text else f"{write_summary(checked, language)}\n"


def write_summary(checked: Checked, language: Language) -> str:
    """One line: how many files were checked, and what was found."""
    files = msgs("{count} file checked", "{count} files checked", count=len(checked.files))
    if not checked.findings:
        return language.text(msg("{files}: nothing to report", files=files))
    errors, warnings, notes = map(checked.count, (Severity.ERROR, Severity.WARNING, Severity.INFO))
    return language.text(
        msg(
            "{files}: {errors}, {warnings}, {notes}",
            files=files,
            errors=msgs("{count} error", "{count} errors", count=errors),
            warnings=msgs("{count} warning", "{count} warnings", count=warnings),
            notes=msgs("{count} thing to know", "{count} things to know", count=notes),
        )
    )


def _text(checked: Checked, language: Language, screen: Screen) -> str:
    between = "\n" if checked.sources else ""
    blocks = ("".join(f"{line}\n" for line in _lines(checked, each, language, screen)) for each in checked.findings)
    return quiet(between.join(blocks))


def _lines(checked: Checked, finding: Finding, language: Language, screen: Screen) -> Iterator[str]:
    severity = _painted(language.text(SEVERITIES[finding.severity]), _COLOURS[finding.severity], screen)
    yield f"{_place(finding.span)}: {finding.code} {severity}: {language.text(finding.message)}"
    yield from _source(checked, finding, screen)
    if finding.hint:
        yield fold(f"    → {language.text(finding.hint)}", screen.width).rstrip("\n")
    for related in finding.related:
        yield f"    {_place(related.span)}: {language.text(related.message)}"


def _source(checked: Checked, finding: Finding, screen: Screen) -> Iterator[str]:
    """The line in the file, its number in the margin, and the carets."""
    line = checked.line(finding.span)
    if not line.strip():
        return
    number = f"{finding.span.line:>5} | "
    shown = excerpt(line, finding.span, screen.width - len(number), dots="…" if screen.unicode else "...")
    margin = f"{'':>{len(number) - 2}}| "
    yield _painted(number, _QUIET, screen) + shown.text
    yield _painted(margin, _QUIET, screen) + _painted(shown.carets, _COLOURS[finding.severity], screen)


def _place(span: Span) -> str:
    return f"{visible(span.path)}:{span.line}:{span.column}"


def _painted(text: str, colour: str, screen: Screen) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if screen.colour else text
