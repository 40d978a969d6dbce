"""The words that the tool itself writes in a letter, in each language of campaigns.

The Welsh is worded so that no name put into it has to mutate.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from app.i18n.dates import day_in_words
from app.i18n.languages import LANGUAGES, Language
from app.i18n.translate import gettext as _
from app.i18n.translate import use_locale
from app.mp.people import Member


@dataclass(frozen=True, slots=True)
class Wording:
    """The letter's fixed words in one language."""

    language: Language
    dear: str
    close: str
    member_to_come: str
    """Greeting for an MP who has yet to be elected."""
    to: str
    subject: str
    """The first lines of a letter as text."""
    page: tuple[str, str]
    """The words before the number of a page and before the number of pages."""
    follow_up_subject: str
    """A template; ``subject`` and ``date`` are those of the first letter."""
    follow_up: str
    """The beginning, in Liquid, of a second letter if the campaign has none."""
    follow_up_end: str

    @property
    def tag(self) -> str:
        return self.language.tag

    def day(self, day: date) -> str:
        """``22 November 2026``."""
        return day_in_words(day, self.language)

    def greeting(self, member: Member) -> str:
        """``Dear Ms Abbott,``."""
        return f"{self.dear} {self.member_to_come if member.is_yet_to_come else member.greeted_as},"


@cache
def wording_in(code: str) -> Wording:
    language = LANGUAGES[code]
    with use_locale(language):
        return Wording(
            language=language,
            dear=_("Dear"),
            close=_("Yours sincerely,"),
            member_to_come=_("Member of Parliament"),
            to=_("To"),
            subject=_("Subject"),
            page=(_("Page"), _("of")),
            follow_up_subject=_("{subject}: my letter of {date}"),
            follow_up=_(
                "On {{ first_letter.date }} I wrote to you about “{{ first_letter.subject }}”. "
                "I have not had an answer yet.\n\n"
                "It still matters to me. As I told you then:"
            ),
            follow_up_end=_("What have you done about it, or what will you do? I look forward to your reply."),
        )
