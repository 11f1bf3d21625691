"""The reader's own browser, started for one file that qp has just written; the only place that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_in_browser(path: Path) -> bool:
    """Shows a file in the browser of the system, or in that of the variable BROWSER; whether there was one."""
    import webbrowser

    try:
        return webbrowser.open(path.resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False
