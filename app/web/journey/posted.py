"""The form that a page of the journey sent. A view reads it once, and hands it to other functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.letters.text import LONGEST_SUBJECT, clean_line, drop_private
from app.mp.dissolution import today
from app.mp.parliament.place_answer import is_well_formed
from app.web.http.field_limits import fields_cut
from app.web.http.locale_routing import SWITCH

PLACE = "place"
"""The field with Parliament's signed answer for the postcode."""
_LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True)
class Posted:
    """A form that was sent; an empty one for a page that is requested without a form."""

    form: ImmutableMultiDict[str, str] = ImmutableMultiDict()  # noqa: RUF009  # it cannot be changed
    is_posted: bool = False
    cut: frozenset[str] = frozenset()
    """Names of the fields that were far too long, so that only their beginning was taken."""
    day: date = field(default_factory=today)
    """The day in London when it was sent."""
    is_handheld: bool = False
    """True if the browser says that it is on a phone, where the phone's own email app sends letters."""
    is_preview: bool = False
    """True for a page in a frame of the Studio, where no script runs."""

    @classmethod
    def read(cls, incoming: Request) -> "Posted":
        """Read the form of a POST."""
        hint = incoming.headers.get("Sec-CH-UA-Mobile")
        is_handheld = hint == "?1" if hint else "Mobi" in incoming.user_agent.string
        return cls(ImmutableMultiDict(incoming.form), True, fields_cut(), is_handheld=is_handheld)

    def has(self, name: str) -> bool:
        """Return whether the form had a field, even an empty one."""
        return name in self.form

    def get(self, name: str) -> str:
        """Return a field as it was sent; empty if there was none."""
        return self.form.get(name, "")

    def last(self, name: str) -> str:
        """Return the last of the fields of one name: a button comes after the hidden field that it replaces."""
        return (self.form.getlist(name) or [""])[-1]

    def line(self, name: str) -> str:
        """Return a field as a cleaned line, no longer than a subject."""
        return clean_line(drop_private(self.get(name)))[:LONGEST_SUBJECT]

    @property
    def constituency(self) -> str:
        """The number of the chosen constituency, exactly as it was sent; empty if none was chosen."""
        return self.last("constituency")

    @property
    def constituency_id(self) -> int | None:
        """The number of the chosen constituency; None if none was chosen, or if it is not a number."""
        chosen = self.constituency
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) <= _LONGEST_NUMBER
        return int(chosen) if is_number else None

    @property
    def place(self) -> str:
        """Parliament's signed answer for the postcode; empty if there is none, or it is malformed."""
        posted = self.get(PLACE)
        return posted if is_well_formed(posted) else ""

    @property
    def is_switched(self) -> bool:
        """True if the form was sent only to see its page in another language."""
        return self.has(SWITCH)

    @property
    def shows_errors(self) -> bool:
        """True if a form with errors was sent only to see its page, errors included, in another language."""
        return self.is_switched and self.has("mistakes")

    def with_place(self, place: str) -> "Posted":
        """Return the form with another signed answer for the postcode; with none if ``place`` is empty."""
        fields = MultiDict(self.form)
        fields[PLACE] = place
        return replace(self, form=ImmutableMultiDict(fields))

    def without_cut(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return the fields that were not cut. The others are on the page once, in its form."""
        return {name: text for name, text in fields.items() if name not in self.cut}
