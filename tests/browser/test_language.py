"""The journey in English and in Welsh: by keyboard alone, without scripts, and from one to the other with all kept."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.i18n.languages import ENGLISH, LANGUAGES, WELSH, Language
from app.i18n.translate import gettext, use_locale
from tests.browser.arrival import follow, send
from tests.browser.conftest import with_and_without_scripts
from tests.browser.test_nothing_lost import browser_that_keeps_pages  # noqa: F401

NAME = "Rachel Blake"
TYPED = {
    "answer-connection": "My neighbour waits for news. – Mae ŵyrion ganddi.",
    "name": "Siân Example",
    "address_line_1": "12 Example Street",
    "address_line_2": "Flat 2",
    "town": "Llanfair",
}
"""What is typed on the writer's page, by the names of its fields."""
MY_LINE = "Hwyl am y tro, and come to tea."

TWO_WAYS = [(ENGLISH, True), (WELSH, False)]
OTHER_WAYS = [(WELSH, True), (ENGLISH, False)]

each_language = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
# Each language, and each way; both with both by turns.
two_ways = pytest.mark.parametrize(("language", "scripts"), TWO_WAYS, ids=["en", "cy, no scripts"])
other_ways = pytest.mark.parametrize(("language", "scripts"), OTHER_WAYS, ids=["cy", "en, no scripts"])


def said(language: Language, text: str, **values: object) -> str:
    """What the pages say in a language."""
    with use_locale(language):
        return gettext(text, **values)


def other(language: Language) -> Language:
    return WELSH if language is ENGLISH else ENGLISH


def start(page: Page, site: str, language: Language) -> None:
    page.goto(f"{site}{'' if language is ENGLISH else '/cy'}/c/uyghurs")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[name={name}]:not([type=hidden])")


def button(page: Page, language: Language, text: str) -> Locator:
    return page.get_by_role("button", name=said(language, text), exact=True)


def is_at(page: Page, language: Language, heading: str, **values: object) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(said(language, heading, **values))
    expect(page.locator("html")).to_have_attribute("lang", language.tag)


def switcher(page: Page, language: Language) -> Locator:
    return page.get_by_role("banner").get_by_role("button", name=language.name)


def switch(page: Page, language: Language) -> None:
    follow(switcher(page, language))


def come_to_write(page: Page, site: str, language: Language) -> None:
    start(page, site, language)
    field(page, "postcode").fill("SW1A 1AA")
    follow(button(page, language, "Find my MP"))
    is_at(page, language, "Write to %(name)s", name=NAME)
    for name, text in TYPED.items():
        field(page, name).fill(text)


def come_to_letter(page: Page, site: str, language: Language) -> None:
    """In one step, as somebody who has filled in all."""
    send(page, site, f"{'' if language is ENGLISH else '/cy'}/c/uyghurs/letter", {**TYPED, "postcode": "SW1A 1AA"})
    is_at_letter(page, language)


def is_at_letter(page: Page, language: Language) -> None:
    is_at(page, language, "Your letter to %(name)s", name=NAME)


def body(page: Page) -> Locator:
    return field(page, "body")


def edit(page: Page) -> str:
    """Change the letter's end by hand, and give the whole."""
    paragraphs = body(page).input_value().split("\n\n")
    text = "\n\n".join([*paragraphs[:-2], MY_LINE, *paragraphs[-2:]])
    body(page).fill(text)
    return text


def expect_typed(page: Page, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        expect(field(page, name)).to_have_value(text)


def greeting(language: Language) -> str:
    return {"en": "Dear", "cy": "Annwyl"}[language.code] + f" {NAME},"


def expect_letter_in(page: Page, language: Language) -> None:
    """The campaign's letter in a language, with what was typed in it."""
    is_at_letter(page, language)
    text = body(page).input_value()
    assert text.startswith(greeting(language))
    assert TYPED["answer-connection"] in text
    assert text.endswith("Siân Example")


# ---- The whole journey.


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    expect(wanted).to_be_visible()
    for _ in range(150):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("no Tab leads there")


@two_ways
def test_by_keyboard_alone(page: Page, site: str, language: Language) -> None:
    start(page, site, language)
    tab_to(page, field(page, "postcode"))
    page.keyboard.type("sw1a1aa")
    page.keyboard.press("Enter")
    is_at(page, language, "Write to %(name)s", name=NAME)
    for name, text in TYPED.items():
        tab_to(page, field(page, name))
        page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    expect_letter_in(page, language)
    tab_to(page, body(page))
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" (Example)")
    tab_to(page, button(page, language, "Download the PDF"))
    with page.expect_download() as download:
        page.keyboard.press("Space")
    assert download.value.suggested_filename == f"{said(language, 'letter-to-my-mp')}.pdf"
    expect(body(page)).to_have_value(body(page).input_value().removesuffix(" (Example)") + " (Example)")


@other_ways
def test_a_mistake_is_said_in_the_pages_language(page: Page, site: str, language: Language) -> None:
    start(page, site, language)
    follow(button(page, language, "Find my MP"))
    expect(page.get_by_role("alert")).to_contain_text(said(language, "Enter your postcode"))
    field(page, "postcode").fill("SW1A 1AA")
    follow(button(page, language, "Find my MP"))
    follow(button(page, language, "See my letter"))
    expect(page.get_by_role("alert")).to_contain_text(said(language, "Enter your town or city"))


