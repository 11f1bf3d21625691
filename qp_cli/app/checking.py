"""Checking: the folders named, the codes chosen, and everything that is wrong or doubtful in them, files put right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.check_result import Checked
from qp_cli.app.examining import Examined, Examiner, Folder, Vicinity, lines_shown, path_from, recall
from qp_cli.errors import LeftOutError, RepositoryError, UsageError, unknown
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.names import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qp_cli.app.caller import Caller
    from qp_cli.app.convention_names import Wanted
    from qp_cli.checks.rule import CheckRule
    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.store.portfolio import Below

_CODE = re.compile(r"QP\d{0,3}", re.ASCII)
_FIRST_THAT_STOPS_NOTHING = "QP300"
_FAILED = 1
"""The exit code for what is left out."""
_LINK = msg("not touched: it is a link to another file")


class CodeChoice(NamedTuple):
    """The codes to keep and to leave out; errors that stop everything else are always kept."""

    selected: frozenset[str] | None
    ignored: frozenset[str]

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding is shown, and counts."""
        if finding.severity is Severity.ERROR and finding.code < _FIRST_THAT_STOPS_NOTHING:
            return True
        return (self.selected is None or finding.code in self.selected) and finding.code not in self.ignored


def choose_codes(select: Sequence[str], ignore: Sequence[str]) -> CodeChoice:
    """The choice that `--select` and `--ignore` make.

    Raises:
        UsageError: a code that no rule has, or an ignored rule without which nothing can be computed.
    """
    if not select and not ignore:
        return CodeChoice(None, frozenset())
    from qp_cli.checks.registry import RULES

    selected = frozenset(_matching(select, RULES)) if select else None
    ignored = _matching(ignore, RULES)
    if refused := [rule.code for rule in RULES if rule.stops and rule.code in ignored]:
        codes = ", ".join(refused)
        raise UsageError(msg("--ignore: nothing can be computed from files with {codes}: put them right", codes=codes))
    return CodeChoice(selected, frozenset(ignored))


def _matching(texts: Iterable[str], rules: Sequence[CheckRule]) -> list[str]:
    """The codes that begin with one of the words, in their order."""
    words = [word.strip().upper() for text in texts for word in text.split(",")]
    codes = [rule.code for rule in rules]
    for word in words:
        if not _CODE.fullmatch(word) or not any(code.startswith(word) for code in codes):
            raise _no_rule(word, codes)
    return [code for code in codes if code.startswith(tuple(words))] if words else []


def _no_rule(word: str, codes: Sequence[str]) -> UsageError:
    """The error for a code that no rule has: with the nearest, or the families."""
    known = nearest(word, codes) or sorted({code[:3] for code in codes})
    return unknown(msg("No rule has the code “{code}”.", code=shown(word)), word, known)


def folders_in(name: str, step: Callable[[], None] | None = None) -> Below:
    """The repositories a path stands for: its folder, those below it, or the one a file is in.

    `step` hears of each folder that is looked through.

    Raises:
        RepositoryError: there is none.
    """
    from qp_cli.store.places import PARTIES, upwards
    from qp_cli.store.portfolio import Below, conventions_in

    path = Path(name)
    try:
        if path.name == PARTIES and path.is_file():
            return conventions_in(path.absolute().parent, step)
        if not path.is_file():
            return conventions_in(path, step)
        if found := upwards(path.absolute().parent):
            return Below([found], {})
    except OSError as error:
        from qp_cli.store.places import reason

        raise RepositoryError(msg("{file} cannot be read: {reason}", file=name, reason=reason(error))) from error
    raise RepositoryError(msg("No repository holds {file}", file=name))


class NamedFolders(NamedTuple):
    """What a check was asked to look at.

    Attributes:
        folders: those of the conventions, each once.
        left_out: what is no convention, or cannot be looked into.
        code: the exit code that this asks for.
    """

    folders: list[Path]
    left_out: list[str]
    code: int


def folders_of(names: Sequence[str], caller: Caller) -> NamedFolders:
    """The folders to check by their names; the caller hears of what is left out."""
    found: dict[Path, Path] = {}
    left_out: list[str] = []
    code = 0
    for name in names:
        try:
            with caller.progress(0) as step:
                below = folders_in(name, step)
        except RepositoryError as error:
            code = caller.complain(error)
            left_out.append(name)
            continue
        for path, why in below.unread.items():
            caller.complain(LeftOutError(path, why))
            code = max(code, _FAILED)
            left_out.append(str(path))
        for folder in below.folders:
            found.setdefault(folder.resolve(), folder)
    return NamedFolders(list(found.values()), left_out, code)


