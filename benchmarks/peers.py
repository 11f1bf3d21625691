"""Other command lines that list dated things, in an environment of their own, with twelve rows each."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = 12
PACKAGES = ("todoman", "khal")
PATIENCE = 600  # seconds for the whole installation

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//qp//benchmark//EN
{component}
END:VCALENDAR
"""

TODO = """\
BEGIN:VTODO
UID:obligation-{n}
DTSTAMP:20210318T000000Z
SUMMARY:Fictional obligation {n}
DUE;VALUE=DATE:209910{n:02}
END:VTODO"""

EVENT = """\
BEGIN:VEVENT
UID:deadline-{n}
DTSTAMP:20210318T000000Z
SUMMARY:Fictional deadline {n}
DTSTART;VALUE=DATE:{today:%Y%m%d}
END:VEVENT"""

TODOMAN_SETTINGS = """\
path = {lists!r}
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = {cache!r}
"""

KHAL_SETTINGS = """\
[calendars]
[[deadlines]]
path = {calendar}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Paris
default_timezone = Europe/Paris
[sqlite]
path = {cache}
"""


class UnavailableError(Exception):
    """The peers cannot be had here; the message says why."""


def commands(folder: Path) -> dict[str, list[str]]:
    """The peers' command lines over rows written to the folder; installs the peers the first time."""
    scripts = installed()
    return {
        "todo list": [str(scripts / "todo"), "--config", str(todos(folder)), "list"],
        "khal list": [str(scripts / "khal"), "-c", str(events(folder)), "list"],
    }


def installed() -> Path:
    """The folder of the peers' scripts, in an environment kept between runs."""
    home = environment()
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    done = home / "complete"
    if not done.exists():
        run([sys.executable, "-m", "venv", "--clear", str(home)])
        run([str(scripts / "python"), "-m", "pip", "install", "--quiet", *PACKAGES])
        done.touch()
    return scripts


def environment() -> Path:
    """A private folder under the system's temporary one; somebody else's of that name is not trusted."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    home = Path(tempfile.gettempdir()) / f"qp-benchmark-peers-{version}"
    home.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (home.is_symlink() or home.stat().st_uid != os.getuid()):
        message = f"{home} belongs to somebody else"
        raise UnavailableError(message)
    return home


def run(command: list[str]) -> None:
    """Runs one step of the installation, silently."""
    try:
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        message = f"{', '.join(PACKAGES)} cannot be installed here ({type(error).__name__})"
        raise UnavailableError(message) from error


def todos(folder: Path) -> Path:
    """Writes twelve todos; returns todoman's settings for them."""
    rows = folder / "todos" / "obligations"
    write_rows(rows, [TODO.format(n=n) for n in range(1, ROWS + 1)])
    settings = folder / "todoman.py"
    cache = str(folder / "todoman.sqlite3")
    settings.write_text(TODOMAN_SETTINGS.format(lists=str(rows.parent / "*"), cache=cache), "utf-8")
    return settings


def events(folder: Path) -> Path:
    """Writes twelve events of today; returns khal's settings for them."""
    today = dt.datetime.now(dt.UTC).date()
    rows = folder / "events"
    write_rows(rows, [EVENT.format(n=n, today=today) for n in range(1, ROWS + 1)])
    settings = folder / "khal.conf"
    settings.write_text(KHAL_SETTINGS.format(calendar=rows, cache=folder / "khal.sqlite3"), "utf-8")
    return settings


def write_rows(folder: Path, components: list[str]) -> None:
    """Writes each component as a calendar file of its own."""
    folder.mkdir(parents=True)
    for n, component in enumerate(components, 1):
        text = CALENDAR.format(component=component)
        (folder / f"{n}.ics").write_text(text, "utf-8", newline="\r\n")
