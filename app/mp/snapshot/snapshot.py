"""The embedded answer: the postcode index and the members table, joined."""

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
    """What the snapshot knows of a postcode."""

    seat: Seat
    near: tuple[Seat, ...]
    """Those of other constituencies within 100 metres."""


class Snapshot:
    """Answers with no network at all, as of the days its two parts carry. A part that is None could not be read."""

    def __init__(
        self, index: PostcodeIndex | None, members: MembersTable | None, problems: tuple[str, ...] = ()
    ) -> None:
        """Join the two; every constituency of the index must be in the table."""
        self.index = index
        self.members = members
        self.problems = problems
        self.seats = sorted(members.seats if members else (), key=lambda seat: folded(seat.constituency.name))
        """In order of name."""
        self._by_code = {seat.code: seat for seat in self.seats}
        self._by_id = {seat.constituency.id: seat for seat in self.seats}
        self._by_name = {folded_seat(seat.constituency.name): seat for seat in self.seats}

    @property
    def date(self) -> date | None:
        """The day the members were true."""
        return self.members.date if self.members else None

    def find(self, postcode: Postcode) -> SnapshotPlace | None:
        """The seat a postcode is in; None where the index does not know the postcode."""
        place = self.index.find(postcode) if self.index else None
        if place is None:
            return None
        return SnapshotPlace(self._by_code[place.code], tuple(self._by_code[code] for code in place.near))

    def around(self, postcode: Postcode) -> tuple[Seat, ...]:
        """The seats to offer first to somebody at a postcode: its own, those near it, else those of its neighbours."""
        place = self.find(postcode)
        if place:
            return (place.seat, *place.near)
        neighbours = self.index.codes_around(postcode) if self.index else ()
        if not neighbours and postcode.kind is PostcodeKind.NORTHERN_IRELAND:
            return tuple(seat for seat in self.seats if seat.constituency.nation == PostcodeKind.NORTHERN_IRELAND.value)
        return tuple(self._by_code[code] for code in neighbours)

    def seat(self, constituency_id: int) -> Seat | None:
        """The seat with the Members API's number, if there is one."""
        return self._by_id.get(constituency_id)

    def seat_of(self, constituency: Constituency) -> Seat | None:
        """The seat of a constituency by its name, English or Welsh, ignoring case and accents."""
        return self._by_name.get(folded_seat(constituency.name))


class LatestSnapshot:
    """The snapshot as its files are now: read anew when one of them has changed.

    Each part comes from ``data_dir`` where it lies there and is sound, else as it was before, else from the app itself.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = Lock()
        self._seen = self._stamps()
        self._current = self._load(None)

    def get(self) -> Snapshot:
        """The snapshot; never raises, whatever state the files are in."""
        stamps = self._stamps()
        if stamps != self._seen:
            with self._lock:
                if stamps != self._seen:
                    self._current = self._load(self._current)
                    self._seen = stamps
        return self._current

    def _stamps(self) -> list[Stamp]:
        return [stamp(self._data_dir / name) for name in (INDEX_FILE, MEMBERS_FILE)]

    def _load(self, before: Snapshot | None) -> Snapshot:
        problems: list[str] = []
        members = self._sound(MEMBERS_FILE, read_table, before.members if before else None, problems)
        codes = {seat.code for seat in members.seats} if members else set()

        def fitting_index(path: Path) -> PostcodeIndex:
            index = PostcodeIndex(path)
            if index.codes - codes:
                strangers = ", ".join(sorted(index.codes - codes)[:3])
                raise IndexUnreadable(f"{path.name} names constituencies that {MEMBERS_FILE} lacks: {strangers}")
            return index

        index_before = before.index if before and before.index and before.index.codes <= codes else None
        index = self._sound(INDEX_FILE, fitting_index, index_before, problems) if members else None
        for problem in problems:
            log.error("%s", problem)
        return Snapshot(index, members, tuple(problems))

    def _sound(self, name: str, read: Callable[[Path], Part], before: Part | None, problems: list[str]) -> Part | None:
        own = self._data_dir / name
        try:
            if own.exists():
                return read(own)
        except (IndexUnreadable, TableUnreadable) as error:
            problems.append(f"In DATA_DIR: {error}")
            if before:
                return before
        try:
            return read(EMBEDDED / name)
        except (IndexUnreadable, TableUnreadable) as error:
            problems.append(f"In the app: {error}")
            return None
