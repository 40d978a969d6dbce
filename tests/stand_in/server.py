"""The stand-in's server: the routes the project calls, with the API's own habits."""

import logging
import threading
from collections.abc import Callable

from flask import Flask, Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from tests.stand_in.faults import Fault
from tests.stand_in.load import Load
from tests.stand_in.portraits import portraits
from tests.stand_in.seats import POSTCODES, StandInSeat, seats
from tests.stand_in.shapes import MOST_A_PAGE, government_posts, links, posts, search_page


class StandIn:
    """A Members API of a few dozen seats. A test may change its ``seats`` and the rest, and set a ``fault``."""

    def __init__(self, port: int = 0) -> None:
        self._let_go = threading.Event()
        self.app = self._build()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", port, self.app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self.reset()

    def reset(self) -> None:
        """As new: every seat held, no fault, no calls. Lets go of all calls that hang."""
        self._let_go.set()
        self._let_go = threading.Event()
        self._load = Load()
        self._serve(seats())
        by_name = {seat.name: seat.id for seat in self.seats.values()}
        self.postcodes = {postcode: [by_name[name]] for postcode, name in POSTCODES.items()}
        self.posts = posts(self.seats.values())
        self.fault: Fault | Callable[[], Response | None] = Fault()
        self.fault_at = ""  # a part of the paths that the fault is for
        self.slowness = 0.0  # seconds that each answer takes
        self.calls: list[str] = []
        self.user_agents: set[str] = set()
        self.cookies_sent_back = 0

    def serve_whole_house(self) -> None:
        """Serve all 650 seats, as new; the postcodes stay as they are."""
        self._serve(seats(whole_house=True))

    def _serve(self, seats: dict[int, StandInSeat]) -> None:
        self.seats = seats
        self.portraits = portraits(seats.values())

    @property
    def most_at_once(self) -> int:
        """The greatest number of requests that were being answered at the same moment."""
        return self._load.most

    def start(self) -> "StandIn":
        """Serve in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self) -> None:
        """Go on until the thread ends."""
        self._thread.join()

    def seat_of(self, postcode: str) -> StandInSeat:
        """The seat, or the first of several, at a postcode it knows."""
        return self.seats[self.postcodes[postcode][0]]

    def _build(self) -> Flask:
        app = Flask(__name__)
        app.json.sort_keys = False  # type: ignore[attr-defined]
        app.config["PROPAGATE_EXCEPTIONS"] = True  # a fault that loses the connection tells werkzeug so
        app.before_request(self._note_and_fail)
        app.after_request(self._changed_by_fault)
        app.after_request(_with_cookie)
        app.teardown_request(lambda _: g.load.end())
        app.get("/api/Location/Constituency/Search")(self._search)
        app.get("/api/Location/Constituency/<int:seat_id>")(self._constituency)
        app.get("/api/Members/<int:member_id>")(self._member)
        app.get("/api/Members/<int:member_id>/Contact")(self._contact)
        app.get("/api/Members/<int:member_id>/Thumbnail")(self._thumbnail)
        app.get("/api/Posts/GovernmentPosts")(lambda: jsonify(government_posts(self.posts, self.seats.values())))
        return app

    def _note_and_fail(self) -> Response | None:
        g.stand_in, g.let_go, g.load = self, self._let_go, self._load
        g.load.begin()
        self.calls.append(request.path)
        self.user_agents.add(request.headers.get("User-Agent", ""))
        self.cookies_sent_back += len(request.cookies)
        g.let_go.wait(self.slowness)
        fault = self.fault if self.fault_at in request.path else Fault()
        g.fault = fault = fault if isinstance(fault, Fault) else Fault(fault)
        return fault.before()

    def _changed_by_fault(self, response: Response) -> Response:
        fault: Fault = g.fault
        return fault.after(response)

    def _search(self) -> ResponseReturnValue:
        text = request.args.get("searchText", "")
        skip, take = request.args.get("skip", 0, int), request.args.get("take", MOST_A_PAGE, int)
        return jsonify(search_page(text, self._matching(text), skip, take))

    def _matching(self, text: str) -> list[StandInSeat]:
        """By postcode, else by part of a name; with no text, all of them."""
        ids = self.postcodes.get(text)
        if ids is None:  # perhaps it is written in another way
            known = {postcode.replace(" ", ""): ids for postcode, ids in self.postcodes.items()}
            ids = known.get(text.replace(" ", "").upper())
        if ids is not None:
            return [self.seats[seat_id] for seat_id in ids]
        by_name = sorted(self.seats.values(), key=lambda seat: seat.name)
        return [seat for seat in by_name if text.lower() in seat.name.lower()]

    def _constituency(self, seat_id: int) -> ResponseReturnValue:
        seat = self.seats.get(seat_id) or abort(404)
        return jsonify(value=seat.value, links=links(f"/Constituency/{seat.id}/{seat.name}"))

    def _member(self, member_id: int) -> ResponseReturnValue:
        return jsonify(value=self._seat_of_member(member_id).member, links=links(f"/Members/{member_id}"))

    def _contact(self, member_id: int) -> ResponseReturnValue:
        return jsonify(value=self._seat_of_member(member_id).contacts, links=links(f"/Members/{member_id}/Contact"))

    def _thumbnail(self, member_id: int) -> ResponseReturnValue:
        self._seat_of_member(member_id)
        if member_id not in self.portraits:
            return "", 204
        mimetype, image = self.portraits[member_id]
        return Response(image, mimetype=mimetype)

    def _seat_of_member(self, member_id: int) -> StandInSeat:
        held = (seat for seat in self.seats.values() if seat.member and seat.member["id"] == member_id)
        return next(held, None) or abort(404)


def _with_cookie(response: Response) -> Response:
    response.set_cookie("who", "you")
    return response
