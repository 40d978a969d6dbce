"""Nothing typed is lost: by Reload, by Back and Forward, by changing an answer or the MP, and by all of it in turn."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.arrival import fill, press, send
from tests.browser.conftest import with_and_without_scripts, without_scripts
from tests.browser.test_journey import find_mp
from tests.running import launched

CONNECTION = "What connects you to this?"
HOPE = "Is there something else you want your MP to know? (optional)"
WRITTEN = {
    CONNECTION: "My neighbour waits for news.\n\n“She” & <her> sons – ŵyrion – wait.",
    HOPE: "I hope to see her smile.",
    "Full name": "Siân Example",
    "Address line 1": "12 Example Street",
    "Address line 2 (optional)": "Flat 2",
    "Town or city": "Llanfair",
}
"""What is typed on the writer's page, by label."""
SUBJECT = "Forced labour and the persecution of the Uyghurs"
LAST_LINE = "I look forward to your reply."
MY_SUBJECT = "My neighbour’s family"
MY_LAST_LINE = "I look forward to your reply, and to meeting you."
ANOTHER_REASON = "I read her brother’s letters."
QUESTION = "Keep your changes, or use the new text?"
STORED = """async () => [localStorage.length, sessionStorage.length, document.cookie.length,
    (await indexedDB.databases()).length, (await caches.keys()).length]"""


def by_the_browser(page: Page) -> None:
    page.go_back()
    if QUESTION in page.title():
        page.go_back()


def by_the_page(page: Page) -> None:
    press(page, "Back to your answers and address")


every_way_back = pytest.mark.parametrize(
    ("scripts", "back_to_write"),
    [(True, by_the_browser), (True, by_the_page), (False, by_the_page)],
    ids=["by the browser", "by the page", "by the page, no scripts"],
)
BackToWrite = Callable[[Page], None]


@pytest.fixture
def browser_that_keeps_pages() -> Iterator[Callable[[Browser], Browser]]:
    """Gives the browser once more, with pages kept whole for Back and Forward, as people have it."""
    started: list[Browser] = []

    def start(browser: Browser) -> Browser:
        kept = launched(browser.browser_type, with_windows=True, ignore_default_args=["--disable-back-forward-cache"])
        started.append(kept)
        return kept

    yield start
    for one in started:
        one.close()


def come_to_write(page: Page, site: str) -> None:
    """To the writer's page, filled in."""
    send(page, site, "/c/uyghurs/write", {"postcode": "SW1A 1AA"})
    fill(page, WRITTEN)


def set_out(page: Page, site: str) -> None:
    """From the campaign's page to the writer's, filled in: so that there is a way back to it."""
    find_mp(page, site, "SW1A 1AA")
    fill(page, WRITTEN)


def come_to_letter(page: Page, site: str, come_to_write: Callable[[Page, str], None] = come_to_write) -> None:
    """From the writer's page to the letter."""
    come_to_write(page, site)
    see_letter(page)
    is_at(page, "Your letter to Rachel Blake")


def is_at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def see_letter(page: Page) -> None:
    press(page, "See my letter")


def give_another_reason(page: Page) -> None:
    """Change an answer, and go on to the letter."""
    page.get_by_label(HOPE).fill(ANOTHER_REASON)
    see_letter(page)


def choose(page: Page, name: str) -> None:
    """Answer the question which of two letters to go on with."""
    is_at(page, QUESTION)
    press(page, name)
    expect(letter(page)).to_be_visible()


def letter(page: Page) -> Locator:
    return page.get_by_label("Letter", exact=True)


def other_version(page: Page) -> Locator:
    return page.get_by_label("The other version of your letter")


def edit(page: Page, old: str, new: str) -> str:
    """Change the letter by hand, and give the whole."""
    text = letter(page).input_value()
    assert text.count(old) == 1
    letter(page).fill(text.replace(old, new))
    return text.replace(old, new)


def expect_fields(page: Page, texts: dict[str, str]) -> None:
    for label, text in texts.items():
        expect(page.get_by_label(label)).to_have_value(text)


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


# ---- Reloading.


