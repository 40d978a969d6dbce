"""How personal a letter is: the share of it in the writer's own words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import floor

from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.letters.composition import Composition
from app.letters.gaps import ANSWER, parted
from app.letters.letter import Letter

_RUN = 4  # words: so many in a row that are also in the campaign's text are the campaign's
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # no spaces there: a character is a word
_SIGN = re.compile(rf"[{_CJK}]")
_WORD_OR_SIGN = re.compile(rf"[{_CJK}]|(?:(?![{_CJK}])[^\W_])+(?:[’'\-](?:(?![{_CJK}])[^\W_])+)*")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")  # the same where there is no such character, in a third of the time
_NOTHING = gettext_noop("nothing yet")
_ABOUT = gettext_noop("about %(percent)s%%")
ADVICE = (
    (0, gettext_noop("A sentence of your own is enough. Letters that are all alike get one answer for all.")),
    (10, gettext_noop("Even this much makes it yours. What does it mean to you, or to somebody you know?")),
    (30, gettext_noop("Good: this is a letter that only one person could have written.")),
    (100, gettext_noop("This is your own letter through and through.")),
)
"""Advice for letters up to each percentage."""


@dataclass(frozen=True, slots=True)
class Personal:
    """The number of words in a letter, and how many of them are the writer's own."""

    own: int
    all: int

    @property
    def share(self) -> float:
        """The share of own words, between 0 and 1."""
        return self.own / self.all if self.all else 0.0

    @property
    def percent(self) -> int:
        """The share to the nearest five, halves rounded up as scripts do; never 0 if there is an own word."""
        return max(5 * floor(20 * self.own / self.all + 0.5), 5) if self.own else 0

    @property
    def says(self) -> str:
        """The percentage in words."""
        return _(_ABOUT, percent=self.percent) if self.own else _(_NOTHING)

    @property
    def advice(self) -> str:
        """The advice for this percentage."""
        return next(_(advice) for percent, advice in ADVICE if self.percent <= percent)

    @property
    def texts_for_script(self) -> dict[str, object]:
        """The texts for every percentage, for the page's script."""
        advice = [(percent, _(text)) for percent, text in ADVICE]
        return {"nothing": _(_NOTHING), "about": _(_ABOUT), "advice": advice}


def personal(composition: Composition, letter: Letter) -> Personal:
    """Count the words of a letter that the campaign did not write, whatever became of it by hand.

    Finds the campaign's own runs of words wherever they are in the letter.
    """
    words_of = cache(_words)  # of paragraphs, for this letter alone: most of them are in all of these texts
    runs = {
        run
        for text in composition.campaign_texts
        for run in _runs([words_of(paragraph) for paragraph in text.split("\n\n")])
    }
    words = _join(words_of(paragraph) for paragraph in letter.body.split("\n\n"))
    taken = [False] * len(words)
    for size in {len(run) for run in runs}:
        for start, run in enumerate(_runs_of(words, size)):
            if run in runs:
                taken[start : start + size] = [True] * size
    return Personal(taken.count(False), len(words))


def personal_so_far(letter: Letter, typed: Mapping[str, str]) -> Personal:
    """Count the words of a letter with gaps, as the page's script does while somebody types into them.

    ``typed`` holds what was typed so far, by the name of the gap.
    """
    words_by_gap = [(name, len(_words(typed.get(name, "")))) for name in parted(letter.body)[1::2]]
    own = sum(count for name, count in words_by_gap if name.startswith(ANSWER))
    others = sum(len(_words(text)) for text in parted(letter.body)[::2])
    return Personal(own, others + sum(count for _name, count in words_by_gap))


def _runs(paragraphs: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the runs of a text, and paragraphs that are shorter than one: a greeting may be moved elsewhere."""
    for words in (_join(paragraphs), *(words for words in paragraphs if len(words) < _RUN)):
        size = min(len(words), _RUN)
        if size > 1:  # a single word between two answers could be anybody's
            yield from _runs_of(words, size)


def _join(paragraphs: Iterable[list[str]]) -> list[str]:
    return list(chain.from_iterable(paragraphs))


def _runs_of(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    """Return every run of ``size`` words: for ``a b c`` and 2, ``a b`` and ``b c``."""
    return zip(*(words[start:] for start in range(size)), strict=False)


def _words(text: str) -> list[str]:
    # Vowel signs and joiners are no letters to a regular expression, and would split words.
    splitting = [character for character in set(text) if unicodedata.category(character) in ("Mn", "Mc", "Cf")]
    plain = text.translate(str.maketrans("", "", "".join(splitting))) if splitting else text
    pattern = _WORD_OR_SIGN if _SIGN.search(plain) else _WORD
    return [word.casefold() for word in pattern.findall(plain)]
