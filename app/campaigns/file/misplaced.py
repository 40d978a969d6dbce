"""Settings that became part of another, since they begin too far to the right: valid YAML, but not what was meant."""

import re
from collections.abc import Iterator

import yaml
from pydantic_core import ErrorDetails

from app.campaigns.file.fields import FIELDS_WITHIN, fields_at
from app.campaigns.file.front_matter import FrontMatter

Location = tuple[int | str, ...]


def find_misplaced(front_matter: FrontMatter, found: ErrorDetails) -> int | None:
    """Return the line of the setting whose indentation explains an error of pydantic's, or None."""
    location = found["loc"]
    if found["type"] == "missing":
        return _find_in_siblings(front_matter, location[:-1], str(location[-1]))
    if found["type"] == "extra_forbidden":
        return _find_moved(front_matter, location)
    if found["type"] != "value_error" and isinstance(found["input"], dict) and found["input"]:
        return _find_moved(front_matter, (*location, str(next(iter(found["input"])))))
    return None


def _find_moved(front_matter: FrontMatter, location: Location) -> int | None:
    """Return the line of a setting that is not known where it is, but further out, where it is not given."""
    *parents, name = location
    if name in fields_at(parents):
        return None
    belongs = any(name in fields_at(outer) and name not in _names(front_matter, outer) for outer in _levels(parents))
    return front_matter.line_of(*location) if belongs else None


def _levels(parents: list[int | str]) -> Iterator[Location]:
    for number, step in reversed(list(enumerate(parents))):
        if isinstance(step, str):
            yield tuple(parents[:number])


def _names(front_matter: FrontMatter, location: Location) -> list[str]:
    node = front_matter.node_of(*location)
    return [key.value for key, _value in node.value] if isinstance(node, yaml.MappingNode) else []


def _find_in_siblings(front_matter: FrontMatter, location: Location, name: str) -> int | None:
    """Return the line on which a missing setting is in the value of one beside it."""
    for sibling in _names(front_matter, location):
        value = front_matter.node_of(*location, sibling)
        if isinstance(value, yaml.ScalarNode):
            line = _find_in_text(value, name)
        else:
            line = None if name in FIELDS_WITHIN.get(sibling, []) else _find_key(value, name)
        if line is not None:
            return front_matter.line_in_file(line)
    return None


def _find_key(value: yaml.Node | None, name: str) -> int | None:
    parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
    keys = (key for part in parts if isinstance(part, yaml.MappingNode) for key, _value in part.value)
    return next((key.start_mark.line for key in keys if key.value == name), None)


def _find_in_text(value: yaml.ScalarNode, name: str) -> int | None:
    mark = value.start_mark
    if value.style not in ("|", ">") or not mark.buffer:
        return None
    lines = mark.buffer[mark.pointer : value.end_mark.pointer].split("\n")
    begins = re.compile(rf" +{re.escape(name)} *:(?: |$)")
    return next((mark.line + number for number, line in enumerate(lines) if begins.match(line)), None)
