"""What a public body states of its pages: article 47 of the law n° 2005-102 of 11 February 2005."""

from typing import Annotated

from qp_cli.model.base import ADDRESS_PATTERN, Bounds, Declared
from qp_cli.model.kinds import Conformity


class Accessibility(Declared):
    """How far its pages meet the RGAA, and where its declaration is."""

    level: Conformity
    declaration: Annotated[str, Bounds(most=2000, pattern=ADDRESS_PATTERN)] | None = None
