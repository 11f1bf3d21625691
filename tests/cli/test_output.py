"""Where the answer goes: a file written whole, a pipe never cut, a console of few characters, colour where wanted."""

from __future__ import annotations

import os
import re
import stat
import threading
from pathlib import Path

import pytest

from qp_cli.cli.output import ERRORS

pytestmark = pytest.mark.usefixtures("outside")

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
ESCAPES = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize(
    "command",
    [["status"], ["deadlines"], ["overdue"], ["show", "terme"], ["parties"], ["sites"], ["calc", "2021-03-18", "P6M"]],
    ids=" ".join,
)
def test_output_writes_to_a_file_what_a_pipe_would_get(qp, outside, command):
    answer = qp(*command, "--output", "page.txt", terminal=True)
    assert (answer.code, answer.out) == (0, "")
    assert (outside / "page.txt").read_bytes().decode() == qp(*command).out
    assert [each.name for each in outside.iterdir()] == ["page.txt"]


def test_output_can_be_given_before_the_command(qp, outside):
    qp("-o", "page.json", "--format", "json", "deadlines")
    assert (outside / "page.json").read_text("utf-8") == qp("deadlines", "--format", "json").out


def test_output_replaces_a_file_and_keeps_its_mode(qp, outside):
    page = outside / "page.txt"
    page.write_text("avant")
    page.chmod(0o600)
    qp("status", "--output", str(page))
    assert page.read_text("utf-8") == qp("status").out
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


@needs_links
def test_output_through_a_link_replaces_the_file_it_leads_to(qp, outside):
    (outside / "site").mkdir()
    target, link, other = outside / "site" / "page.txt", outside / "lien.txt", outside / "autre.txt"
    target.write_text("avant")
    target.chmod(0o600)
    link.symlink_to(Path("site", "page.txt"))
    other.symlink_to(link)
    qp("status", "--output", str(other))
    assert target.read_text("utf-8") == qp("status").out
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (link.is_symlink(), other.is_symlink()) == (True, True)
    assert [each.name for each in target.parent.iterdir()] == ["page.txt"]


@needs_links
def test_output_through_a_link_to_what_is_not_there_yet_makes_it(qp, outside):
    link = outside / "lien.txt"
    link.symlink_to("page.txt")
    assert qp("status", "--output", str(link)).code == 0
    assert (outside / "page.txt").read_text("utf-8") == qp("status").out
    assert link.is_symlink()


@needs_links
@pytest.mark.parametrize("target", ["lien.txt", "absent/page.txt"])
def test_output_through_a_link_that_leads_nowhere_is_one_line(qp, outside, target):
    link = outside / "lien.txt"
    link.symlink_to(target)
    answer = qp("calc", "2021-03-18", "P6M", "--output", str(link))
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"qp: .*lien.txt cannot be written: .*\n", answer.err)
    assert [each.name for each in outside.iterdir()] == ["lien.txt"]
    assert link.is_symlink()


def test_output_that_fails_half_way_leaves_the_old_file_and_nothing_else(qp, outside, monkeypatch):
    page = outside / "page.txt"
    page.write_text("avant")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = qp("status", "--output", str(page))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1] == f"qp: {page} cannot be written: the disk is full"
    assert page.read_text() == "avant"
    assert [each.name for each in outside.iterdir()] == ["page.txt"]


@pytest.mark.parametrize("destination", ["absent/page.txt", ".", "page.txt/page.txt", "p" * 300])
def test_output_where_nothing_can_be_written_is_one_line_and_exit_2(qp, outside, destination):
    (outside / "page.txt").write_text("avant")
    answer = qp("calc", "2021-03-18", "P6M", "--output", destination)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"qp: .* cannot be written: .*\n", answer.err)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_output_to_a_pipe_or_a_device_writes_to_it_and_never_replaces_it(qp, outside):
    pipe = outside / "tube"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert qp("calc", "2021-03-18", "P6M", "--output", str(pipe)).code == 0
    reader.join(timeout=10)
    assert found[0].decode() == qp("calc", "2021-03-18", "P6M").out
    assert pipe.is_fifo()


