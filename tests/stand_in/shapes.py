"""The shapes of the stand-in's longer answers: a page of a search, and posts in the government."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.stand_in.seats import StandInSeat

MOST_A_PAGE = 20  # the API gives no more, whatever `take` asks for
POSTS = {
    "Holborn and St Pancras": "Prime Minister",
    "Cardiff South and Penarth": "Minister of State (Foreign, Commonwealth and Development Office)",
}
"""Constituencies, and the post that their member holds."""


def links(href: str) -> list[dict[str, Any]]:
    """The links beside a value."""
    return [{"rel": "self", "href": href, "method": "GET"}]


def search_page(text: str, found: Sequence[StandInSeat], skip: int, take: int) -> dict[str, Any]:
    """A page of what a search found."""
    page = found[skip : skip + min(take, MOST_A_PAGE)]
    here = f"/Constituency/Search?skip={skip}&take={take}"
    return {
        "items": [{"value": seat.value, "links": links(f"/Constituency/{seat.id}/{seat.name}")} for seat in page],
        "totalResults": len(found),
        "resultContext": f'Result(s) were found based on constituencies in the U.K. matching "{text}".',
        "skip": skip,
        "take": min(take, MOST_A_PAGE),
        "links": [{"rel": rel, "href": here, "method": "GET"} for rel in ("self", "page.next", "page.previous")],
    }


def posts(seats: Iterable[StandInSeat]) -> dict[int, str]:
    """The posts of those members who hold one, by member id."""
    return {seat.member["id"]: POSTS[seat.name] for seat in seats if seat.member and seat.name in POSTS}


def government_posts(posts: dict[int, str], seats: Iterable[StandInSeat]) -> list[dict[str, Any]]:
    """A list of posts; their holder is null where that member sits for none of the seats."""
    members = {seat.member["id"]: {"value": seat.member, "links": []} for seat in seats if seat.member}
    return [
        {"value": _post(number, name, members.get(member_id)), "links": []}
        for number, (member_id, name) in enumerate(posts.items(), start=1)
    ]


def _post(number: int, name: str, member: dict[str, Any] | None) -> dict[str, Any]:
    holder = {
        "member": member,
        "startDate": "2024-07-05T00:00:00",
        "endDate": None,
        "layingMinisterName": None,
        "isPaid": True,
    }
    return {
        "type": 0,
        "name": name,
        "hansardName": name,
        "id": number,
        "postHolders": [holder],
        "governmentDepartments": [{"id": 1, "name": "A Department", "url": None, "imageUrl": None}],
        "createdWhen": "2024-07-05T00:00:00",
        "order": number,
    }
