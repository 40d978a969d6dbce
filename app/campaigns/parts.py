"""What the parts of a campaign file are made of."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AnyUrl, BaseModel, BeforeValidator, ConfigDict, StringConstraints, UrlConstraints
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
WebAddress = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https", "http"], max_length=500)]


def _written_with_hyphens(value: Any) -> Any:
    # A bare number would be taken for seconds since 1970.
    if value is None or isinstance(value, date) or re.match(r"\s*\d{4}-", str(value)):
        return value
    raise PydanticCustomError("date_type", "must be a day")


Day = Annotated[date, BeforeValidator(_written_with_hyphens)]


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str | int) else value


OneOrMore = BeforeValidator(_one_or_more)


class Part(BaseModel):
    """A part of a campaign, of which no name is taken that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)
