"""``python -m benchmarks.second_lookups``: does the time of a look-up reveal that somebody asked about a postcode?

Two sites, one with memory alone and one with Redis, ask a stand-in that takes 150 ms. For each, one client has looked
up 200 postcodes once. Another client then looks up those and 200 new ones, in random order, so that other load on the
machine affects all alike. The medians and the p-value of their difference are written into
docs/performance.md. It takes four minutes.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import requests

from benchmarks.load.parliament import known_postcodes
from benchmarks.load.processes import tidy_when_told_to_stop
from benchmarks.load.site import parliament, site
from benchmarks.report import Table, put, time
from benchmarks.significance import p_value
from benchmarks.timing import WrongAnswer, say
from tests.redis_server import redis_server

POSTCODES = 200
SECONDS_AWAY = 0.15
FIRST, SECOND = "198.51.100.1", "198.51.100.2"
"""Addresses of two clients."""
ALPHA = 0.01
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds that look-ups of the second client took at one site."""

    store: str
    asked_before: Sequence[float]
    new: Sequence[float]

    @property
    def p(self) -> float:
        """The p-value of the difference."""
        return p_value(self.asked_before, self.new)

    @property
    def row(self) -> tuple[str, ...]:
        """The line of the table."""
        return self.store, time(median(self.asked_before)), time(median(self.new)), f"{self.p:.3f}"


def table(results: Sequence[Result]) -> Table:
    """Return a table with a row for each site."""
    return Table(
        "Postcodes that somebody asked about before, and new ones",
        f"Parliament takes {time(SECONDS_AWAY)} for an answer. Times are medians of {POSTCODES} look-ups of each kind, "
        "in random order. p is the probability of so large a difference by chance (permutation test of the rank sum).",
        ("remembered in", "asked about before", "new", "p"),
        [result.row for result in results],
    )


def measure(urls: Mapping[str, str], postcodes: Sequence[str], seed: int = 1) -> list[Result]:
    """Look up all postcodes, half of them for the second time. ``urls`` maps the kind of cache to the site."""
    half = len(postcodes) // 2
    for url in urls.values():
        for postcode in postcodes[:half]:
            look_up(url, postcode, FIRST)
    turns = [(store, postcode, n < half) for store in urls for n, postcode in enumerate(postcodes)]
    random.Random(seed).shuffle(turns)
    times: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for store, postcode, was_asked in turns:
        times[store, was_asked].append(look_up(urls[store], postcode, SECOND))
    return [Result(store, times[store, True], times[store, False]) for store in urls]


def look_up(url: str, postcode: str, client: str) -> float:
    """Return the seconds that the page with the MP takes, over a new connection. Raises WrongAnswer."""
    began = perf_counter()
    answer = requests.post(
        f"{url}/c/uyghurs/write",
        data={"postcode": postcode},
        headers={"X-Forwarded-For": client, "Connection": "close"},
        timeout=TIMEOUT,
    )
    seconds = perf_counter() - began
    if answer.status_code != 200 or 'name="place"' not in answer.text:
        raise WrongAnswer(f"a look-up: {answer.status_code}, or not by Parliament's answer")
    return seconds


@contextmanager
def sites(seconds_away: float) -> Iterator[dict[str, str]]:
    """Run one site of each kind, and the stand-in that both ask."""
    with (
        redis_server() as redis,
        parliament(seconds_away) as house,
        site(house, WEB_CONCURRENCY="1") as plain,
        site(house, WEB_CONCURRENCY="1", REDIS_URL=redis.url) as shared,
    ):
        yield {"memory": plain.url, "Redis": shared.url}


def some(many: int, seed: int = 1) -> list[str]:
    """Return different postcodes that the stand-in knows."""
    return random.Random(seed).sample(sorted(known_postcodes()), many)


def main() -> int:
    """Return 1 if the times reveal something or an answer was wrong, otherwise 0."""
    tidy_when_told_to_stop()
    try:
        with sites(SECONDS_AWAY) as urls:
            say(f"Looking up {POSTCODES} postcodes asked about before and {POSTCODES} new ones, at each of two sites")
            results = measure(urls, some(2 * POSTCODES))
    except WrongAnswer as wrong:
        say(f"Wrong answer: {wrong}")
        return 1
    text = table(results).markdown
    put("second-lookups", text)
    print(text)  # noqa: T201
    return int(any(result.p < ALPHA for result in results))


if __name__ == "__main__":
    sys.exit(main())
