"""The pages of the journey up to the letter, each made from the form of the page before."""

from app.campaigns.campaign import Campaign
from app.letters.composition import Composition
from app.letters.gaps import letter_with_gaps, with_gaps
from app.letters.letter import NO_SENDER
from app.letters.personal import personal_so_far
from app.letters.tailoring import tailoring
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
from app.mp.postcode import Postcode
from app.web.journey.forms import ByHandForm, PostcodeForm, WriterForm
from app.web.journey.hidden_fields import CHOICES, hidden_fields
from app.web.journey.posted import PLACE, Posted
from app.web.journey.rendering import Page, render
from app.web.preview import NOT_KNOWN_YET
from app.web.services import services

_OUTCOME_PAGES: dict[type[Outcome], tuple[str, int]] = {
    Several: ("several", 200),
    Vacant: ("vacant", 200),
    Dissolved: ("dissolved", 200),
    UnknownPostcode: ("unknown", 404),
    UnknownConstituency: ("unknown_constituency", 400),
    NoMP: ("no_mp", 422),
    NotCovered: ("not_covered", 200),
    Unavailable: ("unavailable", 503),
}


def campaign_page(campaign: Campaign, form: PostcodeForm, posted: Posted, status: int = 200) -> Page:
    """Make the page about a campaign, which asks for the postcode."""
    return render(
        "journey/campaign.html",
        posted,
        status,
        campaign=campaign,
        form=form,
        letter=letter_with_gaps(campaign, *NOT_KNOWN_YET, posted.day),
        typed=posted.without_cut(form.data),
        hidden_fields=hidden_fields(posted, "postcode", PLACE, *CHOICES),
    )


def outcome_page(campaign: Campaign, outcome: Outcome, postcode: Postcode, posted: Posted) -> Page:
    """Make the page that says why there is no member to write to, and what to do next."""
    name, status = _OUTCOME_PAGES[type(outcome)]
    return render(
        f"outcomes/{name}.html",
        posted,
        status,
        campaign=campaign,
        outcome=outcome,
        postcode=postcode,
        house=services().house,
        hidden_fields=hidden_fields(posted, "keep"),
    )


def constituency_page(campaign: Campaign, postcode: Postcode, posted: Posted) -> Page:
    """Make the page where the writer chooses from all constituencies."""
    return render(
        "journey/constituency.html",
        posted,
        campaign=campaign,
        postcode=postcode,
        house=services().house,
        hidden_fields=hidden_fields(posted, "constituency", "keep"),
    )


def by_hand_page(campaign: Campaign, form: ByHandForm, posted: Posted, status: int = 200) -> Page:
    """Make the page that asks for the MP's name, when nothing else works."""
    fields = hidden_fields(posted, *CHOICES)
    return render("journey/by_hand.html", posted, status, campaign=campaign, form=form, hidden_fields=fields)


def write_page(campaign: Campaign, found: Found, form: WriterForm, posted: Posted, status: int = 200) -> Page:
    """Make the page with the MP, and the form for the writer's own words, name and address."""
    postcode = form.parsed_postcode
    composition = with_gaps(Composition(campaign, found.member, found.constituency, NO_SENDER, {}, posted.day))
    typed = {name: text or "" for name, text in form.data.items()}
    return render(
        "journey/write.html",
        posted,
        status,
        campaign=campaign,
        found=found,
        form=form,
        postcode=postcode,
        portrait=has_portrait(found),
        tailoring=tailoring(composition),
        personal=personal_so_far(composition.letter, typed),
        letter=composition.letter,
        typed=posted.without_cut(typed) | {"postcode": str(postcode)},
        hidden_fields=hidden_fields(posted, *form.data),
    )


def has_portrait(found: Found) -> bool:
    """Return whether to ask for a picture of the member."""
    return not found.member.is_unlisted and services().house.shows_portraits
