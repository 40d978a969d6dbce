"""A campaign's letter on paper, as its author is told of it."""

import pytest

from app.campaigns.linter.linter import check
from app.campaigns.problems import Severity
from app.i18n.languages import WELSH
from app.i18n.translate import use_locale
from app.letters.letter import Letter, Proof
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.trial import advice_on_paper, sample_answers, sample_sender
from app.mp.snapshot.snapshot import Snapshot

FILE = """\
---
title: A
subject: B
questions:
  - id: why
    label: Why?
  - id: short
    label: In three words?
    max_words: 3
---
{{ answers.why }} {{ answers.short }}

{% if member.abstains %}These words are for one alone.{% endif %}
"""


def test_tries_the_longest_letter_and_says_where_a_second_page_begins(snapshot: Snapshot) -> None:
    campaign, _ = check("a", FILE)
    assert campaign is not None
    asked: list[Letter] = []

    def proof(letter: Letter) -> Proof:
        asked.append(letter)
        return Proof(2, "☃")

    pages, unprintable = advice_on_paper(campaign, snapshot.seats, proof)
    assert "These words are for one alone." in asked[0].body
    assert (pages.line, pages.severity) == (11, Severity.ADVICE)
    assert "takes 2 pages" in pages.message
    assert "no font for ☃" in unprintable.message
    assert advice_on_paper(campaign, snapshot.seats, lambda letter: Proof(1)) == []


@pytest.mark.parametrize("trouble", [PdfPoolBusy(), PdfFailed()])
def test_a_letter_that_could_not_be_tried_on_paper_is_said_to_be_so(trouble: Exception) -> None:
    campaign, _ = check("a", FILE)
    assert campaign is not None

    def proof(letter: Letter) -> Proof:
        raise trouble

    (problem,) = advice_on_paper(campaign, (), proof)
    assert problem.severity is Severity.ADVICE
    assert "could not be tried on paper" in problem.message


def test_answers_are_as_long_as_they_may_be() -> None:
    campaign, _ = check("a", FILE)
    assert campaign is not None
    lengths = [len(answer.split()) for answer in sample_answers(campaign).values()]
    assert lengths == [40, 3]


def test_of_a_letter_that_answers_make_too_long_says_how_it_ends_for_supporters() -> None:
    body = "word " * 1_400 + "{{ answers.why }} " * 20
    campaign, problems = check("a", FILE.replace("{{ answers.why }}", body))
    assert campaign is not None, problems
    (problem,) = advice_on_paper(campaign, (), lambda letter: Proof(1))
    assert problem.severity is Severity.ADVICE
    assert "too long to be sent: supporters would be asked to shorten it" in problem.message


def test_of_a_letter_that_comes_out_for_some_only_says_how_it_ends_for_supporters() -> None:
    body = "{% assign rest = member.name | size | minus: 14 %}{{ 1 | divided_by: rest }}"
    campaign, problems = check("a", FILE.replace("{{ answers.why }}", "{{ answers.why }} " + body))
    assert campaign is not None, problems
    (problem,) = advice_on_paper(campaign, (), lambda letter: Proof(1))
    assert problem.severity is Severity.ADVICE
    assert "does not come out for every MP, and their constituents could not send it" in problem.message


def test_answers_and_address_are_in_the_campaigns_language() -> None:
    english, _ = check("a", FILE)
    welsh, _ = check("a", FILE.replace("title: A", "title: A\nlanguage: cy"))
    assert english is not None
    assert welsh is not None
    with use_locale(WELSH):  # whatever is spoken
        assert sample_answers(english)["why"].endswith("It must not go on.")
        assert sample_sender(english).town == "Sampleton"
    assert sample_answers(welsh)["why"].endswith("Rhaid iddo ddod i ben.")
    assert sample_sender(welsh).address != sample_sender(english).address
