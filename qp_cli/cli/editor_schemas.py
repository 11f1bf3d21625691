"""The schemas that a repository keeps for its editors: written where it asks for them, and told when out of step."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg
from qp_cli.render.editor_schemas import KEPT, OWN_FILES, kept_text, origin_of, proposed_in
from qp_cli.store.places import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qp_cli.cli.session import Session
    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.proposed_ids import ProposedIds
    from qp_cli.model.sites import Site

_SCHEMAS = "schemas"
_HEAD = 300
"""Bytes of a schema within which its origin stands."""


class SchemaSource(NamedTuple):
    """What the files of a folder declare."""

    convention: Convention
    sites: Sequence[Site]
    facts: Sequence[Fact]

    def ids(self, name: str) -> ProposedIds:
        """The ids that the file of a schema can name."""
        return proposed_in(name, *self)


def schema_source(folder: Path) -> SchemaSource:
    """What a folder declares; a reference may still lead nowhere, for that is when ids are looked for.

    Raises:
        BrokenRepositoryError: a file cannot be read as what it should be.
        RepositoryError: a file cannot be opened.
    """
    from qp_cli.app.opening import shown_path
    from qp_cli.checks.blocking import broken
    from qp_cli.store.repository import read_repository

    read = read_repository(folder, shown_path(folder))
    if read.convention is None or read.sites is None or read.facts is None:
        raise broken(read.findings)
    return SchemaSource(read.convention, read.sites, read.facts)


def schema_path(folder: Path, name: str) -> Path:
    """Where the files of a convention look for a schema: `schemas/` beside its `data`, else inside its folder."""
    top = folder.parent if folder.name == DATA else folder
    return top / _SCHEMAS / f"{name}.schema.json"


def update_schemas(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Writes the schemas of a convention with its ids, whether they were there or not; those written.

    Raises:
        UsageError: one of them cannot be written, or is none that qp made.
        QpError: the files cannot be read.
    """
    parts = schema_source(folder)
    paths = {name: schema_path(folder, name) for name in names}
    for path in paths.values():
        if _origin(path) is None and (path.is_symlink() or path.exists()):
            raise UsageError(msg("{file} is no schema that qp wrote: it is left as it is.", file=str(path)))
    for name, path in paths.items():
        if _write(path, kept_text(name, parts.ids(name))):
            yield path


def refresh_schemas(folder: Path, session: Session) -> None:
    """Writes anew the schemas of a convention that are kept and out of step; what stands in the way is only said."""
    from qp_cli.cli.output import say

    try:
        if kept := _kept(folder):
            parts = schema_source(folder)
            for name, path in kept.items():
                if origin_of(name, parts.ids(name)) not in (_origin(path) or ""):
                    _write(path, kept_text(name, parts.ids(name)))
    except (QpError, OSError) as error:
        problem = error.message if isinstance(error, QpError) else str(error)
        say(session.language.text(msg("qp: warning: {problem}", problem=problem)))


def stale_schemas(folder: Path, session: Session) -> list[Path]:
    """The kept schemas of a convention that no longer hold its ids; none while its files have errors."""
    with suppress(QpError, OSError):
        if kept := _kept(folder):
            origins = _origins(folder, session)
            return [path for name, path in kept.items() if origins[name] not in (_origin(path) or "")]
    return []


def _origins(folder: Path, session: Session) -> dict[str, str]:
    """What the schemas of a convention would say they were made by, from its files or from what was kept of them."""
    from qp_cli.store.cache import entry_key
    from qp_cli.store.files import read_files

    cache, entry = session.cache(folder), entry_key(read_files(folder), _SCHEMAS)
    found = cache.load(entry)
    names = [*OWN_FILES.values()]
    if isinstance(found, dict) and [*found] == names:
        return found
    parts = schema_source(folder)
    origins = {name: origin_of(name, parts.ids(name)) for name in names}
    cache.keep(entry, origins)
    return origins


def _kept(folder: Path) -> dict[str, Path]:
    """The schemas that a repository asks to be kept in step, by name."""
    paths = {name: schema_path(folder, name) for name in OWN_FILES.values()}
    return {name: path for name, path in paths.items() if KEPT in (_origin(path) or "")}


def _origin(path: Path) -> str | None:
    """The head of a schema that qp made; None for any other file, a link, or none."""
    from qp_cli.store.files import open_plain

    try:
        if path.is_symlink() or path.parent.is_symlink():
            return None
        with open_plain(path) as stream:
            head = stream.read(_HEAD).decode(errors="replace")
    except OSError:
        return None
    return head if '"$comment": "Generated by: qp schema' in head else None


def _write(path: Path, text: str) -> bool:
    """Writes a schema where it is not so already; whether it did."""
    from qp_cli.store.atomic_writing import write_answer

    data = text.encode()
    with suppress(OSError):
        if path.read_bytes() == data:
            return False
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        from qp_cli.store.places import reason

        raise UsageError(msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))) from error
    write_answer(path, data)
    return True
