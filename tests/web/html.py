"""HTML as a tree, for tests to look things up in."""

from functools import lru_cache
from html.parser import HTMLParser
from typing import Self
from xml.etree.ElementTree import Element, TreeBuilder

import tinyhtml5
from werkzeug.test import TestResponse

from tests.markup import VOID


class Html:
    """A page as it is written, which is as browsers read it: ``tests.web.test_pages`` sees to it."""

    def __init__(self, source: str, status: int = 200) -> None:
        self.status = status
        self.root = self.parsed(source)

    @staticmethod
    def parsed(source: str) -> Element:
        """The tree of a page."""
        return _as_written(source)

    @classmethod
    def of(cls, response: TestResponse) -> Self:
        """The page that was answered."""
        return cls(response.text, response.status_code)

    @property
    def text(self) -> str:
        """All of its text, spaces as they show."""
        return text(self.root)

    def all(self, path: str) -> list[Element]:
        """The elements on a path, such as ``section[@id='problems']//a``."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        """The only one."""
        (found,) = self.all(path)
        return found

    def field(self, name: str) -> str:
        """What stands in the field of a name."""
        (found,) = {self.value(element) for element in self.all(f"*[@name='{name}']")}
        return found

    def names(self) -> set[str]:
        """The names of all fields, save those of buttons."""
        return {str(element.get("name")) for tag in ("input", "textarea") for element in self.all(f"{tag}[@name]")}

    def value(self, element: Element) -> str:
        """What a field holds."""
        return element.text or "" if element.tag == "textarea" else element.get("value", "")


class BrowsersHtml(Html):
    """A page as browsers read it, whatever is wrong with it. That takes ten times as long."""

    @staticmethod
    def parsed(source: str) -> Element:
        """The tree of a page."""
        return _as_browsers_read(source)


@lru_cache(200)
def _as_written(source: str) -> Element:
    return _Reader(source).tree.close()


@lru_cache(200)
def _as_browsers_read(source: str) -> Element:
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    return root


class _Reader(HTMLParser):
    """Builds a tree of what is written."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self._open: list[str] = []
        self._is_begun = False  # whether this is the first line of a textarea, which may be empty: it is no part of it
        self.feed(source.replace("\r\n", "\n"))
        self.close()
        while self._open:
            self.tree.end(self._open.pop())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in reversed(attrs)})
        self._is_begun = tag == "textarea"
        if tag in VOID:
            self.tree.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._is_begun = False
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                self.tree.end(last)
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.tree.data(data.removeprefix("\n") if self._is_begun else data)
            self._is_begun = False


def text(element: Element) -> str:
    """The text in an element, spaces as they show."""
    return " ".join("".join(element.itertext()).split())
