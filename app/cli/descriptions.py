"""What the app would do, in words for a terminal."""

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


def described(outcome: Outcome) -> str:
    """An outcome, over a few lines."""
    match outcome:
        case Found():
            text = _found(outcome)
        case Several(seats=seats, is_disputed=is_disputed):
            why = "Parliament and the snapshot differ" if is_disputed else "the postcode lies in several constituencies"
            text = f"Asks the writer, since {why}: {_names(seats)}"
        case Vacant(constituency=constituency):
            text = f"{constituency.name} has no MP at present: offers a letter to keep."
        case Dissolved(constituency=constituency):
            text = f"{constituency.name}: Parliament is dissolved: offers a letter to keep."
        case UnknownPostcode(around=around):
            text = f"Unknown postcode: offers all constituencies, first {_names(around) or 'none of them'}"
        case NoMP(kind=kind):
            text = f"No MP: {kind.value}."
        case NotCovered():
            text = "Parliament does not answer, and the snapshot holds no such postcodes: offers all constituencies."
        case Unavailable():
            text = "Parliament does not answer, and nothing else may: offers to write the MP's name by hand."
        case UnknownConstituency():
            text = "There is no such constituency."
    return text


def _found(found: Found) -> str:
    member, contact = found.member, found.member.contact or Contact()
    lines = {
        "Constituency": ", ".join(filter(None, (found.constituency.name, found.constituency.nation))),
        "Member": f"{member.full_title} ({member.party})",
        "Salutation": member.salutation,
        "Post": member.post,
        "E-mail": contact.email or ("none published" if member.contact else "not known"),
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
