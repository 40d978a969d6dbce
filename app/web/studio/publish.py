"""Publishing from the Studio: log in, see the changes, publish, and go back to an earlier version."""

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
from app.web.http.limits import LimitKind, counted_as, limited
from app.web.http.locale_routing import url_in_language
from app.web.http.view_traits import Trait, set_blueprint_traits
from app.web.services import services
from app.web.studio.draft import CampaignDraft
from app.web.studio.log_in import LogInForm, PublisherForm, can_publish, is_publisher, log_in, log_out, password_tries
from app.web.studio.views import studio_page

bp = Blueprint("publish", __name__, url_prefix="/studio")
set_blueprint_traits(bp, Trait.CAMPAIGN_FILE, Trait.SECRET, Trait.PASSWORD)

_NO_NAME = gettext_noop("Give the campaign a short name of small letters, digits and hyphens: it becomes its address.")
_NOT_WRITTEN = gettext_noop(
    "The file could not be written on the server. Keep it with “Download the file”, and tell the people who run the "
    "site."
)
_NOT_READ = gettext_noop("The campaign’s files could not be read on the server. Tell the people who run the site.")
_TABLE_TAKEN = gettext_noop(
    "There is a table of that name already, which is not this campaign’s alone. Give yours another name in the line "
    "`local_facts`."
)
_FORM_EXPIRED = gettext_noop("This page was open too long, or it was not our own. Look at it once more, then go on.")
_NO_COOKIE = gettext_noop(
    "Your browser did not keep our cookie, without which nobody can be logged in. Allow cookies for this site. If its "
    "address begins with http://, take the one with https://."
)


@bp.before_request
def require_password() -> None:
    """Answer 404 if the settings have no password."""
    if not can_publish():
        abort(404)


@bp.errorhandler(OSError)
def show_read_error(error: OSError) -> ResponseReturnValue:
    """Show the error in the Studio, with the draft that was sent."""
    current_app.logger.error("campaigns cannot be read: %s", error.strerror)  # no paths
    draft = CampaignDraft.read(request)
    error_message = explain_link(error.name) if isinstance(error, LeadsOut) else _(_NOT_READ)
    return studio_page(draft if draft.file else CampaignDraft(file=starting_file()), 500, error_message=error_message)


@bp.post("/publish")
@limited(LimitKind.DOWNLOADS)
def publish() -> ResponseReturnValue:
    """Show what would change; publish it, if the publisher has said yes to that."""
    draft = CampaignDraft.read(request)
    return _confirm_or_publish(draft) if is_publisher() else _log_in_page(draft)


def _confirm_or_publish(draft: CampaignDraft) -> ResponseReturnValue:
    if draft.errors:
        return studio_page(draft, 422)
    if not is_file_name(draft.slug):
        return studio_page(draft, 422, error_message=_(_NO_NAME))
    form = PublisherForm(request.form)
    if "yes" not in request.form:
        return _difference_page(draft, form)
    if not form.validate():
        return _difference_page(draft, PublisherForm(), _(_FORM_EXPIRED), 400)
    return _publish(draft)


def _publish(draft: CampaignDraft) -> ResponseReturnValue:
    try:
        _publisher().publish(draft.slug, draft.files, draft.base)
    except ChangedMeanwhile:
        return _difference_page(draft, PublisherForm(), status=409)
    except TableTaken:
        return studio_page(draft, 409, error_message=_(_TABLE_TAKEN))
    except OSError as error:
        current_app.logger.error("campaigns cannot be published: %s", error.strerror)  # noqa: TRY400  # no paths
        return studio_page(draft, 500, error_message=_(_NOT_WRITTEN))
    return redirect(url_for(".versions", slug=draft.slug, published="yes"), 303)


@bp.get("/versions/<slug>")
@limited(LimitKind.DOWNLOADS)
def versions(slug: str) -> ResponseReturnValue:
    """Show every version of a campaign, with its changes."""
    if not is_publisher():
        return _log_in_page(CampaignDraft(slug=slug))
    published = _published_versions(slug)
    changes = [
        _difference(earlier, later.files) for later, earlier in zip(published, _replaced_files(published), strict=True)
    ]
    live = _publisher().current(slug).fingerprint
    campaign = _live_campaign(slug)
    page = render_template(
        "studio/versions.html",
        slug=slug,
        campaign=campaign,
        address=_page_url(campaign, "journey.campaign") if campaign else "",
        share_address=_page_url(campaign, "share.share") if campaign else "",
        versions=list(zip(published, changes, strict=True)),
        live=live,
        is_published="published" in request.args,
        publisher=PublisherForm(),
    )
    return make_response(page)


