"""The pages of the finished letter: the letter itself, a choice between two of them, and the day of the first."""

from flask import Response, make_response, render_template, request

from app.campaigns.campaign import Campaign
from app.i18n.languages import LANGUAGES
from app.letters import checks, email
from app.letters.letter import Letter, Proof
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.personal import personal
from app.letters.reminder import reminder_day
from app.letters.tailoring import tailoring
from app.mp.outcomes import Found
from app.web.http.field_limits import without_cut
from app.web.http.locale_routing import address_in
from app.web.journey.forms import FirstLetterForm
from app.web.journey.hidden_fields import EDITS, Edits, carried, posted_line, whole
from app.web.journey.letter_draft import Choice, LetterInHand
from app.web.journey.other_versions import other_versions
from app.web.journey.pages import has_portrait
from app.web.services import services


def letter_page(
    campaign: Campaign, found: Found, in_hand: LetterInHand, *, trouble: str = "", status: int = 200
) -> Response:
    """The letter, to be changed and sent. ``trouble`` is ``busy``, ``failed``, ``long`` or ``member``: a new one."""
    letter = in_hand.letter
    if not trouble and is_another_member(found):
        trouble = "new member"
    copy_to = "" if in_hand.form.copy_to.errors else in_hand.form.copy_to.data or ""
    page = render_template(
        "journey/letter.html",
        campaign=campaign,
        found=found,
        letter=letter,
        form=in_hand.form,
        composed=" ".join(in_hand.base),
        is_changed=in_hand.is_changed,
        other=in_hand.other,
        first_sent=in_hand.first_sent,
        trouble=trouble,
        portrait=has_portrait(found),
        tailoring=tailoring(campaign, found.member, found.constituency),
        email_text=email.email_text(letter),
        links=email.links(letter, copy_to, own_first=_is_handheld()),
        personal=personal(campaign, found.member, found.constituency, letter, in_hand.first_sent),
        checks=_checks(letter, found, trouble),
        reminder_day=reminder_day(letter.date),
        share_url=share_url(campaign),
        carried=carried("other", "copy_to", *EDITS),
    )
    return make_response(page, status)


def edits_page(campaign: Campaign, found: Found, choice: Choice, status: int = 200) -> Response:
    """The question which of two letters to go on with, both shown."""
    page = render_template(
        "journey/letter_or_language.html" if choice.is_of_two_languages else "journey/edits.html",
        campaign=campaign,
        found=found,
        choice=choice,
        is_another_member=is_another_member(found),
        written_in=LANGUAGES[choice.edited.language],
        carried=carried(),
    )
    return make_response(page, status)


def first_letter_page(campaign: Campaign, found: Found, form: FirstLetterForm, status: int = 200) -> Response:
    """The question when the letter was sent that this one is to follow up."""
    first = Edits.of_letter()
    known = {"other": other_versions(whole(first.subject, first.body))} if first else {}
    # As it went out, whatever language the second letter is in.
    if subject := without_cut({"subject": posted_line("subject")}).get("subject"):
        known["first_subject"] = subject
    page = render_template(
        "journey/first_letter.html",
        campaign=campaign,
        found=found,
        form=form,
        carried=carried("first_sent", *EDITS) | known,
    )
    return make_response(page, status)


def is_another_member(found: Found) -> bool:
    """Whether the page before this one showed another member than the one found now."""
    return request.form.get("member", str(found.member.id)) != str(found.member.id)


def share_url(campaign: Campaign) -> str:
    """The campaign's address, in its own language, with nothing in it that tells who passed it on."""
    return address_in(LANGUAGES[campaign.language], "journey.campaign", slug=campaign.slug)


def _is_handheld() -> bool:
    """Whether the browser says that it is on a telephone, where letters go out by its own email app."""
    hint = request.headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in request.user_agent.string


def _checks(letter: Letter, found: Found, trouble: str) -> list[checks.Check]:
    try:
        proof = Proof(1) if trouble in ("busy", "failed", "long") else services().pdf_pool.proof(letter)
    except (PdfPoolBusy, PdfFailed):
        proof = Proof(1)  # the rest can be said without a proof
    return checks.checks(letter, found.member, proof)
