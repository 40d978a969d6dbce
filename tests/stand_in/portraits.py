"""The members' portraits: drawn here, and different for each."""

import colorsys
import struct
import zlib
from collections.abc import Iterable

from tests.stand_in.seats import StandInSeat

SIDE = 60  # pixels
WITHOUT_PORTRAIT = "Foyle"


def portraits(seats: Iterable[StandInSeat]) -> dict[int, tuple[str, bytes]]:
    """A picture of every member but one, by member id."""
    members = (seat.member for seat in seats if seat.name != WITHOUT_PORTRAIT)
    return {member["id"]: ("image/png", portrait(member["id"])) for member in members if member}


def portrait(member_id: int) -> bytes:
    """A PNG of a head and shoulders, before a colour that goes with the number."""
    background = colorsys.hls_to_rgb(member_id * 0.618 % 1, 0.4, 0.5)  # neighbouring numbers get colours far apart
    palette = bytes(round(255 * part) for part in background) + b"\xee\xee\xee"
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 3, 0, 0, 0)  # 8 bits a pixel, which are a place in the palette
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", _SILHOUETTE), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _row(y: int) -> bytes:
    """A line of pixels, after the 0 that says they are unfiltered."""
    return b"\0" + bytes(_in_circle(x, y, 30, 22, 12) or _in_circle(x, y, 30, 60, 22) for x in range(SIDE))


def _in_circle(x: int, y: int, across: int, down: int, radius: int) -> bool:
    return (x - across) ** 2 + (y - down) ** 2 < radius**2


_SILHOUETTE = zlib.compress(b"".join(_row(y) for y in range(SIDE)))
