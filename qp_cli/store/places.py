"""Where a repository is, whose it is and where it ends, and why the system refuses one of its files."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.messages import Message


_WORDS: dict[str, Message] = {
    "ENOENT": msg("no such file or folder"),
    "EACCES": msg("permission denied"),
    "EPERM": msg("permission denied"),
    "EISDIR": msg("it is a folder"),
    "ENOTDIR": msg("part of its path is no folder"),
    "ENOSPC": msg("the disk is full"),
    "EROFS": msg("the disk is read-only"),
    "ENAMETOOLONG": msg("its name is too long"),
    "ELOOP": msg("its links go round in a circle"),
    "EBADF": msg("it is closed"),
    "EFBIG": msg("it would be larger than is allowed here"),
    "EDQUOT": msg("the space allowed on this disk is used up"),
    "EIO": msg("the disk, or the way to it, has failed"),
    "EINVAL": msg("this disk or device does not take it"),
    "ENOLCK": msg("this disk has no locks to give"),
    "ENOSYS": msg("this disk or system cannot do it"),
    "ENOTSUP": msg("this disk or system cannot do it"),
    "EOPNOTSUPP": msg("this disk or system cannot do it"),
    "EMFILE": msg("too many files are open"),
    "ENFILE": msg("too many files are open"),
    "ENOMEM": msg("there is not enough memory"),
    "EBUSY": msg("somebody else is using it"),
    "EAGAIN": msg("somebody else is using it"),
    "ETXTBSY": msg("somebody else is using it"),
    "ETIMEDOUT": msg("the disk does not answer"),
    "ESTALE": msg("the network disk no longer knows it"),
    "ENODEV": msg("there is no such device"),
    "ENXIO": msg("there is no such device"),
    "EMLINK": msg("it has too many links"),
    "EXDEV": msg("it is on another disk"),
    "EILSEQ": msg("no such name can be written there"),
}
_REASONS = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}
"""By the system's number; no system has all of them."""


class RefusedFileError(OSError):
    """A file that qp does not open, or write, though the system might."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def reason(error: OSError) -> Message:
    """What a person can act on; the system's own number where there are no words for it."""
    if isinstance(error, RefusedFileError):
        return error.why
    return _REASONS.get(error.errno or 0) or msg("system error {number}", number=str(error.errno))


def belongs_to_another(folder: Path, environ: Mapping[str, str]) -> bool:
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


def as_named(path: Path) -> Path:
    """The whole path, its links as they are; what stands before a `..` is where the system would go back from."""
    full = path.absolute()
    if ".." not in full.parts:
        return full
    last = len(full.parts) - full.parts[::-1].index("..")
    return Path(os.path.realpath(Path(*full.parts[:last])), *full.parts[last:])


def top_of(folder: Path) -> Path:
    """The top of the repository that a convention's folder is in: that of its git work tree, else the one above `data`.

    Args:
        folder: in full, as it is named.

    Raises:
        OSError: a folder above is out of reach.
    """
    for each in (folder, *folder.parents):
        if is_there(each / ".git"):
            return each
    return folder.parent if folder.name == DATA else folder


def leads_out(target: str, top: str) -> bool:
    """Whether a file is outside a folder, or in what is hidden there: `.git`, `.env`, `.ssh`.

    Args:
        target: where it really is.
        top: where the folder really is.
    """
    try:
        inside = Path(target).relative_to(top)
    except ValueError:
        return True
    return any(part.startswith(".") for part in inside.parts)


DATA = "data"
"""The folder of a repository that holds its files, where they are not at its top."""
CONVENTION = "convention.yaml"
SITES = "sites.yaml"
JOURNAL = "journal.yaml"
PARTIES = "parties.yaml"
FILE_NAMES = (CONVENTION, SITES, JOURNAL, PARTIES)
"""The files that people enter; qp reads no other as data."""
_STEMS = {name.partition(".")[0]: name for name in FILE_NAMES}
_ENDINGS = frozenset({"yaml", "yml", "yaml.txt", "yml.txt"})
"""What programs and habits make of `.yaml`."""


def named_folder(folder: Path) -> Path:
    """The folder that holds `convention.yaml`: this one, or its `data`.

    Raises:
        RepositoryError: neither does, or one cannot be looked into.
    """
    try:
        found = holding(folder)
    except OSError as error:
        raise _unread(folder, error) from error
    if found is None:
        raise RepositoryError(msg("There is no {file} in {folder}", file=CONVENTION, folder=str(folder)))
    return found


def upwards(start: Path) -> Path | None:
    """The nearest folder, from `start` up, that holds a convention; None where there is none.

    A folder above that cannot be looked into holds none, unless git knows it.

    Raises:
        RepositoryError: on the way up, one cannot be looked into, or holds a convention under nearly its name.
    """
    for folder in (start, *start.parents):
        try:
            found = holding(folder)
        except OSError as error:
            if folder != start and not (folder / ".git").exists():
                continue
            raise _unread(folder, error) from error
        if found:
            return found
        refuse_misnamed(folder)
    return None


def _unread(folder: Path, error: OSError) -> RepositoryError:
    return RepositoryError(msg("{file} cannot be read: {reason}", file=str(folder), reason=reason(error)))


def embedded() -> Path:
    """The folder of the convention that comes with qp: beside the package in a source tree, else inside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if (inside / CONVENTION).is_file() else package.parent / "data"


def holding(folder: Path) -> Path | None:
    """The folder that holds `convention.yaml`: the `data` of this one, or this one; None where neither does.

    Raises:
        OSError: one of them cannot be looked into.
    """
    for candidate in (folder / DATA, folder):
        if is_there(candidate / CONVENTION):
            return candidate
    return None


def is_there(path: Path) -> bool:
    """Whether anything bears that name, be it a link that leads nowhere.

    Raises:
        OSError: nobody can tell, for a folder above it is out of reach.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def intended_name(name: str) -> str | None:
    """The file of a repository that a name is, on one system or another, or nearly is; None for any other.

    `JOURNAL.YAML` is `journal.yaml` where case does not count, and `journal.yml` is what many call such a file.
    """
    stem, _, ending = _plain(name).partition(".")
    return _STEMS.get(stem.strip()) if ending in _ENDINGS else None


def _plain(name: str) -> str:
    """A name without what some system leaves aside: case, widths, signs of no width, last dots, a stream's name."""
    text = name
    if not text.isascii():
        import unicodedata

        text = "".join(
            each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) not in {"Cf", "Cc"}
        )
    return text.partition(":")[0].casefold().strip(" .")


def misnamed(folder: Path) -> dict[str, str]:
    """The files of a folder under nearly the name of one that is read, each with that name; none where none is seen."""
    try:
        found = {each.name: intended_name(each.name) for each in folder.iterdir()}
    except OSError:
        return {}
    return {name: right for name, right in sorted(found.items()) if right and right != name}


def refuse_misnamed(folder: Path) -> None:
    """Says so where a folder, or its `data`, holds no convention but for its name.

    Raises:
        RepositoryError: it does.
    """
    for each in (folder / DATA, folder):
        for name, right in misnamed(each).items():
            if right == CONVENTION:
                raise RepositoryError(
                    msg(
                        "There is no {file} in {folder}, but {name}: rename it.",
                        file=CONVENTION,
                        folder=str(each),
                        name=name,
                    )
                )
