"""The pages of the journey, each made from what the last one sent."""

from flask import Response, make_response, render_template

from app.campaigns.campaign import Campaign
from app.letters.compose import compose
from app.letters.gaps import letter_with_gaps
from app.letters.letter import LetterTooLong
from app.letters.personal import Personal, personal
from app.letters.tailoring import tailoring
from app.mp.dissolution import today
from app.mp.outcomes import (
    Dissolved,
    Found,
    NoMP,
    NotCovered,
    Outcome,
    Several,
    Unavailable,
    UnknownConstituency,
    UnknownPostcode,
    Vacant,
)
from app.mp.people import NOBODY
from app.mp.postcode import Postcode
from app.web.http.field_limits import without_cut
from app.web.journey.forms import ByHandForm, PostcodeForm, WriterForm
from app.web.journey.hidden_fields import WHERE, carried
from app.web.journey.signed_place import PLACE
from app.web.preview import NOT_KNOWN_YET
from app.web.services import services

_OUTCOMES: dict[type[Outcome], tuple[str, int]] = {
    Several: ("several", 200),
    Vacant: ("vacant", 200),
    Dissolved: ("dissolved", 200),
    UnknownPostcode: ("unknown", 404),
    UnknownConstituency: ("unknown_constituency", 400),
    NoMP: ("no_mp", 422),
    NotCovered: ("not_covered", 200),
    Unavailable: ("unavailable", 503),
}


def campaign_page(campaign: Campaign, form: PostcodeForm, status: int = 200) -> Response:
    """What the campaign is about, and the question for the postcode."""
    page = render_template(
        "journey/campaign.html",
        campaign=campaign,
        form=form,
        letter=letter_with_gaps(campaign, *NOT_KNOWN_YET, today()),
        typed=without_cut(form.data),
        carried=carried("postcode", PLACE, *WHERE),
    )
    return make_response(page, status)


def outcome_page(campaign: Campaign, outcome: Outcome, postcode: Postcode) -> Response:
    """Why there is no member to write to, and what to do."""
    name, status = _OUTCOMES[type(outcome)]
    page = render_template(
        f"outcomes/{name}.html",
        campaign=campaign,
        outcome=outcome,
        postcode=postcode,
        house=services().house,
        carried=carried("keep"),
    )
    return make_response(page, status)


def constituency_page(campaign: Campaign, postcode: Postcode) -> Response:
    """Every constituency, for the writer to choose from."""
    page = render_template(
        "journey/constituency.html",
        campaign=campaign,
        postcode=postcode,
        house=services().house,
        carried=carried("constituency", "keep"),
    )
    return make_response(page)


def by_hand_page(campaign: Campaign, form: ByHandForm, status: int = 200) -> Response:
    """The question for the MP's name, when nothing else works."""
    page = render_template("journey/by_hand.html", campaign=campaign, form=form, carried=carried(*WHERE))
    return make_response(page, status)


def write_page(campaign: Campaign, found: Found, form: WriterForm, status: int = 200) -> Response:
    """The MP, and the form for one's own words."""
    postcode = form.parsed_postcode
    page = render_template(
        "journey/write.html",
        campaign=campaign,
        found=found,
        form=form,
        postcode=postcode,
        portrait=has_portrait(found),
        tailoring=tailoring(campaign, found.member, found.constituency),
        personal=_how_personal(campaign, found, form),
        letter=letter_with_gaps(campaign, found.member, found.constituency, today()),
        typed=without_cut(form.data) | {"postcode": str(postcode)},
        carried=carried(*form.data),
    )
    return make_response(page, status)


def _how_personal(campaign: Campaign, found: Found, form: WriterForm) -> Personal:
    try:
        letter = compose(campaign, found.member, found.constituency, form.sender, form.answers, today())
    except LetterTooLong:
        return Personal(1, 1)  # whatever else it is, it is that
    return personal(campaign, found.member, found.constituency, letter)


def has_portrait(found: Found) -> bool:
    """Whether there may be a picture of the member."""
    return found.member.id != NOBODY and services().house.shows_portraits
