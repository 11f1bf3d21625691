"""Entries in a folder of the user's own, under the fingerprint of all they were made from: a hit or a miss."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.store.files import FILES
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # as Python 3.11 calls it
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]


ENTRY_LAYOUT = 2
"""Of the entries; another number leaves all earlier ones aside."""
_PACKAGE = Path(__file__).resolve().parent.parent
_WITHOUT = frozenset({"app", "cli", "render", "locale", "data", "docs", "__pycache__"})
"""The parts of qp that no entry depends on."""


def entry_key(files: Mapping[str, bytes], *about: str) -> str | None:
    """The key of what follows from the contents of a repository's files; None where the code cannot be told.

    Args:
        files: what each holds, by its name.
        about: what was made of them, and whatever else it was made from.
    """
    code = code_print()
    if code is None:
        return None
    parts = [str(ENTRY_LAYOUT), __version__, code, *about]
    digest = sha256()
    for part in (each.encode(errors="surrogatepass") for each in parts):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    for name in FILES:
        data = files.get(name)
        digest.update(b"-" if data is None else b"%d:" % len(data))
        digest.update(data or b"")
    for name in sorted(files.keys() - set(FILES)):
        digest.update(b"%d:" % len(name) + name.encode(errors="surrogatepass"))
    return digest.hexdigest()


@cache
def code_print() -> str | None:
    """What tells this state of the code from any other: the sizes and times of its files; None where it has none.

    A version alone would not do: whoever works on qp changes its code between two versions.
    """
    try:
        found = sorted(_sources(str(_PACKAGE), ""))
    except OSError:
        return None
    return sha256(repr(found).encode()).hexdigest() if found else None


def _sources(folder: str, below: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as listed:
        for each in listed:
            name = f"{below}/{each.name}"
            if each.name.endswith(".py"):
                about = each.stat()
                yield name, about.st_size, about.st_mtime_ns
            elif each.name not in _WITHOUT and each.is_dir():
                yield from _sources(each.path, name)


CACHE_NAME = "qp"
_HAVE_OWNERS = hasattr(os, "geteuid")


def cache_folder(environ: Mapping[str, str], read: Iterable[Path] = ()) -> Path | None:
    """The folder of the cache; None where there is to be none.

    QP_NO_CACHE switches it off, QP_CACHE_DIR puts it elsewhere; else it is where the user's other caches are. It is
    never in a work tree, whose files anybody may have committed, nor below a folder that others can write to.

    Args:
        environ: the variables.
        read: the folders of the conventions that are read.
    """
    if environ.get("QP_NO_CACHE"):
        return None
    try:
        named = environ.get("QP_CACHE_DIR")
        found = Path(named) if named else users_folder(environ)
        return found if found and not _in_a_work_tree(found, read) and _is_kept_from_others(found) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _in_a_work_tree(cache: Path, read: Iterable[Path]) -> bool:
    """Whether the cache would be among files that came from elsewhere."""
    place = cache.resolve()
    above = (place, *place.parents)
    trees = {_work_tree(folder.resolve()) for folder in read}
    if trees.intersection(above):
        return True
    try:
        home = Path.home().resolve()  # which some keep in git themselves
    except RuntimeError:
        home = None
    return any(os.path.lexists(each / ".git") for each in above if each != home)


def _work_tree(folder: Path) -> Path:
    """The top of the work tree that a convention's folder is in; without git, what holds its `data`."""
    for each in (folder, *folder.parents):
        if os.path.lexists(each / ".git"):
            return each
    return folder.parent if folder.name == "data" else folder


def _is_kept_from_others(cache: Path) -> bool:
    """Whether nobody else can put another folder in the place of this one, or of one above it."""
    if not _HAVE_OWNERS:
        return True
    above = {*cache.absolute().parents, *cache.resolve().parents}
    return all(_belongs_to_us(each) for each in above)


