"""Files that are not read, for what they are, or for a name that is nearly the one that is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qp_cli.findings import Finding, Severity
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION, meant
from qp_cli.store.tree import START, span_at

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from qp_cli.messages import Message


def misnamed_file(name: str, folder: Path, there: Container[str] = ()) -> Finding:
    """What there is to say of it: an error where the file that is read is not there, else a warning.

    Args:
        name: its own, from the folder.
        folder: where the file that is read would be, as findings write it.
        there: the files that are.
    """
    shown = os.path.normpath(folder / name).replace(os.sep, "/")
    if "/" in name:
        return _misplaced(name, shown, there)
    right = meant(name) or name
    severity = Severity.WARNING if right in there else Severity.ERROR
    message = msg("“{name}” is not read: the file that is read is called {right}", name=name, right=right)
    hint = msg("Put what it says into {right}, or give it another name", right=right)
    if severity is Severity.ERROR:
        hint = msg("Rename it to {right}", right=right)
    return Finding("QP013", severity, message, span_at(shown, START), hint)


def _misplaced(name: str, shown: str, there: Container[str]) -> Finding:
    right = name.rpartition("/")[2]
    severity = Severity.WARNING if right in there else Severity.ERROR
    message = msg("“{name}” is not read: the files that are read are beside {right}", name=name, right=CONVENTION)
    return Finding("QP013", severity, message, span_at(shown, START), msg("Move it there, or delete it"))


def closed_file(shown: str, why: Message) -> Finding:
    """What there is to say of a file of shared parties that cannot be read."""
    message = msg("This file cannot be read: {reason}", reason=why)
    return Finding("QP014", Severity.ERROR, message, span_at(shown, START), msg("Put an ordinary file in its place"))
