"""What a campaign file's settings do on its pages, and what becomes of a file that breaks."""

import os
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.campaigns.linter.linter import check
from app.web.journey.forms import PostcodeForm
from app.web.journey.pages import campaign_page
from app.web.journey.posted import Posted
from tests.conftest import WRITER, MakeApp
from tests.page import Page
from tests.sharing import SAMPLE_CAMPAIGNS

PLACE = {"postcode": "SW1A 1AA"}
LETTER = ("write", "constituency", "by-hand", "letter", "follow-up", "letter.pdf", "letter.eml", "letter.txt")
CLOSED = [("coming", 403), ("ended", 410)]
FILE = """\
---
title: {title}
subject: Rivers
{settings}---
I live in {{{{ constituency.name }}}}. Will you ask? I look forward to your reply.
"""


@pytest.fixture
def visitor(make_app: MakeApp) -> FlaskClient:
    """A visitor of a site with the sample campaigns."""
    return make_app(campaigns_dir=SAMPLE_CAMPAIGNS).test_client()


class Folder:
    """A site's folder of campaigns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._time = 1_000_000_000

    def put(self, name: str, content: str | bytes) -> None:
        """Write a file, a second later than the one before."""
        path = self.path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self._time += 1_000_000_000
        os.utime(path, ns=(self._time, self._time))

    def put_campaign(self, name: str, *settings: str, title: str = "Rivers") -> None:
        """Write a campaign with some lines of settings."""
        self.put(f"{name}.md", FILE.format(title=title, settings="".join(f"{line}\n" for line in settings)))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def here(make_app: MakeApp, folder: Folder) -> FlaskClient:
    """A visitor of the site with that folder, which was empty at its start."""
    return make_app(campaigns_dir=folder.path).test_client()


# ---- Opening and closing


def test_before_it_opens_a_campaign_says_when(visitor: FlaskClient) -> None:
    response = visitor.get("/c/coming")
    assert response.status_code == 200
    assert "<h1>Libraries to come</h1>" in response.text
    assert "Opens on 1 June 2999</h2>" in response.text
    assert "Leave a day in <strong>June</strong> free" in response.text
    assert "Libraries are <strong>warm</strong>" in response.text
    assert Page(response.text).forms == []


def test_after_it_closed_a_campaign_says_so(visitor: FlaskClient) -> None:
    response = visitor.get("/c/ended")
    assert response.status_code == 200
    assert "Ended on 31 March 2020</h2>" in response.text
    assert "No more letters are taken here. Thank you to everybody who wrote." in response.text
    assert "The last bus goes at nine." in response.text
    assert '<a href="/">See what you can write about today</a>' in response.text
    assert "Share this campaign" not in response.text
    assert Page(response.text).forms == []


def main_part(page: str) -> str:
    """What stands between the masthead and the foot."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("slug", "status"), CLOSED)
@pytest.mark.parametrize("page", ["", *(f"/{page}" for page in LETTER)])
def test_a_campaign_that_is_not_open_takes_no_letters(visitor: FlaskClient, slug: str, status: int, page: str) -> None:
    response = visitor.post(f"/c/{slug}{page}", data=PLACE)
    assert response.status_code == status
    assert main_part(response.text) == main_part(visitor.get(f"/c/{slug}").text)


@pytest.mark.parametrize(("slug", "status"), CLOSED)
@pytest.mark.parametrize("data", [{}, {"postcode": "x"}, {**PLACE, "constituency": "3985"}, {**PLACE, "keep": "yes"}])
def test_a_place_alone_is_no_letter(visitor: FlaskClient, slug: str, status: int, data: dict[str, str]) -> None:
    assert visitor.post(f"/c/{slug}/write", data=data).status_code == status


