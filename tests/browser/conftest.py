"""Pages made by qp and opened in Chromium; `QP_SCREENSHOTS=folder` keeps what they look like."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import DAY, run_here, written
from tests.journal.test_a_year import STORY
from tests.outputs.hostile import ADMITTED, declared

ROOT = Path(__file__).resolve().parents[2]
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
HOSTILE = " ".join((ADMITTED["markup"], ADMITTED["endings"], ADMITTED["address"], LONG))
WIDTHS = (1280, 390)
BROKEN = "casse"


def _load():
    spec = importlib.util.spec_from_file_location("qp_pictures", ROOT / "scripts" / "pictures.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["qp_pictures"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pictures():
    """The script that makes the README's pictures."""
    return _load()


@pytest.fixture(scope="session")
def program(pictures):
    """The machine's Chromium and playwright, which drives it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright comes with the browser extra")
    try:
        found = pictures.chromium()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    with sync_api.sync_playwright() as playwright:
        yield playwright.chromium, found._asdict()


@pytest.fixture(scope="session")
def chromium(program):
    """The browser, running."""
    driver, found = program
    browser = driver.launch(**found)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def large(program, tmp_path_factory):
    """A window of a browser set to letters twice as large."""
    driver, found = program
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    preferences = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(preferences), "utf-8")
    context = driver.launch_persistent_context(profile, **found)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def grounds(tmp_path_factory):
    """The folders of the pages: the shipped convention, the year of `tests/journal`, a hostile one, several of them."""
    folders = {"shipped": ROOT} | {
        name: tmp_path_factory.mktemp(name) for name in ("year", "hostile", "several", "long", "terms")
    }
    shutil.copytree(ROOT / "data", folders["year"] / "data")
    with pytest.MonkeyPatch.context() as patch:
        for day, words in STORY:
            patch.setattr("qp_cli.cli.clock.now", lambda day=day: datetime.fromisoformat(f"{day}T10:00:00+00:00"))
            command = ("record", *words, "--who", "Agent", "--data", str(folders["year"]))
            answer = run_here(*command, environ={"QP_AS_OF": ""})
            assert answer.code == 0, answer.err
    hostile(folders["hostile"])
    (folders["long"] / "convention.yaml").write_text(written(long_convention()), "utf-8")
    (folders["terms"] / "convention.yaml").write_text(written(ended_convention()), "utf-8")
    gathered(folders["several"])
    return folders


def hostile(folder):
    """Writes the files of the hostile convention."""
    convention, sites, journal, _ = declared(HOSTILE)
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "convention.yaml").write_text(written(convention), "utf-8")
    (data / "sites.yaml").write_text(written({"format": "qp/1", "sites": sites}), "utf-8")
    (data / "journal.yaml").write_text(written({"format": "qp/1", "facts": journal}), "utf-8")


def long_convention():
    """A convention that owes a great deal, under titles of three lines; half of it is late."""
    title = "Transmettre aux services déconcentrés de l'État le rapport annuel d'exécution de la présente convention"
    debtor = {"id": "ville", "name": "Établissement public de coopération intercommunale du Val", "signatory": True}
    return {
        "format": "qp/1",
        "id": "longue",
        "title": "Convention pluriannuelle de revitalisation du centre-bourg et de développement du territoire",
        "parties": [debtor, *({"id": f"p{n}", "name": f"Partenaire {n}", "signatory": True} for n in range(9))],
        "engagements": [
            {
                "id": f"e{n}",
                "title": f"{title} {n}",
                "clause": f"art. {n}, alinéa 2",
                "debtors": ["ville"],
                "kind": "one-off",
                "due": {"on": date(2025 + 2 * (n % 2), 1 + n % 12, 1 + n % 28)},
            }
            for n in range(80)
        ],
    }


def ended_convention():
    """The same after its term, which half of what it owes has for a date."""
    declared = long_convention()
    for engagement in declared["engagements"][::2]:
        del engagement["due"]
    return declared | {"term": {"clause": "art. 9", "due": {"on": date(2026, 9, 30)}}}


def gathered(top):
    """Puts together the shipped convention, the tests' second one, the hostile one, a broken one, who they share."""
    shutil.copytree(ROOT / "data", top / "amp" / "data")
    shutil.copytree(ROOT / "tests" / "conventions" / "neighbour", top / "valmont")
    hostile(top / "essai")
    (top / BROKEN).mkdir()
    (top / BROKEN / "convention.yaml").write_text("format: qp/1\nid: casse\ntitre: Cassée\n", "utf-8")
    state = {"id": "etat", "name": "L'État", "short": f"État {HOSTILE}"}
    agency = {"id": "anru", "name": "Agence nationale pour la rénovation urbaine", "short": "ANRU"}
    (top / "parties.yaml").write_text(written({"format": "qp/1", "parties": [state, agency]}), "utf-8")


