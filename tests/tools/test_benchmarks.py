"""``make bench`` in little: every program prints the letter, every visitor is looked after, the report is written."""

import random
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from app.letters.letter import LetterTooLong
from benchmarks import growth, lookups, pages, papers, peers, report, second_lookups
from benchmarks.attacks import __main__ as attacks
from benchmarks.attacks.ways import WAYS, Missing
from benchmarks.bare import app as bare
from benchmarks.journeys import HELLO
from benchmarks.letters import letter, letter_of
from benchmarks.picture import draw
from benchmarks.remote import remote
from benchmarks.results import Results
from benchmarks.scale import QUICK
from benchmarks.serving import BARE, serving
from benchmarks.significance import p_value
from benchmarks.timing import Times, Turn, WrongAnswer, in_turn
from benchmarks.visitors import EXPECTED, Tally, visit
from config import ROOT
from tests.conftest import NOWHERE
from tests.loop import run
from tests.running import served
from tests.stand_in import StandIn
from tests.stand_in.seats import POSTCODES


def visited(url: str, *how: Any) -> Tally:
    """What became of two visitors."""
    return run(visit(url, 2, 0, *how))


@pytest.mark.parametrize("program", [peers.naive, peers.chromium, peers.typst])
def test_each_program_prints_the_letter(program: Callable[[], AbstractContextManager[peers.Make]]) -> None:
    with remote(program) as one:
        papers.look_at("it", one.print(letter(0)))
        assert one.memory() > 1_000_000
        with pytest.raises(WrongAnswer):
            papers.look_at("it", one.print(letter(1)))


def test_letters_are_as_long_as_asked_for() -> None:
    assert len(letter_of(250).body.split()) == 250
    with pytest.raises(LetterTooLong):
        letter_of(2_000)


def test_each_has_its_turn() -> None:
    turns: list[str] = []

    def contender(name: str) -> Turn:
        def turn(number: int) -> float:
            turns.append(f"{name}{number}")
            return number

        return turn

    contenders = {name: contender(name) for name in "AB"}
    assert in_turn(contenders, 2) == {"A": Times((1, 2)), "B": Times((1, 2))}
    assert turns == ["A0", "B0", "A1", "B1", "A2", "B2"]


def test_visitors_come_to_their_pdf(serve: Callable[..., str]) -> None:
    tally = visited(serve(rate_limits="off"))
    assert {step: len(seconds) for step, seconds in tally.seconds.items()} == dict.fromkeys(EXPECTED, 2)


def test_the_least_of_sites_is_served_alike() -> None:
    with serving(BARE) as site:
        tally = visited(site.url, HELLO)
    assert set(tally.seconds) == set(EXPECTED)


def test_a_page_that_is_not_the_visitors_own_is_a_wrong_answer() -> None:
    with served({"bare": bare}) as addresses, pytest.raises(WrongAnswer, match="campaign: 200"):
        visited(addresses["bare"])


def test_whoever_is_told_to_wait_asks_again() -> None:
    answers = iter([Response(status=503, headers={"Retry-After": "0"})])
    app = Flask("busy at first")
    app.add_url_rule("/<path:_path>", view_func=lambda _path: next(answers, "Hello"), methods=["GET", "POST"])
    with served({"busy": app}) as addresses:
        tally = visited(addresses["busy"], HELLO)
    assert tally.told_to_wait == 1
    assert len(tally.seconds["campaign"]) == 2


def test_pages_are_measured_where_they_are(client: FlaskClient) -> None:
    assert all(pages.turn(client, path)(0) > 0 for path in (pages.HEALTH, *pages.PAGES))
    with pytest.raises(WrongAnswer):
        pages.turn(client, "/c/nowhere")(0)


def test_the_index_is_measured_beside_its_peers() -> None:
    rows = lookups.measure(QUICK).table.rows
    assert [row[0] for row in rows] == [lookups.LOAD, lookups.FIND, lookups.READ]
    assert all(row[-1].endswith(" ×") for row in rows)


