"""The documentation keeps up with the code, and the house with its rules."""

import re
from datetime import date

import click
import pytest

from app import create_app
from app.campaigns.asks import Ask, Audience
from app.campaigns.campaign import Campaign, Question, Source
from app.campaigns.file.fields import NOT_IN_FILE
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.linter import check
from app.campaigns.placeholders import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.template.error_messages import TAGS
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT, VERSION, Settings
from tests.conftest import settings

CAMPAIGNS = (ROOT / "docs/campaigns.md").read_text()
OPERATING = (ROOT / "docs/operating.md").read_text()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name.upper()}` |" in OPERATING
    assert f"\n# {name.upper()}=" in (ROOT / ".env.example").read_text()
    assert Settings.model_fields[name].description


def test_no_setting_is_documented_that_there_is_not() -> None:
    documented = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("group", ["campaigns", "members", "postcodes", "studio"])
def test_every_command_is_documented(group: str) -> None:
    commands = create_app(settings()).cli.commands[group]
    assert isinstance(commands, click.Group)
    for name, command in commands.commands.items():
        assert f"`flask {group} {name}" in OPERATING
        assert command.help
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or f"`{option}`" in OPERATING


def test_every_field_of_campaign_files_is_documented() -> None:
    for model in (Campaign, Question, Ask, Audience):
        for name, field in model.model_fields.items():
            assert name in NOT_IN_FILE or f"| `{field.alias or name}` |" in CAMPAIGNS
            assert name in NOT_IN_FILE or field.description
    assert all(f"`{name}`" in CAMPAIGNS for name in Source.model_fields)


def test_every_placeholder_and_tag_is_documented() -> None:
    assert all(f"| `{{{{ {name} }}}}` |" in CAMPAIGNS for name in (*FIELDS, *FIELDS_OF_FOLLOW_UP))
    assert all(f"`{tag}`" in CAMPAIGNS for tag in TAGS - {"#"})


def test_the_documented_example_is_right(snapshot: Snapshot) -> None:
    (example,) = re.findall(r"```markdown\n(.*?)```", CAMPAIGNS, re.DOTALL)
    around = CheckContext(seats=snapshot.seats, today=date(2026, 11, 22))
    assert check("clean-rivers", example, around)[1] == []


def test_every_target_of_make_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    documents = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert len(targets) > 5
    assert all(f"make {target} " in documents for target in targets if target != "help")


def test_the_changelog_has_what_is_not_released_and_then_the_latest_version() -> None:
    versions = re.findall(r"^## \[?([\w.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1:2] in ([], [VERSION])


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_paths_in_documents_exist() -> None:
    found = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        paths = re.findall(r"(?<![\w/.])(?:app|benchmarks|scripts|templates|tests)/[\w./-]*[\w/]", document.read_text())
        found += [(document.name, path) for path in paths]
    assert len(found) > 50
    assert [(name, path) for name, path in found if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_dependencies_are_pinned_with_hashes_and_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    pins = re.findall(r"^(?![#\s])(\S+)", text, re.MULTILINE)
    assert len(pins) >= 20
    assert all("==" in pin for pin in pins)
    assert len(re.findall(r"^\S.*\\\n(    --hash=sha256:[0-9a-f]{64}.*\n)+", text, re.MULTILINE)) == len(pins)
    assert "://" not in text
