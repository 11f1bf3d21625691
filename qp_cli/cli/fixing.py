"""`qp check --fix`: files put right on disk, each change said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.cli.output import say
from qp_cli.messages import msg
from qp_cli.store.files import read_plain
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from pathlib import Path

    from qp_cli.messages import Message
    from qp_cli.render.language import Language

_LINK = msg("not touched: it is a link to another file")


def put_right(folder: Path, shown: Path, language: Language) -> None:
    """Puts the files of a repository right; what cannot be read is left to the check to report.

    Raises:
        UsageError: a file cannot be written.
    """
    for name in (CONVENTION, SITES, JOURNAL):
        path = folder / name
        try:
            data = read_plain(path)
        except OSError:
            if path.is_symlink():
                say(language.text(msg("{file}: {change}", file=(shown / name).as_posix(), change=_LINK)))
            continue
        for change in _changes(path, data, (shown / name).as_posix()):
            say(language.text(msg("{file}: {change}", file=(shown / name).as_posix(), change=change)))


def _changes(path: Path, data: bytes, shown: str) -> tuple[Message, ...]:
    """What was changed in a file, or why nothing was."""
    from qp_cli.checks.fixes import fix
    from qp_cli.store.writing import write_whole

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
