"""Addresses that only take forms, opened from a link or a bookmark: a page leads back to where the form is."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.page import Page

HEADINGS = {"": "You can’t open this page from a link", "/cy": "Ni allwch agor y dudalen hon o ddolen"}
ADVICE = {
    ("", "journey"): "Start again from the campaign.",
    ("/cy", "journey"): "Dechreuwch eto o’r ymgyrch.",
    ("", "studio"): "Go back to the Studio.",
    ("/cy", "studio"): "Ewch yn ôl i’r Stiwdio.",
}


def path_of(rule: Rule) -> str:
    """Return an address of a rule."""
    return rule.rule.replace("<slug>", "uyghurs").replace("<any(pdf, eml, txt, ics):kind>", "pdf")


def paths_that_refuse_get(app: Flask) -> set[str]:
    """Return an address of each route that takes forms and has no page of its own."""
    paths = {path_of(rule): set[str]() for rule in app.url_map.iter_rules()}
    for rule in app.url_map.iter_rules():
        paths[path_of(rule)] |= rule.methods or set()
    return {path for path, methods in paths.items() if "GET" not in methods}


@pytest.mark.parametrize("language", HEADINGS)
def test_each_leads_back_to_its_form(client: FlaskClient, language: str) -> None:
    paths = paths_that_refuse_get(client.application)
    assert {"/c/uyghurs/letter.pdf", "/c/uyghurs/write", "/studio/publish", "/studio/letter.pdf"} <= paths
    for path in sorted(paths):
        response = client.get(language + path)
        assert response.status_code == 405, path
        assert "POST" in response.headers["Allow"], path
        assert Page(response.text).heading == HEADINGS[language], path
        room, start = ("studio", "/studio") if path.startswith("/studio/") else ("journey", "/c/uyghurs")
        assert ADVICE[language, room] in response.text, path
        assert f'class="button" href="{language}{start}"' in response.text, path
        assert client.get(language + start).status_code == 200, path


@pytest.mark.parametrize(("method", "path"), [("POST", "/privacy"), ("GET", "/c//uyghurs/write")])
def test_others_have_neutral_advice(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert Page(response.text).heading == "That did not work"
    assert 'class="button" href="/"' in response.text
