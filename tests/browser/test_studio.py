"""The Studio in a real browser: live, by keyboard alone, without scripts, on a small screen, and as axe sees it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from app.web.studio.draft import VIEWS
from config import ROOT
from tests.browser.axe import contrast, looking, small_things, violations
from tests.publisher import HASH, PASSWORD

FILE = "---\ntitle: Rivers by keyboard\nsubject: Rivers\n---\nWill you write to the minister?\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "letter_templates", tmp_path / "campaigns"))


@pytest.fixture
def site(serve: Callable[..., str], folder: Path) -> str:
    return serve(campaigns_dir=folder, studio_password=HASH)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    page = context.new_page()
    page.goto(f"{site}/studio")
    return page


def change(page: Page, old: str, new: str) -> None:
    """Type something else into the file."""
    file = page.get_by_label("The campaign file")
    text = file.input_value()
    assert old in text
    file.fill(text.replace(old, new))


def test_what_comes_of_the_file_shows_as_one_types(page: Page) -> None:
    shown = page.locator("#shown")
    change(page, "Sewage in the rivers", "Foam in the brooks")
    expect(shown).to_contain_text("Foam in the brooks of Chorley")
    change(page, "constituency.name }}, and", "constituency.nam }}, and")
    expect(page.get_by_role("heading", name="1 mistake to mend")).to_be_visible()
    expect(page.locator("#studio-status")).to_have_text("1 mistake to mend")
    expect(shown).to_contain_text("There is nothing to show yet")
    change(page, "constituency.nam }}, and", "constituency.name }}, and")
    expect(shown).to_contain_text("Dear Sir Lindsay")


def test_a_problem_leads_to_its_place_in_the_file(page: Page) -> None:
    change(page, "constituency.name }}, and", "constituency.nam }}, and")
    page.locator("#problems a").click()
    file = page.get_by_label("The campaign file")
    expect(file).to_be_focused()
    selected = file.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected.startswith("constituency.nam }}, and")
    bottom = file.evaluate("field => field.scrollTop")
    assert bottom > 0  # scrolled to the letter, which is far below


def test_every_view_and_member(page: Page) -> None:
    shown = page.locator("#shown")
    page.get_by_label("On paper").check()
    expect(shown.get_by_role("img")).to_have_js_property("complete", True)
    assert shown.get_by_role("img").evaluate("picture => picture.naturalWidth") > 500
    page.get_by_label("The campaign’s page").check()
    inside = page.frame_locator("#shown iframe")
    expect(inside.get_by_role("heading", level=1)).to_have_text("Clean rivers")
    background = inside.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert background == "rgb(241, 238, 232)"  # the stylesheet is there
    page.get_by_label("The questions").check()
    page.get_by_label("To", exact=True).select_option("dame")
    expect(inside.get_by_role("heading", level=1)).to_contain_text("Write to Dame")


def test_what_was_typed_survives_reload_and_back(page: Page, site: str) -> None:
    change(page, "Clean rivers", "Rivers to be kept")
    page.reload()
    expect(page.get_by_label("The campaign file")).to_have_value(re.compile("Rivers to be kept"))
    page.goto(f"{site}/privacy")
    page.go_back()
    expect(page.get_by_label("The campaign file")).to_have_value(re.compile("Rivers to be kept"))


def test_another_file_takes_the_place_of_what_was_typed_only_when_told_to(page: Page) -> None:
    page.get_by_role("link", name="Start a new file").click()
    page.wait_for_url("**fresh=yes")
    change(page, "Clean rivers", "Rivers to be kept")
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", no)
    page.get_by_role("link", name="Start from “Your own letter”").click()
    assert asked == ["Open another file? Download this one first if you want to keep it."]
    expect(page.get_by_label("The campaign file")).to_have_value(re.compile("Rivers to be kept"))


# A million letters in the field itself would take the browser ten seconds to draw.
MAKE_LONGER = """() => {
    const more = Object.assign(document.createElement("input"), {type: "hidden", name: "more"});
    more.value = "x".repeat(1_200_000);
    document.getElementById("studio").append(more);
}"""


def test_says_so_where_the_file_cannot_be_checked(page: Page) -> None:
    page.context.set_offline(True)
    change(page, "Clean rivers", "Rivers")
    expect(page.get_by_text("The file could not be checked just now.")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate(MAKE_LONGER)
    change(page, "Rivers", "Clean rivers")
    expect(page.get_by_text("That is longer than any campaign")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of a name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().replace(/\\s+/g, ' ')"
        )
        if focused == name:
            return
    raise AssertionError(f"Tab never comes to “{name}”")


def test_from_a_file_to_a_published_campaign_by_keyboard_alone(page: Page, folder: Path) -> None:
    tab_to(page, "The campaign file")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(FILE)
    tab_to(page, "Short name")
    page.keyboard.type("rivers")
    tab_to(page, "The letter")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.frame_locator("#shown iframe").get_by_role("heading", level=1)).to_have_text("Rivers by keyboard")
    page.get_by_label("Short name").focus()
    tab_to(page, "Publish …")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in to publish")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish “Rivers by keyboard”?")
    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is published.")).to_be_visible()
    assert "Rivers by keyboard" in (folder / "rivers.md").read_text()


def test_without_scripts_by_button(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{site}/studio")
        change(page, "constituency.name }}, and", "constituency.nam }}, and")
        page.get_by_role("button", name="Check and show").click()
        page.locator("#problems a").click()
        expect(page.locator("li:target")).to_contain_text("constituency.nam }}, and")
        expect(page.locator("li:target")).to_be_in_viewport()
        change(page, "constituency.nam }}, and", "constituency.name }}, and")
        page.get_by_label("The questions").check()
        page.get_by_role("button", name="Show", exact=True).click()
        inside = page.frame_locator("#shown iframe")
        expect(inside.get_by_role("heading", level=1)).to_have_text("Write to Sir Lindsay Hoyle")


def expect_good(page: Page) -> None:
    """No finding of axe, nothing wider than the screen, and nothing too small to touch, by day and by night."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    expect_room(page)
    assert contrast(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme="dark")
    expect_room(page)
    assert violations(page) == []


