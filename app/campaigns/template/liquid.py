"""The Liquid of campaign files: strict, limited in size, and without loops or other files."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from liquid import BoundTemplate, Environment, Mode, StrictUndefined
from liquid.exceptions import LiquidError
from liquid.static_analysis import Variable

from app.campaigns.template.error_messages import TAGS, explain, find_unclosed, split_markup
from app.campaigns.template.filters import limit_filters
from app.campaigns.template.refused import find_refused
from app.i18n.translate import gettext as _

_PARSER_OWN = frozenset({"content", "output", "illegal"})  # the parser treats text, placeholders and errors as tags


class _LetterEnvironment(Environment):
    output_stream_limit = 60_000  # bytes; three times the longest letter
    local_namespace_limit = 60_000
    block_nesting_limit = 10


def _environment() -> Environment:
    environment = _LetterEnvironment(tolerance=Mode.STRICT, undefined=StrictUndefined, strict_filters=True)
    environment.filters = limit_filters(environment.filters)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in TAGS | _PARSER_OWN}
    return environment


_ENVIRONMENT = _environment()


class TemplateError(Exception):
    """A template has an error, at a line and column (from 1) if they are known."""

    def __init__(self, message: str, line: int | None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class GrowsTooLong(TemplateError):
    """The text that a template renders is far too long, perhaps because the values it was given are."""


class Reference(NamedTuple):
    """A placeholder in a template, such as ``member.name``, with its place."""

    name: str
    line: int
    column: int


Parser = Callable[[str], BoundTemplate]
"""A function that compiles a template. Raises TemplateError."""


def parser() -> Parser:
    """Return a parser with a cache of its own, for the few templates of one campaign."""
    return cache(_compile)


def _compile(source: str) -> BoundTemplate:
    for start, message in find_refused(source):
        raise TemplateError(explain(message, ()), *_line_col(source, start))
    try:
        return _ENVIRONMENT.from_string(source)
    except LiquidError as error:
        template_error = _template_error(error)
        if template_error.line is None:
            template_error.line, template_error.column = _line_col(source, _find_error(error, source))
        raise template_error from error


parse: Parser = lru_cache(maxsize=256)(_compile)
"""The parser with the shared cache, for drafts: a check parses each template several times."""


def render(source: str, values: Mapping[str, object], parse: Parser = parse) -> str:
    """Render a template. Raises TemplateError, for example for an unknown placeholder, and GrowsTooLong."""
    try:
        return parse(source).render(**values)
    except LiquidError as error:
        raise _template_error(error) from error
    except (TypeError, ValueError, LookupError, ArithmeticError) as error:  # from comparisons of different types
        raise TemplateError(_("something here cannot be compared with the other"), None) from error


def _template_error(error: LiquidError) -> TemplateError:
    place = error.context()
    message = explain(str(error.message), _ENVIRONMENT.filters)
    kind = GrowsTooLong if str(error.message).endswith(" limit reached") else TemplateError
    return kind(message, place[0], place[1] + 1) if place else kind(message, None)


def _find_error(error: LiquidError, source: str) -> int:
    """Return the offset of an error of which the parser knows only that the text ended too soon."""
    for start, piece in split_markup(source):
        try:
            _ENVIRONMENT.from_string(piece)
        except LiquidError as piece_error:
            if piece_error.context() is None and str(piece_error.message) == str(error.message):
                return start
    unclosed = find_unclosed(source)
    return len(source.rstrip()) if unclosed is None else unclosed


def _line_col(source: str, offset: int) -> tuple[int, int]:
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def names(source: str) -> list[Reference]:
    """Return the placeholders in a template. Raises TemplateError."""
    found = parse(source).analyze().globals.values()
    return [_reference(variable, source) for uses in found for variable in uses]


def _reference(variable: Variable, source: str) -> Reference:
    line, column = variable.span.line_col(source)
    return Reference(str(variable), line, column + 1)