def test_a_reload_keeps_every_keystroke_of_the_writers_page(page: Page, site: str) -> None:
    come_to_write(page, site)
    for _ in range(2):
        page.reload()
        expect_fields(page, WRITTEN)
    expect(page.get_by_role("region", name="Your letter so far")).to_contain_text("ŵyrion")
    expect(page.locator("#personal-says")).not_to_have_text("nothing yet")
    page.get_by_label(CONNECTION).press("End")
    page.get_by_label(CONNECTION).press_sequentially(" 维吾尔.")
    page.reload()
    expect_fields(page, WRITTEN | {CONNECTION: f"{WRITTEN[CONNECTION]} 维吾尔."})


@without_scripts
def test_without_scripts_a_reload_keeps_what_was_sent(page: Page, site: str) -> None:
    come_to_write(page, site)
    press(page, "Show what I wrote in the letter so far")
    page.wait_for_url("**#sheet")
    page.reload()
    expect_fields(page, WRITTEN)


def test_a_reload_keeps_the_edited_letter(page: Page, site: str) -> None:
    come_to_letter(page, site)
    page.get_by_label("Subject", exact=True).fill(MY_SUBJECT)
    page.get_by_text("Get a copy yourself").click()
    page.get_by_label("Your email address").fill("sian@example.org")
    edited = edit(page, LAST_LINE, f"{MY_LAST_LINE}\n\nWill you come to [your town]?")
    page.reload()
    expect(letter(page)).to_have_value(edited)
    expect_fields(page, {"Your email address": "sian@example.org"})
    expect(page.get_by_label("Subject", exact=True)).to_have_value(MY_SUBJECT)
    expect(page.locator("#email-text")).to_have_value(f"{edited}\n12 Example Street\nFlat 2\nLLANFAIR\nSW1A 1AA\n")
    expect(page.locator("#email-subject")).to_have_value(MY_SUBJECT)
    expect(page.get_by_text("“[your town]” looks like a gap")).to_be_visible()
    assert MY_LAST_LINE in downloaded(page, "Text file").decode()


def test_what_a_page_asks_for_once_is_there_after_a_reload(page: Page, site: str) -> None:
    """The name of an MP, and the day of the first letter."""
    come_to_letter(page, site)
    press(page, "Not your constituency?")
    press(page, "Write your MP’s name yourself")
    page.get_by_label("Your MP’s name").fill("Rt Hon Jane Example MP")
    page.reload()
    expect_fields(page, {"Your MP’s name": "Rt Hon Jane Example MP"})
    page.go_back()
    page.go_back()
    press(page, "Write a second letter")
    page.get_by_label("When did you send your letter?").fill("2026-11-01")
    page.reload()
    expect_fields(page, {"When did you send your letter?": "2026-11-01"})


# ---- Back and Forward.


@with_and_without_scripts
def test_back_and_forward_lead_to_pages_as_they_were(page: Page, site: str) -> None:
    come_to_letter(page, site, set_out)
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    for _ in range(2):
        page.go_back()
        expect_fields(page, WRITTEN)
        page.go_back()
        expect_fields(page, {"Your postcode": "SW1A 1AA"})
        page.go_forward()
        expect_fields(page, WRITTEN)
        page.go_forward()
        expect(letter(page)).to_have_value(edited)
    assert MY_LAST_LINE in downloaded(page, "Text file").decode()


@every_way_back
def test_another_postcode_keeps_all_that_was_typed(page: Page, site: str, back_to_write: BackToWrite) -> None:
    set_out(page, site)
    if back_to_write is by_the_browser:
        page.go_back()
    else:
        press(page, "Change the postcode")
    is_at(page, "Stand with the Uyghurs")
    page.get_by_label("Your postcode").fill("M1 1AE")
    press(page, "Find my MP")
    is_at(page, "Write to Lucy Powell")
    expect_fields(page, WRITTEN)
    see_letter(page)
    is_at(page, "Your letter to Lucy Powell")
    assert "I live in Manchester Central" in letter(page).input_value()


def test_all_the_way_back_and_on_again(page: Page, site: str) -> None:
    """Not even the address for a copy to oneself is asked for twice."""
    come_to_letter(page, site, set_out)
    page.get_by_text("Get a copy yourself").click()
    page.get_by_label("Your email address").fill("sian@example.org")
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    page.go_back()
    page.go_back()
    press(page, "Find my MP")
    is_at(page, "Write to Rachel Blake")
    expect_fields(page, WRITTEN)
    see_letter(page)
    is_at(page, "Your letter to Rachel Blake")
    expect(letter(page)).to_have_value(edited)
    expect_fields(page, {"Your email address": "sian@example.org"})


