"""Advice about the readability of a letter: the length of its sentences, and its reading age."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pyphen

from app.campaigns.linter.prose import FILLER, Passage
from app.campaigns.problems import Problem
from app.i18n.translate import gettext as _

LONGEST_SENTENCE = 35  # words
HIGHEST_AGE = 16  # years
"""Our own letters have reading ages from 8 to 15, even with the long words of the Uyghur campaign; letters of
government departments 20 and more. Nobody who left school at 16 should have to guess what they sign."""
FEWEST_WORDS = 50
"""With fewer words, a single long one changes the result."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_COUNTED = re.compile(rf"[\w’'{FILLER}]+(?:-[\w’'{FILLER}]+)*")


def advice_on_sentences(passage: Passage) -> Iterator[Problem]:
    """Yield advice about sentences that are too long. A placeholder counts as a word."""
    for start, sentence in passage.sentences:
        words = len(_COUNTED.findall(sentence))
        if words > LONGEST_SENTENCE:
            message = _(
                "this sentence has %(words)d words; make two of it: %(most)d are as many as one follows",
                words=words,
                most=LONGEST_SENTENCE,
            )
            yield passage.advice(start, message)


def advice_on_age(passage: Passage) -> Iterator[Problem]:
    age = reading_age([sentence for _start, sentence in passage.sentences])
    if age and age > HIGHEST_AGE:
        message = _(
            "by its long words and sentences the letter is for readers of %(age)d and older; "
            "write it for %(most)d: say “use” for “utilise”, and make two sentences of one",
            age=round(age),
            most=HIGHEST_AGE,
        )
        yield passage.advice(0, message)


def reading_age(sentences: Sequence[str]) -> float | None:
    """Return the reading age in years: the Flesch–Kincaid grade plus five. None if the text is too short.

    Syllables are counted by the places at which a word can be hyphenated, which gives slightly too few.
    """
    sentence_words = [words for sentence in sentences if (words := _WORD.findall(sentence))]
    count = sum(map(len, sentence_words))
    if count < FEWEST_WORDS:
        return None
    syllables = sum(_count_syllables(word.casefold()) for words in sentence_words for word in words)
    return 0.39 * count / len(sentence_words) + 11.8 * syllables / count - 15.59 + 5


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)


def _count_syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1
