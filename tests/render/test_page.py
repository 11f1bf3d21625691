"""The page of `qp report`: readable without script, by everybody; nothing in the data is active in it."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from qp_cli.app.check_result import Checked, DeclaredAt, declared_in
from qp_cli.checks.registry import examine
from qp_cli.errors import UsageError
from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.messages import msg
from qp_cli.model.base import Declared, replaced, values_of
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Journal
from qp_cli.render.counts import convention_record
from qp_cli.render.language import Language
from qp_cli.render.page.document import draw_page
from qp_cli.store.repository import read_repository
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.states import State
from tests.render.dom import parse
from tests.tracking.building import NEIGHBOUR, SHIPPED, convention, read

ENGLISH, FRENCH = Language("en"), Language("fr")
SECTIONS = ["answer", "parties", "timeline", "overdue", "upcoming", "derived", "obligations", "waiting", "over"]
SECTIONS += ["term", "matrix", "sites", "journal", "findings"]
WHERE_THERE_ARE_ANY = {"timeline", "derived", "obligations", "waiting", "over", "matrix", "sites"}
COLUMNS = ["overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other"]
NOTHING = Checked((), ("convention.yaml",), {})


def opened(folder, day):
    found = read_repository(folder, Path())
    files = tuple(document.path for document in found.documents.values())
    return open_ledger(Declarations(found.convention, found.sites, found.facts), date.fromisoformat(day)), Checked(
        tuple(examine(found)), files, {}, declared=tuple(declared_in(found))
    )


def drawn(body, journal="", *, sites=(), day="2022-06-01", language=ENGLISH, party=None, checked=NOTHING):
    """The page of a convention given as YAML."""
    facts = read(f"format: qp/1\nfacts:\n{journal}", Journal).facts if journal else ()
    ledger = open_ledger(Declarations(convention(body), sites, facts), date.fromisoformat(day))
    return parse(draw_page(ledger, checked, language, party=party))


@pytest.fixture(scope="module", params=["shipped-en", "shipped-fr", "neighbour-en", "neighbour-fr"])
def text(request):
    name, _, code = request.param.partition("-")
    folder, day = (SHIPPED, "2026-11-23") if name == "shipped" else (NEIGHBOUR, "2022-09-01")
    return draw_page(*opened(folder, day), Language(code))


@pytest.fixture(scope="module")
def page(text):
    return parse(text)


# --- structure


def test_it_is_a_document_in_the_language_of_its_reader(text, page):
    assert text.startswith("<!doctype html>")
    assert page.one("html").attrs["lang"] == {"On": "en", "Au": "fr"}[page.one("p", class_="on").text[:2]]
    assert page.one("meta", charset=None).attrs["charset"] == "utf-8"
    assert page.one("head").one("title").text


def test_its_sections_stand_in_their_order_each_with_a_heading_that_names_it(page):
    sections = page.all("section")
    names = [section.attrs["id"] for section in sections]
    assert names == [name for name in SECTIONS if name in names]
    assert set(names) >= {*SECTIONS} - {"derived", "obligations", "waiting", "over"}
    for section in sections:
        (heading,) = section.all("h2")
        assert heading.text
        assert heading.attrs["id"] == f"{section.attrs['id']}-title"


def test_headings_go_down_one_level_at_a_time_from_a_single_first_one(page):
    levels = [int(node.tag[1]) for node in page if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_has_one_of_each_landmark(page):
    for tag in ("main", "header", "footer", "nav"):
        page.one(tag)


def test_the_first_link_skips_to_the_content(page):
    first = page.all("a")[0]
    assert first.attrs["href"] == f"#{page.one('main').attrs['id']}"


def test_ids_are_unique_and_everything_that_points_to_one_finds_it(page):
    ids = [node.attrs["id"] for node in page if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    named = [
        each
        for node in page
        for key in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for each in node.attrs.get(key, "").split()
    ]
    named += [node.attrs["href"][1:] for node in page.all("a") if node.attrs["href"].startswith("#")]
    assert named
    assert set(named) <= set(ids)


def test_every_table_has_a_caption_and_a_scope_on_each_heading(page):
    for table in page.all("table"):
        assert table.one("caption").text
        heads = table.one("thead").all("th")
        assert heads
        assert {head.attrs["scope"] for head in heads} == {"col"}
        for row in table.one("tbody").all("tr"):
            (head,) = row.all("th")
            assert head.attrs["scope"] == "row"
            assert head.text
            assert len(row.all("th")) + len(row.all("td")) == len(heads)


def test_no_part_of_a_table_has_a_role_of_its_own(page):
    parts = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    assert not [node.tag for node in page if node.tag in parts and "role" in node.attrs]


def test_what_is_folded_has_a_name_and_holds_what_is_over(page):
    folds = page.all("details", class_="fold")
    assert folds
    assert all(fold.all("summary")[0].parent is fold and fold.all("summary")[0].text for fold in folds)
    over = page.one(id="over").one("details", class_="fold")
    ended = {"fulfilled", "fulfilled-late", "discharged", "expired", "exercised", "lapsed"}
    assert {row.attrs["data-state"] for row in over.all("tr", data_state=None)} <= ended
    open_rows = [row for name in ("overdue", "upcoming") for row in page.one(id=name).all("tr", data_state=None)]
    assert not ended & {row.attrs["data-state"] for row in open_rows}


def test_what_scrolls_can_be_reached_by_keyboard_and_has_a_name(page):
    found = page.all(role="region")
    assert len(found) >= 2
    for region in found:
        assert region.attrs["tabindex"] == "0"
        assert region.attrs.get("aria-label") or region.attrs.get("aria-labelledby")


def test_the_tools_are_hidden_until_a_script_shows_them_and_are_named(page):
    tools = page.one(id="tools")
    assert "hidden" in tools.attrs
    field = tools.one("input", id="filter")
    assert tools.one("label", for_="filter").text
    assert field.attrs["type"] == "search"
    assert tools.one(id="filter-count").attrs["aria-live"] == "polite"
    assert tools.one("button", id="toggle-details").attrs["type"] == "button"
    assert page.all("table", data_filterable=None)


def test_a_state_is_a_word_and_a_sign_that_is_not_read_aloud(page):
    for row in page.all("tr", data_state=None):
        state = row.one("span", class_="state")
        mark = state.one("span", class_="mark")
        assert mark.text
        assert mark.attrs["aria-hidden"] == "true"
        assert len(state.text) > len(mark.text) + 3


# --- safety


def test_only_its_own_style_and_script_are_allowed_by_their_fingerprints(text, page):
    def fingerprint(tag):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"

    meta = page.one("meta", http_equiv="Content-Security-Policy")
    rules = dict(rule.split(maxsplit=1) for rule in meta.attrs["content"].split("; "))
    assert rules == {
        "default-src": "'none'",
        "style-src": fingerprint("style"),
        "script-src": fingerprint("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    head = [node for node in page.one("head") if node.tag in {"meta", "style", "script", "link"}]
    assert head.index(meta) < head.index(page.one("style"))


def test_it_asks_for_nothing_from_outside(text, page):
    assert not [node for node in page if {"src", "srcset", "action", "background", "data", "poster"} & set(node.attrs)]
    assert not {"link", "img", "iframe", "object", "embed", "base", "form", "use", "image"} & {n.tag for n in page}
    style = page.one("style").raw
    assert "url(" not in style
    assert "@import" not in style
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {"http://www.w3.org/2000/svg"}


def test_it_carries_no_inline_style_and_no_handler(page):
    assert not [(node.tag, key) for node in page for key in node.attrs if key == "style" or key.startswith("on")]


def test_it_is_neither_indexed_nor_betrays_where_a_reader_comes_from(page):
    assert page.one("meta", name="robots").attrs["content"] == "noindex"
    assert page.one("meta", name="referrer").attrs["content"] == "no-referrer"


EVIL = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></textarea><img src=x onerror=alert(1)>",
    '"\' onmouseover="alert(1)" x=\'',
    "{{ 7 * 7 }}{% raw %}<b>",
    "a\u202eb\u2066c\x1b[31md\x00e\u200bf\u2028g",
    "--><!-- ]]>&lt;&#60;",
    "javascript:alert(1)",
]
HOSTS = """
territory: T
term: {title: Terme, clause: art. 4, note: Note, due: {within: P12M, from: signature}}
events: [{id: signature, title: Signature, date: 2021-01-01, clause: c}]
parties: [{id: ville, name: La Ville, short: Ville}, {id: etat, name: État}]
groups: [{id: tous, name: Tous, members: [ville, etat]}]
engagements:
  - {id: plan, title: Plan, clause: art. 1, debtors: [tous], kind: one-off, note: N, due: {on: 2021-07-01}}
  - {id: bilan, title: Bilan, clause: art. 2, debtors: [ville], kind: continuing, sites: [nord]}
