"""What a parameter may be: strict, so that a mistyped one is told and never read as another."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from django.utils import timezone
from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)?)?", re.ASCII
)
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class OneOf:
    """One of the values, as OpenAPI's ``enum`` says it too."""

    values: tuple[Any, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.values)}

    def check(self, value: Any) -> Any:
        if value not in self.values:
            said = "、".join(map(str, self.values))
            raise PydanticCustomError("one_of", "应当是下列之一：{said}", {"said": said})
        return value


def whole(value: Any) -> Any:
    """Digits only: not ``2024.0``, ``2_024`` or `` 2024``."""
    if isinstance(value, str):
        if not re.fullmatch(r"-?[0-9]{1,12}", value):
            raise PydanticCustomError("whole", "应当是整数，只写数字")
        return int(value)
    return value


def flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("flag", "应当是 true 或 false")
        return value == "true"
    return value


def moment(value: Any) -> Any:
    """A day in the site's time zone, or a moment; its time zone is the site's unless it says one."""
    if not isinstance(value, str):
        return value
    said = MOMENT.fullmatch(value)
    wrong = PydanticCustomError(
        "moment",
        "应当是日期（2025-01-31）或带时区的时间（2025-01-31T08:00:00+08:00，加号写成 %2B）",
    )
    if said is None:
        raise wrong
    day, clock, fraction, zone = said.groups()
    try:
        at = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock or "00:00:00"))
        at = at.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
        offset = (
            datetime.fromisoformat(f"2000-01-01T00:00:00{zone.upper()}").tzinfo if zone else None
        )
    except ValueError:
        raise wrong from None
    return bounded(at.replace(tzinfo=offset or timezone.get_default_timezone()))


def bounded(at: datetime) -> datetime:
    """Within what every database can compare: nothing is published outside of it."""
    if at.year < EARLIEST.year:
        return EARLIEST
    return LATEST if at.year >= LATEST.year else at


Whole = Annotated[int, BeforeValidator(whole, json_schema_input_type=int)]
Flag = Annotated[bool, BeforeValidator(flag, json_schema_input_type=bool)]
Moment = Annotated[
    datetime,
    BeforeValidator(moment),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
