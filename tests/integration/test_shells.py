"""Completion in real shells at a terminal: what a repository says is offered, and never run."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT, open_terminal, small_convention

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shells are those of POSIX")
PATIENCE = 60
SHELLS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
SHARED = {
    "bash": "source {share}/bash-completion/completions/qp; bind 'set show-all-if-ambiguous on'; PS1='QP> '",
    "zsh": 'fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D; PS1="QP> "',
    "fish": "source {share}/fish/vendor_completions.d/qp.fish; function fish_prompt; echo -n 'QP> '; end",
}
"""The same from the files that are shared with a system."""
TWO = {"bash": "$((1+1))", "zsh": "$((1+1))", "fish": "(math 1 + 1)"}  # shown as it is until the line is run
START = {
    "bash": "eval \"$(_QP_COMPLETE=source_bash qp)\"; bind 'set show-all-if-ambiguous on'; PS1='QP> '",
    "zsh": 'autoload -Uz compinit; compinit -u -D; eval "$(_QP_COMPLETE=source_zsh qp)"; PS1="QP> "',
    "fish": "_QP_COMPLETE=source_fish qp | source; function fish_prompt; echo -n 'QP> '; end",
}
PAYLOADS = {
    "backslash": "a \\$(touch {mark}) b",
    "two-backslashes": "a \\\\$(touch {mark}) b",
    "three-backslashes": "a \\\\\\$(touch {mark}) b",
    "substitution": "a $(touch {mark}) b",
    "backquotes": "a \\`touch {mark}` b `touch {mark}`",
    "quotes": "a\" $(touch {mark}) \"b' $(touch {mark}) 'c",
    "apostrophe": "l'avenant' ; touch {mark} ; '",
    "end": 'a")) ; touch {mark} #',
    "end-of-all": "a\"))' ; touch {mark} #",
    "colon": "a:b\\:$(touch {mark}):c",
    "lines": "a\n$(touch {mark})\n; touch {mark}\n'; touch {mark}; '",
    "braces": "${{ x }} ${{x:-$(touch {mark})}} ~$(touch {mark})",
    "flags": "a ${{(e):-\\$(touch {mark})}} %n $((1)) =(touch {mark}) <(touch {mark})",
    "rich": "[link=x]a[/link] [red]\\$(touch {mark})",
    "history": "!! !touch ^a^b",
}
NAMES = {
    "semicolon": "bilan;touch {mark};",
    "substitution": "bilan$(touch {mark})",
    "backquotes": "bilan`touch {mark}`",
    "ampersand": "bilan&touch {mark}&",
    "pipe": "bilan|touch {mark}|",
    "line": "bilan\ntouch {mark}\n",
    "space": "bilan x; touch {mark}; ",
    "quote": "bilan';touch {mark};'",
    "star": "bilan*",
    "backslash": "bilan\\$(touch {mark})",
    "colon": "bilan:$(touch {mark})",
    "redirection": "bilan>{mark}",
}


OF_FISH = {"substitution", "quotes", "lines", "flags", "semicolon", "star"}
"""What is tried in fish, which runs nothing of what it is given, whatever that holds."""


AT_ONCE = 8
"""Titles in one list: no shell asks before it shows so many, and none leaves any out."""


def tried_in(shell, cases):
    """Those of the cases that are tried in a shell, fish with a few."""
    return {name: text for name, text in cases.items() if shell.name != "fish" or name in OF_FISH}


class Terminal:
    """A shell at a terminal of its own; what it shows."""

    def __init__(self, command, folder, environ, two):
        import pty

        for end in open_terminal():
            os.close(end)
        self.shown = ""
        self.two = two
        self.program = command[0]
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.execve(command[0], command, environ)  # noqa: S606 - a program that the test chose

    def type(self, keys, word):
        """Types keys, and waits for a word to be shown, then for the shell to be ready again."""
        self.shown = ""
        os.write(self.master, keys.encode())
        end = time.monotonic() + PATIENCE
        while "QP> " not in self.shown.partition(f"{word}\r")[2]:
            ready, _, _ = select.select([self.master], [], [], end - time.monotonic())
            assert ready, self.shown
            self.shown += os.read(self.master, 65536).decode(errors="replace")
        return self.shown

    def close(self):
        """Ends the shell."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.master)


@pytest.fixture(params=SHELLS)
def shell(request, tmp_path, clean_environ):
    """Starts a shell in a folder, with qp and its completion."""
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    opened = []
    folder = tmp_path / "bin"
    folder.mkdir()
    run = f"{sys.executable} -I -c 'from qp_cli.cli.main import main; main()'"
    (folder / "qp").write_text(f'#!/bin/sh\nexec {run} "$@"\n', "utf-8")
    (folder / "qp").chmod(0o755)

    def start(where, fake=None, ready=START[request.param]):
        if fake:
            (folder / "qp").write_text(fake, "utf-8")
        path = os.pathsep.join((str(folder), os.environ["PATH"]))
        environ = clean_environ(PATH=path, HOME=str(tmp_path), TERM="xterm", LANG="C.UTF-8")
        terminal = Terminal([program, *SHELLS[request.param]], where, environ, TWO[request.param])
        opened.append(terminal)
        if fake:
            script = subprocess.run(
                [sys.executable, "-m", "qp_cli"],
                env={**environ, "_QP_COMPLETE": f"source_{request.param}"},
                capture_output=True,
                check=True,
            )
            (tmp_path / "script").write_bytes(script.stdout)
            ready = ready.replace(f"_QP_COMPLETE=source_{request.param} qp", "cat ~/script")
        terminal.type(f"{ready}; echo READY-{TWO[request.param]}\n", "READY-2")
        return terminal

    start.name = request.param
    yield start
    for terminal in opened:
        terminal.close()


