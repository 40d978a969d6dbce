"""What stands in the parts of hostile requests: names of fields, values, headers, parts of addresses."""

from app.campaigns.starter import starting_file
from tests.conftest import WRITER

# fmt: off
FIELDS = (
    *WRITER, "answer-hope", "answer-", "answer-nobody", "subject", "body", "composed", "member", "constituency",
    "mp_name", "mp_constituency", "keep", "earlier", "earlier_subject", "earlier_base", "other", "copy_to",
    "first_sent", "first_subject", "switched", "mistakes", "use", "slug", "file", "facts", "base", "view", "password",
    "csrf_token", "yes", "version", "", "__class__", "name\0", "ask[]", "%s",
)
ODD = (
    b"", b" ", b"\0", b"\r", b"\n", b"\r\n\r\n", b"0", b"-1", b"1e9", b"0x10", "٣".encode(), "²".encode(),
    b"9" * 9, b"9" * 400,
    b"NaN", b"None", b"true", b"3985", b"4167", b"172", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
    b"2026-11-22", b"0001-01-01", b"9999-12-31", b"31/02/2026", "١/١/٢٠٢٦".encode(),
    b"22 Nov 2026", b"2026-11-22T00:00:00Z",
    b"en", b"cy", b"en a b c", b"cy " + b"deadbeef " * 200, b"new", b"edited", b"TOKEN",
    b"letter", b"paper", b"questions",
    b"../../etc/passwd", b"..\\..\\x", b"%2e%2e%2f", b"/etc/passwd\0.md", b"uyghurs", b"uyghurs.cy", b"rivers",
    b"SW1A 1AA", b"M2 5DB", b"OX1 1BX", b"BT1 5GS", b"SW1A 9ZZ", b"JE2 3AB", b"sw1a1aa ", b"SW1A",
    "ＳＷ１Ａ １ＡＡ".encode(),
    b"a@example.org", b"a@example.org\r\nBcc: b@example.org", b"\n\n* * *\n\n" * 50, b"x\n\n" * 90, b"x" * 70_000,
)
FILES = (
    starting_file(),
    "---\ntitle: Rivers\nsubject: Rivers\n---\nWill you help?\n",
    "---\ntitle: Rivers\nsubject: Rivers\nlogo: ../../etc/passwd\nlocal_facts: ../x.csv\n---\n{{ member.name }}",
    "---\ntitle: Rivers\nsubject: Rivers\nlocal_facts: rivers.csv\n---\n{{ local.river }} Will you help?\n",
    "---\ntitle: [[[[\n---\n{% for x in (1..999999999) %}{{ x }}{% endfor %}",
    "---\na: &a [*a]\n---\n", "\ufeff---\r\n",
    "---\ntitle: <script>\nsubject: \"{{ 7 | times: 7 }}\"\nopens: 2026-02-30\n---\n{{ sender.name | upcase }}",
)
FACTS = ("", "constituency,river\nChorley,Yarrow\n", "a;b\n\"", "\0,\0\n", "constituency\n" * 999,
    "constituency," + "c," * 99)
# fmt: on
VALUES = {
    "file": FILES,
    "facts": FACTS,
    "slug": ("rivers", "rivers.cy", "uyghurs", "../x", "", "a" * 61, "con", "x\n"),
    "csrf_token": ("TOKEN", ""),
    "yes": ("yes",),
}
"""What most often stands in some of the fields."""

# fmt: off
PARTS = {
    "slug": (b"uyghurs", b"uyghurs", b"your-own-letter", b"rivers"),
    "accent": (b"0d5257", b"FFFFFF", b"red", b"00000\n"),
    "filename": (b"style.css", b"0123456789ab/script/page.js", b"x/../style.css", b"./icon.svg", b"../config.py", b"",
    b"//x", b"a" * 300),
    "constituency_id": (b"3985", b"4167", b"0", b"9" * 30, b"-1"),
    "member_id": (b"467", b"172", b"0", b"9" * 30),
}
# fmt: on
"""What most often stands in a rule's place of that name."""

# Names as WSGI has them. What a server would refuse is in tests.security.test_malformed_http.
HEADERS = {
    "HTTP_HOST": (
        "example.org:80", "EXAMPLE.org", "[::1]:8000", "a" * 64, "a." * 2_000, "x" * 4_000, "",
        "a b", "a/b", "a@b", "evil.example#", "é",
        "example.org:99999", "example.org:0", "example.org:x", "..", "<script>", '"', "a,b", "\x00",
    ),
    "HTTP_ACCEPT_LANGUAGE": ("cy", "*;q=x", "x" * 4_000, "cy;q=1e999, en;q=-1", "\xff"),
    "HTTP_ACCEPT_ENCODING": ("br", "gzip", "br;q=x, gzip;q=", "*;q=0", "br;q=1e999", "gzip;q=nan", "," * 999,
        "\xff", ";;;==="),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=5-1", "bytes=0-0,1-1", "bytes=99999999999-",
        "bytes=a-b", "x", "bytes=-0"),
    "HTTP_IF_RANGE": ('"x"', "Wed, 21 Oct 2015 07:28:00 GMT", "\xff"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', "W/", '"' * 99, "\xff"),
    "HTTP_IF_MATCH": ("*", '"x"', ""),
    "HTTP_IF_MODIFIED_SINCE": ("Wed, 21 Oct 2015 07:28:00 GMT", "x", "Fri, 31 Feb 99999 99:99:99 GMT", "0"),
    "HTTP_IF_UNMODIFIED_SINCE": ("Wed, 21 Oct 2015 07:28:00 GMT", "x"),
    "HTTP_COOKIE": ("studio=x", "studio=" + "." * 99, "a=b; " * 999, "=;=;", "studio=\xff\x00", 'studio="\\777"'),
    "CONTENT_LENGTH": ("0", "1", "-1", "x", "9" * 40, "1000000", "+5", " 5 ", "٣", ""),
    "HTTP_TRANSFER_ENCODING": ("chunked", "x", "identity"),
    "HTTP_CONTENT_ENCODING": ("gzip", "x"),
    "REMOTE_ADDR": ("127.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%eth0", "", "x"),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "x", "1" * 999, "::1, 10.0.0.1"),
    "HTTP_X_FORWARDED_PROTO": ("https", "x"),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_FORWARDED_PREFIX": ("/evil",),
    "HTTP_FORWARDED": ("for=127.0.0.1;host=evil.example;proto=https",),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_REFERER": ("https://evil.example/", "\xff"),
    "HTTP_ORIGIN": ("https://evil.example", "null"),
    "HTTP_USER_AGENT": ("Mobi", "\xff" * 99, "x" * 8_000, ""),
    "HTTP_SEC_CH_UA_MOBILE": ("?1", "?0", "\xff"),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer " + "x" * 999, "Digest a=b", "\xff"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x", "text/html;level=\xff"),
    "HTTP_PRAGMA": ("no-cache",),
}  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "XX", "get", "")
