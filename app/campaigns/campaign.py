"""A campaign and its questions, as its file says."""

from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import AnyUrl, BaseModel, ConfigDict, Field, StringConstraints, UrlConstraints, model_validator

from app.campaigns import liquid

ID_PATTERN = r"^[a-z][a-z0-9_-]*$"

LONGEST_BODY = 8_000  # characters: three pages; with a supporter's answers a letter may have 10,000

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n\r]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
WebAddress = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https", "http"], max_length=500)]


_FOLLOW_UP = (
    "On {{ first_letter.date }} I wrote to you about “{{ first_letter.subject }}”. I have not had an answer yet.\n\n"
    "It still matters to me. As I told you then:"
)
_FOLLOW_UP_END = "What have you done about it, or what will you do? I look forward to your reply."


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Part):
    """Something the supporter is asked, to answer in their own words."""

    id: Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=40)] = Field(
        description="Short name for the letter's text: `answers.<id>`. Small letters, digits, `_` and `-`."
    )
    label: Line = Field(description="The question itself.")
    hint: Text = Field("", description="Help under the question: what might one say?")
    required: bool = Field(False, description="`true` where the letter makes no sense without an answer.")
    prompts: tuple[Line, ...] = Field(
        (),
        max_length=6,
        description="Beginnings of sentences that start people off, such as `I work with children, and`.",
    )
    max_words: int = Field(150, ge=1, le=1000, description="The longest answer taken, in words.")


class Source(_Part):
    """Where a fact comes from: a title, with a link where there is one."""

    title: Line
    url: WebAddress | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_title(cls, value: Any) -> Any:
        return {"title": value} if isinstance(value, str) else value


class Campaign(_Part):
    """One campaign file: its settings between the two lines of dashes, and its letter below."""

    slug: str = Field(exclude=True)
    title: Line = Field(description="Name of the campaign, the heading of its page.")
    summary: Text = Field("", description="One or two sentences for the list of campaigns and the top of the page.")
    organisation: str = Field("", max_length=200, description="Who runs it.")
    about: Text = Field("", description="The case, in Markdown, for the web page. It is no part of the letter.")
    briefing: WebAddress | None = Field(None, description="Link to further reading.")
    subject: Line = Field(description="Subject line of the letter. May hold placeholders.")
    facts_checked: date | None = Field(None, description="The day somebody last checked the facts, as 2026-11-22.")
    sources: tuple[Source, ...] = Field((), description="Where the facts come from: titles, or `title` and `url`.")
    questions: tuple[Question, ...] = Field((), max_length=10, description="What the supporter is asked.")
    follow_up: str = Field(
        "",
        max_length=LONGEST_BODY,
        description="The letter of somebody who had no answer. Without one, a plain one is made.",
    )
    body: str = Field(min_length=1, max_length=LONGEST_BODY, exclude=True)
    """The letter's text between salutation and sign-off, in Liquid."""

    @cached_property
    def text_of_follow_up(self) -> str:
        """The follow-up letter in Liquid: the file's own, or one with the answers that the letter itself has."""
        used = {name for name, _ in liquid.names(self.body)}
        answers = (f"answers.{question.id}" for question in self.questions)
        again = "\n\n".join(f"{{{{ {answer} }}}}" for answer in answers if answer in used)
        return self.follow_up or f"{_FOLLOW_UP}\n\n{again}\n\n{_FOLLOW_UP_END}"

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The placeholders that subject and letters use, of a campaign that has been checked."""
        sources = (self.subject, self.body, self.follow_up)
        return frozenset(name for source in sources for name, _ in liquid.names(source))

    @model_validator(mode="after")
    def _ids_differ(self) -> "Campaign":
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("two questions have the same id")
        return self
