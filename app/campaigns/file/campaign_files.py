"""The files that make a campaign, as they lie on disk: its text, and its table if it has one."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.campaigns.file.front_matter import read_front_matter
from app.campaigns.file.inside import read_inside
from app.campaigns.local_facts import FILE_NAME
from app.campaigns.problems import CampaignUnreadable

_NAMED = re.compile(r"^local_facts:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Files:
    """What makes a campaign: its file, and its table if it has one."""

    text: str = ""
    facts_name: str = ""
    """Name of the table, such as ``hospitals.csv``; empty without one."""
    facts: str = ""

    @property
    def mark(self) -> str:
        """Tells these files from any others; empty where there is no file yet."""
        whole = f"{self.text}\0{self.facts_name}\0{self.facts}"
        return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12] if self.text else ""


def table_of(text: str) -> str:
    """The name of the table that a file names; empty where it names none."""
    try:
        name = read_front_matter(text).values.get("local_facts")
    except CampaignUnreadable:
        head = re.split(r"\n---[ \t]*(?:\n|$)", text, maxsplit=1)[0]
        found = _NAMED.search(head)
        name = found[1] if found else ""
    return name if isinstance(name, str) and re.fullmatch(FILE_NAME, name) else ""


def text_in(folder: Path, path: Path) -> str:
    """The text of a file that is really in the folder; empty where there is none. Raises OSError.

    What is not UTF-8 in it is kept as it was, byte for byte; ``readable`` shows it.
    """
    try:
        return read_inside(folder, path).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def as_bytes(text: str) -> bytes:
    """What ``text_in`` gave, as it was."""
    return text.encode("utf-8", "surrogateescape")


def readable(text: str) -> str:
    """The text of a file for somebody to read, with a sign where it is no text."""
    return as_bytes(text).decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
