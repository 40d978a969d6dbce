"""The app's parser never reads bytes in another way than a proxy in front of it could.

Streams of requests with parts that are not as they should be are read by it, by h11 and by gunicorn. It may refuse
what they take. What it takes, it has to take as they do.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver

from app.server import request_parser, request_stream
from tests.security.byte_streams import GOOD, split, stream
from tests.security.readings import End, Reading, of_gunicorn, of_h11, ours

CASES = int(os.environ.get("FUZZ_CASES", "3000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
OTHERS: list[Callable[[bytes], Reading]] = [of_h11, of_gunicorn]


def streams(number: int = CASES) -> Iterator[tuple[Random, bytes]]:
    for case in range(number):
        draw = Random(f"{SEED}-{case}")
        yield draw, stream(draw)


def disagreements(sent: bytes) -> list[str]:
    """Describe each reading that differs from the app's."""
    mine = ours([sent])
    return [
        f"{sent!r}\nours: {mine}\n{other.__name__}: {theirs}"
        for other in OTHERS
        if mine.disagrees_with(theirs := other(sent))
    ]


def test_no_stream_has_two_readings() -> None:
    for _, sent in streams():
        assert not (found := disagreements(sent)), found[0]


def test_how_the_bytes_are_split_changes_nothing() -> None:
    for draw, sent in streams():
        pieces = split(draw, sent)
        assert ours(pieces) == ours([sent]), pieces


def test_nothing_is_read_after_a_refusal() -> None:
    for _, sent in streams():
        reading = ours([sent])
        if reading.end is not End.WAITS:
            assert ours([sent, GOOD, GOOD]) == reading, sent


def test_the_streams_are_of_every_kind() -> None:
    """Neither are all refused, nor all taken; and the others take some, so that there is something to compare."""
    mine = [ours([sent]) for _, sent in streams(1_000)]
    ends = Counter(reading.end for reading in mine)
    assert min(ends[end] for end in End) > 20
    assert sum(len(reading.requests) for reading in mine) > 500
    assert sum(bool(request.body) for reading in mine for request in reading.requests) > 100
    for other in OTHERS:
        assert sum(len(other(sent).requests) for _, sent in streams(1_000)) > 500


class Waitress(HTTPRequestParser):
    """waitress's own parser, as it comes."""

    is_too_long = False
    headers: dict[str, str]
    request_uri: str

    @property
    def is_last(self) -> bool:
        return bool(self.error or self.connection_close)

    @property
    def has_more_to_come(self) -> bool:
        return bool(self.error)


class Lax(ChunkedReceiver):
    """Takes a body as complete at the first last-chunk line, even in the data of a chunk."""

    is_too_long = False

    def received(self, data: bytes) -> int:
        end = data.find(b"0\r\n\r\n")
        self.completed = end >= 0
        return end + 5 if end >= 0 else len(data)


WEAKER = {
    "no check of the head": (request_parser, "check_head", lambda head: None),
    "waitress's chunks": (request_parser, "ChunkedBody", type("Chunks", (ChunkedReceiver,), {"is_too_long": False})),
    "the last chunk searched for": (request_parser, "ChunkedBody", Lax),
    "waitress's parser": (request_stream, "RequestParser", Waitress),
}


@pytest.mark.parametrize(("module", "name", "weaker"), WEAKER.values(), ids=WEAKER)
def test_a_weaker_parser_is_found_out(
    module: object, name: str, weaker: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, weaker)
    assert any(disagreements(sent) for _, sent in streams(5_000))
