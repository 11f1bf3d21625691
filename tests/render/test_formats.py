"""JSON, CSV and Markdown written cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.render.formats import json_row, json_text, to_csv, to_json, to_json_list, to_markdown

TEXTS = st.text()
INERT = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")))


def cells(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.dictionaries(TEXTS, TEXTS | st.integers() | st.none() | st.booleans() | st.lists(TEXTS)))
def test_json_reads_back_as_what_was_written(record):
    assert json.loads(to_json(record)) == record


@given(st.dictionaries(TEXTS, TEXTS), st.lists(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS))))
def test_json_written_one_by_one_is_json_written_at_once(record, listed):
    record.pop("list", None)
    assert to_json_list(record, "list", iter(listed)) == to_json({**record, "list": listed})


@given(st.dictionaries(TEXTS, TEXTS | st.integers() | st.none() | st.booleans() | st.lists(TEXTS)))
def test_a_row_is_written_as_any_record_is(record):
    assert json_row(record) == json_text(record)


@given(st.lists(INERT, min_size=2, max_size=5))
def test_csv_reads_back_with_at_most_an_apostrophe_more(texts):
    columns = [str(number) for number in range(len(texts))]
    heading, row = cells(to_csv([dict(zip(columns, texts, strict=True))], columns))
    assert heading == columns
    for found, text in zip(row, texts, strict=True):
        assert found.replace("'", "") == text.replace("'", "")
        if not re.search("[,;|]", text):  # after which another program may see a cell begin
            assert found in {text, f"'{text}"}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(mark):
    _, (found, other) = cells(to_csv([{"a": f"{mark}1+1", "b": f"x{mark}"}], ["a", "b"]))
    assert found == f"'{mark}1+1"
    assert other == f"x{mark}"


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell():
    assert to_csv([{"a": -3, "b": None, "c": []}], ["a", "b", "c"]) == "a,b,c\r\n-3,,\r\n"


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_row_of_markdown_is_one_line_with_as_many_cells(texts):
    lines = to_markdown(["h"] * len(texts), [texts]).split("\n")
    assert len(lines) == 4
    pipes = lines[2].replace("\\\\", "").replace("\\|", "").count("|")
    assert pipes == len(texts) + 1
