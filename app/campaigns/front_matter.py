"""The settings at the head of a campaign file: YAML between two lines of dashes, and where each setting stands."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from app.campaigns.problems import CampaignUnreadable, Problem

_PARTS = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A campaign file taken apart."""

    values: dict[str, Any]
    body: str
    body_line: int
    """The line on which the letter begins."""
    _node: yaml.MappingNode

    def line_of(self, *location: int | str) -> int:
        """The line of a setting, such as ``("questions", 0, "id")``, or of the innermost part of it that is there."""
        node: yaml.Node = self._node
        line = node.start_mark.line
        for step in location:
            key, inner = _step(node, step)
            if inner is None:
                break
            line, node = (key or inner).start_mark.line, inner
        return _line_in_file(line)

    def line_of_text(self, name: str) -> int:
        """The line on which the text of a setting begins: below its name, where that ends with | or >."""
        value = _step(self._node, name)[1]
        is_block = isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")
        return self.line_of(name) + is_block


def read_front_matter(text: str) -> FrontMatter:
    """Take a file's text apart. Raises CampaignUnreadable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = _PARTS.match(text)
    if not parts:
        raise CampaignUnreadable(Problem(1, "the file must begin with settings between two lines of three dashes: ---"))
    body_line = text[: parts.start("body")].count("\n") + 1
    if not parts["body"].strip():
        raise CampaignUnreadable(Problem(body_line, "there is no letter below the second line of dashes"))
    node, values = _read_yaml(parts["yaml"])
    return FrontMatter(values, parts["body"], body_line, node)


def _line_in_file(yaml_line: int) -> int:
    return yaml_line + 2  # lines count from 1, and the dashes are a line


class _Loader(yaml.SafeLoader):
    """YAML without references, whose few lines can unfold into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="put text that holds a * in quotes", problem_mark=mark)
        return super().compose_node(parent, index)


def _read_yaml(text: str) -> tuple[yaml.MappingNode, dict[str, Any]]:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode) or node.tag != "tag:yaml.org,2002:map":
            raise CampaignUnreadable(Problem(2, "the settings must be lines like `title: A fair deal`"))
        _check_names(node)
        return node, dict(loader.construct_document(node))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CampaignUnreadable(Problem(_line_in_file(mark.line) if mark else 1, _yaml_mistake(error))) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CampaignUnreadable(Problem(1, f"the settings are not YAML: {error}")) from error


def _yaml_mistake(error: yaml.MarkedYAMLError) -> str:
    if error.problem == "mapping values are not allowed here":
        return "a colon in the wrong place: put text that holds one in quotes"
    if error.problem == "found unhashable key":
        return "put text that begins with {{ in quotes"
    return f"the settings are not YAML here: {error.problem}"


def _check_names(node: yaml.MappingNode) -> None:
    seen = set()
    for key, _ in node.value:
        line = _line_in_file(key.start_mark.line)
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            raise CampaignUnreadable(Problem(line, "the name of a setting must be a plain word"))
        if key.value in seen:
            raise CampaignUnreadable(Problem(line, f"`{key.value}` is given twice"))
        seen.add(key.value)


def _step(node: yaml.Node, step: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