@pytest.mark.parametrize("slug", [slug for slug, _ in CLOSED])
@pytest.mark.parametrize("page", LETTER)
def test_a_letter_in_hand_goes_on(visitor: FlaskClient, slug: str, page: str) -> None:
    answer = {"answer-bus": "The N5", "answer-library": "The N5"}
    response = visitor.post(f"/c/{slug}/{page}", data={**WRITER, **answer, "member": "5263"})
    assert response.status_code in (200, 409)
    assert response.mimetype == "application/pdf" or "The N5" in response.get_data(as_text=True)


def test_a_letter_in_hand_goes_on_by_every_page_between(visitor: FlaskClient) -> None:
    """Through the list of constituencies and the postcode, back to the letter, with all that was typed."""
    typed = {**WRITER, "answer-bus": "The N5", "member": "1"}
    page = Page(visitor.post("/c/ended/constituency", data=typed).text)
    form, button = page.buttons("/write", "constituency")[0]
    assert "The N5" in visitor.post(button.target, data=dict(form.sent_by(button))).text
    asked = Page(visitor.post("/c/ended", data=typed).text).form_that_shows("postcode")
    assert asked
    response = visitor.post(asked.target, data={**asked.fields, **PLACE})
    assert response.status_code == 200
    assert "The N5" in response.text


def test_a_form_of_the_write_page_goes_on_with_nothing_typed(visitor: FlaskClient) -> None:
    response = visitor.post("/c/ended/letter", data={**PLACE, "member": "1"})
    assert response.status_code == 422
    assert "Enter your full name" in response.text


# ---- The list of campaigns


def test_open_campaigns_are_listed_first_and_ended_ones_not(visitor: FlaskClient) -> None:
    text = visitor.get("/").text
    titles = re.findall(r'<a href="/c/([a-z]+)">', text)
    assert titles == ["afonydd", "bright", "coming"]
    assert text.index("Still to come") < text.index("Libraries to come")
    assert "Opens on 1 June 2999" in text


def test_what_comes_is_listed_by_its_day(here: FlaskClient, folder: Folder) -> None:
    for name, day in (("a", "2999-12-01"), ("b", "2999-01-01")):
        folder.put_campaign(name, f"opens: {day}")
    text = here.get("/").text
    assert re.findall(r'<a href="/c/([a-z])">', text) == ["b", "a"]
    assert "no campaign here" not in text


def test_the_only_open_campaign_is_shown_at_once(here: FlaskClient, folder: Folder) -> None:
    folder.put_campaign("one")
    folder.put_campaign("two", "closes: 2020-01-01")
    assert here.get("/").location == "/c/one"
    folder.put_campaign("three", "opens: 2999-01-01")
    assert here.get("/").status_code == 200


def test_with_ended_campaigns_only_there_is_none(here: FlaskClient, folder: Folder) -> None:
    folder.put_campaign("one", "closes: 2020-01-01")
    assert "There is no campaign here at the moment." in here.get("/").text
    assert "See what you can write about" not in here.get("/c/one").text


def test_health_lists_campaigns_whatever_their_day(visitor: FlaskClient) -> None:
    assert (visitor.get("/healthz").json or {})["campaigns"] == ["afonydd", "bright", "coming", "ended"]


# ---- Colour


def test_the_colour_is_in_a_stylesheet_whose_address_has_it(visitor: FlaskClient) -> None:
    for text in (visitor.get("/c/bright").text, visitor.post("/c/bright/write", data=WRITER).text):
        assert '<link rel="stylesheet" href="/colours/ffd21f.css">' in text
    response = visitor.get("/colours/ffd21f.css")
    assert response.mimetype == "text/css"
    assert response.text.count("--accent: #") == 2


def test_another_colour_has_another_address(here: FlaskClient, folder: Folder) -> None:
    """So that no browser shows the one before."""
    for accent in ("#0D5257", "#aa0000"):
        folder.put_campaign("one", f'accent: "{accent}"')
        assert f'href="/colours/{accent[1:].lower()}.css"' in here.get("/c/one").text


@pytest.mark.parametrize("name", ["red", "ffd21", "ffd21f0", "FFD21F", "12345;", "%0a12345", "..%2fx12"])
def test_what_is_no_colour_has_no_stylesheet(visitor: FlaskClient, name: str) -> None:
    assert visitor.get(f"/colours/{name}.css").status_code == 404


