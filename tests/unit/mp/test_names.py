"""Names in two languages: of seats and of parties."""

import pytest

from app.mp import parties, welsh_names
from app.mp.people import Constituency, Member, folded, folded_seat
from app.mp.snapshot.members_table import MembersTable
from app.mp.snapshot.snapshot import Snapshot


def test_every_seat_of_wales_is_known_to_have_two_names_or_one(table: MembersTable) -> None:
    seats = {seat.constituency.name for seat in table.seats if seat.constituency.nation == "Wales"}
    assert len(seats) == 32
    assert seats == welsh_names.WELSH_NAMES.keys() | welsh_names.ONE_NAME
    assert not welsh_names.WELSH_NAMES.keys() & welsh_names.ONE_NAME


def test_no_name_stands_for_two_seats(table: MembersTable) -> None:
    names = [folded(seat.constituency.name) for seat in table.seats]
    names += map(folded, welsh_names.WELSH_NAMES.values())
    assert len(set(names)) == 650 + len(welsh_names.WELSH_NAMES)


@pytest.mark.parametrize(
    ("name", "welsh"),
    [
        ("Cardiff North", "Gogledd Caerdydd"),
        ("MONTGOMERYSHIRE AND GLYNDWR", "Maldwyn a Glyndŵr"),
        ("Ynys Môn", "Ynys Môn"),
        ("Chorley", "Chorley"),
    ],
)
def test_a_seat_is_named_in_both_languages(name: str, welsh: str) -> None:
    seat = Constituency(1, name)
    assert (seat.welsh_name, seat.name_in("cy"), seat.name_in("en")) == (welsh, welsh, name)


def test_both_names_mean_one_seat(snapshot: Snapshot) -> None:
    north = Constituency(1, "Cardiff North")
    assert north.is_same_as(Constituency(2, "gogledd caerdydd"))
    assert not north.is_same_as(Constituency(2, "Gorllewin Caerdydd"))
    assert folded_seat("GWYR") == folded_seat("Gower")
    for name, welsh in welsh_names.WELSH_NAMES.items():
        seat = snapshot.find_seat(Constituency(0, welsh))
        assert seat
        assert seat.constituency.name == name


def test_every_party_of_today_is_known_to_have_two_names_or_one(table: MembersTable) -> None:
    today = {seat.member.party for seat in table.seats if seat.member}
    assert today <= parties.WELSH_NAMES.keys() | parties.ONE_NAME
    assert not parties.WELSH_NAMES.keys() & parties.ONE_NAME


@pytest.mark.parametrize(
    ("party", "welsh"),
    [
        ("Labour", "Llafur"),
        ("Labour (Co-op)", "Llafur (Cydweithredol)"),
        ("Plaid Cymru", "Plaid Cymru"),
        ("A Party Yet to Come", "A Party Yet to Come"),
        ("", ""),
    ],
)
def test_a_party_is_named_in_both_languages(party: str, welsh: str) -> None:
    member = Member(1, "Jane Example", "Jane Example MP", party=party)
    assert (member.party_in("cy"), member.party_in("en")) == (welsh, party)


def test_what_people_call_parties_leads_to_what_parliament_calls_them() -> None:
    assert set(parties.USUAL_NAMES.values()) <= parties.WELSH_NAMES.keys() | parties.ONE_NAME
    assert all(name == folded(name) for name in parties.USUAL_NAMES)
