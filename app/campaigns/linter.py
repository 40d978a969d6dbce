"""Finds what is wrong with a campaign file, before a supporter does."""

import re
from collections.abc import Iterable, Iterator

from app.campaigns import liquid
from app.campaigns.campaign import LONGEST_BODY, Campaign
from app.campaigns.fields import FIELDS, FIELDS_OF_FOLLOW_UP
from app.campaigns.problems import CampaignUnreadable, Problem, Severity, did_you_mean
from app.campaigns.reader import CampaignFile, read_campaign

MOST_LINES = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LEFTOVER = re.compile(r"\}\}|%\}")  # the parser itself refuses what is opened and not closed


def check(slug: str, text: str) -> tuple[Campaign | None, list[Problem]]:
    """A file's campaign, and its problems in order of line. With an error among them there is no campaign."""
    try:
        file = read_campaign(slug, text)
    except CampaignUnreadable as error:
        return None, sorted(error.problems, key=lambda problem: problem.line)
    problems = sorted(_problems(slug, file), key=lambda problem: problem.line)
    usable = all(problem.severity is not Severity.ERROR for problem in problems)
    return (file.campaign if usable else None), problems


def _problems(slug: str, file: CampaignFile) -> Iterator[Problem]:
    if not _SLUG.fullmatch(slug):
        yield Problem(
            1, f"the file's name must be small letters, digits and hyphens, such as clean-rivers.md, not {slug}"
        )
    campaign, lines = file.campaign, file.front_matter
    used: set[str] = set()
    mistakes: list[Problem] = []
    for source, first_line in ((campaign.subject, lines.line_of_text("subject")), (campaign.body, lines.body_line)):
        mistakes += _problems_of_template(campaign, source, first_line, used)
    yield from mistakes
    line = lines.line_of_text("follow_up")
    yield from _problems_of_template(campaign, campaign.follow_up, line, set(), FIELDS_OF_FOLLOW_UP)
    if not mistakes:  # a template that cannot be read does not show what it uses
        yield from _unused_answers(file, used)


def _unused_answers(file: CampaignFile, used: set[str]) -> Iterator[Problem]:
    for number, question in enumerate(file.campaign.questions):
        if f"answers.{question.id}" not in used:
            line = file.front_matter.line_of("questions", number, "id")
            yield Problem(
                line, f"the letter does not use the answer to `{question.id}`: {{{{ answers.{question.id} }}}}"
            )


def _problems_of_template(
    campaign: Campaign, source: str, first_line: int, used: set[str], more: Iterable[str] = ()
) -> Iterator[Problem]:
    """Problems of a piece of Liquid, which may use ``more`` fields; adds the placeholders in it to ``used``."""
    try:
        names = liquid.names(source)
    except liquid.TemplateError as error:
        yield _at(error, source, first_line)
        return
    known = [*FIELDS, *more, *(f"answers.{question.id}" for question in campaign.questions)]
    strangers = [(name, line) for name, line in names if name not in known]
    used.update(name for name, _ in names)
    for name, line in strangers:
        yield Problem(first_line + line - 1, f"unknown placeholder `{name}`{did_you_mean(name, known)}")
    text = _MARKUP.sub(lambda markup: "\n" * markup.group().count("\n"), source)
    for leftover in _LEFTOVER.finditer(text):
        yield Problem(first_line + text.count("\n", 0, leftover.start()), f"a lone {leftover.group()} in the letter")
    if not strangers:
        yield from _problems_of_trial(campaign, source, first_line)


def _problems_of_trial(campaign: Campaign, source: str, first_line: int) -> Iterator[Problem]:
    """Fills the template in with answers and without, for mistakes that only then show."""
    for answer in ("Some words", None):
        try:
            text = liquid.render(source, _sample(campaign, answer))
        except liquid.TemplateError as error:
            yield _at(error, source, first_line)
            return
        if len(text) > LONGEST_BODY or text.count("\n") > MOST_LINES:
            yield Problem(first_line, f"the letter is longer than {LONGEST_BODY:,} characters or {MOST_LINES} lines")
            return


def _sample(campaign: Campaign, answer: str | None) -> dict[str, dict[str, object]]:
    values: dict[str, dict[str, object]] = {"answers": {question.id: answer for question in campaign.questions}}
    for name in (*FIELDS, *FIELDS_OF_FOLLOW_UP):
        group, field = name.split(".")
        values.setdefault(group, {})[field] = "Sample"
    return values


def _at(error: liquid.TemplateError, source: str, first_line: int) -> Problem:
    # An error at the very end of the text has no line of its own.
    line = error.line or source.rstrip().count("\n") + 1
    return Problem(first_line + line - 1, str(error))
