"""What a campaign brings to its pages: its colour and its logo."""

import re

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from app.campaigns.campaign import Campaign
from app.campaigns.file.logo import Logo, read_logo
from app.web.colours import stylesheet
from app.web.http.view_traits import Trait, traits
from app.web.services import campaign_or_404, services

bp = Blueprint("branding", __name__)
_PICTURE_ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
_COLOUR = re.compile(r"[0-9a-f]{6}")


@bp.get("/colours/<accent>.css")
@traits(Trait.CROSS_ORIGIN)
def colours(accent: str) -> ResponseReturnValue:
    """A colour in place of ours. Its address says which, so browsers may keep it, and drafts have theirs too."""
    if not _COLOUR.fullmatch(accent):
        abort(404)
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(stylesheet(f"#{accent}"), mimetype="text/css", headers=headers)


@bp.get("/c/<slug>/logo")
@traits(Trait.CROSS_ORIGIN)
def logo(slug: str) -> ResponseReturnValue:
    """The campaign's logo, if there is one that is sound."""
    picture = logo_of(campaign_or_404(slug)) or abort(404)
    response = Response(picture.content, mimetype=picture.mimetype)
    response.headers["Content-Security-Policy"] = _PICTURE_ALONE
    response.headers["Cache-Control"] = "no-cache"  # asked again each time, and sent again only if it has changed
    response.add_etag()
    return response.make_conditional(request)


@bp.app_template_global()
def has_logo(campaign: Campaign) -> bool:
    """Whether a page may show the campaign's logo, which a draft has none of until it is published."""
    known = services().campaigns.get(campaign.slug, campaign.language) if campaign.logo else None
    return known is not None and known.logo == campaign.logo and logo_of(known) is not None


def logo_of(campaign: Campaign) -> Logo | None:
    """The campaign's logo; None where it has none that is sound."""
    return read_logo(services().campaigns.folder, campaign.logo) if campaign.logo else None
