"""A letter for a street stall: to be printed in bulk and filled in by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup, escape

from app.campaigns.campaign import Campaign, Question
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import use_locale
from app.letters.gaps import ANSWER, gap, letter_with_gaps, parted
from app.letters.letter import BulletList, Letter, Paragraph
from app.mp.people import UNLISTED, Constituency, Member

ANY_MEMBER = Member(UNLISTED, gap("mp"), gap("mp"))
ANY_CONSTITUENCY = Constituency(UNLISTED, gap("constituency"))
_FEWEST_LINES, _MOST_LINES = 3, 6
_WORDS_A_LINE = 25  # few use all the words they may; a line holds about ten


@dataclass(frozen=True, slots=True)
class StallWords:
    """The labels beside the lines, in one language."""

    name: str
    address: str
    postcode: str
    date: str


@cache
def _stall_words(code: str) -> StallWords:
    with use_locale(LANGUAGES[code]):
        return StallWords(_("Your name"), _("Your address"), _("Your postcode"), _("Date"))


@dataclass(frozen=True, slots=True)
class Ruled:
    """Ruled lines to write an answer on."""

    question: str
    lines: int
    fewest: int
    """The fewest lines; the others are left out where that saves a page."""


@dataclass(frozen=True, slots=True)
class StallSheet:
    """A letter with gaps, and the lines for its answers."""

    letter: Letter
    answers: Mapping[str, Ruled]
    """Answer lines, by the name of their gap."""

    @property
    def words(self) -> StallWords:
        """The labels beside the lines."""
        return _stall_words(self.letter.language)

    @property
    def blocks(self) -> list[Paragraph | BulletList | Ruled]:
        """The letter's paragraphs and lists, with ruled lines in place of its answers."""
        return [part for block in self.letter.blocks for part in self._parts(block)]

    def _parts(self, block: Paragraph | BulletList) -> Iterator[Paragraph | BulletList | Ruled]:
        if isinstance(block, BulletList):
            yield block
            return
        text = ""
        for n, part in enumerate(parted("\n".join(block.lines))):
            if n % 2 and part in self.answers:
                yield from _paragraph(text)
                yield self.answers[part]
                text = "\n"  # the text after an answer starts a new paragraph
            else:
                text += gap(part) if n % 2 else part
        yield from _paragraph(text)


def stall_sheet(campaign: Campaign, member: Member, constituency: Constituency, today: date) -> StallSheet:
    """Return the sheet for letters to a member. For ``ANY_MEMBER`` of ``ANY_CONSTITUENCY`` their names are gaps too."""
    answers = {f"{ANSWER}{question.id}": _ruled_lines(question) for question in campaign.questions}
    return StallSheet(letter_with_gaps(campaign, member, constituency, today), answers)


def _ruled_lines(question: Question) -> Ruled:
    fewest = _FEWEST_LINES if question.required else _FEWEST_LINES - 1
    return Ruled(question.label, min(max(question.max_words // _WORDS_A_LINE, fewest), _MOST_LINES), fewest)


def _paragraph(text: str) -> Iterator[Paragraph]:
    """Yield the text before or after an answer, without the full stop that would end the answer's sentence."""
    text = text.lstrip("\n .,;:!?") if text.startswith("\n") else text
    if text.strip():
        yield Paragraph(tuple(text.strip().split("\n")))


def ruled(text: str) -> Markup:
    """Return HTML of a text whose gaps are rules to write on."""
    rule = Markup('<span class="rule {}"></span>')
    return Markup("").join(rule.format(part) if n % 2 else escape(part) for n, part in enumerate(parted(text)))
