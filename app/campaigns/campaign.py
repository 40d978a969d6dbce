"""The content of a campaign file: a campaign with its questions and sources."""

from datetime import date
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from app.campaigns.asks import Ask, ask_for
from app.campaigns.letter_wording import Wording, wording_in
from app.campaigns.local_facts import FILE_NAME, LocalFacts
from app.campaigns.parts import ID_PATTERN, Day, Line, OneOrMore, Part, Text, WebAddress
from app.campaigns.template import liquid
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.mp.people import Constituency, Member, folded

LOGO_NAME = r"^[a-z0-9][a-z0-9_-]*\.(png|jpg|jpeg|webp)$"
LONGEST_BODY = 8_000  # characters: three pages; with a supporter's answers a letter may have 10,000

Origin = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=200,
        pattern=r"^https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?/?$",
    ),
]

_LANGUAGES = {"en": "en", "cy": "cy", "english": "en", "welsh": "cy", "cymraeg": "cy"}


def _as_language(value: Any) -> Any:
    return _LANGUAGES.get(folded(value), value) if isinstance(value, str) else value


class State(Enum):
    """The state of a campaign; only an open one takes letters."""

    COMING = "coming"
    OPEN = "open"
    ENDED = "ended"


class Question(Part):
    """A question that supporters answer in their own words."""

    id: Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=40)] = Field(
        description=gettext_noop(
            "Short name for the letter's text: `answers.<id>`. Small letters, digits, `_` and `-`."
        )
    )
    label: Line = Field(description=gettext_noop("The question itself."))
    hint: Text = Field("", description=gettext_noop("Help under the question: what might one say?"))
    required: bool = Field(False, description=gettext_noop("`true` where the letter makes no sense without an answer."))
    prompts: tuple[Line, ...] = Field(
        (),
        max_length=6,
        description=gettext_noop("Beginnings of sentences that start people off, such as “I work with children, and”."),
    )
    max_words: int = Field(150, ge=1, le=1000, description=gettext_noop("The longest answer taken, in words."))


class Source(Part):
    """The source of a fact: a title, and a link if there is one."""

    title: Line
    url: WebAddress | None = None

    @model_validator(mode="before")
    @classmethod
    def _wrap_title(cls, value: Any) -> Any:
        return {"title": value} if isinstance(value, str) else value


