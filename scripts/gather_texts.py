"""Gather the texts of code, pages and scripts into the catalogues for translators: ``make texts``.

Translations stay. New texts come without one, and texts that are no longer used are removed.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from app.i18n.catalogue import catalogue_path, load_catalogue
from app.i18n.languages import ENGLISH, LANGUAGES, Language

ROOT = Path(__file__).parents[1]
_WHERE = [
    ("app/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("app/static/**.js", "javascript"),
]
_HOW = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
_MARKS = {"_": None, "gettext": None, "gettext_noop": None, "lazy_gettext": None, "ngettext": (1, 2)}
"""Functions whose first argument is a text; the first two arguments of the last one are."""


def texts() -> Catalog:
    """Find every text that is marked for translation, and the files it is in."""
    found = Catalog()
    for file, _, text, comments, context in extract_from_dir(ROOT, _WHERE, _HOW, _MARKS, directory_filter=_is_ours):
        found.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def gather(language: Language) -> None:
    """Update the catalogue of one language."""
    known = load_catalogue(language)
    known.update(texts(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    for message in known:
        message.locations = [(file, line) for file, line in dict.fromkeys((file, 0) for file, _ in message.locations)]
    with catalogue_path(language).open("wb") as file:
        write_po(file, known, width=0, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    missing = sum(1 for message in known if message.id and not message.string)
    print(f"{language.name}: {len(known)} texts, {missing} without a translation")


def _is_ours(folder: str) -> bool:
    path = Path(folder).relative_to(ROOT)
    return path == Path() or path.parts[0] in ("app", "templates")


def main() -> int:
    """Update every catalogue."""
    for language in LANGUAGES.values():
        if language is not ENGLISH:
            gather(language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
