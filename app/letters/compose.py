"""Campaign + member + answers → Letter."""

import re
from collections.abc import Mapping
from datetime import date
from textwrap import shorten
from typing import cast

from app.campaigns.asks import Ask
from app.campaigns.campaign import Campaign
from app.campaigns.template import liquid
from app.letters.letter import Letter, LetterTooLong, Sender
from app.letters.text import clean_line, clean_paragraphs
from app.mp.people import Constituency, Member

# A line break that somebody typed into an answer, while the campaign's own lines are being joined.
_TYPED_BREAK = "\N{LINE SEPARATOR}"
# A line with nothing but a tag is for the campaigner's eyes: it neither breaks a paragraph nor leaves a gap.
_TAG_ALONE = re.compile(r"^[ \t]*(\{%[^\n]*%\})[ \t]*\n", re.MULTILINE)

_LONGEST_TOPIC = 300  # characters of the first letter's subject in that of the second

Values = Mapping[str, object]
"""What placeholders stand for: a mapping a group, as ``member``, and the text of ``ask``."""


def compose(
    campaign: Campaign,
    member: Member,
    constituency: Constituency,
    sender: Sender,
    answers: Mapping[str, str],
    today: date,
    first_sent: date | None = None,
    first_subject: str = "",
) -> Letter:
    """The letter a campaign's text and a supporter's answers make. The tool adds what must never be wrong.

    ``answers`` maps question ids to cleaned text. With ``first_sent`` it is the letter that follows up one of that day,
    whose subject was ``first_subject``, or else as it is now. Raises LetterTooLong, and TemplateError where the
    campaign's file was never checked.
    """
    try:
        values = letter_values(campaign, member, constituency, sender, answers)
        subject, text = filled_in(campaign, values)
        if first_sent:
            subject, text = _follow_up(campaign, values, first_subject or clean_line(subject), first_sent)
    except liquid.GrowsTooLong:
        raise LetterTooLong from None  # an answer is: the file was checked with short ones
    words = campaign.wording
    body = f"{words.greeting(member)}\n\n{text}\n\n{words.close}\n\n{sender.name}"
    return Letter(
        sender=sender,
        recipient=member.address_block,
        email=member.email,
        date=today,
        subject=clean_line(subject),
        body=clean_paragraphs(body),
        language=campaign.language,
    )


def filled_in(campaign: Campaign, values: Values) -> tuple[str, str]:
    """The campaign's subject and text with ``letter_values`` put in. Raises TemplateError."""
    return liquid.render(campaign.subject, values, campaign.parse), _text(campaign, campaign.body, values)


def _follow_up(campaign: Campaign, values: Values, subject: str, first_sent: date) -> tuple[str, str]:
    words, date = campaign.wording, campaign.wording.day(first_sent)
    topic = shorten(subject, _LONGEST_TOPIC, placeholder=" …")
    first = {"first_letter": {"date": date, "subject": subject}}
    text = _text(campaign, campaign.text_of_follow_up, {**values, **first})
    return words.follow_up_subject.format(subject=topic, date=date), text


def letter_values(
    campaign: Campaign, member: Member, constituency: Constituency, sender: Sender, answers: Mapping[str, str]
) -> dict[str, object]:
    """Return the value of each placeholder of ``app.campaigns.placeholders``; None where it is not known.

    Raises TemplateError.
    """
    called = member.called_in(campaign.language)
    values: dict[str, object] = {
        "member": {
            "name": called.name,
            "full_title": called.full_title,
            "party": member.party or None,
            "government_post": member.post or None,
            "is_speaker": member.is_speaker,
            "abstains": member.abstains,
        },
        "constituency": {"name": constituency.name_in(campaign.language), "nation": constituency.nation or None},
        "sender": {"name": sender.name, "town": sender.town, "postcode": sender.postcode},
        "answers": {
            question.id: answers.get(question.id, "").replace("\n", _TYPED_BREAK) or None
            for question in campaign.questions
        },
        "local": campaign.local.find(constituency),
    }
    return with_ask(campaign, campaign.ask_for(member, constituency), values)


def with_ask(campaign: Campaign, ask: Ask | None, values: dict[str, object]) -> dict[str, object]:
    """The values with the text of an ask filled in from them. Raises TemplateError."""
    return {**values, "ask": _rendered(campaign, ask.ask, values)} if ask else values


def reason_for(campaign: Campaign, ask: Ask, values: Values) -> str:
    """The campaign's own words on why a member is asked this; empty where it has none. Raises TemplateError."""
    return _own_paragraphs(liquid.render(ask.reason, values, campaign.parse)).strip()


def _rendered(campaign: Campaign, source: str, values: Values) -> str:
    return liquid.render(_TAG_ALONE.sub(r"\1", source), values, campaign.parse)


def _text(campaign: Campaign, source: str, values: Values) -> str:
    """A template filled in, its answers woven into the paragraphs they stand in."""
    text = _own_paragraphs(_rendered(campaign, source, values))
    given = cast("Mapping[str, str | None]", values["answers"])
    answers = [_own_paragraphs(answer) for answer in given.values() if answer]
    woven = (_woven(paragraph, answers) for paragraph in text.split("\n\n"))
    return "\n\n".join(woven).replace(_TYPED_BREAK, "\n")


def _own_paragraphs(text: str) -> str:
    """Join the lines of the campaign's paragraphs, which its author broke to fit an editor, not a page."""
    joined = re.sub(r"(?<!\n)\n(?!\n|[ \t]*- )", " ", re.sub(r"[ \t]+\n", "\n", text))
    spaced = re.sub(r"[ \t]{2,}", " ", joined)
    return "\n".join(line.strip() for line in spaced.split("\n"))


def _woven(paragraph: str, answers: list[str]) -> str:
    """A paragraph in which answers stand. One that is a paragraph of its own is left as it was typed."""
    if any(paragraph.casefold() == answer.casefold() for answer in answers):  # whatever a filter made of it
        return paragraph
    for answer in answers:
        # Somebody ended a sentence, and the campaign's goes on or ends there too.
        paragraph = paragraph.replace(f"{answer}.", answer) if answer[-1] in ".!?…" else paragraph
        paragraph = paragraph.replace(f"{answer},", f"{answer[:-1]},") if answer[-1] == "." else paragraph
    return re.sub(f" *{_TYPED_BREAK}+ *", " ", paragraph)
