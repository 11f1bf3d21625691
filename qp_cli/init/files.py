"""The files of a new repository: filled in from templates, and written where there were none, all of them or none."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qp_cli.errors import UsageError
from qp_cli.init.convention import QUARTIERS, declare_blank, declare_inherited
from qp_cli.messages import msg
from qp_cli.store.atomic_writing import confirm
from qp_cli.store.journal_text import block_entry, block_lines, inline
from qp_cli.store.places import CONVENTION, JOURNAL, SITES, reason
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qp_cli.init.convention import Founding


_TEMPLATES = Path(__file__).resolve().parent / "templates"
_PLACE = re.compile(r"\{\{([a-z]+)\}\}")
_LINE = re.compile(rf"^{_PLACE.pattern}\n", re.MULTILINE)
_HEAD = ("format", "id", "title", "territory")
_SETTINGS = ("regime", "zone", "due_soon_days", "approval", "signature")
_LISTS = ("events", "parties", "groups", "roles", "engagements")
_CI = {"gitlab-ci.yml": ".gitlab-ci.yml", "github.yml": ".github/workflows/qp.yml"}
_PLAIN = {
    "pre-commit-config.yaml": ".pre-commit-config.yaml",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "dependabot.yml": ".github/dependabot.yml",
}
UNKNOWN_SOURCES = {
    "fr": f"git+https://a-remplir.invalid/qp.git@v{__version__}",
    "en": f"git+https://to-fill-in.invalid/qp.git@v{__version__}",
}
"""What stands for the place that CI installs qp from, by language: an address that is nobody's, ever, and says so."""
_SOME_ENGAGEMENT = "ENGAGEMENT"


def declare(founding: Founding) -> dict[str, Any]:
    """The convention that a founding makes, as it will be read."""
    return declare_inherited(founding) if founding.template == QUARTIERS else declare_blank(founding)


def data_files(declared: Mapping[str, Any], language: str, preface: Iterable[str] = ()) -> dict[str, bytes]:
    """The convention, its sites and its journal by name; the preface is a comment, line by line."""
    parts = {
        "preface": "".join(f"\n# {line}" for line in preface) + ("\n#" if preface else ""),
        "head": _block({name: declared[name] for name in _HEAD if name in declared}),
        "settings": _block({name: declared[name] for name in _SETTINGS if name in declared}),
        "term": _block({"term": declared["term"]}) if "term" in declared else "",
        **{name: _list(name, declared.get(name)) for name in _LISTS},
    }
    return {
        CONVENTION: fill("convention.yaml", language, parts),
        SITES: fill("sites.yaml", language, {}),
        JOURNAL: fill("journal.yaml", language, {"example": example(declared)}),
    }


def other_files(declared: Mapping[str, Any], language: str, title: str, source: str | None) -> dict[str, bytes]:
    """What stands around the data, by path.

    Args:
        declared: the convention.
        language: fr or en.
        title: the heading of its README, ready to stand in Markdown.
        source: what pip installs qp from; None where that is to be filled in.
    """
    missing = UNKNOWN_SOURCES[language]
    by_setting = f"${{{{ vars.QP_INSTALL || '{missing}' }}}}"
    install = {"gitlab-ci.yml": inline(source or missing), "github.yml": inline(source or by_setting)}
    to_fill = None if source else ""
    about = {"title": title, "example": example(declared), "undated": None if _is_signed(declared) else ""}
    return {
        "README.md": fill("README.md", language, about),
        **{path: fill(name, language, {"source": install[name], "absent": to_fill}) for name, path in _CI.items()},
        ".gitlab/qp.yml": _gitlab(language).read_bytes(),
        **{path: fill(name, language, {}) for name, path in _PLAIN.items()},
    }


def _is_signed(declared: Mapping[str, Any]) -> bool:
    """Whether the signature is dated, or no event is one."""
    signature = declared.get("signature")
    return all("date" in each for each in declared.get("events", ()) if each["id"] == signature)


