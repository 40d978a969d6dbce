"""A page as a browser without scripts has it: its forms, what stands in them, and their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Button:
    """A button that sends its form."""

    name: str
    value: str
    target: str
    """The path it sends the form to."""
    label: str = ""


@dataclass
class Form:
    """A form, and what stands in its fields."""

    target: str
    is_multipart: bool
    fields: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    """The names of those fields that are not hidden."""
    buttons: list[Button] = field(default_factory=list)

    def sent_by(self, button: Button) -> list[tuple[str, str]]:
        """What goes out, line ends as a browser sends them, the button's own value last."""
        pairs = [*self.fields.items(), *([(button.name, button.value)] if button.name else [])]
        return [(name, value.replace("\r\n", "\n").replace("\n", "\r\n")) for name, value in pairs]


class Page(HTMLParser):
    """A page as a browser without scripts has it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.heading = ""
        self.forms: list[Form] = []
        self.pictures: list[str] = []
        self._inside = ""  # the name of the element whose text is wanted
        self._textarea = ""
        self._is_above = False  # in the masthead, whose form is for another language
        self.feed(html.replace("\r\n", "\n"))
        self.close()

    def form_that_shows(self, name: str) -> Form | None:
        """The form with a field of that name, where it is not hidden."""
        return next((form for form in self.forms if name in form.shown), None)

    def buttons(self, target: str, name: str = "") -> list[tuple[Form, Button]]:
        """The buttons that send to a path with that end, of one name if that is given, with their forms."""
        return [
            (form, button)
            for form in self.forms
            for button in form.buttons
            if button.target.endswith(target) and (not name or button.name == name)
        ]

    def button(self, target: str) -> tuple[Form, Button]:
        """The first of them."""
        found = self.buttons(target)
        assert found, f"“{self.heading}” has no way to {target}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "header" or self._is_above:
            self._is_above = True
        elif tag == "h1" and not self.heading:
            self._inside = tag
        elif tag == "img":
            self.pictures.append(has["src"])
        elif tag == "form":
            self.forms.append(Form(has["action"], has.get("enctype") == "multipart/form-data"))
        elif tag in ("input", "textarea") and has.get("name"):
            self._field(tag, has)
        elif tag == "button" and has.get("type") != "button":
            target = has.get("formaction", self.forms[-1].target)
            self.forms[-1].buttons.append(Button(has.get("name", ""), has.get("value", ""), target))
            self._inside = tag

    def _field(self, tag: str, has: dict[str, str]) -> None:
        form, name = self.forms[-1], has["name"]
        assert name not in form.fields, f"two fields {name} in one form"
        form.fields[name] = has.get("value", "")
        if has.get("type") != "hidden":
            form.shown.add(name)
        if tag == "textarea":
            self._inside, self._textarea = tag, name

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.heading = " ".join(data.split())
        elif self._inside == "textarea":
            # A line end right after the tag is no part of the text.
            self.forms[-1].fields[self._textarea] = data.removeprefix("\n")
        elif self._inside == "button":
            self.forms[-1].buttons[-1].label = " ".join(data.split())
        self._inside = ""  # the first text is all: what follows is in an element of its own

    def handle_endtag(self, tag: str) -> None:
        if tag == "header":
            self._is_above = False
        if tag == self._inside:
            self._inside = ""
