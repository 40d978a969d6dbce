"""A letter in Welsh: whatever the tool writes in it is Welsh too."""

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.letter_wording import wording_in
from app.i18n.languages import LANGUAGES, WELSH
from app.i18n.translate import use_locale
from app.letters import email
from app.letters.checks import checks
from app.letters.composition import Composition
from app.letters.letter import Letter, Proof
from app.letters.paper.pdf_pool import PdfPool
from app.letters.personal import personal
from app.mp.people import ComingMember, Constituency, Contact, Member
from tests.conftest import SENDER

MEMBER = Member(
    172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour", contact=Contact("d@example.org")
)
YNYS_MON = Constituency(1, "Ynys Môn", "Wales")
TODAY, FIRST_SENT = date(2026, 11, 22), date(2026, 8, 1)
ANSWER = "Dysgais nofio yn afon Ogwen, a dyna lle mae fy mhlant yn nofio heddiw."
BODY = """Rwy’n byw yn {{ constituency.name }}, ac rwy’n ysgrifennu am ein hafonydd.

{{ answers.river }}

A wnewch chi ysgrifennu at y Gweinidog, a gofyn pryd y daw’r gollwng i ben?

Edrychaf ymlaen at eich ateb."""


def campaign(body: str = BODY, language: str = "cy", follow_up: str = "") -> Campaign:
    return Campaign.model_validate(
        {
            "slug": "afonydd",
            "title": "Afonydd glân",
            "subject": "Carthion yn afonydd {{ constituency.name }}",
            "language": language,
            "questions": [{"id": "river", "label": "Pa afon?"}],
            "body": body,
            "follow_up": follow_up,
        }
    )


def letter(member: Member = MEMBER, first_sent: date | None = None, **options: str) -> Letter:
    return Composition(campaign(**options), member, YNYS_MON, SENDER, {"river": ANSWER}, TODAY, first_sent).letter


def test_greeting_date_and_close() -> None:
    made = letter()
    assert made.body.startswith("Annwyl Ms Abbott,\n\nRwy’n byw yn Ynys Môn")
    assert made.body.endswith("\n\nYn gywir,\n\nSiân Example")
    assert made.dated == "22 Tachwedd 2026"


def test_a_member_yet_to_come_is_greeted_in_the_letters_language() -> None:
    coming = ComingMember.for_constituency(YNYS_MON)
    assert letter(coming).body.startswith("Annwyl Aelod Seneddol,\n\n")
    assert letter(coming, language="en").body.startswith("Dear Member of Parliament,\n\n")


def test_the_second_letter() -> None:
    made = letter(first_sent=FIRST_SENT)
    assert made.subject == "Carthion yn afonydd Ynys Môn: fy llythyr dyddiedig 1 Awst 2026"
    assert "Ar 1 Awst 2026 ysgrifennais atoch ynghylch “Carthion yn afonydd Ynys Môn”." in made.body
    assert ANSWER in made.body
    assert "Edrychaf ymlaen at eich ateb." in made.body


def test_a_second_letter_of_the_campaigns_own_has_the_date_in_welsh() -> None:
    made = letter(first_sent=FIRST_SENT, follow_up="Ysgrifennais ar {{ first_letter.date }}.")
    assert made.body == "Annwyl Ms Abbott,\n\nYsgrifennais ar 1 Awst 2026.\n\nYn gywir,\n\nSiân Example"


def test_as_text() -> None:
    text = email.plain_text(letter())
    assert text.startswith("At: d@example.org\r\nPwnc: Carthion yn afonydd Ynys Môn\r\n\r\nAnnwyl Ms Abbott,")
    assert "Yn gywir,\r\n\r\nSiân Example\r\n12 Example Street" in text


