"""Rules for the Liquid of a campaign file: its placeholders exist, and its text renders."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from app.campaigns.campaign import LONGEST_BODY
from app.campaigns.file.front_matter import TextPlace
from app.campaigns.file.reader import CampaignFile
from app.campaigns.placeholders import FIELDS, FIELDS_OF_FOLLOW_UP, group_values, placeholders_of
from app.campaigns.problems import Problem, most_alike
from app.campaigns.template import liquid
from app.campaigns.template.error_messages import MARKUP
from app.i18n.translate import gettext as _

MOST_LINES = 200
_LEFTOVER = re.compile(r"\}\}|%\}")  # the parser itself finds the opposite, tags that are not closed
_IN_LETTER = re.compile(r"\{\{|\}\}|\{%|%\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A piece of Liquid in the file, with its place and placeholders."""

    source: str
    place: TextPlace
    known: tuple[str, ...]
    """The placeholders that it may use."""

    def problem(self, line: int, column: int | None, message: str) -> Problem:
        line, column = self.place.offset(line, column)
        return Problem(line, message, column=column)


def letter_templates(file: CampaignFile) -> Iterator[Template]:
    campaign, lines = file.campaign, file.front_matter
    known = tuple(placeholders_of(campaign))
    yield Template(campaign.subject, lines.text_of("subject"), known)
    yield Template(campaign.body, lines.text_of_body, known)
    for number, ask in enumerate(campaign.asks):
        yield Template(ask.ask, lines.text_of("asks", number, "ask"), tuple(name for name in known if name != "ask"))


def other_templates(file: CampaignFile) -> Iterator[Template]:
    campaign, lines = file.campaign, file.front_matter
    known = tuple(placeholders_of(campaign))
    yield Template(campaign.follow_up, lines.text_of("follow_up"), (*known, *FIELDS_OF_FOLLOW_UP))
    about = tuple(name for name in known if name.startswith(("member.", "constituency.", "local.")))
    for number, ask in enumerate(campaign.asks):
        yield Template(ask.reason, lines.text_of("asks", number, "reason"), about)


def problems_of_templates(file: CampaignFile) -> Iterator[Problem]:
    used: set[str] = set()
    letter_problems = [
        problem for template in letter_templates(file) for problem in _problems_of_template(template, used)
    ]
    yield from letter_problems
    for template in other_templates(file):
        yield from _problems_of_template(template, set())
    if not letter_problems:  # a template with errors does not show which placeholders it uses
        yield from _problems_of_unused(file, used)


def _problems_of_unused(file: CampaignFile, used: Iterable[str]) -> Iterator[Problem]:
    lines = file.front_matter
    for number, question in enumerate(file.campaign.questions):
        if f"answers.{question.id}" not in used:
            line, column = lines.place_of("questions", number, "id")
            message = _(
                "the letter does not use the answer to `%(id)s`: put {{ answers.%(id)s }} into it", id=question.id
            )
            yield Problem(line, message, column=column)
    if file.campaign.asks and "ask" not in used:
        line, column = lines.place_of("asks")
        yield Problem(line, _("the letter does not use the asks: put {{ ask }} into it"), column=column)


def _problems_of_template(template: Template, used: set[str]) -> Iterator[Problem]:
    """Yield a template's problems, and add its placeholders to ``used``."""
    source = template.source
    try:
        places = liquid.names(source)
    except liquid.TemplateError as error:
        yield _problem_of(error, template)
        return
    used.update(place.name for place in places)
    unknown = [place for place in places if place.name not in template.known]
    for name, line, column in unknown:
        yield template.problem(line, column, _explain_unknown(name, template.known))
    text = MARKUP.sub(lambda markup: re.sub(r"[^\n]", " ", markup.group()), source)
    leftovers = list(_LEFTOVER.finditer(text))
    for leftover in leftovers:
        line = text.count("\n", 0, leftover.start()) + 1
        column = leftover.start() - text.rfind("\n", 0, leftover.start())
        message = _(
            "a lone %(sign)s in the letter; a placeholder begins with {{ and ends with }}", sign=leftover.group()
        )
        yield template.problem(line, column, message)
    if not unknown and not leftovers:
        yield from _problems_of_trial(template)


def _explain_unknown(name: str, known: Collection[str]) -> str:
    if name == "ask":
        return _("unknown placeholder `%(name)s`; it is for the letter, where the file has `asks`", name=name)
    if name in FIELDS_OF_FOLLOW_UP:
        return _("unknown placeholder `%(name)s`; it is for `follow_up`", name=name)
    if name in FIELDS:
        return _("unknown placeholder `%(name)s`, which cannot be used here", name=name)
    if name.startswith("local.") and not any(field.startswith("local.") for field in known):
        return _("unknown placeholder `%(name)s`; name a table of such facts in `local_facts`", name=name)
    near = most_alike(name, known)
    if near:
        return _("unknown placeholder `%(name)s`; did you mean `%(near)s`?", name=name, near=near)
    return _("unknown placeholder `%(name)s`", name=name)


def _problems_of_trial(template: Template) -> Iterator[Problem]:
    """Yield the problems that show only when the template is rendered, with values and without."""
    for value in ("Sample", None):
        try:
            text = liquid.render(template.source, group_values(template.known, value))
        except liquid.TemplateError as error:
            yield _problem_of(error, template)
            return
        if len(text) > LONGEST_BODY or text.count("\n") > MOST_LINES:
            message = _(
                "the letter is longer than %(most)s characters or %(lines)d lines",
                most=f"{LONGEST_BODY:,}",
                lines=MOST_LINES,
            )
            yield template.problem(1, None, message)
            return
        if found := _IN_LETTER.search(text):
            says = _("%(sign)s comes out in the letter; take the quotes around it away", sign=found.group())
            yield template.problem(1, None, says)
            return


def _problem_of(error: liquid.TemplateError, template: Template) -> Problem:
    # An error at the very end of the text has no line of its own.
    line = error.line or template.source.rstrip().count("\n") + 1
    return template.problem(line, error.column, str(error))
