"""Messages as files that mail programs open: one for an address and a day, each in a folder, over nothing else."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.names import id_words
from qp_cli.store.atomic_writing import write_answer
from qp_cli.store.places import reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

_LONGEST = 80
"""How many characters of an address stand in a file's name."""
_HEAD = 8192
"""How many bytes of a file are looked at: its headers, where it is one of ours."""


def mail_file_names(as_of: date, addresses: Sequence[str]) -> list[str]:
    """A name for each address: the day, its letters and figures; part of its fingerprint, where two would be alike.

    Every system takes such a name, whatever its case, and none leads out of a folder.
    """
    words = ["-".join(id_words(each)) for each in addresses]
    count = Counter(each[:_LONGEST] for each in words)
    names: list[str] = []
    for address, word in zip(addresses, words, strict=True):
        short = word[:_LONGEST]
        if short != word or count[short] > 1 or not short:
            short = f"{short}-{sha256(address.casefold().encode()).hexdigest()[:8]}"
        names.append(f"{as_of.isoformat()}_{short}.eml")
    return names


def write_mail_files(folder: Path, messages: Mapping[str, tuple[str, bytes]]) -> None:
    """Writes messages into a folder, which is made where it is not there; each whole or not at all.

    Args:
        folder: where they are written.
        messages: by the name of the file, what a message is known by (`message_id`) and its bytes.

    Raises:
        UsageError: a file of that name is there that is not the same message, or one cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UsageError(msg("{folder} is a file: name a folder.", folder=str(folder))) from error
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else msg("no system takes such a name")
        raise UsageError(msg("{file} cannot be written: {reason}", file=str(folder), reason=why)) from error
    for name, (known_by, _) in messages.items():
        _refuse_another(folder / name, known_by)
    for name, (_, data) in messages.items():
        write_answer(folder / name, data)


def _refuse_another(path: Path, known_by: str) -> None:
    """Refuses to write where something else is: the same message, as it was made before, is replaced.

    Raises:
        UsageError: so it is; nothing was written yet.
    """
    if not path.is_symlink() and not path.exists():
        return
    mark = f"\nMessage-ID: {known_by.partition('@')[0]}@".encode()
    try:
        with path.open("rb") as file:
            is_ours = path.is_file() and mark in file.read(_HEAD).replace(b"\r\n", b"\n")
    except OSError:
        is_ours = False
    if not is_ours:
        raise UsageError(msg("{file} is there, and is another message: nothing was written.", file=str(path)))
