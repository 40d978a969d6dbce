"""What hands a campaign over: page, frame, code to paste, QR code, poster and letters for a stall."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pdfplumber
import pytest
import segno
from flask.testing import FlaskClient
from pdfplumber.pdf import PDF

from app.campaigns.campaign import Campaign
from app.letters.paper import geometry
from app.letters.paper.kinds import Paper
from app.letters.paper.pdf_pool import PdfFailed, PdfPool, PdfPoolBusy
from app.mp.people import HOUSE_OF_COMMONS
from app.web.share.texts import Handout
from tests.conftest import MakeApp
from tests.page import Page
from tests.stand_in import StandIn
from tests.unit.letters.paper.corpus import MM, UYGHUR, patience

TITLE = """<b>Rivers"</b> & 'seas'"""
SUMMARY = "Ask your MP to stand up for the <i>river</i> near you."
HOST = "https://write.example.org"
LINK = f"{HOST}/c/rivers"
FILE = """---
title: "<b>Rivers\\"</b> & 'seas'"
subject: "Sewage in {{ constituency.name }}"
summary: Ask your MP to stand up for the <i>river</i> near you.
organisation: Rivers for All
imprint: Promoted by A. Example, 1 Example Street, London SW1A 1AA
local_facts: hospitals.csv
questions:
  - id: river
    label: Which river do you know, and how?
    required: true
    max_words: 50
  - id: change
    label: Have you seen it change?
    max_words: 1000
asks:
  - ask: Will you speak of it in the House?
  - for: speaker
    ask: Will you write to the minister about it?
  - for: abstaining
    ask: Will you write to the Secretary of State?
SETTINGS---
I live in {{ constituency.name }}, and my name is {{ sender.name }}.

{{ answers.river }}

{% if local.hospital %}
We swim near {{ local.hospital }}.
{% endif %}

{% if answers.change %}This is what I have seen: {{ answers.change }}. It must end.{% endif %}

{{ ask }} I look forward to your reply.
"""


@pytest.fixture(autouse=True, scope="module")
def _patient() -> Iterator[None]:
    with patience():
        yield


@pytest.fixture
def site(make_app: MakeApp, tmp_path: Path) -> FlaskClient:
    """A visitor of a site with one campaign, whose title is hostile."""
    return _site(make_app, tmp_path)


def _site(make_app: MakeApp, folder: Path, more: str = "", **changes: object) -> FlaskClient:
    (folder / "rivers.md").write_text(FILE.replace("SETTINGS", more), encoding="utf-8")
    (folder / "hospitals.csv").write_text("constituency,hospital\nChorley,Chorley and South Ribble Hospital\n")
    return make_app(campaigns_dir=folder, **changes).test_client()


