"""Exit codes: 0 fine, 1 what `--fail-on` was asked for, 2 bad usage, 3 nothing could be loaded."""

from __future__ import annotations

import shutil

import pytest

from qp_cli.app.readings import split_choices
from qp_cli.cli.options import STATES_TAKEN
from qp_cli.render.language import Language
from qp_cli.render.wording import counted_word

COMMANDS = ["status", "deadlines", "overdue"]


@pytest.mark.parametrize("command", COMMANDS)
def test_fail_on_exits_with_1_when_an_obligation_is_in_the_state_and_still_answers(qp, shipped, command):
    assert shipped
    answer = qp(command, "--fail-on", "overdue")
    assert answer.code == 1
    assert answer.out == qp(command).out
    assert answer.err == (
        "qp: --fail-on: 1 obligation in a state that it names\n  Sat 18 Sep 2021  feuille-de-route/metropole: overdue\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_date_derived_from_the_term_is_overdue_by_term_and_nothing_else(qp, shipped, tmp_path, monkeypatch, command):
    shutil.copytree(shipped / "data", tmp_path / "data")
    (tmp_path / "data" / "journal.yaml").write_text(
        "format: qp/1\nfacts:\n- {id: f-1, kind: fulfilled, engagement: feuille-de-route, on: 2021-09-01}\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert (qp(command, "--fail-on", "overdue").code, qp(command, "--fail-on", "overdue").err) == (0, "")
    answer = qp(command, "--fail-on", "overdue-by-term", "--lang", "fr")
    assert answer.code == 1
    assert answer.err.replace("\xa0", " ") == (
        "qp: --fail-on : 2 obligations dans un état qu'il nomme\n"
        "  sam. 18/03/2023  coordonnateur-designation/metropole : terme dépassé\n"
        "  sam. 18/03/2023  etat-referent/etat : terme dépassé\n"
    )
    assert qp(command, "--fail-on", "overdue,overdue-by-term", "--as-of", "2023-03-18").code == 0
    assert qp(command, "--fail-on", "overdue,overdue-by-term", "--as-of", "2023-03-19").code == 1


@pytest.mark.parametrize("day", ["2021-09-19", "2023-03-18", "2023-03-19", "2026-11-23"])
def test_the_screen_its_counts_its_records_and_fail_on_mean_the_same_by_overdue(qp, shipped, day):
    assert shipped
    (convention,) = qp("status", "--format", "json", "--as-of", day).json["conventions"]
    states = convention["states"]
    assert states["overdue"] == len(convention["overdue"]) == sum(each["overdue"] for each in convention["parties"])
    late = qp("overdue", "--format", "json", "--as-of", day).json["obligations"]
    assert states["overdue"] == sum(each["basis"] != "term" for each in late)
    assert states["overdue-by-term"] == sum(each["basis"] == "term" for each in late)
    assert sum(states.values()) == len(qp("deadlines", "--format", "json", "--as-of", day).json["obligations"])
    for command in COMMANDS:
        for name in ("overdue", "overdue-by-term"):
            answer = qp(command, "--fail-on", name, "--as-of", day)
            assert answer.code == bool(states[name])
            assert len(answer.err.splitlines()) == (states[name] and states[name] + 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_made_it_fail_is_named_up_to_a_number_that_is_said(qp, repository, small, command):
    (one,) = small()["engagements"]
    owed = [{**one, "id": f"bilan-{number:02}", "due": {"on": f"2026-01-{number:02}"}} for number in range(1, 24)]
    folder = str(repository(small(engagements=owed)))
    lines = qp(command, "--data", folder, "--as-of", "2026-06-01", "--fail-on", "overdue").err.splitlines()
    assert lines[0] == "qp: --fail-on: 23 obligations in a state that it names"
    assert lines[1] == "  Thu  1 Jan 2026  bilan-01/ville: overdue"
    assert lines[-2].endswith("bilan-20/ville: overdue")
    assert lines[-1] == "  … and 3 more: 20 at the most are named here"


def test_what_has_no_date_is_named_too(qp, shipped):
    assert shipped
    lines = qp("deadlines", "--party", "anru", "--fail-on", "conditional").err.splitlines()
    assert lines[1] == "  –  instruction-projets/anru: conditional"


@pytest.mark.parametrize("command", COMMANDS)
def test_fail_on_exits_with_0_when_none_is(qp, shipped, command):
    assert shipped
    assert qp(command, "--fail-on", "breached,due-soon").code == 0
    assert qp(command, "--fail-on", "overdue", "--as-of", "2021-09-18").code == 0
    assert qp(command, "--fail-on", "overdue", "--as-of", "2021-09-19").code == 1


def test_fail_on_takes_several_states_repeated_or_separated_by_commas(qp, shipped):
    assert shipped
    for arguments in (["breached,overdue"], ["breached", "--fail-on", "overdue"], ["BREACHED , Overdue"]):
        assert qp("status", "--fail-on", *arguments).code == 1


def test_fail_on_looks_at_the_obligations_that_were_asked_for(qp, shipped):
    assert shipped
    assert qp("deadlines", "--party", "anru", "--fail-on", "overdue").code == 0
    assert qp("deadlines", "--party", "metropole", "--fail-on", "overdue").code == 1
    assert qp("overdue", "--party", "anru", "--fail-on", "overdue").code == 0
    assert qp("overdue", "--party", "anru", "--fail-on", "conditional").code == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_fail_on_never_falls_back_to_another_convention(qp, outside, command):
    assert outside
    answer = qp(command, "--fail-on", "overdue")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "qp: No convention.yaml here or above, and none named with --data; a new one: qp init DIR\n"


@pytest.mark.parametrize("states", ["late", "overdue,late", "", ",", " , "])
def test_fail_on_a_state_that_is_none_is_refused_rather_than_never_met(qp, shipped, states):
    assert shipped
    answer = qp("status", "--fail-on", states)
    assert (answer.code, answer.out) == (2, "")


def test_fail_on_with_machine_formats_and_a_file_does_the_same(qp, shipped, tmp_path):
    assert shipped
    page = tmp_path / "a.json"
    assert qp("deadlines", "--format", "json", "--output", str(page), "--fail-on", "overdue").code == 1
    why = '  "failed_for": [\n    "fail-on"\n  ],\n'
    assert page.read_text("utf-8").replace(why, "", 1) == qp("deadlines", "--format", "json").out


@pytest.mark.parametrize("option", ["--data", "--as-of", "--format", "--output", "--party", "--site", "--within"])
def test_an_empty_value_is_refused_a_script_whose_variable_is_not_set_must_not_get_another_answer(qp, shipped, option):
    assert shipped
    answer = qp("deadlines", option, "")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"qp: The option {option} needs a value.\n"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["nosuch"], "No command is called “nosuch”. Known: "),
        (["statu"], "Try: qp status"),
        (["--nosuch"], "No option is called “--nosuch”."),
        (["status", "--fromat", "json"], "--format"),
        (["status", "--format"], "The option --format needs a value."),
        (["status", "--format", "xml"], "--format: “xml” is not one of table, json, csv, md"),
        (["status", "extra"], "This is not expected: extra. A name stands after an option: --convention"),
        (["deadlines", "ville"], "A name stands after an option: --convention, --party, --site"),
        (["calc", "2021-01-01", "6", "months"], 'stand in quotes: qp calc 2021-03-18 "6 months"'),
        (["calc", "2021-01-01", "P1M", "extra"], "This is not expected: extra\n"),
        (["overdue", "--state", "overdue"], "qp overdue does not take --state. It goes with: deadlines, timeline, "),
        (["timeline", "--fail-on", "overdue"], "not take --fail-on. It goes with: status, deadlines, overdue.\n"),
        (["--state", "overdue"], "“--state” stands after the command: deadlines, timeline, "),
        (["show"], "ID is missing."),
        (["show", "a", "b"], "b"),
        (["show", ""], "ID is empty."),
        (["--lang", "de", "status"], "--lang: “de” is not one of fr, en"),
        (["status", "--lang=xx"], "--lang: “xx” is not one of fr, en"),
        (["status", "--data"], "The option --data needs a value."),
        (["deadlines", "--party", "x" * 500], "…"),
        (["show", "\x1b[31mrouge\x1b]8;;http://x\x07"], "\\u001b[31mrouge"),
        (["show", "un\ndeux\r\ntrois"], "un deux trois"),
        (["show", "abc\u202efed"], "\\u202e"),
    ],
)
def test_bad_usage_is_one_line_on_stderr_and_exit_2(qp, shipped, arguments, part):
    assert shipped
    answer = qp(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qp: ")
    assert answer.err.count("\n") == 1
    assert part in answer.err
    assert "\x1b" not in answer.err


def test_a_language_of_the_environment_that_qp_does_not_speak_is_refused(qp, shipped):
    assert shipped
    answer = qp("status", environ={"QP_LANG": "es"})
    assert (answer.code, answer.out) == (2, "")
    assert "“es” is not one of fr, en" in answer.err


def test_an_error_of_qps_own_is_one_line_and_never_a_traceback(qp, shipped, monkeypatch):
    assert shipped

    def fail(*_):
        raise RuntimeError("boom\nTraceback \x1b[31m")

    monkeypatch.setattr("qp_cli.tracking.ledger.open_ledger", fail)
    answer = qp("status")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert "RuntimeError: boom Traceback" in answer.err
    assert "\x1b" not in answer.err
    with pytest.raises(RuntimeError, match="boom"):
        qp("status", environ={"QP_DEBUG": "1"})


def test_an_interruption_is_silent(qp, shipped, monkeypatch):
    assert shipped

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("qp_cli.tracking.ledger.open_ledger", interrupt)
    answer = qp("status")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["status", "--help"], ["calc", "-h"], ["deadlines", "--help"], ["--version"]]
)
def test_help_and_version_are_answers_and_need_no_repository(qp, outside, arguments):
    assert outside
    answer = qp(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


def test_the_version_is_that_of_the_package(qp):
    from qp_cli.version import __version__

    assert qp("--version").out == f"qp {__version__}\n"


def test_help_names_every_command_and_every_option_of_the_contract(qp):
    out = qp("--help").out
    for word in ("status", "deadlines", "overdue", "show", "parties", "sites", "calc", "--data", "--as-of", "--lang"):
        assert word in out
    out = qp("deadlines", "--help").out
    for word in ("--party", "--site", "--state", "--within", "--format", "--output", "--fail-on"):
        assert word in out
    out = qp("calc", "--help").out
    for word in ("ORIGIN", "PERIOD", "--regime", "--zone", "--backwards"):
        assert word in out


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("day", "code"), [("2021-09-18", 0), ("2021-09-19", 1), ("2021-09-25", 1), ("2021-09-26", 0)])
@pytest.mark.parametrize("command", ["status", "deadlines", "overdue"])
def test_a_weekly_job_fails_once_on_what_has_become_overdue_in_the_week(qp, command, day, code):
    asked = (command, "--as-of", day, "--fail-on", "overdue")
    answer = qp(*asked, "--newly", "7d")
    assert (answer.code, "feuille-de-route/metropole" in answer.err) == (code, bool(code))
    assert qp(*asked).code == (day > "2021-09-18")


@pytest.mark.usefixtures("shipped")
def test_newly_bears_on_what_is_overdue_and_alone_means_nothing(qp):
    before = ("status", "--as-of", "2021-09-10", "--newly", "1d")
    assert qp(*before, "--fail-on", "due-soon").code == 2
    assert qp(*before, "--fail-on", "due-soon,overdue").code == 1
    assert qp(*before).code == 2
    assert "--newly: “bientôt” is no length" in qp(*before[:3], "--fail-on", "overdue", "--newly", "bientôt").err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_state_that_is_none_is_answered_with_the_words_of_the_screens_and_each_is_taken(qp, language):
    said = qp("deadlines", "--state", "machin", "--lang", language).err
    for name in STATES_TAKEN:
        word = Language(language).text(counted_word(name))
        assert word in said
        assert split_choices([word], STATES_TAKEN, "--state") == [name]
    assert {"fr": "terme dépassé (overdue-by-term)", "en": "overdue by the term (overdue-by-term)"}[language] in said
