"""What apps of the tests share, since making it takes longest: templates once compiled, and campaigns once read.

Only what cannot change: no test writes to these folders.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import CodeType

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from app.campaigns.library import CampaignLibrary
from app.letters.paper.pdf_pool import PdfPool
from app.mp.people import Seat
from app.web.services import Services
from config import ROOT

SAMPLE_CAMPAIGNS = Path(__file__).parent / "campaigns"
"""One to come, one that ended, one with colour and logo, one in Welsh."""
_NEVER_CHANGE = (ROOT / "letter_templates", SAMPLE_CAMPAIGNS)


class _Compiled(BytecodeCache):
    """Templates, by what they say."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


class Shared:
    """Handed to every app of a run."""

    def __init__(self, pdf_pool: PdfPool, seats: Callable[[], Sequence[Seat]]) -> None:
        self._press = pdf_pool
        self._compiled = _Compiled()
        self._libraries = {folder: CampaignLibrary(folder, seats) for folder in _NEVER_CHANGE}

    def hand_to(self, app: Flask) -> None:
        """Have an app use it in place of its own."""
        services: Services = app.extensions["services"]
        campaigns = self._libraries.get(services.campaigns.folder, services.campaigns)
        app.extensions["services"] = replace(services, pdf_pool=self._press, campaigns=campaigns)
        app.jinja_env.bytecode_cache = self._compiled