class Fields(HTMLParser):
    """What stands in the fields of a page, by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "input" and "id" in has:
            self.texts[has["id"]] = has["value"]
        self._in = has.get("id", "") if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.texts[self._in] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""


def _fields(site: FlaskClient) -> dict[str, str]:
    return Fields(site.get("/c/rivers/share", base_url=HOST).text).texts


def test_texts_say_what_it_is_about_and_where(site: FlaskClient) -> None:
    fields = _fields(site)
    assert fields["link"] == LINK
    assert fields["message"].startswith(TITLE)
    assert fields["message"].endswith(LINK)
    for part in (TITLE, SUMMARY, "Rivers for All asks you to write to your MP", LINK):
        assert part in fields["newsletter"]


@pytest.mark.parametrize("path", ["/c/rivers", "/cy/c/rivers"])
@pytest.mark.parametrize(
    ("language", "link", "call"),
    [("en", LINK, "Write to your MP"), ("cy", f"{HOST}/cy/c/rivers", "Ysgrifennwch at eich AS")],
)
def test_what_is_passed_on_is_in_the_campaigns_language_whatever_the_pages(
    make_app: MakeApp, tmp_path: Path, path: str, language: str, link: str, call: str
) -> None:
    site = _site(make_app, tmp_path, f"language: {language}\n")
    page = site.get(f"{path}/share", base_url=HOST).text
    fields = Fields(page).texts
    assert fields["link"] == link
    assert all(link in fields[name] for name in ("message", "newsletter", "frame-code", "form-code"))
    assert all(call in fields[name] for name in ("message", "form-code"))
    marks = {attrs["id"]: attrs.get("lang") for tag, attrs in Tags(page).tags if tag == "textarea"}
    other = {"en": "en-GB", "cy": "cy"}[language] if path.startswith("/cy") != (language == "cy") else None
    assert (marks["message"], marks["newsletter"]) == (other, other)
    drawn = site.get(f"{path}/qr.svg", base_url=HOST).text
    (size,) = re.findall(r'viewBox="0 0 (\d+) \1"', drawn)
    assert _modules(drawn, int(size)) == _matrix(link)
    assert link.removeprefix("https://") in _opened(site, f"{path}/poster.pdf").pages[0].extract_text()


def test_nothing_tells_who_passed_it_on(site: FlaskClient) -> None:
    assert "?" not in "".join(re.findall(rf"{HOST}[^\s\"<]*", "\n".join(_fields(site).values())))


class Tags(HTMLParser):
    """The elements of a piece of HTML, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_code_of_the_frame_holds_title_and_addresses_whole(site: FlaskClient) -> None:
    (frame, is_frame), (script, is_script) = Tags(_fields(site)["frame-code"]).tags
    assert (frame, script) == ("iframe", "script")
    assert is_frame["src"] == f"{LINK}/embed"
    assert is_frame["title"] == f"{TITLE}: write to your MP"
    assert 300 < int(str(is_frame["height"])) < 600
    assert is_script["src"] == f"{HOST}/static/embed.js"
    with site.get("/static/embed.js") as answer:
        assert answer.status_code == 200


def test_the_postcode_box_is_a_plain_form_that_leads_to_the_letter(site: FlaskClient) -> None:
    code = _fields(site)["form-code"]
    made = Tags(code)
    assert [tag for tag, _ in made.tags] == ["form", "p", "strong", "p", "label", "input", "button"]
    assert TITLE in made.text
    form, field = made.tags[0][1], made.tags[5][1]
    assert form == {"method": "post", "action": f"{LINK}/write", "lang": "en-GB"}
    assert field == {"name": "postcode", "autocomplete": "postal-code"}
    page = site.post(str(form["action"]).removeprefix(HOST), data={"postcode": "SW1A 1AA"})
    assert Page(page.text).heading == "Write to Rachel Blake"


def test_says_how_to_name_a_site_where_none_is_named(make_app: MakeApp, tmp_path: Path) -> None:
    assert "First name your site" in _site(make_app, tmp_path).get("/c/rivers/share").text
    named = "frame_ancestors:\n  - https://www.example.org\n"
    text = _site(make_app, tmp_path, named).get("/c/rivers/share").text
    assert "First name your site" not in text
    assert "It can be shown on https://www.example.org." in text


