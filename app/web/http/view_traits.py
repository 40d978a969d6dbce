"""Traits of views, which the rules for all requests ask for: they are named at the view, and not in lists elsewhere."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Blueprint, current_app, request

V = TypeVar("V", bound=Callable[..., Any])
_NAME = "view_traits"


class Trait(Enum):
    """One thing that is special about a view."""

    CROSS_ORIGIN = auto()
    """Other sites may show it within their pages. So may the Studio's previews, whose origin is opaque."""
    CHEAP = auto()
    """It costs no more than the page that says that we are too busy."""
    PASSWORD = auto()
    """A password may be typed on its page, which no other page repeats."""
    FIRST_STEP = auto()
    """Other sites may send a postcode to it."""
    CAMPAIGN_FILE = auto()
    """It takes a campaign file, which is longer than any letter."""
    SECRET = auto()
    """Its page may hold a secret, so it must not be compressed together with what was sent (BREACH)."""
    LETTER = auto()
    """It takes what the supporter's journey sends along."""


def traits(*names: Trait) -> Callable[[V], V]:
    """Give a view traits."""

    def decorate(view: V) -> V:
        setattr(view, _NAME, getattr(view, _NAME, frozenset()) | frozenset(names))
        return view

    return decorate


def traits_of_all(blueprint: Blueprint, *names: Trait) -> None:
    """Give all views of a blueprint traits."""
    setattr(blueprint, _NAME, frozenset(names))


def has_trait(trait: Trait) -> bool:
    """Return whether the view that answers this request has a trait; False where there is no view."""
    view = current_app.view_functions.get(request.endpoint or "")
    blueprint = current_app.blueprints.get(request.blueprint or "")
    return trait in getattr(view, _NAME, ()) or trait in getattr(blueprint, _NAME, ())