@every_way_back
def test_back_and_on_again_without_a_change_asks_nothing(page: Page, site: str, back_to_write: BackToWrite) -> None:
    come_to_letter(page, site)
    page.get_by_label("Subject", exact=True).fill(MY_SUBJECT)
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    for _ in range(2):
        back_to_write(page)
        expect_fields(page, WRITTEN)
        see_letter(page)
        is_at(page, "Your letter to Rachel Blake")
        expect(letter(page)).to_have_value(edited)
        expect(page.get_by_label("Subject", exact=True)).to_have_value(MY_SUBJECT)


def test_a_letter_is_passed_on_even_where_the_script_of_its_page_never_came(page: Page, site: str) -> None:
    come_to_letter(page, site)
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    page.go_back()
    page.route("**/script/*.js", lambda route: route.abort())
    see_letter(page)
    expect(letter(page)).to_have_value(edited)
    page.unroute_all()
    page.go_back()
    see_letter(page)
    is_at(page, "Your letter to Rachel Blake")
    expect(letter(page)).to_have_value(edited)


def test_what_was_typed_last_is_there_wherever_one_goes_back_to(page: Page, site: str) -> None:
    """There are two pages with the answers by then, and the browser shows the older as it was."""
    come_to_letter(page, site)
    by_the_page(page)
    page.get_by_label(CONNECTION).fill(ANOTHER_REASON)
    page.get_by_label("Full name").fill("Siân Mair Example")
    newest = WRITTEN | {CONNECTION: ANOTHER_REASON, "Full name": "Siân Mair Example"}
    page.go_back()
    expect(letter(page)).to_be_visible()
    page.go_back()
    expect_fields(page, newest)
    expect(page.get_by_role("region", name="Your letter so far")).to_contain_text(ANOTHER_REASON)
    page.go_forward()
    by_the_page(page)
    expect_fields(page, newest)


def test_edits_survive_another_postcode(page: Page, site: str) -> None:
    come_to_letter(page, site, set_out)
    edit(page, LAST_LINE, MY_LAST_LINE)
    page.go_back()
    page.go_back()
    page.get_by_label("Your postcode").fill("M1 1AE")
    press(page, "Find my MP")
    is_at(page, "Write to Lucy Powell")
    expect_fields(page, WRITTEN)
    see_letter(page)
    choose(page, "Keep my changes")
    is_at(page, "Your letter to Lucy Powell")
    assert letter(page).input_value().startswith("Dear Lucy Powell,\n\nI live in Manchester Central")
    assert MY_LAST_LINE in letter(page).input_value()


def test_back_to_the_list_of_constituencies_and_on_again(page: Page, site: str) -> None:
    come_to_write(page, site)
    press(page, "Not your constituency?")
    press(page, "Ynys Môn")
    is_at(page, "Write to Llinos Medi")
    page.get_by_label(CONNECTION).fill(ANOTHER_REASON)
    page.go_back()
    press(page, "Chorley")
    is_at(page, "Write to Sir Lindsay Hoyle")
    expect_fields(page, WRITTEN | {CONNECTION: ANOTHER_REASON})


def test_a_page_that_the_browser_kept_whole(
    browser: Browser, site: str, browser_that_keeps_pages: Callable[[Browser], Browser]
) -> None:
    """Its script does not start anew. Chromium keeps pages that were not posted: the campaign's."""
    with browser_that_keeps_pages(browser).new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/c/uyghurs")
        page.evaluate("window.isKept = true")
        page.get_by_label("Your postcode").fill("SW1A 1AA")
        press(page, "Find my MP")
        fill(page, WRITTEN)
        see_letter(page)
        edited = edit(page, LAST_LINE, MY_LAST_LINE)
        page.evaluate("() => { setTimeout(() => history.go(-2)) }")
        is_at(page, "Stand with the Uyghurs")
        assert page.evaluate("window.isKept"), "the page was loaded anew, so nothing was tried here"
        press(page, "Find my MP")
        is_at(page, "Write to Rachel Blake")
        expect_fields(page, WRITTEN)
        see_letter(page)
        is_at(page, "Your letter to Rachel Blake")
        expect(letter(page)).to_have_value(edited)


