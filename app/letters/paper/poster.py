"""A poster: what a campaign is about, with its address to scan or to type."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from markupsafe import Markup

from app.campaigns.file.logo import Logo
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import use_locale
from app.letters.paper.geometry import ems
from app.letters.paper.qr import qr_svg

WIDTH = 174.0  # mm, of the text
_TITLE = 2.1  # ems of the summary
_LARGEST_TITLE = 68  # points
_LARGEST_ADDRESS = 26  # points
_MM_A_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The fixed words of posters in one language."""

    tag: str
    write: str
    how: str
    type_it: str
    code: str
    """The QR code's description, with a place for ``address``."""
    logo: str
    """The logo's description if the campaign names no organisation."""


@cache
def _words(code: str) -> PosterWords:
    with use_locale(LANGUAGES[code]):
        return PosterWords(
            tag=LANGUAGES[code].tag,
            write=_("Write to your MP"),
            how=_("Point your phone’s camera at the square. It takes about five minutes, in your own words."),
            type_it=_("Or type in"),
            code=_("QR code for telephones, which leads to {address}"),
            logo=_("Logo"),
        )


@dataclass(frozen=True, slots=True)
class Poster:
    """One campaign's poster."""

    title: str
    summary: str
    organisation: str
    address: str
    """The campaign's web address."""
    imprint: str = ""
    language: str = "en"
    logo: Logo | None = None
    """Printed in place of the organisation's name, which is its description for people who cannot see it."""

    @property
    def drawn_logo(self) -> str:
        """The logo as a data: address; empty if there is none."""
        return f"data:{self.logo.mimetype};base64,{b64encode(self.logo.content).decode()}" if self.logo else ""

    @property
    def words(self) -> PosterWords:
        """The fixed words in this language."""
        return _words(self.language)

    @property
    def typed_address(self) -> str:
        """The address as people type it: ``example.org/c/clean-rivers``."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}"

    @property
    def code(self) -> Markup:
        """The QR code of the address."""
        return qr_svg(self.address, self.words.code.format(address=self.typed_address))

    @property
    def title_ems(self) -> float:
        """The size of the title in ems of the summary: smaller if its longest word would not fit the width."""
        widest = max(map(ems, self.title.split()), default=1.0)
        return max(min(_TITLE, _TITLE * WIDTH / (widest * _LARGEST_TITLE * _MM_A_POINT)), 1.0)

    @property
    def address_points(self) -> float:
        """The size, in points, at which the address takes one line; a very long one takes more lines."""
        return max(min(_LARGEST_ADDRESS, WIDTH / (ems(self.typed_address) * _MM_A_POINT)), 11.0)
