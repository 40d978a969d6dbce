"""What the Liquid parser says of a mistake, in a campaigner's words; and where a tag begins that nothing ends."""

import re
from collections.abc import Collection, Iterator

from app.campaigns.problems import did_you_mean

TAGS = frozenset({"if", "unless", "case", "assign", "capture", "comment", "#"})
_LISTED = "if, unless, case, assign, capture and comment"
_CLOSED = ("if", "unless", "case", "capture", "comment")
_PARTS = {"else": "if", "elsif": "if", "when": "case"} | {f"end{tag}": tag for tag in _CLOSED}

MARKUP = re.compile(r"\{%-?\s*(?P<tag>\w*).*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)", re.DOTALL)
"""A tag or placeholder. What is not closed goes to the end."""

_WORDS = (
    (r"expected tag end(\w+), .*", r"{{% {0} … %}} is never closed: put {{% end{0} %}} where its text ends"),
    (r"unexpected tag 'end of expression'", "{{% case … %}} is never closed: put {{% endcase %}} where its text ends"),
    (r"(comment) tag was never closed", r"{{% {0} %}} is never closed: put {{% end{0} %}} where it ends"),
    (r"expected '}}', found end of file", "{{{{ is never closed: a placeholder ends with }}}}"),
    (r"missing tag name or .*", "{{% is never closed, or nothing stands in it: a tag is like {{% endif %}}"),
    (r"missing expression", "the tag says nothing: write a name after it, as in {{% if answers.change %}}"),
    (r"expected a primitive expression, .*", "something is missing: a placeholder's name, or text in quotes"),
    (r"expected word, .*", "the name of a filter is missing after the |"),
    (r"expected end of expression, found '='", "to compare, write == with two equals signs"),
    (r"expected end of expression, .*", "a word too many: a name has no spaces, and text stands in quotes"),
    (r"expected '=', .*", "write {{% assign name = value %}}"),
    (r"unexpected '[“”„‘’]'", 'use straight quotes here: "Labour", not “Labour”'),
    (r"unexpected (?:\"'\"|'\"')", "a quotation mark is left over, or its other half is missing"),
    (r"unexpected '\{'", "a placeholder cannot stand within another"),
    (r"unexpected '(.+)'", "`{0}` cannot stand here"),
    (r"missing or unexpected path segment", "a name goes wrong here: it is like answers.river"),
    (r"disallowed (\S+) .*", "{0} cannot stand here; put one {{% if … %}} within another instead"),
    (r"block nesting limit reached", "tags stand too deep within each other: ten are the most"),
    (r".* limit reached|integer string conversion.*", "this grows far too long"),
    (r"unexpected liquid parsing error", "this is far too long to be read"),
    (r"range", "a range has no place in a letter: put text in quotes, and take the two full stops out"),
    (r".*can't divide by 0.*", "nothing can be divided by 0"),
    (r"(\w+)\(\) missing .*", '`{0}` needs something after it, as in `{0}: "…"`'),
    (r"(\w+)\(\) takes .*", "`{0}` has too much after it"),
    (r"(\w+) expected an integer.*", "`{0}` needs a number after it, as in `{0}: 20`"),
    (r"(\w+) cannot take this", "`{0}` cannot be used on this"),
    (r".* not supported between .*", "these two cannot be compared"),
    (r"'(\w+)' is undefined", "unknown placeholder `{0}`"),
)


def plain_words(message: str, filters: Collection[str]) -> str:
    """A parser's message as a campaigner understands it."""
    if found := re.fullmatch(r"unexpected tag '(\w+)'", message):
        return _of_tag(found[1])
    if found := re.fullmatch(r"unknown filter '(.+)'", message):
        return f"there is no filter `{found[1]}`{did_you_mean(found[1], filters)}"
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*found.groups())
    return f"this is not right: {message}"


def _of_tag(tag: str) -> str:
    if tag in _PARTS:
        return f"{{% {tag} %}} belongs to a {{% {_PARTS[tag]} … %}} before it, and none is open here"
    return f"there is no tag `{tag}`{did_you_mean(tag, TAGS) or f'; the tags are {_LISTED}'}"


def unclosed(source: str) -> int | None:
    """Where the innermost tag begins that nothing ends."""
    opened: list[tuple[str, int]] = []
    for found in MARKUP.finditer(source):
        if found["tag"] in _CLOSED:
            opened.append((found["tag"], found.start()))
        elif opened and found["tag"] == f"end{opened[-1][0]}":
            opened.pop()
    return opened[-1][1] if opened else None


def pieces(source: str) -> Iterator[tuple[int, str]]:
    """Where each tag and placeholder begins, and a template of that alone."""
    for found in MARKUP.finditer(source):
        tag, text = found["tag"], found.group()
        if tag == "elsif":
            yield found.start(), text.replace("elsif", "if", 1) + "{% endif %}"
        elif tag == "when":
            yield found.start(), "{% case 1 %}" + text + "{% endcase %}"
        elif tag in _CLOSED:
            yield found.start(), text + f"{{% end{tag} %}}"
        elif tag not in _PARTS:
            yield found.start(), text
