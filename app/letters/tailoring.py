"""Why the letter to this MP is worded as it is, to be shown to the writer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from app.campaigns.asks import Ask
from app.i18n.translate import current_locale, gettext_noop
from app.i18n.translate import gettext as _
from app.letters.compose import filled_in, reason_for, with_ask
from app.letters.composition import Composition
from app.mp.people import Constituency, Member

_NATIONS = {
    "England": gettext_noop("%(seat)s is in England."),
    "Northern Ireland": gettext_noop("%(seat)s is in Northern Ireland."),
    "Scotland": gettext_noop("%(seat)s is in Scotland."),
    "Wales": gettext_noop("%(seat)s is in Wales."),
}


def _nation(_member: Member, constituency: Constituency) -> str:
    return _(_NATIONS[constituency.nation], seat=constituency.name_in(current_locale().code))


_REASONS: dict[str, Callable[[Member, Constituency], str]] = {
    "member.is_speaker": lambda member, _place: _(
        "%(name)s is the Speaker, who keeps out of party politics and takes no part in debates or votes, "
        "but does write to ministers for constituents.",
        name=member.name,
    ),
    "member.abstains": lambda member, _place: _(
        "%(name)s was elected for %(party)s, whose MPs do not take their seats, because they do not "
        "accept that the House of Commons should decide for any part of Ireland. They still work for constituents.",
        name=member.name,
        party=member.party_in(current_locale().code),
    ),
    "member.government_post": lambda member, _place: _(
        "%(name)s is in the Government (%(post)s). Members of the Government sign no motions and do not "
        "speak against its decisions, but can raise a matter with their colleagues.",
        name=member.name,
        post=member.post,
    ),
    "member.party": lambda member, _place: _(
        "%(name)s sits in the Commons as %(party)s.", name=member.name, party=member.party_in(current_locale().code)
    ),
    "constituency.nation": _nation,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why the letter to this MP is worded as it is."""

    says: str
    language: str = ""
    """The language of the campaign's own words; empty for ours, which are in the page's language."""
    post: str = ""
    """The name of a government post in the sentence, which is English in every language."""


def tailoring(composition: Composition) -> list[Reason]:
    """Return a sentence for each fact about the MP without which the letter would read differently.

    Raises TemplateError.
    """
    ask, member, constituency = composition.ask, composition.member, composition.constituency
    own = list(_reasons_for_ask(ask, composition)) if ask and ask.audience else []
    facts = dict.fromkeys([*_facts_behind_ask(ask, member), *_facts_behind_text(composition)])
    return own + [_our_reason(fact, member, constituency) for fact in facts]


def _our_reason(fact: str, member: Member, constituency: Constituency) -> Reason:
    post = member.post if fact == "member.government_post" else ""
    return Reason(_REASONS[fact](member, constituency), post=post)


def _facts_behind_text(composition: Composition) -> Iterator[str]:
    """Yield the facts without which the campaign's text would be different."""
    campaign, values = composition.campaign, composition.values_without_answers
    for name in (name for name in _REASONS if name in campaign.placeholders):
        group, fact = name.split(".")
        facts = cast("Mapping[str, object]", values[group])
        if not facts[fact]:
            continue
        without = with_ask(campaign, composition.ask, {**values, group: {**facts, fact: None}})
        if filled_in(campaign, without) != composition.text_without_answers:
            yield name


def _reasons_for_ask(ask: Ask, composition: Composition) -> Iterator[Reason]:
    """Yield the campaign's own words on why this member is asked something of their own."""
    if ask.reason:
        yield Reason(
            reason_for(composition.campaign, ask, composition.values_without_answers), composition.campaign.language
        )
    elif ask.audience and ask.audience.members:
        yield Reason(_("The campaign asks %(name)s for something of its own.", name=composition.member.name))


def _facts_behind_ask(ask: Ask | None, member: Member) -> Iterator[str]:
    """Yield the facts for which a member has an ask of their own, where the campaign gives no reason."""
    if not (ask and ask.audience) or ask.reason:
        return
    who = ask.audience
    yield from (role.placeholder for role in who.role if role.is_held_by(member))
    given = {"member.government_post": who.post, "member.party": who.party, "constituency.nation": who.nation}
    yield from (fact for fact, wanted in given.items() if wanted)
