"""The page on paper: every obligation whole, its heading on each page, its working with it."""

from __future__ import annotations

import io
import re
import unicodedata
from itertools import pairwise

import pytest

from tests.browser.conftest import KEY

SHOWN = """within => {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('.unseen') && node.parentElement.checkVisibility()) { texts.push(node.data); }
  }
  return texts;
}"""
"""The texts of an element that are seen, one by one."""
ROWS = f"""() => Array.from(document.querySelectorAll('[data-obligation]')).filter(
  row => row.checkVisibility()
).map(row => ({{
  id: {KEY}(row), section: row.closest('section').id, texts: ({SHOWN})(row),
  working: ({SHOWN})(row.querySelector('details')),
}}))"""
HEADINGS = f"""() => Object.fromEntries(Array.from(document.querySelectorAll('table.obligations')).map(
  table => [table.closest('section').id, ({SHOWN})(table.tHead)]
))"""
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
"""Opens everything: paper shows what is open, and nothing of what is folded."""
UPRIGHT, WIDE = 695, 1024
"""Pixels across an A4 sheet between its margins, upright and on its side."""
WIDER = """kind => Array.from(document.querySelectorAll('main *'))
  .filter(each => !each.closest('.unseen') && each.getBoundingClientRect().right > innerWidth + 1)
  .filter(each => {
    let at = each;
    while (at && getComputedStyle(at).page === 'auto') { at = at.parentElement; }
    return kind === (at ? 'wide' : 'auto');
  })
  .map(each => each.tagName + '.' + each.className + ' ' + each.textContent.trim().slice(0, 40))"""
"""What reaches beyond the right edge of the sheets of one kind."""
SITES = """() => document.querySelectorAll('.matrix tr').forEach(row => {
  for (let count = 0; count < 6; count += 1) { row.append(row.cells[1].cloneNode(true)); }
})"""
"""Gives the table of sites six columns more."""
BROKEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), broken = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    const within = node.parentElement;
    if (within.closest('.unseen, svg, .answer, [data-convention=essai], [data-party=etat]')) { continue; }
    if (within.closest('[data-group=etat], [data-group^="essai/"]')) { continue; }
    if (!within.checkVisibility()) { continue; }
    for (const word of node.data.matchAll(/[\\p{L}\\d]+/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (range.getClientRects().length > 1) { broken.push(word[0]); }
    }
  }
  return broken;
}"""
"""The words that the end of a line cuts in two, but for the hostile ones."""
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
    """The sheets of a page, all of it opened or as it comes, and what the page says its rows and headings are."""

    def run(made, *, opened=True, style=""):
        if (made.path, opened, style) not in kept:
            page = tab(made, bypass_csp=bool(style))
            page.emulate_media(media="print")
            if opened:
                page.evaluate(OPEN)
            rows, headings = page.evaluate(ROWS), page.evaluate(HEADINGS)
            if style:
                page.add_style_tag(content=style)
            kept[made.path, opened, style] = sheets_of(page), rows, headings
        return kept[made.path, opened, style]

    return run


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["shipped", "year"])
def test_opened_every_row_is_whole_on_a_sheet_with_its_working_and_its_heading(make, printed, name, language):
    made = make(name, language)
    sheets, rows, headings = printed(made)
    assert {row["id"] for row in rows} == set(made.obligations)
    assert all(row["working"] for row in rows)
    all_whole(sheets, rows, headings)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_as_it_comes_the_shipped_convention_takes_three_sheets_without_workings_findings_or_what_is_over(
    make, printed, language
):
    sheets, rows, headings = printed(make("shipped", language), opened=False)
    assert len(sheets) <= 3
    assert {row["section"] for row in rows} == {"overdue", "derived"}
    assert not any(row["working"] for row in rows)
    all_whole(sheets, rows, headings)
    text = "".join(sheets)
    assert "QP3" not in text
    assert bare({"fr": "15 expirées", "en": "15 expired"}[language]) in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["shipped", "year", "long", "terms", "several", "hostile"])
def test_the_summary_is_one_sheet_with_room_to_sign(make, tab, sheets_of, name, language):
    page = tab(make(name, language, summary=True), width=UPRIGHT)
    page.emulate_media(media="print")
    assert page.evaluate(WIDER, "auto") == []
    assert [box["height"] > 60 for box in (each.bounding_box() for each in page.locator(".boxes li").all())]
    (sheet,) = sheets_of(page)
    for text in page.locator("h1, .answer, #signatures h2, footer p, .aside").all_inner_texts():
        assert bare(text) in sheet
    if name in {"long", "terms"}:
        assert {"fr": "deplus", "en": "more"}[language] in sheet
        rows = page.locator("[data-obligation]").count()
        assert rows >= {"long": 5, "terms": 4}[name]
    if name == "terms":
        assert page.locator("#derived [data-obligation]").count() >= 2
        assert bare("--state derived-from-term") in sheet


def all_whole(sheets, rows, headings):
    """Holds each row to be on one sheet in one piece, its table's heading with it."""
    for row in rows:
        assert set(row["working"]) <= set(row["texts"])
        found = list(filter(in_a_row(row["texts"]).search, sheets))
        assert found, f"{row['id']} is cut or is not there"
        assert any(map(in_a_row(headings[row["section"]]).search, found)), f"{row['id']} has no heading"


