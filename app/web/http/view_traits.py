"""Traits of views, for the rules that apply to all requests. A view names its own, so no other file lists views."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Blueprint, current_app, request

V = TypeVar("V", bound=Callable[..., Any])
_NAME = "view_traits"


class Trait(Enum):
    CROSS_ORIGIN = auto()
    """Other sites can show it in their pages, and so can the Studio's previews, whose origin is opaque."""
    CHEAP = auto()
    """It costs as little as the busy page itself."""
    PASSWORD = auto()
    """Its page takes a password, which no other page repeats."""
    FIRST_STEP = auto()
    """Other sites can send a postcode to it."""
    CAMPAIGN_FILE = auto()
    """It is of the Studio, and takes a campaign file, which is longer than any letter."""
    SECRET = auto()
    """Its page can hold a secret, so it must not be compressed together with what was sent (BREACH)."""
    LETTER = auto()
    """It is of the supporter's journey, and takes its hidden fields."""


def traits(*names: Trait) -> Callable[[V], V]:
    """Decorate a view with traits."""

    def decorate(view: V) -> V:
        setattr(view, _NAME, getattr(view, _NAME, frozenset()) | frozenset(names))
        return view

    return decorate


def set_blueprint_traits(blueprint: Blueprint, *names: Trait) -> None:
    """Give traits to all views of a blueprint."""
    setattr(blueprint, _NAME, frozenset(names))


def has_trait(trait: Trait, endpoint: str | None = None) -> bool:
    """Return whether a view has a trait: the one that answers this request, or the one at ``endpoint``."""
    name = endpoint or request.endpoint or ""
    view = current_app.view_functions.get(name)
    blueprint = current_app.blueprints.get(name.rpartition(".")[0])
    return trait in getattr(view, _NAME, ()) or trait in getattr(blueprint, _NAME, ())
