"""Checks before a letter is sent. They are advice: nothing here stops a letter."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_letters

from app.campaigns.phrases import ASKS, GAP
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.letters.check_phrases import (
    ABUSE,
    CAPITALS,
    EMPTY_SUBJECTS,
    ENGLISH_OR_WELSH,
    GREETING,
    PLAIN_WORDS,
    QUOTED,
    REPLY_PREFIX,
    SHOUTED_MARKS,
    THREATS,
)
from app.letters.letter import Letter, Proof, Sender
from app.mp.people import Member, folded

LONG_SUBJECT = 100  # characters; lists of messages show fewer
_ACRONYM = 6  # letters: an NHS or a UNISON is no shout
_A_FEW = 3  # places named for one rule: more would be a scolding
_SOME = 10  # characters without a font: a whole script is not listed
_LONG_QUOTE = 60  # characters
_TOP = 8  # lines: a letterhead above the greeting is shorter
_PAGES = {
    2: gettext_noop("On paper this letter takes two pages. One is more likely to be read to its end."),
    3: gettext_noop("On paper this letter takes three pages. One is more likely to be read to its end."),
}
_MORE_PAGES = gettext_noop("On paper this letter takes %(number)d pages. One is more likely to be read to its end.")
_NOT_A_NAME = frozenset("dear mr mrs ms miss mx dr sir dame lord lady rt hon the mp".split())
_ANY_MP = frozenset(
    "sir sirs madam member mp representative minister secretary chancellor speaker whip leader"
    " aelod syr foneddiges weinidog llefarydd lefarydd chara".split()
)
"""Words that a greeting may have in place of a name."""


class Where(StrEnum):
    """A part of the letter that the writer can change."""

    SUBJECT = "subject"
    BODY = "body"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is worth another look."""

    says: str
    where: Where
    """The part of the letter to change."""
    quote: str = ""
    """The words it is about, exactly as they are in the letter; empty if it is about the whole part."""


def checks(letter: Letter, member: Member, proof: Proof | None) -> list[Check]:
    """Return what is worth another look, in the order of the letter.

    ``proof`` is None if nobody could look at the letter on paper.
    """
    own_names = (letter.sender.name, letter.sender.town)  # some write them in capitals
    return [
        *_check_subject(letter.subject),
        *_check_greeting(letter.body, member, letter.wording.greeting(member)),
        *_check_address(letter.sender),
        *_check_words(Where.SUBJECT, letter.subject, own_names),
        *_check_words(Where.BODY, letter.body, own_names),
        *_check_ask(letter.body),
        *_check_paper(letter, proof),
    ]


def _check_subject(subject: str) -> Iterator[Check]:
    plain = " ".join(re.findall(r"\w+", subject.casefold()))
    if plain in EMPTY_SUBJECTS or not re.search(r"[^\W\d_]", subject) or (len(plain) < 2 and plain.isascii()):
        says = _("The subject does not say what the letter is about, and may stay unopened. Name the matter.")
        yield Check(says, Where.SUBJECT)
    elif len(subject) > LONG_SUBJECT:
        yield Check(_("The subject is long, and its end will not be seen. Ten words are plenty."), Where.SUBJECT)
    if REPLY_PREFIX.match(subject):
        yield Check(_("The subject looks like the answer to a letter that nobody wrote."), Where.SUBJECT, subject)


def _check_greeting(body: str, member: Member, usual: str) -> Iterator[Check]:
    lines = body.split("\n")[:_TOP]
    line, greeting = next(((line, found) for line in lines if (found := GREETING.match(line))), (lines[0], None))
    names = _names(GAP.sub("", greeting["name"])) if greeting else set()
    if greeting is None:
        if _is_english_or_welsh(body):  # other languages greet in words that we do not know
            says = _("The letter has no greeting. Begin with “%(greeting)s”.", greeting=usual)
            yield Check(says, Where.BODY, line[:_LONG_QUOTE])
    elif not names - _NOT_A_NAME and not names & _ANY_MP:
        yield Check(_("The greeting names nobody. Write “%(greeting)s”.", greeting=usual), Where.BODY, line)
    elif not names & (((_names(member.greeted_as) | _names(member.name)) - _NOT_A_NAME) | _ANY_MP):
        says = _("The greeting is to somebody else: this letter goes to %(name)s.", name=member.name)
        yield Check(says, Where.BODY, line)


