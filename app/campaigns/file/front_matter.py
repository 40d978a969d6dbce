"""The settings at the top of a campaign file: YAML between two lines of dashes, with the place of each setting."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from app.campaigns.file.strict_yaml import UNWANTED, explain_character, read_yaml
from app.campaigns.problems import CampaignUnreadable, Problem
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

_ABOVE = 1  # lines, of dashes
_PARTS = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)

_DASHES = re.compile(r"[-\u2010-\u2015\u2212]{2,}|[\u2010-\u2015\u2212]|_{3,}")
"""Characters that people type, or that Word makes, instead of three dashes."""
_TWO_LINES = gettext_noop("the file must begin with settings between two lines of three dashes: ---")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """The place in the file at which a text begins. Lines and columns count from 1."""

    line: int
    column: int = 1
    keeps_lines: bool = True
    """True if each line of the text is a line of the file that begins at ``column``; otherwise only the first is."""

    def offset(self, line: int, column: int | None) -> tuple[int, int | None]:
        """Return the file's line and column for those of the text; the column is None if it is not known."""
        if line > 1 and not self.keeps_lines:
            return self.line, None
        return self.line + line - 1, column and column + self.column - 1


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A campaign file split into settings and letter."""

    values: dict[str, Any]
    body: str
    body_line: int
    """The line on which the letter begins."""
    _node: yaml.MappingNode

    def place_of(self, *location: int | str) -> tuple[int, int]:
        """Return line and column of ``("questions", 0, "id")``, or of the innermost part of it that exists."""
        mark = self._node.start_mark
        node: yaml.Node = self._node
        for step in location:
            key, inner = _step(node, step)
            if inner is None:
                break
            mark, node = (key or inner).start_mark, inner
        return self.line_in_file(mark.line), mark.column + 1

    def node_of(self, *location: int | str) -> yaml.Node | None:
        node: yaml.Node | None = self._node
        for step in location:
            node = _step(node, step)[1] if node else None
        return node

    @staticmethod
    def line_in_file(yaml_line: int) -> int:
        return _ABOVE + yaml_line + 1

    def line_of(self, *location: int | str) -> int:
        return self.place_of(*location)[0]

    def text_of(self, *location: int | str) -> TextPlace:
        """Return the place at which a setting's text begins: below its name if that ends with | or >."""
        node = self.node_of(*location)
        if node is None:
            return TextPlace(self.line_of(*location))
        mark = node.start_mark
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        if style in ("|", ">"):
            lines = mark.buffer[mark.pointer :].split("\n")[1:] if mark.buffer else []
            blank = next((n for n, line in enumerate(lines) if line.strip("\0 ")), 0)
            indent = len(lines[blank]) - len(lines[blank].lstrip()) if lines else 0
            return TextPlace(self.line_in_file(mark.line) + 1 + blank, indent + 1, keeps_lines=style == "|")
        return TextPlace(self.line_in_file(mark.line), mark.column + 1 + (style is not None), keeps_lines=False)

    @property
    def text_of_body(self) -> TextPlace:
        return TextPlace(self.body_line)


def read_front_matter(text: str) -> FrontMatter:
    """Split a file's text into settings and letter. Raises CampaignUnreadable."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = _PARTS.match(text)
    if not parts:
        raise CampaignUnreadable(_explain_missing_dashes(text))
    body_line = text[: parts.start("body")].count("\n") + 1
    if not parts["body"].strip():
        raise CampaignUnreadable(Problem(body_line, _("there is no letter below the second line of dashes")))
    if unwanted := UNWANTED.search(text):
        line, column = (
            text.count("\n", 0, unwanted.start()) + 1,
            unwanted.start() - text.rfind("\n", 0, unwanted.start()),
        )
        raise CampaignUnreadable(Problem(line, explain_character(unwanted.group()), column=column))
    node, values = read_yaml(parts["yaml"], _ABOVE)
    return FrontMatter(values, parts["body"], body_line, node)


def _explain_missing_dashes(text: str) -> Problem:
    first, *others = text.split("\n")
    if text.strip() and not first.strip():
        return Problem(1, _("the file must begin with the line of three dashes, ---: take out what is above it"))
    if first.rstrip(" \t") != "---":
        return Problem(1, _explain_dashes(first) or _(_TWO_LINES))
    for number, line in enumerate(others, start=2):
        if says := _explain_dashes(line):
            return Problem(number, says)
    return Problem(1, _("the second line of three dashes, ---, is missing: put it between the settings and the letter"))


def _explain_dashes(line: str) -> str:
    """Return the message about a line that is probably meant to be of dashes; empty for others."""
    if line.strip() == "---":
        return _("this line must be three dashes, ---, and nothing else: take the space out")
    if not _DASHES.fullmatch("".join(line.split())):
        return ""
    return _("this line must be three dashes, ---, not %(shown)s", shown=line.strip()[:20])


def _step(node: yaml.Node, step: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
