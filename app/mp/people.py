"""Members and constituencies, and how a Member of Parliament is addressed."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from app.i18n.languages import LANGUAGES
from app.i18n.stream_safe import stream_safe
from app.i18n.translate import current_locale, gettext, use_locale
from app.mp import parties, welsh_names

HOUSE_OF_COMMONS = ("House of Commons", "LONDON", "SW1A 0AA")
LONGEST_ADDRESS_LINE = 34  # characters that fit an envelope's window; no member's title was longer in 2026
UNLISTED = 0
"""The number of a member or constituency that Parliament does not list, such as one that was typed by hand."""

_HONORIFICS = ("The Rt Hon. ", "The Rt Hon ", "Rt Hon. ", "Rt Hon ")
_TITLES = frozenset("Mr Mrs Ms Miss Mx Dr Sir Dame Lord Lady Reverend Professor".split())


def folded(name: str) -> str:
    """Return a name for comparison: the same for ``YNYS MON`` and ``Ynys Môn``."""
    if not name.isascii():  # most names are ASCII, and have nothing to decompose
        name = "".join(c for c in unicodedata.normalize("NFKD", stream_safe(name)) if not unicodedata.combining(c))
    return " ".join(name.casefold().split())


_WELSH_SEATS = {folded(name): welsh for name, welsh in welsh_names.WELSH_NAMES.items()}
_ENGLISH_SEATS = {folded(welsh): name for name, welsh in _WELSH_SEATS.items()}
_WELSH_PARTIES = {folded(name): welsh for name, welsh in parties.WELSH_NAMES.items()}
_SPEAKER, _SINN_FEIN = folded(parties.SPEAKER), folded(parties.SINN_FEIN)


def folded_seat(name: str) -> str:
    """Return a constituency's name for comparison: the same for ``Gogledd Caerdydd`` and ``CARDIFF NORTH``."""
    return _ENGLISH_SEATS.get(folded(name), folded(name))


@dataclass(frozen=True, slots=True)
class Constituency:
    """A seat of the House of Commons."""

    id: int
    """The number in the Members API."""
    name: str
    nation: str = ""
    """``England``, ``Scotland``, ``Wales`` or ``Northern Ireland``; empty if it is not known."""

    @property
    def welsh_name(self) -> str:
        """The Welsh name, such as ``Gogledd Caerdydd``; the English one if there is no other."""
        return _WELSH_SEATS.get(folded(self.name), self.name)

    def name_in(self, code: str) -> str:
        return self.welsh_name if code == "cy" else self.name

    def is_same_as(self, other: "Constituency") -> bool:
        """Compare names, English or Welsh, ignoring case and accents. Numbers change with new boundaries."""
        return folded_seat(self.name) == folded_seat(other.name)


