"""The snapshot's files: which are used, and what happens when they are damaged."""

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.mp.postcode import Postcode
from app.mp.snapshot.members_table import TableUnreadable, read_table, write_table
from app.mp.snapshot.postcode_index import IndexUnreadable, PostcodeIndex
from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE, MEMBERS_FILE, LatestSnapshot, Snapshot

WESTMINSTER = Postcode.parse("SW1A 1AA")


def works(snapshot: Snapshot) -> bool:
    return len(snapshot.seats) == 650 and snapshot.find(WESTMINSTER) is not None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"date": "2026-06-27"}', '{"date": "x"}', "null", "\x00\xff"])
@pytest.mark.parametrize("name", [MEMBERS_FILE, INDEX_FILE])
def test_a_damaged_file_is_left_out_and_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    snapshot = LatestSnapshot(tmp_path).get()
    assert works(snapshot)
    assert len(snapshot.problems) == 1
    assert name in snapshot.problems[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Chorley"', "null"),
        ('"Chorley"', "7"),
        ('"Chorley"', '""'),
        ('"Sir Lindsay Hoyle"', '["Hoyle"]'),
        ('"3985"', "Infinity"),
        ('"seats": [', '"seats": [' + "[" * 100_000),
    ],
)
def test_a_table_with_one_wrong_value_is_left_out(tmp_path: Path, old: str, new: str) -> None:
    table = (EMBEDDED / MEMBERS_FILE).read_text()
    assert old in table
    (tmp_path / MEMBERS_FILE).write_text(table.replace(old, new))
    snapshot = LatestSnapshot(tmp_path).get()
    assert works(snapshot)
    assert MEMBERS_FILE in snapshot.problems[0]


@pytest.mark.parametrize(("old", "new"), [('"2026-02"', '"2026"'), ('"2026-02"', "2026"), ('"E14001172"', "7")])
def test_an_index_with_one_wrong_value_is_left_out(tmp_path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(EMBEDDED / INDEX_FILE) as whole, zipfile.ZipFile(tmp_path / INDEX_FILE, "w") as damaged:
        for part in whole.namelist():
            content = whole.read(part)
            damaged.writestr(part, content.replace(old.encode(), new.encode()) if part == "index.json" else content)
    snapshot = LatestSnapshot(tmp_path).get()
    assert works(snapshot)
    assert INDEX_FILE in snapshot.problems[0]


def test_without_any_sound_table_nothing_is_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mp.snapshot.snapshot.EMBEDDED", tmp_path / "nothing")
    snapshot = LatestSnapshot(tmp_path).get()
    assert snapshot.find(WESTMINSTER) is None
    assert snapshot.list_seats_around(WESTMINSTER) == ()
    assert snapshot.seats == []
    assert snapshot.problems


def test_without_a_sound_index_the_members_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = tmp_path / "app"
    app.mkdir()
    shutil.copy(EMBEDDED / MEMBERS_FILE, app)
    (app / INDEX_FILE).write_bytes((EMBEDDED / INDEX_FILE).read_bytes()[:200_000])
    monkeypatch.setattr("app.mp.snapshot.snapshot.EMBEDDED", app)
    snapshot = LatestSnapshot(tmp_path).get()
    assert len(snapshot.seats) == 650
    assert snapshot.index is None
    assert snapshot.find(WESTMINSTER) is None
    assert INDEX_FILE in snapshot.problems[0]


def test_an_index_that_does_not_fit_the_table_is_left_out(tmp_path: Path) -> None:
    table = (EMBEDDED / MEMBERS_FILE).read_text().replace("E14001172", "E14009999")
    (tmp_path / MEMBERS_FILE).write_text(table)
    snapshot = LatestSnapshot(tmp_path).get()
    assert len(snapshot.seats) == 650
    assert snapshot.index is None
    assert "has constituencies that members.json lacks: E14001172" in snapshot.problems[0]


def test_a_new_table_is_picked_up_and_a_broken_one_is_not(tmp_path: Path, snapshot: Snapshot) -> None:
    latest = LatestSnapshot(tmp_path)
    assert latest.get() is latest.get()
    assert snapshot.members
    newer = replace(snapshot.members, date=date(2026, 11, 1))
    write_table(newer, tmp_path / MEMBERS_FILE)
    assert latest.get().date == date(2026, 11, 1)
    (tmp_path / MEMBERS_FILE).write_text("{")
    assert latest.get().date == date(2026, 11, 1), "the last sound one goes on"
    assert latest.get().problems
    (tmp_path / MEMBERS_FILE).unlink()
    assert latest.get().date == snapshot.date
    assert not latest.get().problems


@given(start=st.integers(0, 2**20), junk=st.binary(max_size=40), cut=st.booleans())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", [MEMBERS_FILE, INDEX_FILE])
def test_no_damage_is_more_than_unreadable(tmp_path: Path, name: str, start: int, junk: bytes, cut: bool) -> None:
    whole = (EMBEDDED / name).read_bytes()
    start %= len(whole)
    damaged = whole[:start] + junk + (b"" if cut else whole[start + len(junk) :])
    (tmp_path / name).write_bytes(damaged)
    read = PostcodeIndex if name == INDEX_FILE else read_table
    try:
        read(tmp_path / name)
    except (IndexUnreadable, TableUnreadable) as error:
        assert name in str(error)
