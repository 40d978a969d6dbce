"""The letter of somebody who had no answer to their first."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.campaigns.linter.linter import check
from app.campaigns.placeholders import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.problems import Severity
from app.i18n.dates import day_in_words
from app.letters.composition import Composition
from app.letters.letter import Letter, LetterTooLong
from app.mp.people import Constituency, Contact, Member
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER

MEMBER = Member(
    172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour", contact=Contact("d@example.org")
)
HACKNEY = Constituency(4074, "Hackney North and Stoke Newington", "England")
TODAY, FIRST_SENT = date(2026, 11, 22), date(2026, 11, 1)
CAMPAIGNS = CampaignLibrary(ROOT / "letter_templates").all()
ANSWERS = {"river": "The Lea", "why": "I swim there.\nMy children do too."}
BODY = "{{ answers.river }} is dirty.\n\n{{ answers.why }}\n\nWill you ask?"
FILE = """\
---
title: Clean rivers
subject: Sewage in {{ constituency.name }}
questions:
  - id: river
    label: Which river do you know?
follow_up: |
  On {{ first_letter.date }} I wrote to you.

  It was about {{ answers.river }}.
---
I know {{ answers.river }}. Will you ask?
"""


def campaign(follow_up: str = "", body: str = BODY, subject: str = "Clean rivers") -> Campaign:
    questions = [{"id": "river", "label": "Which?"}, {"id": "why", "label": "Why?"}, {"id": "unused", "label": "More?"}]
    given = {
        "slug": "x",
        "title": "X",
        "subject": subject,
        "body": body,
        "questions": questions,
        "follow_up": follow_up,
    }
    return Campaign.model_validate(given)


def follow_up(of: Campaign, answers: Mapping[str, str] = ANSWERS) -> Letter:
    return Composition(of, MEMBER, HACKNEY, SENDER, answers, TODAY, FIRST_SENT).letter


def text(source: str, **answers: str) -> str:
    """What a campaign's own follow-up says between greeting and close."""
    body = follow_up(campaign(source), answers).body
    return body.removeprefix("Dear Ms Abbott,\n\n").removesuffix("\n\nYours sincerely,\n\nSiân Example")


def test_a_campaign_without_one_has_one() -> None:
    made = follow_up(campaign())
    assert made.subject == "Clean rivers: my letter of 1 November 2026"
    assert made.body == (
        "Dear Ms Abbott,\n\n"
        "On 1 November 2026 I wrote to you about “Clean rivers”. I have not had an answer yet.\n\n"
        "It still matters to me. As I told you then:\n\n"
        "The Lea\n\n"
        "I swim there.\nMy children do too.\n\n"
        "What have you done about it, or what will you do? I look forward to your reply.\n\n"
        "Yours sincerely,\n\nSiân Example"
    )
    assert made.dated == "22 November 2026"
    assert (made.email, made.recipient) == (MEMBER.email, MEMBER.address_block)


def test_it_has_only_answers_that_the_letter_has() -> None:
    assert "Hidden" not in follow_up(campaign(), {"unused": "Hidden", "river": "The Lea"}).body
    assert "told you then:\n\nWhat have you done" in follow_up(campaign(), {}).body


def test_the_first_letter_is_as_it_was() -> None:
    first = Composition(campaign("{{ first_letter.date }}"), MEMBER, HACKNEY, SENDER, ANSWERS, TODAY).letter
    assert first == Composition(campaign(), MEMBER, HACKNEY, SENDER, ANSWERS, TODAY).letter
    assert "November" not in first.body


