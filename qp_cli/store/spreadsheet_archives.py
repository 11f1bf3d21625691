"""The archive that a workbook is, looked through before a library reads it: its size, its XML, where its cells are."""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from qp_cli.messages import msg
from qp_cli.store.places import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qp_cli.messages import Message

MOST_UNPACKED = 64 << 20
"""Bytes of XML that a workbook may unpack to: the whole of an export of some ten thousand obligations."""
MOST_CELLS = 4_000_000
"""Cells of the smallest rectangle that holds all that is filled of a sheet: it is read into memory whole."""
_MOST_PARTS = 5_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CONTENT, _MANIFEST, _MIMETYPE = "content.xml", "META-INF/manifest.xml", "mimetype"
_READ = re.compile(rf"(xl/|_rels/).*\.(xml|rels)|\[Content_Types\]\.xml|{re.escape(_CONTENT)}|{re.escape(_MANIFEST)}")
"""The parts that make the cells of a workbook; LibreOffice's macros, which declare a document type, are none."""
CellIndex = tuple[int, int]
"""The row and the column of a cell, counted from 0."""


class SafeArchive(NamedTuple):
    """A workbook that nothing can be hidden in.

    Attributes:
        data: an archive of the XML that makes its cells, alone and made anew.
        uncomputed: for each sheet, by name, the cells that have no result if they are read as empty: formulas, errors.
    """

    data: bytes
    uncomputed: Mapping[str, frozenset[CellIndex]]


def look_through(data: bytes) -> SafeArchive:
    """What a library may read of a workbook, an `.xlsx` or an `.ods`: no macro, no image, no declared entity.

    Raises:
        RefusedFileError: it is too large, damaged, protected by a password, or no such workbook; the reason is given.
    """
    parts = _unpack(data)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise RefusedFileError(msg("it is protected by a password: save it without one"))
    if "xl/workbook.xml" in parts:
        uncomputed = _in_excel(parts)
    elif _CONTENT in parts:
        uncomputed = _in_open_document(parts[_CONTENT])
        parts = {_MIMETYPE: _mimetype(data), _MANIFEST: b"<manifest/>", _CONTENT: parts[_CONTENT]}
    elif any(name.endswith("workbook.bin") for name in _names(data)):
        raise RefusedFileError(msg("it is a binary workbook: save it as .xlsx"))
    else:
        raise RefusedFileError(msg("it is no workbook"))
    return SafeArchive(_packed(parts), uncomputed)