def test_whoever_begins_anew_in_the_same_tab_finds_empty_fields(page: Page, site: str) -> None:
    come_to_letter(page, site, set_out)
    edit(page, LAST_LINE, MY_LAST_LINE)
    press(page, "Dear MP", "link")
    press(page, "Stand with the Uyghurs", "link")
    expect_fields(page, {"Your postcode": ""})
    page.get_by_label("Your postcode").fill("M1 1AE")
    press(page, "Find my MP")
    expect_fields(page, dict.fromkeys(WRITTEN, ""))
    page.get_by_label("Full name").fill("Jo Sample")
    page.go_back()
    press(page, "Find my MP")
    expect_fields(page, dict.fromkeys(WRITTEN, "") | {"Full name": "Jo Sample"})


# ---- A letter changed by hand, and then an answer, or the MP.


@pytest.mark.parametrize(
    ("scripts", "back_to_write", "keep"),
    [
        (True, by_the_browser, True),
        (True, by_the_browser, False),
        (True, by_the_page, False),
        (False, by_the_page, True),
    ],
    ids=["by the browser, keep", "by the browser, new", "by the page, new", "by the page, keep, no scripts"],
)
def test_after_a_changed_answer_both_letters_are_shown_and_one_is_chosen(
    page: Page, site: str, back_to_write: BackToWrite, keep: bool
) -> None:
    come_to_letter(page, site)
    composed = letter(page).input_value()
    page.get_by_label("Subject", exact=True).fill(MY_SUBJECT)
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    back_to_write(page)
    give_another_reason(page)
    is_at(page, QUESTION)
    with_changes = page.get_by_role("region", name="The letter with your changes")
    new_text = page.get_by_role("region", name="The new text of the letter")
    for sheet, subject, last_line in (
        (with_changes, MY_SUBJECT, MY_LAST_LINE),
        (new_text, SUBJECT, LAST_LINE),
    ):
        for part in (subject, "Dear Rachel Blake,", "ŵyrion", ANOTHER_REASON, last_line):
            expect(sheet.get_by_text(part)).to_be_visible()
        expect(sheet).not_to_contain_text(WRITTEN[HOPE])
    choose(page, "Keep my changes" if keep else "Use the new text")
    new = composed.replace(WRITTEN[HOPE], ANOTHER_REASON)
    kept = new.replace(LAST_LINE, MY_LAST_LINE)
    expect(letter(page)).to_have_value(kept if keep else new)
    expect(page.get_by_label("Subject", exact=True)).to_have_value(MY_SUBJECT if keep else SUBJECT)
    page.get_by_text("The other version of your letter").click()
    expect(other_version(page)).to_be_visible()
    expect(other_version(page)).to_have_value(f"{SUBJECT}\n\n{new}" if keep else f"{MY_SUBJECT}\n\n{edited}")


@with_and_without_scripts
def test_edits_survive_another_mp(page: Page, site: str, scripts: bool) -> None:
    come_to_letter(page, site)
    edited = edit(page, LAST_LINE, MY_LAST_LINE)
    if scripts:
        by_the_browser(page)
    press(page, "Not your constituency?")
    press(page, "Ynys Môn")
    is_at(page, "Write to Llinos Medi")
    expect_fields(page, WRITTEN)
    see_letter(page)
    choose(page, "Keep my changes")
    is_at(page, "Your letter to Llinos Medi")
    there = edited.replace("Rachel Blake", "Llinos Medi").replace("Cities of London and Westminster", "Ynys Môn")
    expect(letter(page)).to_have_value(there)
    expect(page.locator("#letter .recipient")).to_contain_text("Llinos Medi MP")


