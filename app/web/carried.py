"""What was typed on other pages, and goes along out of sight: nothing is kept here, and nothing may be lost."""

import hashlib

from flask import request

from app.letters.letter import Letter
from app.letters.text import clean_line, clean_paragraphs
from app.web.forms import ANSWER

WHERE = ("constituency", "mp_name", "mp_constituency", "keep")
"""What the writer chose beside the postcode; a page that asks for it anew drops it."""
_CARRIED = ("name", "address_line_1", "address_line_2", "town", "postcode", "earlier", *WHERE)
_LONGEST_EARLIER = 12_000  # characters; more, and a request would be too long


def carried(*shown: str) -> dict[str, str]:
    """What was posted and has no field on the next page. ``shown`` has one, or is dropped.

    A letter that was changed by hand, and then gone back from, goes along as ``earlier``.
    """
    typed = {name: texts[-1] for name, texts in request.form.lists()}  # a button comes after what it replaces
    subject, body = typed.get("subject", ""), typed.get("body", "")
    if body and _digest(subject, body) != typed.get("composed"):
        changed, before = whole(subject, body), typed.get("earlier", "")
        both = changed if before in ("", changed) else f"{changed}\n\n* * *\n\n{before}"
        typed["earlier"] = both if len(both) <= _LONGEST_EARLIER else changed
    return {
        name: text
        for name, text in typed.items()
        if (name in _CARRIED or name.startswith(ANSWER)) and name not in shown and text
    }


def composed_digest(letter: Letter, *, is_new: bool) -> str:
    """What tells the letter we made from one changed by hand, for the letter's page to send along.

    Unless the letter ``is_new``, that of the letter which was posted, changed or not.
    """
    posted = request.form.get("composed") if "body" in request.form and not is_new else None
    return posted or _digest(letter.subject, letter.body)


def whole(subject: str, body: str) -> str:
    """A letter with its subject, as one text."""
    return f"{subject}\n\n{body}"


def _digest(subject: str, body: str) -> str:
    return hashlib.sha256(whole(clean_line(subject), clean_paragraphs(body)).encode()).hexdigest()[:16]
