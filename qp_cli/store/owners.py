"""Whose a repository is: one that is found, not named, may have been put there by somebody else."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def is_anothers(folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether a convention's folder, or its file, belongs to another user; no where the system does not tell.

    Under `sudo`, whoever called it counts as the same.
    """
    if not hasattr(os, "geteuid"):
        return False
    mine = {os.geteuid()}
    caller = environ.get("SUDO_UID", "")
    if mine == {0} and caller.isascii() and caller.isdecimal():
        mine.add(int(caller))
    owners: set[int] = set()
    for each in (folder, folder / CONVENTION):
        with suppress(OSError):
            owners.add(each.lstat().st_uid)
    return not owners <= mine
