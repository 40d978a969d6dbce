"""Ways to share a campaign: a frame or a form for other sites, text for newsletters, and paper for streets."""

from flask import Blueprint, Response, abort, render_template, request, url_for
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
from app.web.branding import campaign_logo
from app.web.http.errors import error_page
from app.web.http.limits import LimitKind, limited
from app.web.http.locale_routing import path_in_language, url_in_language
from app.web.http.metrics import count_refused
from app.web.http.security import allow
from app.web.http.view_traits import Trait, traits
from app.web.journey.availability import takes_letters
from app.web.journey.forms import PostcodeForm
from app.web.journey.letter_pages import share_url
from app.web.services import campaign_or_404, services
from app.web.share.texts import Handout

bp = Blueprint("share", __name__)
_CACHE_5_MINUTES = "public, max-age=300"  # it has nothing personal in it


@bp.get("/c/<slug>/embed")
@traits(Trait.CROSS_ORIGIN)
def embed(slug: str) -> ResponseReturnValue:
    """Show the campaign and the question for the postcode, in a frame on another site. The form leaves the frame."""
    campaign, day = campaign_or_404(slug), today()
    allow("frame-ancestors", "'self'", *(origin.rstrip("/") for origin in campaign.frame_ancestors))
    return render_template(
        "share/embed.html", campaign=campaign, is_open=takes_letters(campaign, day), day=day, form=PostcodeForm()
    )


@bp.get("/c/<slug>/share")
@limited(LimitKind.LOOKUPS)
def share(slug: str) -> ResponseReturnValue:
    """Show all ways to share the campaign, ready to paste or to print."""
    campaign = campaign_or_404(slug)
    allow("frame-src", "'self'")
    handout = Handout(campaign, share_url(campaign), url_in_language(ENGLISH, "static", filename="embed.js"))
    shown_as = path_in_language(LANGUAGES[campaign.language], url_for("share.embed", slug=slug))
    seats = services().house.latest_snapshot().seats
    return render_template("share/share.html", campaign=campaign, handout=handout, shown_as=shown_as, seats=seats)


@bp.get("/c/<slug>/qr.<any(svg, png):kind>")
@traits(Trait.CROSS_ORIGIN)
@limited(LimitKind.LOOKUPS)
def qr(slug: str, kind: str) -> ResponseReturnValue:
    """Send a QR code with the campaign's URL."""
    address = share_url(campaign_or_404(slug))
    if kind == "svg":
        response = Response(str(qr_svg(address)), mimetype="image/svg+xml")
    else:
        response = Response(qr_png(address), mimetype="image/png")
    response.headers["Cache-Control"] = _CACHE_5_MINUTES
    return response


@bp.get("/c/<slug>/poster.pdf")
@limited(LimitKind.DOWNLOADS)
def poster(slug: str) -> ResponseReturnValue:
    """Send a poster about the campaign, with its URL."""
    campaign = campaign_or_404(slug)
    paper = Poster(
        campaign.title,
        campaign.summary,
        campaign.organisation,
        share_url(campaign),
        campaign.imprint,
        campaign.language,
        campaign_logo(campaign),
    )
    return _pdf_response(paper, f"poster-{campaign.slug}.pdf")


@bp.get("/c/<slug>/stall.pdf")
@limited(LimitKind.DOWNLOADS)
def stall(slug: str) -> ResponseReturnValue:
    """Send a letter to fill in by hand: for the ``constituency`` with that number, or for any."""
    campaign = campaign_or_404(slug)
    number = request.args.get("constituency", "")
    if not number:
        return _pdf_response(
            stall_sheet(campaign, ANY_MEMBER, ANY_CONSTITUENCY, today()), f"letters-{campaign.slug}.pdf"
        )
    match _find_member(number, campaign):
        case Found(constituency, member):
            sheet = stall_sheet(campaign, member, constituency, today())
            return _pdf_response(sheet, f"letters-{campaign.slug}-{number}.pdf")
        case page:
            return page


def _find_member(number: str, campaign: Campaign) -> Found | Response:
    """Return the member of the constituency with a number, or its next member, or a page that says why there is none.

    Raises NotFound if there is no such constituency.
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
    return _failure(
        _("We cannot tell who the MP is at the moment"),
        _(
            "Parliament’s own service does not answer. Try again in a few minutes, or print the letter without "
            "a constituency."
        ),
        503,
    )


def _pdf_response(paper: Paper, name: str) -> Response:
    try:
        pdf = services().pdf_pool.typeset(paper)
    except TooManyPages:
        return _failure(_("That is too long to print"), _("Make the campaign’s text shorter, then try again."), 422)
    except PdfPoolBusy:
        count_refused("press")
        return _failure(_("We are printing for others at the moment"), _("Wait a few seconds, then try again."), 503)
    except PdfFailed:
        return _failure(
            _("This could not be printed"), _("Try again. If it happens again, make the text simpler."), 422
        )
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = _CACHE_5_MINUTES
    return response


def _failure(heading: str, advice: str, status: int) -> Response:
    page = error_page(heading, advice, status)
    if status == 503:
        page.headers["Retry-After"] = "10"
    return page