def expect_room(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert small_things(page) == []


def test_axe_finds_nothing_in_what_changes_as_one_types(looked_at: Page, site: str) -> None:
    """Each view that comes with its page is among all the other pages."""
    page = looked_at
    page.goto(f"{site}/studio")
    for label in VIEWS.values():
        page.get_by_role("radio", name=label).check()
        expect(page.locator("#shown")).to_have_attribute("aria-label", label)
        expect_good(page)
    change(page, "I look forward to your reply.", "As a voter I have nothing more to say.")
    expect(page.get_by_role("heading", name="piece of advice")).to_be_visible()
    expect_good(page)
    change(page, "title:", "titel:")
    expect(page.get_by_role("heading", name="mistakes to mend")).to_be_visible()
    expect_good(page)


def test_in_welsh_it_speaks_welsh_as_one_types_and_takes_the_file_along(looked_at: Page, site: str) -> None:
    page = looked_at
    page.goto(f"{site}/cy/studio")
    expect_good(page)
    file = page.get_by_label("Ffeil yr ymgyrch")
    file.fill(file.input_value().replace("title:", "titel:"))
    expect(page.locator("#studio-status")).to_have_text("Camgymeriadau i’w cywiro: 2")
    expect(page.locator("#problems")).to_contain_text("mae title ar goll")
    expect_good(page)
    page.context.set_offline(True)
    file.fill(file.input_value().replace("titel:", "teitl:"))
    expect(page.get_by_text("Nid oedd modd gwirio’r ffeil")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Studio")
    expect(page.get_by_label("The campaign file")).to_have_value(re.compile("teitl:"))
    expect(page.get_by_role("heading", name="2 mistakes to mend")).to_be_visible()


def test_axe_finds_nothing_where_one_publishes(browser: Browser, site: str) -> None:
    with looking(browser) as context:
        page = context.new_page()
        page.goto(f"{site}/studio?start=uyghurs")
        page.get_by_role("button", name="Publish …").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in to publish")
        expect_good(page)
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_contain_text("That is not the password.")
        expect_good(page)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("button", name="Back to the file").click()
        change(page, "title: Stand with", "title: We stand with")
        page.get_by_role("button", name="Publish …").click()
        expect(page.locator("ins")).to_contain_text("We stand with")
        expect_good(page)
        page.get_by_role("button", name="Publish now").click()
        expect(page.get_by_text("It is published.")).to_be_visible()
        expect_good(page)
        page.get_by_role("button", name="Go back to this version …").click()
        expect(page.locator("del")).to_contain_text("We stand with")
        expect_good(page)
