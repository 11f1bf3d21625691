"""Who reads the page: on a telephone, with large letters, in the dark, in forced colours, with a screen reader."""

from __future__ import annotations

import re

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
WIDER = """() => {
  const scrolled = each => each.parentElement && each.parentElement.closest('.scroll, svg');
  return Array.from(document.querySelectorAll('body *'))
    .filter(each => !scrolled(each) && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(each => each.tagName + '.' + each.className + ' ' + each.textContent.trim().slice(0, 40));
}"""
"""What reaches beyond the right edge of the window, but for what has a scroll bar of its own."""
CUT = """() => Array.from(document.querySelectorAll('main *, header *, .tools *'))
  .filter(each => each.checkVisibility() && getComputedStyle(each).overflowX === 'hidden')
  .filter(each => each.getBoundingClientRect().width > 1 && each.scrollWidth > each.clientWidth + 1)
  .map(each => each.tagName + '.' + each.className)"""
"""What shows only a part of its text."""


@pytest.fixture(scope="module")
def axe():
    """axe-core, as it comes with its package."""
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe comes with the browser extra").Axe()


@pytest.mark.parametrize(
    ("name", "language", "width"),
    [
        ("shipped", "fr", 390),
        ("shipped", "en", 1280),
        ("year", "fr", 1280),
        ("year", "en", 390),
        ("hostile", "fr", 390),
        ("several", "fr", 1280),
        ("several", "en", 390),
    ],
)
def test_axe_finds_nothing_in_the_light_nor_in_the_dark(make, tab, axe, name, language, width):
    page = tab(make(name, language), width=width, color_scheme="light", bypass_csp=True)
    page.evaluate(OPEN)
    page.evaluate("document.querySelectorAll('.several tbody tr:nth-child(n+9)').forEach(row => row.remove())")
    for scheme, asked in (
        ("light", {"type": "tag", "values": TAGS}),
        ("dark", {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}),
    ):
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, options={"runOnly": asked, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def test_axe_would_find_something(make, tab, axe):
    page = tab(make("shipped", "fr"), bypass_csp=True)
    page.evaluate("document.documentElement.lang = ''; document.querySelector('label').remove()")
    rules = {each["id"] for each in axe.run(page).response["violations"]}
    assert {"html-has-lang", "label"} <= rules


@pytest.mark.parametrize("width", [1920, 1280, 390, 320])
def test_the_page_never_scrolls_sideways_nor_cuts_a_text(made, tab, width):
    page = tab(made, width=width)
    for step in ("true", OPEN):
        page.evaluate(step)
        assert page.evaluate(WIDER) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT) == []


def test_letters_twice_as_large_hide_nothing(made, large, keep):
    for width in (1280, 640, 390):
        large.set_viewport_size({"width": width, "height": 900})
        large.goto(made.address)
        assert large.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        for step in ("true", OPEN):
            large.evaluate(step)
            assert large.evaluate(WIDER) == []
            assert large.evaluate(CUT) == []
        keep(large, f"{made.name}-{made.language}-{width}-letters")


def test_on_a_telephone_the_counts_and_what_stands_over_tables_are_in_view_at_once(made, tab):
    page = tab(made, width=390)
    within = page.locator(".scroll caption").evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
    assert within
    assert max(within) <= 390
    counts = page.locator(".scroll:has(.counts)")
    assert counts.count()
    assert counts.evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["shipped", "year", "long", "several"])
def test_on_a_telephone_the_answer_and_the_counts_are_on_the_first_screen(make, tab, name, language):
    page = tab(make(name, language), width=390, height=844)
    for part in (".answer", ".figures"):
        box = page.locator(part).bounding_box()
        assert (
            0 < box["y"] < box["y"] + box["height"] <= (1200 if name == "several" else 844)
        )  # one has a name too long
    lines = page.locator(".figure").evaluate_all("all => all.map(each => each.getClientRects().length)")
    assert set(lines) == {1}
    heights = page.locator(".figure").evaluate_all("all => all.map(each => Math.round(each.offsetHeight))")
    assert len(set(heights)) == 1


def test_on_a_telephone_the_timeline_scrolls_under_names_that_stay_and_says_so(make, tab):
    page = tab(make("shipped", "fr"), width=390)
    assert page.locator("#timeline .scrolls").is_visible()
    strip, names, picture = (page.locator(each) for each in (".timeline", ".tl-side", "svg.tl"))
    before = [each.bounding_box()["x"] for each in (strip, names, picture)]
    strip.evaluate("each => { each.scrollLeft = 250; }")
    after = [each.bounding_box()["x"] for each in (strip, names, picture)]
    assert [now - then for now, then in zip(after, before, strict=True)] == [0, 0, -250]
    assert after[1] - after[0] <= 1
    tops = "all => all.map(each => Math.round(each.getBoundingClientRect().top))"
    assert names.locator("rect").evaluate_all(tops) == picture.locator(".tl-row").evaluate_all(tops)
    wide = tab(make("shipped", "fr"), width=1280)
    assert not wide.locator("#timeline .scrolls").is_visible()
    assert not wide.locator(".tl-side").is_visible()


