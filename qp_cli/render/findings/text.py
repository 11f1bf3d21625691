"""Findings and errors as lines of text, each finding with the line it stands on and carets under its place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.check_result import Checked
from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.render.layout import fold
from qp_cli.render.screen import Screen
from qp_cli.render.visible import quiet, visible
from qp_cli.version import ADDRESS, __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.findings import Finding, Span
    from qp_cli.render.language import Code, Language


LONGEST_EXCERPT = 120
"""Columns of a line that are shown at most, on any screen."""
_LEAST = 20
_FAR = 4 * LONGEST_EXCERPT
"""Characters on either side of the place that are looked at: a line may have a hundred thousand."""
_TAB = 4
_BEFORE = 3
"""The part of the room left of the place when a line is shortened on that side: one third."""


class Excerpt(NamedTuple):
    """A line as shown, and the carets below it."""

    text: str
    carets: str


class _Cell(NamedTuple):
    """One character as shown, and the columns it takes."""

    text: str
    width: int


def excerpt(line: str, span: Span, room: int = LONGEST_EXCERPT, *, dots: str = "…") -> Excerpt:
    """The line shortened around the place, with carets as wide as what stands above them.

    Args:
        line: the line the place begins on, without its end.
        span: the place; what goes on below the line is underlined to its end.
        room: columns at hand.
        dots: what stands for what was left out.
    """
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    skipped = max(0, start - _FAR)
    cells = _cells(line[skipped : start + _FAR])
    place = start - skipped
    first, last = _window(cells, place, max(min(room, LONGEST_EXCERPT), _LEAST), len(dots))
    left = dots if first + skipped else ""
    right = dots if skipped + last < len(line) else ""
    text = left + "".join(cell.text for cell in cells[first:last]) + right
    underlined = _width(cells[place : min(end - skipped, last)])
    return Excerpt(text.rstrip(), " " * (len(left) + _width(cells[first:place])) + "^" * max(underlined, 1))


def _cells(line: str) -> list[_Cell]:
    """The characters of a line as they are shown: tabs as blanks, what does not print written out."""
    cells: list[_Cell] = []
    column = 0
    for character in line:
        cell = _tab(column) if character == "\t" else _cell(character)
        cells.append(cell)
        column += cell.width
    return cells


def _tab(column: int) -> _Cell:
    width = _TAB - column % _TAB
    return _Cell(" " * width, width)


@lru_cache(maxsize=1024)
def _cell(character: str) -> _Cell:
    text = visible(character)
    return _Cell(text, _columns(text) if len(text) == 1 else len(text))


def _columns(character: str) -> int:
    """How many columns a character takes: none for what is put on the one before, two for a wide one."""
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _width(cells: Sequence[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _window(cells: Sequence[_Cell], place: int, room: int, dots: int) -> tuple[int, int]:
    """The first character shown and the one after the last: all of them, or those around the place that fit."""
    if _width(cells) <= room:
        return 0, len(cells)
    left = right = place
    free = room - 2 * dots
    while left and _width(cells[left - 1 : place]) <= free // _BEFORE:
        left -= 1
    free -= _width(cells[left:place])
    while right < len(cells) and cells[right].width <= free:
        free -= cells[right].width
        right += 1
    while left and cells[left - 1].width <= free:
        left -= 1
        free -= cells[left].width
    return left, right


SEVERITIES = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
    Severity.INFO: msg("information"),
}
_OF_FORMAT = "QP1"
"""How the codes begin of findings about what may be written."""
_FORMAT_PAGES: dict[Code, str] = {"en": "en/format.md", "fr": "fr/format.md"}
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_QUIET = "2"


def write_findings(findings: Iterable[Finding], language: Language) -> str:
    """Each finding as `path:line:column: CODE severity: what is wrong`, its hint and other places below."""
    checked = Checked(tuple(findings), (), {})
    return _text(checked, language, Screen())


def write_checked(checked: Checked, language: Language, screen: Screen) -> str:
    """Each finding with the line it stands on, a blank line between them, and one line that counts them.

    Above that line stands where the format is described, where files do not keep to it.
    """
    text = _text(checked, language, screen)
    ending = _format_help(checked, language, screen) + fold(f"{write_summary(checked, language)}\n", screen.width)
    return f"{text}\n{ending}" if text else ending


def _format_help(checked: Checked, language: Language, screen: Screen) -> str:
    """Where the format is described, and what is only checked later; empty where every file keeps to it."""
    if not any(each.code.startswith(_OF_FORMAT) for each in checked.findings):
        return ""
    page = f"docs/{_FORMAT_PAGES[language.code]}"
    where = f"{ADDRESS}/blob/v{__version__}/{page}" if ADDRESS else page
    message = msg("How files are written: {page}. Their references are checked once they can be read.", page=where)
    return fold(f"{language.text(message)}\n", screen.width)


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
    severity = language.text(SEVERITIES[finding.severity])
    head = f"{_place(finding.span)}: {finding.code} {severity}: {language.text(finding.message)}"
    painted = _painted(severity, _COLOURS[finding.severity], screen)
    yield _folded(head, screen).replace(f" {severity}:", f" {painted}:", 1)
    yield from _source(checked, finding, screen)
    if finding.hint:
        yield _folded(f"    → {language.text(finding.hint)}", screen)
    for related in finding.related:
        yield _folded(f"    {_place(related.span)}: {language.text(related.message)}", screen)


def _folded(line: str, screen: Screen) -> str:
    return fold(line, screen.width, hang=2).rstrip("\n")


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