@pytest.mark.parametrize(
    ("named", "ancestors"),
    [
        ("", "'self'"),
        ("frame_ancestors: [https://www.example.org/, 'http://localhost:81']\n", None),
    ],
)
def test_a_frame_is_shown_where_the_campaign_says(
    make_app: MakeApp, tmp_path: Path, named: str, ancestors: str | None
) -> None:
    site = _site(make_app, tmp_path, named)
    response = site.get("/c/rivers/embed")
    policy = _policy(response.headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == (ancestors or "'self' https://www.example.org http://localhost:81")
    assert policy["script-src"] == "'self'"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("page", ["", "/share", "/poster.pdf", "/nothing"])
def test_no_other_page_is_shown_in_a_frame(make_app: MakeApp, tmp_path: Path, page: str) -> None:
    site = _site(make_app, tmp_path, "frame_ancestors: [https://www.example.org]\n")
    site.get("/c/rivers/embed")
    response = site.get(f"/c/rivers{page}")
    policy = _policy(response.headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == "'none'"
    assert ("frame-src" in policy) == (page == "/share")


def _policy(header: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in header.split("; "))


def test_the_form_in_the_frame_leads_out_of_it(site: FlaskClient) -> None:
    text = site.get("/c/rivers/embed").text
    assert '<form method="post" action="/c/rivers/write" target="_top" novalidate>' in text
    assert "<a " not in text
    assert "Dear MP, which keeps nothing about you" in text


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("opens: 2999-01-01\n", "From 1 January 2999 you can write to your MP here."),
        ("closes: 2020-01-31\n", "This campaign ended on 31 January 2020."),
    ],
)
def test_a_frame_of_a_campaign_that_is_closed_says_so(make_app: MakeApp, tmp_path: Path, days: str, says: str) -> None:
    text = _site(make_app, tmp_path, days).get("/c/rivers/embed").text
    assert says in text
    assert "<form" not in text


@pytest.mark.parametrize("page", ["embed", "share", "qr.svg", "qr.png", "poster.pdf", "stall.pdf"])
def test_there_is_nothing_of_a_campaign_that_there_is_not(site: FlaskClient, page: str) -> None:
    assert site.get(f"/c/nothing/{page}").status_code == 404


def test_the_campaigns_page_leads_there(site: FlaskClient) -> None:
    assert '<a href="/c/rivers/share">Share this campaign</a>' in site.get("/c/rivers").text


# ---- QR code


def test_the_qr_code_is_of_the_address(site: FlaskClient) -> None:
    response = site.get("/c/rivers/qr.svg", base_url=HOST)
    assert response.mimetype == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in response.headers
    (size,) = re.findall(r'viewBox="0 0 (\d+) \1"', response.text)
    assert _modules(response.text, int(size)) == _matrix(LINK)


def test_the_qr_code_is_a_picture_too(site: FlaskClient) -> None:
    response = site.get("/c/rivers/qr.png", base_url=HOST)
    assert response.mimetype == "image/png"
    assert response.data.startswith(b"\x89PNG")


def _matrix(address: str) -> set[tuple[int, int]]:
    code = segno.make_qr(address, error="m")
    return {(x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark}


def _modules(svg: str, size: int) -> set[tuple[int, int]]:
    """Where the drawing is dark: its path moves (m, M) and draws rows (h)."""
    (path,) = re.findall(r'stroke="#000" d="([^"]*)"', svg)
    found, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            found |= {(int(x) + n, int(y)) for n in range(int(values[0]))}
            x += values[0]
    assert all(0 <= x < size and 0 <= y < size for x, y in found)
    return found


# ---- Poster


def _opened(site: FlaskClient, path: str) -> PDF:
    response = site.get(path, base_url=HOST)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in response.headers
    return pdfplumber.open(BytesIO(response.data))


def test_the_poster_has_everything_on_one_sheet(site: FlaskClient) -> None:
    pdf = _opened(site, "/c/rivers/poster.pdf")
    (page,) = pdf.pages
    text = " ".join(page.extract_text().split())
    for part in (TITLE, SUMMARY, "Rivers for All", "Write to your MP", "write.example.org/c/rivers", "Promoted by A."):
        assert part in text
    assert pdf.metadata["Title"] == TITLE
    dark = _matrix(LINK)
    code = [shape for shape in (*page.rects, *page.curves, *page.lines) if shape["x1"] < 105 * MM]
    assert len(code) > 10, "the QR code is drawn"
    assert dark
    assert {tuple(char["non_stroking_color"] or ()) for char in page.chars} <= {(0,), (0, 0, 0)}


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("W" * 200, "Short."),
        ("A title " * 24, "A sentence of the summary. " * 40),
        ("Against privatisation in Llanfairpwllgwyngyllgogerychwyrndrobwll", ""),
        (UYGHUR[:190], UYGHUR[:600]),
        ("停止污染我们的河流" * 20, "请写信给你的议员。" * 120),
    ],
)
def test_the_poster_takes_long_texts_in_any_script(make_app: MakeApp, tmp_path: Path, title: str, summary: str) -> None:
    title, summary = " ".join(title.split()), " ".join(summary.split())
    (tmp_path / "long.md").write_text(
        f"---\ntitle: >-\n  {title}\nsubject: S\nsummary: >-\n  {summary}\n---\nText\n", encoding="utf-8"
    )
    pdf = _opened(make_app(campaigns_dir=tmp_path).test_client(), "/c/long/poster.pdf")
    (page,) = pdf.pages
    shown = [char for char in page.chars if not char["text"].isspace()]
    assert min(char["x0"] for char in shown) >= 17 * MM
    assert max(char["x1"] for char in shown) <= 193 * MM
    assert max(char["bottom"] for char in shown) <= 280 * MM
    letters = "".join(char["text"] for char in shown)
    for text in (title, summary):
        if text.isascii() or "河" in title:
            assert "".join(text.split()) in letters


