"""Says at the end of a run what was searched."""

import pytest

from tests.privacy.marks import MARKS, NEEDLES
from tests.privacy.test_nothing_is_kept import SEARCHED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print how many places of each kind were searched for a person's words, and nothing was found."""
    searched = config.stash.get(SEARCHED, None)
    if not searched:
        return
    terminalreporter.section("Searched for what a supporter typed, with nothing found")
    terminalreporter.write_line(
        f"{searched.total():6} places, each for {len(MARKS) + 1} marks in {len(NEEDLES)} ways of writing them"
    )
    for kind, count in searched.most_common():
        terminalreporter.write_line(f"{count:6} {kind}")
