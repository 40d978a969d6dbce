"""Whether a campaign takes letters: from the first day to the last, both included."""

from datetime import date

import pytest

from app.campaigns.campaign import Campaign, State

JUNE = {"opens": date(2026, 6, 1), "closes": date(2026, 6, 30)}


@pytest.mark.parametrize(
    ("days", "today", "state"),
    [
        (JUNE, date(2026, 5, 31), State.COMING),
        (JUNE, date(2026, 6, 1), State.OPEN),
        (JUNE, date(2026, 6, 30), State.OPEN),
        (JUNE, date(2026, 7, 1), State.ENDED),
        ({"opens": date(2026, 6, 1), "closes": date(2026, 6, 1)}, date(2026, 6, 1), State.OPEN),
        ({"opens": date(2026, 6, 1)}, date(2026, 5, 31), State.COMING),
        ({"opens": date(2026, 6, 1)}, date(2999, 1, 1), State.OPEN),
        ({"closes": date(2026, 6, 30)}, date(2000, 1, 1), State.OPEN),
        ({"closes": date(2026, 6, 30)}, date(2026, 7, 1), State.ENDED),
        ({}, date(2026, 6, 1), State.OPEN),
    ],
)
def test_state_on_a_day(days: dict[str, date], today: date, state: State) -> None:
    given = {"slug": "x", "title": "X", "subject": "S", "body": "Text", **days}
    assert Campaign.model_validate(given).state(today) is state
