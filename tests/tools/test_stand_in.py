"""The stand-in itself: what it serves, and that each of its faults is what its name says."""

import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from flask import Response

from tests.stand_in import FAULTS, StandIn, unconnectable

SEARCH, SEAT, CONTACT = "/api/Location/Constituency/Search", "/api/Location/Constituency/", "/api/Members/467/Contact"
PORTRAIT = "/api/Members/467/Thumbnail"  # of the Speaker, the member for Chorley


def get(stand_in: StandIn, path: str = SEARCH, text: str = "PR7 1DP", **options: Any) -> requests.Response:
    usual: dict[str, Any] = {"timeout": 5, "allow_redirects": False, "params": {"searchText": text}}
    return requests.get(stand_in.url + path, **(usual | options))


def found(stand_in: StandIn) -> list[dict[str, Any]]:
    return [item["value"] for item in get(stand_in).json()["items"]]


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it does not come about"
        time.sleep(0.01)


def first_bytes(stand_in: StandIn, number: int) -> bytes:
    host, port = stand_in.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection, connection.makefile("rb") as file:
        connection.sendall(f"GET {SEARCH} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        return file.read(number)


def test_the_whole_house_by_pages(stand_in: StandIn) -> None:
    stand_in.serve_whole_house()
    queries = ({"searchText": "", "skip": skip, "take": 100} for skip in range(0, 680, 20))
    pages = [get(stand_in, params=query).json()["items"] for query in queries]
    assert [len(page) for page in pages] == [20] * 32 + [10, 0]
    assert len({item["value"]["id"] for page in pages for item in page}) == 650
    assert [seat["name"] for seat in found(stand_in)] == ["Chorley"]


def test_posts_in_the_government(stand_in: StandIn) -> None:
    stand_in.posts[467] = "Minister of State"
    posts = [item["value"] for item in get(stand_in, "/api/Posts/GovernmentPosts").json()]
    assert {post["postHolders"][0]["member"]["value"]["id"]: post["name"] for post in posts} == stand_in.posts
    assert posts[0]["name"] == "Prime Minister"


def test_portraits(stand_in: StandIn) -> None:
    answer = get(stand_in, PORTRAIT)
    assert answer.headers["Content-Type"] == "image/png"
    assert struct.unpack(">8s8xII", answer.content[:24]) == (b"\x89PNG\r\n\x1a\n", 60, 60)
    member = stand_in.seat_of("BT48 6DQ").member
    assert member
    assert get(stand_in, f"/api/Members/{member['id']}/Thumbnail").status_code == 204
    assert get(stand_in, "/api/Members/1/Thumbnail").status_code == 404
    stand_in.portraits[467] = ("image/jpeg", b"\xff\xd8\xff")
    assert get(stand_in, PORTRAIT).content == b"\xff\xd8\xff"


def test_counts_what_is_answered_at_once(stand_in: StandIn) -> None:
    for _ in range(3):
        get(stand_in)
    assert stand_in.most_at_once == 1
    stand_in.fault = FAULTS["hang at read"]
    with ThreadPoolExecutor() as pool:
        for _ in range(3):
            pool.submit(get, stand_in)
        until(lambda: stand_in.most_at_once == 3)
        assert stand_in.calls == [SEARCH] * 6
        stand_in.reset()
    assert (stand_in.most_at_once, stand_in.calls) == (0, [])


def test_slowness(stand_in: StandIn) -> None:
    stand_in.slowness = 20.0
    with pytest.raises(requests.ReadTimeout):
        get(stand_in, timeout=0.2)


def test_a_fault_of_some_calls_only(stand_in: StandIn) -> None:
    stand_in.fault, stand_in.fault_at = FAULTS["500"], "/Contact"
    assert [get(stand_in, path).status_code for path in (SEARCH, CONTACT)] == [200, 500]
    stand_in.fault = lambda: Response(status=418)
    assert [get(stand_in, path).status_code for path in (SEARCH, CONTACT)] == [200, 418]
    stand_in.reset()
    assert (get(stand_in, CONTACT).status_code, stand_in.fault_at) == (200, "")


def test_hang_at_connect() -> None:
    with unconnectable() as url, pytest.raises(requests.ConnectTimeout):
        requests.get(url, timeout=0.3)


def test_hang_at_read_ends_with_the_client(stand_in: StandIn) -> None:
    stand_in.fault, threads = FAULTS["hang at read"], set(threading.enumerate())
    with pytest.raises(requests.ReadTimeout):
        get(stand_in, timeout=0.3)
    until(lambda: threads.issuperset(threading.enumerate()))


@pytest.mark.parametrize(("name", "begins"), [("slow drip", b"HTTP/1.1 200 OK\r\n"), ("slow drip of headers", b"HTTP")])
def test_slow_drips_end_with_the_client(stand_in: StandIn, name: str, begins: bytes) -> None:
    stand_in.fault, threads = FAULTS[name], set(threading.enumerate())
    assert first_bytes(stand_in, len(begins)) == begins
    until(lambda: threads.issuperset(threading.enumerate()))


@pytest.mark.parametrize("name", ["hang at read", "slow drip", "slow drip of headers"])
def test_reset_lets_go_of_what_hangs(stand_in: StandIn, name: str) -> None:
    stand_in.fault = FAULTS[name]
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(get, stand_in)
        until(lambda: stand_in.most_at_once == 1)
        with pytest.raises(TimeoutError):
            answer.result(timeout=0.5)
        stand_in.reset()
        assert "ConnectionResetError" in str(answer.exception(timeout=5))


def test_reset_mid_body(stand_in: StandIn) -> None:
    stand_in.fault = FAULTS["reset mid-body"]
    with get(stand_in, stream=True) as response:
        assert response.raw.read(1) == b" "
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="ConnectionResetError"):
        get(stand_in)


