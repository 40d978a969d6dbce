"""Large text, forced colours, the keyboard, and what a screen reader is told: on the pages that everybody passes."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arrival import come_to
from tests.browser.axe import ALIKE, contrast
from tests.pages import PAGES, Visit

JOURNEY = {
    name: PAGES[name]
    for name in (
        "campaign",
        "wrong postcode",
        "write, live",
        "near a boundary",
        "write with mistakes",
        "letter, live",
        "letter with remarks",
        "edits",
        "all constituencies",
        "vacant",
        "share",
        "studio",
    )
}

the_journey = pytest.mark.parametrize("visit", JOURNEY.values(), ids=JOURNEY)


@pytest.fixture
def page(looked_at: Page) -> Page:
    return looked_at


@the_journey
def test_every_page_in_welsh_with_text_twice_as_large(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    come_to(page, addresses, visit._replace(path=f"/cy{visit.path}"))
    expect_room_for_large_text(page)


@the_journey
def test_every_page(page: Page, addresses: dict[str, str], visit: Visit, subtests: pytest.Subtests) -> None:
    """Opened once, since each of these leaves it as it was."""
    page.set_viewport_size({"width": 360, "height": 800})
    come_to(page, addresses, visit)
    with subtests.test("by the Tab key one can see where one is"):
        expect_to_see_where_one_is(page)
    with subtests.test("text twice as large"):
        expect_room_for_large_text(page)
    with subtests.test("forced colours"):
        expect_lines_in_forced_colours(page)


def expect_room_for_large_text(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert cut_off(page) == []
    page.evaluate("document.documentElement.style.fontSize = ''")


def cut_off(page: Page) -> list[str]:
    """What has more text than it shows. What is out of sight on purpose, and what scrolls, is not meant."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((e) => {
            const style = getComputedStyle(e);
            return e.checkVisibility() && !e.closest(".hidden, .skip") && style.overflowX !== "visible"
              && !/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
        }).filter((e) => e.localName !== "input").map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found


def expect_lines_in_forced_colours(page: Page) -> None:
    """Backgrounds are gone: what is set apart by one needs a line around it."""
    page.emulate_media(forced_colors="active")
    page.evaluate(ALIKE)
    assert contrast(page) == []
    assert page.evaluate(WITHOUT_A_LINE) == []


WITHOUT_A_LINE = """() => {
    const set = "button:not(.link, .prompt, .hidden), .button, input, textarea, .sheet, .note, .member";
    const isBare = (e) => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1;
    const isDrawnByTheBrowser = (e) => ["hidden", "radio", "checkbox"].includes(e.type);
    return [...document.querySelectorAll(set)].filter((e) => isBare(e) && !isDrawnByTheBrowser(e))
        .map((e) => e.outerHTML.slice(0, 100));
}"""


def expect_to_see_where_one_is(page: Page) -> None:
    """By the Tab key from the first to the last: in the page's order, in sight, with a ring around it."""
    everything = page.evaluate(ORDER)
    page.locator(".skip").focus()
    before = 0
    for _ in range(min(everything, 60) + 5):  # a frame has stops of its own
        page.keyboard.press("Tab")
        place, problem = page.evaluate(WHERE)
        if place == 0:
            break  # round once
        if place > 0:
            assert problem == ""
            assert place > before
            before = place
    assert before >= min(everything, 60) - 3, "a group of radio buttons is one stop"


ORDER = """() => {
    const all = "a[href], button, input, textarea, select, summary, [tabindex='0']";
    const canBeReached = (e) => e.tabIndex >= 0 && e.checkVisibility() && e.type !== "hidden";
    window.order = [...document.querySelectorAll(all)].filter(canBeReached);
    return window.order.length;
}"""
WHERE = """() => {
    const e = document.activeElement, place = window.order.indexOf(e);
    if (place < 0) return [-1, ""];
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const at = (x, y) => document.elementFromPoint(x, y);
    const top = at(Math.min(Math.max(box.x + Math.min(box.width / 2, 40), 0), innerWidth - 1),
                   Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 0), innerHeight - 1));
    const problem = style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 ? "no ring"
        : box.bottom < 0 || box.top > innerHeight ? "out of sight"
        : !(e === top || e.contains(top) || top?.contains(e)) ? `under ${top?.outerHTML.slice(0, 60)}` : "";
    return [place, problem && `${problem}: ${e.outerHTML.slice(0, 80)}`];
}"""


