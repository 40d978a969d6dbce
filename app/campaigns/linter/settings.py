"""Advice about a campaign's days, links and picture."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.campaigns.file.inside import LeadsOut
from app.campaigns.file.logo import LARGEST_LOGO
from app.campaigns.file.reader import CampaignFile
from app.campaigns.linter import prose
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.prose import Passage
from app.campaigns.problems import Problem, Severity, explain_link
from app.i18n.translate import gettext as _
from app.storage.image_type import image_type

FACTS_LAST = timedelta(days=183)  # six months

_MARKDOWN = ("about", "before_opening", "after_closing", "privacy_note")
_OPEN_LINK = re.compile(r"\b(?:http|ftp)://[^\s<>()\[\]\"”]{1,100}|(?<=\]\()www\.[^\s)]{1,100}", re.IGNORECASE)


def advice_on_settings(file: CampaignFile, context: CheckContext) -> Iterator[Problem]:
    """Yield advice about the settings. Those that a translation takes from its original are checked in the original."""
    yield from _advice_on_facts(file, context.today)
    yield from _advice_on_closing(file, context.today)
    yield from _advice_on_links(file)
    yield from _advice_on_accent(file)
    yield from _advice_on_logo(file, context)


def _advice_on_facts(file: CampaignFile, today: date) -> Iterator[Problem]:
    checked = file.campaign.facts_checked
    if checked is None:
        if file.campaign.sources:
            yield _advice_at(file, _("say on which day the facts were checked: `facts_checked: 2026-11-22`"), "sources")
    elif not file.has("facts_checked"):
        return
    elif checked > today:
        message = _("the day is still to come; put the day on which the facts were checked")
        yield _advice_at(file, message, "facts_checked")
    elif today - checked > FACTS_LAST:
        message = _("the facts were checked more than six months ago; check them again, then put the new day here")
        yield _advice_at(file, message, "facts_checked")


def _advice_on_closing(file: CampaignFile, today: date) -> Iterator[Problem]:
    closes = file.campaign.closes
    if closes and closes < today and file.has("closes"):
        message = _("the campaign has ended, and takes no letters; put a later day here, or take the line out")
        yield _advice_at(file, message, "closes")


def _advice_on_links(file: CampaignFile) -> Iterator[Problem]:
    campaign = file.campaign
    sources = ((("sources", number, "url"), source.url) for number, source in enumerate(campaign.sources))
    for location, url in ((("briefing",), campaign.briefing), *sources):
        if url and url.scheme != "https" and file.has(str(location[0])):
            yield _advice_at(file, _explain_open_link(str(url)), *location)
    texts = ((getattr(campaign, name), file.front_matter.text_of(name)) for name in _MARKDOWN)
    for passage in (*prose.every_passage(file), *(Passage(text, place) for text, place in texts)):
        for found in _OPEN_LINK.finditer(passage.prose):
            yield passage.advice(found.start(), _explain_open_link(found.group().rstrip(".,;:")))


def _explain_open_link(url: str) -> str:
    return _("%(url)s is not a safe address; write https://, and try whether it leads there", url=url[:80])


def _advice_on_accent(file: CampaignFile) -> Iterator[Problem]:
    if "accent" in file.front_matter.values and file.campaign.accent is None:
        yield _advice_at(file, _('put the colour in quotes, as "#0d5257": without them it is left out'), "accent")


def _advice_on_logo(file: CampaignFile, context: CheckContext) -> Iterator[Problem]:
    name = file.campaign.logo
    if name and file.has("logo"):
        try:
            message = _explain_logo(name, context.read(name))
        except LeadsOut:
            message = explain_link(name)
        except OSError:
            message = _(
                "%(name)s is not beside this file: put it there, or take the line out. Until then the page has no logo",
                name=name,
            )
        if message:
            yield _advice_at(file, message, "logo")


def _explain_logo(name: str, raw: bytes) -> str:
    if not image_type(raw):
        return _(
            "%(name)s is no picture that browsers show: save it again as PNG, JPEG or WebP. Until then the page has no "
            "logo",
            name=name,
        )
    if len(raw) > LARGEST_LOGO:
        return _(
            "%(name)s is larger than %(size)d kB: save it smaller, 600 pixels wide at most. Until then the page has no "
            "logo",
            name=name,
            size=LARGEST_LOGO // 1024,
        )
    return ""


def _advice_at(file: CampaignFile, message: str, *location: int | str) -> Problem:
    line, column = file.front_matter.place_of(*location)
    return Problem(line, message, Severity.ADVICE, column)
