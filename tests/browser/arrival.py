"""How a browser comes to a page."""

from typing import Literal

from playwright.sync_api import Locator, Page

from tests.conftest import WRITER
from tests.pages import Visit

TYPED = WRITER | {"answer-connection": "My neighbour waits for news."}
"""What most tests type on the writer's page, by the names of its fields."""


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """``follow`` the button or link of that name."""
    follow(page.get_by_role(role, name=name))


def follow(leads_on: Locator) -> None:
    """Go on to another page, and wait until it has loaded and its script has begun: nobody types before that."""
    with leads_on.page.expect_navigation():
        leads_on.click()


def fill(page: Page, texts: dict[str, str]) -> None:
    """Type texts into fields, by label: all at once, since a step for each takes longer than all the page."""
    page.evaluate(
        """(texts) => {
            const said = (label) => label.textContent.trim().replace(/\\s+/g, " ");
            const fields = [...document.querySelectorAll("input, textarea")];
            for (const [label, text] of Object.entries(texts)) {
                const field = fields.find(({labels}) => [...labels ?? []].some((one) => said(one) === label));
                if (!field) throw new Error(`no field is labelled “${label}”`);
                field.focus();
                field.value = text;
                field.dispatchEvent(new Event("input", {bubbles: true}));
            }
        }""",
        texts,
    )


def come_to(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    """Open a page; one that has to be posted through a form of the site's own."""
    site = addresses[visit.site]
    if visit.method == "GET":
        page.goto(site + visit.path)
    else:
        send(page, site, visit.path, visit.data)


def open_page(page: Page, site: str, name: str, **changes: str) -> None:
    """Open a page of the journey as somebody comes to it who has filled in all."""
    send(page, site, f"/c/uyghurs/{name}", TYPED | changes)


def send(page: Page, site: str, path: str, data: dict[str, str]) -> None:
    """Post through a form of the site's own."""
    if not page.url.startswith(site):
        page.goto(f"{site}/healthz")  # the smallest of all pages
    with page.expect_navigation():
        page.evaluate(
            """([path, data]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: path});
                for (const [name, value] of Object.entries(data))
                    form.append(Object.assign(document.createElement("textarea"), {name, value}));
                document.body.append(form);
                form.submit();
            }""",
            [path, data],
        )
