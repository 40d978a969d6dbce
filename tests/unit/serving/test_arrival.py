"""When all of a request is there."""

import pytest

from app.serving.arrival import LONGEST_BODY, LONGEST_HEAD, Arrival, Progress

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
CHUNKS = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
NOTHING = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
TRAILERS = CHUNKS[:-2] + b"Digest: x\r\nX: 0\r\n\r\n"
EXTENSIONS = CHUNKS.replace(b"3\r\n", b"3;a=b\r\n").replace(b"0\r\n", b"000 ;a=b\r\n")
LINES = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\r\n\r\n\r\n0\r\n\r\n"
WHOLE = [GET, POST, CHUNKS, NOTHING, TRAILERS, EXTENSIONS, LINES, POST.replace(b"Content-Length", b"CONTENT-LENGTH")]


@pytest.mark.parametrize("request_", WHOLE)
def test_a_request_is_whole_with_its_last_byte_however_it_comes(request_: bytes) -> None:
    assert Arrival().add(request_) is Progress.WHOLE
    for size in (1, 2, 3, 7):
        arrival = Arrival()
        pieces = [request_[n : n + size] for n in range(0, len(request_), size)]
        assert [arrival.add(piece) for piece in pieces[:-1]] == [Progress.COMING] * (len(pieces) - 1)
        assert arrival.add(pieces[-1]) is Progress.WHOLE
        assert arrival.content == request_


def test_what_comes_behind_belongs_to_the_next() -> None:
    assert Arrival().add(POST + GET[:9]) is Progress.WHOLE


@pytest.mark.parametrize(
    "header",
    [
        f"Content-Length: {LONGEST_BODY + 1}",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
    ],
)
def test_who_sends_more_than_anybody_takes_or_two_lengths_is_answered_at_once(header: str) -> None:
    assert Arrival().add(f"POST / HTTP/1.1\r\n{header}\r\n\r\n".encode()) is Progress.ODD


@pytest.mark.parametrize("length", ["-5", "5 5", "0x5", "", "five", "9" * 40])
def test_a_length_that_is_none_is_for_the_parser_to_refuse(length: str) -> None:
    assert Arrival().add(f"POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode()) is Progress.WHOLE


def test_chunks_without_end_come_to_one() -> None:
    arrival, piece = Arrival(), b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n"
    progress = arrival.add(CHUNKS[:-12])
    for _ in range((LONGEST_HEAD + LONGEST_BODY) // len(piece) + 2):
        progress = arrival.add(piece)
    assert progress is Progress.ODD


def test_a_head_without_end_comes_to_one() -> None:
    arrival = Arrival()
    assert arrival.add(b"GET / HTTP/1.1\r\n") is Progress.COMING
    assert arrival.add(b"X: " + b"a" * LONGEST_HEAD) is Progress.ENDLESS


def test_who_waits_to_be_told_to_go_on() -> None:
    arrival = Arrival()
    assert arrival.add(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n") is Progress.COMING
    assert arrival.expects_to_go_on
    assert arrival.add(b"abc") is Progress.WHOLE
    assert not Arrival().expects_to_go_on
