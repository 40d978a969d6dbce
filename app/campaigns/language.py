"""What the tool itself writes in a letter, in each language that a campaign may be in. The pages are in English.

The Welsh awaits the eye of a native speaker. It is worded so that nothing put into it has to mutate.
"""

from dataclasses import dataclass
from datetime import date

from app.mp.people import Member


@dataclass(frozen=True, slots=True)
class Wording:
    """The letter's fixed words in one language."""

    tag: str
    """As browsers and PDF readers know the language: ``en-GB``."""
    dear: str
    close: str
    months: tuple[str, ...]
    member_to_come: str
    """Whom a letter greets that nobody has been elected for yet."""
    your_mp: str
    your_constituency: str
    """What stands for both before they are known."""
    to: str
    subject: str
    """The first lines of a letter as text."""
    page: tuple[str, str]
    """What stands before the number of a page, and before the number of all of them."""
    follow_up_subject: str
    """Of ``subject`` and ``date``, those of the first letter."""
    follow_up: str
    """How a second letter begins where the campaign has none, in Liquid."""
    follow_up_end: str

    def day(self, day: date) -> str:
        """``22 November 2026``."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def greeting(self, member: Member) -> str:
        """``Dear Ms Abbott,``."""
        return f"{self.dear} {self.member_to_come if member.is_yet_to_come else member.greeted_as},"


ENGLISH = Wording(
    tag="en-GB",
    dear="Dear",
    close="Yours sincerely,",
    months=tuple("January February March April May June July August September October November December".split()),
    member_to_come="Member of Parliament",
    your_mp="your MP",
    your_constituency="your constituency",
    to="To",
    subject="Subject",
    page=("Page", "of"),
    follow_up_subject="{subject}: my letter of {date}",
    follow_up=(
        "On {{ first_letter.date }} I wrote to you about “{{ first_letter.subject }}”. "
        "I have not had an answer yet.\n\n"
        "It still matters to me. As I told you then:"
    ),
    follow_up_end="What have you done about it, or what will you do? I look forward to your reply.",
)
WELSH = Wording(
    tag="cy",
    dear="Annwyl",
    close="Yn gywir,",
    months=tuple("Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()),
    member_to_come="Aelod Seneddol",
    your_mp="eich AS",
    your_constituency="eich etholaeth",
    to="At",
    subject="Pwnc",
    page=("Tudalen", "o"),
    follow_up_subject="{subject}: fy llythyr dyddiedig {date}",
    follow_up=(
        "Ar {{ first_letter.date }} ysgrifennais atoch ynghylch “{{ first_letter.subject }}”. "
        "Nid wyf wedi cael ateb eto.\n\n"
        "Mae’n dal i fod yn bwysig i mi. Fel y dywedais wrthych bryd hynny:"
    ),
    follow_up_end=(
        "Beth ydych chi wedi’i wneud am hyn, neu beth fyddwch chi’n ei wneud? Edrychaf ymlaen at eich ateb."
    ),
)
WORDINGS = {"en": ENGLISH, "cy": WELSH}
"""By the ``language`` of a campaign."""