@bp.post("/versions/<slug>")
@limited(LimitKind.DOWNLOADS)
def go_back(slug: str) -> ResponseReturnValue:
    """Show what would change if an earlier version was published again."""
    if not is_publisher():
        return _log_in_page(CampaignDraft(slug=slug))
    try:
        files = _publisher().version(slug, request.form.get("version", "")).files
    except NothingSuch:
        abort(404)
    draft = CampaignDraft(slug, readable(files.text), readable(files.facts), _publisher().current(slug).fingerprint)
    return studio_page(draft, 422) if draft.errors else _difference_page(draft, PublisherForm())


@bp.get("/log-in")
def ask_password() -> ResponseReturnValue:
    return redirect(url_for("studio.start")) if is_publisher() else _log_in_page(CampaignDraft())


@bp.post("/log-in")
@counted_as(LimitKind.TRIES)
def try_password() -> ResponseReturnValue:
    """Log in, if the password is right, and continue with the page that asked for it."""
    draft, form = CampaignDraft.read(request), LogInForm(request.form)
    if not form.validate():
        return _log_in_page(draft, _(_FORM_EXPIRED if request.cookies else _NO_COOKIE), 400)
    if not password_tries().hit():
        return _too_many_tries(draft, password_tries().seconds_to_wait())
    if not log_in(form.password.data or ""):
        return _log_in_page(draft, _("That is not the password. Try again."), 403)
    password_tries().forget()
    if draft.file:
        return _confirm_or_publish(draft)
    return redirect(url_for(".versions", slug=draft.slug) if is_file_name(draft.slug) else url_for("studio.start"), 303)


@bp.post("/log-out")
def leave() -> ResponseReturnValue:
    """End the session."""
    if is_publisher() and PublisherForm(request.form).validate():
        log_out()
    return redirect(url_for("studio.start"), 303)


def _log_in_page(draft: CampaignDraft, error_message: str = "", status: int = 200) -> Response:
    form = LogInForm()
    form.password.errors = [error_message] if error_message else []
    return make_response(render_template("studio/log_in.html", form=form, draft=draft), status)


def _too_many_tries(draft: CampaignDraft, seconds: int) -> Response:
    minutes = math.ceil(seconds / 60)
    error_message = ngettext(
        "The password was tried too often. Try again in %(number)d minute.",
        "The password was tried too often. Try again in %(number)d minutes.",
        minutes,
    )
    page = _log_in_page(draft, error_message, 429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _difference_page(draft: CampaignDraft, form: PublisherForm, error_message: str = "", status: int = 200) -> Response:
    """Make the page with the changes that publishing would make to the current files, even to somebody else's."""
    now = _publisher().current(draft.slug)
    page = render_template(
        "studio/difference.html",
        draft=draft,
        address=_page_url(draft.campaign, "journey.campaign") if draft.campaign else "",
        is_translation=is_translation(draft.slug),
        base=now.fingerprint,
        is_new=not now.text,
        is_changed_meanwhile=draft.base != now.fingerprint,
        difference=_difference(now, draft.files),
        publisher=form,
        error_message=error_message,
    )
    return make_response(page, status)


def _difference(before: Files, after: Files) -> list[tuple[str, str]]:
    """Return lines with a sign each: ``+`` new, ``-`` removed, space unchanged, ``@`` a gap between changes."""
    lines = []
    for old, new in ((before.text, after.text), (before.facts, after.facts)):
        found = unified_diff(readable(old).splitlines(), readable(new).splitlines(), lineterm="", n=2)
        lines += [(line[0], line[1:] if line[0] != "@" else "") for line in list(found)[2:]]
    return lines


def _replaced_files(published: list[Version]) -> list[Files]:
    """Return the files that each version replaced."""
    return [version.files for version in published[1:]] + [Files()] if published else []


def _published_versions(slug: str) -> list[Version]:
    try:
        return _publisher().versions(slug)
    except NothingSuch:
        abort(404)


def _live_campaign(name: str) -> Campaign | None:
    """Return the campaign that visitors see of a file, in the file's own language."""
    return next((file.campaign for file in services().campaigns.check_all() if file.path.stem == name), None)


def _page_url(campaign: Campaign, page: str) -> str:
    """Return the URL of a campaign's page, in the campaign's language."""
    return url_in_language(LANGUAGES[campaign.language], page, slug=campaign.slug)


def _publisher() -> Publisher:
    return Publisher(services().campaigns.folder)
