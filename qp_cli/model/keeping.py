"""Declared values to what JSON holds and back, by the forms of `model.layout`; reading takes nothing on trust."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeAlias

from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.law.zones import Zone
from qp_cli.model import traits
from qp_cli.model.layout import LAYOUT
from qp_cli.model.values import Kept, make, values_of
from qp_cli.model.words import Kind, Nature, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from enum import StrEnum

    from qp_cli.law.periods import Delay
    from qp_cli.model.traits import Declaration

    Reader: TypeAlias = Callable[[object], object]

Form: TypeAlias = Any
"""What a field holds, as `model.layout` writes it: a word, or a word and what is inside."""

_CHOICES: dict[str, type[StrEnum]] = {"Kind": Kind, "Nature": Nature, "Scope": Scope, "Zone": Zone}
_DAY = len("2021-03-18")
_MOST = 10_000
"""The first number that a period cannot be written with."""


class UnfitError(ValueError):
    """What was kept is not what a model holds."""


class Shape(NamedTuple):
    """What the values of one model hold.

    Attributes:
        made: their class.
        readers: what reads each field.
        defaults: every field in its order, with its value where nothing is said; None where something must be.
        required: the fields that always say something.
    """

    made: type[Kept]
    readers: Mapping[str, Reader]
    defaults: Mapping[str, object]
    required: frozenset[str]


@cache
def shape(name: str) -> Shape:
    """What the values of a model hold; raises KeyError for a name that no model has."""
    parents, constants, fields = LAYOUT[name]
    bases = (*(getattr(traits, parent) for parent in parents), Kept)
    readers = {field: _reader(form) for field, form, _ in fields}
    defaults = {field: None if default is ... else readers[field](default) for field, _, default in fields}
    required = frozenset(field for field, _, default in fields if default is ...)
    return Shape(type(name, bases, dict(constants)), readers, defaults, required)


def stated(value: Declaration) -> dict[str, object]:
    """What a declared value says, by the keys of its file: nothing of what it leaves unsaid."""
    known = shape(type(value).__name__)
    return {
        name.rstrip("_"): each
        for name, each in values_of(value).items()
        if name in known.required or each != known.defaults[name]
    }


def plain(form: Form, value: Any) -> object:  # noqa: ANN401 - the form says what it is
    """A value of a form, as JSON holds it; of a model, what it says and nothing else."""
    match form:
        case ("maybe", inner):
            return None if value is None else plain(inner, value)
        case ("many", inner):
            return [plain(inner, each) for each in value]
        case ("one", choices):
            place = next(place for place, each in enumerate(choices) if _is_of(each, value))
            return [place, plain(choices[place], value)]
        case ("model", name):
            return _plain_model(name, value)
        case ("choice", _):
            return value.value
        case "day":
            return value.isoformat()
        case "period" | "delay":
            return list(value)
        case _:
            return value


def _plain_model(name: str, value: Declaration) -> dict[str, object]:
    held, known = values_of(value), shape(name)
    return {
        field: plain(form, held[field])
        for field, form, _ in LAYOUT[name][2]
        if field in known.required or held[field] != known.defaults[field]
    }


def _is_of(form: Form, value: object) -> bool:
    """Whether a value has one of the forms that a union holds."""
    if form == "text":
        return isinstance(value, str)
    if form == "day":
        return isinstance(value, date)
    return bool(form == ("model", type(value).__name__))


def read(form: Form, raw: object) -> Any:  # noqa: ANN401 - the form says what it is
    """The value that `plain` gave.

    Raises:
        UnfitError: it cannot have given this.
    """
    return _reader(form)(raw)


@cache
def _reader(form: Form) -> Reader:
    """What reads the values of a form."""
    match form:
        case ("maybe", inner):
            inside = _reader(inner)
            return lambda raw: None if raw is None else inside(raw)
        case ("many", inner):
            return _many(_reader(inner))
        case ("one", choices):
            return _one([_reader(each) for each in choices])
        case ("model", name):
            return _model(name)
        case ("choice", name):
            return _choice({each.value: each for each in _CHOICES[name]})
        case ("among", choices):
            return _choice({each: each for each in choices})
        case str():
            return _SIMPLE[form]
    raise KeyError(form)


def _many(inside: Reader) -> Reader:
    def read_many(raw: object) -> tuple[object, ...]:
        return tuple(map(inside, raw)) if isinstance(raw, list) else _refuse(raw)

    return read_many


def _one(inside: Sequence[Reader]) -> Reader:
    places = range(len(inside))

    def read_one(raw: object) -> object:
        match raw:
            case [int(place), value] if place in places:
                return inside[place](value)
        return _refuse(raw)

    return read_one


def _model(name: str) -> Reader:
    def read_model(raw: object) -> Kept:
        made, readers, defaults, required = shape(name)
        if not isinstance(raw, dict) or not required <= raw.keys() <= readers.keys():
            _refuse(raw)
        return make(made, {**defaults, **{field: readers[field](each) for field, each in raw.items()}})

    return read_model


def _choice(choices: Mapping[str, str]) -> Reader:
    def read_choice(raw: object) -> str:
        return choices[raw] if isinstance(raw, str) and raw in choices else _refuse(raw)

    return read_choice


def _of(kind: type) -> Reader:
    def read_simple(raw: object) -> object:
        return raw if raw.__class__ is kind else _refuse(raw)

    return read_simple


def _day(raw: object) -> date:
    return date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == _DAY else _refuse(raw)


def _period(raw: object) -> Period:
    match raw:
        case [years, months, weeks, days]:
            return Period(_number(years), _number(months), _number(weeks), _number(days))
    return _refuse(raw)


def _delay(raw: object) -> Delay:
    match raw:
        case [number, str(kind)]:
            return WorkingDays(_number(number), DayCount(kind))
    return _period(raw)


def _number(raw: object) -> int:
    """A number that a period can be written with, which true and false are not."""
    return raw if isinstance(raw, int) and raw is not True and raw is not False and 0 <= raw < _MOST else _refuse(raw)


def _refuse(raw: object) -> NoReturn:
    raise UnfitError(type(raw).__name__)


_SIMPLE: Mapping[str, Reader] = {
    "text": _of(str),
    "flag": _of(bool),
    "number": _of(int),
    "day": _day,
    "period": _period,
    "delay": _delay,
}
