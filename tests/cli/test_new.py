"""``flask campaigns new``."""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.linter.checked_file import check_file
from tests.cli.conftest import Run

ANSWERS = {
    "--title": "Cleaner seas",
    "--organisation": "Seas for All",
    "--topic": "our beaches",
    "--subject": "The beaches of {{ constituency.name }}",
    "--question": "Where do you swim?",
    "--ask": "Will you write to the Environment Secretary, and send me the answer?",
}
HOSTILE = ['"', "it's: this", "{{ what", "}} %}", "---", "🌊 ŷ", "\\", "- #", "[]{}", "&*!|>%@`"]


def _campaign(path: Path) -> Campaign:
    checked = check_file(path)
    assert checked.campaign, checked.problems
    return checked.campaign


def test_asks_and_writes_a_file_that_is_ready(run: Run, folder: Path) -> None:
    result = run("new", "clean-seas", input="\n".join([*ANSWERS.values(), ""]))
    assert result.exit_code == 0, result.output
    campaign = _campaign(folder / "clean-seas.md")
    assert (campaign.title, campaign.organisation) == ("Cleaner seas", "Seas for All")
    assert campaign.subject == ANSWERS["--subject"]
    assert "I am writing to you about our beaches." in campaign.body
    assert campaign.questions[0].label == "Where do you swim?"
    assert campaign.asks[0].ask == ANSWERS["--ask"]


def test_says_what_to_do_next_and_that_works(run: Run, folder: Path) -> None:
    output = run("new", "clean-seas", input="\n" * 6).output
    assert f"Wrote {folder / 'clean-seas.md'}." in output
    assert "http://localhost:8000/c/clean-seas" in output
    for command in ("check", "preview"):
        assert f"flask campaigns {command} clean-seas\n" in output
        assert run(command, "clean-seas").exit_code == 0
    assert "no errors, no advice" in run("check", "clean-seas").output


def test_enter_takes_what_is_usual(run: Run, folder: Path) -> None:
    run("new", "clean-seas", input="\n" * 6)
    campaign = _campaign(folder / "clean-seas.md")
    assert (campaign.title, campaign.subject, campaign.organisation) == ("Clean seas", "Clean seas", "")
    assert "Will you" in campaign.asks[0].ask


def test_scripts_give_answers_as_options(run: Run, folder: Path) -> None:
    result = run("new", "clean-seas", *(text for option in ANSWERS.items() for text in option))
    assert result.exit_code == 0
    assert "?" not in result.output, "nothing is asked"
    assert _campaign(folder / "clean-seas.md").title == "Cleaner seas"


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_an_empty_option_takes_what_is_usual(run: Run, folder: Path, empty: str) -> None:
    result = run("new", "clean-seas", *(text for option in ANSWERS for text in (option, empty)))
    assert result.exit_code == 0, result.output
    assert _campaign(folder / "clean-seas.md").title == "Clean seas"


@pytest.mark.parametrize("text", [*HOSTILE, "two\nlines\n---\n", "\x00\x1b[2J\ud83d", "\u2028"])
def test_whatever_is_said_makes_a_file(run: Run, folder: Path, text: str) -> None:
    result = run("new", "clean-seas", *(part for option in ANSWERS for part in (option, f"x{text}")))
    assert result.exit_code == 0, result.output
    assert _campaign(folder / "clean-seas.md").title.startswith("x")


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_makes_a_file(run: Run, folder: Path, text: str) -> None:
    assert run("new", "clean-seas", input=f"{text}\n" * 6).exit_code == 0
    assert _campaign(folder / "clean-seas.md").title == text


def test_what_is_too_long_is_asked_again(run: Run, folder: Path) -> None:
    result = run("new", "clean-seas", input="long" * 100 + "\n" * 7)
    assert "that has 400 characters; 200 at most" in result.output
    assert _campaign(folder / "clean-seas.md").title == "Clean seas"


@pytest.mark.parametrize(
    ("slug", "try_this"),
    [
        ("Clean Seas!", "clean-seas"),
        ("clean-seas.md", "clean-seas"),
        ("../../etc/seas", "etc-seas"),
        ("clean--seas", "clean-seas"),
        ("Ynys Môn", "ynys-mon"),
        ("a" * 61, "a" * 60),
        ("海", "clean-rivers"),
        ("", "clean-rivers"),
    ],
)
def test_a_name_that_is_no_address_gets_a_better_one(run: Run, folder: Path, slug: str, try_this: str) -> None:
    result = run("new", slug, input="\n" * 6)
    assert result.exit_code == 2
    assert f"flask campaigns new {try_this}\n" in result.output
    assert [path.name for path in folder.iterdir()] == ["rivers.md"]


def test_no_file_is_written_over(run: Run, folder: Path) -> None:
    before = (folder / "rivers.md").read_text()
    result = run("new", "rivers", input="\n" * 6)
    assert result.exit_code == 1
    assert "rivers.md is there already" in result.output
    assert "?" not in result.output, "before anything is asked"
    assert (folder / "rivers.md").read_text() == before


def test_nor_one_that_comes_to_be_meanwhile(run: Run, folder: Path) -> None:
    (folder / "seas.md").symlink_to(folder / "nowhere.md")  # is there, and does not seem to be
    result = run("new", "seas", input="\n" * 6)
    assert result.exit_code == 1
    assert "seas.md is there already" in result.output
    assert not (folder / "nowhere.md").exists()


def test_says_so_where_nothing_can_be_written(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed to write everywhere; to a full disk nobody is."""

    def full(path: Path, mode: str = "r", **options: Any) -> IO[Any]:
        return opened(Path("/dev/full"), "w") if mode == "x" else opened(path, mode, **options)

    opened: Callable[..., IO[Any]] = Path.open
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        result = run("new", "seas", input="\n" * 6)
    assert result.exit_code == 1
    assert "seas.md cannot be written: No space left on device." in result.output


def test_leaving_off_writes_nothing(run: Run, folder: Path) -> None:
    assert run("new", "seas", input="Seas\n").exit_code == 1
    assert not (folder / "seas.md").exists()


def test_says_how_a_welsh_file_is_made(run: Run, folder: Path) -> None:
    result = run("new", "rivers.cy")
    assert result.exit_code == 2
    assert "rivers.cy.md is the Welsh of rivers.md." in " ".join(result.output.split())
    assert not (folder / "rivers.cy.md").exists()
