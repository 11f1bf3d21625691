"""docs/format.md and format.fr.md: every example gives what stands below it, and nothing of the format is left out.

The first example is a whole convention, and those after it stand in it: parties, events and the like come on top,
engagements take the place of its own, `facts` go into the journal, `sites` into theirs, and the keys of one engagement
make an engagement called `plan`.

Below an example, `**Gives: …**` says the dates of its engagements, and a table whose first column is a day says what
each obligation is on that day. An example that only fails has `**Refused: QPnnn**`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import pytest

from qp_cli.checks.blocking import declared_without_errors
from qp_cli.checks.registry import examine
from qp_cli.findings import Severity
from qp_cli.law.regimes import REGIMES
from qp_cli.law.zones import Zone
from qp_cli.model.base import Declared, key_of, values_of
from qp_cli.model.convention import Convention, Engagement
from qp_cli.model.dues import FORMS
from qp_cli.model.facts import Change, Fact, Journal
from qp_cli.model.kinds import Kind, Nature, Scope
from qp_cli.model.sites import Sites
from qp_cli.render.language import Language
from qp_cli.render.wording import state_words
from qp_cli.store.repository import read_repository
from qp_cli.store.yaml.reader import read_document
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.states import State
from tests.conftest import written

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = {code: (DOCS / name).read_text("utf-8") for code, name in (("en", "format.md"), ("fr", "format.fr.md"))}
FIRST_DAY = date(2022, 1, 1)
"""The day on which an example is looked at that says dates only."""
BLOCK = re.compile(r"^```yaml\n(.*?)^```\n(.*?)(?=^```|^#|\Z)", re.MULTILINE | re.DOTALL)
GIVES = re.compile(r"\*\*(?:Gives: |Donne\u00a0: )([^*]+)\*\*")
REFUSED = re.compile(r"\*\*(?:Refused: |Refusé\u00a0: )(QP\d{3})\*\*")
ROW = re.compile(r"^\| (\d[^|]*) \| `([^`|]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
COMMENT = re.compile(r"(?:^|(?<=\s))# .*$", re.MULTILINE)
NOWHERE = "—"
ENGAGEMENT_KEYS = {key_of(name) for name in Engagement.defaults} - {"note", "clause", "title", "id", "sites"}
SINGLE = {"id": "plan", "title": "Remettre le plan", "clause": "art. 2", "debtors": ["ville"], "kind": "one-off"}


def plain(value):
    """What qp's own reader found, without its places."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


class Row(NamedTuple):
    """One line of a table: an obligation at a day."""

    day: date
    name: str
    due: str
    state: str


class Example(NamedTuple):
    """One example of a page, and what the page says it gives."""

    text: str
    gives: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: str = ""

    @property
    def content(self):
        """What its YAML says."""
        return plain(read_document(self.text.encode(), "convention.yaml").root)


def days_by_text(code):
    """Every day of thirty years as a language writes it, with and without its weekday."""
    language = Language(code)
    span = map(date.fromordinal, range(date(2015, 1, 1).toordinal(), date(2046, 1, 1).toordinal()))
    return {text: day for day in span for text in (language.day(day), language.full_day(day).lower())}


DAYS = {code: days_by_text(code) for code in PAGES}


def day_in(text, code):
    """The day that a text of a page says; its weekday has to be the right one."""
    return DAYS[code].get(text) or DAYS[code][text.lower()]


def examples(code) -> Iterator[Example]:
    """The examples of a page, in their order."""
    for text, below in BLOCK.findall(PAGES[code]):
        gives = tuple(each for said in GIVES.findall(below) for each in said.split(", "))
        rows = tuple(Row(day_in(day, code), *rest) for day, *rest in ROW.findall(below))
        yield Example(text, gives, rows, "".join(REFUSED.findall(below)))


EXAMPLES = {code: tuple(examples(code)) for code in PAGES}
NUMBERED = [
    pytest.param(code, number, id=f"{code}-{number}") for code in PAGES for number in range(len(EXAMPLES[code]))
]


def merged(base, more):
    """The declarations of an example on top of those of the first: by id, those of its own first."""
    ids = {each["id"] for each in more}
    return [*(each for each in base if each["id"] not in ids), *more]


def files(code, number):
    """The files that an example makes, as text."""
    base, example = EXAMPLES[code][0].content, EXAMPLES[code][number].content
    convention, found = dict(base), {}
    own = {key: value for key, value in example.items() if key in ENGAGEMENT_KEYS}
    if number and own:
        example = {key: value for key, value in example.items() if key not in own} | {"engagements": [SINGLE | own]}
    for key, value in example.items():
        if key in {"facts", "sites"}:
            found[{"facts": "journal.yaml", "sites": "sites.yaml"}[key]] = {"format": "qp/1", key: value}
        elif key in {"parties", "events", "groups", "roles"}:
            convention[key] = merged(base.get(key, []), value)
        else:
            convention[key] = value
    return {name: written(text) for name, text in {"convention.yaml": convention, **found}.items()}


def declared(code, number):
    """What an example declares; it has no errors but that which it is about."""
    texts = {name: text.encode() for name, text in files(code, number).items()}
    repository = read_repository(Path(), Path(), texts)
    errors = [
        f"{each.code} {each.message}" for each in examine(repository, proofs={}) if each.severity is Severity.ERROR
    ]
    if refused := EXAMPLES[code][number].refused:
        assert {each[:5] for each in errors} == {refused}
        return None
    assert errors == []
    return declared_without_errors(repository)


def at(found, day):
    """Every obligation of an example at a day, and its term, each as date and state."""
    return open_ledger(found, day).situation


