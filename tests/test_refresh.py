"""``flask members refresh``: a whole new table or the old one, whatever happens on the way."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Response
from pydantic import HttpUrl, TypeAdapter

from app.mp.dissolution import LONDON, today
from app.mp.parliament.client import ParliamentClient
from app.mp.parliament.refresh import NOTES_FILE, Notes, Refresh
from app.mp.people import Contact
from app.mp.postcode import Postcode
from app.mp.snapshot.members_table import COLUMNS, MembersTable, read_table
from app.mp.snapshot.snapshot import EMBEDDED, MEMBERS_FILE, LatestSnapshot, Snapshot
from config import ROOT
from tests.conftest import NOWHERE, MakeApp
from tests.redis_server import until
from tests.stand_in import FAULTS, StandIn

PAGES, ALL_CALLS = 33, 33 + 1 + 650
NOTES = TypeAdapter(Notes)


@pytest.fixture
def house(stand_in: StandIn) -> StandIn:
    """The stand-in with all 650 seats."""
    stand_in.serve_whole_house()
    return stand_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A DATA_DIR with the table of an earlier day."""
    shutil.copy(EMBEDDED / MEMBERS_FILE, tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mp.parliament.refresh._SECONDS_TO_NEXT_TRY", 0.0)


def source(url: str) -> str:
    """An API's address as the settings have it."""
    return str(HttpUrl(url))


def refresh(make_app: MakeApp, folder: Path, url: str) -> Result:
    """Run the command in an app of its own."""
    app = make_app(data_dir=folder, parliament_api_url=url)
    return app.test_cli_runner().invoke(args=["members", "refresh", "--pause", "0"])


def process(folder: Path, url: str) -> "subprocess.Popen[str]":
    """Run the command in a process of its own, with nothing else in the environment."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "members", "refresh", "--pause", "0"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PARLIAMENT_API_URL": url, "DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def note(folder: Path, house: StandIn, *, contacts: int = 650, but: int = 0) -> None:
    """Leave the notes of a run that has got so many contact details, ``but`` those of one member; it saves calls."""
    members = [seat.member["id"] for seat in house.seats.values() if seat.member][:contacts]
    noted = {number: Contact(phone="0300 123 4567") for number in members if number != but}
    notes = Notes(source(house.url), time.time(), contacts=noted)
    (folder / NOTES_FILE).write_bytes(NOTES.dump_json(notes))


def old(folder: Path) -> bool:
    """Whether the table is still the old one, byte for byte."""
    return (folder / MEMBERS_FILE).read_bytes() == (EMBEDDED / MEMBERS_FILE).read_bytes()


def written(folder: Path, snapshot: Snapshot) -> MembersTable:
    """The new table, being a whole House of the constituencies we know, and all that is left in the folder."""
    assert [path.name for path in folder.iterdir()] == [MEMBERS_FILE]
    table = read_table(folder / MEMBERS_FILE)
    assert table.date == today()
    assert snapshot.members
    places = {(seat.code, seat.constituency) for seat in snapshot.members.seats}
    assert {(seat.code, seat.constituency) for seat in table.seats} == places
    assert LatestSnapshot(folder).get().members == table
    return table


def test_writes_todays_members_with_their_contact_details_and_posts(
    make_app: MakeApp, folder: Path, house: StandIn, snapshot: Snapshot
) -> None:
    member = house.seat_of("SW1A 1AA").member
    assert member
    member["nameDisplayAs"] = "A New Member"
    house.posts[member["id"]] = "Minister of State"
    house.seat_of("PR7 1DP").member = None
    note(folder, house, but=member["id"])
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 0, ran.output
    assert f"Wrote the members of {today()} to {folder / MEMBERS_FILE}: 650 seats, 1 vacant." in ran.output
    assert (len(house.calls), house.most_at_once) == (PAGES + 2, 1)
    table = written(folder, snapshot)
    (vacant,) = (seat for seat in table.seats if seat.member is None)
    assert vacant.constituency.name == "Chorley"
    place = LatestSnapshot(folder).get().find(Postcode.parse("SW1A 1AA"))
    assert place
    assert place.seat.member
    assert (place.seat.member.name, place.seat.member.post) == ("A New Member", "Minister of State")
    assert place.seat.member.since == date(2024, 7, 4)
    assert place.seat.member.contact == Contact(
        "rachel.blake.mp@parliament.uk", "020 7219 3000", f"https://www.example.org/members/{member['id']}", (), today()
    )


def test_a_running_app_serves_the_new_table(make_app: MakeApp, folder: Path, house: StandIn) -> None:
    running = make_app(data_dir=folder).test_cli_runner()
    note(folder, house)
    assert "2026-06-27" in running.invoke(args=["members", "find", "PR7 1DP"]).output
    assert refresh(make_app, folder, house.url).exit_code == 0
    assert f"as of {today()}" in running.invoke(args=["members", "find", "PR7 1DP"]).output


@pytest.mark.system
def test_a_run_that_is_killed_changes_nothing_and_the_next_goes_on_from_there(
    folder: Path, house: StandIn, snapshot: Snapshot
) -> None:
    note(folder, house, contacts=450)
    missing = ALL_CALLS - 450
    with process(folder, house.url) as killed:
        try:
            until(lambda: len(house.calls) >= 120 or killed.poll() is not None)
        finally:
            killed.kill()
    assert killed.returncode == -9
    assert len(house.calls) < missing
    assert old(folder)
    with process(folder, house.url) as second:
        told = second.communicate()[0]
    assert second.returncode == 0, told
    assert "Resuming an earlier run" in told
    assert missing <= len(house.calls) <= missing + 1, "all are asked once, but for the one that was out"
    assert house.most_at_once == 1
    members = [seat.member for seat in written(folder, snapshot).seats]
    phones = Counter(member.contact.phone for member in members if member and member.contact)
    assert phones == {"0300 123 4567": 450, "020 7219 3000": 200}
    assert sorted(member.post for member in members if member and member.post) == sorted(house.posts.values())


def test_stops_where_parliament_wants_to_be_left_alone_and_goes_on_later(
    make_app: MakeApp, folder: Path, house: StandIn, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(folder, house)
    blocked = Response(status=429, headers={"Retry-After": "3123"})
    house.fault = lambda: blocked if len(house.calls) > 20 else None
    app = make_app(data_dir=folder, parliament_api_url=house.url)
    for says in ("stop calling it for 52 minutes", "not to call it for another 52 minutes"):
        ran = app.test_cli_runner().invoke(args=["members", "refresh", "--pause", "0"])
        assert (ran.exit_code, len(house.calls)) == (1, 21)
        assert says in ran.output
        assert old(folder)
    house.fault = lambda: None
    ran = refresh(make_app, folder, house.url)
    assert "not to call it for another 52 minutes" in ran.output, "another process knows it too"
    moment = time.time() + 3124
    monkeypatch.setattr("app.mp.parliament.refresh.time.time", lambda: moment)
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 0, ran.output
    assert f"Resuming an earlier run: it had {20 + 650} of about {ALL_CALLS}" in ran.output
    assert len(house.calls) == 21 + PAGES - 20 + 1
    written(folder, snapshot)


def test_says_so_where_parliament_does_not_answer(make_app: MakeApp, folder: Path) -> None:
    ran = refresh(make_app, folder, NOWHERE)
    assert ran.exit_code == 1
    assert "Error: Parliament does not answer" in ran.output
    assert "Run this again later, to resume from here." in ran.output
    assert old(folder)


def test_asks_three_times_and_goes_on_later(
    make_app: MakeApp, folder: Path, house: StandIn, snapshot: Snapshot
) -> None:
    note(folder, house)
    house.fault, house.fault_at = FAULTS["500"], "/GovernmentPosts"
    assert refresh(make_app, folder, house.url).exit_code == 1
    assert len(house.calls) == PAGES + 3
    assert old(folder)
    house.fault = lambda: Response(status=500) if len(house.calls) < PAGES + 3 + 3 else None
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 0, ran.output
    assert len(house.calls) == PAGES + 3 + 3
    written(folder, snapshot)


@pytest.mark.parametrize(
    ("vacant", "exit_code", "says"),
    [
        (65, 0, "650 seats, 65 vacant."),
        (
            66,
            1,
            "names no member for 66 seats. If it is dissolved, set PARLIAMENT_DISSOLVED. The old table is unchanged.",
        ),
    ],
)
def test_a_house_with_hardly_any_members_is_refused(
    make_app: MakeApp, folder: Path, house: StandIn, vacant: int, exit_code: int, says: str
) -> None:
    note(folder, house)
    for seat in list(house.seats.values())[:vacant]:
        seat.member = None
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == exit_code
    assert says in ran.output
    assert old(folder) == bool(exit_code)
    assert not (folder / NOTES_FILE).exists(), "the next run asks anew"


def test_a_house_with_a_seat_too_few_is_refused(make_app: MakeApp, folder: Path, house: StandIn) -> None:
    note(folder, house)
    house.seat_of("PR7 1DP").end_date = "2029-05-30T00:00:00"
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 1
    assert "Parliament names 649 seats of today instead of 650. The old table is unchanged." in ran.output
    assert old(folder)


def test_a_house_with_two_seats_of_one_name_is_refused(make_app: MakeApp, folder: Path, house: StandIn) -> None:
    note(folder, house)
    house.seats[3985].name = "BOLTON NORTH EAST"
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 1
    assert "Parliament names 649 seats of today" in ran.output
    assert old(folder)


def test_a_table_is_of_the_day_its_oldest_answers_were_given(
    make_app: MakeApp, folder: Path, house: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(folder, house)
    later = time.time() + 23.9 * 3600
    monkeypatch.setattr("app.mp.parliament.refresh.time.time", lambda: later)
    began = datetime.fromtimestamp(time.time() - 23.9 * 3600, LONDON).date()
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 0, ran.output
    assert read_table(folder / MEMBERS_FILE).date == began


def test_says_so_where_nothing_can_be_written(make_app: MakeApp, folder: Path, house: StandIn) -> None:
    (folder / f".{NOTES_FILE}.part").mkdir()
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 1
    assert "cannot write to" in ran.output
    assert old(folder)


def test_a_house_with_an_unknown_constituency_is_refused(make_app: MakeApp, folder: Path, house: StandIn) -> None:
    note(folder, house)
    seat = house.seat_of("PR7 1DP")
    seat.id, seat.name = 99_999, "Newly Drawn"
    ran = refresh(make_app, folder, house.url)
    assert ran.exit_code == 1
    assert "The members table has no constituency Newly Drawn. If there are new boundaries" in ran.output
    assert old(folder)


def test_notes_are_gone_on_from_unless_they_are_old_or_anothers_or_damaged(tmp_path: Path) -> None:
    def done(url: str = "http://a.example", ago: float = 0.0, cut: int | None = None) -> int:
        notes = Notes(source(url), time.time() - ago, pages=3, contacts={467: Contact()})
        (tmp_path / NOTES_FILE).write_bytes(NOTES.dump_json(notes)[:cut])
        return Refresh(ParliamentClient(NOWHERE), source("http://a.example"), tmp_path, 0).done

    assert done() == done(ago=23 * 3600) == 4
    assert done(ago=24 * 3600) == 0
    assert done(ago=-3600) == 0
    assert done(url="http://b.example") == 0
    assert [done(cut=cut) for cut in (0, 1, 40, -1)] == [0, 0, 0, 0]


def test_damaged_notes_are_written_anew(folder: Path, house: StandIn) -> None:
    (folder / NOTES_FILE).write_text('{"source": "htt')
    run = Refresh(ParliamentClient(house.url), source(house.url), folder, 0)
    assert [next(run.gather()) for _ in range(2)] == [ALL_CALLS] * 2
    assert (len(house.calls), run.done) == (2, 2)
    assert len(NOTES.validate_json((folder / NOTES_FILE).read_bytes()).seats) == 40


def test_a_table_without_the_newer_columns_is_read(folder: Path, snapshot: Snapshot) -> None:
    table = json.loads((folder / MEMBERS_FILE).read_text())
    table |= {"date": "2026-10-31", "columns": COLUMNS, "seats": [row[: len(COLUMNS)] for row in table["seats"]]}
    (folder / MEMBERS_FILE).write_text(json.dumps(table))
    members = LatestSnapshot(folder).get().members
    assert members
    assert members.date == date(2026, 10, 31)
    chorley = next(seat.member for seat in members.seats if seat.constituency.name == "Chorley")
    assert chorley
    assert (chorley.post, chorley.since) == ("", None)
    assert chorley.contact
    assert chorley.contact.email
    assert (chorley.contact.phone, chorley.contact.website, chorley.contact.constituency_office) == ("", "", ())
