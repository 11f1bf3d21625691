"""What a file that is there holds, by its first bytes and its name, where something else is to be written over it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

FORM_ENDINGS = {
    "html": (".html", ".htm", ".xhtml"),
    "xlsx": (".xlsx",),
    "ics": (".ics", ".ical"),
    "csv": (".csv",),
    "md": (".md", ".markdown"),
    "json": (".json",),
}
"""How the names of files end that hold each form of an answer."""
OTHER_ENDINGS = (".pdf", ".doc", ".docx", ".odt", ".xls", ".ods")
"""How the names of files end that no answer is."""
_KNOWN = frozenset((*OTHER_ENDINGS, *(each for endings in FORM_ENDINGS.values() for each in endings)))
_STARTS = {
    b"%PDF": "pdf",
    b"BEGIN:VCALENDAR": "ics",
    b"<!DOCTYPE HTML": "html",
    b"<HTML": "html",
    b"{": "json",
    b"[": "json",
}
"""What files begin with, blanks aside and in capitals, for what they hold."""
_BEGUN = frozenset(_STARTS.values()) | {"xlsx"}
"""The forms that are told by their beginning."""
_TOLD_BY_NAME = frozenset((*OTHER_ENDINGS, *(e for form in FORM_ENDINGS.keys() - _BEGUN for e in FORM_ENDINGS[form])))
"""How the names end of what its beginning does not tell."""
_HELD = {"gitlab": "json", "sarif": "json"}
"""What some forms of an answer are written in."""
_SHOWN = {"table": "TXT", "text": "TXT"}
_HEAD = 1024
"""The bytes of a file that are looked at."""


def refuse_other_form(path: Path, form: str) -> None:
    """Looks whether the file in whose place an answer is to be written holds something else than its form.

    Args:
        path: where it is to be written.
        form: the form of the answer.

    Raises:
        UsageError: it does, and stays as it is.
    """
    head = b""
    with suppress(OSError, ValueError):  # what cannot be looked at, writing says
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(_HEAD)
    ending = path.suffix.casefold()
    if head.strip() and _is_other(_form_of(head, ending), ending, _HELD.get(form, form)):
        raise UsageError(
            msg(
                "{path} is there and holds something else than {form}: nothing was written. Name another file.",
                path=str(path),
                form=_SHOWN.get(form, form.upper()),
            )
        )


def _is_other(held: str | None, ending: str, form: str) -> bool:
    """Whether what a file holds is of another form.

    A text of no known beginning, None, is what its name ends with. A name of what begins otherwise tells nothing: that
    may be an earlier answer, which is written again.
    """
    if held:
        return held != form
    told = _KNOWN if form in _BEGUN else _TOLD_BY_NAME
    return ending in told.difference(FORM_ENDINGS.get(form, FORM_ENDINGS["md"]))


def is_of_other(path: Path, form: str) -> bool:
    """Whether the name of a file ends as those of another form than this one do."""
    return path.suffix.casefold() in _KNOWN.difference(FORM_ENDINGS[form])


def _form_of(head: bytes, ending: str) -> str | None:
    """What begins so: a form of answers, or another name for what none of them is; None for any other text."""
    if head.startswith(b"PK"):
        return "zip" if ending in {".zip", *OTHER_ENDINGS} else "xlsx"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().upper()
    for beginning, form in _STARTS.items():
        if start.startswith(beginning):
            return form
    return "binary" if b"\0" in head else None