def told(situation, language):
    """What a table can say: the term, each obligation with its state, each formal notice with the day it sets."""
    yield "terme", (situation.term.due if situation.term else None, NOWHERE)
    for one in situation.obligations:
        yield one.id, (one.due, language.text(state_words(one)))
        if (notice := one.standing.notice) and notice.cure:
            yield notice.fact, (notice.cure.due, NOWHERE)


@pytest.mark.parametrize(("code", "number"), NUMBERED)
def test_an_example_gives_what_the_page_says(code, number):
    example, language, found = EXAMPLES[code][number], Language(code), declared(code, number)
    assert example.gives or example.rows or example.refused, "nothing is said of what it gives"
    if example.gives:
        dues = sorted(one.due for one in at(found, FIRST_DAY).obligations if one.due)
        assert dues == [day_in(each, code) for each in example.gives]
    for row in example.rows:
        dates = dict(told(at(found, row.day), language))
        due, state = dates[row.name]
        assert (language.day(due) if due else NOWHERE, state) == (row.due, row.state), row


def test_both_pages_have_the_same_examples_in_the_same_order():
    english, french = (tuple(COMMENT.sub("", each.text) for each in EXAMPLES[code]) for code in ("en", "fr"))
    assert len(english) > 40
    assert english == french
    for one, other in zip(EXAMPLES["en"], EXAMPLES["fr"], strict=True):
        assert [day_in(day, "en") for day in one.gives] == [day_in(day, "fr") for day in other.gives]
        assert [(row.day, row.name) for row in one.rows] == [(row.day, row.name) for row in other.rows]
        assert one.refused == other.refused


def test_both_pages_have_the_same_sections():
    english, french = ([len(each) for each in re.findall(r"^#+(?= )", text, re.MULTILINE)] for text in PAGES.values())
    assert english == french


def things(value) -> Iterator[Declared]:
    """A declared thing and all that it holds."""
    if isinstance(value, Declared):
        yield value
        for each in values_of(value).values():
            yield from things(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from things(each)


def declarer(kind, name):
    """The class that gave a field to those that have it: `on` is every fact's."""
    return next(each.__name__ for each in reversed(kind.__mro__) if name in getattr(each, "annotations", ()))


@pytest.fixture(scope="module")
def shown():
    """The values that the examples of each page give to each key of each class."""
    found = {code: defaultdict(set) for code in PAGES}
    for code, held in EXAMPLES.items():
        for number, example in enumerate(held):
            if example.refused:
                continue
            convention, sites, facts, _ = declared(code, number)
            for thing in things((convention, *sites, *facts)):
                for name, value in values_of(thing).items():
                    if value != type(thing).defaults[name]:
                        found[code][declarer(type(thing), name), key_of(name)].add(str(value))
    return found


def classes(*roots) -> dict[str, type[Declared]]:
    """Every class of declared things that can be met in a file, by name."""
    found: dict[str, type[Declared]] = {}

    def look(annotation):
        if isinstance(annotation, str):
            annotation = FORMS.get(annotation, annotation)
        is_declared = isinstance(annotation, type) and issubclass(annotation, Declared)
        if is_declared and annotation.__name__ not in found:
            found[annotation.__name__] = annotation
            for each in annotation.annotations.values():
                look(each)
        for each in get_args(annotation):
            look(each)

    for root in roots:
        look(root)
    return found


CLASSES = classes(Convention, Journal, Sites)
IN_EACH_FILE = {("Journal", "format"), ("Journal", "facts"), ("Sites", "format"), ("Sites", "sites")}
"""What the frame of the examples writes."""


@pytest.mark.parametrize("code", PAGES)
def test_every_key_of_the_format_has_an_example(code, shown):
    every = {(declarer(kind, name), key_of(name)) for kind in CLASSES.values() for name in kind.annotations}
    every -= {each for each in every if each[1] == "note"}
    assert len(every) > 90
    assert sorted({each for each in every - IN_EACH_FILE if not shown[code].get(each)}) == []


@pytest.mark.parametrize("code", PAGES)
def test_every_choice_of_the_format_is_named(code, shown):
    kinds = {get_args(each.annotations["kind"])[0] for each in get_args(get_args(Fact)[0]) if each is not None}
    changes = {get_args(each.annotations["change"])[0] for each in get_args(get_args(Change)[0])}
    assert len(kinds) > 9
    assert len(changes) > 4
    named = {*re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", PAGES[code], flags=re.MULTILINE | re.DOTALL))}
    wanted = {*FORMS, *kinds, *changes, *Kind, *State, *Zone, *Nature, *Scope, *(regime.name for regime in REGIMES)}
    assert sorted(wanted - named) == []
    used = {value for values in shown[code].values() for value in values}
    assert sorted({*kinds, *changes, *Kind} - used) == []
    assert {type_.__name__ for type_ in FORMS.values()} <= {name for name, _ in shown[code]}


def anchors(page):
    """What a link can lead to in a page: its headings, as hosts of git repositories make anchors of them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


NAMES = ["format.md", "format.fr.md", "tutorial.md", "tutorial.fr.md"]


@pytest.mark.parametrize("name", NAMES)
def test_commands_that_the_text_names_have_these_options(name, qp):
    spans = re.findall(r"`(qp [a-z][^`\n]*)`", (DOCS / name).read_text("utf-8"))
    assert spans
    used = {(each.split()[1], option) for each in spans for option in re.findall(r"--[a-z-]+", each)}
    helps = {command: qp(command, "--help", "--all").out for command in {each.split()[1] for each in spans}}
    assert all(helps.values())
    assert sorted((command, option) for command, option in used if f"{option} " not in helps[command]) == []


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name):
    links = re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", (DOCS / name).read_text("utf-8"))
    assert links
    for target, anchor in links:
        page = DOCS / (target or name)
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), anchor
