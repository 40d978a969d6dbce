"""Parliament's answer for the supporter's postcode, which the pages send along in a hidden field.

So Parliament is asked once a journey, and the server stores nothing under a postcode.
"""

from app.mp.parliament.place_answer import PlaceAnswer, read_signed, sign
from app.mp.postcode import Postcode
from app.web.journey.posted import PLACE, Posted
from app.web.services import services


def locate(postcode: Postcode, posted: Posted, deadline: float) -> tuple[PlaceAnswer | None, Posted]:
    """Return Parliament's answer for the postcode, and the form with that answer for the next page.

    A valid posted answer is used again. The answer is None if Parliament gave none.
    """
    keyed_hash = services().keyed_hash
    known = read_signed(posted.get(PLACE), postcode, keyed_hash)
    place = services().finder.locate(postcode, known, deadline)
    return place, posted.with_place(sign(place, postcode, keyed_hash) if place else "")
