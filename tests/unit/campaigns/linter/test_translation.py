"""A campaign's Welsh file beside its first one: what is shown in which language, and what need not be said twice."""

from datetime import date
from pathlib import Path

import pytest

from app.campaigns.library import CampaignLibrary
from app.campaigns.linter.checked_file import check_file
from app.campaigns.problems import Severity

ENGLISH = """\
---
title: Clean rivers
organisation: Rivers for All
imprint: Rivers for All, 1 Example Street
subject: Rivers
opens: 2026-11-01
closes: 2026-12-24
accent: "#0d5257"
frame_ancestors: https://www.example.org
local_facts: rivers.csv
questions:
  - id: river
    label: Which river?
    required: true
    max_words: 120
---
{{ answers.river }} Will you write to the minister about {{ local.river }}?
"""
WELSH = """\
---
title: Afonydd glân
subject: Afonydd
questions:
  - id: river
    label: Pa afon?
---
{{ answers.river }} A wnewch chi ysgrifennu at y Gweinidog am {{ local.river }}?
"""
BROKEN_BELOW, BROKEN_ABOVE = "{{ answers.river", "questions: ["


@pytest.fixture
def english(tmp_path: Path) -> Path:
    (tmp_path / "rivers.csv").write_text("constituency,river\nChorley,Yarrow\n")
    path = tmp_path / "rivers.md"
    path.write_text(ENGLISH)
    return path


@pytest.fixture
def welsh(english: Path) -> Path:
    path = english.with_suffix(".cy.md")
    path.write_text(WELSH)
    return path


@pytest.fixture
def library(welsh: Path) -> CampaignLibrary:
    return CampaignLibrary(welsh.parent)


def titles(library: CampaignLibrary) -> list[str | None]:
    """Those of rivers: as ever, in English, in Welsh."""
    campaigns = [library.get("rivers"), library.get("rivers", "en"), library.get("rivers", "cy")]
    return [campaign.title if campaign else None for campaign in campaigns]


def test_it_is_one_campaign_in_two_languages(library: CampaignLibrary) -> None:
    assert titles(library) == ["Clean rivers", "Clean rivers", "Afonydd glân"]
    assert list(library.all()) == list(library.all("cy")) == ["rivers"]
    assert library.languages("rivers") == ("en", "cy")
    welsh = library.all("cy")["rivers"]
    assert (welsh.slug, welsh.language) == ("rivers", "cy")


def test_a_campaign_in_one_language_is_had_in_that(library: CampaignLibrary) -> None:
    (library.folder / "seas.md").write_text("---\ntitle: Seas\nsubject: A\n---\nText\n")
    (library.folder / "moroedd.md").write_text("---\ntitle: Moroedd\nsubject: A\nlanguage: cy\n---\nTestun\n")
    assert [campaign.title for campaign in library.all("cy").values()] == ["Moroedd", "Afonydd glân", "Seas"]
    assert [campaign.title for campaign in library.all("en").values()] == ["Moroedd", "Clean rivers", "Seas"]
    assert library.languages("seas") == ("en",)
    assert library.languages("moroedd") == ("cy",)
    assert library.languages("lakes") == ()


def test_what_is_no_wording_need_not_be_said_again(library: CampaignLibrary) -> None:
    campaign = library.all("cy")["rivers"]
    assert campaign.organisation == "Rivers for All"
    assert campaign.imprint == "Rivers for All, 1 Example Street"
    assert (campaign.opens, campaign.closes) == (date(2026, 11, 1), date(2026, 12, 24))
    assert campaign.accent == "#0d5257"
    assert campaign.frame_ancestors == ("https://www.example.org",)
    assert campaign.local.columns == ("river",)
    assert (campaign.questions[0].required, campaign.questions[0].max_words) == (True, 120)


def test_what_it_says_itself_goes(library: CampaignLibrary, welsh: Path) -> None:
    own = 'organisation: Afonydd i Bawb\naccent: "#333333"\nlocal_facts: afonydd.csv\nquestions:'
    (library.folder / "afonydd.csv").write_text("constituency,river\nAberafan Maesteg,Afan\n")
    welsh.write_text(WELSH.replace("questions:", own))
    campaign = library.all("cy")["rivers"]
    assert (campaign.organisation, campaign.accent) == ("Afonydd i Bawb", "#333333")
    assert [row["river"] for row in campaign.local.rows.values()] == ["Afan"]


def test_what_the_first_file_changes_changes_at_once(library: CampaignLibrary, english: Path) -> None:
    assert library.all("cy")["rivers"].accent == "#0d5257"
    english.write_text(ENGLISH.replace("#0d5257", "#123456").replace("2026-12-24", "2027-01-24"))
    assert library.all("cy")["rivers"].accent == "#123456"
    assert library.all("cy")["rivers"].closes == date(2027, 1, 24)
    (library.folder / "rivers.csv").write_text("constituency,river\nChorley,Yarrow and Black Brook\n")
    facts = library.all("cy")["rivers"].local.rows
    assert [row["river"] for row in facts.values()] == ["Yarrow and Black Brook"]