@pytest.mark.parametrize(
    ("name", "status", "header"),
    [
        ("429 for 52 minutes", 429, ("Retry-After", "3123")),
        ("403", 403, ("Content-Length", "0")),
        ("500", 500, ("Content-Length", "0")),
        ("502", 502, ("Content-Length", "0")),
        ("HTML with status 200", 200, ("Content-Type", "text/html; charset=utf-8")),
        ("truncated JSON", 200, ("Content-Type", "application/json")),
    ],
)
def test_no_answer_to_read(stand_in: StandIn, name: str, status: int, header: tuple[str, str]) -> None:
    stand_in.fault = FAULTS[name]
    answer = get(stand_in)
    assert answer.status_code == status
    assert header in answer.headers.items()
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_redirect_loop(stand_in: StandIn) -> None:
    stand_in.fault = FAULTS["redirect loop"]
    with pytest.raises(requests.TooManyRedirects) as error:
        get(stand_in, allow_redirects=True)
    assert error.value.response is not None
    assert error.value.response.status_code == 302
    assert set(stand_in.calls) == {SEARCH}


def test_wrong_types_and_missing_keys(stand_in: StandIn) -> None:
    seat = stand_in.seat_of("PR7 1DP")
    stand_in.fault = FAULTS["wrong types"]
    assert get(stand_in).json()["items"] == 7
    wrong = get(stand_in, f"{SEAT}{seat.id}").json()["value"]
    assert wrong.keys() == seat.value.keys()
    assert (wrong["id"], wrong["name"]) == (f"text: {seat.id}", 7)
    stand_in.fault = FAULTS["missing keys"]
    assert get(stand_in).json() == {}


@pytest.mark.parametrize("path", [SEARCH, PORTRAIT])
def test_10_mb_body(stand_in: StandIn, path: str) -> None:
    plain = get(stand_in, path).content
    stand_in.fault = FAULTS["10 MB body"]
    large = get(stand_in, path).content
    assert large.startswith(plain)
    assert len(large) > 10_000_000


def test_a_good_answer_in_an_unusual_form(stand_in: StandIn) -> None:
    plain = get(stand_in).content
    stand_in.fault = FAULTS["byte order mark"]
    assert get(stand_in).content == b"\xef\xbb\xbf" + plain
    stand_in.fault = FAULTS["missing optional keys"]
    assert b"null" in plain
    assert b"null" not in get(stand_in).content
    assert found(stand_in)[0]["name"] == "Chorley"
    stand_in.fault = FAULTS["extra keys"]
    more = get(stand_in)
    assert more.content.count(b"brandNew") == plain.count(b"{")
    assert found(stand_in)[0]["name"] == "Chorley"


def test_more_than_one_seat(stand_in: StandIn) -> None:
    stand_in.fault = FAULTS["several seats"]
    chorley, other = found(stand_in)
    assert chorley["name"] == "Chorley" != other["name"]
    assert get(stand_in, f"{SEAT}{other['id']}").json()["value"] == other
    assert get(stand_in, text="Chorley").json()["totalResults"] == 1
    stand_in.fault = FAULTS["an ended seat beside it"]
    assert [(seat["name"], bool(seat["endDate"])) for seat in found(stand_in)] == [
        ("Old Chorley", True),
        ("Chorley", False),
    ]


@pytest.mark.parametrize(
    ("name", "representation"),
    [("vacant: representation null", None), ("vacant: member null", {"member": None, "representation": None})],
)
def test_vacant(stand_in: StandIn, name: str, representation: dict[str, Any] | None) -> None:
    stand_in.fault = FAULTS[name]
    (seat,) = found(stand_in)
    assert (seat["name"], seat["currentRepresentation"]) == ("Chorley", representation)
    assert get(stand_in, f"{SEAT}{seat['id']}").json()["value"] == seat


def test_suspended_member(stand_in: StandIn) -> None:
    stand_in.fault = FAULTS["suspended member"]
    member = found(stand_in)[0]["currentRepresentation"]["member"]["value"]
    assert member["latestHouseMembership"]["membershipStatus"]["statusIsActive"] is False


def test_every_fault_is_named_in_the_help() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.stand_in", "--help"], capture_output=True, text=True, check=True
    )
    assert [line.strip() for line in told.stdout.split("faults:\n")[1].splitlines()] == list(FAULTS)