@pytest.mark.parametrize("slug", CAMPAIGNS)
def test_our_own_campaigns(slug: str, snapshot: Snapshot) -> None:
    """For every member: first letter named, answers told again, no placeholder left, no empty space."""
    made = CAMPAIGNS[slug]
    answers = {question.id: f"My own words about {question.id}." for question in made.questions}
    for seat in snapshot.seats:
        assert seat.member
        first = Composition(made, seat.member, seat.constituency, SENDER, answers, TODAY).letter
        letter = Composition(made, seat.member, seat.constituency, SENDER, answers, TODAY, FIRST_SENT).letter
        assert letter.subject == f"{first.subject}: my letter of 1 November 2026"
        start = f"{seat.member.salutation},\n\nOn 1 November 2026 I wrote to you about “{first.subject}”."
        assert letter.body.startswith(start)
        assert all(answer in letter.body for answer in answers.values())
        assert not any(part in letter.body for part in ("{", "None", "  ", "\n\n\n"))
        assert letter.body.endswith("\n\nYours sincerely,\n\nSiân Example")


@pytest.mark.parametrize("slug", CAMPAIGNS)
def test_our_own_campaigns_without_answers(slug: str) -> None:
    body = follow_up(CAMPAIGNS[slug], {}).body
    assert "\n\n\n" not in body
    assert "first_letter" not in body


def test_every_documented_placeholder_is_filled_in() -> None:
    source = "\n\n".join(f"{{{{ {name} }}}}" for name in (*FIELDS_OF_FOLLOW_UP, *FIELDS))
    assert text(source).startswith("1 November 2026\n\nClean rivers\n\nMs Diane Abbott\n\nRt Hon Diane Abbott MP\n\n")


def test_the_subject_may_hold_placeholders_and_answers() -> None:
    made = follow_up(campaign(subject="{{ answers.why }} in {{ constituency.name }}"), ANSWERS)
    first = "I swim there. My children do too. in Hackney North and Stoke Newington"
    assert made.subject == f"{first}: my letter of 1 November 2026"
    assert f"about “{first}”." in made.body


def test_a_follow_up_nobody_would_read_is_refused() -> None:
    with pytest.raises(LetterTooLong):
        text("{{ answers.why }}", why="word " * 2_100)


# How answers come to stand in it, as in every letter.


@pytest.mark.parametrize("answer", ["One\ntwo\n\nthree", "- one\n- two", "I ask:\n- this\n- that\n\nNow."])
def test_an_answer_that_is_a_paragraph_of_its_own_keeps_its_lines(answer: str) -> None:
    assert text("Before.\n\n{{ answers.why }}\n\nAfter.", why=answer) == f"Before.\n\n{answer}\n\nAfter."
    assert text("Before.\n\n  {{ answers.why | strip }}\n\n\nAfter.", why=answer) == f"Before.\n\n{answer}\n\nAfter."


@pytest.mark.parametrize(
    ("source", "answer", "woven"),
    [
        ("I know {{ answers.river }}.", "the Lea", "I know the Lea."),
        ("I know {{ answers.river }}.", "the Lea.", "I know the Lea."),
        ("I know {{ answers.river }}.", "the Lea!", "I know the Lea!"),
        ("I know {{ answers.river }}.", "the Lea?", "I know the Lea?"),
        ("I know {{ answers.river }}.", "the Lea…", "I know the Lea…"),
        ("I know {{ answers.river }}.", "the Lea...", "I know the Lea..."),
        ("I know {{ answers.river }}, and swim.", "the Lea.", "I know the Lea, and swim."),
        ("I know {{ answers.river }}, and swim.", "the Lea", "I know the Lea, and swim."),
        ("I know {{ answers.river }} well.", "the Lea.", "I know the Lea. well."),
        ("I know {{ answers.river }}.", "the Lea\nthe Brent", "I know the Lea the Brent."),
        ("I know {{ answers.river }}.", "the Lea,\n\n  the Brent.", "I know the Lea, the Brent."),
        ("I know {{ answers.river }}\nwell.", "the Lea", "I know the Lea well."),
        ("I know {{ answers.river | upcase }}.", "the Lea", "I know THE LEA."),
        ("- {{ answers.river }}.\n- {{ answers.river }}", "the Lea.", "- the Lea.\n- the Lea."),
        (
            "I know\n{% if answers.river %}\n{{ answers.river }}.\n{% endif %}\nWell.",
            "the Lea.",
            "I know the Lea. Well.",
        ),
        ("I know {{ answers.river }}.", "$1 \\1 \\g<0> {{ x }} %s", "I know $1 \\1 \\g<0> {{ x }} %s."),
    ],
)
def test_an_answer_inside_a_sentence_is_joined_to_it(source: str, answer: str, woven: str) -> None:
    assert text(source, river=answer) == woven