class Past(NamedTuple):
    """The git revision to compare with, and the folders whose conventions are looked for there."""

    revision: str
    roots: list[Path]


def check_folders(
    caller: Caller,
    named: NamedFolders,
    choice: CodeChoice,
    wanted: Wanted,
    past: Past | None = None,
    *,
    strict: bool = False,
    fix: bool = False,
) -> tuple[Checked, int]:
    """What is found in the conventions wanted, and the exit code of the folders that could not be loaded.

    Args:
        caller: hears of what cannot be loaded, and of each change to a file.
        named: the folders.
        choice: the codes to keep.
        wanted: the conventions to look at, by name.
        past: where what was recorded must still be as it is; not looked at without one.
        strict: whether warnings make the check fail too.
        fix: whether the files are put right first.

    Raises:
        UsageError: no convention is called as asked, a file cannot be written, or there is no such revision.
        RepositoryError: git cannot tell what was recorded.
    """
    here = Path.cwd()
    known = [Folder(folder, Path(path_from(here, folder))) for folder in named.folders]
    found = _Found(choice, list(named.left_out))
    vicinity = Vicinity()
    for folder, examined in zip(known, _examine(caller, known, vicinity, wanted, fix=fix), strict=True):
        if past:
            found.looked_at.append((folder, examined._replace(findings=(), lines={})))
        if examined.problem:
            failed = caller.complain(RepositoryError(examined.problem))
            found.leave_out(folder, failed * _is_wanted(folder, wanted))
            continue
        findings = vicinity.meet(examined, folder.path)
        if wanted.takes(examined.names):
            found.add(examined, findings)
    if past:
        from qp_cli.app.against import compare_with

        compared = compare_with(past.revision, found.looked_at, past.roots, wanted, caller.environ)
        found.keep(compared.findings, compared.lines)
    if named.left_out and not wanted:
        found.keep(_found_outside(named.left_out), {})
    wanted.confirm(unread=bool(found.left_out))
    found.add_shared(vicinity)
    return found.checked(strict=strict), found.code


def _found_outside(left_out: Iterable[str]) -> Iterator[Finding]:
    """What there is to say of the files of qp's that no convention has: under nearly its name, or without it."""
    from qp_cli.store.files import is_of_qp
    from qp_cli.store.places import CONVENTION, JOURNAL, SITES, intended_name
    from qp_cli.store.repository import misnamed_file, without_convention

    here = Path.cwd()
    for path in map(Path, left_out):
        shown = Path(path_from(here, path.parent))
        if path.name != CONVENTION and intended_name(path.name) == CONVENTION:
            yield misnamed_file(path.name, shown)
        elif path.name in {JOURNAL, SITES} and is_of_qp(path):
            yield without_convention(path.name, shown)


def _is_wanted(folder: Folder, wanted: Wanted) -> bool:
    """Whether a convention that cannot be loaded is one of those wanted, by what its file seems to say."""
    from qp_cli.store.portfolio import names_in

    return not wanted or wanted.takes(names_in(folder.path))


