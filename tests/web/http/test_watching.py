"""What those who look after a site can see of it, and that it is nothing of anybody."""

import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import NOWHERE, WRITER, MakeApp
from tests.stand_in import StandIn
from tests.web.journey.test_journey import post

TOKEN = "t0ken"
MAY = {"Authorization": f"Bearer {TOKEN}"}


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[object, ...]]:
    """Method, route, status and outcome of each request in the log."""
    requests = [record for record in caplog.records if record.name == "app.web.http.request_log"]
    assert all(record.__dict__["milliseconds"] >= 0 for record in requests)
    names = ("method", "route", "status", "outcome")
    return [tuple(record.__dict__[name] for name in names) for record in requests]


def test_a_line_for_each_request(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/c/uyghurs?postcode=SW1A+1AA")
    post(client, "write")
    post(client, "write", postcode="SW1A 9ZZ")
    post(client, "letter.txt")
    client.get("/nowhere/SW1A1AA")
    client.open("/", method="SW1A1AA")
    assert lines(caplog) == [
        ("GET", "journey.campaign", 200, ""),
        ("POST", "journey.write", 200, "Found, not of today"),
        ("POST", "journey.write", 404, "UnknownPostcode"),
        ("POST", "journey.download", 200, "Found, not of today"),
        ("GET", "none", 404, ""),
        ("other", "none", 405, ""),
    ]
    assert "SW1A" not in caplog.text


def test_an_answer_of_today_is_told_from_an_older_one(
    live_client: FlaskClient, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    post(live_client, "write")
    assert lines(caplog) == [("POST", "journey.write", 200, "Found")]


def test_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").json == {"status": "ready", "lacks": []}


def test_not_ready_without_a_campaign(make_app: MakeApp, tmp_path: Path) -> None:
    answer = make_app(campaigns_dir=tmp_path).test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "lacks": ["campaigns"]})


def test_ready_though_parliament_and_redis_are_not_there(make_app: MakeApp) -> None:
    app = make_app(lookup="auto", parliament_api_url=NOWHERE, redis_url="redis://127.0.0.1:9/0")
    assert app.test_client().get("/readyz").status_code == 200


def test_there_are_no_metrics_without_a_token(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u2603"])
def test_metrics_are_for_those_who_know_the_token(make_app: MakeApp, sent: str) -> None:
    client = make_app(metrics_token=TOKEN).test_client()
    assert client.get("/metrics", headers={"Authorization": sent} if sent else {}).status_code == 401


def test_metrics_count_pages_and_look_ups(make_app: MakeApp) -> None:
    client = make_app(metrics_token=TOKEN).test_client()

    def value(line: str) -> float:
        text = client.get("/metrics", headers=MAY).text
        return next((float(found.rpartition(" ")[2]) for found in text.splitlines() if found.startswith(line)), 0.0)

    pages = 'dear_mp_requests_total{method="POST",route="journey.write",status="200"}'
    cached_parliament = 'dear_mp_lookups_total{outcome="Found, not of today"}'
    before = value(pages), value(cached_parliament), value('dear_mp_request_seconds_count{route="journey.write"}')
    for _ in range(3):
        client.post("/c/uyghurs/write", data=WRITER)
    after = value(pages), value(cached_parliament), value('dear_mp_request_seconds_count{route="journey.write"}')
    assert [new - old for new, old in zip(after, before, strict=True)] == [3, 3, 3]
    text = client.get("/metrics", headers=MAY).text
    assert not [word for word in WRITER.values() if word in text]
