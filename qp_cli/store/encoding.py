"""Bytes to text: only UTF-8 is read, and a file that is something else is told what it looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.store.source import place_at
from qp_cli.store.tree import START

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.store.collector import Collector

MAX_BYTES = 8_000_000
_BOM = b"\xef\xbb\xbf"


def decode(data: bytes, notes: Collector) -> str | None:
    """The text of a file, or None with a finding when it is not UTF-8 or is too large."""
    if len(data) > MAX_BYTES:
        notes.add(
            "QP012",
            START,
            msg("The file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000),
            msg("Split it into smaller files."),
        )
        return None
    body = data.removeprefix(_BOM)
    reason = ""
    try:
        text = body.decode()
        bad = body.find(0)
    except UnicodeDecodeError as error:
        reason = error.reason
        nul = body.find(0, 0, error.start)
        bad = error.start if nul < 0 else nul
    if bad < 0:
        return text
    before = body[:bad].decode()
    notes.add(
        "QP001",
        place_at(before + "?", len(before)),
        msg("The file is not UTF-8 text: the byte 0x{byte} cannot be read here.", byte=f"{body[bad]:02X}"),
        _encoding_hint(body, bad, reason),
    )
    return None


def text_of(data: bytes) -> str:
    """The text of a file, as far as it is one."""
    from qp_cli.store.collector import Collector

    text = decode(data, Collector(""))
    return readable(data) if text is None else text


def readable(data: bytes) -> str:
    """What can be shown of bytes that are not a text; nothing when they are too many."""
    return data.decode(errors="replace") if len(data) <= MAX_BYTES else ""


def _encoding_hint(body: bytes, bad: int, reason: str) -> Message:
    """What the file probably is, and how to save it as UTF-8."""
    sample = body[:4096]
    zeros = sample.count(0) / len(sample)
    if sample.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or zeros > 0.6:  # noqa: PLR2004 three bytes in four
        encoding = "UTF-32"
    elif sample.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > 0.2:  # noqa: PLR2004 about one byte in two
        encoding = "UTF-16"
    elif zeros:
        return msg("This looks like a binary file: only text files can be read.")
    elif reason == "unexpected end of data" and not body[:bad].isascii():
        return msg("The file ends in the middle of a character: it may be incomplete.")
    else:
        encoding = "Windows-1252" if re.search(rb"[\x80-\x9f]", body[bad:]) else "Latin-1 (ISO 8859-1)"
    return msg(
        "It looks like {encoding}: open the file in an editor, choose “Save as” and the encoding UTF-8.",
        encoding=encoding,
    )
