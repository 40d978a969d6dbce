"""How hard a letter is to read: the length of its sentences, and the age at which one can follow it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pyphen

from app.campaigns.linter.prose import FILLER, Passage
from app.campaigns.problems import Problem
from app.i18n.translate import gettext as _

LONGEST_SENTENCE = 35  # words
HIGHEST_AGE = 16  # years
"""Our own letters come to 8 to 15, the longest words of the Uyghur campaign included; what a department writes, to 20
and more. Nobody who left school at 16 should have to guess what they sign."""
FEWEST_WORDS = 50
"""With fewer, one long word makes the difference."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_COUNTED = re.compile(rf"[\w’'{FILLER}]+(?:-[\w’'{FILLER}]+)*")


def advice_on_sentences(passage: Passage) -> Iterator[Problem]:
    """Sentences that are too long. A placeholder counts as a word."""
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
    """Whether a text in English asks too much of its readers."""
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
    """In years: the school grade by Flesch and Kincaid's formula, and five. None for a text too short to tell.

    Syllables are where a word could be hyphenated, which is a little fewer than one hears.
    """
    said = [words for sentence in sentences if (words := _WORD.findall(sentence))]
    count = sum(map(len, said))
    if count < FEWEST_WORDS:
        return None
    syllables = sum(_syllables(word.casefold()) for words in said for word in words)
    return 0.39 * count / len(said) + 11.8 * syllables / count - 15.59 + 5


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)


def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1
