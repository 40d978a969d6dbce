"""The steps from a posted form to a letter. Each returns its result, or the page that asks for what is missing."""

from dataclasses import dataclass

from app.campaigns.campaign import Campaign
from app.i18n.translate import current_locale
from app.letters.composition import Composition
from app.letters.letter import LetterTooLong
from app.mp.house import page_deadline
from app.mp.outcomes import Dissolved, Found, Outcome, UnknownConstituency, Vacant
from app.mp.people import ComingMember
from app.mp.postcode import Postcode
from app.web.http.request_log import log_lookup
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
class CheckedPostcode:
    """A campaign that takes letters, and a well-formed postcode."""

    campaign: Campaign
    postcode: Postcode


@dataclass(frozen=True, slots=True)
class ChosenMember:
    """A campaign, and the member to write to."""

    campaign: Campaign
    found: Found
    posted: Posted
    """The form, with Parliament's answer for the postcode added for the next page."""


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter to a member, with nothing missing."""

    found: Found
    draft: LetterDraft
    posted: Posted


def read_postcode(slug: str, posted: Posted) -> CheckedPostcode | Page:
    """Read the postcode of a form."""
    campaign = campaign_for_letter(slug, posted)
    if isinstance(campaign, Page):
        return campaign
    form = PostcodeForm(posted.form)
    if not form.validate():
        return campaign_page(campaign, form, posted, 422)
    return CheckedPostcode(campaign, form.parsed_postcode)


def find_member(slug: str, posted: Posted, *, contact: bool = False) -> ChosenMember | Page:
    """Find the member to write to: by postcode, by the chosen constituency, or by the name that the writer gave.

    With ``contact``, the member has an email address if Parliament publishes one.
    """
    match read_postcode(slug, posted):
        case CheckedPostcode(campaign, postcode):
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
    log_lookup(outcome)
    if isinstance(outcome, Vacant | Dissolved) and posted.has("keep"):
        outcome = Found(outcome.constituency, ComingMember.for_constituency(outcome.constituency))
    if isinstance(outcome, Found):
        return ChosenMember(campaign, outcome, posted)
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
    """Return the form for the MP's name and constituency, filled in as far as they are known."""
    chosen = posted.constituency_id
    seat = services().house.latest_snapshot().get_seat(chosen) if chosen else None
    known = seat.constituency.name_in(current_locale().code) if seat else ""
    constituency = posted.get("mp_constituency") or known
    return ByHandForm(data={"mp_name": posted.get("mp_name"), "mp_constituency": constituency})


def read_letter(slug: str, posted: Posted) -> ReadyLetter | Page:
    """Compose the letter of a form, and apply the writer's own changes."""
    match find_member(slug, posted, contact=True):
        case ChosenMember(campaign, found, posted):
            pass
        case page:
            return page
    writer = writer_form(campaign)(posted.form)
    if not writer.validate():
        return write_page(campaign, found, writer, posted, 422)
    composition = _composition(campaign, found, writer, posted)
    try:
        composition.letter  # noqa: B018  # composed now, so that a page can say if it is too long
    except LetterTooLong:
        longest = max(writer.questions, key=lambda field: len(field.data))
        longest.errors = [TOO_LONG]
        return write_page(campaign, found, writer, posted, 422)
    return _apply_edits(found, composition, posted)


def _composition(campaign: Campaign, found: Found, writer: WriterForm, posted: Posted) -> Composition:
    return Composition(
        campaign,
        found.member,
        found.constituency,
        writer.sender,
        writer.answers,
        posted.day,
        first_sent(posted),
        posted.line("first_subject"),
    )


def _apply_edits(found: Found, composition: Composition, posted: Posted) -> ReadyLetter | Page:
    if not posted.has("body"):
        return _merge_edits(found, composition, earlier_edits(posted), posted)
    if is_another_member(found, posted):
        # The changed letter may greet the other member, so the writer has to see it before it is sent.
        return _merge_edits(found, composition, posted_edits(posted), posted, is_for_another=True)
    if posted_language(posted) not in ("", composition.letter.language):
        return _merge_edits(found, composition, posted_edits(posted), posted)
    return _ready_or_page(found, changed_draft(composition, posted), posted)


def _merge_edits(
    found: Found, composition: Composition, edits: ManualEdits | None, posted: Posted, *, is_for_another: bool = False
) -> ReadyLetter | Page:
    status = 409 if is_for_another else 200
    match draft_with_edits(composition, edits, posted) if edits else composed_draft(composition, posted):
        case EditConflict() as conflict:
            return conflict_page(composition.campaign, found, conflict, posted, status)
        case draft if is_for_another and draft.is_valid:
            return letter_page(found, draft, posted, trouble=Trouble.FOR_ANOTHER_MEMBER, status=status)
        case draft:
            return _ready_or_page(found, draft, posted)


def _ready_or_page(found: Found, draft: LetterDraft, posted: Posted) -> ReadyLetter | Page:
    return ReadyLetter(found, draft, posted) if draft.is_valid else letter_page(found, draft, posted, status=422)
