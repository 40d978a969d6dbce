"""Parliament's answer for one postcode, and its signed text, which the supporter's form keeps instead of us.

The signature covers the postcode and the time. Nobody can make a text up, or use the text of another postcode.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest

from app.mp.dissolution import LONDON
from app.mp.parliament.cache import FRESH_SECONDS
from app.mp.postcode import Postcode

LONGEST = 300  # characters; the API gives twenty constituencies at most
_TEXT = re.compile(r"(?P<at>[1-9][0-9]{0,10})\.(?P<ids>(?:[0-9]{1,10}(?:-[0-9]{1,10})*)?)\.(?P<signature>[0-9a-f]{64})")

KeyedHash = Callable[[str], str]
"""A function that returns the keyed hash of a text: see ``app.mp.parliament.cache.Cache.keyed_hash``."""


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """The constituencies at a postcode, as Parliament named them."""

    constituencies: tuple[int, ...]
    """Their numbers: none if Parliament knows no such postcode, rarely several."""
    at: int
    """Seconds since 1970."""

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.at, LONDON).date()

    def is_fresh(self, now: float) -> bool:
        return 0 <= int(now) - self.at < FRESH_SECONDS


def sign(answer: PlaceAnswer, postcode: Postcode, keyed_hash: KeyedHash) -> str:
    """Return the signed text of an answer; empty if it would be longer than ``LONGEST``."""
    ids = "-".join(map(str, answer.constituencies))
    text = f"{answer.at}.{ids}.{_signature(answer.at, ids, postcode, keyed_hash)}"
    return text if len(text) <= LONGEST else ""


def read_signed(text: str, postcode: Postcode, keyed_hash: KeyedHash) -> PlaceAnswer | None:
    """Return the answer of a text that we signed for this postcode; None for every other text."""
    found = _match(text)
    if not found:
        return None
    at, ids = int(found["at"]), found["ids"]
    if not compare_digest(found["signature"], _signature(at, ids, postcode, keyed_hash)):
        return None
    return PlaceAnswer(tuple(map(int, filter(None, ids.split("-")))), at)


def is_well_formed(text: str) -> bool:
    """Return whether a text looks signed, for this or another postcode."""
    return _match(text) is not None


def _match(text: str) -> re.Match[str] | None:
    return _TEXT.fullmatch(text) if len(text) <= LONGEST else None


def _signature(at: int, ids: str, postcode: Postcode, keyed_hash: KeyedHash) -> str:
    return keyed_hash(f"place of {postcode}: {ids} at {at}")
