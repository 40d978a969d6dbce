"""The ways a finished letter goes out: always as it stands, also after the last change."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from app.letters import email
from app.letters.letter import Letter
from app.mp.dissolution import today
from tests.browser.arrival import open_page, press
from tests.browser.conftest import with_and_without_scripts, without_scripts
from tests.conftest import SENDER

TO = "rachel.blake.mp@parliament.uk"
SUBJECT = "Forced labour and the persecution of the Uyghurs"
ENDING = "\n12 Example Street\nLLANFAIR\nSW1A 1AA\n"
SHORT = (
    "Dear Rachel Blake,\n\nWill you “act” & write – 100% – to (her)? It’s a + for us; don't you see!\n\nSiân Example"
)
LONG = SHORT.replace("\n\nSiân", f"\n\n{'Every word of this counts. ' * 250}\n\nSiân")
PROGRAMS = [program.name for program in email.MAIL_PROGRAMS]
WEBMAIL = re.compile(r"https://(mail\.google\.com|outlook\.live\.com|outlook\.office\.com|compose\.mail\.yahoo\.com)/")


@pytest.fixture
def tab(tab_that_copies: Page) -> Page:
    return tab_that_copies


@pytest.fixture
def page(page: Page, site: str) -> Page:
    """The letter."""
    open_page(page, site, "letter")
    return page


@pytest.fixture
def context(page: Page) -> Iterator[BrowserContext]:
    """Where webmail is an empty page."""
    context = page.context
    context.route(WEBMAIL, lambda route: route.fulfill(body="<title>New email</title>", content_type="text/html"))
    yield context
    context.unroute_all()


def letter(page: Page) -> Locator:
    return page.get_by_label("Letter", exact=True)


def subject(page: Page) -> Locator:
    return page.get_by_label("Subject", exact=True)


def copy_to_oneself(page: Page, address: str) -> None:
    field = page.get_by_label("Your email address, for a copy to yourself")
    if not field.is_visible():
        page.get_by_text("Get a copy yourself").click()
    field.fill(address)


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def program(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name)


def hrefs(page: Page) -> dict[str, str]:
    """Where the link of each program leads, and what it says is to be pasted."""
    return {name: program(page, name).get_attribute("href") or "" for name in PROGRAMS}


def expected_links(body: str, heading: str = SUBJECT, copy_to: str = "") -> list[email.MailLink]:
    """The links the server makes of the same letter."""
    made = Letter(sender=SENDER, recipient=(), email=TO, date=today(), subject=heading, body=body)
    return email.links(made, copy_to)


def expect_links(page: Page, body: str, heading: str = SUBJECT, copy_to: str = "") -> None:
    links = expected_links(body, heading, copy_to)
    for link in links:
        expect(program(page, link.program.name)).to_have_attribute("href", link.href)
        to_paste = program(page, link.program.name).get_by_text("then paste")
        expect(to_paste).to_be_visible(visible=not link.has_letter)
        if not link.has_letter:
            expect(to_paste).to_have_text(f"then paste {'the letter' if link.has_subject else 'subject and letter'}")
    why = page.get_by_text("Where it says “then paste”")
    expect(why).to_be_visible(visible=not all(link.has_letter for link in links))


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


# ---- Copying.


def test_each_part_is_copied_as_it_stands(page: Page) -> None:
    status = page.locator("#status")
    page.get_by_role("button", name="Copy the address").click()
    expect(status).to_have_text("The address is copied. Paste it into your email.")
    assert clipboard(page) == TO
    page.get_by_role("button", name="Copy the subject").click()
    expect(status).to_have_text("The subject is copied. Paste it into your email.")
    assert clipboard(page) == SUBJECT
    composed = letter(page).input_value()
    page.get_by_role("button", name="Copy the letter").click()
    expect(status).to_have_text("The letter is copied. Paste it into your email.")
    assert clipboard(page) == composed + ENDING
    subject(page).fill("A & B")
    letter(page).fill("Dear Rachel Blake,\n\nUnsigned.")
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.locator("#email-text")).to_have_value(f"Dear Rachel Blake,\n\nUnsigned.\n\nSiân Example{ENDING}")
    assert clipboard(page) == f"Dear Rachel Blake,\n\nUnsigned.\n\nSiân Example{ENDING}"
    page.get_by_role("button", name="Copy the subject").click()
    expect(status).to_have_text("The subject is copied. Paste it into your email.")
    assert clipboard(page) == "A & B"


@pytest.mark.parametrize("refused", ["refuses", "has no clipboard"])
def test_where_copying_is_refused_the_text_is_selected(browser: Browser, site: str, refused: str) -> None:
    stub = "{writeText: () => Promise.reject(new DOMException('No', 'NotAllowedError'))}"
    with browser.new_context() as context:
        value = stub if refused == "refuses" else "undefined"
        context.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {value}}})")
        page = context.new_page()
        open_page(page, site, "letter")
        letter(page).fill(SHORT)
        for button, field, text in (
            ("Copy the address", "#email-address", TO),
            ("Copy the subject", "#email-subject", SUBJECT),
            ("Copy the letter", "#email-text", SHORT + ENDING),
        ):
            page.get_by_role("button", name=button).click()
            expect(page.locator("#status")).to_contain_text("Your browser does not let us copy. The text is selected")
            expect(page.locator(field)).to_be_visible()
            expect(page.locator(field)).to_be_focused()
            assert page.locator(field).evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == text
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator("#share-url")).to_be_focused()


# ---- Links.


def test_links_carry_what_they_can_and_follow_every_change(page: Page) -> None:
    expect_links(page, letter(page).input_value())
    letter(page).fill(LONG)
    expect_links(page, LONG)
    assert not any("body=" in href for href in hrefs(page).values())
    letter(page).fill(SHORT)
    expect_links(page, SHORT)
    for href in hrefs(page).values():
        assert unquote(href.split("body=")[1]) == (SHORT + ENDING).replace("\n", "\r\n")
        assert unquote(href.split("=")[-2].removesuffix("&body")) == SUBJECT
    subject(page).fill("Ŵ & “B”: 50% + more?")
    expect_links(page, SHORT, "Ŵ & “B”: 50% + more?")
    subject(page).fill("维" * 240)
    expect_links(page, SHORT, "维" * 240)
    expect(program(page, "My email app")).to_contain_text("then paste subject and letter")
    subject(page).fill(SUBJECT)
    letter(page).fill(LONG)
    expect_links(page, LONG)


def test_the_server_makes_the_same_links(browser: Browser, page: Page, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        open_page(plain, site, "letter")
        assert hrefs(plain) == hrefs(page)
        for each in (plain, page):
            letter(each).fill(SHORT)
            subject(each).fill("Ŵ & “B”")
            copy_to_oneself(each, "sian+mp@example.org")
        press(plain, "Keep my changes and check again")
        expect(plain.get_by_label("Your email address, for a copy to yourself")).to_be_visible()
        assert hrefs(plain) == hrefs(page)
        expect_links(plain, SHORT, "Ŵ & “B”", "sian+mp@example.org")


def test_a_copy_to_oneself(page: Page) -> None:
    letter(page).fill(SHORT)
    expect(page.locator("#copy-shown")).to_be_hidden()
    copy_to_oneself(page, "sian@example.org")
    expect(page.locator("#copy-shown")).to_have_text("Copy (Cc) to sian@example.org")
    expect_links(page, SHORT, copy_to="sian@example.org")
    assert all("cc=sian%40example.org" in href for href in hrefs(page).values())
    message = message_from_bytes(downloaded(page, "Email draft"), _class=EmailMessage, policy=policy.default)
    assert message["To"] == TO
    assert message["Cc"] == "sian@example.org"
    assert message["Subject"] == SUBJECT
    assert message["X-Unsent"] == "1"
    assert message.get_content().replace("\r\n", "\n") == SHORT + ENDING
    for wrong in ("sian@", "sian@localhost"):
        copy_to_oneself(page, wrong)
        expect_links(page, SHORT)
        expect(page.locator("#copy-shown")).to_be_hidden()


def test_a_wrong_address_for_the_copy_is_said_and_nothing_lost(page: Page) -> None:
    letter(page).fill(SHORT)
    copy_to_oneself(page, "sian@")
    page.get_by_role("button", name="Email draft").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Enter one email address, like name@example.org").click()
    field = page.get_by_label("Your email address, for a copy to yourself")
    expect(field).to_be_focused()
    expect(field).to_have_value("sian@")
    expect(letter(page)).to_have_value(SHORT)


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name != "My email app"])
def test_webmail_opens_in_a_tab_of_its_own(context: BrowserContext, page: Page, name: str) -> None:
    letter(page).fill(LONG)
    expect(program(page, name)).to_contain_text("then paste the letter")
    with context.expect_page() as opened:
        program(page, name).click()
    expect(opened.value).to_have_title("New email")
    assert opened.value.url == program(page, name).get_attribute("href")
    assert opened.value.evaluate("window.opener") is None
    page.bring_to_front()
    expect(page.locator("#status")).to_have_text("The letter is copied. Paste it where the letter goes.")
    assert clipboard(page) == LONG + ENDING


def test_a_link_that_carries_the_letter_copies_nothing(context: BrowserContext, page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText('before')")
    letter(page).fill(SHORT)
    with context.expect_page() as opened:
        program(page, "Gmail").click()
    expect(opened.value).to_have_title("New email")
    assert unquote(opened.value.url.split("body=")[1]) == (SHORT + ENDING).replace("\n", "\r\n")
    page.bring_to_front()
    expect(page.locator("#status")).to_be_empty()
    assert clipboard(page) == "before"


def test_an_mp_without_an_email_address(page: Page, site: str, messages: list[str]) -> None:
    open_page(page, site, "letter", postcode="PR1 2RL")
    expect(page.get_by_text("Sir Mark Hendrick publishes no email address with Parliament")).to_be_visible()
    letter(page).fill(SHORT)
    expect(page.locator("#email-text")).to_have_value(SHORT + ENDING.replace("SW1A 1AA", "PR1 2RL"))
    expect(page.get_by_role("button", name="Copy the letter")).to_have_count(0)
    assert messages == []


def test_sharing_with_an_app(browser: Browser, site: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        context.add_init_script("window.shared = []; navigator.share = async (what) => { window.shared.push(what); }")
        page = context.new_page()
        open_page(page, site, "letter")
        letter(page).fill(SHORT)
        page.get_by_role("button", name="Share it with an app on this device").click()
        expect(page.locator("#status")).to_contain_text("The address is copied.")
        page.get_by_role("button", name="Share it", exact=True).click()
        assert page.evaluate("window.shared") == [
            {"title": SUBJECT, "text": SHORT + ENDING},
            {"title": "Stand with the Uyghurs", "url": f"{site}/c/uyghurs"},
        ]
        assert clipboard(page) == TO


def test_where_there_is_nothing_to_share_with_nothing_is_offered(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        context.add_init_script("delete Navigator.prototype.share")
        page = context.new_page()
        open_page(page, site, "letter")
        expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
        expect(page.get_by_role("button", name="Share it")).to_have_count(0)


# ---- Before you send.


def test_remarks_come_lead_to_their_words_and_go(page: Page) -> None:
    remarks = page.locator(".checks li")
    expect(page.get_by_text("Nothing stands out.")).to_be_visible()
    composed = letter(page).input_value()
    letter(page).press("ControlOrMeta+End")
    letter(page).press_sequentially("\n\nI live in [your town].")
    expect(remarks).to_have_count(1)
    expect(remarks).to_contain_text("“[your town]” looks like a gap that was to be filled in.")
    expect(page.get_by_text("Nothing stands out.")).to_be_hidden()
    remarks.get_by_role("link", name="Show me where").click()
    expect(letter(page)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "[your town]"
    page.keyboard.type("Llanfair")
    expect(letter(page)).to_have_value(f"{composed}\n\nI live in Llanfair.")
    expect(remarks).to_have_count(0)
    expect(page.get_by_text("Nothing stands out.")).to_be_visible()


def test_a_remark_about_the_subject_leads_there(page: Page) -> None:
    subject(page).fill("hi")
    page.get_by_role("link", name="Change the subject").click()
    expect(subject(page)).to_be_focused()
    subject(page).fill("The bus to the hospital")
    expect(page.get_by_text("Nothing stands out.")).to_be_visible()


def test_the_meter_follows_the_edited_letter(page: Page) -> None:
    expect(page.locator("#personal-says")).to_have_text("about 5%")
    letter(page).fill("Dear Rachel Blake,\n\nThe bus stops at six. Will you see to it?\n\nSiân Example")
    expect(page.locator("#personal-says")).not_to_have_text("about 5%")
    expect(page.locator("#personal-meter")).not_to_have_attribute("value", "5")


@without_scripts
def test_without_scripts_the_remarks_come_with_the_button(page: Page) -> None:
    letter(page).fill(SHORT.replace("(her)", "[name]"))
    press(page, "Keep my changes and check again")
    expect(page.get_by_text("“[name]” looks like a gap")).to_be_visible()
    page.get_by_role("link", name="Show me where").click()
    expect(page).to_have_url(re.compile("#body$"))
    expect(letter(page)).to_have_value(SHORT.replace("(her)", "[name]"))


# ---- Afterwards.


@with_and_without_scripts
def test_a_reminder_for_the_calendar(page: Page, site: str) -> None:
    file = downloaded(page, "Add a reminder")
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event["SUMMARY"] == "Has Rachel Blake answered my letter?"
    assert event.decoded("DTSTART") == today() + timedelta(weeks=3)
    assert f"{site}/c/uyghurs" in str(event["DESCRIPTION"])
    for private in ("Siân", "Example Street", "Llanfair", "SW1A", "neighbour"):
        assert private.encode() not in file


@with_and_without_scripts
def test_a_second_letter_says_when_the_first_went_out(page: Page) -> None:
    sent = today() - timedelta(days=25)
    letter(page).fill(SHORT)
    press(page, "Write a second letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Write to Rachel Blake again")
    day = page.get_by_label("When did you send your letter?")
    day.fill(sent.isoformat())
    press(page, "See my second letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second letter to Rachel Blake")
    said = f"{sent.day} {sent:%B %Y}"
    expect(letter(page)).to_have_value(re.compile(f"^Dear Rachel Blake,\n\nOn {said} I wrote to you"))
    expect(letter(page)).to_have_value(re.compile("My neighbour waits for news."))
    expect(subject(page)).to_have_value(f"{SUBJECT}: my letter of {said}")
    expect(page.get_by_role("button", name="Write a second letter")).to_have_count(0)
    expect(page.get_by_label("The other version of your letter")).to_have_value(f"{SUBJECT}\n\n{SHORT}")
    text = downloaded(page, "Text file").decode()
    assert f"On {said} I wrote to you" in text


@pytest.mark.parametrize(
    ("scripts", "wrong"),
    [(True, None), (False, None), (False, today() + timedelta(days=2)), (True, date(2001, 1, 1))],
    ids=["none", "none, no scripts", "to come, no scripts", "long ago"],
)
def test_a_wrong_day_is_an_error_in_plain_words(page: Page, site: str, wrong: date | None) -> None:
    says = "Enter a day in the last year, and not after today" if wrong else "Enter the day you sent it, like 1/11/2026"
    open_page(page, site, "follow-up")
    day = page.get_by_label("When did you send your letter?")
    if wrong:
        day.fill(wrong.isoformat())
    press(page, "See my second letter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name=says).click()
    expect(day).to_be_focused()
    day.fill((today() - timedelta(days=20)).isoformat())
    press(page, "See my second letter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second letter to Rachel Blake")


def test_the_link_for_friends_tells_nothing_of_the_writer(page: Page, site: str) -> None:
    expect(page.get_by_label("Link to this campaign")).to_have_value(f"{site}/c/uyghurs")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == f"{site}/c/uyghurs"
    page.goto(clipboard(page))
    expect(page.get_by_label("Your postcode")).to_have_value("")


@with_and_without_scripts
def test_how_to_post_it_opens(page: Page) -> None:
    steps = page.get_by_text("Put a stamp on it")
    expect(steps).to_be_hidden()
    page.get_by_text("How to post it").click()
    expect(steps).to_be_visible()
    expect(page.locator("details.post .lines")).to_have_text("Rachel Blake MP\nHouse of Commons\nLONDON\nSW1A 0AA")