def test_the_rows_of_several_conventions_are_whole_without_their_workings(make, printed):
    made = make("several", "fr")
    sheets, rows, headings = printed(made, opened=False)
    assert {row["id"] for row in rows} == set(made.obligations)
    assert {row["section"] for row in rows} == {"overdue", "derived", "upcoming"}
    assert not any(row["working"] for row in rows)
    all_whole(sheets, [row for row in rows if not row["id"].startswith("essai ")], headings)


def test_the_table_of_conventions_is_whole_under_its_heading(make, printed, tab):
    made = make("several", "fr")
    page = tab(made)
    page.emulate_media(media="print")
    rows = page.locator("#conventions tr")
    heading, *others = [[bare(text) for text in row.evaluate(SHOWN)] for row in rows.all()]
    sheets = printed(made, opened=False)[0]
    assert len(others) == len(made.status["conventions"]) + 1
    for row in others:
        found = list(filter(in_a_row(row).search, sheets))
        assert found
        assert any(map(in_a_row(heading).search, found))


def test_a_working_of_several_conventions_is_printed_only_where_it_was_opened(make, tab, sheets_of):
    page = tab(make("several", "fr"))
    first = page.locator("#overdue details").first
    first.locator("summary").click()
    opened = [bare(text) for text in first.locator("li").all_inner_texts()]
    text = "".join(sheets_of(page))
    assert len(opened) > 1
    assert [step for step in opened if step not in text] == []
    assert text.count("Calculdeladate") == 1
    assert page.locator("details[open]").count() == 1


@pytest.mark.parametrize(("name", "section"), [("shipped", "over"), ("several", "overdue")])
def test_a_heading_stands_once_on_every_sheet_its_table_goes_on_to(make, printed, name, section):
    sheets, rows, headings = printed(make(name, "fr"))
    heading = in_a_row(headings[section])
    own = [in_a_row(row["texts"]) for row in rows if row["section"] == section]
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
        heading = in_a_row(headings["over"])
        assert sum(len(heading.findall(sheet)) for sheet in sheets) == len({row["section"] for row in rows})
    else:
        assert not all(any(map(in_a_row(row[lost]).search, sheets)) for row in rows)


def test_a_filter_leaves_nothing_out(make, printed, tab, sheets_of):
    page = tab(make("shipped", "fr"))
    page.fill("#filter", "introuvable")
    assert sheets_of(page) == printed(make("shipped", "fr"), opened=False)[0]


def test_the_number_of_sheets_is_sane_and_none_is_empty(made, printed):
    sheets, rows, _ = printed(made)
    longest = 3 if made.name == "hostile" else 1
    assert 2 < len(sheets) < 8 + longest * len(rows)
    assert min(map(len, sheets)) > 60


def said_on(sheets, text):
    """Whether a text is on a sheet, or begins on one and ends on the next, as where a row is longer than a sheet."""
    cuts = range(len(text))
    return any(text in sheet for sheet in sheets) or any(
        text[:cut] in first and text[cut:] in then for first, then in pairwise(sheets) for cut in cuts
    )


@pytest.mark.parametrize("name", ["hostile", "several"])
def test_the_longest_words_are_all_on_the_paper(make, printed, name):
    sheets, rows, _ = printed(make(name, "fr"))
    texts = {bare(text) for row in rows for text in row["texts"]}
    assert max(map(len, texts)) > 300
    assert [text for text in texts if not said_on(sheets, text)] == []


def test_nothing_is_wider_than_its_sheet_for_which_chromium_would_print_all_of_it_smaller(made, tab):
    page = tab(made, width=UPRIGHT)
    page.emulate_media(media="print")
    page.evaluate(OPEN)
    upright = page.evaluate(WIDER, "auto")
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert upright + page.evaluate(WIDER, "wide") == []


def test_a_table_of_many_sites_lies_on_a_sheet_that_is_wide_enough(make, tab):
    page = tab(make("year", "fr"), width=WIDE)
    page.emulate_media(media="print")
    page.evaluate(SITES)
    assert page.evaluate("getComputedStyle(document.getElementById('matrix')).page") == "wide"
    assert page.evaluate(WIDER, "wide") == []


@pytest.mark.parametrize(("width", "media"), [(None, "print"), (1280, "screen")])
@pytest.mark.parametrize(("name", "language"), [("shipped", "fr"), ("several", "fr"), ("several", "en")])
def test_no_word_is_broken_at_the_end_of_a_line(make, tab, name, language, width, media):
    made = make(name, language)
    page = tab(made, width=width or (WIDE if made.several else UPRIGHT))
    page.emulate_media(media=media)
    page.evaluate(OPEN)
    assert page.evaluate(BROKEN_WORDS) == []


def test_the_words_over_a_table_go_with_it_to_the_next_sheet(make, tab, sheets_of):
    page = tab(make("shipped", "fr"), bypass_csp=True)
    page.add_style_tag(content="@media print { #journal { break-before: page; height: 240mm; } }")
    page.evaluate(OPEN)
    said = [bare(text) for text in page.locator("#findings :is(h2, .fold > summary)").all_inner_texts()]
    (sheet,) = filter(in_a_row(said).search, sheets_of(page))
    assert bare(page.locator("#findings tbody th").first.inner_text()) in sheet
