"""Links in the folder of campaigns: followed within it, and never out of it, for reading or for writing."""

import shutil
from pathlib import Path

import pytest

from app.campaigns.file.campaign_files import Files
from app.campaigns.file.inside import LeadsOut, leads_out, read_inside
from app.campaigns.file.logo import read_logo
from app.campaigns.library import CampaignLibrary
from app.campaigns.linter.checked_file import check_file
from app.campaigns.publishing import VERSIONS, NothingSuch, Publisher
from app.storage.atomic_file import write_whole
from tests.sharing import SAMPLE_CAMPAIGNS

FILE = """\
---
title: Clean rivers
subject: Rivers
local_facts: rivers.csv
logo: rivers.png
---
Will you look after the {{ local.river }}? I look forward to your reply.
"""
FACTS = "constituency,river\nChorley,Yarrow\n"
SECRET = "---\ntitle: A secret\nsubject: A secret\n---\nA secret\n"
ID = "20260101T000000000000Z-0123456789ab"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside that of the campaigns, with all that a link could lead to."""
    folder = tmp_path / "outside"
    folder.mkdir()
    _fill(folder)
    (folder / "secret.md").write_text(SECRET)
    return folder


@pytest.fixture
def folder(tmp_path: Path, outside: Path) -> Path:
    campaigns = tmp_path / "campaigns"
    campaigns.mkdir()
    _fill(campaigns)
    return campaigns


def _fill(folder: Path) -> None:
    (folder / "rivers.md").write_text(FILE)
    (folder / "rivers.csv").write_text(FACTS)
    shutil.copy(SAMPLE_CAMPAIGNS / "bees.png", folder / "rivers.png")


def replace_by_link(path: Path, target: Path | str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def messages(path: Path) -> list[str]:
    return [problem.message for problem in check_file(path).problems]


def tree(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("target", ["rivers.md", "../outside/rivers.md", "/etc/passwd", "/dev/zero"])
@pytest.mark.parametrize("name", ["rivers.md", "rivers.csv", "rivers.png"])
def test_a_link_out_of_the_folder_is_a_problem_that_is_named(
    folder: Path, outside: Path, name: str, target: str
) -> None:
    replace_by_link(folder / name, outside / target)
    checked = check_file(folder / "rivers.md")
    says = f"{name} is a link that leads out of the folder of campaigns: put the file itself there"
    assert says in messages(folder / "rivers.md")
    assert (checked.campaign is None) == (name != "rivers.png"), "without its logo a campaign is still shown"
    assert read_logo(folder, "rivers.png") is None or name != "rivers.png"


@pytest.mark.parametrize("is_folder_a_link", [False, True])
def test_links_as_kubernetes_makes_them_are_followed(folder: Path, tmp_path: Path, is_folder_a_link: bool) -> None:
    (folder / "..2026_12_01").mkdir()
    for name in ("rivers.md", "rivers.csv", "rivers.png"):
        (folder / name).rename(folder / "..2026_12_01" / name)
        (folder / name).symlink_to(Path("..data", name))
    (folder / "..data").symlink_to("..2026_12_01")
    if is_folder_a_link:
        (tmp_path / "link").symlink_to(folder)
        folder = tmp_path / "link"
    assert messages(folder / "rivers.md") == []
    assert read_logo(folder, "rivers.png")
    assert Publisher(folder).current("rivers") == Files(FILE, "rivers.csv", FACTS)
    library = CampaignLibrary(folder)
    assert library.all().keys() == {"rivers"}
    (folder / "..2026_12_02").mkdir()
    (folder / "..2026_12_02" / "rivers.md").write_text(SECRET.replace("A secret", "Another day"))
    replace_by_link(folder / "..data", "..2026_12_02")
    campaign = library.get("rivers")
    assert campaign
    assert campaign.title == "Another day"


def test_a_folder_beside_it_whose_name_begins_alike_is_outside(tmp_path: Path) -> None:
    for name in ("campaigns", "campaigns-of-others"):
        (tmp_path / name).mkdir()
    (tmp_path / "campaigns-of-others" / "x").write_text("x")
    (tmp_path / "campaigns" / "x").symlink_to("../campaigns-of-others/x")
    with pytest.raises(LeadsOut):
        read_inside(tmp_path / "campaigns", tmp_path / "campaigns" / "x")


def test_links_in_a_circle_and_to_nowhere_are_errors_like_others(folder: Path) -> None:
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    (folder / "c.md").symlink_to("nowhere.md")
    for name in ("a.md", "c.md"):
        assert "the file cannot be read" in messages(folder / name)[0]
        assert not leads_out(folder, folder / name)


def test_a_link_out_is_left_out_of_the_site_and_what_was_there_goes_on(
    folder: Path, outside: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = CampaignLibrary(folder)
    assert library.get("rivers")
    (folder / "secret.md").symlink_to(outside / "secret.md")
    replace_by_link(folder / "rivers.md", outside / "secret.md")
    assert library.get("secret") is None
    rivers = library.get("rivers")
    assert rivers
    assert rivers.title == "Clean rivers"
    assert "secret.md:1: error: secret.md is a link that leads out of the folder of campaigns" in caplog.text
    assert "A secret" not in caplog.text


@pytest.mark.parametrize("name", ["rivers.md", "rivers.csv"])
def test_a_link_out_is_not_opened_and_not_written_over(folder: Path, outside: Path, name: str) -> None:
    replace_by_link(folder / name, outside / name)
    before = tree(outside)
    publisher = Publisher(folder)
    for attempt in (
        lambda: publisher.current("rivers"),
        lambda: publisher.publish("rivers", Files("x"), Files(FILE, "rivers.csv", FACTS).fingerprint),
    ):
        with pytest.raises(LeadsOut):
            attempt()
    assert tree(outside) == before


def test_the_table_of_a_new_campaign_does_not_go_where_a_link_leads(folder: Path, outside: Path) -> None:
    (folder / "lakes.csv").symlink_to(outside / "lakes.csv")
    (folder / "seas.csv").symlink_to(outside / "rivers.csv")
    before = tree(outside)
    publisher = Publisher(folder)
    publisher.publish("lakes", Files(FILE, "lakes.csv", FACTS), "")
    with pytest.raises(LeadsOut):
        publisher.publish("seas", Files(FILE, "seas.csv", FACTS), "")
    assert tree(outside) == before
    assert not (folder / "lakes.csv").is_symlink(), "it took the place of a link to nowhere"


@pytest.mark.parametrize("name", [VERSIONS, f"{VERSIONS}/rivers", f"{VERSIONS}/.lock", ".rivers.md.part"])
def test_nothing_is_published_where_a_link_leads(folder: Path, outside: Path, name: str) -> None:
    elsewhere = outside / "elsewhere"
    elsewhere.write_text("as it was") if name.endswith(("lock", "part")) else elsewhere.mkdir()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(elsewhere)
    before = tree(outside)
    publisher, base = Publisher(folder), Files(FILE, "rivers.csv", FACTS).fingerprint
    if name.endswith("part"):
        publisher.publish("rivers", Files(SECRET), base)
        assert (folder / "rivers.md").read_text() == SECRET
    else:
        with pytest.raises(OSError, match="link"):
            publisher.publish("rivers", Files(SECRET), base)
        assert (folder / "rivers.md").read_text() == FILE
    assert tree(outside) == before
    assert sorted(outside.rglob("*")) == sorted({*before, elsewhere})


def test_versions_that_are_links_out_are_none(folder: Path, outside: Path) -> None:
    publisher = Publisher(folder)
    kept = publisher.publish("rivers", Files(SECRET), Files(FILE, "rivers.csv", FACTS).fingerprint)
    before = publisher.versions("rivers")
    (folder / VERSIONS / "rivers" / f"{ID}.md").symlink_to(outside / "secret.md")
    (folder / VERSIONS / "rivers" / f"{kept.id}~secret.csv").symlink_to(outside / "rivers.csv")
    assert publisher.versions("rivers") == before
    with pytest.raises(NothingSuch):
        publisher.version("rivers", ID)
    assert publisher.version("rivers", kept.id).files == Files(SECRET)
    elsewhere = outside / "versions"
    elsewhere.mkdir()
    (elsewhere / f"{ID}.md").write_text(SECRET)
    (folder / VERSIONS / "lakes").symlink_to(elsewhere)
    assert publisher.versions("lakes") == []


def test_a_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("as it was")
    (tmp_path / ".members.json.part").symlink_to("kept")
    (tmp_path / "members.json").symlink_to("kept")
    write_whole(tmp_path / "members.json", b"new")
    assert (tmp_path / "kept").read_text() == "as it was"
    assert (tmp_path / "members.json").read_text() == "new"
    assert not (tmp_path / "members.json").is_symlink()
