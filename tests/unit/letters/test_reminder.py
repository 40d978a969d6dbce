"""The note for the writer's own calendar, as a calendar reads it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.letters.letter import Letter, Sender
from app.letters.reminder import WEEKS, reminder, reminder_day
from app.letters.text import clean_line
from app.mp.people import Member

ADDRESS = "https://www.example.org/c/rivers"
MEMBER = Member(172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Labour")
LETTER = Letter(
    sender=Sender("Siân Example", ("12 Example Street", "Flat 7"), "Llanfair", "SW1A 1AA"),
    recipient=MEMBER.address_block,
    email="diane.abbott.mp@parliament.uk",
    date=date(2026, 11, 22),
    subject="Clean rivers in Hackney",
    body="Dear Ms Abbott,\n\nI swim in the Lea.\n\nYours sincerely,\n\nSiân Example",
)
HOSTILE = [
    "Rivers, seas; and \\lakes\\n",
    "Rivers: “clean”",
    "Rivers\nEND:VEVENT\nBEGIN:VEVENT",
    "\r\nATTENDEE:mailto:other@example.org\r\n",
    'x";ATTENDEE="y',
    "ŵ" * 400,
    "👩‍🔬 ئۇيغۇر 河流 " * 20,
    "",
]


def file(letter: Letter = LETTER, member: Member = MEMBER) -> bytes:
    return reminder(letter, member, ADDRESS)


def event(ics: bytes) -> Any:
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    return event


def test_is_three_weeks_after_the_letter() -> None:
    assert WEEKS == 3
    assert reminder_day(date(2026, 11, 22)) == date(2026, 12, 13)
    assert reminder_day(date(2024, 2, 10)) == date(2024, 3, 2)


def test_is_a_whole_day_on_which_nobody_is_busy() -> None:
    found = event(file())
    start, end = found.decoded("dtstart"), found.decoded("dtend")
    assert (start, end) == (date(2026, 12, 13), date(2026, 12, 14))
    assert not isinstance(start, datetime), "an hour would stand in one time zone only"
    assert found["transp"] == "TRANSPARENT"
    assert found["dtstamp"].dt.tzinfo is not None


def test_rings_in_the_morning() -> None:
    (alarm,) = event(file()).walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm.decoded("trigger") == timedelta(hours=9)
    assert alarm["description"] == "Has Ms Diane Abbott answered my letter?"


def test_says_what_to_do() -> None:
    found = event(file())
    assert found["summary"] == "Has Ms Diane Abbott answered my letter?"
    assert "You wrote on 22 November 2026 about “Clean rivers in Hackney”." in found["description"]
    assert ADDRESS in found["description"]


def test_says_nothing_about_the_writer() -> None:
    """A calendar may be shared, and is often kept by somebody else."""
    text = file().decode().replace("\r\n ", "").casefold()
    sender = LETTER.sender
    for part in (*sender.name.split(), *sender.address, "Example Street", "SW1A", "1AA", LETTER.email, "swim"):
        assert part.casefold() not in text.replace(ADDRESS, "")
    assert {"ORGANIZER", "ATTENDEE", "LOCATION", "CONTACT"}.isdisjoint(event(file()))


def test_is_a_calendar_of_one_entry() -> None:
    calendar = Calendar.from_ical(file())
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Dear MP//EN")
    assert "method" not in calendar, "it is no invitation"
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT", "VALARM"]


def test_two_are_two_entries() -> None:
    assert event(file())["uid"] != event(file())["uid"]


@pytest.mark.parametrize("subject", HOSTILE)
def test_a_subject_is_text_whatever_it_holds(subject: str) -> None:
    ics = file(replace(LETTER, subject=subject))
    found = event(ics)
    assert set(found) == {"UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "TRANSP"}
    assert f"about “{subject}”." in found["description"].replace("\r\n", "\n") or "\r" in subject
    assert ADDRESS in found["description"]
    _assert_lines_are_as_they_must_be(ics)


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_a_name_typed_by_hand_is_text_too(name: str) -> None:
    """Of a member whom nobody could look up."""
    member = Member.from_typed_name(clean_line(name))
    ics = file(member=member)
    assert event(ics)["summary"] == f"Has {member.name} answered my letter?"
    _assert_lines_are_as_they_must_be(ics)


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_subject_reads_back(subject: str) -> None:
    subject = clean_line(subject)
    ics = file(replace(LETTER, subject=subject[:400]))
    assert f"about “{subject[:400]}”." in event(ics)["description"]
    _assert_lines_are_as_they_must_be(ics)


def _assert_lines_are_as_they_must_be(ics: bytes) -> None:
    """RFC 5545, section 3.1: ended by CR and LF, of 75 octets at most, and no character is cut in two."""
    assert ics.endswith(b"END:VCALENDAR\r\n")
    assert not set(b"\r\n") & set(ics.replace(b"\r\n", b""))
    for line in ics.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
