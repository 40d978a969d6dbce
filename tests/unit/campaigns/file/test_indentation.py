"""Settings with too many spaces before them, after values of every kind: what is wrong is their indentation."""

import pytest

from app.campaigns.linter.linter import check
from app.campaigns.problems import Problem, Severity

_LETTER = "---\nWill you help? {{ ask }} {{ answers.why }}\n"
_ASK = "asks:\n  - ask: Will you help?\n"
_VALUES = {
    "plain": "summary: A",
    "on two lines": "about: A\n  b",
    "before an empty line": "summary: A\n",
    "number": "summary: 4",
    "day": "closes: 2030-12-01",
    "nothing": "summary:",
    "empty quotes": 'summary: ""',
    "double quotes": 'summary: "A"',
    "single quotes": "summary: 'A'",
    "before a comment": "summary: A # b",
    "before a line of comment": "summary: A\n# b",
    "text": "about: |\n  A",
    "folded text": "about: >\n  A",
    "list": "sources:\n  - A",
    "list at the margin": "sources:\n- A",
    "list in brackets": "sources: [A]",
    "list of settings": "sources:\n  - title: A",
}
_SAYS = ("this line begins too far to the right", "this line does not begin below the line it belongs with")


def errors(settings: str) -> list[Problem]:
    problems = check("rivers", f"---\n{settings}\n{_LETTER}")[1]
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def assert_indentation_is_wrong(settings: str, line: int) -> None:
    found = [(problem.line, problem.message) for problem in errors(settings)]
    assert any(number == line and message.startswith(_SAYS) for number, message in found), found
    assert not any("colon in the wrong place" in message for _, message in found)


@pytest.mark.parametrize("spaces", [" ", "  ", "    ", "       "], ids=len)
@pytest.mark.parametrize("value", _VALUES.values(), ids=_VALUES.keys())
def test_spaces_before_a_setting(value: str, spaces: str) -> None:
    settings = f"title: A\n{value}\n{spaces}subject: S"
    assert_indentation_is_wrong(settings, 2 + settings.count("\n"))


@pytest.mark.parametrize("spaces", [" ", "  ", "    "], ids=len)
@pytest.mark.parametrize(
    "value",
    ["id: why", 'id: "why"', "max_words: 9", "hint:", "hint: |\n      A", "prompts:\n      - A", "prompts: [A]"],
)
def test_spaces_before_a_setting_of_a_question(value: str, spaces: str) -> None:
    settings = f"title: A\nsubject: S\nquestions:\n  - {value}\n    {spaces}label: L"
    assert_indentation_is_wrong(settings, 2 + settings.count("\n"))


@pytest.mark.parametrize("spaces", [" ", "  ", "    "], ids=len)
@pytest.mark.parametrize(
    "value", ["role: minister", 'role: "minister"', "role: [minister]", "role:", "role:\n      - minister"]
)
def test_spaces_before_a_setting_of_an_audience(value: str, spaces: str) -> None:
    settings = f"title: A\nsubject: S\n{_ASK}  - ask: B\n    for:\n      {value}\n      {spaces}nation: Wales"
    assert_indentation_is_wrong(settings, 2 + settings.count("\n"))


@pytest.mark.parametrize("spaces", [" ", "  "], ids=len)
def test_spaces_before_the_first_setting(spaces: str) -> None:
    assert_indentation_is_wrong(f"# A note\n{spaces}title: A\nsubject: S", 3)


@pytest.mark.parametrize("indent", ["\t", " \t", "\t "])
@pytest.mark.parametrize("value", _VALUES.values(), ids=_VALUES.keys())
def test_a_tab_before_a_setting_is_named(value: str, indent: str) -> None:
    settings = f"title: A\n{value}\n{indent}subject: S"
    assert [(error.line, error.message) for error in errors(settings)] == [
        (2 + settings.count("\n"), "a tab: indent with spaces")
    ]


@pytest.mark.parametrize("value", ["A: b", "a long: b", "a\n  long text: b", "a\n  b c: d"])
def test_a_colon_within_a_text_is_still_named(value: str) -> None:
    assert [error.message for error in errors(f"title: {value}")] == [
        "a colon in the wrong place: put text that holds one in quotes"
    ]


def test_a_setting_of_another_name_in_a_question_is_not_taken_for_misplaced() -> None:
    messages = [error.message for error in errors("title: A\nsubject: S\nquestions:\n  - id: why\n    title: L")]
    assert any("`title` is not a field here" in message for message in messages)
    assert not any(message.startswith(_SAYS) for message in messages)


def test_a_source_with_a_title_is_not_the_missing_title() -> None:
    assert [error.message for error in errors("subject: S\nsources:\n  - title: A")] == ["`title` is missing"]


def test_line_ends_that_only_yaml_knows_do_not_hide_it() -> None:
    assert errors("title: A\x85\x85\u2028\n subject: S")[0].message.startswith(_SAYS)
