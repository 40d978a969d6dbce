"""A campaign's colour, made darker or lighter until it is readable on our own backgrounds."""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_CONTRAST = 4.5
"""Contrast ratio of readable text (WCAG 2.2, 1.4.3)."""
_STEPS = 100
_STRONG_SHARE = 0.3  # of the way to black or white, for links and buttons under the pointer

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours of the stylesheet, light or dark, on which the accent must be readable."""

    backgrounds: tuple[str, ...]
    on_accent: str
    """The colour of text on the accent. It is one of the backgrounds, so the text is readable as well."""
    towards: Colour
    """Black or white: the direction in which a colour becomes more readable."""


LIGHT = Scheme(("#f1eee8", "#ffffff", "#e3ebe9", "#fffdf7"), "#ffffff", (0, 0, 0))
"""Backgrounds of page, field, note and paper."""
DARK = Scheme(("#1b1d1e", "#26292b", "#26302f"), "#1b1d1e", (255, 255, 255))
"""Backgrounds of page, field and note. Paper stays light, and has nothing in the accent on it."""


def stylesheet(accent: str) -> str:
    """Return the CSS rules that replace our accent with one such as ``#0d5257``."""
    dark = f"@media (prefers-color-scheme: dark) {{\n  :root {{ {_rules(accent, DARK)} }}\n}}"
    return f":root {{ {_rules(accent, LIGHT)} }}\n{dark}\n"


def _rules(accent: str, scheme: Scheme) -> str:
    colour = make_readable(parse_hex(accent), scheme)
    strong = mix(colour, scheme.towards, _STRONG_SHARE)
    return f"--accent: {to_hex(colour)}; --accent-strong: {to_hex(strong)}; --on-accent: {scheme.on_accent};"


def make_readable(colour: Colour, scheme: Scheme) -> Colour:
    """Return the colour, or the nearest one towards black or white that is readable on every background."""
    on = [parse_hex(background) for background in scheme.backgrounds]
    candidates = (mix(colour, scheme.towards, step / _STEPS) for step in range(_STEPS))
    return next((found for found in candidates if _contrast_with_all(found, on) >= MIN_CONTRAST), scheme.towards)


def _contrast_with_all(colour: Colour, others: Sequence[Colour]) -> float:
    return min(contrast(colour, second) for second in others)


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour (WCAG 2.2): 0 for black, 1 for white."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the first colour with a share of the second in it, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def parse_hex(colour: str) -> Colour:
    """Return a colour such as ``#0d5257`` as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def to_hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
