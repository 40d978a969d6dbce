"""The catalogues: every text of the code has a translation, and each keeps what is put into it."""

import re
from datetime import date

import pytest
from babel.messages.catalog import Message

from app.i18n.catalogue import find_texts, load_catalogue, load_translations
from app.i18n.dates import day_in_words, month_in_words
from app.i18n.languages import ENGLISH, LANGUAGES, WELSH, Language
from app.i18n.translate import gettext, lazy_gettext, ngettext, use_locale
from scripts.gather_texts import texts

OTHERS = [language for language in LANGUAGES.values() if language is not ENGLISH]
_LIQUID = r"\{\{ [^{} ]+ \}\}|\{+%+ (?!#)[^{}]*? %+\}+"
_PARTS = re.compile(rf"%\(\w+\)[sd]|%%|{_LIQUID}|\{{\w*\}}|<[^>]*>|`[^`]*`|https?://[^\s\"<]+")
"""What a translation has to keep: values, tags, links, names in code."""

every_language = pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)


def written(message: Message) -> list[str]:
    """The translations of a text; of one that is counted, each form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def asked(message: Message) -> list[str]:
    """The English of it, in each form."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


@every_language
def test_every_text_is_in_the_catalogue_and_no_other(language: Language) -> None:
    of_code = {message.id for message in texts() if message.id}
    known = {message.id for message in load_catalogue(language) if message.id}
    assert of_code - known == set(), "`make texts` gathers them"
    assert known - of_code == set(), "`make texts` takes them out"


@every_language
def test_every_text_is_translated(language: Language) -> None:
    missing = [message.id for message in load_catalogue(language) if message.id and not all(written(message))]
    assert missing == []
    assert [message.id for message in load_catalogue(language) if message.id and message.fuzzy] == []


@every_language
def test_a_translation_keeps_what_is_put_into_it(language: Language) -> None:
    for message in load_catalogue(language):
        if not message.id:
            continue
        wanted = [sorted(set(_PARTS.findall(english))) for english in asked(message)]
        for translation in written(message):
            assert sorted(set(_PARTS.findall(translation))) in wanted, message.id


@every_language
def test_a_translation_ends_as_its_text_does(language: Language) -> None:
    for message in load_catalogue(language):
        for english, translation in zip(asked(message), written(message), strict=False) if message.id else ():
            assert english[-1:].isspace() == translation[-1:].isspace(), english
            assert english[:1].isspace() == translation[:1].isspace(), english
            assert (english[-1] in ".:…") == (translation[-1:] in tuple(".:…")), english


@every_language
def test_quotes_and_apostrophes_are_curly(language: Language) -> None:
    for message in load_catalogue(language):
        for translation in written(message) if message.id else ():
            assert "'" not in _PARTS.sub("", translation), translation


def test_no_seat_stands_where_welsh_would_change_its_first_letter() -> None:
    changes = r"am|ar|at|dan|dros|drwy|gan|heb|hyd|i|o|wrth|yn|ym|yng|fy|a|â|ac|gyda|tua|na|nac|neu|dy|ei|ddewisoch"
    place = r"(?:%\(seat\)s|\{+ constituency\.name \}+)"
    unsafe = re.compile(rf"\b(?:{changes})(?: <[^>]*>| )+{place}", re.IGNORECASE)
    assert unsafe.search("AS dros <strong>%(seat)s</strong>"), "Caerffili would be Gaerffili"
    found = [
        text for message in load_catalogue(WELSH) if message.id for text in written(message) if unsafe.search(text)
    ]
    assert found == []


def test_no_mp_stands_where_welsh_would_put_an_h_before_it() -> None:
    unsafe = re.compile(r"(?:\bei|\beu|[’']i|[’']u|i[’']w|[’']m) AS\b")
    assert unsafe.search("Dod o hyd i’m AS"), "it would be i’m hAS"
    found = [
        text for message in load_catalogue(WELSH) if message.id for text in written(message) if unsafe.search(text)
    ]
    assert found == []


@every_language
def test_the_scripts_texts_go_with_the_page(language: Language) -> None:
    folder = "app/static/script/"
    of_script = {message.id for message in texts() if any(file.startswith(folder) for file, _ in message.locations)}
    assert set(find_texts(folder, language)) == of_script != set()
    assert find_texts(folder, ENGLISH) == {}


def test_texts_are_said_in_the_language_that_is_spoken() -> None:
    late = lazy_gettext("Your name")
    assert gettext("Your name") == late == "Your name"
    with use_locale(WELSH):
        assert gettext("Your name") == str(late) == "Eich enw"
        assert gettext("Opens on %(day)s", day="1 Mai") == "Yn agor ar 1 Mai"
    assert gettext("Your name") == "Your name"


def test_a_percent_sign_is_itself_where_nothing_is_put_in() -> None:
    assert gettext("100% sure") == "100% sure"
    assert ngettext("%(number)d word", "%(number)d words", 1) == "1 word"
    assert ngettext("%(number)d word", "%(number)d words", 3) == "3 words"


def test_english_is_what_the_code_says() -> None:
    assert load_translations(ENGLISH).gettext("Anything") == "Anything"


def test_dates_are_as_each_language_writes_them() -> None:
    day = date(2026, 3, 1)
    assert (day_in_words(day), month_in_words(day)) == ("1 March 2026", "March 2026")
    with use_locale(WELSH):
        assert (day_in_words(day), month_in_words(day)) == ("1 Mawrth 2026", "Mawrth 2026")
        assert day_in_words(day, ENGLISH) == "1 March 2026"
