"""From a tree of values to a model, every disagreement turned into a finding at its place."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from pydantic_core import ValidationError

from qp_cli.findings import Finding, Severity
from qp_cli.model.base import Declared
from qp_cli.model.reading import read
from qp_cli.store.yaml.findings import SHOWN_PER_CODE, more_like_those
from qp_cli.store.yaml.tree import YamlMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails

    from qp_cli.findings import Span
    from qp_cli.store.yaml.tree import Document

_Model = TypeVar("_Model", bound=Declared)
_ON_KEY = frozenset({"extra_forbidden"})
_UNUSABLE = "QP010"
"""The code of a number or a date that cannot be used, whatever it stands for."""


def validate(document: Document, model: type[_Model]) -> tuple[_Model | None, list[Finding]]:
    """The model a document declares, or None with everything that stands in its way."""
    if document.root is None:
        return None, []
    try:
        return read(model, _read_keys(document.root)), []
    except ValidationError as error:
        return None, _findings(document, model, error)


def merged(noted: Sequence[Finding], found: Iterable[Finding]) -> list[Finding]:
    """What reading a file noted and what its schema found: of a value that both refuse, one thing is said.

    It is what reading says of it, with what the schema says to do, which knows what stands there.
    """
    found = tuple(found)
    hints = {each.span: each.hint for each in found}
    refused = _refused(noted)
    kept = [
        each._replace(hint=hints[each.span]) if each.code == _UNUSABLE and each.span in hints else each
        for each in noted
    ]
    return [*kept, *(each for each in found if each.span not in refused)]


def read_alone(value: object, model: type[_Model]) -> _Model | None:
    """The model that a value declares; None where anything stands in its way."""
    try:
        return read(model, _read_keys(value))
    except ValidationError:
        return None


def _read_keys(value: object) -> object:
    """The same tree without the keys that are free (`x-`)."""
    if isinstance(value, YamlMap):
        return {key: _read_keys(item) for key, item in value.items() if not key.startswith("x-")}
    if isinstance(value, list):
        return [_read_keys(item) for item in value]
    return value


def _findings(document: Document, model: type[_Model], error: ValidationError) -> list[Finding]:
    """The first findings of each code in the order of the file, and how many more there are: the rest have no words.

    Those at a place that reading refused are told with what it says, and not counted.
    """
    from qp_cli.store.schema_messages import code_of

    details = error.errors(include_url=False)
    placed = [(_span(document, model, detail), detail) for detail in details if not _follows(detail, document, model)]
    refused = _refused(document.findings)
    found: list[Finding] = []
    counts: dict[str, int] = {}
    more: dict[str, int] = {}
    for span, detail in sorted(placed, key=itemgetter(0)):
        code = code_of(detail, model)
        count = counts[code] = counts.get(code, 0) + (span not in refused)
        if count <= SHOWN_PER_CODE or span in refused:
            found.append(_finding(document, model, detail, span))
        elif code not in more:
            more[code] = len(found)
            found.append(more_like_those(code, Severity.ERROR, 1, span))
    for code, place in more.items():
        found[place] = more_like_those(code, Severity.ERROR, counts[code] - SHOWN_PER_CODE, found[place].span)
    return found


def _refused(noted: Iterable[Finding]) -> set[Span]:
    """The places of the values that reading a file could not use, whatever they stand for."""
    return {each.span for each in noted if each.code == _UNUSABLE}


def _follows(detail: ErrorDetails, document: Document, model: type[Declared]) -> bool:
    """Whether it only follows from others: a list is short because what it holds was refused, or a key misplaced."""
    if detail["type"] in {"missing", "extra_forbidden", "union_tag_not_found"}:
        from qp_cli.store.misplaced_keys import follows_from_key
        from qp_cli.store.remedies import follows_from_place
        from qp_cli.store.schema_messages import known_keys, written

        path = written(model, detail["loc"])
        if follows_from_place(path, detail["type"], document.root, lambda: known_keys(model, detail["loc"][:-1])):
            return True
        known = known_keys(model, detail["loc"][:-1])
        return follows_from_key(path, detail["type"], document.root, known)
    value, least = detail["input"], detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(value, list) and len(value) >= least


def _finding(document: Document, model: type[_Model], detail: ErrorDetails, span: Span) -> Finding:
    from qp_cli.store.schema_messages import explain_disagreement

    why = explain_disagreement(detail, model, document.root)
    return Finding(why.code, Severity.ERROR, why.message, span, why.hint)


def _span(document: Document, model: type[_Model], detail: ErrorDetails) -> Span:
    from qp_cli.store.schema_messages import told_apart_by, written

    loc = written(model, detail["loc"])
    if detail["type"] == "missing":
        loc = loc[:-1]
    elif detail["type"] == "union_tag_invalid":
        loc = (*loc, told_apart_by(detail))
    return document.span(loc, key=detail["type"] in _ON_KEY)
