"""Checks every hostile file, in a process of little memory (``python -m tests.unit.campaigns.file.hostile_trial``).

Prints a line of JSON for each: its name, whether it made a campaign, and what was said of it.
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from app.campaigns import phrases
from app.campaigns.file.front_matter import TextPlace, read_front_matter
from app.campaigns.linter import prose, settings, text, what_mps_can_do
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.linter import check
from app.campaigns.linter.prose import Passage
from app.campaigns.linter.readability import advice_on_age, advice_on_sentences
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.campaigns.template import error_messages, refused
from app.letters.letter import Proof
from app.letters.trial import advice_on_paper
from tests.unit.campaigns.file.hostile import ATTACKS, REPEATED_TEXTS, Attack
from tests.unit.campaigns.file.test_broken_files import SEATS

MEMORY = 2**30  # bytes, of which Python and the libraries take a quarter
LENGTH = 65_536
"""Characters of a text that every rule looks at, as many as a file may have."""


def tried(attack: Attack) -> dict[str, object]:
    """What comes of a file: it is checked, and its letter written to each of the cast."""

    def read(name: str) -> bytes:
        if name not in attack.beside:
            raise FileNotFoundError(name)
        return attack.beside[name]

    campaign, problems = check(attack.slug, attack.text, CheckContext(read, SEATS, date(2026, 11, 22)))
    letter = advice_on_paper(campaign, SEATS, lambda _: Proof(1)) if campaign else []
    return {
        "made": campaign is not None,
        "errors": [problem.message for problem in problems if problem.severity is Severity.ERROR],
        "messages": [problem.message for problem in (*problems, *letter)],
        "lines": [problem.line for problem in problems],
    }


def rules() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Everything that looks for something in a campaigner's text, however long."""
    patterns = {
        pattern: f"{module.__name__}.{name}"
        for module in (settings, text, error_messages, refused, prose, what_mps_can_do, phrases)
        for name, pattern in vars(module).items()
        if isinstance(pattern, re.Pattern)
    }  # one that another module has too is tried once
    for pattern, name in patterns.items():
        yield name, partial(_searched, pattern)
        yield f"{name} in lines", partial(_matched, pattern)
    for rule in (advice_on_age, advice_on_sentences, text._advice_on_salutation, text._advice_on_sign_off):
        yield rule.__name__, partial(_advised, rule)
    yield "unclosed", error_messages.find_unclosed
    yield "pieces", lambda text: list(error_messages.split_markup(text))
    yield "refused", lambda text: next(refused.find_refused(text), None)
    yield "front matter", lambda text: _taken_apart(f"---\n{text}")
    yield "a letter", lambda text: _taken_apart(f"---\na: b\n---\n{text}")


def _searched(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _matched(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for line in text.split("\n") if pattern.match(line))


def _advised(rule: Callable[[Passage], Iterator[Problem]], text: str) -> list[Problem]:
    return list(rule(Passage(text, TextPlace(1))))


def _taken_apart(text: str) -> object:
    try:
        return read_front_matter(text)
    except CampaignUnreadable:
        return None


def main(length: int) -> None:
    """Try all of them, saying beforehand which, so that one that never ends is known. Rules see texts of a length."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, attack in ATTACKS.items():
        print(f"{name} …", file=sys.stderr, flush=True)  # noqa: T201
        print(json.dumps({"name": name, **tried(attack)}), flush=True)  # noqa: T201
    for repeated in REPEATED_TEXTS:
        for name, rule in rules():
            print(f"{name} on {repeated!r} …", file=sys.stderr, flush=True)  # noqa: T201
            rule(repeated * (length // len(repeated)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