def completed(terminal, line, keys=None):
    """What is shown once a line was completed, twice for a list but in bash, and the line taken back."""
    keys = keys or ("\t" if "bash" in terminal.program else "\t\t")
    return terminal.type(f"{line}{keys}\x15echo DONE-{terminal.two}\n", "DONE-2")


def go_to(terminal, folder):
    """Has a shell stand in a folder."""
    terminal.type(f"cd {folder}; echo THERE-{terminal.two}\n", "THERE-2")


def test_an_id_is_completed_with_its_title_beside_it(shell, repository):
    declared = small_convention()
    declared["engagements"].append({**declared["engagements"][0], "id": "bilan-final", "title": "L'annexe d'été"})
    terminal = shell(repository(declared))
    shown = completed(terminal, "qp show bil")
    assert "bilan-final" in shown
    assert ("L’annexe d’été" in shown) == (shell.name != "bash")


def test_accents_and_case_are_left_aside_and_the_kind_of_fact_says_what_it_can_be_about(shell, repository):
    declared = small_convention(events=[{"id": "signature", "title": "Signature"}])
    terminal = shell(repository(declared))
    typed = "BIL" if shell.name == "fish" else "BÏL"  # fish keeps what begins with these letters, accents and all
    assert "bilan" in completed(terminal, f"qp show {typed}")
    ended = {  # a shell may show only what it adds
        "qp record occurred Sign": "ature",
        "qp record denou": "nced",
        "qp record suspended a": "ll",
        "qp record suspended all --te": "rm",
        "qp record amended ter": "me",
    }
    assert [line for line, end in ended.items() if end not in completed(terminal, line)] == []
    assert "me" not in completed(terminal, "qp record fulfilled ter")


def test_so_it_is_from_the_first_time_by_the_files_that_are_shared(shell, repository):
    terminal = shell(repository(), ready=SHARED[shell.name].replace("{share}", str(ROOT / "share")))
    assert "bilan" in completed(terminal, "qp show bil")
    assert "eadlines" in completed(terminal, "qp d")


def test_no_title_or_name_is_run(shell, repository, tmp_path):
    """Every title is in a list with others: one that left its quotes would take its neighbours' words away too."""
    marks = tmp_path / "marks"
    marks.mkdir()
    texts = [text.format(mark=marks / name) for name, text in tried_in(shell, PAYLOADS).items()]
    terminal = shell(tmp_path)
    for first in range(0, len(texts), AT_ONCE):
        some = dict(enumerate(texts[first : first + AT_ONCE]))
        declared = small_convention()
        declared["parties"] = [{"id": f"village-{number}", "name": text} for number, text in some.items()]
        act = declared["engagements"][0] | {"debtors": ["village-0"]}
        declared["engagements"] = [act | {"id": f"bilan-{number}", "title": text} for number, text in some.items()]
        go_to(terminal, repository(declared, name=f"depot-{first}"))
        shown = completed(terminal, "qp show bil")
        assert [number for number in some if f"bilan-{number}" not in shown] == []
        shown = completed(terminal, "qp deadlines --party vil")
        assert [number for number in some if f"village-{number}" not in shown] == []
    assert list(marks.iterdir()) == []


def test_what_is_no_id_is_not_put_on_the_line(shell, repository, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    terminal = shell(tmp_path)
    for name, text in tried_in(shell, NAMES).items():
        declared = small_convention()
        declared["engagements"][0]["id"] = text.format(mark=marks / name)
        go_to(terminal, repository(declared, name=name))
        completed(terminal, "qp show bil", "\t\n")
    assert list(marks.iterdir()) == []


@pytest.mark.parametrize("shell", ["bash", "zsh"], indirect=True)  # fish runs nothing of what it is given
def test_a_completion_that_gave_data_would_be_seen(shell, repository, tmp_path):
    mark = tmp_path / "MARK"
    answers = {
        "zsh": f"""_arguments '*: :(("bilan":"a \\\\$(touch {mark}) b"))'""",
        "bash": f"bilan;touch {mark};",
    }
    fake = f"#!/bin/sh\n[ -z \"$_QP_COMPLETE\" ] || cat <<'END'\n{answers[shell.name]}\nEND\n"
    terminal = shell(repository(), fake)
    completed(terminal, "qp show bil", "\t\n")
    assert mark.exists()