def test_going_backwards_nothing_hides_where_one_is(page: Page, addresses: dict[str, str]) -> None:
    """The filter of the long list stays at the top of the window, and must cover no button come to from below."""
    page.set_viewport_size({"width": 360, "height": 600})
    come_to(page, addresses, PAGES["all constituencies"])
    page.locator("#seats button").nth(40).focus()
    page.evaluate("window.order = [...document.querySelectorAll('#seats button')]")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(WHERE)[1] == ""


def test_what_a_screen_reader_finds_on_the_campaign_page(page: Page, addresses: dict[str, str]) -> None:
    come_to(page, addresses, PAGES["campaign"])
    expect(page.locator("body")).to_match_aria_snapshot("""
        - link "Skip to the main part"
        - banner:
          - link "Dear MP"
          - navigation "Language":
            - button "Cymraeg"
        - main:
          - heading "Stand with the Uyghurs" [level=1]
          - textbox "Your postcode"
          - button "Find my MP"
          - region "Your letter so far"
        - contentinfo:
          - list:
            - listitem:
              - link "How this works"
    """)


def test_what_a_screen_reader_finds_on_the_page_for_own_words(page: Page, addresses: dict[str, str]) -> None:
    come_to(page, addresses, PAGES["write with mistakes"])
    expect(page.locator("main")).to_match_aria_snapshot("""
        - main:
          - alert "There is a problem":
            - heading "There is a problem" [level=2]
            - list:
              - listitem:
                - link "Write a few words of your own. A sentence is enough"
          - list "Three steps":
            - listitem: /Your MP/
            - listitem: /Your words/
            - listitem: /Your letter/
          - heading "Write to Rachel Blake" [level=1]
          - heading "In your own words" [level=2]
          - textbox "What connects you to this?" [invalid]
          - heading "Your name and address" [level=2]
          - textbox "Full name" [invalid]
          - textbox "Address line 1" [invalid]
          - textbox "Address line 2 (optional)"
          - textbox "Town or city" [invalid]
          - paragraph:
            - button "Change the postcode"
          - paragraph:
            - button "See my letter"
          - region "Your letter so far"
    """)
    field = page.get_by_role("textbox", name="Full name")
    expect(field).to_have_accessible_description("Error: Enter your full name")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("listitem").filter(has_text="Your words")).to_have_attribute("aria-current", "step")


def test_what_a_screen_reader_finds_on_the_letters_page(page: Page, addresses: dict[str, str]) -> None:
    come_to(page, addresses, PAGES["letter, live"]._replace(path="/cy/c/uyghurs/letter"))
    expect(page.locator("main")).to_match_aria_snapshot("""
        - main:
          - heading "Eich llythyr at Rachel Blake" [level=1]
          - region "Eich llythyr":
            - textbox "Pwnc"
            - textbox "Llythyr"
          - region "Cyn i chi anfon":
            - heading "Cyn i chi anfon" [level=2]
          - region "Ei anfon":
            - heading "Drwy e-bost" [level=3]
            - list "Agor e-bost newydd yn"
            - list "Neu gopïo a gludo":
              - listitem:
                - button "Copïo’r cyfeiriad"
              - listitem:
                - button "Copïo’r pwnc"
              - listitem:
                - button "Copïo’r llythyr"
            - heading "Ar bapur" [level=3]
            - paragraph:
              - button "Lawrlwytho’r PDF"
          - region "Ar ôl i chi ei anfon"
    """)


def test_what_changes_is_announced(browser: Browser, addresses: dict[str, str]) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        come_to(page, addresses, PAGES["letter, live"])
        status = page.get_by_role("status").first
        expect(status).to_have_text("")
        page.get_by_role("button", name="Copy the letter").click()
        expect(status).to_contain_text("copied")
        come_to(page, addresses, PAGES["all constituencies"])
        page.get_by_role("searchbox").fill("durham")
        expect(page.get_by_role("status").first).to_contain_text("constituencies")
