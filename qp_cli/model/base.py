"""What every declared thing is: one plain class, whether a file or the cache gave its values; and their shapes."""

from __future__ import annotations

import sys
from datetime import date
from operator import attrgetter
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NoReturn,
    TypeVar,
    dataclass_transform,
    get_origin,
)

from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.law.periods import Delay, Period, WorkingDays, parse_delay, parse_period
from qp_cli.names import ID_LENGTH, ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TEXT_PATTERN = r"\S"
ADDRESS_PATTERN = r"^https?://\S+$"
UNSAID = object()
"""Stands for the value of a field that must always be said."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class DeclaredType(type):
    """Makes of a class's annotations its fields, after those of its parent.

    Attributes:
        annotations: of each field, in their order.
        defaults: the value of each field where nothing is said; `UNSAID` where something must be.
        said: what takes the values of all fields from a thing; of one field, its value alone.
    """

    annotations: Mapping[str, Any]
    defaults: Mapping[str, object]
    said: Callable[[Any], Any]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> DeclaredType:
        """The class."""
        own = {key: each for key, each in _annotated(namespace).items() if get_origin(each) is not ClassVar}
        defaults = {key: namespace.pop(key, UNSAID) for key in own}
        namespace["__slots__"] = tuple(own)
        made = super().__new__(cls, name, bases, namespace)
        if bases and isinstance(parent := bases[0], DeclaredType):
            own, defaults = {**parent.annotations, **own}, {**parent.defaults, **defaults}
        made.annotations, made.defaults = own, defaults
        made.said = attrgetter(*defaults) if defaults else id
        return made


def _annotated(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """The annotations of a class that is being made: texts where its module has them evaluated later."""
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotate_from_class_namespace

        if annotate := get_annotate_from_class_namespace(namespace):
            return annotate(Format.VALUE)
    found: Mapping[str, Any] = namespace.get("__annotations__", {})
    return found


class Declared(metaclass=DeclaredType):
    """A declared thing: nothing changes it, and it equals what is of its class and says the same."""

    def __init__(self, **values: object) -> None:
        kind = type(self)
        said = {**kind.defaults, **values}
        wrong = [name for name, value in said.items() if value is UNSAID or name not in kind.defaults]
        if wrong:
            raise TypeError(kind.__name__, *wrong)
        for name, value in said.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if type(other) is not kind:
            return NotImplemented
        return self is other or kind.said(self) == kind.said(other)

    def __hash__(self) -> int:
        return hash(type(self).said(self))

    def __copy__(self) -> Declared:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return make, (type(self), dict(values_of(self)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in values_of(self).items())
        return f"{type(self).__name__}({values})"


_Thing = TypeVar("_Thing", bound=Declared)


def make(kind: type[_Thing], values: Mapping[str, object]) -> _Thing:
    """A thing of a class, from a value for each of its fields."""
    made = object.__new__(kind)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


def values_of(thing: Declared) -> Mapping[str, object]:
    """What a thing holds, by the names of its fields, in their order."""
    return {name: getattr(thing, name) for name in type(thing).defaults}


def replaced(thing: _Thing, **changes: object) -> _Thing:
    """The same with some fields changed."""
    return type(thing)(**{**values_of(thing), **changes})


def key_of(field: str) -> str:
    """The key under which a file has a field: its name, which no word of Python may be."""
    return field.rstrip("_")


def stated(thing: Declared) -> Mapping[str, object]:
    """What a thing says, by the keys of its file: nothing of what it leaves unsaid."""
    defaults = type(thing).defaults
    return {key_of(name): each for name, each in values_of(thing).items() if each != defaults[name]}


class Bounds:
    """What a value must keep to.

    Attributes:
        least: the smallest number, the first day, the fewest characters or things.
        most: the largest, the last, the most.
        pattern: what a text must hold.
    """

    def __init__(self, least: Any = None, most: Any = None, pattern: str | None = None) -> None:  # noqa: ANN401
        self.least = least
        self.most = most
        self.pattern = pattern


class Read:
    """How a value is read by a function of ours, and the name of its shape in `model.shapes`."""

    def __init__(self, parse: Callable[[str], object], kinds: tuple[type, ...] = (), *, shape: str) -> None:
        self.parse = parse
        self.kinds = kinds
        self.shape = shape


class Tags:
    """How the members of a union are told apart: by the value of a key they share, or each by its tag."""

    def __init__(self, by: str | Callable[[object], str | None], *tags: str) -> None:
        self.by = by
        self.tags = tags


Id = Annotated[str, Bounds(most=ID_LENGTH, pattern=ID_PATTERN)]
Text = Annotated[str, Bounds(1, 500, TEXT_PATTERN)]
Prose = Annotated[str, Bounds(1, 5000, TEXT_PATTERN)]
Day = Annotated[date, Bounds(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))]
PeriodText = Annotated[Period, Read(parse_period, (Period,), shape="period")]
DelayText = Annotated[Delay, Read(parse_delay, (Period, WorkingDays), shape="delay")]
