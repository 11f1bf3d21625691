"""qp for Python programs, offered by `import qp_cli`: conventions loaded, computed, checked; what they say in words.

No clock is read: every answer is for the day it is asked for. The environment is read for git alone, and no cache is
used. Nothing is printed: what a command would say beside its answer is a warning.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.app.opening import open_folder, shown_path
from qp_cli.checks.blocking import broken, values_without_errors
from qp_cli.errors import BrokenRepositoryError, QpError, RepositoryError, UsageError, given_names
from qp_cli.findings import Finding, Severity, Span
from qp_cli.law.typed_days import given_day
from qp_cli.messages import msg, msgs
from qp_cli.names import shown
from qp_cli.render.things_in_words import in_words
from qp_cli.tracking.ledger import Ledger, open_ledger
from qp_cli.tracking.situation import Obligation
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.cache import Cache

    FolderName = str | os.PathLike[str]

__all__ = [
    "BrokenRepositoryError",
    "Finding",
    "Ledger",
    "Obligation",
    "QpError",
    "Severity",
    "State",
    "check",
    "compute",
    "in_words",
    "load",
    "load_all",
    "obligations_of",
]
_MOST_NOTES = 20


class _Program:
    """A program that calls: what is remarked on the way is collected, and what stands in the way is raised."""

    def __init__(self) -> None:
        self.environ: Mapping[str, str] = {**os.environ, "QP_JOBS": "1"}
        self.remarks: dict[str, None] = {}

    def cache(self, *_read: Path) -> Cache:
        from qp_cli.store.cache import Cache

        return Cache(None)

    def remark(self, message: Message) -> None:
        self.remarks[str(message)] = None

    def say(self, message: Message) -> None:
        """Which revision is read: it was asked for."""

    def complain(self, error: RepositoryError) -> int:
        raise error

    def show(self, findings: Iterable[Finding]) -> None:
        """They are raised with the error."""

    def progress(self, _total: int) -> AbstractContextManager[Callable[[], None]]:
        return nullcontext(lambda: None)

    def warn(self) -> None:
        """Warns whoever called this module of what was remarked."""
        for text in self.remarks:
            warnings.warn(text, UserWarning, stacklevel=3)


def load(folder: FolderName, *, as_of: date | str, known_at: date | str | None = None) -> Ledger:
    """The convention in a folder, and every obligation of it at a day.

    Args:
        folder: the one that holds `convention.yaml`, or whose `data` does.
        as_of: the day to look at, its whole length included: what is due on it is not overdue yet; or a text that the
            command line takes for one, `2021-10-01`, `01/10/2021` or `1er octobre 2021`.
        known_at: what the repository said then: at the end of a day in Paris, or in a revision of git.

    Raises:
        BrokenRepositoryError: the files have errors. Nothing is computed, and `findings` holds what `qp check` finds
            of them in the families QP0xx to QP2xx, warnings among them.
        RepositoryError: there is no convention, or there are several below, which `load_all` takes; a file cannot be
            opened, or there is no git to ask what was known.
        UsageError: a day outside the years that qp computes, 1905 to 2100, a text or another value that is no day, or
            a revision that git does not know.
        OutOfRangeError: a deadline outside these years.

    Warns:
        UserWarning: facts of the journal count for nothing; `check` tells which.
    """
    program, day = _Program(), given_day(as_of, "as_of")
    try:
        found = open_folder(program, _only_in(_path(folder)), day, _text(known_at)).ledger
    except BrokenRepositoryError as error:
        raise _told(error) from None
    program.warn()
    return found


def load_all(
    folder: FolderName, *more: FolderName, as_of: date | str, known_at: date | str | None = None
) -> list[Ledger]:
    """The conventions in some folders, and below them at any depth, each once; in the order of the folders.

    The arguments are those of `load`.

    Raises:
        BrokenRepositoryError: the files of one have errors, or two have the same id; `findings` holds those of all.
        RepositoryError: a folder holds no convention, something cannot be opened, or there is no git to ask.
        UsageError: a day outside the years that qp computes, 1905 to 2100, or a revision that git does not know.
        OutOfRangeError: a deadline outside these years.

    Warns:
        UserWarning: facts of a journal count for nothing; `check` tells which.
    """
    program, day = _Program(), given_day(as_of, "as_of")
    found: dict[str, tuple[Ledger, Span]] = {}
    findings: list[Finding] = []
    for each in _below((folder, *more)):
        try:
            ledger = open_folder(program, each, day, _text(known_at)).ledger
        except BrokenRepositoryError as error:
            findings += error.findings
            continue
        place = Span((shown_path(each) / "convention.yaml").as_posix(), 1, 1, 1, 1)
        _, other = found.setdefault(ledger.signed.id, (ledger, place))
        if other is not place:
            from qp_cli.checks.portfolio import same_id

            findings.append(same_id(ledger.signed.id, place, other))
    if findings:
        raise _told(broken(findings))
    program.warn()
    return [ledger for ledger, _ in found.values()]


def check(
    folder: FolderName, *more: FolderName, select: str | Sequence[str] = (), ignore: str | Sequence[str] = ()
) -> list[Finding]:
    """Everything that is wrong or doubtful in some folders: what `qp check` says, in its order; it depends on no day.

    Args:
        folder: that of a convention, or above several; or a file inside one.
        more: others.
        select: only these rules, and what stops a repository from being read: `QP304`, or `QP3` for all of them.
        ignore: not these rules.

    Raises:
        RepositoryError: a folder holds no convention, or a file cannot be opened.
        UsageError: a code that no rule has, or a rule that cannot be ignored.
    """
    from qp_cli.app.checking import check_folders, choose_codes, folders_of
    from qp_cli.app.convention_names import Wanted

    program, choice = _Program(), choose_codes(given_names(select, "select"), given_names(ignore, "ignore"))
    named = folders_of([str(_path(each)) for each in (folder, *more)], program)
    checked, _ = check_folders(program, named, choice, Wanted(()))
    return list(checked.findings)


def compute(convention: Convention, sites: Sequence[Site], facts: Sequence[Fact], as_of: date | str) -> Ledger:
    """A convention and its facts, and every obligation at a day; the same for the same arguments, and no file is read.

    Args:
        convention: as signed.
        sites: where it applies.
        facts: the journal, in its order; those after the day are not counted, but for what cancels others.
        as_of: the day to look at, its whole length included, as `load` takes it.

    Raises:
        BrokenRepositoryError: names that nothing bears, dates that go round in a circle, and what else is an error of
            QP2xx; the findings are placed at the beginning of the file where each would stand.
        UsageError: a day outside the years that qp computes, 1905 to 2100.
        OutOfRangeError: a deadline outside these years.
    """
    day = given_day(as_of, "as_of")
    try:
        declared = values_without_errors(convention, sites, facts)
    except BrokenRepositoryError as error:
        raise _told(error) from None
    return open_ledger(declared, day)


def obligations_of(
    ledgers: Iterable[Ledger],
    *,
    party: str | Iterable[str] = (),
    site: str | Iterable[str] = (),
    state: str | Iterable[str] = (),
    until: date | str | None = None,
) -> list[Obligation]:
    """The obligations of several conventions, soonest first, those without a date last; as `qp deadlines` has them.

    The arguments are those of `Ledger.obligations`; a name is to be known in one of the conventions at least.

    Raises:
        UsageError: a party or a site that none of them knows, a word that is no state or no day, or what is no ledger;
            the nearest names are given.
    """
    from qp_cli.tracking.filters import Chooser, choice_of_names
    from qp_cli.tracking.portfolio import Listed, SharedParties, by_date, convention_ref

    chooser = Chooser(choice_of_names(party, site, state, until), SharedParties())
    found: list[Listed] = []
    for each in _ledgers(ledgers):
        home = convention_ref(each.situation)
        found += (Listed(home, one) for one in chooser.choose(each.situation))
    chooser.confirm()
    return [each.obligation for each in by_date(found)]


def _ledgers(given: object) -> Iterator[Ledger]:
    """The ledgers that a program gives.

    Raises:
        UsageError: it gives something else, such as a ledger alone.
    """
    for each in given if isinstance(given, Iterable) else (given,):
        if not isinstance(each, Ledger):
            raise UsageError(msg("obligations_of takes a list of what load gives: [ledger]"))
        yield each


def _text(known_at: date | str | None) -> str | None:
    """A day or a revision, as text.

    Raises:
        UsageError: it is neither.
    """
    return known_at if known_at is None or isinstance(known_at, str) else given_day(known_at, "known_at").isoformat()


def _path(folder: FolderName) -> Path:
    """The folder that a program names.

    Raises:
        UsageError: it is no name of a folder.
    """
    try:
        found = Path(folder)
        os.fsencode(found)
        if "\0" not in str(found):
            return found
    except (TypeError, UnicodeError):
        pass
    raise UsageError(msg("A folder is a path, not {value}", value=shown(repr(folder))))


def _only_in(folder: Path) -> Path:
    """The folder of the convention in a folder that a program names.

    Raises:
        RepositoryError: there is none; where there are some below, it says what takes them.
    """
    from qp_cli.store.places import named_folder

    try:
        return named_folder(folder)
    except RepositoryError:
        try:
            found = _below((folder,))
        except RepositoryError:
            found = []
        if not found:
            raise
    text = msgs(
        "{folder} is above {count} convention: name its own folder, {example}, or call load_all",
        "{folder} is above {count} conventions: call load_all, or name the folder of one, such as {example}",
        count=len(found),
        folder=str(folder),
        example=str(found[0].parent if found[0].name == "data" else found[0]),
    )
    raise RepositoryError(text)


def _below(folders: Iterable[FolderName]) -> list[Path]:
    """The folders of the conventions in some folders, each once.

    Raises:
        RepositoryError: there is none in one of them, or one cannot be looked into.
    """
    from qp_cli.errors import LeftOutError
    from qp_cli.store.places import reason
    from qp_cli.store.portfolio import conventions_in

    found: dict[Path, Path] = {}
    for folder in map(_path, folders):
        try:
            below = conventions_in(folder)
        except OSError as error:
            text = msg("{file} cannot be read: {reason}", file=str(folder), reason=reason(error))
            raise RepositoryError(text) from error
        for path, why in below.unread.items():
            raise LeftOutError(path, why)
        for each in below.folders:
            found.setdefault(each.resolve(), each)
    return list(found.values())


def _told(error: BrokenRepositoryError) -> BrokenRepositoryError:
    """The error with its findings as notes, for whoever reads it in a traceback."""
    for finding in error.findings[:_MOST_NOTES]:
        span = finding.span
        error.add_note(f"{span.path}:{span.line}:{span.column}: {finding.code} {finding.severity}: {finding.message}")
    return error
