"""An estimate that shows, without laying it out, that a letter fits a page. Most do, and need not wait for a proof.

No line is estimated shorter than it is, in the smallest size that a letter is set in.
``templates/letter/letter.css`` has the sizes.
"""

from collections.abc import Iterator
from itertools import filterfalse, repeat
from unicodedata import combining, normalize

from app.letters.letter import BulletList, Letter, Paragraph
from app.letters.paper import geometry
from app.letters.paper.kinds import FONT_SIZES

_SIZE = min(FONT_SIZES)
_EM = _SIZE * 25.4 / 72  # mm
_LINE = 1.4 * _EM
_ROOM = geometry.PAGE_HEIGHT - geometry.TEXT_TOP - geometry.MARGIN_BOTTOM
_WIDTH = geometry.PAGE_WIDTH - geometry.MARGIN_LEFT - geometry.MARGIN_RIGHT
_INDENT = 5.0
_AFTER_DATE, _AFTER_ITEM, _TO_SIGN = 5.0, 1.0, 13.0
_AFTER, _AFTER_HEADING = 0.67 * _EM, 0.87 * _EM
_BOLDER = 1.15
# Ems of letters in Noto Serif, rounded up, with a little for pairs that are set apart; of any other character the last.
_WIDTHS = {
    0.3: "',.’‘ :;/\\`",
    0.36: "jl-i!()",
    0.42: 'tJ[]If"',
    0.5: "{}“”s_r?c*–",
    0.6: "zeg0123456789S#$+<=>^|~ayoxvkF",
    0.66: "ZPTCbdpqELYhun",
    0.76: "BRXVKAGUDN&OQ",
    0.98: "HwmM%@…",
    1.1: "—W",
}
_EMS = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = max(_WIDTHS)


def plainly_fits_a_page(letter: Letter) -> bool:
    """Return True if the letter certainly fits. If not, only laying it out can tell."""
    return sum(_heights(letter)) <= _ROOM


def _heights(letter: Letter) -> Iterator[float]:
    """Yield the heights of everything on the page from top to bottom, in millimetres."""
    yield _LINE + _AFTER_DATE
    yield _count_lines(letter.subject, _WIDTH / _BOLDER) * _LINE + _AFTER_HEADING
    yield _TO_SIGN
    for block in letter.blocks:
        yield _AFTER + sum(_heights_of_items(block) if isinstance(block, BulletList) else _heights_of_lines(block))


def _heights_of_items(block: BulletList) -> Iterator[float]:
    return (_count_lines(item, _WIDTH - _INDENT) * _LINE + _AFTER_ITEM for item in block.items)


def _heights_of_lines(block: Paragraph) -> Iterator[float]:
    return (_count_lines(line, _WIDTH) * _LINE for line in block.lines)


def _count_lines(text: str, width: float) -> int:
    """Count the lines of a text that breaks between words only; a word longer than a line takes several."""
    lines, filled, space = 1, 0.0, _EMS[" "] * _EM
    for word in text.split(" "):  # not between words that a no-break space holds together
        length = _length(word)
        if filled and filled + space + length > width:
            lines, filled = lines + 1, 0.0
        filled += length + (space if filled else 0.0)
        lines, filled = lines + int(filled // width), filled % width
    return lines


def _length(word: str) -> float:
    """Return the length of a word in millimetres. An accent takes no room of its own."""
    bare = word if word.isascii() else filterfalse(combining, normalize("NFD", word))
    return _EM * sum(map(_EMS.get, bare, repeat(_WIDEST)))
