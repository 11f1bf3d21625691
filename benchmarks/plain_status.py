"""The yardstick: twelve obligations through plain Typer, Pydantic and Rich, as anybody would write it."""

from __future__ import annotations

import datetime as dt

import typer
import yaml
from dateutil.relativedelta import relativedelta
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

ROWS = 12
DOCUMENT = "\n".join(
    f"- {{id: obligation-{n}, party: party-{n % 4}, signed: 2021-03-18, months: {n}}}" for n in range(1, ROWS + 1)
)


class Obligation(BaseModel):
    """One row."""

    id: str
    party: str
    signed: dt.date
    months: int

    @property
    def due(self) -> dt.date:
        """The day by which it has to be done."""
        return self.signed + relativedelta(months=self.months)


def status() -> None:
    """Prints the rows, soonest first."""
    obligations = [Obligation.model_validate(row) for row in yaml.load(DOCUMENT, Loader=yaml.CSafeLoader)]
    table = Table("Obligation", "Party", "Due", title="Status")
    for obligation in sorted(obligations, key=lambda obligation: obligation.due):
        table.add_row(obligation.id, obligation.party, obligation.due.isoformat())
    Console().print(table)


if __name__ == "__main__":
    typer.run(status)
