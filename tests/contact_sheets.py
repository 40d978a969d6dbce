"""Many pictures of pages side by side, so that a person can look through all of them in a few minutes."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1600, 2000
"""Of a sheet, at most, in pixels."""
_GAP, _CAPTION = 12, 22
_DESK, _INK = "#5b6068", "white"


def contact_sheets(pictures: Sequence[Path], screen: tuple[int, int], columns: int) -> list[Image.Image]:
    """The first screenful of each picture with its name, so many to a row, on as many sheets as it takes."""
    width = (WIDTH - _GAP) // columns - _GAP
    height = width * screen[1] // screen[0]
    rows = (HEIGHT - _GAP) // (height + _CAPTION + _GAP)
    a_sheet = rows * columns
    parts = [pictures[start : start + a_sheet] for start in range(0, len(pictures), a_sheet)]
    return [_sheet(part, screen, (width, height), columns) for part in parts]


def _sheet(pictures: Sequence[Path], screen: tuple[int, int], size: tuple[int, int], columns: int) -> Image.Image:
    width, height = size
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (WIDTH, _GAP + rows * (height + _CAPTION + _GAP)), _DESK)
    draw = ImageDraw.Draw(sheet)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        left, top = _GAP + column * (width + _GAP), _GAP + row * (height + _CAPTION + _GAP)
        draw.text((left, top), picture.stem, _INK, ImageFont.load_default(14))
        sheet.paste(_first_screenful(picture, screen).resize(size, Image.Resampling.LANCZOS), (left, top + _CAPTION))
    return sheet


def _first_screenful(path: Path, screen: tuple[int, int]) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB").crop((0, 0, *screen))
