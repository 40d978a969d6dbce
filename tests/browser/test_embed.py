"""A campaign on another site, in a real browser: in a frame as high as it is, refused elsewhere, or as a form."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from werkzeug.serving import make_server

from tests.browser.conftest import with_and_without_scripts
from tests.web.share.test_share import Fields

PAGE = """<!doctype html>
<html lang="en-GB"><title>A charity</title><link rel="icon" href="data:,"><h1>A charity</h1><p>Its own words.</p>"""
widths = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture
def charity() -> Iterator[tuple[str, dict[str, str]]]:
    """Another site, on another origin: its address, and what its page holds beside its own words."""
    page = {"code": ""}
    app = Flask("charity")
    app.add_url_rule("/", view_func=lambda: PAGE + page["code"])
    server = make_server("localhost", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()  # stops at once
    yield f"http://localhost:{server.port}", page
    server.shutdown()
    server.server_close()


@pytest.fixture
def code(serve: Callable[..., str], browser: Browser, tmp_path: Path) -> Callable[[str, str], str]:
    """The code that the share page hands over, for a campaign that may be framed by the sites given."""

    def copied(field: str, ancestors: str) -> str:
        (tmp_path / "rivers.md").write_text(
            "---\ntitle: Clean rivers\nsubject: S\nsummary: Ask your MP to stand up for your river, and say why.\n"
            f"frame_ancestors: [{ancestors}]\n---\nText\n"
        )
        page = browser.new_page()
        page.goto(f"{serve(campaigns_dir=tmp_path)}/c/rivers/share")
        fields = Fields(page.content()).texts
        page.close()
        return fields[field]

    return copied


def _visited(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page opened, and what the browser had to say of it."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.goto(address)
    return page, said


@widths
def test_a_frame_is_as_high_as_what_is_in_it(
    browser: Browser, charity: tuple[str, dict[str, str]], code: Callable[[str, str], str], width: int
) -> None:
    address, holds = charity
    holds["code"] = code("frame-code", address) * 2  # two on a page
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page, said = _visited(context, address)
        given = page.locator("iframe").first.get_attribute("height")
        for n in range(2):
            frame = page.locator("iframe").nth(n)
            expect(frame).to_have_css("height", _height_within(page, n))
        assert _height_within(page, 0) != f"{given}px"
        # When the telephone is turned, it follows.
        page.set_viewport_size({"width": 280, "height": 800})
        narrow = _height_within(page, 1)
        expect(page.locator("iframe").nth(1)).to_have_css("height", narrow)
        assert said == []
        assert context.cookies() == []


def _height_within(page: Page, n: int) -> str:
    """The height of what is in a frame."""
    inside = page.frame_locator("iframe").nth(n)
    inside.get_by_label("Your postcode").wait_for()
    height = inside.locator("html").evaluate("html => Math.ceil(html.getBoundingClientRect().height)")
    return f"{height}px"


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)], ids=["360", "1280, no scripts"])
def test_the_journey_leaves_the_frame_and_the_way_back_leads_to_the_charity(
    browser: Browser, charity: tuple[str, dict[str, str]], code: Callable[[str, str], str], width: int, scripts: bool
) -> None:
    address, holds = charity
    holds["code"] = code("frame-code", address)
    with browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts) as context:
        page, _ = _visited(context, address)
        inside = page.frame_locator("iframe")
        button = inside.get_by_role("button", name="Write to your MP")
        box, frame = button.bounding_box(), page.locator("iframe").bounding_box()
        assert box
        assert frame
        assert box["y"] + box["height"] < frame["y"] + frame["height"], "all of the form shows"
        inside.get_by_label("Your postcode").fill("SW1A 1AA")
        button.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Write to Rachel Blake")
        assert page.url.endswith("/c/rivers/write")
        assert context.cookies() == []
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("A charity")


@with_and_without_scripts
def test_a_frame_is_refused_on_a_site_that_is_not_listed(
    browser: Browser, charity: tuple[str, dict[str, str]], code: Callable[[str, str], str], scripts: bool
) -> None:
    address, holds = charity
    holds["code"] = code("frame-code", "https://www.example.org")
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(address)
        assert not page.frames[1].url.startswith("http"), "what is in the frame is the browser's own"
        expect(page.frame_locator("iframe").get_by_label("Your postcode")).to_have_count(0)


def test_a_page_may_not_set_the_height_of_anothers_frame(
    browser: Browser, charity: tuple[str, dict[str, str]], code: Callable[[str, str], str]
) -> None:
    address, holds = charity
    script = 'parent.postMessage({dearMP: 9000}, "*")'
    strange = f"<iframe id=strange srcdoc='<script>{script}</script>' height=99></iframe>"
    holds["code"] = code("frame-code", address) + strange
    with browser.new_context() as context:
        page, _ = _visited(context, address)
        _height_within(page, 0)
        page.wait_for_function("document.querySelector('iframe').style.height")
        assert page.locator("#strange").evaluate("frame => frame.style.height") == ""


@with_and_without_scripts
def test_the_postcode_box_works_on_any_site(
    browser: Browser, charity: tuple[str, dict[str, str]], code: Callable[[str, str], str], scripts: bool
) -> None:
    address, holds = charity
    holds["code"] = code("form-code", "")
    with browser.new_context(java_script_enabled=scripts) as context:
        page, said = _visited(context, address)
        page.get_by_label("Your postcode").fill("SW1A 1AA")
        page.get_by_role("button", name="Write to your MP").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Write to Rachel Blake")
        assert context.cookies() == []
        assert said == []
        page.go_back()
        expect(page.get_by_label("Your postcode")).to_be_visible()


def test_what_is_handed_over_is_copied(browser: Browser, serve: Callable[..., str]) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page, _ = _visited(context, f"{serve()}/c/uyghurs/share")
        for label in ("Link to the campaign", "For a newsletter", "Code of the frame", "Code of the postcode box"):
            page.get_by_role("button", name=f"Copy {label}").click()
            expect(page.get_by_role("button", name="Copied").last).to_be_visible()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert copied.strip() == page.get_by_label(label, exact=True).input_value().strip()


def test_nothing_typed_on_the_journey_goes_into_the_address_of_a_letter_for_a_stall(
    browser: Browser, serve: Callable[..., str]
) -> None:
    site = serve()
    with browser.new_context() as context:
        page, _ = _visited(context, f"{site}/c/uyghurs")
        page.get_by_label("Your postcode").fill("SW1A 1AA")
        page.get_by_role("button", name="Find my MP").click()
        page.get_by_label("Full name").fill("Siân Example")
        page.goto(f"{site}/c/uyghurs/share")
        page.get_by_label("Constituency").select_option("Chorley")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the letter (PDF)").click()
        assert download.value.url == f"{site}/c/uyghurs/stall.pdf?constituency=3985"
