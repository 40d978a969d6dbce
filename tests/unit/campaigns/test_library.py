import os
from datetime import date
from pathlib import Path

import pytest

from app.campaigns.library import CampaignLibrary, check_file
from app.campaigns.linter import check
from app.campaigns.surroundings import Surroundings, files_of
from app.mp.snapshot import Snapshot
from config import ROOT

WHEN_CHECKED = date(2026, 11, 22)
FILE = "---\ntitle: {title}\nsubject: B\n---\nText\n"


def test_a_file_with_a_mistake_is_left_out_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "good.md").write_text(FILE.format(title="Good"))
    (tmp_path / "bad.md").write_text("---\ntitle: Bad\n---\n{{ member.nam }}\n")
    library = CampaignLibrary(tmp_path)
    assert list(library.all()) == ["good"]
    assert library.get("bad") is None
    assert "bad.md:2: error: `subject` is missing" in caplog.text


def test_changes_show_without_a_restart(tmp_path: Path) -> None:
    library = CampaignLibrary(tmp_path)
    assert library.all() == {}
    path = tmp_path / "one.md"
    path.write_text(FILE.format(title="First"))
    assert library.all()["one"].title == "First"
    path.write_text(FILE.format(title="Second"))
    os.utime(path, ns=(1, 1))
    assert library.all()["one"].title == "Second"
    path.unlink()
    assert library.all() == {}


def test_each_file_is_read_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "bad.md").write_text("nonsense")
    library = CampaignLibrary(tmp_path)
    library.all()
    library.all()
    assert caplog.text.count("bad.md") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"---\ntitle: \xff", "not UTF-8"), (b"x" * 70_000, "longer than 64 kB")],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "one.md"
    path.write_bytes(content)
    assert message in check_file(path).problems[0].message


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    assert "cannot be read" in check_file(tmp_path / "gone.md").problems[0].message


def test_our_own_campaigns_have_no_problems(snapshot: Snapshot) -> None:
    paths = sorted((ROOT / "letter_templates").glob("*.md"))
    assert [path.stem for path in paths] == ["uyghurs", "your-own-letter"]
    for path in paths:
        around = Surroundings(files_of(path.parent), snapshot.seats, WHEN_CHECKED)
        assert check(path.stem, path.read_text(), around)[1] == []


def test_the_uyghur_campaign_cites_its_facts() -> None:
    campaign = CampaignLibrary(ROOT / "letter_templates").all()["uyghurs"]
    assert campaign.facts_checked is not None
    assert len(campaign.sources) >= 5
    assert all(source.url for source in campaign.sources)
