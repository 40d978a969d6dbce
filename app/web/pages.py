"""Pages besides the journey: about the site, portraits, and monitoring."""

from collections.abc import Iterator
from hmac import compare_digest

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.campaigns.library import CampaignLibrary
from app.web.http.limits import LimitKind, limited
from app.web.http.metrics import exposition
from app.web.http.view_traits import Trait, traits
from app.web.recent_portraits import RecentPortraits
from app.web.services import services
from app.web.studio.log_in import can_publish
from config import VERSION

bp = Blueprint("pages", __name__)
_EMPTY_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return _render_page("privacy", has_publishers=can_publish())


@bp.get("/how-it-works")
def how() -> ResponseReturnValue:
    return _render_page("how")


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    return _render_page("accessibility")


@bp.get("/about")
def about() -> ResponseReturnValue:
    return _render_page("about")


def _render_page(name: str, **values: object) -> str:
    asks_parliament = services().house.asks_parliament
    return render_template(f"pages/{name}.html", asks_parliament=asks_parliament, **values)


def _is_remembered(constituency_id: int, member_id: int) -> bool:
    """Return whether a portrait costs no call to Parliament."""
    return not services().house.shows_portraits or _recent_portraits().has(constituency_id, member_id)


def _empty_image() -> Response:
    return Response(_EMPTY_IMAGE, mimetype="image/svg+xml")


@bp.get("/portrait/<int:constituency_id>/<int:member_id>")
@traits(Trait.CROSS_ORIGIN)
@limited(LimitKind.PORTRAITS, unless=_is_remembered, refusal=_empty_image)
def portrait(constituency_id: int, member_id: int) -> ResponseReturnValue:
    """Pass on a picture of a constituency's member, so that no visitor's address reaches Parliament.

    If there is none, send an empty image, so that the initials on the page show through.
    """
    picture = services().house.portrait(constituency_id, member_id)
    if picture is None:
        empty = _empty_image()
        empty.headers["Cache-Control"] = "private, max-age=300"
        return empty
    _recent_portraits().add(constituency_id, member_id)
    return Response(picture.content, mimetype=picture.mimetype, headers={"Cache-Control": "public, max-age=86400"})


def _recent_portraits() -> RecentPortraits:
    found: RecentPortraits = current_app.extensions["recent_portraits"]
    return found


@bp.get("/healthz")
@traits(Trait.CHEAP)
def healthz() -> ResponseReturnValue:
    """Tell monitoring that the app answers, which data it uses, and what is wrong."""
    site = services()
    snapshot = site.house.latest_snapshot()
    problems = [*snapshot.problems, *_broken_campaigns(site.campaigns)]
    if site.redis and not site.redis.is_reachable():
        problems.append("Redis does not answer: each process uses its own memory.")
    return {
        "status": "degraded" if problems else "ok",
        "problems": problems,
        "version": VERSION,
        "lookup": site.settings.lookup,
        "parliament_away_seconds": round(site.cached_parliament.seconds_away()),
        "parliament_dissolved": site.house.is_dissolved,
        "snapshot_date": snapshot.date.isoformat() if snapshot.date else None,
        "postcodes_date": snapshot.index.date if snapshot.index else None,
        "campaigns": list(site.campaigns.all()),
    }


@bp.get("/readyz")
@traits(Trait.CHEAP)
def readyz() -> ResponseReturnValue:
    """Tell a load balancer whether visitors would find campaigns, and get an answer to their postcode."""
    site = services()
    lacks = [] if site.campaigns.all() else ["campaigns"]
    if site.settings.lookup == "snapshot" and not site.house.latest_snapshot().index:
        lacks.append("postcodes")
    return {"status": "not ready" if lacks else "ready", "lacks": lacks}, 503 if lacks else 200


@bp.get("/metrics")
@traits(Trait.CHEAP)
def metrics() -> ResponseReturnValue:
    """Show the metrics to Prometheus, which sends the token of the settings. Without that setting: 404."""
    token = services().settings.metrics_token.get_secret_value()
    if not token:
        abort(404)
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return Response("The token is wrong.\n", 401, mimetype="text/plain", headers={"WWW-Authenticate": "Bearer"})
    return Response(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _broken_campaigns(campaigns: CampaignLibrary) -> Iterator[str]:
    """Yield a line for each file with errors: its first error, and what visitors see until it is fixed."""
    for checked in campaigns.check_all():
        for problem in checked.errors[:1]:
            meanwhile = "Visitors see the version before it." if checked.is_earlier else "Visitors do not see it."
            message = problem.message if problem.message.endswith("?") else f"{problem.message}."
            yield f"{checked.path.name}, line {problem.line}: {message} {meanwhile}"
