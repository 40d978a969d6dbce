"""A page as it is written, element by element. What browsers mend as they read, such as nested forms, stands here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(eq=False)
class Element:
    """An element, its attributes, and the element it is in."""

    tag: str
    has: dict[str, str]
    parent: "Element | None" = None
    texts: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """All of its text, and of pictures in it what stands for them; spaces as they show."""
        return " ".join("".join(self.texts).split())

    def around(self, tag: str) -> "Element | None":
        """The nearest element of a tag that this one is in."""
        found = self.parent
        while found and found.tag != tag:
            found = found.parent
        return found


class Markup(HTMLParser):
    """The elements of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these tags, in order."""
        return (element for element in self.elements if element.tag in tags)

    def text(self, tag: str) -> str:
        """The text of the first element of a tag; empty without one."""
        return next((element.text for element in self.all(tag)), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        element = Element(tag, has, self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag == "img":
            self.handle_data(has.get("alt", ""))
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)
