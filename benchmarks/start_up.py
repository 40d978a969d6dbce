"""Time from the command to the first answer, and to the first PDF."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

import requests

from benchmarks.letters import letter
from benchmarks.many_campaigns import folder_of
from benchmarks.peers import naive
from benchmarks.remote import remote
from benchmarks.report import Table, ratio, time
from benchmarks.scale import Scale
from benchmarks.serving import BARE, serving
from benchmarks.timing import Times, WrongAnswer, say
from benchmarks.visitors import CAMPAIGN
from tests.conftest import WRITER

_SECONDS_A_PDF = 60


@dataclass(frozen=True, slots=True)
class StartUp:
    """Times by the number of campaigns, and those of the peers."""

    answer: Mapping[int, Times]
    pdf: Mapping[int, Times]
    bare: Times
    naive: Times

    @property
    def table(self) -> Table:
        """Table with a row for each number of campaigns."""
        says = (
            "From the command to the first `200` of `/healthz`, beside the Flask app that says hello, which takes "
            f"{time(self.bare.median)}; and to the first PDF, beside a new process that makes one by WeasyPrint alone, "
            f"which takes {time(self.naive.median)}."
        )
        head = ("campaigns", "first answer", "beside saying hello", "first PDF", "beside WeasyPrint alone")
        return Table("From the start", says, head, [self._row(campaigns) for campaigns in self.answer])

    def _row(self, campaigns: int) -> tuple[str, ...]:
        answer, pdf = self.answer[campaigns].median, self.pdf[campaigns].median
        beside = ratio(answer, self.bare.median), ratio(pdf, self.naive.median)
        return f"{campaigns:,}", time(answer), beside[0], time(pdf), beside[1]


def measure(scale: Scale) -> StartUp:
    """Measure sites of each size and both peers, in alternation."""
    answer: dict[int, list[float]] = defaultdict(list)
    pdf: dict[int, list[float]] = defaultdict(list)
    bare, alone = [], []
    for number in range(scale.starts):
        say(f"The start, round {number + 1} of {scale.starts}")
        bare.append(_first_hello())
        alone.append(_first_pdf_of_weasyprint())
        for campaigns in scale.campaigns:
            seconds = _first_answer_and_pdf(campaigns)
            answer[campaigns].append(seconds[0])
            pdf[campaigns].append(seconds[1])
    return StartUp(_times(answer), _times(pdf), Times(tuple(bare)), Times(tuple(alone)))


def _first_answer_and_pdf(campaigns: int) -> tuple[float, float]:
    """Return the seconds to the first answer and to the first PDF. Raises WrongAnswer."""
    with folder_of(campaigns) as folder, serving(campaigns=str(folder)) as site:
        answered = perf_counter()
        pdf = requests.post(f"{site.url}{CAMPAIGN}/letter.pdf", data=WRITER, timeout=_SECONDS_A_PDF)
        if not pdf.content.startswith(b"%PDF"):
            raise WrongAnswer(f"the first PDF: {pdf.status_code} {pdf.reason}")
        return site.seconds, site.seconds + perf_counter() - answered


def _first_hello() -> float:
    with serving(BARE) as site:
        return site.seconds


def _first_pdf_of_weasyprint() -> float:
    first, begin = letter(0), perf_counter()
    with remote(naive) as one:
        one.print(first)
        return perf_counter() - begin


def _times(seconds: Mapping[int, list[float]]) -> dict[int, Times]:
    return {campaigns: Times(tuple(taken)) for campaigns, taken in seconds.items()}
