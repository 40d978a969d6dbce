"""Whatever breaks while supporters are at it: each leaves with the letter they wrote."""

from collections.abc import Iterator

import pytest

from benchmarks.chaos.place import Place, place
from benchmarks.chaos.troubles import TROUBLES
from benchmarks.chaos.weather import weather
from benchmarks.load.crowd import Crowd
from tests.loop import run
from tests.stand_in.seats import POSTCODES

BEAT, SECONDS = 2.0, 3.0  # one stroke each
A_SECOND = 2.0
PACE = 100.0  # times as fast as people


@pytest.fixture(scope="module")
def there() -> Iterator[Place]:
    with place(BEAT) as there:
        yield there


@pytest.fixture(scope="module")
def crowd(there: Place) -> Crowd:
    """One for all, so that no two supporters are alike."""
    return Crowd(there.site.url, list(POSTCODES), PACE)


@pytest.mark.parametrize(
    "name", ["web processes are killed", "Redis is killed and comes back", "Parliament hangs", "it is reloaded (HUP)"]
)
def test_no_letter_is_lost_while(there: Place, crowd: Crowd, name: str) -> None:
    seen = run(weather(there, TROUBLES[name], crowd, A_SECOND, SECONDS))
    assert seen.broken() == [], there.site.end_of_log()
    assert seen.ledger.completed > 1
