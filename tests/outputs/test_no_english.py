"""A French reader meets no English: on screens and help pages, in errors, findings, files, pages and mail."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from qp_cli.app.recording import FACT_KINDS
from qp_cli.cli.options import GROUPINGS, STATES_TAKEN
from qp_cli.cli.parser import COMMANDS
from tests.conftest import ROOT
from tests.outputs.test_french import NEIGHBOUR, READ, words
from tests.test_translations import translations

ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
    the of and with not is are this that these those which from to be been was were has have had having it its their
    they there here when where whose what who how why than then also both each every any some only other another
    same such before after until since between within without under over about into out up by for no yes term
    overdue deadline deadlines recorded fulfilled upcoming day days month months year years week weeks today party
    none nothing missing unknown invalid expected got should must cannot could would may might does did doing do
    done files line key value values error errors warning warnings default required command commands help show see
    write written read given found allowed try permission denied directory exists failed failure unable input output
    string integer number connection refused reset timed monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august october november december
        """,
    )
)
"""Words of English that are none of French."""
CODE = re.compile(
    r"`[^`\n]*`|https?:\S+|--[a-z-]+(?:[ =][A-Z]\w*)?|\bqp [a-z-]+\b[^\n,;)]*|\S*[|_/@{}\[\]=]\S*|\S+\.[a-z]\S*|"
    r"[a-z]+(?:-[a-z]+)+|\b[a-z_]+\xa0?:(?=[\s,]|$)|\b[A-Z][A-Z-]+\b|«\xa0[^»]*\xa0»"
)
"""What is typed, stands in files, or was given."""
SHOWN = re.compile(r" (?:title|alt|aria-label|label|placeholder|summary|data-(?:words|label|open|close))=\"([^\"]*)\"")
"""What a page says in attributes."""
NAMES = frozenset((*COMMANDS, *STATES_TAKEN, *FACT_KINDS, *GROUPINGS))
"""What is listed to be typed, in help pages and in what refuses another word."""
KEYS = frozenset(re.findall(r"\w+", "since until before every by when within from term party fulfilled"))
"""Keys and kinds that findings tell to write."""
CONVENTIONS = (str(NEIGHBOUR), str(ROOT / "data"), str(ROOT / "tests" / "conventions" / "subvention"))
REFUSED = (
    *(["nope"], ["--nope"], ["help", "x"], ["-x"], ["show"], ["show", "x"], ["status", "a"], ["--lang", "x", "status"]),
    *(["status", f"--{name}", "x"] for name in ("as-of", "format", "data", "convention", "known-at", "fail-on")),
    *(["status", "--as-of", ""], ["status", "-o"], ["status", "--as"], ["status", "--no-cache=1"], ["--data"]),
    *(["deadlines", f"--{name}", "x"] for name in ("within", "state", "party", "site", "group-by")),
    *(["calc"], ["calc", "x", "y"], ["calc", "2021-01-01"], ["calc", "2021-01-01", "P900Y"]),
    *(["calc", "2021-01-01", "P6M", *more] for more in (["--regime", "x"], ["--zone", "x"], ["a", "b"])),
    *(["export"], ["export", "x"], ["export", "ics", "--group-by", "party"], ["export", "csv", "--output", "/"]),
    *(["report", "--party", "a", "--party", "b"], ["report", "--output", "README.md/x"], ["--format", "csv", "report"]),
    *(["diff"], ["diff", "x"], ["check", "x"], ["check", "--select", "X"], ["check", "--explain", "X"]),
    *(
        ["check", "--format", "x"],
        ["check", "--against", "zzz"],
        ["rules", "x"],
        ["schema", "x"],
        ["log", "--kind", "x"],
    ),
    *(
        ["record"],
        ["record", "x"],
        ["record", "fulfilled"],
        ["record", "fulfilled", "x"],
        ["record", "--from", "x.ods"],
    ),
    *(["record", "fulfilled", "feuille-de-route", "--on", *more] for more in (["x"], ["2021-05-05", "--by", "x"])),
    *(
        ["init"],
        ["init", "data"],
        ["init", "x", "--template", "x"],
        ["remind", "--send"],
        ["remind", "--send", "-o", "x"],
    ),
)
"""Commands that are refused in a line."""


def english(text, but=frozenset()):
    """The lines of a text that have English words, and these words."""
    found = []
    for line in text.splitlines():
        said = re.findall(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])", CODE.sub(" ", line))
        if met := {each.casefold() for each in said} & ENGLISH - but:
            found.append((sorted(met), line.strip()))
    return found


