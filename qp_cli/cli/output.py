"""Out to the reader: results on stdout or into a file, everything else on stderr, in what the console can show."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.render.screen import UNBOUNDED, Screen

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = {
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "━": "#",
    "─": "-",
    "–": "-",
    "—": "-",
    "’": "'",
    "“": '"',
    "”": '"',
}
_PLAIN |= {"…": "...", "·": ".", "°": "o", "†": "+", "\u202f": " ", "\u00a0": " ", "œ": "oe", "Œ": "OE"}
ERRORS = "qp-plain"


def _simplify(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters a console lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(mark, "?") for mark in text), error.end


codecs.register_error(ERRORS, _simplify)


def emit(text: str, destination: str | None = None) -> None:
    """The result: to the file named, written whole, or to stdout.

    Raises:
        UsageError: the file cannot be written.
    """
    if not destination:
        _write(sys.stdout, text)
    elif _is_special(path := Path(destination)):
        with path.open("wb") as stream:
            stream.write(text.encode())
    else:
        from qp_cli.store.files import write_whole

        write_whole(path, text.encode())


def _is_special(path: Path) -> bool:
    """Whether a path is a pipe or a device, such as /dev/null: it is written to, never replaced by a file."""
    return path.is_fifo() or path.is_char_device()


def say(text: str) -> None:
    """One line beside the result, on stderr."""
    _write(sys.stderr, f"{text}\n")


def say_all(text: str) -> None:
    """Several lines beside the result, on stderr."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    """Writes in what the stream can show; a reader who has left, as `| head` does, misses the rest in silence."""
    encoding = stream.encoding or "utf-8"
    binary = getattr(stream, "buffer", None)
    try:
        if binary is None:
            stream.write(text.encode(encoding, ERRORS).decode(encoding))
        else:
            stream.flush()
            binary.write(text.encode(encoding, ERRORS))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError as error:
        from qp_cli.store.reasons import reason

        raise UsageError(msg("The answer cannot be written: {reason}", reason=reason(error))) from error


def screen(environ: Mapping[str, str], destination: str | None = None) -> Screen:
    """What the reader's screen can show; a pipe or a file is never cut and has no colour unless asked."""
    terminal = destination is None and sys.stdout.isatty()
    width = shutil.get_terminal_size((80, 24)).columns if terminal else UNBOUNDED
    encoding = (sys.stdout.encoding or "").casefold().replace("-", "")
    dumb = environ.get("TERM") == "dumb"
    colour = destination is None and (bool(environ.get("FORCE_COLOR")) or (terminal and not dumb))
    return Screen(
        max(width, 40),
        colour and not environ.get("NO_COLOR"),
        destination is not None or encoding.startswith("utf"),
    )
