"""The letter that a posted form makes: composed, or changed by hand; where the two conflict, the writer is asked."""

from dataclasses import dataclass, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from app.i18n.translate import lazy_gettext
from app.letters.composition import Composition
from app.letters.letter import Letter, LetterTooLong
from app.web.journey.forms import FirstLetterForm, LetterForm
from app.web.journey.manual_edits import ManualEdits, as_one_text, fingerprints_of
from app.web.journey.other_versions import other_versions
from app.web.journey.posted import Posted

TOO_LONG = lazy_gettext(
    "The letter is too long. Shorten it to 10,000 characters, 100 paragraphs and 300 lines or fewer"
)


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter that can still be changed, and what its page knows about it."""

    composition: Composition
    letter: Letter
    form: LetterForm
    original: tuple[str, ...]
    """``fingerprints_of`` the letter as it was composed, which show what was changed."""
    other: str
    """Another version of it, to look back at."""

    @property
    def is_changed(self) -> bool:
        """True if it was changed by hand."""
        return fingerprints_of(self.letter) != self.original

    @property
    def is_valid(self) -> bool:
        """True if there is nothing to correct in the form."""
        return not self.form.problems


@dataclass(frozen=True, slots=True)
class EditConflict:
    """Two letters, of which the writer chooses one."""

    edited: Letter
    """The letter with the changes made by hand."""
    new: Letter

    @property
    def is_of_two_languages(self) -> bool:
        """True if the changes were made in another language, so that ``edited`` is as it was, whole."""
        return self.edited.language != self.new.language


def first_sent(posted: Posted) -> date | None:
    """Return when the letter was sent that this one follows up; None if it is a first letter."""
    form = FirstLetterForm(posted.form)
    return form.first_sent.data if form.validate() else None


def composed_draft(composition: Composition, posted: Posted) -> LetterDraft:
    """Return the letter as it was composed."""
    return _draft(composition, composition.letter, fingerprints_of(composition.letter), posted, other_versions(posted))


def changed_draft(composition: Composition, posted: Posted) -> LetterDraft:
    """Return the letter as the form has it, with what is wrong in the form."""
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
    """Return the letter with changes made earlier, or the conflict if it has become another letter since."""
    composed = composition.letter
    try:
        edited = edits.put_into(composed)
    except LetterTooLong:
        return _too_long(composition, edits, posted)
    if edits.original == fingerprints_of(composed):
        return _draft(composition, edited, edits.original, posted, other_versions(posted))
    match posted.get("use"):
        case "new":
            other = other_versions(posted, as_one_text(edits.subject, edits.body))
            return _draft(composition, composed, fingerprints_of(composed), posted, other)
        case "edited" if not edits.is_foreign_to(composed):
            other = other_versions(posted, as_one_text(composed.subject, composed.body))
            return _draft(composition, edited, fingerprints_of(composed), posted, other)
    return EditConflict(edited, composed)


def _draft(
    composition: Composition, letter: Letter, original: tuple[str, ...], posted: Posted, other: str
) -> LetterDraft:
    fields = {"subject": letter.subject, "body": letter.body, "copy_to": posted.get("copy_to")}
    form = LetterForm(MultiDict(fields))
    form.validate()
    return LetterDraft(composition, letter, form, original, other)


def _too_long(composition: Composition, edits: ManualEdits, posted: Posted) -> LetterDraft:
    form = LetterForm(data={"subject": edits.subject, "body": edits.body})
    form.body.errors = [TOO_LONG]
    letter = replace(composition.letter, language=edits.language or composition.letter.language)
    return LetterDraft(composition, letter, form, edits.original, other_versions(posted))
