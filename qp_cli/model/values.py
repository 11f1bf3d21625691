"""Declared values without their models: the same names, as unchangeable, equal when they say the same."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NoReturn, TypeVar

from qp_cli.model.traits import Declaration

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = TypeVar("Value", bound=Declaration)


class Kept(Declaration):
    """A declared value that was validated before; each model has a class of this kind, with its own name."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Declaration):
            return NotImplemented
        return type(self).__name__ == type(other).__name__ and vars(self) == vars(other)

    def __hash__(self) -> int:
        """As the models hash, since the two are equal."""
        values = tuple(vars(self).values())
        return hash(values if values[1:] else values[0])

    def __copy__(self) -> Kept:
        return make(type(self), vars(self))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


def make(kind: type[Kept], values: Mapping[str, object]) -> Kept:
    """A value of a class, which nothing changes from here on."""
    made = object.__new__(kind)
    vars(made).update(values)
    return made


def values_of(value: Declaration) -> Mapping[str, object]:
    """What a declared value holds, by the names of its fields, in their order."""
    return vars(value)


def replaced(value: Value, **changes: object) -> Value:
    """The same with some fields changed."""
    made = copy(value)
    vars(made).update(changes)
    return made
