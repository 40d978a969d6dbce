"""``python -m benchmarks.load.parliament PORT SECONDS``: the stand-in for Parliament, as a separate process.

It knows the whole House and many postcodes, and takes SECONDS for an answer. ``POST /fault`` with a name from
``tests.stand_in.FAULTS`` makes it show that fault; an empty name ends it.
"""

import contextlib
import sys

from flask import request

from app.mp.snapshot.snapshot import EMBEDDED, LatestSnapshot
from tests.postcodes import some_postcodes
from tests.stand_in import FAULTS, Fault, StandIn

MANY = 5_000


def known_postcodes() -> dict[str, int]:
    """Return postcodes from all over the country, each with the number of its constituency."""
    snapshot = LatestSnapshot(EMBEDDED).get()
    assert snapshot.index
    places = ((str(postcode), snapshot.find(postcode)) for postcode in some_postcodes(snapshot.index, MANY))
    return {postcode: place.seat.constituency.id for postcode, place in places if place and place.seat.member}


def serve(port: int, slowness: float) -> None:
    """Serve until stopped, taking ``slowness`` seconds for an answer."""
    stand_in = StandIn(port)
    stand_in.serve_whole_house()
    stand_in.slowness = slowness
    stand_in.postcodes |= {postcode: [number] for postcode, number in known_postcodes().items()}
    stand_in.fault_at = "/api/"

    @stand_in.app.post("/fault")
    def fault() -> str:
        stand_in.fault = FAULTS.get(request.get_data(as_text=True), Fault())
        return ""

    stand_in.start()
    print(stand_in.url, flush=True)  # noqa: T201
    with contextlib.suppress(KeyboardInterrupt):
        stand_in.wait()


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]))
