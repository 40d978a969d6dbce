"""Publishing from the Studio: log in, see what changes, publish, and go back to an earlier version."""

import math
from difflib import unified_diff

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import Campaign
from app.campaigns.file.campaign_files import Files, readable
from app.campaigns.file.file_names import is_file_name, is_translation
from app.campaigns.file.inside import LeadsOut
from app.campaigns.problems import explain_link
from app.campaigns.publishing import ChangedMeanwhile, NothingSuch, Publisher, TableTaken, Version
from app.campaigns.starter import starting_file
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop, ngettext
from app.web.http.limits import DOWNLOADS, TRIES, limited, noted_as
from app.web.http.locale_routing import address_in
from app.web.services import services
from app.web.studio.draft import Draft
from app.web.studio.log_in import LogInForm, PublisherForm, can_publish, doorkeeper, is_publisher, log_in, log_out
from app.web.studio.views import studio_page

bp = Blueprint("publish", __name__, url_prefix="/studio")

_NO_NAME = gettext_noop("Give the campaign a short name of small letters, digits and hyphens: it becomes its address.")
_NOT_WRITTEN = gettext_noop(
    "The file could not be written on the server. Keep it with “Download the file”, and tell whoever runs the site."
)
_NOT_READ = gettext_noop("The campaign’s files could not be read on the server. Tell the people who run the site.")
_TABLE_TAKEN = gettext_noop(
    "There is a table of that name already, which is not this campaign’s alone. Give yours another name in the line "
    "`local_facts`."
)
_NOT_OURS = gettext_noop("This page was open too long, or it was not our own. Look at it once more, then go on.")
_NO_COOKIE = gettext_noop(
    "Your browser did not keep our cookie, without which nobody can be logged in. Allow cookies for this site. If its "
    "address begins with http://, take the one with https://."
)


@bp.before_request
def only_with_a_password() -> None:
    """As if it were not there."""
    if not can_publish():
        abort(404)


@bp.errorhandler(OSError)
def not_read(error: OSError) -> ResponseReturnValue:
    """Say so, and lose nothing that was typed."""
    current_app.logger.error("campaigns cannot be read: %s", error.strerror)  # no paths
    draft = Draft.posted()
    trouble = explain_link(error.name) if isinstance(error, LeadsOut) else _(_NOT_READ)
    return studio_page(draft if draft.file else Draft(file=starting_file()), 500, trouble=trouble)


@bp.post("/publish")
@limited(DOWNLOADS)
def publish() -> ResponseReturnValue:
    """What would change, for the publisher to say yes to; with that yes, it is done."""
    draft = Draft.posted()
    return _asked_or_published(draft) if is_publisher() else _log_in_page(draft)


def _asked_or_published(draft: Draft) -> ResponseReturnValue:
    if draft.errors:
        return studio_page(draft, 422)
    if not is_file_name(draft.slug):
        return studio_page(draft, 422, trouble=_(_NO_NAME))
    form = PublisherForm(request.form)
    if "yes" not in request.form:
        return _difference_page(draft, form)
    if not form.validate():
        return _difference_page(draft, PublisherForm(), _(_NOT_OURS), 400)
    return _published(draft)


def _published(draft: Draft) -> ResponseReturnValue:
    try:
        _publisher().publish(draft.slug, draft.files, draft.base)
    except ChangedMeanwhile:
        return _difference_page(draft, PublisherForm(), status=409)
    except TableTaken:
        return studio_page(draft, 409, trouble=_(_TABLE_TAKEN))
    except OSError as error:
        current_app.logger.error("campaigns cannot be published: %s", error.strerror)  # noqa: TRY400  # no paths
        return studio_page(draft, 500, trouble=_(_NOT_WRITTEN))
    return redirect(url_for(".versions", slug=draft.slug, published="yes"), 303)


@bp.get("/versions/<slug>")
@limited(DOWNLOADS)
def versions(slug: str) -> ResponseReturnValue:
    """Every version of a campaign, with what each changed."""
    if not is_publisher():
        return _log_in_page(Draft(slug=slug))
    kept = _kept(slug)
    changes = [_difference(earlier, later.files) for later, earlier in zip(kept, _before(kept), strict=True)]
    live = _publisher().current(slug).fingerprint
    campaign = _campaign_of(slug)
    page = render_template(
        "studio/versions.html",
        slug=slug,
        campaign=campaign,
        address=_address(campaign, "journey.campaign") if campaign else "",
        share_address=_address(campaign, "share.share") if campaign else "",
        versions=list(zip(kept, changes, strict=True)),
        live=live,
        is_published="published" in request.args,
        publisher=PublisherForm(),
    )
    return make_response(page)


