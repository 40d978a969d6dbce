"""The Liquid of campaign files: strict, without loops or other files, and bounded."""

from collections.abc import Mapping
from functools import lru_cache

from liquid import BoundTemplate, Environment, Mode, StrictUndefined
from liquid.exceptions import LiquidError, UndefinedError

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
    """A mistake in a template: what, and on which of its lines (from 1) where that is known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.line = line


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
    return TemplateError(message, place[0] if place else None)


def names(source: str) -> list[tuple[str, int]]:
    """The placeholders a template refers to, such as ``member.name``, each with its line. Raises TemplateError."""
    found = parse(source).analyze().globals.values()
    return [(str(variable), variable.span.line_col(source)[0]) for uses in found for variable in uses]
