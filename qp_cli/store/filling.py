"""The files of a new repository: templates, in French or English, with what the convention says in its places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qp_cli.store.facts import block_lines, inline
from qp_cli.store.founding import QUARTIERS, declare_blank
from qp_cli.store.inherited import declare_inherited
from qp_cli.store.insertion import block_entry
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qp_cli.store.founding import Founding

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
}
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
        source: what pip installs qp from; None where that is still to be set.
    """
    install = {"gitlab-ci.yml": inline(source or ""), "github.yml": inline(source or "${{ vars.QP_INSTALL }}")}
    return {
        "README.md": fill("README.md", language, {"title": title, "example": example(declared)}),
        **{path: fill(name, language, {"source": install[name]}) for name, path in _CI.items()},
        ".gitlab/qp.yml": _gitlab().read_bytes(),
        **{path: fill(name, language, {}) for name, path in _PLAIN.items()},
    }


def example(declared: Mapping[str, Any]) -> str:
    """The id of an engagement that can serve as an example: one that is fulfilled once, where there is one."""
    engagements = declared.get("engagements") or [{"id": _SOME_ENGAGEMENT, "kind": ""}]
    once = [each["id"] for each in engagements if each["kind"] == "one-off"]
    return str((once or [engagements[0]["id"]])[0])


def fill(name: str, language: str, parts: Mapping[str, str]) -> bytes:
    """A template with its places filled; what is put in a place is not looked at again."""
    text = (_TEMPLATES / language / name).read_text("utf-8")
    kept = _LINE.sub(lambda found: found[0] if parts[found[1]] else "", text)
    return _PLACE.sub(lambda found: parts[found[1]], kept).encode()


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


def _gitlab() -> Path:
    """The template of GitLab's jobs: inside the package, else beside it in a source tree."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates" / "gitlab-ci.yml"
    return inside if inside.is_file() else package.parent / "templates" / "gitlab-ci.yml"
