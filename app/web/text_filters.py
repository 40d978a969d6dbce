"""What the templates are given: filters for campaigners' Markdown, dates, names and fields, and where data are from."""

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
_LINE = 60  # characters on a line of a text area, roughly


def init_app(app: Flask) -> None:
    """Give the templates what they use."""
    app.jinja_env.filters.update(markdown=markdown, month=month, gaps=gaps, only_set=only_set, rows=rows)
    app.jinja_env.filters.update(codes=codes, moment=moment, combined=lambda first, second: {**first, **second})
    app.jinja_env.filters.update(day=day_in_words, lang=lang, seat=seat_name, by_name=by_name)
    app.jinja_env.globals.update(tag=tag, also_called=also_called)
    app.context_processor(_on_every_page)


def _on_every_page() -> dict[str, object]:
    return {
        "snapshot": services().house.latest_snapshot(),
        "attribution": ATTRIBUTION,
        "contact_of_site": services().settings.contact,
    }


def markdown(text: str) -> Markup:
    """HTML of a campaign's Markdown. HTML in it stays text; its highest headings are those below the page's own."""
    tokens = _MARKDOWN.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=2)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 2, 6)}"
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704


def codes(text: str) -> Markup:
    """HTML of a sentence in which `names` stand between backticks."""
    parts = text.split("`")  # text, name, text, name, … text
    return Markup("").join(Markup("<code>{}</code>").format(part) if n % 2 else part for n, part in enumerate(parts))


def moment(when: datetime) -> str:
    """``22 November 2026, 19:45``, by the clock in Britain."""
    local = when.astimezone(LONDON)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def month(value: str | date) -> str:
    """``February 2026`` of a day in it, or of ``2026-02``."""
    return month_in_words(value if isinstance(value, date) else date.fromisoformat(f"{value[:7]}-01"))


def only_set(attributes: Mapping[str, object]) -> dict[str, object]:
    """The attributes of a field that have a value."""
    return {name: value for name, value in attributes.items() if value}


def rows(text: str) -> int:
    """How many rows a text area needs to show all of a text."""
    return sum(1 + len(line) // _LINE for line in text.split("\n"))


def tag(code: str) -> str:
    """The tag of a language; empty where that is the page's own."""
    return "" if LANGUAGES[code] is current_locale() else LANGUAGES[code].tag


def lang(code: str) -> Markup:
    """The attribute of an element in a language; empty where that is the page's own."""
    return Markup(' lang="{}"').format(tag(code)) if tag(code) else Markup("")


def seat_name(constituency: Constituency) -> str:
    """What a constituency is called in the page's language."""
    return constituency.name_in(current_locale().code)


def also_called(constituency: Constituency) -> Markup:
    """An attribute with what a constituency is called in the other language, for whoever looks for it by that."""
    shown = seat_name(constituency)
    others = {constituency.name, constituency.welsh_name} - {shown}  # as a rule both are the one that is shown
    return Markup(' data-also="{}"').format(" ".join(sorted(others))) if others else Markup("")


def by_name(seats: Iterable[Seat]) -> list[Seat]:
    """Seats in the order of their names in the page's language."""
    return sorted(seats, key=lambda seat: folded(seat_name(seat.constituency)))
