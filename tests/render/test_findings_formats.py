"""Findings in every machine format: valid against its schema, and nothing in them acts, whatever the data says."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from qp_cli.app.check_result import Checked
from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.messages import msg
from qp_cli.render.findings.as_json import write_findings_json
from qp_cli.render.findings.github import write_annotations
from qp_cli.render.findings.gitlab import fingerprinted, write_code_quality
from qp_cli.render.findings.junit import write_junit
from qp_cli.render.findings.rule_pages import rule_pages
from qp_cli.render.findings.sarif import write_sarif
from qp_cli.render.findings.text import write_checked, write_findings
from qp_cli.render.language import Language
from qp_cli.render.screen import Screen
from qp_cli.render.visible import quiet

SCHEMAS = Path(__file__).with_name("schemas")
ENGLISH, FRENCH = Language("en"), Language("fr")
LANGUAGES = [ENGLISH, FRENCH]
EVIL = {
    "plain": "un texte é “cité” 日本",
    "percent": "%0A::error::pris",
    "command": "::error file=a::pris",
    "indented": "  ::set-output name=x::pris",
    "old": "avant ##[set-output name=x]pris ##vso[task.complete]pris ##teamcity[x]",
    "lines": "un\r\n::warning::deux\n::error::trois\r::stop-commands::x\u2028::error::y\x85::error::z",
    "escape": "\x1b[31mrouge\x1b]8;;http://example.org\x07",
    "c1": "\x9b31m",
    "cdata": "a ]]> b <![CDATA[ c",
    "script": "</failure><script>alert(1)</script>\"'&amp;<!-- ",
    "bidi": "abc\u202edef\u2066ghi",
    "nul": "a\x00b\x08c\ufffed\uffffe",
    "surrogate": "a\udc80b\ud800c",
    "link": "[ici](http://example.org) {0} {1}",
    "separators": "a,b:c;d=e",
    "backslash": "a\\##[error]b\\",
    "quotes": 'a"b\\"c',
}
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def finding(code="QP304", severity=Severity.WARNING, *, path="data/convention.yaml", message="un texte", span=None):
    return Finding(code, severity, msg("Seen: {text}", text=message), span or Span(path, 2, 3, 2, 8))


def checked(*findings, strict=False, **sources):
    files = tuple(dict.fromkeys([*(each.span.path for each in findings), *sources]))
    numbered = {path: dict(enumerate(lines, 1)) for path, lines in sources.items()}
    return Checked(tuple(findings), files, numbered, strict)


def hostile(text):
    """Findings whose path, message, hint, source line and other places all hold the text."""
    path = f"{text}/convention.yaml"
    one = Finding(
        "QP202",
        Severity.ERROR,
        msg("{text}", text=text),
        Span(path, 1, 1, 1, 4),
        msg("{text}", text=text),
        (Related(Span(path, 1, 2, 3, 1), msg("{text}", text=text)),),
    )
    return checked(
        one,
        one._replace(code="QP009", severity=Severity.WARNING),
        one._replace(code="QP304", severity=Severity.INFO, span=Span(path, 1, 2, 5, 1)),
        **{path: [text, text]},
    )


@pytest.fixture(params=EVIL)
def evil(request):
    return EVIL[request.param]


@pytest.fixture(scope="module")
def sarif_schema():
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def junit_schema():
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def validate(name, document):
    jsonschema.validate(document, json.loads((SCHEMAS / name).read_text("utf-8")))


# --- what a CI's runner would obey


def commands(text):
    """The workflow commands in a log, as GitHub's runner reads its lines (actions/runner, ActionCommand.cs)."""
    for line in re.split("\r\n|\n|\r", text):
        new = re.match(r"\s*::([^ :]+)(?: .*?)?::", line)
        old = re.search(r"##\[([^\] ]+)[^\]]*\]", line)
        if new:
            yield new[1]
        elif old or re.search(r"##\w+\[", line):
            yield line


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "fr"])
@pytest.mark.parametrize("screen", [Screen(), Screen(80, unicode=False)], ids=["pipe", "console"])
def test_no_line_of_text_is_a_command_or_acts_on_a_terminal(evil, language, screen):
    found = hostile(evil)
    for text in (write_checked(found, language, screen), write_findings(found.findings, language)):
        assert list(commands(text)) == []
        assert not ACTIVE.findall(text.replace("\n", ""))


def test_colours_are_the_only_thing_that_acts_on_a_terminal(evil):
    text = write_checked(hostile(evil), ENGLISH, Screen(80, colour=True))
    assert "\x1b[1;31merror\x1b[0m" in text
    assert not ACTIVE.findall(re.sub("\x1b\\[(?:[0-9;]+)m", "", text).replace("\n", ""))
    assert "\x1b[31m" not in text


