"""The page of several conventions: the look and the rules of the page of one, bounded however many they are."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from qp_cli.app.check_result import Checked
from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.model.parties import SharedParty
from qp_cli.render.language import Language
from qp_cli.render.page.document import draw_page
from qp_cli.render.page.obligations import MOST_ON_PAGE
from qp_cli.store.repository import read_repository
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.portfolio import SharedParties
from tests.render.dom import parse
from tests.render.pages import portfolio_page
from tests.tracking.building import NEIGHBOUR, SHIPPED, convention

ENGLISH, FRENCH = Language("en"), Language("fr")
DAY = date(2022, 9, 1)
STATE = SharedParty(id="etat", name="L'État", short="État")


def opened(folder, day=DAY):
    found = read_repository(folder, Path())
    return open_ledger(Declarations(found.convention, found.sites, found.facts), day)


@pytest.fixture(scope="module", params=["en", "fr"])
def text(request):
    both = (opened(SHIPPED), opened(NEIGHBOUR))
    return portfolio_page(
        iter(both), SharedParties([STATE]), DAY, Language(request.param), notes=lambda: [msg("A note.")]
    )


@pytest.fixture(scope="module")
def page(text):
    return parse(text)


def made(body, *, name="essai", day=DAY):
    """The ledger of a convention given as YAML."""
    declared = convention(body)
    return open_ledger(Declarations(replaced(declared, id=name), (), ()), day)


def owing(count, day="2022-07-01", name="essai"):
    """A convention with as many obligations, all on one day."""
    lines = ["parties: [{id: ville, name: La Ville}]", "engagements:"]
    lines += [
        f"  - {{id: e{number:04}, title: T, debtors: [ville], kind: one-off, due: {{on: {day}}}}}"
        for number in range(count)
    ]
    return made("\n".join(lines), name=name)


# --- structure


def test_its_sections_stand_in_their_order_each_with_a_heading_that_names_it(page):
    sections = page.all("section")
    assert [section.attrs["id"] for section in sections] == [
        "answer",
        "conventions",
        "parties",
        "overdue",
        "upcoming",
        "derived",
    ]
    for section in sections:
        (heading,) = section.all("h2")
        assert heading.text
        assert heading.attrs["id"] == f"{section.attrs['id']}-title"


def test_headings_go_down_one_level_at_a_time_from_a_single_first_one(page):
    levels = [int(node.tag[1]) for node in page if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_has_one_of_each_landmark_and_a_link_that_skips_to_the_content(page):
    for tag in ("main", "header", "footer", "nav"):
        page.one(tag)
    assert page.all("a")[0].attrs["href"] == f"#{page.one('main').attrs['id']}"


def test_ids_are_unique_and_everything_that_points_to_one_finds_it(page):
    ids = [node.attrs["id"] for node in page if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    keys = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    named = [each for node in page for key in keys for each in node.attrs.get(key, "").split()]
    named += [node.attrs["href"][1:] for node in page.all("a") if node.attrs["href"].startswith("#")]
    assert named
    assert set(named) <= set(ids)


def test_every_table_has_a_caption_and_a_scope_on_each_heading(page):
    tables = page.all("table")
    assert len(tables) >= 3
    for table in tables:
        assert table.one("caption").text
        heads = table.one("thead").all("th")
        assert {head.attrs["scope"] for head in heads} == {"col"}
        for row in (row for part in table.all("tbody") + table.all("tfoot") for row in part.all("tr")):
            (head,) = row.all("th")
            assert head.attrs["scope"] == "row"
            assert head.text
            assert len(row.all("th")) + len(row.all("td")) == len(heads)


def test_the_rows_of_conventions_and_of_obligations_are_filtered_and_the_total_is_not(page):
    tables = page.all("table", data_filterable=None)
    assert {table.parent.attrs["id"] for table in tables} >= {"conventions", "overdue"}
    assert not page.one(id="parties").all("table", data_filterable=None)
    (total,) = page.one(id="conventions").one("tfoot").all("tr")
    assert total.one("th").text == "Total"


def test_the_notes_stand_in_the_header(page):
    assert [each.text for each in page.one("header").all("p", class_="warning")] == ["A note."]


def test_its_style_script_and_policy_are_those_of_the_page_of_one(text, page):
    alone = parse(draw_page(opened(SHIPPED), Checked((), (), {}), ENGLISH))
    policy = page.one("meta", http_equiv="Content-Security-Policy").attrs["content"]
    assert policy == alone.one("meta", http_equiv="Content-Security-Policy").attrs["content"]
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}" in policy
    assert not [(node.tag, key) for node in page for key in node.attrs if key == "style" or key.startswith("on")]
    assert not [node for node in page if {"src", "srcset", "action", "background", "data"} & set(node.attrs)]


# --- safety


EVIL = [
    "</style><script>alert(1)</script>",
    '"\' onmouseover="alert(1)" x=\'',
    "{{ 7 * 7 }}{% raw %}<b>",
    "a\u202eb\u2066c\x1b[31md\u200bf\u2028g",
]
HOST = """
territory: T
term: {title: Terme, clause: art. 4, due: {within: P12M, from: signature}}
events: [{id: signature, title: Signature, date: 2021-01-01}]
parties: [{id: ville, name: La Ville, short: Ville}, {id: etat, name: État}]
engagements:
  - {id: plan, title: Plan, clause: art. 1, debtors: [ville, etat], kind: one-off, note: N, due: {on: 2021-07-01}}
