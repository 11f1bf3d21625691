"""Pages of Markdown, put into the reader's language paragraph by paragraph; examples stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.render.language import Language


def paragraphs(page: str) -> Iterator[str]:
    """The texts of a page, each on one line: what the catalogue translates."""
    for block in _blocks(page):
        if not _is_example(block):
            yield _text(block)


def put_into(page: str, language: Language) -> str:
    """The same page in the language, its paragraphs on one line each."""
    return "\n\n".join(
        block if _is_example(block) else _mark(block) + language.plain(_text(block)) for block in _blocks(page)
    )


def _blocks(page: str) -> Iterator[str]:
    """The blocks between empty lines, an example being one whatever it holds."""
    held: list[str] = []
    fenced = False
    for line in page.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if line.strip() or fenced:
            held.append(line)
        elif held:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def _is_example(block: str) -> bool:
    return block.startswith("```")


def _mark(block: str) -> str:
    """What makes a block a heading."""
    return block[: len(block) - len(block.lstrip("# "))]


def _text(block: str) -> str:
    return " ".join(block.lstrip("# ").split())
