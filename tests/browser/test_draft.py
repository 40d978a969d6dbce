"""A draft on this device: kept for whoever asks for it, and wiped without a trace."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.arrival import press
from tests.browser.test_nothing_lost import (
    ANOTHER_REASON,
    CONNECTION,
    LAST_LINE,
    MY_LAST_LINE,
    WRITTEN,
    by_the_browser,
    come_to_letter,
    come_to_write,
    edit,
    expect_fields,
    is_at,
    letter,
    see_letter,
)

KEEP = "Keep a draft on this device"
STORED = "[localStorage.length, sessionStorage.length]"
FOUND = "You kept a draft on this device"


def keep(page: Page) -> None:
    """Ask for a draft."""
    page.get_by_role("button", name=KEEP).click()
    expect(page.get_by_text("A draft is kept in this browser, and follows what you type.")).to_be_visible()


def another_day(context: BrowserContext, page: Page, site: str) -> Page:
    """Close the page, and come back to the campaign as if some days later."""
    page.evaluate(
        """() => {
            const draft = JSON.parse(localStorage["dear-mp:/c/uyghurs"]);
            localStorage["dear-mp:/c/uyghurs"] = JSON.stringify({...draft, kept: "2026-11-01T12:00:00Z"});
        }"""
    )
    page.close()
    page = context.new_page()
    page.goto(f"{site}/c/uyghurs")
    return page


def go_on(page: Page) -> None:
    expect(page.get_by_role("region", name=FOUND)).to_contain_text("It is from 1 November 2026.")
    press(page, "Go on with it")


def test_a_draft_of_the_writers_page_follows_what_is_typed(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        assert page.evaluate(STORED) == [0, 0]
        keep(page)
        expect(page.get_by_role("button", name="Wipe the draft")).to_be_focused()
        expect(page.get_by_role("button", name=KEEP)).to_be_hidden()
        page.get_by_label(CONNECTION).press("ControlOrMeta+End")
        page.get_by_label(CONNECTION).press_sequentially(" Still.")
        page = another_day(context, page, site)
        go_on(page)
        is_at(page, "Write to Rachel Blake")
        expect_fields(page, WRITTEN | {CONNECTION: f"{WRITTEN[CONNECTION]} Still."})
        expect(page.get_by_role("region", name="Your letter so far")).to_contain_text("Still.")
        page.get_by_label(CONNECTION).fill(ANOTHER_REASON)
        page = another_day(context, page, site)
        go_on(page)
        expect_fields(page, WRITTEN | {CONNECTION: ANOTHER_REASON})
        see_letter(page)
        is_at(page, "Your letter to Rachel Blake")


def test_a_draft_of_the_letter_has_every_change(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_letter(page, site)
        edit(page, LAST_LINE, MY_LAST_LINE)
        keep(page)
        page.get_by_label("Subject", exact=True).fill("My neighbour’s family")
        page.get_by_text("Get a copy yourself").click()
        page.get_by_label("Your email address").fill("sian@example.org")
        edited = edit(page, "Yours sincerely,", "Yours truly,")
        page = another_day(context, page, site)
        go_on(page)
        is_at(page, "Your letter to Rachel Blake")
        expect(letter(page)).to_have_value(edited)
        expect(page.get_by_label("Subject", exact=True)).to_have_value("My neighbour’s family")
        expect_fields(page, {"Your email address": "sian@example.org"})
        press(page, "Back to your answers and address")
        expect_fields(page, WRITTEN)
        see_letter(page)
        expect(letter(page)).to_have_value(edited)


def test_a_draft_kept_on_the_way_has_the_letter_too(browser: Browser, site: str) -> None:
    """Back on the writer's page, there is a letter further on."""
    with browser.new_context() as context:
        page = context.new_page()
        come_to_letter(page, site)
        edited = edit(page, LAST_LINE, MY_LAST_LINE)
        by_the_browser(page)
        is_at(page, "Write to Rachel Blake")
        keep(page)
        page = another_day(context, page, site)
        go_on(page)
        is_at(page, "Write to Rachel Blake")
        see_letter(page)
        is_at(page, "Your letter to Rachel Blake")
        expect(letter(page)).to_have_value(edited)


