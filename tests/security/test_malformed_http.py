"""Requests that two servers could read in two ways, or that are none: refused, or answered once each.

Everything goes over raw sockets to the app as ``make run`` serves it.
"""

from collections.abc import Iterator

import pytest

from tests.security.conftest import Server
from tests.security.wire import Answer, exchange

SECRET = "Aethelred-of-Llanfair"
"""In every request; it must come up in no log."""
HOST = f"Host: localhost\r\nX-Who: {SECRET}\r\n".encode()
GET = b"GET /how-it-works HTTP/1.1\r\n" + HOST
POST = b"POST /c/uyghurs/write HTTP/1.1\r\n" + HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
BODY = b"postcode=x&name=" + SECRET.encode()
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
NUMBER_OF_HEADERS = 10_000

REFUSED = {
    # two lengths
    "length and chunks": POST + b"Content-Length: 6\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + SMUGGLED,
    "chunks and length": POST + CHUNKED + LENGTH + b"\r\n" + CHUNKS + SMUGGLED,
    "two lengths": POST + LENGTH + b"Content-Length: 1\r\n\r\n" + BODY + SMUGGLED,
    "the same length twice": POST + LENGTH + LENGTH + b"\r\n" + BODY + SMUGGLED,
    "a list of lengths": POST + b"Content-Length: 5, 5\r\n\r\npostc" + SMUGGLED,
    # lengths that are none
    "a negative length": POST + b"Content-Length: -1\r\n\r\n" + SMUGGLED,
    "a length with a sign": POST + b"Content-Length: +5\r\n\r\npostc" + SMUGGLED,
    "a length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\npostc" + SMUGGLED,
    "a length with a space in it": POST + b"Content-Length: 5 5\r\n\r\npostc" + SMUGGLED,
    "a length in other digits": POST + "Content-Length: ٥\r\n\r\npostc".encode() + SMUGGLED,
    "no length": POST + b"Content-Length:\r\n\r\n" + SMUGGLED,
    "a huge length": POST + b"Content-Length: 9999999999999999999999\r\n\r\n" + SMUGGLED,
    "a length of ten thousand digits": POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + SMUGGLED,
    "a longer length than there is": POST + b"Content-Length: 999\r\n\r\n" + BODY,
    # chunks oddly spelt
    "chunks and no chunks": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNKS + SMUGGLED,
    "chunks twice": POST + CHUNKED + CHUNKED + b"\r\n" + CHUNKS + SMUGGLED,
    "unknown chunks": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKS + SMUGGLED,
    "chunks after a tab": POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n" + CHUNKS + SMUGGLED,
    "chunks in quotes": POST + b'Transfer-Encoding: "chunked"\r\n\r\n' + CHUNKS + SMUGGLED,
    "chunks before a colon": POST + b"Transfer-Encoding : chunked\r\n\r\n" + CHUNKS + SMUGGLED,
    "no chunks": POST + b"Transfer-Encoding: identity\r\n" + LENGTH + b"\r\n" + BODY + SMUGGLED,
    "chunks in HTTP/1.0": POST.replace(b"1.1", b"1.0", 1) + CHUNKED + b"\r\n" + CHUNKS + SMUGGLED,
    # chunks that are none
    "a size that is none": POST + CHUNKED + b"\r\nzz\r\n" + SMUGGLED,
    "a negative size": POST + CHUNKED + b"\r\n-5\r\npostc\r\n0\r\n\r\n" + SMUGGLED,
    "a size with a sign": POST + CHUNKED + b"\r\n+5\r\npostc\r\n0\r\n\r\n" + SMUGGLED,
    "a size in Python": POST + CHUNKED + b"\r\n0x5\r\npostc\r\n0\r\n\r\n" + SMUGGLED,
    "a size that ends with a line feed": POST + CHUNKED + b"\r\n5\npostc\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk longer than its size": POST + CHUNKED + b"\r\n2\r\npostc\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk without an end": POST + CHUNKED + b"\r\nfffff\r\n" + BODY,
    # heads that are none
    "lines that end with a line feed": (GET + b"\r\n").replace(b"\r\n", b"\n"),
    "a line feed within": GET + b"X: y\nX-Z: z\r\n\r\n",
    "a carriage return within": GET + b"X: y\rX-Z: z\r\n\r\n",
    "a NUL in a value": GET + b"X: y\0z\r\n\r\n",
    "a NUL in a name": GET + b"X\0: y\r\n\r\n",
    "a line folded": GET + b"X: y\r\n z\r\n\r\n",
    "a first line folded": GET.replace(b"Host", b" Host") + b"\r\n",
    "a line without a colon": GET + b"nothing\r\n\r\n",
    "a header without a name": GET + b": x\r\n\r\n",
    "a name with a space": GET + b"X Y: z\r\n\r\n",
    "a name with letters of others": GET + "Ü: z\r\n\r\n".encode(),
    "two hosts": GET + b"Host: other.example\r\n\r\n",
    # first lines that are none
    "HTTP/0.9": b"GET /how-it-works\r\n\r\n",
    "HTTP/2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9,
    "HTTP/2.0": GET.replace(b"1.1", b"2.0", 1) + b"\r\n",
    "HTTP/1.10": GET.replace(b"1.1", b"1.10", 1) + b"\r\n",
    "http/1.1": GET.replace(b"HTTP/", b"http/", 1) + b"\r\n",
    "two spaces": GET.replace(b"GET ", b"GET  ", 1) + b"\r\n",
    "a space too many": GET.replace(b"1.1", b"1.1 ", 1) + b"\r\n",
    "a method in small letters": GET.replace(b"GET", b"get", 1) + b"\r\n",
    "a method that is none": GET.replace(b"GET", b"G(T", 1) + b"\r\n",
    "no method": GET.replace(b"GET ", b" ", 1) + b"\r\n",
    "a NUL in the address": GET.replace(b"how", b"h\0w", 1) + b"\r\n",
    "letters in the address": GET.replace(b"how", "hŵ".encode(), 1) + b"\r\n",
    "an address without a path": GET.replace(b"/how-it-works", b"localhost:80", 1) + b"\r\n",
    "a star": GET.replace(b"/how-it-works", b"*", 1) + b"\r\n",
    # too much of it
    "a long first line": GET.replace(b"how", b"how" * 5_000, 1) + b"\r\n",
    "a first line of a megabyte": GET.replace(b"how", b"how" * 350_000, 1) + b"\r\n",
    "ten thousand headers": GET + b"".join(b"X%d: y\r\n" % n for n in range(NUMBER_OF_HEADERS)) + b"\r\n",
    "a long header": GET + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    "a head without an end": GET + b"X: y\r\n" * 300_000,
    # something else
    "another expectation": POST + LENGTH + b"Expect: 200-ok\r\n\r\n" + BODY,
    "TLS": bytes.fromhex("16030100a5010000a10303") + bytes(range(160)),
    "mail": b"EHLO " + SECRET.encode() + b"\r\nMAIL FROM:<a@example.org>\r\n",
    "noise": bytes(range(256)) * 20,
    "nothing": b"",
    "line ends": b"\r\n" * 500,
    "half a head": GET,
}


