"""A real terminal of 80 columns and 24 lines: one screen, with colour, nothing past the edge."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import fcntl
import struct
import termios

from tests.conftest import open_terminal

ESCAPES = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture
def terminal(clean_environ):
    """What a terminal of a given size shows after a command, stderr included."""

    def shown(*arguments, cwd, columns=80, lines=24, **environ):
        ours, theirs = open_terminal()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "qp_cli", *arguments],
            cwd=cwd,
            env=clean_environ(**({"TERM": "xterm-256color", "QP_AS_OF": "2026-11-23"} | environ)),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        read = b""
        try:
            while chunk := os.read(ours, 65536):
                read += chunk
        except OSError:  # Linux says so when the other side has closed
            pass
        finally:
            os.close(ours)
        assert process.wait(timeout=30) == 0, read
        return read.decode().replace("\r\n", "\n")

    return shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_status_is_one_screen(terminal, outside, language):
    screen = terminal("status", cwd=outside, QP_LANG=language)
    lines = ESCAPES.sub("", screen).splitlines()
    assert len(lines) <= 24, "the line about the embedded convention included"
    assert max(map(len, lines)) <= 80
    assert "feuille-de-route" in screen


def test_a_terminal_has_colour_and_no_other_escape(terminal, shipped):
    screen = terminal("status", cwd=shipped)
    assert "\x1b[1;31m" in screen
    assert "\x1b" not in ESCAPES.sub("", screen)
    assert "\x1b" not in terminal("status", cwd=shipped, NO_COLOR="1")


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_no_line_is_longer_than_the_terminal(terminal, shipped, columns):
    screen = terminal("deadlines", "--all", "--party", "anru", cwd=shipped, columns=columns, NO_COLOR="1")
    assert max(map(len, screen.splitlines())) <= columns
    assert "partenaires-capitalisation"[:12] in screen
