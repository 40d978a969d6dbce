"""Requests that no browser of a supporter would send: every part of them wrong in turn, most of the rest right.

What is right leads deep into the app, where what is wrong can do harm.
"""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote_from_bytes, quote_plus

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from werkzeug.routing import Rule

from app.web.http.security import LONGEST_REQUEST
from tests.conftest import WRITER
from tests.security.hostile_values import FIELDS, FILES, HEADERS, METHODS, ODD, PARTS, VALUES
from tests.test_hostile_text import SNIPPETS, hostile

BOUNDARY = b"b0undary"
Fields = list[tuple[str, bytes]]

texts = hostile.map(lambda text: text.encode("utf-8", "surrogatepass"))
values = st.sampled_from(ODD) | st.sampled_from(SNIPPETS).map(str.encode) | texts | st.binary(max_size=40)
tokens = values.map(lambda value: value[:200])


@dataclass
class Request:
    """A request as the app's server hands it over, byte for byte."""

    method: str
    path: bytes
    query: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def environ(self) -> dict[str, object]:
        """By the rules of WSGI: every byte of path, query and headers a character."""
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        } | self.headers


KINDS = re.compile(r"<any\((.*)\):kind>")


def _parts(name: str, rule: Rule) -> tuple[bytes, ...]:
    kinds = KINDS.search(rule.rule)
    return tuple(kinds[1].encode().split(b", ")) if name == "kind" and kinds else PARTS[name]


@st.composite
def paths(draw: DrawFn, rule: Rule) -> bytes:
    """An address of a rule, in either language, decoded as servers do."""
    made = b"/cy" if draw(st.integers(0, 3)) == 0 else b""
    for is_part, data, *_ in rule._trace:  # how werkzeug itself builds addresses
        if not is_part:
            made += data.lstrip("|").encode()
        elif draw(st.integers(0, 9)):
            made += draw(st.sampled_from(_parts(data, rule)))
        else:
            made += draw(tokens)[:80].replace(b"?", b"")
    return made + (
        draw(st.sampled_from((b"/", b"//", b"/..", b"%00", b"\0"))) if draw(st.integers(0, 14)) == 0 else b""
    )


@st.composite
def forms(draw: DrawFn) -> Fields:
    """A form that is filled in right, but for some fields."""
    right = {name: text.encode() for name, text in WRITER.items()}
    right |= {"slug": b"rivers", "file": FILES[1].encode()} if draw(st.booleans()) else {}
    pairs = list(right.items()) if draw(st.integers(0, 5)) else []
    for name in draw(st.lists(st.sampled_from(FIELDS), max_size=5)):
        own = VALUES.get(name)
        value = draw(st.sampled_from(own)).encode() if own and draw(st.integers(0, 2)) else draw(values)
        if draw(st.integers(0, 3)):
            pairs = [pair for pair in pairs if pair[0] != name]  # else the field comes twice
        pairs.append((name, value))
    return pairs


def urlencoded(pairs: Fields) -> bytes:
    """A form as browsers send it by themselves."""
    return b"&".join(f"{quote_plus(name)}={quote_from_bytes(value)}".encode() for name, value in pairs)


def multipart(pairs: Fields, files: Set[str] = frozenset(), charset: str = "") -> bytes:
    """A form as ours are sent. ``files`` are the fields sent as files; the parts may claim a ``charset``."""
    made = b""
    for name, value in pairs:
        made += b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="'
        made += name.encode().replace(b"\0", b"%00") + b'"' + (b'; filename="x"' if name in files else b"")
        made += f"\r\nContent-Type: text/plain; charset={charset}".encode() if charset else b""
        made += b"\r\n\r\n" + value + b"\r\n"
    return made + b"--" + BOUNDARY + b"--\r\n"


