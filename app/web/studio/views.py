"""The Studio: a campaign file on one side, what comes of it on the other. It keeps nothing that is typed.

Where a password is set, ``app.web.studio.publish`` puts files where the site takes its campaigns from.
"""

import base64
from collections.abc import Hashable
from weakref import ref

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.campaigns.asks import Ask, Audience
from app.campaigns.campaign import Campaign, Question, State
from app.campaigns.file.campaign_files import readable
from app.campaigns.file.file_names import is_file_name
from app.campaigns.file.inside import LeadsOut
from app.campaigns.file.reader import NOT_IN_FILE
from app.campaigns.parts import Part
from app.campaigns.placeholders import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.problems import says_of_link
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
from app.web.http.kept_pages import KeptPages
from app.web.http.limits import DOWNLOADS, limited
from app.web.http.security import allow
from app.web.http.view_traits import Trait, traits_of_all
from app.web.services import services
from app.web.studio.draft import UNNAMED, VIEWS, CampaignDraft, composition_of, pages_of
from app.web.studio.log_in import PublisherForm, can_publish, is_publisher

bp = Blueprint("studio", __name__, url_prefix="/studio")
traits_of_all(bp, Trait.CAMPAIGN_FILE, Trait.SECRET)

_SCRIPT = "app/static/studio.js"

_PARTS: dict[str, type[Part]] = {
    gettext_noop("Settings"): Campaign,
    gettext_noop("Each of questions"): Question,
    gettext_noop("Each of asks"): Ask,
    gettext_noop("Within for"): Audience,
}
_TROUBLE: dict[type[Exception], str] = {
    LetterTooLong: gettext_noop("With the sample answers the letter is too long to be sent. Shorten it."),
    TooManyPages: gettext_noop("With the sample answers the letter takes more than three pages. Shorten it."),
    PdfPoolBusy: gettext_noop("Many PDFs are being made at this moment. Wait a few seconds, then check again."),
    PdfFailed: gettext_noop("This letter could not be printed. Take out unusual characters, or shorten it."),
    TemplateError: gettext_noop("The letter does not come out for this MP. Look at the tags and filters in it."),
}


def _is_kept() -> bool:
    """Tell if the page that is asked for need not be made."""
    made_of = _made_of()
    return made_of is not None and _kept().get(made_of) is not None


@bp.get("")
@limited(DOWNLOADS, unless=_is_kept)
def start() -> ResponseReturnValue:
    """A file to start from: the example, or one of the site's campaigns (``?start=``).

    ``?fresh=yes`` is the example too. It has an address of its own, so that Back leads to what was written before.
    """
    made_of = _made_of()
    if made_of and (page := _kept().get(made_of)):
        return _with_pictures(page, 200)
    slug = request.args.get("start", "")
    try:
        draft = _started(slug) if slug else CampaignDraft(file=starting_file())
    except LeadsOut as error:
        return studio_page(CampaignDraft(file=starting_file()), 404, is_missing=True, trouble=says_of_link(error.name))
    if not draft:
        return studio_page(CampaignDraft(file=starting_file()), 404, is_missing=True)
    response = studio_page(draft)
    if made_of:
        _kept().put(made_of, response.get_data())
    return response


def _made_of() -> Hashable | None:
    """All that the page which is asked for depends on; None where it is somebody's own, or has an address of its own.

    Where it has, keeping it would only push out those that many ask for.
    """
    if "made_of" not in g:
        slug = request.args.get("start", "")
        is_usual = request.query_string.decode() in ("", "fresh=yes", f"start={slug}")
        g.made_of = _everything() if is_usual and not is_publisher() else None
    made_of: Hashable | None = g.made_of
    return made_of


def _everything() -> Hashable:
    files = frozenset(stamps_in(services().campaigns.folder).items())
    return (request.url, current_locale().code, today(), ref(services().house.latest_snapshot()), files)


def _kept() -> KeptPages:
    found: KeptPages = current_app.extensions["kept_pages"]
    return found


@bp.post("")
@limited(DOWNLOADS)
def check() -> ResponseReturnValue:
    """The file as it was sent, checked and shown."""
    return studio_page(CampaignDraft.read(request))


