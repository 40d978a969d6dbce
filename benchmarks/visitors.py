"""Visitors who go from a campaign's page to the PDF of their letter, as a browser would, and check each page."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from time import perf_counter

from aiohttp import ClientResponse, ClientSession, ClientTimeout, FormData, TCPConnector

from benchmarks.timing import Times, WrongAnswer
from tests.conftest import WRITER

CAMPAIGN = "/c/uyghurs"
EXPECTED = {
    "campaign": 'name="postcode"',
    "write": "Cities of London and Westminster",
    "letter": "She has waited for {days} days.",
    "letter.pdf": "%PDF",
}
"""Steps, each with text that must be in its answer: the visitor's own member, and their own words."""
_MOST_TRIES = 100
_LONGEST_PAUSE = 2.0  # seconds, even if the page asks for more
_SECONDS_AN_ANSWER = 60.0
_SECONDS_CONNECTED = 1.0  # shorter than the server's limit, so that it never closes a connection in use
_FIELDS = re.compile(
    r'<input type="hidden" name="([^"]*)" value="([^"]*)">|<textarea[^>]* name="([^"]*)"[^>]*>\n(.*?)</textarea>',
    re.DOTALL,
)


@dataclass(slots=True)
class Tally:
    """Results of all requests."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Times by step, from the request to the whole answer."""
    told_to_wait: int = 0
    """Number of answers that said to try again in a moment; they count nowhere else."""
    elapsed: float = 0.0

    @property
    def requests_a_second(self) -> float:
        """Rate of the requests answered with the right page."""
        return sum(map(len, self.seconds.values())) / self.elapsed

    def times(self, step: str) -> Times:
        """Return the times of one step."""
        return Times(tuple(self.seconds[step]))

    def add(self, other: "Tally") -> None:
        """Add the results of another round."""
        for step, seconds in other.seconds.items():
            self.seconds[step] += seconds
        self.told_to_wait += other.told_to_wait
        self.elapsed += other.elapsed


async def visit(url: str, visitors: int, seconds: float, expected: Mapping[str, str] = EXPECTED) -> Tally:
    """Send ``visitors`` at once for ``seconds``; each starts again when done. Raises WrongAnswer."""
    tally, numbers, begin = Tally(), count(1), perf_counter()
    connector = TCPConnector(limit=0, keepalive_timeout=_SECONDS_CONNECTED)
    async with ClientSession(url, connector=connector, timeout=ClientTimeout(_SECONDS_AN_ANSWER)) as session:

        async def come_again_and_again() -> None:
            while True:
                await _Visitor(session, tally, next(numbers), expected).go()
                if perf_counter() - begin >= seconds:
                    return

        await asyncio.gather(*(come_again_and_again() for _ in range(visitors)))
    tally.elapsed = perf_counter() - begin
    return tally


@dataclass(frozen=True, slots=True)
class _Visitor:
    session: ClientSession
    tally: Tally
    number: int
    expected: Mapping[str, str]

    async def go(self) -> None:
        """Make the whole journey."""
        words = f"{WRITER['answer-connection']} She has waited for {self.number} days."
        await self._come_to("campaign", {})
        await self._come_to("write", {"postcode": WRITER["postcode"]})
        form = {**WRITER, "answer-connection": words}
        page = await self._come_to("letter", form)
        await self._come_to("letter.pdf", form | _fields(page.decode()))

    async def _come_to(self, step: str, form: dict[str, str]) -> bytes:
        """Return the final answer, after waiting and trying again as told. Raises WrongAnswer."""
        for _ in range(_MOST_TRIES):
            begin = perf_counter()
            async with self._request(step, form) as response:
                answer = await response.read()
            if response.status == 200 and self.expected[step].format(days=self.number).encode() in answer:
                self.tally.seconds[step].append(perf_counter() - begin)
                return answer
            if response.status != 503 or "Retry-After" not in response.headers:
                break
            self.tally.told_to_wait += 1
            await asyncio.sleep(min(float(response.headers["Retry-After"]), _LONGEST_PAUSE))
        raise WrongAnswer(f"{step}: {response.status} {response.reason}, or not the visitor’s own page")

    def _request(self, step: str, form: dict[str, str]) -> AbstractAsyncContextManager[ClientResponse]:
        if step == "campaign":
            return self.session.get(CAMPAIGN)
        return self.session.post(f"{CAMPAIGN}/{step}", data=FormData(form, default_to_multipart=True))


def _fields(page: str) -> dict[str, str]:
    """Read the fields that the form of the letter's page sends, unchanged."""
    _, _, form = page.partition('id="letter"')
    form, _, _ = form.partition("</form>")
    return {hidden or written: unescape(value or text) for hidden, value, written, text in _FIELDS.findall(form)}