# ---- Letters for a stall


def _rules(pdf: PDF) -> list[tuple[float, ...]]:
    """Left, right and height of each rule of the first page, in millimetres, from the top."""
    # Each is drawn as what is between two boxes, which differ at the lower edge only.
    shapes = (*pdf.pages[0].rects, *pdf.pages[0].lines)
    edges = sorted((tuple(shape[side] / MM for side in ("x0", "x1", "bottom")) for shape in shapes), key=itemgetter(2))
    rules = [edge for edge, after in pairwise([*edges, (0, 0, 999)]) if edge[:2] != after[:2] or after[2] - edge[2] > 1]
    return [rule for rule in rules if rule[1] - rule[0] > 20]


def _lines_within(pdf: PDF, box: tuple[float, ...]) -> list[str]:
    left, top, right, bottom = (edge * MM for edge in box)
    return (pdf.pages[0].crop((left, top, right, bottom)).extract_text() or "").splitlines()


def test_without_a_constituency_the_members_name_is_left_open(site: FlaskClient) -> None:
    pdf = _opened(site, "/c/rivers/stall.pdf")
    text = pdf.pages[0].extract_text()
    assert _lines_within(pdf, geometry.ALWAYS_SEEN) == list(HOUSE_OF_COMMONS)
    left, top, right, bottom = geometry.ALWAYS_SEEN
    assert [rule for rule in _rules(pdf) if left <= rule[0] and rule[1] <= right and top + 6 < rule[2] < bottom]
    assert re.search(r"^Dear\s*,$", text, re.MULTILINE)
    assert "your MP" not in text
    assert "Will you speak of it in the House?" in text
    assert "hospital" not in text.lower()
    assert not re.search("[\ue000-\uf8ff]", text)


def test_for_a_constituency_it_is_to_its_member(site: FlaskClient) -> None:
    pdf = _opened(site, "/c/rivers/stall.pdf?constituency=3985")
    text = pdf.pages[0].extract_text()
    assert _lines_within(pdf, geometry.ALWAYS_SEEN)[1:] == list(HOUSE_OF_COMMONS)
    assert "Sewage in Chorley" in text
    assert "Dear Sir Lindsay," in text
    assert "I live in Chorley" in text
    assert "We swim near Chorley and South Ribble Hospital." in text
    assert "Will you write to the minister about it?" in text


