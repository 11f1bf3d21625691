"""The page in a browser: what it holds, that it is silent, and that the keyboard is enough."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.browser.conftest import BROKEN, KEY

SECTIONS = (
    "answer",
    "parties",
    "timeline",
    "overdue",
    "upcoming",
    "derived",
    "waiting",
    "over",
    "term",
    "matrix",
    "sites",
    "journal",
    "findings",
)
COLUMNS = ("overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other")


@pytest.fixture(params=["shipped", "several"])
def keyboard(request, tab, make):
    """A page in French, the keyboard on its first element."""
    return tab(make(request.param, "fr"))


CELLS = """(rows, names) => rows.map(row => names.map(name => {
  const cell = row.querySelector(`[data-column=${name}]`);
  return [cell.dataset.count, cell.innerText];
}))"""


def counts(rows):
    """The counts that each of the rows carries, column by column; what it shows is the same."""
    found = []
    for row in rows.evaluate_all(CELLS, list(COLUMNS)):
        found.append([int(count) for count, _ in row])
        shown = [re.sub(r"\s", "", text) for _, text in row]
        assert shown == [str(number) if number else "·" for number in found[-1]]
    return found


def named(rows, name):
    """The counts of rows by what each is known by."""
    names = rows.evaluate_all("(rows, name) => rows.map(row => row.dataset[name])", name)
    return dict(zip(names, counts(rows), strict=True))


def tab_to(page, selector, most=60):
    """Presses Tab until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def shown(page):
    """The rows of the filterable tables that can be seen."""
    return page.locator("table[data-filterable] tbody tr:visible").count()


