"""The pages of the finished letter: the letter, the choice between two letters, and the date of the first one."""

from enum import StrEnum

from app.campaigns.campaign import Campaign
from app.i18n.languages import LANGUAGES
from app.letters import checks, email
from app.letters.letter import Letter, Proof
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.personal import personal
from app.letters.reminder import reminder_day
from app.letters.tailoring import tailoring
from app.mp.outcomes import Found
from app.web.http.locale_routing import url_in_language
from app.web.journey.forms import FirstLetterForm
from app.web.journey.hidden_fields import hidden_fields
from app.web.journey.letter_draft import EditConflict, LetterDraft
from app.web.journey.manual_edits import EDITS, join_subject, posted_edits
from app.web.journey.other_versions import other_versions
from app.web.journey.pages import has_portrait
from app.web.journey.posted import Posted
from app.web.journey.rendering import Page, render
from app.web.services import services


class Trouble(StrEnum):
    """A problem that the letter's page shows at the top."""

    PDF_BUSY = "pdf-busy"
    PDF_FAILED = "pdf-failed"
    TOO_MANY_PAGES = "too-many-pages"
    FOR_ANOTHER_MEMBER = "for-another-member"
    """The letter was changed by hand, and may greet another member: the writer has to look at it first."""
    ANOTHER_MEMBER = "another-member"
    NONE = ""


_NOT_PRINTABLE = (Trouble.PDF_BUSY, Trouble.PDF_FAILED, Trouble.TOO_MANY_PAGES)


def letter_page(
    found: Found, draft: LetterDraft, posted: Posted, *, trouble: Trouble = Trouble.NONE, status: int = 200
) -> Page:
    """Make the page where the writer can change and send the letter."""
    campaign, letter = draft.composition.campaign, draft.letter
    if not trouble and is_another_member(found, posted):
        trouble = Trouble.ANOTHER_MEMBER
    copy_to = "" if draft.form.copy_to.errors else draft.form.copy_to.data or ""
    return render(
        "journey/letter.html",
        posted,
        status,
        campaign=campaign,
        found=found,
        letter=letter,
        form=draft.form,
        composed=" ".join(draft.original),
        is_changed=draft.is_changed,
        other=draft.other,
        first_sent=draft.composition.first_sent,
        trouble=trouble,
        portrait=has_portrait(found),
        tailoring=tailoring(draft.composition),
        email_text=email.email_text(letter),
        links=email.links(letter, copy_to, own_first=posted.is_handheld),
        personal=personal(draft.composition, letter),
        checks=_run_checks(letter, found, trouble),
        reminder_day=reminder_day(letter.date),
        share_url=share_url(campaign),
        hidden_fields=hidden_fields(posted, "other", "copy_to", *EDITS),
    )


def conflict_page(campaign: Campaign, found: Found, conflict: EditConflict, posted: Posted, status: int = 200) -> Page:
    """Make the page that shows two letters, and asks which one to continue with."""
    return render(
        "journey/letter_or_language.html" if conflict.has_two_languages else "journey/edits.html",
        posted,
        status,
        campaign=campaign,
        found=found,
        conflict=conflict,
        is_another_member=is_another_member(found, posted),
        written_in=LANGUAGES[conflict.edited.language],
        hidden_fields=hidden_fields(posted),
    )


def first_letter_page(
    campaign: Campaign, found: Found, form: FirstLetterForm, posted: Posted, status: int = 200
) -> Page:
    """Make the page that asks for the date of the letter that this one will follow up."""
    first = posted_edits(posted)
    known = {"other": other_versions(posted, join_subject(first.subject, first.body))} if first else {}
    # The subject of the first letter stays in its own language.
    if subject := posted.without_cut({"subject": posted.line("subject")}).get("subject"):
        known["first_subject"] = subject
    fields = hidden_fields(posted, "first_sent", *EDITS) | known
    return render(
        "journey/first_letter.html", posted, status, campaign=campaign, found=found, form=form, hidden_fields=fields
    )


def is_another_member(found: Found, posted: Posted) -> bool:
    """Return whether the previous page showed a different member."""
    return posted.has("member") and posted.get("member") != str(found.member.id)


def share_url(campaign: Campaign) -> str:
    """Return the campaign's URL, in its own language. Nothing in it says who shared it."""
    return url_in_language(LANGUAGES[campaign.language], "journey.campaign", slug=campaign.slug)


def _run_checks(letter: Letter, found: Found, trouble: Trouble) -> list[checks.Check]:
    if trouble in _NOT_PRINTABLE:
        return checks.checks(letter, found.member, Proof(1))  # the page itself says what is wrong on paper
    try:
        proof = services().pdf_pool.proof(letter)
    except (PdfPoolBusy, PdfFailed):
        proof = None
    return checks.checks(letter, found.member, proof)
