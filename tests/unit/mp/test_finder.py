import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Response

from app.mp.dissolution import LONDON, Dissolution
from app.mp.finder import MPFinder
from app.mp.house import House, page_deadline
from app.mp.outcomes import (
    Dissolved,
    Found,
    NoMP,
    NotCovered,
    Outcome,
    Several,
    Unavailable,
    UnknownConstituency,
    UnknownPostcode,
    Vacant,
)
from app.mp.parliament.cache import make_cache
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import ParliamentClient
from app.mp.parliament.place_answer import PlaceAnswer
from app.mp.people import Seat
from app.mp.postcode import Postcode, PostcodeKind
from app.mp.snapshot.members_table import write_table
from app.mp.snapshot.snapshot import MEMBERS_FILE, LatestSnapshot, Snapshot
from tests.conftest import NOWHERE, cached_parliament
from tests.stand_in import FAULTS, StandIn

WESTMINSTER = Postcode.parse("SW1A 1AA")
BELFAST = Postcode.parse("BT1 5GS")
CHORLEY = 3985


@pytest.fixture
def online(stand_in: StandIn, latest: LatestSnapshot) -> MPFinder:
    return MPFinder(House(cached_parliament(stand_in.url), latest))


@pytest.fixture
def offline(cut_off: House) -> MPFinder:
    return MPFinder(cut_off)


@pytest.fixture
def cut_off(latest: LatestSnapshot) -> House:
    return House(cached_parliament(NOWHERE), latest)


def names(seats: tuple[Seat, ...]) -> list[str]:
    return [seat.constituency.name for seat in seats]


def found_by(finder: MPFinder, postcode: Postcode, chosen: int | None = None) -> Found:
    outcome = finder.find(postcode, chosen, contact=True)
    assert isinstance(outcome, Found)
    return outcome


def test_parliament_is_asked_first(online: MPFinder, stand_in: StandIn) -> None:
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["nameDisplayAs"] = "A New Member"
    found = found_by(online, WESTMINSTER)
    assert found.member.name == "A New Member"
    assert found.member.contact
    assert found.member.contact.phone == "020 7219 3000"
    assert found.as_of is None
    assert found.constituency.nation == "England", "which the API does not say"


def test_the_snapshot_answers_when_parliament_does_not(offline: MPFinder, snapshot: Snapshot) -> None:
    found = found_by(offline, WESTMINSTER)
    assert found.member.name == "Rachel Blake"
    assert found.as_of == snapshot.date


def test_with_live_only_there_is_no_other_answer(latest: LatestSnapshot) -> None:
    finder = MPFinder(House(cached_parliament(NOWHERE), latest), snapshot_answers=False)
    assert finder.find(WESTMINSTER) == Unavailable()
    outcome = finder.find(WESTMINSTER, CHORLEY)
    assert isinstance(outcome, Unavailable)
    assert outcome.constituency
    assert outcome.constituency.name == "Chorley"


@pytest.mark.parametrize("snapshot_answers", [True, False])
@pytest.mark.parametrize(("days", "as_of"), [(0, None), (2, date(2026, 10, 30))])
def test_without_an_answer_for_the_postcode_the_member_is_the_one_that_parliament_last_named(
    stand_in: StandIn,
    latest: LatestSnapshot,
    monkeypatch: pytest.MonkeyPatch,
    snapshot_answers: bool,
    days: int,
    as_of: date | None,
) -> None:
    now = 1_793_534_400.0  # of 1 November 2026
    monkeypatch.setattr("app.mp.parliament.cache.time", SimpleNamespace(time=lambda: now))
    finder = MPFinder(House(cached_parliament(stand_in.url), latest), snapshot_answers=snapshot_answers)
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["nameDisplayAs"] = "A New Member"
    now -= days * 24 * 3600
    found_by(finder, Postcode.parse("SW1A 0AA"))
    now += days * 24 * 3600
    stand_in.fault, calls = FAULTS["500"], len(stand_in.calls)
    found = finder.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert (found.member.name, found.as_of) == ("A New Member", as_of)
    assert len(stand_in.calls) == calls + 1, "once for the postcode, and not again for the seat"