def test_a_campaign_without_a_colour_has_ours(visitor: FlaskClient) -> None:
    assert "/colours/" not in visitor.get("/c/afonydd").text


# ---- Logo


def test_the_logo_stands_for_the_organisation(visitor: FlaskClient) -> None:
    text = visitor.get("/c/bright").text
    assert '<img src="/c/bright/logo" alt="Bees for All">' in text
    assert '<p class="quiet">Bees for All</p>' not in text
    response = visitor.get("/c/bright/logo")
    assert response.data == (SAMPLE_CAMPAIGNS / "bees.png").read_bytes()
    assert response.mimetype == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_changed_logo_shows_at_once(here: FlaskClient, folder: Folder) -> None:
    folder.put_campaign("one", "logo: one.png")
    folder.put("one.png", b"\x89PNG\r\n\x1a\n1")
    first = here.get("/c/one/logo")
    again = {"If-None-Match": first.headers["ETag"]}
    assert here.get("/c/one/logo", headers=again).status_code == 304
    folder.put("one.png", b"\x89PNG\r\n\x1a\n2")
    assert here.get("/c/one/logo", headers=again).data.endswith(b"2")


@pytest.mark.parametrize("content", [None, b"<svg/>", b"\x89PNG\r\n\x1a\n".ljust(300_000)])
def test_without_a_sound_logo_the_page_has_none(here: FlaskClient, folder: Folder, content: bytes | None) -> None:
    if content is not None:
        folder.put("one.png", content)
    folder.put_campaign("one", "logo: one.png", "organisation: Rivers for All")
    text = here.get("/c/one").text
    assert Page(text).pictures == []
    assert '<p class="quiet">Rivers for All</p>' in text
    assert here.get("/c/one/logo").status_code == 404


