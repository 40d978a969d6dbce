"""A subset of YAML without references, tags and merges, with which a few lines could unfold into gigabytes."""

import re
from typing import Any

import yaml

from app.campaigns.file.indentation import begins_too_far_right, explain_indentation, find_first_indented
from app.campaigns.problems import CampaignUnreadable, Problem
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

_MAP, _TEXT = "tag:yaml.org,2002:map", "tag:yaml.org,2002:str"

_COLON = "mapping values are not allowed here"
_WORDS = (
    (
        _COLON,
        gettext_noop("a colon in the wrong place: put text that holds one in quotes"),
    ),
    (r"found character '\\t' .*", gettext_noop("a tab: indent with spaces")),
    (r"found character '(.+)' that cannot start any token", gettext_noop("put text that begins with {0} in quotes")),
    (r"refers to something else by (.)", gettext_noop("put text that begins with {0} in quotes")),
    (r"found unexpected end of stream", gettext_noop("a quotation mark opens here, and none closes")),
    (
        r"expected ',' or '(.)', .*",
        gettext_noop("a {0} is missing, or a comma; put text that begins with a bracket in quotes"),
    ),
    (r"could not find expected ':'", gettext_noop("a setting without a colon: it is like `title: A fair deal`")),
    (
        r"expected <block end>, but found '<scalar>'",
        gettext_noop("the text goes on after its quotation mark; put it all in “ ”"),
    ),
    (
        r"expected <block end>, .*",
        gettext_noop("this line does not begin below the line it belongs with: line them up"),
    ),
    (
        r"sequence entries are not allowed here",
        gettext_noop("begin a list on a line of its own, or put the text in quotes"),
    ),
    (r"mapping keys are not allowed here", gettext_noop("put text that begins with ? in quotes")),
    (r"expected alphabetic or numeric character, .*", gettext_noop("put text that begins with * or & in quotes")),
    (r"found unknown escape character .*", gettext_noop("a \\ in quotes: write it twice, or take single quotes")),
    (
        r"expected chomping or indentation indicators, .*",
        gettext_noop("begin the text on the next line, below the | or >"),
    ),
)
_BEGIN_EARLIER = re.compile(r"found unexpected end|expected ',' or|could not find expected ':'")
"""Errors that YAML notices long after their place."""

_NO_BREAK = re.compile(r"^ *(?:- +)*(?:\w+:|-)?\xa0", re.MULTILINE)
_TYPE_SPACE = gettext_noop("a no-break space, which looks like a space and is none here: type the space again")

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, characters that reorder text, and halves of characters."""


def explain_character(character: str) -> str:
    return _(
        "an invisible character, U+%(code)s, that has no place in a text; type the words again",
        code=f"{ord(character):04X}",
    )


DEEPEST = 100  # nested brackets; each costs the parser as much as all those around it


class _Loader(yaml.SafeLoader):
    # Days stay text here: the fields that take days have better messages about wrong ones.
    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803
        if self.flow_level >= DEEPEST:
            raise RecursionError
        super().fetch_flow_collection_start(TokenClass)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        sign = _sign_of_reference(event)
        if sign:
            raise yaml.MarkedYAMLError(problem=f"refers to something else by {sign}", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _sign_of_reference(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None):
        return "&"
    return "!" if getattr(event, "tag", None) else ""


def read_yaml(text: str, above: int) -> tuple[yaml.MappingNode, dict[str, Any]]:
    """Read settings as nodes, which know their places, and as values. ``above`` is the number of lines above the text.

    Raises CampaignUnreadable.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode) or node.tag != _MAP:
            raise CampaignUnreadable(Problem(above + 1, _("the settings must be lines like `title: A fair deal`")))
        _check_names(node, above)
        return node, dict(loader.construct_document(node))
    except yaml.MarkedYAMLError as error:
        raise CampaignUnreadable(_find_no_break_space(text, above) or _problem(error, text, above)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 + above
        column = error.position - text.rfind("\n", 0, error.position)
        message = explain_character(text[error.position])
        raise CampaignUnreadable(Problem(line, message, column=column)) from error
    except RecursionError as error:
        message = _("the settings stand too deep within each other; put text that begins with a bracket in quotes")
        raise CampaignUnreadable(Problem(above + 1, message)) from error
    except (yaml.YAMLError, ValueError) as error:
        message = _("the settings are not YAML; a number may be too long: put it in quotes")
        raise CampaignUnreadable(Problem(above + 1, message)) from error


def _find_no_break_space(text: str, above: int) -> Problem | None:
    """Return the problem of a no-break space where YAML needs a space: the line looks right, and is not."""
    found = _NO_BREAK.search(text)
    if not found:
        return None
    line, column = text.count("\n", 0, found.end()) + 1 + above, found.end() - text.rfind("\n", 0, found.end()) - 1
    return Problem(line, _(_TYPE_SPACE), column=column)


def _problem(error: yaml.MarkedYAMLError, text: str, above: int) -> Problem:
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    indented = _find_indented(problem, mark, text)
    if indented is not None:
        return Problem(above + indented + 1, explain_indentation(), column=1)
    if _BEGIN_EARLIER.match(problem):
        mark = error.context_mark or mark
    line, column = (above + mark.line + 1, mark.column + 1) if mark else (above + 1, None)
    return Problem(line, _explain(problem), column=column)


def _find_indented(problem: str, mark: yaml.Mark | None, text: str) -> int | None:
    if problem == _COLON and mark:
        return mark.line if begins_too_far_right(text[mark.index - mark.column : mark.index]) else None
    return find_first_indented(text) if problem.startswith("expected '<document start>'") else None


def _explain(problem: str) -> str:
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, problem):
            return _(words).format(*found.groups())
    return _("the settings are not YAML here: %(problem)s", problem=problem)


def _check_names(settings: yaml.MappingNode, above: int) -> None:
    nodes: list[yaml.Node] = [settings]
    for node in nodes:
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            _check_names_of(node, above, node is settings)
            nodes += (value for _, value in node.value)
        elif unwanted := UNWANTED.search(node.value):
            line, column = above + node.start_mark.line + 1, node.start_mark.column + 1
            raise CampaignUnreadable(Problem(line, explain_character(unwanted.group()), column=column))


def _check_names_of(node: yaml.MappingNode, above: int, is_whole: bool) -> None:
    seen = set()
    for key, _value in node.value:
        line, column = above + key.start_mark.line + 1, key.start_mark.column + 1
        if isinstance(key, yaml.MappingNode) and not is_whole:
            message = _("put text that begins with {0} in quotes").format("{{")
            raise CampaignUnreadable(Problem(line, message, column=node.start_mark.column + 1))
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TEXT:
            raise CampaignUnreadable(Problem(line, _("the name of a setting must be a plain word"), column=column))
        if "\xa0" in key.value:
            raise CampaignUnreadable(Problem(line, _(_TYPE_SPACE), column=column))
        if key.value in seen:
            raise CampaignUnreadable(Problem(line, _("`%(name)s` is given twice", name=key.value), column=column))
        seen.add(key.value)
