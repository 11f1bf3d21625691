"""qp in a terminal of its own: what it shows is read up to a question, then answered."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

from tests.conftest import open_terminal

LIMIT = 30


class Conversation:
    """One run of qp: stdin and stderr are a terminal, stdout is kept apart."""

    def __init__(self, arguments, cwd, environ):
        ours, theirs = open_terminal()
        self.terminal = ours
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qp_cli", *arguments],
            cwd=cwd,
            env=environ,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        self.shown = ""

    def until(self, words):
        """All that was shown since the last answer, once it holds some words."""
        end = time.monotonic() + LIMIT
        while words not in self.shown:
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            assert ready, self.shown
            self.shown += os.read(self.terminal, 65536).decode(errors="replace")
        shown, self.shown = self.shown, ""
        return shown

    def answer(self, question, line):
        """Waits for a question, answers it, and gives what was shown with it."""
        shown = self.until(question)
        os.write(self.terminal, line if isinstance(line, bytes) else f"{line}\n".encode())
        return shown

    def end(self):
        """The exit code and the result."""
        out = self.process.stdout.read().decode()
        self.process.stdout.close()
        code = self.process.wait(timeout=LIMIT)
        rest = b""
        try:
            while chunk := os.read(self.terminal, 65536):
                rest += chunk
        except OSError:  # Linux says so when the other side has closed
            pass
        os.close(self.terminal)
        self.shown += rest.decode(errors="replace")
        return code, out
