"""Bytes to text, UTF-8 alone, and what is refused in a text before any YAML is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.store.yaml.characters import LONE_RETURN, code_point, may_be_refused, name_of, refused
from qp_cli.store.yaml.tree import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.messages import Message
    from qp_cli.store.yaml.findings import Collector
    from qp_cli.store.yaml.tree import Place

    _Report = Callable[[Collector, Place, str], str]


MAX_BYTES = 8_000_000
_BOM = b"\xef\xbb\xbf"


def decode(data: bytes, notes: Collector) -> str | None:
    """The text of a file, or None with a finding when it is not UTF-8 or is too large."""
    if len(data) > MAX_BYTES:
        notes.add(
            "QP012",
            START,
            msg("The file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000),
            msg("Split it into smaller files."),
        )
        return None
    body = data.removeprefix(_BOM)
    reason = ""
    try:
        text = body.decode()
        bad = body.find(0)
    except UnicodeDecodeError as error:
        reason = error.reason
        nul = body.find(0, 0, error.start)
        bad = error.start if nul < 0 else nul
    if bad < 0:
        return text
    before = body[:bad].decode()
    notes.add(
        "QP001",
        place_at(before + "?", len(before)),
        msg("The file is not UTF-8 text: the byte 0x{byte} cannot be read here.", byte=f"{body[bad]:02X}"),
        _encoding_hint(body, bad, reason),
    )
    return None


def text_of(data: bytes) -> str:
    """The text of a file, as far as it is one."""
    from qp_cli.store.yaml.findings import Collector

    text = decode(data, Collector(""))
    return readable(data) if text is None else text


def readable(data: bytes) -> str:
    """What can be shown of bytes that are not a text; nothing when they are too many."""
    return data.decode(errors="replace") if len(data) <= MAX_BYTES else ""


def _encoding_hint(body: bytes, bad: int, reason: str) -> Message:
    """What the file probably is, and how to save it as UTF-8."""
    sample = body[:4096]
    zeros = sample.count(0) / len(sample)
    if sample.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or zeros > 0.6:  # noqa: PLR2004 three bytes in four
        encoding = "UTF-32"
    elif sample.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros > 0.2:  # noqa: PLR2004 about one byte in two
        encoding = "UTF-16"
    elif zeros:
        return msg("This looks like a binary file: only text files can be read.")
    elif reason == "unexpected end of data" and not body[:bad].isascii():
        return msg("The file ends in the middle of a character: it may be incomplete.")
    else:
        encoding = "Windows-1252" if re.search(rb"[\x80-\x9f]", body[bad:]) else "Latin-1 (ISO 8859-1)"
    return msg(
        "It looks like {encoding}: open the file in an editor, choose “Save as” and the encoding UTF-8.",
        encoding=encoding,
    )


MAX_LENGTH = 100_000
_CONFLICT_LENGTH = 7

# At the start of a line; the first line is looked at by `match`.
_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7}|---|\.\.\.)(?=[ \r\n]|\Z)|%")
_LINE_MARKER = re.compile(rf"\n(?={_MARKER.pattern})")
_BEFORE_CONTENT = re.compile(r"(?:(?: *#[^\n]*|%[^\n]*| *\r?)\n)*")
_END_ALONE = re.compile(rf"{_BEFORE_CONTENT.pattern}\.\.\.(?:[ \r\n]|\Z)")
_LEADING_TAB = re.compile(r"(?:\A|\n) *\t")


def place_at(text: str, start: int, end: int | None = None) -> Place:
    """The place of a stretch of text, one character when no end is given."""
    line = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    if end is None or "\n" not in text[start:end]:
        return (line, column, line, column + (1 if end is None else end - start))
    return (line, column, line + text.count("\n", start, end), end - (text.rfind("\n", start, end) + 1))


def inspect(text: str, notes: Collector) -> str | None:
    """The text to parse after the rules that hold for a whole text, or None when parsing it is meaningless.

    Characters that are refused are put out of the way in what is returned, one for one, so that the rest
    of the file can still be checked and every place stays right.
    """
    parseable = _check_lines(text, notes)
    if parseable and _END_ALONE.match(text):
        refuse_emptiness(notes)
        parseable = False
    if "\r" in text and _check_all(text, LONE_RETURN, notes, _lone_return):
        parseable = False
    if "\t" in text:
        _check_all(text, re.compile("\t"), notes, _tab)
        parseable = parseable and not _LEADING_TAB.search(text)
    if may_be_refused(text) and _check_all(text, refused(), notes, refuse_character):
        text = refused().sub("\ufffd", text)
    if not parseable:
        return None
    # Both parsers read a last line alike only when it has an end.
    return text.replace("\t", " ") if text.endswith("\n") else text.replace("\t", " ") + "\n"


def _check_all(text: str, pattern: re.Pattern[str], notes: Collector, report: _Report) -> bool:
    """Report each match, the first ones in full, the others as a number."""
    matches = pattern.finditer(text)
    code = ""
    for found in matches:
        code = report(notes, place_at(text, found.start()), found.group())
        if notes.is_full(code):
            notes.add_more(code, sum(1 for _ in matches))
    return bool(code)


def refuse_character(notes: Collector, place: Place, character: str) -> str:
    """Report a character that data may not hold; the finding's code."""
    notes.add(
        "QP006",
        place,
        msg(
            "The character {code} ({name}) is not allowed.",
            code=code_point(character),
            name=name_of(character),
        ),
        why_refused(character),
    )
    return "QP006"


