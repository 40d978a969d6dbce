"""The most that is taken in of one field, and of a whole form: some more than any letter or campaign can hold.

A page repeats what was typed, so that nothing is lost. Without an end to that, a form of 240 kB would come back as a
page of megabytes: each quotation mark takes five bytes in HTML.
"""

from collections.abc import Callable

from flask import Flask, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.campaigns.file.facts_file import LONGEST_TABLE
from app.campaigns.file.reader import LONGEST_FILE
from app.letters.gaps import ANSWER
from app.letters.text import LONGEST_LETTER, LONGEST_SUBJECT
from app.web.http.view_traits import Trait, has_trait

MOST_OF_A_LETTER = 100_000  # characters of a whole form; letter, other versions and answers take up to 65,000
MOST_FIELDS = 200
_TIMES = 4  # a field that is not that far over its limit is repeated whole, for its writer to shorten
_SHORT = _TIMES * 100
_OF_A_LETTER = {
    "subject": _TIMES * LONGEST_SUBJECT,
    "earlier_subject": _TIMES * LONGEST_SUBJECT,
    "first_subject": _TIMES * LONGEST_SUBJECT,
    "copy_to": _TIMES * 200,
    "composed": _TIMES * 1_000,  # nine characters a paragraph
    "earlier_base": _TIMES * 1_000,
    "body": _TIMES * LONGEST_LETTER,
    "earlier": _TIMES * LONGEST_LETTER,
    "other": _TIMES * LONGEST_LETTER,
}
_OF_AN_ANSWER = 2 * LONGEST_LETTER
_OF_A_CAMPAIGN = {"file": 2 * LONGEST_FILE, "facts": LONGEST_TABLE + 1}
MOST_OF_A_CAMPAIGN = sum(_OF_A_CAMPAIGN.values()) + 10 * _SHORT
LONGEST_CAMPAIGN_REQUEST = 1024 * 1024  # bytes: a file and a table, with room for what a form puts around them


def init_app(app: Flask) -> None:
    """Cut what is posted. Pages say so where they have the variable ``is_cut``."""
    app.before_request(_cut_posted)
    app.context_processor(lambda: {"is_cut": bool(fields_cut())})


def fields_cut() -> frozenset[str]:
    """Return the names of the fields of this request that were cut."""
    names: frozenset[str] = g.get("cut", frozenset())
    return names


def cut_letter(form: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return a form of the journey with nothing in it longer than the most that is taken in."""
    return _cut(
        form, MOST_OF_A_LETTER, lambda name: _OF_AN_ANSWER if name.startswith(ANSWER) else _OF_A_LETTER.get(name)
    )


def cut_campaign(form: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return a form of the Studio with nothing in it longer than the most that is taken in."""
    return _cut(form, MOST_OF_A_CAMPAIGN, _OF_A_CAMPAIGN.get)


def _cut(form: MultiDict[str, str], most: int, most_of: Callable[[str], int | None]) -> ImmutableMultiDict[str, str]:
    kept = []
    for name, text in list(form.items(multi=True))[:MOST_FIELDS]:
        taken = text[: min(most_of(name) or _SHORT, most)]
        most -= len(taken)
        kept.append((name[:_SHORT], taken))
    return ImmutableMultiDict(kept)


def _cut_posted() -> None:
    takes_campaign = has_trait(Trait.CAMPAIGN_FILE)
    if request.method != "POST" or not (takes_campaign or has_trait(Trait.LETTER)):
        return
    if takes_campaign:
        request.max_content_length = request.max_form_memory_size = LONGEST_CAMPAIGN_REQUEST
    whole = request.form
    within = cut_campaign(whole) if takes_campaign else cut_letter(whole)
    if within != whole:
        request.form = within
        g.cut = frozenset(name for name in whole if within.getlist(name) != whole.getlist(name))
