"""Turns of phrase that a campaigner is told of, and those like them that are right as they are."""

from datetime import date

import pytest

from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.linter import check
from tests.unit.campaigns.linter.test_advice import advised


def said_of_ask(ask: str, audience: str = "minister") -> list[str]:
    """Advice on an ask for some MPs alone."""
    asks = f'asks:\n  - ask: Will you write to the council?\n  - for: {audience}\n    ask: "{ask}"'
    return advised(asks, "{{ ask }}")


@pytest.mark.parametrize(
    ("ask", "audience", "says"),
    [
        ("Will you sign EDM 12?", "minister", "ministers cannot do this (“EDM”)"),
        ("Will you vote for the Rivers Act?", "{role: [speaker, minister]}", "the Speaker cannot do this (“you vote”)"),
        ("Will you vote for it?", "{party: Sinn Féin}", "MPs who do not sit cannot do this"),
    ],
)
def test_an_ask_for_some_is_one_that_they_can_grant(ask: str, audience: str, says: str) -> None:
    (message,) = said_of_ask(ask, audience)
    assert message.startswith(says)


@pytest.mark.parametrize("ask", ["Will you vote for it?", "Will you write to the Chancellor?"])
def test_ministers_may_vote_and_write(ask: str) -> None:
    assert said_of_ask(ask) == []


def test_what_bars_most_is_found_wherever_it_stands() -> None:
    (message,) = advised(letter="Will you vote for the Rivers Act? Will you sign EDM 12?")
    assert message.startswith("the Speaker, ministers and MPs who do not sit cannot do this (“EDM”)")


@pytest.mark.parametrize(
    "letter",
    [
        "Will you back the motion picture industry?",
        "Please press the Government to accept the amendment.",
        "Will you ask the Secretary of State to reject the planning bill?",
    ],
)
def test_every_mp_can_press_the_government(letter: str) -> None:
    assert advised(letter=letter) == []


def test_calling_on_a_minister_is_an_ask_for_everybody() -> None:
    assert advised("asks:\n  - ask: Will you call on the Foreign Secretary to act?", "{{ ask }}") == []


@pytest.mark.parametrize(
    "letter",
    [
        "Will you speak up for us in Parliament?",
        "Will you submit a written question?",
        "Please put down a written question.",
        "Will you ask a written question of the Secretary of State?",
        "Will you press the Government on it and sign the motion?",
    ],
)
def test_not_every_mp_can_do_this(letter: str) -> None:
    (message,) = advised(letter=letter)
    assert message.startswith("the Speaker, ministers and MPs who do not sit cannot do this")


FIRST_LINE = """\
---
title: A
subject: B
---
{line}

Will you write to the Environment Secretary, and send me the answer?
"""


def said_of_first_line(line: str) -> list[str]:
    campaign, problems = check("rivers", FIRST_LINE.format(line=line), CheckContext(today=date(2026, 11, 22)))
    assert campaign is not None
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    "line",
    [
        "To the best of my knowledge, our river is dirty.",
        "To my mind, it is a disgrace.",
        "To my mind it is a disgrace.",
        "To our shame: the river is dirty.",
        "Dear is the price of it.",
    ],
)
def test_a_first_line_with_something_to_say_is_no_greeting(line: str) -> None:
    assert said_of_first_line(line) == []


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("Dear {{ member.name }},", "take this line out"),
        ("To whom it may concern", "take this line out"),
        ("To the MP for {{ constituency.name }}:", "take this line out"),
        ("Hello. I live in Leeds.", "take the greeting out"),
        ("Dear MP, I live in Leeds.", "take the greeting out"),
    ],
)
def test_of_a_line_that_goes_on_only_the_greeting_is_to_go(line: str, out: str) -> None:
    (message,) = said_of_first_line(line)
    assert message.endswith(out)


@pytest.mark.parametrize(
    "ending",
    ["In solidarity", "In hope,", "Best,", "Cheers,", "All the best", "A concerned constituent", "Kind regards"],
)
def test_knows_a_sign_off(ending: str) -> None:
    (message,) = said_of_first_line(f"Our river is dirty.\n\n{ending}")
    assert message.endswith("take this line out, and any name below it")


@pytest.mark.parametrize(
    "gap",
    ["[MP NAME]", "[Your name]", "{name}", "<<name>>", "[constituency]", "XXX", "{ member.name }", "____"],
)
def test_a_gap_that_nobody_fills_is_seen(gap: str) -> None:
    (message,) = advised(letter=f"My river is {gap} here.")
    assert "would stand in the letter as it is; put a placeholder" in message


@pytest.mark.parametrize("letter", ["“It [the river] is dirty [sic]”, says the law of [2021].", "a < b, and c > d"])
def test_brackets_of_a_quotation_are_no_gap(letter: str) -> None:
    assert advised(letter=letter.replace("[the river]", "[it]")) == []


@pytest.mark.parametrize(
    "letter",
    [
        "As US citizens they care, and so do EU citizens.",
        "Iraqi citizens and Israeli citizens swim in rivers.",
        "We did it for citizen science, as Citizens UK did.",
        "A voter-approved plan is there.",
        "The citizens of France swim in theirs.",
    ],
)
def test_citizens_of_elsewhere_are_another_matter(letter: str) -> None:
    assert advised(letter=letter) == []


@pytest.mark.parametrize(
    "letter",
    [
        "The citizens of Leeds swim in it.",
        "The citizens of {{ constituency.name }} swim in it.",
        "As an elector I mind.",
        "I write as a British citizen.",
        "We do it for us citizens.",
    ],
)
def test_citizens_of_here_leave_somebody_out(letter: str) -> None:
    (message,) = advised(letter=letter)
    assert "leaves out people who write and cannot vote" in message


def said_of_letter(body: str) -> list[str]:
    _, problems = check("rivers", f"---\ntitle: A\nsubject: B\n---\n{body}\n", CheckContext(today=date(2026, 11, 22)))
    return [problem.message.partition(";")[0] for problem in problems]


@pytest.mark.parametrize(
    "request_for_reply",
    [
        "Please confirm that you will.",
        "I await your response.",
        "I await your thoughts.",
        "I would welcome your thoughts.",
        "Where do you stand?",
        "What is your position?",
        "I would like to know what she says.",
        "Have you raised it?",
        "Will you send me the answer?",
    ],
)
def test_a_reply_may_be_asked_for_in_many_ways(request_for_reply: str) -> None:
    assert said_of_letter(f"Will you write to the Chancellor? {request_for_reply}") == []


@pytest.mark.parametrize("other", ["The answer is a ban.", "Have you noticed the bees?", "Have you ever swum there?"])
def test_not_every_question_asks_for_a_reply(other: str) -> None:
    assert said_of_letter(f"Will you write to the Chancellor? {other}") == ["the letter does not ask for a reply"]


@pytest.mark.parametrize("order", ["Urge the Chancellor to fund it.", "Meet me.", "Act now.", "Call on them to act."])
def test_an_ask_may_be_an_order(order: str) -> None:
    assert said_of_letter(f"{order} I look forward to hearing from you.") == []
