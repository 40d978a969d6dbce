"""What a page’s policy keeps from running, in a real browser: nothing of somebody else's becomes a part of a page."""

import pytest
from playwright.sync_api import Error, Page

SINKS = (
    "document.body.innerHTML = '<img src=x>'",
    "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "document.write('<b>x</b>')",
    "new DOMParser().parseFromString('<b>x</b>', 'text/html')",
    "trustedTypes.createPolicy('another', { createHTML: (text) => text })",
    "trustedTypes.createPolicy('our-page', { createHTML: (text) => text })",  # the script has made it already
)


@pytest.fixture
def page(page: Page, site: str) -> Page:
    """A campaign's page, its scripts at work."""
    page.goto(f"{site}/c/uyghurs", wait_until="load")
    return page


def test_no_text_becomes_elements(page: Page, subtests: pytest.Subtests) -> None:
    for sink in SINKS:
        with subtests.test(sink), pytest.raises(Error, match="TypeError"):
            page.evaluate(sink)


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    refused = page.evaluate(
        """() => new Promise((done) => {
          const found = new Set();
          addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
            found.add(effectiveDirective);
            if (found.size === 4) done([...found].sort());
          });
          const add = (tag, has) => document.body.append(Object.assign(document.createElement(tag), has));
          add("img", { src: "http://127.0.0.1:9/x.png" });
          add("link", { rel: "stylesheet", href: "http://127.0.0.1:9/x.css" });
          add("iframe", { src: "http://127.0.0.1:9/" });
          fetch("http://127.0.0.1:9/").catch(() => {});
        })"""
    )
    assert refused == ["connect-src", "frame-src", "img-src", "style-src-elem"]
