"""No letter has more marks than any language puts on one."""

import pytest

from app.i18n.stream_safe import MOST_MARKS, stream_safe
from app.mp.people import folded

GRAVE, BELOW, POINT = "\u0300", "\u0316", "\u05b0"


@pytest.mark.parametrize(
    "text", ["", "Siân", "Sia\u0302n", "a" + GRAVE * MOST_MARKS, "שָׁלוֹם " * 99, "漢字" * 999, "👩🏽‍🌾" * 99]
)
def test_texts_stay_as_they_are(text: str) -> None:
    assert stream_safe(text) == text


@pytest.mark.parametrize("marks", [GRAVE * 999, (GRAVE + BELOW) * 500, POINT * 31, BELOW * 100 + GRAVE * 100])
def test_marks_beyond_thirty_go(marks: str) -> None:
    assert stream_safe(f"Tŷ {marks}b漢{marks}") == f"Tŷ {marks[:MOST_MARKS]}b漢{marks[:MOST_MARKS]}"


def test_names_compare_however_many_marks_they_have() -> None:
    assert folded("Ynys Mo" + GRAVE * 50_000 + BELOW * 50_000 + "n") == "ynys mon"
