"""A proof from elsewhere, copied beside the journal: under a name that every system takes, over nothing."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.atomic_writing import confirm, discard, prepare, put_in_place
from qp_cli.store.files import open_plain
from qp_cli.store.places import JOURNAL, RefusedFileError, as_named, intended_name, leads_out, reason, top_of
from qp_cli.store.proofs import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader

PROOFS = "preuves"
"""The folder beside the journal that takes the copies."""
_CHUNK = 1 << 18
_LONGEST = 150
"""The bytes that a name may have: what the narrowest disks leave, and a number after it."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
"""The names that Windows keeps for itself, whatever their ending."""


class ProofCopy(NamedTuple):
    """A copy to be made, or one that is there already.

    Attributes:
        source: the file that was given, where it really is.
        name: what the copy is called, from the journal's folder.
        sha256: the fingerprint of both.
        is_there: whether the folder has it already.
    """

    source: Path
    name: str
    sha256: str
    is_there: bool


def safe_name(name: str) -> str:
    """A name that every system takes and shows, its accents kept: no sign that some refuse, none that is not seen."""
    text = "".join(map(_safe_sign, unicodedata.normalize("NFC", name)))
    text = " ".join(text.split()).strip(" .-") or "preuve"
    stem, ending = PurePath(text).stem, PurePath(text).suffix
    while len(f"{stem}{ending}".encode()) > _LONGEST:
        stem, ending = (stem[:-1], ending) if len(stem) > 1 else (stem + ending[:-1], "")
    stem = stem.strip(" .") or "preuve"
    if _DEVICES.match(f"{stem}{ending}") or intended_name(f"{stem}{ending}"):
        stem = f"preuve-{stem}"
    return f"{stem}{ending}"


def _safe_sign(sign: str) -> str:
    if sign.isspace():
        return " "
    return "-" if sign in _FORBIDDEN or not sign.isprintable() else sign


def plan_copy(source: Path, folder: Path, named: Mapping[str, str | None]) -> ProofCopy:
    """Where a file from elsewhere would be copied to; nothing is written.

    A file of the same content that the folder of proofs has already is taken; a name that is another file's gets a
    number.

    Args:
        source: as it is named.
        folder: that of the journal.
        named: the fingerprint of each file that a fact gives as its proof, there or not, by its name.

    Raises:
        OSError: it is no ordinary file, hidden in the repository, too large, behind a link of the repository that
            leads out of it, or cannot be read.
        UsageError: the folder of proofs is no folder of this one.
    """
    real = _allowed(source, folder)
    with open_plain(real) as stream:
        sha256, size = fingerprint(stream), os.fstat(stream.fileno()).st_size
    held = _held(folder)
    name = safe_name(source.name)
    same = [each for each in held.values() if _is_same(folder / PROOFS / each, size, sha256)]
    if same:
        return ProofCopy(real, f"{PROOFS}/{min(same, key=lambda each: (each != name, each))}", sha256, is_there=True)
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    number = 1
    while _folded(name) in held or named.get(f"{PROOFS}/{name}", sha256) != sha256:
        number += 1
        name = f"{stem}-{number}{ending}"
    return ProofCopy(real, f"{PROOFS}/{name}", sha256, is_there=False)


def _allowed(source: Path, folder: Path) -> Path:
    """Where a file really is that may be copied.

    Raises:
        OSError: it is out of reach, hidden in the repository, or the repository's own link leads to it.
    """
    real, named = source.resolve(strict=True), as_named(source)
    top = os.path.realpath(top_of(as_named(folder)))
    if real.is_relative_to(top):
        if leads_out(str(real), top):
            raise RefusedFileError(msg("it is hidden, or in a hidden folder"))
    elif any(Path(os.path.realpath(each)).is_relative_to(top) for each in named.parents):
        raise RefusedFileError(msg("it is reached by a link that leads out of the repository"))
    return real


def _held(folder: Path) -> dict[str, str]:
    """The names in the folder of proofs, by what some systems take them for.

    Raises:
        UsageError: it is a link, or no folder.
        OSError: it is out of reach.
    """
    place = folder / PROOFS
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise UsageError(msg("{file} is no folder: no proof is copied there.", file=str(place)))
    return {_folded(each.name): each.name for each in place.iterdir()} if place.is_dir() else {}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _is_same(path: Path, size: int, sha256: str) -> bool:
    """Whether a file that may be named as a proof has this content; one that cannot be read has not."""
    if safe_name(path.name) != path.name or path.is_symlink():
        return False
    with suppress(OSError), open_plain(path) as stream:
        return os.fstat(stream.fileno()).st_size == size and fingerprint(stream) == sha256
    return False


@contextmanager
def placed(copy: ProofCopy | None, folder: Path) -> Iterator[None]:
    """Has the copy on the disk, under its name, while something names it; where nothing does in the end, it goes.

    Raises:
        UsageError: it cannot be written, its name was taken meanwhile, or the file changed since it was looked at.
    """
    if copy is None or copy.is_there:
        yield
        return
    target = folder / copy.name
    is_ours = False
    try:
        _write(copy, target)
        is_ours = True
        yield
    except BaseException as error:
        if is_ours and not _is_named(copy, folder):
            discard(target)
        if not target.parent.is_symlink():
            with suppress(OSError):
                target.parent.rmdir()  # it stays where it holds anything
        if isinstance(error, OSError) and not is_ours:
            problem = msg("{file} cannot be written: {reason}", file=str(target), reason=reason(error))
            raise UsageError(problem) from error
        raise


def _is_named(copy: ProofCopy, folder: Path) -> bool:
    """Whether the journal that the disk has gives the copy as a proof; where nobody can tell, it may."""
    try:
        return copy.name.encode() in (folder / JOURNAL).read_bytes()
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _write(copy: ProofCopy, target: Path) -> None:
    """Writes the copy to the disk, then gives it its name, which nothing else may have.

    Raises:
        UsageError: its name was taken meanwhile, or the file changed since it was looked at.
        OSError: it cannot be written.
    """
    _held(target.parent.parent)
    with suppress(FileExistsError):
        target.parent.mkdir()
        confirm(target.parent.parent)
    read = hashlib.sha256()
    with open_plain(copy.source) as stream:
        beside = prepare(target, _parts(stream, read))
    try:
        if read.hexdigest() != copy.sha256:
            raise UsageError(msg("{file} changed while it was copied: nothing was recorded.", file=str(copy.source)))
        _name(beside, target)
    finally:
        discard(beside)
    confirm(target.parent)


def _parts(stream: BufferedReader, read: hashlib._Hash) -> Iterator[bytes]:
    while part := stream.read(_CHUNK):
        read.update(part)
        yield part


def _name(beside: Path, target: Path) -> None:
    """Gives a file its name, and takes it from nobody.

    Raises:
        UsageError: something else has it by now.
        OSError: the disk does not let it.
    """
    try:
        try:
            os.link(beside, target)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):  # this disk has no second names
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            put_in_place(beside, target)
    except FileExistsError as error:
        raise UsageError(msg("{file} is there by now: nothing was recorded.", file=str(target))) from error