COLOURS = """() => {
  const found = [], tell = (state, each, name) => found.push([state, getComputedStyle(each)[name]]);
  const rows = document.querySelectorAll('[data-obligation]:not(.derived) .state');
  rows.forEach(each => tell(each.closest('[data-state]').dataset.state, each, 'color'));
  document.querySelectorAll('.cell').forEach(each => tell(each.dataset.state, each, 'color'));
  document.querySelectorAll('.figures li:not(.zero)').forEach(each => tell(each.dataset.state, each, 'color'));
  document.querySelectorAll('.tl-words:not(.tl-derived)').forEach(each => {
    tell(Array.from(each.classList).find(name => name.startsWith('tl-is-')).slice(6), each, 'fill');
  });
  return found;
}"""
"""Each state that the page shows, and the colour that it has there."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["year", "hostile", "shipped"])
def test_a_state_has_one_colour_everywhere_and_only_what_was_done_in_time_is_green(make, tab, name, scheme):
    page = tab(make(name, "fr"), color_scheme=scheme)
    page.evaluate(OPEN)
    colours = {}
    for state, colour in page.evaluate(COLOURS):
        colours.setdefault(state, set()).add(colour)
    assert len(colours) > 3
    assert {state: found for state, found in colours.items() if len(found) > 1} == {}
    green = set()
    for state, (colour,) in colours.items():
        red, level, blue = map(int, re.findall(r"\d+", colour)[:3])
        if level > red + 20 and level > blue + 20:
            green.add(state)
    assert green == {"fulfilled", "exercised"} & set(colours)


@pytest.mark.parametrize("name", ["year", "several"])
def test_on_a_telephone_the_cells_of_a_row_stand_under_one_another(make, tab, name):
    page = tab(make(name, "fr"), width=390)
    page.evaluate(OPEN)
    edges = page.locator(".cards tbody tr").evaluate_all(
        """all => all.map(row => Array.from(row.cells).filter(cell => cell.checkVisibility()).map(cell => {
          const box = cell.getBoundingClientRect(), padding = parseFloat(getComputedStyle(cell).paddingLeft);
          return [box.left + padding, box.right].map(Math.round).join();
        }))"""
    )
    assert edges
    assert [row for row in edges if len(set(row)) != 1] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_letters_of_the_timeline_are_never_drawn_smaller(make, tab, width):
    page = tab(make("shipped", "fr"), width=width)
    assert page.evaluate("document.querySelector('svg.tl').getScreenCTM().a") >= 1


def test_the_place_of_a_finding_is_broken_before_its_line_and_nowhere_in_it(make, tab):
    page = tab(make("shipped", "fr"), bypass_csp=True)
    page.add_style_tag(content=".c-place { width: 8rem !important; }")
    lines = "all => all.map(each => each.getClientRects().length)"
    assert max(page.locator("#findings .path").evaluate_all(lines)) > 1
    assert set(page.locator("#findings .spot").evaluate_all(lines)) == {1}


@pytest.mark.parametrize("preference", ["forced_colors", "reduced_motion", "contrast", "color_scheme"])
@pytest.mark.parametrize("name", ["shipped", "year"])
def test_no_preference_of_the_reader_hides_a_word(make, tab, name, preference, keep):
    made = make(name, "fr")
    values = {"forced_colors": "active", "reduced_motion": "reduce", "contrast": "more", "color_scheme": "dark"}
    plain, preferred = tab(made), tab(made, **{preference: values[preference]})
    assert preferred.inner_text("body") == plain.inner_text("body")
    keep(preferred, f"{made.name}-{made.language}-{preference}")
    for page in (plain, preferred):
        assert page.evaluate("document.getAnimations().length") == 0


def test_in_forced_colours_a_state_is_still_told_by_a_word_and_a_mark(make, tab):
    page = tab(make("year", "fr"), forced_colors="active")
    page.evaluate(OPEN)
    states = page.locator("[data-obligation] .state")
    assert states.count() == len(make("year", "fr").obligations)
    assert all(len(text.split()) > 1 for text in states.all_inner_texts())


def test_the_language_of_the_page_is_said(made, tab):
    assert tab(made).evaluate("document.documentElement.lang") == made.language
