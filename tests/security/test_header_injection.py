"""What is typed stays out of headers, of answers, of mails and of calendars; a line end in it ends no line."""

from email import message_from_bytes, policy
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.conftest import WRITER
from tests.security.typed import FILE, in_each_field
from tests.web.html import Html

pytestmark = pytest.mark.system

BREAKS = ("\r\n", "\n", "\r", "\0", "\x0b", "\x85", "\u2028", "%0d%0a", "\r\n\r\n", "嘊嘍")
"""Line ends; the last two letters lose half of themselves in bad code, and are one then."""
INJECTED = "X-Injected: yes"


def test_no_field_reaches_a_header_of_an_answer(client: FlaskClient) -> None:
    text = "x" + "".join(f"{line_end}{INJECTED}" for line_end in BREAKS)
    for where, response in in_each_field(client, text):
        assert not [name for name, value in response.headers if "njected" in name + value], where


@pytest.mark.parametrize("line_end", BREAKS)
def test_no_name_of_a_file_is_as_it_was_typed(client: FlaskClient, line_end: str) -> None:
    text = f"x{line_end}{INJECTED}"
    for slug in (text, f'x"; filename="evil.html{line_end}', "../x", "x\\y"):
        for path in ("/studio/file", "/studio/letter.pdf"):
            response = client.post(path, data=FILE | {"slug": slug})
            kind = "pdf" if path.endswith("pdf") else "md"
            assert response.headers["Content-Disposition"] == f'attachment; filename="your-campaign.{kind}"'


@pytest.mark.parametrize("line_end", BREAKS)
def test_a_draft_has_its_own_headers_only(client: FlaskClient, line_end: str) -> None:
    text = f"x{line_end}Bcc: evil@example.org{line_end}{line_end}{INJECTED}"
    typed = [
        {"subject": text, "body": text},
        {"name": text, "town": text, "answer-connection": text},
        {"mp_name": text[:60], "mp_constituency": text},
    ]
    for fields in typed:
        response = client.post("/c/uyghurs/letter.eml", data=WRITER | fields)
        assert response.status_code == 200
        message = message_from_bytes(response.data, policy=policy.default)
        assert set(message.keys()) <= {"To", "Subject", "X-Unsent", "MIME-Version", "Content-Type", TRANSFER}
        assert "evil" not in str(message["To"])


TRANSFER = "Content-Transfer-Encoding"


@pytest.mark.parametrize(
    "copy_to",
    [
        *(f"a@example.org{line_end}Bcc: b@example.org" for line_end in BREAKS),
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "A <a@example.org>",
        '"a b"@example.org',
        "a@example.org?bcc=b@example.org",
        "a@example.org&bcc=b@example.org",
        "=?utf-8?q?a=0d=0aBcc:b?=@example.org",
    ],
)
def test_a_copy_goes_to_one_address_or_none(client: FlaskClient, copy_to: str) -> None:
    sent = WRITER | {"subject": "x", "body": "Dear Rachel Blake,", "copy_to": copy_to}
    response = client.post("/c/uyghurs/letter.eml", data=sent)
    if response.status_code == 200:
        message = message_from_bytes(response.data, policy=policy.default)
        assert len(message["Cc"].addresses) == 1
        assert "Bcc" not in message
    page = Html.of(client.post("/c/uyghurs/letter", data=sent))
    for link in page.all("a[@data-start]"):
        names = [name.lower() for name, _ in parse_qsl(urlsplit(link.get("href", "")).query)]
        assert "bcc" not in names
        assert names.count("cc") <= 1


@pytest.mark.parametrize("line_end", BREAKS)
def test_a_link_has_its_own_fields_only(client: FlaskClient, line_end: str) -> None:
    text = f"x{line_end}&bcc=evil@example.org?to=evil@example.org#x"
    page = Html.of(client.post("/c/uyghurs/letter", data=WRITER | {"subject": text, "body": text}))
    links = [link.get("href", "") for link in page.all("a[@data-start]")]
    assert len(links) == 5
    for href in links:
        assert href.isascii()
        assert href.isprintable()
        address = urlsplit(href)
        assert not address.fragment
        assert {name for name, _ in parse_qsl(address.query)} <= {"view", "fs", "tf", "to", "su", "subject", "body"}
        assert "evil" not in unquote(address.path)


@pytest.mark.parametrize("line_end", BREAKS)
def test_a_calendar_has_its_own_lines_only(client: FlaskClient, line_end: str) -> None:
    text = f"x{line_end}END:VEVENT{line_end}BEGIN:VALARM{line_end}ATTACH:https://evil.example"
    response = client.post("/c/uyghurs/letter.ics", data=WRITER | {"subject": text[:400], "body": "Dear A,"})
    (event,) = Calendar.from_ical(response.data).walk("VEVENT")
    (alarm,) = event.walk("VALARM")
    assert "ATTACH" not in {*event, *alarm}


@pytest.mark.parametrize("host", ["evil.example\r\nX: y", 'a"b', "a<b", "a b", "evil.example/x?", "user@evil.example"])
def test_a_host_that_is_none_is_in_no_address(client: FlaskClient, host: str) -> None:
    for path in ("/c/uyghurs/share", "/c//uyghurs"):
        response = client.get(path, environ_overrides={"HTTP_HOST": host})
        assert host not in response.text
        assert "evil" not in response.text
        assert "evil" not in str(response.headers)


@pytest.mark.parametrize("path", ["/cy%0d%0aX:y", "/cy/%0d%0aX:y", "/c//%0d%0aX:y", "//evil.example/c", "/\\evil"])
def test_an_address_leads_back_to_this_site_only(client: FlaskClient, path: str) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": unquote(path)})
    assert response.status_code in (308, 404)
    assert "X" not in response.headers
    assert response.headers.get("Location", "http://localhost/").startswith("http://localhost/")
