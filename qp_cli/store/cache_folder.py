"""Where the cache is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "qp"


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """The folder of the cache; None where there is to be none.

    QP_NO_CACHE switches it off, QP_CACHE_DIR puts it elsewhere; else it is where the user's other caches are.
    """
    if environ.get("QP_NO_CACHE"):
        return None
    if named := environ.get("QP_CACHE_DIR"):
        return Path(named)
    try:
        return users_folder(environ)
    except (OSError, RuntimeError):
        return None


def users_folder(environ: Mapping[str, str]) -> Path | None:
    """The user's own; None for one without a home.

    On Linux as platformdirs says it, which takes as long to load as the cache to read.
    """
    if sys.platform != "linux":
        from platformdirs import user_cache_path

        return user_cache_path(NAME, appauthor=False)
    named = Path(environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / NAME
    home = Path.home()
    return home / ".cache" / NAME if home.is_dir() else None
