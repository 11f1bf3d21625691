"""What each field of a declared thing holds: its annotation taken apart, for whatever reads or writes its values."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from qp_cli.model.base import UNSAID, Bounds, Declared, Read, Tags, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_BOUNDS = Bounds()


class Simple:
    """A text, true or false, a whole number or a day, within bounds."""

    __match_args__ = ("kind", "bounds")

    def __init__(self, kind: type, bounds: Bounds) -> None:
        self.kind = kind
        self.bounds = bounds


class Parsed:
    """What a function of ours makes of a text."""

    __match_args__ = ("read",)

    def __init__(self, read: Read) -> None:
        self.read = read


class Among:
    """One of some texts."""

    __match_args__ = ("texts",)

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts


class ChoiceForm:
    """A member of an enumeration."""

    __match_args__ = ("kind",)

    def __init__(self, kind: type[StrEnum]) -> None:
        self.kind = kind


class Maybe:
    """A value, or nothing."""

    __match_args__ = ("inner",)

    def __init__(self, inner: Form) -> None:
        self.inner = inner


class Several:
    """Any number of values, within bounds."""

    __match_args__ = ("inner", "bounds")

    def __init__(self, inner: Form, bounds: Bounds) -> None:
        self.inner = inner
        self.bounds = bounds


class OneOf:
    """A value of one of several forms, each with its tag."""

    __match_args__ = ("choices", "told")

    def __init__(self, choices: Mapping[str, Form], told: Tags) -> None:
        self.choices = choices
        self.told = told


class ThingForm:
    """A declared thing."""

    __match_args__ = ("kind",)

    def __init__(self, kind: type[Declared]) -> None:
        self.kind = kind


Form: TypeAlias = Simple | Parsed | Among | ChoiceForm | Maybe | Several | OneOf | ThingForm


class Field:
    """A field of a declared thing.

    Attributes:
        name: of its attribute.
        key: of the file.
        default: its value where nothing is said; `UNSAID` where something must be.
    """

    def __init__(self, kind: type[Declared], name: str) -> None:
        self.name = name
        self.key = key_of(name)
        self.default = kind.defaults[name]
        self._kind = kind

    @cached_property
    def form(self) -> Form:
        """What it holds."""
        return field_form(self._kind.annotations[self.name], self._kind.__module__)

    @property
    def is_required(self) -> bool:
        """Whether something must be said."""
        return self.default is UNSAID


@cache
def fields_of(kind: type[Declared]) -> tuple[Field, ...]:
    """The fields of a class, in their order."""
    return tuple(Field(kind, name) for name in kind.annotations)


def field_form(annotation: Any, module: str = "") -> Form:  # noqa: ANN401 - annotations are of any kind
    """What an annotation allows; one that is a name is looked up in its module."""
    if isinstance(annotation, str):
        annotation = vars(sys.modules[module])[annotation]
    if get_origin(annotation) is not Annotated:
        return _bare(annotation, NO_BOUNDS, module)
    bare, *marks = get_args(annotation)
    match marks[-1]:
        case Read() as read:
            return Parsed(read)
        case Tags() as told:
            members = get_args(bare)
            tags = told.tags or [get_args(each.annotations[told.by])[0] for each in members]
            return OneOf({tag: field_form(each, module) for tag, each in zip(tags, members, strict=True)}, told)
        case bounds:
            return _bare(bare, bounds, module)


def _bare(annotation: Any, bounds: Bounds, module: str) -> Form:  # noqa: ANN401 - the same
    """What an annotation allows, its marks apart."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return Several(field_form(inside[0], module), bounds)
    if origin is Literal:
        return Among(inside)
    if origin in {Union, UnionType}:
        (inner,) = (each for each in inside if each is not NoneType)
        return Maybe(field_form(inner, module))
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return ThingForm(annotation)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ChoiceForm(annotation)
    if annotation in {str, bool, int, date}:
        return Simple(annotation, bounds)
    raise TypeError(annotation)
