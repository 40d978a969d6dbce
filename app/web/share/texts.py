"""Texts and HTML that share a campaign, ready to paste."""

from dataclasses import dataclass
from math import ceil

from flask import render_template

from app.campaigns.campaign import Campaign
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import use_locale
from app.letters.paper.geometry import ems

_WIDTH = 310  # pixels: width of the text in a frame on a phone
_TITLE, _TITLE_LINE = 25, 29  # pixels: font size, and line height
_SUMMARY, _SUMMARY_LINE = 17, 27
_IMPRINT, _IMPRINT_LINE = 16, 26
_REST = 285  # pixels: the form, and space
_HIGHEST = 1_000


@dataclass(frozen=True, slots=True)
class Handout:
    """Texts and HTML for a campaign's friends, in its own language. Nothing in them says who shared them."""

    campaign: Campaign
    link: str
    """The URL of the campaign in its own language."""
    script: str
    """The URL of the script that sets the height of frames."""

    @property
    def message(self) -> str:
        """Return a line or two for a chat."""
        with use_locale(LANGUAGES[self.campaign.language]):
            call = _("Write to your MP: it takes about five minutes, in your own words.")
        return f"{self.campaign.title}\n{call} {self.link}"

    @property
    def newsletter(self) -> str:
        """Return paragraphs for an email."""
        organisation = self.campaign.organisation
        with use_locale(LANGUAGES[self.campaign.language]):
            ask = (
                _("%(organisation)s asks you to write to your MP about it.", organisation=organisation)
                if organisation
                else _("We ask you to write to your MP about it.")
            )
            how = _(
                "Enter your postcode, add a few words of your own, and you have a letter to send. "
                "It takes about five minutes:"
            )
        return "\n\n".join(filter(None, (self.campaign.title, self.campaign.summary, f"{ask} {how}\n{self.link}")))

    @property
    def frame(self) -> str:
        """Return the HTML of a frame with the campaign."""
        return self._code("share/frame_code.html")

    @property
    def form(self) -> str:
        """Return the HTML of a postcode box, which needs neither frame nor script."""
        return self._code("share/form_code.html")

    @property
    def frame_height(self) -> int:
        """Return the height in pixels of a frame on a phone that shows roughly everything, if no script sets it."""
        title = ceil(ems(self.campaign.title) * _TITLE / _WIDTH) * _TITLE_LINE
        summary = ceil(ems(self.campaign.summary) * _SUMMARY / _WIDTH) * _SUMMARY_LINE
        imprint = ceil(ems(self.campaign.imprint) * _IMPRINT / _WIDTH) * _IMPRINT_LINE
        return min(_REST + title + summary + imprint, _HIGHEST)

    def _code(self, template: str) -> str:
        with use_locale(LANGUAGES[self.campaign.language]):
            return render_template(template, handout=self, campaign=self.campaign)
