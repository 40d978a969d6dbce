"""Text for a terminal that describes the outcome of a search for an MP."""

from app.mp.outcomes import (
    Dissolved,
    Found,
    NoMP,
    NotCovered,
    Outcome,
    Several,
    Unavailable,
    UnknownConstituency,
    UnknownPostcode,
    Vacant,
)
from app.mp.people import Contact, Seat


def describe_outcome(outcome: Outcome) -> str:
    """Return a few lines that say which MP was found, or what the app would offer instead."""
    match outcome:
        case Found():
            text = _describe_found(outcome)
        case Several(seats=seats, is_disputed=is_disputed):
            why = "Parliament and the snapshot differ" if is_disputed else "the postcode lies in several constituencies"
            text = f"Asks the writer to choose, because {why}: {_names(seats)}"
        case Vacant(constituency=constituency):
            text = f"{constituency.name} has no MP now: offers a letter to keep for the next one."
        case Dissolved(constituency=constituency):
            text = f"{constituency.name}: Parliament is dissolved: offers a letter to keep for the next MP."
        case UnknownPostcode(seats_nearby=nearby):
            text = f"Unknown postcode: offers all constituencies, {_names(nearby) or 'none of them'} first"
        case NoMP(kind=kind):
            text = f"No MP: {kind.value}."
        case NotCovered():
            text = "Parliament does not answer, and the snapshot has no such postcodes: offers all constituencies."
        case Unavailable():
            text = "Parliament does not answer, and no other source can be used: asks the writer for the MP's name."
        case UnknownConstituency():
            text = "There is no such constituency."
    return text


def _describe_found(found: Found) -> str:
    member, contact = found.member, found.member.contact or Contact()
    lines = {
        "Constituency": ", ".join(filter(None, (found.constituency.name, found.constituency.nation))),
        "Member": f"{member.full_title} ({member.party})",
        "Salutation": member.salutation,
        "Post": member.post,
        "Email": contact.email or ("none published" if member.contact else "not known"),
        "Telephone": contact.phone,
        "Website": contact.website,
        "Office": ", ".join(contact.constituency_office),
        "Source": f"the snapshot or an earlier answer, as of {found.as_of}" if found.as_of else "Parliament's API",
        "Contact as of": str(contact.as_of) if contact.as_of and contact.as_of != found.as_of else "",
        "Also offered": _names(found.others),
        "Note": "Parliament does not know this postcode" if found.is_unconfirmed else "",
    }
    return "\n".join(f"{label + ':':<15}{text}" for label, text in lines.items() if text)


def _names(seats: tuple[Seat, ...]) -> str:
    return ", ".join(
        f"{seat.constituency.name} ({seat.member.name})" if seat.member else seat.constituency.name for seat in seats
    )
