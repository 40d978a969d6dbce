from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app.mp.postcode import Postcode
from app.mp.snapshot.members_table import COLUMNS, read_table
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import INDEX_FILE, MEMBERS_FILE
from app.web.studio.log_in import is_right_password
from tests.conftest import NOWHERE, MakeApp
from tests.stand_in import StandIn


@pytest.fixture
def app(make_app: MakeApp, tmp_path: Path) -> Flask:
    """An app with a data folder of its own."""
    data = tmp_path / "data"
    data.mkdir()
    return make_app(data_dir=data)


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.mark.parametrize(
    ("postcode", "says"),
    [
        (
            "nw3 2ay",
            [
                "Constituency:  Holborn and St Pancras, England",
                "Member:        Rt Hon Sir Keir Starmer MP (Labour)",
                "as of 2026-06-27",
                "Also offered:  Hampstead and Highgate (Tulip Siddiq)",
            ],
        ),
        ("PR1 2RL", ["Email:         none published"]),
        ("SW1A 9ZZ", ["Unknown postcode", "Battersea"]),
        ("JE2 3AB", ["No MP: Crown dependency"]),
        ("BT1 5GS", ["has no such postcodes"]),
        ("York", ["not a postcode"]),
    ],
)
def test_finds_a_member(runner: FlaskCliRunner, postcode: str, says: list[str]) -> None:
    output = runner.invoke(args=["members", "find", postcode]).output
    assert all(text in output for text in says)


def test_finds_a_member_live(make_app: MakeApp, stand_in: StandIn) -> None:
    runner = make_app(lookup="auto", parliament_api_url=stand_in.url).test_cli_runner()
    stand_in.seat_of("DH1 5UL").member = None
    stand_in.postcodes["OX1 1BX"] += stand_in.postcodes["CB2 3QJ"]
    stand_in.postcodes["SW1A 1AA"] = stand_in.postcodes["E8 1EA"]
    stand_in.posts = {467: "Example Post"}
    expected = {
        "PR7 1DP": [
            "Source:        Parliament's API",
            "Salutation:    Dear Sir Lindsay",
            "Post:          Example Post",
        ],
        "DH1 5UL": ["City of Durham has no MP now"],
        "OX1 1BX": ["several constituencies: Oxford West and Abingdon (Layla Moran), Cambridge"],
        "SW1A 1AA": ["Parliament and the snapshot differ: Hackney South"],
    }
    for postcode, says in expected.items():
        output = runner.invoke(args=["members", "find", postcode]).output
        assert all(text in output for text in says), output


def test_finds_nobody_while_parliament_is_dissolved(make_app: MakeApp) -> None:
    runner = make_app(parliament_dissolved="2020-01-01/2099-12-31").test_cli_runner()
    assert "Parliament is dissolved" in runner.invoke(args=["members", "find", "PR7 1DP"]).output


def test_finds_nobody_where_only_parliament_may_answer(make_app: MakeApp) -> None:
    runner = make_app(lookup="live", parliament_api_url=NOWHERE).test_cli_runner()
    assert "no other source can be used" in runner.invoke(args=["members", "find", "PR7 1DP"]).output


@pytest.mark.parametrize(
    ("name", "options", "month"),
    [
        ("gb_2026-02.csv", [], "2026-02"),
        ("ONSPD_FEB_2026_UK.csv", [], "2026-02"),
        ("ONSPD_AUGUST_2026_UK.csv", [], "2026-08"),
        ("some.csv", ["--date", "2025-12"], "2025-12"),
    ],
)
def test_builds_the_index(runner: FlaskCliRunner, tmp_path: Path, name: str, options: list[str], month: str) -> None:
    source = tmp_path / name
    source.write_text("pcds,doterm,pcon\nSW1A 1AA,,E14001172\nSW1A 1AB,201001,E14001172\nBT1 5GS,,N05000001\n")
    result = runner.invoke(args=["postcodes", "build", str(source), *options])
    assert result.exit_code == 0, result.output
    assert "Wrote 1 postcode to" in result.output
    assert "1 terminated" in result.output
    assert "1 in Northern Ireland" in result.output
    index = PostcodeIndex(tmp_path / "data" / INDEX_FILE)
    assert index.date == month
    assert index.find(Postcode.parse("SW1A 1AA")) is not None


def test_a_built_index_is_used(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("postcode,code\nSW1A 9ZZ,E14001172\n")
    make_app(data_dir=tmp_path).test_cli_runner().invoke(args=["postcodes", "build", str(tmp_path / "one.csv")])
    output = make_app(data_dir=tmp_path).test_cli_runner().invoke(args=["members", "find", "SW1A 9ZZ"]).output
    assert "Cities of London and Westminster" in output


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ("nothing\n", [], "no column"),
        ("postcode,code\nSW1A 1AA,X\n", [], "line 2: 'X'"),
        ("postcode,code\nSW1A 1AA,E14001172\n", ["--date", "lately"], "must be a month"),
    ],
)
def test_says_why_it_cannot_build_the_index(
    runner: FlaskCliRunner, tmp_path: Path, content: str, options: list[str], says: str
) -> None:
    (tmp_path / "in.csv").write_text(content)
    result = runner.invoke(args=["postcodes", "build", str(tmp_path / "in.csv"), *options])
    assert result.exit_code != 0
    assert says in result.output
    assert not (tmp_path / "data" / INDEX_FILE).exists()


def test_builds_the_members_table(runner: FlaskCliRunner, tmp_path: Path) -> None:
    rows = [",".join([f"E{n}", str(n), f"Seat {n}", "England", *[""] * 6]) for n in range(650)]
    source = tmp_path / "members_2026-06-27.csv"
    source.write_text("\n".join([",".join(COLUMNS), *rows]))
    result = runner.invoke(args=["members", "build", str(source)])
    assert result.exit_code == 0, result.output
    assert read_table(tmp_path / "data" / MEMBERS_FILE).date.isoformat() == "2026-06-27"


@pytest.mark.parametrize(("name", "says"), [("members.csv", "give one with --date"), ("m_2026-01-01.csv", "0 rows")])
def test_says_why_it_cannot_build_the_table(runner: FlaskCliRunner, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / name).write_text(",".join(COLUMNS) + "\n")
    result = runner.invoke(args=["members", "build", str(tmp_path / name)])
    assert result.exit_code != 0
    assert says in result.output


def test_a_password_for_publishing_has_twelve_characters(runner: FlaskCliRunner) -> None:
    short = runner.invoke(args=["studio", "password"], input="elevenchars\n" * 2)
    assert short.exit_code == 1
    assert "use at least 12 characters" in short.output
    assert "STUDIO_PASSWORD" not in short.output
    long = runner.invoke(args=["studio", "password"], input="twelve chars\n" * 2)
    assert long.exit_code == 0
    name, _, hashed = long.output.splitlines()[-1].partition("=")
    assert name == "STUDIO_PASSWORD"
    assert is_right_password("twelve chars", hashed)
