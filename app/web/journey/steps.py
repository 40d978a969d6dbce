"""The steps from a posted form to a letter. Each returns its result, or the page that asks for what is missing."""

from dataclasses import dataclass

from app.campaigns.campaign import Campaign
from app.i18n.translate import current_locale
from app.letters.composition import Composition
from app.letters.letter import LetterTooLong
from app.mp.dissolution import today
from app.mp.house import page_deadline
from app.mp.outcomes import Dissolved, Found, Outcome, UnknownConstituency, Vacant
from app.mp.people import ComingMember
from app.mp.postcode import Postcode
from app.web.http.request_log import note
from app.web.journey.availability import campaign_for_letter
from app.web.journey.forms import ByHandForm, PostcodeForm, WriterForm, writer_form
from app.web.journey.letter_draft import (
    TOO_LONG,
    EditConflict,
    LetterDraft,
    changed_draft,
    composed_draft,
    draft_with_edits,
    first_sent,
)
from app.web.journey.letter_pages import Trouble, conflict_page, is_another_member, letter_page
from app.web.journey.manual_edits import ManualEdits, earlier_edits, posted_edits, posted_language
from app.web.journey.pages import by_hand_page, campaign_page, outcome_page, write_page
from app.web.journey.posted import Posted
from app.web.journey.rendering import Page
from app.web.journey.signed_place import locate
from app.web.services import services


@dataclass(frozen=True, slots=True)
class AtPostcode:
    """A campaign that takes letters, and a postcode that there may be."""

    campaign: Campaign
    postcode: Postcode


@dataclass(frozen=True, slots=True)
class ToMember:
    """A campaign and the member to write to."""

    campaign: Campaign
    found: Found
    posted: Posted
    """The form, with Parliament's answer for the postcode in it for the next page."""


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter to a member, with nothing missing."""

    found: Found
    draft: LetterDraft
    posted: Posted


def read_postcode(slug: str, posted: Posted) -> AtPostcode | Page:
    """Read the postcode of a form."""
    campaign = campaign_for_letter(slug, posted)
    if isinstance(campaign, Page):
        return campaign
    form = PostcodeForm(posted.form)
    if not form.validate():
        return campaign_page(campaign, form, posted, 422)
    return AtPostcode(campaign, form.parsed_postcode)


def find_member(slug: str, posted: Posted, *, contact: bool = False) -> ToMember | Page:
    """Find the member to write to: by the postcode, by the constituency that was chosen, or by the name given.

    With ``contact`` the member has an email address, if Parliament publishes one.
    """
    match read_postcode(slug, posted):
        case AtPostcode(campaign, postcode):
            pass
        case page:
            return page
    if posted.has("mp_name") and not posted.constituency:
        form = ByHandForm(posted.form)
        if not form.validate():
            return by_hand_page(campaign, form, posted, 422)
        outcome = services().finder.accept_typed_name(form.mp_name.data or "", form.mp_constituency.data or "")
    else:
        outcome, posted = _look_up(campaign, postcode, posted, contact)
    note(outcome)
    if isinstance(outcome, Vacant | Dissolved) and posted.has("keep"):
        outcome = Found(outcome.constituency, ComingMember.for_constituency(outcome.constituency))
    if isinstance(outcome, Found):
        return ToMember(campaign, outcome, posted)
    return outcome_page(campaign, outcome, postcode, posted)


def _look_up(campaign: Campaign, postcode: Postcode, posted: Posted, contact: bool) -> tuple[Outcome, Posted]:
    chosen = posted.constituency_id
    if posted.constituency and chosen is None:
        return UnknownConstituency(), posted
    deadline = page_deadline()
    place, posted = locate(postcode, posted, deadline)
    finder = services().finder
    return finder.find_at(place, postcode, chosen, deadline, contact=contact, post=campaign.needs_post), posted


def by_hand_form(posted: Posted) -> ByHandForm:
    """Return the form for an MP's name, with what is known of the MP."""
    chosen = posted.constituency_id
    seat = services().house.latest_snapshot().get_seat(chosen) if chosen else None
    known = seat.constituency.name_in(current_locale().code) if seat else ""
    constituency = posted.get("mp_constituency") or known
    return ByHandForm(data={"mp_name": posted.get("mp_name"), "mp_constituency": constituency})


def read_letter(slug: str, posted: Posted) -> ReadyLetter | Page:
    """Compose the letter of a form, or take it as the writer changed it."""
    match find_member(slug, posted, contact=True):
        case ToMember(campaign, found, posted):
            pass
        case page:
            return page
    writer = writer_form(campaign)(posted.form)
    if not writer.validate():
        return write_page(campaign, found, writer, posted, 422)
    composition = _composition(campaign, found, writer, posted)
    try:
        composition.letter  # noqa: B018  # composed here, where there is a page for it if it is too long
    except LetterTooLong:
        longest = max(writer.questions, key=lambda field: len(field.data))
        longest.errors = [TOO_LONG]
        return write_page(campaign, found, writer, posted, 422)
    return _as_changed(found, composition, posted)


def _composition(campaign: Campaign, found: Found, writer: WriterForm, posted: Posted) -> Composition:
    return Composition(
        campaign,
        found.member,
        found.constituency,
        writer.sender,
        writer.answers,
        today(),
        first_sent(posted),
        posted.line("first_subject"),
    )


def _as_changed(found: Found, composition: Composition, posted: Posted) -> ReadyLetter | Page:
    if not posted.has("body"):
        return _with_edits(found, composition, earlier_edits(posted), posted)
    if is_another_member(found, posted):
        # A letter changed by hand greets somebody else, and is never sent to them unseen.
        return _with_edits(found, composition, posted_edits(posted), posted, is_for_another=True)
    if posted_language(posted) not in ("", composition.letter.language):
        return _with_edits(found, composition, posted_edits(posted), posted)
    return _checked(found, changed_draft(composition, posted), posted)


def _with_edits(
    found: Found, composition: Composition, edits: ManualEdits | None, posted: Posted, *, is_for_another: bool = False
) -> ReadyLetter | Page:
    status = 409 if is_for_another else 200
    match draft_with_edits(composition, edits, posted) if edits else composed_draft(composition, posted):
        case EditConflict() as conflict:
            return conflict_page(composition.campaign, found, conflict, posted, status)
        case draft if is_for_another and draft.is_valid:
            return letter_page(found, draft, posted, trouble=Trouble.FOR_ANOTHER_MEMBER, status=status)
        case draft:
            return _checked(found, draft, posted)


def _checked(found: Found, draft: LetterDraft, posted: Posted) -> ReadyLetter | Page:
    return ReadyLetter(found, draft, posted) if draft.is_valid else letter_page(found, draft, posted, status=422)
