"""docs/fr and docs/en: every command of their pages runs, one after the other, and answers as the page says.

The pages start from the repository that the first page of each language makes. In a block `sh`, each line is run; one
that ends with `# … N` exits with N, every other with 0. A block `text` shows what the last one answered: a `…` stands
for anything, alone on a line for any lines. In a command, `f-…` is the last fact that was named. A block `yaml` that
begins with the name of a file is written there: it takes the place of its part where it begins with the key of one,
and stands at the end of the file where it does not begin with the format. A table with the days on which things were
done is filled into `suivi.xlsx`. Blocks `console` and `powershell` are for other machines: `NOT_RUN` says why,
line by line. The pages of the format, and the tutorials, have tests of their own.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qp_cli.cli.parser import COMMANDS
from tests.test_format_pages import anchors

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAIRS = {
    "README": "README",
    "installation": "installation",
    "prise-en-main": "getting-started",
    "comprendre-les-dates": "understanding-dates",
    "reference": "reference",
    "format": "format",
    "python": "python",
    "guides/avenant": "guides/amendment",
    "guides/mise-en-demeure": "guides/formal-notice",
    "guides/suspension": "guides/suspension",
    "guides/portefeuille": "guides/portfolio",
    "guides/integration-continue": "guides/continuous-integration",
    "guides/tableur": "guides/spreadsheet",
    "guides/messagerie": "guides/mail",
}
"""Each French page and its English one."""
TRIED_ELSEWHERE = {"README", "prise-en-main", "format", "python", "reference"}
"""The first makes the repository of the others; the rest has tests of its own, or runs nothing."""
OF_ITS_OWN = {"guides/integration-continue"}
"""A page that shows more files of a forge in English than in French."""
NOT_RUN = {
    "pip install ": "installs, from an address that is not known here",
    "pipx install ": "installs for a user",
    "python3 -m venv ": "installs for a user; .ci/run does, from the wheel too",
    "~/qp/bin/": "what was installed so",
    "python3 -m pip ": "fetches wheels; .ci/run installs from such a folder",
    "py -m venv ": "Windows",
    "& $HOME": "Windows",
    "qp --version": "what was installed so",
    "qp remind --send": "hands mail over: tests/cli/test_remind_sending.py does, to a server of its own",
    "qp check --format sarif ": "ends with words of a shell; tests/cli/test_check.py asks for each form",
    "qp check --against ": "compares with a branch of a server; tests/cli/test_against.py does, with one of its own",
}
"""How the lines begin that no test runs as they stand on a page, each with the reason."""
RUN = {"sh": "here", "text": "compared here", "python": "tests/test_python_api.py"}
SHOWN = {"yaml": "a file", "gitattributes": "a file", "console": "NOT_RUN", "powershell": "NOT_RUN"}
"""The sorts of blocks: what is run, and what is shown."""
BLOCK = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DONE_ON = {"Exécuté le": "%d/%m/%Y", "Done on": "%Y-%m-%d"}
"""The heading of a table to fill in, and how its page writes days."""
TABLE = rf"^(\|[^\n]*\| (?:{'|'.join(DONE_ON)}) \|[^\n]*\n(?:\|[^\n]*\n)+)"
STEP = re.compile(f"{BLOCK.pattern}|{TABLE}", re.MULTILINE | re.DOTALL)
MADE_UP = re.compile(r"f-[0-9a-z]{10}\b")
EXIT = re.compile(r"  # .*?(\d)$")
GIT = ("-c", "user.name=A. Martin", "-c", "user.email=a.martin@example.org", "-c", "core.autocrlf=false")


def pages(code):
    """The pages of a language, by the name of the French one."""
    return {each: DOCS / code / f"{each if code == 'fr' else other}.md" for each, other in PAIRS.items()}


PAGES = {(code, name): path for code in ("fr", "en") for name, path in pages(code).items()}
EVERY = [pytest.param(*each, id="-".join(each)) for each in PAGES]
TRIED = [pytest.param(*each, id="-".join(each)) for each in PAGES if each[1] not in TRIED_ELSEWHERE]


def blocks(code, name):
    """The blocks of a page, each with its sort."""
    return BLOCK.findall(PAGES[code, name].read_text("utf-8"))


def steps(code, name):
    """The same, and the tables that are filled in, in the order of the page."""
    text = PAGES[code, name].read_text("utf-8")
    return [("table", found[3]) if found[3] else (found[1], found[2]) for found in STEP.finditer(text)]


def plain(text):
    """A text without the ids that qp makes up, and with ordinary spaces."""
    return MADE_UP.sub("f-", re.sub("[\u00a0\u202f]", " ", text))


def looks_like(shown):
    """A pattern of an answer, as the page shows it."""
    lines = plain(shown).splitlines()
    found = (r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n" for line in lines)
    return re.compile("".join(found) + r"\n*")


class Reader:
    """Whoever follows a page: where they stand, and what the last command answered."""

    def __init__(self, code, qp):
        self.code = code
        self.qp = qp
        self.answer = None

    def follow(self, code, name):
        """Does what a page says."""
        for sort, text in steps(code, name):
            if sort == "sh":
                for line in text.splitlines():
                    self.run(line)
            elif sort == "text":
                self.compare(text)
            elif sort == "table":
                fill(text)
            else:
                self.write(text)

    def compare(self, shown):
        """What the last command answered, what it said beside it coming first or last."""
        out, err = plain(self.answer.out), plain(self.answer.err)
        if not any(looks_like(shown).fullmatch(each) for each in (out, err + out, out + err)):
            pytest.fail(f"{shown}\n--- answered:\n{err}{out}")

    def run(self, line):
        """One command: qp in this process, git for real."""
        wanted = int(found[1]) if (found := EXIT.search(line)) else 0
        if "f-…" in line:
            line = line.replace("f-…", MADE_UP.findall(self.answer.out + self.answer.err)[-1])
        program, *arguments = shlex.split(EXIT.sub("", line))
        if program == "git":
            if arguments[0] == "init":
                arguments = ["init", "-q", "-b", "main"]
            subprocess.run([shutil.which("git"), *GIT, *arguments], check=True, capture_output=True)
            return
        assert program == "qp"
        answer = self.qp(*arguments, environ={"QP_LANG": self.code})
        assert answer.code == wanted, f"{line}\n{answer.out}{answer.err}"
        self.answer = answer

    def write(self, text):
        """A file, or more of one."""
        named = re.match(r"# (\S+\.yaml)\n", text)
        if named is None:
            return
        path, rest = Path(named[1]), text[named.end() :]
        if rest.startswith("format:"):
            path.write_text(rest, "utf-8")
        elif key := re.match(r"\w+:\n", rest):
            part = re.compile(rf"^{key[0]}(?: .*\n)+", re.MULTILINE)
            written, count = part.subn(lambda _: rest, path.read_text("utf-8"))
            assert count == 1
            path.write_text(written, "utf-8")
        else:
            path.write_text(path.read_text("utf-8").replace("facts: []", "facts:") + rest, "utf-8")


def fill(table):
    """Fills the rows of the second sheet of `suivi.xlsx` that a table names by their subject and their deadline."""
    head, _, *lines = ([cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines())
    days = next(form for word, form in DONE_ON.items() if word in head)
    book = load_workbook("suivi.xlsx")
    sheet = book.worksheets[1]
    columns = {cell.value: cell.column for cell in sheet[3]}
    for line in lines:
        rows = [
            row
            for row in range(4, sheet.max_row + 1)
            if sheet.cell(row, columns[head[0]]).value == line[0]
            and sheet.cell(row, columns[head[1]]).value.strftime(days) == line[1]
        ]
        assert len(rows) == 1, line
        for word, value in zip(head[2:], line[2:], strict=True):
            sheet.cell(rows[0], columns[word]).value = value or None
    book.save("suivi.xlsx")


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """A folder for the repository of each language, filled by the first test that needs it."""
    return tmp_path_factory.mktemp("guides")


@pytest.fixture
def reader(qp, examples, tmp_path, monkeypatch):
    """Puts a reader of a language in front of a page, in the folder where it begins."""

    def start(code, name):
        home, one = examples / code, Reader(code, qp)
        if not home.exists():
            home.mkdir()
            monkeypatch.chdir(home)
            one.follow(code, "README")
        shutil.copytree(home / "exemple", tmp_path / "exemple")
        monkeypatch.chdir(tmp_path if name == "guides/portefeuille" else tmp_path / "exemple")
        return one

    return start


@pytest.mark.parametrize(("code", "name"), TRIED)
def test_each_command_answers_as_the_page_says(code, name, reader):
    reader(code, name).follow(code, name)


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_a_page_shows_answers_and_names_commands_and_options_that_exist(code, name, qp):
    text = PAGES[code, name].read_text("utf-8")
    typed = "".join(re.findall(r"^```(?:sh|console|powershell)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    spans = re.findall(r"`(qp [a-z][^`\n]*)`", text) + re.findall(r"^qp [a-z].*$", typed, re.MULTILINE)
    assert spans
    used = {(each.split()[1], option) for each in spans for option in re.findall(r"(?<=\s)--[a-z-]+", each)}
    named = {each.split()[1] for each in spans if re.fullmatch("[a-z]+", each.split()[1])}
    assert named <= {*COMMANDS, "help"}
    helps = {command: qp(command, "--help", "--all").out for command in named & {*COMMANDS}}
    assert sorted((each, option) for each, option in used if each in helps and f"{option} " not in helps[each]) == []


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_links_lead_somewhere_and_to_the_other_language(code, name):
    page = PAGES[code, name]
    links = re.findall(r"\]\(((?!https?:)[^)#]*)(?:#([^)]*))?\)", page.read_text("utf-8"))
    for target, anchor in links:
        other = (page.parent / target).resolve() if target else page
        assert other.exists(), target
        assert not anchor or anchor in anchors(other), anchor
    other = PAGES["en" if code == "fr" else "fr", name]
    assert other.resolve() in {(page.parent / target).resolve() for target, _ in links if target}


def test_both_languages_have_the_same_pages():
    for code in ("fr", "en"):
        here = {path.relative_to(DOCS / code).as_posix() for path in (DOCS / code).rglob("*.md")}
        assert here == {path.relative_to(DOCS / code).as_posix() for path in pages(code).values()}


@pytest.mark.parametrize(("code", "name"), EVERY)
def test_each_line_that_can_be_typed_is_run_or_says_why_not(code, name):
    text = PAGES[code, name].read_text("utf-8")
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    assert {sort for sort, _ in found} <= {*RUN, *SHOWN}
    typed = [line for sort, block in found if sort in {"console", "powershell"} for line in block.splitlines()]
    assert [line for line in typed if not line.startswith(tuple(NOT_RUN))] == []
    if name in {"format", "python", "reference"}:
        assert "sh" not in {sort for sort, _ in found}


def test_no_reason_is_left_over():
    texts = "".join(path.read_text("utf-8") for path in PAGES.values())
    assert [start for start in NOT_RUN if f"\n{start}" not in texts] == []


@pytest.mark.parametrize("name", PAIRS)
def test_both_pages_run_the_same_commands_on_the_same_files(name):
    english, french = (
        [EXIT.sub("", text) for sort, text in blocks(code, name) if sort == "sh"] for code in ("en", "fr")
    )
    assert bare(english) == bare(french)
    if name in OF_ITS_OWN:
        return
    english, french = ([text for sort, text in blocks(code, name) if sort == "yaml"] for code in ("en", "fr"))
    assert [re.sub("# .*", "", each) for each in english] == [re.sub("# .*", "", each) for each in french]


def bare(texts):
    """Commands without what their readers say in them."""
    words = {"ponctuel": "one-off", "périodique": "recurring", "vierge": "blank", "avenant": "amended"}
    words |= {'"mise en demeure"': "notified", "exécuté": "fulfilled", "annulé": "voided", "dépassée": "overdue"}
    words |= {"suspendu": "suspended", "reprise": "resumed", "tout": "all", "preuve": "proof"}
    pattern = re.compile("|".join(rf"(?<![\w-]){each}(?![\w-])" for each in words))
    return [re.sub(r'(?:--note|-m) "[^"]*"', "", pattern.sub(lambda found: words[found[0]], text)) for text in texts]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_each_page_is_found_from_the_first(code):
    first = PAGES[code, "README"]
    linked = {(first.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)", first.read_text("utf-8"))}
    assert {path.resolve() for path in pages(code).values()} - {first.resolve()} <= linked


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_guides_show_what_is_answered(code):
    shown = [
        name for name in PAIRS if name.startswith("guides/") and any(sort == "text" for sort, _ in blocks(code, name))
    ]
    assert len(shown) >= 6
