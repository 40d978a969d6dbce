"""The pages of the journey, each made from what the last one sent."""

from flask import Response, make_response, render_template, request

from app.campaigns.campaign import Campaign
from app.letters import email
from app.letters.letter import Letter
from app.letters.text import clean_paragraphs
from app.mp.finder import Found, NoMP, NotCovered, Outcome, Several, Unavailable, UnknownPostcode, Vacant
from app.mp.postcode import Postcode
from app.web.desk import desk, today
from app.web.forms import ANSWER, LetterForm, PostcodeForm, WriterForm
from app.web.preview import YOUR_CONSTITUENCY, YOUR_MP, preview

_OUTCOMES: dict[type[Outcome], tuple[str, int]] = {
    Several: ("several", 200),
    Vacant: ("vacant", 200),
    UnknownPostcode: ("unknown", 404),
    NoMP: ("no_mp", 422),
    NotCovered: ("not_covered", 200),
    Unavailable: ("unavailable", 503),
}
_CARRIED = ("name", "address_line_1", "address_line_2", "town", "postcode", "constituency", "earlier")


def campaign_page(campaign: Campaign, form: PostcodeForm, status: int = 200) -> Response:
    """What the campaign is about, and the question for the postcode."""
    page = render_template(
        "supporter/campaign.html",
        campaign=campaign,
        form=form,
        letter=preview(campaign, YOUR_MP, YOUR_CONSTITUENCY, today()),
        typed=form.data,
        carried=_carried("postcode", "constituency"),
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
        constituencies=[seat.constituency for seat in desk().snapshot.members.seats],
        unchosen=request.form.get("constituency") == "",
        carried=_carried("constituency"),
    )
    return make_response(page, status)


def write_page(campaign: Campaign, found: Found, form: WriterForm, status: int = 200) -> Response:
    """The MP, and the form for one's own words."""
    postcode = form.parsed_postcode
    page = render_template(
        "supporter/write.html",
        campaign=campaign,
        found=found,
        form=form,
        postcode=postcode,
        letter=preview(campaign, found.member, found.constituency, today()),
        typed=form.data | {"postcode": str(postcode)},
        carried=_carried(*form.data),
    )
    return make_response(page, status)


def letter_page(
    campaign: Campaign, found: Found, letter: Letter, form: LetterForm, trouble: str = "", status: int = 200
) -> Response:
    """The letter, to be changed and sent."""
    earlier = clean_paragraphs(request.form.get("earlier", ""))
    page = render_template(
        "supporter/letter.html",
        campaign=campaign,
        found=found,
        letter=letter,
        form=form,
        trouble=trouble,
        email_text=email.email_text(letter),
        mailto=email.mailto(letter),
        mailto_without_body=email.mailto_without_body(letter),
        longest_mailto=email.LONGEST_MAILTO,
        earlier="" if earlier == _whole(letter.subject, letter.body) else earlier,
        carried=_carried("earlier"),
    )
    return make_response(page, status)


def _carried(*shown: str) -> dict[str, str]:
    """What was typed on other pages and has no field on this one, to be sent along out of sight."""
    typed = request.form.to_dict()
    if "body" in typed:  # the letter was changed, and then gone back from
        typed["earlier"] = _whole(typed.get("subject", ""), typed["body"])
    return {
        name: text
        for name, text in typed.items()
        if (name in _CARRIED or name.startswith(ANSWER)) and name not in shown and text
    }


def _whole(subject: str, body: str) -> str:
    return f"{subject}\n\n{body}"
