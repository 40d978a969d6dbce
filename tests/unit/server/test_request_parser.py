"""How a request is read: its end, its limits, and what is refused."""

import pytest

from app.server.capacity import (
    LONGEST_BODY,
    LONGEST_FIELD,
    LONGEST_FIRST_LINE,
    LONGEST_HEAD,
    MOST_FIELDS,
    MOST_PIPELINED,
)
from app.server.listener import adjustments
from app.server.request_parser import RequestParser
from app.server.request_stream import RequestStream

ADJUSTMENTS = adjustments(threads=1, backlog=1)
HOST = b"Host: x\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nabcde"
CHUNKED = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNKS = CHUNKED + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
WHOLE = {
    "no body": (GET, b""),
    "a length": (POST, b"abcde"),
    "a length in capitals": (POST.replace(b"Content-Length", b"CONTENT-LENGTH"), b"abcde"),
    "a length with zeros before it": (POST.replace(b"5\r\n", b"0000000000000005\r\n", 1), b"abcde"),
    "chunks": (CHUNKS, b"abcde"),
    "no chunks": (CHUNKED + b"0\r\n\r\n", b""),
    "trailers": (CHUNKS[:-2] + b"Digest: x\r\nX: 0\r\n\r\n", b"abcde"),
    "extensions": (CHUNKS.replace(b"3\r\n", b"3;a=b\r\n").replace(b"0\r\n", b"000;a\r\n"), b"abcde"),
    "line ends in the data": (CHUNKED + b"4\r\n\r\n\r\n\r\n0\r\n\r\n", b"\r\n\r\n"),
    "a last chunk in the data": (CHUNKED + b"a\r\nabc\r\n0\r\n\r\n\r\n0\r\n\r\n", b"abc\r\n0\r\n\r\n"),
    "empty lines before it": (b"\r\n\r\n" + GET, b""),
}


def read(sent: bytes) -> list[RequestParser]:
    return list(RequestStream(ADJUSTMENTS).feed(sent))


def body(request: RequestParser) -> bytes:
    return request.get_body_stream().read()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize(("sent", "expected"), WHOLE.values(), ids=WHOLE)
def test_a_request_is_complete_with_its_last_byte(sent: bytes, expected: bytes, size: int) -> None:
    stream = RequestStream(ADJUSTMENTS)
    for at in range(0, len(sent) - 1, size):
        assert not list(stream.feed(sent[:-1][at : at + size]))
    (request,) = stream.feed(sent[-1:])
    assert request.error is None
    assert body(request) == expected
    assert request.headers.get("CONTENT_LENGTH", "0") == str(len(expected))


def test_requests_one_behind_the_other_are_all_read() -> None:
    assert [body(request) for request in read(POST + CHUNKS + GET + POST[:-1])] == [b"abcde", b"abcde", b""]


