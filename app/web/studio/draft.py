"""A campaign file in the Studio: checked, and shown as supporters and MPs will see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import Request, Response
from werkzeug.datastructures import MultiDict

from app.campaigns.campaign import Campaign, State
from app.campaigns.file.campaign_files import Files, table_of
from app.campaigns.file.file_names import is_file_name, is_translation, slug_of
from app.campaigns.file.reader import LONGEST_FILE
from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.linter import check, translation_conflict
from app.campaigns.problems import Problem, Severity
from app.i18n.languages import LANGUAGES
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop, use_locale
from app.letters.composition import Composition
from app.letters.sample_members import SampleMember, sample_members
from app.letters.trial import advice_on_paper, sample_composition, sample_sender
from app.mp.dissolution import today
from app.mp.outcomes import Found
from app.mp.people import Seat
from app.web.journey.availability import closed_page
from app.web.journey.forms import PostcodeForm, writer_form
from app.web.journey.pages import campaign_page, write_page
from app.web.journey.posted import Posted
from app.web.services import services

VIEWS = {
    "letter": gettext_noop("The letter"),
    "paper": gettext_noop("On paper"),
    "page": gettext_noop("The campaign’s page"),
    "questions": gettext_noop("The questions"),
}
DEFAULT_NAME = "your-campaign"
MOST_LINES = 2_000


@dataclass(frozen=True)
class CampaignDraft:
    """The contents of the Studio's form."""

    slug: str = ""
    """The name of the file: the campaign's slug, such as ``rivers``; for its Welsh version, ``rivers.cy``."""
    file: str = ""
    facts: str = ""
    """The facts table of the file, as CSV text; empty without one."""
    base: str = ""
    """The mark of the published files that this draft started from."""
    sample_key: str = ""
    """The key of the chosen sample member."""
    view: str = ""

    @classmethod
    def read(cls, incoming: Request) -> "CampaignDraft":
        """Read the form, with line ends as in files."""
        form = {name: incoming.form.get(name, "") for name in ("slug", "file", "facts", "base", "member", "view")}
        text, facts = (form[name].removeprefix("\ufeff").replace("\r\n", "\n") for name in ("file", "facts"))
        return cls(form["slug"].strip(), text, facts, form["base"], form["member"], form["view"])

    @property
    def shown(self) -> str:
        """The key of the view that is shown, one of ``VIEWS``."""
        return self.view if self.view in VIEWS else next(iter(VIEWS))

    @cached_property
    def seats(self) -> Sequence[Seat]:
        """The seats of the House of Commons."""
        return services().house.latest_snapshot().seats

    @cached_property
    def sample_members(self) -> list[SampleMember]:
        """The members to try a letter on."""
        return sample_members(self.seats)

    @property
    def sample(self) -> SampleMember:
        """The sample member that the letter is to."""
        samples = self.sample_members
        return next((sample for sample in samples if sample.key == self.sample_key), samples[0])

    @cached_property
    def checked(self) -> tuple[Campaign | None, list[Problem]]:
        """The campaign, if the file makes one, and its problems in the order of the file."""
        campaign, problems = check(self._name, self.file, self._context)
        on_paper = advice_on_paper(campaign, self.seats, services().pdf_pool.proof) if campaign else []
        return campaign, sorted([*problems, *on_paper], key=lambda problem: (problem.line, problem.column or 0))

    @property
    def translation_conflict(self) -> Problem | None:
        """The problem that the campaign's Welsh file will have when this draft is published."""
        return (
            translation_conflict(self.campaign, self._context)
            if self.campaign and not is_translation(self._name)
            else None
        )

    @property
    def _name(self) -> str:
        return self.slug if is_file_name(self.slug) else DEFAULT_NAME

    @cached_property
    def _context(self) -> CheckContext:
        slug = slug_of(self._name)
        return CheckContext(self._read_file, self.seats, original=lambda: services().campaigns.original(slug))

    def _read_file(self, name: str) -> bytes:
        if not is_file_name(self.slug) and name.endswith(".md"):  # a draft without a name has no files
            raise FileNotFoundError(name)
        if name != table_of(self.file):  # a logo, or the table of the English file that this is the Welsh of
            return reader_of(services().campaigns.folder)(name)
        if not self.facts.strip():
            raise FileNotFoundError(name)
        return self.facts.encode("utf-8", "replace")

    @property
    def campaign(self) -> Campaign | None:
        """The campaign; None if the file has errors."""
        return self.checked[0]

    @property
    def errors(self) -> list[Problem]:
        """The problems that prevent publishing."""
        return [problem for problem in self.checked[1] if problem.severity is Severity.ERROR]

    @property
    def advice(self) -> list[Problem]:
        """The other problems."""
        return [problem for problem in self.checked[1] if problem.severity is Severity.ADVICE]

    @property
    def lines(self) -> list[str]:
        """The lines of the file, as targets for problems; empty if it is longer than any campaign."""
        lines = self.file.split("\n")
        return lines if len(lines) <= MOST_LINES and len(self.file) <= LONGEST_FILE else []

    @property
    def files(self) -> Files:
        """The files to publish, of a draft without errors."""
        name = table_of(self.file)
        return Files(self.file, name, self.facts) if name else Files(self.file)

    @property
    def fields(self) -> dict[str, str]:
        """The form's fields, for another page's hidden inputs."""
        return {
            "slug": self.slug,
            "file": self.file,
            "facts": self.facts,
            "base": self.base,
            "member": self.sample.key,
            "view": self.shown,
        }


def compose_sample(draft: CampaignDraft, campaign: Campaign) -> Composition:
    """Return the letter of an invented writer to the draft's sample member."""
    return sample_composition(campaign, draft.sample, today())


def supporter_pages(draft: CampaignDraft, campaign: Campaign) -> dict[str, str]:
    """Make supporters' pages, whole, for frames, by title: the campaign's own, or the one with its questions.

    The pages are in the campaign's language, and their titles in the Studio's. Nothing that was posted to the Studio
    reaches them.
    """
    with use_locale(LANGUAGES[campaign.language]):
        pages = _pages(draft, campaign)
    return {_(title): page.get_data(as_text=True) for title, page in pages.items()}


def _pages(draft: CampaignDraft, campaign: Campaign) -> dict[str, Response]:
    """Return pages by titles that are still untranslated."""
    nothing_posted = Posted(is_preview=True)
    if draft.shown == "questions":
        typed = MultiDict({"postcode": sample_sender(campaign).postcode})
        found = Found(draft.sample.constituency, draft.sample.member)
        return {VIEWS["questions"]: write_page(campaign, found, writer_form(campaign)(typed), nothing_posted)}
    pages = {VIEWS["page"]: campaign_page(campaign, PostcodeForm(), nothing_posted)}
    if campaign.opens:
        pages[gettext_noop("Before it opens")] = closed_page(campaign, State.COMING, nothing_posted)
    if campaign.closes:
        pages[gettext_noop("After it has closed")] = closed_page(campaign, State.ENDED, nothing_posted)
    return pages