def test_look_ups_of_postcodes_asked_about_before_are_measured_beside_new_ones(
    serve: Callable[..., str], stand_in: StandIn
) -> None:
    url = serve(lookup="auto", parliament_api_url=stand_in.url)
    (result,) = second_lookups.measure({"memory": url}, list(POSTCODES)[:6])
    assert (len(result.asked_before), len(result.new)) == (3, 3)
    assert len(stand_in.calls) == 3 + 6
    assert 0 < result.p <= 1
    assert second_lookups.table([result]).rows == [result.row]
    with pytest.raises(WrongAnswer):
        second_lookups.look_up(serve(lookup="auto", parliament_api_url=NOWHERE), "SW1A 1AA", second_lookups.FIRST)


def test_enough_postcodes_are_known_for_it() -> None:
    assert len(set(second_lookups.some(2 * second_lookups.POSTCODES))) == 400


def test_a_difference_is_told_from_chance() -> None:
    draw = random.Random(1)
    one, same, other = ([draw.gauss(mean, 5) for _ in range(50)] for mean in (100, 100, 104))
    assert p_value(one, same, rounds=1_000) > 0.05
    assert p_value(one, other, rounds=1_000) < 0.01
    assert p_value([1.0] * 5, [1.0] * 5, rounds=100) == 1


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.04534, "45.3 ms"), (2.5e-6, "2.50 µs"), (1.2e-7, "120 ns"), (1234.5, "1,234 s")]
)
def test_times_are_shown_in_the_unit_that_suits_them(seconds: float, shown: str) -> None:
    assert report.time(seconds) == shown


def test_each_measurement_writes_its_own_section(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "performance.md"
    monkeypatch.setattr(report, "DOCUMENT", document)
    document.write_text("Before <!-- load -->old<!-- /load --> between <!-- bench -->as it was<!-- /bench -->")
    report.put("load", "new \\1")
    assert document.read_text() == (
        "Before <!-- load -->\n\nnew \\1\n\n<!-- /load --> between <!-- bench -->as it was<!-- /bench -->"
    )
    with pytest.raises(ValueError, match="no place for chaos"):
        report.put("chaos", "new")


def test_the_document_has_a_place_for_each_measurement() -> None:
    text = (ROOT / "docs" / "performance.md").read_text()
    for section in ("bench", "routes", "attacks", "load", "chaos", "second-lookups"):
        assert text.count(f"<!-- {section} -->") == text.count(f"<!-- /{section} -->") == 1


def test_the_same_figures_make_the_same_picture(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(made_up(), tmp_path / name)
    picture = (tmp_path / "one.svg").read_bytes()
    assert b"<svg" in picture
    assert picture == (tmp_path / "two.svg").read_bytes()


@pytest.mark.parametrize("way", ["Caddy", "nginx"])
def test_a_proxy_that_is_not_installed_is_named(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(Missing, match=f"apt-get install {way.lower()}"), WAYS[way](80):
        pass


def test_attacks_make_a_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--seconds", "0.5", "--numbers", "2", "--ways", "directly", "--kinds", "half a head"]
    monkeypatch.setattr(sys, "argv", ["attacks", *arguments])
    monkeypatch.setattr(attacks, "LONGEST_WAIT", 60)  # on a busy machine
    monkeypatch.setattr(attacks, "tidy_when_told_to_stop", lambda: None)
    attacks.main()
    assert re.search(r"\| half a head \| 2 \| directly \| \d+ \| \d+\.\d\d s \| \d+ \| 0 \|", capsys.readouterr().out)


def made_up() -> Results:
    """Figures for a picture."""
    second = Times((1.0, 1.0))
    lengths = {50: "1", 500: "2", 2_000: "refused"}
    programs = (growth.OURS, growth.NAIVE)
    figures = SimpleNamespace(
        papers=papers.Papers(dict.fromkeys(papers.PROGRAMS, second), {}),
        words=growth.Words({(name, length): second for name in programs for length in lengths}, lengths),
        journeys=SimpleNamespace(tallies={(1, 1): Tally({"letter": [1.0]}, 0, 1.0)}),
        campaigns=growth.Campaigns({(page, number): second for page in growth.PAGES for number in (1, 1_000)}),
    )
    return cast("Results", figures)
