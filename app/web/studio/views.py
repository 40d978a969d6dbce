"""The Studio: a campaign file on one side, the campaign on the other. It stores nothing that is typed.

If the settings have a password, ``app.web.studio.publish`` writes files to the site's folder of campaigns.
"""

import base64
from collections.abc import Hashable
from weakref import ref

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.campaigns.asks import Ask, Audience
from app.campaigns.campaign import Campaign, Question, State
from app.campaigns.file.campaign_files import readable
from app.campaigns.file.fields import NOT_IN_FILE
from app.campaigns.file.file_names import is_file_name
from app.campaigns.file.inside import LeadsOut
from app.campaigns.parts import Part
from app.campaigns.placeholders import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.problems import explain_link
from app.campaigns.publishing import NothingSuch, Publisher
from app.campaigns.starter import starting_file
from app.campaigns.template.liquid import TemplateError
from app.i18n.catalogue import find_texts
from app.i18n.translate import current_locale, gettext_noop
from app.i18n.translate import gettext as _
from app.letters.letter import LetterTooLong, TooManyPages
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.tailoring import tailoring
from app.mp.dissolution import today
from app.storage.file_stamp import stamps_in
from app.web.http.limits import LimitKind, limited
from app.web.http.page_cache import PageCache
from app.web.http.security import allow
from app.web.http.view_traits import Trait, set_blueprint_traits
from app.web.services import services
from app.web.studio.draft import DEFAULT_NAME, VIEWS, CampaignDraft, compose_sample, supporter_pages
from app.web.studio.log_in import PublisherForm, can_publish, is_publisher

bp = Blueprint("studio", __name__, url_prefix="/studio")
set_blueprint_traits(bp, Trait.CAMPAIGN_FILE, Trait.SECRET)

_SCRIPT = "app/static/studio.js"

_PARTS: dict[str, type[Part]] = {
    gettext_noop("Settings"): Campaign,
    gettext_noop("Each of questions"): Question,
    gettext_noop("Each of asks"): Ask,
    gettext_noop("Within for"): Audience,
}
_ERRORS: dict[type[Exception], str] = {
    LetterTooLong: gettext_noop("With the sample answers the letter is too long to be sent. Shorten it."),
    TooManyPages: gettext_noop("With the sample answers the letter takes more than three pages. Shorten it."),
    PdfPoolBusy: gettext_noop("Many PDFs are being made at this moment. Wait a few seconds, then check again."),
    PdfFailed: gettext_noop("This letter could not be printed. Take out unusual characters, or shorten it."),
    TemplateError: gettext_noop("The letter does not come out for this MP. Look at the tags and filters in it."),
}


def _is_cached() -> bool:
    """Return whether the start page is in the cache."""
    cache_key = _cache_key()
    return cache_key is not None and _page_cache().get(cache_key) is not None


@bp.get("")
@limited(LimitKind.DOWNLOADS, unless=_is_cached)
def start() -> ResponseReturnValue:
    """Show a file to start from: the example, or one of the site's campaigns (``?start=``).

    ``?fresh=yes`` shows the example too. It has its own address, so that Back leads to the file written before.
    """
    cache_key = _cache_key()
    if cache_key and (page := _page_cache().get(cache_key)):
        return _page_with_images(page, 200)
    slug = request.args.get("start", "")
    try:
        draft = _starting_draft(slug) if slug else CampaignDraft(file=starting_file())
    except LeadsOut as error:
        return studio_page(
            CampaignDraft(file=starting_file()), 404, is_missing=True, error_message=explain_link(error.name)
        )
    if not draft:
        return studio_page(CampaignDraft(file=starting_file()), 404, is_missing=True)
    response = studio_page(draft)
    if cache_key:
        _page_cache().put(cache_key, response.get_data())
    return response


def _cache_key() -> Hashable | None:
    """Return everything that the start page depends on; None for publishers, and for unusual addresses.

    Pages with unusual addresses would only push the common ones out of the cache.
    """
    if "cache_key" not in g:
        slug = request.args.get("start", "")
        is_usual = request.query_string.decode() in ("", "fresh=yes", f"start={slug}")
        g.cache_key = _page_inputs() if is_usual and not is_publisher() else None
    cache_key: Hashable | None = g.cache_key
    return cache_key


def _page_inputs() -> Hashable:
    files = frozenset(stamps_in(services().campaigns.folder).items())
    return (request.url, current_locale().code, today(), ref(services().house.latest_snapshot()), files)


def _page_cache() -> PageCache:
    found: PageCache = current_app.extensions["page_cache"]
    return found


