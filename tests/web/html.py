"""HTML as browsers read it, for tests to look things up in."""

from functools import lru_cache
from xml.etree.ElementTree import Element

import tinyhtml5
from werkzeug.test import TestResponse


class Html:
    """A page."""

    def __init__(self, source: str, status: int = 200) -> None:
        self.status = status
        self.root = _parsed(source)

    @classmethod
    def of(cls, response: TestResponse) -> "Html":
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


@lru_cache(200)
def _parsed(source: str) -> Element:
    root: Element = tinyhtml5.parse(source, namespace_html_elements=False)
    return root


def text(element: Element) -> str:
    """The text in an element, spaces as they show."""
    return " ".join("".join(element.itertext()).split())
