"""What values kept without Pydantic hold: the fields of the models, written out by a script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_layout_is_what_the_models_hold():
    done = subprocess.run(
        [sys.executable, "scripts/layout.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
