"""How a browser comes to a page that one may have to post something for."""

from playwright.sync_api import Page

from tests.pages import Visit


def come_to(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    """Open a page; a posted one through a form of the site's own."""
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
