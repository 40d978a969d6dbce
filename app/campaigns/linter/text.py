"""Advice about the letter's text: its request, words that the tool adds, and words to leave out."""

import re
from collections.abc import Iterator

from app.campaigns.file.reader import CampaignFile
from app.campaigns.linter import prose
from app.campaigns.linter.prose import FILLER, Passage
from app.campaigns.linter.readability import advice_on_age, advice_on_sentences
from app.campaigns.phrases import ASKS, ASKS_FOR_REPLY, ASKS_SUPPORTER, GAP, SALUTATION, SIGN_OFF, VOTERS
from app.campaigns.problems import Problem
from app.i18n.translate import gettext as _

_LAST = 8  # lines, the longest a sign-off can be
_SENDER_ALONE = re.compile(r"(?:[\w ]{0,20}: *)?(?:\{\{-? *sender\.\w+ *-?\}\}[ ,]*)+(?:\{% *end\w+ *%\})?")
_HOW_TO_ASK = {"en": "Will you …?", "cy": "A wnewch chi …?"}
_HOW_TO_ASK_FOR_REPLY = {"en": "I look forward to your reply.", "cy": "Edrychaf ymlaen at eich ateb."}


def advice_on_text(file: CampaignFile) -> Iterator[Problem]:
    letter, follow_up = prose.letter(file), prose.follow_up(file)
    yield from _advice_on_ask(file, letter)
    yield from _advice_on_reply(file, letter)
    if file.campaign.language == "en":
        yield from advice_on_age(letter)
    for passage in (letter, follow_up):
        yield from _advice_on_salutation(passage)
        yield from _advice_on_sign_off(passage)
    for passage in prose.every_passage(file):
        yield from advice_on_sentences(passage)
        yield from _advice_on_voters(passage)
        yield from _advice_on_gaps(passage)


def _advice_on_ask(file: CampaignFile, letter: Passage) -> Iterator[Problem]:
    example = _HOW_TO_ASK[file.campaign.language]
    if file.campaign.asks:
        for ask in prose.asks(file):
            if not ASKS.search(ask.prose):
                says = _("this asks for nothing; say what the MP should do: “%(example)s”", example=example)
                yield ask.advice(0, says)
    elif not ASKS.search(letter.prose) and not _is_asked_by_supporters(file):
        says = _("the letter asks for nothing; say what the MP should do: “%(example)s”", example=example)
        yield letter.advice(0, says)


def _is_asked_by_supporters(file: CampaignFile) -> bool:
    questions = file.campaign.questions
    return any(
        ASKS_SUPPORTER.search(question.label) or any(ASKS.search(prompt) for prompt in question.prompts)
        for question in questions
    )


def _advice_on_reply(file: CampaignFile, letter: Passage) -> Iterator[Problem]:
    asks = prose.asks(file)
    in_asks = bool(asks) and all(ASKS_FOR_REPLY.search(ask.prose) for ask in asks)
    if not ASKS_FOR_REPLY.search(letter.prose) and not in_asks:
        example = _HOW_TO_ASK_FOR_REPLY[file.campaign.language]
        says = _("the letter does not ask for a reply; end with “%(example)s”", example=example)
        yield letter.advice(len(letter.source.rstrip()) - 1, says)


def _advice_on_salutation(passage: Passage) -> Iterator[Problem]:
    start, line = next(passage.lines, (0, ""))
    if found := SALUTATION.match(line):
        if found.end() == len(line):
            says = _("the tool writes the greeting, with the MP's own name; take this line out")
        else:
            says = _("the tool writes the greeting, with the MP's own name; take the greeting out")
        yield passage.advice(start, says)


def _advice_on_sign_off(passage: Passage) -> Iterator[Problem]:
    for start, line in list(passage.lines)[-_LAST:]:
        source = passage.source[start:].partition("\n")[0].strip()
        if SIGN_OFF.fullmatch(line) or _SENDER_ALONE.fullmatch(source):
            says = _(
                "the tool ends the letter with “Yours sincerely” and the supporter's name and address; take this line "
                "out, and any name below it"
            )
            yield passage.advice(start, says)
            return


def _advice_on_voters(passage: Passage) -> Iterator[Problem]:
    for found in VOTERS.finditer(passage.prose):
        says = _(
            "“%(word)s” leaves out people who write and cannot vote; write “I live in …” or “constituent”",
            word=" ".join(found.group().split()),
        )
        yield passage.advice(found.start(), says)


def _advice_on_gaps(passage: Passage) -> Iterator[Problem]:
    for found in GAP.finditer(passage.prose):
        if FILLER not in found.group():
            says = _(
                "“%(gap)s” would stand in the letter as it is; put a placeholder, such as {{ member.name }}, or the "
                "words",
                gap=found.group()[:60],
            )
            yield passage.advice(found.start(), says)
