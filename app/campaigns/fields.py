"""The placeholders a campaign's letter may use. What each stands for is filled in by ``app.letters.compose``."""

FIELDS = {
    "member.name": "The MP's name: Ms Diane Abbott",
    "member.full_title": "As on an envelope: Rt Hon Diane Abbott MP",
    "member.party": "Party: Labour, Conservative, Liberal Democrat, Sinn Féin, …",
    "member.is_speaker": "True for the Speaker, who signs and votes for nothing",
    "member.abstains": "True for Sinn Féin's MPs, who do not take their seats",
    "member.government_post": "Post in the Government: Prime Minister; empty for most",
    "constituency.name": "Cities of London and Westminster",
    "constituency.nation": "England, Scotland, Wales or Northern Ireland",
    "sender.name": "The supporter's name",
    "sender.town": "The town they gave",
    "sender.postcode": "Their postcode",
}
"""Each placeholder, and what it stands for. ``answers.<id>`` come from the campaign's own questions."""

FIELDS_OF_FOLLOW_UP = {
    "first_letter.date": "The day of the letter that had no answer: 22 November 2026",
    "first_letter.subject": "Its subject",
}
"""Those that only ``follow_up`` knows."""
