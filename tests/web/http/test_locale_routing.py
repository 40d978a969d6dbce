"""The language of a page: its address says which, links keep it, and the switch loses nothing."""

import re
from html import unescape
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.mp.people import folded
from tests.conftest import WRITER, MakeApp
from tests.pages import PAGES, Visit
from tests.web.html import Html, text

# Where the page is made anew in the other language, and so differs.
NEW_TEXTS = frozenset("subject body composed earlier earlier_subject earlier_base other member switched use".split())
POSTED = {name: visit for name, visit in PAGES.items() if visit.method == "POST" and "studio" not in visit.path}


def fields(form: Element, page: Html) -> dict[str, str]:
    """What a form would send, without a button."""
    inside = [element for element in form.iter() if element.tag in ("input", "textarea") and element.get("name")]
    return {str(element.get("name")): page.value(element) for element in inside}


def values(page: Html, name: str) -> set[str]:
    """What stands in the fields of a name."""
    return {page.value(element) for tag in ("input", "textarea") for element in page.all(f"{tag}[@name='{name}']")}


def switched(client: FlaskClient, page: Html) -> Html:
    """The page that the masthead's switch leads to."""
    button = page.all("header//button")[-1]  # the one before it, out of sight, is for the Enter key
    if button.get("form"):
        form = page.one(f"form[@id='{button.get('form')}']")
        data = fields(form, page) | {str(button.get("name")): str(button.get("value"))}
        return Html.of(client.post(str(button.get("formaction")), data=data))
    form = page.one("header//form")
    return Html.of(client.post(str(form.get("action")), data=fields(form, page)))


@pytest.mark.parametrize("visit", POSTED.values(), ids=POSTED)
def test_the_switch_leads_to_the_same_page_and_loses_nothing(sites: dict[str, Flask], visit: Visit) -> None:
    client = sites[visit.site].test_client()
    english = Html.of(client.post(visit.path, data=visit.data))
    if not english.all("header//button"):  # an error: there is nothing to take along
        return
    welsh = switched(client, english)
    assert welsh.root.get("lang") == "cy"
    there = Html.of(client.post(f"/cy{visit.path}", data=visit.data))
    # A page that asked for what is missing need not scold anew, and a changed letter leads to the choice between two.
    assert text(welsh.one("h1")) == text(there.one("h1")) or "body" in visit.data
    for name in english.names() & welsh.names() - NEW_TEXTS:
        assert values(welsh, name) == values(english, name), name
    typed = {name: value for name, value in visit.data.items() if name not in NEW_TEXTS}
    assert typed.keys() <= welsh.names() | {
        "first_sent",
        "keep",
        "copy_to",
        "constituency",
        "mp_name",
        "mp_constituency",
    }


def test_pages_in_welsh_are_under_their_own_path(client: FlaskClient) -> None:
    for path in ("/cy", "/cy/", "/cy/c/uyghurs"):
        page = client.get(path, follow_redirects=True)
        assert '<html lang="cy">' in page.text
        assert 'href="/cy/privacy"' in page.text
    assert '<html lang="en-GB">' in client.get("/c/uyghurs").text
    assert client.get("/cyc/uyghurs").status_code == 404
    assert client.get("/cy/cy/c/uyghurs").status_code == 404


def test_a_page_names_the_same_page_in_the_other_language(client: FlaskClient) -> None:
    english, welsh = (Html.of(client.get(path)) for path in ("/c/uyghurs", "/cy/c/uyghurs"))
    _, alternate = english.all("link[@rel='alternate']")
    assert (alternate.get("hreflang"), alternate.get("href")) == ("cy", "http://localhost/cy/c/uyghurs")
    _, alternate = welsh.all("link[@rel='alternate']")
    assert (alternate.get("hreflang"), alternate.get("href")) == ("en-GB", "http://localhost/c/uyghurs")


def test_a_link_keeps_what_was_asked(client: FlaskClient) -> None:
    page = Html.of(client.get("/nowhere%20à?x=1&y=%26"))
    (link,) = page.all("header//nav/a")
    assert link.get("href") == "/cy/nowhere%20%C3%A0?x=1&y=%26"


