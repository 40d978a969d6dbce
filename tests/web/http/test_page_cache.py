"""The Studio's first page is made once for all who ask for it, and never for somebody else than it is meant for."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.mp.snapshot.snapshot import LatestSnapshot, Snapshot
from app.web.http.page_cache import PageCache
from tests.conftest import EMPTY_FOLDER, MakeApp
from tests.publisher import HASH, PASSWORD
from tests.stand_in import StandIn
from tests.web.html import Html, text

FEW = {"rate_limits": "3/2"}
KEPT = ("/studio", "/studio?start=uyghurs", "/studio?fresh=yes", "/cy/studio?start=uyghurs")


@pytest.fixture
def app(make_app: MakeApp, folder: Path) -> Flask:
    return make_app(campaigns_dir=folder, studio_password=HASH, **FEW)


def get(app: Flask, path: str, address: str = "192.0.2.1", **headers: str) -> TestResponse:
    return app.test_client().get(path, headers=headers, environ_base={"REMOTE_ADDR": address})


def logged_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    client.post("/studio/log-in", data={"csrf_token": token, "password": PASSWORD})
    return client


@pytest.mark.parametrize("path", KEPT)
def test_a_page_that_is_kept_is_the_same_and_is_not_counted(app: Flask, path: str) -> None:
    answers = [get(app, path) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {200}
    first, *others = answers
    for answer in others:
        assert answer.text == first.text
        assert dict(answer.headers) == dict(first.headers)
    assert "img-src 'self' data:" in first.headers["Content-Security-Policy"]
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path", ["/studio?start=none", "/studio?start=uyghurs&x={}", "/studio?x={}", "/studio?start=&x"]
)
def test_one_that_has_to_be_made_each_time_is_counted(app: Flask, path: str) -> None:
    statuses = [get(app, path.format(n)).status_code for n in range(4)]
    assert statuses[2:] == [429, 429]
    assert 429 not in statuses[:2]
    assert get(app, path.format(5), "198.51.100.1").status_code != 429


def test_it_is_made_again_when_what_it_is_made_of_changes(app: Flask, folder: Path) -> None:
    def title() -> str:
        page = Html.of(get(app, "/studio?start=uyghurs", address=next(addresses)))
        return next(line for line in page.field("file").splitlines() if line.startswith("title:"))

    addresses = (f"192.0.2.{n}" for n in range(9))
    path = folder / "uyghurs.md"
    assert title() == "title: Stand with the Uyghurs"
    path.write_text(path.read_text().replace("title: Stand", "title: Remain"))
    assert title() == "title: Remain with the Uyghurs"
    (folder / "rivers.md").write_text("---\ntitle: Clean rivers\nsubject: S\n---\nText\n")
    assert "Start from “Clean rivers”" in get(app, "/studio?start=uyghurs", "192.0.2.20").text
    path.unlink()
    assert get(app, "/studio?start=uyghurs", "192.0.2.21").status_code == 404


def test_it_is_made_again_for_new_members(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first = get(app, "/studio").text
    house = app.extensions["services"].house
    latest = LatestSnapshot(EMPTY_FOLDER)
    fewer = Snapshot(latest.get().index, None)
    monkeypatch.setattr(house, "latest_snapshot", lambda: fewer)
    assert get(app, "/studio").text != first
    monkeypatch.undo()
    assert get(app, "/studio").text == first


def test_a_publishers_page_is_their_own(app: Flask) -> None:
    others = get(app, "/studio").text
    publisher = logged_in(app)
    own = publisher.get("/studio").text
    assert "You are logged in." in own
    assert "csrf_token" in own
    assert get(app, "/studio").text == others
    assert "csrf_token" not in others
    assert "Cookie" in get(app, "/studio").headers["Vary"]


def test_it_is_made_for_the_name_that_the_site_was_asked_by(app: Flask) -> None:
    assert get(app, "/studio?start=uyghurs", Host="one.example").status_code == 200
    assert "one.example" not in get(app, "/studio?start=uyghurs", Host="other.example").text


def test_no_more_are_kept_than_fit() -> None:
    pages = PageCache()
    for n in range(1_000):
        pages.put(n, b"page")
    assert sum(pages.get(n) is not None for n in range(1_000)) == 64
    assert pages.get(999) == b"page"


def test_portraits_that_are_remembered_are_not_counted(make_app: MakeApp, stand_in: StandIn) -> None:
    app = make_app(lookup="auto", parliament_api_url=stand_in.url, **FEW)
    seats = [seat for seat in app.extensions["services"].house.latest_snapshot().seats if seat.member]
    known = [seat for seat in seats if seat.member.id in stand_in.portraits]
    paths = [f"/portrait/{seat.constituency.id}/{seat.member.id}" for seat in known][:6]
    assert [get(app, path).status_code for path in [paths[0]] * 10] == [200] * 10
    assert [get(app, path).status_code for path in paths[1:]] == [200, 200, 429, 429, 429]
    assert get(app, paths[0]).status_code == 200
    refused = get(app, paths[-1])
    assert (refused.mimetype, refused.text) == ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert get(app, paths[-1], "198.51.100.1").status_code == 200
    asked_before = len(stand_in.calls)
    assert {get(app, path).status_code for path in paths[3:5]} == {429}
    assert len(stand_in.calls) == asked_before, "Parliament is not asked for those who are refused"


def test_portraits_of_nobody_are_counted(make_app: MakeApp, stand_in: StandIn) -> None:
    app = make_app(lookup="auto", parliament_api_url=stand_in.url, **FEW)
    answers = [get(app, f"/portrait/3985/{n}") for n in range(1, 7)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3


def test_without_parliament_portraits_cost_nothing(make_app: MakeApp) -> None:
    app = make_app(**FEW)
    assert {get(app, f"/portrait/3985/{n}").status_code for n in range(9)} == {200}


def test_a_pdf_that_is_refused_leads_back_to_it(make_app: MakeApp) -> None:
    app = make_app(**FEW)
    answers = [get(app, "/c/uyghurs/poster.pdf") for _ in range(3)]
    page = Html.of(answers[-1])
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert text(page.one("h1")) == "Too many requests at once"
    assert page.one("a[@class='button']").get("href") == "/c/uyghurs/poster.pdf"
    checked = app.test_client().post("/studio", data={"file": "My draft"}, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert checked.status_code == 429
    assert Html.of(checked).field("file") == "My draft"


def test_a_link_out_of_the_folder_cannot_be_started_from(app: Flask, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: A secret\nsubject: A secret\n---\nA secret\n")
    (folder / "secret.md").symlink_to(tmp_path / "secret.md")
    (folder / "your-own-letter.md").rename(tmp_path / "own.md")
    (folder / "your-own-letter.md").symlink_to(tmp_path / "own.md")
    publisher = logged_in(app)
    for name in ("secret", "your-own-letter"):
        for client in (publisher, app.test_client()):
            page = client.get(f"/studio?start={name}", environ_base={"REMOTE_ADDR": f"192.0.2.{len(name)}"})
            assert page.status_code == 404
            assert "A secret" not in page.text
            says = f"{name}.md is a link that leads out of the folder of campaigns: put the file itself there."
            assert (says in Html.of(page).text) == (client is publisher)
    versions = Html.of(publisher.get("/studio/versions/secret"))
    assert versions.status == 500
    assert "secret.md is a link that leads out of the folder of campaigns" in versions.text
    assert "A secret" not in versions.text
