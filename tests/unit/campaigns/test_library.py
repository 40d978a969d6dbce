import os
import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.file.file_names import files_in, slug_of
from app.campaigns.library import CampaignLibrary
from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.checked_file import check_file
from app.campaigns.linter.linter import check
from app.mp.snapshot.snapshot import Snapshot
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
        context = CheckContext(reader_of(path.parent), snapshot.seats, WHEN_CHECKED, original)
        assert check(path.stem, path.read_text(), context)[1] == []


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


@pytest.mark.parametrize(
    "slug", ["", ".", "..", "../one", "one.md", "ONE", "o" * 5000, "one\0", "øne", "one.cy", "one.cy.cy", ".cy", "one/"]
)
def test_what_is_no_name_of_a_campaign_is_none(tmp_path: Path, slug: str) -> None:
    for name in ("one.md", "ONE.md", "one.cy.md", ".md", ".cy.md", "one.cy.cy.md", "øne.md", f"{'o' * 70}.md"):
        (tmp_path / name).write_text(FILE.format(title="One"))
    library = CampaignLibrary(tmp_path)
    assert library.get(slug) is None
    assert library.languages(slug) == ()
    assert slug not in library.all()


def test_one_campaign_changes_as_all_of_them_do(tmp_path: Path) -> None:
    """Whatever happens to its files, one that is asked for alone is as it is in the list."""
    library, english, welsh = CampaignLibrary(tmp_path), tmp_path / "one.md", tmp_path / "one.cy.md"

    def titles() -> list[str | None]:
        alone = [library.get("one", code) for code in ("en", "cy")]
        listed = [library.all(code).get("one") for code in ("en", "cy")]
        assert alone == listed
        return [campaign.title if campaign else None for campaign in alone]

    assert titles() == [None, None]
    english.write_text(FILE.format(title="One"))
    assert titles() == ["One", "One"]
    welsh.write_text(FILE.format(title="Un"))
    assert titles() == ["One", "Un"]
    assert library.languages("one") == ("en", "cy")
    english.write_text("---\nnonsense")
    assert titles() == ["One", "Un"], "as it was"
    english.write_text(FILE.format(title="The first"))
    welsh.write_text("---\nnonsense")
    assert titles() == ["The first", "Un"], "as it was"
    welsh.write_text(FILE.format(title="Un eto"))
    assert titles() == ["The first", "Un eto"]
    english.unlink()
    assert titles() == [None, None], "what is left over is no campaign"
    welsh.unlink()
    english.write_text("---\nnonsense")
    assert titles() == [None, None], "what was taken away is forgotten"
    english.unlink()
    english.symlink_to(tmp_path / "nowhere")
    assert titles() == [None, None]
    assert [len(checked.errors) for checked in library.check_all()] == [1]


def test_what_was_sound_goes_on_though_it_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(FILE.format(title="One"))
    library = CampaignLibrary(tmp_path)
    assert library.get("one")
    (tmp_path / "one.md").unlink()
    (tmp_path / "one.md").symlink_to(tmp_path / "nowhere")
    for campaign in (library.get("one"), library.all().get("one")):
        assert campaign
        assert campaign.title == "One"


def test_whether_there_is_such_a_campaign(tmp_path: Path) -> None:
    library = CampaignLibrary(tmp_path / "nowhere")
    assert not library.has(lambda _campaign: True)
    library = CampaignLibrary(tmp_path)
    for number in range(5):
        (tmp_path / f"number-{number}.md").write_text(FILE.format(title=f"Title {number}"))
    looked_at: list[str] = []

    def is_second(campaign: Campaign) -> bool:
        looked_at.append(campaign.slug)
        return campaign.title == "Title 1"

    assert library.has(is_second)
    assert looked_at == ["number-0", "number-1"]
    assert not library.has(lambda campaign: campaign.title == "Title 9")


def test_a_folder_that_vanishes_counts_as_empty(tmp_path: Path) -> None:
    folder = tmp_path / "campaigns"
    folder.mkdir()
    (folder / "one.md").write_text(FILE.format(title="One"))
    library = CampaignLibrary(folder)
    assert list(library.all()) == ["one"]
    shutil.rmtree(folder)
    assert library.all() == {}