"""


def hosted(text):
    """A ledger with a text in every free one of its convention."""
    found = made(HOST).signed
    update = {"title": f"{text} {found.title}", "territory": f"{text} T"}
    update["parties"] = tuple(replaced(each, name=text, short=text) for each in found.parties)
    update["engagements"] = tuple(replaced(each, title=text, clause=text, note=text) for each in found.engagements)
    update["term"] = replaced(found.term, clause=text)
    return open_ledger(Declarations(replaced(found, **update), (), ()), DAY)


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_hostile_data_adds_no_element_and_no_attribute(evil):
    def outline(text):
        register = SharedParties([SharedParty(id="etat", name=text, short=text)])
        page = parse(portfolio_page([hosted(text)], register, DAY, ENGLISH, party=text))
        hidden = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
        assert not re.search(hidden, page.raw + "".join(str(node.attrs) for node in page))
        return [(node.tag, sorted(node.attrs)) for node in page]

    assert outline(evil) == outline("bénin")


# --- bounds


def test_no_more_than_the_soonest_rows_are_shown_and_the_others_are_counted_with_their_command():
    ledgers = [
        owing(MOST_ON_PAGE, "2022-07-01", "tard"),
        owing(3, "2022-06-01", "tôt"),
        owing(5, "2023-01-01", "après"),
    ]
    page = parse(portfolio_page(ledgers, SharedParties(), DAY, ENGLISH))
    late = page.one(id="overdue")
    rows = late.all("tr", data_obligation=None)
    assert len(rows) == MOST_ON_PAGE
    assert [row.attrs["data-convention"] for row in rows[:4]] == ["tôt", "tôt", "tôt", "tard"]
    assert late.all("p")[-1].text == "… and 3 more, of 203: qp overdue --format csv --data FOLDER"
    assert page.one("a", href="#overdue").text == "Overdue (203)"
    assert page.one("a", href="#upcoming").text == "Next (5)"
    assert not page.one(id="upcoming").all("p", class_="aside")


def test_the_command_that_lists_them_all_names_the_party():
    page = parse(portfolio_page([owing(MOST_ON_PAGE + 1)], SharedParties(), DAY, ENGLISH, party="la ville"))
    assert page.one(id="overdue").all("p")[-1].text == (
        "… and 1 more, of 201: qp overdue --format csv --party 'la ville' --data FOLDER"
    )


def test_ledgers_are_taken_one_at_a_time_and_let_go():
    import gc
    import weakref

    alive = []

    def each():
        for number in range(5):
            ledger = owing(40, name=f"c{number}")
            alive.append(weakref.ref(ledger.situation.directory))
            yield ledger
            del ledger
            gc.collect()
            assert sum(found() is not None for found in alive) <= 1

    page = parse(portfolio_page(each(), SharedParties(), DAY, ENGLISH))
    assert len(page.one(id="overdue").all("tr", data_obligation=None)) == MOST_ON_PAGE
    assert len(alive) == 5


def test_a_party_that_nobody_knows_is_refused():
    with pytest.raises(UsageError):
        portfolio_page([owing(1)], SharedParties(), DAY, ENGLISH, party="personne")


def test_where_nothing_is_owed_it_says_so():
    page = parse(
        portfolio_page([made("parties: [{id: ville, name: La Ville}]\nengagements: []")], SharedParties(), DAY, FRENCH)
    )
    assert page.one(id="overdue").one("p", class_="none").text
    assert len(page.one(id="conventions").one("tbody").all("tr")) == 1