@bp.post("/versions/<slug>")
@limited(DOWNLOADS)
def go_back(slug: str) -> ResponseReturnValue:
    """An earlier version, in the Studio's own page that says what would change."""
    if not is_publisher():
        return _log_in_page(Draft(slug=slug))
    try:
        files = _publisher().version(slug, request.form.get("version", "")).files
    except NothingSuch:
        abort(404)
    draft = Draft(slug, readable(files.text), readable(files.facts), _publisher().current(slug).fingerprint)
    return studio_page(draft, 422) if draft.errors else _difference_page(draft, PublisherForm())


@bp.get("/log-in")
def ask_password() -> ResponseReturnValue:
    """The question for the password."""
    return redirect(url_for("studio.start")) if is_publisher() else _log_in_page(Draft())


@bp.post("/log-in")
@noted_as(TRIES)
def try_password() -> ResponseReturnValue:
    """Whether it was right; then on to what was asked for before."""
    draft, form = Draft.posted(), LogInForm(request.form)
    if not form.validate():
        return _log_in_page(draft, _(_NOT_OURS if request.cookies else _NO_COOKIE), 400)
    if not doorkeeper().admits():
        return _too_many_tries(draft, doorkeeper().seconds_to_wait())
    if not log_in(form.password.data or ""):
        return _log_in_page(draft, _("That is not the password. Try again."), 403)
    doorkeeper().forget()
    if draft.file:
        return _asked_or_published(draft)
    return redirect(url_for(".versions", slug=draft.slug) if is_file_name(draft.slug) else url_for("studio.start"), 303)


@bp.post("/log-out")
def leave() -> ResponseReturnValue:
    """End the session."""
    if is_publisher() and PublisherForm(request.form).validate():
        log_out()
    return redirect(url_for("studio.start"), 303)


def _log_in_page(draft: Draft, trouble: str = "", status: int = 200) -> Response:
    form = LogInForm()
    form.password.errors = [trouble] if trouble else []
    return make_response(render_template("studio/log_in.html", form=form, draft=draft), status)


def _too_many_tries(draft: Draft, seconds: int) -> Response:
    minutes = math.ceil(seconds / 60)
    trouble = ngettext(
        "The password was tried too often. Try again in %(number)d minute.",
        "The password was tried too often. Try again in %(number)d minutes.",
        minutes,
    )
    page = _log_in_page(draft, trouble, 429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _difference_page(draft: Draft, form: PublisherForm, trouble: str = "", status: int = 200) -> Response:
    """What publishing would change of what is served now, whoever put it there."""
    now = _publisher().current(draft.slug)
    page = render_template(
        "studio/difference.html",
        draft=draft,
        address=_address(draft.campaign, "journey.campaign") if draft.campaign else "",
        is_translation=is_translation(draft.slug),
        base=now.fingerprint,
        is_new=not now.text,
        is_changed_meanwhile=draft.base != now.fingerprint,
        difference=_difference(now, draft.files),
        publisher=form,
        trouble=trouble,
    )
    return make_response(page, status)


def _difference(before: Files, after: Files) -> list[tuple[str, str]]:
    """Lines with a sign each: ``+`` is new, ``-`` is gone, a space stands around them, ``@`` between them."""
    lines = []
    for old, new in ((before.text, after.text), (before.facts, after.facts)):
        found = unified_diff(readable(old).splitlines(), readable(new).splitlines(), lineterm="", n=2)
        lines += [(line[0], line[1:] if line[0] != "@" else "") for line in list(found)[2:]]
    return lines


def _before(kept: list[Version]) -> list[Files]:
    """The files that each version took the place of."""
    return [version.files for version in kept[1:]] + [Files()] if kept else []


def _kept(slug: str) -> list[Version]:
    try:
        return _publisher().versions(slug)
    except NothingSuch:
        abort(404)


def _campaign_of(name: str) -> Campaign | None:
    """What a file makes on the site at this moment, in its own language."""
    return next((file.campaign for file in services().campaigns.check_all() if file.path.stem == name), None)


def _address(campaign: Campaign, page: str) -> str:
    """Where one of a campaign's pages is, in the campaign's language."""
    return address_in(LANGUAGES[campaign.language], page, slug=campaign.slug)


def _publisher() -> Publisher:
    return Publisher(services().campaigns.folder)
