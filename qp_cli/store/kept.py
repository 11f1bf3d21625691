"""What a repository declares, to an entry of the cache and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.keeping import UnfitError, plain, read
from qp_cli.model.layout import LAYOUT

if TYPE_CHECKING:
    from qp_cli.model.convention import Convention
    from qp_cli.model.journal import Fact
    from qp_cli.model.sites import Site

ENTRY = "declarations"
"""What tells these entries from others with the same contents."""
_FORMS = {"convention": ("model", "Convention")} | {
    name: next(form for field, form, _ in LAYOUT[model][2] if field == name)
    for name, model in (("sites", "Sites"), ("facts", "Journal"))
}
_FORMS["unheeded"] = "number"


class Declarations(NamedTuple):
    """All that a repository without errors declares; `unheeded` of its facts count for nothing as they are written."""

    convention: Convention
    sites: tuple[Site, ...]
    facts: tuple[Fact, ...]
    unheeded: int = 0


def to_plain(declared: Declarations) -> object:
    """What JSON can hold of it."""
    return {name: plain(form, getattr(declared, name)) for name, form in _FORMS.items()}


def from_plain(found: object) -> Declarations | None:
    """What `to_plain` gave; None for anything that it cannot have given."""
    if not isinstance(found, dict) or found.keys() != _FORMS.keys():
        return None
    try:
        values = {name: read(form, found[name]) for name, form in _FORMS.items()}
    except (UnfitError, ValueError, RecursionError, OverflowError):
        return None
    return Declarations(**values)