@dataclass(frozen=True, slots=True)
class Contact:
    """Ways to reach a member; those that are not published are empty."""

    email: str = ""
    phone: str = ""
    website: str = ""
    constituency_office: tuple[str, ...] = ()
    """Lines of a complete postal address, the postcode last."""
    as_of: date | None = None
    """The day of the data, if it is old; None if Parliament has just sent it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A Member of Parliament, with the names that the Members API has."""

    id: int
    name: str
    """``nameDisplayAs``, such as Ms Diane Abbott."""
    full_title: str
    """``nameFullTitle``, as on an envelope, such as Rt Hon Diane Abbott MP."""
    address_as: str = ""
    """``nameAddressAs``, such as Ms Abbott; empty for two members in three."""
    party: str = ""
    post: str = ""
    """The post in the Government; empty for most members, and if it is not known."""
    contact: Contact | None = None
    """None if it is not known."""
    since: date | None = None
    """The day since when they have been an MP without a break, for any seat. A general election or new boundaries are
    no break, so the day can be long before the seat existed. None if it is not known."""

    @classmethod
    def from_typed_name(cls, name: str) -> "Member":
        plain = _strip_honorific(name).removesuffix(" MP")
        return cls(UNLISTED, plain, complete_title(name))

    @property
    def is_unlisted(self) -> bool:
        """True if Parliament does not list the member: typed by hand, yet to be elected, or only a gap to fill in."""
        return self.id == UNLISTED

    @property
    def is_yet_to_come(self) -> bool:
        """True if the seat is vacant and this is its next member."""
        return False

    @property
    def greeted_as(self) -> str:
        """``Ms Abbott``. Titles are never guessed: without ``nameAddressAs`` this is the full name."""
        return _strip_honorific(self.address_as or self.name)

    @property
    def salutation(self) -> str:
        return f"Dear {self.greeted_as}"

    @property
    def address_block(self) -> tuple[str, ...]:
        """The lines of the postal address at the House of Commons: four, or five if the name takes two."""
        name = wrap(self.full_title, LONGEST_ADDRESS_LINE)
        return (*(name if len(name) == 2 else [self.full_title]), *HOUSE_OF_COMMONS)

    @property
    def email(self) -> str:
        return self.contact.email if self.contact else ""

    @property
    def plain_name(self) -> str:
        """The name without titles, such as ``Diane Abbott``."""
        words = _strip_honorific(self.name).removesuffix(" MP").split()
        return " ".join(word for word in words if word not in _TITLES) or self.name

    @property
    def initials(self) -> str:
        """First letters of first and last name, such as ``DA``, shown if there is no portrait."""
        names = self.plain_name.split()
        return "".join(name[0] for name in dict.fromkeys((names[0], names[-1]))) if names else ""

    def called_in(self, code: str) -> "Member":  # noqa: ARG002
        """Return the member as named in a language, ``cy`` for Welsh. Only the name of a member to come differs."""
        return self

    def party_in(self, code: str) -> str:
        return _WELSH_PARTIES.get(folded(self.party), self.party) if code == "cy" else self.party

    @property
    def is_speaker(self) -> bool:
        """True for the Speaker, who takes part in no vote or motion."""
        return folded(self.party) == _SPEAKER

    @property
    def abstains(self) -> bool:
        """True for Sinn Féin's members, who do not take their seats. The API has no field for that."""
        return folded(self.party) == _SINN_FEIN


@dataclass(frozen=True, slots=True)
class ComingMember(Member):
    """The next member for a vacant seat. A letter to them can be kept until they are elected."""

    seat: Constituency = Constituency(UNLISTED, "")

    @classmethod
    def for_constituency(cls, constituency: Constituency) -> "ComingMember":
        """Return the next member for a constituency, named in the current locale."""
        name = constituency.name_in(current_locale().code)
        title = gettext("the Member of Parliament for %(seat)s", seat=name)
        return cls(
            UNLISTED, title, f"{title[0].upper()}{title[1:]}", gettext("Member of Parliament"), seat=constituency
        )

    def called_in(self, code: str) -> Member:
        with use_locale(LANGUAGES[code]):
            return ComingMember.for_constituency(self.seat)

    @property
    def is_yet_to_come(self) -> bool:
        return True

    @property
    def address_block(self) -> tuple[str, ...]:
        """Five lines, because office and constituency together are too long for a window envelope."""
        return ("The Member of Parliament for", self.seat.name, *HOUSE_OF_COMMONS)


@dataclass(frozen=True, slots=True)
class Seat:
    """A constituency and its member; None while it is vacant, or if the member is not known."""

    constituency: Constituency
    member: Member | None
    code: str = ""
    """ONS code, such as E14001172, which the Members API does not have."""


def complete_title(full_title: str) -> str:
    """Return a full title with MP at its end, which the API sometimes leaves out."""
    return full_title if full_title.endswith(" MP") else f"{full_title} MP"


def _strip_honorific(name: str) -> str:
    for honorific in _HONORIFICS:
        name = name.removeprefix(honorific)
    return name
