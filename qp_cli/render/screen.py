"""The screen: what a terminal can show, and drawing on it with Rich, into text."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Literal, NamedTuple

from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

WIDE = 110
"""Columns from which titles fit beside ids."""
_UNBREAKABLE = "\ue000"
"""What stands for a non-breaking space while Rich folds lines: no data can hold it."""
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

    def draw(self, *parts: RenderableType) -> str:
        """The parts as text, one under the other, with colour only where the screen has it."""
        from rich.console import Console

        console = Console(
            file=StringIO(),
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        with console.capture() as capture:
            for part in parts:
                console.print(part, soft_wrap=isinstance(part, str))
        drawn = capture.get().replace(_UNBREAKABLE, "\u00a0")
        return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def styled(text: str, style: str = "") -> Text:
    """A text in a style; what a non-breaking space joins stays on one line, which Rich alone would not see to."""
    from rich.text import Text

    return Text(visible(text).replace("\u00a0", _UNBREAKABLE), style=style)


def indented(text: str) -> RenderableType:
    """A paragraph two columns in, its continuation lines too."""
    from rich.padding import Padding

    return Padding(styled(text), (0, 0, 0, 2), expand=False)


def table(headers: Sequence[str], *, numbers: Iterable[int] = (), whole: Iterable[int] = ()) -> Table:
    """An empty table without lines, its headings in bold.

    Args:
        headers: the headings; when all are empty there is no heading.
        numbers: the columns aligned to the right.
        whole: the columns that are never folded.
    """
    from rich.table import Table

    right, unfolded = set(numbers), set(whole)
    drawn = Table(
        box=None,
        pad_edge=False,
        header_style="bold",
        show_edge=False,
        show_header=any(headers),
        collapse_padding=bool(right),
    )
    for place, header in enumerate(headers):
        justify: Literal["left", "right"] = "right" if place in right else "left"
        drawn.add_column(header, justify=justify, overflow="fold", no_wrap=place in unfolded)
    return drawn
