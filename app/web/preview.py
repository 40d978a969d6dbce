"""The letter as it will be, shown beside the forms with gaps where the writer has not typed yet.

A gap is a mark of two private-use characters around the field's name; the template filter ``gaps`` makes each a span
that shows what was typed, or a label, and that the page's script fills in as one types.
"""

import re
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup, escape

from app.campaigns.campaign import Campaign
from app.letters.compose import compose
from app.letters.letter import Letter, Sender
from app.mp.people import Constituency, Member
from app.web.forms import ANSWER

_OPEN, _CLOSE = "\ue000", "\ue001"
_GAP = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_LABELS = {
    "name": "Your name",
    "address_line_1": "Your address",
    "address_line_2": "",
    "town": "Your town",
    "postcode": "Your postcode",
}
YOUR_MP = Member(id=0, name="your MP", full_title="Your MP")
YOUR_CONSTITUENCY = Constituency(id=0, name="your constituency")


def preview(campaign: Campaign, member: Member, constituency: Constituency, today: date) -> Letter:
    """The campaign's letter with a gap for whatever the writer is asked."""
    sender = Sender(_gap("name"), (_gap("address_line_1"), _gap("address_line_2")), _gap("town"), _gap("postcode"))
    answers = {question.id: _gap(f"{ANSWER}{question.id}") for question in campaign.questions}
    return compose(campaign, member, constituency, sender, answers, today)


def _gap(field: str) -> str:
    return f"{_OPEN}{field}{_CLOSE}"


def gaps(text: str, typed: Mapping[str, str]) -> Markup:
    """HTML of a text whose gaps show what was typed into the fields they are named after."""
    parts = _GAP.split(text)  # text, field, text, field, … text
    html = (_span(part.lower(), typed) if n % 2 else escape(_without_marks(part)) for n, part in enumerate(parts))
    return Markup("").join(html)


def _without_marks(text: str) -> str:
    # A filter of the campaign's, such as truncate, may have cut a gap in two.
    return re.sub(f"[{_OPEN}{_CLOSE}]", "", text)


def _span(field: str, typed: Mapping[str, str]) -> Markup:
    text, label = typed.get(field, ""), _LABELS.get(field, "Your own words")
    html = Markup('<span class="gap{}" data-from="{}" data-empty="{}">{}</span>')
    return html.format("" if text else " empty", field, label, text or label)
