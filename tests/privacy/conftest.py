"""Says at the end of a run what was searched."""

import pytest

from tests.privacy.marks import MARKS, NEEDLES
from tests.privacy.test_nothing_is_kept import SEARCHED
from tests.reports import counted, tell


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell how many places of each kind were searched for a person's words, and nothing was found."""
    searched = session.config.stash.get(SEARCHED, None)
    if not searched:
        return
    ways = f"each for {len(MARKS) + 1} marks in {len(NEEDLES)} ways of writing them"
    lines = [f"{searched.total():6} places, {ways}", *counted(searched)]
    tell("Searched for what a supporter typed, with nothing found", lines)
