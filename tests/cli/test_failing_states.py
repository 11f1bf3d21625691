"""What `--fail-on` says beside an answer: what a list does not show, why it exits with 1, what --newly bears on."""

from __future__ import annotations

import pytest

HEAD = """\
format: qp/1
id: {id}
title: Convention {id}
territory: {territory}
parties: [{{id: ville, name: La Ville, signatory: true}}]
events: [{{id: signature, title: Signature, date: 2021-01-01}}]
engagements:
"""
LATE = "- {id: plan, title: Plan, clause: art. 1, debtors: [ville], kind: one-off, due: {on: 2026-11-02}}\n"
NEAR = "- {id: bilan, title: Bilan, clause: art. 2, debtors: [ville], kind: one-off, due: {on: 2026-12-07}}\n"
DAY = ("--as-of", "2026-11-27")


@pytest.fixture
def folder(tmp_path):
    """A folder with two conventions, or one of them broken."""

    def make(*, broken=False):
        for name, territory, engagements in (("un", "Bourg-Étang", LATE + NEAR), ("deux", "Vallon", NEAR)):
            (tmp_path / name).mkdir()
            text = HEAD.format(id=f"ct-{name}", territory=territory) + engagements
            text += "?: [\n" if broken and name == "deux" else ""
            (tmp_path / name / "convention.yaml").write_text(text, "utf-8")
        return str(tmp_path)

    return make


def test_overdue_says_what_made_it_fail_that_it_does_not_list(qp, folder):
    top = folder()
    answer = qp("overdue", "--data", top, *DAY, "--fail-on", "proches", "--party", "ville", "--lang", "fr")
    assert (answer.code, "bilan" in answer.out, answer.err.count("bilan/ville")) == (1, False, 2)
    said = answer.err.replace("\u00a0", " ").splitlines()[-1]
    assert said.startswith("qp: 2 de ces obligations ne sont pas dépassées et ne sont pas dans cette liste")
    command = said.partition("pour les voir : qp ")[2]
    shown = qp(*command.split(), "--format", "json").json["obligations"]
    assert [one["state"] for one in shown] == ["due-soon", "due-soon"]


def test_what_a_list_shows_is_not_said_to_be_hidden(qp, folder):
    top = folder()
    for command, states in (("overdue", "overdue,suspended"), ("deadlines", "due-soon"), ("status", "due-soon")):
        answer = qp(command, "--data", top, *DAY, "--fail-on", states, "--lang", "en")
        assert answer.code == 1
        assert "--fail-on: " in answer.err
        assert "not in this list" not in answer.err


@pytest.mark.parametrize("states", ["proches", "due-soon,suspended", "expired"])
def test_newly_is_refused_where_nothing_overdue_is_named(qp, folder, states):
    top = folder()
    refused = qp("overdue", "--data", top, *DAY, "--fail-on", states, "--newly", "7d", "--lang", "en")
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert refused.err.startswith("qp: --newly counts what has become overdue")
    assert qp("overdue", "--data", top, *DAY, "--fail-on", f"overdue,{states}", "--newly", "P1D").code in {0, 1}


@pytest.mark.parametrize("command", ["status", "deadlines", "overdue"])
@pytest.mark.parametrize(
    ("broken", "state", "code", "reasons"),
    [
        (False, "overdue", 1, ["fail-on"]),
        (True, "overdue", 1, ["fail-on", "left-out"]),
        (True, "suspended", 1, ["left-out"]),
        (False, "suspended", 0, []),
    ],
)
def test_json_and_the_last_line_say_why_the_exit_is_one(qp, folder, command, broken, state, code, reasons):
    top = folder(broken=broken)
    answer = qp(command, "--data", top, *DAY, "--fail-on", state, "--format", "json", "--lang", "en")
    assert (answer.code, answer.json["failed_for"]) == (code, reasons)
    assert ("left_out" in answer.json) == broken
    if line := _LAST.get(tuple(reasons)):
        assert answer.err.splitlines()[-1] == line
    else:
        assert "exit code" not in answer.err
    plain = qp(command, "--data", top, *DAY, "--format", "json")
    assert "failed_for" not in plain.json
    assert plain.json == {key: value for key, value in answer.json.items() if key != "failed_for"}


_LAST = {
    ("left-out",): "qp: exit code 1: for what is left out of the answer alone; in what could be read, nothing is in a "
    "state that --fail-on names",
    ("fail-on", "left-out"): "qp: exit code 1: for what --fail-on names, and for what is left out of the answer",
}


@pytest.mark.parametrize("name", ["bourg etagn", "etan"])
def test_a_convention_that_nobody_is_called_is_answered_by_the_nearest_with_their_names(qp, folder, name):
    refused = qp("status", "--data", folder(), *DAY, "--convention", name, "--lang", "en")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"qp: No convention is called “{name}”. Nearest: ct-un (Bourg-Étang).\n"


@pytest.mark.parametrize("name", ["étang", "Bourg"])
def test_a_word_that_one_convention_alone_has_in_its_name_is_taken_and_said(qp, folder, name):
    answer = qp("status", "--data", folder(), *DAY, "--convention", name, "--lang", "en")
    assert answer.code == 0
    assert "Bourg-Étang" in answer.out.splitlines()[0]
    assert f"“{name}”: " in answer.err


def test_where_none_is_near_all_are_listed_with_their_names(qp, folder):
    refused = qp("status", "--data", folder(), *DAY, "--convention", "xyz", "--lang", "en")
    assert "Known: ct-deux (Vallon), ct-un (Bourg-Étang)." in refused.err


def test_rows_stand_in_one_order_in_every_command_and_format(qp, folder):
    top = folder()
    (rows,) = {
        tuple(
            (one["due"], one["convention"], one["id"]) for one in qp(*command, "--data", top, *DAY).json["obligations"]
        )
        for command in (("deadlines", "--format", "json"), ("export", "json"))
    }
    assert rows == tuple(sorted(rows))
    sheet = qp("export", "csv", "--data", top, *DAY).rows
    assert [(row[0], row[1]) for row in sheet[1:]] == [(name, convention) for _, convention, name in rows]