@pytest.fixture(autouse=True)
def _discreet(server: Server) -> Iterator[None]:
    """That nothing of a request is in the log, nor whose it was, nor that anything broke."""
    before = len(server.says())
    yield
    log = server.says()[before:]
    for text in (SECRET, "smuggled", "Host", "evil", "postc", "127.0.0.1", "Traceback", "Exception"):
        assert text not in log


def check_answer(answer: Answer) -> None:
    """That it shows nothing of how it was made."""
    for text in (b"Traceback", b"site-packages", b"gunicorn", b'File "'):
        assert text not in answer.body


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_what_could_be_read_in_two_ways_is_refused(server: Server, sent: bytes) -> None:
    found = exchange(server.port, sent)
    assert len(found) <= 1, "an answer to what was no request"
    for answer in found:
        assert 400 <= answer.status < 500 or answer.status in (501, 505)
        check_answer(answer)
    (alive,) = exchange(server.port, GET + b"\r\n")
    assert alive.status == 200


PAGE, POSTCODE_PAGE, NO_PAGE = (200,), (422,), (404,)
ANSWERED = {
    "a request": (GET + b"\r\n", PAGE),
    "an empty line before it": (b"\r\n" + GET + b"\r\n", PAGE),
    "HTTP/1.0": (GET.replace(b"1.1", b"1.0", 1) + b"\r\n", PAGE),
    "a whole address": (GET.replace(b"/how", b"http://other.example/how", 1) + b"\r\n", PAGE),
    "a length": (POST + LENGTH + b"\r\n" + BODY, POSTCODE_PAGE),
    "chunks": (POST + CHUNKED + b"\r\n" + CHUNKS, POSTCODE_PAGE),
    "a form to be continued": (POST + LENGTH + b"Expect: 100-continue\r\n\r\n" + BODY, (100, *POSTCODE_PAGE)),
    "one that closes": (GET + b"Connection: close\r\n\r\n" + SMUGGLED, PAGE),
    "an upgrade": (
        GET + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
        PAGE,
    ),
    "three in a row": ((GET + b"\r\n") * 2 + SMUGGLED, PAGE + PAGE + NO_PAGE),
    "a form and a page in a row": (POST + LENGTH + b"\r\n" + BODY + GET + b"\r\n", POSTCODE_PAGE + PAGE),
    "a page with a body": (GET + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED, PAGE),
    "another method": (GET.replace(b"GET", b"PROPFIND", 1) + b"\r\n", (405,)),
    "a proxy is wanted": (b"CONNECT other.example:443 HTTP/1.1\r\n" + HOST + b"\r\n", None),
    "what can be done": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", None),
}
"""What is sent, and the statuses of all answers; None for one of those that refuse."""

