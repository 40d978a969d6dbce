"""A preview of the letter beside the forms, with gaps where the writer has not typed yet.

The template filter ``gaps`` makes each gap a span that shows what was typed, or a label. The page's script fills it in
while the writer types.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop, use_locale
from app.letters.gaps import gap, parted
from app.mp.people import UNLISTED, Constituency, Member

_LABELS = {
    "name": gettext_noop("Your name"),
    "address_line_1": gettext_noop("Your address"),
    "town": gettext_noop("Your town"),
    "postcode": gettext_noop("Your postcode"),
    "addressee": gettext_noop("Your MP"),
    "mp": gettext_noop("your MP"),
    "constituency": gettext_noop("your constituency"),
}


NOT_KNOWN_YET = Member(UNLISTED, gap("mp"), gap("addressee")), Constituency(UNLISTED, gap("constituency"))
"""The member and the constituency before a postcode is given."""


_GAP = Markup('<span class="%s" data-from="%s" data-empty="%s">%s</span>')


def gaps(text: str, typed: Mapping[str, str], code: str = "en") -> Markup:
    """Return the HTML of a text whose gaps show what was typed into the fields that they are named after.

    ``code`` is the letter's language: screen readers read the labels of gaps aloud as a part of the letter.
    """
    with use_locale(LANGUAGES[code]):
        html = [_span(part, typed) if n % 2 else escape(part) for n, part in enumerate(parted(text))]
    return Markup("").join(html)


def _span(field: str, typed: Mapping[str, str]) -> Markup:
    text, label = typed.get(field, ""), _label(field)
    kind, shown = "gap" if text else "gap empty", text or label
    return _GAP % (kind, field, label, shown)


def _label(field: str) -> str:
    if field == "address_line_2":
        return ""  # most people have none
    return _(_LABELS[field]) if field in _LABELS else _("Your own words")
