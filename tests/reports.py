"""What a run has to tell at its end, gathered from all the processes that share its tests: a plugin of pytest."""

from collections import Counter
from typing import Any

import pytest

from tests.house_rules import NUMBER_OF_RULES
from tests.inspection import FOUND_GOOD, SEEN

_TOLD: list[tuple[str, list[str]]] = []
"""Titles, each with its lines."""


def tell(title: str, lines: list[str]) -> None:
    """Have the run's end print this. To be called before the session is over."""
    _TOLD.append((title, lines))


def counted(counts: Counter[str]) -> list[str]:
    """A line for each, most of them first."""
    return [f"{count:6} {what}" for what, count in counts.most_common()]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what this process has seen, where it is one of several."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output |= {"told": _TOLD, "seen": SEEN, "found_good": dict(FOUND_GOOD)}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what another process has seen, unless it died."""
    output: dict[str, Any] = getattr(node, "workeroutput", {})
    _TOLD.extend(output.get("told", ()))
    SEEN.update(output.get("seen", ()))
    FOUND_GOOD.update(Counter(output.get("found_good", {})))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print it all."""
    if SEEN:
        lines = [f"{len(SEEN):6} different ones by {NUMBER_OF_RULES} house rules"]
        tell("Pages that were looked at, with nothing found", [*lines, *counted(FOUND_GOOD)])
    for title, lines in _TOLD:
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)
