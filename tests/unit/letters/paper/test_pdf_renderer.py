"""Words that are too long for a line."""

import pytest

from app.letters.paper.pdf_renderer import LONGEST_WORD, _make_printable


@pytest.mark.parametrize("word", ["W" * LONGEST_WORD, "held\xa0together".ljust(LONGEST_WORD, "W")])
def test_a_word_that_fits_a_line_stays_whole(word: str) -> None:
    assert _make_printable(f"A {word} here") == f"A {word} here"


def test_a_longer_word_has_a_place_to_break() -> None:
    fits = "W" * LONGEST_WORD
    assert _make_printable(f"A {fits}W here") == f"A {fits}\N{ZERO WIDTH SPACE}W here"