def why_refused(character: str) -> Message:
    """What a refused character does, and what to do about it."""
    if character in "\u2028\u2029\x85":
        return msg("It is an invisible line break, often pasted from another program: replace it by a new line.")
    if character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return msg("It changes the direction of the text, so that it reads otherwise than it is: delete it.")
    return msg("It does not show on a screen, and is often pasted from another program: delete it.")


def _lone_return(notes: Collector, place: Place, character: str) -> str:
    notes.add(
        "QP006",
        place,
        msg(
            "The character {code} ({name}) is not allowed.",
            code=code_point(character),
            name=name_of(character),
        ),
        msg("It is a line end of old systems: save the file again with Unix (LF) or Windows (CRLF) line ends."),
    )
    return "QP006"


def _tab(notes: Collector, place: Place, _character: str) -> str:
    notes.add(
        "QP008",
        place,
        msg("A tab is not allowed: files are laid out with spaces only."),
        msg("Replace the tab by spaces."),
    )
    return "QP008"


def _check_lines(text: str, notes: Collector) -> bool:
    """Whether the text can be parsed: no line too long, no conflict, one document without directives."""
    fine = _check_line_length(text, notes)
    starts = [0] if _MARKER.match(text) else []
    starts += [found.end() for found in _LINE_MARKER.finditer(text)]
    if not starts:
        return fine
    first_content = _BEFORE_CONTENT.match(text)
    allowed_start = first_content.end() if first_content else 0
    for start in starts:
        word = _MARKER.match(text, start)[0]  # type: ignore[index]  # each start is where it matches
        is_first = word == "---" and start == allowed_start
        if is_first or (word == "..." and start == starts[-1] and _only_comments(text[start + 3 :])):
            continue
        fine = False
        code = "QP007" if len(word) == _CONFLICT_LENGTH else "QP004"
        if notes.is_full(code):
            notes.add_more(code)
        else:
            _report_marker(notes, place_at(text, start, start + len(word)), word)
    return fine


def _report_marker(notes: Collector, place: Place, word: str) -> None:
    if word == "%":
        notes.add(
            "QP004",
            place,
            msg("A line that starts with % is a YAML directive, which is not allowed."),
            msg("Delete the line, or put the text in quotes."),
        )
    elif len(word) < _CONFLICT_LENGTH:
        notes.add(
            "QP004",
            place,
            msg("A file holds one document: {marker} cannot come after its start.", marker=word),
            msg("Delete this line, or move what follows to a file of its own."),
        )
    else:
        notes.add(
            "QP007",
            place,
            msg("This line is a mark of a merge conflict: {marker}", marker=word),
            msg(
                "Keep the version you want and delete the lines {a}, {b} and {c}.",
                a="<<<<<<<",
                b="=======",
                c=">>>>>>>",
            ),
        )


def refuse_emptiness(notes: Collector) -> None:
    """Report a file that says nothing."""
    notes.add("QP011", START, msg("The file is empty."), msg("Write at least one line “key: value”."))


def _check_line_length(text: str, notes: Collector) -> bool:
    position = 0
    while len(text) - position > MAX_LENGTH:
        end = text.rfind("\n", position, position + MAX_LENGTH + 1)
        if end < 0:
            refuse_length(notes, place_at(text, position))
            return False
        position = end + 1
    return True


def refuse_length(notes: Collector, place: Place) -> None:
    """Report a line or a value that is too long."""
    notes.add(
        "QP012",
        place,
        msg("This text is longer than {limit} characters.", limit=MAX_LENGTH),
        msg("Break it into shorter lines or values."),
    )


def _only_comments(rest: str) -> bool:
    return all(line.isspace() or not line or line.lstrip(" ").startswith("#") for line in rest.split("\n"))
