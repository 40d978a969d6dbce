"""What a posted form of the journey says: a place, its member, a letter. What it does not say, a page asks for."""

from dataclasses import replace

from flask import abort, request

from app.campaigns.campaign import Campaign
from app.letters.compose import compose
from app.letters.letter import Letter, LetterTooLong
from app.mp.finder import Found, Outcome
from app.mp.postcode import Postcode
from app.web.desk import desk, today
from app.web.forms import LetterForm, PostcodeForm, WriterForm, writer_form
from app.web.journey_pages import campaign_page, letter_page, outcome_page, write_page

_TOO_LONG = "The letter is too long. Shorten it to 10,000 characters and 300 lines or fewer"


def find_member(campaign: Campaign) -> Found:
    """Who to write to; else the answer is the page that says why that is not known."""
    form = PostcodeForm(request.form)
    if not form.validate():
        abort(campaign_page(campaign, form, 422))
    postcode = form.parsed_postcode
    outcome = _find(postcode)
    if not isinstance(outcome, Found):
        abort(outcome_page(campaign, outcome, postcode))
    return outcome


def _find(postcode: Postcode) -> Outcome:
    """The outcome for the constituency that was chosen, else for the postcode."""
    chosen = request.form.get("constituency", "")
    if not chosen:
        return desk().finder.find(postcode)
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        abort(400)
    return desk().finder.in_constituency(int(chosen)) or abort(400)


def read_letter(campaign: Campaign, found: Found) -> Letter:
    """The letter, as the writer changed it if so; else the answer is the page that asks for what is missing."""
    writer = writer_form(campaign)(request.form)
    if not writer.validate():
        abort(write_page(campaign, found, writer, 422))
    composed = _compose(campaign, found, writer)
    return _changed(campaign, found, composed) if "body" in request.form else composed


def _compose(campaign: Campaign, found: Found, writer: WriterForm) -> Letter:
    try:
        return compose(campaign, found.member, found.constituency, writer.sender, writer.answers, today())
    except LetterTooLong:
        longest = max(writer.questions, key=lambda field: len(field.data))
        longest.errors = [_TOO_LONG]
        abort(write_page(campaign, found, writer, 422))


def _changed(campaign: Campaign, found: Found, composed: Letter) -> Letter:
    form = LetterForm(request.form)
    if not form.validate():
        abort(letter_page(campaign, found, composed, form, status=422))
    try:
        return replace(composed, subject=form.subject.data or "", body=form.body.data or "")
    except LetterTooLong:
        form.body.errors = [_TOO_LONG]
        abort(letter_page(campaign, found, composed, form, status=422))
