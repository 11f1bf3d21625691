"""What `qp record --from` answers: what each line of the file says, and the cells that are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.app.filled_sheets import cell_address
from qp_cli.app.follow_up import FOLLOW_UP_HEADINGS
from qp_cli.messages import msg
from qp_cli.names import key
from qp_cli.render.language import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from qp_cli.app.filled_sheets import FilledLine, Refusal
    from qp_cli.app.follow_up import FollowUp
    from qp_cli.tracking.people import Directory

_OPTION = re.compile(r"^--proof\s*:\s*")
"""How the command line calls what a cell holds here."""


def headings_in_every_language() -> dict[str, FollowUp]:
    """The columns that are read back, by their headings as `names.key` folds them, whatever the reader's language."""
    codes: tuple[Any, ...] = LANGUAGES
    languages = [Language(code) for code in codes]
    return {
        key(language.text(heading)): column for language in languages for column, heading in FOLLOW_UP_HEADINGS.items()
    }


def write_refusals(refusals: Iterable[Refusal], language: Language) -> str:
    """A line for each cell that cannot be taken: where it is, and why."""
    lines = (
        language.text(msg("{cell}: {text}", cell=cell_address(place), text=_OPTION.sub("", language.text(why))))
        for place, why in refusals
    )
    return "".join(f"{line}\n" for line in lines)


def write_lines(lines: Iterable[FilledLine], directory: Directory, language: Language) -> str:
    """A line for each fact: its cell, the obligation, its day, who, what shows it."""
    return "".join(f"{_line(each, directory, language)}\n" for each in lines)


def _line(line: FilledLine, directory: Directory, language: Language) -> str:
    fact = line.fact
    proof: Mapping[str, object] = found if isinstance(found := fact.get("proof"), dict) else {}
    shown = proof.get("file") or proof.get("url")
    by = directory.label(str(fact["by"])) if fact.get("by") else None
    told = msg("{cell}: {id}, {day}", cell=cell_address(line.place), id=line.target, day=fact["on"])
    more = [language.part(str(each)) for each in (by, shown, fact.get("note")) if each]
    return ", ".join([language.text(told), *more])
