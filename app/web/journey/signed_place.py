"""Parliament's answer for the supporter's postcode, which travels in their own form, in one hidden field.

So Parliament is asked once a journey, and nothing is kept here by postcode. The answer of this request is handed over
to the page that is made of it.
"""

from flask import g, request

from app.mp.parliament.place_answer import PlaceAnswer, is_well_formed, read, signed
from app.mp.postcode import Postcode
from app.web.services import services

PLACE = "place"
"""The field's name."""


def locate(postcode: Postcode, by: float) -> PlaceAnswer | None:
    """Return where Parliament says the postcode is, by the posted answer if that is valid; None without an answer."""
    private = services().private
    known = read(request.form.get(PLACE, ""), postcode, private)
    place = services().finder.locate(postcode, known, by)
    g.place = signed(place, postcode, private) if place else ""
    return place


def place_in_hand() -> str:
    """Return the field's value for the next page: the answer of this request, else the one that was posted."""
    posted = request.form.get(PLACE, "")
    place: str = g.get(PLACE, posted if is_well_formed(posted) else "")
    return place
