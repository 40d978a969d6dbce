"""A letter with gaps for what is still to be typed, or written by hand.

A gap is two characters of no meaning around the name of what goes there, as ``name`` or ``answer-river``.
"""

import re
from dataclasses import replace
from datetime import date

from app.campaigns.campaign import Campaign
from app.letters.composition import Composition
from app.letters.letter import NO_SENDER, Letter, Sender
from app.letters.text import MARKS
from app.mp.people import Constituency, Member

ANSWER = "answer-"  # begins the names of gaps for answers
_OPEN, _CLOSE = MARKS[0], MARKS[1]
_GAP = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def gap(name: str) -> str:
    """Return a gap for a text."""
    return f"{_OPEN}{name}{_CLOSE}"


def with_gaps(composition: Composition) -> Composition:
    """Return the composition with a gap in place of everything that the writer is asked for."""
    sender = Sender(gap("name"), (gap("address_line_1"), gap("address_line_2")), gap("town"), gap("postcode"))
    answers = {question.id: gap(f"{ANSWER}{question.id}") for question in composition.campaign.questions}
    return replace(composition, sender=sender, answers=answers)


def letter_with_gaps(campaign: Campaign, member: Member, constituency: Constituency, day: date) -> Letter:
    """Return the campaign's letter with a gap for everything that the writer is asked for."""
    return with_gaps(Composition(campaign, member, constituency, NO_SENDER, {}, day)).letter


def parted(text: str) -> list[str]:
    """Split a text at its gaps: text, name of a gap, text, name, … text."""
    return [part.lower() if n % 2 else _without_marks(part) for n, part in enumerate(_GAP.split(text))]


def _without_marks(text: str) -> str:
    # A filter in the campaign file, such as truncate, may have cut a gap in two.
    return text.replace(_OPEN, "").replace(_CLOSE, "")
