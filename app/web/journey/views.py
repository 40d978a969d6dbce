"""The supporter's journey: postcode, MP, own words, letter. Nothing is kept between its pages."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import Campaign, State
from app.i18n.translate import current_locale
from app.i18n.translate import gettext as _
from app.letters import email
from app.letters.letter import TooManyPages
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.reminder import reminder
from app.mp.dissolution import today
from app.mp.outcomes import Found
from app.web.http.busy import SECONDS_TO_COME_AGAIN
from app.web.http.limits import DOWNLOADS, LOOKUPS, limited
from app.web.http.locale_routing import is_switched, shows_mistakes
from app.web.http.metrics import count_refused
from app.web.journey.availability import campaign_for_letter, closed_page
from app.web.journey.forms import FirstLetterForm, PostcodeForm, writer_form
from app.web.journey.letter_draft import LetterInHand
from app.web.journey.letter_pages import first_letter_page, letter_page
from app.web.journey.pages import by_hand_page, campaign_page, constituency_page, write_page
from app.web.journey.posted import by_hand_form, find_member, read_letter, read_postcode
from app.web.services import campaign_or_404, services

bp = Blueprint("journey", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """The campaigns, open ones first; where there is only one, that campaign."""
    day, campaigns = today(), services().campaigns.all(current_locale().code).values()
    is_open = [campaign for campaign in campaigns if campaign.state(day) is State.OPEN]
    coming = [campaign for campaign in campaigns if campaign.state(day) is State.COMING]
    if len(is_open) == 1 and not coming:
        return redirect(url_for(".campaign", slug=is_open[0].slug))
    return render_template("journey/home.html", open=is_open, coming=sorted(coming, key=lambda one: str(one.opens)))


@bp.get("/c/<slug>")
def campaign(slug: str) -> ResponseReturnValue:
    """A campaign, and the question for the postcode while it is open."""
    campaign = campaign_or_404(slug)
    state = campaign.state(today())
    return campaign_page(campaign, PostcodeForm()) if state is State.OPEN else closed_page(campaign, state)


@bp.post("/c/<slug>")
def change_postcode(slug: str) -> ResponseReturnValue:
    """The same, from a later page, with all that was typed there kept."""
    return campaign_page(campaign_for_letter(slug), PostcodeForm(request.form))


@bp.post("/c/<slug>/write")
@limited(LOOKUPS)
def write(slug: str) -> ResponseReturnValue:
    """The MP, and the form for one's own words."""
    campaign = campaign_for_letter(slug)
    found = find_member(campaign)
    form = writer_form(campaign)(request.form)
    return write_page(campaign, found, form, 422 if shows_mistakes() and not form.validate() else 200)


@bp.post("/c/<slug>/constituency")
@limited(LOOKUPS)
def constituency(slug: str) -> ResponseReturnValue:
    """Every constituency, for whoever lives in another than the postcode's."""
    campaign = campaign_for_letter(slug)
    return constituency_page(campaign, read_postcode(campaign))


@bp.post("/c/<slug>/by-hand")
@limited(LOOKUPS)
def by_hand(slug: str) -> ResponseReturnValue:
    """The question for the MP's name, when nothing else works."""
    campaign = campaign_for_letter(slug)
    read_postcode(campaign)
    form = by_hand_form()
    return by_hand_page(campaign, form, 422 if shows_mistakes() and not form.validate() else 200)


@bp.post("/c/<slug>/letter")
@limited(LOOKUPS)
def letter(slug: str) -> ResponseReturnValue:
    """The letter, to be changed and sent."""
    campaign = campaign_for_letter(slug)
    found = find_member(campaign, contact=True)
    return letter_page(campaign, found, read_letter(campaign, found))


@bp.post("/c/<slug>/follow-up")
@limited(LOOKUPS)
def follow_up(slug: str) -> ResponseReturnValue:
    """The question when the letter was sent that had no answer."""
    campaign = campaign_for_letter(slug)
    found = find_member(campaign, contact=True)
    form = FirstLetterForm(request.form)
    if "first_sent" not in request.form or is_switched():
        return first_letter_page(campaign, found, form)
    if not form.validate():
        return first_letter_page(campaign, found, form, 422)
    return letter_page(campaign, found, read_letter(campaign, found))


@bp.post("/c/<slug>/letter.<any(pdf, eml, txt, ics):kind>")
@limited(DOWNLOADS)
def download(slug: str, kind: str) -> ResponseReturnValue:
    """The letter as a file, or a reminder of it."""
    campaign = campaign_for_letter(slug)
    found = find_member(campaign, contact=True)
    made = read_letter(campaign, found)
    try:
        return _file(campaign, found, made, kind)
    except TooManyPages:
        return letter_page(campaign, found, made, trouble="long", status=422)
    except PdfPoolBusy:
        count_refused("press")
        busy = letter_page(campaign, found, made, trouble="busy", status=503)
        busy.headers["Retry-After"] = str(SECONDS_TO_COME_AGAIN)
        return busy
    except PdfFailed:
        return letter_page(campaign, found, made, trouble="failed", status=422)


def _file(campaign: Campaign, found: Found, made: LetterInHand, kind: str) -> Response:
    letter, name = made.letter, _("letter-to-my-mp")
    if kind == "pdf":
        content, mimetype = services().pdf_pool.typeset(letter), "application/pdf"
    elif kind == "eml":
        content, mimetype = email.draft(letter, made.form.copy_to.data or ""), "message/rfc822"
    elif kind == "ics":
        way_back = url_for(".campaign", slug=campaign.slug, _external=True)  # in the language that the writer reads
        content, mimetype = reminder(letter, found.member, way_back), "text/calendar"
        name = _("has-my-mp-answered")
    else:
        content, mimetype = email.plain_text(letter).encode(), "text/plain"
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.cache_control.no_store = True
    return response
