"""``python -m benchmarks``: measure, and write docs/performance.md and its picture; less with BENCH_QUICK=1."""

import os
import sys
from importlib.metadata import version
from platform import python_version
from time import perf_counter

from benchmarks.picture import draw
from benchmarks.report import DOCUMENT, put
from benchmarks.results import Results, measure
from benchmarks.scale import QUICK, WHOLE, Scale
from benchmarks.timing import WrongAnswer, say

PICTURE = "pictures/performance.svg"
_ALT = (
    "Four diagrams: how long the PDF of a letter takes, by Dear MP and by others; how that grows with its words; how "
    "many requests a site answers with one, two and four processes; how long pages take with more campaigns"
)


def main() -> int:
    """Return 0, or 1 with nothing written if an answer was wrong."""
    scale, begin = QUICK if os.environ.get("BENCH_QUICK") else WHOLE, perf_counter()
    try:
        results = measure(scale)
    except WrongAnswer as wrong:
        say(f"Wrong answer: {wrong}")
        return 1
    draw(results, DOCUMENT.parent / PICTURE)
    put("bench", _report(results, scale))
    say(f"Written to {DOCUMENT.name}, after {perf_counter() - begin:.0f} seconds")
    return 0


def _report(results: Results, scale: Scale) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    programs = ", ".join(f"{name} {version(name.lower())}" for name in ("WeasyPrint", "Playwright", "typst", "Flask"))
    how = "" if scale is WHOLE else "**A quick trial**, whose figures are worth little. "
    note = f"{how}Measured with Python {python_version()} on {cores} cores; {programs}."
    return "\n\n".join([note, f"![{_ALT}]({PICTURE})", *(table.markdown for table in results.tables)])


if __name__ == "__main__":
    sys.exit(main())
