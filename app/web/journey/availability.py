"""Campaigns that take letters, and the pages of those that have not opened yet or have closed."""

from datetime import date

from app.campaigns.campaign import Campaign, State
from app.web.journey.hidden_fields import CHOICES, hidden_fields
from app.web.journey.posted import PLACE, Posted
from app.web.journey.rendering import Page, render
from app.web.services import campaign_or_404, services

_STATUS = {State.COMING: 403, State.ENDED: 410}


def takes_letters(campaign: Campaign, day: date) -> bool:
    """Return whether a letter can be begun on a day."""
    return campaign.state(day) is State.OPEN


def campaign_for_letter(slug: str, posted: Posted) -> Campaign | Page:
    """Return the campaign of a posted form, or the page that says why it takes no letters.

    A letter that was begun can be finished on any day: nothing typed is ever lost.
    """
    campaign = campaign_or_404(slug)
    if takes_letters(campaign, posted.day) or _has_begun(posted):
        return campaign
    state = campaign.state(posted.day)
    return closed_page(campaign, state, posted, _STATUS[state])


def _has_begun(posted: Posted) -> bool:
    """Return whether the form has a letter, or anything else that the writer typed besides the postcode."""
    return posted.has("member") or bool(hidden_fields(posted, "postcode", PLACE, *CHOICES))


def closed_page(campaign: Campaign, state: State, posted: Posted, status: int = 200) -> Page:
    """Make the page of a campaign that has not opened yet, or has closed."""
    return render(
        "journey/closed.html",
        posted,
        status,
        campaign=campaign,
        is_coming=state is State.COMING,
        has_others=services().campaigns.has(lambda other: takes_letters(other, posted.day)),
    )