def example(declared: Mapping[str, Any]) -> str:
    """The id of an engagement that can serve as an example: one that is fulfilled once, where there is one."""
    engagements = declared.get("engagements") or [{"id": _SOME_ENGAGEMENT, "kind": ""}]
    once = [each["id"] for each in engagements if each["kind"] == "one-off"]
    return str((once or [engagements[0]["id"]])[0])


def fill(name: str, language: str, parts: Mapping[str, str | None]) -> bytes:
    """A template with its places filled; what is put in a place is not looked at again.

    A line that is a place alone goes where that is empty, and any line with a place that None is put in.
    """
    text = (_TEMPLATES / language / name).read_text("utf-8")
    kept = _LINE.sub(lambda found: found[0] if parts[found[1]] else "", text)
    lines = [each for each in kept.splitlines(keepends=True) if not _is_left_out(each, parts)]
    return _PLACE.sub(lambda found: parts[found[1]] or "", "".join(lines)).encode()


def _is_left_out(line: str, parts: Mapping[str, str | None]) -> bool:
    return any(parts[name] is None for name in _PLACE.findall(line))


def _block(mapping: Mapping[str, Any]) -> str:
    return "\n".join(block_lines(mapping))


def _list(name: str, items: list[dict[str, Any]] | None) -> str:
    """A list of mappings; engagements stand apart from each other."""
    if items is None:
        return ""
    if not items:
        return f"{name}: []"
    between = "\n\n" if name == "engagements" else "\n"
    return f"{name}:\n" + between.join("\n".join(block_entry(item, 2)) for item in items)


def _gitlab(language: str) -> Path:
    """The template of GitLab's jobs, commented in a language: inside the package, else beside it in a source tree."""
    package = Path(__file__).resolve().parent.parent
    name = "gitlab-ci.fr.yml" if language == "fr" else "gitlab-ci.yml"
    inside = package / "templates" / name
    return inside if inside.is_file() else package.parent / "templates" / name


def refuse_what_is_there(folder: Path, names: Iterable[str]) -> None:
    """Looks for anything that stands where the files would.

    Raises:
        UsageError: there is something, which is named; or the folder is no folder, or out of reach.
    """
    try:
        if b"\0" in os.fsencode(folder):
            raise UsageError(msg("{file} is no folder.", file=str(folder)))
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(msg("{file} is no folder.", file=str(folder)))
        taken = sorted({path.relative_to(folder).as_posix() for name in names for path in _in_the_way(folder, name)})
    except OSError as error:
        raise _unwritable(folder, error) from error
    except ValueError as error:  # a name that no system takes
        raise UsageError(msg("{file} is no folder.", file=str(folder))) from error
    if taken:
        problem = msg("Nothing was written: {folder} already has {names}.", folder=str(folder), names=", ".join(taken))
        raise UsageError(problem)


def _in_the_way(folder: Path, name: str) -> Iterator[Path]:
    """The file itself where it exists, or the first folder above it that is none, or that leads elsewhere."""
    path = folder / name
    for above in reversed([each for each in path.parents if each != folder and each.is_relative_to(folder)]):
        if os.path.lexists(above) and (above.is_symlink() or not above.is_dir()):
            yield above
            return
    if os.path.lexists(path):
        yield path


def in_git(folder: Path) -> bool:
    """Whether the folder, or one above it, already holds a git repository."""
    with suppress(OSError):
        where = folder.resolve()
        return any((each / ".git").exists() for each in (where, *where.parents))
    return False


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files, in their order, and the folders they need; they are on the disk when this returns.

    Raises:
        UsageError: one of them exists, or cannot be written; all that was written is gone again.
    """
    refuse_what_is_there(folder, files)
    made: list[Path] = []
    try:
        for name, data in files.items():
            path = folder / name
            _make_folder(path.parent, made)
            with path.open("xb") as stream:
                made.append(path)
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for parent in {(folder / name).parent for name in files}:
            confirm(parent)
    except BaseException as error:
        _unmake(made)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Makes a folder and those above it, each noted once it is ours."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _unmake(made: list[Path]) -> None:
    """Takes away what was made, last first; a folder into which somebody else put a file stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(msg("{file} cannot be written: {reason}", file=str(folder), reason=reason(error)))
