"""How much of a letter is the writer's own: what the campaign did not write, wherever it stands."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.letters.composition import Composition
from app.letters.letter import Letter
from app.letters.personal import ADVICE, Personal, personal
from app.letters.text import count_words
from app.mp.people import Constituency, Member
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER

MEMBER = Member(172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour")
HACKNEY = Constituency(4074, "Hackney North and Stoke Newington", "England")
TODAY, EARLIER = date(2026, 11, 22), date(2026, 11, 1)
CAMPAIGNS = CampaignLibrary(ROOT / "letter_templates").all()
ANSWERS = {
    "connection": "My neighbour is Uyghur, and she waits for news of her brother.",
    "hope": "I’ve stopped buying cotton that nobody can trace.",
    "topic": "The bus to the hospital",
    "story": "My mother waits an hour for the bus to her dialysis, in the rain.\n\nShe is eighty-one.",
    "ask": "Please write to the Transport Secretary.",
}
CAMPAIGN = """\
I live in {{ constituency.name }}, and I write about the river that runs behind our street and through the park.

{% if answers.river %}The river I know is {{ answers.river }}, and I want to go on swimming in it.{% endif %}

{{ answers.why }}

The water company was fined twice last year. The signs on both banks still warn against going in, and nobody can tell
when they will be taken down. Will you ask the minister when the river will be clean again?
"""


def campaign(body: str = CAMPAIGN) -> Campaign:
    questions = [{"id": "river", "label": "Which?"}, {"id": "why", "label": "Why?"}]
    return Campaign.model_validate({"slug": "x", "title": "X", "subject": "S", "body": body, "questions": questions})


def written(answers: Mapping[str, str], of: Campaign | None = None, first_sent: date | None = None) -> Letter:
    return Composition(of or campaign(), MEMBER, HACKNEY, SENDER, answers, TODAY, first_sent).letter


def measured(letter: Letter, of: Campaign | None = None, first_sent: date | None = None) -> Personal:
    return personal(Composition(of or campaign(), MEMBER, HACKNEY, SENDER, {}, TODAY, first_sent), letter)


@pytest.mark.parametrize("slug", CAMPAIGNS)
@pytest.mark.parametrize("first_sent", [None, EARLIER])
def test_a_letter_without_answers_is_nobodys_own(slug: str, first_sent: date | None) -> None:
    found = measured(written({}, CAMPAIGNS[slug], first_sent), CAMPAIGNS[slug], first_sent)
    assert (found.own, found.share, found.percent, found.says) == (0, 0, 0, "nothing yet")
    assert found.all > 10


@pytest.mark.parametrize("first_sent", [None, EARLIER])
def test_the_own_words_of_every_letter_are_the_answers(snapshot: Snapshot, first_sent: date | None) -> None:
    """Whoever the member is: what the campaign says to the Speaker only is still the campaign's."""
    for made in CAMPAIGNS.values():
        answers = {question.id: ANSWERS[question.id] for question in made.questions}
        elsewhere = {} if first_sent else {"topic"}  # which a follow-up quotes
        in_the_body = sum(count_words(answer) for question, answer in answers.items() if question not in elsewhere)
        for seat in snapshot.seats if first_sent is None else snapshot.seats[::20]:
            assert seat.member
            composition = Composition(made, seat.member, seat.constituency, SENDER, answers, TODAY, first_sent)
            found = personal(composition, composition.letter)
            assert abs(found.own - in_the_body) <= 3
            assert 0 < found.percent < 70


def test_answers_inside_a_sentence_count_and_the_sentence_does_not() -> None:
    found = measured(written({"river": "the old Hackney Brook"}))
    assert found.own == 4
    found = measured(written({"river": "the Lea"}))
    assert found.own == 2
    found = measured(written({"river": "Lea"}))
    assert found.own == 1
    found = measured(written({"river": "the Lea", "why": "I swam there."}))
    assert found.own == 5


def test_words_that_are_also_the_campaigns_may_be_anybodys() -> None:
    """Four in a row are the campaign's; fewer are words that everybody uses."""
    assert measured(written({"why": "I live in a boat."})).own == 5
    assert measured(written({"why": "The water company was fined twice last year, and laughed."})).own == 2


@given(
    st.lists(
        st.sampled_from("My mother swam there every summer until her doctor told us about it".split()), max_size=60
    )
)
@settings(deadline=None)
def test_the_share_grows_with_the_answer(own: list[str]) -> None:
    shares = [measured(written({"why": " ".join(own[:count])})).share for count in range(0, len(own) + 1, 6)]
    assert shares == sorted(shares)
    assert len(set(shares)) == len(shares)


