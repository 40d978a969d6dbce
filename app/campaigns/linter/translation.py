"""Translations of campaigns into Welsh: the settings they take from the original, and those that must agree.

Supporters may switch language while they write a letter, so both files must ask the same questions.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.campaigns.campaign import Campaign, Question
from app.campaigns.file.file_names import WELSH, is_translation
from app.campaigns.file.reader import CampaignFile
from app.campaigns.linter.check_context import CheckContext
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.i18n.translate import gettext as _

TAKEN_OVER = (
    "organisation",
    "briefing",
    "facts_checked",
    "sources",
    "opens",
    "closes",
    "local_facts",
    "accent",
    "logo",
    "imprint",
    "frame_ancestors",
)
"""Settings that a translation need not repeat, because they are not text, or are names."""
_RULES_OF_QUESTIONS = ("required", "max_words")
_MUST_AGREE = ("opens", "closes")
_TEXTS = ("summary", "about", "before_opening", "after_closing", "follow_up", "privacy_note")
"""Texts that a translation should have if the original has them."""


def complete_translation(name: str, file: CampaignFile, context: CheckContext) -> tuple[CampaignFile, list[Problem]]:
    """Complete a translation with settings of its original, and return it with its problems; others are unchanged.

    Raises CampaignUnreadable for a translation without an original.
    """
    if not is_translation(name):
        return file, []
    original = _read_original(file, context)
    own = _change(file, language=WELSH)
    problems = list(_problems_of_language(file))
    if original is None:
        return own, [*problems, _advice_on_broken_original(file)]
    if original.language == WELSH:
        slug = original.slug
        message = _(
            "%(name)s.md is in Welsh itself, by its `language: cy`: let that be in English, or take this file out",
            name=slug,
        )
        raise CampaignUnreadable(Problem(1, message))
    problems += _problems_of_days(file, original)
    problems += _problems_of_questions(file, original)
    problems += _advice_on_texts(file, original)
    return _change(own, **_fields_taken_over(file.campaign, original)), problems


def _read_original(file: CampaignFile, context: CheckContext) -> Campaign | None:
    try:
        return context.original()
    except FileNotFoundError:
        slug = file.campaign.slug
        message = _(
            "this is the Welsh of %(name)s.md, which is not beside it: put that there, or call this file %(name)s.md "
            "and say `language: cy` in it",
            name=slug,
        )
        raise CampaignUnreadable(Problem(1, message)) from None


def _advice_on_broken_original(file: CampaignFile) -> Problem:
    slug = file.campaign.slug
    message = _(
        "%(name)s.md has mistakes, so this file is by itself: mend them, then check again whether the two agree",
        name=slug,
    )
    return Problem(1, message, Severity.ADVICE)


def _change(file: CampaignFile, **changes: Any) -> CampaignFile:
    return replace(file, campaign=file.campaign.model_copy(update=changes))


def _fields_taken_over(campaign: Campaign, original: Campaign) -> dict[str, Any]:
    missing = (name for name in TAKEN_OVER if name not in campaign.model_fields_set)
    first = {question.id: question for question in original.questions}
    questions = tuple(_complete_question(question, first.get(question.id)) for question in campaign.questions)
    return {name: getattr(original, name) for name in missing} | {"questions": questions}


def _complete_question(question: Question, first: Question | None) -> Question:
    missing = [name for name in _RULES_OF_QUESTIONS if name not in question.model_fields_set]
    return question.model_copy(update={name: getattr(first, name) for name in missing}) if first else question


def _problems_of_language(file: CampaignFile) -> Iterator[Problem]:
    if "language" in file.campaign.model_fields_set and file.campaign.language != WELSH:
        message = _("by its name this file is in Welsh: say `language: cy`, or take this line out")
        yield _problem_at(file, message, "language")


def _problems_of_days(file: CampaignFile, original: Campaign) -> Iterator[Problem]:
    for name in _MUST_AGREE:
        day, first = getattr(file.campaign, name), getattr(original, name)
        if name in file.campaign.model_fields_set and day != first:
            message = (
                _explain_other_value(name, str(first), original.slug) if first else _explain_given(name, original.slug)
            )
            yield _problem_at(file, message, name)


def _problems_of_questions(file: CampaignFile, original: Campaign) -> Iterator[Problem]:
    ids = [question.id for question in file.campaign.questions]
    first = {question.id: question for question in original.questions}
    for number, question in enumerate(file.campaign.questions):
        if question.id in first:
            yield from _problems_of_question(file, number, question, first[question.id], original.slug)
        else:
            message = _(
                "%(name)s.md has no question `%(id)s`: give both files the same questions",
                name=original.slug,
                id=question.id,
            )
            yield _problem_at(file, message, "questions", number, "id")
    for missing in (name for name in first if name not in ids):
        message = _(
            "the question `%(id)s` of %(name)s.md is missing, and its answer would be lost to people who switch to "
            "Welsh: put it in",
            id=missing,
            name=original.slug,
        )
        yield _problem_at(file, message, "questions")


def _problems_of_question(
    file: CampaignFile, number: int, question: Question, first: Question, slug: str
) -> Iterator[Problem]:
    for name in _RULES_OF_QUESTIONS:
        wanted = getattr(first, name)
        if name in question.model_fields_set and getattr(question, name) != wanted:
            yield _problem_at(file, _explain_other_value(name, str(wanted).lower(), slug), "questions", number, name)


def _explain_other_value(name: str, wanted: str, slug: str) -> str:
    return _(
        "`%(field)s` is %(wanted)s in %(name)s.md, and must be the same here: take this line out, and it is",
        field=name,
        wanted=wanted,
        name=slug,
    )


def _explain_given(name: str, slug: str) -> str:
    return _(
        "`%(field)s` is not given in %(name)s.md, and must be the same here: take this line out, and it is",
        field=name,
        name=slug,
    )


def _advice_on_texts(file: CampaignFile, original: Campaign) -> Iterator[Problem]:
    campaign = file.campaign
    if [ask.audience for ask in campaign.asks] != [ask.audience for ask in original.asks]:
        message = _(
            "the asks are not for the same MPs, in the same order, as in %(name)s.md: give them the same `for`",
            name=original.slug,
        )
        yield _problem_at(file, message, "asks", severity=Severity.ADVICE)
    for name in _TEXTS:
        if getattr(original, name) and not getattr(campaign, name):
            message = _(
                "`%(field)s` is in %(name)s.md and not here: put it in, in Welsh", field=name, name=original.slug
            )
            yield Problem(1, message, Severity.ADVICE)


def _problem_at(file: CampaignFile, message: str, *location: int | str, severity: Severity = Severity.ERROR) -> Problem:
    line, column = file.front_matter.place_of(*location)
    return Problem(line, message, severity, column)
