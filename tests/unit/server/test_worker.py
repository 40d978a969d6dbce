"""How many connections a process takes."""

import resource

import pytest

from app.server import worker
from app.server.capacity import CONNECTIONS_TO_SPARE, DESCRIPTORS_FOR_THE_APP


@pytest.mark.parametrize(
    ("descriptors", "most"),
    [
        (4_000, 1_000),
        (resource.RLIM_INFINITY, 1_000),
        (512, 512 - DESCRIPTORS_FOR_THE_APP),
        (64, 2 * CONNECTIONS_TO_SPARE),
    ],
)
def test_there_are_no_more_connections_than_files_may_be_open(
    descriptors: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (descriptors, descriptors))
    assert worker._most_connections(1_000) == most
