"""Every constituency can be reached while Parliament's service is dead, by postcode and from the list."""

from itertools import product

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from app.mp.outcomes import Found
from app.mp.postcode import UNIT_LETTERS, Postcode
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import Snapshot
from app.web.services import Services
from tests.conftest import NOWHERE, MakeApp
from tests.page import Page
from tests.stand_in import StandIn

TROUBLESOME = {
    "NW3 2AY": "Holborn and St Pancras",
    "N1 9AB": "Islington South and Finsbury",
    "SA34 0XX": "Caerfyrddin",
    "OX26 2EW": "Bicester and Woodstock",
    "LL57 1LH": "Bangor Aberconwy",
    "PH12 8TG": "Angus and Perthshire Glens",
    "SW9 9SZ": "Clapham and Brixton Hill",
    "PO33 2HX": "Isle of Wight East",
    "BT16 1AW": "",
    "BT16 2FG": "",
    "BT1 6JS": "",
}
"""Near a boundary, in a constituency that was new in 2024, or in Northern Ireland, where our own list has nothing."""
KNOWN_TO_PARLIAMENT = {
    "NW3 2AY": ["Holborn and St Pancras"],
    "LL57 1LH": ["Bangor Aberconwy"],
    "PH12 8TG": ["Angus and Perthshire Glens"],
    "BT16 1AW": ["Belfast East", "Strangford"],
    "BT1 6JS": ["Belfast South and Mid Down"],
}
"""Those of them that the stand-in is told about."""


@pytest.fixture
def offline(make_app: MakeApp) -> FlaskClient:
    return make_app(lookup="auto", parliament_api_url=NOWHERE).test_client()


@pytest.fixture
def online(make_app: MakeApp, stand_in: StandIn) -> FlaskClient:
    stand_in.serve_whole_house()
    numbers = {seat.name: seat.id for seat in stand_in.seats.values()}
    for postcode, names in KNOWN_TO_PARLIAMENT.items():
        stand_in.postcodes[postcode] = [numbers[name] for name in names]
    return make_app(lookup="auto", parliament_api_url=stand_in.url).test_client()


def a_postcode_each(index: PostcodeIndex) -> dict[str, Postcode]:
    """The first postcode of each constituency, by its code."""
    found: dict[str, Postcode] = {}
    for sector in index.sectors:
        outward, digit = sector.split()
        if found.keys() >= set(index.list_codes_around(Postcode(outward, f"{digit}AA"))):
            continue  # which saves looking for four hundred postcodes in most of eleven thousand sectors
        for first, second in product(UNIT_LETTERS, repeat=2):
            postcode = Postcode(outward, f"{digit}{first}{second}")
            place = index.find(postcode)
            if place:
                found.setdefault(place.code, postcode)
    return found


def test_a_postcode_leads_to_every_seat_of_great_britain(offline: FlaskClient, snapshot: Snapshot) -> None:
    """One in four over the web."""
    assert snapshot.index
    postcodes = a_postcode_each(snapshot.index)
    names = {seat.code: seat.constituency.name for seat in snapshot.seats}
    assert len(postcodes) == 632
    services: Services = offline.application.extensions["services"]
    for code, postcode in postcodes.items():
        found = services.finder.find(postcode)
        assert isinstance(found, Found)
        assert found.constituency.name == names[code]
    for code, postcode in list(postcodes.items())[::4]:
        response = offline.post("/c/uyghurs/write", data={"postcode": str(postcode)})
        assert response.status_code == 200
        assert f"MP for <strong>{escape(names[code])}</strong>" in response.text


def test_the_list_leads_to_every_seat(offline: FlaskClient, snapshot: Snapshot) -> None:
    """And a button of it to its seat: one in ten is pressed, for all are the same but for their number."""
    page = Page(offline.post("/c/uyghurs/constituency", data={"postcode": "SW1A 1AA"}).text)
    names = {button.value: button.label for _, button in page.buttons("/write", "constituency")}
    assert names == {str(seat.constituency.id): seat.constituency.name for seat in snapshot.seats}
    assert len(names) == 650
    for number, name in list(names.items())[::10]:
        response = offline.post("/c/uyghurs/write", data={"postcode": "SW1A 1AA", "constituency": number})
        assert response.status_code == 200
        assert f"MP for <strong>{escape(name)}</strong>" in response.text


@pytest.mark.parametrize(("postcode", "name"), TROUBLESOME.items())
def test_a_troublesome_postcode_without_parliament(
    offline: FlaskClient, snapshot: Snapshot, postcode: str, name: str
) -> None:
    response = offline.post("/c/uyghurs/write", data={"postcode": postcode})
    assert response.status_code == 200
    place = snapshot.find(Postcode.parse(postcode))
    if name:
        assert place
        assert place.seat.constituency.name == name
        assert f"MP for <strong>{name}</strong>" in response.text
        assert offered(response.text) == [seat.constituency.name for seat in place.near]
    else:
        assert Page(response.text).heading == "Which constituency do you live in?"
        seats = {seat.constituency.name for seat in snapshot.seats if seat.constituency.nation == "Northern Ireland"}
        assert set(offered(response.text)[:18]) == seats
        assert len(seats) == 18


@pytest.mark.parametrize(("postcode", "name"), TROUBLESOME.items())
def test_a_troublesome_postcode_with_parliament(online: FlaskClient, postcode: str, name: str) -> None:
    response = online.post("/c/uyghurs/write", data={"postcode": postcode})
    told = KNOWN_TO_PARLIAMENT.get(postcode, [])
    if len(told) > 1:
        assert response.status_code == 200
        assert Page(response.text).heading == "Which constituency do you live in?"
        assert offered(response.text) == told
    elif name or told:
        assert response.status_code == 200
        assert f"MP for <strong>{name or told[0]}</strong>" in response.text
        says_so = f"Parliament’s own service does not know {postcode}" in response.text
        assert says_so == (not told)
    else:
        assert response.status_code == 404
        assert Page(response.text).heading == f"We do not know the postcode {postcode}"
        assert len(offered(response.text)) == 18, "it begins with BT"


def offered(html: str) -> list[str]:
    """The constituencies that a page offers to choose from, in its order."""
    return [button.label for _, button in Page(html).buttons("/write", "constituency")]
