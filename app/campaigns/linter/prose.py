"""The passages of a campaign file that become a letter's text, each with its place in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.campaigns.file.front_matter import TextPlace
from app.campaigns.file.reader import CampaignFile
from app.campaigns.problems import Problem, Severity

FILLER = "\ue000"
"""Replaces each character of a placeholder in ``prose``."""

# An unclosed tag extends to the end, so that no text is read twice.
_MARKUP = re.compile(
    r"\{%-?\s*comment\b.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)|\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)", re.DOTALL
)
_ELSE = re.compile(r"\{%-?\s*(?:else|elsif|when)\b")
_SENTENCE = re.compile(r"(?:[^.!?…\x1e]|[.!?…](?=[^\s.!?…”’\"')]))+[.!?…]*")
_CLOSING = " \t\n”’\"')"  # of the sentence before
_BREAK = re.compile(r"\n[ \t]*(?:\n|- )")


@dataclass(frozen=True)
class Passage:
    """A piece of the file's Liquid, with its place in the file."""

    source: str
    place: TextPlace

    @cached_property
    def prose(self) -> str:
        """The text, with each character at its place in ``source``. Tags are blank; those that begin an alternative
        start with U+001E."""
        return _MARKUP.sub(lambda markup: _filler(markup.group()), self.source)

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Sentences with their offsets in the text. The end of a paragraph or list item ends a sentence."""
        separated = _BREAK.sub(lambda gap: "\x1e" * len(gap.group()), self.prose)
        found = ((sentence.start(), sentence.group()) for sentence in _SENTENCE.finditer(separated))
        return [(start + len(text) - len(inner), inner) for start, text in found if (inner := text.lstrip(_CLOSING))]

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        for line in re.finditer(r"[^\n]+", self.prose):
            text = line.group().replace("\x1e", " ")
            if text.strip():
                yield line.start() + len(text) - len(text.lstrip()), text.strip()

    def advice(self, offset: int, message: str) -> Problem:
        line = self.source.count("\n", 0, offset) + 1
        column: int | None = offset - self.source.rfind("\n", 0, offset)
        line, column = self.place.offset(line, column)
        return Problem(line, message, Severity.ADVICE, column)


def letter(file: CampaignFile) -> Passage:
    return Passage(file.campaign.body, file.front_matter.text_of_body)


def follow_up(file: CampaignFile) -> Passage:
    return Passage(file.campaign.follow_up, file.front_matter.text_of("follow_up"))


def asks(file: CampaignFile) -> list[Passage]:
    places = (file.front_matter.text_of("asks", number, "ask") for number in range(len(file.campaign.asks)))
    return [Passage(ask.ask, place) for ask, place in zip(file.campaign.asks, places, strict=True)]


def every_passage(file: CampaignFile) -> list[Passage]:
    subject = Passage(file.campaign.subject, file.front_matter.text_of("subject"))
    return [subject, *asks(file), letter(file), follow_up(file)]


def _filler(markup: str) -> str:
    if markup.startswith("{{"):
        return re.sub(r"[^\n]", FILLER, markup)
    blank = re.sub(r"[^\n]", " ", markup)
    return "\x1e" + blank[1:] if _ELSE.match(markup) else blank
