"""What would make a campaign file better. Nothing here keeps it from being used."""

from collections.abc import Iterator

from app.campaigns.problems import Problem
from app.campaigns.reader import CampaignFile
from app.campaigns.surroundings import Surroundings


def advice(file: CampaignFile, around: Surroundings) -> Iterator[Problem]:
    """Advice about a file without errors."""
    _ = file, around
    yield from ()
