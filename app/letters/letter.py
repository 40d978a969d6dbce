"""A letter, ready to be sent, and the parts of its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.campaigns.letter_wording import Wording, wording_in
from app.letters.text import LONGEST_LETTER, LONGEST_SUBJECT, MOST_LINES, MOST_PARAGRAPHS, direction

BULLET = "- "


@dataclass(frozen=True, slots=True)
class Sender:
    """The writer. The address shows an MP's office that they are a constituent."""

    name: str
    street: tuple[str, ...]
    """One or two lines."""
    town: str
    postcode: str

    @property
    def address(self) -> tuple[str, ...]:
        """Lines as Royal Mail wants them: post town in capitals, postcode last and alone."""
        return tuple(line for line in (*self.street, self.town.upper(), self.postcode) if line)


NO_SENDER = Sender("", (), "", "")
"""A writer who has typed nothing yet."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; its lines break where the writer broke them."""

    lines: tuple[str, ...]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return direction("".join(self.lines))


@dataclass(frozen=True, slots=True)
class BulletList:
    """Lines that begin with a dash."""

    items: tuple[str, ...]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, which says on which side the bullets are."""
        return direction("".join(self.items))


class LetterTooLong(ValueError):
    """The letter is longer than anybody would read."""


class TooManyPages(ValueError):
    """The letter is longer than anybody would print."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter. The supporter can change ``subject`` and ``body``; the tool sets the rest."""

    sender: Sender
    recipient: tuple[str, ...]
    """The lines of the member's name and postal address."""
    email: str
    """The member's email address; empty if none is published."""
    date: date
    subject: str
    body: str
    """Everything from salutation to the sender's name: paragraphs with blank lines between them."""
    language: str = "en"
    """The campaign's language: ``en`` or ``cy``."""

    def __post_init__(self) -> None:
        """Raises LetterTooLong."""
        too_many_parts = self.body.count("\n") >= MOST_LINES or self.body.count("\n\n") >= MOST_PARAGRAPHS
        if len(self.body) > LONGEST_LETTER or len(self.subject) > LONGEST_SUBJECT or too_many_parts:
            raise LetterTooLong

    @property
    def wording(self) -> Wording:
        """The fixed words of a letter in this language."""
        return wording_in(self.language)

    @property
    def dated(self) -> str:
        """``22 November 2026``, in the letter's language."""
        return self.wording.day(self.date)

    @property
    def blocks(self) -> list[Paragraph | BulletList]:
        """The body's paragraphs and lists, in order."""
        return [block for paragraph in self.body.split("\n\n") for block in _blocks(paragraph.strip().split("\n"))]


@dataclass(frozen=True, slots=True)
class Proof:
    """How a letter comes out on paper."""

    pages: int
    unprintable: str = ""
    """The letter's characters that no font has, each once."""


def _blocks(lines: list[str]) -> Iterator[Paragraph | BulletList]:
    for is_list, alike in groupby(filter(None, lines), key=lambda line: line.startswith(BULLET)):
        if is_list:
            yield BulletList(tuple(line.removeprefix(BULLET).strip() for line in alike))
        else:
            yield Paragraph(tuple(alike))