def test_below_a_path_of_a_proxys_own(client: FlaskClient) -> None:
    page = client.get("/cy/c/uyghurs", environ_overrides={"SCRIPT_NAME": "/letters"}).text
    assert 'href="/letters/cy/privacy"' in page
    assert re.search(r'href="/letters/static/[0-9a-f]{12}/style\.css"', page)
    assert 'formaction="/letters/c/uyghurs"' in page


def test_a_campaign_in_both_languages(client: FlaskClient) -> None:
    english, welsh = (client.get(path).text for path in ("/c/uyghurs", "/cy/c/uyghurs"))
    assert "Stand with the Uyghurs" in english
    assert "Stand with the Uyghurs" not in welsh
    assert 'lang="en-GB"' not in welsh.partition("<main")[2], "all of it is in Welsh"


def test_a_campaign_in_english_alone_says_so_on_welsh_pages(make_app: MakeApp, tmp_path: object) -> None:
    visitor = make_app(campaigns_dir="tests/campaigns").test_client()
    page = visitor.get("/cy/c/bright").text
    assert "Yn Saesneg y mae’r llythyr." in page
    assert '<h1 lang="en-GB">' in page
    assert '<div class="text" lang="en-GB">' in page
    assert "Yn Gymraeg" not in visitor.get("/cy/c/afonydd").text
    assert "The letter is in Welsh." in visitor.get("/c/afonydd").text


def test_seats_and_parties_have_their_welsh_names(client: FlaskClient) -> None:
    data = WRITER | {"postcode": "CF10 1EP"}
    assert "<strong>Cardiff South and Penarth</strong>" in client.post("/c/uyghurs/write", data=data).text
    page = client.post("/cy/c/uyghurs/write", data=data).text
    assert "<strong>De Caerdydd a Phenarth</strong>" in page
    assert "Llafur" in page
    letter = Html.of(client.post("/cy/c/uyghurs/letter", data=data))
    assert "De Caerdydd a Phenarth" in letter.field("body")


def test_an_unchanged_letter_becomes_the_other_languages(client: FlaskClient) -> None:
    english = Html.of(client.post("/c/uyghurs/letter", data=WRITER))
    welsh = switched(client, english)
    assert english.field("body").startswith("Dear ")
    assert welsh.field("body").startswith("Annwyl ")
    assert WRITER["answer-connection"] in welsh.field("body")
    assert switched(client, welsh).field("body") == english.field("body")


def test_the_switch_does_not_scold_for_what_is_not_typed_yet(client: FlaskClient) -> None:
    asked = Html.of(client.post("/c/uyghurs/follow-up", data=WRITER))
    assert "Gwall" not in switched(client, asked).text
    by_hand = Html.of(client.post("/c/uyghurs/by-hand", data=WRITER))
    assert "Gwall" not in switched(client, by_hand).text


@pytest.mark.parametrize("kind", ["txt", "eml"])
def test_a_letter_as_a_file_is_welsh_throughout(client: FlaskClient, kind: str) -> None:
    file = client.post(f"/cy/c/uyghurs/letter.{kind}", data=WRITER)
    assert file.status_code == 200
    assert kind == "eml" or file.text.startswith("At: ")
    assert kind == "eml" or "\r\nPwnc: " in file.text


def test_the_reminder_is_welsh(client: FlaskClient) -> None:
    file = unescape(client.post("/cy/c/uyghurs/letter.ics", data=WRITER).text)
    assert "Has Rachel Blake" not in file
    assert "/cy/c/uyghurs" in file.replace("\r\n ", "")


def test_the_list_is_in_the_order_of_each_language(client: FlaskClient) -> None:
    names = {}
    for path in ("/c/uyghurs/constituency", "/cy/c/uyghurs/constituency"):
        page = Html.of(client.post(path, data=WRITER))
        *_, all_seats = page.all("div[@id='seats']//section")
        names[path] = [str(button.text).strip() for button in all_seats.iter("button")]
        assert len(names[path]) == 650
        assert names[path] == sorted(names[path], key=folded)
    english, welsh = names.values()
    assert "Cardiff North" in english
    assert "Gogledd Caerdydd" in welsh
    page = Html.of(client.post("/cy/c/uyghurs/constituency", data=WRITER))
    assert page.all("li[@data-also='Cardiff North']"), "who looks for it by its English name finds it too"