def _belongs_to_us(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:  # made by us, then
        return True
    if found.st_uid not in {0, os.geteuid()}:
        return False
    if stat.S_ISLNK(found.st_mode) or found.st_mode & stat.S_ISVTX:
        return True
    of_a_group = (
        found.st_mode & stat.S_IWGRP and found.st_gid != found.st_uid
    )  # a group of the user's own is nobody else
    return not found.st_mode & stat.S_IWOTH and not of_a_group


def users_folder(environ: Mapping[str, str]) -> Path | None:
    """The user's own; None for one without a home.

    On Linux as platformdirs says it, which takes as long to load as the cache to read.
    """
    if sys.platform != "linux":
        from platformdirs import user_cache_path

        return user_cache_path(CACHE_NAME, appauthor=False)
    named = Path(environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / CACHE_NAME
    home = Path.home()
    return home / ".cache" / CACHE_NAME if home.is_dir() else None


MOST_ENTRIES = 4096
"""The most entries kept."""
LARGEST_CACHE = 256_000_000
"""The most bytes kept."""
UNUSED = 90 * 86_400.0
"""Seconds after which an entry that nobody used is taken away."""
_STALE = 3600.0
_NAME = 64


class Limits(NamedTuple):
    """How much is kept: entries, bytes, seconds without use."""

    entries: int = MOST_ENTRIES
    size: int = LARGEST_CACHE
    unused: float = UNUSED


def prune(folder: Path, fresh: Path, limits: Limits | None = None) -> None:
    """Takes away what is beyond the limits, those used longest ago first; raises nothing.

    Args:
        folder: the cache's own; nothing in it is touched but entries, and what crashes left of them.
        fresh: the entry just written, which stays, and by whose time all is judged.
        limits: else those of this module.
    """
    most = limits or Limits(MOST_ENTRIES, LARGEST_CACHE, UNUSED)
    with suppress(OSError):
        now = fresh.stat().st_mtime
        count = size = 0
        for used, each, path in sorted(_entries(folder), reverse=True):
            temporary = path.endswith(".tmp")
            count += not temporary
            size += each
            old = now - used > (_STALE if temporary else most.unused)
            if path != str(fresh) and (old or (not temporary and (count > most.entries or size > most.size))):
                with suppress(OSError):
                    Path(path).unlink()


def _entries(folder: Path) -> list[tuple[float, int, str]]:
    """When each entry was last used, its size, and where it is."""
    found = []
    with os.scandir(folder) as listed:
        for each in listed:
            if _is_entry(each.name) and each.is_file(follow_symlinks=False):
                about = each.stat(follow_symlinks=False)
                found.append((about.st_mtime, about.st_size, each.path))
    return found


def _is_entry(name: str) -> bool:
    """Whether a name is one of ours: a fingerprint, or a temporary file's beside it."""
    key = name.removeprefix(".").partition(".")[0]
    return len(key) == _NAME and set(key) <= set("0123456789abcdef") and (key == name or name.endswith(".tmp"))


MARK = b"qp-cache"
LARGEST_ENTRY = 64_000_000
"""The most bytes an entry may have."""
_ANOTHERS = stat.S_IWGRP | stat.S_IWOTH
_HAS_OWNERS = hasattr(os, "geteuid")
_HEADER = 3
_FLAGS = sum(  # no link followed, no pipe waited for
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)
# What a damaged entry can raise: bytes that are no text, no JSON, nested too deep, or too many.
_DAMAGE = (OSError, ValueError, RecursionError, MemoryError, OverflowError)


class Cache:
    """The entries of one folder; of no folder, no entries."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def load(self, key: str | None) -> object:
        """What was kept under a key; None where nothing was, or nothing that can be relied upon."""
        if self.folder is None or key is None or not _is_ours(self.folder):
            return None
        path = self.folder / key
        try:
            data = _read(path)
            mark, name, checksum, payload = data.split(b"\n", _HEADER)
            if (mark, name, checksum) != (MARK, key.encode(), _checksum(payload)):
                return None
            found: object = json.loads(payload)
        except _DAMAGE:
            return None
        with suppress(OSError):
            os.utime(path)
        return found

    def keep(self, key: str | None, value: object) -> None:
        """Keeps a value of texts, numbers, lists and mappings, where it can be kept."""
        if self.folder is None or key is None:
            return
        try:
            payload = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
            if len(payload) <= LARGEST_ENTRY and _made(self.folder):
                data = b"\n".join((MARK, key.encode(), _checksum(payload), payload))
                _write(self.folder / key, data)
                if key.startswith("0"):  # a key is as good as chance: once in sixteen
                    prune(self.folder, self.folder / key)
        except (*_DAMAGE, TypeError):
            return


def _checksum(payload: bytes) -> bytes:
    return sha256(payload).hexdigest().encode()


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have put something into a folder."""
    try:
        found = folder.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode) and _is_private(found)


def _is_private(found: os.stat_result) -> bool:
    return not _HAS_OWNERS or (found.st_uid == os.geteuid() and not found.st_mode & _ANOTHERS)


def _made(folder: Path) -> bool:
    """Whether the folder is there, made if need be, and ours."""
    for above in reversed(folder.parents):  # ours alone too, whatever the umask
        if not above.exists():
            above.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return _is_ours(folder)


def _read(path: Path) -> bytes:
    """The bytes of an entry, if it is an ordinary file of ours: no link, no pipe, nothing too large."""
    descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or not _is_private(found) or found.st_size > LARGEST_ENTRY:
            raise OSError(path)
        return stream.read(LARGEST_ENTRY)


def _write(path: Path, data: bytes) -> None:
    """Puts an entry in place in one go; what a crash leaves of it is known by its checksum."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}.tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
