"""The stand-in's server: the routes the project calls, with the API's own habits."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from tests.stand_in.seats import POSTCODES, StandInSeat, seats

MOST_A_PAGE = 20  # the API gives no more, whatever `take` asks for


class StandIn:
    """A Members API of a few dozen seats. A test may change its ``seats`` and ``postcodes``, and set a ``fault``."""

    def __init__(self, port: int = 0) -> None:
        self.app = self._build()
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", port, self.app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self.reset()

    def reset(self) -> None:
        """As new: every seat held, no fault, no calls."""
        self.seats: dict[int, StandInSeat] = seats()
        by_name = {seat.name: seat.id for seat in self.seats.values()}
        self.postcodes = {postcode: [by_name[name]] for postcode, name in POSTCODES.items()}
        self.fault: Callable[[], Response | None] = lambda: None
        self.calls: list[str] = []
        self.user_agents: set[str] = set()
        self.cookies_sent_back = 0

    def start(self) -> "StandIn":
        """Serve in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
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
        app.before_request(self._note_and_fail)
        app.after_request(_with_cookie)
        app.get("/api/Location/Constituency/Search")(self._search)
        app.get("/api/Location/Constituency/<int:seat_id>")(self._constituency)
        app.get("/api/Members/<int:member_id>")(self._member)
        app.get("/api/Members/<int:member_id>/Contact")(self._contact)
        app.get("/api/Members/<int:member_id>/Thumbnail")(lambda member_id: ("", 204))
        return app

    def _note_and_fail(self) -> Response | None:
        self.calls.append(request.path)
        self.user_agents.add(request.headers.get("User-Agent", ""))
        self.cookies_sent_back += len(request.cookies)
        return self.fault()

    def _search(self) -> ResponseReturnValue:
        text = request.args.get("searchText", "")
        skip, take = request.args.get("skip", 0, int), request.args.get("take", MOST_A_PAGE, int)
        found = self._matching(text)
        page = found[skip : skip + min(take, MOST_A_PAGE)]
        here = f"/Constituency/Search?skip={skip}&take={take}"
        return jsonify(
            items=[{"value": seat.value, "links": _links(f"/Constituency/{seat.id}/{seat.name}")} for seat in page],
            totalResults=len(found),
            resultContext=f'Result(s) were found based on constituencies in the U.K. matching "{text}".',
            skip=skip,
            take=min(take, MOST_A_PAGE),
            links=[{"rel": rel, "href": here, "method": "GET"} for rel in ("self", "page.next", "page.previous")],
        )

    def _matching(self, text: str) -> list[StandInSeat]:
        """By postcode, else by part of a name; with no text, all of them."""
        known = {postcode.replace(" ", ""): ids for postcode, ids in self.postcodes.items()}
        ids = known.get(text.replace(" ", "").upper())
        if ids is not None:
            return [self.seats[seat_id] for seat_id in ids]
        by_name = sorted(self.seats.values(), key=lambda seat: seat.name)
        return [seat for seat in by_name if text.lower() in seat.name.lower()]

    def _constituency(self, seat_id: int) -> ResponseReturnValue:
        seat = self.seats.get(seat_id) or abort(404)
        return jsonify(value=seat.value, links=_links(f"/Constituency/{seat.id}/{seat.name}"))

    def _member(self, member_id: int) -> ResponseReturnValue:
        return jsonify(value=self._seat_of_member(member_id).member, links=_links(f"/Members/{member_id}"))

    def _contact(self, member_id: int) -> ResponseReturnValue:
        return jsonify(value=self._seat_of_member(member_id).contacts, links=_links(f"/Members/{member_id}/Contact"))

    def _seat_of_member(self, member_id: int) -> StandInSeat:
        held = (seat for seat in self.seats.values() if seat.member and seat.member["id"] == member_id)
        return next(held, None) or abort(404)


def _with_cookie(response: Response) -> Response:
    response.set_cookie("who", "you")
    return response


def _links(href: str) -> list[dict[str, Any]]:
    return [{"rel": "self", "href": href, "method": "GET"}]
