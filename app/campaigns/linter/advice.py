"""Advice that would make a campaign file better. The file can be used without following it."""

from collections.abc import Iterator

from app.campaigns.file.reader import CampaignFile
from app.campaigns.linter.asks import advice_on_asks
from app.campaigns.linter.audiences import advice_on_audiences
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.order import advice_on_order
from app.campaigns.linter.settings import advice_on_settings
from app.campaigns.linter.text import advice_on_text
from app.campaigns.problems import Problem


def advice(file: CampaignFile, context: CheckContext) -> Iterator[Problem]:
    yield from advice_on_settings(file, context)
    yield from advice_on_asks(file)
    yield from advice_on_audiences(file, context.seats)
    yield from advice_on_order(file, context.seats)
    yield from advice_on_text(file)
