"""The forms of the supporter's journey: their fields, and errors in plain words."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from wtforms import DateField, Field, Form, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, StopValidation, ValidationError

from app.campaigns.campaign import Campaign, Question
from app.i18n.translate import gettext as _
from app.i18n.translate import lazy_gettext
from app.letters.gaps import ANSWER
from app.letters.letter import Sender
from app.letters.text import LONGEST_SUBJECT, clean_line, clean_paragraphs, count_words, drop_private
from app.mp.dissolution import today
from app.mp.postcode import EmptyPostcode, MalformedPostcode, PartialPostcode, Postcode, PostcodeError

LONGEST_LINE = 100  # characters
LONGEST_NAME = 60  # characters that fit on a line of the address
LONGEST_WORD = 20  # characters, on average over an answer
ONE_EMAIL = r"""[^\s@,;:?<>\(\)\[\]\\"]+@[^\W_][\w\-]*(\.[\w\-]+)+"""  # as scripts read patterns too
_OLDEST = timedelta(days=400)
_NO_DATE = lazy_gettext("Enter the day you sent it, like 1/11/2026")

_POSTCODE_ERRORS: dict[type[PostcodeError], str] = {
    EmptyPostcode: lazy_gettext("Enter your postcode"),
    PartialPostcode: lazy_gettext("Enter a full UK postcode, like SW1A 1AA. This looks like the beginning of one"),
    MalformedPostcode: lazy_gettext("Enter a full UK postcode, like SW1A 1AA"),
}


def _is_postcode(form: Form, field: Field) -> None:  # noqa: ARG001
    try:
        Postcode.parse(field.data or "")
    except PostcodeError as error:
        raise StopValidation(_POSTCODE_ERRORS[type(error)]) from None


def _cleaner(clean: Callable[[str], str]) -> Callable[[str | None], str]:
    return lambda text: clean(drop_private(text or ""))


def _line_field(label: str, missing: str, too_long: str, autocomplete: str, longest: int = LONGEST_LINE) -> StringField:
    first = DataRequired(missing) if missing else Optional()
    return StringField(
        label,
        validators=[first, Length(max=longest, message=too_long)],
        filters=[_cleaner(clean_line)],
        render_kw={"autocomplete": autocomplete},
    )


class AnswerField(TextAreaField):
    """A field for an answer, with beginnings of sentences as prompts."""

    def __init__(self, *args: Any, prompts: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prompts = prompts


class JourneyForm(Form):
    """A form whose errors can be listed at the top of the page."""

    def ordered_fields(self) -> list[Field]:
        """Return the fields in the order of the page."""
        return list(self)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Id and first error of each field that has errors, in the order of the page."""
        return [(field.id, field.errors[0]) for field in self.ordered_fields() if field.errors]


class PostcodeForm(JourneyForm):
    """The first question of the journey."""

    postcode = StringField(
        lazy_gettext("Your postcode"),
        validators=[_is_postcode],
        filters=[_cleaner(clean_line)],
        render_kw={"autocomplete": "postal-code", "class": "short"},
    )

    @property
    def parsed_postcode(self) -> Postcode:
        """The postcode of a valid form."""
        return Postcode.parse(self.postcode.data or "")


class WriterForm(PostcodeForm):
    """The writer's name and address. ``writer_form`` adds the campaign's questions."""

    name = _line_field(
        lazy_gettext("Full name"),
        lazy_gettext("Enter your full name"),
        lazy_gettext("Full name must be %(max)d characters or fewer"),
        "name",
    )
    address_line_1 = _line_field(
        lazy_gettext("Address line 1"),
        lazy_gettext("Enter the first line of your address"),
        lazy_gettext("Address line 1 must be %(max)d characters or fewer"),
        "address-line1",
    )
    address_line_2 = _line_field(
        lazy_gettext("Address line 2"),
        "",
        lazy_gettext("Address line 2 must be %(max)d characters or fewer"),
        "address-line2",
    )
    town = _line_field(
        lazy_gettext("Town or city"),
        lazy_gettext("Enter your town or city"),
        lazy_gettext("Town or city must be %(max)d characters or fewer"),
        "address-level2",
    )

    @property
    def sender(self) -> Sender:
        """The writer of a valid form."""
        street = (self.address_line_1.data or "", self.address_line_2.data or "")
        return Sender(self.name.data or "", street, self.town.data or "", str(self.parsed_postcode))

    @property
    def questions(self) -> list[Field]:
        """The fields of the campaign's questions."""
        return [field for field in self if field.name.startswith(ANSWER)]

    def ordered_fields(self) -> list[Field]:
        """Return the questions first, then name and address."""
        return [*self.questions, *(field for field in self if field not in self.questions)]

    @property
    def answers(self) -> dict[str, str]:
        """The answers, by the id of the question."""
        return {field.name.removeprefix(ANSWER): field.data for field in self.questions}


class ByHandForm(JourneyForm):
    """The MP's name, from the writer, when nothing else works."""

    mp_name = _line_field(
        lazy_gettext("Your MP’s name"),
        lazy_gettext("Enter your MP’s name"),
        lazy_gettext("Your MP’s name must be %(max)d characters or fewer"),
        "off",
        LONGEST_NAME,
    )
    mp_constituency = _line_field(
        lazy_gettext("Your constituency"),
        lazy_gettext("Enter the name of your constituency"),
        lazy_gettext("Your constituency must be %(max)d characters or fewer"),
        "off",
    )


class LetterForm(JourneyForm):
    """The letter, for the writer to change."""

    subject = TextAreaField(
        lazy_gettext("Subject"),
        validators=[
            DataRequired(lazy_gettext("Enter a subject")),
            Length(max=LONGEST_SUBJECT, message=lazy_gettext("The subject must be %(max)d characters or fewer")),
        ],
        filters=[_cleaner(clean_line)],
        render_kw={"dir": "auto"},
    )
    body = TextAreaField(
        lazy_gettext("Letter"),
        validators=[DataRequired(lazy_gettext("The letter is empty"))],
        filters=[_cleaner(clean_paragraphs)],
        render_kw={"dir": "auto"},
    )
    copy_to = StringField(
        lazy_gettext("Your email address, for a copy to yourself"),
        validators=[
            Optional(),
            Length(max=200, message=lazy_gettext("The email address must be %(max)d characters or fewer")),
            Regexp(
                re.compile(f"{ONE_EMAIL}$", re.ASCII),
                message=lazy_gettext("Enter one email address, like name@example.org"),
            ),
        ],
        filters=[_cleaner(clean_line)],
        render_kw={"autocomplete": "email", "type": "email", "pattern": ONE_EMAIL},  # the page's script asks it too
    )


class FirstLetterForm(JourneyForm):
    """The date of the letter that had no answer."""

    first_sent = DateField(
        lazy_gettext("When did you send your letter?"),
        format=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
        validators=[InputRequired(_NO_DATE)],
        render_kw={"class": "short"},
    )

    def validate_first_sent(self, field: Field) -> None:
        """Accept a day in the past, and not long ago."""
        if field.data is None:
            field.errors = []  # without the message of WTForms
            raise ValidationError(_NO_DATE)
        if not today() - _OLDEST <= field.data <= today():
            raise ValidationError(_("Enter a day in the last year, and not after today"))


def writer_form(campaign: Campaign) -> type[WriterForm]:
    """Return a form with a field ``answer-<id>`` for each of the campaign's questions."""
    questions = {f"{ANSWER}{question.id}": _answer_field(question) for question in campaign.questions}
    return type("CampaignForm", (WriterForm,), questions)


def _answer_field(question: Question) -> TextAreaField:
    def not_too_long(form: Form, field: Field) -> None:  # noqa: ARG001
        count = count_words(field.data or "")
        if count > question.max_words or len(field.data or "") > question.max_words * LONGEST_WORD:
            most = question.max_words
            raise ValidationError(_("Use %(most)d words or fewer. You have used %(count)d", most=most, count=count))

    missing = lazy_gettext("Write a few words of your own. A sentence is enough")
    first = DataRequired(missing) if question.required else Optional()
    return AnswerField(
        question.label,
        description=question.hint,
        validators=[first, not_too_long],
        filters=[_cleaner(clean_paragraphs)],
        render_kw={"rows": "5", "dir": "auto"},
        prompts=question.prompts,
    )