def test_several_answers_in_a_sentence() -> None:
    woven = text("I know {{ answers.river }}, and {{ answers.why }}.", river="the Lea.", why="I swim\nthere.")
    assert woven == "I know the Lea, and I swim there."


# What the linter says of it.


def problems(of: str) -> list[tuple[int, str]]:
    campaign, found = check("rivers", of)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    assert (campaign is None) == bool(errors)
    return [(problem.line, problem.message) for problem in errors]


def test_a_good_one_is_taken() -> None:
    assert problems(FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("first_letter.date", "first_letter.day", 8, "did you mean `first_letter.date`?"),
        ("answers.river }}.\n---", "answers.rivers }}.\n---", 10, "did you mean `answers.river`?"),
        ("It was about {{", "It was about {{ member.nam }}, {{", 10, "did you mean `member.name`?"),
        ("It was about {{ answers.river }}", "{% if answers.river %}It was", 10, "endif"),
        ("It was about {{ answers.river }}", "It was about answers.river }}", 10, "a lone }}"),
        ("It was about", "{{ 'x' | loud }}", 10, "there is no filter `loud`"),
        ("It was about", "{% for a in b %}{% endfor %}", 10, "there is no tag `for`"),
        ("It was about", "{{ 1 | divided_by: 0 }}", 10, "divided by 0"),
        ("I wrote to you.", "word " * 2_000, 7, "follow_up"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, message: str) -> None:
    assert old in FILE
    found = problems(FILE.replace(old, new))
    assert [at for at, said in found if message in said] == [line], found


@pytest.mark.parametrize("style", ["|", "|-", ">", ">-", "|2"])
def test_the_line_is_right_in_every_style_of_yaml(style: str) -> None:
    file = FILE.replace("follow_up: |", f"follow_up: {style}").replace("first_letter.date", "first_letter.day")
    assert problems(file)[0][0] == 8


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_follow_up_of_one_line(quote: str) -> None:
    start, end = FILE.index("follow_up"), FILE.index("---\nI know")
    file = FILE[:start] + f"follow_up: {quote}On {{{{ first_letter.day }}}} I wrote.{quote}\n" + FILE[end:]
    assert [line for line, _ in problems(file)] == [7]


@pytest.mark.parametrize("name", FIELDS_OF_FOLLOW_UP)
def test_the_first_letter_knows_of_no_other(name: str) -> None:
    ((line, message),) = problems(FILE.replace("Will you ask?", f"{{{{ {name} }}}}"))
    assert line == 12
    assert f"unknown placeholder `{name}`" in message
    ((line, message),) = problems(FILE.replace("Sewage in {{ constituency.name }}", f'"{{{{ {name} }}}}"'))
    assert line == 3


def test_answers_that_only_the_follow_up_uses_are_missed_in_the_letter() -> None:
    ((line, message),) = problems(FILE.replace("I know {{ answers.river }}.", "I know it."))
    assert line == 5
    assert "does not use the answer to `river`" in message


def test_a_follow_up_that_unfolds_is_a_problem() -> None:
    bomb = "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 10 + "{{ a }}"
    ((line, message),) = problems(FILE.replace("I wrote to you.", bomb))
    assert line == 8
    assert "longer than 8,000 characters" in message


def test_the_day_is_said_as_in_the_letter() -> None:
    assert day_in_words(FIRST_SENT) == "1 November 2026"
