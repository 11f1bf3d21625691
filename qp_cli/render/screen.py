"""The screen: what a terminal can show, and drawing on it, into text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qp_cli.render.layout import Part

WIDE = 110
"""Columns from which titles fit beside ids."""
UNBOUNDED = 10_000
"""Columns of a pipe: nothing is ever cut there."""


class Screen(NamedTuple):
    """How wide the reader's screen is, in columns, whether it has colour, and whether it shows box drawing."""

    width: int = UNBOUNDED
    colour: bool = False
    unicode: bool = True

    @property
    def is_wide(self) -> bool:
        """Whether titles fit beside ids."""
        return self.width >= WIDE

    def draw(self, *parts: Part) -> str:
        """The parts as text, one under the other, folded to its width, with colour only where the screen has it."""
        from qp_cli.render.plain_writer import draw_plain

        if self.width < UNBOUNDED:
            from qp_cli.render.folding import fit

            parts = tuple(fit(part, self.width) for part in parts)
        drawn = None if self.colour else draw_plain(parts, self.width)
        if drawn is not None:
            return drawn
        from qp_cli.render.rich_writer import draw_rich

        return draw_rich(parts, self.width, colour=self.colour)
