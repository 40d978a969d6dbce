"""What the Liquid parser says of a mistake, in a campaigner's words; and where a tag begins that nothing ends."""

import re
from collections.abc import Collection, Iterator

from app.campaigns.problems import did_you_mean
from app.i18n.translate import gettext as _
from app.i18n.translate import marked

TAGS = frozenset({"if", "unless", "case", "assign", "capture", "comment", "#"})
_CLOSED = ("if", "unless", "case", "capture", "comment")
_PARTS = {"else": "if", "elsif": "if", "when": "case"} | {f"end{tag}": tag for tag in _CLOSED}

MARKUP = re.compile(r"\{%-?\s*(?P<tag>\w*).*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)", re.DOTALL)
"""A tag or placeholder. What is not closed goes to the end."""

_WORDS = (
    (r"expected tag end(\w+), .*", marked(r"{{% {0} … %}} is never closed: put {{% end{0} %}} where its text ends")),
    (
        r"unexpected tag 'end of expression'",
        marked("{{% case … %}} is never closed: put {{% endcase %}} where its text ends"),
    ),
    (r"(comment) tag was never closed", marked(r"{{% {0} %}} is never closed: put {{% end{0} %}} where it ends")),
    (r"expected '}}', found end of file", marked("{{{{ is never closed: a placeholder ends with }}}}")),
    (r"missing tag name or .*", marked("{{% is never closed, or nothing stands in it: a tag is like {{% endif %}}")),
    (r"missing expression", marked("the tag says nothing: write a name after it, as in {{% if answers.change %}}")),
    (r"expected a primitive expression, .*", marked("something is missing: a placeholder's name, or text in quotes")),
    (r"expected word, .*", marked("the name of a filter is missing after the |")),
    (r"expected end of expression, found '='", marked("to compare, write == with two equals signs")),
    (r"expected end of expression, .*", marked("a word too many: a name has no spaces, and text stands in quotes")),
    (r"expected '=', .*", marked("write {{% assign name = value %}}")),
    (r"unexpected '[“”„‘’]'", marked('use straight quotes here: "Labour", not “Labour”')),
    (r"unexpected (?:\"'\"|'\"')", marked("a quotation mark is left over, or its other half is missing")),
    (r"unexpected '\{'", marked("a placeholder cannot stand within another")),
    (r"unexpected '(.+)'", marked("`{0}` cannot stand here")),
    (r"missing or unexpected path segment", marked("a name goes wrong here: it is like answers.river")),
    (r"disallowed (\S+) .*", marked("{0} cannot stand here; put one {{% if … %}} within another instead")),
    (r"block nesting limit reached", marked("tags stand too deep within each other: ten are the most")),
    (r".* limit reached|integer string conversion.*", marked("this grows far too long")),
    (r"unexpected liquid parsing error", marked("this is far too long to be read")),
    (r"range", marked("a range has no place in a letter: put text in quotes, and take the two full stops out")),
    (r".*can't divide by 0.*", marked("nothing can be divided by 0")),
    (r"(\w+)\(\) missing .*", marked('`{0}` needs something after it, as in `{0}: "…"`')),
    (r"(\w+)\(\) takes .*", marked("`{0}` has too much after it")),
    (r"(\w+) expected an integer.*", marked("`{0}` needs a number after it, as in `{0}: 20`")),
    (r"(\w+) cannot take this", marked("`{0}` cannot be used on this")),
    (r".* not supported between .*", marked("these two cannot be compared")),
    (r"'(\w+)' is undefined", marked("unknown placeholder `{0}`")),
)


def plain_words(message: str, filters: Collection[str]) -> str:
    """A parser's message as a campaigner understands it."""
    if found := re.fullmatch(r"unexpected tag '(\w+)'", message):
        return _of_tag(found[1])
    if found := re.fullmatch(r"unknown filter '(.+)'", message):
        return _("there is no filter `%(name)s`", name=found[1]) + did_you_mean(found[1], filters)
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(words).format(*found.groups())
    return _("this is not right: %(message)s", message=message)


def _of_tag(tag: str) -> str:
    if tag in _PARTS:
        says = marked("{%% %(tag)s %%} belongs to a {%% %(opening)s … %%} before it, and none is open here")
        return _(says, tag=tag, opening=_PARTS[tag])
    near = did_you_mean(tag, TAGS)
    if near:
        return _("there is no tag `%(tag)s`", tag=tag) + near
    return _("there is no tag `%(tag)s`; the tags are if, unless, case, assign, capture and comment", tag=tag)


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
