"""What a posted form of the journey says: a place, its member, a letter. What it does not say, a page asks for."""

from flask import abort, request

from app.campaigns.campaign import Campaign
from app.i18n.translate import current_locale
from app.letters.letter import Letter, LetterTooLong
from app.mp.house import page_deadline
from app.mp.outcomes import Dissolved, Found, Outcome, UnknownConstituency, Vacant
from app.mp.people import ComingMember
from app.mp.postcode import Postcode
from app.web.http.request_log import note
from app.web.journey.forms import ByHandForm, PostcodeForm, writer_form
from app.web.journey.hidden_fields import Edits, posted_language
from app.web.journey.letter_draft import TOO_LONG, Choice, LetterInHand, changed, compose_posted, in_hand, with_edits
from app.web.journey.letter_pages import edits_page, is_another_member, letter_page
from app.web.journey.pages import by_hand_page, campaign_page, outcome_page, write_page
from app.web.journey.signed_place import locate
from app.web.services import services


def read_postcode(campaign: Campaign) -> Postcode:
    """The postcode; else the answer is the page that asks for it."""
    form = PostcodeForm(request.form)
    if not form.validate():
        abort(campaign_page(campaign, form, 422))
    return form.parsed_postcode


def find_member(campaign: Campaign, *, contact: bool = False) -> Found:
    """Who to write to; else the answer is the page that says why that is not known."""
    postcode = read_postcode(campaign)
    outcome = _outcome(campaign, postcode, contact)
    note(outcome)
    if isinstance(outcome, Vacant | Dissolved) and "keep" in request.form:
        return Found(outcome.constituency, ComingMember.of(outcome.constituency))
    if not isinstance(outcome, Found):
        abort(outcome_page(campaign, outcome, postcode))
    return outcome


def _outcome(campaign: Campaign, postcode: Postcode, contact: bool) -> Outcome:
    """The outcome for the constituency that was chosen, or the member that was named, else for the postcode."""
    chosen = _chosen()
    if "mp_name" in request.form and not chosen:
        return _named(campaign)
    number = _number(chosen)
    if chosen and number is None:
        return UnknownConstituency()
    by = page_deadline()
    place = locate(postcode, by)
    return services().finder.find_at(place, postcode, number, by, contact=contact, post=campaign.needs_post)


def by_hand_form() -> ByHandForm:
    """The form for an MP's name, with what is known of it."""
    number = _number(_chosen())
    seat = services().house.snapshot.seat(number) if number else None
    constituency = request.form.get("mp_constituency") or (
        seat.constituency.name_in(current_locale().code) if seat else ""
    )
    return ByHandForm(data={"mp_name": request.form.get("mp_name", ""), "mp_constituency": constituency})


def _chosen() -> str:
    """The constituency of the button that was pressed; it comes after what was carried along."""
    return (request.form.getlist("constituency") or [""])[-1]


def _number(chosen: str) -> int | None:
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None


def _named(campaign: Campaign) -> Outcome:
    form = ByHandForm(request.form)
    if not form.validate():
        abort(by_hand_page(campaign, form, 422))
    return services().finder.by_hand(form.mp_name.data or "", form.mp_constituency.data or "")


def read_letter(campaign: Campaign, found: Found) -> LetterInHand:
    """The letter, as the writer changed it if so; else the answer is the page that asks for what is missing."""
    writer = writer_form(campaign)(request.form)
    if not writer.validate():
        abort(write_page(campaign, found, writer, 422))
    try:
        composed = compose_posted(campaign, found, writer)
    except LetterTooLong:
        longest = max(writer.questions, key=lambda field: len(field.data))
        longest.errors = [TOO_LONG]
        abort(write_page(campaign, found, writer, 422))
    if "body" not in request.form:
        return _with_edits(campaign, found, composed, Edits.carried(), 200)
    if is_another_member(found):
        # What was changed by hand greets somebody else, and is never sent to them unseen.
        return _with_edits(campaign, found, composed, Edits.of_letter(), 409)
    if posted_language() not in ("", composed.language):
        return _with_edits(campaign, found, composed, Edits.of_letter(), 200)
    in_hand = changed(composed)
    if not in_hand.is_valid:
        abort(letter_page(campaign, found, in_hand, status=422))
    return in_hand


def _with_edits(campaign: Campaign, found: Found, composed: Letter, edits: Edits | None, status: int) -> LetterInHand:
    made = with_edits(composed, edits) if edits else in_hand(composed)
    if isinstance(made, Choice):
        abort(edits_page(campaign, found, made, status))
    if not made.is_valid:
        abort(letter_page(campaign, found, made, status=422))
    if status != 200:
        abort(letter_page(campaign, found, made, trouble="member", status=status))
    return made