@pytest.fixture
def ask(qp, shipped):
    """Asks in French, where the shipped convention lies; `{}` is a folder of the test's own."""
    assert shipped == ROOT

    def answer(*arguments, code=0):
        found = qp("--lang", "fr", *arguments)
        assert found.code == code, found.err
        return found

    return answer


@pytest.mark.parametrize(
    "text", ["No deadline", "à échéance overdue", "Usage: what is due", "Échéance du 3 March 2022"]
)
def test_it_would_be_seen(text):
    assert english(text)


@pytest.mark.parametrize("more", [(), ("--all",)])
def test_no_help_page_says_any(ask, more):
    pages = [ask("--help", *more), *(ask("help", command, *more) for command in COMMANDS)]
    assert [line for page in pages for line in english(page.out, NAMES)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        *READ,
        ("parties",),
        ("sites",),
        ("check",),
        ("remind", "--within", "P3Y"),
        ("remind", "--within", "P3Y", "--format", "md"),
        ("report", "--summary"),
        ("report", "--group-by", "party", "--contacts"),
    ],
    ids=" ".join,
)
def test_no_screen_and_no_page_says_any(ask, arguments):
    of_the_first = "--site" in arguments or (arguments[0] == "show" and "terme" not in arguments)
    for folder in CONVENTIONS[:1] if of_the_first else CONVENTIONS:
        answer = ask(*arguments, "--data", folder)
        shown = "\n".join([words(answer.out), *SHOWN.findall(answer.out), answer.err])
        assert english(shown, KEYS if "check" in arguments else frozenset()) == []
        assert re.findall(r' lang="(?!fr")[^"]*"', answer.out) == []


@pytest.mark.parametrize("arguments", [("rules",), ("rules", "--format", "md"), ("calc", "2021-03-18", "P6M")])
def test_no_answer_without_a_repository_says_any(ask, arguments):
    assert english(ask(*arguments).out) == []


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_no_refusal_says_any(qp, shipped, arguments):
    answer = qp(*arguments, environ={"QP_LANG": "fr"})
    assert answer.code in {2, 3}
    assert shipped == ROOT
    assert english(answer.err, NAMES) == []


@pytest.mark.parametrize("folder", CONVENTIONS, ids=lambda path: Path(path).name)
def test_no_workbook_calendar_sheet_or_message_says_any(ask, folder, tmp_path):
    at = ("--data", folder, "--as-of", "2022-03-09")
    book, mail = tmp_path / "x.xlsx", tmp_path / "mail"
    ask("export", "xlsx", *at, "--output", str(book))
    ask("remind", "--within", "P5Y", *at, "--output", str(mail))
    with ZipFile(book) as opened:
        parts = [opened.read(name).decode("utf-8", "replace") for name in opened.namelist() if name[-4:] == ".xml"]
    cells = [cell for part in parts for cell in re.findall(r">([^<>]+)<", part)]
    cells += [
        said
        for part in parts
        for said in re.findall(r' (?:name|prompt|promptTitle|error|errorTitle|displayName)="([^"]*)"', part)
    ]
    assert len(cells) > 100
    calendar = ask("export", "ics", *at).out.replace("\r\n ", "").splitlines()
    sheet = ask("export", "csv", "--excel-fr", *at).out.split(";")
    texts = {"workbook": cells, "ics": [line.partition(":")[2] for line in calendar], "csv": sheet}
    for path in mail.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        contents = [each.get_content() for each in message.walk() if each.get_content_maintype() == "text"]
        texts[path.name] = [message["subject"], *map(words, contents[:2])]
    for name, said in texts.items():
        assert english("\n".join(said), NAMES if name in {"workbook", "csv"} else frozenset()) == [], name


def test_no_message_in_the_catalogue_says_any():
    """Whatever brings it about; what is listed to be typed apart."""
    texts = [text for entry in translations.entries(translations.read()) for text in translations.forms(entry.string)]
    assert len(texts) > 2000
    bare = (re.sub(r"\{\{.*?\}\}|\{[^}]*\}", "", text).replace("\n", " ") for text in texts)
    assert english("\n".join(bare), NAMES | KEYS) == []


def test_no_page_of_a_rule_and_no_finding_or_question_says_any():
    pages = [
        re.sub("^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for page in _all("docs/regles/*.md")
    ]
    found = [*_all("tests/checks/samples/*/bad.fr.txt"), *_all("tests/checks/messages/fr.txt")]
    said = [
        line for path in found for line in path.read_text("utf-8").splitlines() if not re.match(r" *\d* [|:]", line)
    ]
    assert len(pages) > 100
    assert len(said) > 500
    assert english("\n".join([*pages, *said]), NAMES | KEYS) == []


def _all(pattern):
    return sorted(ROOT.glob(pattern))
