"""Settings, from environment variables or from lines in a ``.env`` file beside this one.

Each is described here and in docs/operating.md. A wrong value stops the start, with one line that names the setting.
"""

import os
import re
import sys
import tomllib
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, DirectoryPath, Field, HttpUrl, RedisDsn, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
USUAL_DATA_DIR = ROOT / "data"
MOST_WEB_PROCESSES = 16
"""Each may call Parliament, and about 24 calls at once have brought a block: see ``app.mp.parliament.call_limiter``."""
# Never shown, even when wrong: they may hold a password.
_SECRET = ("REDIS_URL", "CACHE_SECRET", "STUDIO_PASSWORD", "METRICS_TOKEN")


_HASH = re.compile(r"scrypt:\d{1,9}:\d{1,3}:\d{1,3}/[A-Za-z0-9]{8,64}/[0-9a-f]{128}")


def _one_line(text: str) -> str:
    if not text.isprintable() or not text.isascii():
        raise ValueError("must be one line of plain ASCII characters")
    return text


def _hash(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not _HASH.fullmatch(secret.get_secret_value()):
        raise ValueError("must be the hash that `flask studio password` makes, not the password itself")
    return secret


def _there_unless_usual(folder: Path) -> Path:
    """Accept a missing folder only if it is the usual one, which is made when something is first put there."""
    if folder != USUAL_DATA_DIR and not folder.is_dir():
        raise ValueError("there is no such folder")
    return folder


def _true_false_or_days(text: str) -> str:
    """Parse ``true``, ``false``, or two days in order, separated by a slash. Raises ValueError."""
    for answer, words in (("true", ("true", "yes", "on", "1")), ("false", ("", "false", "no", "off", "0"))):
        if text.lower() in words:
            return answer
    first, _, last = (part.strip() for part in text.partition("/"))
    try:
        in_order = date.fromisoformat(first) <= date.fromisoformat(last)
    except ValueError:
        in_order = False
    if not in_order:
        raise ValueError("must be true, false, or two days in order, such as 2029-05-30/2029-07-04")
    return f"{first}/{last}"


def _listed(text: str) -> list[str]:
    return [part for part in re.split(r"[,\s]+", text) if part]


def _networks(text: str) -> str:
    for part in _listed(text):
        ip_network(part)  # its message names the error
    return ",".join(_listed(text))


def _hosts(text: str) -> str:
    for part in _listed(text):
        if not re.fullmatch(r"\.?[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\]", part):
            raise ValueError(f"must be host names separated by commas, such as write.example.org; {part!r} isn't one")
    return ",".join(_listed(text))


def _limits(text: str) -> str:
    """Parse ``off``, or two numbers separated by a slash. Raises ValueError."""
    if text.lower() in ("off", "no", "false", "0"):
        return "off"
    if not re.fullmatch(r"[1-9]\d{0,5}/[1-9]\d{0,5}", text):
        raise ValueError("must be off, or the look-ups and downloads allowed a minute, such as 120/60")
    return text


def _web_processes() -> int:
    """Count one for each core that this process may use, and at least two: one serves while the other restarts."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(max(cores, 2), MOST_WEB_PROCESSES)


class Settings(BaseSettings):
    """Everything that an operator can set, by the name of the environment variable in lower case."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to serve on; 0.0.0.0 for all networks of the machine.")
    port: int = Field(8000, ge=1, le=65535, description="Port to serve on.")
    lookup: Literal["auto", "live", "snapshot"] = Field(
        "auto",
        description="Where MPs are looked up: Parliament's API first and the snapshot if it cannot answer (auto), "
        "only the API (live), or only the snapshot (snapshot).",
    )
    parliament_api_url: HttpUrl = Field(
        HttpUrl("https://members-api.parliament.uk"), description="Address of UK Parliament's Members API."
    )
    contact: Annotated[str, AfterValidator(_one_line)] = Field(
        "",
        max_length=200,
        description="Web or email address of the site's operators: shown on the privacy page, sent to Parliament.",
    )
    campaigns_dir: DirectoryPath = Field(ROOT / "letter_templates", description="Folder with the campaign files.")
    parliament_dissolved: Annotated[str, AfterValidator(_true_false_or_days)] = Field(
        "false",
        description="true between a dissolution and the election, when there are no MPs; or the days of both, "
        "as 2029-05-30/2029-07-04.",
    )
    data_dir: Annotated[Path, AfterValidator(_there_unless_usual)] = Field(
        USUAL_DATA_DIR,
        description="Folder for a newer postcode index or members table; without them, the built-in data is used.",
    )
    redis_url: RedisDsn | None = Field(
        None, description="Redis in which several machines share Parliament's answers, as redis://host:6379/0."
    )
    cache_secret: SecretStr = Field(
        SecretStr(""),
        description="Any long random text, the same on every machine: signs Parliament's answer for a postcode in a "
        "supporter's form, and sessions in the Studio.",
    )
    studio_password: Annotated[SecretStr, AfterValidator(_hash)] = Field(
        SecretStr(""),
        description="Hash of the password for publishing from the Studio; without it, nobody can.",
    )
    web_concurrency: int = Field(
        default_factory=_web_processes,
        ge=1,
        le=MOST_WEB_PROCESSES,
        description="Web processes, at most 16; by default one for each core, and at least two.",
    )
    pdf_processes: int = Field(1, ge=1, le=32, description="Processes that make PDFs, beside each web process.")
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        "127.0.0.1,::1",
        description="Addresses or networks of your own web servers in front, separated by commas; they are trusted to "
        "report the client's address (X-Forwarded-For).",
    )
    trusted_hosts: Annotated[str, AfterValidator(_hosts)] = Field(
        "", description="Host names of the site, separated by commas; if set, requests for other names are refused."
    )
    rate_limits: Annotated[str, AfterValidator(_limits)] = Field(
        "120/60", description="Look-ups and downloads that one client may request in a minute; off for no limits."
    )
    log_format: Literal["text", "json"] = Field("text", description="Log lines for people (text) or machines (json).")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token for /metrics; without it, there is no such page."
    )

    @property
    def proxies(self) -> list[str]:
        """Networks of ``trusted_proxies``."""
        return _listed(self.trusted_proxies)

    @property
    def hosts(self) -> list[str]:
        """Names of ``trusted_hosts``."""
        return _listed(self.trusted_hosts)

    @property
    def limits_a_minute(self) -> tuple[int, int] | None:
        """Look-ups and downloads for one client; None if there are no limits."""
        if self.rate_limits == "off":
            return None
        lookups, downloads = map(int, self.rate_limits.split("/"))
        return lookups, downloads


def load_settings() -> Settings:
    """Load the settings, or print one line for each wrong value and exit with status 2."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper()
            shown = "" if name in _SECRET else f"={str(problem['input'])!r}"
            print(f"Setting {name}{shown}: {_reason(problem['type'], problem['msg'])}", file=sys.stderr)  # noqa: T201
        sys.exit(2)


def _reason(kind: str, message: str) -> str:
    message = message.removeprefix("Value error, ")
    return {"path_not_directory": "there is no such folder."}.get(kind, f"{message[0].lower()}{message[1:]}.")
