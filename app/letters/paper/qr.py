"""QR codes of web addresses."""

from io import BytesIO

import segno
from markupsafe import Markup

_BORDER = 4  # modules of white around it, without which some phones see nothing


def qr_svg(address: str, title: str = "") -> Markup:
    """Return the QR code as an SVG that fills its container. ``title`` is read out in its place."""
    drawn = BytesIO()
    drawing = {"xmldecl": False, "omitsize": True, "svgclass": None, "lineclass": None, "title": title or None}
    _code(address).save(drawn, kind="svg", border=_BORDER, light="#fff", **drawing)
    return Markup(drawn.getvalue().decode())  # noqa: S704  # segno escapes the title


def qr_png(address: str) -> bytes:
    """Return the QR code as a PNG, 12 pixels a module: large enough for print."""
    drawn = BytesIO()
    _code(address).save(drawn, kind="png", border=_BORDER, scale=12)
    return drawn.getvalue()


def _code(address: str) -> segno.QRCode:
    # Medium error correction, since posters get wet; never a micro code, which few phones read.
    return segno.make_qr(address, error="m")