def test_github_gets_one_command_a_finding_whatever_the_data_says(evil):
    text = write_annotations(hostile(evil), ENGLISH)
    assert list(commands(text)) == ["error", "warning", "notice"]
    assert text.count("\n") == 3
    assert not ACTIVE.findall(text.replace("\n", ""))
    assert "##[" not in text
    for line in text.splitlines():
        properties = re.match(r"::\w+ (.*?)::", line)[1].split(",")
        assert [each.partition("=")[0] for each in properties] == ["file", "line", "col", "endLine", "title"]


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "fr"])
def test_machine_formats_printed_in_a_log_hold_no_command(evil, language):
    found, rules = hostile(evil), rule_pages(language)
    for text in (
        write_findings_json(found, language),
        write_code_quality(found, language),
        write_sarif(found, rules, language),
        write_junit(found, language),
    ):
        assert list(commands(text)) == []
        assert not ACTIVE.findall(text.replace("\n", ""))


@pytest.mark.parametrize(
    "text", ["::error::x", " \t::error::x", "\u00a0::error::x", "a\n\n ::error::x", "##[error]x", "a##b[c"]
)
def test_what_would_be_a_command_is_written_out(text):
    assert list(commands(text)) in (["error"], [text])
    assert list(commands(quiet(text))) == []
    assert json.loads(f'"{quiet(text)}"', strict=False) == text


@pytest.mark.parametrize("text", ["a::b", "a :: b", "# [x]", "## titre", "data/a.yaml:1:2: b::c", ":a:"])
def test_what_is_no_command_stays(text):
    assert quiet(text) == text


def test_an_annotation_says_where_and_what_with_hint_and_other_places():
    span = Span("data/convention.yaml", 12, 5, 12, 9)
    related = (Related(Span("data/sites.yaml", 3, 1, 3, 2), msg("first declared here")),)
    one = Finding("QP201", Severity.ERROR, msg("100 % of it: taken, twice"), span, msg("Change it"), related)
    assert write_annotations(checked(one), ENGLISH) == (
        "::error file=data/convention.yaml,line=12,col=5,endLine=12,title=QP201::"
        "100 %25 of it: taken, twice%0A→ Change it%0Adata/sites.yaml:3:1: first declared here\n"
    )


def test_annotations_begin_with_what_weighs_most_since_github_shows_ten():
    order = [Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.INFO, Severity.ERROR]
    text = write_annotations(checked(*(finding(severity=each) for each in order)), ENGLISH)
    assert list(commands(text)) == ["error", "error", "warning", "notice", "notice"]


def test_an_annotation_of_several_lines_is_put_on_the_first_where_its_caret_is():
    text = write_annotations(checked(finding(span=Span("a.yaml", 4, 3, 9, 1))), ENGLISH)
    assert "line=4,col=3,endLine=4," in text


# --- JSON


def test_json_is_the_contract(evil):
    found = hostile(evil)
    record = json.loads(write_findings_json(found, ENGLISH))
    validate("check.json", record)
    assert record["summary"] == {"files": 1, "errors": 1, "warnings": 1, "infos": 1}
    first = record["findings"][0]
    assert list(first)[:10] == [
        *("code", "severity", "message", "hint", "path", "line", "column", "end_line", "end_column", "rule_url")
    ]
    assert first["path"] == found.findings[0].span.path
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (1, 1, 1, 4)


def test_json_without_findings_is_the_contract():
    record = json.loads(write_findings_json(checked(**{"a.yaml": []}), ENGLISH))
    validate("check.json", record)
    assert record == {
        "schema": "qp/1",
        "findings": [],
        "summary": {"files": 1, "errors": 0, "warnings": 0, "infos": 0},
    }


# --- GitLab


def test_a_code_quality_report_is_valid(evil):
    text = write_code_quality(hostile(evil), ENGLISH)
    assert text.isascii()
    report = json.loads(text)
    validate("code-quality.json", report)
    assert [each["severity"] for each in report] == ["major", "minor", "info"]
    assert [each["location"]["lines"]["begin"] for each in report] == [1, 1, 1]


def test_a_report_without_findings_is_an_empty_list():
    assert write_code_quality(checked(), ENGLISH) == "[]\n"


def prints(*findings, **sources):
    return [print_ for _, print_ in fingerprinted(checked(*findings, **sources))]


def test_a_fingerprint_does_not_move_with_the_lines():
    line = "  due: {on: 2021-10-01}"
    above = prints(finding(), **{"data/convention.yaml": ["", line]})
    moved = finding(span=Span("data/convention.yaml", 40, 5, 40, 9))
    assert prints(moved, **{"data/convention.yaml": [*[""] * 39, f"  {line}  "]}) == above


def test_a_fingerprint_is_the_same_in_both_languages():
    reports = [json.loads(write_code_quality(hostile("x"), language)) for language in LANGUAGES]
    assert len({tuple(each["fingerprint"] for each in report) for report in reports}) == 1


