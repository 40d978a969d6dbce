"""Pages beside the journey: privacy, and whether the app is well."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.web.desk import desk

bp = Blueprint("pages", __name__)


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What happens to what one types."""
    return render_template("pages/privacy.html")


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """For monitoring: that the app answers, and from what data."""
    return {
        "status": "ok",
        "lookup": desk().settings.lookup,
        "snapshot_date": desk().snapshot.members.date.isoformat(),
        "postcodes_date": desk().snapshot.index.date,
        "campaigns": list(desk().campaigns.all()),
    }
