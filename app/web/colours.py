"""A campaign's colour, made darker or lighter until everybody can read it on our own backgrounds."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 4.5
"""Contrast of text that everybody can read (WCAG 2.2, 1.4.3)."""
_STEPS = 100
_STRONGER = 0.3  # of the way to black or white, for what is pointed at

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours of the stylesheet, light or dark, on which the accent must be read."""

    backgrounds: tuple[str, ...]
    on_accent: str
    """What is written on the accent: one of the backgrounds, so that it can be read there as well."""
    towards: Colour
    """Black or white, where a colour is more readable."""


LIGHT = Scheme(("#f1eee8", "#ffffff", "#e3ebe9", "#fffdf7"), "#ffffff", (0, 0, 0))
"""On desk, field, note and paper."""
DARK = Scheme(("#1b1d1e", "#26292b", "#26302f"), "#1b1d1e", (255, 255, 255))
"""On desk, field and note. Paper stays paper in the dark, and nothing on it is in the accent."""


def stylesheet(accent: str) -> str:
    """The rules that put an accent such as ``#0d5257`` in place of ours."""
    dark = f"@media (prefers-color-scheme: dark) {{\n  :root {{ {_rules(accent, DARK)} }}\n}}"
    return f":root {{ {_rules(accent, LIGHT)} }}\n{dark}\n"


def _rules(accent: str, scheme: Scheme) -> str:
    colour = readable(parse(accent), scheme)
    strong = mixed(colour, scheme.towards, _STRONGER)
    return f"--accent: {shown(colour)}; --accent-strong: {shown(strong)}; --on-accent: {scheme.on_accent};"


def readable(colour: Colour, scheme: Scheme) -> Colour:
    """The colour itself, or the first on its way to black or white that can be read on every background."""
    on = [parse(background) for background in scheme.backgrounds]
    on_the_way = (mixed(colour, scheme.towards, step / _STEPS) for step in range(_STEPS))
    return next((found for found in on_the_way if _contrast_with_all(found, on) >= LEAST), scheme.towards)


def _contrast_with_all(colour: Colour, others: Sequence[Colour]) -> float:
    return min(contrast(colour, other) for other in others)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """The relative luminance of a colour: 0 for black, 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """One colour with a share of another, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def parse(colour: str) -> Colour:
    """``#0d5257`` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def shown(colour: Colour) -> str:
    """Numbers as ``#0d5257``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
