"""Parliament's answer for the supporter's postcode, which travels in their own form, in one hidden field.

So Parliament is asked once a journey, and nothing is kept here by postcode.
"""

from app.mp.parliament.place_answer import PlaceAnswer, read_signed, sign
from app.mp.postcode import Postcode
from app.web.journey.posted import PLACE, Posted
from app.web.services import services


def locate(postcode: Postcode, posted: Posted, deadline: float) -> tuple[PlaceAnswer | None, Posted]:
    """Return where Parliament says the postcode is, and the form with that answer for the next page.

    The posted answer is used if it is valid. None if Parliament gave no answer.
    """
    private = services().private
    known = read_signed(posted.get(PLACE), postcode, private)
    place = services().finder.locate(postcode, known, deadline)
    return place, posted.with_place(sign(place, postcode, private) if place else "")
