"""What every declared thing shares: strict, frozen, no unknown key; and the shapes of its values."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from qp_cli.errors import QpError
from qp_cli.law.periods import Delay, Period, parse_delay, parse_period

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TERM = "terme"
"""The reserved name of the convention's term, wherever an event can be named."""


class Declared(BaseModel):
    """A declared thing; keys that begin with `x-` are set aside before it sees them."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        arbitrary_types_allowed=True,
        json_schema_extra={"patternProperties": {"^x-": {}}},
    )


def read_with(parse: Callable[[str], Any], kind: type | tuple[type, ...]) -> Callable[[object], object]:
    """A validator that reads text with `parse` and keeps its message for the finding."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "Input should be a valid string")
        try:
            return parse(value)
        except QpError as error:
            raise PydanticCustomError("qp", "{message}", {"message": error.message}) from error

    return read


Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"\S")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=5000, pattern=r"\S")]
PeriodText = Annotated[
    Period,
    BeforeValidator(read_with(parse_period, Period)),
    WithJsonSchema({"type": "string", "pattern": r"^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?$"}),
]
DelayText = Annotated[
    Delay,
    BeforeValidator(read_with(parse_delay, Delay)),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [
                {"pattern": r"^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,4}D)?$"},
                {"pattern": r"^[1-9]\d{0,3} jours? (ouvrés?|ouvrables?)$"},
            ],
        }
    ),
]