@pytest.mark.parametrize("path", ["/c/one/logo", "/c/bright/logo/../ended.md", "/c/..%2fbright/logo", "/c/coming/logo"])
def test_no_other_file_is_a_logo(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_a_draft_that_has_not_been_published_shows_no_broken_picture(visitor: FlaskClient) -> None:
    draft = (SAMPLE_CAMPAIGNS / "bright.md").read_text()
    for slug, pictures in (("bright", ["/c/bright/logo"]), ("brighter", [])):
        with visitor.application.test_request_context():
            campaign, _ = check(slug, draft)
            assert campaign
            assert Page(campaign_page(campaign, PostcodeForm(), Posted()).get_data(as_text=True)).pictures == pictures


# ---- Imprint, privacy, language


def test_the_imprint_is_on_every_page(visitor: FlaskClient) -> None:
    imprint = "<p>Promoted by B. Keeper on behalf of Bees for All, both of 1 Example Street, Llanfair SW1A 1AA.</p>"
    for page in ("write", "letter", "constituency", "by-hand"):
        assert imprint in visitor.post(f"/c/bright/{page}", data=WRITER).text
    assert imprint in visitor.get("/c/bright").text
    assert "Promoted" not in visitor.get("/c/afonydd").text + visitor.get("/").text


def test_the_privacy_note_stands_beside_our_promise(visitor: FlaskClient) -> None:
    text = visitor.get("/c/bright").text
    assert "Dear MP keeps nothing about you, and tells Bees for All nothing." in text
    assert "We see how many people open this page, and nothing else." in text
    assert 'id="privacy"' in text
    later = visitor.post("/c/bright/letter", data=WRITER).text
    assert '<a href="/c/bright#privacy">What Bees for All says about privacy</a>' in later
    assert "privacy</a></p>" not in visitor.get("/c/coming").text


def test_a_campaigns_own_words_are_marked_as_welsh(visitor: FlaskClient) -> None:
    text = visitor.get("/c/afonydd").text
    assert '<html lang="en-GB">' in text
    assert '<h1 lang="cy">Afonydd glân</h1>' in text
    assert '<p class="lead" lang="cy">Gofynnwch' in text
    assert "Annwyl <span" in text
    assert ">eich AS</span>," in text
    assert '<div class="text" lang="cy">' in text
    later = visitor.post("/c/afonydd/write", data=WRITER).text
    assert '<label for="answer-afon" lang="cy">Pa afon ydych chi’n ei hadnabod?</label>' in later
    assert '<p class="quiet about-what" lang="cy">Afonydd glân</p>' in later
    assert ' lang="cy"' not in main_part(visitor.get("/c/bright").text)


def test_a_welsh_letter_comes_out_welsh_everywhere(visitor: FlaskClient) -> None:
    data = {**WRITER, "answer-afon": "Dysgais nofio yn afon Ogwen."}
    text = visitor.post("/c/afonydd/letter", data=data).text
    assert "Annwyl Rachel Blake," in text
    assert "Yn gywir," in text
    assert "Nothing stands out." in text
    plain = visitor.post("/c/afonydd/letter.txt", data=data).get_data(as_text=True)
    assert plain.startswith("At: rachel.blake.mp@parliament.uk\r\nPwnc: Carthion")
    assert "Dear" not in plain


# ---- Files that break


def test_a_file_that_breaks_goes_on_as_it_was(here: FlaskClient, folder: Folder) -> None:
    folder.put_campaign("one", title="First")
    assert "<h1>First</h1>" in here.get("/c/one").text
    folder.put_campaign("one", "titel: Rivers", title="Second")
    assert "<h1>First</h1>" in here.get("/c/one").text
    health = here.get("/healthz").json or {}
    assert health["status"] == "degraded"
    assert health["problems"] == [
        "one.md, line 4: `titel` is not a field; did you mean `title`? Visitors see the version before it."
    ]
    assert health["campaigns"] == ["one"]
    folder.put_campaign("one", title="Third time lucky")
    assert "<h1>Third time lucky</h1>" in here.get("/c/one").text
    assert (here.get("/healthz").json or {})["problems"] == []
    (folder.path / "one.md").unlink()
    assert here.get("/c/one").status_code == 404


def test_a_file_that_never_was_sound_is_left_out(here: FlaskClient, folder: Folder) -> None:
    folder.put_campaign("one", "titel: Rivers")
    assert here.get("/c/one").status_code == 404
    health = here.get("/healthz").json or {}
    assert health["status"] == "degraded"
    assert health["problems"] == [
        "one.md, line 4: `titel` is not a field; did you mean `title`? Visitors do not see it."
    ]


def test_advice_is_no_problem_of_the_sites(visitor: FlaskClient) -> None:
    """The one that ended comes with the advice that it has."""
    assert (visitor.get("/healthz").json or {})["status"] == "ok"


def test_a_table_that_breaks_leaves_the_campaign_as_it_was(here: FlaskClient, folder: Folder) -> None:
    sound = "constituency,river\nCities of London and Westminster,{}\n"
    folder.put("rivers.csv", sound.format("Thames"))
    body = "{{ local.river }}. Will you ask? I look forward to your reply."
    folder.put("one.md", f"---\ntitle: One\nsubject: S\nlocal_facts: rivers.csv\n---\n{body}\n")

    def river() -> str:
        found = re.search(r"(\w+)\. Will you ask", here.post("/c/one/write", data=WRITER).text)
        return found[1] if found else ""

    assert river() == "Thames"
    folder.put("rivers.csv", "place,river\nCities of London and Westminster,Fleet\n")
    assert river() == "Thames"
    (problem,) = (here.get("/healthz").json or {})["problems"]
    assert problem.startswith("one.md, line 4: ")
    assert problem.endswith("Visitors see the version before it.")
    folder.put("rivers.csv", sound.format("Tyburn"))
    assert river() == "Tyburn"
    (folder.path / "rivers.csv").unlink()
    assert river() == "Tyburn"
    assert (here.get("/healthz").json or {})["status"] == "degraded"
