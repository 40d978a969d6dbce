"""A poster: what a campaign is about, and the way to it for a telephone or by hand."""

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
    """What is on every poster, in one language."""

    tag: str
    write: str
    how: str
    type_it: str
    code: str
    """Of ``address``."""
    logo: str
    """What it is called where nobody is named."""


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
    """What is on it."""

    title: str
    summary: str
    organisation: str
    address: str
    """Where the campaign is on the web."""
    imprint: str = ""
    language: str = "en"
    logo: Logo | None = None
    """Stands in the organisation's place, and has its name for whoever cannot see it."""

    @property
    def drawn_logo(self) -> str:
        """The logo as an address that holds it; empty where there is none."""
        return f"data:{self.logo.mimetype};base64,{b64encode(self.logo.content).decode()}" if self.logo else ""

    @property
    def words(self) -> PosterWords:
        """What is on every poster of this language."""
        return _words(self.language)

    @property
    def typed_address(self) -> str:
        """The address as people type it: ``example.org/c/clean-rivers``."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}"

    @property
    def code(self) -> Markup:
        """The address as a drawing that telephones read."""
        return qr_svg(self.address, self.words.code.format(address=self.typed_address))

    @property
    def title_ems(self) -> float:
        """The size of the title in that of the summary: smaller where its longest word would not fit the width."""
        widest = max(map(ems, self.title.split()), default=1.0)
        return max(min(_TITLE, _TITLE * WIDTH / (widest * _LARGEST_TITLE * _MM_A_POINT)), 1.0)

    @property
    def address_points(self) -> float:
        """The size at which the address takes one line; a very long one takes more."""
        return max(min(_LARGEST_ADDRESS, WIDTH / (ems(self.typed_address) * _MM_A_POINT)), 11.0)
