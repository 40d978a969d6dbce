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
LONGEST_ADDRESS_LINE = 34  # characters that fit an envelope's window; no member of today has a longer title
UNLISTED = 0
"""The number of a member or constituency that Parliament does not list, such as one that was typed by hand."""

_HONORIFICS = ("The Rt Hon. ", "The Rt Hon ", "Rt Hon. ", "Rt Hon ")
_TITLES = frozenset("Mr Mrs Ms Miss Mx Dr Sir Dame Lord Lady Reverend Professor".split())


def folded(name: str) -> str:
    """A name as it compares: ``YNYS MON`` and ``Ynys Môn`` are the same."""
    if not name.isascii():  # most are, and have nothing to take apart
        name = "".join(c for c in unicodedata.normalize("NFKD", stream_safe(name)) if not unicodedata.combining(c))
    return " ".join(name.casefold().split())


_WELSH_SEATS = {folded(name): welsh for name, welsh in welsh_names.WELSH_NAMES.items()}
_ENGLISH_SEATS = {folded(welsh): name for name, welsh in _WELSH_SEATS.items()}
_WELSH_PARTIES = {folded(name): welsh for name, welsh in parties.WELSH_NAMES.items()}
_SPEAKER, _SINN_FEIN = folded(parties.SPEAKER), folded(parties.SINN_FEIN)


def folded_seat(name: str) -> str:
    """A constituency's name as it compares: ``Gogledd Caerdydd`` and ``CARDIFF NORTH`` are the same."""
    return _ENGLISH_SEATS.get(folded(name), folded(name))


@dataclass(frozen=True, slots=True)
class Constituency:
    """A seat of the House of Commons."""

    id: int
    """The Members API's own number."""
    name: str
    nation: str = ""
    """``England``, ``Scotland``, ``Wales`` or ``Northern Ireland``; empty where it is not known."""

    @property
    def welsh_name(self) -> str:
        """``Gogledd Caerdydd``; the name itself where there is no other."""
        return _WELSH_SEATS.get(folded(self.name), self.name)

    def name_in(self, code: str) -> str:
        """The name in a language: ``cy`` for Welsh."""
        return self.welsh_name if code == "cy" else self.name

    def is_same_as(self, other: "Constituency") -> bool:
        """Whether both mean one constituency: by name, English or Welsh, ignoring case and accents."""
        return folded_seat(self.name) == folded_seat(other.name)


@dataclass(frozen=True, slots=True)
class Contact:
    """How a member can be reached; whatever is not published is empty."""

    email: str = ""
    phone: str = ""
    website: str = ""
    constituency_office: tuple[str, ...] = ()
    """Lines of a postal address, the postcode last; never a part of one."""
    as_of: date | None = None
    """The day these were true; None where Parliament has only just said so."""


