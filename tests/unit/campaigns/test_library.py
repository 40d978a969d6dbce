import os
import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.campaigns.file_names import files_in, slug_of
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
    paths = files_in(ROOT / "letter_templates")
    library = CampaignLibrary(ROOT / "letter_templates")
    assert [path.stem for path in paths] == ["uyghurs", "uyghurs.cy", "your-own-letter"]
    for path in paths:
        original = partial(library.original, slug_of(path.stem))
        around = Surroundings(files_of(path.parent), snapshot.seats, WHEN_CHECKED, original)
        assert check(path.stem, path.read_text(), around)[1] == []


def test_the_welsh_letter_cites_what_the_english_one_does() -> None:
    library = CampaignLibrary(ROOT / "letter_templates")
    english, welsh = library.all()["uyghurs"], library.all("cy")["uyghurs"]
    assert (english.language, welsh.language) == ("en", "cy")
    assert [source.url for source in welsh.sources] == [source.url for source in english.sources]
    assert welsh.facts_checked == english.facts_checked
    assert set(re.findall(r"20\d\d", welsh.body)) == set(re.findall(r"20\d\d", english.body))


def test_the_uyghur_campaign_cites_its_facts() -> None:
    campaign = CampaignLibrary(ROOT / "letter_templates").all()["uyghurs"]
    assert campaign.facts_checked is not None
    assert len(campaign.sources) >= 5
    assert all(source.url for source in campaign.sources)
