"""Every page in every state, at three widths, by day and in the dark, in English and in Welsh, to be looked at.

python -m tests.screenshots FOLDER

makes FOLDER/en/360-light/campaign.png and so on, and in FOLDER/sheets many side by side. It takes a few minutes.
"""

import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, Page

from tests.browser.arrival import come_to
from tests.contact_sheets import contact_sheets
from tests.pages import PAGES, Visit
from tests.publisher import PASSWORD
from tests.running import chromium, running_sites

SCREENS = {(360, 800): 6, (768, 1024): 4, (1280, 800): 3}
"""Width and height, and how many of them stand in a row on a contact sheet."""
LOCALES = {"en": "en-GB", "cy": "cy-GB"}
"""What the browser says things in that are its own, such as how days are typed."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PREFIXES = {"en": "", "cy": "/cy"}
MOST = 6000  # pixels of a page's height: 650 constituencies need not be seen to the last

Addresses = dict[str, str]


def every_page(context: BrowserContext, addresses: Addresses, prefix: str) -> Iterator[tuple[str, Page]]:
    """Each page by the name of its state, in a tab of its own."""
    for name, visit in PAGES.items():
        page = context.new_page()
        come_to(page, addresses, visit._replace(path=prefix + visit.path))
        yield name, page
        page.close()


def publishers_pages(context: BrowserContext, addresses: Addresses, prefix: str) -> Iterator[tuple[str, Page]]:
    """The same of those that one logs in for."""
    studio, page = f"{prefix}/studio", context.new_page()
    page.goto(f"{addresses['publisher']}{studio}/log-in")
    yield "studio, log in", page
    for password in ("wrong", PASSWORD):
        page.locator("[name=password]").fill(password)
        with page.expect_navigation():
            page.locator("[name=password]").press("Enter")
        yield "studio, wrong password" if password == "wrong" else "studio, logged in", page
    page.goto(f"{addresses['publisher']}{studio}?start=uyghurs")
    file = page.locator("[name=file]").input_value().replace("summary: ", "summary: Write today. ")
    changed = {"slug": "uyghurs", "file": file, "base": page.locator("[name=base]").input_value()}
    for name, data in {"publish": changed, "publish, changed meanwhile": changed | {"base": ""}}.items():
        come_to(page, addresses, Visit("publisher", "POST", f"{studio}/publish", data))
        yield f"studio, {name}", page
    come_to(page, addresses, Visit("publisher", "GET", f"{studio}/versions/uyghurs?published=yes", {}))
    yield "studio, versions", page
    page.close()


def take(addresses: Addresses, folder: Path, language: str) -> list[str]:
    """Take every picture in a language; their file names, in the order of the journey."""
    names = []
    # With less motion colours change at once.
    with chromium() as browser, browser.new_context(reduced_motion="reduce", locale=LOCALES[language]) as context:
        pages = (come(context, addresses, PREFIXES[language]) for come in (every_page, publishers_pages))
        for name, page in chain.from_iterable(pages):
            names.append(re.sub(r"\W+", "-", name) + ".png")
            take_all(page, folder / language, names[-1])
    return names


def take_all(page: Page, folder: Path, name: str) -> None:
    """One page as it is, on every screen by day and in the dark."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            whole: int = page.evaluate("Math.max(innerHeight, document.documentElement.scrollHeight)")
            page.screenshot(
                path=folder / f"{width}-{scheme}" / name,
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(whole, MOST)},
            )


def lay_out(folder: Path, names: Sequence[str]) -> None:
    """Make the contact sheets of these pictures in a folder."""
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    for language in PREFIXES:
        for screen, columns in SCREENS.items():
            for scheme in SCHEMES:
                pictures = [folder / language / f"{screen[0]}-{scheme}" / name for name in names]
                for number, sheet in enumerate(contact_sheets(pictures, screen, columns), 1):
                    sheet.save(folder / "sheets" / f"{language}-{screen[0]}-{scheme}-{number}.png")


def main(folder: Path) -> None:
    """Take the pictures and lay them out."""
    begin = time.monotonic()
    # A browser for each language: it is they that take the time.
    with running_sites() as addresses, ThreadPoolExecutor() as pool:
        names, *_ = pool.map(lambda language: take(addresses, folder, language), PREFIXES)
    lay_out(folder, names)
    count = f"{len(names)} pages × {len(PREFIXES) * len(SCREENS) * len(SCHEMES)} pictures"
    print(f"{count} in {time.monotonic() - begin:.0f} s. Look through {folder / 'sheets'} first.")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
