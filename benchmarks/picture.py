"""The picture in docs/performance.md: four answers at a glance. It has its own background, in light and dark mode."""

from collections.abc import Iterable
from pathlib import Path

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from benchmarks.growth import NAIVE, OURS, PAGES
from benchmarks.papers import WITHOUT_HARFBUZZ
from benchmarks.results import Results

INK, QUIET, HAIR = "#1f2226", "#62615c", "#d9d4c9"
ACCENT, SECOND, THIRD = "#0d5257", "#b4622d", "#7a7fae"
_STYLE = Path(__file__).with_suffix(".mplstyle")


def draw(results: Results, file: Path) -> None:
    """Write the picture as SVG."""
    with style.context(_STYLE):
        figure = Figure(figsize=(10, 7.6), layout=ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15))
        (papers, words), (journeys, campaigns) = figure.subplots(2, 2)
        _papers(papers, results)
        _words(words, results)
        _journeys(journeys, results)
        _campaigns(campaigns, results)
        figure.savefig(file, format="svg", metadata={"Date": None})


def _papers(axes: Axes, results: Results) -> None:
    shown = {name: times for name, times in results.papers.times.items() if name != WITHOUT_HARFBUZZ}
    names = [name.replace(", ", ",\n").replace(": ", ":\n") for name in shown]
    medians = [times.median * 1e3 for times in shown.values()]
    bars = axes.barh(names, medians, color=[ACCENT, ACCENT, SECOND, THIRD, THIRD], height=0.6)
    axes.bar_label(bars, [f"{median:.0f} ms" for median in medians], padding=4)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.set(title="The PDF of a letter of one page", xlabel="milliseconds, median")


def _words(axes: Axes, results: Results) -> None:
    words = results.words
    for name, colour in ((OURS, ACCENT), (NAIVE, SECOND)):
        medians = [words.times[name, length].median * 1e3 for length in words.lengths]
        axes.plot(words.lengths, medians, marker="o", color=colour, label=name)
    refused = [length for length in words.comes_to if length not in words.lengths]
    if refused:
        axes.axvspan(max(words.lengths), max(refused), color=HAIR, alpha=0.5, linewidth=0)
        axes.text(max(refused), 0, "refused: too long \nto be read \n", ha="right", va="bottom", color=QUIET)
    _finish(axes, "Longer letters", "words", "milliseconds, median")


def _journeys(axes: Axes, results: Results) -> None:
    tallies = results.journeys.tallies
    for workers, colour in zip(_sorted(workers for workers, _ in tallies), (THIRD, ACCENT, SECOND), strict=False):
        served = {visitors: tally.requests_a_second for (by, visitors), tally in tallies.items() if by == workers}
        label = f"{workers} web process{'es' if workers > 1 else ''}"
        axes.plot(list(served), list(served.values()), marker="o", color=colour, label=label)
    _many(axes, _sorted(visitors for _, visitors in tallies))
    _finish(axes, "The whole journey", "visitors at once", "requests a second")


def _campaigns(axes: Axes, results: Results) -> None:
    times, names = results.campaigns.times, ("home page, which lists them all", "campaign’s page", "page to write on")
    numbers = _sorted(campaigns for _, campaigns in times)
    for page, name, colour in zip(PAGES, names, (THIRD, SECOND, ACCENT), strict=True):
        medians = [times[page, campaigns].median * 1e3 for campaigns in numbers]
        axes.plot(numbers, medians, marker="o", color=colour, label=name)
    _many(axes, numbers)
    _finish(axes, "More campaigns", "campaigns of the site", "milliseconds, median")


def _many(axes: Axes, numbers: list[int]) -> None:
    """Use a logarithmic scale, from few to very many."""
    axes.set_xscale("log")
    axes.set_xticks(numbers, [f"{number:,}" for number in numbers])
    axes.minorticks_off()


def _finish(axes: Axes, title: str, across: str, up: str) -> None:
    axes.set(title=title, xlabel=across, ylabel=up)
    axes.set_ylim(0, axes.dataLim.y1 * 1.5)  # room for the legend
    axes.grid(axis="y")
    axes.legend(loc="upper left")


def _sorted(numbers: Iterable[int]) -> list[int]:
    return sorted(set(numbers))
