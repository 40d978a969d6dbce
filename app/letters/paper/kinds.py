"""The kinds of paper: letter, sheet for a stall, poster; and how each finds a size of type that fits."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.letters.letter import Letter
from app.letters.paper.poster import Poster
from app.letters.paper.stall import StallSheet

if TYPE_CHECKING:
    from weasyprint.document import Document
else:
    Document = Any

MOST_PAGES = 3
FONT_SIZES = (11, 10.5, 10)  # points; below that nobody reads with pleasure
_FEWER_PAGES = {2: 1, MOST_PAGES + 1: MOST_PAGES}
"""Page counts worth a smaller size, and the count it should bring."""

Paper = Letter | StallSheet | Poster
Size = Callable[[], Document]
"""Lays out a paper in one size of type."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """The template, stylesheets and sizes of one kind of paper."""

    template: str
    context: Callable[[Any], dict[str, object]]
    """Builds the template context for a paper."""
    stylesheets: tuple[str, ...]
    sizes: tuple[str, ...]
    """Stylesheets of which one is chosen; the usual one is the first."""
    choose: Callable[[Sequence[Size]], Document]


def usual_or_smaller(sizes: Sequence[Size]) -> Document:
    """Choose the usual size, or a smaller one if that saves the second page, or a page too many."""
    document = sizes[0]()
    wanted = _FEWER_PAGES.get(len(document.pages))
    if wanted == 1:  # most letters of two pages are far too long for one: the smallest size shows that at once
        smallest = sizes[-1]()
        if len(smallest.pages) > wanted:
            return document
        sizes = (*sizes[:-1], lambda: smallest)
    if wanted:
        smaller = (size() for size in sizes[1:])
        document = next((fitting for fitting in smaller if len(fitting.pages) <= wanted), document)
    return document


def in_fewest_pages(sizes: Sequence[Size]) -> Document:
    """Choose the first of the sizes that need the fewest pages: printing in bulk should save paper."""
    best = sizes[0]()
    for size in sizes[1:]:
        if len(best.pages) == 1:
            break
        best = min(best, size(), key=lambda document: len(document.pages))
    return best


def on_one_page(sizes: Sequence[Size]) -> Document:
    """Choose the first size, from large to small, that takes one page; the last if none does."""
    return sizes[bisect_left(range(len(sizes) - 1), True, key=lambda n: len(sizes[n]().pages) == 1)]()


def _points(*sizes: float) -> tuple[str, ...]:
    return tuple(f"body {{ font-size: {points}pt }}" for points in sizes)


_FEWER_LINES = ".spare { display: none }"
KINDS: dict[type, PaperKind] = {
    Letter: PaperKind(
        "letter.html",
        lambda letter: {"letter": letter, "blocks": letter.blocks},
        ("letter.css",),
        _points(*FONT_SIZES),
        usual_or_smaller,
    ),
    StallSheet: PaperKind(
        "stall.html",
        lambda sheet: {"letter": sheet.letter, "blocks": sheet.blocks, "words": sheet.words},
        ("letter.css", "stall.css"),
        (*_points(*FONT_SIZES), *(f"{size} {_FEWER_LINES}" for size in _points(*FONT_SIZES, 9.5, 9))),
        in_fewest_pages,
    ),
    Poster: PaperKind(
        "poster.html",
        lambda poster: {"poster": poster, "words": poster.words},
        ("poster.css",),
        _points(32, 29, 26, 24, 22, 20, 18, 16.5, 15, 13.5, 12, 11, 10, 9, 8, 7, 6),
        on_one_page,
    ),
}
