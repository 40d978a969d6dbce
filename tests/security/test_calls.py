"""Which addresses are called: those of Parliament's service that this app knows, whoever sends what."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Response, request
from flask.testing import FlaskClient
from pydantic import ValidationError

from app.mp.parliament.client import NoAnswer, ParliamentClient
from app.mp.postcode import Postcode
from tests.conftest import WRITER, settings
from tests.stand_in import StandIn

KNOWN = re.compile(
    r"/api/(Location/Constituency/(Search|\d{1,9})|Members/\d{1,9}/(Contact|Thumbnail)|Posts/GovernmentPosts)"
)
ODD = (
    "http://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "@127.0.0.1:{port}",
    "file:///etc/passwd",
    "../../x",
    "3985/../../Members/1",
    "3985?x=#",
    "3985%2f..%2f",
    "1\r\nHost: evil.example",
    "999999999999",
    "-1",
    "٣",
)


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """Another server on this machine, which nobody is to call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize("text", ODD)
def test_nothing_typed_changes_which_address_is_called(
    live_client: FlaskClient, stand_in: StandIn, elsewhere: socket.socket, text: str
) -> None:
    text = text.format(port=elsewhere.getsockname()[1])
    for field in ("postcode", "constituency", "member", "mp_constituency", "copy_to"):
        named = {"mp_name": "J. Example"} if field == "mp_constituency" else {}
        for page in ("write", "letter"):
            response = live_client.post(f"/c/uyghurs/{page}", data=WRITER | named | {field: text})
            assert response.status_code < 500
    live_client.get("/c/uyghurs/stall.pdf", query_string={"constituency": f"{text}x"})
    for path in (f"/portrait/{quote(text)}/{quote(text)}", f"/portrait/3985/{quote(text)}"):
        live_client.get(path)
    assert stand_in.calls
    assert all(map(KNOWN.fullmatch, stand_in.calls)), stand_in.calls


def test_a_portrait_is_asked_for_only_of_whoever_sits_there(live_client: FlaskClient, stand_in: StandIn) -> None:
    for path in ("/portrait/3985/1", "/portrait/1/467", "/portrait/999999999999999/467", "/portrait/0/0"):
        assert live_client.get(path).mimetype == "image/svg+xml"
    assert not [call for call in stand_in.calls if "Thumbnail" in call]
    assert live_client.get("/portrait/3985/467").mimetype == "image/png"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{other}/",
        "//127.0.0.1:{other}/x",
        "http://localhost:{own}/api/Members/1",
        "https://127.0.0.1:{own}/",
        "http://user@127.0.0.1:{other}/",
        "http://127.0.0.1:{own}@127.0.0.1:{other}/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{other}/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:{other}/",
    ],
)
def test_an_answer_sends_nobody_to_another_server(stand_in: StandIn, elsewhere: socket.socket, target: str) -> None:
    own = stand_in.url.rpartition(":")[2]
    location = target.format(own=own, other=elsewhere.getsockname()[1])
    stand_in.fault = lambda: Response(status=302, headers={"Location": location})
    with pytest.raises(NoAnswer):
        ParliamentClient(stand_in.url).find_seats(Postcode.parse("PR7 1DP"))
    assert stand_in.calls == ["/api/Location/Constituency/Search"]


@pytest.mark.parametrize("is_whole", [True, False])
def test_an_answer_may_send_to_another_address_of_its_own(stand_in: StandIn, is_whole: bool) -> None:
    there = "/api/Location/Constituency/Search?searchText=PR7+1DP&take=20&moved="

    def moved() -> Response | None:
        location = f"{stand_in.url if is_whole else ''}{there}"
        return None if "moved" in request.args else Response(status=301, headers={"Location": location})

    stand_in.fault = moved
    (seat,) = ParliamentClient(stand_in.url).find_seats(Postcode.parse("PR7 1DP"))
    assert seat.constituency.name == "Chorley"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org", "example.org", "http://", "javascript:x"])
def test_only_a_web_address_can_be_parliaments(url: str) -> None:
    with pytest.raises(ValidationError):
        settings(parliament_api_url=url)


def test_a_site_with_the_snapshot_alone_calls_nobody(client: FlaskClient, stand_in: StandIn) -> None:
    for page in ("write", "letter", "letter.pdf"):
        client.post(f"/c/uyghurs/{page}", data=WRITER)
    client.get("/portrait/3985/467")
    assert stand_in.calls == []