RARE = {
    "chunks with more about them": (
        POST + CHUNKED + b"\r\n" + CHUNKS.replace(b"0\r\n", b"0\r\nX: y\r\n"),
        POSTCODE_PAGE,
    ),
    "chunks and a page in a row": (POST + CHUNKED + b"\r\n" + CHUNKS + GET + b"\r\n", POSTCODE_PAGE + PAGE),
}
"""What no browser sends, and need not be answered."""


@pytest.mark.parametrize(("sent", "statuses"), ANSWERED.values(), ids=ANSWERED)
def test_each_request_has_one_answer(server: Server, sent: bytes, statuses: tuple[int, ...] | None) -> None:
    found = exchange(server.port, sent)
    if statuses is None:
        (refused,) = found
        assert 400 <= refused.status < 500
    else:
        assert tuple(answer.status for answer in found) == statuses
    for answer in found:
        check_answer(answer)


@pytest.mark.parametrize(("sent", "statuses"), RARE.values(), ids=RARE)
def test_what_no_browser_sends_is_answered_in_order_or_not_at_all(
    server: Server, sent: bytes, statuses: tuple[int, ...]
) -> None:
    found = tuple(answer.status for answer in exchange(server.port, sent))
    assert found == statuses[: len(found)]


@pytest.mark.parametrize(
    "header",
    [
        b"SCRIPT_NAME: /evil",
        b"SCRIPT-NAME: /evil",
        b"Script_Name: /how-it-works",
        b"PATH_INFO: /evil",
        b"REMOTE_ADDR: 192.0.2.1",
        b"HTTP_HOST: evil.example",
        b"X_Forwarded_Host: evil.example",
        b"X-Forwarded-Host: evil.example",
        b"X-Forwarded-Prefix: /evil",
        b"X-Script-Name: /evil",
        b"X-Original-URL: /evil",
        b"X-Rewrite-URL: /evil",
        b"X-HTTP-Method-Override: DELETE",
        b"Proxy: http://evil.example",
        b"Transfer_Encoding: chunked",
        b"Content_Length: 1000",
    ],
)
def test_a_header_says_nothing_of_where_a_page_is(server: Server, header: bytes) -> None:
    (usual,) = exchange(server.port, GET + b"\r\n")
    (answer,) = exchange(server.port, GET + header + b"\r\n\r\n")
    assert (answer.status, answer.body) == (200, usual.body)
