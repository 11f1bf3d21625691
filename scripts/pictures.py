"""The READMEs' pictures, in both languages, made from what qp really shows: `docs/pictures/`.

    python scripts/pictures.py

`status.LANGUAGE.svg` is `qp status` in a terminal of 80 columns; `page.LANGUAGE.png` and `page-mobile.LANGUAGE.png` are
the page of `qp report` in Chromium. A test holds the SVG files against what qp prints now; the PNG files depend on the
machine's fonts, and are looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
DAY = "2026-11-23"
COLUMNS = 80
LANGUAGES = ("fr", "en")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--font-render-hinting=none",
)


class Shot(NamedTuple):
    """One picture of the page: the name of its file, and the size of the window in pixels."""

    name: str
    width: int
    height: int


SHOTS = (Shot("page", 1280, 900), Shot("page-mobile", 390, 844))


def qp(code: str, *arguments: str) -> str:
    """What qp prints in a language, in colour, at the pictures' day.

    Raises:
        SystemExit: it failed.
    """
    from qp_cli.cli.main import run

    environ = {"QP_AS_OF": DAY, "QP_LANG": code, "QP_DATA": str(ROOT), "FORCE_COLOR": "1"}
    screen = {"COLUMNS": str(COLUMNS), "LINES": "40", "LANGUAGE": ""}
    with mock.patch("sys.stdout", _Terminal()) as out, mock.patch.dict(os.environ, screen):
        failed = run(list(arguments), environ)
    if failed:
        raise SystemExit(failed)
    return out.getvalue()


class _Terminal(StringIO):
    """A stream that passes for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Always."""
        return True


def status_svg(code: str) -> str:
    """`qp status` as a picture, in a language: the same bytes for the same data."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), record=True, width=COLUMNS, force_terminal=True, color_system="standard")
    console.print(Text("$ qp status", style="bold"))
    console.print(Text.from_ansi(qp(code, "status")), soft_wrap=True)
    drawn = console.export_svg(title="qp status", unique_id="qp-status")
    # Rich asks a server for its font: the reader's own will do.
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


_TEXT = re.compile(r'<text [^>]*? x="([\d.]+)" [^>]*?clip-path="url\(#qp-status-line-(\d+)\)">(.*?)</text>')
_SIGN = 12.2
"""Pixels a column takes."""


def said(svg: str) -> str:
    """What a picture that `status_svg` made shows, line by line, every sign in its column."""
    from html import unescape

    lines: dict[int, str] = {}
    for left, row, text in _TEXT.findall(svg):
        before = lines.get(int(row), "")
        lines[int(row)] = before.ljust(round(float(left) / _SIGN)) + unescape(text).replace("\u00a0", " ")
    return "\n".join(lines.get(row, "").rstrip() for row in range(max(lines) + 1))


class Program(NamedTuple):
    """Chromium: its path, and the arguments that keep it from talking to anybody."""

    executable_path: str
    args: list[str]


def chromium() -> Program:
    """The machine's Chromium.

    Raises:
        FileNotFoundError: there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise FileNotFoundError("Chromium is not installed")
    # Root has no sandbox, nor have hosted runners the name spaces that it is made of; the pages are our own.
    bare = getattr(os, "geteuid", lambda: 1)() == 0 or "GITHUB_ACTIONS" in os.environ
    return Program(found, [*QUIET, *(["--no-sandbox"] if bare else [])])


def photograph(folder: Path) -> None:
    """Writes the pictures of the page into a folder."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        program = chromium()
        browser = playwright.chromium.launch(executable_path=program.executable_path, args=program.args)
        for code in LANGUAGES:
            page = Path(temporary) / f"{code}.html"
            qp(code, "report", "--output", str(page))
            for shot in SHOTS:
                tab = browser.new_page(viewport={"width": shot.width, "height": shot.height}, color_scheme="light")
                tab.goto(page.as_uri())
                tab.screenshot(path=folder / f"{shot.name}.{code}.png")
        browser.close()


def main() -> int:
    """Writes every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for code in LANGUAGES:
        (FOLDER / f"status.{code}.svg").write_text(status_svg(code), "utf-8", newline="\n")
    photograph(FOLDER)
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
