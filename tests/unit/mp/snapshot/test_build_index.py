import lzma
from pathlib import Path

import pytest

from app.mp.postcode import Postcode
from app.mp.snapshot.build_index import CannotBuild, Tally, build_index
from app.mp.snapshot.postcode_index import IndexEntry, PostcodeIndex

CODES = {"E14001172", "S14000078", "N05000001"}

LAYOUT_2025 = """\
PCD7,PCD8,PCDS,DOINTR,DOTERM,PCON24CD
SW1A1AA,SW1A 1AA,SW1A 1AA,198001,,E14001172
SW1A1AB,SW1A 1AB,SW1A 1AB,198001,201912,E14001172
JE2 3AB,JE2  3AB,JE2 3AB,198001,,L99999999
IM1 1AA,IM1  1AA,IM1 1AA,198001,,M99999999
EH1 1YZ,EH1  1YZ,EH1 1YZ,198001,,S14000078
BT1 5GS,BT1  5GS,BT1 5GS,198001,,N05000001
"""
LAYOUT_BEFORE = """\
"pcd","pcd2","pcds","dointr","doterm","pcon"
"SW1A1AA","SW1A 1AA","SW1A 1AA","198001","","E14001172"
"SW1A1AB","SW1A 1AB","SW1A 1AB","198001","201912","E14001172"
"JE2 3AB","JE2  3AB","JE2 3AB","198001","","L99999999"
"GY1 1AA","GY1  1AA","GY1 1AA","198001","",""
"EH1 1YZ","EH1  1YZ","EH1 1YZ","198001","","S14000078"
"BT1 5GS","BT1  5GS","BT1 5GS","198001","","N05000001"
"""


@pytest.mark.parametrize("text", [LAYOUT_2025, LAYOUT_BEFORE, "\ufeff" + LAYOUT_2025.replace("\n", "\r\n")])
@pytest.mark.parametrize("suffix", ["csv", "csv.xz"])
def test_reads_the_ons_directory_in_both_layouts(tmp_path: Path, text: str, suffix: str) -> None:
    source, target = tmp_path / f"ONSPD.{suffix}", tmp_path / "index.zip"
    raw = text.encode()
    source.write_bytes(lzma.compress(raw) if suffix.endswith("xz") else raw)
    assert build_index(source, target, "2026-02", CODES) == Tally(
        2, terminated=1, no_constituency=2, northern_ireland=1
    )
    index = PostcodeIndex(target)
    assert index.find(Postcode.parse("SW1A 1AA")) == IndexEntry("E14001172")
    assert index.find(Postcode.parse("EH1 1YZ")) == IndexEntry("S14000078")
    assert index.find(Postcode.parse("SW1A 1AB")) is None, "a terminated postcode is left out"
    assert index.find(Postcode.parse("BT1 5GS")) is None


def test_keeps_northern_ireland_when_told_to(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "index.zip"
    source.write_text(LAYOUT_2025)
    build_index(source, target, "2026-02", CODES, with_bt=True)
    assert PostcodeIndex(target).find(Postcode.parse("BT1 5GS")) == IndexEntry("N05000001")


def test_a_run_longer_than_sixteen_bits_is_split(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "index.zip"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    units = [f"{a}{b}" for a in letters for b in letters]
    rows = [f"M{n} {digit}{unit},E14001172" for n in range(1, 19) for digit in range(10) for unit in units]
    source.write_text("\n".join(["postcode,code", *rows]))
    build_index(source, target, "2026-02", CODES)
    index = PostcodeIndex(target)
    assert len(index) == 72_000
    assert index.find(Postcode.parse("M18 9ZZ")) == IndexEntry("E14001172")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(LAYOUT_2025)
    for name in ("a", "b"):
        build_index(source, tmp_path / name, "2026-02", CODES)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no column pcds or postcode"),
        ("postcode\nSW1A 1AA\n", "no column pcon24cd or pcon or code"),
        ("postcode,code\nSW1A,E14001172\n", "line 2: 'SW1A' is not a postcode"),
        ("postcode,code\nSW1A 1AA,E14000639\n", "line 2: 'E14000639' is not the code of a constituency"),
        ("postcode,code\nSW1A 1AA\n", "line 2: fewer columns"),
        ("postcode,code\n", "no live postcode"),
        ("postcode,code\nSW1A 1AA,E14001172\n\udcff", "not a readable CSV"),
    ],
)
def test_says_what_is_wrong_and_leaves_the_old_index(tmp_path: Path, text: str, message: str) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "index.zip"
    source.write_bytes(text.encode("utf-8", "surrogateescape"))
    target.write_text("the old one")
    with pytest.raises(CannotBuild, match=message):
        build_index(source, target, "2026-02", CODES)
    assert target.read_text() == "the old one"


def test_a_cut_off_xz_file_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.csv.xz"
    source.write_bytes(lzma.compress(LAYOUT_2025.encode())[:-20])
    with pytest.raises(CannotBuild, match="not a readable CSV"):
        build_index(source, tmp_path / "index.zip", "2026-02", CODES)
