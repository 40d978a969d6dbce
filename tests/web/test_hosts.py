"""Which names a site answers to."""

import pytest
from flask.testing import FlaskClient

from tests.conftest import WRITER, MakeApp
from tests.web.test_journey import heading

NAMED = {"trusted_hosts": "write.example.org, .example.com"}


@pytest.fixture
def named(make_app: MakeApp) -> FlaskClient:
    return make_app(**NAMED).test_client()


@pytest.mark.parametrize("host", ["write.example.org", "WRITE.example.org:8443", "a.example.com", "localhost:8000"])
def test_names_of_the_site_are_answered(named: FlaskClient, host: str) -> None:
    assert named.get("/privacy", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "write.example.org.evil.example", "192.0.2.1", "a b", "[::2]", "@"])
@pytest.mark.parametrize("path", ["/", "/c/uyghurs", "/cy/privacy", "/static/style.css", "/nowhere", "/healthz"])
def test_other_names_are_refused(named: FlaskClient, host: str, path: str) -> None:
    refused = named.get(path, headers={"Host": host})
    assert refused.status_code == 400
    assert heading(refused) in ("That did not make sense", "Nid oedd hynny’n gwneud synnwyr")
    assert f"//{host}" not in refused.text
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


def test_a_letter_for_another_name_is_refused(named: FlaskClient) -> None:
    assert named.post("/c/uyghurs/letter", data=WRITER, headers={"Host": "evil.example"}).status_code == 400


def test_unless_told_a_site_has_any_name(client: FlaskClient) -> None:
    assert client.get("/c/uyghurs/share", headers={"Host": "any.example"}).status_code == 200
