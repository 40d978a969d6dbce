"""Type, go back, reload, change the MP, edit, return: every keystroke is there. Without scripts the journey holds."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import Serve, find_mp, write

BODY = "Letter"
QUESTION = "Keep your changes, or use the new text?"


@pytest.fixture
def site(serve: Serve) -> str:
    return serve(lookup="snapshot")


def answer(page: Page, text: str) -> None:
    page.get_by_label("What connects you to this?").fill(text)


def letter(page: Page) -> str:
    return page.get_by_label(BODY, exact=True).input_value()


def edit(page: Page, old: str, new: str) -> str:
    """Change the letter by hand, and give the whole."""
    changed = letter(page).replace(old, new)
    assert changed != letter(page)
    page.get_by_label(BODY, exact=True).fill(changed)
    return changed


def see_letter(page: Page) -> None:
    page.get_by_role("button", name="See my letter").click()


def test_a_reload_of_either_page_keeps_what_was_typed(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        find_mp(page, site, "SW1A 1AA")
        answer(page, "My neighbour waits for news.")
        page.get_by_label("Full name").fill("Siân Example")
        page.reload()
        expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")
        expect(page.get_by_label("Full name")).to_have_value("Siân Example")
        expect(page.get_by_label("Your letter so far")).to_contain_text("My neighbour waits for news.")
        page.get_by_label("Address line 1").fill("12 Example Street")
        page.get_by_label("Town or city").fill("Llanfair")
        see_letter(page)
        changed = edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        page.reload()
        expect(page.get_by_label(BODY, exact=True)).to_have_value(changed)
        expect(page.locator("#email-text")).to_have_value(f"{changed}\n12 Example Street\nLLANFAIR\nSW1A 1AA\n")


@pytest.mark.parametrize("by", ["the browser's button", "the page's own button", "the page's own button, no scripts"])
def test_edits_survive_a_changed_answer(browser: Browser, site: str, by: str) -> None:
    with browser.new_context(java_script_enabled="no scripts" not in by) as context:
        page = context.new_page()
        write(page, site)
        edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        if by == "the browser's button":
            page.go_back()
        else:
            page.get_by_role("button", name="Back to your answers and address").click()
        expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")
        answer(page, "I was in Kashgar myself.")
        see_letter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
        edited, new = page.get_by_label("The letter with your changes"), page.get_by_label("The new text of the letter")
        for sheet, ending in ((edited, "hearing from you"), (new, "your reply")):
            expect(sheet).to_contain_text(f"I look forward to {ending}.")
            expect(sheet).to_contain_text("I was in Kashgar myself.")
        page.get_by_role("button", name="Keep my changes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your letter to Rachel Blake")
        assert "I was in Kashgar myself." in letter(page)
        assert "I look forward to hearing from you." in letter(page)
        page.get_by_text("The other version of your letter").click()
        other = page.get_by_role("textbox", name="The other version of your letter")
        expect(other).to_have_value(other.input_value().replace("hearing from you", "nothing"))
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the PDF").click()
        with pdfplumber.open(BytesIO(Path(download.value.path()).read_bytes())) as pdf:
            assert "I look forward to hearing from you." in pdf.pages[0].extract_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_edits_survive_another_mp(browser: Browser, site: str, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        write(page, site)
        edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        page.get_by_role("button", name="Not your constituency?").click()
        page.get_by_role("button", name="Ynys Môn").click()
        expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")
        expect(page.get_by_label("Full name")).to_have_value("Siân Example")
        see_letter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
        page.get_by_role("button", name="Keep my changes").click()
        assert letter(page).startswith("Dear Llinos Medi,\n\nI live in Ynys Môn")
        assert "My neighbour waits for news." in letter(page)
        assert "I look forward to hearing from you." in letter(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_edits_survive_going_back_and_changing_nothing(browser: Browser, site: str, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        write(page, site)
        changed = edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        page.get_by_role("button", name="Back to your answers and address").click()
        see_letter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your letter to Rachel Blake")
        expect(page.get_by_label(BODY, exact=True)).to_have_value(changed)
        page.go_back()
        page.go_forward()
        expect(page.get_by_label(BODY, exact=True)).to_have_value(changed)


def test_another_postcode_keeps_all_that_was_typed(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        write(page, site)
        edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        page.go_back()
        page.go_back()
        page.get_by_label("Your postcode").fill("M1 1AE")
        page.get_by_role("button", name="Find my MP").click()
        expect(page.get_by_label("What connects you to this?")).to_have_value("My neighbour waits for news.")
        expect(page.get_by_label("Town or city")).to_have_value("Llanfair")
        see_letter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
        page.get_by_role("button", name="Keep my changes").click()
        assert letter(page).startswith("Dear Lucy Powell,\n\nI live in Manchester Central")
        assert "I look forward to hearing from you." in letter(page)


def test_nothing_is_stored_unless_a_draft_is_asked_for(browser: Browser, site: str) -> None:
    stored = "[localStorage.length, sessionStorage.length, document.cookie.length]"
    with browser.new_context() as context:
        page = context.new_page()
        write(page, site)
        edit(page, "I look forward to your reply.", "I look forward to hearing from you.")
        page.reload()
        page.go_back()
        assert page.evaluate(stored) == [0, 0, 0]
        assert context.cookies() == []
        page.go_forward()
        page.get_by_role("button", name="Keep a draft on this device").click()
        changed = edit(page, "Yours sincerely,", "Yours faithfully,")
        page.close()

        page = context.new_page()
        page.goto(f"{site}/c/uyghurs")
        expect(page.get_by_role("heading", name="You kept a draft on this device")).to_be_visible()
        page.get_by_role("button", name="Go on with it").click()
        expect(page.get_by_label(BODY, exact=True)).to_have_value(changed)
        page.get_by_role("button", name="Wipe the draft").click()
        assert page.evaluate(stored) == [0, 0, 0]
        page.goto(f"{site}/c/uyghurs")
        expect(page.get_by_label("Your postcode")).to_be_visible()
        expect(page.get_by_role("heading", name="You kept a draft on this device")).to_be_hidden()


def test_without_scripts_no_draft_is_spoken_of(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        write(page, site)
        expect(page.get_by_text("draft on this device")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_letter_so_far_is_the_same_with_scripts_and_without(browser: Browser, site: str, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        find_mp(page, site, "SW1A 1AA")
        expect(page.locator("#personal-says")).to_have_text("nothing yet")
        answer(page, "My neighbour waits for news of her brother.")
        if not scripts:
            page.get_by_role("button", name="Show what I wrote in the letter so far").click()
        expect(page.get_by_label("Your letter so far")).to_contain_text("My neighbour waits for news of her brother.")
        expect(page.locator("#personal-says")).to_have_text("about 5%")
        expect(page.locator("#personal-advice")).to_contain_text("Even this much makes it yours.")


def test_a_beginning_starts_one_off(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        find_mp(page, site, "SW1A 1AA")
        field = page.get_by_label("What connects you to this?")
        field.fill("I am a nurse.")
        page.get_by_role("button", name="I know somebody who …").click()
        expect(field).to_be_focused()
        expect(field).to_have_value("I am a nurse.\n\nI know somebody who ")
        page.keyboard.type("waits for news.")
        expect(page.get_by_label("Your letter so far")).to_contain_text("I know somebody who waits for news.")


def test_a_remark_comes_and_goes_as_one_types(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        write(page, site)
        expect(page.get_by_text("Nothing stands out.")).to_be_visible()
        edit(page, "Siân Example", "[your name]")
        remark = page.locator(".checks li", has_text="looks like a gap")
        expect(remark).to_contain_text("[your name]")
        remark.get_by_role("link", name="Show me where").click()
        assert page.evaluate("getSelection().toString()") == "[your name]"
        edit(page, "[your name]", "Siân Example")
        expect(remark).to_be_hidden()
        expect(page.get_by_text("Nothing stands out.")).to_be_visible()


def test_a_link_that_cannot_carry_the_letter_copies_it(browser: Browser, site: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        context.route("https://outlook.office.com/**", lambda route: route.fulfill(body="An empty e-mail"))
        page = context.new_page()
        write(page, site)
        page.get_by_text("Get a copy yourself").click()
        page.get_by_label("Your email address").fill("sian@example.org")
        link = page.get_by_role("link", name="Microsoft 365")
        expect(link).to_contain_text("then paste the letter")
        with context.expect_page() as opened:
            link.click()
        assert "body=" not in opened.value.url
        assert "cc=sian%40example.org" in opened.value.url
        page.bring_to_front()
        expect(page.locator("#status")).to_contain_text("The letter is copied.")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#email-text").input_value()
        page.get_by_label(BODY, exact=True).fill(
            "Dear Rachel Blake,\n\nWill you act?\n\nYours sincerely,\n\nSiân Example"
        )
        expect(link.get_by_text("then paste")).to_be_hidden()
        assert "body=Dear%20Rachel%20Blake%2C%0D%0A%0D%0AWill%20you%20act%3F" in (link.get_attribute("href") or "")


def test_it_can_be_shared_with_an_app(browser: Browser, site: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        context.add_init_script("navigator.share = async (shared) => { window.shared = shared; }")
        page = context.new_page()
        write(page, site)
        page.get_by_role("button", name="Share it with an app on this device").click()
        shared = page.wait_for_function("window.shared").json_value()
        assert shared["title"] == "Forced labour and the persecution of the Uyghurs"
        assert shared["text"] == page.locator("#email-text").input_value()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_second_letter(browser: Browser, site: str, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        write(page, site)
        page.get_by_role("button", name="Write a second letter").click()
        page.get_by_role("button", name="See my second letter").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_label("When did you send your letter?").fill("2026-11-01")
        page.get_by_role("button", name="See my second letter").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your second letter to Rachel Blake")
        assert "On 1 November 2026 I wrote to you" in letter(page)
        assert "My neighbour waits for news." in letter(page)
