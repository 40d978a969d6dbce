"""The first file of a campaign, made from a few answers. Whatever they contain, the file has no errors."""

import json
import re
from dataclasses import dataclass

from app.campaigns.linter.linter import check
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

LONGEST_ANSWER = 200  # characters, as in every line of a campaign file
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]+")  # characters that YAML does not allow


@dataclass(frozen=True, slots=True)
class Start:
    """Answers about a new campaign, a line each. The defaults are an example."""

    title: str = gettext_noop("Clean rivers")
    organisation: str = ""
    topic: str = gettext_noop("the sewage in our rivers")
    """The words after “I am writing to you about”."""
    subject: str = gettext_noop("Sewage in the rivers of {{ constituency.name }}")
    question: str = gettext_noop("Which river do you know, and what have you seen there?")
    ask: str = gettext_noop(
        "Will you write to the Environment Secretary, ask when this will end, and send me the answer?"
    )


EXAMPLE = Start()

_FILE = gettext_noop(
    """\
---
# Lines that begin with # are notes to you: nobody else sees them. docs/campaigns.md explains every field.
title: {title}
organisation: {organisation}
# For the list of campaigns, and the top of the page:
summary: Write to your MP in your own words. It takes five minutes.
# The case, for the page, in Markdown: **bold**, ## for a heading. It is no part of the letter.
about: |
  Your MP acts for everybody who lives in the constituency. One letter in your own words counts for more than many that
  are all alike.

  ## What to say

  Say what it means **for you**: what happened, to whom, and when.
# The subject line of the letter:
subject: {subject}
# What supporters are asked. The answer to the question with the id why goes into the letter at {{{{ answers.why }}}}.
questions:
  - id: why
    label: {question}
    hint: A few sentences, as you would tell a friend.
    prompts:
      - What I have seen is
      - For my family it means
    required: true
# What the letter asks. The first that fits an MP is theirs; the one without `for` is for everybody else.
asks:
  - ask: {ask}
  # The Speaker takes no part in debates and votes, and Sinn Féin’s MPs do not sit, but all of them write to ministers.
  - for: speaker
    ask: Will you raise this with the minister responsible, and send me the answer?
  - for: abstaining
    ask: Will you raise this with the minister responsible, and send me the answer?
# Where your facts come from, and the day somebody last checked them. Take the # away once it is true:
# sources:
#   - title: A report
#     url: https://www.example.org/report
# facts_checked: 2026-11-01
---
I live in {{{{ constituency.name }}}}, and I am writing to you about {topic}.

{{{{ answers.why }}}}

{{% # Put your facts here, in a short paragraph or two. The tool adds greeting, date, sign-off and address itself. %}}

{{{{ ask }}}}

I look forward to your reply.
"""
)


def starting_file(start: Start | None = None) -> str:
    """Return the text of a campaign file in the current language; without answers, that of the example.

    The caller ensures that no answer is empty or too long.
    """
    start = start or _translated_example()
    return _(_FILE).format(
        title=_quoted(start.title),
        organisation=_quoted(start.organisation),
        subject=_quoted(_as_template(start.subject)),
        question=_quoted(start.question),
        ask=_quoted(_as_template(start.ask)),
        topic=_as_template(start.topic),
    )


def _translated_example() -> Start:
    return Start(
        title=_(EXAMPLE.title),
        topic=_(EXAMPLE.topic),
        subject=_(EXAMPLE.subject),
        question=_(EXAMPLE.question),
        ask=_(EXAMPLE.ask),
    )


def one_line(text: str) -> str:
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def _quoted(text: str) -> str:
    """Return a text as YAML. Any text is safe, since strings of JSON are strings of YAML."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _as_template(text: str) -> str:
    """Return a line that may contain placeholders. Anything that only looks like one gets plain brackets."""
    line = one_line(text)
    campaign, _problems = check("a", f"---\ntitle: A\nsubject: A\n---\n{line}")
    return line if campaign else re.sub(r"[%}]\}", ")", re.sub(r"\{[{%]", "(", line))
