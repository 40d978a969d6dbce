"""The embedded answer: the postcode index and the members table, joined."""

from dataclasses import dataclass
from pathlib import Path

from app.mp.members_table import MembersTable, Seat, read_table
from app.mp.people import Constituency
from app.mp.postcode import Postcode
from app.mp.postcode_index import IndexUnreadable, PostcodeIndex

EMBEDDED = Path(__file__).parent / "data"
INDEX_FILE = "postcodes.zip"
MEMBERS_FILE = "members.json"


@dataclass(frozen=True, slots=True)
class SnapshotPlace:
    """What the snapshot knows of a postcode."""

    seat: Seat
    near: tuple[Constituency, ...]
    """Other constituencies within 100 metres."""


class Snapshot:
    """Answers with no network at all, as of the days its two parts carry."""

    def __init__(self, index: PostcodeIndex, members: MembersTable) -> None:
        """Join the two. Raises IndexUnreadable where they are of different elections."""
        self.index = index
        self.members = members
        self._by_code = {seat.code: seat for seat in members.seats}
        self._by_id = {seat.constituency.id: seat for seat in members.seats}
        strangers = index.codes - self._by_code.keys()
        if strangers:
            raise IndexUnreadable(
                f"{INDEX_FILE} names constituencies that {MEMBERS_FILE} lacks: {sorted(strangers)[:3]}"
            )

    @classmethod
    def load(cls, data_dir: Path | None = None) -> "Snapshot":
        """Each file from ``data_dir`` where it lies there, else the one that comes with the app.

        Raises IndexUnreadable or TableUnreadable.
        """
        return cls(PostcodeIndex(_file(INDEX_FILE, data_dir)), read_table(_file(MEMBERS_FILE, data_dir)))

    def find(self, postcode: Postcode) -> SnapshotPlace | None:
        """The seat a postcode is in; None where the index does not know the postcode."""
        place = self.index.find(postcode)
        if place is None:
            return None
        near = tuple(self._by_code[code].constituency for code in place.near)
        return SnapshotPlace(self._by_code[place.code], near)

    def seat(self, constituency_id: int) -> Seat | None:
        """The seat with the Members API's number, if there is one."""
        return self._by_id.get(constituency_id)


def _file(name: str, data_dir: Path | None) -> Path:
    own = data_dir / name if data_dir else None
    return own if own and own.exists() else EMBEDDED / name
