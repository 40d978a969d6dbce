"""A letter that was changed by hand, with the fingerprints of the letter before the changes."""

from dataclasses import dataclass, replace

from app.i18n.languages import LANGUAGES
from app.letters.edits import fingerprints, sections, with_edits
from app.letters.letter import Letter
from app.letters.text import MOST_PARAGRAPHS, clean_line, clean_paragraphs, drop_private
from app.web.journey.posted import Posted

EDITS = ("earlier_subject", "earlier", "earlier_base")
"""Fields with a letter that was changed on an earlier page: subject, text and original fingerprints."""


@dataclass(frozen=True, slots=True)
class ManualEdits:
    """A letter changed by hand."""

    subject: str
    body: str
    original: tuple[str, ...]
    """``fingerprints_of`` the letter before it was changed."""

    @property
    def sections(self) -> list[str]:
        """Subject and paragraphs."""
        return sections(self.subject, self.body)

    @property
    def language(self) -> str:
        """The language of the letter before it was changed; empty if that is not known."""
        return language_of(self.original)

    @property
    def original_fingerprints(self) -> list[str]:
        """A fingerprint for each section of the letter before it was changed."""
        return list(self.original[1:] if self.language else self.original)

    def is_foreign_to(self, letter: Letter) -> bool:
        """Return whether the changes were made in another language than the letter's."""
        return self.language not in ("", letter.language)

    def put_into(self, letter: Letter) -> Letter:
        """Return the letter with these changes in it; the whole changed letter if the languages differ.

        Raises LetterTooLong.
        """
        if self.is_foreign_to(letter):
            return replace(letter, subject=self.subject, body=self.body, language=self.language)
        changed = replace(letter, subject=self.subject or letter.subject, body=self.body)  # checks the length
        before, new = self.original_fingerprints[: MOST_PARAGRAPHS + 1], sections(letter.subject, letter.body)
        subject, *body = with_edits(before, sections(changed.subject, changed.body), new)
        return replace(letter, subject=subject, body="\n\n".join(body))


def posted_edits(posted: Posted) -> ManualEdits | None:
    """Return the letter that was posted, if it was changed by hand."""
    edits = _read_edits(posted, "subject", "body", "composed")
    current = fingerprints(edits.sections)
    is_emptied = not edits.body and (
        not edits.subject or current[:1] == edits.original_fingerprints[:1]
    )  # to start again
    return None if is_emptied or current == edits.original_fingerprints else edits


def earlier_edits(posted: Posted) -> ManualEdits | None:
    """Return the letter that was changed on an earlier page, if there is one."""
    edits = _read_edits(posted, *EDITS)
    return edits if edits.body or edits.subject else None


def _read_edits(posted: Posted, subject: str, body: str, original: str) -> ManualEdits:
    text = {name: drop_private(posted.get(name)) for name in (subject, body, original)}
    return ManualEdits(clean_line(text[subject]), clean_paragraphs(text[body]), tuple(text[original].split()))


def fingerprints_of(letter: Letter) -> tuple[str, ...]:
    """Return the language and the fingerprints of a composed letter, for the field ``composed``."""
    return (letter.language, *fingerprints(sections(letter.subject, letter.body)))


def posted_language(posted: Posted) -> str:
    """Return the language of the posted letter, changed or not; empty if that is not known."""
    return language_of(tuple(posted.get("composed").split()))


def language_of(original: tuple[str, ...]) -> str:
    """Return the language in the result of ``fingerprints_of``; empty if that is not known."""
    return original[0] if original and original[0] in LANGUAGES else ""


def join_subject(subject: str, body: str) -> str:
    """Return a letter and its subject as one text."""
    return f"{subject}\n\n{body}"
