"""A campaign that closes while somebody writes: what they began goes on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arrival import follow, press
from tests.browser.conftest import with_and_without_scripts
from tests.browser.test_journey import Serve

FILE = """\
---
title: Rivers
subject: Rivers
{closes}questions:
  - id: river
    label: Which river do you know?
---
{{{{ answers.river }}}}

Will you ask? I look forward to your reply.
"""
MINE = "The Lea, since I was six."


def come_to_write(page: Page, site: str) -> None:
    page.goto(f"{site}/c/rivers")
    page.get_by_label("Your postcode").fill("SW1A 1AA")
    press(page, "Find my MP")
    page.get_by_label("Which river do you know?").fill(MINE)


def close(folder: Path) -> None:
    (folder / "rivers.md").write_text(FILE.format(closes="closes: 2020-01-31\n"))


@pytest.fixture
def site(serve: Serve, tmp_path: Path) -> str:
    (tmp_path / "rivers.md").write_text(FILE.format(closes=""))
    return serve(campaigns_dir=tmp_path)


@with_and_without_scripts
def test_a_letter_in_hand_is_finished(browser: Browser, site: str, tmp_path: Path, scripts: bool) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        come_to_write(page, site)
        close(tmp_path)
        press(page, "Not your constituency?")
        press(page, "Aberafan Maesteg")
        page.get_by_label("Full name").fill("Siân Example")
        page.get_by_label("Address line 1").fill("12 Example Street")
        page.get_by_label("Town or city").fill("Llanfair")
        follow(page.get_by_role("button", name="See my letter").last)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your letter to")
        expect(page.get_by_label("Letter", exact=True)).to_have_value(re.compile(MINE))


def test_a_draft_is_found_again_after_the_end(browser: Browser, site: str, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        come_to_write(page, site)
        page.get_by_role("button", name="Keep a draft on this device").click()
        page.close()
        close(tmp_path)
        page = context.new_page()
        page.goto(f"{site}/c/rivers")
        expect(page.get_by_role("heading", name="Ended on 31 January 2020")).to_be_visible()
        press(page, "Go on with it")
        expect(page.get_by_label("Which river do you know?")).to_have_value(MINE)
