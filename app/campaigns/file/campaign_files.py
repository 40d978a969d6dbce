"""The files of a campaign on disk: its text, and its table if it has one."""

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
    """The contents of a campaign's file, and of its table if it has one."""

    text: str = ""
    facts_name: str = ""
    """Name of the table, such as ``hospitals.csv``; empty without one."""
    facts: str = ""

    @property
    def fingerprint(self) -> str:
        """A fingerprint of the contents: 12 hexadecimal digits, or empty if there is no file yet."""
        whole = f"{self.text}\0{self.facts_name}\0{self.facts}"
        return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12] if self.text else ""


def table_of(text: str) -> str:
    """Return the name of a file's table; empty if it has none. Works for files with errors too."""
    try:
        name = read_front_matter(text).values.get("local_facts")
    except CampaignUnreadable:
        head = re.split(r"\n---[ \t]*(?:\n|$)", text, maxsplit=1)[0]
        found = _NAMED.search(head)
        name = found[1] if found else ""
    return name if isinstance(name, str) and re.fullmatch(FILE_NAME, name) else ""


def read_text_in(folder: Path, path: Path) -> str:
    """Read a file that must really be in the folder; return an empty text if there is no file. Raises OSError.

    Bytes that are not UTF-8 are kept as surrogates; ``as_bytes`` restores them and ``readable`` replaces them.
    """
    try:
        return read_inside(folder, path).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""


def as_bytes(text: str) -> bytes:
    """Encode a text from ``read_text_in``, so that the bytes are those of the file."""
    return text.encode("utf-8", "surrogateescape")


def readable(text: str) -> str:
    """Return a text from ``read_text_in`` for people to read, with a replacement character for each invalid byte."""
    return as_bytes(text).decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
