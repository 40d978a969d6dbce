"""What holds for every page. ``tests.inspection`` holds each page that a test fetches to it.

Each rule gives what breaks it on a page, and nothing for a page that keeps to it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from tests.markup import Element, Markup

Breaches = Iterator[str]
Rule = Callable[[Markup], Breaches]
RULES: list[Rule] = []

_REFERENCES = (
    "for",
    "form",
    "list",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
)
_BUTTONS = ("submit", "button", "reset", "image")
_GLUED = re.compile(r"(?<=\w\w)[.?!)][A-ZÂÊÎÔÛŴŶ](?=\w*[a-z])\w* \S{1,30}")
"""Where a template swallows the line break between two sentences."""
_LOADING = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
_PROBLEMS = ("Error: ", "Gwall: ")
"""How titles begin where something has to be put right."""


def rule(check: Rule) -> Rule:
    """One more thing that holds for every page."""
    RULES.append(check)
    return check


@rule
def one_h1_in_one_main(page: Markup) -> Breaches:
    for tag in ("h1", "main"):
        if (count := sum(1 for _ in page.all(tag))) != 1:
            yield f"{count} of {tag}"


@rule
def title_starts_with_the_h1(page: Markup) -> Breaches:
    title, heading = page.text("title"), page.text("h1")
    if any(element.has.get("role") == "alert" for element in page.elements):
        for prefix in _PROBLEMS:
            title = title.removeprefix(prefix)
    if not heading or not title.startswith(heading):
        yield f"“{title}” over “{heading}”"


@rule
def language_is_named(page: Markup) -> Breaches:
    if not all(html.has.get("lang") for html in page.all("html")):
        yield "html without lang"


@rule
def sentences_are_parted(page: Markup) -> Breaches:
    yield from (found.group() for text in page.all("p", "li") for found in _GLUED.finditer(text.text))


@rule
def headings_skip_no_level(page: Markup) -> Breaches:
    level = 1  # what is told before the h1, such as a summary of errors, is an h2
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if int(heading.tag[1]) > level + 1:
            yield f"{heading.tag} “{heading.text}” after h{level}"
        level = int(heading.tag[1])


@rule
def ids_are_unique(page: Markup) -> Breaches:
    ids = Counter(element.has["id"] for element in page.elements if "id" in element.has)
    yield from (name for name, count in ids.items() if count > 1 or not name)


@rule
def what_is_referred_to_is_there(page: Markup) -> Breaches:
    ids = {element.has.get("id") for element in page.elements}
    for element in page.elements:
        named = [name for attribute in _REFERENCES for name in element.has.get(attribute, "").split()]
        if (link := element.has.get("href", "")).startswith("#"):
            named.append(link[1:])
        yield from (f"{element.tag} to #{name}" for name in named if name not in ids)


def _is_button(field: Element) -> bool:
    return field.tag == "button" or field.has.get("type") in _BUTTONS


def _aria_name(page: Markup, element: Element) -> str:
    names = element.has.get("aria-labelledby", "").split()
    texts = [other.text for other in page.elements if names and other.has.get("id") in names]
    return element.has.get("aria-label", "") or " ".join(texts)


@rule
def buttons_have_names(page: Markup) -> Breaches:
    for button in filter(_is_button, page.all("button", "input")):
        written = button.text if button.tag == "button" else button.has.get("value") or button.has.get("alt")
        if not (written or _aria_name(page, button) or button.has.get("aria-hidden") == "true"):
            yield f"{button.tag} {button.has}"


@rule
def fields_have_labels(page: Markup) -> Breaches:
    labelled = {label.has.get("for") for label in page.all("label") if label.text} - {None}
    for field in page.all("input", "textarea", "select"):
        if _is_button(field) or field.has.get("type") == "hidden":
            continue
        around = field.around("label")
        if not (field.has.get("id") in labelled or (around and around.text) or _aria_name(page, field)):
            yield f"{field.tag} {field.has}"


@rule
def pictures_have_alt(page: Markup) -> Breaches:
    yield from (str(picture.has) for picture in page.all("img") if "alt" not in picture.has)


@rule
def nothing_is_inline(page: Markup) -> Breaches:
    for element in page.elements:
        if element.tag == "style" or (element.tag == "script" and not element.has.get("src")):
            yield element.tag
        for name, value in element.has.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"{element.tag} {name}={value}"


@rule
def forms_are_not_nested(page: Markup) -> Breaches:
    yield from (str(form.has) for form in page.all("form") if form.around("form"))


def _loaded(element: Element) -> Iterator[str]:
    if element.tag == "link" and set(element.has.get("rel", "").split()) & _LOADING:
        yield element.has.get("href", "")
    yield from (element.has[name] for name in ("src", "poster", "data") if name in element.has)
    yield from (part.split()[0] for part in element.has.get("srcset", "").split(",") if part.strip())


@rule
def nothing_is_loaded_from_elsewhere(page: Markup) -> Breaches:
    for element in page.elements:
        for address in _loaded(element):
            parts = urlsplit(address)
            if parts.netloc or parts.scheme not in ("", "data"):
                yield f"{element.tag} {address}"


Answers = Callable[[str, str], bool]
"""Whether the site answers at a path, by a method."""


def leads_nowhere(page: Markup, answers: Answers) -> Breaches:
    """Forms that send to addresses that are not of the site, and links to pages of it that do not exist."""
    for form in page.all("form"):
        method, action = form.has.get("method", "get").upper(), form.has.get("action", "")
        buttons = [button for button in page.all("button", "input") if button.around("form") is form]
        for target in {action, *(button.has.get("formaction", action) for button in buttons)}:
            if not (target.startswith("/") and answers(urlsplit(target).path, method)):
                yield f"{method} {target}"
    for link in page.all("a"):
        target = (
            "" if "hreflang" in link.has else link.has.get("href", "")
        )  # this page in Welsh, even where there is none
        if target.startswith("/") and not answers(urlsplit(target).path, "GET"):
            yield f"link to {target}"


NUMBER_OF_RULES = len(RULES) + 1


def breaches(source: str, answers: Answers) -> list[str]:
    """What breaks the rules on a page, and on those shown within it, each with the rule's name."""
    page = Markup(source)
    found = [f"{check.__name__}: {what}" for check in RULES for what in check(page)]
    found += [f"leads_nowhere: {what}" for what in leads_nowhere(page, answers)]
    for frame in page.all("iframe"):
        if "srcdoc" in frame.has:
            found += breaches(frame.has["srcdoc"], answers)
    return found
