"""Paragraphs folded to the width of the screen, continuation lines under their own text."""

from __future__ import annotations


def fold(text: str, width: int) -> str:
    """The same lines, those longer than `width` columns broken between words; nothing is ever cut."""
    if not any(len(line) > width for line in text.splitlines()):
        return text
    from textwrap import wrap

    lines: list[str] = []
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        lines += wrap(
            line,
            width,
            subsequent_indent=indent + " " * _hang(line.strip()),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines) + "\n"


def _hang(text: str) -> int:
    """How far the continuation of a line stands in: under the words of a numbered step or of a source."""
    if text.startswith("["):
        return 1
    number, dot, _ = text.partition(". ")
    return len(number) + len(dot) if number.isdigit() else 0
