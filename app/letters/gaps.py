"""A letter with gaps, for whatever is still to be typed or written by hand.

A gap is two characters of no meaning around the name of what goes there, as ``name`` or ``answer-river``.
"""

import re
from datetime import date

from app.campaigns.campaign import Campaign
from app.letters.compose import compose
from app.letters.letter import Letter, Sender
from app.letters.text import MARKS
from app.mp.people import Constituency, Member

ANSWER = "answer-"  # begins the names of those for answers
_OPEN, _CLOSE = MARKS[0], MARKS[1]
_GAP = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def gap(name: str) -> str:
    """A gap in a text."""
    return f"{_OPEN}{name}{_CLOSE}"


def letter_with_gaps(campaign: Campaign, member: Member, constituency: Constituency, today: date) -> Letter:
    """The campaign's letter with a gap for whatever the writer is asked."""
    sender = Sender(gap("name"), (gap("address_line_1"), gap("address_line_2")), gap("town"), gap("postcode"))
    answers = {question.id: gap(f"{ANSWER}{question.id}") for question in campaign.questions}
    return compose(campaign, member, constituency, sender, answers, today)


def parted(text: str) -> list[str]:
    """A text taken apart: text, name of a gap, text, name, … text."""
    return [part.lower() if n % 2 else _without_marks(part) for n, part in enumerate(_GAP.split(text))]


def _without_marks(text: str) -> str:
    # A filter of the campaign's, such as truncate, may have cut a gap in two.
    return text.replace(_OPEN, "").replace(_CLOSE, "")
