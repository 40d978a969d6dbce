"""The possible outcomes of a search for somebody's MP."""

from dataclasses import dataclass
from datetime import date

from app.mp.people import Constituency, Member, Seat
from app.mp.postcode import PostcodeKind


@dataclass(frozen=True, slots=True)
class Found:
    """One constituency and its member."""

    constituency: Constituency
    member: Member
    others: tuple[Seat, ...] = ()
    """Seats that the postcode may be in too: within 100 metres, or according to another list."""
    is_off: bool = False
    """True if the supporter chose a constituency that, as far as we know, is not at or near the postcode."""
    is_unconfirmed: bool = False
    """True if only our own list has the postcode, and Parliament does not know it."""
    as_of: date | None = None
    """The day of the answer, if it is an old one; None if Parliament has just given it."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several constituencies for one postcode: only the supporter knows which is theirs."""

    seats: tuple[Seat, ...]
    is_disputed: bool = False
    """True if Parliament and our own list differ."""
    as_of: date | None = None
    """The day of the answer, if it is an old one."""


@dataclass(frozen=True, slots=True)
class Vacant:
    """A constituency without a member at present."""

    constituency: Constituency
    as_of: date | None = None
    others: tuple[Seat, ...] = ()
    """Seats that the postcode may be in too."""


@dataclass(frozen=True, slots=True)
class Dissolved:
    """A constituency during a dissolution, when none has a member."""

    constituency: Constituency
    election: date | None = None
    """Day of the election; None if it is not set."""
    others: tuple[Seat, ...] = ()
    """Seats that the postcode may be in too."""


@dataclass(frozen=True, slots=True)
class UnknownPostcode:
    """A postcode on no list: a slip, or one that is newer or older than the lists."""

    seats_nearby: tuple[Seat, ...] = ()
    """Seats of postcodes that begin like it."""


@dataclass(frozen=True, slots=True)
class UnknownConstituency:
    """A choice of a constituency that does not exist."""


@dataclass(frozen=True, slots=True)
class NoMP:
    """A postcode in a place that elects no MP, or in no place at all."""

    kind: PostcodeKind


@dataclass(frozen=True, slots=True)
class NotCovered:
    """No answer from Parliament, and a postcode of a kind that our own list does not hold."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No answer from Parliament, and no other source that may be used."""

    constituency: Constituency | None = None
    """The constituency, if it is known all the same."""


Outcome = Found | Several | Vacant | Dissolved | UnknownPostcode | UnknownConstituency | NoMP | NotCovered | Unavailable
