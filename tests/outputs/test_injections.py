"""Nothing that a repository says acts on its reader: every text, through every command and format, really parsed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.outputs.hostile import ACTIVE, ADMITTED, REFUSED, declared, harmless

READING = (
    ("status",),
    ("deadlines",),
    ("overdue",),
    ("show", "plan"),
    ("show", "reponse"),
    ("show", "terme"),
    ("parties",),
    ("sites",),
    ("log",),
    ("diff", "2022-01-01", "2026-11-23"),
    ("timeline",),
)
SHEETS = [command for command in READING if command[0] != "show"]
"""What gives a CSV file or a Markdown table too."""
COLOURS = re.compile("\x1b\\[[0-9;]*m")
STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
every_text = pytest.mark.parametrize("payload", ADMITTED.values(), ids=ADMITTED)


@pytest.fixture
def ask(repository, qp):
    """Runs qp on a repository that holds a payload in every free text."""
    folders = {}

    def run(payload, *arguments, code=0, **how):
        if payload not in folders:
            convention, sites, journal, _ = declared(payload)
            folders[payload] = repository(convention, sites=sites, journal=journal, name=f"depot{len(folders)}")
        answer = qp(*arguments, "--data", str(folders[payload]), **how)
        assert answer.code == code, answer.err
        return answer

    return run


def obeyed(text):
    """What GitHub's runner, or another that reads `##`, would take for commands in a log."""
    for line in text.split("\n"):
        if re.match(r"\s*::[^:]+::", line) or re.search(r"##\w*\[", line):
            yield line


@every_text
def test_no_screen_holds_an_active_character_or_one_line_more(ask, payload):
    for command in READING:
        plain = ask(payload, *command)
        assert not ACTIVE.findall(plain.out)
        assert not plain.err
        if command[0] != "timeline":  # folded to 100 columns in a pipe too, where other letters take other lines
            twin = ask(harmless(payload), *command)
            assert plain.out.count("\n") == twin.out.count("\n"), command
    for command in (("status",), ("deadlines",), ("timeline",)):
        coloured = ask(payload, *command, terminal=True, environ={"FORCE_COLOR": "1"})
        assert not ACTIVE.findall(COLOURS.sub("", coloured.out))


@pytest.mark.parametrize(
    "payload", [ADMITTED[name] for name in ("commands", "percent", "calendar", "section", "runners")]
)
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_nothing_in_a_log_is_taken_for_a_command(ask, payload, form):
    for command in READING if form in {"table", "json"} else SHEETS:
        answer = ask(payload, *command, "--format", form, environ={"GITHUB_ACTIONS": "true", "CI": "true"})
        assert list(obeyed(answer.out)) == [], command


@every_text
def test_json_says_the_text_whole(ask, payload):
    for command in READING:
        answer = ask(payload, *command, "--format", "json")
        assert not ACTIVE.findall(answer.out)
        assert any(payload in text for text in texts(answer.json)), command


def texts(value):
    """Every text in a JSON value, keys left out."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def cells(text, delimiter=","):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def examine_csv(text, twin, delimiter=","):
    """The rows of the file are those of its twin, and no cell starts a formula however the file is split."""
    assert not ACTIVE.findall(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    assert [len(row) for row in cells(text, delimiter)] == [len(row) for row in cells(twin, delimiter)]
    for separator in ",;\t":
        found = [cell for row in cells(text, separator) for cell in row if cell.lstrip(" '\"").startswith(STARTERS)]
        assert [cell for cell in found if not cell.startswith("'")] == []


@every_text
def test_no_cell_of_a_csv_starts_a_formula(ask, payload):
    for command in SHEETS:
        answer, twin = (ask(each, *command, "--format", "csv") for each in (payload, harmless(payload)))
        examine_csv(answer.out, twin.out)


def parsed(text):
    """The elements that a Markdown page is made of."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token.type
        yield from (child.type for child in token.children or () if child.type != "text")


