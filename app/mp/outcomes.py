"""What can come of asking who somebody's MP is."""

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
    """Seats that the postcode may be in as well: within 100 metres, or by another list."""
    is_off: bool = False
    """Whether the writer chose a constituency that, as far as we know, is not that of the postcode nor near it."""
    is_unconfirmed: bool = False
    """Whether Parliament knows no such postcode, and only our own list says where it is."""
    as_of: date | None = None
    """The day the answer was true, where it is an older one; None where Parliament has just said so."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several constituencies for one postcode: only the writer knows which is theirs."""

    seats: tuple[Seat, ...]
    is_disputed: bool = False
    """Whether that is because Parliament and our own list differ."""
    as_of: date | None = None
    """The day the answer was true, where it is an older one."""


@dataclass(frozen=True, slots=True)
class Vacant:
    """The constituency has no member at present."""

    constituency: Constituency
    as_of: date | None = None
    others: tuple[Seat, ...] = ()
    """Seats that the postcode may be in as well."""


@dataclass(frozen=True, slots=True)
class Dissolved:
    """Parliament is dissolved: no constituency has a member until the election."""

    constituency: Constituency
    election: date | None = None
    """The day of it, where that is set."""
    others: tuple[Seat, ...] = ()
    """Seats that the postcode may be in as well."""


@dataclass(frozen=True, slots=True)
class UnknownPostcode:
    """No such postcode: a slip, or one newer or older than the lists we can ask."""

    around: tuple[Seat, ...] = ()
    """Where postcodes that begin like it are."""


@dataclass(frozen=True, slots=True)
class UnknownConstituency:
    """The writer chose a constituency that there is not."""


@dataclass(frozen=True, slots=True)
class NoMP:
    """The postcode lies where no MP is elected, or nowhere at all."""

    kind: PostcodeKind


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Parliament cannot be asked, and our own list does not hold postcodes like this one."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Parliament cannot be asked, and no other source may answer."""

    constituency: Constituency | None = None
    """Where it is known all the same."""


Outcome = Found | Several | Vacant | Dissolved | UnknownPostcode | UnknownConstituency | NoMP | NotCovered | Unavailable
