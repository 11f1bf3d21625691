"""The fuzzer, which is a script and no part of the package, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _load():
    spec = importlib.util.spec_from_file_location("qp_fuzz", ROOT / "scripts" / "fuzz.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["qp_fuzz"] = module
    spec.loader.exec_module(module)
    return module


fuzz = _load()
