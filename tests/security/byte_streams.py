"""Streams of requests in which some part, most often of what says where a request ends, is not as it should be."""

from dataclasses import dataclass
from random import Random

GOOD = b"GET /last HTTP/1.1\r\nHost: x\r\n\r\n"
_LINE_ENDS = [b"\n", b"\r", b"\r\r\n", b"\n\r\n", b" \r\n", b"\r\n ", b"\r\n\t", b"\0\r\n", b"", b"\r\n\r\n"]
_BEGINNINGS = [b"\r\n", b"\n", b"\r", b" ", b"\t\r\n", b"\0", b"\r\n\r\n", b"\x0b", b"0\r\n\r\n"]
_METHODS = [b"get", b"", b"G T", b"G\tT", b"PRI", b"M-SEARCH", b"G(T", b"GET\0", b"CONNECT", b"OPTIONS", b"X" * 40]
_SPACES = [b"  ", b"\t", b"\x0b", b"", b"\r\n", b"\xa0"]
_TARGETS = [b"/a?b=c#d", b"//x/y", b"http://other/a", b"https://other:1/a", b"http://[::1/a", b"*", b"", b"x", b"x:1"]
_TARGETS += [b"/\0", b"/\xc3\xbc", b"/\x7f", b"/a b", b"/%0d%0a", b"http://a@b/c", b"HTTP/1.1", b"/\\", b"?a"]
_VERSIONS = [b"HTTP/1.0", b"HTTP/1.10", b"HTTP/2.0", b"HTTP/0.9", b"http/1.1", b"", b"HTTP/1.1 ", b"HTTP/1.\xb2"]
_LENGTHS = [
    b"%d, %d",
    b"+%d",
    b"-%d",
    b"0x%x",
    b"%d %d",
    b"%d_0",
    b"000%d",
    b"%d.0",
    b'"%d"',
    b"\x0b%d",
    b"%d\0",
    b"%d;",
]
_LENGTHS += [b"", b"9" * 19, b"0" * 20 + b"%d", b"1" * 5_000, b"\xd9\xa5", b"%d,", b",%d", b"1e1", b"%d\x85"]
_LENGTH_NAMES = [
    b"Content_Length",
    b"content-length",
    b"Content-Length ",
    b" Content-Length",
    b"Content-Length\0",
    b"CONTENT-LENGTH",
]
_ENCODINGS = [
    b"Chunked",
    b"chunked, identity",
    b"identity, chunked",
    b"xchunked",
    b"chunked;q=1",
    b'"chunked"',
    b"\x0bchunked",
]
_ENCODINGS += [
    b"",
    b"identity",
    b"gzip, chunked",
    b"chunked, chunked",
    b"chunked,",
    b",chunked",
    b"chunked\x85",
    b"chunked\t",
    b"c\0",
]
_ENCODING_NAMES = [
    b"Transfer_Encoding",
    b"Transfer-Encoding ",
    b"\tTransfer-Encoding",
    b"transfer-encoding",
    b"Transfer-Encoding\x0b",
]
_SIZES = [
    b"0x%x",
    b"+%x",
    b"-%x",
    b"%x ",
    b" %x",
    b"%x\t",
    b"%x_",
    b"0_%x",
    b"00%x",
    b"%X",
    b"%x;a=b",
    b'%x;a="b\\"c"',
    b"%x ;a",
]
_SIZES += [
    b"%x;a\n",
    b"%x\n",
    b"%x;\r",
    b"",
    b"g",
    b"%xg",
    b"f" * 17,
    b"0" * 18 + b"%x",
    b"%x;" + b"a" * 300,
    b"%d.",
    b"%x,",
    b"\xb2",
    b"%x\0",
]
_DATA_ENDS = [b"", b"\n", b"\r", b"\r\r\n", b"X\r\n", b"\r\n\r\n", b"  ", b"\n\n", b"\r\nX"]
_LAST_CHUNKS = [b"00", b"0;a=b", b"-0", b"", b"0 ", b"0x0", b"+0", b"0\n", b"000000000000000000000"]
_TRAILERS = [
    b"X: y\r\n",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Host: y\r\n",
    b"X y\r\n",
    b"X: y\n",
    b" X: y\r\n",
]
_TRAILERS += [b"X: y\r\n\r\n", b"X\0: y\r\n", b"\n", b"X: y\r", b"GET / HTTP/1.1\r\n"]
_FIELDS = [
    b"X: y\r\n z",
    b"X: y\nA: b",
    b"X: y\rA: b",
    b"X",
    b": x",
    b"X\0: y",
    b"X: \0",
    b"X Y: z",
    b"\xc3\x9c: x",
    b"X: \xc3\x9c",
]
_FIELDS += [
    b"Host: y",
    b"X_Y: z",
    b"Content-Type: a\r\nContent-Type: b",
    b"Expect: 100-continue",
    b"Expect: x",
    b"X:",
    b"X :y",
    b"X:\ty\t",
]
_FIELDS += [
    b"Connection: close",
    b"Connection: keep-alive",
    b"Connection: x, Close",
    b"Connection: close, keep-alive",
    b"Upgrade: h2c",
]
_DATA = [
    b"a",
    b"abc",
    b"\r\n",
    b"0\r\n\r\n",
    b"\r\n0\r\n\r\n",
    b"\r\n\r\n",
    b"GET /b HTTP/1.1\r\nHost: x\r\n\r\n",
    b"5\r\nhello\r\n",
    b"\n\n",
    b"a=b&c" * 9,
]
_BYTES = [b"\r", b"\n", b"\r\n", b"\0", b" ", b":", b"0", b"\t", b"\x80", b";", b"1"]


