"""What about an MP changes the letter to them, to be shown to the writer with the reason."""

from collections.abc import Callable

from app.campaigns.campaign import Campaign
from app.letters.compose import filled_in, letter_values
from app.letters.letter import Sender
from app.mp.people import Constituency, Member

_REASONS: dict[str, Callable[[Member, Constituency], str]] = {
    "member.is_speaker": lambda member, _: (
        f"{member.name} is the Speaker, who keeps out of party politics and takes no part in debates or votes, "
        "but does write to ministers for constituents."
    ),
    "member.abstains": lambda member, _: (
        f"{member.name} was elected for {member.party}, whose MPs do not take their seats, because they do not "
        "accept that the House of Commons should decide for any part of Ireland. They still work for constituents."
    ),
    "member.government_post": lambda member, _: (
        f"{member.name} is in the Government ({member.post}). Members of the Government sign no motions and do not "
        "speak against its decisions, but can raise a matter with their colleagues."
    ),
    "member.party": lambda member, _: f"{member.name} sits in the Commons as {member.party}.",
    "constituency.nation": lambda _, constituency: f"{constituency.name} is in {constituency.nation}.",
}


def tailoring(campaign: Campaign, member: Member, constituency: Constituency) -> list[str]:
    """For each fact about the MP without which the letter would read differently, a sentence that says it."""
    values = letter_values(campaign, member, constituency, Sender("", (), "", ""), {})
    letter = filled_in(campaign, values)
    reasons = []
    for name, reason in _REASONS.items():
        if name not in campaign.placeholders:
            continue
        group, fact = name.split(".")
        without = values | {group: values[group] | {fact: None}}
        if values[group][fact] and filled_in(campaign, without) != letter:
            reasons.append(reason(member, constituency))
    return reasons
