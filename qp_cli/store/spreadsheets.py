"""The sheets of a file that people filled: an Excel or LibreOffice workbook, or a text of separated columns."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.files import open_plain
from qp_cli.store.places import RefusedFileError, reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time, timedelta
    from pathlib import Path
    from typing import TypeAlias

    from qp_cli.messages import Message

    CellContent: TypeAlias = str | int | float | bool | date | time | timedelta
    """What a cell holds: a text (empty for nothing), a number, a day, a day with its hour, an hour."""

MOST_READ = 20 << 20
"""Bytes of the file, at the most."""
_ARCHIVE, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".ods"})
_SEPARATORS = ";,\t"
_SOUGHT = 30
"""Lines of a text among which its separator is sought: the one that makes most columns."""


class ReadSheet(NamedTuple):
    """A sheet as it was read.

    Attributes:
        name: none in a text of columns.
        rows: from the first row and column on, empty ones included.
        uncomputed: the row and column, from 0, of cells that have no result if they are read as empty.
    """

    name: str
    rows: Sequence[Sequence[CellContent]]
    uncomputed: frozenset[tuple[int, int]] = frozenset()


def read_sheets(path: Path) -> list[ReadSheet]:
    """The sheets of a workbook, `.xlsx` or `.ods`, or the one of a text with `;`, `,` or tabs; known by what it holds.

    Raises:
        UsageError: it cannot be read, or is neither; why is said.
    """
    try:
        with open_plain(path.resolve()) as stream:
            data = stream.read(MOST_READ + 1)
        if len(data) > MOST_READ:
            raise RefusedFileError(msg("it holds too much: keep the sheet to be read alone, and save it"))
        if data.startswith(_ARCHIVE):
            return _workbook(data)
        if data.startswith(_COMPOUND):
            raise RefusedFileError(_compound(data))
        if path.suffix.casefold() in _WORKBOOKS:
            raise RefusedFileError(msg("it is no workbook"))
        return [ReadSheet("", _columns(_decoded(data)))]
    except (OSError, RuntimeError) as error:
        why = reason(error) if isinstance(error, OSError) else msg("its links go round in a circle")
        raise UsageError(msg("{file} cannot be read: {reason}", file=str(path), reason=why)) from error


def _compound(data: bytes) -> Message:
    """Why a file of Microsoft's older form is not read: with a password, a workbook becomes one."""
    if _LOCKED in data:
        return msg("it is protected by a password: save it without one")
    return msg("it is a workbook of before 2007: save it as .xlsx")


def _workbook(data: bytes) -> list[ReadSheet]:
    """The sheets of a workbook, once it is known that reading them takes little memory.

    Raises:
        RefusedFileError: it is damaged, or holds what no spreadsheet program writes.
    """
    from qp_cli.store.spreadsheet_archives import look_through

    damaged = RefusedFileError(msg("it is damaged"))
    try:
        archive = look_through(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged from error
    from python_calamine import load_workbook

    try:
        book = load_workbook(io.BytesIO(archive.data))
        return [
            ReadSheet(
                name,
                book.get_sheet_by_name(name).to_python(skip_empty_area=False),
                archive.uncomputed.get(name, frozenset()),
            )
            for name in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise damaged from error


def _decoded(data: bytes) -> str:
    """A text in UTF-8 or UTF-16 with its mark, in UTF-8 without, else as Windows has it in the west of Europe.

    Raises:
        RefusedFileError: it is none of them.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RefusedFileError(msg("it is neither a workbook nor a text of columns (CSV)"))


def _columns(text: str) -> list[list[str]]:
    """The rows of a text of columns, by the separator that makes most of them.

    Raises:
        RefusedFileError: its quotes never close.
    """
    try:
        found = max(_SEPARATORS, key=lambda each: _width(text, each))
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=found))
    except csv.Error as error:
        raise RefusedFileError(msg("it is neither a workbook nor a text of columns (CSV)")) from error


def _width(text: str, separator: str) -> int:
    """The columns of its widest row among the first ones."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return max((len(row) for _, row in zip(range(_SOUGHT), rows, strict=False)), default=0)
