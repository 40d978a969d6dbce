"""What was typed on earlier pages and is sent along in hidden fields: nothing is kept here, and nothing may be lost.

A letter that was changed by hand is sent along as ``earlier``, with the fingerprints of the letter it was before, until
the letter's own page can put the changes into the letter as it is by then.
"""

from app.letters.gaps import ANSWER
from app.web.journey.manual_edits import EDITS, posted_edits
from app.web.journey.other_versions import other_versions
from app.web.journey.posted import PLACE, Posted

CHOICES = ("constituency", "mp_name", "mp_constituency", "keep")
"""What the writer chose beside the postcode. A page that asks for the postcode again drops it."""
_WRITER = ("name", "address_line_1", "address_line_2", "town", "postcode")
NAMES = (*_WRITER, PLACE, *CHOICES, *EDITS, "other", "copy_to", "first_sent", "first_subject", "draft")


def hidden_fields(posted: Posted, *shown: str) -> dict[str, str]:
    """Return what was posted and has no field on the next page, for hidden fields.

    ``shown`` lists the names to leave out: those that have a field, and those to be dropped.
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