def test_the_page_opens_in_silence_and_asks_nobody_anything(made, tab, keep):
    for width in (1280, 390):
        page = tab(made, width=width)
        keep(page, f"{made.name}-{made.language}-{width}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        page.wait_for_timeout(100)
        assert page.troubles == []


INTRUSION = """() => {
  const script = document.createElement('script'), image = new Image();
  script.textContent = 'window.taken = 1';
  image.src = 'http://127.0.0.1:9/x.png';
  document.body.append(script, image);
}"""


def test_a_script_from_elsewhere_would_be_seen_and_stopped(make, tab):
    page = tab(make("shipped", "fr"))
    page.evaluate(INTRUSION)
    page.wait_for_timeout(200)
    assert [each for each in page.troubles if each.startswith("console: policy: script-src")]
    assert [each for each in page.troubles if each.startswith("console: policy: img-src")]
    assert page.evaluate("window.taken") is None


def test_every_section_is_there_under_its_name(make, tab):
    page = tab(make("shipped", "fr"))
    found = page.locator("section[id]").evaluate_all("all => all.map(each => each.id)")
    assert found == list(SECTIONS)
    for address in page.locator("a[href^='#']").evaluate_all("all => all.map(each => each.getAttribute('href'))"):
        assert page.locator(address).count() == 1


def test_the_counts_of_each_party_are_those_of_the_status(made, tab):
    page = tab(made)
    found = named(page.locator("#parties tr[data-party]"), "party")
    assert found == {party["id"]: [party[name] for name in COLUMNS] for party in made.people}


def test_each_convention_of_several_is_counted_as_in_the_status_and_what_is_left_out_is_said(make, tab):
    made = make("several", "fr")
    page = tab(made)
    found = named(page.locator("#conventions tbody tr"), "convention")
    owed = Counter(one["convention"] for one in made.owed)
    assert {name: sum(row) for name, row in found.items()} == owed
    assert {name: row[0] for name, row in found.items()} == {
        each["id"]: len(each["overdue"]) for each in made.status["conventions"]
    }
    total = [made.status["total"][name] for name in COLUMNS]
    assert len(found) == 3
    assert list(map(sum, zip(*found.values(), strict=True))) == total
    assert counts(page.locator("#conventions tfoot tr")) == [total]
    assert page.locator(".warning").inner_text().endswith(f": {BROKEN}")


def test_every_obligation_is_there_in_its_state(made, tab):
    page = tab(made)
    rows = page.locator("main section [data-obligation]")
    found = dict(rows.evaluate_all(f"all => all.map(each => [{KEY}(each), each.dataset.state])"))
    assert found == {key: one["state"] for key, one in made.obligations.items()}
    assert rows.count() == len(made.obligations)
    dues = rows.evaluate_all(f"all => all.map(each => [{KEY}(each), each.querySelector('time')?.dateTime])")
    assert dict(dues) == {key: one["due"] for key, one in made.obligations.items()}


def test_the_skip_link_comes_first_and_leads_to_the_content(keyboard):
    keyboard.keyboard.press("Tab")
    link = keyboard.locator("a.skip:focus")
    box = link.bounding_box()
    assert box["width"] > 20
    assert box["height"] > 10
    assert box["x"] >= 0
    assert box["y"] >= 0
    keyboard.keyboard.press("Enter")
    assert keyboard.evaluate("document.activeElement.id") == "main"


def test_the_filter_works_by_keyboard_alone(keyboard):
    everything = shown(keyboard)
    rows = keyboard.locator("table[data-filterable] tbody tr").count()
    tab_to(keyboard, "#filter")
    keyboard.keyboard.type("Feuille DE route")
    texts = keyboard.locator("table[data-filterable] tbody tr:visible").all_text_contents()  # what is folded too
    assert 0 < len(texts) < rows
    assert all("feuille" in text.casefold() for text in texts)
    assert str(len(texts)) in keyboard.locator("#filter-count").inner_text()
    keyboard.keyboard.type(" introuvable")
    assert shown(keyboard) == 0
    assert "0" in keyboard.locator("#filter-count").inner_text()
    keyboard.keyboard.press("Control+A")
    keyboard.keyboard.press("Delete")
    assert shown(keyboard) == everything


def test_the_filter_unfolds_what_it_finds_and_folds_it_again(make, tab):
    page = tab(make("shipped", "fr"))
    opened = page.locator("details.fold[open]")
    page.fill("#filter", "instruction-projets bpifrance")
    assert opened.locator("xpath=..").evaluate_all("all => all.map(each => each.id)") == ["waiting"]
    assert page.locator("#waiting [data-obligation]:visible").count() == 1
    page.fill("#filter", "")
    assert opened.count() == 0


def test_a_place_that_is_folded_unfolds_for_who_goes_there(make, tab):
    page = tab(make("year", "fr"))
    fact = page.locator("#journal tbody tr").last
    assert not fact.is_visible()
    page.evaluate("name => { location.hash = name; }", fact.get_attribute("id"))
    page.wait_for_timeout(100)
    assert fact.is_visible()


def test_accents_and_case_do_not_matter_to_the_filter(keyboard):
    tab_to(keyboard, "#filter")
    counts = []
    for word in ("Métropole", "metropole", "METROPOLE"):
        keyboard.keyboard.press("Control+A")
        keyboard.keyboard.type(word)
        counts.append(shown(keyboard))
    assert counts[0] > 0
    assert len(set(counts)) == 1


def test_a_working_opens_and_closes_by_keyboard(keyboard):
    tab_to(keyboard, "table.obligations summary", 120)
    focused = keyboard.locator("details:has(summary:focus)")
    for key, opened in (("Enter", True), ("Space", False), ("Space", True)):
        keyboard.keyboard.press(key)
        assert focused.evaluate("each => each.open") is opened
    assert focused.locator("li").first.is_visible()


def test_all_the_workings_open_and_close_with_one_button(keyboard):
    tab_to(keyboard, "#toggle-details")
    workings, opened = keyboard.locator("details").count(), keyboard.locator("details[open]")
    assert workings > 20
    before = keyboard.locator("#toggle-details").inner_text()
    for key, count in (("Enter", workings), ("Space", 0)):
        keyboard.keyboard.press(key)
        assert opened.count() == count
        assert keyboard.locator("#toggle-details").get_attribute("aria-expanded") == str(count > 0).lower()
    keyboard.keyboard.press("Enter")
    assert keyboard.locator("#toggle-details").inner_text() != before


LOOK = """() => {
  const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
  const covered = [0.02, 0.5, 0.98].flatMap(x => [0.02, 0.5, 0.98].map(y => {
    const down = Math.min(box.top + y * box.height, innerHeight - 2);
    const over = document.elementFromPoint(box.left + x * box.width, down);
    return over && !(over === at || at.contains(over) || over.contains(at));
  }));
  return {
    name: at.tagName + '#' + at.id, outlined: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    covered: covered.every(Boolean),
  };
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["shipped", "several"])
def test_the_focus_is_always_seen(make, tab, name, width):
    page = tab(make(name, "fr"), width=width)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        look = page.evaluate(LOOK)
        if look["name"] == "BODY#":
            break
        assert look["outlined"], look
        assert look["seen"], look
        assert not look["covered"], look
        stops.append(look["name"])
    assert {"INPUT#filter", "BUTTON#toggle-details"} <= set(stops)
    assert len(stops) > 20


def test_going_back_does_not_hide_the_focus_under_the_tools(keyboard):
    keyboard.evaluate("document.querySelectorAll('details.fold').forEach(each => { each.open = true; })")
    for summary in keyboard.locator("table.obligations summary").all()[10:14]:
        summary.focus()
    for _ in range(10):
        keyboard.keyboard.press("Shift+Tab")
        look = keyboard.evaluate(LOOK)
        assert look["seen"], look
        assert not look["covered"], look


def test_without_scripts_all_can_be_read_and_no_dead_field_is_shown(made, tab):
    page = tab(made, java_script_enabled=False)
    assert page.troubles == []
    for dead in ("#filter", "#toggle-details", "label[for=filter]"):
        assert not page.locator(dead).is_visible()
    for fold in page.locator("details.fold").all():
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()
    assert page.locator("[data-obligation]:visible").count() == len(made.obligations)
    summary = page.locator("table.obligations summary").first
    summary.click()
    assert page.locator("table.obligations details").first.locator("li").first.is_visible()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_picture_of_the_status_is_what_qp_prints_now(pictures, code):
    kept = (pictures.FOLDER / f"status.{code}.svg").read_text("utf-8")
    assert pictures.said(kept) == pictures.said(pictures.status_svg(code))
    assert "feuille-de-route" in pictures.said(kept)
    assert "http" not in kept.replace("http://www.w3.org/2000/svg", "").replace("https://www.textualize.io", "")
