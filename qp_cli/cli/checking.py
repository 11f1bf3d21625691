"""What `qp check` looks at and keeps: the folders named, the codes chosen, the paths as each reader needs them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.cli.answers import FAILED
from qp_cli.cli.output import say
from qp_cli.errors import LeftOutError, RepositoryError, UsageError, unknown
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.names import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qp_cli.cli.session import Session
    from qp_cli.findings import Finding
    from qp_cli.render.rule_pages import RulePage
    from qp_cli.store.portfolio import Below

_CODE = re.compile(r"QP\d{0,3}", re.ASCII)
_FIRST_THAT_STOPS_NOTHING = "QP300"
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where the source tree begins, as GitHub and GitLab tell it."""


class Choice(NamedTuple):
    """The codes to keep and to leave out; errors that stop everything else are always kept."""

    selected: frozenset[str] | None
    ignored: frozenset[str]

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding is shown, and counts."""
        if finding.severity is Severity.ERROR and finding.code < _FIRST_THAT_STOPS_NOTHING:
            return True
        return (self.selected is None or finding.code in self.selected) and finding.code not in self.ignored


def choose_codes(select: Sequence[str], ignore: Sequence[str], rules: Sequence[RulePage]) -> Choice:
    """The choice that `--select` and `--ignore` make.

    Raises:
        UsageError: a code that no rule has, or an ignored rule without which nothing can be computed.
    """
    selected = frozenset(_matching(select, rules)) if select else None
    ignored = _matching(ignore, rules)
    if refused := [rule.code for rule in rules if rule.blocking and rule.code in ignored]:
        codes = ", ".join(refused)
        raise UsageError(msg("--ignore: nothing can be computed from files with {codes}: put them right", codes=codes))
    return Choice(selected, frozenset(ignored))


def _matching(texts: Iterable[str], rules: Sequence[RulePage]) -> list[str]:
    """The codes that begin with one of the words, in their order."""
    words = [word.strip().upper() for text in texts for word in text.split(",")]
    codes = [rule.code for rule in rules]
    for word in words:
        if not _CODE.fullmatch(word) or not any(code.startswith(word) for code in codes):
            raise no_rule(word, codes)
    return [code for code in codes if code.startswith(tuple(words))] if words else []


def no_rule(word: str, codes: Sequence[str]) -> UsageError:
    """The error for a code that no rule has: with the nearest, or the families."""
    known = nearest(word, codes) or sorted({code[:3] for code in codes})
    return unknown(msg("No rule has the code “{code}”.", code=shown(word)), word, known)


def folders_in(name: str) -> Below:
    """The repositories a path stands for: its folder, those below it, or the one a file is in.

    Raises:
        RepositoryError: there is none.
    """
    from qp_cli.store.places import PARTIES, upwards
    from qp_cli.store.portfolio import Below, conventions_in

    path = Path(name)
    try:
        if path.name == PARTIES and path.is_file():
            return conventions_in(path.absolute().parent)
        if not path.is_file():
            return conventions_in(path)
        if found := upwards(path.absolute().parent):
            return Below([found], {})
    except OSError as error:
        from qp_cli.store.places import reason

        raise RepositoryError(msg("{file} cannot be read: {reason}", file=name, reason=reason(error))) from error
    raise RepositoryError(msg("No repository holds {file}", file=name))


class Named(NamedTuple):
    """What a check was asked to look at.

    Attributes:
        folders: those of the conventions, each once.
        left_out: what is no convention, or cannot be looked into.
        code: the exit code that this asks for.
    """

    folders: list[Path]
    left_out: list[str]
    code: int


def folders_of(names: Sequence[str], session: Session) -> Named:
    """The folders to check; never the one that comes with qp. What is left out is said.

    Raises:
        RepositoryError: no path is given, and none is found.
    """
    if not names:
        absent: dict[str, RepositoryError] = {}
        folders = session.folders((), fallback=False, absent=absent)
        for error in absent.values():
            complain(error, session)
        return Named(folders, list(absent), FAILED if absent else 0)
    found: dict[Path, Path] = {}
    left_out: list[str] = []
    code = 0
    for name in names:
        try:
            below = folders_in(name)
        except RepositoryError as error:
            code = complain(error, session)
            left_out.append(name)
            continue
        for path, why in below.unread.items():
            complain(LeftOutError(path, why), session)
            code = max(code, FAILED)
            left_out.append(str(path))
        for folder in below.folders:
            found.setdefault(folder.resolve(), folder)
    return Named(list(found.values()), left_out, code)


def complain(error: RepositoryError, session: Session) -> int:
    """Says what stands in the way of one repository; the exit code it asks for."""
    say(f"qp: {session.language.text(error.message)}")
    return error.exit_code


def root_of(environ: Mapping[str, str]) -> Path:
    """Where the source tree begins: what the CI says, else here."""
    for name in _ROOTS:
        if environ.get(name):
            return Path(environ[name])
    return Path.cwd()


def path_from(root: Path, path: Path) -> str:
    """A path as seen from the root; absolute when it is outside."""
    for full, base in ((path.absolute(), root), (path.resolve(), root.resolve())):
        plain = Path(os.path.normpath(full))
        if plain.is_relative_to(base):
            return plain.relative_to(base).as_posix()
    return path.resolve().as_posix()
