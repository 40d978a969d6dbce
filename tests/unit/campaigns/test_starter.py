"""The file that a new campaign starts from."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.campaigns.campaign import Campaign
from app.campaigns.linter.linter import check
from app.campaigns.problems import Severity
from app.campaigns.starter import EXAMPLE, LONGEST_ANSWER, Start, one_line, starting_file
from app.i18n.languages import WELSH
from app.i18n.translate import use_locale
from app.letters.composition import Composition
from app.letters.sample_members import sample_members
from app.letters.trial import sample_answers, sample_sender

HOSTILE = [
    'say "no" to it',
    "it's a question: why?",
    "title: other\n---\nsubject: x",
    "--- # no comment",
    "a line\nand another\r\nand a third",
    "{{ member.nam }}",
    "{{ constituency.name",
    "}} and %}",
    "{% if member.party %}",
    "{% include 'x' %}",
    "{{{{%%}}}}",
    "🌊 👩‍👩‍👧 ŷ – “rivers”",
    "\\n \\x \\",
    "&a *a !!python/object:x",
    "- a list",
    "null",
    "a\x00b\x85c\u2028d\ufeffe\ud83df",
    "<script>alert(1)</script>",
    "#hash",
    "%",
    "'",
]


def _campaign(start: Start) -> Campaign:
    text = starting_file(start)
    campaign, problems = check("new", text)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert campaign, (errors, text)
    return campaign


def test_the_example_has_nothing_wrong_with_it() -> None:
    assert check("clean-rivers", starting_file())[1] == []


def test_in_welsh_it_is_a_welsh_campaign_with_nothing_wrong_with_it() -> None:
    with use_locale(WELSH):
        text = starting_file()
    campaign, problems = check("afonydd", text)
    assert problems == []
    assert campaign
    assert (campaign.title, campaign.language) == ("Afonydd glân", "cy")


def test_what_was_said_is_in_it() -> None:
    campaign = _campaign(Start("A", "B & C", "the D", "E of {{ constituency.name }}", "F?", "Will you G?"))
    assert (campaign.title, campaign.organisation) == ("A", "B & C")
    assert campaign.subject == "E of {{ constituency.name }}"
    assert campaign.questions[0].label == "F?"
    assert campaign.asks[0].ask == "Will you G?"
    assert "I am writing to you about the D." in campaign.body


@pytest.mark.parametrize("field", [field.name for field in fields(Start)])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_answer_breaks_it(field: str, text: str) -> None:
    campaign = _campaign(replace(EXAMPLE, **{field: text}))
    as_typed = {"title": campaign.title, "organisation": campaign.organisation, "question": campaign.questions[0].label}
    assert field not in as_typed or as_typed[field] == one_line(text)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=LONGEST_ANSWER).map(one_line).filter(bool))
def test_no_text_at_all_breaks_it(text: str) -> None:
    _campaign(Start(*[text] * len(fields(Start))))


def test_every_mp_is_asked_for_something_they_can_do() -> None:
    campaign = _campaign(EXAMPLE)
    today, answers = date(2026, 11, 22), sample_answers(campaign)
    for role in sample_members([]):
        body = Composition(
            campaign, role.member, role.constituency, sample_sender(campaign), answers, today
        ).letter.body
        assert body.count("Will you") == 1
        assert ("Will you raise this" in body) == (role.key in {"speaker", "abstaining"})
