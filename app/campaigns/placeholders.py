"""The placeholders that a campaign's letter may use. ``app.letters.compose`` gives them their values."""

from collections.abc import Iterable

from app.campaigns.campaign import Campaign
from app.i18n.translate import gettext_noop

FIELDS = {
    "member.name": gettext_noop("The MP's name: Ms Diane Abbott"),
    "member.full_title": gettext_noop("As on an envelope: Rt Hon Diane Abbott MP"),
    "member.party": gettext_noop("Party: Labour, Conservative, Liberal Democrat, Sinn Féin, …"),
    "member.is_speaker": gettext_noop("True for the Speaker, who signs and votes for nothing"),
    "member.abstains": gettext_noop("True for Sinn Féin's MPs, who do not take their seats"),
    "member.government_post": gettext_noop("Post in the Government: Prime Minister; empty for most"),
    "constituency.name": gettext_noop("Cities of London and Westminster"),
    "constituency.nation": gettext_noop("England, Scotland, Wales or Northern Ireland"),
    "sender.name": gettext_noop("The supporter's name"),
    "sender.town": gettext_noop("The town they gave"),
    "sender.postcode": gettext_noop("Their postcode"),
}
"""Placeholders with their meanings. ``answers.<id>``, ``local.<column>`` and ``ask`` depend on the file."""

FIELDS_OF_FOLLOW_UP = {
    "first_letter.date": gettext_noop("The day of the letter that had no answer: 22 November 2026"),
    "first_letter.subject": gettext_noop("Its subject"),
}
"""Placeholders for ``follow_up`` only."""


def placeholders_of(campaign: Campaign) -> list[str]:
    answers = (f"answers.{question.id}" for question in campaign.questions)
    local = (f"local.{column}" for column in campaign.local.columns)
    return [*FIELDS, *(["ask"] if campaign.asks else []), *answers, *local]


def group_values(names: Iterable[str], value: object) -> dict[str, object]:
    """Return the context of a template in which every placeholder has the same value."""
    values: dict[str, object] = {}
    for name in names:
        group, _, field = name.partition(".")
        inner = values.setdefault(group, {} if field else value)
        if isinstance(inner, dict):
            inner[field] = value
    return values