def test_a_valid_earlier_answer_spares_a_call(online: MPFinder, stand_in: StandIn) -> None:
    deadline = page_deadline()
    place = online.locate(WESTMINSTER, None, deadline)
    assert place
    for _ in range(2):
        assert online.locate(WESTMINSTER, place, deadline) is place
        assert isinstance(online.find_at(place, WESTMINSTER, None, deadline), Found)
        assert isinstance(online.find_at(place, WESTMINSTER, CHORLEY, deadline), Found)
    assert stand_in.calls == ["/api/Location/Constituency/Search", f"/api/Location/Constituency/{CHORLEY}"]


@pytest.mark.parametrize("seconds_ago", [-3600, 24 * 3600])
def test_an_answer_of_another_day_is_asked_for_again(online: MPFinder, stand_in: StandIn, seconds_ago: int) -> None:
    old = PlaceAnswer((CHORLEY,), int(time.time()) - seconds_ago)
    place = online.locate(WESTMINSTER, old, page_deadline())
    assert place
    assert place.constituencies == (stand_in.seat_of("SW1A 1AA").id,)


def test_an_answer_from_before_an_election_is_asked_for_again(stand_in: StandIn, latest: LatestSnapshot) -> None:
    today = datetime.now(LONDON).date()
    ended = Dissolution(date(2026, 1, 1), today)
    old = PlaceAnswer((CHORLEY,), int(time.time()))
    for day, is_asked in ((today, False), (today + timedelta(days=1), True)):
        finder = MPFinder(
            House(cached_parliament(stand_in.url), latest, ended, partial(date.fromisoformat, day.isoformat()))
        )
        assert (finder.locate(WESTMINSTER, old, page_deadline()) is not old) == is_asked


def test_an_earlier_answer_outlasts_an_outage(online: MPFinder, stand_in: StandIn) -> None:
    deadline = page_deadline()
    place = online.locate(WESTMINSTER, None, deadline)
    stand_in.fault = FAULTS["500"]
    assert online.locate(WESTMINSTER, None, deadline) is None
    found = online.find_at(online.locate(WESTMINSTER, place, deadline), WESTMINSTER, None, deadline)
    assert isinstance(found, Found)
    assert found.as_of is None


def test_an_earlier_answer_says_where_a_postcode_is_that_our_own_list_lacks(
    stand_in: StandIn, latest: LatestSnapshot, snapshot: Snapshot
) -> None:
    asked, deadline = cached_parliament(stand_in.url), page_deadline()
    finder = MPFinder(House(asked, latest))
    place = finder.locate(BELFAST, None, deadline)
    asked.forget()  # as another process, which was told nothing yet
    stand_in.fault = FAULTS["500"]
    found = finder.find_at(place, BELFAST, None, deadline)
    assert isinstance(found, Found)
    assert (found.constituency.name, found.as_of) == ("Belfast South and Mid Down", snapshot.date)
    only_live = MPFinder(House(asked, latest), snapshot_answers=False)
    assert only_live.find_at(place, BELFAST, None, deadline) == Unavailable()


def test_with_snapshot_only_nobody_is_called(stand_in: StandIn, latest: LatestSnapshot) -> None:
    assert isinstance(MPFinder(House(None, latest)).find(WESTMINSTER, contact=True, post=True), Found)
    assert stand_in.calls == []


def test_contact_details_fall_back_on_their_own(online: MPFinder, stand_in: StandIn, snapshot: Snapshot) -> None:
    stand_in.fault = lambda: Response(status=500) if stand_in.calls[-1].endswith("/Contact") else None
    found = found_by(online, WESTMINSTER)
    assert found.as_of is None
    assert found.member.contact
    assert found.member.contact.email == "rachel.blake.mp@parliament.uk"
    assert found.member.contact.as_of == snapshot.date


def test_a_new_member_never_gets_the_old_ones_address(online: MPFinder, stand_in: StandIn) -> None:
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["id"] = 99999
    stand_in.fault = lambda: Response(status=500) if stand_in.calls[-1].endswith("/Contact") else None
    assert found_by(online, WESTMINSTER).member.contact is None


