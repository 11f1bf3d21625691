"""The page on paper: every obligation whole, its heading on each page, its working with it."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import partial

import pytest

SHOWN = """within => {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('.unseen') && node.parentElement.checkVisibility()) { texts.push(node.data); }
  }
  return texts;
}"""
"""The texts of an element that are seen, one by one."""
ROWS = f"""() => Array.from(document.querySelectorAll('[data-obligation]')).map(row => ({{
  id: row.dataset.obligation, section: row.closest('section').id, texts: ({SHOWN})(row),
  working: ({SHOWN})(row.querySelector('details')),
}}))"""
HEADINGS = f"""() => Object.fromEntries(Array.from(document.querySelectorAll('table.obligations')).map(
  table => [table.closest('section').id, ({SHOWN})(table.tHead)]
))"""
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
CLOSE = OPEN.replace("true", "false")
BETWEEN = 12
"""Signs that may stand between two texts: a number of a list, an arrow, a colon."""


def bare(text):
    """A text without what paper may change of it: blanks, ligatures, the hyphens at the ends of lines."""
    return re.sub("[\\s\u00ad\u2010-]", "", unicodedata.normalize("NFKC", text))


def in_a_row(texts):
    """What matches the texts one after the other, with next to nothing between them."""
    return re.compile(f".{{0,{BETWEEN}}}?".join(re.escape(text) for text in map(bare, texts) if text))


@pytest.fixture
def sheets_of():
    """The text of each sheet of paper that a page is printed on."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf comes with the browser extra")

    def run(page):
        document = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        return [bare(sheet.extract_text()) for sheet in document.pages]

    return run


@pytest.fixture(scope="module")
def kept():
    """What was printed already."""
    return {}


@pytest.fixture
def printed(tab, sheets_of, kept):
    """The sheets of a page, and what the page says its rows and headings are; every working was closed."""

    def run(made, *, scripts=True, style=""):
        if (made.path, scripts, style) not in kept:
            page = tab(made, bypass_csp=bool(style))
            page.emulate_media(media="print")
            page.evaluate(OPEN)
            rows, headings = page.evaluate(ROWS), page.evaluate(HEADINGS)
            page.evaluate(CLOSE)
            if style:
                page.add_style_tag(content=style)
            sheets = sheets_of(page if scripts else tab(made, java_script_enabled=False))
            kept[made.path, scripts, style] = sheets, rows, headings
        return kept[made.path, scripts, style]

    return run


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["shipped", "year"])
def test_every_row_is_whole_on_a_sheet_with_its_working_and_its_heading(make, printed, name, language, scripts):
    made = make(name, language)
    sheets, rows, headings = printed(made, scripts=scripts)
    assert {row["id"] for row in rows} == {one["id"] for one in made.obligations}
    for row in rows:
        assert row["working"]
        assert set(row["working"]) <= set(row["texts"])
        found = list(filter(in_a_row(row["texts"]).search, sheets))
        assert found, f"{row['id']} is cut or is not there"
        assert any(map(in_a_row(headings[row["section"]]).search, found)), f"{row['id']} has no heading"


def test_a_heading_stands_once_on_every_sheet_its_table_goes_on_to(make, printed):
    sheets, rows, headings = printed(make("shipped", "fr"))
    heading = in_a_row(headings["obligations"])
    own = [in_a_row(row["texts"]) for row in rows if row["section"] == "obligations"]
    goes_on = [sheet for sheet in sheets if any(each.search(sheet) for each in own)]
    assert len(goes_on) > 2
    for sheet in goes_on[1:-1]:
        assert heading.search(sheet).start() == 0
        assert len(heading.findall(sheet)) == 1


@pytest.mark.parametrize(
    ("style", "lost"),
    [
        ("tr { break-inside: auto !important; } td { padding-bottom: 31mm !important; }", "texts"),
        ("details::details-content { content-visibility: hidden !important; }", "working"),
        ("thead { display: table-row-group !important; }", "heading"),
    ],
)
def test_what_would_be_lost_would_be_seen(make, printed, style, lost):
    sheets, rows, headings = printed(make("shipped", "fr"), style=style)
    if lost == "heading":
        heading = in_a_row(headings["obligations"])
        assert sum(len(heading.findall(sheet)) for sheet in sheets) == len({row["section"] for row in rows})
    else:
        assert not all(any(map(in_a_row(row[lost]).search, sheets)) for row in rows)


def test_a_filter_leaves_nothing_out(make, printed, tab, sheets_of):
    page = tab(make("shipped", "fr"))
    page.fill("#filter", "introuvable")
    assert sheets_of(page) == printed(make("shipped", "fr"))[0]


def test_the_number_of_sheets_is_sane_and_none_is_empty(made, printed):
    sheets, rows, _ = printed(made)
    assert 2 < len(sheets) < 8 + len(rows)
    assert min(map(len, sheets)) > 60


def test_the_longest_words_are_all_on_the_paper(make, printed):
    made = make("hostile", "fr")
    sheets, rows, _ = printed(made)
    text = "".join(sheets)
    missing = partial(filter, lambda said: bare(said) not in text)
    assert {row["id"]: list(missing(row["texts"])) for row in rows if list(missing(row["texts"]))} == {}
