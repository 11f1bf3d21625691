"""Rewrites qp_cli/model/layout.py from the models: what values kept without Pydantic hold."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from textwrap import indent, wrap
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from qp_cli.law.periods import Period, WorkingDays
from qp_cli.model import traits
from qp_cli.model.base import Declared
from qp_cli.model.convention import Convention
from qp_cli.model.journal import Journal
from qp_cli.model.keeping import plain
from qp_cli.model.sites import Sites

PATH = Path(__file__).resolve().parents[1] / "qp_cli" / "model" / "layout.py"
HEADER = '''\
"""What each model holds, for values read without Pydantic. Written by scripts/layout.py: change the models.

For each model: its traits, its constants, and its fields, each with its form and with its value, as JSON has it, where
nothing is said; `...` where something must be.
"""

from typing import Any, Final

# fmt: off
# ruff: noqa: E501
'''
OPENING = """

LAYOUT: Final[dict[str, tuple[tuple[str, ...], dict[str, str], tuple[tuple[str, Any, Any], ...]]]] = {
"""
Entry = tuple[tuple[str, ...], dict[str, Any], list[tuple[str, Any, Any]]]
LONG = 60
WIDTH = 112
GLUE = "\ue000"
SIMPLE = {str: "text", bool: "flag", int: "number", date: "day", Period: "period"}
TRAITS = {
    each: name for name, each in vars(traits).items() if isinstance(each, type) and name in ("Effective", "Labelled")
}


def main() -> int:
    """Writes the file, or with `--check` says whether it is in step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when the file is out of step")
    text = layout()
    if parser.parse_args().check:
        if PATH.read_text("utf-8") != text:
            print(f"{PATH.name} is out of step with the models: python scripts/layout.py")
            return 1
        return 0
    PATH.write_text(text, "utf-8", newline="\n")
    print(f"wrote {PATH}")
    return 0


def layout() -> str:
    """The whole file."""
    found: dict[str, Entry] = {}
    waiting: list[type[Declared]] = [Convention, Sites, Journal]
    for model in waiting:
        if model.__name__ not in found:
            found[model.__name__] = entry(model, waiting)
    forms = {each for one in found.values() for _, each, _ in one[2] if len(source(each)) > LONG}
    named = {source(each): f"_{number}" for number, each in enumerate(sorted(forms, key=repr))}
    lines = [f"{name} = {each}" for each, name in named.items()]
    models = [written(name, found[name], named) for name in sorted(found)]
    return HEADER + "\n".join(lines) + OPENING + "".join(models) + "}\n"


def entry(model: type[Declared], waiting: list[type[Declared]]) -> Entry:
    """The traits, the constants and the fields of one model; those that its fields hold are put on the list."""
    hints = get_type_hints(model)
    parents = tuple(TRAITS[each] for each in model.__mro__ if each in TRAITS)
    constants = {name: getattr(model, name) for name in sorted(model.__class_vars__)}
    fields = []
    for name, field in model.model_fields.items():
        holds = form(hints[name], waiting)
        fields.append((name, holds, ... if field.is_required() else plain(holds, field.get_default())))
    return parents, constants, fields


def written(name: str, found: Entry, named: dict[str, str]) -> str:
    """One model as the file has it, long forms by the names they have there."""
    parents, constants, fields = found
    parts = [
        f"({source(field)}, {named.get(source(each)) or source(each)}, {'...' if default is ... else source(default)})"
        for field, each, default in fields
    ]
    text = "\n".join(wrap(", ".join(part.replace(" ", GLUE) for part in parts) + ",", WIDTH)).replace(GLUE, " ")
    return f"    {source(name)}: ({source(parents)}, {source(constants)}, (\n{indent(text, ' ' * 8)}\n    )),\n"


def source(value: object) -> str:
    """A value as Python writes it, with the quotes we use."""
    return repr(value).replace("'", '"')


def form(hint: Any, waiting: list[type[Declared]]) -> Any:  # noqa: ANN401 - annotations are of any kind
    """The form of an annotation: a word, or a word and what it holds."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) is tuple:
        return "many", form(get_args(hint)[0], waiting)
    if get_origin(hint) is Literal:
        return "among", get_args(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "choice", hint.__name__
    if isinstance(hint, type) and issubclass(hint, Declared):
        waiting.append(hint)
        return "model", hint.__name__
    choices = get_args(hint)
    if NoneType in choices:
        return "maybe", form(without_none(hint), waiting)
    if set(choices) == {Period, WorkingDays}:
        return "delay"
    return "one", tuple(form(each, waiting) for each in choices)


def without_none(hint: Any) -> Any:  # noqa: ANN401 - the same
    """A union without None."""
    others = [each for each in get_args(hint) if each is not NoneType]
    union = others[0]
    for each in others[1:]:
        union |= each
    return union


if __name__ == "__main__":
    sys.exit(main())
