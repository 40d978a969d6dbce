"""Sample members: MPs whose letters go wrong most easily, from today’s members table, to try a campaign on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.campaigns.asks import is_named
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.mp.parties import SINN_FEIN, SPEAKER
from app.mp.people import ComingMember, Constituency, Contact, Member, Seat, folded_seat

_INVENTED = Seat(
    Constituency(0, "Example, North and South", "Wales"),
    Member(0, "Example Member", "Rt Hon Example Member MP", party="Independent", contact=Contact()),
)
_POST = "Minister of State (Example Department)"


@dataclass(frozen=True, slots=True)
class SampleMember:
    """An MP to try a campaign on, and what makes letters to them awkward."""

    key: str
    """A short name, such as ``speaker``."""
    label: str
    member: Member
    constituency: Constituency


def sample_members(seats: Sequence[Seat]) -> list[SampleMember]:
    """Return all eleven. If the table has nobody of a kind, the member is invented."""
    return [_real_or_invented(key, label, fits, seats) for key, label, fits in _KINDS] + [_vacant(seats)]


def find_sample_member(seats: Sequence[Seat], wanted: str) -> SampleMember | None:
    """Find a sample member by key; otherwise any member by name, number at Parliament, or constituency."""
    found = next((sample for sample in sample_members(seats) if sample.key == wanted.strip().lower()), None)
    return found or next(_members_named(seats, wanted), None)


def _members_named(seats: Sequence[Seat], wanted: str) -> Iterator[SampleMember]:
    place = folded_seat(wanted)
    for seat in seats:
        member = seat.member or ComingMember.for_constituency(seat.constituency)
        called = is_named(member, wanted) and place != "0"  # the number of members that Parliament does not list
        if called or folded_seat(seat.constituency.name) == place:
            yield SampleMember("", member.name, member, seat.constituency)


Fits = Callable[[Member, Constituency], object]

_KINDS: tuple[tuple[str, str, Fits], ...] = (
    ("speaker", gettext_noop("The Speaker"), lambda member, _seat: member.is_speaker),
    ("minister", gettext_noop("A minister"), lambda member, _seat: member.post),
    ("abstaining", gettext_noop("An MP who does not sit"), lambda member, _seat: member.abstains),
    ("knight", gettext_noop("A knight"), lambda member, _seat: "Sir" in member.name.split() and not member.is_speaker),
    ("dame", gettext_noop("A dame"), lambda member, _seat: "Dame" in member.name.split()),
    ("doctor", gettext_noop("A doctor"), lambda member, _seat: "Dr" in member.name.split()),
    (
        "no-salutation",
        gettext_noop("No salutation given"),
        lambda member, _seat: not member.address_as and not member.abstains,
    ),
    ("welsh", gettext_noop("A Welsh seat"), lambda _member, constituency: not constituency.name.isascii()),
    ("comma", gettext_noop("A seat with a comma"), lambda _member, constituency: "," in constituency.name),
    ("no-email", gettext_noop("No email address"), lambda member, _seat: member.contact and not member.contact.email),
)


def _real_or_invented(key: str, label: str, fits: Fits, seats: Sequence[Seat]) -> SampleMember:
    held = ((seat.constituency, seat.member) for seat in seats if seat.member)
    constituency, member = next(
        ((place, who) for place, who in held if fits(who, place)), (_INVENTED.constituency, _invented(key))
    )
    return SampleMember(key, _(label), member, constituency)


def _invented(key: str) -> Member:
    member = _INVENTED.member or Member.from_typed_name("Example Member")
    titles = {"knight": "Sir Example Member", "dame": "Dame Example Member", "doctor": "Dr Example Member"}
    parties = {"speaker": SPEAKER, "abstaining": SINN_FEIN}
    name = titles.get(key, member.name)
    return replace(member, name=name, party=parties.get(key, member.party), post=_POST if key == "minister" else "")


def _vacant(seats: Sequence[Seat]) -> SampleMember:
    empty = next((seat for seat in seats if not seat.member), seats[0] if seats else _INVENTED).constituency
    return SampleMember("vacant", _("A vacant seat"), ComingMember.for_constituency(empty), empty)
