"""What Parliament said, remembered: for how long, where, and with nothing in it that tells where anybody lives."""

import hashlib
import re
import struct
import time
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import TypeAdapter
from redis import Redis

from app.mp.parliament.cache import Cache, MemoryStore, RedisStore, make_cache
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import ParliamentClient
from app.mp.postcode import Postcode
from app.storage.redis_link import PREFIX, SECONDS_WITHOUT_CALLS, RedisLink
from tests.redis_server import RedisServer
from tests.stand_in import StandIn

TEXT = TypeAdapter(str)
DAY, WEEK = 24 * 3600, 7 * 24 * 3600
NOON = 1_793_534_400.0  # of 1 November 2026, in UTC
POSTCODE = "SW1A 1AA"


class Clock:
    """The time as one module sees it: it stands still unless told."""

    now = NOON

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.mp.parliament.cache.time", clock)
    return clock


@pytest.fixture
def direct(redis: RedisServer) -> Iterator[Redis]:
    """Redis, past the app."""
    with Redis.from_url(redis.url) as client:
        yield client


def held(direct: Redis) -> dict[bytes, bytes]:
    """All its keys and their values."""
    found = {key: direct.get(key) for key in direct.scan_iter()}
    return {key: value for key, value in found.items() if isinstance(value, bytes)}


def value(cache: Cache, key: str) -> str | None:
    found = cache.get(key, TEXT)
    return found.value if found else None


def test_an_answer_is_fresh_for_a_day_and_kept_for_a_week(clock: Clock) -> None:
    memory = make_cache(None)
    memory.put("key", TEXT, "Siân")
    for age, fresh in ((0, True), (DAY - 1, True), (DAY, False), (WEEK - 1, False), (-1, False)):
        clock.now = NOON + age
        found = memory.get("key", TEXT)
        assert found
        assert (found.value, found.is_fresh, found.day) == ("Siân", fresh, date(2026, 11, 1))
    clock.now = NOON + WEEK
    assert memory.get("key", TEXT) is None
    assert memory.get("another", TEXT) is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mp.parliament.cache.MOST_BYTES", 10_000)
    store = MemoryStore()
    for n in range(100):
        store.put(str(n), bytes(500))
        assert store.get("0"), "what is in use stays"
    kept = [n for n in range(100) if store.get(str(n))]
    assert 2 <= len(kept) <= 20
    assert kept[-1] == 99


@pytest.mark.parametrize("secret", ["", "one secret"])
def test_a_private_key_tells_nothing_without_the_secret(secret: str) -> None:
    one, other = make_cache(None, secret), make_cache(None, "another secret")
    key = one.keyed_hash(POSTCODE)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert key == one.keyed_hash(POSTCODE)
    assert key not in {
        one.keyed_hash("SW1A 1AB"),
        other.keyed_hash(POSTCODE),
        hashlib.sha256(POSTCODE.encode()).hexdigest(),
    }


def test_without_a_secret_of_the_sites_own_each_start_makes_one_up() -> None:
    assert make_cache(None).keyed_hash(POSTCODE) != make_cache(None).keyed_hash(POSTCODE)


@pytest.mark.parametrize("secret", ["", "one secret"])
def test_redis_never_holds_a_postcode(redis: RedisServer, direct: Redis, stand_in: StandIn, secret: str) -> None:
    link = RedisLink(redis.url)
    cached_parliament = CachedParliament(
        ParliamentClient(stand_in.url), CallLimiter(CircuitBreaker(link)), make_cache(link, secret)
    )
    soon = time.monotonic() + 20
    (seat,) = cached_parliament.get_seats(cached_parliament.locate(Postcode.parse(POSTCODE), soon), soon).value
    assert seat.member
    cached_parliament.get_contact(seat.member.id, soon)
    cached_parliament.stay_away(60)
    everything = b"\n".join(part for entry in held(direct).items() for part in entry)
    assert b"Cities of London and Westminster" in everything
    squeezed = re.sub(rb"[^0-9a-z]", b"", everything.lower())
    for form in (POSTCODE, "SW1A1AA", POSTCODE.lower(), "sw1a1aa", "SW1A+1AA", "SW1A%201AA"):
        assert form.encode() not in everything
        assert all(hashlib.new(kind, form.encode()).hexdigest().encode() not in everything for kind in ("md5", "sha1"))
        assert hashlib.sha256(form.encode()).hexdigest().encode() not in everything
    assert b"sw1a1aa" not in squeezed


