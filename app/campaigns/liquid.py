"""The Liquid of campaign files: strict, without loops or other files, and bounded."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from liquid import BoundTemplate, Environment, Mode, StrictUndefined
from liquid.exceptions import LiquidError, UndefinedError
from liquid.static_analysis import Variable

TAGS = frozenset({"if", "unless", "case", "assign", "capture", "comment", "#"})
_PARSER_OWN = frozenset({"content", "output", "illegal"})  # text, placeholders and mistakes are tags to the parser


class _LetterEnvironment(Environment):
    output_stream_limit = 60_000  # bytes; three times the longest letter
    local_namespace_limit = 60_000
    block_nesting_limit = 10


def _environment() -> Environment:
    environment = _LetterEnvironment(tolerance=Mode.STRICT, undefined=StrictUndefined, strict_filters=True)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in TAGS | _PARSER_OWN}
    return environment


_ENVIRONMENT = _environment()


class TemplateError(Exception):
    """A mistake in a template: what, and in which of its lines and columns (from 1) where that is known."""

    def __init__(self, message: str, line: int | None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Place(NamedTuple):
    """A placeholder that a template refers to, such as ``member.name``, and where."""

    name: str
    line: int
    column: int


@lru_cache(maxsize=256)
def parse(source: str) -> BoundTemplate:
    """Compile a template. Raises TemplateError."""
    try:
        return _ENVIRONMENT.from_string(source)
    except LiquidError as error:
        raise _mistake(error) from error


def render(source: str, values: Mapping[str, object]) -> str:
    """Fill a template in. Raises TemplateError, also where a placeholder is unknown or the result too long."""
    try:
        return parse(source).render(**values)
    except LiquidError as error:
        raise _mistake(error) from error


def _mistake(error: LiquidError) -> TemplateError:
    place = error.context()
    message = str(error.message)
    if isinstance(error, UndefinedError):
        message = f"unknown placeholder: {message}"
    return TemplateError(message, place[0], place[1] + 1) if place else TemplateError(message, None)


def names(source: str) -> list[Place]:
    """The placeholders a template refers to. Raises TemplateError."""
    found = parse(source).analyze().globals.values()
    return [_place(variable, source) for uses in found for variable in uses]


def _place(variable: Variable, source: str) -> Place:
    line, column = variable.span.line_col(source)
    return Place(str(variable), line, column + 1)
