"""The letter that a posted form makes: composed, or changed by hand; where the two part, the writer is asked."""

from dataclasses import dataclass, replace
from datetime import date

from flask import request
from werkzeug.datastructures import MultiDict

from app.campaigns.campaign import Campaign
from app.i18n.translate import lazy_gettext
from app.letters.compose import compose
from app.letters.letter import Letter, LetterTooLong
from app.mp.dissolution import today
from app.mp.outcomes import Found
from app.web.journey.forms import FirstLetterForm, LetterForm, WriterForm
from app.web.journey.hidden_fields import Edits, base_of, posted_line, whole
from app.web.journey.other_versions import other_versions

TOO_LONG = lazy_gettext(
    "The letter is too long. Shorten it to 10,000 characters, 100 paragraphs and 300 lines or fewer"
)


@dataclass(frozen=True, slots=True)
class LetterInHand:
    """A letter, and what its page knows about it."""

    letter: Letter
    form: LetterForm
    base: tuple[str, ...]
    """What ``base_of`` says of the letter as it was composed, by which changes are told."""
    first_sent: date | None
    """When the letter went out that this one follows up."""
    other: str
    """Another version of it, to look back at."""

    @property
    def is_changed(self) -> bool:
        """Whether it was changed by hand."""
        return base_of(self.letter) != self.base

    @property
    def is_valid(self) -> bool:
        """Whether there is nothing to mend in the form."""
        return not self.form.problems


@dataclass(frozen=True, slots=True)
class Choice:
    """Two letters, of which the writer chooses one."""

    edited: Letter
    """With the changes made by hand."""
    new: Letter

    @property
    def is_of_two_languages(self) -> bool:
        """Whether the changes were made in another language, so that ``edited`` is as it was, whole."""
        return self.edited.language != self.new.language


def compose_posted(campaign: Campaign, found: Found, writer: WriterForm) -> Letter:
    """The letter by the campaign's text, of a valid form. Raises LetterTooLong."""
    return compose(
        campaign,
        found.member,
        found.constituency,
        writer.sender,
        writer.answers,
        today(),
        posted_first_sent(),
        posted_line("first_subject"),
    )


def posted_first_sent() -> date | None:
    """The day of the letter that this one follows up."""
    form = FirstLetterForm(request.form)
    return form.first_sent.data if form.validate() else None


def in_hand(letter: Letter, base: tuple[str, ...] = (), *, other: str = "") -> LetterInHand:
    """A letter as it is now, for its page."""
    typed = {"subject": letter.subject, "body": letter.body, "copy_to": request.form.get("copy_to", "")}
    form = LetterForm(MultiDict(typed))
    form.validate()
    return LetterInHand(letter, form, base or base_of(letter), posted_first_sent(), other or other_versions())


def changed(composed: Letter) -> LetterInHand:
    """The letter as the form has it, with what is wrong in the form."""
    form = LetterForm(request.form)
    letter, base = composed, tuple(request.form.get("composed", "").split()) or base_of(composed)
    form.validate()
    if not form.subject.errors and not form.body.errors:
        try:
            letter = replace(composed, subject=form.subject.data or "", body=form.body.data or "")
        except LetterTooLong:
            form.body.errors = [TOO_LONG]
    return LetterInHand(letter, form, base, posted_first_sent(), other_versions())


def with_edits(composed: Letter, edits: Edits) -> LetterInHand | Choice:
    """The letter with changes made earlier; a choice, if it has become another since."""
    try:
        edited = edits.put_into(composed)
    except LetterTooLong:
        return _too_long(composed, edits)
    if edits.base == base_of(composed):
        return in_hand(edited, edits.base)
    used = request.form.get("use")
    if used == "new":
        return in_hand(composed, other=other_versions(whole(edits.subject, edits.body)))
    if used == "edited" and not edits.is_foreign_to(composed):
        return in_hand(edited, base_of(composed), other=other_versions(whole(composed.subject, composed.body)))
    return Choice(edited, composed)


def _too_long(composed: Letter, edits: Edits) -> LetterInHand:
    form = LetterForm(data={"subject": edits.subject, "body": edits.body})
    form.body.errors = [TOO_LONG]
    letter = replace(composed, language=edits.language or composed.language)
    return LetterInHand(letter, form, edits.base, posted_first_sent(), other_versions())
