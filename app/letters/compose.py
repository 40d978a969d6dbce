"""Campaign + member + answers → Letter."""

import re
from collections.abc import Mapping
from datetime import date

from app.campaigns import liquid
from app.campaigns.campaign import Campaign
from app.letters.letter import CLOSE, Letter, Sender
from app.letters.text import clean_line, clean_paragraphs
from app.mp.people import Constituency, Member

# A line break that somebody typed into an answer, while the campaign's own lines are being joined.
_TYPED_BREAK = "\N{LINE SEPARATOR}"
# A line with nothing but a tag is for the campaigner's eyes: it neither breaks a paragraph nor leaves a gap.
_TAG_ALONE = re.compile(r"^[ \t]*(\{%[^\n]*%\})[ \t]*\n", re.MULTILINE)


def compose(
    campaign: Campaign,
    member: Member,
    constituency: Constituency,
    sender: Sender,
    answers: Mapping[str, str],
    today: date,
) -> Letter:
    """The letter a campaign's text and a supporter's answers make. The tool adds what must never be wrong.

    ``answers`` maps question ids to cleaned text. Raises LetterTooLong, and TemplateError where the campaign's file
    was never checked.
    """
    subject, text = filled_in(campaign, letter_values(campaign, member, constituency, sender, answers))
    body = f"{member.salutation},\n\n{text}\n\n{CLOSE}\n\n{sender.name}"
    return Letter(
        sender=sender,
        recipient=member.address_block,
        email=member.email,
        date=today,
        subject=clean_line(subject),
        body=clean_paragraphs(body),
    )


def filled_in(campaign: Campaign, values: Mapping[str, object]) -> tuple[str, str]:
    """The campaign's subject and text with ``letter_values`` put in. Raises TemplateError."""
    text = liquid.render(_TAG_ALONE.sub(r"\1", campaign.body), values)
    return liquid.render(campaign.subject, values), _own_paragraphs(text)


def letter_values(
    campaign: Campaign, member: Member, constituency: Constituency, sender: Sender, answers: Mapping[str, str]
) -> dict[str, dict[str, object]]:
    """What each placeholder of ``app.campaigns.fields`` stands for. What is not known is None, which is false."""
    return {
        "member": {
            "name": member.name,
            "full_title": member.full_title,
            "party": member.party or None,
            "government_post": member.post or None,
            "is_speaker": member.is_speaker,
            "abstains": member.abstains,
        },
        "constituency": {"name": constituency.name, "nation": constituency.nation or None},
        "sender": {"name": sender.name, "town": sender.town, "postcode": sender.postcode},
        "answers": {
            question.id: answers.get(question.id, "").replace("\n", _TYPED_BREAK) or None
            for question in campaign.questions
        },
    }


def _own_paragraphs(text: str) -> str:
    """Join the lines of the campaign's paragraphs, which its author broke to fit an editor, not a page."""
    joined = re.sub(r"(?<!\n)\n(?!\n|[ \t]*- )", " ", re.sub(r"[ \t]+\n", "\n", text))
    spaced = re.sub(r"[ \t]{2,}", " ", joined)
    return "\n".join(line.strip() for line in spaced.split("\n")).replace(_TYPED_BREAK, "\n")