@every_text
def test_no_markdown_is_made_by_a_text(ask, payload):
    for command in SHEETS:
        answer, twin = (ask(each, *command, "--format", "md") for each in (payload, harmless(payload)))
        assert not ACTIVE.findall(answer.out)
        found = list(parsed(answer.out))
        assert found == list(parsed(twin.out))
        assert not {"html_inline", "html_block", "link_open", "image"} & set(found)
        assert not [line for line in answer.lines if line.startswith(("/", "@"))]


@every_text
def test_no_markdown_page_is_made_by_a_text_nor_a_mention(ask, payload):
    answer, twin = (ask(each, "export", "md") for each in (payload, harmless(payload)))
    assert not ACTIVE.findall(answer.out.replace("\u200b", ""))
    found = list(parsed(answer.out))
    assert found == list(parsed(twin.out))
    assert not {"html_inline", "html_block", "link_open", "image"} & set(found)
    assert not [line for line in answer.lines if line.lstrip().startswith(("/", "@", "::"))]
    assert "@all" not in answer.out


@every_text
def test_no_cell_of_an_exported_sheet_starts_a_formula(ask, payload):
    for arguments, delimiter in ((("export", "csv"), ","), (("export", "csv", "--excel-fr"), ";")):
        answer, twin = (ask(each, *arguments) for each in (payload, harmless(payload)))
        examine_csv(answer.out, twin.out, delimiter)


@every_text
def test_json_records_say_the_text_whole(ask, payload):
    answer = ask(payload, "export", "json")
    assert not ACTIVE.findall(answer.out)
    assert any(payload in text for text in texts(answer.json))


def properties(calendar):
    """The components of a calendar, each with the names of its properties, and of their parameters."""
    return [
        (
            part.name,
            [(name, sorted(getattr(value, "params", {}))) for name, value in part.property_items(recursive=False)],
        )
        for part in calendar.walk()
    ]


