"""Reasons why a letter reads as it does for this MP."""

from datetime import date

import pytest

from app.campaigns.campaign import Campaign
from app.letters.composition import Composition
from app.letters.tailoring import tailoring
from app.mp.people import Constituency, Member
from tests.conftest import SENDER

MINISTER = Member(3, "Example Minister", "", party="Labour", post="Minister of State")
ASHFIELD = Constituency(3, "Ashfield", "England")


@pytest.mark.parametrize(
    ("audience", "says"),
    [
        ({"party": "Labour"}, "Example Minister sits in the Commons as Labour."),
        ({"post": "Minister of State"}, "Example Minister is in the Government (Minister of State)."),
        ({"members": "Example Minister"}, "The campaign asks Example Minister for something of its own."),
    ],
)
def test_an_ask_without_a_reason_is_explained_once(audience: dict[str, str], says: str) -> None:
    """Only an ask for named members needs the sentence that it is the campaign's own choice."""
    asks = [{"ask": "Will you act?"}, {"for": audience, "ask": "Will you write?"}]
    campaign = Campaign.model_validate(
        {"slug": "x", "title": "X", "subject": "S", "body": "{{ ask }}", "questions": [], "asks": asks}
    )
    (reason,) = tailoring(Composition(campaign, MINISTER, ASHFIELD, SENDER, {}, date(2026, 11, 22)))
    assert reason.says.startswith(says)
