"""Campaign files as campaigners write them: what is taken, and what is said about the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.linter import check
from app.campaigns.problems import Severity

AROUND = CheckContext(today=date(2026, 11, 22))
GOOD = """\
---
title: "Clean rivers"
summary: Ask for clean rivers.
organisation: Rivers for All
about: |
  Rivers are **dirty**.
briefing: https://www.example.org/rivers
subject: Sewage in {{ constituency.name }}
facts_checked: 2026-11-01
sources:
  - A book
  - title: A page
    url: https://www.example.org/page
questions:
  - id: river
    label: Which river do you know?
    hint: A name is enough.
    required: true
    max_words: 50
  - id: swim-there
    label: Do you swim in it?
---
I live in {{ constituency.name }}.

{% if answers.river %}The river I know is {{ answers.river }}.{% endif %}

{{ answers.swim-there }}

Will you ask the minister to act, and tell me the answer?
"""


def problems(text: str, slug: str = "rivers") -> list[tuple[int, str]]:
    campaign, found = check(slug, text, AROUND)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    assert (campaign is None) == bool(errors)
    return [(problem.line, problem.message) for problem in errors]


def test_reads_every_field() -> None:
    campaign, found = check("rivers", GOOD, AROUND)
    assert found == []
    assert campaign is not None
    assert campaign.title == "Clean rivers"
    assert campaign.organisation == "Rivers for All"
    assert campaign.facts_checked == date(2026, 11, 1)
    assert str(campaign.briefing) == "https://www.example.org/rivers"
    assert [(source.title, source.url and str(source.url)) for source in campaign.sources] == [
        ("A book", None),
        ("A page", "https://www.example.org/page"),
    ]
    river, swim = campaign.questions
    assert (river.id, river.required, river.max_words, river.hint) == ("river", True, 50, "A name is enough.")
    assert (swim.id, swim.required, swim.max_words, swim.hint) == ("swim-there", False, 150, "")
    assert campaign.body.startswith("I live in {{ constituency.name }}.")


@pytest.mark.parametrize("change", [str.upper, lambda text: text.replace("\n", "\r\n"), lambda text: "\n" + text])
def test_line_ends_do_not_matter_but_the_dashes_do(change: object) -> None:
    assert callable(change)
    if "\r\n" in change(GOOD):
        assert problems(change(GOOD)) == []
    else:
        assert problems(change(GOOD))


def test_the_least_a_file_needs() -> None:
    assert problems("---\ntitle: A\nsubject: B\n---\nText\n") == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "must begin with settings between two lines of three dashes"),
        ("title: A\n", 1, "must begin with settings"),
        ("\n---\ntitle: A\n---\nText\n", 1, "take out what is above it"),
        ("----\ntitle: A\n---\nText\n", 1, "this line must be three dashes, ---, not ----"),
        (" ---\ntitle: A\n---\nText\n", 1, "take the space out"),
        ("---\ntitle: A\n\u2014\nText\n", 3, "this line must be three dashes, ---, not \u2014"),
        ("---\ntitle: A\n\nText\n", 1, "the second line of three dashes, ---, is missing"),
        ("---\ntitle: A\nsubject:\u00a0B\n---\nText", 3, "a no-break space"),
        ("---\ntitle: A\nquestions:\n\u00a0- id: a\n---\nText", 4, "a no-break space"),
        ("---\ntitle: A\nsubject: B\n---\n\n", 5, "no letter below"),
        ("---\n- a\n---\nText", 2, "must be lines like"),
        ("---\n---\nText", 2, "must be lines like"),
        ("---\ntitle: A: b\nsubject: B\n---\nText", 2, "put text that holds one in quotes"),
        ("---\ntitle: A\nsubject: {{ member.name }}\n---\nText", 3, "begins with {{ in quotes"),
        ("---\ntitle: A\n1: B\n---\nText", 3, "must be a plain word"),
        ("---\ntitle: A\n? [a]\n: B\n---\nText", 3, "must be a plain word"),
        ("---\n{{ member.name }}: A\n---\nText", 2, "must be a plain word"),
        ("---\n!!set {title}\n---\nText", 2, "begins with ! in quotes"),
        ("---\ntitle: !!python/name:os.system\n---\nText", 2, "begins with ! in quotes"),
        ("---\ntitle: " + "[" * 3000 + "\n---\nText", 2, "too deep within each other"),
        ("---\ntitle: " + "{a: " * 101 + "\n---\nText", 2, "too deep within each other"),
        ("---\ntitle: [a\nsubject: B\n---\nText", 2, "a ] is missing, or a comma"),
        ("---\ntitle: *a\nsubject: B\n---\nText", 2, "put text that begins with * in quotes"),
        ("---\ntitle: A\ntitle: B\nsubject: C\n---\nText", 3, "`title` is given twice"),
    ],
)
def test_a_file_that_cannot_be_read(text: str, line: int, message: str) -> None:
    ((found_line, found),) = problems(text)
    assert found_line == line
    assert message in found


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('title: "Clean rivers"', "", 1, "`title` is missing"),
        ('title: "Clean rivers"', "title:", 2, "`title` is empty: write something after the colon"),
        ('title: "Clean rivers"', 'title: ""', 2, "`title` is empty"),
        ('title: "Clean rivers"', "title: Yes", 2, "must be text; put it in quotes"),
        ('title: "Clean rivers"', f"title: {'x' * 201}", 2, "longer than 200 characters"),
        ("summary:", "sumary:", 3, "`sumary` is not a field; did you mean `summary`?"),
        ("briefing: https", "briefing: ftp", 7, "`briefing` must be a web address that begins with https://"),
        ("url: https://www.example.org/page", "url: javascript:alert(1)", 13, "`url` must be a web address"),
        ("facts_checked: 2026-11-01", "facts_checked: lately", 9, "`facts_checked`"),
        ("id: river", "id: My River", 15, "`id` must be small letters"),
        ("required: true", "required: perhaps", 18, "`required` must be true or false"),
        ("max_words: 50", "max_words: 5000", 19, "`max_words`"),
        ("    label: Do you swim in it?\n", "", 20, "`label` is missing"),
        ("id: swim-there", "id: river", 14, "two with the id river"),
    ],
)
def test_a_wrong_setting(old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert any(message in text for _, text in found)
    assert line in [at for at, text in found if message in text] or "missing" in message


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("Sewage in {{ constituency.name }}", '"{{ constituency.nam }}"', 8, "did you mean `constituency.name`?"),
        (
            "{{ answers.swim-there }}",
            "{{ answers.swim }} {{ answers.swim-there }}",
            27,
            "unknown placeholder `answers.swim`",
        ),
        ("{{ answers.swim-there }}", "Words", 20, "does not use the answer to `swim-there`"),
        ("{% endif %}", "", 25, "never closed: put {% endif %}"),
        ("{% if answers.river %}", "{% iff answers.river %}", 25, "there is no tag `iff`; did you mean `if`?"),
        ("{{ answers.swim-there }}", "{{ answers.swim-there | loud }}", 27, "there is no filter `loud`"),
        ("{{ answers.swim-there }}", "{{ answers.swim-there ", 27, "a placeholder ends with }}"),
        ("{{ answers.swim-there }}", "answers.swim-there }} {{ answers.swim-there }}", 27, "a lone }}"),
        ("Will you ask", "{% for a in b %}{% endfor %}", 29, "there is no tag `for`; the tags are if,"),
        ("Will you ask", "{% include 'x' %}", 29, "there is no tag `include`"),
        ("Will you ask", "{{ 1 | divided_by: 0 }}", 29, "divided by 0"),
        ("Will you ask", "{{ member[answers.river] }}", 29, "unknown placeholder"),
    ],
)
def test_a_mistake_in_the_letter(old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert (line, True) in [(at, message in text) for at, text in found], found


@pytest.mark.parametrize(
    "settings",
    [
        "summary: Ten\u00a0rivers\nabout: |\n  Note:\u00a0they are dirty.",
        "language: Welsh",
        "language: EN",
        "frame_ancestors: https://www.example.org",
        "asks:\n  - ask: Will you?\n  - {for: Ministers, ask: Will you}",
        "asks:\n  - ask: Will you?\n  - {for: [Speaker, minister], ask: Will you}",
        "asks:\n  - ask: Will you?\n  - {for: {nation: wales}, ask: Will you}",
    ],
)
def test_takes_what_can_mean_but_one_thing(settings: str) -> None:
    letter = "{{ ask }}" if "asks" in settings else "Text"
    assert problems(f"---\ntitle: A\nsubject: B\n{settings}\n---\n{letter}") == []


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.text(max_size=8)), max_size=4))
def test_any_file_is_taken_or_has_its_problems_named(edits: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    campaign, found = check("rivers", text)
    assert campaign is not None or found
    assert all(1 <= problem.line <= len(text.split("\n")) + 1 for problem in found)


def test_the_files_name_must_fit_an_address() -> None:
    assert problems(GOOD, slug="Clean Rivers")[0][1].startswith("the file's name must be small letters")


def test_a_short_file_cannot_unfold_into_a_long_letter() -> None:
    body = "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 20 + "{{ a }}"
    assert problems(f"---\ntitle: A\nsubject: B\n---\n{body}")
    body = "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 10 + "{{ a }}"
    assert "longer than 8,000 characters" in problems(f"---\ntitle: A\nsubject: B\n---\n{body}")[0][1]


@pytest.mark.parametrize("body", ["word " * 2_000, "a\n" * 250])
def test_a_letter_nobody_would_read_is_a_problem(body: str) -> None:
    assert "the letter is longer than 8,000 characters" in problems(f"---\ntitle: A\nsubject: B\n---\n{body}")[0][1]


def test_a_block_of_text_has_no_line_feed_at_its_end() -> None:
    campaign, _ = check("rivers", GOOD.replace("summary: Ask", "summary: |\n  Ask"), AROUND)
    assert campaign is not None
    assert campaign.summary == "Ask for clean rivers."
