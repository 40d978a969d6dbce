"""The pictures of README and docs, taken from the running app on a fixed day, so that they never lie.

python -m tests.pictures docs/pictures
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import requests
from PIL import Image
from playwright.sync_api import Browser

from app.letters.paper.page_images import page_images
from app.mp.dissolution import LONDON
from tests.browser.arrival import come_to
from tests.pages import PAGES
from tests.running import chromium, running_sites

NOW = datetime(2026, 11, 22, 12, tzinfo=LONDON)
HOST = "letters.example.org"
PHONE, DESK = (360, 720), (1120, 900)
_SHARP = 1.25  # dots a pixel
_GAP, _BEHIND = 24, "#c8c1b4"
_COLOURS = 112  # a picture of text needs no more, and takes a third


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of pages and of paper."""

    browser: Browser
    addresses: dict[str, str]

    def screen(
        self, name: str, size: tuple[int, int], scheme: Literal["light", "dark"] = "light", prefix: str = ""
    ) -> Image.Image:
        """The first screenful of one of ``PAGES``; with the prefix ``/cy``, in Welsh."""
        width, height = size
        with self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            device_scale_factor=_SHARP,
        ) as context:
            page = context.new_page()
            visit = PAGES[name]
            come_to(page, self.addresses, visit._replace(path=prefix + visit.path))
            return Image.open(BytesIO(page.screenshot())).convert("RGB")

    def paper(self, path: str, data: dict[str, str] | None = None) -> Image.Image:
        """The first page of a PDF."""
        address = self.addresses["snapshot"] + path
        response = requests.request("POST" if data else "GET", address, data=data, headers={"Host": HOST}, timeout=30)
        response.raise_for_status()
        return Image.open(BytesIO(page_images(response.content)[0])).convert("RGB")


def beside(*parts: Image.Image) -> Image.Image:
    """Pictures next to each other, as high as the first."""
    height = parts[0].height
    same = [part.resize((part.width * height // part.height, height), Image.Resampling.LANCZOS) for part in parts]
    whole = Image.new("RGB", (sum(part.width for part in same) + _GAP * (len(same) + 1), height + 2 * _GAP), _BEHIND)
    left = _GAP
    for part in same:
        whole.paste(part, (left, _GAP))
        left += part.width + _GAP
    return whole


ALL: dict[str, Callable[[Camera], Image.Image]] = {
    "journey": lambda camera: beside(
        camera.screen("write, live", DESK), camera.paper("/c/uyghurs/letter.pdf", PAGES["letter, live"].data)
    ),
    "phone": lambda camera: beside(
        *(camera.screen(name, PHONE) for name in ("campaign", "write, live", "letter, live"))
    ),
    "dark-and-welsh": lambda camera: beside(
        camera.screen("campaign", PHONE, "dark"),
        camera.screen("write, live", PHONE, "dark"),
        camera.screen("campaign", PHONE, prefix="/cy"),
        camera.screen("write, live", PHONE, prefix="/cy"),
    ),
    "colour-and-logo": lambda camera: beside(
        *(camera.screen("campaign with colour and logo", PHONE, scheme) for scheme in ("light", "dark")),
        camera.screen("campaign with colour and logo, write", PHONE),
    ),
    "studio": lambda camera: beside(camera.screen("studio", (1280, 1000))),
    "paper": lambda camera: beside(
        camera.paper("/c/uyghurs/poster.pdf"), camera.paper("/c/uyghurs/stall.pdf?constituency=3985")
    ),
}
"""By the names of their files."""


def main(folder: Path) -> None:
    """Take them all."""
    with patch("app.mp.dissolution.datetime") as clock:
        clock.now.return_value = NOW
        with running_sites() as addresses, chromium() as browser:
            for name, take in ALL.items():
                picture = take(Camera(browser, addresses)).quantize(_COLOURS, dither=Image.Dither.NONE)
                picture.save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
