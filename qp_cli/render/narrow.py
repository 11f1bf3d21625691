"""Counts on a narrow screen: what a row is called stands above its figures where both have no room side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.layout import Line, styled
from qp_cli.render.screen import UNBOUNDED

if TYPE_CHECKING:
    from qp_cli.render.layout import Part, Table
    from qp_cli.render.screen import Screen

_MARGIN = 1
"""How far in the figures are that stand below a name, and the blank before them."""


def is_too_wide(drawn: Table, screen: Screen) -> bool:
    """Whether a table has no room on a screen but folded."""
    if screen.width >= UNBOUNDED:
        return False
    from qp_cli.render.folding import natural_width

    return natural_width(drawn) > screen.width


def names_beside_or_above(drawn: Table, screen: Screen) -> list[Part]:
    """The table; or each name above its figures, where words would be cut beside them and are not so."""
    from qp_cli.render.folding import keeps_words, natural_widths

    widths = (_MARGIN, *natural_widths(drawn)[1:])
    if keeps_words(drawn, screen.width) or sum(widths) + len(widths) - 1 > screen.width:
        return [drawn]
    title, *heads = drawn.headers
    parts: list[Part] = [styled(title, "bold"), drawn._replace(headers=["", *heads], rows=[], widths=widths)]
    for name, *figures in drawn.rows:
        parts.append(name if isinstance(name, Line) else styled(str(name)))
        parts.append(drawn._replace(headers=[""] * len(widths), rows=[("", *figures)], widths=widths))
    return parts
