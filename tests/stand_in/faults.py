"""What can go wrong with the API's answers, by name: ``stand_in.fault = FAULTS["slow drip"]``."""

import codecs
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, request

from tests.stand_in.connections import DRIPS, hang_at_read, reset_mid_body

ENDED = "2024-05-30T00:00:00"
TEN_MEGABYTES = 10_000_000


@dataclass(frozen=True)
class Fault:
    """What takes the place of an answer, or is done to it."""

    before: Callable[[], Response | None] = lambda: None
    """Called before each request; what it gives is the answer."""
    after: Callable[[Response], Response] = lambda response: response
    """Called with each answer, to change it."""


def _answers(body: str = "", status: int = 200, mimetype: str = "application/json") -> Fault:
    return Fault(before=lambda: Response(body, status, mimetype=mimetype))


def _bytes(change: Callable[[bytes], bytes]) -> Fault:
    """Changes the bytes of the stand-in's own JSON."""

    def after(response: Response) -> Response:
        if response.is_json:
            response.set_data(change(response.get_data()))
        return response

    return Fault(after=after)


def _whole(change: Callable[[Any], Any]) -> Fault:
    """Changes the stand-in's own JSON, once it is read."""
    return _bytes(lambda data: json.dumps(change(json.loads(data)), ensure_ascii=False).encode())


def _objects(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Fault:
    """Changes every object of the stand-in's own JSON, at every level, the innermost first."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return change({key: walk(inner) for key, inner in value.items()})
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    return _whole(walk)


def _instead(key: str, value: Any) -> Fault:
    """Puts the value wherever there is such a key."""
    return _objects(lambda found: found | {key: value} if key in found else found)


def _wrong(value: Any) -> Any:
    """A value of another type, which no lenient reader can take for the right one."""
    match value:
        case None | dict():
            return value
        case str() | list():
            return 7
        case _:
            return f"text: {value}"


def _swollen(response: Response) -> Response:
    """What follows a JSON value or an image as spaces changes neither."""
    if response.status_code == 200:
        response.set_data(response.get_data() + b" " * TEN_MEGABYTES)
    return response


def _at_a_postcode(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Fault:
    """Changes what is found by a postcode; no constituency's name has a digit."""

    def after(answer: Any) -> Any:
        by_postcode = request.path.endswith("/Search") and re.search(r"\d", request.args.get("searchText", ""))
        if not (by_postcode and answer["items"]):
            return answer
        items = change(answer["items"])
        return answer | {"items": items, "totalResults": len(items)}

    return _whole(after)


def _and_another(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = {item["value"]["id"] for item in items}
    other = next(seat for seat in g.stand_in.seats.values() if seat.id not in found)
    return [*items, {"value": other.value, "links": []}]


def _and_an_ended_one(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ended one comes first and still names a member, for those who take whatever is first."""
    seat = items[0]["value"]
    old = {"id": seat["id"] + 100_000, "name": f"Old {seat['name']}", "startDate": "2010-04-13T00:00:00"}
    return [{"value": seat | old | {"endDate": ENDED}, "links": []}, *items]


FAULTS: dict[str, Fault] = {
    # no answer
    "hang at read": Fault(hang_at_read),
    "slow drip": Fault(DRIPS["body by length"]),
    "slow drip of headers": Fault(DRIPS["headers"]),
    "slow drip of a chunk's size": Fault(DRIPS["size of a chunk"]),
    "reset mid-body": Fault(reset_mid_body),
    # an answer that is of no use
    "429 for 52 minutes": Fault(lambda: Response(status=429, headers={"Retry-After": "3123"})),
    "403": _answers(status=403),
    "500": _answers(status=500),
    "502": _answers(status=502),
    "HTML with status 200": _answers("<!doctype html><h1>Sorry</h1>", mimetype="text/html"),
    "truncated JSON": _bytes(lambda data: data[: len(data) // 2]),
    "wrong types": _objects(lambda found: {key: _wrong(value) for key, value in found.items()}),
    "missing keys": _answers("{}"),
    "10 MB body": Fault(after=_swollen),
    "redirect loop": Fault(lambda: Response(status=302, headers={"Location": request.full_path})),
    # a good answer in an unusual form
    "extra keys": _objects(lambda found: found | {"brandNew": {"deep": [1, None]}, "alsoNew": None}),
    "byte order mark": _bytes(lambda data: codecs.BOM_UTF8 + data),
    "missing optional keys": _objects(lambda found: {key: value for key, value in found.items() if value is not None}),
    # an unusual truth
    "several seats": _at_a_postcode(_and_another),
    "an ended seat beside it": _at_a_postcode(_and_an_ended_one),
    "vacant: representation null": _instead("currentRepresentation", None),
    "vacant: member null": _instead("currentRepresentation", {"member": None, "representation": None}),
    "suspended member": _instead("membershipStatus", {"statusIsActive": False, "statusDescription": "Suspended"}),
}