"""
FACTS = """
  - {id: f-1, kind: fulfilled, engagement: plan, by: ville, on: 2021-02-01, note: N, recorded_by: R, \
proof: {url: "https://example.org/?a=1&b=2"}}
  - {id: f-2, kind: notified, engagement: plan, by: etat, on: 2021-08-01, cure: P1M, note: N, proof: {file: x.pdf}}
  - {id: f-3, kind: voided, fact: f-1, on: 2021-03-01, note: N}
"""


def marred(value, text):
    """A model with a text before each of its free texts, ids and choices apart."""
    if type(value) is tuple:
        return tuple(marred(each, text) for each in value)
    if not isinstance(value, Declared):
        return value
    free = {"title", "territory", "name", "short", "clause", "note", "commune", "recorded_by", "url", "file"}
    update = {
        name: f"{text} {found}" if name in free and isinstance(found, str) else marred(found, text)
        for name, found in values_of(value).items()
        if found is not None
    }
    return replaced(value, **update)


def hosted(text):
    from qp_cli.model.sites import Site

    facts = read(f"format: qp/1\nfacts:\n{FACTS}", Journal).facts
    sites = (Site(id="nord", name="Nord", commune="Ville"),)
    declared = convention(HOSTS)
    return (marred(declared, text), marred(sites, text), marred(facts, text)) if text else (declared, sites, facts)


def outline(page):
    """Every element outside the drawing with the names of its attributes, links apart: none is made by the data."""
    return [
        (node.tag, sorted(node.attrs))
        for node in page
        if node.tag != "a" and not any(above.tag == "svg" for above in ancestors(node))
    ]


def ancestors(node):
    """The elements that an element stands in."""
    while node.parent:
        node = node.parent
        yield node


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_hostile_data_adds_no_element_and_no_attribute(evil):
    harmless, hostile = (
        parse(draw_page(open_ledger(Declarations(*hosted(text)), date(2021, 9, 15)), NOTHING, ENGLISH))
        for text in ("bénin", evil)
    )
    assert outline(hostile) == outline(harmless)
    for part in hostile, harmless:
        assert len(part.all("script")) == len(part.all("style")) == 1
    assert {node.tag for node in hostile} == {node.tag for node in harmless}
    assert not [key for node in hostile for key in node.attrs if key.startswith("on") or key == "style"]
    assert all(node.attrs["href"].startswith("#") for node in hostile.all("a"))
    hidden = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    assert not re.search(hidden, hostile.raw + "".join(str(node.attrs) for node in hostile))


def test_a_hostile_title_is_shown_as_it_is_written():
    page = parse(draw_page(open_ledger(Declarations(*hosted(EVIL[0])), date(2021, 9, 15)), NOTHING, ENGLISH))
    assert page.one("h1").text == "<script>alert(1)</script> Convention d'essai"


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/?a=1&b=2", True),
        ("HTTP://example.org/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("//example.org/", False),
        ("https:example.org", False),
        ("https://exa\u202emple.org", False),
    ],
)
def test_a_proof_is_a_link_only_when_it_is_an_address_of_the_web(address, linked):
    declared, sites, facts = hosted("")
    proof = replaced(facts[0].proof, url=address)
    facts = (replaced(facts[0], proof=proof), *facts[1:])
    page = parse(draw_page(open_ledger(Declarations(declared, sites, facts), date(2021, 9, 15)), NOTHING, ENGLISH))
    found = [node for node in page.all("a") if not node.attrs["href"].startswith("#")]
    assert [node.attrs["href"] for node in found] == ([address] if linked else [])
    assert all(node.attrs["rel"] == "noopener noreferrer" for node in found)


# --- what it says


def counts(page):
    return {
        row.attrs["data-party"]: {
            cell.attrs["data-column"]: int(cell.attrs["data-count"]) for cell in row.all("td", data_count=None)
        }
        for row in page.one(id="parties").all("tr", data_party=None)
    }


DAYS = [(SHIPPED, "2021-09-18"), (SHIPPED, "2022-01-01"), (SHIPPED, "2023-03-10"), (SHIPPED, "2026-11-23")]
DAYS += [(NEIGHBOUR, "2021-12-31"), (NEIGHBOUR, "2022-09-01"), (NEIGHBOUR, "2023-06-01"), (NEIGHBOUR, "2025-01-01")]


@pytest.mark.parametrize(("folder", "day"), DAYS)
def test_its_counts_are_those_of_status(folder, day):
    ledger, checked = opened(folder, day)
    expected = convention_record(ledger.situation)
    page = parse(draw_page(ledger, checked, ENGLISH))
    assert counts(page) == {row["id"]: {column: row[column] for column in COLUMNS} for row in expected["parties"]}
    for section, key in (("overdue", "overdue"), ("derived", "derived_from_term"), ("upcoming", "next")):
        rows = page.one(id=section).all("tr", data_obligation=None)
        assert [row.attrs["data-obligation"] for row in rows] == [one["id"] for one in expected[key]]


@pytest.mark.parametrize(("folder", "day"), DAYS)
def test_every_obligation_has_exactly_one_row_with_its_state_and_its_date(folder, day):
    ledger, checked = opened(folder, day)
    rows = parse(draw_page(ledger, checked, ENGLISH)).all("tr", data_obligation=None)
    found = {row.attrs["data-obligation"]: row for row in rows}
    assert len(found) == len(rows)
    assert set(found) == {one.id for one in ledger.situation.obligations}
    for one in ledger.situation.obligations:
        row = found[one.id]
        assert row.attrs["data-state"] == one.state.value
        dates = [node.attrs["datetime"] for node in row.all("td")[0].all("time")]
        assert dates == ([one.due.isoformat()] if one.due else [])
        assert row.one("details").one("summary").text
        assert len(row.one("details").all("li")) >= len(one.deadline.steps) + len(one.facts)
        if one.engagement.clause:
            assert one.engagement.clause in [cell.text for cell in row.all("td")]


@pytest.mark.parametrize(("folder", "day"), DAYS)
def test_no_list_has_a_column_of_days_late_that_holds_none(folder, day):
    ledger, checked = opened(folder, day)
    lists = parse(draw_page(ledger, checked, ENGLISH)).all("table", class_="cards obligations")
    lists += parse(draw_page(ledger, checked, ENGLISH)).all("table", class_="cards obligations untimed")
    assert lists
    for each in lists:
        cells = [cell for cell in each.all("td", class_="number") if cell.text]
        assert bool(cells) is ("untimed" not in each.attrs["class"])
        assert bool(each.all("th", class_="number")) is bool(cells)


def test_it_says_the_term_in_the_words_of_status(page):
    term = page.one(id="term")
    assert term.one("svg").attrs["role"] == "img"
    assert term.one("svg").attrs["aria-label"]
    assert len(term.all("time")) == 2
    assert any(word in term.text for word in ("Term passed", "Terme échu", "The term still runs", "Terme non échu"))


def test_the_roadmap_shows_the_working_of_its_date_and_its_three_readings():
    page = parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH))
    (row,) = page.one(id="overdue").all("tr", data_obligation="feuille-de-route/metropole")
    working = row.one("details").text
    for said in ("Saturday 18 September 2021", "Friday 17 September 2021", "Monday 20 September 2021", "[Usage"):
        assert said in working
    assert [cell.text for cell in row.all("td", class_="number")] == ["1,892"]
    assert "none recorded" in working


def test_a_date_derived_from_the_term_says_so_and_is_never_counted_as_late():
    page = parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH))
    rows = page.one(id="derived").all("tr", data_obligation=None)
    assert [row.attrs["data-obligation"] for row in rows] == [
        "coordonnateur-designation/metropole",
        "etat-referent/etat",
    ]
    assert all("date derived from the term" in row.all("td")[0].text for row in rows)
    cells = page.one(id="matrix").one("tr", data_engagement="etat-referent").all(data_state=None)
    assert [cell.attrs["data-state"] for cell in cells] == ["derived"]


def test_before_the_approval_it_warns():
    page = parse(draw_page(*opened(SHIPPED, "2021-10-01"), ENGLISH))
    approval, signature = (each.text for each in page.all("p", class_="warning"))
    assert "not yet approved" in approval
    assert "Signature undated in the file." in signature
    later = parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH)).one("p", class_="warning")
    assert "Signature undated in the file." in later.text


def test_it_ends_with_the_version_and_the_day_and_what_counts(page):
    from qp_cli.version import __version__

    foot = page.one("footer")
    assert __version__ in foot.text
    assert foot.one("time").attrs["datetime"] == page.one("header").one("time").attrs["datetime"]
    assert not re.search(r"\d\d:\d\d", foot.text)


def test_the_same_data_and_day_give_the_same_page():
    first, second = (draw_page(*opened(NEIGHBOUR, "2022-09-01"), FRENCH) for _ in range(2))
    assert first == second


def test_the_foot_states_the_accessibility_and_leads_to_the_declaration():
    def links(declared):
        page = drawn(f"{SMALL}{declared}", language=FRENCH)
        foot = page.one("footer")
        return foot.text, [each.attrs for each in foot.all("a")]

    address = "https://www.example.org/accessibilite?a=1&b=2"
    said, (link,) = links(f'accessibility: {{level: partiellement-conforme, declaration: "{address}"}}\n')
    assert said.endswith("Accessibilité : partiellement conforme")
    assert link == {"href": address, "rel": "noopener noreferrer"}
    said, none = links("accessibility: {level: non-conforme}\n")
    assert said.endswith("Accessibilité : non conforme")
    assert none == []
    assert "Accessibilité" not in links("")[0]


# --- the sheet of one party


@pytest.mark.parametrize("name", ["etat", "État", "anru"])
def test_the_sheet_of_a_party_holds_only_what_concerns_it(name):
    whole, sheet = (parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH, party=each)) for each in (None, name))
    ident = name.casefold().replace("é", "e")
    assert counts(sheet) == {ident: counts(whole)[ident]}
    rows = [row.attrs["data-obligation"] for row in sheet.all("tr", data_obligation=None)]
    assert rows
    assert len(rows) == sum(counts(sheet)[ident].values())
    assert {"etat": "État", "anru": "ANRU"}[ident] in sheet.one("head").one("title").text
    assert sheet.one("p", class_="party").text


def test_the_sheet_of_a_group_has_a_row_for_each_member():
    sheet = parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH, party="partenaires"))
    assert list(counts(sheet)) == ["anct", "anru", "banque-des-territoires", "bpifrance"]


def test_the_journal_of_a_party_holds_only_its_facts():
    whole, sheet = (parse(draw_page(*opened(NEIGHBOUR, "2023-06-01"), ENGLISH, party=each)) for each in (None, "etat"))
    facts = [[row.attrs["data-fact"] for row in page.all("tr", data_fact=None)] for page in (whole, sheet)]
    assert set(facts[1]) < set(facts[0])
    assert facts[1]


def test_the_findings_of_a_party_are_about_it_or_about_all():
    _, checked = opened(SHIPPED, "2026-11-23")
    sheet = parse(draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH, party="etat")).one(id="findings")
    said = [row.all("td")[1].text for row in sheet.all("tr", data_severity=None)]
    assert not [each for each in said if "feuille-de-route” (art. 1) ends" in each or "for ANRU" in each]
    assert [each for each in said if "instruction-projets" in each]  # its own
    assert [each for each in said if "The signature" in each]  # of all
    aside = len(checked.findings) - len(said)
    assert aside
    assert f"{aside} other findings are about others only: qp check shows them." in sheet.text


def test_a_finding_at_a_fact_of_others_is_left_to_them():
    body = """
