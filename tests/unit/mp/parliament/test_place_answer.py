"""Parliament's answer for a postcode as signed text: only ours is read, and only for the same postcode."""

import time

import pytest

from app.mp.parliament.cache import make_cache
from app.mp.parliament.place_answer import LONGEST, PlaceAnswer, is_well_formed, read_signed, sign
from app.mp.postcode import Postcode

HERE, THERE = Postcode.parse("SW1A 1AA"), Postcode.parse("SW1A 0AA")
NOON = 1_793_534_400  # of 1 November 2026, in UTC
keyed_hash = make_cache(None, "a secret").keyed_hash
TEXT = sign(PlaceAnswer((3985, 4167), NOON), HERE, keyed_hash)
AT, IDS, MARK = TEXT.split(".")


@pytest.mark.parametrize("ids", [(), (3985,), (3985, 4167), tuple(range(4000, 4020))])
def test_what_was_signed_is_read(ids: tuple[int, ...]) -> None:
    answer = PlaceAnswer(ids, int(time.time()))
    assert read_signed(sign(answer, HERE, keyed_hash), HERE, keyed_hash) == answer


def test_it_is_of_one_postcode_however_that_is_typed() -> None:
    assert read_signed(TEXT, Postcode.parse("sw1a1aa"), keyed_hash)
    assert read_signed(TEXT, THERE, keyed_hash) is None


def test_it_is_of_one_site() -> None:
    assert read_signed(TEXT, HERE, make_cache(None, "another secret").keyed_hash) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "place",
        "..",
        f"{AT}.{IDS}.",
        f"{AT}.3985.{MARK}",
        f"{AT}.4167-3985.{MARK}",
        f"{AT}..{MARK}",
        f"{int(AT) + 1}.{IDS}.{MARK}",
        f"0{AT}.{IDS}.{MARK}",
        f"{AT}.{IDS}.{MARK[:-1]}",
        f"{AT}.{IDS}.{MARK.upper()}",
        f"{AT}.{IDS}.{'0' * 64}",
        f"{AT}.{IDS}.{'é' * 64}",
        f"{AT}.{IDS}-.{MARK}",
        f"{AT}.-{IDS}.{MARK}",
        f"٣{AT[1:]}.{IDS}.{MARK}",
        f"{TEXT}\n",
        f" {TEXT}",
        f"{TEXT}\0",
        f"{AT}.{'9-' * 1_000}9.{MARK}",
        "9" * 100_000,
        "\ud800",
    ],
)
def test_every_other_text_is_nothing(text: str) -> None:
    assert read_signed(TEXT, HERE, keyed_hash)
    assert read_signed(text, HERE, keyed_hash) is None


def test_what_looks_signed_can_be_passed_on_unread() -> None:
    assert is_well_formed(TEXT)
    assert is_well_formed(TEXT.replace(IDS, ""))
    for text in ("", "x", f"{TEXT} ", f"{TEXT}<", f"{AT}.{'9-' * 1_000}9.{MARK}"):
        assert not is_well_formed(text)


def test_more_constituencies_than_there_can_be_are_not_signed() -> None:
    assert sign(PlaceAnswer(tuple(range(1_000, 1_100)), NOON), HERE, keyed_hash) == ""
    assert len(TEXT) <= LONGEST


@pytest.mark.parametrize(("age", "is_fresh"), [(0, True), (24 * 3600 - 1, True), (24 * 3600, False), (-1, False)])
def test_it_is_fresh_for_a_day(age: int, is_fresh: bool) -> None:
    assert PlaceAnswer((), NOON).is_fresh(NOON + age + 0.5) == is_fresh