# ---- From one language to the other.


@two_ways
def test_what_was_typed_is_kept_on_every_page(page: Page, site: str, language: Language) -> None:
    there = other(language)
    start(page, site, language)
    field(page, "postcode").fill("SW1A 1A")
    switch(page, there)
    expect(page.locator("html")).to_have_attribute("lang", there.tag)
    expect_typed(page, {"postcode": "SW1A 1A"})
    field(page, "postcode").fill("SW1A 1AA")
    follow(button(page, there, "Find my MP"))
    is_at(page, there, "Write to %(name)s", name=NAME)
    for name, text in TYPED.items():
        field(page, name).fill(text)
    switch(page, language)
    is_at(page, language, "Write to %(name)s", name=NAME)
    expect_typed(page, TYPED)
    follow(button(page, language, "Not your constituency?"))
    is_at(page, language, "Which constituency do you live in?")
    switch(page, there)
    is_at(page, there, "Which constituency do you live in?")
    follow(button(page, there, "Write your MP’s name yourself"))
    field(page, "mp_name").fill("Jane Example")
    switch(page, language)
    is_at(page, language, "Who is your MP?")
    expect_typed(page, {"mp_name": "Jane Example"})
    field(page, "mp_constituency").fill("Chorley")
    follow(button(page, language, "Write to this MP"))
    is_at(page, language, "Write to %(name)s", name="Jane Example")
    expect_typed(page, TYPED)


@other_ways
def test_an_unchanged_letter_becomes_that_of_the_other_language(page: Page, site: str, language: Language) -> None:
    come_to_letter(page, site, language)
    for now in (other(language), language):
        switch(page, now)
        expect_letter_in(page, now)
    follow(button(page, language, "Back to your answers and address"))
    expect_typed(page, TYPED)


@pytest.mark.parametrize(
    ("language", "scripts", "kept"),
    [*((*way, True) for way in TWO_WAYS), *((*way, False) for way in OTHER_WAYS)],
    ids=["en, keep", "cy, keep, no scripts", "cy, new", "en, new, no scripts"],
)
def test_of_a_changed_letter_one_chooses(page: Page, site: str, language: Language, kept: bool) -> None:
    there = other(language)
    come_to_letter(page, site, language)
    edited = edit(page)
    switch(page, there)
    is_at_question(page, language)
    switch(page, language)
    is_at_letter(page, language)
    expect(body(page)).to_have_value(edited)
    switch(page, there)
    if kept:
        keep(page, language)
        is_at_letter(page, language)
        expect(body(page)).to_have_value(edited)
        expect(body(page)).not_to_have_attribute("lang", there.tag)
    else:
        follow(button(page, there, "Use the new text"))
        expect_letter_in(page, there)
        assert MY_LINE not in body(page).input_value()
        page.get_by_text(said(there, "The other version of your letter")).first.click()
        expect(page.locator("textarea[name=other]")).to_have_value(f"{subject(edited, page)}{edited}")


@each_language
def test_back_to_the_question_and_the_changed_letter_after_all(page: Page, site: str, language: Language) -> None:
    there = other(language)
    come_to_letter(page, site, language)
    edited = edit(page)
    switch(page, there)
    follow(button(page, there, "Use the new text"))
    expect_letter_in(page, there)
    page.go_back()
    keep(page, language)
    is_at_letter(page, language)
    expect(body(page)).to_have_value(edited)


@with_and_without_scripts
def test_switching_again_and_again_piles_up_nothing_twice(page: Page, site: str) -> None:
    come_to_letter(page, site, ENGLISH)
    rounds = (WELSH, ENGLISH, WELSH)
    for there in rounds:
        edit(page)
        switch(page, there)
        follow(button(page, there, "Use the new text"))
        expect_letter_in(page, there)
    versions = page.locator("textarea[name=other]").input_value().split("\n\n* * *\n\n")
    assert len(versions) == len(set(versions)) == 2, "the first and the third were alike"


QUESTIONS = {
    ENGLISH: ("Keep your letter in English, or go on in Welsh?", "Keep my letter in English"),
    WELSH: ("Keep your letter in Welsh, or go on in English?", "Keep my letter in Welsh"),
}
"""What is asked of a changed letter by its language, and the button that keeps it."""


def is_at_question(page: Page, language: Language) -> None:
    is_at(page, other(language), QUESTIONS[language][0])


def keep(page: Page, language: Language) -> None:
    """Of two letters, choose the changed one."""
    is_at_question(page, language)
    follow(button(page, other(language), QUESTIONS[language][1]))


def subject(text: str, page: Page) -> str:
    """What stands before a letter in its other version."""
    return page.locator("textarea[name=other]").input_value().removesuffix(text)


