"""Publishing: whole files or none, every version kept, and nobody's work overwritten unseen."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from app.campaigns.file.campaign_files import Files, readable
from app.campaigns.publishing import VERSIONS, ChangedMeanwhile, NothingSuch, Publisher, TableTaken

OLD, NEW = Files("---\ntitle: Old\n---\nOld"), Files("---\ntitle: New\n---\nNew " + "words " * 2_000)
WITH_TABLE = Files("---\nlocal_facts: h.csv\n---\nText\n", "h.csv", "constituency,beds\nChorley,7\n")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def publish(folder: Path, files: Files, base: str, slug: str = "rivers") -> bool:
    """Whether it was published."""
    try:
        Publisher(folder).publish(slug, files, base)
    except ChangedMeanwhile:
        return False
    return True


def test_the_first_version(publisher: Publisher, tmp_path: Path) -> None:
    assert publisher.current("rivers") == Files()
    publisher.publish("rivers", OLD, "")
    assert (tmp_path / "rivers.md").read_text() == OLD.text
    assert [version.files for version in publisher.versions("rivers")] == [OLD]


def test_every_version_is_kept_in_order(publisher: Publisher) -> None:
    base = ""
    texts = [f"version {n}" for n in range(20)]
    for text in texts:
        publisher.publish("rivers", Files(text), base)
        base = publisher.current("rivers").fingerprint
    assert [version.files.text for version in publisher.versions("rivers")] == texts[::-1]
    moments = [version.when for version in publisher.versions("rivers")]
    assert moments == sorted(moments, reverse=True)


def test_a_version_from_a_clock_that_was_put_back_is_still_the_last(publisher: Publisher, tmp_path: Path) -> None:
    folder = tmp_path / VERSIONS / "rivers"
    folder.mkdir(parents=True)
    (folder / "29991231T235959999999Z-0123456789ab.md").write_text("from the future")
    publisher.publish("rivers", OLD, "")
    assert publisher.versions("rivers")[0].files == OLD


def test_a_file_that_somebody_put_there_by_hand_is_kept_too(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "rivers.md").write_text("By hand")
    publisher.publish("rivers", NEW, Files("By hand").fingerprint)
    assert [version.files.text for version in publisher.versions("rivers")] == [NEW.text, "By hand"]


def test_the_table_goes_with_the_file(publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish("rivers", WITH_TABLE, "")
    assert (tmp_path / "h.csv").read_text() == WITH_TABLE.facts
    assert publisher.current("rivers") == WITH_TABLE
    publisher.publish("rivers", OLD, WITH_TABLE.fingerprint)
    assert [version.files for version in publisher.versions("rivers")] == [OLD, WITH_TABLE]


def test_a_table_that_is_not_the_campaigns_is_left_alone(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("constituency,beds\nChorley,8\n")
    with pytest.raises(TableTaken):
        publisher.publish("rivers", WITH_TABLE, "")
    assert not (tmp_path / "rivers.md").exists()
    (tmp_path / "h.csv").write_text(WITH_TABLE.facts)
    publisher.publish("rivers", WITH_TABLE, "")
    changed = Files(WITH_TABLE.text, "h.csv", "constituency,beds\nChorley,9\n")
    publisher.publish("rivers", changed, WITH_TABLE.fingerprint)
    assert [version.files for version in publisher.versions("rivers")] == [changed, WITH_TABLE]


def table(name: str, beds: int, setting: str = "local_facts: {}") -> Files:
    return Files(f"---\ntitle: A\n{setting.format(name)}\n---\n{beds}", name, f"constituency,beds\nChorley,{beds}\n")


def test_one_can_go_back_to_a_table_that_was_given_up(publisher: Publisher) -> None:
    base = ""
    for files in (first := table("a.csv", 1), second := table("a.csv", 2), table("b.csv", 3), first, second):
        base = publisher.publish("rivers", files, base).files.fingerprint
    assert publisher.current("rivers") == second


def test_a_table_that_another_campaign_names_is_left_alone(publisher: Publisher) -> None:
    base = publisher.publish("rivers", table("h.csv", 1), "").files.fingerprint
    publisher.publish("brooks", table("h.csv", 1), "")
    with pytest.raises(TableTaken):
        publisher.publish("rivers", table("h.csv", 2), base)
    by_a_trick = Files("---\ntitle: A\n---\nlocal_facts: h.csv\n")
    base = publisher.publish("thief", by_a_trick, "").files.fingerprint
    with pytest.raises(TableTaken):
        publisher.publish("thief", table("h.csv", 9), base)


@pytest.mark.parametrize("setting", ['"local_facts": {}', "local_facts:\n  {}", "local_facts: '{}'"])
def test_the_table_is_known_however_it_is_named(publisher: Publisher, setting: str) -> None:
    base = publisher.publish("rivers", table("h.csv", 1, setting), "").files.fingerprint
    publisher.publish("rivers", table("h.csv", 2, setting), base)
    assert publisher.current("rivers") == table("h.csv", 2, setting)


def test_what_is_no_text_is_kept_byte_for_byte(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "rivers.md").write_bytes(b"caf\xe9")
    publisher.publish("rivers", NEW, publisher.current("rivers").fingerprint)
    (kept,) = (path for path in (tmp_path / VERSIONS).rglob("*.md") if path.read_bytes() != NEW.text.encode())
    assert kept.read_bytes() == b"caf\xe9"
    assert readable(publisher.versions("rivers")[1].files.text) == "caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("base", ["", "0123456789ab", Files("Something else").fingerprint])
def test_a_file_that_changed_meanwhile_is_left_alone(publisher: Publisher, base: str) -> None:
    publisher.publish("rivers", OLD, "")
    with pytest.raises(ChangedMeanwhile):
        publisher.publish("rivers", NEW, base)
    assert publisher.current("rivers") == OLD


@pytest.mark.parametrize("slug", ["../rivers", "", "Rivers", "a/b", ".versions", "a" * 100, "rivers.md", "a\0b", "a\n"])
def test_a_name_leads_nowhere_else(publisher: Publisher, tmp_path: Path, slug: str) -> None:
    for work in (publisher.current, publisher.versions):
        with pytest.raises(NothingSuch):
            work(slug)
    with pytest.raises(NothingSuch):
        publisher.publish(slug, OLD, "")
    assert [path.name for path in tmp_path.rglob("*.md")] == []


@pytest.mark.parametrize("version", ["", "..", "../../secret", "x", "20261122T194500123456Z-0123456789ab"])
def test_a_version_that_there_is_not(publisher: Publisher, tmp_path: Path, version: str) -> None:
    (tmp_path / "secret.md").write_text("secret")
    publisher.publish("rivers", OLD, "")
    with pytest.raises(NothingSuch):
        publisher.version("rivers", version)


@pytest.mark.system
def test_of_many_publishers_at_once_one_gets_through(tmp_path: Path) -> None:
    base = Publisher(tmp_path).publish("rivers", OLD, "").files.fingerprint
    rivals = [Files(f"rival {n} " + "words " * 5_000) for n in range(8)]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        won = pool.starmap(publish, [(tmp_path, rival, base) for rival in rivals])
    (winner,) = [rival for rival, has_won in zip(rivals, won, strict=True) if has_won]
    assert Publisher(tmp_path).current("rivers") == winner
    assert [version.files for version in Publisher(tmp_path).versions("rivers")] == [winner, OLD]


def _die_at(step: int, folder: Path) -> None:
    """Publish in a process that ends itself, as if killed, at one of the moments it has something put on disk."""
    steps = iter(range(100))
    flush = os.fsync

    def fsync(file: int) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        flush(file)

    os.fsync = fsync  # type: ignore[assignment]
    Publisher(folder).publish("rivers", Files(NEW.text, "h.csv", WITH_TABLE.facts), OLD.fingerprint)


@pytest.mark.system
def test_whoever_is_killed_in_the_middle_leaves_whole_files(tmp_path: Path) -> None:
    killed = 0
    for step in range(30):
        folder = tmp_path / str(step)
        folder.mkdir()
        Publisher(folder).publish("rivers", OLD, "")
        child = multiprocessing.get_context("spawn").Process(target=_die_at, args=(step, folder))
        child.start()
        child.join()
        killed += child.exitcode == -signal.SIGKILL
        live = Publisher(folder).current("rivers").text
        kept = [version.files.text for version in Publisher(folder).versions("rivers")]
        assert live in (OLD.text, NEW.text)
        assert OLD.text in kept
        assert live in kept
        assert set(kept) <= {OLD.text, NEW.text}
        # And the next one gets through.
        assert publish(folder, Files("Next"), Publisher(folder).current("rivers").fingerprint)
        if child.exitcode == 0:
            break
    assert killed == 8  # two for each of version and table, twice
    assert child.exitcode == 0


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / VERSIONS).write_text("a file where the folder should be")
    with pytest.raises(OSError, match="File exists"):
        Publisher(tmp_path).publish("rivers", OLD, "")
    assert not (tmp_path / "rivers.md").exists()
