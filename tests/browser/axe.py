"""What axe finds in a page: all rules, all but contrast, or contrast alone, with each look only once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.inspection import FOUND_GOOD

AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS = ["cat.language", "cat.name-role-value", "cat.forms", "cat.text-alternatives"]
"""The rules about what another language may change: names, labels, and the language itself."""
ELSEWHERE = ["color-contrast", "css-orientation-lock"]
"""Rules that take as long as all others together. They are looked at by themselves: a look once, a style sheet once."""
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],  # what passes is told in full only where it is asked for
    "selectors": False,
    "preload": False,
    "iframes": False,  # it reaches into none that may run no scripts: what they show is looked at by itself
}
OF_COLOURS = {
    "runOnly": ["color-contrast", "link-in-text-block"],
    "resultTypes": ["violations", "passes"],
    "elementRef": True,
}
# The 650 constituencies are one button 650 times: looking at thirty is enough, and takes seconds less.
ALIKE = "document.querySelectorAll('#seats li:nth-child(n + 31)').forEach((seat) => seat.remove())"
# Axe's rules of colour, for text that looks as none did before. A look is all that contrast depends on: the text's own
# colour and size, and every background behind it. It is known once axe has seen it and had nothing against it.
COLOURS = """async ([options, known]) => {
    const backgrounds = new Map([[null, ""]]);
    const behind = (e) => {
        if (!backgrounds.has(e)) {
            const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(e);
            const own = [backgroundColor, backgroundImage, opacity, filter].join();
            const isBare = own === "rgba(0, 0, 0, 0),none,1,none";
            backgrounds.set(e, behind(e.parentElement) + (isBare ? "" : `/${own}`));
        }
        return backgrounds.get(e);
    };
    const look = (e) => {
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
        return [color, fontSize, fontWeight, textShadow, behind(e)].join();
    };
    const hasText = (e) => e.checkVisibility()
        && (e.matches("input, textarea, select") || [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
    const found = [...document.body.querySelectorAll("*")].filter(hasText);
    const include = found.filter((e) => !known.includes(look(e)));
    if (!include.length) return [[], []];
    const { violations, passes } = await axe.run({ include }, options);
    const seen = passes.flatMap(({ id, nodes }) => id === "color-contrast" ? nodes.map(({ element }) => element) : []);
    return [violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })), seen.map(look)];
}"""
_KNOWN: set[str] = set()


@contextmanager
def looking(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A context whose pages know axe from the start. With less motion colours change at once."""
    with browser.new_context(reduced_motion="reduce", **options) as context:
        context.add_init_script(AXE)
        yield context


def violations(page: Page) -> list[str]:
    """What is wrong in a page, and where."""
    page.evaluate(ALIKE)
    found = [*_run(page, runOnly=WCAG, rules={rule: {"enabled": False} for rule in ELSEWHERE}), *contrast(page)]
    if not found:
        FOUND_GOOD["pages as they stood at a moment by axe, in Chromium"] += 1
    return found


def words(page: Page) -> list[str]:
    """What is wrong with names, labels and languages."""
    page.evaluate(ALIKE)
    return _run(page, runOnly=WORDS)


def style_violations(page: Page) -> list[str]:
    """What is wrong with the style sheets, which axe reads for this alone."""
    return _run(page, runOnly=["css-orientation-lock"], preload=True)


def contrast(page: Page) -> list[str]:
    """Which text is hard to see, of all that looks as none before."""
    found, good = page.evaluate(COLOURS, [OPTIONS | OF_COLOURS, list(_KNOWN)])
    _KNOWN.update(good)
    return _told(found)


def _run(page: Page, **options: Any) -> list[str]:
    """Without all that axe has nothing against, which takes longer to hand over than to find."""
    script = "(options) => axe.run(options).then(({violations}) => violations)"
    return _told(page.evaluate(script, OPTIONS | options))


def _told(found: list[Any]) -> list[str]:
    return [f"{violation['id']}: {node['html']}" for violation in found for node in violation["nodes"]]


def small_things(page: Page) -> list[str]:
    """What is too small for a finger."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, summary")]
            .filter(e => e.checkVisibility()
              && Math.max(e.getBoundingClientRect().height, e.closest("label")?.offsetHeight ?? 0) < 24)
            .map(e => e.outerHTML)"""
    )
    return small
