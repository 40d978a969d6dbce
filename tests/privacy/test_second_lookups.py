"""Nobody can tell, by what a look-up does or leaves, that somebody else asked about the same postcode before.

Counted, not timed: the same calls to Parliament, and the same commands to Redis. ``benchmarks.second_lookups`` takes
the time.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from redis import Redis

from app.mp.parliament.cache import MemoryStore
from app.mp.postcode import Postcode
from tests.conftest import WRITER, MakeApp
from tests.privacy.places import Listener
from tests.redis_server import RedisServer, redis_server
from tests.stand_in import FAULTS, StandIn

SEARCH = "/api/Location/Constituency/Search"
HERE, NEXT_DOOR = "SW1A 1AA", "SW1A 0AA"
"""Two postcodes of one constituency."""
PAGES = ("write", "letter", "constituency", "write")


def known(stand_in: StandIn) -> None:
    """One constituency, in Parliament's list and in ours."""


def several(stand_in: StandIn) -> None:
    """Several constituencies."""
    stand_in.postcodes[HERE] = [*stand_in.postcodes[HERE], *stand_in.postcodes["E8 1EA"]]


def disputed(stand_in: StandIn) -> None:
    """One that our own list does not have there."""
    stand_in.postcodes[HERE] = stand_in.postcodes["PR7 1DP"]


def only_in_our_list(stand_in: StandIn) -> None:
    """Parliament does not know it."""
    del stand_in.postcodes[HERE]


def vacant(stand_in: StandIn) -> None:
    """Nobody sits there."""
    stand_in.seat_of(HERE).member = None


CASES = [known, several, disputed, only_in_our_list, vacant]


@dataclass
class Watched:
    """An app, and all that can be seen of its work."""

    app: Flask
    stand_in: StandIn
    direct: Redis | None
    port: int = 0

    def seen(self, postcode: str, *pages: str, **fields: str) -> tuple[list[str], list[str]]:
        """The calls to Parliament, and the commands to Redis, that pages for a new client bring about."""
        self.stand_in.calls.clear()
        listener = Listener(self.port) if self.direct else None
        for page in pages:
            address = {"REMOTE_ADDR": f"198.51.100.{len(self.stand_in.calls)}"}
            data = WRITER | fields | {"postcode": postcode}
            response = self.app.test_client().post(f"/c/uyghurs/{page}", data=data, environ_base=address)
            assert response.status_code < 500
        if not (listener and self.direct):
            return list(self.stand_in.calls), []
        self.direct.echo("the end")  # what was said before it has been heard by then
        heard = [line for _, line in listener.stop()]
        return list(self.stand_in.calls), [command for line in heard if (command := _command(line))]

    def remembered(self) -> set[str]:
        """The keys of all that is remembered, in memory and in Redis."""
        store = self.app.extensions["services"].cached_parliament._cache._store
        assert isinstance(store, MemoryStore)
        in_redis = self.direct.scan_iter() if self.direct else ()
        return {f"memory {key}" for key in store._entries} | {f"Redis {key.decode()}" for key in in_redis}


def _command(line: bytes) -> str:
    """The command and its key, without the value."""
    words = re.findall(rb'"((?:[^"\\]|\\.)*)"', line)
    return b" ".join(words[:2]).decode() if words and words[0] not in (b"ECHO", b"CLIENT") else ""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


MakeWatched = Callable[[], Watched]


@pytest.fixture(params=["memory", "Redis"])
def watched(
    request: pytest.FixtureRequest, make_app: MakeApp, stand_in: StandIn, redis: RedisServer
) -> Iterator[MakeWatched]:
    """Makes a new site, with nothing remembered."""
    live = {"lookup": "auto", "parliament_api_url": stand_in.url, "cache_secret": "a secret"}
    with Redis.from_url(redis.url) as direct:

        def make() -> Watched:
            if request.param == "memory":
                return Watched(make_app(**live), stand_in, None)
            direct.flushall()
            return Watched(make_app(redis_url=redis.url, **live), stand_in, direct, redis.port)

        yield make


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_second_look_up_takes_the_same_steps_as_the_first(
    watched: MakeWatched, stand_in: StandIn, case: Callable[[StandIn], None]
) -> None:
    case(stand_in)
    site = watched()
    site.seen(NEXT_DOOR, *PAGES)  # what is remembered by constituency is known before
    first = site.seen(HERE, *PAGES)
    second = site.seen(HERE, *PAGES)
    assert first == second
    assert first[0].count(SEARCH) == 3
    assert bool(first[1]) == bool(site.direct)


def test_nor_does_the_choice_of_a_constituency_show_it(watched: MakeWatched, stand_in: StandIn) -> None:
    site, chosen = watched(), str(stand_in.postcodes["PR7 1DP"][0])
    site.seen("PR7 1DP", *PAGES)
    site.seen(NEXT_DOOR, *PAGES)
    first = site.seen(HERE, "write", "letter", constituency=chosen)
    assert first == site.seen(HERE, "write", "letter", constituency=chosen)
    assert first[0] == [SEARCH, SEARCH]


@pytest.mark.parametrize(("fault", "calls"), [("500", 1), ("429 for 52 minutes", 0)])
def test_nor_does_an_outage(watched: MakeWatched, stand_in: StandIn, fault: str, calls: int) -> None:
    site = watched()
    site.seen(NEXT_DOOR, *PAGES)
    stand_in.fault = FAULTS[fault]
    if not calls:
        site.seen(NEXT_DOOR, "write")  # after which Parliament is left alone
    first = site.seen(HERE, "write")
    assert first == site.seen(HERE, "write")
    assert first[0] == [SEARCH] * calls


def test_what_is_remembered_does_not_depend_on_the_postcode(watched: MakeWatched) -> None:
    left = []
    for postcode in (HERE, NEXT_DOOR):
        site = watched()
        site.seen(postcode, *PAGES)
        left.append(site.remembered())
    assert left[0] == left[1]
    assert len(left[0]) >= 2, "the seat, and how to reach its member"


@pytest.mark.parametrize("postcode", [HERE, "SW1A 9ZZ", "BT1 5GS", "JE2 3AB"])
def test_no_key_is_made_of_a_postcode(watched: MakeWatched, postcode: str) -> None:
    site = watched()
    site.seen(postcode, *PAGES)
    keyed_hash = site.app.extensions["services"].keyed_hash
    marks = [keyed_hash(text) for text in (postcode, f"place:{postcode}", str(Postcode.parse(postcode)))]
    allowed = re.compile(r"(memory |Redis dear-mp:said:)(seat:\d+|contact:\d+|posts)|Redis dear-mp:away")
    assert all(allowed.fullmatch(key) for key in site.remembered())
    assert not [key for key in site.remembered() for mark in marks if mark in key]