def _names(data: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.namelist()


def _mimetype(data: bytes) -> bytes:
    """What an OpenDocument says that it is, in its first part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _MIMETYPE not in archive.namelist():
            raise RefusedFileError(msg("it is no workbook"))
        with archive.open(_MIMETYPE) as stream:
            return stream.read(200)


def _unpack(data: bytes) -> dict[str, bytes]:
    """The XML of an archive, unpacked as far as is allowed, whatever sizes it declares."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_PARTS:
            raise RefusedFileError(_too_large())
        for entry in entries:
            if not _READ.fullmatch(entry.filename):
                continue
            if entry.flag_bits & _ENCRYPTED:
                raise RefusedFileError(msg("it is protected by a password: save it without one"))
            if entry.compress_type not in _METHODS or entry.filename in parts:
                raise RefusedFileError(msg("it is damaged"))
            with archive.open(entry) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0:
                raise RefusedFileError(_too_large())
            parts[entry.filename] = part
    return parts


def _too_large() -> Message:
    return msg("it holds too much: keep the sheet to be read alone, and save it")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts alone: whatever else the first one held, and however it held it, is gone."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _walk(part: bytes, start: Callable[[str, dict[str, str]], None] | None = None) -> None:
    """Calls `start` with each element of an XML text, by its name, with its prefix if it has one.

    Raises:
        RefusedFileError: it is no XML, or declares a document type, by which entities come.
    """

    def refuse(*_: object) -> None:
        raise RefusedFileError(msg("it declares a document type, as no spreadsheet program does"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat takes no names
    except expat.ExpatError as error:
        raise RefusedFileError(msg("it is damaged")) from error


def _bare(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


class _Extent:
    """The rectangle that holds all that is filled of a sheet."""

    def __init__(self) -> None:
        self._rows = self._columns = 0

    def hold(self, row: int, column: int) -> None:
        """Makes room for a cell.

        Raises:
            RefusedFileError: the sheet would be too large.
        """
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        if self._rows * self._columns > MOST_CELLS:
            cell = cell_name(row, column)
            raise RefusedFileError(msg("cell {cell} holds something, far from the others: empty it", cell=cell))


def cell_name(row: int, column: int) -> str:
    """The address of a cell, as spreadsheets write it: B12 for 11, 1."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _place(address: str) -> CellIndex:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise RefusedFileError(msg("it is damaged"))
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _in_excel(parts: Mapping[str, bytes]) -> dict[str, frozenset[CellIndex]]:
    """The cells without a result, of each sheet; every XML is looked at."""
    titles = _excel_sheets(parts)
    found: dict[str, frozenset[CellIndex]] = {}
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheet = _ExcelSheet()
            _walk(part, sheet.start)
            cells = sheet.without_result()
            found |= {title: cells for title, target in titles.items() if target == name}
        else:
            _walk(part)
    return found


def _excel_sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part that holds each sheet, by its name."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _bare(name) == "Relationship":
            target = attributes.get("Target", "")
            joined = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = joined

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _bare(name) == "sheet":
            key = next((value for each, value in attributes.items() if each.endswith(":id")), "")
            titles[attributes.get("name", "")] = targets.get(key, "")

    _walk(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    _walk(parts["xl/workbook.xml"], sheet)
    return titles


class _ExcelSheet:
    """A sheet of Excel's, element by element: how far it reaches, and which formulas it has no result of."""

    def __init__(self) -> None:
        self._uncomputed: set[CellIndex] = set()
        self._extent = _Extent()
        self._row, self._column = -1, -1
        self._kind, self._filled, self._formula, self._value = "", False, False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = _bare(name)
        if name == "c":
            self._close()
            address = attributes.get("r")
            self._row, self._column = _place(address) if address else (max(self._row, 0), self._column + 1)
            self._kind = attributes.get("t", "")
        elif name == "row":
            self._close()
            number = attributes.get("r", "")
            self._row = int(number) - 1 if _is_number(number) else self._row + 1
            self._column = -1
        elif name in {"v", "is", "f"}:
            self._filled = True
            self._formula |= name == "f"
            self._value |= name != "f"

    def _close(self) -> None:
        """The cell before is over."""
        if not self._filled:
            return
        self._extent.hold(max(self._row, 0), max(self._column, 0))
        if self._kind == "e" or (self._formula and not (self._value and self._kind == "str")):
            self._uncomputed.add((self._row, self._column))
        self._filled = self._formula = self._value = False

    def without_result(self) -> frozenset[CellIndex]:
        """The formulas that have none where they are read as empty, and the errors."""
        self._close()
        return frozenset(self._uncomputed)


def _in_open_document(content: bytes) -> dict[str, frozenset[CellIndex]]:
    """The cells without a result, of each sheet."""
    read = _OpenDocument()
    _walk(content, read.start)
    return {title: frozenset(cells) for title, cells in read.uncomputed.items()}


class _OpenDocument:
    """The sheets of an OpenDocument, element by element; rows and cells that are alike are written once."""

    def __init__(self) -> None:
        self.uncomputed: dict[str, set[CellIndex]] = {}
        self._extent = _Extent()
        self._title = ""
        self._row = self._column = 0
        self._rows = self._columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = _bare(name)
        if name == "table":
            self._title = attributes.get("table:name", "")
            self.uncomputed[self._title] = set()
            self._extent = _Extent()
            self._row = self._rows = 0
        elif name == "table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "table:number-rows-repeated")
            self._column = self._columns = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._column += self._columns
            self._columns = _repeated(attributes, "table:number-columns-repeated")
            self._hold(attributes)
        elif name == "p" and self._columns:
            self._reach()

    def _hold(self, attributes: dict[str, str]) -> None:
        held = {name.partition(":")[2] for name in attributes}
        if "value-type" in held:
            self._reach()
        elif "formula" in held:
            self._reach()
            self.uncomputed.setdefault(self._title, set()).add((self._row, self._column))

    def _reach(self) -> None:
        self._extent.hold(self._row + self._rows - 1, self._column + self._columns - 1)


def _repeated(attributes: Mapping[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    if not _is_number(number):
        raise RefusedFileError(msg("it is damaged"))
    return max(int(number), 1)


def _is_number(text: str) -> bool:
    """Whether a text is the number of a row or column."""
    return text.isascii() and text.isdecimal() and len(text) <= len("1048576")
