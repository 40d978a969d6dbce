"""The settings: environment variables, or lines of a file ``.env`` beside this one.

Each is described here and in docs/operating.md. A wrong value stops the start with one line that names it.
"""

import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, DirectoryPath, Field, HttpUrl, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent


def _one_line(text: str) -> str:
    if not text.isprintable() or not text.isascii():
        raise ValueError("must be one line of plain ASCII characters")
    return text


class Settings(BaseSettings):
    """Everything an operator can set; the names are those of the environment variables, in lower case."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to serve on; 0.0.0.0 for every network of the machine.")
    port: int = Field(8000, ge=1, le=65535, description="Port to serve on.")
    lookup: Literal["auto", "live", "snapshot"] = Field(
        "auto",
        description="Where MPs are looked up: Parliament's API first and the snapshot when it cannot answer (auto), "
        "only the API (live), or only the snapshot (snapshot).",
    )
    parliament_api_url: HttpUrl = Field(
        HttpUrl("https://members-api.parliament.uk"), description="Address of UK Parliament's Members API."
    )
    contact: Annotated[str, AfterValidator(_one_line)] = Field(
        "",
        max_length=200,
        description="Web or e-mail address of whoever runs the site: shown on the privacy page, told to Parliament.",
    )
    campaigns_dir: DirectoryPath = Field(ROOT / "letter_templates", description="Folder of the campaign files.")
    data_dir: DirectoryPath | None = Field(
        None, description="Folder of a newer postcode index or members table; those that come with the app serve else."
    )
    pdf_processes: int = Field(2, ge=1, le=32, description="Processes that make PDFs, for each web process.")


def load_settings() -> Settings:
    """The settings, or a stop of the program with one line a wrong value."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper()
            print(f"Setting {name}={problem['input']!r}: {_reason(problem['type'], problem['msg'])}", file=sys.stderr)  # noqa: T201
        sys.exit(2)


def _reason(kind: str, message: str) -> str:
    return {"path_not_directory": "there is no such folder."}.get(kind, f"{message[0].lower()}{message[1:]}.")
