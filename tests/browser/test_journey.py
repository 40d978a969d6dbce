"""The journey in a real browser, with and without scripts."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from tests.browser.arrival import fill, follow, press
from tests.browser.conftest import with_and_without_scripts
from tests.conftest import NOWHERE
from tests.stand_in import StandIn

Serve = Callable[..., str]


@pytest.fixture
def site(serve: Serve, stand_in: StandIn) -> str:
    return serve(lookup="auto", parliament_api_url=stand_in.url)


def find_mp(page: Page, site: str, postcode: str) -> None:
    """From the campaign's page to the MP's."""
    page.goto(f"{site}/c/uyghurs")
    page.get_by_label("Your postcode").fill(postcode)
    press(page, "Find my MP")


def fill_in(page: Page) -> None:
    """What the writer is asked for."""
    fill(
        page,
        {
            "What connects you to this?": "My neighbour waits for news.",
            "Full name": "Siân Example",
            "Address line 1": "12 Example Street",
            "Town or city": "Llanfair",
        },
    )


def write(page: Page, site: str, postcode: str = "sw1a1aa") -> None:
    """From the campaign's page to the letter."""
    find_mp(page, site, postcode)
    fill_in(page)
    press(page, "See my letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your letter to Rachel Blake")


@with_and_without_scripts
def test_from_postcode_to_pdf(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    write(page, site)
    letter = page.get_by_label("Letter", exact=True)
    letter.fill(letter.input_value().replace("My neighbour", "My neighbour’s sister"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the PDF").click()
    with pdfplumber.open(BytesIO(Path(download.value.path()).read_bytes())) as pdf:
        text = pdf.pages[0].extract_text()
    assert "My neighbour’s sister waits for news." in text
    assert "Rachel Blake MP\nHouse of Commons\nLONDON\nSW1A 0AA" in text


def test_the_letter_fills_itself_in_while_one_types(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    sheet = page.get_by_role("region", name="Your letter so far")
    expect(sheet).to_contain_text("Rachel Blake MP")
    page.get_by_label("Full name").fill("Siân <b>Example</b>")
    page.get_by_label("What connects you to this?").fill("I remember.")
    expect(sheet).to_contain_text("Siân <b>Example</b>")
    expect(sheet).to_contain_text("I remember.")
    page.get_by_label("Full name").fill("")
    expect(sheet.locator(".sender")).to_contain_text("Your name")


@pytest.mark.parametrize(("scripts", "language", "other"), [(True, "", "/cy"), (False, "/cy", "")])
def test_parliament_is_asked_about_a_postcode_once(
    page: Page, site: str, stand_in: StandIn, language: str, other: str
) -> None:
    page.goto(f"{site}{language}/c/uyghurs")
    page.locator("#postcode").fill("SW1A 1AA")
    follow(page.locator("#start button[data-busy]"))
    for name in ("answer-connection", "name", "address_line_1", "town"):
        page.locator(f"#{name}").fill("Llanfair")
    follow(page.locator("button[name=switched]"))
    assert page.url == f"{site}{other}/c/uyghurs/write"
    follow(page.locator("#write button[data-busy]"))
    page.go_back()
    page.locator("#write").wait_for()
    page.go_forward()
    page.locator("#letter").wait_for()
    with page.expect_download():
        page.locator("button[formaction$='letter.pdf']").click()
    follow(page.locator("button[formaction$='/follow-up']"))
    expect(page.locator("#follow-up")).to_be_visible()
    assert "place" not in page.url
    assert stand_in.calls.count("/api/Location/Constituency/Search") == 1


@with_and_without_scripts
def test_a_mistake_takes_the_focus_and_leads_to_its_field(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Your postcode")).to_be_focused()
    expect(page.get_by_label("Your postcode")).to_have_value("SW1A")


@with_and_without_scripts
def test_choosing_the_other_side_of_a_boundary_keeps_what_was_typed(page: Page, serve: Serve) -> None:
    find_mp(page, serve(lookup="snapshot"), "NW3 2AY")
    page.get_by_label("What connects you to this?").fill("My neighbour waits for news.")
    press(page, "Hampstead and Highgate")
    expect(page.get_by_text("MP for")).to_contain_text("Hampstead and Highgate")
    expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")


@with_and_without_scripts
def test_another_constituency_from_the_list_keeps_what_was_typed(page: Page, site: str, scripts: bool) -> None:
    find_mp(page, site, "SW1A 1AA")
    page.get_by_label("What connects you to this?").fill("My neighbour waits for news.")
    press(page, "Not your constituency?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which constituency do you live in?")
    expect(page.get_by_label("Find it by its name")).to_be_visible(visible=scripts)
    if scripts:
        page.get_by_label("Find it by its name").fill("ynys mon")
        expect(page.get_by_role("status")).to_have_text("One constituency")
    press(page, "Ynys Môn")
    expect(page.get_by_text("MP for")).to_contain_text("Ynys Môn")
    expect(page.get_by_text("You chose Ynys Môn")).to_be_visible()
    expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")


def test_the_list_shows_what_fits_the_words_typed(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    press(page, "Not your constituency?")
    choices = page.locator("#seats button")
    expect(choices.locator("visible=true")).to_have_count(651)
    words = page.get_by_label("Find it by its name")
    for typed, names in {
        "westmin cities": ["Cities of London and Westminster"] * 2,
        "na h-eil": ["Na h-Eileanan an Iar"],
        "HOYLE": ["Chorley"],
        "starm": ["Holborn and St Pancras"],
    }.items():
        words.fill(typed)
        expect(choices.locator("visible=true")).to_contain_text(names)
    words.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which constituency do you live in?")
    words.fill("xyzzy")
    expect(page.get_by_role("status")).to_have_text("None is called that")
    expect(page.get_by_role("button", name="Write your MP’s name yourself")).to_be_visible()


@with_and_without_scripts
def test_the_name_by_hand(page: Page, serve: Serve) -> None:
    find_mp(page, serve(lookup="live", parliament_api_url=NOWHERE), "SW1A 1AA")
    expect(page.get_by_role("heading", level=1)).to_have_text("Parliament’s service does not answer")
    press(page, "Write your MP’s name yourself")
    page.get_by_label("Your MP’s name").fill("Rt Hon Jane Example MP")
    page.get_by_label("Your constituency").fill("Chorley")
    page.get_by_label("Your constituency").press("Enter")
    fill_in(page)
    press(page, "See my letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your letter to Jane Example")
    expect(page.get_by_label("Letter", exact=True)).to_have_value(re.compile("^Dear Jane Example,"))


def test_the_portrait_is_shown(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    picture = page.locator(".portrait img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_nothing_is_asked_of_anybody_else(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    write(page, site)
    assert asked
    assert all(url.startswith(site) for url in asked)
