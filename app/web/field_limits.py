"""The most that the journey takes in of one field, and of a whole form: some more than any letter can hold.

A page repeats what was typed, so that nothing is lost. Without an end to that, a form of 240 kB would come back as a
page of megabytes: each quotation mark takes five bytes in HTML.
"""

from collections.abc import Mapping

from flask import Flask, g, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.letters.gaps import ANSWER
from app.letters.text import LONGEST_LETTER, LONGEST_SUBJECT

MOST_OF_A_FORM = 100_000  # characters; a letter, its other versions and all answers take up to 65,000
MOST_FIELDS = 200
_TIMES = 4  # a field that is not that far over its limit is repeated whole, for its writer to shorten
_SHORT = _TIMES * 100
_MOST = {
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
_MOST_OF_AN_ANSWER = 2 * LONGEST_LETTER


def init_app(app: Flask) -> None:
    """Cut what is posted to the journey's pages. ``g.cut``, where there is one, has the names of fields that were."""
    app.before_request(_cut_posted)


def without_cut(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that were not cut: those that were are on a page once, in a form."""
    return {name: text for name, text in typed.items() if name not in g.get("cut", ())}


def cut(form: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return the form with no field, and no sum of fields, longer than the most that is taken in."""
    left = MOST_OF_A_FORM
    kept = []
    for name, text in list(form.items(multi=True))[:MOST_FIELDS]:
        taken = text[: min(_most(name), left)]
        left -= len(taken)
        kept.append((name[:_SHORT], taken))
    return ImmutableMultiDict(kept)


def _most(name: str) -> int:
    return _MOST_OF_AN_ANSWER if name.startswith(ANSWER) else _MOST.get(name, _SHORT)


def _cut_posted() -> None:
    if request.method != "POST" or request.blueprint != "supporter":
        return
    whole, within = request.form, cut(request.form)
    if within != whole:
        request.form = within
        g.cut = {name for name in whole if within.getlist(name) != whole.getlist(name)}
