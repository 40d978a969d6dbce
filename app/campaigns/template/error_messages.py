"""Messages of the Liquid parser in campaigners' words, and the places of tags that are not closed."""

import re
from collections.abc import Collection, Iterator

from app.campaigns.problems import most_alike
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

TAGS = frozenset({"if", "unless", "case", "assign", "capture", "comment", "#"})
_CLOSED = ("if", "unless", "case", "capture", "comment")
_PARTS = {"else": "if", "elsif": "if", "when": "case"} | {f"end{tag}": tag for tag in _CLOSED}

MARKUP = re.compile(r"\{%-?\s*(?P<tag>\w*).*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)", re.DOTALL)
"""A tag or placeholder. An unclosed one extends to the end."""

_WORDS = (
    (
        r"expected tag end(\w+), .*",
        gettext_noop(r"{{% {0} … %}} is never closed: put {{% end{0} %}} where its text ends"),
    ),
    (
        r"unexpected tag 'end of expression'",
        gettext_noop("{{% case … %}} is never closed: put {{% endcase %}} where its text ends"),
    ),
    (r"(comment) tag was never closed", gettext_noop(r"{{% {0} %}} is never closed: put {{% end{0} %}} where it ends")),
    (r"expected '}}', found end of file", gettext_noop("{{{{ is never closed: a placeholder ends with }}}}")),
    (
        r"missing tag name or .*",
        gettext_noop("{{% is never closed, or nothing is in it: a tag is like {{% endif %}}"),
    ),
    (
        r"missing expression",
        gettext_noop("the tag says nothing: write a name after it, as in {{% if answers.change %}}"),
    ),
    (
        r"expected a primitive expression, .*",
        gettext_noop("something is missing: a placeholder's name, or text in quotes"),
    ),
    (r"expected word, .*", gettext_noop("the name of a filter is missing after the |")),
    (r"expected end of expression, found '='", gettext_noop("to compare, write == with two equals signs")),
    (
        r"expected end of expression, .*",
        gettext_noop("a word too many: a name has no spaces, and text goes in quotes"),
    ),
    (r"expected '=', .*", gettext_noop("write {{% assign name = value %}}")),
    (r"unexpected '[“”„‘’]'", gettext_noop('use straight quotes here: "Labour", not “Labour”')),
    (r"unexpected (?:\"'\"|'\"')", gettext_noop("a quotation mark is left over, or its other half is missing")),
    (r"unexpected '\{'", gettext_noop("a placeholder cannot stand within another")),
    (r"unexpected '(.+)'", gettext_noop("`{0}` cannot stand here")),
    (r"missing or unexpected path segment", gettext_noop("a name goes wrong here: it is like answers.river")),
    (r"disallowed (\S+) .*", gettext_noop("{0} cannot stand here; put one {{% if … %}} within another instead")),
    (r"block nesting limit reached", gettext_noop("tags stand too deep within each other: ten are the most")),
    (r".* limit reached|integer string conversion.*", gettext_noop("this grows far too long")),
    (r"unexpected liquid parsing error", gettext_noop("this is far too long to be read")),
    (r"range", gettext_noop("a range has no place in a letter: put text in quotes, and take the two full stops out")),
    (r".*can't divide by 0.*", gettext_noop("nothing can be divided by 0")),
    (r"(\w+)\(\) missing .*", gettext_noop('`{0}` needs something after it, as in `{0}: "…"`')),
    (r"(\w+)\(\) takes .*", gettext_noop("`{0}` has too much after it")),
    (r"(\w+) expected an integer.*", gettext_noop("`{0}` needs a number after it, as in `{0}: 20`")),
    (r"(\w+) cannot take this", gettext_noop("`{0}` cannot be used on this")),
    (r".* not supported between .*", gettext_noop("these two cannot be compared")),
    (r"'(\w+)' is undefined", gettext_noop("unknown placeholder `{0}`")),
)


def explain(message: str, filters: Collection[str]) -> str:
    """Return a message of the parser in campaigners' words. ``filters`` are the known names of filters."""
    if found := re.fullmatch(r"unexpected tag '(\w+)'", message):
        return _explain_tag(found[1])
    if found := re.fullmatch(r"unknown filter '(.+)'", message):
        return _explain_unknown_filter(found[1], filters)
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(words).format(*found.groups())
    return _("this is not right: %(message)s", message=message)


def _explain_unknown_filter(name: str, filters: Collection[str]) -> str:
    near = most_alike(name, filters)
    if near:
        return _("there is no filter `%(name)s`; did you mean `%(near)s`?", name=name, near=near)
    return _("there is no filter `%(name)s`", name=name)


def _explain_tag(tag: str) -> str:
    if tag in _PARTS:
        says = gettext_noop("{%% %(tag)s %%} belongs to a {%% %(opening)s … %%} before it, and none is open here")
        return _(says, tag=tag, opening=_PARTS[tag])
    near = most_alike(tag, TAGS)
    if near:
        return _("there is no tag `%(tag)s`; did you mean `%(near)s`?", tag=tag, near=near)
    return _("there is no tag `%(tag)s`; the tags are if, unless, case, assign, capture and comment", tag=tag)


def find_unclosed(source: str) -> int | None:
    opened: list[tuple[str, int]] = []
    for found in MARKUP.finditer(source):
        if found["tag"] in _CLOSED:
            opened.append((found["tag"], found.start()))
        elif opened and found["tag"] == f"end{opened[-1][0]}":
            opened.pop()
    return opened[-1][1] if opened else None


def split_markup(source: str) -> Iterator[tuple[int, str]]:
    """Yield each tag and placeholder: its offset, and a template that contains nothing else."""
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
