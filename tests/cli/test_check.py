"""``flask campaigns check``."""

from pathlib import Path

import pytest

from tests.cli.conftest import RIVERS, Run

BROKEN = RIVERS.replace("{{ answers.river }}", "{{ answers.rivr }}")
LONG = RIVERS.replace(
    "I look forward", "Some more words follow it here, and then a few more.\n\n" * 60 + "I look forward"
)


def test_a_file_without_mistakes_passes(run: Run, folder: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "1 file checked: no errors, no advice.\n")


def test_says_what_is_wrong_and_where(run: Run, folder: Path) -> None:
    path = folder / "rivers.md"
    path.write_text(BROKEN)
    result = run("check", path)
    assert result.exit_code == 1
    *problems, last = result.output.splitlines()
    assert f"{path}:17:4: error: unknown placeholder `answers.rivr`; did you mean `answers.river`?" in problems
    assert len(problems) == 1
    assert last == "1 file checked: 1 error, no advice."


def test_advice_is_given_and_is_no_failure(run: Run, folder: Path) -> None:
    (folder / "rivers.md").write_text(LONG)
    result = run("check", "rivers")
    assert result.exit_code == 0
    assert "rivers.md:15: advice: with answers of 40 words the letter takes" in result.output
    assert "no errors, " in result.output


def test_takes_campaigns_files_and_folders_each_once(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "seas.md").write_text(RIVERS)
    (folder / "lakes.md").write_text(RIVERS)
    assert run("check", "rivers", folder, folder / "lakes.md", tmp_path).output.startswith("3 files checked")


def test_names_files_as_they_are_found_from_here(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "rivers.md").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    assert run("check").output.startswith("campaigns/rivers.md:")
    assert run("check", "campaigns").output.startswith("campaigns/rivers.md:")


def test_for_github_each_problem_is_a_command(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "50%, or: more.md").write_text(BROKEN.replace("title: Clean rivers", "100%: x\n"))
    (folder / "rivers.md").write_text(LONG)
    monkeypatch.chdir(tmp_path)
    result = run("check", "--format", "github", "50%, or: more.md", "rivers")
    assert result.exit_code == 1
    *commands, last = result.output.splitlines()
    errors = [command for command in commands if command.startswith("::error ")]
    assert any(
        command.startswith("::error file=50%25%2C or%3A more.md,line=2,col=1::") and "100%25" in command
        for command in errors
    ), errors
    warnings = [command for command in commands if command.startswith("::warning ")]
    assert any(command.startswith("::warning file=campaigns/rivers.md,line=15,col=") for command in warnings)
    assert len(errors) + len(warnings) == len(commands)
    assert last.startswith("2 files checked: ")


def test_for_github_a_problem_has_its_column(run: Run, folder: Path) -> None:
    path = folder / "rivers.md"
    path.write_text(BROKEN)
    assert run("check", "--format", "github", path).output.startswith(f"::error file={path},line=17,col=4::unknown")


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_message_stays_on_its_line_whatever_the_file_holds(run: Run, folder: Path, form: str) -> None:
    for name in ("\\e[2J", "\\n::stop-commands::x", "\\r::error::x"):
        (folder / "rivers.md").write_text(RIVERS.replace("title:", f'"a{name}": 1\ntitle:', 1))
        output = run("check", "--format", form).output
        lines = output.split("\n")
        assert len(lines) == 3, "a problem, the summary, and the end"
        assert output.isprintable() or set("".join(c for c in output if not c.isprintable())) == {"\n"}


def test_a_file_that_cannot_be_read_is_named(run: Run, folder: Path) -> None:
    (folder / "rivers.md").write_bytes(b"---\ntitle: \xff\n---\nx")
    (folder / "away.md").symlink_to(folder / "nowhere")
    output = run("check").output
    assert "rivers.md:2: error: the file is not UTF-8" in output
    assert "away.md:1: error: the file cannot be read" in output


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("river", "called river. Did you mean rivers?"),
        ("nothing-like-it.md", "Campaigns there are: rivers."),
        ("../rivers", "neither a campaign nor a file called ../rivers"),
    ],
)
def test_what_is_not_there_is_named(run: Run, wanted: str, says: str) -> None:
    result = run("check", wanted)
    assert result.exit_code == 2
    assert says in result.output


def test_a_campaign_is_checked_with_its_welsh(run: Run, folder: Path) -> None:
    (folder / "rivers.cy.md").write_text(RIVERS.replace("label:", "required: true\n    label:"))
    for args in ((), (folder,), ("rivers",), ("rivers.cy",), (folder / "rivers.cy.md",)):
        result = run("check", *args)
        assert result.exit_code == 1
        (problem,) = [line for line in result.output.splitlines() if "error:" in line]
        assert problem.endswith(
            "rivers.cy.md:6:5: error: `required` is false in rivers.md, and must be the same here: take this line "
            "out, and it is"
        )
        assert result.output.splitlines()[-1].startswith(
            "2 files" if args in ((), (folder,), ("rivers",)) else "1 file"
        )
    advice, told = run("check", folder / "rivers.md").output.splitlines()
    assert "rivers.md:1: advice: the Welsh of it, rivers.cy.md" in advice
    assert told == "1 file checked: no errors, 1 piece of advice."


def test_a_welsh_file_by_itself_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lakes.cy.md").write_text(RIVERS)
    result = run("check", tmp_path / "lakes.cy.md")
    assert result.exit_code == 1
    assert (
        "lakes.cy.md:1: error: this is the Welsh of lakes.md, which is not beside it: put that there" in result.output
    )


def test_a_link_out_of_the_folder_is_named_and_not_read(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(BROKEN.replace("Clean rivers", "A secret"))
    (folder / "away.md").symlink_to(tmp_path / "secret.md")
    result = run("check")
    assert result.exit_code == 1
    assert "away.md:1: error: away.md is a link that leads out of the folder of campaigns" in result.output
    assert "secret" not in result.output