def _names(text: str) -> set[str]:
    return set(re.findall(r"\w+", folded(text)))


def _check_address(sender: Sender) -> Iterator[Check]:
    street = " ".join(filter(None, sender.street))
    if len(re.findall(r"\w", street)) < 4 or not re.search(r"[^\W\d_]{2}", street):
        says = _(
            "Where your street should be it says “%(street)s”. Offices look for a full address before they answer.",
            street=street,
        )
        yield Check(says, Where.ADDRESS)


def _check_words(where: Where, text: str, own_names: Iterable[str]) -> Iterator[Check]:
    for quote in _first_few(GAP, text):
        yield Check(_("“%(quote)s” looks like a gap that was to be filled in.", quote=quote), where, quote)
    text = QUOTED.sub("“”", text)
    for quote in _first_few(CAPITALS, _remove(own_names, text), _is_shouted):
        says = _("“%(quote)s” in capitals reads as shouting. Small letters carry more weight.", quote=quote)
        yield Check(says, where, quote)
    for quote in _first_few(SHOUTED_MARKS, text):
        yield Check(_("“%(quote)s” reads as shouting. One mark is enough.", quote=quote), where, quote)
    for quote in _first_few(THREATS, text):
        says = _("“%(quote)s” can be read as a threat, and offices pass threats to the police.", quote=quote)
        yield Check(says, where, quote)
    for quote in _first_few(ABUSE, text):
        says = _(
            "“%(quote)s” may get the letter put aside. Say what is wrong, and leave the person out of it.", quote=quote
        )
        yield Check(says, where, quote)


def _remove(names: Iterable[str], text: str) -> str:
    for name in filter(None, names):
        text = text.replace(name, "\n")
    return text


def _is_shouted(quote: str) -> bool:
    """Return whether capitals are more than acronyms side by side, such as ``UK NHS``."""
    words = re.findall(r"\w+", quote)
    return len(words) > 4 or any(len(word) > _ACRONYM or word.casefold() in PLAIN_WORDS for word in words)


def _check_ask(body: str) -> Iterator[Check]:
    if _is_english_or_welsh(body) and not ASKS.search(body):
        yield Check(_("The letter asks for nothing. Say what your MP should do: “Will you …?”"), Where.BODY)


def _is_english_or_welsh(body: str) -> bool:
    """Return whether a letter is in English or Welsh, whose words these rules know."""
    return bool(ENGLISH_OR_WELSH.search(body)) and sum(map(body.count, ascii_letters)) > len(body) / 2


def _check_paper(letter: Letter, proof: Proof | None) -> Iterator[Check]:
    if proof is None:
        yield Check(
            _("We could not check how the letter comes out on paper just now. The PDF will show it."), Where.BODY
        )
        return
    if proof.pages > 1:
        yield Check(_(_PAGES.get(proof.pages, _MORE_PAGES), number=proof.pages), Where.BODY)
    if proof.unprintable:
        first = proof.unprintable[0]
        where = Where.BODY if first in letter.body else Where.SUBJECT if first in letter.subject else Where.ADDRESS
        listed = " ".join(proof.unprintable[:_SOME]) + (" …" if len(proof.unprintable) > _SOME else "")
        says = _("We have no font for %(listed)s. Email carries it; on paper there would be a box.", listed=listed)
        yield Check(says, where, "" if where is Where.ADDRESS else first)


def _first_few(pattern: re.Pattern[str], text: str, is_meant: Callable[[str], object] = bool) -> list[str]:
    """Return the first few matches, each once, cut to what is quoted."""
    found = dict.fromkeys(found.group()[:_LONG_QUOTE] for found in pattern.finditer(text) if is_meant(found.group()))
    return list(found)[:_A_FEW]
