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
            subsequent_indent=f"{indent}   " if indent else "",
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines) + "\n"
