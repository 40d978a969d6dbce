"""The writer's page: beginnings of sentences, the letter as one types, and how much of it is one's own."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arrival import fill, press
from tests.browser.conftest import with_and_without_scripts, without_scripts
from tests.browser.test_journey import find_mp

CONNECTION = "What connects you to this?"
HOPE = "Is there something else you want your MP to know? (optional)"
ANSWERS = {
    "nothing": {},
    "a word": {CONNECTION: "Faith."},
    "a sentence": {CONNECTION: "My neighbour waits for news of her brother, who was taken away."},
    "some lines": {
        CONNECTION: "My neighbour waits.\n\nI hear her steps; it’s “quiet” & <odd> – for 3 years/months now.\nAs I do.",
        HOPE: "- A visit\n- An answer",
        "Full name": "Siân ap Dafydd-Jones",
        "Address line 1": "12 Example Street",
        "Town or city": "Llanfair",
    },
    "other scripts": {CONNECTION: "我的邻居在等她弟弟的消息。她每天都在等。" * 4, HOPE: "ئۇيغۇر خەلقى، हिन्दी में भी"},
    "a page": {CONNECTION: "My own family remembers what it is to be counted and taken. " * 12, HOPE: "Peace. " * 90},
}
"""What is typed, by label; each so much that the meter says something else, or so odd that it might."""
NOTHING = dict.fromkeys((CONNECTION, HOPE, "Full name", "Address line 1", "Town or city"), "")


def so_far(page: Page) -> tuple[list[str], list[str]]:
    """What the letter beside the form says, a string a paragraph, and what the meter does."""
    sheet = page.get_by_role("region", name="Your letter so far")
    meter = page.locator("#personal-meter")
    says = [page.locator("#personal-says").inner_text(), page.locator("#personal-advice").inner_text()]
    return sheet.locator("p, li").all_text_contents(), [*says, meter.get_attribute("value") or ""]


def test_the_letter_so_far_is_the_same_with_scripts_and_without(
    browser: Browser, page: Page, site: str, subtests: pytest.Subtests
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        for each in (page, plain):
            find_mp(each, site, "SW1A 1AA")
        button = "Show what I wrote in the letter so far"
        expect(page.get_by_role("button", name=button)).to_be_hidden()
        for name, answers in ANSWERS.items():
            for each in (page, plain):
                fill(each, NOTHING | answers)
            press(plain, button)
            with subtests.test(name):
                assert so_far(page) == so_far(plain)


def test_the_letter_and_the_meter_follow_what_is_typed(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    sheet = page.get_by_role("region", name="Your letter so far")
    share, advice, meter = (page.locator(f"#personal-{part}") for part in ("says", "advice", "meter"))
    expect(share).to_have_text("nothing yet")
    expect(advice).to_have_text("A sentence of your own is enough. Letters that are all alike get one answer for all.")
    page.get_by_label(CONNECTION).press_sequentially("I remember.")
    expect(sheet.get_by_text("I remember.")).to_be_visible()
    expect(share).to_have_text("about 5%")
    expect(meter).to_have_attribute("value", "5")
    expect(advice).to_contain_text("Even this much makes it yours.")
    page.get_by_label(CONNECTION).fill("I remember what nobody should have to. " * 15)
    expect(share).not_to_have_text("about 5%")
    expect(advice).to_have_text("Good: this is a letter that only one person could have written.")
    page.get_by_label(CONNECTION).fill("")
    expect(share).to_have_text("nothing yet")
    expect(meter).to_have_attribute("value", "0")
    expect(sheet).not_to_contain_text("I remember")


def test_beginnings_of_sentences_are_put_into_the_answer(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    answer = page.get_by_label(CONNECTION)
    page.get_by_role("button", name="In my work I …").click()
    expect(answer).to_be_focused()
    expect(answer).to_have_value("In my work I ")
    page.keyboard.type("meet them.")
    expect(answer).to_have_value("In my work I meet them.")
    page.get_by_role("button", name="My own family …").click()
    page.keyboard.type("came from there.")
    expect(answer).to_have_value("In my work I meet them.\n\nMy own family came from there.")
    expect(page.get_by_role("region", name="Your letter so far")).to_contain_text("My own family came from there.")
    page.get_by_role("button", name="My own family …").click()
    expect(answer).to_be_focused()
    expect(answer).to_have_value("In my work I meet them.\n\nMy own family came from there.")
    expect(page.get_by_label(HOPE)).to_have_value("")
    page.reload()
    expect(answer).to_have_value("In my work I meet them.\n\nMy own family came from there.")


def test_beginnings_of_sentences_work_from_the_keyboard(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    beginning = page.get_by_role("button", name="I first heard of the Uyghurs when …")
    expect(beginning).to_be_visible()
    page.get_by_label(CONNECTION).focus()
    page.keyboard.press("Tab")
    expect(beginning).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label(CONNECTION)).to_be_focused()
    page.keyboard.type("I was ten.")
    expect(page.get_by_label(CONNECTION)).to_have_value("I first heard of the Uyghurs when I was ten.")


@without_scripts
def test_without_scripts_beginnings_are_plain_text(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    beginnings = page.get_by_role("list").filter(has_text="In my work I …")
    expect(beginnings).to_be_visible()
    expect(beginnings.get_by_role("button")).to_have_count(0)


@with_and_without_scripts
def test_a_word_is_enough(page: Page, site: str) -> None:
    find_mp(page, site, "SW1A 1AA")
    fill(page, {CONNECTION: "Faith.", "Full name": "Siân Example"})
    fill(page, {"Address line 1": "12 Example Street", "Town or city": "Llanfair"})
    press(page, "See my letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your letter to Rachel Blake")
    assert "\n\nFaith.\n\n" in page.get_by_label("Letter", exact=True).input_value()
    expect(page.locator("#personal-says")).to_have_text("about 5%")
