"""What a repository without errors declares, all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site


class Declarations(NamedTuple):
    """All that a repository without errors declares; `unheeded` of its facts count for nothing as they are written."""

    convention: Convention
    sites: Sequence[Site]
    facts: Sequence[Fact]
    without_effect: int = 0
