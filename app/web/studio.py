"""The Studio: a campaign file on one side, what comes of it on the other. It keeps nothing that is typed.

Where a password is set, ``app.web.publish`` puts files where the site takes its campaigns from.
"""

import base64

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.campaigns.asks import Ask, Audience
from app.campaigns.campaign import Campaign, Question, State
from app.campaigns.campaign_files import readable
from app.campaigns.fields import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.file_names import is_file_name
from app.campaigns.liquid import TemplateError
from app.campaigns.parts import Part
from app.campaigns.publishing import NothingSuch, Publisher
from app.campaigns.reader import NOT_IN_FILE
from app.campaigns.starter import starting_file
from app.language.catalogue import texts_of
from app.language.speaking import gettext as _
from app.language.speaking import marked, spoken
from app.letters.letter import LetterTooLong, TooManyPages
from app.letters.press import PressBusy, PressFailed
from app.mp.dissolution import today
from app.web.desk import desk
from app.web.limits import DOWNLOADS, limited
from app.web.log_in import PublisherForm, can_publish, is_publisher
from app.web.security import allow
from app.web.studio_draft import UNNAMED, VIEWS, Draft, letter_of, pages_of, reasons_of

bp = Blueprint("studio", __name__, url_prefix="/studio")

NEW = "new"  # an address of its own, so that Back leads to what was written before
LONGEST_REQUEST = 1024 * 1024  # bytes: a file and a table, with room for what a form puts around them
_SCRIPT = "app/static/studio.js"

_PARTS: dict[str, type[Part]] = {
    marked("Settings"): Campaign,
    marked("Each of questions"): Question,
    marked("Each of asks"): Ask,
    marked("Within for"): Audience,
}
_TROUBLE: dict[type[Exception], str] = {
    LetterTooLong: marked("With the sample answers the letter is too long to be sent. Shorten it."),
    TooManyPages: marked("With the sample answers the letter takes more than three pages. Shorten it."),
    PressBusy: marked("Many PDFs are being made at this moment. Wait a few seconds, then check again."),
    PressFailed: marked("This letter could not be printed. Take out unusual characters, or shorten it."),
    TemplateError: marked("The letter does not come out for this MP. Look at the tags and filters in it."),
}


@bp.before_request
def longer_than_a_letter() -> None:
    """Take a file and its table."""
    request.max_content_length = LONGEST_REQUEST
    request.max_form_memory_size = LONGEST_REQUEST


@bp.get("")
def start() -> ResponseReturnValue:
    """A file to start from: the example, or one of the site's campaigns (``?start=``)."""
    slug = request.args.get("start", "")
    if slug in ("", NEW):
        return studio_page(Draft(file=starting_file()))
    draft = _started(slug)
    return studio_page(draft) if draft else studio_page(Draft(file=starting_file()), 404, is_missing=True)


@bp.post("")
@limited(DOWNLOADS)
def check() -> ResponseReturnValue:
    """The file as it was sent, checked and shown."""
    return studio_page(Draft.posted())


@bp.post("/file")
def download() -> ResponseReturnValue:
    """The file, to keep."""
    draft = Draft.posted()
    return _attachment(draft.file.encode("utf-8", "replace"), "text/markdown; charset=utf-8", _name(draft, "md"))


@bp.post("/letter.pdf")
@limited(DOWNLOADS)
def letter_pdf() -> ResponseReturnValue:
    """The letter to the chosen member of the cast, as a PDF."""
    draft = Draft.posted()
    if not draft.campaign:
        return studio_page(draft, 422)
    try:
        content = desk().press.typeset(letter_of(draft, draft.campaign))
    except tuple(_TROUBLE) as error:
        return studio_page(draft, 503 if isinstance(error, PressBusy) else 422)
    return _attachment(content, "application/pdf", _name(draft, "pdf"))


def studio_page(draft: Draft, status: int = 200, *, trouble: str = "", is_missing: bool = False) -> Response:
    """The file, its problems, and what comes of it.

    ``trouble`` is why it was not published; ``is_missing`` says that another file was asked for.
    """
    allow("img-src", "'self'", "data:")
    page = render_template(
        "studio/studio.html",
        draft=draft,
        views=VIEWS,
        shown=_shown(draft, draft.campaign) if draft.campaign else {},
        examples=_examples(),
        reference=reference(),
        texts=texts_of(_SCRIPT, spoken()),
        trouble=trouble,
        is_missing=is_missing,
        can_publish=can_publish(),
        publisher=PublisherForm() if is_publisher() else None,
    )
    return make_response(page, status)


def reference() -> dict[str, dict[str, str]]:
    """What may stand in a file, in groups: names and what they are."""
    placeholders = {f"{{{{ {name} }}}}": _(says) for name, says in (FIELDS | FIELDS_OF_FOLLOW_UP).items()}
    return {_(heading): _fields(part) for heading, part in _PARTS.items()} | {_("Placeholders"): placeholders}


def _fields(part: type[Part]) -> dict[str, str]:
    in_file = ((field.alias or name, field) for name, field in part.model_fields.items() if name not in NOT_IN_FILE)
    return {name: _(field.description) if field.description else "" for name, field in in_file}


def _shown(draft: Draft, campaign: Campaign) -> dict[str, object]:
    """What the chosen view needs; ``trouble`` where it cannot be made."""
    try:
        if draft.shown in ("page", "questions"):
            return {"pages": pages_of(draft, campaign)}
        letter = letter_of(draft, campaign)
        if draft.shown == "paper":
            return {"pictures": [base64.b64encode(page).decode() for page in desk().press.pictures(letter)]}
        return {"letter": letter, "reasons": reasons_of(draft, campaign)}
    except tuple(_TROUBLE) as error:
        return {"trouble": _(_TROUBLE[type(error)])}


def _started(slug: str) -> Draft | None:
    """One of the files that one may start from."""
    if slug not in {slug for slug, _ in _examples()}:
        return None
    try:
        files = Publisher(desk().campaigns.folder).current(slug)
    except (NothingSuch, OSError):
        return None
    return Draft(slug, readable(files.text), readable(files.facts), files.mark)


def _examples() -> list[tuple[str, str]]:
    """Name and title of what one may start from: the files of open campaigns, and for publishers every file."""
    checked = [file for file in desk().campaigns.check_all() if is_file_name(file.path.stem)]
    sees_all, day = is_publisher(), today()
    return [
        (file.path.stem, file.campaign.title if file.campaign else file.path.stem)
        for file in checked
        if sees_all or (file.campaign and file.campaign.state(day) is State.OPEN)
    ]


def _name(draft: Draft, kind: str) -> str:
    return f"{draft.slug if is_file_name(draft.slug) else UNNAMED}.{kind}"


def _attachment(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response
