"""The seats the stand-in serves: a postcode of a public building in each, and the constituency's name.

Ids, members and their names are those of the project's own snapshot.
"""

from dataclasses import dataclass, field
from typing import Any

from app.mp.people import Member
from app.mp.snapshot.members_table import read_table
from app.mp.snapshot.snapshot import EMBEDDED, MEMBERS_FILE

POSTCODES = {
    "SW1A 1AA": "Cities of London and Westminster",
    "SW1A 0AA": "Cities of London and Westminster",
    "M2 5DB": "Manchester Central",
    "M1 1AE": "Manchester Central",
    "EH1 1YJ": "Edinburgh East and Musselburgh",
    "EH1 1YZ": "Edinburgh East and Musselburgh",
    "CF10 3ND": "Cardiff South and Penarth",
    "CF10 1EP": "Cardiff South and Penarth",
    "B1 1BB": "Birmingham Ladywood",
    "L2 3SW": "Liverpool Riverside",
    "LS1 1UR": "Leeds Central and Headingley",
    "S1 2HH": "Sheffield Central",
    "NE1 8QH": "Newcastle upon Tyne Central and West",
    "BS1 5TR": "Bristol Central",
    "G2 1DU": "Glasgow North East",
    "AB10 1AB": "Aberdeen South",
    "DD1 3BY": "Dundee Central",
    "IV3 5NX": "Inverness, Skye and West Ross-shire",
    "SA1 4PE": "Swansea West",
    "CB2 3QJ": "Cambridge",
    "OX1 1BX": "Oxford West and Abingdon",
    "NR2 1NH": "Norwich South",
    "SO14 7LY": "Southampton Itchen",
    "DH1 5UL": "City of Durham",
    "PR1 2RL": "Preston",
    "LE1 1FZ": "Leicester South",
    "WV1 1SH": "Wolverhampton West",
    "KW15 1NY": "Orkney and Shetland",
    "HS1 2BW": "Na h-Eileanan an Iar",
    "LL77 7TW": "Ynys Môn",
    "SY16 2NZ": "Montgomeryshire and Glyndŵr",
    "LD1 5LG": "Brecon, Radnor and Cwm Tawe",
    "PR7 1DP": "Chorley",
    "WC1H 9JE": "Holborn and St Pancras",
    "BL1 1RU": "Bolton North East",
    "E8 1EA": "Hackney South and Shoreditch",
    "BT1 5GS": "Belfast South and Mid Down",
    "BT48 6DQ": "Foyle",
    "BT35 8DJ": "Newry and Armagh",
}

PARTY_IDS = {"Labour": 15, "Labour (Co-op)": 15, "Liberal Democrat": 17, "Sinn Féin": 30, "Speaker": 47}

SINCE = {467: "1997-05-01", 4514: "2015-05-07"}
"""Members' numbers, and since when they have been members; all others came in July 2024."""


@dataclass
class StandInSeat:
    """A constituency and its member, to be changed by a test as it likes."""

    id: int
    name: str
    member: dict[str, Any] | None
    contacts: list[dict[str, Any]] = field(default_factory=list)
    end_date: str | None = None
    vacant_shape: dict[str, Any] | None = None
    """What ``currentRepresentation`` is while there is no member: null, or ``{"member": null}``."""

    @property
    def value(self) -> dict[str, Any]:
        """The seat as the API shows it."""
        representation = (
            {"member": {"value": self.member, "links": []}, "representation": self.member.get("latestHouseMembership")}
            if self.member
            else self.vacant_shape
        )
        return {
            "id": self.id,
            "name": self.name,
            "startDate": "2024-05-31T00:00:00",
            "endDate": self.end_date,
            "currentRepresentation": representation,
        }


def seats(*, whole_house: bool = False) -> dict[int, StandInSeat]:
    """A fresh set of the seats that have a postcode here, or of all 650, by constituency id."""
    names = set(POSTCODES.values())
    table = read_table(EMBEDDED / MEMBERS_FILE)
    return {
        seat.constituency.id: StandInSeat(
            seat.constituency.id,
            seat.constituency.name,
            _member(seat.member, seat.constituency.id, seat.constituency.name) if seat.member else None,
            _contacts(seat.member) if seat.member else [],
        )
        for seat in table.seats
        if whole_house or seat.constituency.name in names
    }


def _member(member: Member, constituency_id: int, constituency: str) -> dict[str, Any]:
    return {
        "id": member.id,
        "nameListAs": member.name,
        "nameDisplayAs": member.name,
        "nameFullTitle": member.full_title,
        "nameAddressAs": member.address_as or None,
        "latestParty": {
            "id": PARTY_IDS.get(member.party, 8),
            "name": member.party,
            "backgroundColour": None if member.party == "Speaker" else "909090",
            "governmentType": None,
        },
        "gender": "F",
        "latestHouseMembership": {
            "membershipFrom": constituency,
            "membershipFromId": constituency_id,
            "house": 1,
            "membershipStartDate": f"{SINCE.get(member.id, '2024-07-04')}T00:00:00",
            "membershipEndDate": None,
            "membershipStatus": {"statusIsActive": True, "statusDescription": "Current Member", "statusId": 0},
        },
        "thumbnailUrl": f"https://members-api.parliament.uk/api/Members/{member.id}/Thumbnail",
    }


def _contacts(member: Member) -> list[dict[str, Any]]:
    office = {"type": "Parliamentary office", "typeId": 1, "isPreferred": False, "isWebAddress": False, "notes": None}
    office |= {"line1": "House of Commons", "line2": "London", "postcode": "SW1A 0AA", "phone": "020 7219 3000"}
    if member.contact and member.contact.email:
        office["email"] = member.contact.email
    website = {"type": "Website", "typeId": 6, "isPreferred": False, "isWebAddress": True}
    return [office, website | {"line1": f"https://www.example.org/members/{member.id}"}]
