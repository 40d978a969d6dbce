"""The JSON of the Members API, and its conversion to members and seats.

Source: the API's OpenAPI specification and recorded answers. Keys may be missing, null, or new; a wrong type makes the
whole answer unreadable, except in dates that nothing depends on.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PositiveInt, RootModel, StringConstraints
from pydantic.alias_generators import to_camel

from app.mp.people import Constituency, Contact, Member, Seat, complete_title

COMMONS = 1
PARLIAMENTARY_OFFICE, CONSTITUENCY_OFFICE, WEBSITE = 1, 4, 6  # typeId: the words of `type` change over the years

# One plain address, without anything that a mail header could read as a second one.
_EMAIL = re.compile(r"[^\s@,;:<>()\"\\]+@[^\s@,;:<>()\"\\]+\.[^\s@,;:<>()\"\\]+")


Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _parse_day(value: Any) -> date | None:
    """Parse the day of ``2024-07-04T00:00:00``. Return None for anything else, and for year 1, which means no date."""
    try:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and day.year > 1 else None


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, str_strip_whitespace=True, frozen=True)


class _Party(_Wire):
    name: str | None = None


class _Membership(_Wire):
    house: int | None = None
    membership_start_date: Annotated[date | None, BeforeValidator(_parse_day)] = None
    """Start of the latest time in the House. Elections and new boundaries do not end it: in May 2025 it was 1987 for
    Diane Abbott, 2001 for Andrew Murrison in a seat of 2010, and 2024 for Heidi Alexander, away from 2018."""
    membership_end_date: str | None = None


class _Member(_Wire):
    id: PositiveInt
    name_display_as: Name
    name_full_title: str | None = None
    name_address_as: str | None = None
    latest_party: _Party | None = None
    latest_house_membership: _Membership | None = None

    @property
    def is_sitting(self) -> bool:
        """Return whether this is a sitting member of the Commons; a suspended member is."""
        membership = self.latest_house_membership
        return membership is None or (membership.house in (COMMONS, None) and not membership.membership_end_date)

    def to_member(self) -> Member:
        return Member(
            id=self.id,
            name=self.name_display_as,
            full_title=complete_title(self.name_full_title or self.name_display_as),
            address_as=self.name_address_as or "",
            party=(self.latest_party and self.latest_party.name) or "",
            since=self.latest_house_membership.membership_start_date if self.latest_house_membership else None,
        )


class _MemberItem(_Wire):
    value: _Member | None = None


class _Representation(_Wire):
    member: _MemberItem | None = None


class ConstituencyValue(_Wire):
    """A constituency, past or present, and its member."""

    id: PositiveInt
    name: Name
    end_date: str | None = None
    current_representation: _Representation | None = None

    def to_seat(self) -> Seat:
        """Return the seat and its sitting member, None if it is vacant, which the API may show in three ways."""
        item = self.current_representation and self.current_representation.member
        value = item and item.value
        return Seat(Constituency(self.id, self.name), value.to_member() if value and value.is_sitting else None)


class ConstituencyItem(_Wire):
    """Answer of ``/api/Location/Constituency/{id}``."""

    value: ConstituencyValue


class ConstituencySearch(_Wire):
    """Answer of ``/api/Location/Constituency/Search``."""

    items: list[ConstituencyItem]

    @property
    def current(self) -> tuple[Seat, ...]:
        current = (item.value for item in self.items if item.value.end_date is None)
        return tuple({value.id: value.to_seat() for value in current}.values())


class _ContactEntry(_Wire):
    type_id: int | None = None
    line1: str | None = None
    line2: str | None = None
    line3: str | None = None
    line4: str | None = None
    line5: str | None = None
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def postal_address(self) -> tuple[str, ...]:
        """The lines of the address, postcode last; empty if a letter could not be posted to it."""
        if not (self.line1 and self.postcode):
            return ()
        lines = (self.line1, self.line2, self.line3, self.line4, self.line5, self.postcode)
        return tuple(line for line in lines if line)


class ContactDetails(_Wire):
    """Answer of ``/api/Members/{id}/Contact``."""

    value: list[_ContactEntry]

    def to_contact(self) -> Contact:
        offices = [*self._entries(PARLIAMENTARY_OFFICE), *self._entries(CONSTITUENCY_OFFICE)]
        others = [entry for entry in self.value if (entry.email or "").lower().endswith("@parliament.uk")]
        emails = (entry.email for entry in [*offices, *others] if _EMAIL.fullmatch(entry.email or ""))
        websites = (entry.line1 for entry in self._entries(WEBSITE) if re.match(r"https?://", entry.line1 or ""))
        return Contact(
            email=next(emails, None) or "",
            phone=next((entry.phone for entry in offices if entry.phone), ""),
            website=next(websites, None) or "",
            constituency_office=next(filter(None, (e.postal_address for e in self._entries(CONSTITUENCY_OFFICE))), ()),
        )

    def _entries(self, type_id: int) -> Iterator[_ContactEntry]:
        return (entry for entry in self.value if entry.type_id == type_id)


class _PostHolder(_Wire):
    member: _MemberItem | None = None
    end_date: str | None = None


class _Post(_Wire):
    name: str | None = None
    hansard_name: str | None = None
    post_holders: list[_PostHolder] | None = None


class _PostItem(_Wire):
    value: _Post | None = None


class GovernmentPosts(RootModel[list[_PostItem]]):
    """Answer of ``/api/Posts/GovernmentPosts``."""

    def to_posts(self) -> dict[int, str]:
        """Return a map of members' numbers to their posts: of several, the first in the API's list."""
        posts: dict[int, str] = {}
        for post in (item.value for item in self.root if item.value):
            for holder in post.post_holders or []:
                member = holder.member and holder.member.value
                if member and not holder.end_date and (post.name or post.hansard_name):
                    posts.setdefault(member.id, post.name or post.hansard_name or "")
        return posts
