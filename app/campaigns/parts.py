"""What the parts of a campaign file are made of."""

from typing import Annotated

from pydantic import AnyUrl, BaseModel, ConfigDict, StringConstraints, UrlConstraints

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
WebAddress = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https", "http"], max_length=500)]


class Part(BaseModel):
    """A part of a campaign, of which no name is taken that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
