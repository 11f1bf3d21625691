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


def written(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """An error's path as the file has it: the keys and numbers of `loc`, without the tags of unions."""
    return tuple(_written(model, tuple(loc)))


def _written(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[str | int]:
    if not loc:
        return
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _written(get_args(annotation)[0], loc)
    elif origin in {Union, types.UnionType}:
        members = get_args(annotation)
        tagged = next((member for member in members if loc[0] in _tags(member)), None)
        yield from _written(tagged or members[0], loc[1:] if tagged else loc)
    else:
        yield loc[0]
        yield from _written(_inside(annotation, loc[0]), loc[1:])


def _at(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[Any]:
    """What an annotation allows at the end of a path; a union's tag, in the path, chooses its member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _at(get_args(annotation)[0], loc)
    elif origin in {Union, types.UnionType}:
        yield from _member(get_args(annotation), loc)
    elif not loc:
        yield annotation
    else:
        yield from _at(_inside(annotation, loc[0]), loc[1:])


def _inside(annotation: Any, item: str | int) -> Any:
    """What an annotation allows under a key, or at a number of a list; None when nothing is there."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        annotation.model_rebuild()  # where it was put off, its fields are still names
        for name, field in annotation.model_fields.items():
            if item in {field.alias, name}:
                return field.annotation
    return None


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
