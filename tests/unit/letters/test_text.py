import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.letters.text import (
    _OUT_OF_THE_ORDINARY,
    MARKS,
    clean,
    clean_line,
    clean_paragraphs,
    count_words,
    direction,
    drop_private,
)

WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
"""A black flag and letters of tags: the flag of Wales."""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ŵyn ŷ — “quotes” 😀 ئۇيغۇر שלום 你好", "Ŵyn ŷ — “quotes” 😀 ئۇيغۇر שלום 你好"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\u2029b\x85c\x0bd\x0ce", "a\nb\nc\nd\ne"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("a\tb", "a b"),
        ("\u202eevil\u2066", "evil"),
        ("e\u0301", "é"),
        ("\ud800x", "x"),
        ("\ud83d\ude00", ""),  # halves that were never one character
        ("z" + "\u0337" * 50, "z" + "\u0337" * 3),
        ("z" + "\u0337\u0301\u20d7" * 20 + "y" + "\u0337" * 9, "ź\u0337\u0337\u0337y\u0337\u0337\u0337"),
    ],
)
def test_keeps_text_and_drops_what_breaks_it(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize(
    "character",
    "\xad\u180e\u200b\u2060\u2061\u2064\ufeff\ufff9\ufffb\u202a\u202e\u2066\u2069\u206a\u206f"
    "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0010fffe\U0010ffff\U000e0001\U000e0041\U000e007f",
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_drops_characters_that_nobody_sees(character: str) -> None:
    """Soft hyphens, spaces of no width, overrides, annotations, tags, and what is no character."""
    assert clean(f"a{character}b") == "ab"
    assert clean_line(f"{character} a b {character}") == "a b"
    assert clean_paragraphs(f"{character}\n{character}\na") == "a"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian parts letters so
        "क\u094d\u200dष",  # and Hindi joins them so
        "\u200e(a)\u200f",
        "👩\u200d🔬 👍🏽 ❤\ufe0f 🇬🇧 1\ufe0f\u20e3",
        "葛\U000e0100",  # one of several ways to write a name
        "\ufffd",
        "a\xa0b\u2009c\u3000d",
    ],
)
def test_keeps_characters_that_a_language_needs(text: str) -> None:
    assert clean(text) == text
    assert clean_paragraphs(drop_private(text)) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (WALES, WALES),
        (f"a{WALES}b{WALES}", f"a{WALES}b{WALES}"),
        ("\U0001f3f4", "\U0001f3f4"),
        ("a\U000e0067\U000e0062\U000e007fb", "ab"),
        ("\U0001f3f4\u200b\U000e0067", "\U0001f3f4\U000e0067"),
    ],
)
def test_tells_the_flag_of_wales_from_hidden_letters(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_a_flag_hides_no_more_letters_than_a_flag_has() -> None:
    assert len(clean(f"\U0001f3f4{WALES[1:] * 20}")) <= 1 + 7


@pytest.mark.parametrize("character", f"{MARKS}\ue003\uf8ff\U000f0000\U0010fffd")
def test_nobody_types_characters_of_private_use(character: str) -> None:
    """They mean something to one font or program only, and some of them to this app."""
    assert drop_private(f"a{character}b") == "ab"
    assert clean(f"a{character}b") == f"a{character}b", "texts of our own may hold marks"


@pytest.mark.parametrize(
    "text", ["Ŵyn", "\ud7ff\uf900\ufb00", WALES, "👩\u200d🔬", "\U000e0100\U0002fa1d\U00030000", "\ud800", "\x00", ""]
)
def test_whatever_else_is_typed_stays_for_cleaning(text: str) -> None:
    assert drop_private(text) == text


@pytest.mark.parametrize(
    ("text", "composed"),
    [
        ("w\u0302", "ŵ"),
        ("y\u0302", "ŷ"),
        ("\u212b", "Å"),
        ("\u1112\u1161\u11ab", "한"),
        ("q\u0323\u0307", "q\u0323\u0307"),
        ("q\u0307\u0323", "q\u0323\u0307"),
        ("ﬁ ½ ²", "ﬁ ½ ²"),
    ],
)
def test_writes_one_letter_in_one_way(text: str, composed: str) -> None:
    """NFC: a circumflex typed after its letter is part of it, and nothing else about a letter changes."""
    assert clean(text) == composed
    assert clean(clean(text)) == composed


def test_letters_are_composed_even_where_marks_were_dropped_between_them() -> None:
    assert unicodedata.is_normalized("NFC", clean("\u0627" + "\u0323" * 3 + "\u0301\u0653"))


@given(st.text())
@settings(deadline=None)
def test_clean_text_is_clean(text: str) -> None:
    for cleaned in (clean(text), clean_line(text), clean_paragraphs(text)):
        cleaned.encode()
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in cleaned)
        assert not any(unicodedata.bidirectional(c) in "LRE RLE LRO RLO PDF LRI RLI FSI PDI".split() for c in cleaned)
    assert "\n" not in clean_line(text)
    assert "\n\n\n" not in clean_paragraphs(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_paragraphs(clean_paragraphs(text)) == clean_paragraphs(text)


@given(st.text())
@settings(deadline=None)
def test_typed_text_holds_no_marks(text: str) -> None:
    assert not any(unicodedata.category(character) == "Co" for character in drop_private(text))
    assert drop_private(drop_private(text)) == drop_private(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (" a\n\n\n\nb ", "a\n\nb"),
        ("a  \n \n\t\n  b", "a\n\n  b"),
        ("a\r\n\r\n\r\nb\r\r\rc", "a\n\nb\n\nc"),
        ("a\u200b\n\u200b\n\u200b\nb", "a\n\nb"),
        ("a\nb", "a\nb"),
        ("\n \n", ""),
    ],
)
def test_paragraphs_are_parted_by_one_blank_line(text: str, lines: str) -> None:
    assert clean_paragraphs(text) == lines


def test_a_line_is_one_line() -> None:
    assert clean_line("  a\r\n b\xa0\u2028 c\t\td ") == "a b c d"
    assert clean_line("Mine\r\nBcc: other@example.org") == "Mine Bcc: other@example.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "ltr"),
        ("Hello", "ltr"),
        ("ئۇيغۇر", "rtl"),
        ("שלום", "rtl"),
        ("ދިވެހި", "rtl"),
        ("Uyghur (ئۇيغۇر)", "ltr"),
        ("ئۇيغۇر (Uyghur)", "rtl"),
        ("- 1. “…” שלום, hello", "rtl"),
        ("١٢٣ – 123", "ltr"),
        ("\u200fHello", "rtl"),
        ("\u200eשלום", "ltr"),
        ("😀 你好", "ltr"),
        ("123 !?", "ltr"),
    ],
)
def test_the_first_letter_tells_where_a_line_begins(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n ", 0), ("one", 1), ("one two\n\nthree – four", 5), ("你好", 1)]
)
def test_words_are_what_stands_between_spaces(text: str, count: int) -> None:
    assert count_words(text) == count


def test_what_is_not_taken_apart_would_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most texts are left as they are, since nothing in them would change: any two of their characters are tried."""
    plain = [
        character for character in [*map(chr, range(0x3000)), *MARKS] if not _OUT_OF_THE_ORDINARY.search(character)
    ]
    assert {*"aZ9\n é’—…ŵ€\xa0", *MARKS} <= {*plain}
    monkeypatch.setattr("app.letters.text._OUT_OF_THE_ORDINARY", re.compile(""))
    assert clean("\r") == "\n", "everything is taken apart now"
    pairs = "".join(f"{first}{second}" for first in plain for second in plain)
    assert clean(pairs) == pairs
