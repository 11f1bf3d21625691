"""Declared things to what JSON holds and back into the same classes; reading takes nothing on trust."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.model.base import UNSAID
from qp_cli.model.fields import (
    Among,
    ChoiceForm,
    Maybe,
    OneOf,
    Parsed,
    Several,
    Simple,
    ThingForm,
    field_form,
    fields_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qp_cli.law.periods import Delay
    from qp_cli.model.base import Declared
    from qp_cli.model.fields import Form

    Reader: TypeAlias = Callable[[object], Any]
    Writer: TypeAlias = Callable[[Any], object]

_DAY = len("2021-03-18")
_AS_TEXTS = frozenset({"rule", "amount"})
"""The shapes whose values are kept as the texts they are."""
_MOST = 10_000
"""The first number that a period cannot be written with."""


class UnfitError(ValueError):
    """What stands there is not what a declared thing holds."""


# --- to JSON


@cache
def writer(form: Form) -> Writer:
    """What gives the values of a form as JSON holds them; of a declared thing, what it says and nothing else."""
    match form:
        case Maybe(inner):
            inside = writer(inner)
            return lambda value: None if value is None else inside(value)
        case Several(inner):
            inside = writer(inner)
            return lambda values: list(map(inside, values))
        case OneOf(choices):
            return _tagged(list(choices.values()))
        case ThingForm(kind):
            return _thing_writer(kind)
        case Parsed(by) if by.shape not in _AS_TEXTS:
            return list
        case Simple(kind) if kind is date:
            return date.isoformat
        case _:
            return _itself


def _itself(value: object) -> object:
    return value


def _tagged(choices: Sequence[Form]) -> Writer:
    """Each value beside the place of its form in a union."""
    places = {
        tuple if isinstance(each, Several) else each.kind: (place, writer(each))
        for place, each in enumerate(choices)
        if isinstance(each, ThingForm | Simple | Several)
    }

    def write_tagged(value: object) -> object:
        place, inside = places[type(value)]
        return [place, inside(value)]

    return write_tagged


def _thing_writer(kind: type[Declared]) -> Writer:
    plan: list[tuple[str, object, Writer]] = []
    said = kind.said if len(kind.defaults) > 1 else lambda thing: (kind.said(thing),)

    def write_thing(thing: object) -> object:
        if not plan:  # what it holds may hold its like
            plan.extend((each.name, each.default, writer(each.form)) for each in fields_of(kind))
        return {
            name: inside(value)
            for (name, default, inside), value in zip(plan, said(thing), strict=True)
            if value is not default and value != default
        }

    return write_thing


# --- and back


@cache
def reader(form: Form) -> Reader:
    """What gives the values that the `writer` of a form gave; it raises UnfitError for what that cannot have given."""
    match form:
        case Maybe(inner):
            inside = reader(inner)
            return lambda raw: None if raw is None else inside(raw)
        case Several(inner):
            return _several(reader(inner))
        case OneOf(choices):
            return _untagged(list(map(reader, choices.values())))
        case ThingForm(kind):
            return _thing_reader(kind)
        case ChoiceForm(members):
            return _choice({each.value: each for each in members})
        case Among(texts):
            return _choice({each: each for each in texts})
        case Parsed(by):
            return _PARSED[by.shape]
        case Simple(kind):
            return read_json_day if kind is date else _exactly(kind)


def _several(inside: Reader) -> Reader:
    def read_several(raw: object) -> tuple[object, ...]:
        return tuple(map(inside, raw)) if isinstance(raw, list) else refuse(raw)

    return read_several


def _untagged(inside: Sequence[Reader]) -> Reader:
    places = range(len(inside))

    def read_untagged(raw: object) -> object:
        match raw:
            case [int(place), value] if place in places:
                return inside[place](value)
        return refuse(raw)

    return read_untagged


def _thing_reader(kind: type[Declared]) -> Reader:
    plan = [(each.name, _setter(kind, each.name), each.default) for each in fields_of(kind)]
    readers = _Readers(kind)
    new = object.__new__

    def read_thing(raw: object) -> Declared:
        if not isinstance(raw, dict):
            refuse(raw)
        made, left = new(kind), len(raw)
        for name, put, default in plan:
            if name in raw:
                put(made, readers[name](raw[name]))
                left -= 1
            elif default is UNSAID:
                refuse(raw)
            else:
                put(made, default)
        return made if not left else refuse(raw)

    return read_thing


class _Readers(dict[str, "Reader"]):
    """What reads each field of a class, made when the field is first met: most are never said."""

    def __init__(self, kind: type[Declared]) -> None:
        self._kind = kind

    def __missing__(self, name: str) -> Reader:
        found = self[name] = reader(field_form(self._kind.annotations[name], self._kind.__module__))
        return found


def _setter(kind: type[Declared], name: str) -> Callable[[object, object], None]:
    """What fills one field of a thing that is being made."""
    put: Callable[[object, object], None] = getattr(kind, name).__set__
    return put


def _choice(choices: Mapping[str, str]) -> Reader:
    def read_choice(raw: object) -> str:
        return choices[raw] if isinstance(raw, str) and raw in choices else refuse(raw)

    return read_choice


def _exactly(kind: type) -> Reader:
    def read_simple(raw: object) -> object:
        return raw if raw.__class__ is kind else refuse(raw)

    return read_simple


def read_json_day(raw: object) -> date:
    """The day that a text of JSON is; raises ValueError."""
    return date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == _DAY else refuse(raw)


def _period(raw: object) -> Period:
    match raw:
        case [years, months, weeks, days]:
            return Period(_number(years), _number(months), _number(weeks), _number(days))
    return refuse(raw)


def delay(raw: object) -> Delay:
    """The period or the working days that a list of JSON is; raises ValueError."""
    match raw:
        case [number, str(kind)]:
            return WorkingDays(_number(number), DayCount(kind))
    return _period(raw)


def _number(raw: object) -> int:
    """A number that a period can be written with, which true and false are not."""
    return raw if isinstance(raw, int) and raw is not True and raw is not False and 0 <= raw < _MOST else refuse(raw)


def refuse(raw: object) -> NoReturn:
    """Raises UnfitError."""
    raise UnfitError(type(raw).__name__)


_PARSED: Mapping[str, Reader] = {"period": _period, "delay": delay, **dict.fromkeys(_AS_TEXTS, _exactly(str))}