def test_redis_forgets_after_a_week_at_most(redis: RedisServer, direct: Redis) -> None:
    shared = make_cache(RedisLink(redis.url))
    shared.put(shared.keyed_hash(POSTCODE), TEXT, "Westminster")
    shared.put("seat:1", TEXT, "Westminster")
    lasting = [direct.ttl(key) for key in direct.scan_iter(f"{PREFIX}said:*")]
    assert len(lasting) == 2
    assert all(0 < seconds <= WEEK for seconds in lasting)


def test_clear_empties(redis: RedisServer, direct: Redis) -> None:
    shared = make_cache(RedisLink(redis.url), "a secret")
    for n in range(20):
        shared.put(str(n), TEXT, "Westminster")
    direct.set("of somebody else", "stays")
    assert len(held(direct)) == 21
    shared.clear(everywhere=True)
    assert held(direct) == {b"of somebody else": b"stays"}
    assert not any(value(shared, str(n)) for n in range(20))


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"), [("", "", True), ("one secret", "one secret", True), ("one secret", "another", False)]
)
def test_machines_find_what_others_stored_if_they_have_one_secret(
    redis: RedisServer, ours: str, theirs: str, agree: bool
) -> None:
    one, other = make_cache(RedisLink(redis.url), ours), make_cache(RedisLink(redis.url), theirs)
    one.put(one.keyed_hash(POSTCODE), TEXT, "Westminster")
    assert value(other, other.keyed_hash(POSTCODE)) == ("Westminster" if agree else None)
    assert value(one, one.keyed_hash(POSTCODE)) == "Westminster"


def test_without_redis_memory_answers_and_redis_is_used_again_when_it_is_back(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("app.storage.redis_link.time", clock)
    link = RedisLink(redis.url)
    shared, other = make_cache(link, "a secret"), make_cache(RedisLink(redis.url), "a secret")
    shared.put("before", TEXT, "one")
    redis.kill()
    shared.put("meanwhile", TEXT, "two")
    assert [value(shared, key) for key in ("before", "meanwhile", "never")] == ["one", "two", None]
    assert not link.is_reachable()
    redis.start()
    shared.put("in the pause", TEXT, "three")
    assert not link.is_reachable()
    clock.now += SECONDS_WITHOUT_CALLS
    shared.put("after", TEXT, "four")
    assert link.is_reachable()
    assert [value(other, key) for key in ("before", "in the pause", "after")] == [None, None, "four"]


def test_without_redis_a_secret_is_made_up_and_given_up_for_the_one_agreed_on(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.storage.redis_link.SECONDS_WITHOUT_CALLS", 0.0)
    one, other = make_cache(RedisLink(redis.url)), make_cache(RedisLink(redis.url))
    redis.kill()
    assert one.keyed_hash(POSTCODE) == one.keyed_hash(POSTCODE) != other.keyed_hash(POSTCODE)
    one.clear()
    redis.start()
    agreed = one.keyed_hash(POSTCODE)
    assert other.keyed_hash(POSTCODE) == agreed
    redis.kill()
    assert one.keyed_hash(POSTCODE) == other.keyed_hash(POSTCODE) == agreed, "it outlasts Redis"


AGE = struct.pack(">d", NOON)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"x",
        b"1234567",
        AGE,
        AGE + b'"unfinished',
        AGE + b'{"of": "another version"}',
        b'"Jane Example, of another version"',
        bytes(range(256)),
        struct.pack(">d", float("nan")) + b'"Jane Example"',
        struct.pack(">d", float("inf")) + b'"Jane Example"',
    ],
)
def test_garbage_in_redis_is_no_answer(redis: RedisServer, direct: Redis, clock: Clock, garbage: bytes) -> None:
    shared = make_cache(RedisLink(redis.url))
    direct.set(f"{PREFIX}said:key", AGE + b'"Jane Example"')
    assert value(shared, "key") == "Jane Example"
    direct.set(f"{PREFIX}said:key", garbage)
    assert shared.get("key", TEXT) is None
    shared.put("key", TEXT, "Siân Example")
    assert value(shared, "key") == "Siân Example"


def test_a_key_of_another_kind_in_redis_is_no_answer(redis: RedisServer, direct: Redis) -> None:
    direct.lpush(f"{PREFIX}said:key", "a list")
    assert RedisStore(RedisLink(redis.url)).get("key") is None