def test_on_paper(pdf_pool: PdfPool) -> None:
    """Read aloud in Welsh, pages numbered in Welsh, room to sign under the Welsh close."""
    with pdfplumber.open(io.BytesIO(pdf_pool.typeset(letter(body=f"{BODY}\n\n" * 6)))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
        assert pdf.doc.catalog["Lang"] in (b"cy", "cy")
        lines = pdf.pages[-1].extract_text_lines()
    assert len(texts) > 1
    assert f"Tudalen 2 o {len(texts)}" in texts[1]
    assert "22 Tachwedd 2026" in texts[0]
    assert "Page" not in "".join(texts)
    close, name = lines[-2:]
    assert close["text"] == "Yn gywir,"
    assert name["text"] == "Siân Example"
    assert name["top"] - close["bottom"] > 30, "points for a signature"


@pytest.mark.parametrize("first_sent", [None, FIRST_SENT])
def test_nothing_is_held_against_a_letter_in_welsh(first_sent: date | None) -> None:
    assert checks(letter(first_sent=first_sent), MEMBER, Proof(1)) == []


def test_a_missing_greeting_is_suggested_in_the_letters_language_and_said_in_the_pages() -> None:
    made = letter()
    without = replace(made, body=made.body.split("\n\n", 1)[1])
    (remark,) = checks(without, MEMBER, Proof(1))
    assert remark.says == "The letter has no greeting. Begin with “Annwyl Ms Abbott,”."
    with use_locale(WELSH):
        (remark,) = checks(without, MEMBER, Proof(1))
    assert remark.says == "Nid oes cyfarchiad yn y llythyr. Dechreuwch gyda “Annwyl Ms Abbott,”."


def test_seats_and_whoever_comes_are_named_in_the_letters_language() -> None:
    """The page may speak another; on the envelope stands what Parliament calls the seat."""
    seat = Constituency(2, "Cardiff North", "Wales")
    names = "{{ member.name }}, {{ member.full_title }}, {{ constituency.name }}"
    body = names + "{% if member.party == 'Labour' %}!{% endif %}"
    texts = {}
    for page in LANGUAGES.values():
        with use_locale(page):
            for member in (MEMBER, ComingMember.for_constituency(seat)):
                for language in LANGUAGES:
                    made = Composition(campaign(body, language), member, seat, SENDER, {}, TODAY).letter
                    texts[page.code, member.id, language] = made.body.split("\n\n")[1]
                    assert member.is_yet_to_come == ("Cardiff North" in made.recipient)
    for code in LANGUAGES:
        assert texts[code, MEMBER.id, "en"] == "Ms Diane Abbott, Rt Hon Diane Abbott MP, Cardiff North!"
        assert texts[code, MEMBER.id, "cy"] == "Ms Diane Abbott, Rt Hon Diane Abbott MP, Gogledd Caerdydd!"
        assert texts[code, 0, "en"] == (
            "the Member of Parliament for Cardiff North, The Member of Parliament for Cardiff North, Cardiff North"
        )
        assert texts[code, 0, "cy"] == (
            "Aelod Seneddol etholaeth Gogledd Caerdydd, Aelod Seneddol etholaeth Gogledd Caerdydd, Gogledd Caerdydd"
        )


def test_only_the_writers_words_count_as_theirs() -> None:
    made = letter()
    found = personal(Composition(campaign(), MEMBER, YNYS_MON, SENDER, {}, TODAY), made)
    assert found.own == len(ANSWER.split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_all_its_words(code: str) -> None:
    words = wording_in(code)
    assert len({words.day(date(2026, month, 1)) for month in range(1, 13)}) == 12
    assert words.close.endswith(",")
    assert "{subject}" in words.follow_up_subject
    assert "{date}" in words.follow_up_subject
    for placeholder in ("{{ first_letter.date }}", "{{ first_letter.subject }}"):
        assert placeholder in words.follow_up


def test_the_two_have_nothing_in_common() -> None:
    english, welsh = wording_in("en"), wording_in("cy")
    for name in english.__slots__:
        assert getattr(english, name) != getattr(welsh, name)
