"""The supporter's journey: postcode, MP, own words, letter. The server stores nothing between the pages."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import State
from app.i18n.translate import current_locale
from app.i18n.translate import gettext as _
from app.letters import email
from app.letters.letter import TooManyPages
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.reminder import reminder
from app.mp.dissolution import today
from app.web.http.busy import RETRY_AFTER_SECONDS
from app.web.http.limits import LimitKind, limited
from app.web.http.metrics import count_refused
from app.web.http.view_traits import Trait, set_blueprint_traits, traits
from app.web.journey.availability import campaign_for_letter, closed_page
from app.web.journey.forms import FirstLetterForm, PostcodeForm, writer_form
from app.web.journey.letter_pages import Trouble, first_letter_page, letter_page
from app.web.journey.pages import by_hand_page, campaign_page, constituency_page, write_page
from app.web.journey.posted import Posted
from app.web.journey.rendering import Page
from app.web.journey.steps import (
    CheckedPostcode,
    ChosenMember,
    ReadyLetter,
    by_hand_form,
    find_member,
    read_letter,
    read_postcode,
)
from app.web.services import campaign_or_404, services

bp = Blueprint("journey", __name__)
set_blueprint_traits(bp, Trait.LETTER)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Show the campaigns, open ones first; if there is only one, go to it."""
    day, campaigns = today(), services().campaigns.all(current_locale().code).values()
    open_now = [campaign for campaign in campaigns if campaign.state(day) is State.OPEN]
    coming = [campaign for campaign in campaigns if campaign.state(day) is State.COMING]
    if len(open_now) == 1 and not coming:
        return redirect(url_for(".campaign", slug=open_now[0].slug))
    return render_template(
        "journey/home.html", open=open_now, coming=sorted(coming, key=lambda campaign: str(campaign.opens))
    )


@bp.get("/c/<slug>")
def campaign(slug: str) -> ResponseReturnValue:
    """Show a campaign, and the question for the postcode while it is open."""
    campaign, nothing_posted = campaign_or_404(slug), Posted()
    state = campaign.state(nothing_posted.day)
    if state is State.OPEN:
        return campaign_page(campaign, PostcodeForm(), nothing_posted)
    return closed_page(campaign, state, nothing_posted)


@bp.post("/c/<slug>")
@traits(Trait.FIRST_STEP)
def change_postcode(slug: str) -> ResponseReturnValue:
    """Ask for the postcode again, and keep everything that was typed on later pages."""
    posted = Posted.read(request)
    campaign = campaign_for_letter(slug, posted)
    if isinstance(campaign, Page):
        return campaign
    return campaign_page(campaign, PostcodeForm(posted.form), posted)


@bp.post("/c/<slug>/write")
@traits(Trait.FIRST_STEP)
@limited(LimitKind.LOOKUPS)
def write(slug: str) -> ResponseReturnValue:
    """Show the MP, and the form for the writer's own words."""
    match find_member(slug, Posted.read(request)):
        case ChosenMember(campaign, found, posted):
            form = writer_form(campaign)(posted.form)
            status = 422 if posted.shows_errors and not form.validate() else 200
            return write_page(campaign, found, form, posted, status)
        case page:
            return page


@bp.post("/c/<slug>/constituency")
@limited(LimitKind.LOOKUPS)
def constituency(slug: str) -> ResponseReturnValue:
    """Show all constituencies, for people who live in another one than the postcode's."""
    posted = Posted.read(request)
    match read_postcode(slug, posted):
        case CheckedPostcode(campaign, postcode):
            return constituency_page(campaign, postcode, posted)
        case page:
            return page


@bp.post("/c/<slug>/by-hand")
@limited(LimitKind.LOOKUPS)
def by_hand(slug: str) -> ResponseReturnValue:
    """Ask for the MP's name, when nothing else works."""
    posted = Posted.read(request)
    match read_postcode(slug, posted):
        case CheckedPostcode(campaign):
            form = by_hand_form(posted)
            status = 422 if posted.shows_errors and not form.validate() else 200
            return by_hand_page(campaign, form, posted, status)
        case page:
            return page


@bp.post("/c/<slug>/letter")
@limited(LimitKind.LOOKUPS)
def letter(slug: str) -> ResponseReturnValue:
    """Show the letter, for the writer to change and send."""
    return _letter(slug, Posted.read(request))


@bp.post("/c/<slug>/follow-up")
@limited(LimitKind.LOOKUPS)
def follow_up(slug: str) -> ResponseReturnValue:
    """Ask for the date of the letter that had no answer, then show the second letter."""
    posted = Posted.read(request)
    form = FirstLetterForm(posted.form)
    is_asked = posted.has("first_sent") and not posted.is_switched
    if is_asked and form.validate():
        return _letter(slug, posted)
    match find_member(slug, posted, contact=True):
        case ChosenMember(campaign, found, posted):
            return first_letter_page(campaign, found, form, posted, 422 if is_asked else 200)
        case page:
            return page


def _letter(slug: str, posted: Posted) -> ResponseReturnValue:
    match read_letter(slug, posted):
        case ReadyLetter(found, draft, posted):
            return letter_page(found, draft, posted)
        case page:
            return page


@bp.post("/c/<slug>/letter.<any(pdf, eml, txt, ics):kind>")
@limited(LimitKind.DOWNLOADS)
def download(slug: str, kind: str) -> ResponseReturnValue:
    """Send the letter, or a reminder of it, as a file."""
    match read_letter(slug, Posted.read(request)):
        case ReadyLetter() as ready:
            return _file_or_trouble(ready, kind)
        case page:
            return page


def _file_or_trouble(ready: ReadyLetter, kind: str) -> Response:
    found, draft, posted = ready.found, ready.draft, ready.posted
    try:
        return _file(ready, kind)
    except TooManyPages:
        return letter_page(found, draft, posted, trouble=Trouble.TOO_MANY_PAGES, status=422)
    except PdfPoolBusy:
        count_refused("press")
        busy = letter_page(found, draft, posted, trouble=Trouble.PDF_BUSY, status=503)
        busy.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return busy
    except PdfFailed:
        return letter_page(found, draft, posted, trouble=Trouble.PDF_FAILED, status=422)


def _file(ready: ReadyLetter, kind: str) -> Response:
    """Return the file. Raises as ``PdfPool.typeset`` does."""
    draft, name = ready.draft, _("letter-to-my-mp")
    letter = draft.letter
    if kind == "pdf":
        content, mimetype = services().pdf_pool.typeset(letter), "application/pdf"
    elif kind == "eml":
        content, mimetype = email.draft(letter, draft.form.copy_to.data or ""), "message/rfc822"
    elif kind == "ics":
        # The reminder is in the language of the page, not of the letter.
        way_back = url_for(".campaign", slug=draft.composition.campaign.slug, _external=True)
        content, mimetype = reminder(letter, ready.found.member, way_back), "text/calendar"
        name = _("has-my-mp-answered")
    else:
        content, mimetype = email.plain_text(letter).encode(), "text/plain"
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.cache_control.no_store = True
    return response