@bp.post("/file")
@limited(DOWNLOADS)
def download() -> ResponseReturnValue:
    """The file, to keep."""
    draft = CampaignDraft.read(request)
    return _attachment(draft.file.encode("utf-8", "replace"), "text/markdown; charset=utf-8", _name(draft, "md"))


@bp.post("/letter.pdf")
@limited(DOWNLOADS)
def letter_pdf() -> ResponseReturnValue:
    """The letter to the chosen member of the cast, as a PDF."""
    draft = CampaignDraft.read(request)
    if not draft.campaign:
        return studio_page(draft, 422)
    try:
        content = services().pdf_pool.typeset(composition_of(draft, draft.campaign).letter)
    except tuple(_TROUBLE) as error:
        return studio_page(draft, 503 if isinstance(error, PdfPoolBusy) else 422)
    return _attachment(content, "application/pdf", _name(draft, "pdf"))


def studio_page(draft: CampaignDraft, status: int = 200, *, trouble: str = "", is_missing: bool = False) -> Response:
    """The file, its problems, and what comes of it.

    ``is_missing`` says that another file was asked for. ``trouble`` is why it is not shown, or was not published.
    """
    page = render_template(
        "studio/studio.html",
        draft=draft,
        views=VIEWS,
        shown=_shown(draft, draft.campaign) if draft.campaign else {},
        examples=_examples(),
        reference=reference(),
        texts=find_texts(_SCRIPT, current_locale()),
        trouble=trouble,
        is_missing=is_missing,
        can_publish=can_publish(),
        publisher=PublisherForm() if is_publisher() else None,
    )
    return _with_pictures(page, status)


def _with_pictures(page: str | bytes, status: int) -> Response:
    """The answer with a page that may hold pictures of paper."""
    allow("img-src", "'self'", "data:")
    return make_response(page, status)


def reference() -> dict[str, dict[str, str]]:
    """What may stand in a file, in groups: names and what they are."""
    placeholders = {f"{{{{ {name} }}}}": _(says) for name, says in (FIELDS | FIELDS_OF_FOLLOW_UP).items()}
    return {_(heading): _fields(part) for heading, part in _PARTS.items()} | {_("Placeholders"): placeholders}


def _fields(part: type[Part]) -> dict[str, str]:
    in_file = ((field.alias or name, field) for name, field in part.model_fields.items() if name not in NOT_IN_FILE)
    return {name: _(field.description) if field.description else "" for name, field in in_file}


def _shown(draft: CampaignDraft, campaign: Campaign) -> dict[str, object]:
    """What the chosen view needs; ``trouble`` where it cannot be made."""
    try:
        if draft.shown in ("page", "questions"):
            return {"pages": pages_of(draft, campaign)}
        composition = composition_of(draft, campaign)
        letter = composition.letter
        if draft.shown == "paper":
            return {"pictures": [base64.b64encode(page).decode() for page in services().pdf_pool.page_images(letter)]}
        return {"letter": letter, "reasons": tailoring(composition)}
    except tuple(_TROUBLE) as error:
        return {"trouble": _(_TROUBLE[type(error)])}


def _started(slug: str) -> CampaignDraft | None:
    """One of the files that one may start from. Raises LeadsOut."""
    if slug not in {slug for slug, _ in _examples()}:
        return None
    try:
        files = Publisher(services().campaigns.folder).current(slug)
    except LeadsOut:
        raise
    except (NothingSuch, OSError):
        return None
    return CampaignDraft(slug, readable(files.text), readable(files.facts), files.mark)


def _examples() -> list[tuple[str, str]]:
    """Name and title of what one may start from: the files of open campaigns, and for publishers every file."""
    checked = [file for file in services().campaigns.check_all() if is_file_name(file.path.stem)]
    sees_all, day = is_publisher(), today()
    return [
        (file.path.stem, file.campaign.title if file.campaign else file.path.stem)
        for file in checked
        if sees_all or (file.campaign and file.campaign.state(day) is State.OPEN)
    ]


def _name(draft: CampaignDraft, kind: str) -> str:
    return f"{draft.slug if is_file_name(draft.slug) else UNNAMED}.{kind}"


def _attachment(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