@bp.post("")
@limited(LimitKind.DOWNLOADS)
def check() -> ResponseReturnValue:
    """Check the file that was sent, and show the campaign."""
    return studio_page(CampaignDraft.read(request))


@bp.post("/file")
@limited(LimitKind.DOWNLOADS)
def download() -> ResponseReturnValue:
    draft = CampaignDraft.read(request)
    return _attachment(draft.file.encode("utf-8", "replace"), "text/markdown; charset=utf-8", _file_name(draft, "md"))


@bp.post("/letter.pdf")
@limited(LimitKind.DOWNLOADS)
def letter_pdf() -> ResponseReturnValue:
    """Send the letter to the chosen sample member, as a PDF."""
    draft = CampaignDraft.read(request)
    if not draft.campaign:
        return studio_page(draft, 422)
    try:
        content = services().pdf_pool.typeset(compose_sample(draft, draft.campaign).letter)
    except tuple(_ERRORS) as error:
        return studio_page(draft, 503 if isinstance(error, PdfPoolBusy) else 422)
    return _attachment(content, "application/pdf", _file_name(draft, "pdf"))


def studio_page(
    draft: CampaignDraft, status: int = 200, *, error_message: str = "", is_missing: bool = False
) -> Response:
    """Make the page with the file, its problems, and the campaign.

    ``is_missing`` says that the visitor asked for another file. ``error_message`` says why that is not shown, or why
    the file was not published.
    """
    page = render_template(
        "studio/studio.html",
        draft=draft,
        views=VIEWS,
        shown=_view_context(draft, draft.campaign) if draft.campaign else {},
        examples=_examples(),
        reference=reference(),
        texts=find_texts(_SCRIPT, current_locale()),
        error_message=error_message,
        is_missing=is_missing,
        can_publish=can_publish(),
        publisher=PublisherForm() if is_publisher() else None,
    )
    return _page_with_images(page, status)


def _page_with_images(page: str | bytes, status: int) -> Response:
    """Make the response for a page that can have images of paper in it."""
    allow("img-src", "'self'", "data:")
    return make_response(page, status)


def reference() -> dict[str, dict[str, str]]:
    """Return the settings and placeholders of campaign files, by heading and name, each with its description."""
    placeholders = {f"{{{{ {name} }}}}": _(says) for name, says in (FIELDS | FIELDS_OF_FOLLOW_UP).items()}
    return {_(heading): _describe_fields(part) for heading, part in _PARTS.items()} | {_("Placeholders"): placeholders}


def _describe_fields(part: type[Part]) -> dict[str, str]:
    in_file = ((field.alias or name, field) for name, field in part.model_fields.items() if name not in NOT_IN_FILE)
    return {name: _(field.description) if field.description else "" for name, field in in_file}


def _view_context(draft: CampaignDraft, campaign: Campaign) -> dict[str, object]:
    """Return the template variables of the chosen view; ``error_message`` if it cannot be shown."""
    try:
        if draft.shown in ("page", "questions"):
            return {"pages": supporter_pages(draft, campaign)}
        composition = compose_sample(draft, campaign)
        letter = composition.letter
        if draft.shown == "paper":
            return {"pictures": [base64.b64encode(page).decode() for page in services().pdf_pool.page_images(letter)]}
        return {"letter": letter, "reasons": tailoring(composition)}
    except tuple(_ERRORS) as error:
        return {"error_message": _(_ERRORS[type(error)])}


def _starting_draft(slug: str) -> CampaignDraft | None:
    """Return the draft of a file that this visitor can start from; None if there is none. Raises LeadsOut."""
    if slug not in {slug for slug, _ in _examples()}:
        return None
    try:
        files = Publisher(services().campaigns.folder).current(slug)
    except LeadsOut:
        raise
    except (NothingSuch, OSError):
        return None
    return CampaignDraft(slug, readable(files.text), readable(files.facts), files.fingerprint)


def _examples() -> list[tuple[str, str]]:
    """Return name and title of the files to start from: those of open campaigns, and for publishers all files."""
    checked = [file for file in services().campaigns.check_all() if is_file_name(file.path.stem)]
    shows_all, day = is_publisher(), today()
    return [
        (file.path.stem, file.campaign.title if file.campaign else file.path.stem)
        for file in checked
        if shows_all or (file.campaign and file.campaign.state(day) is State.OPEN)
    ]


def _file_name(draft: CampaignDraft, kind: str) -> str:
    return f"{draft.slug if is_file_name(draft.slug) else DEFAULT_NAME}.{kind}"


def _attachment(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