@every_way_back
def test_round_after_round(page: Page, site: str, back_to_write: BackToWrite) -> None:
    come_to_letter(page, site)
    edit(page, LAST_LINE, MY_LAST_LINE)
    back_to_write(page)
    give_another_reason(page)
    choose(page, "Keep my changes")
    expected = edit(page, "Yours sincerely,", "I am often in Westminster.\n\nYours truly,")
    press(page, "Not your constituency?")
    press(page, "Ynys Môn")
    see_letter(page)
    choose(page, "Keep my changes")
    expected = expected.replace("Rachel Blake", "Llinos Medi").replace("Cities of London and Westminster", "Ynys Môn")
    expect(letter(page)).to_have_value(expected)
    expected = edit(page, "Will you write to", "Would you kindly write to")
    back_to_write(page)
    page.get_by_label("Full name").fill("Siân Mair Example")
    page.get_by_label(CONNECTION).fill("I am a nurse.")
    see_letter(page)
    choose(page, "Keep my changes")
    expected = expected.replace(WRITTEN[CONNECTION], "I am a nurse.").replace("Siân Example", "Siân Mair Example")
    expect(letter(page)).to_have_value(expected)
    back_to_write(page)
    see_letter(page)
    is_at(page, "Your letter to Llinos Medi")
    expect(letter(page)).to_have_value(expected)
    for old, new in {LAST_LINE: MY_LAST_LINE, "Yours sincerely,": "Yours truly,"}.items():
        assert old in other_version(page).input_value()
        assert new in expected


def test_back_to_the_question_and_the_other_choice(page: Page, site: str) -> None:
    """What was typed into the first choice is with the other versions then."""
    come_to_letter(page, site)
    edit(page, LAST_LINE, MY_LAST_LINE)
    page.go_back()
    give_another_reason(page)
    choose(page, "Keep my changes")
    edit(page, "Yours sincerely,", "Yours truly,")
    page.go_back()
    choose(page, "Use the new text")
    assert LAST_LINE in letter(page).input_value()
    assert "Yours sincerely," in letter(page).input_value()
    assert MY_LAST_LINE in other_version(page).input_value()
    assert "Yours truly," in other_version(page).input_value()


def test_a_choice_is_not_asked_for_twice(page: Page, site: str) -> None:
    come_to_letter(page, site)
    edit(page, LAST_LINE, MY_LAST_LINE)
    by_the_page(page)
    give_another_reason(page)
    choose(page, "Use the new text")
    new = letter(page).input_value()
    page.go_back()
    is_at(page, QUESTION)
    page.go_back()
    see_letter(page)
    is_at(page, "Your letter to Rachel Blake")
    expect(letter(page)).to_have_value(new)
    assert MY_LAST_LINE in other_version(page).input_value()


def test_the_first_letter_and_the_second_are_two(page: Page, site: str) -> None:
    come_to_letter(page, site)
    first = edit(page, LAST_LINE, MY_LAST_LINE)
    press(page, "Write a second letter")
    page.get_by_label("When did you send your letter?").fill("2026-11-01")
    press(page, "See my second letter")
    is_at(page, "Your second letter to Rachel Blake")
    second = edit(page, "Have you done so", "Tell me: have you done so")
    page.go_back()
    press(page, "See my second letter")
    is_at(page, "Your second letter to Rachel Blake")
    expect(letter(page)).to_have_value(second)
    page.go_back()
    page.go_back()
    expect(letter(page)).to_have_value(first)
    page.go_back()
    see_letter(page)
    is_at(page, "Your letter to Rachel Blake")
    expect(letter(page)).to_have_value(first)


@with_and_without_scripts
def test_what_is_downloaded_is_the_edited_letter(page: Page, site: str) -> None:
    come_to_letter(page, site)
    edit(page, LAST_LINE, MY_LAST_LINE)
    by_the_page(page)
    give_another_reason(page)
    choose(page, "Keep my changes")
    edited = edit(page, "Yours sincerely,", "Yours truly,")
    text = downloaded(page, "Text file").decode().replace("\r\n", "\n")
    assert text == (
        f"To: rachel.blake.mp@parliament.uk\nSubject: {SUBJECT}\n\n"
        f"{edited}\n12 Example Street\nFlat 2\nLLANFAIR\nSW1A 1AA\n"
    )
    with pdfplumber.open(BytesIO(downloaded(page, "Download the PDF"))) as pdf:
        printed = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    for part in (MY_LAST_LINE, ANOTHER_REASON, "Yours truly,"):
        assert part in printed


# ---- And nothing of it is stored.


def test_nothing_is_stored_that_nobody_asked_for(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_letter(page, site)
        edit(page, LAST_LINE, MY_LAST_LINE)
        page.reload()
        page.go_back()
        give_another_reason(page)
        choose(page, "Keep my changes")
        assert page.evaluate(STORED) == [0, 0, 0, 0, 0]
        assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
        page.get_by_role("button", name="Keep a draft on this device").click()
        assert page.evaluate(STORED) == [1, 0, 0, 0, 0]
