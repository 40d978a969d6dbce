"""Publishing from the Studio: who may, what changes, and nobody's work lost."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.campaigns.file.campaign_files import Files
from app.campaigns.publishing import Publisher
from app.web.studio import log_in
from app.web.studio.log_in import hash_password, is_right_password
from tests.conftest import MakeApp
from tests.publisher import HASH, PASSWORD, quickly_hashed
from tests.web.html import Html, text

FILE = "---\ntitle: Clean rivers\nsubject: Rivers\n---\nWill you write to the minister? I look forward to your reply.\n"
CHANGED = FILE.replace("Clean rivers", "Cleaner rivers")


@pytest.fixture
def app(make_app: MakeApp, folder: Path) -> Flask:
    return make_app(campaigns_dir=folder, studio_password=HASH)


@pytest.fixture
def publisher(app: Flask) -> FlaskClient:
    """Somebody who has logged in."""
    client = app.test_client()
    assert log_in_with(client, PASSWORD).status_code == 303
    return client


def log_in_with(client: FlaskClient, password: str, **draft: str) -> TestResponse:
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    return client.post("/studio/log-in", data={"csrf_token": token, "password": password} | draft)


def ask(client: FlaskClient, file: str = FILE, slug: str = "rivers", **more: str) -> Html:
    """The page that says what would change."""
    return Html.of(client.post("/studio/publish", data={"file": file, "slug": slug} | more))


def fields(page: Html) -> dict[str, str]:
    """What stands in the page's only form."""
    return {name: page.field(name) for field in page.all("form//*[@name]") if (name := field.get("name", "")) != "yes"}


def publish(client: FlaskClient, file: str = FILE, slug: str = "rivers", **more: str) -> TestResponse:
    return client.post("/studio/publish", data=fields(ask(client, file, slug, **more)) | {"yes": "yes"})


def difference(page: Html) -> list[str]:
    return [text(line) for line in (*page.all("del"), *page.all("ins"))]


def test_publishes_a_campaign_that_shows_at_once(publisher: FlaskClient, folder: Path) -> None:
    page = ask(publisher)
    assert "It will be at http://localhost/c/rivers" in page.text
    assert "+ title: Clean rivers" in difference(page)
    response = publish(publisher)
    assert (response.status_code, response.location) == (303, "/studio/versions/rivers?published=yes")
    assert "It is published." in Html.of(publisher.get(response.location)).text
    assert (folder / "rivers.md").read_text() == FILE
    assert "Clean rivers" in publisher.get("/c/rivers").text


