"""What every declared thing shares: strict, frozen, no unknown key; and the shapes of its values."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from qp_cli.errors import QpError
from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.law.periods import Delay, Period, WorkingDays, parse_delay, parse_period
from qp_cli.model.traits import Declaration
from qp_cli.names import ID_LENGTH, ID_PATTERN

TEXT_PATTERN = r"\S"


class Declared(Declaration, BaseModel):
    """A declared thing; keys that begin with `x-` are set aside before it sees them."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )


class Read:
    """How a value is read by a function of ours, and the name of its shape in `model.shapes`."""

    def __init__(self, parse: Callable[[str], object], kinds: tuple[type, ...] = (), *, shape: str) -> None:
        self.parse = parse
        self.kinds = kinds
        self.shape = shape

    def __call__(self, value: object) -> object:
        """The value read; a refusal keeps its message for the finding."""
        if self.kinds and isinstance(value, self.kinds):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "Input should be a valid string")
        try:
            return self.parse(value)
        except QpError as error:
            raise PydanticCustomError("qp", "{message}", {"message": error.message}) from error

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        """A plain function: Pydantic has nothing to add."""
        return no_info_plain_validator_function(self)

    def __get_pydantic_json_schema__(self, _core: object, _handler: object) -> dict[str, object]:
        """What an editor can check of it."""
        from qp_cli.model.shapes import SHAPES

        return dict(SHAPES[self.shape])


Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Field(strict=False)]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=ID_LENGTH)]
Text = Annotated[str, Field(min_length=1, max_length=500, pattern=TEXT_PATTERN)]
Prose = Annotated[str, Field(min_length=1, max_length=5000, pattern=TEXT_PATTERN)]
Day = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31))]
PeriodText = Annotated[Period, Read(parse_period, (Period,), shape="period")]
DelayText = Annotated[Delay, Read(parse_delay, (Period, WorkingDays), shape="delay")]
