"""Before a campaign opens and after it has closed: its page, without a letter to write."""

from flask import Response, abort, make_response, render_template, request

from app.campaigns.campaign import Campaign, State
from app.mp.dissolution import today
from app.web.journey.hidden_fields import WHERE, carried
from app.web.journey.signed_place import PLACE
from app.web.services import campaign_or_404, services

_STATUS = {State.COMING: 403, State.ENDED: 410}


def takes_letters(campaign: Campaign) -> bool:
    """Whether a letter can be begun today."""
    return campaign.state(today()) is State.OPEN


def campaign_for_letter(slug: str) -> Campaign:
    """The campaign, for a form that was posted; else the answer is the page that says why it takes no letters.

    A letter that was begun goes on whatever the day: nothing typed is ever lost.
    """
    campaign = campaign_or_404(slug)
    if not takes_letters(campaign) and not _has_begun():
        state = campaign.state(today())
        abort(closed_page(campaign, state, _STATUS[state]))
    return campaign


def _has_begun() -> bool:
    """Whether the form comes from a page with a letter, or something beside a place goes along from one."""
    return "member" in request.form or bool(carried("postcode", PLACE, *WHERE))


def closed_page(campaign: Campaign, state: State, status: int = 200) -> Response:
    """What the campaign is about, and when it opens or that it has ended."""
    page = render_template(
        "journey/closed.html",
        campaign=campaign,
        is_coming=state is State.COMING,
        has_others=services().campaigns.has(takes_letters),
    )
    return make_response(page, status)