DAYS = {"shipped": DAY, "year": "2022-11-15", "hostile": DAY, "several": DAY, "long": DAY, "terms": DAY}
LISTS = ("overdue", "derived_from_term", "next")


class Made(NamedTuple):
    """A page that qp made, and what else qp says of the same."""

    name: str
    language: str
    path: Path
    owed: list
    status: dict

    @property
    def address(self):
        """Where a browser finds it."""
        return self.path.as_uri()

    @property
    def several(self):
        """Whether it is the page of several conventions."""
        return len(self.status["conventions"]) > 1

    @property
    def obligations(self):
        """Those that it shows by their keys (`KEY`): all of one convention, those of three lists of several."""
        if not self.several:
            return {one["id"]: one for one in self.owed}
        listed = [one for each in self.status["conventions"] for name in LISTS for one in each[name]]
        return {f"{one['convention']} {one['id']}": one for one in listed}

    @property
    def people(self):
        """The counts of each party, or of each one that several conventions share."""
        return self.status["shared_parties"] if self.several else self.status["conventions"][0]["parties"]


KEY = "(row => [row.dataset.convention, row.dataset.obligation].filter(Boolean).join(' '))"
"""What a row of obligations is known by."""


@pytest.fixture(scope="session")
def make(grounds, tmp_path_factory):
    """Makes a page, once."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def once(name, language, *, summary=False):
        if summary:
            path = folder / f"{name}-{language}-summary.html"
            options = ("--data", str(grounds[name]), "--as-of", DAYS[name], "--lang", language)
            assert run_here("report", "--summary", *options, "--output", str(path)).code == int(name == "several")
            return Made(name, language, path, [], {"conventions": []})
        if (name, language) not in made:
            path = folder / f"{name}-{language}.html"
            options = ("--data", str(grounds[name]), "--as-of", DAYS[name], "--lang", language)
            grouped = ("--group-by", "party") if name == "several" else ()
            answers = [
                run_here("report", *options, *grouped, "--output", str(path)),
                *(run_here(command, *options, "--format", "json") for command in ("deadlines", "status")),
            ]
            left_out = int(name == "several")
            assert [answer.code for answer in answers] == [left_out] * 3, answers[0].err
            owed = json.loads(answers[1].out)["obligations"]
            made[name, language] = Made(name, language, path, owed, answers[2].json)
        return made[name, language]

    return once


@pytest.fixture(
    params=[*product(("shipped", "year"), ("fr", "en")), ("hostile", "fr"), ("several", "fr")], ids="-".join
)
def made(request, make):
    """Each page in turn."""
    return make(*request.param)


@pytest.fixture
def tab(chromium):
    """Opens a page in a window of its own; what it said, asked for or tried is in `troubles`."""
    opened = []

    def show(made, *, width=1280, height=900, **how):
        context = chromium.new_context(viewport={"width": width, "height": height}, **how)
        opened.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda message: page.troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: page.troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: page.troubles.append(f"dialog: {dialog.message}"))
        page.on("popup", lambda _: page.troubles.append("popup"))
        page.on("request", lambda asked: asked.url == made.address or page.troubles.append(f"request: {asked.url}"))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.log('policy: ' + e.violatedDirective))"
        )
        page.goto(made.address)
        return page

    yield show
    for context in opened:
        context.close()


@pytest.fixture
def keep():
    """Keeps a picture of a page where `QP_SCREENSHOTS` says."""

    def save(page, name):
        if folder := os.environ.get("QP_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return save