@dataclass(frozen=True, slots=True)
class Member:
    """A Member of Parliament, named as the Members API names them."""

    id: int
    name: str
    """``nameDisplayAs``: Ms Diane Abbott."""
    full_title: str
    """``nameFullTitle``, as on an envelope: Rt Hon Diane Abbott MP."""
    address_as: str = ""
    """``nameAddressAs``: Ms Abbott. Empty for two in three."""
    party: str = ""
    post: str = ""
    """The post in the Government; empty for most, and where it is not known."""
    contact: Contact | None = None
    """None where nobody could be asked."""
    since: date | None = None
    """The day since when they have been an MP without a break, for whatever seat: neither a general election nor new
    boundaries count as one, so it can be long before the seat was there. None where it is not known."""

    @classmethod
    def by_hand(cls, name: str) -> "Member":
        """A member of whom only the name is known, as somebody typed it: ``Rt Hon Jane Example MP``."""
        plain = _without_honorific(name).removesuffix(" MP")
        return cls(UNLISTED, plain, on_envelope(name))

    @property
    def is_unlisted(self) -> bool:
        """True if Parliament does not list the member: typed by hand, yet to be elected, or only a gap to fill in."""
        return self.id == UNLISTED

    @property
    def is_yet_to_come(self) -> bool:
        """Whether nobody has been elected yet."""
        return False

    @property
    def greeted_as(self) -> str:
        """``Ms Abbott``. Titles are never guessed: without ``nameAddressAs`` it is the full name."""
        return _without_honorific(self.address_as or self.name)

    @property
    def salutation(self) -> str:
        """``Dear Ms Abbott``, as an English letter begins."""
        return f"Dear {self.greeted_as}"

    @property
    def address_block(self) -> tuple[str, ...]:
        """The lines of the postal address at the House of Commons: four, or five where the name takes two."""
        name = wrap(self.full_title, LONGEST_ADDRESS_LINE)
        return (*(name if len(name) == 2 else [self.full_title]), *HOUSE_OF_COMMONS)

    @property
    def email(self) -> str:
        """The e-mail address; empty where none is known."""
        return self.contact.email if self.contact else ""

    @property
    def plain_name(self) -> str:
        """``Diane Abbott``: without titles."""
        words = _without_honorific(self.name).removesuffix(" MP").split()
        return " ".join(word for word in words if word not in _TITLES) or self.name

    @property
    def initials(self) -> str:
        """``DA``: what stands where there is no portrait."""
        names = self.plain_name.split()
        return "".join(name[0] for name in dict.fromkeys((names[0], names[-1]))) if names else ""

    def called_in(self, code: str) -> "Member":  # noqa: ARG002
        """The member as a text in a language calls them, ``cy`` for Welsh; names are the same in each."""
        return self

    def party_in(self, code: str) -> str:
        """The party's name in a language, ``cy`` for Welsh; as Parliament has it where there is no other."""
        return _WELSH_PARTIES.get(folded(self.party), self.party) if code == "cy" else self.party

    @property
    def is_speaker(self) -> bool:
        """The Speaker, who takes part in no vote or motion."""
        return folded(self.party) == _SPEAKER

    @property
    def abstains(self) -> bool:
        """Elected as an abstentionist: Sinn Féin's members do not take their seats. The API does not say so."""
        return folded(self.party) == _SINN_FEIN


@dataclass(frozen=True, slots=True)
class ComingMember(Member):
    """Whoever is elected next for a seat that nobody holds: a letter to them can be kept until then."""

    seat: Constituency = Constituency(UNLISTED, "")

    @classmethod
    def of(cls, constituency: Constituency) -> "ComingMember":
        """The next member for a constituency, as they are called in the language that is spoken."""
        name = constituency.name_in(current_locale().code)
        title = gettext("the Member of Parliament for %(seat)s", seat=name)
        return cls(
            UNLISTED, title, f"{title[0].upper()}{title[1:]}", gettext("Member of Parliament"), seat=constituency
        )

    def called_in(self, code: str) -> Member:
        """The same in another language."""
        with use_locale(LANGUAGES[code]):
            return ComingMember.of(self.seat)

    @property
    def is_yet_to_come(self) -> bool:
        """Whether nobody has been elected yet."""
        return True

    @property
    def address_block(self) -> tuple[str, ...]:
        """Five lines, since office and constituency are too long for one in a window envelope."""
        return ("The Member of Parliament for", self.seat.name, *HOUSE_OF_COMMONS)


@dataclass(frozen=True, slots=True)
class Seat:
    """A constituency and the member who sits for it; None while it is vacant, or where that is not known."""

    constituency: Constituency
    member: Member | None
    code: str = ""
    """ONS code, such as E14001172; the Members API does not have it."""


def on_envelope(full_title: str) -> str:
    """A full title as it must end; the API leaves MP out now and then."""
    return full_title if full_title.endswith(" MP") else f"{full_title} MP"


def _without_honorific(name: str) -> str:
    for honorific in _HONORIFICS:
        name = name.removeprefix(honorific)
    return name
