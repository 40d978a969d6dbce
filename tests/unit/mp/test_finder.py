import pytest
from flask import Response

from app.mp.finder import Found, MPFinder, NoMP, NotCovered, Several, Unavailable, UnknownPostcode, Vacant
from app.mp.parliament import ParliamentClient
from app.mp.postcode import Kind, Postcode
from app.mp.snapshot import Snapshot
from tests.conftest import NOWHERE
from tests.stand_in import StandIn

WESTMINSTER = Postcode.parse("SW1A 1AA")
BELFAST = Postcode.parse("BT1 5GS")


@pytest.fixture
def online(stand_in: StandIn, snapshot: Snapshot) -> MPFinder:
    return MPFinder(ParliamentClient(stand_in.url), snapshot)


@pytest.fixture
def offline(snapshot: Snapshot) -> MPFinder:
    return MPFinder(ParliamentClient(NOWHERE), snapshot)


def test_parliament_is_asked_first(online: MPFinder, stand_in: StandIn) -> None:
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["nameDisplayAs"] = "A New Member"
    found = online.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert found.member.name == "A New Member"
    assert found.member.contact.phone == "020 7219 3000"
    assert found.as_of is None
    assert found.constituency.nation == "England", "which the API does not say"


def test_the_snapshot_answers_when_parliament_does_not(offline: MPFinder, snapshot: Snapshot) -> None:
    found = offline.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert found.member.name == "Rachel Blake"
    assert found.as_of == snapshot.members.date


def test_with_live_only_there_is_no_other_answer(snapshot: Snapshot) -> None:
    finder = MPFinder(ParliamentClient(NOWHERE), snapshot, snapshot_answers=False)
    assert finder.find(WESTMINSTER) == Unavailable()
    assert finder.in_constituency(3987) == Unavailable()


def test_with_snapshot_only_nobody_is_called(stand_in: StandIn, snapshot: Snapshot) -> None:
    assert isinstance(MPFinder(None, snapshot).find(WESTMINSTER), Found)
    assert stand_in.calls == []


def test_contact_details_fall_back_on_their_own(online: MPFinder, stand_in: StandIn, snapshot: Snapshot) -> None:
    stand_in.fault = lambda: Response(status=500) if stand_in.calls[-1].endswith("/Contact") else None
    found = online.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert found.as_of is None
    assert found.member.contact.email == "rachel.blake.mp@parliament.uk"
    assert found.member.contact.as_of == snapshot.members.date


def test_a_new_member_never_gets_the_old_ones_address(online: MPFinder, stand_in: StandIn) -> None:
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["id"] = 99999
    stand_in.fault = lambda: Response(status=500) if stand_in.calls[-1].endswith("/Contact") else None
    found = online.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert found.member.contact.email == ""


def test_several(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"].append(stand_in.seat_of("E8 1EA").id)
    several = online.find(WESTMINSTER)
    assert isinstance(several, Several)
    assert [place.name for place in several.constituencies] == [
        "Cities of London and Westminster",
        "Hackney South and Shoreditch",
    ]


def test_vacant(online: MPFinder, stand_in: StandIn) -> None:
    stand_in.seat_of("WC1H 9JE").member = None
    vacant = online.find(Postcode.parse("WC1H 9JE"))
    assert isinstance(vacant, Vacant)
    assert vacant.constituency.name == "Holborn and St Pancras"


@pytest.mark.parametrize("postcode", ["SW1A 9ZZ", "QQ1 1AA"])
def test_unknown_online_and_offline(online: MPFinder, offline: MPFinder, postcode: str) -> None:
    assert online.find(Postcode.parse(postcode)) == UnknownPostcode()
    assert offline.find(Postcode.parse(postcode)) == UnknownPostcode()


def test_a_place_that_only_the_snapshot_knows_gets_todays_member(online: MPFinder, stand_in: StandIn) -> None:
    del stand_in.postcodes["SW1A 1AA"]
    found = online.find(WESTMINSTER)
    assert isinstance(found, Found)
    assert found.constituency.name == "Cities of London and Westminster"
    assert found.as_of is None


def test_near_a_boundary_online_and_offline(online: MPFinder, offline: MPFinder, stand_in: StandIn) -> None:
    stand_in.postcodes["NW3 2AY"] = stand_in.postcodes["WC1H 9JE"]
    for finder in (online, offline):
        found = finder.find(Postcode.parse("NW3 2AY"))
        assert isinstance(found, Found)
        assert found.constituency.name == "Holborn and St Pancras"
        assert [place.name for place in found.near] == ["Hampstead and Highgate"]


def test_near_a_boundary_the_other_side_is_offered(online: MPFinder, stand_in: StandIn) -> None:
    """Where Parliament puts a postcode across the line from where we do, both stay open to the writer."""
    stand_in.postcodes["G2 1DU"] = stand_in.postcodes["EH1 1YJ"]
    found = online.find(Postcode.parse("G2 1DU"))
    assert isinstance(found, Found)
    assert found.constituency.name == "Edinburgh East and Musselburgh"
    assert [place.name for place in found.near] == ["Glasgow North East", "Glasgow North"]


def test_northern_ireland(online: MPFinder, offline: MPFinder) -> None:
    found = online.find(BELFAST)
    assert isinstance(found, Found)
    assert found.constituency.nation == "Northern Ireland"
    assert offline.find(BELFAST) == NotCovered()


@pytest.mark.parametrize(("postcode", "kind"), [("JE2 3AB", Kind.CROWN_DEPENDENCY), ("BFPO 57", Kind.BFPO)])
def test_places_without_an_mp_are_not_asked_about(
    online: MPFinder, stand_in: StandIn, postcode: str, kind: Kind
) -> None:
    assert online.find(Postcode.parse(postcode)) == NoMP(kind)
    assert stand_in.calls == []


def test_a_constituency_of_ones_choice(online: MPFinder, offline: MPFinder, snapshot: Snapshot) -> None:
    live, known = online.in_constituency(3985), offline.in_constituency(3985)
    assert isinstance(live, Found)
    assert isinstance(known, Found)
    assert live.member.name == known.member.name == "Sir Lindsay Hoyle"
    assert (live.as_of, known.as_of) == (None, snapshot.members.date)
    assert online.in_constituency(1) is None
    assert offline.in_constituency(1) is None