parties: [{id: ville, name: Ville}, {id: bailleur, name: Bailleur}]
engagements:
  - {id: un, title: Un, clause: a, debtors: [ville], kind: one-off, due: {on: 2022-01-01}}
  - {id: deux, title: Deux, clause: b, debtors: [bailleur], kind: one-off, due: {on: 2022-01-01}}
"""
    journal = """
  - {id: f-1, kind: fulfilled, engagement: un, on: 2022-01-01}
  - {id: f-2, kind: fulfilled, engagement: deux, on: 2022-01-01}
  - {id: f-3, kind: fulfilled, engagement: deux, on: 2099-01-01}
"""

    def at(line):
        return Finding("QP400", Severity.WARNING, msg("at line {number}", number=line), Span("j", line, 3, line, 9))

    declared = tuple(DeclaredAt(Span("j", each, 1, each, 20), "facts", f"f-{each}") for each in (1, 2, 3))
    also = at(2)._replace(message=msg("both"), related=(Related(Span("j", 1, 2, 1, 3), msg("here")),))
    checked = Checked((at(1), at(2), also, at(3), at(4)), ("j",), {}, declared=declared)
    found = drawn(body, journal, party="ville", checked=checked).one(id="findings")
    said = [row.all("td")[1].text for row in found.all("tr", data_severity=None)]
    assert [each.split("j:")[0] for each in said] == ["at line 1", "both", "at line 3", "at line 4"]
    nothing = drawn(body, journal, party="ville", checked=checked._replace(findings=(at(2),))).one(id="findings")
    assert "nothing to report" not in nothing.text
    assert "1 other finding is about others only" in nothing.text


def test_a_party_that_nobody_knows_is_refused():
    with pytest.raises(UsageError, match="No party"):
        draw_page(*opened(SHIPPED, "2026-11-23"), ENGLISH, party="personne")


# --- situations

SMALL = """
parties: [{id: ville, name: La Ville}]
events: [{id: signature, title: Signature, date: 2022-01-01, clause: c}]
engagements:
  - {id: plan, title: Plan, clause: art. 1, debtors: [ville], kind: one-off, due: {within: P3M, from: signature}}