def test_a_draft_keeps_the_constituency_that_was_chosen(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        keep(page)
        press(page, "Not your constituency?")
        press(page, "Ynys Môn")
        is_at(page, "Write to Llinos Medi")
        expect(page.get_by_role("button", name="Wipe the draft")).to_be_visible()
        page = another_day(context, page, site)
        go_on(page)
        is_at(page, "Write to Llinos Medi")
        expect_fields(page, WRITTEN)


def test_a_draft_stays_as_it_is_while_another_letter_is_written(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        keep(page)
        page = another_day(context, page, site)
        page.get_by_label("Your postcode").fill("M1 1AE")
        press(page, "Find my MP")
        is_at(page, "Write to Lucy Powell")
        expect_fields(page, dict.fromkeys(WRITTEN, ""))
        expect(page.get_by_text("Another draft of this letter, of 1 November 2026, is kept")).to_be_visible()
        page.get_by_label("Full name").fill("Jo Sample")
        page = another_day(context, page, site)
        go_on(page)
        is_at(page, "Write to Rachel Blake")
        expect_fields(page, WRITTEN)


def test_a_new_letter_in_the_same_tab_leaves_the_draft_alone_too(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        keep(page)
        press(page, "Dear MP", "link")
        press(page, "Stand with the Uyghurs", "link")
        expect(page.get_by_role("heading", name=FOUND)).to_be_visible()
        page.get_by_label("Your postcode").fill("M1 1AE")
        press(page, "Find my MP")
        page.get_by_label("Full name").fill("Jo Sample")
        page = another_day(context, page, site)
        go_on(page)
        expect_fields(page, WRITTEN)


def test_a_draft_is_its_campaigns_own(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        keep(page)
        page.goto(f"{site}/c/your-own-letter")
        expect(page.get_by_label("Your postcode")).to_be_visible()
        expect(page.get_by_role("heading", name=FOUND)).to_be_hidden()


@pytest.mark.parametrize("where", ["the writer's page", "the letter", "the campaign's page"])
def test_a_draft_can_be_wiped(browser: Browser, site: str, where: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        keep(page)
        if where == "the letter":
            see_letter(page)
            is_at(page, "Your letter to Rachel Blake")
        if where == "the campaign's page":
            page = another_day(context, page, site)
            page.get_by_role("button", name="Wipe it").click()
            expect(page.get_by_role("status").get_by_text("The draft is wiped from this device.")).to_be_visible()
        else:
            page.get_by_role("button", name="Wipe the draft").click()
            expect(page.get_by_text("The draft is wiped from this device. Close this tab too")).to_be_visible()
            expect(page.get_by_role("button", name=KEEP)).to_be_focused()
            expect(page.get_by_role("button", name="Wipe the draft")).to_be_hidden()
            letter_or_name = letter(page) if where == "the letter" else page.get_by_label("Full name")
            letter_or_name.fill("Typed on")
        assert page.evaluate(STORED) == [0, 0]
        assert context.storage_state() == {"cookies": [], "origins": []}
        page.goto(f"{site}/c/uyghurs")
        expect(page.get_by_label("Your postcode")).to_be_visible()
        expect(page.get_by_role("heading", name=FOUND)).to_be_hidden()


def test_without_scripts_nothing_is_said_of_drafts(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/c/uyghurs")
        expect(page.get_by_text("draft on this device")).to_be_hidden()
        for come_to in (come_to_write, come_to_letter):
            come_to(page, site)
            expect(page.get_by_role("heading", level=1)).to_contain_text("Rachel Blake")
            expect(page.get_by_text("draft on this device")).to_be_hidden()
            expect(page.get_by_text("Wipe")).to_be_hidden()


def test_a_browser_that_stores_nothing_is_offered_nothing(browser: Browser, site: str) -> None:
    errors: list[str] = []
    with browser.new_context() as context:
        context.add_init_script(
            """for (const name of ["localStorage", "sessionStorage"])
                Object.defineProperty(window, name, {get() { throw new DOMException("No", "SecurityError"); }});"""
        )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        come_to_letter(page, site)
        expect(page.get_by_role("button", name="Copy the letter")).to_be_visible()
        expect(page.get_by_role("button", name=KEEP)).to_be_hidden()
        page.reload()
        expect(page.get_by_role("button", name=KEEP)).to_be_hidden()
    assert errors == []
