"""Template filters for campaigners' Markdown, dates, names and fields; and the variables of every page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.i18n.dates import day_in_words, month_in_words
from app.i18n.languages import LANGUAGES
from app.i18n.translate import current_locale
from app.mp.dissolution import LONDON
from app.mp.people import Constituency, Seat, folded
from app.mp.snapshot.members_table import ATTRIBUTION
from app.web.preview import gaps
from app.web.services import services

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_LINE_LENGTH = 60  # characters on a line of a text area, roughly


def init_app(app: Flask) -> None:
    """Add the filters and variables to the templates."""
    app.jinja_env.filters.update(markdown=markdown, month=month, gaps=gaps, only_set=only_set, rows=rows)
    app.jinja_env.filters.update(codes=codes, moment=moment, combined=lambda first, second: {**first, **second})
    app.jinja_env.filters.update(day=day_in_words, lang=lang, seat=seat_name, by_name=by_name)
    app.jinja_env.globals.update(tag=tag, also_called=also_called)
    app.context_processor(_page_context)


def _page_context() -> dict[str, object]:
    return {
        "snapshot": services().house.latest_snapshot(),
        "attribution": ATTRIBUTION,
        "contact_of_site": services().settings.contact,
    }


def markdown(text: str) -> Markup:
    """Return the HTML of a campaign's Markdown. HTML in it stays text, and its top headings become ``h2``."""
    tokens = _MARKDOWN.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=2)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 2, 6)}"
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704


def codes(text: str) -> Markup:
    """Return the HTML of a sentence with `names` between backticks."""
    parts = text.split("`")  # text, name, text, name, … text
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))


def moment(when: datetime) -> str:
    """Return a time as ``22 November 2026, 19:45``, in British time."""
    local = when.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def month(value: str | date) -> str:
    """Return ``February 2026`` for a day in it, or for ``2026-02``."""
    return month_in_words(value if isinstance(value, date) else date.fromisoformat(f"{value[:7]}-01"))


def only_set(attributes: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes that have a value."""
    return {name: value for name, value in attributes.items() if value}


def rows(text: str) -> int:
    """Return the number of rows in which a text area shows all of a text."""
    return sum(1 + len(line) // _LINE_LENGTH for line in text.split("\n"))


def tag(code: str) -> str:
    """Return the tag of a language; empty if it is the page's own."""
    return "" if LANGUAGES[code] is current_locale() else LANGUAGES[code].tag


def lang(code: str) -> Markup:
    """Return the ``lang`` attribute of an element; empty if its language is the page's own."""
    return Markup(' lang="{}"').format(tag(code)) if tag(code) else Markup("")


def seat_name(constituency: Constituency) -> str:
    return constituency.name_in(current_locale().code)


def also_called(constituency: Constituency) -> Markup:
    """Return an attribute with the constituency's name in the other language, so that the filter finds that too."""
    shown = seat_name(constituency)
    others = {constituency.name, constituency.welsh_name} - {shown}  # usually both are the name that is shown
    return Markup(' data-also="{}"').format(" ".join(sorted(others))) if others else Markup("")


def by_name(seats: Iterable[Seat]) -> list[Seat]:
    """Sort seats by their names in the page's language."""
    return sorted(seats, key=lambda seat: folded(seat_name(seat.constituency)))
