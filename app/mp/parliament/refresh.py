"""Gathers today's members from Parliament, one call after the other, and can continue an earlier run."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from app.mp.dissolution import LONDON
from app.mp.parliament.client import NoAnswer, ParliamentClient
from app.mp.people import Contact, Seat
from app.mp.snapshot.members_table import ATTRIBUTION, SEATS_IN_THE_COMMONS, MembersTable
from app.mp.snapshot.snapshot import Snapshot
from app.storage.atomic_file import write_whole

NOTES_FILE = "members.unfinished.json"
NOTES_SECONDS = 24 * 3600.0  # after which an unfinished run starts again
MOST_VACANT = 65  # a tenth of the House: more means a dissolution, since by-elections never come to a third of it
_PAGES = 33  # of twenty seats, and another call for the posts
_TRIES = 3
_SECONDS_TO_NEXT_TRY = 2.0

T = TypeVar("T")


class CannotRefresh(Exception):
    """Answers that make no complete table; the message says why."""


@dataclass
class Notes:
    """The answers gathered so far."""

    source: str
    """Address of the API."""
    begun: float
    """Seconds since 1970."""
    seats: list[Seat] = field(default_factory=list)
    pages: int = 0
    all_seats: bool = False
    posts: dict[int, str] | None = None
    contacts: dict[int, Contact] = field(default_factory=dict)
    not_before: float = 0.0
    """Seconds since 1970 until which Parliament asked us not to call; 0 if it did not."""


_NOTES = TypeAdapter(Notes)


class Refresh:
    """One run of ``flask members refresh``. The app does not use its answers until the whole table is written."""

    def __init__(self, client: ParliamentClient, source: str, folder: Path, pause: float) -> None:
        """Continue from the notes in ``folder``, with ``pause`` seconds between calls."""
        self._client = client
        self._file = folder / NOTES_FILE
        self._pause = pause
        self._notes = self._load(source)

    @property
    def done(self) -> int:
        return self._notes.pages + (self._notes.posts is not None) + len(self._notes.contacts)

    @property
    def steps(self) -> int:
        """The number of answers needed: an estimate until all seats are known."""
        if not self._notes.all_seats:
            return _PAGES + 1 + SEATS_IN_THE_COMMONS
        return self._notes.pages + 1 + len(self._list_member_ids())

    @property
    def day(self) -> date:
        """The day in London of the oldest answers, when the gathering began."""
        return datetime.fromtimestamp(self._notes.begun, LONDON).date()

    @property
    def seconds_away(self) -> float:
        return max(0.0, self._notes.not_before - time.time())

    def stay_away(self, seconds: float) -> None:
        self._notes.not_before = time.time() + seconds
        self._save()

    def gather(self) -> Iterator[int]:
        """Ask for the missing answers, and yield ``steps`` after each. Raises NoAnswer or Blocked."""
        notes = self._notes
        while not notes.all_seats:
            page = self._ask(partial(self._client.get_page_of_seats, notes.pages))
            notes.seats += page.seats
            notes.pages += 1
            notes.all_seats = page.is_last
            yield self._save()
        if notes.posts is None:
            notes.posts = self._ask(self._client.get_government_posts)
            yield self._save()
        for member_id in self._list_member_ids():
            if member_id not in notes.contacts:
                notes.contacts[member_id] = self._ask(partial(self._client.get_contact, member_id)) or Contact()
                yield self._save()

    def build_table(self, known: Snapshot) -> MembersTable:
        """Return the members table, with the ONS codes and nations of ``known``. Raises CannotRefresh."""
        seats = [self._join(seat, known) for seat in self._list_seats()]
        different = len({seat.code for seat in seats})
        if not different == len(seats) == SEATS_IN_THE_COMMONS:
            raise CannotRefresh(f"Parliament names {different} seats of today instead of {SEATS_IN_THE_COMMONS}.")
        vacant = sum(seat.member is None for seat in seats)
        if vacant > MOST_VACANT:
            raise CannotRefresh(
                f"Parliament names no member for {vacant} seats. If it is dissolved, set PARLIAMENT_DISSOLVED."
            )
        return MembersTable(self.day, ATTRIBUTION, tuple(sorted(seats, key=lambda seat: seat.code)))

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)

    def _join(self, seat: Seat, known: Snapshot) -> Seat:
        ours = known.find_seat(seat.constituency)
        if ours is None:
            raise CannotRefresh(
                f"The members table has no constituency {seat.constituency.name}. If there are new boundaries, build "
                "the postcode index and the members table again."
            )
        constituency = replace(seat.constituency, nation=ours.constituency.nation)
        member = seat.member and replace(
            seat.member,
            post=(self._notes.posts or {}).get(seat.member.id, ""),
            contact=self._notes.contacts.get(seat.member.id, Contact()),
        )
        return Seat(constituency, member, ours.code)

    def _list_seats(self) -> list[Seat]:
        """Return each seat once: a seat that is added or removed during a run shifts others onto the next page."""
        return list({seat.constituency.id: seat for seat in self._notes.seats}.values())

    def _list_member_ids(self) -> list[int]:
        return [seat.member.id for seat in self._list_seats() if seat.member]

    def _ask(self, question: Callable[[], T]) -> T:
        for tries_left in reversed(range(_TRIES)):
            time.sleep(self._pause)
            try:
                return question()
            except NoAnswer:
                if not tries_left:
                    raise
                time.sleep(_SECONDS_TO_NEXT_TRY)
        raise AssertionError

    def _save(self) -> int:
        write_whole(self._file, _NOTES.dump_json(self._notes))
        return self.steps

    def _load(self, source: str) -> Notes:
        try:
            notes = _NOTES.validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return Notes(source, time.time())
        fits = notes.source == source and 0 <= time.time() - notes.begun < NOTES_SECONDS
        return notes if fits else Notes(source, time.time())
