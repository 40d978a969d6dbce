"""A campaign handed over: to other sites as a frame or a form, to newsletters as text, to streets as paper."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import Campaign
from app.i18n.languages import ENGLISH, LANGUAGES
from app.i18n.translate import gettext as _
from app.letters.letter import TooManyPages
from app.letters.paper.kinds import Paper
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.paper.poster import Poster
from app.letters.paper.qr import qr_png, qr_svg
from app.letters.paper.stall import ANY_CONSTITUENCY, ANY_MEMBER, stall_sheet
from app.mp.dissolution import today
from app.mp.outcomes import Dissolved, Found, UnknownConstituency, Vacant
from app.mp.people import ComingMember
from app.web.branding import logo_of
from app.web.http.limits import DOWNLOADS, LOOKUPS, limited
from app.web.http.locale_routing import address_in, in_language
from app.web.http.metrics import count_refused
from app.web.http.security import allow
from app.web.http.view_traits import Trait, traits
from app.web.journey.availability import takes_letters
from app.web.journey.forms import PostcodeForm
from app.web.journey.letter_pages import share_url
from app.web.services import campaign_or_404, services
from app.web.share.texts import Handout

bp = Blueprint("share", __name__)
_A_SHORT_WHILE = "public, max-age=300"  # seconds: nothing in it is anybody's own


@bp.get("/c/<slug>/embed")
@traits(Trait.CROSS_ORIGIN)
def embed(slug: str) -> ResponseReturnValue:
    """The campaign and its question for the postcode, for a frame on another site. The journey leaves the frame."""
    campaign = campaign_or_404(slug)
    allow("frame-ancestors", "'self'", *(origin.rstrip("/") for origin in campaign.frame_ancestors))
    return render_template(
        "share/embed.html", campaign=campaign, is_open=takes_letters(campaign), day=today(), form=PostcodeForm()
    )


@bp.get("/c/<slug>/share")
@limited(LOOKUPS)
def share(slug: str) -> ResponseReturnValue:
    """Everything that passes the campaign on, ready to paste or to print."""
    campaign = campaign_or_404(slug)
    allow("frame-src", "'self'")
    handout = Handout(campaign, share_url(campaign), address_in(ENGLISH, "static", filename="embed.js"))
    shown_as = in_language(LANGUAGES[campaign.language], url_for("share.embed", slug=slug))
    seats = services().house.latest_snapshot().seats
    return render_template("share/share.html", campaign=campaign, handout=handout, shown_as=shown_as, seats=seats)


@bp.get("/c/<slug>/qr.<any(svg, png):kind>")
@traits(Trait.CROSS_ORIGIN)
@limited(LOOKUPS)
def qr(slug: str, kind: str) -> ResponseReturnValue:
    """The campaign's address as a square that telephones read."""
    address = share_url(campaign_or_404(slug))
    if kind == "svg":
        response = Response(str(qr_svg(address)), mimetype="image/svg+xml")
    else:
        response = Response(qr_png(address), mimetype="image/png")
    response.headers["Cache-Control"] = _A_SHORT_WHILE
    return response


@bp.get("/c/<slug>/poster.pdf")
@limited(DOWNLOADS)
def poster(slug: str) -> ResponseReturnValue:
    """What the campaign is about, with the way to it, to be put up."""
    campaign = campaign_or_404(slug)
    paper = Poster(
        campaign.title,
        campaign.summary,
        campaign.organisation,
        share_url(campaign),
        campaign.imprint,
        campaign.language,
        logo_of(campaign),
    )
    return _printed(paper, f"poster-{campaign.slug}.pdf")


@bp.get("/c/<slug>/stall.pdf")
@limited(DOWNLOADS)
def stall(slug: str) -> ResponseReturnValue:
    """The letter to be filled in by hand: for the ``constituency`` whose number is asked for, or for any."""
    campaign = campaign_or_404(slug)
    number = request.args.get("constituency", "")
    if not number:
        return _printed(stall_sheet(campaign, ANY_MEMBER, ANY_CONSTITUENCY, today()), f"letters-{campaign.slug}.pdf")
    match _member_for(number, campaign):
        case Found(constituency, member):
            sheet = stall_sheet(campaign, member, constituency, today())
            return _printed(sheet, f"letters-{campaign.slug}-{number}.pdf")
        case page:
            return page


def _member_for(number: str, campaign: Campaign) -> Found | Response:
    """Find a constituency's member, or its next one, by the constituency's number; or return a page that says why not.

    Raises NotFound where there is no such constituency.
    """
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        abort(404)
    outcome = services().finder.find_by_constituency(int(number), post=campaign.needs_post)
    if isinstance(outcome, UnknownConstituency):
        abort(404)
    if isinstance(outcome, Vacant | Dissolved):
        return Found(outcome.constituency, ComingMember.for_constituency(outcome.constituency))
    if isinstance(outcome, Found):
        return outcome
    return _sorry(
        _("We cannot tell who the MP is at the moment"),
        _(
            "Parliament’s own service does not answer. Try again in a few minutes, or print the letter without "
            "a constituency."
        ),
        503,
    )


def _printed(paper: Paper, name: str) -> Response:
    try:
        pdf = services().pdf_pool.typeset(paper)
    except TooManyPages:
        return _sorry(_("That is too long to print"), _("Make the campaign’s text shorter, then try again."), 422)
    except PdfPoolBusy:
        count_refused("press")
        return _sorry(_("We are printing for others at the moment"), _("Wait a few seconds, then try again."), 503)
    except PdfFailed:
        return _sorry(_("This could not be printed"), _("Try again. If it happens again, make the text simpler."), 422)
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = _A_SHORT_WHILE
    return response


def _sorry(heading: str, advice: str, status: int) -> Response:
    page = make_response(render_template("errors/error.html", heading=heading, advice=advice), status)
    if status == 503:
        page.headers["Retry-After"] = "10"
    return page
