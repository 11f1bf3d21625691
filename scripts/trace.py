"""The files that a command passes through: how many are entered, and how often the run moves from one to another.

Run by hand: python scripts/trace.py deadlines --party etat [--files]
A first run reads the files, a second one what the first has kept; each is one process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

PACKAGE = Path(__file__).resolve().parents[1] / "qp_cli"


def trace(arguments: list[str]) -> tuple[Counter[str], int]:
    """How often each file of the package is entered by a call, and the moves between two files."""
    entered: Counter[str] = Counter()
    last, moves = "", 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal last, moves
        if event not in {"call", "return"}:
            return
        code = frame.f_code if event == "call" else frame.f_back and frame.f_back.f_code
        if not code or not code.co_filename.startswith(str(PACKAGE)) or code.co_name == "<module>":
            return
        if event == "call":
            entered[code.co_filename] += 1
        if code.co_filename != last:
            last, moves = code.co_filename, moves + 1

    from qp_cli.cli.main import main

    sys.argv = ["qp", *arguments]
    sys.setprofile(note)
    try:
        main()
    except SystemExit:
        pass
    finally:
        sys.setprofile(None)
    return entered, moves


def main() -> None:
    """Prints both runs, or one of them where the environment says that it is the one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", action="store_true", help="name the files, with the calls that enter each")
    options, arguments = parser.parse_known_args()
    if run := os.environ.get("QP_TRACED"):
        entered, moves = trace(arguments)
        print(f"{run}: {len(entered)} files entered, {moves} moves between files", file=sys.stderr)
        for name, calls in sorted(entered.items()) if options.files else ():
            print(f"{calls:7}  {Path(name).relative_to(PACKAGE).as_posix()}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        for run in ("cold", "warm"):
            environ = os.environ | {"QP_TRACED": run, "QP_CACHE_DIR": folder}
            subprocess.run(
                [sys.executable, __file__, *sys.argv[1:]], env=environ, stdout=subprocess.DEVNULL, check=True
            )


if __name__ == "__main__":
    main()