def test_a_pipe_is_never_cut_and_has_no_colour(qp):
    answer = qp("deadlines", "--all", environ={"TERM": "xterm-256color"})
    assert max(map(len, answer.lines)) > 150
    assert "Porter les projets identifiés auprès des services de l'État et des partenaires" in answer.out
    assert "…" not in answer.out
    assert "\x1b" not in answer.out
    assert not any(line.endswith(" ") for line in answer.lines)


def test_a_terminal_has_colour_and_the_same_words(qp):
    answer = qp("status", terminal=True, environ={"TERM": "xterm-256color"})
    assert ESCAPES.search(answer.out)
    assert ESCAPES.sub("", answer.out) == qp("status", terminal=True, environ={"NO_COLOR": "1"}).out


@pytest.mark.parametrize(
    ("environ", "terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
@pytest.mark.parametrize("command", ["status", "deadlines"])
def test_colour_follows_the_terminal_no_color_and_force_color(qp, command, environ, terminal, coloured):
    assert ("\x1b" in qp(command, environ=environ, terminal=terminal).out) is coloured


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_machine_formats_and_files_have_no_colour_ever(qp, outside, form):
    answer = qp("deadlines", "--format", form, environ={"FORCE_COLOR": "1"}, terminal=True)
    assert "\x1b" not in answer.out
    qp("deadlines", "--output", "page.txt", environ={"FORCE_COLOR": "1"})
    assert "\x1b" not in (outside / "page.txt").read_text("utf-8")


@pytest.mark.parametrize("command", ["overdue", "parties", "sites"])
def test_every_list_takes_colour_on_a_terminal_and_none_in_a_pipe(qp, command):
    assert "\x1b" in qp(command, terminal=True).out
    assert "\x1b" not in qp(command).out


def test_a_state_is_a_word_and_never_colour_alone(qp):
    plain = qp("deadlines", terminal=True, environ={"NO_COLOR": "1"}).out
    for word in ("overdue", "expired", "conditional"):
        assert word in plain


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("command", [["status"], ["deadlines"], ["show", "feuille-de-route"], ["sites"]], ids=" ".join)
def test_a_console_of_few_characters_shows_the_same_in_plainer_marks(qp, encoding, lang, command):
    answer = qp(*command, "--lang", lang, encoding=encoding)
    assert answer.code == 0
    assert "?" not in answer.out
    assert "M\xe9tropole" in answer.out or command == ["sites"]
    wide = qp(*command, "--lang", lang)
    assert len(answer.lines) == len(wide.lines)
    letters = re.compile(r"\w+")
    kept = re.compile("[œŒ]|oe|OE")
    assert kept.sub("", "".join(letters.findall(answer.out))).replace("o", "") == kept.sub(
        "", "".join(letters.findall(wide.out))
    ).replace("o", "")


def test_such_a_console_has_a_gauge_of_ascii_marks(qp):
    assert "#" * 30 in qp("status", encoding="cp1252").out
    assert "->" in qp("show", "feuille-de-route", encoding="cp850").out


def test_an_ascii_console_does_not_fail(qp):
    answer = qp("status", encoding="ascii")
    assert answer.code == 0
    assert "feuille-de-route" in answer.out


def test_an_error_on_such_a_console_is_readable_too(qp):
    answer = qp("show", "été → “x”", encoding="cp850")
    assert answer.code == 2
    assert "été ->" in answer.err


def test_a_file_is_in_utf_8_whatever_the_console(qp, outside):
    qp("status", "--output", "page.txt", encoding="cp1252")
    assert "━" * 30 in (outside / "page.txt").read_text("utf-8")


@pytest.mark.parametrize("mark", "→≤≥━─–—’“”…·°†œŒ\u202f\u00a0")
def test_every_mark_that_qp_writes_has_a_plainer_one(mark):
    assert mark.encode("ascii", ERRORS) not in {b"", b"?"}