def test_findings_that_differ_in_anything_have_different_fingerprints():
    lines = {"data/convention.yaml": ["", "  a: 1", "  b: 2"], "data/sites.yaml": ["", "  a: 1"]}
    alike = [
        finding(),
        finding(code="QP305"),
        finding(path="data/sites.yaml"),
        finding(message="un autre texte"),
        finding(span=Span("data/convention.yaml", 3, 3, 3, 4)),
        finding(),
        finding(),
    ]
    assert len(set(prints(*alike, **lines))) == len(alike)
    assert prints(*alike, **lines)[:3] == prints(*alike[:3], **lines)


# --- SARIF


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "fr"])
def test_a_sarif_log_is_valid(evil, language, sarif_schema):
    text = write_sarif(hostile(evil), rule_pages(language), language)
    assert text.isascii()
    log = json.loads(text)
    sarif_schema.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == ["QP202", "QP009", "QP304"]
    assert [each["level"] for each in run["results"]] == ["error", "warning", "note"]
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_a_sarif_log_without_findings_is_valid_and_describes_every_rule(sarif_schema):
    log = json.loads(write_sarif(checked(), rule_pages(ENGLISH), ENGLISH))
    sarif_schema.validate(log)
    (run,) = log["runs"]
    assert run["results"] == []
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"]
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]


def test_the_regions_of_sarif_count_characters_and_leave_the_end_out():
    one = finding(span=Span("data/convention.yaml", 4, 3, 6, 1))
    (run,) = json.loads(write_sarif(checked(one), (), ENGLISH))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (location,) = run["results"][0]["locations"]
    region = location["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 3, "endLine": 6, "endColumn": 1}


def uris(log):
    (run,) = log["runs"]
    for result in run["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            yield location["physicalLocation"]["artifactLocation"]["uri"]


@pytest.mark.parametrize("path", ["data/é à.yaml", "::error::/%0A.yaml", "a:b/c.yaml", "a?b#c.yaml", "../x/a.yaml"])
def test_the_uris_of_sarif_are_relative_and_give_the_path_back(path):
    (uri,) = uris(json.loads(write_sarif(checked(finding(path=path)), (), ENGLISH)))
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == path
    assert re.fullmatch(r"[A-Za-z0-9%/._~-]+", uri)


def test_a_path_outside_the_source_tree_is_a_file_uri(tmp_path):
    (uri,) = uris(json.loads(write_sarif(checked(finding(path=str(tmp_path / "é.yaml"))), (), ENGLISH)))
    assert uri == (tmp_path / "é.yaml").as_uri()


def test_sarif_viewers_find_no_link_and_no_argument_in_data():
    (run,) = json.loads(write_sarif(hostile(EVIL["link"]), (), ENGLISH))["runs"]
    text = run["results"][0]["message"]["text"]
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})", text)
    (plain,) = json.loads(write_sarif(checked(finding(message="[a, b] {x}")), (), ENGLISH))["runs"]
    assert plain["results"][0]["message"]["text"] == "Seen: [a, b] {x}"


# --- JUnit


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "fr"])
def test_a_junit_report_is_valid_and_well_formed(evil, language, junit_schema):
    text = write_junit(hostile(evil), language)
    assert text.isascii()
    junit_schema.validate(text)
    root = ET.fromstring(text)  # noqa: S314 - our own output
    assert {each.tag for each in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    shown = "".join(root.itertext()) + "".join(value for each in root.iter() for value in each.attrib.values())
    assert not [char for char in shown if unicodedata.category(char) == "Cc" and char != "\n"]


def counts(element):
    return tuple(int(element.get(name)) for name in ("tests", "failures", "errors"))


def test_what_makes_the_check_fail_is_a_failure_and_the_rest_passes_and_says_why():
    found = [finding("QP202", Severity.ERROR), finding(), finding("QP301", Severity.INFO)]
    for strict, failures in ((False, 1), (True, 2)):
        report = Checked(tuple(found), ("data/convention.yaml", "data/sites.yaml"), {}, strict)
        root = ET.fromstring(write_junit(report, ENGLISH))  # noqa: S314 - our own output
        assert counts(root) == (4, failures, 0)
        assert [counts(each) for each in root] == [(3, failures, 0), (1, 0, 0)]
        assert len(root.findall(".//failure")) == failures
        assert len(root.findall(".//system-out")) == 3 - failures
        assert [each.get("name") for each in root] == ["data/convention.yaml", "data/sites.yaml"]


def test_cases_have_names_of_their_own_that_do_not_move_with_the_lines():
    found = checked(finding(), finding(span=Span("data/convention.yaml", 9, 1, 9, 2)), finding(message="autre"))
    root = ET.fromstring(write_junit(found, ENGLISH))  # noqa: S314 - our own output
    names = [each.get("name") for each in root.iter("testcase")]
    assert names == ["QP304: Seen: un texte", "QP304: Seen: un texte (2)", "QP304: Seen: autre"]
