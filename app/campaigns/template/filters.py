"""Limits for Liquid's filters: some could turn a line into gigabytes before any limit on the letter applies."""

from collections.abc import Callable, Mapping, Sized
from decimal import Decimal
from functools import wraps
from typing import Any

from liquid.exceptions import FilterArgumentError

LARGEST = 20_000  # characters; twice the longest letter
MOST_ITEMS = 1_000
LARGEST_NUMBER = 10**30

_REPEATS_ITS_ARGUMENT = frozenset({"replace", "replace_first", "replace_last", "join", "newline_to_br"})

Filter = Callable[..., Any]


def limit_filters(filters: Mapping[str, Filter]) -> dict[str, Filter]:
    """Wrap each filter, so that it raises FilterArgumentError if its input or output is too large for a letter."""
    return {name: _limit(name, function) for name, function in filters.items()}


def _limit(name: str, function: Filter) -> Filter:
    @wraps(function)
    def call(value: object, *arguments: object, **named: object) -> object:
        limited = [_check_size(name, thing) for thing in (value, *arguments)]
        if name in _REPEATS_ITS_ARGUMENT and _repeated_length(value, arguments) > LARGEST:
            raise _too_large(name)
        try:
            result = function(*limited, **named)
        except (ValueError, LookupError, ArithmeticError) as error:  # some filters do not handle these
            raise FilterArgumentError(f"{name} cannot take this", token=None) from error
        return _check_size(name, result)

    return call


def _check_size(name: str, thing: object) -> object:
    if isinstance(thing, int | float | Decimal):
        is_too_large = not -LARGEST_NUMBER <= thing <= LARGEST_NUMBER
    elif isinstance(thing, Sized):
        is_too_large = len(thing) > (LARGEST if isinstance(thing, str) else MOST_ITEMS)
    else:
        is_too_large = False
    if is_too_large:
        raise _too_large(name)
    return thing


def _repeated_length(value: object, arguments: tuple[object, ...]) -> int:
    text = value if isinstance(value, str) else ""
    old = str(arguments[0]) if len(arguments) > 1 else None
    times = text.count(old) if old is not None else len(value) if isinstance(value, Sized) else 0
    return times * len(str(arguments[-1])) if arguments else 0


def _too_large(name: str) -> FilterArgumentError:
    return FilterArgumentError(f"{name} limit reached", token=None)
