"""Parliament's answers, asked of the stand-in: once a day, and used up to a week where it has no newer one.

The answer for a postcode is the exception: it is asked for each time.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Response
from pydantic import TypeAdapter

from app.mp.parliament.cache import make_cache
from app.mp.parliament.cached import CachedParliament, Dated
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import Blocked, NoAnswer, ParliamentClient, ParliamentError
from app.mp.parliament.place_answer import PlaceAnswer
from app.mp.people import Constituency, Seat
from app.mp.postcode import Postcode
from tests.conftest import cached_parliament
from tests.redis_server import until
from tests.stand_in import FAULTS, StandIn
from tests.stand_in.seats import POSTCODES

SEARCH = "/api/Location/Constituency/Search"
WESTMINSTER, WESTMINSTER_TOO = Postcode.parse("SW1A 1AA"), Postcode.parse("SW1A 0AA")
CHORLEY, SPEAKER = 3985, 467
DAY, WEEK = 24 * 3600, 7 * 24 * 3600
NOON = 1_793_534_400.0  # of 1 November 2026, in UTC

T = TypeVar("T")
Ask = Callable[[CachedParliament], object]
QUESTIONS: dict[str, Ask] = {
    "seat": lambda asked: asked.get_seat(CHORLEY, soon()),
    "contact": lambda asked: asked.get_contact(SPEAKER, soon()),
    "posts": lambda asked: asked.get_government_posts(soon()),
    "portrait": lambda asked: Dated(asked.get_portrait(SPEAKER, soon())),
}
every_question = pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS.keys())


class Clock:
    """The time as the cache sees it: it stands still unless told."""

    now = NOON

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.mp.parliament.cache.time", clock)
    return clock


class PatientLimiter(CallLimiter):
    """Gives an answer only when it has done with the call, and not a moment before."""

    def call(self, key: str | None, ask: Callable[[], T], deadline: float) -> T:
        try:
            return super().call(key, ask, deadline)
        finally:
            until(lambda: not self._pending)


@pytest.fixture
def call_limiter() -> CallLimiter:
    return PatientLimiter(CircuitBreaker())


@pytest.fixture
def asked(stand_in: StandIn, call_limiter: CallLimiter) -> CachedParliament:
    return CachedParliament(ParliamentClient(stand_in.url), call_limiter, make_cache(None))


def soon() -> float:
    return time.monotonic() + 20


def member_at(stand_in: StandIn, postcode: str) -> int:
    member = stand_in.seat_of(postcode).member
    assert member
    number: int = member["id"]
    return number


@every_question
def test_who_asks_again_within_a_day_makes_no_call(
    asked: CachedParliament, stand_in: StandIn, clock: Clock, ask: Ask
) -> None:
    told = ask(asked)
    assert isinstance(told, Dated)
    assert told.value
    clock.now += DAY - 1
    stand_in.fault = FAULTS["500"]
    assert ask(asked) == told
    assert len(stand_in.calls) == 1


@every_question
def test_after_a_day_and_after_forgetting_parliament_is_asked_anew(
    asked: CachedParliament, stand_in: StandIn, clock: Clock, ask: Ask
) -> None:
    told = ask(asked)
    clock.now += DAY
    assert ask(asked) == told
    assert len(stand_in.calls) == 2
    asked.forget()
    assert ask(asked) == told
    assert len(stand_in.calls) == 3


@every_question
def test_an_old_answer_serves_for_a_week_where_there_is_no_newer_one(
    asked: CachedParliament, call_limiter: CallLimiter, stand_in: StandIn, clock: Clock, ask: Ask
) -> None:
    told = ask(asked)
    assert isinstance(told, Dated)
    stand_in.fault = FAULTS["500"]
    for age in (DAY, WEEK - 1):
        clock.now = NOON + age
        call_limiter.circuit_breaker.close()
        calls, old = len(stand_in.calls), ask(asked)
        assert isinstance(old, Dated)
        assert old.value == told.value
        assert old.as_of == (None if ask is QUESTIONS["portrait"] else date(2026, 11, 1))
        assert len(stand_in.calls) > calls
    clock.now = NOON + WEEK
    call_limiter.circuit_breaker.close()
    with pytest.raises(NoAnswer):
        ask(asked)
    call_limiter.circuit_breaker.close()
    stand_in.reset()
    assert ask(asked) == told, "said today"


@every_question
def test_what_was_never_said_cannot_be_told(asked: CachedParliament, stand_in: StandIn, ask: Ask) -> None:
    stand_in.fault = FAULTS["429 for 52 minutes"]
    for _ in range(2):
        with pytest.raises(Blocked):
            ask(asked)
    assert len(stand_in.calls) == 1


def test_an_old_answer_serves_while_parliament_wants_to_be_left_alone(
    asked: CachedParliament, stand_in: StandIn, clock: Clock
) -> None:
    asked.get_contact(SPEAKER, soon())
    asked.stay_away(3123)
    assert asked.seconds_away() > 3000
    clock.now += DAY
    assert asked.get_contact(SPEAKER, soon()).as_of == date(2026, 11, 1)
    with pytest.raises(ParliamentError):
        asked.get_seat(CHORLEY, soon())
    assert len(stand_in.calls) == 1


def test_a_postcode_is_asked_about_each_time(asked: CachedParliament, stand_in: StandIn, clock: Clock) -> None:
    number = stand_in.seat_of("SW1A 1AA").id
    for postcode in (WESTMINSTER, WESTMINSTER, WESTMINSTER_TOO):
        assert asked.locate(postcode, soon()).constituencies == (number,)
    assert stand_in.calls == [SEARCH] * 3
    stand_in.fault = FAULTS["500"]
    with pytest.raises(NoAnswer):
        asked.locate(WESTMINSTER, soon())


def test_two_who_ask_about_one_postcode_at_once_make_two_calls(asked: CachedParliament, stand_in: StandIn) -> None:
    both = Barrier(2)

    def wait_for_both() -> None:
        both.wait(20)

    stand_in.fault = wait_for_both
    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda _: asked.locate(WESTMINSTER, soon()), range(2)))
    assert places[0].constituencies == places[1].constituencies
    assert stand_in.calls == [SEARCH] * 2


def test_the_seats_of_a_place_are_as_old_as_the_oldest(
    asked: CachedParliament, stand_in: StandIn, clock: Clock
) -> None:
    one, other = CHORLEY, stand_in.seat_of("SW1A 1AA").id
    place = PlaceAnswer((one, other), int(NOON))
    asked.get_seat(one, soon())
    clock.now += DAY
    asked.get_seat(other, soon())
    clock.now += DAY
    stand_in.fault = FAULTS["500"]
    told = asked.get_seats(place, soon())
    assert [seat.constituency.id for seat in told.value] == [one, other]
    assert told.as_of == date(2026, 11, 1)


def test_a_seat_found_by_a_postcode_is_known(asked: CachedParliament, stand_in: StandIn, clock: Clock) -> None:
    number = stand_in.seat_of("SW1A 1AA").id
    assert asked.get_cached_seat(number) is None
    (seat,) = asked.get_seats(asked.locate(WESTMINSTER, soon()), soon()).value
    assert asked.get_seat(number, soon()) == Dated(seat)
    assert asked.get_cached_seat(number) == Dated(seat)
    clock.now += DAY
    assert asked.get_cached_seat(number) == Dated(seat, date(2026, 11, 1))
    assert stand_in.calls == [SEARCH]


def test_several_seats_at_a_postcode(asked: CachedParliament, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"] += stand_in.postcodes["E8 1EA"]
    names = [seat.constituency.name for seat in asked.get_seats(asked.locate(WESTMINSTER, soon()), soon()).value]
    assert names == ["Cities of London and Westminster", "Hackney South and Shoreditch"]
    assert stand_in.calls == [SEARCH]


def test_there_may_be_no_such_postcode(asked: CachedParliament, stand_in: StandIn) -> None:
    del stand_in.postcodes["SW1A 1AA"]
    place = asked.locate(WESTMINSTER, soon())
    assert place.constituencies == ()
    assert asked.get_seats(place, soon()) == Dated(())


def test_a_page_that_is_not_there_tells_nothing_of_a_postcode_or_a_member(
    asked: CachedParliament, stand_in: StandIn
) -> None:
    stand_in.fault = lambda: Response(status=404)
    with pytest.raises(NoAnswer):
        asked.locate(WESTMINSTER, soon())
    with pytest.raises(NoAnswer):
        asked.get_contact(SPEAKER, soon())
    stand_in.reset()
    assert asked.locate(WESTMINSTER, soon()).constituencies
    assert asked.get_contact(SPEAKER, soon()).value.email


def test_that_there_is_no_such_seat_is_remembered(asked: CachedParliament, stand_in: StandIn) -> None:
    for _ in range(2):
        assert asked.get_seat(1, soon()) == Dated(None)
    assert len(stand_in.calls) == 1


def test_a_vacant_seat_is_remembered_as_one(asked: CachedParliament, stand_in: StandIn) -> None:
    stand_in.seat_of("PR7 1DP").member = None
    for _ in range(2):
        seat = asked.get_seat(CHORLEY, soon()).value
        assert seat
        assert (seat.constituency, seat.member) == (Constituency(CHORLEY, "Chorley"), None)
    assert len(stand_in.calls) == 1


def test_a_seat_that_an_older_version_remembered_is_read(stand_in: StandIn, call_limiter: CallLimiter) -> None:
    kept = make_cache(None)
    asked = CachedParliament(ParliamentClient(stand_in.url), call_limiter, kept)
    whole = asked.get_seat(CHORLEY, soon()).value
    assert whole
    assert whole.member
    older = TypeAdapter(Seat).dump_python(whole)
    del older["member"]["since"]
    kept.put(f"seat:{CHORLEY}", TypeAdapter(dict[str, object]), older)
    assert asked.get_seat(CHORLEY, soon()).value == replace(whole, member=replace(whole.member, since=None))
    assert len(stand_in.calls) == 1


def test_a_portrait_is_a_picture(asked: CachedParliament, stand_in: StandIn) -> None:
    for _ in range(2):
        portrait = asked.get_portrait(SPEAKER, soon())
        assert portrait
        assert (portrait.mimetype, portrait.content) == stand_in.portraits[SPEAKER]


@pytest.mark.parametrize(
    "content",
    [None, b"<svg/>", b"<!doctype html>", b"\x89PNG\r\n\x1a\n" + bytes(300_000)],
    ids=["none", "SVG", "HTML", "too large"],
)
def test_what_cannot_be_shown_is_no_portrait(asked: CachedParliament, stand_in: StandIn, content: bytes | None) -> None:
    number = member_at(stand_in, "BT48 6DQ")  # of Foyle, who has none
    if content is not None:
        stand_in.portraits[number] = ("image/png", content)
    for _ in range(2):
        assert asked.get_portrait(number, soon()) is None
    assert len(stand_in.calls) == 1


def test_posts_are_told_by_the_number_of_the_member(asked: CachedParliament, stand_in: StandIn) -> None:
    for _ in range(2):
        assert asked.get_government_posts(soon()).value == stand_in.posts
    assert stand_in.posts[member_at(stand_in, "WC1H 9JE")] == "Prime Minister"


def test_many_visitors_make_no_more_than_four_calls_at_once(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_A_SLOT", 20.0)
    stand_in.slowness = 0.1
    asked, postcodes = cached_parliament(stand_in.url), [Postcode.parse(postcode) for postcode in list(POSTCODES)[:12]]
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda postcode: asked.locate(postcode, soon()).constituencies, postcodes))
    assert all(len(numbers) == 1 for numbers in found)
    assert len(stand_in.calls) == 12
    assert stand_in.most_at_once <= 4