@pytest.mark.parametrize("mistake", [BROKEN_BELOW, BROKEN_ABOVE])
def test_each_goes_on_while_the_other_is_broken(english: Path, welsh: Path, mistake: str) -> None:
    for path, text, left in ((welsh, WELSH, "Clean rivers"), (english, ENGLISH, "Afonydd glân")):
        path.write_text(text.replace("---\n", f"---\n{mistake}\n") if mistake == BROKEN_ABOVE else text + mistake)
        (other,) = {welsh, english} - {path}
        # What is in the first file is missing while that cannot be read.
        other.write_text(other.read_text().replace("{{ local.river }}", "it"))
        fresh = CampaignLibrary(path.parent)
        assert titles(fresh) == [left] * 3
        assert fresh.languages("rivers") == (("en",) if left == "Clean rivers" else ("cy",))
        path.write_text(text)
        assert titles(fresh) == ["Clean rivers", "Clean rivers", "Afonydd glân"]


@pytest.mark.parametrize("mistake", [BROKEN_BELOW, BROKEN_ABOVE])
def test_the_last_good_version_of_each_is_kept(
    library: CampaignLibrary, english: Path, welsh: Path, mistake: str
) -> None:
    both = titles(library)
    for path, text in ((welsh, WELSH), (english, ENGLISH)):
        path.write_text(text.replace("---\n", f"---\n{mistake}\n") if mistake == BROKEN_ABOVE else text + mistake)
        assert titles(library) == both
        assert library.all("cy")["rivers"].accent == "#0d5257"
        assert [checked.path for checked in library.check_all() if checked.is_earlier] == [path]
        path.write_text(text)
        assert not any(checked.errors for checked in library.check_all())


def test_the_campaign_ends_with_its_first_file(library: CampaignLibrary, english: Path) -> None:
    assert titles(library)[2] == "Afonydd glân"
    english.unlink()
    assert library.all("cy") == {}
    (alone,) = library.check_all()
    assert [problem.message.partition(",")[0] for problem in alone.errors] == ["this is the Welsh of rivers.md"]


def test_other_questions_in_the_first_file_are_noticed(library: CampaignLibrary, english: Path, welsh: Path) -> None:
    assert titles(library)[2] == "Afonydd glân"
    english.write_text(ENGLISH.replace("id: river", "id: brook").replace("answers.river", "answers.brook"))
    first, translation = library.check_all()
    assert (first.path, translation.path) == (english, welsh)
    assert first.errors == ()
    assert translation.is_earlier
    assert [problem.line for problem in translation.errors] == [4, 5]


def test_its_language_may_be_said(welsh: Path) -> None:
    welsh.write_text(WELSH.replace("title:", "language: Cymraeg\ntitle:"))
    assert check_file(welsh).errors == ()


@pytest.mark.parametrize("mistake", [BROKEN_BELOW, BROKEN_ABOVE])
def test_says_where_it_could_not_be_compared(english: Path, welsh: Path, mistake: str) -> None:
    english.write_text(ENGLISH.replace("---\n", f"---\n{mistake}\n"))
    welsh.write_text(WELSH.replace("{{ local.river }}", "it"))
    assert [problem.message.partition(",")[0] for problem in check_file(welsh).problems if problem.line == 1] == [
        "rivers.md has mistakes"
    ]


@pytest.mark.parametrize("name", ["rivers.cy.cy", "rivers.en", ".cy", "Rivers.cy", "a" * 61 + ".cy"])
def test_a_file_may_not_be_called_anything(tmp_path: Path, name: str) -> None:
    for stem in (name, name.removesuffix(".cy")):
        (tmp_path / f"{stem}.md").write_text("---\ntitle: A\nsubject: B\n---\nText\n")
    assert check_file(tmp_path / f"{name}.md").errors


def test_an_english_file_that_its_welsh_no_longer_fits_is_told_so(english: Path, welsh: Path) -> None:
    assert [problem.message for problem in check_file(english).problems if "rivers.cy.md" in problem.message] == []
    english.write_text(ENGLISH.replace("id: river", "id: place").replace("answers.river", "answers.place"))
    checked = check_file(english)
    (problem,) = (problem for problem in checked.problems if "rivers.cy.md" in problem.message)
    assert checked.campaign is not None
    assert (problem.line, problem.severity) == (1, Severity.ADVICE)
    assert "does not fit this file" in problem.message
    assert "Its line 4: the question `place` of rivers.md is missing" in problem.message