def test_several(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"].append(stand_in.seat_of("E8 1EA").id)
    several = online.find(WESTMINSTER)
    assert isinstance(several, Several)
    assert not several.is_disputed
    assert names(several.seats) == ["Cities of London and Westminster", "Hackney South and Shoreditch"]
    assert all(seat.member for seat in several.seats)


def test_parliament_and_the_snapshot_differ(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"] = stand_in.postcodes["PR7 1DP"]
    asked = online.find(WESTMINSTER)
    assert isinstance(asked, Several)
    assert asked.is_disputed
    assert names(asked.seats) == ["Chorley", "Cities of London and Westminster"]
    found = found_by(online, WESTMINSTER, CHORLEY)
    assert (found.constituency.name, found.is_off) == ("Chorley", False)
    assert names(found.others) == ["Cities of London and Westminster"], "which is still offered"


def test_a_seat_written_otherwise_is_the_same_seat(online: MPFinder, stand_in: StandIn) -> None:
    seat = stand_in.seat_of("LL77 7TW")
    stand_in.seats[9999] = replace(seat, id=9999, name="YNYS MON")
    stand_in.postcodes["LL77 7TW"] = [9999]
    found = found_by(online, Postcode.parse("LL77 7TW"))
    assert found.constituency.name == "YNYS MON"
    assert found.constituency.nation == "Wales"


def test_vacant(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.seat_of("WC1H 9JE").member = None
    vacant = online.find(Postcode.parse("WC1H 9JE"))
    assert isinstance(vacant, Vacant)
    assert vacant.constituency.name == "Holborn and St Pancras"


def test_unknown_online_and_offline(online: MPFinder, offline: MPFinder) -> None:
    for finder in (online, offline):
        unknown = finder.find(Postcode.parse("SW1A 9ZZ"))
        assert isinstance(unknown, UnknownPostcode)
        assert names(unknown.seats_nearby) == ["Cities of London and Westminster", "Battersea"]
        assert finder.find(Postcode.parse("QQ1 1AA")) == UnknownPostcode(())


def test_a_place_that_only_the_snapshot_knows_gets_todays_member(online: MPFinder, stand_in: StandIn) -> None:
    del stand_in.postcodes["SW1A 1AA"]
    found = found_by(online, WESTMINSTER)
    assert found.constituency.name == "Cities of London and Westminster"
    assert found.as_of is None
    assert found.is_unconfirmed


def test_near_a_boundary_online_and_offline(online: MPFinder, offline: MPFinder, stand_in: StandIn) -> None:
    postcode = Postcode.parse("NW3 2AY")
    stand_in.postcodes["NW3 2AY"] = stand_in.postcodes["WC1H 9JE"]
    for finder in (online, offline):
        found = found_by(finder, postcode)
        assert found.constituency.name == "Holborn and St Pancras"
        assert names(found.others) == ["Hampstead and Highgate"]
        assert found.others[0].member
        other = found_by(finder, postcode, found.others[0].constituency.id)
        assert other.constituency.name == "Hampstead and Highgate"
        assert names(other.others) == ["Holborn and St Pancras"], "the way back stays open"
        assert not other.is_off


def test_a_choice_that_does_not_fit_the_postcode_is_noticed(online: MPFinder, offline: MPFinder) -> None:
    for finder in (online, offline):
        found = found_by(finder, WESTMINSTER, CHORLEY)
        assert found.constituency.name == "Chorley"
        assert found.is_off
        assert names(found.others) == ["Cities of London and Westminster"]


def test_northern_ireland(online: MPFinder, offline: MPFinder, cut_off: House) -> None:
    found = found_by(online, BELFAST)
    assert found.constituency.nation == "Northern Ireland"
    assert offline.find(BELFAST) == NotCovered()
    assert {seat.constituency.nation for seat in cut_off.list_seats_around(BELFAST)} == {"Northern Ireland"}
    assert len(cut_off.list_seats_around(BELFAST)) == 18


@pytest.mark.parametrize(
    ("postcode", "kind"), [("JE2 3AB", PostcodeKind.CROWN_DEPENDENCY), ("BFPO 57", PostcodeKind.BFPO)]
)
def test_places_without_an_mp_are_not_asked_about(
    online: MPFinder, stand_in: StandIn, postcode: str, kind: PostcodeKind
) -> None:
    assert online.find(Postcode.parse(postcode)) == NoMP(kind)
    assert stand_in.calls == []
    abroad = found_by(online, Postcode.parse(postcode), CHORLEY)
    assert not abroad.is_off, "who votes from abroad can choose"


def test_a_constituency_of_ones_choice(online: MPFinder, offline: MPFinder, snapshot: Snapshot) -> None:
    live, known = found_by(online, WESTMINSTER, CHORLEY), found_by(offline, WESTMINSTER, CHORLEY)
    assert live.member.name == known.member.name == "Sir Lindsay Hoyle"
    assert (live.as_of, known.as_of) == (None, snapshot.date)
    assert online.find(WESTMINSTER, 1) == UnknownConstituency()
    assert offline.find(WESTMINSTER, 1) == UnknownConstituency()


def test_every_seat_can_be_chosen_without_network(offline: MPFinder, cut_off: House) -> None:
    seats = cut_off.list_seats()
    assert len(seats) == 650
    for seat in seats:
        assert found_by(offline, WESTMINSTER, seat.constituency.id).constituency == seat.constituency


def test_a_post_in_the_government(online: MPFinder, stand_in: StandIn) -> None:
    seat = stand_in.seat_of("WC1H 9JE")
    assert seat.member
    stand_in.posts = {seat.member["id"]: "Prime Minister"}
    outcome = online.find(Postcode.parse("WC1H 9JE"), post=True)
    assert isinstance(outcome, Found)
    assert outcome.member.post == "Prime Minister"
    other = online.find(WESTMINSTER, post=True)
    assert isinstance(other, Found)
    assert other.member.post == ""
    assert stand_in.calls.count("/api/Posts/GovernmentPosts") == 1


def test_a_member_by_hand(offline: MPFinder) -> None:
    found = offline.accept_typed_name("Jane Example MP", "ynys mon")
    assert isinstance(found, Found)
    assert found.member.salutation == "Dear Jane Example"
    assert (found.constituency.name, found.constituency.nation) == ("Ynys Môn", "Wales")
    in_welsh = offline.accept_typed_name("Jane Example MP", "Gogledd Caerdydd")
    assert isinstance(in_welsh, Found)
    assert in_welsh.constituency.name == "Cardiff North"
    elsewhere = offline.accept_typed_name("Jane Example", "Newly Drawn")
    assert isinstance(elsewhere, Found)
    assert elsewhere.constituency.name == "Newly Drawn"


BEFORE, DURING, AFTER = date(2029, 5, 1), date(2029, 6, 1), date(2029, 7, 5)
DISSOLUTION = Dissolution.parse("2029-05-03/2029-07-04")

Houses = Callable[[date], House]


@pytest.fixture(params=["online", "offline"])
def on_day(request: pytest.FixtureRequest, stand_in: StandIn, latest: LatestSnapshot) -> Houses:
    url = stand_in.url if request.param == "online" else NOWHERE
    return lambda day: House(cached_parliament(url), latest, DISSOLUTION, lambda: day)


def named(outcome: Outcome) -> list[object]:
    """The members that an outcome holds."""
    seats = (*getattr(outcome, "others", ()), *getattr(outcome, "seats", ()), *getattr(outcome, "around", ()))
    return [member for member in (getattr(outcome, "member", None), *(seat.member for seat in seats)) if member]


@pytest.mark.parametrize("postcode", ["SW1A 1AA", "NW3 2AY", "SW1A 9ZZ", "BT1 5GS"])
def test_while_parliament_is_dissolved_no_member_is_named(on_day: Houses, stand_in: StandIn, postcode: str) -> None:
    stand_in.postcodes["NW3 2AY"] = [*stand_in.postcodes["WC1H 9JE"], *stand_in.postcodes["E8 1EA"]]
    house = on_day(DURING)
    finder = MPFinder(house)
    for outcome in (
        finder.find(Postcode.parse(postcode), contact=True),
        finder.find(Postcode.parse(postcode), CHORLEY),
        finder.accept_typed_name("Jane Example", "Chorley"),
    ):
        assert not named(outcome)
        assert isinstance(outcome, Dissolved | Several | UnknownPostcode | NotCovered)
    assert not any(seat.member for seat in (*house.list_seats(), *house.list_seats_around(Postcode.parse(postcode))))
    assert house.portrait(CHORLEY, 467) is None


def test_dissolution_ends_and_begins(on_day: Houses) -> None:
    assert isinstance(MPFinder(on_day(BEFORE)).find(WESTMINSTER), Found)
    dissolved = MPFinder(on_day(DURING)).find(WESTMINSTER)
    assert isinstance(dissolved, Dissolved)
    assert dissolved.election == date(2029, 7, 4)


def test_after_the_election_only_parliament_knows_the_members(stand_in: StandIn, latest: LatestSnapshot) -> None:
    online = House(cached_parliament(stand_in.url), latest, DISSOLUTION, lambda: AFTER)
    assert isinstance(MPFinder(online).find(WESTMINSTER), Found)
    offline = House(cached_parliament(NOWHERE), latest, DISSOLUTION, lambda: AFTER)
    outcome = MPFinder(offline).find(WESTMINSTER)
    assert isinstance(outcome, Unavailable)
    assert outcome.constituency
    assert outcome.constituency.name == "Cities of London and Westminster"
    assert not any(seat.member for seat in offline.list_seats())


def test_what_was_said_before_an_election_is_asked_anew_after_it(
    stand_in: StandIn, latest: LatestSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Dissolution(date(2026, 1, 1), datetime.now(LONDON).date())
    asked = CachedParliament(ParliamentClient(stand_in.url), CallLimiter(CircuitBreaker()), make_cache(None), ended)
    house = House(asked, latest, ended)
    assert isinstance(MPFinder(house).find(WESTMINSTER), Dissolved)
    tomorrow = datetime.now(LONDON).date() + timedelta(days=1)
    for module in ("parliament.cached", "house"):
        monkeypatch.setattr(f"app.mp.{module}.today", lambda: tomorrow)
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["nameDisplayAs"] = "A New Member"
    outcome = MPFinder(House(asked, latest, ended, lambda: tomorrow)).find(WESTMINSTER)
    assert isinstance(outcome, Found)
    assert outcome.member.name == "A New Member"


def test_a_number_that_means_another_seat_than_its_name_is_not_followed(online: MPFinder, stand_in: StandIn) -> None:
    manchester = stand_in.seat_of("M1 1AE")
    stand_in.seats[CHORLEY] = replace(manchester, id=CHORLEY)
    assert online.find(WESTMINSTER, CHORLEY) == UnknownConstituency()


def test_a_seat_of_the_same_number_and_another_name_is_another_seat(online: MPFinder, stand_in: StandIn) -> None:
    seat = stand_in.seat_of("M1 1AE")
    stand_in.seats[seat.id] = replace(seat, name="Completely Elsewhere")
    asked = online.find(Postcode.parse("M1 1AE"))
    assert isinstance(asked, Several)
    assert asked.is_disputed
    assert names(asked.seats) == ["Completely Elsewhere", "Manchester Central"]


def test_a_vacant_seat_near_a_boundary_leaves_the_other_side_open(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.postcodes["NW3 2AY"] = stand_in.postcodes["WC1H 9JE"]
    stand_in.seat_of("WC1H 9JE").member = None
    vacant = online.find(Postcode.parse("NW3 2AY"))
    assert isinstance(vacant, Vacant)
    assert names(vacant.others) == ["Hampstead and Highgate"]


def test_dissolved_without_days(latest: LatestSnapshot) -> None:
    finder = MPFinder(House(None, latest, Dissolution.parse("true")))
    assert isinstance(finder.find(WESTMINSTER), Dissolved)
    assert Dissolution.parse("false") is None


def test_a_new_table_makes_parliament_be_asked_anew(stand_in: StandIn, snapshot: Snapshot, tmp_path: Path) -> None:
    finder = MPFinder(House(cached_parliament(stand_in.url), LatestSnapshot(tmp_path)))
    place = finder.locate(WESTMINSTER, None, page_deadline())

    def calls_of_a_page() -> list[str]:
        stand_in.calls.clear()
        finder.find_at(place, WESTMINSTER, None, page_deadline(), contact=True)
        return list(stand_in.calls)

    first, second = calls_of_a_page(), calls_of_a_page()
    assert first == ["/api/Members/5257/Contact"]
    assert second == []
    assert snapshot.members
    write_table(replace(snapshot.members, date=date(2026, 11, 1)), tmp_path / MEMBERS_FILE)
    assert len(calls_of_a_page()) == 2, "seat and contact"


def test_who_sits_for_a_constituency_is_told_without_a_postcode(online: MPFinder, offline: MPFinder) -> None:
    for finder, as_of in ((online, None), (offline, date(2026, 6, 27))):
        outcome = finder.find_by_constituency(CHORLEY)
        assert isinstance(outcome, Found)
        assert (outcome.constituency.name, outcome.constituency.nation) == ("Chorley", "England")
        assert (outcome.member.is_speaker, outcome.as_of) == (True, as_of)
        assert (outcome.others, outcome.is_off) == ((), False)
        assert isinstance(finder.find_by_constituency(1), UnknownConstituency)


def test_nobody_sits_for_a_vacant_constituency(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.seat_of("PR7 1DP").member = None
    assert isinstance(online.find_by_constituency(CHORLEY), Vacant)
