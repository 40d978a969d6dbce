"""A campaign's own colour and logo, for its pages."""

import re

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import Campaign
from app.campaigns.file.logo import Logo, read_logo
from app.web.colours import stylesheet
from app.web.http.view_traits import Trait, traits
from app.web.services import campaign_or_404, services

bp = Blueprint("branding", __name__)
_IMAGE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_COLOUR = re.compile(r"[0-9a-f]{6}")


@bp.get("/colours/<accent>.css")
@traits(Trait.CROSS_ORIGIN)
def colours(accent: str) -> ResponseReturnValue:
    """Send the rules for a colour. Its address names it, so browsers can cache it, and drafts can have one too."""
    if not _COLOUR.fullmatch(accent):
        abort(404)
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(stylesheet(f"#{accent}"), mimetype="text/css", headers=headers)


@bp.get("/c/<slug>/logo")
@traits(Trait.CROSS_ORIGIN)
def logo(slug: str) -> ResponseReturnValue:
    picture = campaign_logo(campaign_or_404(slug)) or abort(404)
    response = Response(picture.content, mimetype=picture.mimetype)
    response.headers["Content-Security-Policy"] = _IMAGE_POLICY
    response.headers["Cache-Control"] = "no-cache"  # browsers ask each time, and get it again only if it has changed
    response.add_etag()
    return response.make_conditional(request)


@bp.app_template_global()
def has_logo(campaign: Campaign) -> bool:
    """Return whether a page can show the campaign's logo. A draft has none until it is published."""
    known = services().campaigns.get(campaign.slug, campaign.language) if campaign.logo else None
    return known is not None and known.logo == campaign.logo and campaign_logo(known) is not None


def campaign_logo(campaign: Campaign) -> Logo | None:
    """Return the campaign's logo; None if it has none, or a broken one."""
    return read_logo(services().campaigns.folder, campaign.logo) if campaign.logo else None
