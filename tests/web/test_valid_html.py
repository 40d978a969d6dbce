"""Valid HTML, by the checker of the W3C, in English and in Welsh."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.studio.draft import VIEWS
from config import ROOT
from tests.conftest import MakeApp
from tests.inspection import FOUND_GOOD
from tests.nu_html_checker import remarks
from tests.pages import PAGES
from tests.publisher import HASH, PASSWORD
from tests.web.html import Html

pytestmark = pytest.mark.system

FILE = "---\ntitle: Clean rivers\nsubject: Rivers\n---\nWill you write to the minister?\n"
LANGUAGES = {"English": "", "Welsh": "/cy"}


def of_supporters(sites: dict[str, Flask], prefix: str) -> Iterator[tuple[str, str]]:
    """Every page in every state."""
    for name, visit in PAGES.items():
        client = sites[visit.site].test_client()
        yield name, client.open(prefix + visit.path, method=visit.method, data=visit.data or None).text


def of_the_studio(client: FlaskClient, prefix: str) -> Iterator[tuple[str, str]]:
    """The Studio's pages, as somebody comes to them who publishes, and what they show within."""
    studio = f"{prefix}/studio"
    for view in VIEWS:
        html = client.post(studio, data={"file": FILE, "slug": "rivers", "view": view}).text
        yield f"studio, {view}", html
        for frame in Html(html).all("iframe"):
            yield f"studio, {view}, within", frame.get("srcdoc", "")
    yield "studio", client.get(studio).text
    yield "studio, mistakes", client.post(studio, data={"file": FILE.replace("title", "titel")}).text
    form = client.get(f"{studio}/log-in").text
    yield "log in", form
    token = Html(form).field("csrf_token")
    yield "wrong password", client.post(f"{studio}/log-in", data={"csrf_token": token, "password": "wrong"}).text
    client.post(f"{studio}/log-in", data={"csrf_token": token, "password": PASSWORD})
    asked = client.post(f"{studio}/publish", data={"file": FILE, "slug": "rivers"}).text
    yield "publish", asked
    token = Html(asked).field("csrf_token")
    client.post(f"{studio}/publish", data={"file": FILE, "slug": "rivers", "yes": "yes", "csrf_token": token})
    yield "versions", client.get(f"{studio}/versions/rivers").text


def pages(make_app: MakeApp, sites: dict[str, Flask], folder: Path) -> Iterator[tuple[str, str]]:
    """All of them, in each language."""
    for language, prefix in LANGUAGES.items():
        campaigns = shutil.copytree(ROOT / "letter_templates", folder / language)
        studio = make_app(campaigns_dir=campaigns, studio_password=HASH).test_client()
        for name, html in (*of_supporters(sites, prefix), *of_the_studio(studio, prefix)):
            yield f"{name} in {language}", html


def test_valid_html(make_app: MakeApp, sites: dict[str, Flask], tmp_path: Path) -> None:
    every = list(pages(make_app, sites, tmp_path))
    assert len(every) > 2 * len(PAGES)
    found = remarks(every, tmp_path)
    assert not found, "\n".join(found)
    FOUND_GOOD["in English and in Welsh by the Nu Html Checker"] += len(every)


def test_invalid_html_is_found(tmp_path: Path) -> None:
    start = '<!doctype html><html lang="en-GB"><title>A page</title>'
    bad = {
        "good": "<p>Text",
        "lost": "<p>Text</p></div>",
        "where none may be": "<p><button><a href='/'>Go</a></button>",
        "unknown": "<p><blink>Text</blink>",
        "label": "<pre aria-label='Text'>Text</pre>",
    }
    found = remarks([(name, start + html) for name, html in bad.items()], tmp_path)
    assert {remark.split(":")[0] for remark in found} == bad.keys() - {"good"}
