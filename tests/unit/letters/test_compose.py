from dataclasses import replace
from datetime import date

import pytest

from app.campaigns.asks import Ask
from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.campaigns.placeholders import FIELDS
from app.campaigns.template import liquid
from app.letters.compose import letter_values
from app.letters.composition import Composition
from app.letters.letter import BulletList, Letter, LetterTooLong, Paragraph, Sender
from app.mp.people import Constituency, Contact, Member
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER

MEMBER = Member(
    172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour", contact=Contact("d@example.org")
)
HACKNEY = Constituency(4074, "Hackney North and Stoke Newington", "England")
TODAY = date(2026, 11, 2)


def campaign(body: str, subject: str = "Subject") -> Campaign:
    questions = [{"id": "why", "label": "Why?"}, {"id": "more", "label": "More?"}]
    return Campaign.model_validate(
        {"slug": "x", "title": "X", "subject": subject, "body": body, "questions": questions}
    )


def letter(body: str, answers: dict[str, str] | None = None, **options: str) -> Letter:
    return Composition(campaign(body, **options), MEMBER, HACKNEY, SENDER, answers or {}, TODAY).letter


def test_adds_what_must_never_be_wrong() -> None:
    made = letter("I live in {{ constituency.name }}.")
    assert made.body == (
        "Dear Ms Abbott,\n\nI live in Hackney North and Stoke Newington.\n\nYours sincerely,\n\nSiân Example"
    )
    assert made.recipient == ("Rt Hon Diane Abbott MP", "House of Commons", "LONDON", "SW1A 0AA")
    assert made.sender.address == ("12 Example Street", "LLANFAIR", "SW1A 1AA")
    assert made.dated == "2 November 2026"
    assert made.email == "d@example.org"


def test_every_documented_placeholder_is_filled_in() -> None:
    values = letter_values(campaign("x"), MEMBER, HACKNEY, SENDER, {})
    assert values["local"] == {}
    groups = {group: fields for group, fields in values.items() if group != "answers" and isinstance(fields, dict)}
    assert {f"{group}.{name}" for group, fields in groups.items() for name in fields} == set(FIELDS)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
        ("One  \n  two.\n\n\n\nThree.", "One two.\n\nThree."),
        ("I ask:\n- this\n  and that\n- these", "I ask:\n- this and that\n- these"),
        ("A {% if member.is_speaker %}Speaker{% else %}member{% endif %}.", "A member."),
        ("One.\n\n{% if member.abstains %}\nTwo.\n{% endif %}\n\nThree.", "One.\n\nThree."),
        ("One\n{% if member.party == 'Labour' %}\ntwo\n{% endif %}\nthree.", "One two three."),
        ("One.\n\n{{ answers.why }}\n\nTwo.", "One.\n\nTwo."),
        ("{{ sender.name }}, {{ sender.town }}, {{ sender.postcode }}", "Siân Example, Llanfair, SW1A 1AA"),
    ],
)
def test_a_campaigns_text_keeps_its_paragraphs_and_not_its_lines(body: str, text: str) -> None:
    assert letter(body).body == f"Dear Ms Abbott,\n\n{text}\n\nYours sincerely,\n\nSiân Example"


def test_an_answer_keeps_the_lines_that_were_typed() -> None:
    made = letter("Before.\n\n{{ answers.why }}\n\nAfter {{ answers.more }}.", {"why": "A\nB\n\nC", "more": "that"})
    assert "\n\nA\nB\n\nC\n\nAfter that.\n\n" in made.body


@pytest.mark.parametrize("typed", ["{{ member.email }}", "{% if %}", "<b>x</b> & y", "%0A", "\\n $1"])
def test_what_is_typed_stays_what_was_typed(typed: str) -> None:
    assert typed in letter("{{ answers.why }}", {"why": typed}).body


def test_an_empty_answer_is_false() -> None:
    assert "Text" not in letter("Hello {% if answers.why %}Text{% endif %}").body


def test_the_subject_is_one_line() -> None:
    assert letter("x", {"why": "one\n two"}, subject="On {{ answers.why }}").subject == "On one two"


def test_a_letter_nobody_would_read_is_refused() -> None:
    with pytest.raises(LetterTooLong):
        letter("{{ answers.why }}", {"why": "word " * 2_100})
    with pytest.raises(LetterTooLong):
        letter("{{ answers.why }}", {"why": "a\n" * 310})


def test_all_650_members_with_both_campaigns(snapshot: Snapshot) -> None:
    """No placeholder left, no empty salutation, whoever the member is."""
    for made in CampaignLibrary(ROOT / "letter_templates").all().values():
        answers = {question.id: "My own words." for question in made.questions}
        for seat in snapshot.seats:
            assert seat.member
            body = Composition(made, seat.member, seat.constituency, SENDER, answers, TODAY).letter.body
            assert body.startswith(f"{seat.member.salutation},\n\nI live in {seat.constituency.name}")
            assert "{" not in body
            assert "None" not in body
            assert "  " not in body


def test_the_letter_suits_the_speaker_and_those_who_abstain(snapshot: Snapshot) -> None:
    uyghurs = CampaignLibrary(ROOT / "letter_templates").all()["uyghurs"]

    def body(member: Member) -> str:
        return Composition(uyghurs, member, HACKNEY, SENDER, {"connection": "x"}, TODAY).letter.body

    assert "as Speaker you take no part" in body(replace(MEMBER, party="Speaker"))
    assert "you do not take your seat" in body(replace(MEMBER, party="Sinn Féin"))
    assert "Speaker" not in body(MEMBER)
    assert "take your seat" not in body(MEMBER)


def test_blocks() -> None:
    made = replace(letter("x"), body="Dear X,\n\nOne\ntwo\n- a\n- b\nthree\n\n- c")
    assert made.blocks == [
        Paragraph(("Dear X,",)),
        Paragraph(("One", "two")),
        BulletList(("a", "b")),
        Paragraph(("three",)),
        BulletList(("c",)),
    ]


def test_an_address_without_gaps() -> None:
    sender = Sender("A", ("Flat 1", ""), "Ynys Môn", "LL77 7TW")
    assert sender.address == ("Flat 1", "YNYS MÔN", "LL77 7TW")


def test_a_campaigns_texts_are_parsed_once_however_many_others_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asks = (Ask.model_validate({"ask": "Will you ask {{ member.name }}’s party?"}),)
    of_one = campaign("{{ ask }} {{ answers.why }}").model_copy(update={"asks": asks})

    def written() -> str:
        return Composition(of_one, MEMBER, HACKNEY, SENDER, {}, TODAY, date(2026, 1, 1)).letter.body

    first = written()
    for number in range(300):
        letter(f"Another, number {number}")

    def parsed_again(source: str) -> None:
        pytest.fail(f"parsed again: {source}")

    monkeypatch.setattr(liquid._ENVIRONMENT, "from_string", parsed_again)
    assert written() == first
