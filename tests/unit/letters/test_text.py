import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letters.text import clean, clean_line, clean_paragraphs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ŵyn ŷ — “quotes” 😀 ئۇيغۇر שלום 你好", "Ŵyn ŷ — “quotes” 😀 ئۇيغۇر שלום 你好"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("a\tb", "a b"),
        ("\u202eevil\u2066", "evil"),
        ("e\u0301", "é"),
        ("\ud800x", "x"),
        ("z" + "\u0337" * 50, "z" + "\u0337" * 3),
    ],
)
def test_keeps_text_and_drops_what_breaks_it(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_clean_text_is_clean(typed: str) -> None:
    for cleaned in (clean(typed), clean_line(typed), clean_paragraphs(typed)):
        cleaned.encode()
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in cleaned)
    assert "\n" not in clean_line(typed)
    assert "\n\n\n" not in clean_paragraphs(typed)
    assert clean_paragraphs(clean_paragraphs(typed)) == clean_paragraphs(typed)
