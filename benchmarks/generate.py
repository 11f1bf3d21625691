"""Writes a portfolio of made-up conventions, each in a folder of its own; the same seed gives the same bytes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from portfolio.files import make

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CONVENTIONS = 2000
ENGAGEMENTS = range(10, 201)


class Size(NamedTuple):
    """What a portfolio holds."""

    conventions: int
    engagements: int
    facts: int
    octets: int

    @property
    def entries(self) -> int:
        """Engagements and facts together: what the peers get as many of."""
        return self.engagements + self.facts


def generate(output: Path, conventions: int, engagements: int, seed: int = 1) -> Size:
    """Writes the portfolio and returns what it holds; the folder must not hold one already.

    Raises:
        FileExistsError: it does.
    """
    facts = octets = 0
    for number in range(1, conventions + 1):
        made = make(seed, number, engagements)
        folder = output / made.folder / "data"
        folder.mkdir(parents=True)
        for name, text in made.texts.items():
            octets += (folder / name).write_bytes(text.encode())
        facts += made.facts
    return Size(conventions, conventions * engagements, facts, octets)


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conventions", type=int, default=435, help=f"1 to {MOST_CONVENTIONS:,} (default 435)")
    parser.add_argument("--engagements", type=int, default=100, help="10 to 200 in each (default 100)")
    parser.add_argument("--output", type=Path, required=True, help="folder to write, new or empty")
    parser.add_argument("--seed", type=int, default=1, help="another portfolio for another number (default 1)")
    asked = parser.parse_args(arguments)
    if not 1 <= asked.conventions <= MOST_CONVENTIONS:
        parser.error(f"--conventions: 1 to {MOST_CONVENTIONS}")
    if asked.engagements not in ENGAGEMENTS:
        parser.error(f"--engagements: {ENGAGEMENTS.start} to {ENGAGEMENTS.stop - 1}")
    if asked.output.exists() and (not asked.output.is_dir() or any(asked.output.iterdir())):
        parser.error("--output: a new or empty folder, nothing is overwritten")
    return asked


def main() -> int:
    """Writes what was asked for, and says how much it was."""
    asked = options()
    size = generate(asked.output, asked.conventions, asked.engagements, asked.seed)
    print(
        f"{size.conventions} made-up conventions, {size.engagements} engagements, {size.facts} facts, "
        f"{size.octets / 1e6:.1f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