@each_language
def test_back_leads_to_the_page_as_it_was(page: Page, site: str, language: Language) -> None:
    there = other(language)
    come_to_write(page, site, language)
    switch(page, there)
    is_at(page, there, "Write to %(name)s", name=NAME)
    field(page, "town").fill("Llandudno")
    page.go_back()
    is_at(page, language, "Write to %(name)s", name=NAME)
    expect_typed(page, TYPED | {"town": "Llandudno"})
    page.go_forward()
    is_at(page, there, "Write to %(name)s", name=NAME)
    expect_typed(page, TYPED | {"town": "Llandudno"})


@each_language
def test_back_from_the_other_letter_loses_neither(page: Page, site: str, language: Language) -> None:
    there = other(language)
    come_to_letter(page, site, language)
    switch(page, there)
    expect_letter_in(page, there)
    changed_there = edit(page)
    page.go_back()
    expect_letter_in(page, language)
    switch(page, there)
    is_at_letter(page, there)
    expect(body(page)).to_have_value(changed_there)
    page.go_back()
    expect_letter_in(page, language)
    changed_here = edit(page)
    switch(page, there)
    follow(button(page, there, "Use the new text"))
    is_at_letter(page, there)
    for text in (changed_here, changed_there):
        expect(page.locator("textarea[name=other]")).to_contain_text(text.split("\n\n")[1])


@each_language
def test_a_draft_is_gone_on_with_in_the_other_language(browser: Browser, site: str, language: Language) -> None:
    there = other(language)
    with browser.new_context() as context:
        page = context.new_page()
        come_to_letter(page, site, language)
        button(page, language, "Keep a draft on this device").click()
        expect(button(page, language, "Wipe the draft")).to_be_focused()
        page.evaluate(
            """() => {
                const draft = JSON.parse(localStorage["dear-mp:/c/uyghurs"]);
                localStorage["dear-mp:/c/uyghurs"] = JSON.stringify({...draft, kept: "2026-11-01T12:00:00Z"});
            }"""
        )
        page.close()
        page = context.new_page()
        start(page, site, there)
        day = {"en": "1 November 2026", "cy": "1 Tachwedd 2026"}[there.code]
        expect(page.locator("#found-draft-day")).to_have_text(day)
        follow(button(page, there, "Go on with it"))
        expect_letter_in(page, there)


# ---- A button says what it has begun.


@each_language
def test_a_button_says_what_it_has_begun_and_begins_it_once(browser: Browser, site: str, language: Language) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        start(page, site, language)
        page.evaluate(
            "addEventListener('submit', event => { event.preventDefault(); window.sent = (window.sent ?? 0) + 1; })"
        )
        field(page, "postcode").fill("SW1A 1AA")
        button(page, language, "Find my MP").click()
        busy = button(page, language, "Finding your MP …")
        expect(busy).to_have_attribute("aria-disabled", "true")
        busy.dispatch_event("click")  # Playwright's own click would wait until it can be pressed again
        field(page, "postcode").press("Enter")
        switcher(page, other(language)).click()
        assert page.evaluate("window.sent") == 1
        page.clock.run_for(11_000)  # nothing came of it
        button(page, language, "Find my MP").click()
        assert page.evaluate("window.sent") == 2


@each_language
@pytest.mark.parametrize("key", ["ControlOrMeta", "Shift"])
def test_a_click_that_opens_another_tab_makes_nothing_busy(
    browser: Browser, site: str, language: Language, key: Literal["ControlOrMeta", "Shift"]
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        start(page, site, language)
        field(page, "postcode").fill("SW1A 1AA")
        with context.expect_page() as opened:
            button(page, language, "Find my MP").click(modifiers=[key])
        is_at(opened.value, language, "Write to %(name)s", name=NAME)
        assert page.locator(".busy").count() == 0
        follow(button(page, language, "Find my MP"))
        is_at(page, language, "Write to %(name)s", name=NAME)


def test_a_page_that_the_browser_kept_has_its_button_back(
    browser: Browser,
    browser_that_keeps_pages: Callable[[Browser], Browser],  # noqa: F811
    site: str,
) -> None:
    with browser_that_keeps_pages(browser).new_context() as context:
        page = context.new_page()
        start(page, site, WELSH)
        page.evaluate("window.isKept = true")
        field(page, "postcode").fill("SW1A 1AA")
        follow(button(page, WELSH, "Find my MP"))
        is_at(page, WELSH, "Write to %(name)s", name=NAME)
        page.evaluate("() => { setTimeout(() => history.back()) }")
        expect(page.get_by_role("heading", level=1)).to_have_text("Safwch gyda’r Uyghuriaid")
        assert page.evaluate("window.isKept"), "the page was loaded anew, so nothing was tried here"
        follow(button(page, WELSH, "Find my MP"))
        is_at(page, WELSH, "Write to %(name)s", name=NAME)


@each_language
def test_a_button_that_answers_with_a_file_becomes_itself_again(
    browser: Browser, site: str, language: Language
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        come_to_letter(page, site, language)
        with page.expect_download():
            button(page, language, "Download the PDF").click()
        expect(button(page, language, "Making the PDF …")).to_be_visible()
        with page.expect_download():
            button(page, language, "Text file").click()
        page.clock.run_for(5_000)
        with page.expect_download():
            button(page, language, "Download the PDF").click()
