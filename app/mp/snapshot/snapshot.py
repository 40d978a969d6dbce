"""The embedded snapshot: the postcode index and the members table, joined."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TypeVar

from app.mp.people import Constituency, Seat, folded, folded_seat
from app.mp.postcode import Postcode, PostcodeKind
from app.mp.snapshot.members_table import MembersTable, TableUnreadable, read_table
from app.mp.snapshot.postcode_index import IndexUnreadable, PostcodeIndex
from app.storage.file_stamp import Stamp, stamp

log = logging.getLogger(__name__)

EMBEDDED = Path(__file__).parent / "data"
INDEX_FILE = "postcodes.zip"
MEMBERS_FILE = "members.json"

Part = TypeVar("Part", PostcodeIndex, MembersTable)


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """The snapshot's answer for a postcode."""

    seat: Seat
    near: tuple[Seat, ...]
    """Seats of other constituencies within 100 metres."""


class Snapshot:
    """Answers without a network, as of the dates of its two parts. A part that could not be read is None."""

    def __init__(
        self, index: PostcodeIndex | None, members: MembersTable | None, problems: tuple[str, ...] = ()
    ) -> None:
        """Join the two parts. All constituencies of the index must be in the table."""
        self.index = index
        self.members = members
        self.problems = problems
        self.seats = sorted(members.seats if members else (), key=lambda seat: folded(seat.constituency.name))
        """All seats in order of name."""
        self._by_code = {seat.code: seat for seat in self.seats}
        self._by_id = {seat.constituency.id: seat for seat in self.seats}
        self._by_name = {folded_seat(seat.constituency.name): seat for seat in self.seats}

    @property
    def date(self) -> date | None:
        return self.members.date if self.members else None

    def find(self, postcode: Postcode) -> SnapshotPlace | None:
        place = self.index.find(postcode) if self.index else None
        if place is None:
            return None
        return SnapshotPlace(self._by_code[place.code], tuple(self._by_code[code] for code in place.near))

    def list_seats_around(self, postcode: Postcode) -> tuple[Seat, ...]:
        """Return the seats to offer first at a postcode: its own and those nearby, otherwise its neighbours' seats."""
        place = self.find(postcode)
        if place:
            return (place.seat, *place.near)
        neighbours = self.index.list_codes_around(postcode) if self.index else ()
        if not neighbours and postcode.kind is PostcodeKind.NORTHERN_IRELAND:
            return tuple(seat for seat in self.seats if seat.constituency.nation == PostcodeKind.NORTHERN_IRELAND.value)
        return tuple(self._by_code[code] for code in neighbours)

    def get_seat(self, constituency_id: int) -> Seat | None:
        return self._by_id.get(constituency_id)

    def find_seat(self, constituency: Constituency) -> Seat | None:
        """Find a seat by the constituency's name, English or Welsh, ignoring case and accents."""
        return self._by_name.get(folded_seat(constituency.name))


class LatestSnapshot:
    """The snapshot as its files are now: they are read again when one of them has changed.

    Each part is the first that can be used: the file in ``data_dir``, the one that was read before, the app's own.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = Lock()
        self._seen = self._read_stamps()
        self._current = self._load(None)

    def get(self) -> Snapshot:
        """Return the snapshot. Raises nothing, even if the files are damaged."""
        stamps = self._read_stamps()
        if stamps != self._seen:
            with self._lock:
                if stamps != self._seen:
                    self._current = self._load(self._current)
                    self._seen = stamps
        return self._current

    def _read_stamps(self) -> list[Stamp]:
        return [stamp(self._data_dir / name) for name in (INDEX_FILE, MEMBERS_FILE)]

    def _load(self, before: Snapshot | None) -> Snapshot:
        problems: list[str] = []
        members = self._read_part(MEMBERS_FILE, read_table, before.members if before else None, problems)
        codes = {seat.code for seat in members.seats} if members else set()

        def read_matching_index(path: Path) -> PostcodeIndex:
            index = PostcodeIndex(path)
            if index.codes - codes:
                unknown = ", ".join(sorted(index.codes - codes)[:3])
                raise IndexUnreadable(f"{path.name} has constituencies that {MEMBERS_FILE} lacks: {unknown}")
            return index

        index_before = before.index if before and before.index and before.index.codes <= codes else None
        index = self._read_part(INDEX_FILE, read_matching_index, index_before, problems) if members else None
        for problem in problems:
            log.error("%s", problem)
        return Snapshot(index, members, tuple(problems))

    def _read_part(
        self, name: str, read: Callable[[Path], Part], before: Part | None, problems: list[str]
    ) -> Part | None:
        path = self._data_dir / name
        try:
            if path.exists():
                return read(path)
        except (IndexUnreadable, TableUnreadable) as error:
            problems.append(f"In DATA_DIR: {error}")
            if before:
                return before
        try:
            return read(EMBEDDED / name)
        except (IndexUnreadable, TableUnreadable) as error:
            problems.append(f"In the app: {error}")
            return None
