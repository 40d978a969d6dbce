"""What no campaigner should be blamed for: a linter that cries wolf is not read. What it says stands in ``broken``."""

from datetime import date
from pathlib import Path

import pytest

from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.linter import check
from app.mp.people import Member, Seat
from tests.unit.campaigns.file.test_broken_files import SEATS

PLAIN = """\
---
title: Clean rivers
subject: Our rivers
facts_checked: 2026-11-01
{settings}
---
I live in {{{{ constituency.name }}}}.

{letter}

Will you write to the Environment Secretary, and send me the answer?
"""


def advised(settings: str = "", letter: str = "Our river is dirty.", **context: object) -> list[str]:
    surroundings = CheckContext(**{"seats": SEATS, "today": date(2026, 11, 22)} | context)  # type: ignore[arg-type]
    campaign, problems = check("rivers", PLAIN.format(settings=settings, letter=letter), surroundings)
    assert campaign is not None, problems
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    "letter",
    [
        "British citizens abroad care for it too, and so do citizens of France.",
        "Citizens Advice has told me so, and so has the citizens’ assembly.",
        "Nobody asked for voter ID at the river.",
        "Dear is the river to those who grew up beside it.",
        "To my mind it is a disgrace.",
        "Kind regards for nature cost nothing.",
        "In April 2021 the House of Commons agreed a motion on rivers.",
        "Members voted for the Rivers Bill, and I saw the debate.",
        "The report is at https://www.example.org/report, and its address is www.example.org.",
        "{% comment %}Dear voter, will you sign the motion at http://example.org?{% endcomment %}",
        "{% if member.abstains or member.is_speaker or member.government_post %}…{% endif %} Please sign the motion.",
        "- One thing\n- Another thing\n- " + "A thing of a few words, and one more.\n- " * 5 + "The last",
    ],
)
def test_says_nothing_of_what_is_right(letter: str) -> None:
    assert advised(letter=letter) == []


def test_the_alternatives_of_a_tag_are_not_one_sentence() -> None:
    twenty = " ".join(["word"] * 20)
    letter = f"{{% if member.is_speaker %}}{twenty}{{% else %}}{twenty}{{% endif %}} of it."
    assert advised(letter=letter) == []


def test_markup_is_no_part_of_a_sentence() -> None:
    letter = "My river is in {{ constituency.name | default: 'a place that has no name at all' | upcase }}. " * 3
    assert advised(letter=letter) == []


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ('{id: a, label: "What do you ask your MP to do?"}', True),
        ('{id: a, label: "What should they do?", prompts: [Please write to]}', True),
        ('{id: a, label: "What does the river mean to you?", prompts: [I grew up by]}', False),
    ],
)
def test_supporters_may_do_the_asking(question: str, is_asked: bool) -> None:
    settings = f"title: A\nsubject: B\nquestions:\n  - {question}"
    text = f"---\n{settings}\n---\n{{{{ answers.a }}}}\n\nI look forward to your reply.\n"
    _, problems = check("rivers", text, CheckContext(today=date(2026, 11, 22)))
    assert bool(problems) != is_asked


@pytest.mark.parametrize(
    ("checked", "is_old"), [("2026-11-22", False), ("2026-05-23", False), ("2026-05-22", True), ("2020-02-29", True)]
)
def test_facts_last_six_months(checked: str, is_old: bool) -> None:
    text = PLAIN.format(settings="", letter="").replace("2026-11-01", checked)
    _, problems = check("rivers", text, CheckContext(today=date(2026, 11, 22)))
    assert ["six months" in problem.message for problem in problems] == [True] * is_old


def test_of_names_nothing_is_said_without_seats() -> None:
    nobody = "{members: Nobody, party: None, post: Nothing}"
    asks = f"asks:\n  - ask: Will you write to me?\n  - for: {nobody}\n    ask: Will you reply?"
    assert len(advised(asks, "{{ ask }}")) == 3
    assert advised(asks, "{{ ask }}", seats=()) == []


def test_of_posts_nothing_is_said_where_none_are_known() -> None:
    asks = "asks:\n  - ask: Will you write to me?\n  - for: {post: Nothing}\n    ask: Will you reply?"
    assert advised(asks, "{{ ask }}", seats=SEATS[:2]) == []


@pytest.mark.parametrize(
    ("called", "party"),
    [
        ("SNP", "Scottish National Party"),
        ("the Tories", "Conservative"),
        ("Labour Party", "Labour"),
        ("Lib Dems", "Liberal Democrat"),
        ("Reform", "Reform UK"),
    ],
)
def test_a_party_by_what_people_call_it_is_told_its_name(called: str, party: str) -> None:
    asks = f"asks:\n  - ask: Will you write to me?\n  - for: {{party: {called}}}\n    ask: Will you reply?"
    (said,) = advised(asks, "{{ ask }}", seats=[Seat(SEATS[1].constituency, Member(7, "Example", "", party=party))])
    assert said.endswith(f"“{called}”; did you mean `{party}`?")


def test_a_party_and_a_number_stand_for_members() -> None:
    asks = (
        "asks:\n  - ask: Will you write to me?\n"
        "  - for: {members: [172, diane abbott], party: [labour, Labour (Co-op)]}\n    ask: Will you reply?"
    )
    assert advised(asks, "{{ ask }}") == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"\xff\xd8\xff\xe0", ""),
        (b"RIFF\0\0\0\0WEBPVP8 ", ""),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 204_800, "larger than 200 kB"),
        (b"<svg/>", "no picture that browsers show"),
        (b"", "no picture that browsers show"),
    ],
)
def test_a_logo_is_a_picture_that_can_be_shown(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "rivers.png").write_bytes(content)
    said = advised("logo: rivers.png", read=reader_of(tmp_path))
    assert [says in message for message in said] == [True] * bool(says)


def test_more_problems_than_anybody_reads_are_left_out_but_no_error() -> None:
    text = PLAIN.format(settings="", letter="We voters. " * 300 + "\n\n{{ nothing }}")
    _, problems = check("rivers", text)
    assert any("`nothing`" in problem.message for problem in problems)
    text = PLAIN.format(settings="", letter="We voters. " * 300)
    campaign, problems = check("rivers", text)
    assert campaign is not None
    assert len(problems) == 100
