"""Files that are not UTF-8: the place of the first byte that cannot be read, and how to save the file."""

from __future__ import annotations

import codecs

import pytest

TEXT = "titre: Bilan\nnom: État\n"


@pytest.mark.parametrize(
    ("data", "line", "column", "hint"),
    [
        pytest.param(TEXT.encode("latin-1"), 2, 6, "Latin-1", id="Latin-1"),
        pytest.param("a: é\nb: ç".encode("latin-1"), 1, 4, "Latin-1", id="Latin-1, two lines"),
        pytest.param(b"a: \xe9", 1, 4, "Latin-1", id="Latin-1, last byte"),
        pytest.param("a: b\nc: l’avenant\n".encode("cp1252"), 2, 5, "Windows-1252", id="cp1252"),
        pytest.param("é: ".encode() + b"\xe9\n", 1, 4, "Latin-1", id="columns are characters, not bytes"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), 1, 1, "UTF-16", id="UTF-16 LE with BOM"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), 1, 1, "UTF-16", id="UTF-16 BE with BOM"),
        pytest.param(TEXT.encode("utf-16-le"), 1, 2, "UTF-16", id="UTF-16 LE without BOM"),
        pytest.param(TEXT.encode("utf-16-be"), 1, 1, "UTF-16", id="UTF-16 BE without BOM"),
        pytest.param(TEXT.encode("utf-32"), 1, 1, "UTF-32", id="UTF-32 with BOM"),
        pytest.param(TEXT.encode("utf-32-le"), 1, 2, "UTF-32", id="UTF-32 LE without BOM"),
        pytest.param(b"a: b\nc: \0\n", 2, 4, "binary", id="NUL"),
        pytest.param(b"a: b\r\nc: \xff\n", 2, 4, "Latin-1", id="Windows line ends"),
        pytest.param(codecs.BOM_UTF8 + b"a: \xe9 \n", 1, 4, "Latin-1", id="after a UTF-8 BOM"),
        pytest.param("nom: État é".encode()[:-1], 1, 11, "incomplete", id="cut in a character"),
        pytest.param(b"a: \xed\xa0\x80\n", 1, 4, "Windows-1252", id="an encoded surrogate"),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused_at_its_first_bad_byte(read, data, line, column, hint):
    document = read(data)
    (finding,) = document.findings
    assert (finding.code, finding.span.line, finding.span.column) == ("QP001", line, column)
    assert hint in str(finding.hint)
    assert document.root is None


def test_the_bad_byte_is_named(read):
    assert "0xE9" in str(read(b"a: \xe9\n").findings[0].message)