class Campaign(Part):
    """A campaign file: the settings between its two lines of dashes, and the letter below them."""

    slug: str = Field(exclude=True)
    title: Line = Field(description=gettext_noop("Name of the campaign, the heading of its page."))
    summary: Text = Field(
        "", description=gettext_noop("One or two sentences for the list of campaigns and the top of the page.")
    )
    organisation: str = Field("", max_length=200, description=gettext_noop("Who runs it."))
    about: Text = Field(
        "", description=gettext_noop("The case, in Markdown, for the web page. It is no part of the letter.")
    )
    briefing: WebAddress | None = Field(None, description=gettext_noop("Link to further reading."))
    subject: Line = Field(description=gettext_noop("Subject line of the letter. May hold placeholders."))
    facts_checked: Day | None = Field(
        None, description=gettext_noop("The day somebody last checked the facts, as 2026-11-22.")
    )
    sources: tuple[Source, ...] = Field(
        (), max_length=100, description=gettext_noop("Where the facts come from: titles, or `title` and `url`.")
    )
    language: Annotated[Literal["en", "cy"], BeforeValidator(_as_language)] = Field(
        "en", description=gettext_noop("Language of the campaign and its letter: `en` or `cy`.")
    )
    opens: Day | None = Field(None, description=gettext_noop("The first day letters are taken, as 2026-12-01."))
    closes: Day | None = Field(None, description=gettext_noop("The last day letters are taken."))
    before_opening: Text = Field("", description=gettext_noop("What visitors read before that, in Markdown."))
    after_closing: Text = Field("", description=gettext_noop("What visitors read afterwards, in Markdown."))
    questions: tuple[Question, ...] = Field((), max_length=10, description=gettext_noop("What the supporter is asked."))
    asks: tuple[Ask, ...] = Field(
        (), max_length=50, description=gettext_noop("What the letter asks, and of whom: `{{ ask }}`.")
    )
    local_facts: Annotated[str, StringConstraints(pattern=FILE_NAME, max_length=80)] | None = Field(
        None, description=gettext_noop("Name of a table (CSV) beside this file with facts for each constituency.")
    )
    follow_up: str = Field(
        "",
        max_length=LONGEST_BODY,
        description=gettext_noop("The letter of somebody who had no answer. Without one, a plain one is made."),
    )
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = Field(
        None,
        description=gettext_noop(
            'Colour of buttons and links, as `"#0d5257"`; made darker or lighter where it would not be read.'
        ),
    )
    logo: Annotated[str, StringConstraints(pattern=LOGO_NAME, max_length=80)] | None = Field(
        None, description=gettext_noop("Name of a picture (PNG, JPEG or WebP) beside this file.")
    )
    imprint: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = Field(
        "",
        description=gettext_noop(
            "Who promotes the campaign, with an address, as the law asks of some: for page and poster."
        ),
    )
    privacy_note: Text = Field("", description=gettext_noop("What you want to say about privacy besides, in Markdown."))
    frame_ancestors: Annotated[tuple[Origin, ...], OneOrMore] = Field(
        (),
        max_length=20,
        description=gettext_noop("Sites that may show the campaign in a frame, as `https://www.example.org`."),
    )
    body: str = Field(min_length=1, max_length=LONGEST_BODY, exclude=True)
    """The letter in Liquid, without salutation and sign-off."""
    body_line: int = Field(1, exclude=True)
    """The line of the file on which ``body`` begins."""
    local: LocalFacts = Field(LocalFacts(), exclude=True)
    """The content of the table that ``local_facts`` names."""

    @property
    def wording(self) -> Wording:
        return wording_in(self.language)

    @cached_property
    def parse(self) -> liquid.Parser:
        """A parser with a cache of its own: the texts of many campaigns would not fit into the shared one."""
        return liquid.parser()

    @cached_property
    def text_of_follow_up(self) -> str:
        """The follow-up letter in Liquid: the file's own, or one with the answers that the first letter uses."""
        used = {place.name for place in liquid.names(self.body)}
        answers = (f"answers.{question.id}" for question in self.questions)
        used_answers = "\n\n".join(f"{{{{ {answer} }}}}" for answer in answers if answer in used)
        ask = "{{ ask }}\n\n" if self.asks else ""
        words = self.wording
        return self.follow_up or f"{words.follow_up}\n\n{used_answers}\n\n{ask}{words.follow_up_end}"

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The placeholders that subject, letters and asks use. Raises TemplateError before the campaign is checked."""
        asks = (text for ask in self.asks for text in (ask.ask, ask.reason))
        sources = (self.subject, self.body, self.follow_up, *asks)
        return frozenset(place.name for source in sources for place in liquid.names(source))

    @cached_property
    def needs_post(self) -> bool:
        asks_by_post = any(ask.audience and ask.audience.needs_post for ask in self.asks)
        return asks_by_post or "member.government_post" in self.placeholders

    def ask_for(self, member: Member, constituency: Constituency) -> Ask | None:
        return ask_for(self.asks, member, constituency)

    def state(self, today: date) -> State:
        if self.opens and today < self.opens:
            return State.COMING
        return State.ENDED if self.closes and today > self.closes else State.OPEN

    @model_validator(mode="after")
    def _check_days(self) -> "Campaign":
        if self.opens and self.closes and self.closes < self.opens:
            raise ValueError(_("`closes` is before `opens`"))
        return self

    @model_validator(mode="after")
    def _check_asks(self) -> "Campaign":
        for_everybody = sum(ask.audience is None for ask in self.asks)
        if self.asks and not for_everybody:
            raise ValueError(_("`asks` has no ask for everybody else: give one without `for`"))
        if for_everybody > 1:
            raise ValueError(_("`asks` has two asks without `for`; only one can be for everybody else"))
        return self

    @model_validator(mode="after")
    def _check_ids(self) -> "Campaign":
        ids = [question.id for question in self.questions]
        twice = next((name for name in ids if ids.count(name) > 1), None)
        if twice:
            raise ValueError(_("`questions` has two with the id %(id)s; each needs its own", id=twice))
        return self
