"""Rewrites schemas/ from the models and the keys of the answers: each file is what `qp schema NAME --plain` prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from qp_cli.cli.commands.schema import ANSWERS, NAMES

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Writes the files and names them."""
    for name in (*NAMES, *ANSWERS):
        path = ROOT / "schemas" / f"{name}.schema.json"
        made = [sys.executable, "-m", "qp_cli", "schema", name, "--plain", "--output", str(path)]
        subprocess.run(made, cwd=ROOT, check=True)
        print(f"wrote {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
