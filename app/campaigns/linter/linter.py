"""Finds the problems of a campaign file before a supporter does."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.campaigns.campaign import Campaign
from app.campaigns.file.facts_file import read_local_facts
from app.campaigns.file.file_names import LONGEST_SLUG, WELSH, is_file_name, is_translation, slug_of
from app.campaigns.file.inside import LeadsOut
from app.campaigns.file.reader import CampaignFile, read_campaign
from app.campaigns.linter.advice import advice
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.template_rules import problems_of_templates
from app.campaigns.linter.translation import complete_translation
from app.campaigns.problems import CampaignUnreadable, Problem, Severity, explain_link
from app.i18n.translate import gettext as _

MOST_PROBLEMS = 100
LONGEST_MESSAGE = 400  # characters


def check(name: str, text: str, context: CheckContext | None = None) -> tuple[Campaign | None, list[Problem]]:
    """Return a file's campaign and its first hundred problems, by line. With an error the campaign is None.

    ``name`` is the name of the file: ``rivers``, or ``rivers.cy`` for the Welsh beside it.
    """
    context = context or CheckContext()
    try:
        file, problems = complete_translation(name, read_campaign(slug_of(name), text), context)
        file, table_problems = _add_local_facts(file, context)
    except CampaignUnreadable as error:
        return None, _sort(error.problems)
    problems += [*table_problems, *_problems_of_name(name), *problems_of_templates(file)]
    usable = all(problem.severity is not Severity.ERROR for problem in problems)
    if usable:
        problems += advice(file, context)
        problems += filter(None, [] if is_translation(name) else [translation_conflict(file.campaign, context)])
    return (file.campaign if usable else None), _sort(problems)


def translation_conflict(campaign: Campaign, context: CheckContext) -> Problem | None:
    """Return advice about an error that the Welsh file beside a campaign has because of the campaign; or None."""
    name = f"{campaign.slug}.{WELSH}"
    try:
        text = context.read(f"{name}.md").decode("utf-8", "replace")
    except OSError:
        return None
    _campaign, problems = check(name, text, replace(context, original=lambda: campaign))
    first = next((problem for problem in problems if problem.severity is Severity.ERROR), None)
    return first and Problem(1, _explain_conflict(f"{name}.md", first), Severity.ADVICE)


def _explain_conflict(name: str, first: Problem) -> str:
    return _(
        "the Welsh of it, %(name)s, does not fit this file: its visitors see it as it was, until it is mended too. Do "
        "that next. Its line %(line)d: %(message)s",
        name=name,
        line=first.line,
        message=first.message,
    )


def _sort(problems: Iterable[Problem]) -> list[Problem]:
    errors_first = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)[:MOST_PROBLEMS]
    # A message may quote an unknown name, which can be as long as the file.
    short = (replace(problem, message=_shorten(problem.message)) for problem in errors_first)
    return sorted(short, key=lambda problem: (problem.line, problem.column or 0))


def _shorten(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"


def _problems_of_name(name: str) -> Iterator[Problem]:
    if not is_file_name(name):
        shown = ascii(name[:LONGEST_SLUG])[1:-1]
        message = _(
            "the file's name must be small letters, digits and hyphens, such as clean-rivers.md, not %(name)s; "
            "%(most)d at most",
            name=shown,
            most=LONGEST_SLUG,
        )
        yield Problem(1, message)


def _add_local_facts(file: CampaignFile, context: CheckContext) -> tuple[CampaignFile, list[Problem]]:
    name = file.campaign.local_facts
    if not name:
        return file, []
    line, column = file.front_matter.place_of("local_facts")
    try:
        facts, problems = read_local_facts(name, context.read(name), context.seats)
    except LeadsOut:
        raise CampaignUnreadable(Problem(line, explain_link(name), column=column)) from None
    except OSError:
        message = _("there is no %(name)s beside this file; put it there, or take the line out", name=name)
        raise CampaignUnreadable(Problem(line, message, column=column)) from None
    except CampaignUnreadable as error:
        raise CampaignUnreadable(*_move(error.problems, line, column)) from error
    advice_on_table = _move(problems, line, column) if file.has("local_facts") else ()
    campaign = file.campaign.model_copy(update={"local": facts})
    return CampaignFile(campaign, file.front_matter), list(advice_on_table)


def _move(problems: Iterable[Problem], line: int, column: int) -> Iterator[Problem]:
    """Move problems of the table to the file's line that names it. Their messages give the line of the table."""
    return (Problem(line, problem.message, problem.severity, column) for problem in problems)
