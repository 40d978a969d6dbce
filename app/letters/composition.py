"""Everything that one letter is made of: campaign + member + answers → Letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.campaigns.asks import Ask
from app.campaigns.campaign import Campaign
from app.campaigns.template import liquid
from app.letters.compose import Values, filled_in, follow_up, letter_values, with_ask
from app.letters.letter import Letter, LetterTooLong, Sender
from app.letters.text import MARKS, clean_line, clean_paragraphs
from app.mp.people import Constituency, Member

_ANSWER = MARKS[2]


@dataclass(frozen=True)
class Composition:
    """One supporter's letter to one member. What is made of it is made once, when it is first used."""

    campaign: Campaign
    member: Member
    constituency: Constituency
    sender: Sender
    answers: Mapping[str, str]
    """Cleaned text by question id."""
    day: date
    """The date of the letter."""
    first_sent: date | None = None
    """When the first letter was sent, if this one follows it up."""
    first_subject: str = ""
    """The first letter's subject; empty if it was as it is now."""

    @cached_property
    def letter(self) -> Letter:
        """The letter. The tool adds what must never be wrong: salutation, date, sign-off, name and addresses.

        Raises LetterTooLong, and TemplateError if the campaign file was never checked.
        """
        try:
            subject, text = self._text(self.answers)
        except liquid.GrowsTooLong:
            raise LetterTooLong from None  # because of an answer: the file was checked with short ones
        return Letter(
            sender=self.sender,
            recipient=self.member.address_block,
            email=self.member.email,
            date=self.day,
            subject=clean_line(subject),
            body=self._body(text),
            language=self.campaign.language,
        )

    @cached_property
    def ask(self) -> Ask | None:
        """The campaign's ask for this member."""
        return self.campaign.ask_for(self.member, self.constituency)

    @cached_property
    def values_without_answers(self) -> Values:
        """The value of each placeholder, without answers. Raises TemplateError."""
        return self._values({})

    @cached_property
    def text_without_answers(self) -> tuple[str, str]:
        """Subject and text of the campaign's letter, without answers. Raises TemplateError."""
        return filled_in(self.campaign, self.values_without_answers)

    @cached_property
    def campaign_texts(self) -> frozenset[str]:
        """The campaign's part of the letter, between the answers: once with every answer given, once with none."""
        every = dict.fromkeys((question.id for question in self.campaign.questions), _ANSWER)
        texts = (self._text(every)[1], self._text({})[1] if self.first_sent else self.text_without_answers[1])
        return frozenset(part for text in texts for part in self._body(text).split(_ANSWER))

    def _values(self, answers: Mapping[str, str]) -> Values:
        values = letter_values(self.campaign, self.member, self.constituency, self.sender, answers)
        return with_ask(self.campaign, self.ask, values)

    def _text(self, answers: Mapping[str, str]) -> tuple[str, str]:
        """Return subject and text, of the first letter or of the one that follows it up."""
        values = self._values(answers)
        if not self.first_sent:
            return filled_in(self.campaign, values)
        return follow_up(self.campaign, values, self.first_subject, self.first_sent)

    def _body(self, text: str) -> str:
        words = self.campaign.wording
        return clean_paragraphs(f"{words.greeting(self.member)}\n\n{text}\n\n{words.close}\n\n{self.sender.name}")
