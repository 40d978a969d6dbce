import csv
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mp.postcode import UNIT_LETTERS, Postcode
from app.mp.snapshot.build_index import build_index
from app.mp.snapshot.postcode_index import IndexEntry, IndexUnreadable, PostcodeIndex
from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE, Snapshot

CODES = ["E14000001", "E14000002", "S14000003", "W07000004"]

postcodes = st.builds(
    "{}{} {}{}{}".format,
    st.sampled_from(["SW", "M", "EH", "CF"]),
    st.integers(1, 29),
    st.integers(0, 9),
    st.sampled_from(UNIT_LETTERS),
    st.sampled_from(UNIT_LETTERS),
)
answers = st.tuples(st.sampled_from(CODES), st.lists(st.sampled_from(CODES), max_size=2, unique=True))


@given(known=st.dictionaries(postcodes, answers, min_size=1, max_size=60), strangers=st.lists(postcodes, max_size=60))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_answers_what_it_was_built_from_and_nothing_else(
    tmp_path: Path, known: dict[str, tuple[str, list[str]]], strangers: list[str]
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "index.zip"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows(
            [["postcode", "code", "near"], *([p, code, "|".join(near)] for p, (code, near) in known.items())]
        )
    build_index(source, target, "2026-02", CODES)
    index = PostcodeIndex(target)
    assert len(index) == len(known)
    for postcode, (code, near) in known.items():
        assert index.find(Postcode.parse(postcode)) == IndexEntry(code, tuple(near))
    for postcode in set(strangers) - known.keys():
        assert index.find(Postcode.parse(postcode)) is None


def test_the_embedded_index_is_whole(index: PostcodeIndex) -> None:
    assert len(index) > 1_700_000
    assert index.date == "2026-02"
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2026" in index.attribution
    assert len(index.codes) == 632, "every seat of Great Britain"
    assert not any(sector.startswith("BT") for sector in index.sectors), "Northern Ireland's may not be passed on"


def test_the_embedded_index_is_small() -> None:
    assert (EMBEDDED / INDEX_FILE).stat().st_size < 600_000


@pytest.mark.parametrize(
    ("postcode", "code"),
    [("SW1A 1AA", "E14001172"), ("M1 1AE", "E14001352"), ("EH1 1YZ", "S14000078"), ("CF10 1EP", "W07000091")],
)
def test_the_embedded_index_knows_where_postcodes_are(index: PostcodeIndex, postcode: str, code: str) -> None:
    assert index.find(Postcode.parse(postcode)) == IndexEntry(code)


def test_it_knows_which_are_near_a_boundary(snapshot: Snapshot) -> None:
    place = snapshot.find(Postcode.parse("NW3 2AY"))
    assert place is not None
    assert place.seat.constituency.name == "Holborn and St Pancras"
    assert [near.constituency.name for near in place.near] == ["Hampstead and Highgate"]


@pytest.mark.parametrize("postcode", ["SW1A 9ZZ", "M99 9ZZ", "QQ9 9ZZ", "BT1 5GS", "BFPO 57", "HM 12"])
def test_a_postcode_it_does_not_know_is_never_guessed(index: PostcodeIndex, postcode: str) -> None:
    assert index.find(Postcode.parse(postcode)) is None


def test_refuses_what_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / INDEX_FILE
    for content in (b"", b"nonsense"):
        path.write_bytes(content)
        with pytest.raises(IndexUnreadable, match=INDEX_FILE):
            PostcodeIndex(path)


def test_refuses_a_damaged_index(tmp_path: Path) -> None:
    path = tmp_path / INDEX_FILE
    with zipfile.ZipFile(EMBEDDED / INDEX_FILE) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[: len(content) // 2 * 2 - 2] if name == "lengths" else content)
    with pytest.raises(IndexUnreadable, match="do not fit together"):
        PostcodeIndex(path)
