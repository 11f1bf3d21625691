"""What qp runs besides git: itself, and nothing that lies in the folder where its reader stands."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import small_convention, written

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "qp_cli"
STARTING = {"subprocess": "store/git.py", "multiprocessing": "app/workers.py"}
STARTING |= {"webbrowser": "cli/browser.py"}
"""What starts processes, and the one module that may."""
CONNECTING = {"smtplib": "store/mail_server.py", "ssl": "store/mail_server.py", "socket": "store/mail_server.py"}
"""What opens a connection, and the one module that may."""
NEVER = {
    *("http", "ftplib", "requests", "httpx", "aiohttp", "asyncio"),
    *("pickle", "marshal", "shelve", "ctypes", "pty", "runpy", "code", "imp", "dill", "xmlrpc", "telnetlib"),
}
"""What opens any other connection, or makes a program of data."""
LINES = {"eval", "exec", "compile", "__import__", "breakpoint"}
MODULES = (
    *("multiprocessing", "concurrent", "json", "yaml", "typer", "rich", "pydantic", "jinja2", "icalendar", "dateutil"),
    *("qp_cli", "sitecustomize", "usercustomize", "hashlib", "subprocess", "locale", "gettext", "zoneinfo", "csv"),
    *("xlsxwriter", "filelock", "platformdirs", "unicodedata", "pty", "signal", "threading", "decimal", "encodings"),
)


def imported(path):
    """The first names of what a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((each.name.split(".")[0], each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.module


def test_one_module_alone_starts_programs_and_one_opens_connections():
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        for first, module in imported(path):
            assert first not in NEVER, (name, module)
            assert STARTING.get(first, name) == name, (name, module)
            assert CONNECTING.get(first, name) == name, (name, module)
            assert first != "urllib" or module == "urllib.parse", name


def test_no_text_is_made_a_program():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                assert not (isinstance(called, ast.Name) and called.id in LINES), path
                owner = called.value if isinstance(called, ast.Attribute) else None
                if isinstance(owner, ast.Name) and isinstance(called, ast.Attribute) and owner.id == "os":
                    assert not called.attr.startswith(("system", "popen", "exec", "spawn", "posix_spawn", "startfile"))


@pytest.fixture
def trap(tmp_path):
    """A folder of twelve conventions, with modules named like those that qp imports; what they would leave behind."""
    mark = tmp_path / "MARK"
    folder = tmp_path / "checkout"
    for number in range(12):
        (folder / f"c{number}" / "data").mkdir(parents=True)
        text = written(small_convention(id=f"essai-{number}"))
        (folder / f"c{number}" / "data" / "convention.yaml").write_text(text, "utf-8")
    for place in (folder, folder / "c0"):
        for name in MODULES:
            (place / f"{name}.py").write_text(f"import pathlib\npathlib.Path({str(mark)!r}).touch()\n", "utf-8")
    return folder


COMMANDS = (
    ("status",),
    ("check",),
    ("check", "--format", "sarif"),
    ("deadlines", "--format", "csv"),
    ("report", "--output", "{out}/page.html"),
    ("export", "ics"),
    ("export", "xlsx", "--output", "{out}/a.xlsx"),
    ("calc", "2021-03-18", "P6M"),
    ("schema", "convention"),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_module_of_the_folder_where_one_stands_is_imported(trap, tmp_path, clean_environ, arguments):
    program = shutil.which("qp", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("qp is not installed as a program")
    environ = clean_environ(QP_NO_CACHE="1", QP_JOBS="2", QP_AS_OF="2026-11-23", QP_DATA=str(trap))
    command = [program, *(word.format(out=tmp_path) for word in arguments)]
    done = subprocess.run(command, cwd=trap, env=environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "MARK").exists()


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_nor_by_the_processes_that_share_a_check(trap, tmp_path, clean_environ, method):
    if method == "fork" and sys.platform == "win32":
        pytest.skip("Windows has no fork")
    script = tmp_path / "bin" / "qp.py"
    script.parent.mkdir()
    script.write_text(
        "import os, sys\n"
        "from qp_cli.app import workers\n"
        f"workers.start_method = lambda: {method!r}\n"
        "from qp_cli.cli.main import run\n"
        "if __name__ == '__main__':\n"
        "    sys.exit(run(['check'], os.environ))\n",
        "utf-8",
    )
    environ = clean_environ(QP_NO_CACHE="1", QP_JOBS="2", QP_DATA=str(trap))
    done = subprocess.run([sys.executable, script], cwd=trap, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "MARK").exists()


def test_where_qp_was_installed_from_is_read_in_its_own_installation_alone(tmp_path, clean_environ):
    program = shutil.which("qp", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("qp is not installed as a program")
    for name in ("qp_cli", "qp-cli"):
        note = tmp_path / f"{name}-99.0.dist-info"
        note.mkdir()
        (note / "METADATA").write_text("Metadata-Version: 2.1\nName: qp-cli\nVersion: 99.0\n", "utf-8")
        (note / "direct_url.json").write_text('{"url": "https://evil.example/qp.whl", "archive_info": {}}', "utf-8")
    owed = ("--engagement", "Se concerter; Ville; continuing; ; art. 1")
    new = ("init", "new", "--template", "blank", "--title", "Essai", "--party", "Ville", *owed)
    done = subprocess.run(
        [program, *new], cwd=tmp_path, env=clean_environ(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    jobs = [path for path in (tmp_path / "new").rglob("*.yml") if path.is_file()]
    assert any("QP_INSTALL" in path.read_text("utf-8") for path in jobs)
    assert not [path for path in jobs if "evil.example" in path.read_text("utf-8")]
