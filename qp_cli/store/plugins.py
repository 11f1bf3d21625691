"""Pydantic's plugins, switched off: nothing installed on a machine has a say in what a convention declares.

Looking for them would also cost a tenth of a start-up (`importlib.metadata` and all that it imports).
"""

from __future__ import annotations

import sys
from types import ModuleType


def switch_off() -> None:
    """Stands an empty loader in for Pydantic's own, before the first model is built; harmless where there is none."""
    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)
