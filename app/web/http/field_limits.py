"""Limits on the length of fields and forms: a little above what a letter or a campaign can hold.

A page repeats what was typed, so that nothing is lost. Without limits, a form of 240 kB would come back as a page of
megabytes: each quotation mark takes five bytes in HTML.
"""

from collections.abc import Callable

from flask import Flask, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.campaigns.file.facts_file import LONGEST_TABLE
from app.campaigns.file.reader import LONGEST_FILE
from app.letters.gaps import ANSWER
from app.letters.text import LONGEST_LETTER, LONGEST_SUBJECT
from app.web.http.view_traits import Trait, has_trait

LONGEST_LETTER_FORM = 100_000  # characters of a whole form; letter, other versions and answers take up to 65,000
MOST_FIELDS = 200
_TOLERANCE = 4  # times its limit: up to this a field is repeated whole, for its writer to shorten
_OTHER_FIELD = _TOLERANCE * 100
_LETTER_FIELDS = {
    "subject": _TOLERANCE * LONGEST_SUBJECT,
    "earlier_subject": _TOLERANCE * LONGEST_SUBJECT,
    "first_subject": _TOLERANCE * LONGEST_SUBJECT,
    "copy_to": _TOLERANCE * 200,
    "composed": _TOLERANCE * 1_000,  # nine characters a paragraph
    "earlier_base": _TOLERANCE * 1_000,
    "body": _TOLERANCE * LONGEST_LETTER,
    "earlier": _TOLERANCE * LONGEST_LETTER,
    "other": _TOLERANCE * LONGEST_LETTER,
}
_ANSWER_FIELD = 2 * LONGEST_LETTER
_CAMPAIGN_FIELDS = {"file": 2 * LONGEST_FILE, "facts": LONGEST_TABLE + 1}
LONGEST_CAMPAIGN_FORM = sum(_CAMPAIGN_FIELDS.values()) + 10 * _OTHER_FIELD
LONGEST_CAMPAIGN_REQUEST = 1024 * 1024  # bytes: a file, a table, and what the form adds around them


def init_app(app: Flask) -> None:
    """Cut what is posted. If anything was cut, the template variable ``is_cut`` is true, and the page says so."""
    app.before_request(_cut_posted)
    app.context_processor(lambda: {"is_cut": bool(fields_cut())})


def fields_cut() -> frozenset[str]:
    """Return the names of the fields of this request that were cut."""
    names: frozenset[str] = g.get("cut", frozenset())
    return names


def cut_letter(form: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return a form of the journey with each field, and the whole form, cut to its limit."""
    return _cut(
        form, LONGEST_LETTER_FORM, lambda name: _ANSWER_FIELD if name.startswith(ANSWER) else _LETTER_FIELDS.get(name)
    )


def cut_campaign(form: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return a form of the Studio with each field, and the whole form, cut to its limit."""
    return _cut(form, LONGEST_CAMPAIGN_FORM, _CAMPAIGN_FIELDS.get)


def _cut(form: MultiDict[str, str], left: int, limit_for: Callable[[str], int | None]) -> ImmutableMultiDict[str, str]:
    kept = []
    for name, text in list(form.items(multi=True))[:MOST_FIELDS]:
        taken = text[: min(limit_for(name) or _OTHER_FIELD, left)]
        left -= len(taken)
        kept.append((name[:_OTHER_FIELD], taken))
    return ImmutableMultiDict(kept)


def _cut_posted() -> None:
    takes_campaign = has_trait(Trait.CAMPAIGN_FILE)
    if request.method != "POST" or not (takes_campaign or has_trait(Trait.LETTER)):
        return
    if takes_campaign:
        request.max_content_length = request.max_form_memory_size = LONGEST_CAMPAIGN_REQUEST
    form = request.form
    cut_form = cut_campaign(form) if takes_campaign else cut_letter(form)
    if cut_form != form:
        request.form = cut_form
        g.cut = frozenset(name for name in form if cut_form.getlist(name) != form.getlist(name))