@pytest.mark.parametrize("answer", ["Yes.", "I swim.", "ئۇيغۇر", "我", "मेरी माँ", "9"])
def test_even_a_word_is_not_nothing(answer: str) -> None:
    found = measured(written({"why": answer}, CAMPAIGNS["uyghurs"]), CAMPAIGNS["uyghurs"])
    assert found.own == 0, "an answer to a question of another campaign"
    found = measured(written({"connection": answer}, CAMPAIGNS["uyghurs"]), CAMPAIGNS["uyghurs"])
    assert found.own == count_words(answer)
    assert found.percent == 5
    assert found.says == "about 5%"


def test_an_edited_letter_is_still_the_campaigns_where_it_was_not_edited() -> None:
    letter = written({})
    before = measured(letter)

    def edited(old: str, new: str) -> Personal:
        assert old in letter.body
        return measured(replace(letter, body=letter.body.replace(old, new)))

    assert edited("fined twice last year", "fined seven times last year").own == 2
    assert edited("behind our street", "behind our little old school and our street").own == 4
    assert edited("Will you ask the minister", "Please ask the minister").own <= 3
    assert edited("The signs on both banks still warn against going in, and n", "N").own == 0, "left out"
    assert edited("Will you ask", "My daughter had blisters. Will you ask").own == 4
    assert edited("Dear Ms Abbott,", "Dear Diane,").own <= 2
    assert measured(replace(letter, body="\n\n".join(letter.body.split("\n\n")[::2]))).own == 0, "every other left out"
    assert edited("\n\nThe water", " The water") == before, "paragraphs joined"
    assert edited("the river that runs", "THE RIVER, that… runs") == before
    reversed_paragraphs = replace(letter, body="\n\n".join(reversed(letter.body.split("\n\n"))))
    assert measured(reversed_paragraphs).own == 0, "moved about"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("我的邻居是维吾尔人", 9),
        ("私の隣人はウイグル人です", 12),
        ("我的邻居 is Uyghur，她在等", 9),
        ("내 이웃은 위구르인입니다", 3),
        ("قوشنام ئۇيغۇر", 2),
        ("मेरी पड़ोसन उइगर हैं", 4),
        ("می‌خواهم بدانم", 2),
        ("Mae fy nghymydog o dras Wigwr – ŵyr y dref", 9),
        ("It’s mother-in-law’s well-being, isn't it?", 5),
        ("😀 👍🏽 – …", 0),
        ("https://www.example.org/page", 5),
    ],
)
def test_words_of_every_script(text: str, count: int) -> None:
    assert measured(written({"why": text})).own == count


def test_a_letter_of_ones_own_is_ones_own() -> None:
    story = " ".join(
        f"{word}{number}" for number in range(10) for word in "We swam there every day until last May".split()
    )
    letter = replace(written({}), body=f"Dear Ms Abbott,\n\n{story}\n\nYours sincerely,\n\nSiân Example")
    found = measured(letter)
    assert found.all - found.own <= 7
    assert found.percent in (90, 95, 100)
    assert found.advice == ADVICE[-1][1]
    assert measured(replace(letter, body=story)).percent == 100
    assert measured(replace(letter, body=story)).says == "about 100%"


def test_your_own_letter_is_mostly_ones_own() -> None:
    made = CAMPAIGNS["your-own-letter"]
    found = measured(written(ANSWERS | {"story": "We swam there every day. " * 30}, made), made)
    assert found.percent >= 85


def test_a_letter_without_words() -> None:
    found = measured(replace(written({}), body="…"))
    assert (found.own, found.all, found.share, found.percent) == (0, 0, 0.0, 0)


@pytest.mark.parametrize(
    ("own", "percent"),
    [(0, 0), (1, 5), (74, 5), (76, 10), (100, 10), (124, 10), (126, 15), (500, 50), (974, 95), (976, 100), (1000, 100)],
)
def test_the_share_is_said_to_the_nearest_five(own: int, percent: int) -> None:
    assert Personal(own, 1000).percent == percent


def test_advice_fits_the_share() -> None:
    advice = [Personal(own, 100).advice for own in range(101)]
    assert list(dict.fromkeys(advice)) == [text for _, text in ADVICE]
    assert advice[0] == ADVICE[0][1]
    assert advice[1] == advice[10] == ADVICE[1][1]
    assert advice[15] == advice[30] == ADVICE[2][1]
    assert advice[35] == advice[100] == ADVICE[3][1]
    assert not any("%" in text for text in advice)


def test_the_pages_script_knows_the_same_advice() -> None:
    found = json.loads(json.dumps(Personal(1, 10).texts_for_script))
    assert found["advice"] == [list(advice) for advice in ADVICE]
    assert found["about"] % {"percent": 10} == Personal(1, 10).says
    assert found["nothing"] == Personal(0, 10).says
