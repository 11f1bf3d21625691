"""Out to the reader: results on stdout or into a file, everything else on stderr, in what the console can show."""

from __future__ import annotations

import codecs
import errno
import os
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from qp_cli.cli.interruption import was_interrupted
from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.render.screen import UNBOUNDED, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from qp_cli.render.language import Language

    AnsweredText: TypeAlias = str | Iterable[str]
    """A text that is given to the reader: whole, or in pieces."""
    Answered: TypeAlias = AnsweredText | bytes | Iterable[bytes]
    """What is given to the reader, a text or bytes."""

_PLAIN = {
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "×": "x",
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
_AT_ONCE = 65_536
"""Characters that are written together."""
_FOR_PEOPLE = ("table", "text", "github")
"""The forms of an answer that a console shows; programs read the others."""
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""What GitHub's runners, and those of their kin, Azure's and TeamCity's set, which obey lines of a log."""


def _simplify(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters a console lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(mark, "?") for mark in text), error.end


codecs.register_error(ERRORS, _simplify)


def emit(
    answer: Answered,
    destination: str | None = None,
    form: str = "table",
    *,
    language: Language | None = None,
    commands: bool = False,
) -> None:
    """The result: to the file named, written whole, or to stdout; bytes go out as they are, but to a terminal.

    What programs read is UTF-8 everywhere but on a terminal; what people read is in what their console can show.
    Which file was written, and how large it is, is said in a line on stderr; in another one, that its name ends as
    those of another form do.

    Args:
        answer: what is given, whole or in pieces.
        destination: the file, if any.
        form: the form of the answer.
        language: in which it is said that a file was written; needed with a file.
        commands: whether what the runner of a CI would obey in its log is meant.

    Raises:
        UsageError: the file cannot be written, is one that qp reads, or holds something of another form.
    """
    if not destination:
        for piece in _in_pieces(answer):
            _show(piece, form, commands=commands)
    else:
        from qp_cli.store.atomic_writing import write_answer

        write_answer(Path(destination), map(_encoded, _in_pieces(answer)), form)
        if language:
            _tell_written(Path(destination), language)
            _tell_misnamed(Path(destination), form, language)


def _tell_written(path: Path, language: Language) -> None:
    """Says which file was written and how large it is; nothing of what is none, as a pipe."""
    if path.is_file():
        size = max(1, round(path.stat().st_size / 1000))
        say(language.text(msg("Written: {path} ({size} kB)", path=str(path), size=size)))


def _tell_misnamed(path: Path, form: str, language: Language) -> None:
    """Says that the name of a file that was written ends as those of another form do: programs go by that."""
    from qp_cli.store.other_forms import FORM_ENDINGS, is_of_other

    if form in FORM_ENDINGS and is_of_other(path, form) and path.is_file():
        problem = msg("{path} holds {form}, whatever its name ends with.", path=str(path), form=form.upper())
        say(f"qp: {language.text(problem)}")


def _show(answer: str | bytes, form: str, *, commands: bool) -> None:
    text = answer.decode() if isinstance(answer, bytes) and is_terminal(sys.stdout) else answer
    shown = text if commands else _quiet(text)
    is_for_people = form.casefold() in _FOR_PEOPLE or is_terminal(sys.stdout)
    _write(sys.stdout, shown if is_for_people else _encoded(shown))


def _in_pieces(answer: Answered) -> Iterator[str | bytes]:
    """The answer itself, or its pieces, so many together that few writes are made of them; each ends a line."""
    if isinstance(answer, str | bytes):
        yield answer
        return
    held: list[Any] = []
    length = 0
    for piece in answer:
        held.append(piece)
        length += len(piece)
        if length > _AT_ONCE:
            whole = _joined(held)
            end = whole.rfind(b"\n" if isinstance(whole, bytes) else "\n") + 1
            yield whole[:end]
            held, length = [whole[end:]], len(whole) - end
    yield _joined(held)


def _joined(pieces: list[Any]) -> Any:
    return type(pieces[0])().join(pieces) if pieces else ""


def for_log(answer: bytes | Iterable[bytes], environ: Mapping[str, str]) -> bytes | Iterable[bytes]:
    """A text's bytes for stdout: where that is the log of a CI, and no file, no data in them is taken for a command."""
    if not any(environ.get(name) for name in _RUNNERS) or _is_file(sys.stdout):
        return answer
    from qp_cli.render.visible import quiet

    return (quiet(_encoded(piece).decode()).encode() for piece in _in_pieces(answer))


def _is_file(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # closed, or none of the system's
        return False


def _quiet(answer: str | bytes) -> str | bytes:
    """A text in which no data is taken for a command where the stream is the log of a CI."""
    if isinstance(answer, bytes) or ("::" not in answer and "##" not in answer):
        return answer
    from qp_cli.render.visible import quiet

    return quiet(answer)


def _encoded(answer: str | bytes) -> bytes:
    return answer.encode() if isinstance(answer, str) else answer


def say(text: str) -> None:
    """One line beside the result, on stderr."""
    say_all(f"{text}\n")


def say_all(text: str) -> None:
    """Several lines beside the result, on stderr; where nothing can be written to it, nobody is told."""
    with suppress(UsageError):
        _write(sys.stderr, _quiet(text))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; one that was closed before qp started is none."""
    return stream is not None and stream.isatty()


def _write(stream: TextIO | None, answer: str | bytes) -> None:
    """Writes in what the stream can show, bytes as they are.

    A reader who has left, as `| head` does, misses the rest in silence.

    Raises:
        UsageError: the stream is closed, or takes no more.
        KeyboardInterrupt: an interruption was heard of, and lost on the way.
    """
    if was_interrupted():
        raise KeyboardInterrupt
    if stream is None:
        raise _refused(OSError(errno.EBADF, ""))
    encoding = stream.encoding or "utf-8"
    binary = getattr(stream, "buffer", None)
    try:
        data = answer if isinstance(answer, bytes) else answer.encode(encoding, ERRORS)
        if binary is None:
            stream.write(data.decode(encoding))
        else:
            stream.flush()
            binary.write(data)
        stream.flush()
    except BrokenPipeError:
        let_go(stream)
    except OSError as error:
        raise _refused(error) from error


def let_go(stream: TextIO) -> None:
    """Has what is written to a stream, and what it still holds, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _refused(error: OSError) -> UsageError:
    from qp_cli.store.places import reason

    return UsageError(msg("The answer cannot be written: {reason}", reason=reason(error)))


def screen(environ: Mapping[str, str], destination: str | None = None) -> Screen:
    """What the reader's screen can show; a pipe or a file is never cut and has no colour unless asked."""
    terminal = destination is None and is_terminal(sys.stdout)
    width = shutil.get_terminal_size((80, 24)).columns if terminal else UNBOUNDED
    encoding = (getattr(sys.stdout, "encoding", None) or "").casefold().replace("-", "")
    dumb = environ.get("TERM") == "dumb"
    colour = destination is None and (bool(environ.get("FORCE_COLOR")) or (terminal and not dumb))
    return Screen(
        max(width, 40),
        colour and not environ.get("NO_COLOR"),
        destination is not None or encoding.startswith("utf"),
    )