class _Found:
    """What a check has found so far, of the conventions wanted.

    Attributes:
        left_out: the folders that could not be loaded.
        looked_at: every convention, without what was found in it, where a past is to be compared with.
        files: the files of the wanted ones, in order.
        near: the files of shared parties that these use.
        code: the exit code of what was asked for and could not be loaded.
    """

    def __init__(self, choice: CodeChoice, left_out: list[str]) -> None:
        self.left_out = left_out
        self.looked_at: list[tuple[Folder, Examined]] = []
        self.files: dict[str, None] = {}
        self.near: dict[Path, None] = {}
        self.code = 0
        self._choice = choice
        self._findings: list[Finding] = []
        self._sources: dict[str, Mapping[int, str]] = {}

    def leave_out(self, folder: Folder, code: int) -> None:
        """Notes a folder that could not be loaded."""
        self.left_out.append(folder.shown.as_posix())
        self.code = code or self.code

    def add(self, examined: Examined, findings: Iterable[Finding]) -> None:
        """Takes what was found in a convention."""
        if examined.parties:
            self.near[examined.parties] = None
        self.files.update(dict.fromkeys(examined.files))
        self.keep(findings, examined.lines)

    def add_shared(self, vicinity: Vicinity) -> None:
        """Takes what was found in the files of shared parties that the conventions use."""
        if self.near:
            shared, documents = vicinity.findings(self.near), vicinity.documents(self.near)
            spans = [finding.span for finding in shared]
            self.files.update(dict.fromkeys(documents))
            self.keep(shared, {path: lines_shown(each, spans) for path, each in documents.items()})

    def keep(self, findings: Iterable[Finding], lines: Mapping[str, Mapping[int, str]]) -> None:
        """Takes the findings of the codes chosen, and the lines that they show."""
        self._findings += filter(self._choice.keeps, findings)
        for path, each in lines.items():
            self._sources[path] = {**self._sources.get(path, {}), **each}

    def checked(self, *, strict: bool) -> Checked:
        """All of it, with the lines of those files alone in which something was found."""
        with_findings = {finding.span.path for finding in self._findings}
        sources = {path: lines for path, lines in self._sources.items() if path in with_findings}
        return Checked(tuple(self._findings), tuple(self.files), sources, strict, tuple(self.left_out))


def _examine(
    caller: Caller, folders: list[Folder], vicinity: Vicinity, wanted: Wanted, *, fix: bool
) -> Iterator[Examined]:
    """What is found in each folder; put right before, one after the other, where that is asked for."""
    cache = caller.cache(*(folder.path for folder in folders))
    examine = Examiner(vicinity, cache)
    for folder in folders if fix else ():
        if not wanted or wanted.takes(examine(folder).names):
            put_right(caller, folder)
        yield examine(folder)
    if fix:
        return
    from qp_cli.app.workers import choose_jobs

    recalled = [recall(folder, vicinity, cache) if cache.folder else None for folder in folders]
    changed = [folder for folder, one in zip(folders, recalled, strict=True) if one is None]
    jobs = choose_jobs([folder.path for folder in changed or folders], caller.environ)
    fresh = _examined_anew(caller, changed, jobs, examine)
    with caller.progress(len(folders)) as step:
        for one in recalled:
            yield one or next(fresh)
            step()


def _examined_anew(caller: Caller, changed: list[Folder], jobs: int, examine: Examiner) -> Iterator[Examined]:
    """What is found in the folders that have changed, or of one whose process was ended, that it was."""
    from qp_cli.app.workers import Lost, each_done

    if len(changed) == 1:
        yield examine(changed[0])
        return
    for folder, found in zip(changed, each_done(examine, changed, jobs, caller.environ), strict=True):
        if isinstance(found, Lost):
            shown = folder.shown.as_posix()
            yield Examined(problem=msg("{folder} is left out: {problem}", folder=shown, problem=found.why))
        else:
            yield found


def put_right(caller: Caller, folder: Folder) -> None:
    """Puts the files of a repository right, the caller hearing of each change; what cannot be read is left to a check.

    Raises:
        UsageError: a file cannot be written.
    """
    from qp_cli.store.files import read_plain
    from qp_cli.store.places import CONVENTION, JOURNAL, SITES

    for name in (CONVENTION, SITES, JOURNAL):
        path, shown = folder.path / name, (folder.shown / name).as_posix()
        try:
            data = read_plain(path)
        except OSError:
            if path.is_symlink():
                caller.say(msg("{file}: {change}", file=shown, change=_LINK))
            continue
        for change in _changes(path, data, shown):
            caller.say(msg("{file}: {change}", file=shown, change=change))


def _changes(path: Path, data: bytes, shown: str) -> tuple[Message, ...]:
    """What was changed in a file, or why nothing was."""
    from qp_cli.checks.fixes import fix
    from qp_cli.store.atomic_writing import write_whole
    from qp_cli.store.files import read_plain

    fixed = fix(data, shown)
    if fixed is None:
        return (msg("not touched: it has errors"),)
    if not fixed.changes:
        return ()
    if path.is_symlink():
        return (_LINK,)
    if read_plain(path) != data:
        return (msg("not touched: it has just been changed"),)
    write_whole(path, fixed.data)
    return fixed.changes