def test_shows_the_difference_and_keeps_every_version(publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    page = ask(publisher, CHANGED, base=Files(FILE).fingerprint)
    assert difference(page) == ["− title: Clean rivers", "+ title: Cleaner rivers"]
    assert "set out from" not in page.text
    publish(publisher, CHANGED, base=Files(FILE).fingerprint)
    assert [version.files.text for version in Publisher(folder).versions("rivers")] == [CHANGED, FILE]


def test_goes_back_to_an_earlier_version(publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    publish(publisher, CHANGED, base=Files(FILE).fingerprint)
    versions = Html.of(publisher.get("/studio/versions/rivers"))
    page = Html.of(publisher.post("/studio/versions/rivers", data={"version": versions.field("version")}))
    assert difference(page) == ["− title: Cleaner rivers", "+ title: Clean rivers"]
    publisher.post("/studio/publish", data=fields(page) | {"yes": "yes"})
    assert (folder / "rivers.md").read_text() == FILE
    assert [version.files.text for version in Publisher(folder).versions("rivers")] == [FILE, CHANGED, FILE]


def test_the_table_is_published_with_the_file(publisher: FlaskClient, folder: Path) -> None:
    file = FILE.replace("subject:", "local_facts: rivers.csv\nsubject:").replace("Will", "{{ local.river }} Will")
    publish(publisher, file, facts="constituency,river\r\nChorley,Yarrow\r\n")
    assert (folder / "rivers.csv").read_text() == "constituency,river\nChorley,Yarrow\n"
    started = Html.of(publisher.get("/studio?start=rivers"))
    assert started.field("facts") == "constituency,river\nChorley,Yarrow\n"


def test_a_table_of_another_campaign_is_left_alone(publisher: FlaskClient, folder: Path) -> None:
    (folder / "rivers.csv").write_text("constituency,river\nChorley,Theirs\n")
    file = FILE.replace("subject:", "local_facts: rivers.csv\nsubject:").replace("Will", "{{ local.river }} Will")
    page = Html.of(publish(publisher, file, facts="constituency,river\nChorley,Yarrow\n"))
    assert page.status == 409
    assert "There is a table of that name already" in page.text
    assert page.field("file") == file
    assert "Theirs" in (folder / "rivers.csv").read_text()


def test_a_file_with_mistakes_is_not_published(publisher: FlaskClient, folder: Path) -> None:
    page = ask(publisher, FILE.replace("title", "titel"))
    assert page.status == 422
    assert "`" not in text(page.one("section[@id='problems']"))
    assert not (folder / "rivers.md").exists()


@pytest.mark.parametrize("slug", ["", "Rivers", "../rivers", "a b", "rivers.md"])
def test_a_campaign_needs_a_name_that_fits_an_address(publisher: FlaskClient, folder: Path, slug: str) -> None:
    before = sorted(folder.rglob("*"))
    page = ask(publisher, slug=slug)
    assert page.status == 422
    assert "Give the campaign a short name" in page.text
    assert page.field("file") == FILE
    assert sorted(folder.rglob("*")) == before


def test_says_so_where_somebody_else_published_meanwhile(publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    mine = fields(ask(publisher, CHANGED, base=Files(FILE).fingerprint))
    (folder / "rivers.md").write_text(FILE.replace("Clean", "Their"))
    page = Html.of(publisher.post("/studio/publish", data=mine | {"yes": "yes"}))
    assert page.status == 409
    assert "Somebody else has changed the campaign since." in page.text
    assert difference(page) == ["− title: Their rivers", "+ title: Cleaner rivers"]
    publisher.post("/studio/publish", data=fields(page) | {"yes": "yes"})
    texts = [version.files.text for version in Publisher(folder).versions("rivers")]
    assert texts == [CHANGED, FILE.replace("Clean", "Their"), FILE]


def test_says_so_where_the_name_is_taken(publisher: FlaskClient) -> None:
    assert "There is a campaign called “uyghurs” already." in ask(publisher, slug="uyghurs").text


def test_of_two_publishers_at_once_one_is_asked_again(app: Flask, publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    asked = []
    for n in range(4):
        other = app.test_client()
        log_in_with(other, PASSWORD)
        asked.append((other, fields(ask(other, FILE.replace("Clean", f"Rival {n}"), base=Files(FILE).fingerprint))))
    with ThreadPoolExecutor(4) as threads:
        sent = [threads.submit(other.post, "/studio/publish", data=data | {"yes": "yes"}) for other, data in asked]
        answers = [answer.result() for answer in sent]
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    won = next(n for n, answer in enumerate(answers) if answer.status_code == 303)
    assert f"Rival {won}" in (folder / "rivers.md").read_text()
    assert len(Publisher(folder).versions("rivers")) == 2


def test_a_folder_that_cannot_be_written_loses_nothing(
    publisher: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / ".versions").write_text("in the way")
    page = Html.of(publish(publisher))
    assert page.status == 500
    assert "could not be written on the server" in page.text
    assert page.field("file") == FILE
    assert str(folder) not in caplog.text


def test_whoever_is_not_logged_in_is_asked_to_and_loses_nothing(app: Flask, folder: Path) -> None:
    client = app.test_client()
    page = ask(client, view="paper")
    assert text(page.one("h1")) == "Log in to publish"
    page = Html.of(client.post("/studio/log-in", data=fields(page) | {"password": PASSWORD}))
    assert text(page.one("h1")) == "Publish “Clean rivers”?"
    assert (page.field("file"), page.field("slug")) == (FILE, "rivers")
    assert not (folder / "rivers.md").exists()


def test_a_wrong_password(app: Flask) -> None:
    response = log_in_with(app.test_client(), "wrong", file=FILE)
    page = Html.of(response)
    assert page.status == 403
    assert "That is not the password." in page.text
    assert page.field("file") == FILE
    assert page.field("password") == ""


def test_the_password_cannot_be_tried_for_ever(app: Flask) -> None:
    client = app.test_client()
    answers = [log_in_with(client, f"guess {n}", file=FILE) for n in range(7)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 900
    assert "Try again in 15 minutes." in Html.of(answers[-1]).text
    assert log_in_with(client, PASSWORD, file=FILE).status_code == 429
    assert len({answer.status_code for answer in answers}) == 2
    other = {"REMOTE_ADDR": "192.0.2.7"}
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    data = {"csrf_token": token, "password": PASSWORD}
    assert client.post("/studio/log-in", data=data, environ_base=other).status_code == 303


def test_whoever_knows_the_password_may_log_in_as_often_as_they_like(app: Flask) -> None:
    assert {log_in_with(app.test_client(), PASSWORD).status_code for _ in range(8)} == {303}


def test_one_comes_back_to_the_versions_after_logging_in(app: Flask) -> None:
    client = app.test_client()
    asked = Html.of(client.get("/studio/versions/uyghurs"))
    response = client.post("/studio/log-in", data=fields(asked) | {"password": PASSWORD})
    assert response.location == "/studio/versions/uyghurs"


def test_a_file_that_is_no_text_can_be_mended(publisher: FlaskClient, folder: Path) -> None:
    (folder / "latin.md").write_bytes(FILE.replace("Clean", "Caf\xe9").encode("latin-1"))
    started = Html.of(publisher.get("/studio?start=latin"))
    assert "Caf\N{REPLACEMENT CHARACTER} rivers" in started.field("file")
    response = publish(publisher, FILE, "latin", base=started.field("base"))
    assert response.status_code == 303
    assert publisher.get(response.location).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "20991231235959##0000", "##"])
def test_a_form_of_another_site_does_nothing(publisher: FlaskClient, app: Flask, folder: Path, token: str) -> None:
    sent = fields(ask(publisher)) | {"yes": "yes", "csrf_token": token}
    page = Html.of(publisher.post("/studio/publish", data=sent))
    assert page.status == 400
    assert not (folder / "rivers.md").exists()
    assert page.field("file") == FILE
    publisher.post("/studio/log-out", data={"csrf_token": token})
    assert "You are logged in." in publisher.get("/studio").text
    stranger = app.test_client(use_cookies=False)
    page = Html.of(stranger.post("/studio/log-in", data={"csrf_token": token, "password": PASSWORD}))
    assert "Your browser did not keep our cookie" in page.text
    stranger = app.test_client()
    assert stranger.post("/studio/log-in", data={"csrf_token": token, "password": PASSWORD}).status_code == 400
    assert "You are logged in." not in stranger.get("/studio").text


def test_the_session_ends_after_two_hours(publisher: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "You are logged in." in publisher.get("/studio").text
    later = time.time() + log_in.SESSION_LENGTH.total_seconds() + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert text(ask(publisher).one("h1")) == "Log in to publish"


def test_a_session_is_worth_nothing_with_another_password(
    publisher: FlaskClient, make_app: MakeApp, folder: Path
) -> None:
    cookie = publisher.get_cookie("studio", path="/studio")
    assert cookie is not None
    other = make_app(campaigns_dir=folder, studio_password=quickly_hashed("another four words here")).test_client()
    other.set_cookie("studio", cookie.value, path="/studio")
    assert "You are logged in." not in other.get("/studio").text


def test_logging_out(publisher: FlaskClient) -> None:
    token = Html.of(publisher.get("/studio")).field("csrf_token")
    publisher.post("/studio/log-out", data={"csrf_token": token})
    assert "You are logged in." not in publisher.get("/studio").text


@pytest.mark.parametrize(("host", "is_secure"), [("localhost", False), ("127.0.0.1:80", False), ("example.org", True)])
def test_the_cookie_is_the_studios_alone(app: Flask, host: str, is_secure: bool) -> None:
    client = app.test_client()
    assert "Set-Cookie" not in client.get("/studio", headers={"Host": host}).headers
    cookie = client.get("/studio/log-in", headers={"Host": host}).headers["Set-Cookie"]
    parts = set(cookie.split("; ")[1:])
    assert {"HttpOnly", "Path=/studio", "SameSite=Strict"} <= parts
    assert ("Secure" in parts) == is_secure
    assert "Set-Cookie" not in client.get("/c/uyghurs").headers


def test_the_password_is_nowhere_to_be_seen(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [log_in_with(app.test_client(), typed) for typed in (PASSWORD, "wrong")]
    assert all(PASSWORD not in answer.text and HASH not in answer.text for answer in answers)
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize("slug", ["../x", "Nothing", "a" * 99])
def test_versions_of_nothing(publisher: FlaskClient, slug: str) -> None:
    assert publisher.get(f"/studio/versions/{slug}").status_code == 404
    assert publisher.post(f"/studio/versions/{slug}", data={"version": "x"}).status_code == 404


def test_the_hash_survives_shells_and_fits_its_password_only() -> None:
    hash_of_it = hash_password(PASSWORD)
    assert "$" not in hash_of_it
    assert is_right_password(PASSWORD, hash_of_it)
    assert not is_right_password("", hash_of_it)
    assert not is_right_password(hash_of_it, hash_of_it)


def test_the_welsh_of_a_campaign_has_versions_of_its_own(publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    welsh = FILE.replace("Clean rivers", "Afonydd glân")
    page = ask(publisher, welsh, "rivers.cy")
    assert "It will be at http://localhost/cy/c/rivers, the Welsh of a campaign" in page.text
    response = publish(publisher, welsh, "rivers.cy")
    assert response.location == "/studio/versions/rivers.cy?published=yes"
    versions = Html.of(publisher.get(response.location))
    assert text(versions.one("h1")) == "Versions of “Afonydd glân”"
    changed = welsh.replace("glân", "glanach")
    assert difference(ask(publisher, changed, "rivers.cy", base=Files(welsh).fingerprint)) == [
        "− title: Afonydd glân",
        "+ title: Afonydd glanach",
    ]
    publish(publisher, changed, "rivers.cy", base=Files(welsh).fingerprint)
    kept = Publisher(folder)
    assert [version.files.text for version in kept.versions("rivers.cy")] == [changed, welsh]
    assert [version.files.text for version in kept.versions("rivers")] == [FILE]
    assert "Afonydd glanach" in publisher.get("/cy/c/rivers").text
    assert "Clean rivers" in publisher.get("/c/rivers").text
    started = Html.of(publisher.get("/studio?start=rivers.cy"))
    assert (started.field("slug"), started.field("file")) == ("rivers.cy", changed)


def test_a_welsh_file_needs_one_that_it_is_the_welsh_of(publisher: FlaskClient, folder: Path) -> None:
    page = ask(publisher, slug="lakes.cy")
    assert page.status == 422
    assert "this is the Welsh of lakes.md, which is not beside it" in page.text
    publish(publisher)
    page = ask(publisher, FILE.replace("title", "closes: 2099-12-24\ntitle"), "rivers.cy")
    assert page.status == 422
    assert "closes is not given in rivers.md, and must be the same here" in page.text
    assert not (folder / "rivers.cy.md").exists()


def test_before_its_welsh_no_longer_fits_the_publisher_is_told_so(publisher: FlaskClient, folder: Path) -> None:
    publish(publisher)
    publish(publisher, FILE.replace("Clean rivers", "Afonydd glân"), "rivers.cy")
    assert "does not fit" not in ask(publisher, CHANGED, base=Files(FILE).fingerprint).text
    asking = FILE.replace("subject:", "questions:\n  - id: why\n    label: Why?\nsubject:") + "{{ answers.why }}\n"
    page = ask(publisher, asking, base=Files(FILE).fingerprint)
    assert "the Welsh of it, rivers.cy.md, does not fit this file" in page.text
    assert "the question why of rivers.md is missing" in page.text
    assert publish(publisher, asking, base=Files(FILE).fingerprint).status_code == 303, "it is advice"
    checked = Html.of(publisher.post("/studio", data={"file": asking, "slug": "rivers"}))
    assert "the Welsh of it, rivers.cy.md, does not fit this file" in checked.text


def test_the_table_of_a_campaign_serves_its_welsh_too(publisher: FlaskClient, folder: Path) -> None:
    table = "constituency,river\nChorley,Yarrow\n"
    body = FILE.replace("Will", "{{ local.river }} Will")
    publish(publisher, body.replace("subject:", "local_facts: rivers.csv\nsubject:"), facts=table)
    assert publish(publisher, body, "rivers.cy").status_code == 303
    assert (folder / "rivers.csv").read_text() == table
    own = body.replace("subject:", "local_facts: rivers.csv\nsubject:")
    page = Html.of(publish(publisher, own, "rivers.cy", facts=table + "Barrow and Furness,Duddon\n"))
    assert page.status == 409
    assert (folder / "rivers.csv").read_text() == table


def test_whoever_logged_in_is_logged_in_to_the_studio_in_either_language(publisher: FlaskClient) -> None:
    assert "Rydych wedi mewngofnodi." in publisher.get("/cy/studio").text
    page = Html.of(publisher.post("/cy/studio/publish", data={"file": FILE, "slug": "rivers"}))
    assert text(page.one("h1")) == "Cyhoeddi “Clean rivers”?"
    response = publisher.post("/cy/studio/publish", data=fields(page) | {"yes": "yes"})
    assert response.location == "/cy/studio/versions/rivers?published=yes"
    token = Html.of(publisher.get("/cy/studio")).field("csrf_token")
    publisher.post("/cy/studio/log-out", data={"csrf_token": token})
    assert "You are logged in." not in publisher.get("/studio").text


def test_switching_language_publishes_nothing_and_keeps_the_draft(publisher: FlaskClient, folder: Path) -> None:
    page = ask(publisher)
    switch = page.one("nav/button[@form='difference'][@name='switched']")
    assert switch.get("formaction") == "/cy/studio"
    sent = fields(page) | {"switched": "cy"}
    assert Html.of(publisher.post("/cy/studio", data=sent)).field("file") == FILE
    assert not (folder / "rivers.md").exists()


def test_switching_language_where_one_logs_in(app: Flask) -> None:
    client = app.test_client()
    page = ask(client)
    assert page.one("nav/button[@form='log-in'][@name='switched']").get("formaction") == "/cy/studio"
    wrong = log_in_with(client, "a guess in the dark")
    assert Html.of(wrong).one("nav/a[@hreflang='cy']").get("href") == "/cy/studio/log-in"
    assert "a guess in the dark" not in wrong.text
    asked = Html.of(client.get("/studio/versions/rivers"))
    assert asked.one("nav/a[@hreflang='cy']").get("href") == "/cy/studio/versions/rivers"


def test_what_cannot_be_read_on_the_server_is_said_and_loses_nothing(
    publisher: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "rivers.md").mkdir()
    page = ask(publisher)
    assert page.status == 500
    assert "The campaign’s files could not be read on the server." in page.text
    assert page.field("file") == FILE
    assert str(folder) not in caplog.text


def test_nothing_is_published_where_a_link_leads(publisher: FlaskClient, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: A secret\nsubject: S\n---\nA secret\n")
    (folder / "rivers.md").symlink_to(secret)
    page = ask(publisher)
    assert page.status == 500
    assert "rivers.md is a link that leads out of the folder of campaigns" in page.text
    assert page.field("file") == FILE
    assert "A secret" not in page.text
    (folder / "rivers.md").unlink()
    elsewhere = tmp_path / "versions"
    elsewhere.mkdir()
    (folder / ".versions").symlink_to(elsewhere)
    page = Html.of(publish(publisher))
    assert page.status == 500
    assert "could not be written on the server" in page.text
    assert list(elsewhere.iterdir()) == []
    assert secret.read_text().startswith("---\ntitle: A secret")
