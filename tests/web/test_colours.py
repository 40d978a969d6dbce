"""A campaign's colour: whatever it is, everybody can read what is written in it and on it."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.colours import DARK, LIGHT, MIN_CONTRAST, Colour, Scheme, contrast, luminance, mix, parse_hex, stylesheet
from config import ROOT

STYLE = (ROOT / "app/static/style.css").read_text()
SCHEMES = {"light": LIGHT, "dark": DARK}
_LEVELS = ("00", "80", "ff")
EXTREMES = [f"#{red}{green}{blue}" for red, green, blue in product(_LEVELS, repeat=3)]
TRACK = 0.35
"""How much of --line is in the track of the meter."""

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def of_stylesheet(name: str, scheme: str) -> str:
    """A colour of our own stylesheet."""
    light, _, dark = STYLE.partition("@media (prefers-color-scheme: dark)")
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", dark if scheme == "dark" else light)
    assert found, name
    return found[1]


def accents(css: str, scheme: str) -> tuple[Colour, Colour, Colour]:
    """The accent, the stronger one and what is written on both."""
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark if scheme == "dark" else light)
    assert [name for name, _ in found] == ["accent", "accent-strong", "on-accent"]
    accent, strong, on_accent = (parse_hex(colour) for _, colour in found)
    return accent, strong, on_accent


def assert_readable(accent: str) -> None:
    for name, scheme in SCHEMES.items():
        colour, strong, on_accent = accents(stylesheet(accent), name)
        for background in map(parse_hex, scheme.backgrounds):
            assert contrast(colour, background) >= MIN_CONTRAST
            assert contrast(strong, background) >= MIN_CONTRAST
        assert contrast(on_accent, colour) >= MIN_CONTRAST
        assert contrast(on_accent, strong) >= MIN_CONTRAST
        background, line = parse_hex(of_stylesheet("background", name)), parse_hex(of_stylesheet("line", name))
        assert contrast(colour, mix(background, line, TRACK)) >= 3, "the meter on its track (WCAG 1.4.11)"


@given(colours)
def test_any_colour_is_readable(accent: str) -> None:
    assert_readable(accent)


@pytest.mark.parametrize("accent", EXTREMES)
def test_the_loudest_colours_are_readable(accent: str) -> None:
    assert_readable(accent)


@pytest.mark.parametrize(("accent", "scheme"), [("#0d5257", "light"), ("#83cdc8", "dark")])
def test_a_colour_that_is_readable_stays_as_it_is(accent: str, scheme: str) -> None:
    assert accents(stylesheet(accent), scheme)[0] == parse_hex(accent)


def test_small_and_capital_letters_mean_one_colour() -> None:
    assert stylesheet("#FFD21F") == stylesheet("#ffd21f")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(parse_hex(one), parse_hex(other)), 2) == ratio
    assert contrast(parse_hex(one), parse_hex(other)) == contrast(parse_hex(other), parse_hex(one))


def test_green_is_brightest_and_blue_darkest() -> None:
    red, green, blue = (luminance(colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255)))
    assert blue < red < green
    assert round(red + green + blue, 6) == 1


@pytest.mark.parametrize(
    ("scheme", "names", "of"),
    [("light", ("background", "field", "note", "paper"), LIGHT), ("dark", ("background", "field", "note"), DARK)],
)
def test_backgrounds_are_those_of_the_stylesheet(scheme: str, names: tuple[str, ...], of: Scheme) -> None:
    assert tuple(of_stylesheet(name, scheme) for name in names) == of.backgrounds
    assert f"color-mix(in srgb, var(--line) {TRACK:.0%}, transparent)" in STYLE
