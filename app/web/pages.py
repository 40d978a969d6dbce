"""Pages beside the journey: privacy, portraits, and whether the app is well."""

from collections.abc import Iterator
from hmac import compare_digest

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.campaigns.library import CampaignLibrary
from app.web.http.limits import PORTRAITS, limited
from app.web.http.metrics import exposition
from app.web.http.view_traits import Trait, traits
from app.web.services import services
from app.web.shown_portraits import ShownPortraits
from app.web.studio.log_in import can_publish
from config import VERSION

bp = Blueprint("pages", __name__)
_NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What happens to what one types."""
    return _page("privacy", has_publishers=can_publish())


@bp.get("/how-it-works")
def how() -> ResponseReturnValue:
    """What becomes of a postcode and a few words, step by step."""
    return _page("how")


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """Who can use the pages, and what to do where somebody cannot."""
    return _page("accessibility")


@bp.get("/about")
def about() -> ResponseReturnValue:
    """What Dear MP is, and whose data it goes by."""
    return _page("about")


def _page(name: str, **values: object) -> str:
    asks_parliament = services().house.asks_parliament
    return render_template(f"pages/{name}.html", asks_parliament=asks_parliament, **values)


def _is_remembered(constituency_id: int, member_id: int) -> bool:
    """Tell if Parliament need not be asked for a portrait."""
    return not services().house.shows_portraits or _shown().has(constituency_id, member_id)


def _no_picture() -> Response:
    return Response(_NO_PICTURE, mimetype="image/svg+xml")


@bp.get("/portrait/<int:constituency_id>/<int:member_id>")
@traits(Trait.CROSS_ORIGIN)
@limited(PORTRAITS, unless=_is_remembered, refusal=_no_picture)
def portrait(constituency_id: int, member_id: int) -> ResponseReturnValue:
    """A picture of a constituency's member, passed on so that no visitor's address reaches Parliament.

    Where there is none it is an empty one, through which the page's initials show.
    """
    picture = services().house.portrait(constituency_id, member_id)
    if picture is None:
        empty = _no_picture()
        empty.headers["Cache-Control"] = "private, max-age=300"
        return empty
    _shown().add(constituency_id, member_id)
    return Response(picture.content, mimetype=picture.mimetype, headers={"Cache-Control": "public, max-age=86400"})


def _shown() -> ShownPortraits:
    found: ShownPortraits = current_app.extensions["shown_portraits"]
    return found


@bp.get("/healthz")
@traits(Trait.CHEAP)
def healthz() -> ResponseReturnValue:
    """For monitoring: that the app answers, from what data, and what is not as it should be."""
    here = services()
    snapshot = here.house.latest_snapshot()
    problems = [*snapshot.problems, *_broken_campaigns(here.campaigns)]
    if here.redis and not here.redis.is_reachable():
        problems.append("Redis does not answer: each process goes by what it knows itself.")
    return {
        "status": "degraded" if problems else "ok",
        "problems": problems,
        "version": VERSION,
        "lookup": here.settings.lookup,
        "parliament_away_seconds": round(here.cached_parliament.seconds_away()),
        "parliament_dissolved": here.house.is_dissolved,
        "snapshot_date": snapshot.date.isoformat() if snapshot.date else None,
        "postcodes_date": snapshot.index.date if snapshot.index else None,
        "campaigns": list(here.campaigns.all()),
    }


@bp.get("/readyz")
@traits(Trait.CHEAP)
def readyz() -> ResponseReturnValue:
    """For whatever sends visitors here: whether they would find campaigns, and an answer to their postcode."""
    here = services()
    lacks = [] if here.campaigns.all() else ["campaigns"]
    if here.settings.lookup == "snapshot" and not here.house.latest_snapshot().index:
        lacks.append("postcodes")
    return {"status": "not ready" if lacks else "ready", "lacks": lacks}, 503 if lacks else 200


@bp.get("/metrics")
@traits(Trait.CHEAP)
def metrics() -> ResponseReturnValue:
    """For Prometheus, which sends the token of the settings; without one there is no such page."""
    token = services().settings.metrics_token.get_secret_value()
    if not token:
        abort(404)
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return Response("The token is wrong.\n", 401, mimetype="text/plain", headers={"WWW-Authenticate": "Bearer"})
    return Response(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _broken_campaigns(campaigns: CampaignLibrary) -> Iterator[str]:
    """A line for each file with an error: the first one, and what is shown to visitors meanwhile."""
    for checked in campaigns.check_all():
        for problem in checked.errors[:1]:
            meanwhile = "The version before it goes on serving." if checked.is_earlier else "It is left out."
            message = problem.message if problem.message.endswith("?") else f"{problem.message}."
            yield f"{checked.path.name}, line {problem.line}: {message} {meanwhile}"
