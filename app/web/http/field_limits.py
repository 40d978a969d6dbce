"""The most that is taken in of one field, and of a whole form: some more than any letter or campaign can hold.

A page repeats what was typed, so that nothing is lost. Without an end to that, a form of 240 kB would come back as a
page of megabytes: each quotation mark takes five bytes in HTML.
"""

from collections.abc import Callable, Mapping

from flask import Flask, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.campaigns.file.facts_file import LONGEST_TABLE
from app.campaigns.file.reader import LONGEST_FILE
from app.letters.gaps import ANSWER
from app.letters.text import LONGEST_LETTER, LONGEST_SUBJECT

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
    """Cut what is posted. ``g.cut``, where there is one, has the names of the fields that were."""
    app.before_request(_cut_posted)


def without_cut(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that were not cut: those that were are on a page once, in a form."""
    return {name: text for name, text in typed.items() if name not in g.get("cut", ())}


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


_STUDIO = ("studio", "publish")


def _cut_posted() -> None:
    if request.method != "POST" or request.blueprint not in ("journey", *_STUDIO):
        return
    if request.blueprint in _STUDIO:
        request.max_content_length = request.max_form_memory_size = LONGEST_CAMPAIGN_REQUEST
    whole = request.form
    within = cut_campaign(whole) if request.blueprint in _STUDIO else cut_letter(whole)
    if within != whole:
        request.form = within
        g.cut = {name for name in whole if within.getlist(name) != whole.getlist(name)}
