"""What was typed on other pages, and goes along out of sight: nothing is kept here, and nothing may be lost.

A letter that was changed by hand goes along as ``earlier``, with the language and the marks of the letter it was made
of, until the letter's own page can put the changes into the letter as it is by then.
"""

from dataclasses import dataclass, replace

from flask import request

from app.i18n.languages import LANGUAGES
from app.letters.edits import marks, parts, with_edits
from app.letters.gaps import ANSWER
from app.letters.letter import Letter
from app.letters.text import LONGEST_SUBJECT, MOST_PARAGRAPHS, clean_line, clean_paragraphs, typed
from app.web.journey.other_versions import other_versions
from app.web.journey.signed_place import PLACE, place_in_hand

WHERE = ("constituency", "mp_name", "mp_constituency", "keep")
"""What the writer chose beside the postcode; a page that asks for it anew drops it."""
WRITER = ("name", "address_line_1", "address_line_2", "town", "postcode")
EDITS = ("earlier_subject", "earlier", "earlier_base")
"""A letter changed by hand: its subject, its text, and what ``base_of`` says of the letter before."""
_CARRIED = (*WRITER, PLACE, *WHERE, *EDITS, "other", "copy_to", "first_sent", "first_subject", "draft")


def carried(*shown: str) -> dict[str, str]:
    """What was posted and has no field on the next page. ``shown`` has one, or is dropped."""
    posted = {name: texts[-1] for name, texts in request.form.lists()}  # a button comes after what it replaces
    posted["other"] = other_versions()
    posted[PLACE] = place_in_hand()
    edits = Edits.of_letter()
    if edits:
        posted |= dict(zip(EDITS, (edits.subject, edits.body, " ".join(edits.base)), strict=True))
    return {
        name: text
        for name, text in posted.items()
        if (name in _CARRIED or name.startswith(ANSWER)) and name not in shown and text
    }


@dataclass(frozen=True, slots=True)
class Edits:
    """A letter changed by hand."""

    subject: str
    body: str
    base: tuple[str, ...]
    """What ``base_of`` says of the letter it was before."""

    @classmethod
    def of_letter(cls) -> "Edits | None":
        """The letter that was posted, if it was changed by hand."""
        edits = cls._posted("subject", "body", "composed")
        now = marks(edits.parts)
        is_emptied = not edits.body and (not edits.subject or now[:1] == edits.marks[:1])  # to begin anew
        return None if is_emptied or now == edits.marks else edits

    @classmethod
    def carried(cls) -> "Edits | None":
        """The one that goes along from an earlier page, if there is one."""
        edits = cls._posted(*EDITS)
        return edits if edits.body or edits.subject else None

    @classmethod
    def _posted(cls, subject: str, body: str, base: str) -> "Edits":
        text = {name: typed(request.form.get(name, "")) for name in (subject, body, base)}
        return cls(clean_line(text[subject]), clean_paragraphs(text[body]), tuple(text[base].split()))

    @property
    def parts(self) -> list[str]:
        """Subject and paragraphs."""
        return parts(self.subject, self.body)

    @property
    def language(self) -> str:
        """That of the letter it was before; empty where that is not known."""
        return language_of(self.base)

    @property
    def marks(self) -> list[str]:
        """Those of the letter it was before."""
        return list(self.base[1:] if self.language else self.base)

    def is_foreign_to(self, letter: Letter) -> bool:
        """Whether the letter is in another language than the one these changes were made in."""
        return self.language not in ("", letter.language)

    def put_into(self, letter: Letter) -> Letter:
        """The letter with these changes in it; if it is in another language, the one that was changed, whole.

        Raises LetterTooLong.
        """
        if self.is_foreign_to(letter):
            return replace(letter, subject=self.subject, body=self.body, language=self.language)
        as_changed = replace(letter, subject=self.subject or letter.subject, body=self.body)  # as long as any letter
        base, new = self.marks[: MOST_PARAGRAPHS + 1], parts(letter.subject, letter.body)
        subject, *body = with_edits(base, parts(as_changed.subject, as_changed.body), new)
        return replace(letter, subject=subject, body="\n\n".join(body))


def whole(subject: str, body: str) -> str:
    """A letter with its subject, as one text to look back at."""
    return f"{subject}\n\n{body}"


def base_of(letter: Letter) -> tuple[str, ...]:
    """The language of a letter as it was composed, and its marks, for its page to send along."""
    return (letter.language, *marks(parts(letter.subject, letter.body)))


def posted_line(name: str) -> str:
    """What was posted for a line of text no longer than a subject; empty if nothing was."""
    return clean_line(typed(request.form.get(name, "")))[:LONGEST_SUBJECT]


def posted_language() -> str:
    """The language of the letter that was posted, changed or not; empty where it is not known."""
    return language_of(tuple(request.form.get("composed", "").split()))


def language_of(base: tuple[str, ...]) -> str:
    """The language that ``base_of`` named; empty where it is not known."""
    return base[0] if base and base[0] in LANGUAGES else ""