"""


def row_of(page, name="plan/ville"):
    return page.one("tr", data_obligation=name)


def test_a_convention_that_asks_nothing_still_makes_a_page():
    page = drawn("parties: [{id: ville, name: La Ville}]\n")
    assert [section.attrs["id"] for section in page.all("section")] == [
        name for name in SECTIONS if name not in WHERE_THERE_ARE_ANY
    ]
    assert "The text sets no term." in page.one(id="term").text
    assert "no fact recorded" in page.one(id="journal").text
    assert "nothing to report" in page.one(id="findings").text
    assert page.all("tr", data_obligation=None) == []


def test_without_sites_there_is_no_matrix():
    page = drawn(SMALL)
    assert [node for node in page if node.attrs.get("id") in {"matrix", "sites"}] == []
    assert row_of(page).attrs["data-state"] == "overdue"


def test_an_avenant_shows_the_date_before_it():
    page = drawn(
        SMALL,
        "  - {id: f-1, kind: amended, on: 2022-02-01, title: Avenant 1, "
        "changes: [{change: extend, target: plan, by: P6M}]}\n",
    )
    row = row_of(page)
    assert row.one("time").attrs["datetime"] == "2022-10-01"
    assert "Moved by an avenant: was 1 Apr 2022." in row.text
    assert "date moved by an avenant" in row.text
    assert row.one("details").one("a").attrs["href"] == f"#{page.one('tr', data_fact='f-1').attrs['id']}"


def test_a_formal_notice_shows_its_cure_period_and_its_working():
    page = drawn(SMALL, "  - {id: f-1, kind: notified, engagement: plan, on: 2022-05-20, cure: P1M}\n")
    row = row_of(page)
    assert "notice: cure by 20 Jun 2022" in row.all("td")[1].text
    assert "cure period until Monday 20 June 2022: 19 days left" in row.one("details").text


def test_a_suspension_is_a_state_of_its_own():
    page = drawn(SMALL, "  - {id: f-1, kind: suspended, engagement: plan, on: 2022-03-01}\n")
    assert row_of(page).attrs["data-state"] == "suspended"
    assert "suspended" in row_of(page).one("span", class_="state").text


def test_a_cancelled_fact_is_marked_by_a_word():
    page = drawn(
        SMALL,
        "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-03-01}\n"
        "  - {id: f-2, kind: voided, fact: f-1, on: 2022-03-05}\n",
    )
    first, second = page.all("tr", data_fact=None)
    assert first.attrs["class"] == "cancelled"
    assert "cancelled" in first.one("strong").text
    assert "class" not in second.attrs
    assert row_of(page).attrs["data-state"] == "overdue"


def test_the_lines_of_a_note_are_paragraphs():
    note = 'note: "Un.\\nDeux."'
    page = drawn(SMALL.replace("title: Plan,", f"title: Plan, {note},"))
    assert [each.text for each in row_of(page).all("p", class_="note")] == ["Un.", "Deux."]


def test_what_waits_says_for_what_and_has_no_date():
    page = drawn(SMALL.replace("date: 2022-01-01, ", ""))
    row = row_of(page)
    assert row.attrs["data-state"] == "conditional"
    assert row.all("td")[0].all("time") == []
    assert "awaits signature" in row.all("td")[1].text
    assert "No date yet: awaits signature" in row.one("details").text


def test_the_findings_stand_with_their_code_their_place_and_their_remedy():
    ledger, checked = opened(SHIPPED, "2026-11-23")
    rows = parse(draw_page(ledger, checked, ENGLISH)).one(id="findings").all("tr", data_code=None)
    assert [row.attrs["data-code"] for row in rows] == [finding.code for finding in checked.findings]
    found = {row.attrs["data-code"]: row.text for row in rows}
    assert "convention.yaml:" in found["QP304"]
    assert "Act by Friday 17 March 2023" in found["QP304"]


def test_the_matrix_has_a_cell_for_each_engagement_at_each_site_that_one_names():
    ledger, checked = opened(NEIGHBOUR, "2022-09-01")
    matrix = parse(draw_page(ledger, checked, ENGLISH)).one(id="matrix")
    heads = [head.attrs.get("data-site") for head in matrix.one("thead").all("th")]
    assert heads == [None, None, "halle", "gare"]
    rows = matrix.all("tr", data_engagement=None)
    assert len(rows) == len({one.engagement.id for one in ledger.situation.obligations})
    (row,) = [row for row in rows if row.attrs["data-engagement"] == "signaletique"]
    cells = [[each.attrs["data-state"] for each in cell.all(data_state=None)] for cell in row.all("td")]
    assert cells == [[], ["overdue"], ["fulfilled"]]
    assert all(cell.text for cell in row.all("td"))


# --- colours


def ratio(one, other):
    """The contrast of two colours, as WCAG 2 counts it."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_text_stands_out_from_its_ground(page, scheme):
    blocks = re.findall(r":root \{(.*?)\}", page.one("style").raw, re.DOTALL)
    light, dark, printed = (dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in blocks)
    colours = {"light": light, "dark": light | dark, "print": light | printed}[scheme]
    inks = ("ink", "muted", "accent", "late", "soon", "ahead", "live", "done", "paused", "quiet")
    poor = {
        (ink, ground): round(ratio(colours[ink], colours[ground]), 2)
        for ink in inks
        for ground in ("paper", "band", "alert")
        if ratio(colours[ink], colours[ground]) < 4.5
    }
    assert poor == {}
    assert ratio(colours["strong"], colours["paper"]) >= 3
    assert ratio(colours["focus"], colours["paper"]) >= 3
    assert ratio("#000000", "#ffffff") == 21


def test_every_state_has_its_sign():
    from qp_cli.render.page.words import PAGE_MARKS

    assert set(PAGE_MARKS) == set(State)
