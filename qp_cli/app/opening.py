"""Opening the convention in a folder: from its files, from git, or from what an earlier run kept of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.app.caller import Caller
    from qp_cli.app.known_at import KnownState
    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.parties import SharedParty
    from qp_cli.model.sites import Site
    from qp_cli.store.revisions import Revision
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Situation

_PARTIES = "parties"


class Opened(NamedTuple):
    """A repository at a day: its ledger, its folder, and the revision it was read from when not what that holds."""

    ledger: Ledger
    folder: Path
    revision: Revision | None = None

    @property
    def situation(self) -> Situation:
        """The convention at the day looked at."""
        return self.ledger.situation

    @property
    def known(self) -> KnownState | None:
        """The state of the repository that it was read from; None where that is its files as they are."""
        if self.revision is None:
            return None
        from qp_cli.app.known_at import known_state

        return known_state(self.revision)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The whole journal."""
        return self.ledger.facts

    @property
    def convention(self) -> Convention:
        """The convention as signed."""
        return self.ledger.signed

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites."""
        return self.ledger.situation.sites

    def called(self, label: str) -> Opened:
        """The same, as lists of several conventions call it."""
        situation = self.ledger.situation._replace(called=label)
        return self._replace(ledger=self.ledger._replace(situation=situation))

    def at(self, day: date) -> Opened:
        """The same at another day."""
        return self._replace(ledger=self.ledger.at(day))


def with_edits(caller: Caller, opened: Opened) -> Ledger:
    """A convention's ledger with the edits of its text that git knows of, up to the revision it was read from."""
    from qp_cli.store.commits import edits_of

    revision = opened.revision.commit if opened.revision else "HEAD"
    return opened.ledger._replace(edits=edits_of(opened.folder, caller.environ, revision))


def open_folder(caller: Caller, folder: Path, day: date, known_at: str | None = None) -> Opened:
    """The situation of the convention in a folder, from what its files say, or said at `known_at`.

    Args:
        caller: whoever asks.
        folder: where its files are.
        day: the day to look at, its whole length included.
        known_at: a day, as it ended in Paris, or a revision of git; read here, and no sooner.

    Raises:
        BrokenRepositoryError: the files have errors: they are carried along, nothing is half-computed.
        RepositoryError: a file cannot be opened, or git has no such revision.
        OutOfRangeError: a deadline outside the years qp computes, or a recurrence without end.
    """
    from qp_cli.store.cache import entry_key
    from qp_cli.store.cache_entries import ENTRY, to_plain
    from qp_cli.store.files import read_files
    from qp_cli.tracking.ledger import open_ledger

    revision = None
    if known_at:
        from qp_cli.app.known_at import look_back

        revision = look_back(caller, folder, known_at)
    shown = revision.path if revision else shown_path(folder)
    files = revision.files if revision else read_files(folder, shown)
    cache, entry = caller.cache(folder), entry_key(files, ENTRY)
    if kept := _kept(cache.load(entry), day):
        ledger, without_effect = kept
    else:
        from qp_cli.checks.blocking import declared_without_errors
        from qp_cli.store.repository import read_repository

        declared = declared_without_errors(read_repository(folder, shown, files))
        ledger, without_effect = open_ledger(declared, day), declared.without_effect
        cache.keep(entry, to_plain(declared))
    if without_effect > 0:
        caller.remark(_unheeded(shown, without_effect))
    return Opened(ledger, folder, revision)


def _kept(found: object, day: date) -> tuple[Ledger, int] | None:
    """The ledger of what an earlier run kept, and how many facts count for nothing; None for what makes no sense."""
    from qp_cli.store.cache_entries import from_plain
    from qp_cli.tracking.ledger import open_ledger

    declared = None if found is None else from_plain(found)
    try:
        return (open_ledger(declared, day), declared.without_effect) if declared else None
    except Exception:  # noqa: BLE001 - whatever it is, the files themselves will tell
        return None


def _unheeded(shown: Path, count: int) -> Message:
    from shlex import quote

    from qp_cli.store.places import JOURNAL

    return msgs(
        "{file}: {count} fact counts for nothing, or for less than it says: {command} tells which.",
        "{file}: {count} facts count for nothing, or for less than they say: {command} tells which.",
        count=count,
        command=f"qp check {quote(shown.as_posix())}",
        file=(shown / JOURNAL).as_posix(),
    )


def shown_path(folder: Path) -> Path:
    """The folder as findings write it: relative to where the reader stands when it is below, links as they are."""
    from qp_cli.store.places import as_named

    with suppress(OSError):
        here = Path.cwd()
        for full in (as_named(folder), folder.resolve()):
            if full.is_relative_to(here):
                return full.relative_to(here)
    return folder


def read_shared(caller: Caller, path: Path) -> tuple[SharedParty, ...] | None:
    """The parties that conventions share, by their file; None where it has errors, or cannot be read, which is said."""
    from qp_cli.checks.portfolio import party_findings, usable_parties
    from qp_cli.store.portfolio import read_parties

    read = read_parties(path, shown_path(path))
    usable = usable_parties(read)
    if read.parties is not None and (usable or not read.parties):
        return usable
    caller.show(party_findings(read))
    caller.remark(msg("{file} has errors: its parties are left apart.", file=shown_path(path).as_posix()))
    return None


def look_at_parties(caller: Caller, folder: Path) -> None:
    """Says what is wrong with the file of parties above a convention that is shown by itself.

    The answer rests on nothing of it; whoever shows the next one will wonder.
    """
    from qp_cli.store.portfolio import parties_near

    path = parties_near(folder)
    if path is None:
        return
    cache, entry = caller.cache(folder), _parties_entry(path)
    if cache.load(entry) is True or read_shared(caller, path) is None:
        return
    cache.keep(entry, value=True)


def _parties_entry(path: Path) -> str | None:
    """What is kept of a file without errors goes by what it holds; nothing of one that cannot be read."""
    from qp_cli.store.cache import entry_key
    from qp_cli.store.files import read_plain
    from qp_cli.store.places import PARTIES

    try:
        held = read_plain(path).decode("latin-1") if path.name == PARTIES else None
    except OSError:
        held = None
    return None if held is None else entry_key({}, _PARTIES, held)
