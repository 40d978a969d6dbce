"""The PDF of a letter of one page, made by Dear MP and by other programs."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from time import perf_counter

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from benchmarks import peers
from benchmarks.letters import letter
from benchmarks.remote import Printed, Remote, remote
from benchmarks.report import Table, megabytes, ratio, time
from benchmarks.scale import Scale
from benchmarks.timing import Times, Turn, WrongAnswer, in_turn, say

OURS = "Dear MP’s renderer, alone"
POOL = "Dear MP’s PDF pool, as on the site"
NAIVE = "WeasyPrint, all read for each letter"
WITHOUT_HARFBUZZ = "the same, without libharfbuzz-subset"
CHROMIUM = "Chromium, kept open"
TYPST = "typst, kept ready: the limit"
PROGRAMS = {
    OURS: peers.in_process,
    POOL: peers.pdf_pool,
    NAIVE: peers.naive,
    WITHOUT_HARFBUZZ: peers.naive_without_harfbuzz,
    CHROMIUM: peers.chromium,
    TYPST: peers.typst,
}
_TOO_SLOW_TO_WEIGH = WITHOUT_HARFBUZZ


@dataclass(frozen=True, slots=True)
class Weight:
    """Memory of a program, in bytes, after a number of letters."""

    size: int
    letters: int


@dataclass(frozen=True, slots=True)
class Papers:
    """Times and memory of each program."""

    times: Mapping[str, Times]
    weights: Mapping[str, Weight]

    @property
    def table(self) -> Table:
        """Table with a row for each program."""
        return Table(
            "The PDF of a letter",
            "The Uyghur campaign’s letter of one page, to a different member each time, with the same text, layout and "
            "fonts. Each program has a separate process, which has made one letter before the first that counts. "
            "Ours are PDF/UA and PDF/A, like typst’s; Chromium’s are tagged; those of WeasyPrint alone are neither. "
            "The memory is that of the processes that make the PDFs, without the one that asks them.",
            ("program", "median", "p95", "beside our renderer", "memory", "after letters"),
            [self._row(name) for name in self.times],
        )

    def _row(self, name: str) -> tuple[str, ...]:
        times, weight = self.times[name], self.weights.get(name)
        weighed = (megabytes(weight.size), f"{weight.letters:,}") if weight else ("", "")
        return name, time(times.median), time(times.p95), ratio(times.median, self.times[OURS].median), *weighed


def measure(scale: Scale) -> Papers:
    """Measure all programs in alternation; then the memory of each, two at a time."""
    say("The PDF of a letter, beside other programs")
    with ExitStack() as stack:
        remotes = {name: stack.enter_context(remote(program)) for name, program in PROGRAMS.items()}
        times = in_turn({name: _turn(name, one) for name, one in remotes.items()}, scale.rounds)
        del remotes[_TOO_SLOW_TO_WEIGH]
        with ThreadPoolExecutor(2) as pool:
            weights = pool.map(lambda name: _weigh(name, remotes[name], scale), remotes)
            return Papers(times, dict(zip(remotes, weights, strict=True)))


def _turn(name: str, one: Remote) -> Turn:
    def turn(number: int) -> float:
        printed = one.print(letter(number))
        if number == 0:
            look_at(name, printed)
        return printed.seconds

    return turn


def look_at(name: str, printed: Printed) -> None:
    """Check that a PDF is the first letter, on one page. Raises WrongAnswer."""
    document = PdfDocument(BytesIO(printed.pdf))
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    if len(document) != 1 or "She has waited for 2 days." not in text:
        raise WrongAnswer(f"{name}: {len(document)} pages, {text!r}")


def _weigh(name: str, one: Remote, scale: Scale) -> Weight:
    begin, number = perf_counter(), 0
    while number < scale.letters and perf_counter() - begin < scale.longest:
        if not one.print(letter(number)).pdf.startswith(b"%PDF"):
            raise WrongAnswer(f"{name}: no PDF of letter {number}")
        number += 1
    say(f"  {name}: weighed after {number:,} letters")
    return Weight(one.memory(), number)