@dataclass
class _Writer:
    """Writes one stream. The lower ``oddness`` is, the more of it is as it should be."""

    draw: Random
    oddness: float

    def part(self, right: bytes, wrong: list[bytes]) -> bytes:
        """Return the right part, or now and then a wrong one."""
        return self.draw.choice(wrong) if self.draw.random() < self.oddness else right

    def line(self, line: bytes) -> bytes:
        return line + self.part(b"\r\n", _LINE_ENDS)

    def request(self) -> bytes:
        method = self.part(self.draw.choice([b"GET", b"POST"]), _METHODS)
        target = self.part(self.draw.choice([b"/", b"/a", b"/a?b=c"]), _TARGETS)
        spaces = [self.part(b" ", _SPACES) for _ in range(2)]
        first = method + spaces[0] + target + spaces[1] + self.part(b"HTTP/1.1", _VERSIONS)
        framing, body = self.draw.choice([self.no_body, self.body_by_length, self.chunked_body])()
        fields = [self.part(b"Host: x", [b"", b"Host:", b"Host: x\r\nHost: y", b"X: y"]), *framing]
        if self.draw.random() < self.oddness:
            fields.append(self.draw.choice(_FIELDS))
        if self.draw.random() < 0.03:
            fields.append(b"Connection: close")
        self.draw.shuffle(fields)
        lines = b"".join(self.line(line) for line in (first, *fields) if line)
        return self.part(b"", _BEGINNINGS) + lines + self.part(b"\r\n", _LINE_ENDS) + body

    def no_body(self) -> tuple[list[bytes], bytes]:
        return [], b""

    def body_by_length(self) -> tuple[list[bytes], bytes]:
        body = b"".join(self.draw.choices(_DATA, k=self.draw.randrange(4)))
        length = len(body) + (self.draw.choice([-2, -1, 1, 2]) if self.draw.random() < self.oddness / 4 else 0)
        fields = [self.part(b"Content-Length", _LENGTH_NAMES) + b": " + self.number(b"%d", _LENGTHS, length)]
        if self.draw.random() < self.oddness / 4:
            fields.append(self.draw.choice([fields[0], b"Content-Length: 1", b"Transfer-Encoding: chunked"]))
        return fields, body

    def chunked_body(self) -> tuple[list[bytes], bytes]:
        encoding = self.part(b"Transfer-Encoding", _ENCODING_NAMES) + b": " + self.part(b"chunked", _ENCODINGS)
        fields = [encoding, *([b"Content-Length: 5"] if self.draw.random() < self.oddness / 4 else [])]
        chunks = b"".join(self.chunk(self.draw.choice(_DATA)) for _ in range(self.draw.randrange(4)))
        trailers = self.draw.choice(_TRAILERS) if self.draw.random() < max(0.1, self.oddness) else b""
        end = self.line(self.part(b"0", _LAST_CHUNKS)) + trailers + self.part(b"\r\n", _LINE_ENDS)
        return fields, chunks + end

    def chunk(self, data: bytes) -> bytes:
        size = len(data) + (self.draw.choice([-2, -1, 1, 2]) if self.draw.random() < self.oddness / 4 else 0)
        return self.line(self.number(b"%x", _SIZES, max(0, size))) + data + self.part(b"\r\n", _DATA_ENDS)

    def number(self, right: bytes, wrong: list[bytes], number: int) -> bytes:
        form = self.part(right, wrong)
        return form % ((number,) * form.count(b"%"))

    def with_other_bytes(self, stream: bytes) -> bytes:
        """Put in, take out or replace a few bytes anywhere."""
        changed = bytearray(stream)
        for _ in range(self.draw.randrange(1, 4)):
            at = self.draw.randrange(len(changed) + 1)
            changed[at : at + self.draw.randrange(3)] = self.draw.choice([b"", *_BYTES])
        return bytes(changed)


def stream(draw: Random) -> bytes:
    """Return the bytes of some requests, one behind the other, and of one more that is as it should be."""
    writer = _Writer(draw, draw.choice([0.0, 0.02, 0.05, 0.15]))
    sent = b"".join(writer.request() for _ in range(draw.randrange(1, 5)))
    return (writer.with_other_bytes(sent) if draw.random() < 0.25 else sent) + GOOD


def split(draw: Random, sent: bytes) -> list[bytes]:
    """Return the same bytes in pieces, as the network may bring them."""
    longest = draw.choice([1, 3, 20, 200])
    pieces, at = [], 0
    while at < len(sent):
        size = draw.randrange(1, longest + 1)
        pieces.append(sent[at : at + size])
        at += size
    return pieces
