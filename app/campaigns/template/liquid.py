"""The Liquid of campaign files: strict, without loops or other files, and bounded."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from liquid import BoundTemplate, Environment, Mode, StrictUndefined
from liquid.exceptions import LiquidError
from liquid.static_analysis import Variable

from app.campaigns.template.error_messages import TAGS, pieces, plain_words, unclosed
from app.campaigns.template.filters import bounded
from app.campaigns.template.refused import refused
from app.i18n.translate import gettext as _

_PARSER_OWN = frozenset({"content", "output", "illegal"})  # text, placeholders and mistakes are tags to the parser


class _LetterEnvironment(Environment):
    output_stream_limit = 60_000  # bytes; three times the longest letter
    local_namespace_limit = 60_000
    block_nesting_limit = 10


def _environment() -> Environment:
    environment = _LetterEnvironment(tolerance=Mode.STRICT, undefined=StrictUndefined, strict_filters=True)
    environment.filters = bounded(environment.filters)
    environment.tags = {name: tag for name, tag in environment.tags.items() if name in TAGS | _PARSER_OWN}
    return environment


_ENVIRONMENT = _environment()


class TemplateError(Exception):
    """A mistake in a template: what, and in which of its lines and columns (from 1) where that is known."""

    def __init__(self, message: str, line: int | None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class GrowsTooLong(TemplateError):
    """What a template makes of this is far too long, which may be because what it was given is."""


class Reference(NamedTuple):
    """A placeholder that a template refers to, such as ``member.name``, and where."""

    name: str
    line: int
    column: int


Parser = Callable[[str], BoundTemplate]
"""Compiles a template. Raises TemplateError."""


def parser() -> Parser:
    """One that compiles each template once, for as long as it is kept: for the few of one campaign."""
    return cache(_compiled)


def _compiled(source: str) -> BoundTemplate:
    for start, message in refused(source):
        raise TemplateError(plain_words(message, ()), *_line_col(source, start))
    try:
        return _ENVIRONMENT.from_string(source)
    except LiquidError as error:
        mistake = _mistake(error)
        if mistake.line is None:
            mistake.line, mistake.column = _line_col(source, _place_of(error, source))
        raise mistake from error


parse: Parser = lru_cache(maxsize=256)(_compiled)
"""One for everybody, as for drafts: a check looks at each template several times."""


def render(source: str, values: Mapping[str, object], parse: Parser = parse) -> str:
    """Fill a template in. Raises TemplateError where a placeholder is unknown, and GrowsTooLong."""
    try:
        return parse(source).render(**values)
    except LiquidError as error:
        raise _mistake(error) from error
    except (TypeError, ValueError, LookupError, ArithmeticError) as error:  # from comparing what cannot be compared
        raise TemplateError(_("something here cannot be compared with the other"), None) from error


def _mistake(error: LiquidError) -> TemplateError:
    place = error.context()
    message = plain_words(str(error.message), _ENVIRONMENT.filters)
    kind = GrowsTooLong if str(error.message).endswith(" limit reached") else TemplateError
    return kind(message, place[0], place[1] + 1) if place else kind(message, None)


def _place_of(error: LiquidError, source: str) -> int:
    """Where a mistake stands of which the parser only knows that something came to its end too soon."""
    for start, piece in pieces(source):
        try:
            _ENVIRONMENT.from_string(piece)
        except LiquidError as found:
            if found.context() is None and str(found.message) == str(error.message):
                return start
    opened = unclosed(source)
    return len(source.rstrip()) if opened is None else opened


def _line_col(source: str, offset: int) -> tuple[int, int]:
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def names(source: str) -> list[Reference]:
    """The placeholders a template refers to. Raises TemplateError."""
    found = parse(source).analyze().globals.values()
    return [_place(variable, source) for uses in found for variable in uses]


def _place(variable: Variable, source: str) -> Reference:
    line, column = variable.span.line_col(source)
    return Reference(str(variable), line, column + 1)
