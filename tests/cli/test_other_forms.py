"""A file that is there is replaced by what is of its form alone: anything else that it holds stays."""

from __future__ import annotations

import zipfile

import pytest

from tests.cli.test_record import CONVENTION
from tests.cli.test_record_usage import SITES

WRITES = {
    "html": ("report", "--summary"),
    "xlsx": ("export", "xlsx"),
    "ics": ("export", "ics"),
    "csv": ("export", "csv"),
    "md": ("export", "md"),
    "json": ("export", "json"),
    "table": ("status",),
    "text": ("check",),
}
HELD = {
    "pdf": b"%PDF-1.7\nrapport",
    "docx": None,
    "html": b"<!DOCTYPE html>\n<p>page",
    "ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "csv": b"nom;jour\nVille;2021\n",
    "json": b'{"a": 1}\n',
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
}


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, sites=SITES)


def _kept(path, name):
    if HELD[name] is not None:
        path.write_bytes(HELD[name])
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<document/>")
    return path.read_bytes()


@pytest.mark.parametrize(("form", "held"), [(form, held) for form in WRITES for held in HELD if form != held])
def test_what_is_of_another_form_is_never_overwritten(qp, folder, tmp_path, form, held):
    path = tmp_path / f"fait.{held}"
    before = _kept(path, held)
    refused = qp(*WRITES[form], "--data", str(folder), "--output", str(path))
    assert (refused.code, refused.out) == (2, "")
    (line,) = refused.err.splitlines()
    assert str(path) in line
    assert "nothing was written" in line
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*fait*")] == [path.name]


@pytest.mark.parametrize("form", sorted(WRITES))
def test_what_was_written_once_is_written_again(qp, folder, tmp_path, form):
    for name in (f"fait.{form}", "fait", "fait.txt"):
        path = tmp_path / name
        for _ in range(2):
            answer = qp(*WRITES[form], "--data", str(folder), "--output", str(path))
            assert answer.code == 0, answer.err
        path.write_text("", "utf-8")
        assert qp(*WRITES[form], "--data", str(folder), "--output", str(path)).code == 0
        assert path.stat().st_size
