"""Growth of the work with the words of a letter, and with the campaigns of a site."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from app.letters.letter import Letter, LetterTooLong
from app.letters.paper.kinds import MOST_PAGES
from app.letters.text import LONGEST_LETTER
from benchmarks import peers
from benchmarks.letters import letter_of
from benchmarks.many_campaigns import folder_of
from benchmarks.pages import site, turn
from benchmarks.remote import Remote, remote
from benchmarks.report import Table, ratio, time
from benchmarks.scale import Scale
from benchmarks.timing import Times, Turn, in_turn, say
from benchmarks.visitors import CAMPAIGN

OURS, NAIVE = "Dear MP", "WeasyPrint, all read each time"
HOME = "/"
PAGES = (HOME, CAMPAIGN, f"{CAMPAIGN}/write")


@dataclass(frozen=True, slots=True)
class Words:
    """Times of a letter by program and words; and its number of pages, or why it has none."""

    times: Mapping[tuple[str, int], Times]
    comes_to: Mapping[int, str]

    @property
    def lengths(self) -> list[int]:
        """Numbers of words whose letters become a PDF."""
        return [words for words, comes_to in self.comes_to.items() if comes_to.isdecimal()]

    @property
    def table(self) -> Table:
        """Table with a row for each length."""
        says = (
            f"Nobody reads a long letter: more than {LONGEST_LETTER:,} characters are refused before anything is made, "
            f"and more than {MOST_PAGES} pages as soon as they are counted. The writer keeps the text, to shorten it. "
            "If smaller type might save a page, ours is laid out again in it; WeasyPrint alone does not try."
        )
        head = ("words", "pages", "our renderer", "beside its shortest", "WeasyPrint alone", "beside ours")
        return Table("Longer letters", says, head, [self._row(words) for words in self.comes_to])

    def _row(self, words: int) -> tuple[str, ...]:
        first = f"{words:,}", self.comes_to[words]
        if (OURS, words) not in self.times:
            return *first, "", "", "", ""
        ours, naive = self.times[OURS, words].median, self.times[NAIVE, words].median
        shortest = self.times[OURS, min(self.comes_to)].median
        return *first, time(ours), ratio(ours, shortest), time(naive), ratio(naive, ours)


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Times of a page, by page and number of campaigns."""

    times: Mapping[tuple[str, int], Times]

    @property
    def table(self) -> Table:
        """Table with a row for each number of campaigns."""
        says = (
            "The median, and its ratio to the same page of the smallest site. The home page lists all campaigns; if "
            "there is only one, it redirects to that."
        )
        numbers = sorted({campaigns for _, campaigns in self.times})
        head = ("campaigns", *(f"`{page}`" for page in PAGES))
        return Table("More campaigns", says, head, [self._row(campaigns, numbers[0]) for campaigns in numbers])

    def _row(self, campaigns: int, fewest: int) -> tuple[str, ...]:
        medians = {page: (self.times[page, campaigns].median, self.times[page, fewest].median) for page in PAGES}
        return f"{campaigns:,}", *(f"{time(now)}, {ratio(now, then)}" for now, then in medians.values())


def words(scale: Scale) -> Words:
    """Measure letters of all lengths, with our renderer and with WeasyPrint alone, in alternation."""
    say("Longer letters")
    letters, comes_to = {}, {}
    for length in scale.words:
        try:
            letters[length] = letter_of(length)
        except LetterTooLong:
            comes_to[length] = f"refused: over {LONGEST_LETTER:,} characters"
    with remote(peers.in_process) as ours, remote(peers.naive) as naive:
        programs = {OURS: ours, NAIVE: naive}
        turns = {
            (name, length): _turn(programs[name], letter)
            for name, (length, letter) in product(programs, letters.items())
        }
        comes_to = {length: _comes_to(ours, letter) for length, letter in letters.items()} | comes_to
        return Words(in_turn(turns, max(scale.rounds // 5, 3)), comes_to)


def campaigns(scale: Scale) -> Campaigns:
    """Measure pages of sites of all sizes, in alternation."""
    turns: dict[tuple[str, int], Turn] = {}
    with ExitStack() as stack:
        for number in scale.campaigns:
            say(f"More campaigns: a site with {number:,}")
            client = stack.enter_context(site(campaigns_dir=stack.enter_context(folder_of(number))))
            turns |= {(page, number): turn(client, page) for page in PAGES}
        return Campaigns(in_turn(turns, max(scale.rounds // 5, 3)))


def _turn(program: Remote, letter: Letter) -> Turn:
    return lambda _: program.print(letter).seconds


def _comes_to(ours: Remote, letter: Letter) -> str:
    pdf = ours.print(letter).pdf
    return str(len(PdfDocument(pdf))) if pdf else f"refused: over {MOST_PAGES} pages"
