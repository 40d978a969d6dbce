"""Changes made by hand, put into a letter that was composed again for another MP or with another answer."""

import hashlib
from collections.abc import Sequence
from difflib import SequenceMatcher

from app.letters.check_phrases import GREETING_ALONE

_GREETING = 1
"""The greeting's place among the sections of a letter, after the subject."""


def sections(subject: str, body: str) -> list[str]:
    """Split a letter as it is compared: its subject, then its paragraphs."""
    return [subject, *body.split("\n\n")]


def fingerprints(letter_sections: Sequence[str]) -> list[str]:
    """Return a short hash of each section, which tells a later page whether it was changed."""
    return [hashlib.sha256(section.encode()).hexdigest()[:8] for section in letter_sections]


def with_edits(base: Sequence[str], edited: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new letter with the writer's changes put in: what they did not touch is as in ``new``.

    ``base`` has the fingerprints of the letter that was ``edited``. Where both changed the same section, the writer's
    words are kept, except in a greeting, which differs only because the MP does.
    """
    by_hand, by_us = _changes(base, fingerprints(edited)), _changes(base, fingerprints(new))
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
    """Return the rest of what somebody wrote in place of the greeting."""
    for n, paragraph in enumerate(paragraphs):
        if greeting := GREETING_ALONE.match(paragraph):
            return [*paragraphs[:n], *filter(None, [paragraph[greeting.end() :]]), *paragraphs[n + 1 :]]
    return paragraphs


class _Changes:
    """A text compared with another: the places of what was kept, replaced and added, by the other text's sections."""

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
            # Section by section as far as they go; the rest belongs to the last.
            last = end - start - 1
            changes.replaced |= {start + n: there[n : n + 1] for n in range(last)} | {end - 1: there[last:]}
    return changes
