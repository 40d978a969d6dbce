"""Hidden fields with the text of earlier pages: the server stores nothing, and nothing that was typed is lost.

A letter that was changed by hand is in the field ``earlier``, beside the fingerprints of the letter before the changes.
The letter's page puts the changes into the letter, which may have become another one in between.
"""

from app.letters.gaps import ANSWER
from app.web.journey.manual_edits import EDITS, posted_edits
from app.web.journey.other_versions import other_versions
from app.web.journey.posted import PLACE, Posted

CHOICES = ("constituency", "mp_name", "mp_constituency", "keep")
"""The writer's choices besides the postcode. A page that asks for the postcode again drops them."""
_WRITER = ("name", "address_line_1", "address_line_2", "town", "postcode")
NAMES = (*_WRITER, PLACE, *CHOICES, *EDITS, "other", "copy_to", "first_sent", "first_subject", "draft")


def hidden_fields(posted: Posted, *shown: str) -> dict[str, str]:
    """Return the posted fields that the next page needs as hidden fields.

    ``shown`` lists the names to leave out: those with a visible field on the page, and those to drop.
    """
    fields = {name: posted.last(name) for name in posted.form}
    fields["other"] = other_versions(posted)
    fields[PLACE] = posted.place
    edits = posted_edits(posted)
    if edits:
        fields |= dict(zip(EDITS, (edits.subject, edits.body, " ".join(edits.original)), strict=True))
    return {
        name: text
        for name, text in fields.items()
        if (name in NAMES or name.startswith(ANSWER)) and name not in shown and text
    }
