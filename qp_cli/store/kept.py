"""What a repository declares, to an entry of the cache and back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qp_cli.model.as_json import UnfitError, reader, writer
from qp_cli.model.declarations import Declarations
from qp_cli.model.fields import field_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.model.fields import Form

ENTRY = "declarations"
"""What tells these entries from others with the same contents."""


@cache
def _forms() -> Mapping[str, Form]:
    from qp_cli.model.convention import Convention
    from qp_cli.model.journal import Journal
    from qp_cli.model.sites import Sites

    held = (Convention, Sites.annotations["sites"], Journal.annotations["facts"], int)
    return dict(zip(Declarations._fields, map(field_form, held), strict=True))


def to_plain(declared: Declarations) -> object:
    """What JSON can hold of it."""
    return {name: writer(form)(getattr(declared, name)) for name, form in _forms().items()}


def from_plain(found: object) -> Declarations | None:
    """What `to_plain` gave; None for anything that it cannot have given."""
    forms = _forms()
    if not isinstance(found, dict) or found.keys() != forms.keys():
        return None
    try:
        return Declarations(*(reader(form)(found[name]) for name, form in forms.items()))
    except (UnfitError, ValueError, RecursionError, OverflowError):
        return None
