"""The settings that each part of a campaign file can have."""

from collections.abc import Sequence

from app.campaigns.asks import Ask, Audience
from app.campaigns.campaign import Campaign, Question, Source
from app.campaigns.parts import Part

NOT_IN_FILE = frozenset({"slug", "body", "body_line", "local"})
"""Fields of a campaign that its settings do not give."""


def _names(model: type[Part]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if name not in NOT_IN_FILE]


FIELDS = _names(Campaign)
FIELDS_WITHIN = {"questions": _names(Question), "sources": _names(Source), "asks": _names(Ask), "for": _names(Audience)}
"""The settings within those settings that have some of their own."""


def fields_at(location: Sequence[int | str]) -> list[str]:
    """Return the settings that a place such as ``("questions", 0)`` can have; none if it holds a plain value."""
    names = [step for step in location if isinstance(step, str)]
    return FIELDS_WITHIN.get(names[-1], []) if names else FIELDS