PLAIN, PARTED = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY.decode()}"
BROKEN: dict[str, Callable[[Fields, str], tuple[bytes, str]]] = {
    "fields as files": lambda pairs, name: (multipart(pairs, {name, *WRITER}), PARTED),
    "one field as a file": lambda pairs, name: (multipart(pairs, {name}), PARTED),
    "parts in UTF-16": lambda pairs, name: (multipart(pairs, charset="utf-16"), PARTED),
    "parts in UTF-7": lambda pairs, name: (multipart(pairs, charset="utf-7"), PARTED),
    "parts in no charset": lambda pairs, name: (multipart(pairs, charset=name), PARTED),
    "no boundary": lambda pairs, name: (multipart(pairs), "multipart/form-data"),
    "another boundary": lambda pairs, name: (multipart(pairs), "multipart/form-data; boundary=another"),
    "a long boundary": lambda pairs, name: (multipart(pairs), "multipart/form-data; boundary=" + "x" * 999),
    "parts without a type": lambda pairs, name: (multipart(pairs), ""),
    "parts as a plain form": lambda pairs, name: (multipart(pairs), PLAIN),
    "a plain form as parts": lambda pairs, name: (urlencoded(pairs), PARTED),
    "a plain form in UTF-16": lambda pairs, name: (urlencoded(pairs), f"{PLAIN}; charset=utf-16"),
    "text": lambda pairs, name: (urlencoded(pairs), "text/plain"),
    "JSON": lambda pairs, name: (b'{"postcode": "SW1A 1AA"}', "application/json"),
    "deep JSON": lambda pairs, name: (b"[" * 10_000, "application/json"),
    "nothing, often": lambda pairs, name: (b"&" * 5_000 + b"=" * 5_000, PLAIN),
    "many parts": lambda pairs, name: (multipart([(f"n{n}", b"") for n in range(2_000)]), PARTED),
    "many fields": lambda pairs, name: (b"&".join(b"n%d=" % n for n in range(2_000)), PLAIN),
    "half of the parts": lambda pairs, name: (multipart(pairs)[: len(multipart(pairs)) // 2], PARTED),
    "all but the end": lambda pairs, name: (multipart(pairs)[:-3], PARTED),
    "too much": lambda pairs, name: (b"a=" + b"x" * LONGEST_REQUEST, PLAIN),
    "too much in a part": lambda pairs, name: (multipart([(name, b"x" * LONGEST_REQUEST)]), PARTED),
}
"""Bodies that are not as a browser sends them, of a form and the name of a field."""


@st.composite
def bodies(draw: DrawFn) -> tuple[bytes, str]:
    """A form, and the content type it claims to be."""
    pairs = draw(forms())
    if draw(st.integers(0, 4)) == 0:
        return BROKEN[draw(st.sampled_from(sorted(BROKEN)))](pairs, draw(st.sampled_from(FIELDS)))
    return (urlencoded(pairs), PLAIN) if draw(st.booleans()) else (multipart(pairs), PARTED)


@st.composite
def requests_for(draw: DrawFn, rule: Rule) -> Request:
    """A request for an address of a rule, by the rule's method or any other."""
    own = sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
    method = draw(st.sampled_from(own if draw(st.integers(0, 9)) else METHODS))
    query = b"" if draw(st.integers(0, 2)) else urlencoded(draw(st.lists(st.tuples(names_asked, values), max_size=3)))
    if draw(st.integers(0, 9)) == 0:
        query = bytes(byte for byte in draw(tokens) if byte > 32)  # no server passes on the others
    names = draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=2)) if draw(st.booleans()) else []
    headers = {name: draw(st.sampled_from(HEADERS[name])) for name in names}
    body, kind = (b"", "") if method in ("GET", "HEAD") and draw(st.integers(0, 9)) else draw(bodies())
    if kind:
        headers["CONTENT_TYPE"] = kind
    return Request(method, draw(paths(rule)), query, headers, body)


names_asked = st.sampled_from(("start", "v", "constituency", "published", "switched", "postcode", "x"))
