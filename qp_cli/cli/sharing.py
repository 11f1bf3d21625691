"""The file of parties that conventions share, read for an answer; what is wrong with it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.cli.output import say_all
from qp_cli.cli.session import shown_path
from qp_cli.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from qp_cli.cli.session import Session
    from qp_cli.model.parties import SharedParty

_ENTRY = "parties"


def read_shared(session: Session, path: Path) -> tuple[SharedParty, ...] | None:
    """The parties that a file declares; None where it has errors, or cannot be read, which is said."""
    from qp_cli.checks.portfolio import party_findings, usable_parties
    from qp_cli.store.portfolio import read_parties

    read = read_parties(path, shown_path(path))
    usable = usable_parties(read)
    if read.parties is not None and (usable or not read.parties):
        return usable
    from qp_cli.render.notices import write_findings

    say_all(write_findings(party_findings(read), session.language))
    session.remark(msg("{file} has errors: its parties are left apart.", file=shown_path(path).as_posix()))
    return None


def look_at_parties(session: Session, folder: Path) -> None:
    """Says what is wrong with the file of parties above a convention that is shown by itself.

    The answer rests on nothing of it; whoever shows the next one will wonder.
    """
    from qp_cli.store.portfolio import parties_near

    path = parties_near(folder)
    if path is None:
        return
    cache, entry = session.cache(folder), _entry(path)
    if cache.load(entry) is True or read_shared(session, path) is None:
        return
    cache.keep(entry, True)


def _entry(path: Path) -> str | None:
    """What is kept of a file without errors goes by what it holds; nothing of one that cannot be read."""
    from qp_cli.store.cache import key
    from qp_cli.store.files import read_plain
    from qp_cli.store.places import PARTIES

    try:
        held = read_plain(path).decode("latin-1") if path.name == PARTIES else None
    except OSError:
        held = None
    return None if held is None else key({}, _ENTRY, held)
