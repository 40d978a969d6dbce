"""The report of ``make load``, for docs/performance.md."""

import os
from statistics import median

from benchmarks.load.evening import EVENING_SECONDS, SECONDS_APART, TIMES_TOO_MANY, Evening
from benchmarks.load.ledger import PAGES, Ledger
from benchmarks.load.sustainable import GOOD_MILLISECONDS
from benchmarks.report import Table

STATUSES = (200, 404, 429, 503)


def section(seen: Evening, far_away: Ledger) -> str:
    """Return the report in Markdown."""
    return "\n\n".join([_rate(seen).markdown, _far_away(far_away), _statuses(seen).markdown, _memory(seen)])


def _rate(seen: Evening) -> Table:
    held = seen.held
    says = (
        f"On {os.cpu_count()} cores, shared with the visitors, **{held.rate:.1f} journeys a second** are sustainable:"
        f" nineteen of twenty pages come within {GOOD_MILLISECONDS:.0f} ms, and nobody is turned away. That is"
        f" {held.requests_a_second:.0f} requests a second, and {held.rate * 3600:,.0f} letters an hour."
    )
    return _times("What can be served at once", says, held.ledger)


def _times(title: str, says: str, ledger: Ledger) -> Table:
    rows = [
        [
            route,
            f"{counts.total():,}",
            *(f"{ledger.milliseconds([route], share):.0f} ms" for share in (0.5, 0.95, 0.99)),
        ]
        for route, counts in ledger.statuses().items()
    ]
    return Table(title, says, ["", "answers", "half within", "95 % within", "99 % within"], rows)


def _far_away(ledger: Ledger) -> str:
    return (
        f"If Parliament takes 0.2 s for an answer, as it does in reality, the same rate gives"
        f" {ledger.milliseconds(['write']):.0f} ms for the page with the MP, {ledger.milliseconds(['letter']):.0f} ms"
        f" for the letter and {ledger.milliseconds(['campaign']):.0f} ms for the first page (95 % within);"
        f" {ledger.completed:,} of {ledger.started:,} journeys completed."
    )


def _statuses(seen: Evening) -> Table:
    ledger = seen.ledger
    says = (
        f"Thirty minutes' arrivals in {EVENING_SECONDS / 60:.0f}, {TIMES_TOO_MANY:.0f} times what is sustainable:"
        f" steeply up after the news, slowly down again. **{ledger.completed:,} of {ledger.started:,} journeys"
        f" completed**, {ledger.lost.total()} lost, {ledger.dropped.total()} connections dropped,"
        f" {ledger.server_errors.total()} errors. {ledger.count(503) / max(len(ledger.requests), 1):.1%} of all answers"
        f" were the friendly 503; 95 % of the good pages came within {ledger.milliseconds(PAGES):.0f} ms."
    )
    rows = [
        [route, *(f"{counts[status]:,}" for status in STATUSES), f"{_others(counts):,}"]
        for route, counts in ledger.statuses().items()
    ]
    return Table("Twice as many as that", says, ["", *map(str, STATUSES), "others"], rows)


def _others(counts: dict[int, int]) -> int:
    return sum(many for status, many in counts.items() if status not in STATUSES)


def _memory(seen: Evening) -> str:
    first, last = (median(part) for part in (seen.megabytes[:SECONDS_APART], seen.megabytes[-SECONDS_APART:]))
    cores = ", ".join(f"{name} {many:.2f}" for name, many in seen.cores.items())
    return (
        f"Memory of all processes together (PSS), meanwhile: {first:.0f} MB in the first minute, {last:.0f} MB in the"
        f" last ({seen.growth:+.1%}), {max(seen.megabytes):.0f} MB at most. Cores in use: {cores}."
    )