REFUSED = {
    "two lengths": (POST.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n"), 400),
    "a length and chunks": (CHUNKS.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n", 1), 400),
    "a length of nineteen digits": (POST.replace(b"5\r\n", b"0000000000000000005\r\n", 1), 400),
    "an unknown encoding": (CHUNKS.replace(b"chunked", b"gzip"), 501),
    "an encoding of nothing": (CHUNKS.replace(b"chunked", b""), 501),
    "chunks in HTTP/1.0": (CHUNKS.replace(b"1.1", b"1.0"), 400),
    "another expectation": (GET.replace(HOST, HOST + b"Expect: 200-ok\r\n"), 417),
    "no host": (GET.replace(HOST, b""), 400),
    "two hosts": (GET.replace(HOST, HOST + HOST), 400),
    "a folded line": (GET.replace(HOST, HOST + b" y\r\n"), 400),
    "a space before the first line": (b" " + GET, 400),
    "a line feed at an end": (GET.replace(HOST, b"Host: x\n"), 400),
    "a line feed before the head ends": (b"GET / HTTP/1.1\n", 400),
    "HTTP/2": (GET.replace(b"1.1", b"2.0"), 400),
    "a proxy is wanted": (GET.replace(b"GET", b"CONNECT"), 400),
    "an address that is none": (GET.replace(b"/ ", b"http://[::1 "), 400),
    "a size with a sign": (CHUNKED + b"+3\r\nabc\r\n0\r\n\r\n", 400),
    "a size of Python": (CHUNKED + b"0x3\r\nabc\r\n0\r\n\r\n", 400),
    "a size with a line between digits": (CHUNKED + b"0_3\r\nabc\r\n0\r\n\r\n", 400),
    "a size and a space": (CHUNKED + b"3 \r\nabc\r\n0\r\n\r\n", 400),
    "a size and a line feed": (CHUNKED + b"3\nabc\r\n0\r\n\r\n", 400),
    "no size": (CHUNKED + b"\r\n3\r\nabc\r\n0\r\n\r\n", 400),
    "a line feed in an extension": (CHUNKED + b"3;a\n\r\nabc\r\n0\r\n\r\n", 400),
    "a longer chunk than its size": (CHUNKED + b"3\r\nabcd\r\n0\r\n\r\n", 400),
    "a chunk that ends with a line feed": (CHUNKED + b"3\r\nabc\n0\r\n\r\n", 400),
    "a trailer that says a length": (CHUNKS[:-2] + b"Content-Length: 5\r\n\r\n", 400),
    "a trailer that is none": (CHUNKS[:-2] + b"nothing\r\n\r\n", 400),
    "trailers without end": (CHUNKS[:-2] + b"X: y\r\n" * 1_000, 400),
    "a line between chunks without end": (CHUNKED + b"0" * 300, 400),
    "a long first line": (GET.replace(b"/", b"/" + b"a" * LONGEST_FIRST_LINE, 1), 414),
    "a long field": (GET.replace(HOST, HOST + b"X: " + b"y" * LONGEST_FIELD + b"\r\n"), 431),
    "many fields": (GET.replace(HOST, HOST + b"X: y\r\n" * MOST_FIELDS), 431),
    "a head without end": (GET[:-2] + b"X: y\r\n" * LONGEST_HEAD, 431),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_clear_or_too_large_is_refused_and_nothing_is_read_after_it(sent: bytes, status: int) -> None:
    stream = RequestStream(ADJUSTMENTS)
    (refused,) = stream.feed(sent + GET)
    assert refused.error
    assert refused.error.code == status
    assert stream.is_closed
    assert stream.has_unread
    assert not list(stream.feed(GET))


def test_the_answer_to_a_refused_request_quotes_nothing_of_it() -> None:
    (refused,) = read(b"GET /secret HTTP/1.1\r\nHost: secret\r\nsecret\r\n\r\n")
    assert refused.error
    assert "secret" not in str(refused.error.to_response())
    assert refused.error.to_response()[0] == "400 Bad Request"


def test_limits_are_met_to_the_byte() -> None:
    fields = GET.replace(HOST, HOST + b"X: y\r\n" * (MOST_FIELDS - 1))
    line = b"GET /" + b"a" * (LONGEST_FIRST_LINE - len(b"GET / HTTP/1.1")) + b" HTTP/1.1\r\n" + HOST + b"\r\n"
    assert [request.error for request in read(fields + line)] == [None, None]


BODY = LONGEST_BODY + 1
TOO_LONG = {
    "by its length": POST.replace(b": 5", b": %d" % BODY),
    "in one chunk": CHUNKED + b"%x\r\n" % BODY,
    "in many chunks": CHUNKED + (b"ffff\r\n" + b"a" * 0xFFFF + b"\r\n") * (BODY // 0xFFFF + 1),
}


@pytest.mark.parametrize("sent", TOO_LONG.values(), ids=TOO_LONG)
def test_a_body_that_is_too_long_is_given_to_the_app_with_its_length_and_read_no_further(sent: bytes) -> None:
    stream = RequestStream(ADJUSTMENTS)
    (request,) = stream.feed(sent)
    assert request.error is None
    assert int(request.headers["CONTENT_LENGTH"]) >= BODY
    assert request.headers["CONNECTION"] == "close"
    assert stream.is_closed
    assert stream.has_unread


@pytest.mark.parametrize(
    "header", [b"Connection: close", b"Connection: x, Close", b"Connection: CLOSE\r\nConnection: y"]
)
def test_nothing_is_read_after_a_request_that_closes(header: bytes) -> None:
    stream = RequestStream(ADJUSTMENTS)
    (request,) = stream.feed(GET.replace(HOST, HOST + header + b"\r\n") + GET)
    assert request.error is None
    assert stream.is_closed


def test_nothing_is_read_after_a_request_of_http_1_0() -> None:
    assert len(read(GET.replace(b"1.1", b"1.0") * 2)) == 1


def test_a_client_that_sends_many_requests_in_one_go_gets_some_answers_and_has_to_come_again() -> None:
    assert len(read(GET * MOST_PIPELINED)) == MOST_PIPELINED
    requests = read(GET * (MOST_PIPELINED + 1))
    assert [request.is_last for request in requests] == [False] * (MOST_PIPELINED - 1) + [True]


def test_a_client_that_asks_before_it_sends_a_body_is_to_be_told_to_continue() -> None:
    stream = RequestStream(ADJUSTMENTS)
    asking = POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    assert not list(stream.feed(asking[:-5]))
    assert stream.partial
    assert stream.partial.expect_continue
    assert [body(request) for request in stream.feed(b"abcde")] == [b"abcde"]
    for sent in (GET, POST, asking.replace(b": 5", b": %d" % BODY), asking.replace(b"Host", b"Ho st")):
        assert not read(sent)[0].expect_continue


def test_bytes_that_are_held_are_counted() -> None:
    stream = RequestStream(ADJUSTMENTS)
    assert stream.bytes_held == 0
    list(stream.feed(POST[:-1]))
    assert stream.bytes_held == len(POST) - 1
    (request,) = stream.feed(POST[-1:])
    assert (stream.bytes_held, request.bytes_held) == (0, len(POST))
