"""How often a convention's text was edited, as far as git tells: what its calendar counts besides the facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.store.git import Git
from qp_cli.store.places import CONVENTION
from qp_cli.tracking.ledger import NO_EDITS, Edits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LINE = re.compile(rb"^(\d{1,11}) [0-9a-f]+$", re.MULTILINE)
"""When a commit was made, in seconds of the epoch, and its name."""


def edits_of(folder: Path, environ: Mapping[str, str], revision: str = "HEAD") -> Edits:
    """The commits up to `revision` that changed the convention of a folder; none where git cannot tell.

    All of them count, those of branches that were merged too, so that a commit more never makes them fewer.
    A shallow clone knows one commit alone, and takes it for an edit: then its date tells one from the next.
    """
    try:
        found = Git(folder, environ).run("rev-list", "--full-history", "--timestamp", revision, "--", CONVENTION)
    except RepositoryError:
        return NO_EDITS
    instants = [int(each[1]) for each in _LINE.finditer(found)]
    return Edits(len(instants), datetime.fromtimestamp(max(instants), UTC)) if instants else NO_EDITS
