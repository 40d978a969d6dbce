"""Members and constituencies, and how a Member of Parliament is addressed."""

from dataclasses import dataclass, field
from datetime import date

HOUSE_OF_COMMONS = ("House of Commons", "LONDON", "SW1A 0AA")


@dataclass(frozen=True, slots=True)
class Constituency:
    """A seat of the House of Commons."""

    id: int
    """The Members API's own number."""
    name: str
    nation: str = ""
    """``England``, ``Scotland``, ``Wales`` or ``Northern Ireland``; empty where it is not known."""


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
    """``nameFullTitle``: Rt Hon Diane Abbott MP."""
    address_as: str = ""
    """``nameAddressAs``: Ms Abbott. Empty for two in three."""
    party: str = ""
    contact: Contact = field(default_factory=Contact)

    @property
    def salutation(self) -> str:
        """``Dear Ms Abbott``. Titles are never guessed: without ``nameAddressAs`` it is the full name."""
        name = self.address_as or self.name
        for honorific in ("Rt Hon. ", "Rt Hon ", "The Rt Hon. ", "The Rt Hon "):
            name = name.removeprefix(honorific)
        return f"Dear {name}"

    @property
    def title(self) -> str:
        """The full title as on an envelope, which always ends in MP."""
        return self.full_title if self.full_title.endswith(" MP") else f"{self.full_title} MP"

    @property
    def address_block(self) -> tuple[str, ...]:
        """The lines of the postal address at the House of Commons."""
        return (self.title, *HOUSE_OF_COMMONS)

    @property
    def is_speaker(self) -> bool:
        """The Speaker, who takes part in no vote or motion."""
        return self.party == "Speaker"

    @property
    def abstains(self) -> bool:
        """Elected as an abstentionist: Sinn Féin's members do not take their seats. The API does not say so."""
        return self.party == "Sinn Féin"
