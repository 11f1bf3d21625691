"""The page of several conventions that are at hand, made as `qp report` makes it."""

from __future__ import annotations

from qp_cli.render.page.document import portfolio_pieces


def portfolio_page(ledgers, *asked, **more):
    """The page as one text; the ledgers are taken one at a time, once."""
    return "".join(portfolio_pieces(lambda make: map(make, ledgers), *asked, **more))
