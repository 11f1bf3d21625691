"""Which keys a model knows at a place, so that a misspelt one can be named."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the model that stands at `loc`, in the order they are declared; empty when none does."""
    keys: dict[str, None] = {}
    for found in _at(model, tuple(loc)):
        if isinstance(found, type) and issubclass(found, BaseModel):
            keys.update((field.alias or name, None) for name, field in found.model_fields.items())
    return list(keys)


def _at(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[Any]:
    """What an annotation allows at the end of a path; a union's tag, in the path, chooses its member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _at(get_args(annotation)[0], loc)
    elif origin in {Union, types.UnionType}:
        yield from _member(get_args(annotation), loc)
    elif origin is tuple and loc and isinstance(loc[0], int):
        yield from _at(get_args(annotation)[0], loc[1:])
    elif not loc:
        yield annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if loc[0] in {field.alias, name}:
                yield from _at(field.annotation, loc[1:])


def _member(members: tuple[Any, ...], loc: tuple[str | int, ...]) -> Iterator[Any]:
    for member in members:
        if loc and loc[0] in _tags(member):
            yield from _at(member, loc[1:])
            return
    for member in members:
        yield from _at(member, loc)


def _tags(member: Any) -> set[str]:
    """The names a member of a union goes by in an error's path."""
    if get_origin(member) is Annotated:
        return {mark.tag for mark in get_args(member)[1:] if isinstance(mark, Tag)}
    if isinstance(member, type) and issubclass(member, BaseModel):
        literals = (member.model_fields[name].annotation for name in ("kind", "change") if name in member.model_fields)
        return {str(value) for each in literals if get_origin(each) is Literal for value in get_args(each)}
    return set()
