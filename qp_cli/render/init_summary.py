"""A new repository: its files in the reader's language, and what its author is told."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from qp_cli.init.convention import QUARTIERS
from qp_cli.init.files import data_files, declare, other_files
from qp_cli.messages import msg
from qp_cli.render.editor_schemas import OWN_FILES, editor_settings, kept_text, proposed_in
from qp_cli.render.formats import escape_markdown
from qp_cli.render.layout import fold
from qp_cli.render.visible import visible
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.init.convention import Founding
    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention, Engagement, Event, Party
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation

_WIDTH = 98


def founded_files(
    founding: Founding, language: Language, source: str | None = None, convention: Convention | None = None
) -> dict[str, bytes]:
    """Every file of the repository by its path; the convention last, for one that is cut short to be none.

    Args:
        founding: what was answered.
        language: that of the files' comments.
        source: what pip installs qp from; None where that is to be filled in.
        convention: what the files declare, for editors to propose its ids.
    """
    declared = declare(founding)
    title = escape_markdown(" ".join(f"{declared['title']}, {declared.get('territory', '')}".strip(", ").split()))
    data = founded_data(founding, language)
    written = data.pop(CONVENTION)
    return {
        **other_files(declared, language.code, title, source),
        **editor_settings(),
        **_schemas(convention),
        **{f"data/{name}": content for name, content in data.items()},
        f"data/{CONVENTION}": written,
    }


def founded_data(founding: Founding, language: Language) -> dict[str, bytes]:
    """What qp reads of it: the convention, its sites, its journal."""
    preface = [language.text(each) for each in _PREFACE] if founding.template == QUARTIERS else []
    lines = [line for each in preface for line in fold(each, _WIDTH).splitlines()]
    return data_files(declare(founding), language.code, lines)


_PREFACE: tuple[Message, ...] = (
    msg(
        "Written by qp init from articles 1 to 4 of the convention of Aix-Marseille-Provence, under the names given: "
        "read every clause, party and date against the signed text."
    ),
)


def _schemas(convention: Convention | None) -> dict[str, bytes]:
    """What editors use, with the ids of the convention, as `qp schema --update` writes it."""
    ids = {name: proposed_in(name, convention, (), ()) if convention else {} for name in OWN_FILES.values()}
    return {f"schemas/{name}.schema.json": kept_text(name, ids[name]).encode() for name in ids}


def write_founded(
    folder: str, names: Iterable[str], now: Situation, language: Language, *, known: bool, source: str | None
) -> str:
    """What was written, under which ids, and what to type next; what is to be filled in where no `source` is known.

    `known` where git already holds the folder.
    """
    say = language.text
    lines = [say(msg("Written in {folder}:", folder=folder)), *(f"  {name}" for name in sorted(names)), ""]
    lines += _called(now, language)
    lines += ["", say(_installed_from(source))]
    lines += ["", say(msg("Next:")), *(f"  {each}" for each in _commands(folder, known=known))]
    return "".join(f"{line}\n" for line in lines)


def _installed_from(source: str | None) -> Message:
    files = ".gitlab-ci.yml, .github/workflows/qp.yml"
    if source:
        return msg("CI installs qp from {source} (QP_INSTALL in {files})", source=source, files=files)
    return msg("To fill in: where CI installs qp from, as QP_INSTALL in {files}, or with --qp-source", files=files)


def _called(now: Situation, language: Language) -> Iterator[str]:
    """The ids, which people will type, and the day the convention ends."""
    convention = now.convention
    parts: tuple[tuple[Message, Iterable[Party | Event | Engagement]], ...] = (
        (msg("Parties: {ids}", ids=_ids(convention.parties)), convention.parties),
        (msg("Events: {ids}", ids=_ids(convention.events)), convention.events),
        (msg("Engagements: {ids}", ids=_ids(convention.engagements)), convention.engagements),
    )
    yield from (language.text(message) for message, declared in parts if declared)
    if now.term and now.term.due:
        yield language.text(msg("Term: {day}", day=language.full_day(now.term.due)))


def _ids(declared: Iterable[Party | Event | Engagement]) -> str:
    return ", ".join(each.id for each in declared)


def _commands(folder: str, *, known: bool) -> Iterator[str]:
    if folder != ".":
        yield f"cd {shlex.quote(visible(folder))}"
    yield "qp check"
    if not known:
        yield "git init"
    yield "git add ."
    yield 'git commit -m "qp init"'
    yield "qp record"
