"""How a browser comes to a page."""

from typing import Literal

from playwright.sync_api import Locator, Page

from tests.pages import Visit


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """``follow`` the button or link of that name."""
    follow(page.get_by_role(role, name=name))


def follow(leads_on: Locator) -> None:
    """Go on to another page, and wait until it has loaded and its script has begun: nobody types before that."""
    with leads_on.page.expect_navigation():
        leads_on.click()


def come_to(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    """Open a page; one that has to be posted through a form of the site's own."""
    site = addresses[visit.site]
    if visit.method == "GET":
        page.goto(site + visit.path)
        return
    page.goto(f"{site}/privacy")
    with page.expect_navigation():
        page.evaluate(
            """([path, data]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: path});
                for (const [name, value] of Object.entries(data))
                    form.append(Object.assign(document.createElement("textarea"), {name, value}));
                document.body.append(form);
                form.submit();
            }""",
            [visit.path, visit.data],
        )