def test_there_is_room_to_write_with_a_pen(site: FlaskClient) -> None:
    pdf = _opened(site, "/c/rivers/stall.pdf?constituency=3985")
    assert len(pdf.pages) == 1
    rules = _rules(pdf)
    sender = [top for left, right, top in rules if left >= geometry.SENDER_LEFT - 1 and right <= 191]
    assert len(sender) == 6, "name, three lines of address, postcode, date"
    answers = [top for left, right, top in rules if right - left > 150]
    assert len(answers) == 3 + 6
    for tops in (sender, answers):
        assert min(b - a for a, b in pairwise(tops)) >= 8
    words = {word["text"]: word["top"] / MM for word in pdf.pages[0].extract_words()}
    assert words["Which"] < answers[0] < answers[2] < words["seen:"] < answers[3]
    assert answers[-1] < words["sincerely,"]
    signed = [top for left, right, top in rules if top > words["sincerely,"]]
    assert len(signed) == 1
    assert signed[0] - words["sincerely,"] > 12


def test_nothing_but_the_address_shows_in_the_window(site: FlaskClient) -> None:
    pdf = _opened(site, "/c/rivers/stall.pdf?constituency=3985")
    assert _lines_within(pdf, geometry.MAY_BE_SEEN) == _lines_within(pdf, geometry.ALWAYS_SEEN)
    left, top, right, bottom = geometry.MAY_BE_SEEN
    assert not [rule for rule in _rules(pdf) if rule[0] < right and rule[1] > left and top < rule[2] < bottom]


def test_a_vacant_seats_letter_is_to_whoever_comes(make_app: MakeApp, stand_in: StandIn, tmp_path: Path) -> None:
    seat = stand_in.seat_of("DH1 5UL")
    seat.member = None
    site = _site(make_app, tmp_path, lookup="auto", parliament_api_url=stand_in.url)
    text = _opened(site, f"/c/rivers/stall.pdf?constituency={seat.id}").pages[0].extract_text()
    assert f"The Member of Parliament for\n{seat.name}" in text


def test_without_parliament_the_snapshot_says_who(make_app: MakeApp, tmp_path: Path) -> None:
    site = _site(make_app, tmp_path, lookup="auto")
    assert "I live in Chorley" in _opened(site, "/c/rivers/stall.pdf?constituency=3985").pages[0].extract_text()
    cut_off = _site(make_app, tmp_path, lookup="live").get("/c/rivers/stall.pdf?constituency=3985")
    assert cut_off.status_code == 503
    assert "print the letter without a constituency" in cut_off.text
    assert cut_off.headers["Retry-After"]


@pytest.mark.parametrize("number", ["1", "x", "-1", "٣", "9" * 100, "3985 "])
def test_there_is_no_letter_for_a_constituency_that_there_is_not(site: FlaskClient, number: str) -> None:
    response = site.get("/c/rivers/stall.pdf", query_string={"constituency": number})
    assert response.status_code == 404
    assert Page(response.text).heading == "Page not found"


def test_every_constituency_can_be_chosen(site: FlaskClient) -> None:
    text = site.get("/c/rivers/share").text
    assert '<option value="">Without one</option>' in text
    assert len(re.findall(r'<option value="\d+" translate="no">', text)) == 650


@pytest.mark.parametrize(("trouble", "status"), [(PdfPoolBusy, 503), (PdfFailed, 422)])
@pytest.mark.parametrize("paper", ["poster", "stall"])
def test_trouble_with_printing_is_told_plainly(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch, paper: str, trouble: type[Exception], status: int
) -> None:
    def fail(self: PdfPool, paper: Paper) -> bytes:
        raise trouble

    monkeypatch.setattr(PdfPool, "typeset", fail)
    response = site.get(f"/c/rivers/{paper}.pdf")
    assert response.status_code == status
    assert Page(response.text).heading
    assert ("Retry-After" in response.headers) == (status == 503)
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_frame_grows_by_whole_lines_of_the_title() -> None:
    def height(wide_letters: int) -> int:
        campaign = Campaign.model_validate({"slug": "x", "title": "m" * wide_letters, "subject": "S", "body": "Text"})
        return Handout(campaign, "", "").frame_height

    line = height(13) - height(12)
    assert line == 29
    assert [height(letters) - height(1) for letters in (12, 13, 24, 25)] == [0, line, line, 2 * line]
