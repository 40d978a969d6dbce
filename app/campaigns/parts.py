"""Base class and field types for the parts of a campaign file."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AnyUrl, BaseModel, BeforeValidator, ConfigDict, StringConstraints, UrlConstraints
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
WebAddress = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https", "http"], max_length=500)]


def _require_hyphens(value: Any) -> Any:
    # Pydantic would read a bare number as seconds since 1970.
    if value is None or isinstance(value, date) or re.match(r"\s*\d{4}-", str(value)):
        return value
    raise PydanticCustomError("date_type", "must be a day")


Day = Annotated[date, BeforeValidator(_require_hyphens)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | int) else value


OneOrMore = BeforeValidator(_as_list)


class Part(BaseModel):
    """Base of the parts of a campaign file: unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the part. Unlike pydantic's, the copy does not inherit cached properties, which belong to old values."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy
