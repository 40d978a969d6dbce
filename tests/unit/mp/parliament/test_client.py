"""The client against the stand-in, over real HTTP: each trap of the API that is known."""

from datetime import date
from typing import Any

import pytest
from flask import Response

from app.mp.parliament.client import Blocked, NoAnswer, ParliamentClient
from app.mp.people import Contact
from app.mp.postcode import Postcode
from tests.conftest import NOWHERE
from tests.stand_in import StandIn

CHORLEY, NEW = Postcode.parse("PR7 1DP"), Postcode.parse("LL77 7TW")


@pytest.fixture
def client(stand_in: StandIn) -> ParliamentClient:
    return ParliamentClient(stand_in.url, contact="post@example.org")


def test_finds_constituency_and_member(client: ParliamentClient) -> None:
    (seat,) = client.find_seats(CHORLEY)
    assert seat.constituency.name == "Chorley"
    assert seat.member is not None
    assert seat.member.name == "Sir Lindsay Hoyle"
    assert seat.member.full_title == "Rt Hon Sir Lindsay Hoyle MP"
    assert seat.member.salutation == "Dear Sir Lindsay"
    assert seat.member.is_speaker


def test_says_who_it_is_and_keeps_no_cookies(client: ParliamentClient, stand_in: StandIn) -> None:
    client.find_seats(CHORLEY)
    client.find_seats(CHORLEY)
    assert stand_in.user_agents == {"DearMP/1 (post@example.org)"}
    assert stand_in.cookies_sent_back == 0


def test_a_postcode_that_the_api_does_not_know(client: ParliamentClient) -> None:
    assert client.find_seats(Postcode.parse("ZE3 9ZZ")) == ()


def test_several_current_constituencies_are_all_given(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.postcodes["PR7 1DP"] = [stand_in.seat_of("PR7 1DP").id, stand_in.seat_of("BL1 1RU").id]
    assert [seat.constituency.name for seat in client.find_seats(CHORLEY)] == ["Chorley", "Bolton North East"]


def test_an_ended_constituency_does_not_count(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.postcodes["PR7 1DP"] = [stand_in.seat_of("PR7 1DP").id, stand_in.seat_of("BL1 1RU").id]
    stand_in.seat_of("BL1 1RU").end_date = "2024-05-30T00:00:00"
    assert [seat.constituency.name for seat in client.find_seats(CHORLEY)] == ["Chorley"]
    assert client.get_seat(stand_in.seat_of("BL1 1RU").id) is None


@pytest.mark.parametrize("shape", [None, {"member": None}, {"member": {"value": None}}, {}])
def test_a_vacant_seat_in_each_of_its_shapes(client: ParliamentClient, stand_in: StandIn, shape: Any) -> None:
    seat = stand_in.seat_of("PR7 1DP")
    seat.member, seat.vacant_shape = None, shape
    (found,) = client.find_seats(CHORLEY)
    assert found.constituency.name == "Chorley"
    assert found.member is None


@pytest.mark.parametrize("change", [{"membershipEndDate": "2026-09-01T00:00:00"}, {"house": 2}])
def test_a_former_member_is_no_member(client: ParliamentClient, stand_in: StandIn, change: dict[str, Any]) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    member["latestHouseMembership"].update(change)
    assert client.find_seats(CHORLEY)[0].member is None


@pytest.mark.parametrize("status", [None, {"statusIsActive": False, "statusDescription": "Suspended"}])
def test_a_suspended_member_is_still_the_member(client: ParliamentClient, stand_in: StandIn, status: Any) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    member["latestHouseMembership"]["membershipStatus"] = status
    assert client.find_seats(CHORLEY)[0].member is not None


def test_since_when_a_member_has_sat(client: ParliamentClient) -> None:
    since = [seat.member.since for place in (CHORLEY, NEW) for seat in client.find_seats(place) if seat.member]
    assert since == [date(1997, 5, 1), date(2024, 7, 4)]


@pytest.mark.parametrize("sent", [None, "", "soon", "2024-02-30T00:00:00", "0001-01-01T00:00:00", 2024, ["2024-07-04"]])
def test_a_date_that_is_none_is_left_out(client: ParliamentClient, stand_in: StandIn, sent: Any) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    member["latestHouseMembership"]["membershipStartDate"] = sent
    (seat,) = client.find_seats(CHORLEY)
    assert seat.member
    assert (seat.member.name, seat.member.since) == ("Sir Lindsay Hoyle", None)


def test_missing_and_unknown_keys(client: ParliamentClient, stand_in: StandIn) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    for key in ("nameFullTitle", "nameAddressAs", "latestParty", "latestHouseMembership"):
        del member[key]
    member["brandNew"] = {"deep": [1]}
    found = client.find_seats(CHORLEY)[0].member
    assert found is not None
    assert found.full_title == "Sir Lindsay Hoyle MP"
    assert found.salutation == "Dear Sir Lindsay Hoyle"
    assert found.since is None


def test_a_byte_order_mark_is_passed_over(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.fault = lambda: Response(b'\xef\xbb\xbf{"items": []}', mimetype="application/json")
    assert client.find_seats(CHORLEY) == ()


@pytest.mark.parametrize(
    "answer",
    [
        Response("<h1>Sorry</h1>", mimetype="text/html"),
        Response('{"items": [', mimetype="application/json"),
        Response('{"items": "none"}', mimetype="application/json"),
        Response('{"items": [{"value": {"id": "x", "name": []}}]}', mimetype="application/json"),
        Response("{}", mimetype="application/json"),
        Response("null", mimetype="application/json"),
        Response(" " * 1_100_000 + '{"items": []}', mimetype="application/json"),
        Response("{}", status=400),
        Response("{}", status=500),
        Response("{}", status=502),
        Response(status=302, headers={"Location": "/api/Location/Constituency/Search"}),
        Response(status=302, headers={"Location": "http://[::1"}),
        Response(status=302, headers={"Location": "ftp://example.org/"}),
        Response(status=404),
    ],
)
def test_nonsense_is_an_outage_and_not_an_answer(client: ParliamentClient, stand_in: StandIn, answer: Response) -> None:
    stand_in.fault = lambda: answer
    with pytest.raises(NoAnswer) as error:
        client.find_seats(CHORLEY)
    assert "PR7" not in str(error.value)


def test_nobody_there() -> None:
    with pytest.raises(NoAnswer) as error:
        ParliamentClient(NOWHERE).find_seats(CHORLEY)
    assert "PR7" not in str(error.value)
    assert error.value.__suppress_context__, "the cause holds the address that was called"


@pytest.mark.parametrize(("status", "calls"), [(502, 2), (503, 2), (504, 2), (500, 1), (403, 1), (429, 1), (404, 1)])
def test_tries_again_only_where_that_may_help(
    client: ParliamentClient, stand_in: StandIn, status: int, calls: int
) -> None:
    stand_in.fault = lambda: Response("{}", status=status)
    with pytest.raises((NoAnswer, Blocked)):
        client.find_seats(CHORLEY)
    assert len(stand_in.calls) == calls


def test_does_not_try_again_before_it_is_told_to(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.fault = lambda: Response("{}", status=503, headers={"Retry-After": "120"})
    with pytest.raises(Blocked):
        client.find_seats(CHORLEY)
    assert len(stand_in.calls) == 1


def test_a_constituency_that_comes_twice_is_one(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.postcodes["PR7 1DP"] *= 2
    assert len(client.find_seats(CHORLEY)) == 1


@pytest.mark.parametrize(
    "change", [{"nameDisplayAs": ""}, {"nameDisplayAs": " "}, {"id": 0}, {"nameDisplayAs": "x" * 201}]
)
def test_a_member_nobody_could_be_is_no_answer(
    client: ParliamentClient, stand_in: StandIn, change: dict[str, Any]
) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    member.update(change)
    with pytest.raises(NoAnswer):
        client.find_seats(CHORLEY)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, "3123", 3123),
        (429, "soon", 60),
        (429, "Mon, 01 Jan 2001 00:00:00 GMT", 60),
        (429, "Fri, 01 Jan 2100 00:00:00 GMT", 86_400),
        (403, "", 60),
        (503, "120", 120),
        (429, "9" * 30, 86_400),
        (429, "0", 5),
        (429, "Sat, 01 Jan 99999999999 23:59:59 GMT", 60),
    ],
)
def test_is_told_to_stay_away(
    client: ParliamentClient, stand_in: StandIn, status: int, header: str, seconds: float
) -> None:
    stand_in.fault = lambda: Response(status=status, headers={"Retry-After": header})
    with pytest.raises(Blocked) as first:
        client.find_seats(CHORLEY)
    assert first.value.seconds == seconds


def test_contact_details(client: ParliamentClient, stand_in: StandIn) -> None:
    stand_in.seat_of("PR7 1DP").contacts = [
        {
            "typeId": 4,
            "line1": "1 Market Street",
            "line3": "Chorley",
            "postcode": "PR7 2SE",
            "email": "office@example.org",
        },
        {"typeId": 1, "type": "Renamed again", "phone": "020 7219 3000", "email": "member@example.org"},
        {"typeId": 6, "isWebAddress": True, "line1": "https://www.example.org/"},
        {"typeId": 7, "isWebAddress": True, "line1": "https://social.example.org/x"},
    ]
    assert client.get_contact(467) == Contact(
        email="member@example.org",
        phone="020 7219 3000",
        website="https://www.example.org/",
        constituency_office=("1 Market Street", "Chorley", "PR7 2SE"),
    )


@pytest.mark.parametrize(
    ("entries", "email"),
    [
        ([], ""),
        ([{"typeId": 1}, {"typeId": 4, "email": "office@example.org"}], "office@example.org"),
        ([{"typeId": 1009, "email": "a.member.mp@parliament.uk"}], "a.member.mp@parliament.uk"),
        ([{"typeId": 1009, "email": "somebody@example.org"}], ""),
        ([{"typeId": 1, "email": "by post only"}, {"typeId": 4, "email": "office@example.org"}], "office@example.org"),
        ([{"typeId": 1, "email": "a@example.org, b@example.org"}], ""),
        ([{"typeId": 1, "email": "a@example.org\nBcc: b@example.org"}], ""),
        ([{"typeId": 1, "email": " a@example.org "}], "a@example.org"),
    ],
)
def test_an_email_address_is_found_and_never_made_up(
    client: ParliamentClient, stand_in: StandIn, entries: list[dict[str, Any]], email: str
) -> None:
    stand_in.seat_of("PR7 1DP").contacts = entries
    contact = client.get_contact(467)
    assert contact
    assert contact.email == email


@pytest.mark.parametrize("office", [{"line1": "Constituency Office"}, {"postcode": "PR7 2SE"}, {}])
def test_half_an_address_is_none(client: ParliamentClient, stand_in: StandIn, office: dict[str, Any]) -> None:
    stand_in.seat_of("PR7 1DP").contacts = [{"typeId": 4, **office}]
    contact = client.get_contact(467)
    assert contact
    assert contact.constituency_office == ()


def test_a_member_without_contact_details(client: ParliamentClient) -> None:
    assert client.get_contact(1) is None
