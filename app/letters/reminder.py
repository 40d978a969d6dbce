"""A note for the writer's own calendar: has the MP answered?"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from icalendar import Alarm, Calendar, Event

from app.i18n.dates import day_in_words
from app.i18n.translate import current_locale
from app.i18n.translate import gettext as _
from app.letters.letter import Letter
from app.mp.people import Member

WEEKS = 3


def reminder_day(today: date) -> date:
    """Return the day by which an answer may be expected."""
    return today + timedelta(weeks=WEEKS)


def reminder(letter: Letter, member: Member, address: str) -> bytes:
    """Return a calendar file (``.ics``) with a whole-day event three weeks after the letter.

    ``address`` is the web page where the supporter can write again. The file holds nothing about the writer.
    """
    event = Event()
    event.add("uid", str(uuid4()))
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", _("Has %(name)s answered my letter?", name=member.name))
    event.add(
        "description",
        _(
            "You wrote on %(day)s about “%(subject)s”.\n\n"
            "If no answer has come, write again, and say when you first wrote: %(address)s\n\n"
            "If one has, see whether it says what your MP will do, and tell them what you think of it.",
            day=day_in_words(letter.date),
            subject=letter.subject,
            address=address,
        ),
    )
    day = reminder_day(letter.date)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", f"-//Dear MP//{current_locale().code.upper()}")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file
