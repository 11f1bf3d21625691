"""Files given for a filled sheet: read as they are, or refused in one line, soon and in little memory."""

from __future__ import annotations

import codecs
import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from qp_cli.errors import UsageError
from qp_cli.store import spreadsheet_archives, spreadsheets
from qp_cli.store.spreadsheet_archives import cell_name
from qp_cli.store.spreadsheets import read_sheets

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*, epoch=None, **cells):
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "Suivi"
    for name, value in cells.items():
        sheet[name] = value
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def changed(data, name, text, *, method=zipfile.ZIP_DEFLATED):
    """The same archive with another part under a name."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", method) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, text)
    return held.getvalue()


def rows(text):
    return f"<worksheet {MAIN}><sheetData>{text}</sheetData></worksheet>"


def open_document(text, **parts):
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in names)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Suivi">{text}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, part in {"META-INF/manifest.xml": "<manifest/>", **parts}.items():
            archive.writestr(name, part)
    return held.getvalue()


@pytest.fixture
def read(tmp_path):
    def run(data, name="suivi.xlsx"):
        (tmp_path / name).write_bytes(data)
        return read_sheets(tmp_path / name)

    return run


@pytest.fixture
def refused(read):
    def run(data, name="suivi.xlsx"):
        with pytest.raises(UsageError) as caught:
            read(data, name)
        text = str(caught.value)
        assert "\n" not in text
        return text

    return run


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_each_cell_of_a_workbook_is_read_where_it_stands_and_for_what_it_is(read, epoch):
    cells = {
        "B3": date(2021, 3, 18),
        "C3": datetime.fromisoformat("2021-03-18T14:30"),
        "D3": 44273,
        "E3": "Été",
        "B5": True,
    }
    (sheet,) = read(workbook(epoch=epoch, **cells))
    assert sheet.name == "Suivi"
    assert [list(row) for row in sheet.rows] == [
        *([""] * 5 for _ in range(2)),
        ["", date(2021, 3, 18), datetime.fromisoformat("2021-03-18T14:30"), 44273, "Été"],
        [""] * 5,
        ["", True, "", "", ""],
    ]


def test_a_formula_is_its_result_and_one_without_is_told(read):
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
    cells += '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    (sheet,) = read(changed(workbook(A1="x"), SHEET, rows(f'{cells}<c r="D1" t="str"><f>A1</f><v></v></c></row>')))
    assert sheet.rows[0][0] == 2
    empty = {place for place in sheet.uncomputed if sheet.rows[place[0]][place[1] : place[1] + 1] in ([""], [])}
    assert empty == {(0, 1), (0, 2)}


def test_cells_without_an_address_stand_one_after_the_other(read):
    (sheet,) = read(changed(workbook(A1="x"), SHEET, rows("<row><c><v>1</v></c><c><v>2</v></c></row>")))
    assert list(sheet.rows[0]) == [1, 2]


def test_an_open_document_is_read_with_its_repeated_rows_and_days(read):
    about = 'office:value-type="date" office:date-value="2021-03-18"'
    day = f"<table:table-cell {about}><text:p>18/03/21</text:p></table:table-cell>"
    gap = '<table:table-cell table:number-columns-repeated="16000"/>'
    (sheet,) = read(
        open_document(
            f'<table:table-row table:number-rows-repeated="2">{gap}</table:table-row><table:table-row>{day}{gap}'
            f'</table:table-row><table:table-row table:number-rows-repeated="1048573">{gap}</table:table-row>'
        ),
        "suivi.ods",
    )
    assert sheet.rows[2][0] == date(2021, 3, 18)
    assert len(sheet.rows) == 3


MANY_ROWS = "".join(f'<row r="{number}"/>' for number in range(1, 100_001))
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" '
    'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "EncryptedPackage".encode("utf-16-le")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "far": (changed(workbook(A1="x"), SHEET, rows(FAR)), "XFD1048576 holds something, far from the others"),
    "entity": (changed(workbook(A1="x"), SHEET, ENTITY + rows("")), "declares a document type"),
    "entity elsewhere": (
        changed(workbook(A1="x"), "xl/sharedStrings.xml", f"{ENTITY}<sst/>"),
        "declares a document type",
    ),
    "half": (workbook(A1="x")[:-200], "damaged"),
    "cut": (workbook(A1="x")[:30], "damaged"),
    "no XML": (changed(workbook(A1="x"), SHEET, "<row>"), "damaged"),
    "no address": (changed(workbook(A1="x"), SHEET, rows('<row r="1"><c r="?"><v>1</v></c></row>')), "damaged"),
    "bzip2": (changed(workbook(A1="x"), SHEET, rows(""), method=zipfile.ZIP_BZIP2), "damaged"),
    "another": (changed(b"PK\x05\x06" + bytes(18), "a.xml", "<a/>"), "no workbook"),
    "binary": (changed(changed(b"PK\x05\x06" + bytes(18), "xl/workbook.bin", "x"), "a.xml", "<a/>"), "binary workbook"),
    "PDF": (b"%PDF-1.7 \n", "no workbook"),
    "empty": (b"", "no workbook"),
    "locked": (LOCKED, "password"),
    "old": (OLD, "before 2007"),
    "ods repeated": (open_document(REPEATED), "far from the others"),
    "ods locked": (open_document("", **{"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "password"),
    "ods all locked": (
        changed(b"PK\x05\x06" + bytes(18), "META-INF/manifest.xml", "<a><encryption-data/></a>"),
        "password",
    ),
    "ods entity": (changed(open_document(""), "content.xml", f"{ENTITY}<a/>"), "declares a document type"),
    "ods of nothing": (changed(b"PK\x05\x06" + bytes(18), "content.xml", "<a/>"), "no workbook"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_spreadsheet_program_writes_is_refused_in_one_line(refused, name):
    data, words = HOSTILE[name]
    assert words in refused(data)


def test_what_unpacks_to_more_than_is_read_is_refused_before_it_has(refused, monkeypatch):
    monkeypatch.setattr(spreadsheet_archives, "MOST_UNPACKED", 1 << 20)
    bomb = changed(workbook(A1="x"), SHEET, rows(" " * (3 << 20)))
    assert len(bomb) < 20_000
    assert "holds too much" in refused(bomb)


def test_a_file_larger_than_is_read_is_refused(refused, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_READ", 100)
    assert "holds too much" in refused(b"a;b\n" * 100, "suivi.csv")


def test_rows_without_end_that_hold_nothing_are_nothing(read):
    (sheet,) = read(changed(workbook(A1="x"), SHEET, rows(f'<row r="1"><c r="A1"><v>1</v></c></row>{MANY_ROWS}')))
    assert [list(row) for row in sheet.rows] == [[1]]


def test_macros_of_libreoffice_do_not_stand_in_the_way(read):
    cell = '<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    macro = '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd"><a/>'
    data = open_document(f"{cell}</table:table-row>", **{"Basic/script-lc.xml": macro})
    assert read(data, "suivi.ods")[0].rows[0][0] == "x"


def test_macros_images_and_other_parts_never_reach_the_library(read):
    data = changed(changed(workbook(A1="x"), "xl/vbaProject.bin", "x"), "xl/media/a.png", "x")
    (sheet,) = read(data, "suivi.xlsm")
    assert sheet.rows[0][0] == "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_of_columns_is_read_whatever_its_separator_and_its_encoding(read, encoding, separator):
    text = 'Objet|Été "à" faire\r\n"a|""b""\nc"|2\r\n'.replace("|", separator).replace('"à"', "à")
    (sheet,) = read(text.encode(encoding), "suivi.csv")
    assert [list(row) for row in sheet.rows] == [["Objet", "Été à faire"], [f'a{separator}"b"\nc', "2"]]


@pytest.mark.parametrize("data", [bytes(range(256)), b"a;\x00b", codecs.BOM_UTF16_LE + b"a", b'"' + b"x" * 200_000])
def test_what_is_no_text_is_refused(refused, data):
    assert "neither a workbook nor a text of columns" in refused(data, "suivi.csv")


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.xlsx"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_sheets(path)


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "vrai.xlsx").write_bytes(workbook(A1="x"))
    (tmp_path / "lien.xlsx").symlink_to(tmp_path / "vrai.xlsx")
    assert read_sheets(tmp_path / "lien.xlsx")[0].rows[0][0] == "x"


@pytest.mark.parametrize(
    ("place", "name"), [((0, 0), "A1"), ((11, 25), "Z12"), ((0, 26), "AA1"), ((1048575, 16383), "XFD1048576")]
)
def test_cells_are_named_as_spreadsheets_name_them(place, name):
    assert cell_name(*place) == name


GIVEN = workbook(A1="Identifiant", B1="Exécuté le", A2="plan/ville", B2=date(2021, 3, 18), C2="=1+1")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GIVEN) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 40)
)
def test_no_change_of_bytes_does_more_than_refuse_the_file(tmp_path_factory, changes, cut):
    path = tmp_path_factory.getbasetemp() / "abime.xlsx"
    data = bytearray(GIVEN)
    for place, byte in changes:
        data[place] = byte
    path.write_bytes(bytes(data[: len(data) - cut]))
    with suppress(UsageError):
        assert isinstance(read_sheets(path), list)


PARTS = {each: zipfile.ZipFile(io.BytesIO(GIVEN)).read(each) for each in (SHEET, "xl/workbook.xml", "xl/styles.xml")}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_no_change_of_its_xml_does_more_either(tmp_path_factory, part, data):
    path = tmp_path_factory.getbasetemp() / "abime.xlsx"
    text = bytearray(PARTS[part])
    start = data.draw(st.integers(0, len(text) - 1))
    text[start : start + data.draw(st.integers(0, 30))] = data.draw(
        st.sampled_from(
            [b"", b"<", b"1048577", b"-1", b"&amp;", b'"', b"</c>", b"<f/>", b"99999999999999999999", b"NaN"]
        )
    )
    path.write_bytes(changed(GIVEN, part, bytes(text)))
    with suppress(UsageError):
        assert isinstance(read_sheets(path), list)
