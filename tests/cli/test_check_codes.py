"""Which rules `qp check` applies, and what it says of them."""

from __future__ import annotations

import re

import pytest

from qp_cli.checks.registry import RULES
from qp_cli.findings import Severity

CODES = [rule.code for rule in RULES]
BLOCKING = [rule.code for rule in RULES if rule.blocking and rule.severity is Severity.ERROR]


@pytest.fixture
def mixed(repository, small):
    """A repository with an unknown debtor, an error, and a role that nobody holds, a warning."""
    convention = small(roles=[{"id": "pilote", "name": "Pilote", "held_by": []}])
    convention["engagements"][0]["debtors"] = ["vile"]
    return repository(convention)


def found(qp, folder, *arguments):
    answer = qp("check", str(folder), "--format", "json", *arguments)
    assert answer.err == ""
    return {each["code"] for each in answer.json["findings"]}


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (["--ignore", "QP204"], {"QP204"}),
        (["--ignore", "qp204"], {"QP204"}),
        (["--ignore", " QP204 ,QP301"], {"QP204", "QP301"}),
        (["--ignore", "QP204", "--ignore", "QP3"], {"QP204", *(code for code in CODES if code.startswith("QP3"))}),
    ],
)
def test_ignored_rules_are_left_out(qp, mixed, arguments, left_out):
    everything = found(qp, mixed)
    assert {"QP202", "QP204"} <= everything
    assert found(qp, mixed, *arguments) == everything - left_out


def test_selected_rules_are_kept_by_code_or_by_family(qp, mixed):
    assert found(qp, mixed, "--select", "QP204") == {"QP202", "QP204"}
    assert found(qp, mixed, "--select", "QP2") == {"QP202", "QP204"}
    assert found(qp, mixed, "--select", "QP202,QP203", "--select", "QP20") == {"QP202", "QP204"}
    assert found(qp, mixed, "--select", "QP2", "--ignore", "QP204") == {"QP202"}


def test_an_error_that_stops_everything_is_kept_whatever_is_selected(qp, mixed, repository):
    assert found(qp, mixed, "--select", "QP203") == {"QP202"}
    unreadable = repository("format: [", name="illisible")
    assert found(qp, unreadable, "--select", "QP204") == {"QP002"}
    assert qp("check", str(unreadable), "--select", "QP204").code == 1


@pytest.mark.parametrize("code", [*BLOCKING, "QP2", "QP20", "QP", "qp202", "QP3,QP2"])
def test_an_error_that_stops_everything_cannot_be_ignored(qp, mixed, code):
    answer = qp("check", str(mixed), "--ignore", code)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"qp: --ignore: .*QP2?\d+.*\n", answer.err)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("code", ["QP299", "QP9", "304", "x" * 500, ",", "QP204,", "QP2041", "QP*"])
def test_an_unknown_code_is_refused_with_the_nearest(qp, mixed, option, code):
    answer = qp("check", str(mixed), option, code)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"qp: No rule has the code “.*”\. (Nearest|Known): .*QP\d.*\n", answer.err)
    assert len(answer.err) < 200


@pytest.mark.parametrize("option", ["--select", "--ignore", "--explain", "--format", "--output", "--data"])
def test_an_empty_value_is_refused(qp, mixed, option):
    answer = qp("check", str(mixed), option, "")
    assert (answer.code, answer.err) == (2, f"qp: The option {option} needs a value.\n")


# --- what is said of the rules


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_is_explained_without_any_repository(qp, outside, code, language):
    assert outside
    answer = qp("check", "--explain", code.lower(), "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].startswith(f"{code} ")
    assert len(answer.lines) >= 3
    assert not answer.lines[1]


def test_an_unknown_rule_is_refused_with_the_nearest(qp, outside):
    assert outside
    answer = qp("check", "--explain", "QP2O2")
    assert (answer.code, answer.out) == (2, "")
    assert "QP202" in answer.err


def test_an_explanation_goes_to_a_file_too(qp, outside):
    assert qp("check", "--explain", "QP202", "--output", "page.md").out == ""
    assert (outside / "page.md").read_text("utf-8") == qp("check", "--explain", "QP202").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_rules_are_listed_by_family_with_their_severity(qp, outside, language):
    assert outside
    answer = qp("rules", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert [line.split()[0] for line in answer.lines if re.match(r"  QP\d{3} ", line)] == CODES
    families = [line.split()[0] for line in answer.lines if re.match(r"QP\d ", line)]
    assert families == sorted({code[:3] for code in CODES})


def test_the_list_fits_a_terminal(qp, outside):
    assert outside
    assert max(map(len, qp("rules", terminal=True).lines)) <= 80


def test_the_rules_as_json(qp, outside):
    assert outside
    record = qp("rules", "--format", "json").json
    assert record["schema"] == "qp/1"
    assert [each["code"] for each in record["rules"]] == CODES
    for each, rule in zip(record["rules"], RULES, strict=True):
        assert each["severity"] == rule.severity.value
        assert each["page"].startswith(each["summary"][:20])
        assert not (each["blocking"] and each["silenceable"])


def test_the_rules_as_markdown(qp, outside):
    assert outside
    lines = qp("rules", "--format", "md").lines
    assert len(lines) == len(RULES) + 2
    assert {line.count("|") - line.count("\\|") for line in lines} == {4}


def test_another_format_of_the_list_is_refused(qp, outside):
    assert outside
    assert qp("rules", "--format", "csv").code == 2
