"""Other command lines that keep or check dated things, in an environment of their own, and rows for them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 12
PACKAGES = ("beancount", "khal", "todoman", "yamllint")
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
SUMMARY:{title}
DUE;VALUE=DATE:{day:%Y%m%d}
END:VTODO"""

EVENT = """\
BEGIN:VEVENT
UID:deadline-{n}
DTSTAMP:20210318T000000Z
SUMMARY:{title}
DTSTART;VALUE=DATE:{day:%Y%m%d}
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


TASK_SETTINGS = """\
data.location={data}
confirmation=off
verbose=nothing
gc=off
"""


class UnavailableError(Exception):
    """The peers cannot be had here; the message says why."""


class Entry(NamedTuple):
    """A dated thing."""

    number: int
    title: str
    day: dt.date


def commands(folder: Path) -> dict[str, list[str]]:
    """The command lines of those that list, over twelve rows written to the folder; installs the peers the first time.

    Raises:
        UnavailableError: they cannot be installed.
    """
    scripts = installed()
    later = [Entry(n, f"Fictional obligation {n}", dt.date(2099, 10, n)) for n in range(1, ROWS + 1)]
    today = dt.datetime.now(dt.UTC).date()
    now = [Entry(n, f"Fictional deadline {n}", today) for n in range(1, ROWS + 1)]
    return {
        "todo list": [str(scripts / "todo"), "--config", str(todos(folder, later)), "list"],
        "khal list": [str(scripts / "khal"), "-c", str(events(folder, now)), "list"],
    }


def installed() -> Path:
    """The folder of the peers' scripts, in an environment kept between runs."""
    home = environment()
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    done, wanted = home / "complete", " ".join(PACKAGES)
    if not done.exists() or done.read_text() != wanted:
        run([sys.executable, "-m", "venv", "--clear", str(home)])
        run([str(scripts / "python"), "-m", "pip", "install", "--quiet", *PACKAGES])
        done.write_text(wanted)
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


def todos(folder: Path, entries: Iterable[Entry]) -> Path:
    """Writes todos, a file each; returns todoman's settings for them."""
    rows = folder / "todos" / "obligations"
    write_rows(rows, TODO, entries)
    settings = folder / "todoman.py"
    cache = str(folder / "todoman.sqlite3")
    settings.write_text(TODOMAN_SETTINGS.format(lists=str(rows.parent / "*"), cache=cache), "utf-8")
    return settings


def events(folder: Path, entries: Iterable[Entry]) -> Path:
    """Writes events, a file each; returns khal's settings for them."""
    rows = folder / "events"
    write_rows(rows, EVENT, entries)
    settings = folder / "khal.conf"
    settings.write_text(KHAL_SETTINGS.format(calendar=rows, cache=folder / "khal.sqlite3"), "utf-8")
    return settings


def tasks(folder: Path, entries: Iterable[Entry]) -> Path:
    """Writes pending tasks as taskwarrior keeps them, a line each; returns its settings for them."""
    data = folder / "tasks"
    data.mkdir(parents=True)
    with (data / "pending.data").open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            due = int(dt.datetime.combine(entry.day, dt.time(), dt.UTC).timestamp())
            file.write(
                f'[description:"{entry.title}" due:"{due}" entry:"{due}" status:"pending" '
                f'uuid:"{uuid.UUID(int=entry.number)}"]\n'
            )
    settings = folder / "taskrc"
    settings.write_text(TASK_SETTINGS.format(data=data), "utf-8")
    return settings


def write_rows(folder: Path, component: str, entries: Iterable[Entry]) -> None:
    """Writes each entry as a calendar file of its own."""
    folder.mkdir(parents=True)
    for entry in entries:
        text = CALENDAR.format(component=component.format(n=entry.number, title=entry.title, day=entry.day))
        (folder / f"{entry.number}.ics").write_text(text, "utf-8", newline="\r\n")
