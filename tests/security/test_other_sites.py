"""Forms that another site sent: by every field of the journey, every header that names an origin, every step."""

import itertools

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.server.waiting import seconds_waited
from app.web.http.busy import LONGEST_WAIT
from tests.conftest import WRITER, MakeApp
from tests.page import Page
from tests.pages import PAGES
from tests.security.typed import FIELDS
from tests.web.html import Html
from tests.web.journey.test_journey import heading

MARK = "Hostile-Words"
TAKEN = {"constituency": "3985", "first_sent": "2026-11-01", "copy_to": "stranger@example.org", "keep": "yes"}
"""Something that the journey takes, for the fields that do not take any text."""
OTHERS: dict[str, dict[str, str]] = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "another site, without an origin": {"Sec-Fetch-Site": "cross-site"},
    "another site, with ours for an origin": {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    "a site beside ours": {"Sec-Fetch-Site": "same-site"},
    "no kind of site that is known": {"Sec-Fetch-Site": "Same-Origin "},
    "an empty kind of site": {"Sec-Fetch-Site": ""},
    "the browser's own, with another origin": {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
    "the same site, with another origin": {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    "an old browser": {"Origin": "https://evil.example"},
    "a frame in a sandbox, a file": {"Origin": "null"},
    "no origin": {"Origin": ""},
    "two origins": {"Origin": "http://localhost, https://evil.example"},
    "our name on another port": {"Origin": "http://localhost:8000"},
    "our name by another scheme": {"Origin": "https://localhost"},
    "a longer name": {"Origin": "http://localhost.evil.example"},
    "a path": {"Origin": "http://localhost/"},
    "somebody at our name": {"Origin": "http://evil.example@localhost"},
    "a very old browser": {"Referer": "https://evil.example/page"},
    "a referrer that is no address": {"Referer": "http://[localhost"},
}
OURS: dict[str, dict[str, str]] = {
    "a page of ours": {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    "the address bar": {"Sec-Fetch-Site": "none"},
    "an old browser": {"Origin": "http://localhost", "Referer": "http://localhost/c/uyghurs"},
    "a very old browser": {"Referer": "http://localhost/c/uyghurs"},
    "a program": {},
    "HTTPS, by a proxy that is not trusted": {"Sec-Fetch-Site": "same-origin", "Origin": "https://localhost"},
}
STEPS = ("letter", "letter.pdf", "letter.eml", "letter.txt", "letter.ics", "constituency", "by-hand", "follow-up")
EVERY_FIELD = sorted({name for fields in FIELDS.values() for name in fields} | {"draft", "place", "use", "switched"})


def hostile(name: str) -> dict[str, str]:
    return WRITER | {name: TAKEN.get(name, MARK)}


@pytest.mark.parametrize("headers", OTHERS.values(), ids=OTHERS)
def test_another_site_may_give_the_postcode_and_nothing_else(client: FlaskClient, headers: dict[str, str]) -> None:
    """Every field from one of them; from the others two, since what is asked of a request knows of no field."""
    alone = client.post("/c/uyghurs/write", data={"postcode": "SW1A 1AA"}).text
    for name in EVERY_FIELD if headers is OTHERS["another site"] else ("copy_to", "name"):
        if name != "postcode":
            page = client.post("/c/uyghurs/write", data=hostile(name), headers=headers)
            assert page.text == alone, name


@pytest.mark.parametrize("headers", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_later_steps_lead_to_the_campaign(client: FlaskClient, headers: dict[str, str], prefix: str) -> None:
    for step in STEPS:
        answer = client.post(f"{prefix}/c/uyghurs/{step}", data=hostile("copy_to"), headers=headers)
        assert (answer.status_code, answer.location) == (303, f"{prefix}/c/uyghurs")


@pytest.mark.parametrize("headers", OURS.values(), ids=OURS)
def test_our_own_pages_give_everything(client: FlaskClient, headers: dict[str, str]) -> None:
    page = client.post("/c/uyghurs/letter", data=hostile("copy_to"), headers=headers)
    assert heading(page) == "Your letter to Rachel Blake"
    assert "stranger@example.org" in page.text


@pytest.mark.parametrize("headers", OTHERS.values(), ids=OTHERS)
def test_a_page_that_asks_to_come_again_repeats_the_postcode_only(client: FlaskClient, headers: dict[str, str]) -> None:
    token = seconds_waited.set(LONGEST_WAIT + 1)
    try:
        page = client.post("/c/uyghurs/write", data=hostile("name"), headers=headers)
    finally:
        seconds_waited.reset(token)
    assert page.status_code == 503
    assert [form.fields for form in Page(page.text).forms] == [{"postcode": "SW1A 1AA"}]


@pytest.mark.parametrize("headers", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("path", ["", "/file", "/letter.pdf", "/publish", "/log-in"])
def test_another_site_puts_no_file_into_the_studio(client: FlaskClient, headers: dict[str, str], path: str) -> None:
    answer = client.post(f"/studio{path}", data={"file": MARK, "slug": "rivers"}, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/studio")


def test_over_https_our_origin_is_https(make_app: MakeApp) -> None:
    client = make_app(trusted_proxies="127.0.0.1").test_client()
    for scheme, is_ours in (("https", True), ("http", False)):
        headers = {"X-Forwarded-Proto": "https", "Origin": f"{scheme}://localhost"}
        page = client.post("/c/uyghurs/letter", data=WRITER, headers=headers)
        assert (page.status_code == 200) == is_ours


def test_our_origin_has_our_port(client: FlaskClient) -> None:
    for host, origin in (("Write.example.org:8000", "http://write.example.org:8000"), ("[::1]:80", "http://[::1]")):
        headers = {"Host": host, "Origin": origin}
        assert client.post("/c/uyghurs/letter", data=WRITER, headers=headers).status_code == 200


def test_every_field_of_the_journey_was_tried(sites: dict[str, Flask]) -> None:
    names: set[str] = set()
    for visit in PAGES.values():
        if visit.method == "POST" and visit.path.startswith("/c/"):
            page = Html.of(sites[visit.site].test_client().post(visit.path, data=visit.data))
            buttons = {str(button.get("name")) for button in page.all("button[@name]")}
            names |= {name for name in itertools.chain(page.names(), buttons) if not name.startswith("answer-")}
    assert names - {"mistakes"} <= set(EVERY_FIELD)
    assert len(names) > 20
