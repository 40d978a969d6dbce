"""Fills in the templates of a campaign: the subject and the text between greeting and sign-off."""

import re
from collections.abc import Mapping
from datetime import date
from textwrap import shorten
from typing import cast

from app.campaigns.asks import Ask
from app.campaigns.campaign import Campaign
from app.campaigns.template import liquid
from app.letters.letter import Sender
from app.letters.text import clean_line
from app.mp.people import Constituency, Member

# A line break that somebody typed into an answer, while the campaign's own lines are being joined.
_TYPED_BREAK = "\N{LINE SEPARATOR}"
# A line with nothing but a tag is for the campaigner's eyes: it neither breaks a paragraph nor leaves a gap.
_TAG_ALONE = re.compile(r"^[ \t]*(\{%[^\n]*%\})[ \t]*\n", re.MULTILINE)

_LONGEST_TOPIC = 300  # characters of the first letter's subject in that of the second

Values = Mapping[str, object]
"""The values of placeholders: a mapping for each group, such as ``member``, and the text of ``ask``."""


def filled_in(campaign: Campaign, values: Values) -> tuple[str, str]:
    """Return the campaign's subject and text with the values put in. Raises TemplateError."""
    return _subject(campaign, values), _text(campaign, campaign.body, values)


def follow_up(campaign: Campaign, values: Values, first_subject: str, first_sent: date) -> tuple[str, str]:
    """Return subject and text of the letter that follows up one sent on ``first_sent``. Raises TemplateError.

    ``first_subject`` is the first letter's subject; where it is empty, the subject is as it would be today.
    """
    subject, sent = first_subject or clean_line(_subject(campaign, values)), campaign.wording.day(first_sent)
    topic = shorten(subject, _LONGEST_TOPIC, placeholder=" …")
    first = {"first_letter": {"date": sent, "subject": subject}}
    text = _text(campaign, campaign.text_of_follow_up, {**values, **first})
    return campaign.wording.follow_up_subject.format(subject=topic, date=sent), text


def _subject(campaign: Campaign, values: Values) -> str:
    return liquid.render(campaign.subject, values, campaign.parse)


def letter_values(
    campaign: Campaign, member: Member, constituency: Constituency, sender: Sender, answers: Mapping[str, str]
) -> dict[str, object]:
    """Return the value of each placeholder of ``app.campaigns.placeholders``; None where it is not known.

    The text of ``ask`` is added by ``with_ask``.
    """
    called = member.called_in(campaign.language)
    return {
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


def with_ask(campaign: Campaign, ask: Ask | None, values: Values) -> Values:
    """Return the values with the text of an ask, which is filled in from them. Raises TemplateError."""
    return {**values, "ask": _render(campaign, ask.ask, values)} if ask else values


def reason_for(campaign: Campaign, ask: Ask, values: Values) -> str:
    """Return the campaign's own words on why a member is asked this; empty if it has none. Raises TemplateError."""
    return _join_lines(liquid.render(ask.reason, values, campaign.parse)).strip()


def _render(campaign: Campaign, source: str, values: Values) -> str:
    return liquid.render(_TAG_ALONE.sub(r"\1", source), values, campaign.parse)


def _text(campaign: Campaign, source: str, values: Values) -> str:
    """Fill in a template, and fit the answers into their paragraphs."""
    text = _join_lines(_render(campaign, source, values))
    given = cast("Mapping[str, str | None]", values["answers"])
    answers = [_join_lines(answer) for answer in given.values() if answer]
    woven = (_fit_answers(paragraph, answers) for paragraph in text.split("\n\n"))
    return "\n\n".join(woven).replace(_TYPED_BREAK, "\n")


def _join_lines(text: str) -> str:
    """Join the lines of the campaign's paragraphs, which its author broke to fit an editor, not a page."""
    joined = re.sub(r"(?<!\n)\n(?!\n|[ \t]*- )", " ", re.sub(r"[ \t]+\n", "\n", text))
    spaced = re.sub(r"[ \t]{2,}", " ", joined)
    return "\n".join(line.strip() for line in spaced.split("\n"))


def _fit_answers(paragraph: str, answers: list[str]) -> str:
    """Fit answers into a paragraph. An answer that is a paragraph of its own is left as it was typed."""
    if any(paragraph.casefold() == answer.casefold() for answer in answers):  # whatever case a filter gave it
        return paragraph
    for answer in answers:
        # The answer ends with a full stop, where the campaign's sentence continues or ends too.
        paragraph = paragraph.replace(f"{answer}.", answer) if answer[-1] in ".!?…" else paragraph
        paragraph = paragraph.replace(f"{answer},", f"{answer[:-1]},") if answer[-1] == "." else paragraph
    return re.sub(f" *{_TYPED_BREAK}+ *", " ", paragraph)