@every_text
def test_no_event_or_property_of_a_calendar_is_made_by_a_text(ask, payload):
    answer, twin = (ask(each, "export", "ics").out for each in (payload, harmless(payload)))
    assert not ACTIVE.findall(answer.replace("\r\n", ""))
    assert "\n" not in answer.replace("\r\n", "")
    found, expected = (properties(Calendar.from_ical(each)) for each in (answer, twin))
    assert found == expected
    assert {name for name, _ in found} <= {"VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
    assert not {"ATTACH", "URL", "ATTENDEE", "ORGANIZER"} & {name for _, names in found for name, _ in names}


def values(calendar, name):
    r"""The texts of a property, read as RFC 5545 says; icalendar itself takes `\\N` for a line break."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    found = [line.partition(":")[2] for line in lines if line.split(":")[0].split(";")[0] == name]
    return [re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], text) for text in found]


@every_text
def test_a_calendar_gives_every_text_back_as_it_was(ask, payload):
    """But for the first sign of a tag, which some programs would obey."""
    shown = re.sub("<(?=[A-Za-z/!?])", "‹", payload)
    calendar = ask(payload, "export", "ics").out
    for name in ("SUMMARY", "DESCRIPTION"):
        found = values(calendar, name)
        assert found
        assert any(shown in text for text in found), name


@every_text
def test_a_workbook_holds_no_formula_and_no_link(ask, payload, tmp_path):
    books = []
    for each in (payload, harmless(payload)):
        path = tmp_path / f"{len(books)}.xlsx"
        ask(each, "export", "xlsx", "--output", str(path))
        books.append(path)
    book, twin = map(load_workbook, books)
    assert book.sheetnames == twin.sheetnames
    for sheet in book:
        assert sheet.dimensions == twin[sheet.title].dimensions
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not isinstance(cell.value, str) or not ACTIVE.findall(cell.value)
    with zipfile.ZipFile(books[0]) as parts, zipfile.ZipFile(books[1]) as others:
        assert parts.namelist() == others.namelist()
        assert not re.search("external|vba|embedding|hyperlink", " ".join(parts.namelist()), re.IGNORECASE)
        assert not [name for name in parts.namelist() if name.endswith("xml") and b"<f>" in parts.read(name)]


class Skeleton(HTMLParser):
    """The elements of a page with their attributes, and the addresses they lead to."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.drawn, self.addresses, self.drawing = [], [], [], False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        """Every element, its attributes in their order; those of a drawing apart, whose lines end where they must."""
        self.drawing |= tag == "svg"
        (self.drawn if self.drawing else self.elements).append((tag, [name for name, _ in attributes]))
        self.addresses += [value for name, value in attributes if name in {"href", "src", "action", "xlink:href"}]

    def handle_endtag(self, tag):
        """The end of a drawing."""
        self.drawing &= tag != "svg"

    def handle_comment(self, data):
        """A comment is not expected."""
        self.elements.append(("comment", data))

    def handle_pi(self, data):
        """Nor is an instruction."""
        self.elements.append(("instruction", data))


PASSIVE = """
html head meta title style body a header p h1 h2 h3 time nav ul li div label input button main section details summary
ol table caption thead tbody tr th td span dl dt dd strong em br footer script small
svg rect g path circle line polygon polyline text tspan desc defs use symbol clippath pattern
"""
"""The elements that a page may be made of; one script is its own."""


@every_text
def test_no_element_of_a_page_is_made_by_a_text(ask, payload):
    for arguments in (("report",), ("report", "--party", "ville"), ("report", "--lang", "fr")):
        answer, twin = (ask(each, *arguments).out for each in (payload, harmless(payload)))
        assert not ACTIVE.findall(answer)
        found = Skeleton(answer)
        assert found.elements == Skeleton(twin).elements
        together = found.elements + found.drawn
        assert {tag for tag, _ in together} <= set(PASSIVE.split())
        assert [tag for tag, _ in together].count("script") == 1
        assert not [
            names for _, names in found.elements if any(name.startswith("on") or name == "style" for name in names)
        ]
        assert {address[:1] == "#" or address.startswith("https://preuve.example/") for address in found.addresses} == {
            True
        }


@every_text
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_no_finding_gives_a_command_or_an_active_character(ask, payload, form):
    answer = ask(payload, "check", "--format", form, code=1, environ={"GITHUB_ACTIONS": "true"})
    assert not ACTIVE.findall(answer.out)
    own = [
        line for line in obeyed(answer.out) if form == "github" and re.match(r"::(error|warning|notice) file=", line)
    ]
    assert list(obeyed(answer.out)) == own
    assert (len(own) > 3) == (form == "github")


@pytest.mark.parametrize("payload", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_what_is_refused_is_told_and_not_repeated(ask, payload, form):
    answer = ask(payload, "check", "--format", form, code=1, environ={"GITHUB_ACTIONS": "true"})
    assert not ACTIVE.findall(answer.out)
    assert "QP006" in answer.out
    assert all(line.startswith("::error file=") for line in obeyed(answer.out))


@pytest.mark.parametrize("payload", REFUSED.values(), ids=REFUSED)
def test_nothing_is_made_of_what_is_refused(ask, payload):
    for command in (*READING, ("report",), *(("export", form) for form in ("ics", "xlsx", "csv", "md", "json"))):
        answer = ask(payload, *command, code=3)
        assert answer.out == ""
        assert not ACTIVE.findall(answer.err)
        assert "QP006" in answer.err


def free_texts(schema):
    """The keys of a schema whose value is a free text, or a list of them."""
    for name, value in schema.get("properties", {}).items():
        for each in (value, value.get("items", {})):
            if each.get("pattern") == "\\S" and each["maxLength"] >= 500:
                yield name
    for value in schema.get("definitions", {}).values():
        yield from free_texts(value)


@pytest.mark.parametrize("name", ["convention", "sites", "journal"])
def test_every_free_text_there_is_was_tried(qp, name):
    convention, sites, journal, _ = declared("essai")
    tried = set()

    def walk(value):
        if isinstance(value, dict):
            for key, each in value.items():
                kept = each if isinstance(each, list) else [each]
                if any(isinstance(text, str) and text.startswith("essai ") for text in kept):
                    tried.add(key)
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk([convention, sites, journal])
    found = set(free_texts(qp("schema", name).json))
    assert len(found) > 3
    assert found <= tried
