"""A letter changed by hand, then composed anew for another MP or with another answer: what becomes of the changes."""

import hashlib
from collections.abc import Sequence
from difflib import SequenceMatcher

from app.letters.phrases import GREETING_ALONE

_GREETING = 1
"""Where the greeting stands among the parts of a letter, after the subject."""


def parts(subject: str, body: str) -> list[str]:
    """A letter taken apart as it is compared: its subject, then its paragraphs."""
    return [subject, *body.split("\n\n")]


def marks(letter_parts: Sequence[str]) -> list[str]:
    """A short mark for each part, by which a later page can tell whether it was changed."""
    return [hashlib.sha256(part.encode()).hexdigest()[:8] for part in letter_parts]


def with_edits(base: Sequence[str], edited: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new letter with the writer's changes put in: what they did not touch is as in ``new``.

    ``base`` is the marks of the letter that was ``edited``. Where both changed the same part, the writer's words stay,
    save in a greeting, which is another only because the MP is.
    """
    by_hand, by_us = _changes(base, marks(edited)), _changes(base, marks(new))
    woven: list[str] = []
    for n in range(len(base) + 1):
        added = [edited[i] for i in by_hand.added.get(n, [])]
        ours = [new[i] for i in by_us.replaced.get(n, by_us.kept.get(n, []))]
        woven += added + [new[i] for i in by_us.added.get(n, []) if new[i] not in added]
        if n not in by_hand.replaced:
            woven += ours
            continue
        theirs = [edited[i] for i in by_hand.replaced[n]]
        woven += [*ours, *_without_greeting(theirs)] if n == _GREETING and n in by_us.replaced else theirs
    return woven


def _without_greeting(paragraphs: list[str]) -> list[str]:
    """What else somebody wrote where the greeting was."""
    for n, paragraph in enumerate(paragraphs):
        if greeting := GREETING_ALONE.match(paragraph):
            return [*paragraphs[:n], *filter(None, [paragraph[greeting.end() :]]), *paragraphs[n + 1 :]]
    return paragraphs


class _Changes:
    """What stands in a text in place of each part of another, and what was added before it, as places in the text."""

    def __init__(self) -> None:
        self.kept: dict[int, list[int]] = {}
        self.replaced: dict[int, list[int]] = {}
        self.added: dict[int, list[int]] = {}


def _changes(base: Sequence[str], other: Sequence[str]) -> _Changes:
    changes = _Changes()
    for kind, start, end, other_start, other_end in SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        there = list(range(other_start, other_end))
        if kind == "equal":
            changes.kept |= {start + n: [there[n]] for n in range(end - start)}
        elif kind == "insert":
            changes.added[start] = there
        else:
            # Part by part as far as they go; what is over belongs to the last.
            last = end - start - 1
            changes.replaced |= {start + n: there[n : n + 1] for n in range(last)} | {end - 1: there[last:]}
    return changes
