"""The letter of a posted form: composed, or changed by hand. If both conflict, the writer chooses."""

from dataclasses import dataclass, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from app.i18n.translate import lazy_gettext
from app.letters.composition import Composition
from app.letters.letter import Letter, LetterTooLong
from app.web.journey.forms import FirstLetterForm, LetterForm
from app.web.journey.manual_edits import ManualEdits, fingerprints_of, join_subject
from app.web.journey.other_versions import other_versions
from app.web.journey.posted import Posted

TOO_LONG = lazy_gettext(
    "The letter is too long. Shorten it to 10,000 characters, 100 paragraphs and 300 lines or fewer"
)


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter that can still be changed, with the context of its page."""

    composition: Composition
    letter: Letter
    form: LetterForm
    original: tuple[str, ...]
    """``fingerprints_of`` the composed letter, which show what was changed."""
    other: str
    """Earlier versions of it, for the writer to look up."""

    @property
    def is_changed(self) -> bool:
        """True if it was changed by hand."""
        return fingerprints_of(self.letter) != self.original

    @property
    def is_valid(self) -> bool:
        """True if the form has no errors."""
        return not self.form.problems


@dataclass(frozen=True, slots=True)
class EditConflict:
    """Two letters, for the writer to choose from."""

    edited: Letter
    """The letter with the changes made by hand."""
    new: Letter

    @property
    def has_two_languages(self) -> bool:
        """True if the changes were made in another language. ``edited`` is then the whole earlier letter."""
        return self.edited.language != self.new.language


def first_sent(posted: Posted) -> date | None:
    """Return the date of the letter that this one follows up; None if it is a first letter."""
    form = FirstLetterForm(posted.form)
    return form.first_sent.data if form.validate() else None


def composed_draft(composition: Composition, posted: Posted) -> LetterDraft:
    """Return the composed letter, without changes."""
    return _make_draft(
        composition, composition.letter, fingerprints_of(composition.letter), posted, other_versions(posted)
    )


def changed_draft(composition: Composition, posted: Posted) -> LetterDraft:
    """Return the letter in the form, with the form's errors."""
    composed, form = composition.letter, LetterForm(posted.form)
    letter, original = composed, tuple(posted.get("composed").split()) or fingerprints_of(composed)
    form.validate()
    if not form.subject.errors and not form.body.errors:
        try:
            letter = replace(composed, subject=form.subject.data or "", body=form.body.data or "")
        except LetterTooLong:
            form.body.errors = [TOO_LONG]
    return LetterDraft(composition, letter, form, original, other_versions(posted))


def draft_with_edits(composition: Composition, edits: ManualEdits, posted: Posted) -> LetterDraft | EditConflict:
    """Return the letter with the changes made earlier; or the conflict, if a different letter is composed now."""
    composed = composition.letter
    try:
        edited = edits.put_into(composed)
    except LetterTooLong:
        return _too_long_draft(composition, edits, posted)
    if edits.original == fingerprints_of(composed):
        return _make_draft(composition, edited, edits.original, posted, other_versions(posted))
    match posted.get("use"):
        case "new":
            other = other_versions(posted, join_subject(edits.subject, edits.body))
            return _make_draft(composition, composed, fingerprints_of(composed), posted, other)
        case "edited" if not edits.is_foreign_to(composed):
            other = other_versions(posted, join_subject(composed.subject, composed.body))
            return _make_draft(composition, edited, fingerprints_of(composed), posted, other)
    return EditConflict(edited, composed)


def _make_draft(
    composition: Composition, letter: Letter, original: tuple[str, ...], posted: Posted, other: str
) -> LetterDraft:
    fields = {"subject": letter.subject, "body": letter.body, "copy_to": posted.get("copy_to")}
    form = LetterForm(MultiDict(fields))
    form.validate()
    return LetterDraft(composition, letter, form, original, other)


def _too_long_draft(composition: Composition, edits: ManualEdits, posted: Posted) -> LetterDraft:
    form = LetterForm(data={"subject": edits.subject, "body": edits.body})
    form.body.errors = [TOO_LONG]
    letter = replace(composition.letter, language=edits.language or composition.letter.language)
    return LetterDraft(composition, letter, form, edits.original, other_versions(posted))
